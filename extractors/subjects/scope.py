"""Rules of the scope: the part of the area or organisation that a figure holds for."""

from __future__ import annotations

from extractors.subjects.context import Context, Sight, Told

#: A place said of the whole is not said of its parts; one that acts or owns is.
_TOTAL = frozenset(("whole", "ground"))
_ACTING = frozenset(("agent", "whole", "level", "levels", "each", "owned", "header", "opening"))
#: Where a nameless place behind the figure ("trên địa bàn") says less than the one before it.
_LOOSE = frozenset(("ground", "located", "of_place"))


def scope_of(context: Context, sight: Sight) -> Told:
    """The scope of a figure and the rule that gave it; empty where none is said."""
    frame, state, mention = context.frame, context.state, sight.mention
    after, place = sight.follow.place, sight.clause.place
    vague = place.words and after.rule in _LOOSE and not _named(context, after.words)
    if after.words and not vague and mention.relation in ("level", "share") and mention.kind != "rank":
        if place.words and not sight.inside and after.rule != "within":
            state.place, state.scope = place, frame.written(place.words)
        return frame.written(after.words), "after_" + after.rule
    if state.place.rule == "owned" and state.place.words[:1] == [frame.places[sight.k]]:
        return "", ""
    if place.words:
        scope = frame.written(place.words)
        if not sight.inside:
            state.place, state.scope = place, scope
        return scope, place.rule
    if mention.about is not None and mention.about >= state.first:
        return context.mentions[mention.about].scope or "", "about"
    if sight.inside and state.stack[-1] >= 0:
        return context.mentions[state.stack[-1]].scope or "", "bracket"
    if not state.scope:
        return "", ""
    if state.part and state.place.rule in _TOTAL:
        return "", ""
    if sight.clause.kind in ("head", "plain") and not state.part and state.place.rule not in _ACTING:
        state.scope = ""
    return state.scope, "carried"


def _named(context: Context, words: list[int]) -> bool:
    """Whether a place has a name or a number."""
    frame = context.frame
    return any(frame.capital(i) or frame.words[i].isdigit() for i in words[1:])
