"""Subjects of counts and ratios: what follows the unit, the verb before it, or what was said before."""

from __future__ import annotations

from extractors.subjects.amounts import headed, without_tail
from extractors.subjects.clean import untimed
from extractors.subjects.context import NOTHING, Context, Sight, Told, is_classifier, verb_phrase
from extractors.subjects.lexicon import phrases
from extractors.subjects.pieces import entry, inventory, sized, subset
from extractors.subjects.places import Place

_LOCATIVE = frozenset(("ở", "tại", "trên", "trong", "của"))


def counted(context: Context, sight: Sight) -> Told:
    """A count: what follows the unit, the verb before it, or what was said before."""
    context.state.verb, shared = "", context.state.verb if sight.joined else ""
    for rule in (
        inventory,
        sized,
        subset,
        _pointing,
        _owned,
        _actors,
        _held_in,
        _joining,
        _fate,
        _described,
        _done,
        _stated,
    ):
        told = rule(context, sight)
        if told[0]:
            return told
        if rule is _described and shared and not verb_phrase(context, sight.clause) and sight.mention.about is None:
            context.state.verb = shared
            return (shared if is_classifier(sight.noun) else f"{shared} {sight.noun}"), "shared_verb"
    unit = sight.noun
    if context.topic and _opens_topic(context, sight):
        return context.topic, "topic"
    if not sight.inside and not (is_classifier(unit) or any(_in(unit, name) for name in ("person", "body", "area"))):
        return unit, "unit"
    told = context.carried(sight, far=is_classifier(unit) or _in(unit, "area"))
    if told[0]:
        return told
    if sight.clause.words:
        return context.frame.written(sight.clause.words), f"before_{sight.clause.kind}"
    return sight.noun, "none"


def _opens_topic(context: Context, sight: Sight) -> bool:
    """Whether the figure is the first that the sentence tells of its topic ("Về phản biện, tổ chức 9 hội nghị")."""
    if context.announced and not sight.clause.agent and sight.k < 2:
        return True
    return not sight.k and sight.clause.mark == "," and sight.clause.kind != "plain" and context.themed


def _tail(context: Context, sight: Sight) -> str:
    return context.frame.written(sight.follow.words)


def _in(text: str, name: str) -> bool:
    return text.lower() in phrases(name)


def _pointing(context: Context, sight: Sight) -> Told:
    """ "9 đơn vị còn lại", "11 cuộc đang triển khai", "02 cấp quận": the words only point back."""
    tail = _tail(context, sight)
    if _in(tail, "light"):
        if sight.follow.open and sight.k + 1 < len(context.frame.places):
            ahead = context.mentions[sight.index + 1]
            return f"{ahead.unit or ''} {context.frame.written(context.follows[sight.k + 1].words)}".strip(), "forward"
        return context.carried(sight)
    owned = context.frame.words[sight.lead.start] == "của" and sight.clause.words
    if (sight.follow.pointing and not owned) or (not tail and sight.follow.place.rule == "level"):
        return context.carried(sight)
    return NOTHING


def _owned(context: Context, sight: Sight) -> Told:
    """ "Chỉ số hài lòng của 63 tỉnh": the index is measured, the provinces only own it."""
    if context.frame.words[sight.lead.start] == "của" and sight.clause.kind == "head":
        place = context.frame.places[sight.k]
        context.state.place = Place([place, *sight.follow.words], "owned")
        context.state.scope = context.frame.written(context.state.place.words)
        return context.frame.written(sight.clause.words), "owned"
    found = sight.clause
    names = [context.frame.words[i] for i in found.words]
    if context.frame.words[sight.lead.start] == "của" and phrases("deed").at(names, 0, len(names)) == len(names) > 0:
        return f"{context.frame.written(found.words)} của {sight.unit}", "deed_of"  # "sai phạm của 3 cán bộ"
    return NOTHING


def _actors(context: Context, sight: Sight) -> Told:
    """ "lãnh đạo Mặt trận 12 phường": the bodies belong to the noun before them."""
    if not _in(sight.noun.split(",")[0], "area") or sight.lead.classes or sight.clause.own_mark in (";", ":"):
        return NOTHING
    own = sight.clause.own
    if own and (sight.clause.kind == "plain" or own != sight.clause.words):
        return context.frame.written(own), "before_area"
    return NOTHING


def _held_in(context: Context, sight: Sight) -> Told:
    """ "Phong trào được duy trì ở 9/9 xã": what is held or spread, not where."""
    found, frame = sight.clause, context.frame
    if not (frame.words[sight.lead.start] in _LOCATIVE and "oblique" in sight.lead.classes):
        return NOTHING
    if not _in(sight.noun, "body") or len(sight.follow.words) > 1:
        return NOTHING
    agent = frame.written(found.agent)
    names = [frame.words[i] for i in found.agent]
    if agent and (not verb_phrase(context, found) or phrases("theme").at(names, 0, len(names))):
        return agent, "held_in"
    if found.words:
        return frame.written(found.agent + found.words), "held_in"
    return context.carried(sight)


def _joining(context: Context, sight: Sight) -> Told:
    """ "900 lượt người tham gia": what they took part in was named before."""
    tail = _tail(context, sight)
    if sight.lead.joining:
        words = [i for i in sight.clause.words if i >= sight.clause.verb_end]
        return f"tham gia {context.frame.written(words)}".strip(), "joining"
    if not _in(tail, "joining"):
        return NOTHING
    more = _event(context, sight) or context.carried(sight)[0] or context.frame.written(sight.clause.agent)
    return (f"{tail} {more}" if len(more.split()) < 8 else tail), "joining"


def _amount_of(context: Context, sight: Sight) -> str:
    """What a count is stated of: "vận tải hành khách đạt 5 triệu lượt người vận chuyển và 7 triệu lượt luân chuyển"."""
    found = sight.clause
    if "copula" in sight.lead.classes and found.kind in ("plain", "head", "verb") and 1 < len(found.words) <= 5:
        context.state.stated = context.frame.written(found.words)
    elif not (sight.k and context.frame.words[sight.lead.start - 1] == "và" and not found.words):
        context.state.stated = ""
    return context.state.stated


def _fate(context: Context, sight: Sight) -> Told:
    """ "làm 15 người chết, 3 người mất tích", "làm chết 15 người": who and what befell them."""
    unit, tail, verb = sight.noun, _tail(context, sight), verb_phrase(context, sight.clause)
    who, _, befell = unit.lower().partition(" ")
    if who == "người" and _in(befell, "casualty") and not tail:
        return unit, "casualty"
    if unit.lower() not in ("người", "em", "cháu", "nạn nhân"):
        return NOTHING
    if tail and (_in(tail, "casualty") or _in(verb, "casualty")):
        return f"{unit} {tail}", "casualty"
    if not tail and _in(verb, "casualty"):
        return f"{unit} {verb.lower().removeprefix('làm ')}", "casualty"
    return NOTHING


def _event(context: Context, sight: Sight) -> str:
    """What the entry of a list tells before its first figure ("...; tổ chức hội thi vẽ tranh, có 30 em tham gia")."""
    frame = context.frame
    place = frame.places[sight.k]
    floor = frame.places[sight.k - 1] + 1 if sight.k else 0
    begin = next((i + 1 for i in range(place - 1, max(floor, place - 40) - 1, -1) if frame.words[i] == ";"), -1)
    if begin < 0:
        return ""
    comma = next((i for i in range(begin, sight.lead.start) if frame.words[i] == "," and not frame.quoted[i]), -1)
    words = untimed(frame, begin, comma if comma > begin else sight.lead.start)[0]
    size = phrases("light").at([frame.words[i] for i in words], 0, len(words))
    return frame.written(words[size : size + 7])


def _where_only(context: Context, sight: Sight, verb: str) -> bool:
    """Whether the words after the unit say no more than where ("bố trí chỗ ở cho 35 hộ trong vùng dự án")."""
    words = [context.frame.words[i] for i in sight.follow.words[:2]]
    if words[0] not in ("trong", "ở", "tại") or words[1:] == ["nước"] or verb.lower() in phrases("causing"):
        return False
    return context.frame.words[sight.lead.start - 1] != ":"


def _described(context: Context, sight: Sight) -> Told:
    """ "12 cuộc đối thoại định kỳ": the words after the unit, with unit and verb where they are few."""
    tail = _tail(context, sight)
    low = tail.lower()
    verb = verb_phrase(context, sight.clause)
    if not tail:
        return NOTHING
    if whose := entry(context, sight):
        return f"{whose} {tail}", "list_item"
    if praise := phrases("idle").at(low.split(), 0, len(low.split())):
        told = " ".join(tail.split()[praise:])
        return (told, "after_praise") if told.lower().startswith(("được ", "bị ")) else NOTHING
    if verb and (low.startswith("thuộc ") or _where_only(context, sight, verb)):
        return NOTHING
    if low == "vi phạm" and context.topic and _opens_topic(context, sight):
        return f"{tail} {context.topic}", "topic_after"
    if verb:
        context.state.verb = verb
    if verb and low.startswith("cho "):
        verb = verb if is_classifier(sight.noun) else f"{verb} {sight.noun}"
        return f"{verb} {tail}", "verb_receiver"  # "chuyển 90 căn hộ cho trung tâm quỹ đất"
    size = len(sight.follow.words)
    stated = _amount_of(context, sight)
    if stated and size <= 2 and is_classifier(sight.noun):
        return f"{stated} {tail}", "stated_after"
    mention = sight.mention
    unit = mention.unit or "" if mention.unit_end > mention.unit_start else ""
    acts = phrases("verb").at(low.split(), 0, size) or low.split()[0] in phrases("acts")
    if (size >= 4 and (acts or size >= 6)) or (is_classifier(unit) and size >= 2) or not unit:
        return tail, "after_unit"
    tail = tail.removeprefix("bị ")
    brief = size < 3 and len(verb.split()) < 4 and not acts and "oblique" not in sight.lead.classes
    if verb and (size < 2 or (brief and verb.lower() not in phrases("causing"))):
        return f"{verb} {unit} {tail}", "verb_unit_after"
    return f"{unit} {tail}", "unit_after"


def _done(context: Context, sight: Sight) -> Told:
    """ "kết nạp 27 đảng viên": the verb with what is counted; a figure joined by "và" shares the verb."""
    unit = sight.noun
    verb = verb_phrase(context, sight.clause)
    if verb and context.state.listing == sight.unit and sight.clause.mark in (";", ":"):
        context.state.item = context.frame.written(sight.clause.agent + sight.clause.words)
        return context.state.item, "list_item"
    if verb:
        context.state.verb = verb
        words = [context.frame.words[i] for i in sight.clause.words]
        named = _after_noun(context, sight, words, unit.lower().split())
        if named:
            return named, "named_before"
    if not verb:
        return NOTHING
    if is_classifier(unit):
        what = _phenomenon(context, sight.clause.agent)
        if not what and context.topic and _opens_topic(context, sight):
            what = context.topic
        if what:
            context.state.verb = ""  # the figures joined to it are of the same cases
            return what, "phenomenon"
    return (verb if is_classifier(unit) else f"{verb} {unit}"), "verb_unit"


def _phenomenon(context: Context, words: list[int]) -> str:
    """What the cases are of where it stands before the verb ("Tệ nạn xã hội phát hiện 15 vụ")."""
    names = [context.frame.words[i] for i in words]
    return context.frame.written(words) if phrases("phenomenon").at(names, 0, len(names)) else ""


def _after_noun(context: Context, sight: Sight, words: list[str], unit: list[str]) -> str:
    """What follows the counted noun where the clause names it ("xây dựng mô hình Dân vận khéo với 300 mô hình")."""
    for at in range(len(words) - len(unit)):
        if unit and words[at : at + len(unit)] == unit:
            return context.frame.written(sight.clause.words[at + len(unit) :])
    return ""


def _stated(context: Context, sight: Sight) -> Told:
    """ "số doanh nghiệp thành lập mới là 359 doanh nghiệp", "bán buôn 127 doanh nghiệp": the phrase before."""
    found = sight.clause
    if found.kind not in ("head", "plain"):
        return NOTHING
    if sight.lead.classes == {"have"} and is_classifier(sight.noun) and (what := _phenomenon(context, found.words)):
        return what, "phenomenon"
    if sight.lead.classes == {"have"}:
        item = context.frame.written(found.words)
        if (
            found.kind == "plain"
            and (context.state.part or sight.mention.part_of is not None)
            and len(found.words) <= 6
        ):
            return f"{sight.noun} {item}".strip(), "list_item"
        return NOTHING
    words = without_tail(context, found.words)
    names = {context.frame.words[i] for i in words}
    if not names - set(sight.noun.lower().split()) - phrases("counting").all:
        named = context.naming(sight)
        if named:
            return named, "named_before"
        last = context.mentions[context.state.last] if context.state.last >= context.state.first else None
        if last and last.unit == sight.unit:
            return context.carried(sight)
        if not names - phrases("counting").all and (told := context.carried(sight))[0]:
            return told  # "Tổng số 27 cuộc"
        return context.frame.written(words), "counted_unit"
    text, rule = headed(context, sight)
    unit = sight.noun
    counted_again = f"số {unit.lower()} "
    if rule == "before_head" and text.lower().startswith(counted_again):
        text = text[3:].strip()  # "Số doanh nghiệp giải thể là 11 doanh nghiệp"
    bare_verb = rule == "before_plain" and not sight.lead.classes and found.mark not in (";", ":") and len(words) <= 3
    if bare_verb and context.state.listing != sight.unit and len(unit.split()) <= len(words):
        return f"{text} {unit}", "before_plain_unit"  # a verb that the lexicon lacks: "bắn rơi 2 máy bay"
    return text, rule
