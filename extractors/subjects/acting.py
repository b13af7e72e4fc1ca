"""Who acts at the front of a clause: a place, a household, a firm, or a body of a place that serves people."""

from __future__ import annotations

from extractors.subjects.clean import untimed
from extractors.subjects.frame import Frame
from extractors.subjects.grammar import skip_openers
from extractors.subjects.lexicon import phrases
from extractors.subjects.names import country_length, name_length
from extractors.subjects.parties import party_length
from extractors.subjects.places import Place, as_place, named_area, take_place

_PREDICATES = ("auxiliary", "have", "copula", "change", "light", "verb", "act")

#: words of a sentence within which a place opens it
_OPENING = 80


def acting_place(frame: Frame, kept: list[int]) -> list[int]:
    """The place or party whose act the clause tells, as in "Xã Hòa Bắc đã xóa ..." or "Kho bạc Nhà nước huyện chi ...".

    An authority ("UBND xã Hòa Bắc") is none: it acts for others.

    ``kept`` are the words of the clause without openers; a predicate must follow the place right away.
    """
    words = [frame.words[i] for i in kept]
    if not words or frame.quoted[kept[0]]:
        return []
    if party := party_length(frame, kept, 0):
        behind = any(phrases(name).at(words, party, len(words)) for name in _PREDICATES)
        return kept[:party] if behind and not phrases("asking").at(words, party, len(words)) else []
    if words[0] == "một" and "như" in words[2:4]:
        return acting_place(frame, kept[words.index("như") + 1 :])  # "một tỉnh như Hòa Bắc cũng có ..."
    at = phrases("service").at(words, 0, len(words))
    area = phrases("area").at(words, at, len(words))
    if area:
        named = name_length(frame, kept, at + area)
        size = area + named if named or (not at and " ".join(words[:area]) in phrases("district")) else 0
    elif at:
        return []
    else:
        size = country_length(frame, kept, 0) or name_length(frame, kept, 0)
    stop = at + size
    if not size or stop >= len(words):
        return []
    if not any(phrases(name).at(words, stop, len(words)) for name in _PREDICATES):
        return []
    return kept[:stop] if at or as_place(frame, kept[:stop]) else []


def opening(frame: Frame, stop: int) -> Place:
    """The place that opens the sentence before word ``stop``, over clauses that hold no figure.

    "Trên địa bàn huyện không có cháy lớn; xảy ra 1 vụ ...", "Tại khu phố 3, phường Hòa Bắc, công an bắt 2 đối tượng".
    """
    at, stop, words = 0, min(stop, _OPENING), frame.words
    said = False
    while at < stop:
        if at and words[at - 1] not in (",", ":"):
            at += 1
            continue
        if words[at : at + 3] == ["trên", "địa", "bàn"]:
            return take_place(frame, list(range(at, min(stop, at + 12))))[0]
        if words[at] in ("còn", "riêng") and words[at + 1] in ("tại", "ở"):
            at += 1
        if words[at] in ("tại", "ở"):
            end = _next_comma(frame, at, stop)
            place, _ = take_place(frame, list(range(at, end)))
            if place.words and place.words[-1] == end - 1:
                found = [i for i in place.words if words[i] not in ("tại", "ở")]
                while end < stop:
                    more = named_area(frame, list(range(end + 1, _next_comma(frame, end + 1, stop))))
                    if not more:
                        break
                    found += [end, *more]
                    end = more[-1] + 1
                return Place(found, "opening") if end < len(words) and words[end] == "," else Place()
        elif not said and (acting := _in_first_clause(frame, at, stop)):
            return Place(acting, "opening")
        said = said or not _adverbial(frame, at, _next_comma(frame, at, stop))
        at += 1
    return Place()


def _in_first_clause(frame: Frame, at: int, stop: int) -> list[int]:
    """The place, no office of one, that acts in the clause at ``at``, when another clause follows behind a comma."""
    words, end = frame.words, _next_comma(frame, at, stop)
    if end == stop or words[end] not in ",(" or words[end - 1] in ("biết", "hay", "rằng", "nói"):
        return []
    kept, _ = untimed(frame, at, end)
    kept = kept[skip_openers([words[i] for i in kept]) :]
    names = [words[i] for i in kept]
    if kept and party_length(frame, kept, 0) == len(kept):
        return kept  # "Hộ ông Nam, ở thôn Hạ, đang xây nhà ...", "Tập đoàn Hòa Phát (HPG) đã bán ..."
    if words[end] == "(":
        return []
    if phrases("organ").at(names, 0, len(names)) or names[:1] in (["theo"], ["cùng"], ["với"], ["về"]):
        return []
    return acting_place(frame, kept)


def _adverbial(frame: Frame, at: int, end: int) -> bool:
    """Whether nothing but times and openers stand there, or who says so ("Theo Thanh tra tỉnh, ...")."""
    if frame.words[at] == "theo":
        return True
    kept, _ = untimed(frame, at, end)
    return skip_openers([frame.words[i] for i in kept]) >= len(kept)


def _next_comma(frame: Frame, start: int, stop: int) -> int:
    return next((i for i in range(start, stop) if frame.words[i] in (",", ".", ";", ":", "(")), stop)
