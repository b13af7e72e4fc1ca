"""Rules of the scope: the part of the area or organisation that a figure holds for."""

from __future__ import annotations

from extractors.subjects.context import Context, Sight, Told
from extractors.subjects.lexicon import phrases
from extractors.subjects.places import Place

#: A place said of the whole is not said of its parts; one that acts or owns is.
_TOTAL = frozenset(("whole", "ground"))
_ACTING = frozenset(("agent", "whole", "level", "levels", "each", "owned", "header", "opening", "actor", "per"))
#: Where a nameless place behind the figure ("trên địa bàn") says less than the one before it.
_LOOSE = frozenset(("ground", "located", "of_place"))


def scope_of(context: Context, sight: Sight) -> Told:
    """The scope of a figure and the rule that gave it; empty where none is said."""
    frame, state, mention = context.frame, context.state, sight.mention
    after, place = sight.follow.place, sight.clause.place
    base = after.rule == "whole" and mention.kind == "percent" and mention.relation == "share"
    base = base and frame.words[after.words[0] - 1] != "trên"
    vague = place.words and after.rule in _LOOSE and not _named(context, after.words)
    if after.words and not (vague or base) and _can_follow(sight):  # "chiếm 22% kinh tế cả nước": of what
        if place.words and not sight.inside and after.rule != "within":
            state.place, state.scope = place, frame.written(place.words)
        elif after.rule in _LOOSE and (_acts(sight, after.words) or _within(context, sight)):
            state.place, state.scope = Place(after.words, "actor"), frame.written(after.words)
        return frame.written(after.words), "after_" + after.rule
    if state.place.rule == "owned" and state.place.words[:1] == [frame.places[sight.k]]:
        return "", ""
    if mention.kind == "rank" and place.rule == "whole":
        place = Place()  # "xếp thứ 6 cả nước": among whom
    if counted := _counted(context, sight):
        return counted, "counted"
    if place.words:
        scope = frame.written(place.words)
        if not sight.inside:
            state.place, state.scope = place, scope
        return scope, place.rule
    if mention.about is not None and state.first <= mention.about < sight.index:
        return context.mentions[mention.about].scope or "", "about"
    if sight.inside and state.stack[-1] >= 0:
        outer = context.mentions[state.stack[-1]]
        if outer.evidence.get("scope", "").startswith("counted"):
            return "", ""  # "16 xã đạt trên 90% (năm trước chỉ 9 xã)"
        return outer.scope or "", "bracket"
    if state.place.rule == "per" and sight.clause.mark == ";":
        state.scope = ""  # "Mỗi phòng có 2 người; 4 người làm văn thư"
    if not state.scope:
        return "", ""
    named = state.place.rule == "ground" and _named(context, state.place.words[3:])
    if state.part and state.place.rule in _TOTAL and not named:
        return "", ""
    if sight.clause.kind in ("head", "plain") and not state.part and state.place.rule not in _ACTING:
        state.scope = ""
    return state.scope, "carried"


def _can_follow(sight: Sight) -> bool:
    """Whether a place behind the figure can be where it holds."""
    level = sight.mention.relation in ("level", "share") and sight.mention.kind != "rank"
    return level or sight.follow.place.rule == "identified"


def _counted(context: Context, sight: Sight) -> str:
    """The areas just counted of which a percentage is told ("16 xã đạt điểm dưới 80%"), or nothing."""
    frame, mention = context.frame, sight.mention
    if not sight.k or sight.inside or mention.kind != "percent" or mention.about is not None:
        return ""
    here, before = frame.places[sight.k], frame.places[sight.k - 1]
    counted = context.mentions[frame.figure[before]]
    if counted.kind not in ("count", "ratio") or (counted.unit or "") not in phrases("area"):
        return ""
    between = frame.words[before + 1 : here]
    if not {"đạt", "có", "cho"} & set(between) or {",", "(", "chiếm", "và", "tăng", "giảm", ";"} & set(between):
        return ""
    return frame.written([before]) if mention.relation in ("level", "share") else ""


def _acts(sight: Sight, where: list[int]) -> bool:
    """Whether bodies counted in a place go on to do something ("15 đơn vị trên địa bàn xã tổ chức ...")."""
    said = sight.follow.words
    bodies = sight.mention.kind in ("count", "ratio") and not sight.inside
    return bodies and bool(said) and said[0] > where[-1]


def _within(context: Context, sight: Sight) -> bool:
    """Whether the next figure counts among this one ("trong 28 chỉ tiêu của xã có 18 chỉ tiêu đạt")."""
    frame = context.frame
    if sight.inside or sight.k + 1 >= len(frame.places):
        return False
    here, ahead = frame.places[sight.k], frame.places[sight.k + 1]
    among = "trong" in frame.words[max(0, here - 4) : here]
    return among and not any(frame.words[i] in (",", "và", "(") or frame.stops(i) for i in range(here, ahead))


def _named(context: Context, words: list[int]) -> bool:
    """Whether a place has a name or a number."""
    frame = context.frame
    return any(frame.capital(i) or frame.words[i].isdigit() for i in words[1:])
