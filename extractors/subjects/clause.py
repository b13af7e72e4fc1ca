"""The stretches of words around a figure: what leads to it, the clause before it and the phrase after its unit."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.subjects.clean import Cleaned, clean
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.lexicon import phrases

_REACH = 60
_AFTER_REACH = 14
_LEADS = ("approx", "copula", "change", "have")


@dataclass(slots=True)
class Lead:
    """Where the expression of a figure begins, and which classes of words lead to the number."""

    start: int
    classes: frozenset[str]
    text: str = ""


@dataclass(slots=True)
class Clause:
    """The words before a figure that speak of it.

    ``kind`` says what was found: ``head`` (a statistical noun phrase), ``verb`` (from the last verb on), ``plain``
    (other words) or ``none``. ``topic`` is what was named by "Về X," or "X:".
    """

    kind: str
    words: list[int]
    whole: Cleaned
    verb_end: int = 0
    after_mark: str = ""
    start: int = 0


def lead(frame: Frame, place: int, floor: int) -> Lead:
    """Go back over approximators, copulas and verbs of change from the figure at ``place``, not before ``floor``."""
    at = place
    seen: set[str] = set()
    while at > floor:
        best, kind = 0, ""
        for name in _LEADS:
            size = phrases(name).ending(frame.words, floor, at)
            if size > best:
                best, kind = size, name
        if not best:
            break
        seen.add(kind)
        at -= best
    return Lead(at, frozenset(seen), " ".join(frame.words[at:place]))


def after(frame: Frame, place: int, limit: int) -> tuple[int, int]:
    """The phrase that follows the unit at ``place``: up to punctuation, a connector, or ``limit`` (the next lead)."""
    words = frame.words
    start = at = place + 1
    stop = min(limit, start + _AFTER_REACH, len(words))
    joined = _coordinated(frame, at, stop)
    at = joined or at
    begin = at
    while at < stop:
        word = words[at]
        if word == "(" and (close := _aside(words, at)):
            at = close
            continue
        if frame.stops(at) or word in "()[]/" or word == FIGURE:
            break
        if word == "," and not frame.quoted[at]:
            break
        if word in ("-", "–") and not (0 < at - begin and frame.starts[at + 1 : at + 2] and words[at + 1].isalpha()):
            break
        if at > begin and (word in _AFTER_STOP or " ".join(words[at : at + 2]) in _AFTER_STOP):
            break
        if at == begin and (word in _NEVER_FIRST or " ".join(words[at : at + 2]) in _NEVER_FIRST):
            break
        if word == "và" and limit - at < 12 and limit < len(words) and not any(frame.stops(i) or words[i] == "," for i in range(at, limit)):
            break
        at += 1
    return begin, at


_AFTER_STOP = frozenset(
    (
        "với,nhằm,như,nhưng,là,gồm,trong đó,so với,song,do,theo,vào,khi,nếu,bằng,chiếm,tăng,giảm,vượt,gấp,qua đó,tương ứng,tương đương,"
        "trong năm,trong tháng,trong quý,năm trước,cùng kỳ,thì,mà,nâng,đưa,còn,trị giá,tổng số,ước,gần,hơn,khoảng,trong thời,trong giai,trong 6,đến nay"
    ).split(",")
)
_NEVER_FIRST = _AFTER_STOP | frozenset(
    "và,đã,cùng,tại đây,trở lên,trở xuống,kế hoạch,dự toán,chỉ tiêu,tổng,mục tiêu,nghị quyết,để,đều,sẽ,này,trên,trong,nữa".split(",")
) - {"theo", "khi"}


def _coordinated(frame: Frame, start: int, stop: int) -> int:
    """Skip ", nông dân" after "hội viên": nouns of people or bodies that stand beside the unit."""
    at, person = start, phrases("person")
    while at < stop and frame.words[at] in (",", "và"):
        size = person.at(frame.words, at + 1, stop)
        if not size:
            break
        at += 1 + size
    return at if at > start else 0


def _aside(words: list[str], at: int) -> int:
    """The index after a short bracket without figures ("(LHPN)"), or 0."""
    for close in range(at + 1, min(at + 8, len(words))):
        if words[close] == FIGURE:
            return 0
        if words[close] == ")":
            return close + 1
    return 0


def clause(frame: Frame, floor: int, stop: int) -> Clause:
    """Read the words ``floor:stop`` before a lead: cut at the last boundary, then find a head, a verb, or plain words."""
    floor = max(floor, stop - _REACH)
    if stop > floor and frame.words[stop - 1] == ":":
        stop -= 1
    start = _boundary(frame, floor, stop)
    found = _core(frame, start, stop)
    while found.kind in ("plain", "none") or _lone_verb(frame, found):
        if start <= floor or frame.words[start - 1] != "," or frame.quoted[start - 1]:
            break
        earlier = _boundary(frame, floor, start - 1)
        wider = _core(frame, earlier, start - 1)
        if wider.kind == "none" or wider.whole.timed or wider.whole.scope or stop - earlier > 24:
            break
        if found.kind == "none":
            break
        if wider.kind == "plain" and len(wider.words) > 7:
            break
        start = earlier
        found = Clause(wider.kind, wider.words + [i for i in range(wider.words[-1] + 1, found.words[0])] + found.words, found.whole, wider.verb_end)
    found.start = start
    found.after_mark = frame.words[start - 1] if start > 0 else ""
    return found


def _lone_verb(frame: Frame, found: Clause) -> bool:
    """Whether the clause is one verb with no object, as in "sửa chữa, nâng cấp"."""
    return found.kind == "verb" and found.words[0] == found.whole.words[0] and found.verb_end == found.words[-1] + 1


def _boundary(frame: Frame, floor: int, stop: int) -> int:
    depth = 0
    for at in range(stop - 1, floor - 1, -1):
        word = frame.words[at]
        if frame.quoted[at]:
            continue
        if word == ")":
            depth += 1
        elif word == "(":
            if not depth:
                return at + 1
            depth -= 1
        elif not depth and (frame.stops(at) or word in (",", FIGURE)):
            return at + 1
    return floor


def _core(frame: Frame, start: int, stop: int) -> Clause:
    whole = clean(frame, start, stop)
    kept = whole.words
    words = [frame.words[i] for i in kept]
    at = skip_openers(words)
    rest, names = kept[at:], words[at:]
    if not rest:
        return Clause("none", [], whole, start=start)
    head = _head(frame, rest, names)
    if head >= 0:
        return Clause("head", rest[head:], whole, start=start)
    verb, end = last_verb(frame, rest, names)
    if verb >= 0:
        return Clause("verb", rest[verb:], whole, verb_end=rest[end - 1] + 1, start=start)
    return Clause("plain", rest, whole, start=start)


def skip_openers(words: list[str]) -> int:
    """How many words at the front are openers or auxiliaries."""
    at = 0
    while at < len(words):
        size = max(phrases("opener").at(words, at, len(words)), phrases("auxiliary").at(words, at, len(words)))
        if words[at] in (",", "-", "–", "+", "*"):
            size = 1
        if not size:
            return at
        at += size
    return at


def _head(frame: Frame, rest: list[int], names: list[str]) -> int:
    at = 0
    while at < len(names):
        if not frame.quoted[rest[at]] and phrases("head").at(names, at, len(names)):
            longer = phrases("verb").at(names, at, len(names))
            if longer <= phrases("head").at(names, at, len(names)):
                return at
        at += max(1, phrases("verb").at(names, at, len(names)))
    return -1


def last_verb(frame: Frame, rest: list[int], names: list[str]) -> tuple[int, int]:
    """The last group of verbs among the words: where it begins and where it ends, or (-1, -1)."""
    found = (-1, -1)
    at = 0
    while at < len(names):
        size = 0 if frame.quoted[rest[at]] else max(phrases("verb").at(names, at, len(names)), phrases("light").at(names, at, len(names)))
        if not size:
            at += 1
            continue
        if found[1] == at or (found[1] == at - 1 and found[1] > 0 and names[at - 1] in (",", "và", "/")):
            found = (found[0], at + size)
        else:
            found = (at, at + size)
        at += size
    return found
