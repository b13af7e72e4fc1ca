"""The phrase after a figure's unit."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.subjects.clean import trimmed, untimed
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.lexicon import phrases
from extractors.subjects.pairs import one_term
from extractors.subjects.places import Place, named_area, take_place

_REACH = 22
_ENDS = frozenset((",", "và", "được", "có", "với", "(", ")", FIGURE))
_LONGEST = 12


@dataclass(slots=True)
class Follow:
    """The words after the unit that describe what is counted, and the place said among them.

    ``end`` is the word where the phrase ends; ``named`` says that "là" opens it ("2 tỷ đồng là vốn vay"); ``open`` says
    that the next figure's expression begins right there.
    """

    words: list[int] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    end: int = 0
    open: bool = False
    pointing: bool = False
    purpose: bool = False
    named: bool = False


def follow(frame: Frame, place: int, limit: int, *, counted: bool = True) -> Follow:
    """Read the phrase after the unit at ``place``, up to punctuation, a connector, or ``limit`` (the next lead).

    ``counted``: what is counted may be listed ("5 hội viên, nông dân"); behind an amount a comma ends it.
    """
    return _read(frame, place + 1, limit, counted=counted)


def follow_bracket(frame: Frame, place: int, limits: dict[int, int]) -> Follow:
    """The phrase after a bracket that stands between the unit and it: "2.358 xã (26%) đạt chuẩn".

    ``limits`` gives for a word the beginning of the first figure's expression behind it.
    """
    close = place + 2
    while close < min(place + 40, len(frame.words)) and frame.words[close] not in ("(", ")"):
        close += 1
    if close >= len(frame.words) or frame.words[close] != ")":
        return Follow()
    behind = min((lead for at, lead in limits.items() if at > close), default=len(frame.words))
    return _read(frame, close + 1, behind)


def _read(frame: Frame, begin: int, limit: int, *, counted: bool = True) -> Follow:
    start = _coordinated(frame, begin, limit) if counted else begin
    named = False
    if phrases("measure_against").at(frame.words, start, limit):
        return Follow(end=_end(frame, start + 1, limit))
    if frame.words[start : start + 1] == ["là"] and start + 1 < limit:
        if frame.capital(start + 1):
            return Follow(end=start)  # "3 ban là Ban Pháp chế, ...": names of the counted, no description
        start += 1
        named = True
    end = _end(frame, start, limit)
    kept, _ = untimed(frame, start, end)
    if " ".join(frame.words[i] for i in kept) in phrases("pointing") or [frame.words[i] for i in kept[:2]] == [
        "còn",
        "lại",
    ]:
        return Follow(end=end, pointing=True)
    if _points(frame, kept, open=end >= limit):
        return Follow(end=end, pointing=True)
    kept = kept[_demonstrative(frame, kept) :]
    where, rest = take_place(frame, kept)
    if not where.words and (area := named_area(frame, rest)):
        where, rest = Place(area, "named"), []  # "96 hộ phường Hòa Bắc"
    rest = trimmed(frame, rest)
    words = [frame.words[i] for i in rest]
    rest = rest[_auxiliaries(words) :]
    if len(rest) > 1 and frame.words[rest[0]] in ("trong", "thuộc") and frame.capital(rest[1]):
        rest = rest[1:]
    words = [frame.words[i] for i in rest]
    stop = len(words)
    closed = end < min(limit, len(frame.words)) and frame.words[end] in (",", ";", ".", "và")
    if closed and stop > 2 and words[-1] in ("tăng", "giảm"):
        return Follow(rest[:_LONGEST], where, end)  # "7 nhóm có chỉ số giá tăng": the verb tells them apart
    while stop and (size := 1 if words[stop - 1] in phrases("dangling") else phrases("late").ending(words, 0, stop)):
        stop -= size
    rest = trimmed(frame, rest[:stop])
    names = [frame.words[i] for i in rest]
    if "cho" in names[3:]:
        rest = rest[: names.index("cho", 3)]  # to whom it goes tells nothing apart
    purpose = bool(rest) and frame.words[rest[0]] in ("để", "cho", "giúp")
    return Follow(
        trimmed(frame, rest[:_LONGEST]), where, end, end >= limit < len(frame.words), purpose=purpose, named=named
    )


def _points(frame: Frame, kept: list[int], *, open: bool) -> bool:
    """Whether the words point back and go on with the verb of the next figure ("68 dự án trên dự kiến thu 7 tỷ")."""
    size = _demonstrative(frame, kept)
    words = [frame.words[i] for i in kept]
    behind = size + phrases("auxiliary").at(words, size, len(words))
    return 0 < size < len(words) and (open or behind == len(words))


def _demonstrative(frame: Frame, kept: list[int]) -> int:
    """How many words at the front point back before an auxiliary ("2 xã trên đang sửa đường")."""
    words = [frame.words[i] for i in kept]
    size = phrases("demonstrative").at(words, 0, len(words))
    return size if size and phrases("auxiliary").at(words, size, len(words)) else 0


def _auxiliaries(words: list[str]) -> int:
    at = 0
    while (
        at < len(words)
        and not phrases("compound").at(words, at, len(words))
        and words[at] in ("đã", "đang", "sẽ", "đều", "và", "vẫn", "cần", "phải")
    ):
        at += 1
    return at


def _end(frame: Frame, start: int, limit: int) -> int:
    words = frame.words
    at = start
    stop = min(limit, start + _REACH, len(words))
    while at < stop:
        word = words[at]
        if word == "(" and (close := _aside(words, at)):
            at = close
            continue
        if frame.quoted[at]:
            at += 1
            continue
        if frame.stops(at) or word in "()[]/" or word == FIGURE:
            return at
        if word == "," and not _goes_on(frame, start, at, limit):
            return at
        if word in ("-", "–") and at == start:
            return at
        two = " ".join(words[at : at + 2])
        if (word in phrases("stop") or two in phrases("stop")) and not phrases("firm_end").ending(words, start, at + 1):
            return at
        if two == "theo dõi":
            at += 2
            continue
        if at > start and (word in phrases("stop_later") or two in phrases("stop_later")):
            return at
        if word == "đạt" and phrases("head").at(words, at + 1, len(words)) > 1:
            return at
        if word == "và" and "cũng" in words[at + 1 : min(limit, at + 8)]:
            return at  # "60% mức đóng và học sinh cũng được tăng ..."
        if at == start and (word in phrases("never_first") or two in phrases("never_first")):
            return at
        if (
            word in ("và", "để", "giúp", "hoặc")
            and at > start
            and limit < len(words)
            and limit - at < 12
            and not _punctuated(frame, at, limit)
        ):
            return at
        opens = word in phrases("sentence_start") and frame.capital(at) and not (at > start and frame.capital(at - 1))
        if opens and not frame.capital(min(at + 1, len(words) - 1)):
            return at
        if (
            at > start
            and word in phrases("office_start")
            and frame.capital(at)
            and words[at - 1]
            not in ("được", "của", "do", "về", "cho", "tại", "trong", "thuộc", "từ", "với", "tướng", "tịch", "thư")
        ):
            return at
        at += 1
    return min(at, limit)


def _goes_on(frame: Frame, start: int, comma: int, limit: int) -> bool:
    """Whether a comma joins two verbs of one phrase ("tuần tra, kiểm soát giao thông"), no figure following."""
    words = frame.words
    area = phrases("area").at(words, comma + 1, len(words))
    if area and comma + 1 + area < limit and frame.capital(comma + 1 + area) and _ends_in_place(frame, start, comma):
        return True  # "ở thôn 7, xã Hòa Bắc"
    if one_term(frame, comma):
        return True
    person = phrases("person")
    if person.ending(words, start, comma) and person.at(words, comma + 1, limit):
        return True
    if _parallel(frame, start, comma, limit):
        return True
    piece = max((i + 1 for i in range(start, comma) if words[i] == ","), default=start)
    size = phrases("verb").ending(words, piece, comma)
    deed = words[comma - size - 1] in ("vi", "tội")  # "có hành vi mua bán, tàng trữ pháo"
    if not size or (size != comma - piece and not deed and words[piece] not in ("được", "bị")):
        return False
    if not phrases("verb").at(words, comma + 1, len(words)):
        return False
    return _punctuated(frame, comma + 1, min(limit, comma + 12)) or limit - comma > 8 or limit == len(words)


def _parallel(frame: Frame, start: int, comma: int, limit: int) -> bool:
    """Whether the parts around a comma share a word and so are one ("hộ nghèo, hộ cận nghèo"), no figure following."""
    words = frame.words
    stop = next((i for i in range(comma + 1, min(comma + 7, len(words))) if words[i] in _ENDS or frame.stops(i)), -1)
    if not comma + 1 < stop < limit:
        return False
    first = words[comma + 1]
    if first in phrases("loose_end") or first in phrases("auxiliary") or first in phrases("opener"):
        return False
    return bool(set(words[max(start, comma - 4) : comma]) & set(words[comma + 1 : stop]))


def _ends_in_place(frame: Frame, start: int, comma: int) -> bool:
    """Whether an area and its name or number stand right before the comma."""
    last = frame.words[comma - 1]
    return (last.isdigit() or frame.capital(comma - 1)) and any(
        phrases("area").at(frame.words, at, comma) for at in range(max(start, comma - 4), comma)
    )


def _punctuated(frame: Frame, start: int, stop: int) -> bool:
    return any(frame.stops(i) or frame.words[i] == "," for i in range(start, stop))


def _coordinated(frame: Frame, start: int, stop: int) -> int:
    """Skip ", nông dân" after "hội viên": nouns of people or bodies that stand beside the unit."""
    at, person, beside = start, phrases("person"), phrases("beside")
    if start >= stop or frame.words[start] not in (",", "và", "-"):
        return start
    kin = start > 0 and any(_unit_is(frame, start - 1, noun) for noun in beside.all)
    while at < stop and frame.words[at] in (",", "và", "-"):
        size = person.at(frame.words, at + 1, stop)
        if not size and kin and not frame.capital(at + 1):
            size = beside.at(frame.words, at + 1, stop - 1)
        again = " ".join(frame.words[at + 1 : at + 1 + size])
        if size and at == start and start and _unit_is(frame, start - 1, again):
            break  # "giải thể là 11 doanh nghiệp, doanh nghiệp tạm ngừng là 58": another statement
        named = at + 1 + size < stop and frame.capital(at + 1 + size)
        if not size or named:
            break
        at += 1 + size
    return at


def _unit_is(frame: Frame, place: int, noun: str) -> bool:
    return frame.document.lower[frame.starts[place] : frame.ends[place]].endswith(f" {noun}")


def _aside(words: list[str], at: int) -> int:
    """The index after a short bracket without figures ("(LHPN)"), or 0."""
    for close in range(at + 1, min(at + 40, len(words))):
        if words[close] == FIGURE:
            return 0
        if words[close] == ")":
            return close + 1
    return 0
