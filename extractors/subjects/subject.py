"""Rules of the subject: which of the words around a figure say what it measures."""

from __future__ import annotations

from extractors.subjects.clause import Clause
from extractors.subjects.lexicon import phrases, unit_head
from extractors.subjects.places import Place
from extractors.subjects.reader import Reader, Sight, is_classifier

_LOCATIVE = frozenset(("ở", "tại", "trên", "trong", "của"))
Told = tuple[str, str]


def subject_of(reader: Reader, sight: Sight) -> Told:
    """The subject of a figure and the rule that gave it."""
    mention = sight.mention
    if mention.relation in ("change", "relative") and mention.about is not None:
        return reader.carried(sight)
    if mention.kind in ("count", "ratio"):
        return counted(reader, sight)
    return measured(reader, sight)


# --- amounts: money, percentages, measures, durations, ranks -------------------------------------------------------


def measured(reader: Reader, sight: Sight) -> Told:
    """An amount: the phrase before its verb, the measured noun after it, or what was said before."""
    frame, found = reader.frame, sight.clause
    noun = _noun_after(sight)
    if found.kind == "head":
        return _headed(reader, sight)
    if found.topical and reader.topic:
        return reader.topic, "topic"
    if noun and not (sight.mention.kind == "percent" and "copula" in sight.lead.classes and found.words):
        verb = _verb(reader, found)
        text = frame.written(noun)
        if verb:
            reader.state.verb = verb
        return (f"{verb} {text}", "verb_noun") if verb and len(noun) < 4 else (text, "noun_after")
    if found.kind == "verb":
        verb = _verb(reader, found)
        if verb:
            reader.state.verb = verb
            agent = frame.written(found.agent)
            if len(found.words) <= 2 and (aim := _aim(reader, sight)):
                return f"{verb} {aim}", "verb_aim"
            if agent and len(found.agent) <= 6 and len(found.words) <= 3 and _passive(reader, found):
                return f"{agent} {verb}", "receiver_verb"
            return verb, "before_verb"
        return (frame.written(found.agent), "agent") if found.agent else reader.carried(sight)
    if found.kind == "plain":
        return _headed(reader, sight)
    return reader.carried(sight)


def _aim(reader: Reader, sight: Sight) -> str:
    """What money or work is for, said after it ("hỗ trợ 300 triệu đồng giúp các hộ nghèo")."""
    words = sight.follow.words
    first = reader.frame.words[words[0]] if words else ""
    if first in ("để", "cho", "giúp", "nhằm"):
        return reader.frame.written(words[1:] if first in ("để", "nhằm") else words)
    return ""


def _passive(reader: Reader, found: Clause) -> bool:
    """Whether "được" stands before the verb: then the words before it receive ("hộ nghèo được hỗ trợ")."""
    return reader.frame.words[found.words[0] - 1] == "được"


def _headed(reader: Reader, sight: Sight) -> Told:
    """The phrase before the verb; a bare head ("sản lượng") is completed by what it is the amount of."""
    frame, found = reader.frame, sight.clause
    words = _without_tail(reader, found.words)
    names = [frame.words[i] for i in words]
    if "mà" in names[2:]:
        words = words[: names.index("mà", 2)]
    if "này" in names:
        here = names.index("này")
        if phrases("head").at(names, 0, here) == here or phrases("bare").at(names, 0, here) == here:
            return reader.carried(sight)  # "tỷ lệ này"
        words = words[:here] or words
    text = frame.written(words)
    low = text.lower()
    if len(words) <= 2 and phrases("verb").at(low.split(), 0, 2) == len(words) and (aim := _aim(reader, sight)):
        return f"{text} {aim}", "verb_aim"
    if low in phrases("bare") or (low.startswith("mỗi ") and len(words) <= 3):
        carried = reader.carried(sight, far=False)[0]
        agent = frame.written(found.agent)
        more = (
            carried if not agent or (sight.k and "với" in frame.words[found.words[0] - 3 : found.words[0]]) else agent
        )
        more = reader.state.item or more
        if len(more.split()) > 9:
            return text, "bare_head"
        if low in more.lower():
            return more, "bare_head"
        if more.lower().startswith(low.split()[0] + " "):
            return text, "bare_head"
        if low == "mức":
            return more, "bare_head"
        if not more and sight.mention.kind == "count":
            more = (sight.mention.unit or "").split("/")[0].strip()
        return f"{text} {more}".strip(), "bare_head"
    if found.kind == "head":
        return _of_item(reader, sight, text, len(words)), "before_head"
    if found.kind == "plain":
        reader.state.listing = sight.mention.unit
        if found.mark in (";", ":"):
            reader.state.item = text
        if head := _list_head(reader, sight, len(words)):
            return f"{head} {text}", "list_head"
    return text, f"before_{found.kind}"


def _of_item(reader: Reader, sight: Sight, text: str, size: int) -> str:
    """ "bệnh khô vằn diện tích nhiễm 4.345 ha": an amount of the item that a list speaks of."""
    found = sight.clause
    if found.agent and found.mark in (";", ":") and len(found.agent) <= 6:
        reader.state.item = reader.frame.written(found.agent)
    item = reader.state.item
    if item and size >= 0.75 * len(item.split()) and item.lower() not in text.lower():
        return f"{text} {item}"
    return text


def _without_tail(reader: Reader, words: list[int]) -> list[int]:
    """The phrase without "đang thực hiện" at its end."""
    names = [reader.frame.words[i] for i in words]
    stop = len(names)
    while stop > 1 and (size := phrases("report").ending(names, 1, stop)):
        stop -= size
    return words[:stop]


def _list_head(reader: Reader, sight: Sight, size: int) -> str:
    """ "ngô 1.307 ha" under "Diện tích gieo trồng một số cây như sau:" is the sown area of maize."""
    head = unit_head(sight.mention.unit or "")
    if not head or size > 4 or sight.mention.relation != "level":
        return ""
    frame = reader.frame
    begin, end = reader.state.header
    wanted = head.split()
    for at in range(begin, end - len(wanted) + 1):
        if frame.words[at : at + len(wanted)] == wanted:
            stop = at + len(wanted)
            stop += phrases("verb").at(frame.words, stop, end)
            return frame.written(range(at, stop)).lower()
    total = reader.mentions[sight.mention.part_of].subject if sight.mention.part_of is not None else None
    if total and total.lower().startswith(head):
        words = total.lower().split()
        return " ".join(words[: len(wanted) + phrases("verb").at(words, len(wanted), len(words))])
    return ""


def _noun_after(sight: Sight) -> list[int]:
    mention = sight.mention
    if sight.follow.words and sight.follow.purpose:
        return []
    if mention.relation == "level" and mention.kind == "measure":
        return sight.follow.words
    if mention.relation == "share" and mention.kind == "percent":
        return sight.follow.words
    if mention.relation == "change" and mention.about is None and sight.clause.kind != "head":
        return sight.follow.words
    return []


def _verb(reader: Reader, found: Clause) -> str:
    """The verb of the clause with its object, unless it is a light one; nothing when there is no verb."""
    if found.kind != "verb":
        return ""
    frame = reader.frame
    words = [i for i in found.words if i < found.verb_end]
    if " ".join(frame.words[i] for i in words) in phrases("light"):
        words = []
    return frame.written(words + [i for i in found.words if i >= found.verb_end])


# --- counts and ratios ----------------------------------------------------------------------------------------------


def counted(reader: Reader, sight: Sight) -> Told:
    """A count: what follows the unit, the verb before it, or what was said before."""
    reader.state.verb, shared = "", reader.state.verb if sight.joined else ""
    for rule in (_pointing, _owned, _actors, _held_in, _joining, _described, _done, _stated):
        told = rule(reader, sight)
        if told[0]:
            return told
        if rule is _described and shared and not _verb(reader, sight.clause) and sight.mention.about is None:
            reader.state.verb = shared
            return (shared if is_classifier(sight.mention.unit) else f"{shared} {sight.mention.unit}"), "shared_verb"
    unit = sight.mention.unit or ""
    if not sight.inside and not (is_classifier(unit) or any(_in(unit, name) for name in ("person", "body", "area"))):
        return unit, "unit"
    told = reader.carried(sight)
    if told[0]:
        return told
    if sight.clause.words:
        return reader.frame.written(sight.clause.words), f"before_{sight.clause.kind}"
    return sight.mention.unit or "", "unit"


_ACTS = frozenset("đạt được có bị tự không chưa hết còn tham đi đến là thuộc".split())
_NO: Told = ("", "")


def _tail(reader: Reader, sight: Sight) -> str:
    return reader.frame.written(sight.follow.words)


def _in(text: str, name: str) -> bool:
    return text.lower() in phrases(name)


def _pointing(reader: Reader, sight: Sight) -> Told:
    """ "9 đơn vị còn lại", "11 cuộc đang triển khai", "02 cấp quận": the words only point back."""
    tail = _tail(reader, sight)
    low = tail.lower()
    if _in(tail, "light"):
        if sight.follow.open and sight.k + 1 < len(reader.frame.places):
            ahead = reader.mentions[sight.index + 1]
            return f"{ahead.unit or ''} {reader.frame.written(reader.follows[sight.k + 1].words)}".strip(), "forward"
        return reader.carried(sight)
    if sight.follow.pointing or (not tail and sight.follow.place.rule == "level"):
        return reader.carried(sight)
    return _NO


def _owned(reader: Reader, sight: Sight) -> Told:
    """ "Chỉ số hài lòng của 63 tỉnh": the index is measured, the provinces only own it."""
    if reader.frame.words[sight.lead.start] == "của" and sight.clause.kind == "head":
        place = reader.frame.places[sight.k]
        reader.state.place = Place([place, *sight.follow.words], "owned")
        reader.state.scope = reader.frame.written(reader.state.place.words)
        return reader.frame.written(sight.clause.words), "owned"
    return _NO


def _actors(reader: Reader, sight: Sight) -> Told:
    """ "lãnh đạo Mặt trận 12 phường": the bodies belong to the noun before them."""
    if (
        not _in((sight.mention.unit or "").split(",")[0], "area")
        or sight.lead.classes
        or sight.clause.own_mark in (";", ":")
    ):
        return _NO
    own = sight.clause.own
    if own and (sight.clause.kind == "plain" or own != sight.clause.words):
        return reader.frame.written(own), "before_area"
    return _NO


def _held_in(reader: Reader, sight: Sight) -> Told:
    """ "Phong trào được duy trì ở 9/9 xã": what is held or spread, not where."""
    found, frame = sight.clause, reader.frame
    if not (frame.words[sight.lead.start] in _LOCATIVE and "oblique" in sight.lead.classes):
        return _NO
    if not _in(sight.mention.unit or "", "body") or len(sight.follow.words) > 1:
        return _NO
    agent = frame.written(found.agent)
    names = [frame.words[i] for i in found.agent]
    if agent and (not _verb(reader, found) or phrases("theme").at(names, 0, len(names))):
        return agent, "held_in"
    if found.words:
        return frame.written(found.agent + found.words), "held_in"
    return reader.carried(sight)


def _joining(reader: Reader, sight: Sight) -> Told:
    """ "900 lượt người tham gia": what they took part in was named before."""
    tail = _tail(reader, sight)
    if sight.lead.joining:
        words = [i for i in sight.clause.words if i >= sight.clause.verb_end]
        return f"tham gia {reader.frame.written(words)}".strip(), "joining"
    if not _in(tail, "joining"):
        return _NO
    more = reader.carried(sight)[0] or reader.frame.written(sight.clause.agent)
    return (f"{tail} {more}" if len(more.split()) < 8 else tail), "joining"


def _described(reader: Reader, sight: Sight) -> Told:
    """ "12 cuộc đối thoại định kỳ": the words after the unit, with unit and verb where they are few."""
    tail = _tail(reader, sight)
    low = tail.lower()
    verb = _verb(reader, sight.clause)
    if not tail or any(low.startswith(start) for start in phrases("idle").all):
        return _NO
    if verb and low.startswith("thuộc "):
        return _NO
    if verb:
        reader.state.verb = verb
    size = len(sight.follow.words)
    mention = sight.mention
    unit = mention.unit or "" if mention.unit_end > mention.unit_start else ""
    acts = phrases("verb").at(low.split(), 0, size) or low.split()[0] in _ACTS
    if (size >= 4 and (acts or size >= 6)) or (is_classifier(unit) and size >= 2) or not unit:
        return tail, "after_unit"
    tail = tail.removeprefix("bị ")
    if verb and size < 2:
        return f"{verb} {unit} {tail}", "verb_unit_after"
    return f"{unit} {tail}", "unit_after"


def _done(reader: Reader, sight: Sight) -> Told:
    """ "kết nạp 27 đảng viên": the verb with what is counted; a figure joined by "và" shares the verb."""
    unit = sight.mention.unit or ""
    verb = _verb(reader, sight.clause)
    if verb and reader.state.listing == unit and sight.clause.mark in (";", ":"):
        reader.state.item = reader.frame.written(sight.clause.agent + sight.clause.words)
        return reader.state.item, "list_item"
    if verb:
        reader.state.verb = verb
        words = [reader.frame.words[i] for i in sight.clause.words]
        named = _after_noun(reader, sight, words, unit.lower().split())
        if named:
            return named, "named_before"
    if not verb:
        return _NO
    few = len(unit.split()) > len(verb.split())
    return (verb if is_classifier(unit) and few else f"{verb} {unit}"), "verb_unit"


def _after_noun(reader: Reader, sight: Sight, words: list[str], unit: list[str]) -> str:
    """What follows the counted noun where the clause names it ("xây dựng mô hình Dân vận khéo với 300 mô hình")."""
    for at in range(len(words) - len(unit)):
        if unit and words[at : at + len(unit)] == unit:
            return reader.frame.written(sight.clause.words[at + len(unit) :])
    return ""


def _stated(reader: Reader, sight: Sight) -> Told:
    """ "số doanh nghiệp thành lập mới là 359 doanh nghiệp", "bán buôn 127 doanh nghiệp": the phrase before."""
    found = sight.clause
    if found.kind not in ("head", "plain"):
        return _NO
    if sight.lead.classes == {"have"}:
        item = reader.frame.written(found.words)
        if found.kind == "plain" and (reader.state.part or sight.mention.part_of is not None) and len(found.words) <= 6:
            return f"{sight.mention.unit or ''} {item}".strip(), "list_item"
        return _NO
    words = _without_tail(reader, found.words)
    names = {reader.frame.words[i] for i in words}
    if not names - set((sight.mention.unit or "").lower().split()) - _COUNTING:
        named = reader.naming(sight)
        return (named, "named_before") if named else reader.carried(sight)
    text, rule = _headed(reader, sight)
    unit = sight.mention.unit or ""
    bare_verb = rule == "before_plain" and not sight.lead.classes and found.mark not in (";", ":") and len(words) <= 3
    if bare_verb and not reader.state.listing == unit and len(unit.split()) <= len(words):
        return f"{text} {unit}", "before_plain_unit"  # a verb that the lexicon lacks: "bắn rơi 2 máy bay"
    return text, rule


_COUNTING = frozenset("tổng số các lượng toàn bộ".split())
