"""Who acts at the front of a clause: a place, or an office or body of a place."""

from __future__ import annotations

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases
from extractors.subjects.places import as_place, country_length, name_length

_PREDICATES = ("auxiliary", "have", "copula", "change", "light", "verb", "act")


def acting_place(frame: Frame, kept: list[int]) -> list[int]:
    """The place whose act the clause tells, as in "Xã Hòa Bắc đã xóa ..." or "Công an xã Hòa Bắc bắt ...".

    ``kept`` are the words of the clause without openers; a predicate must follow the place right away.
    """
    words = [frame.words[i] for i in kept]
    if not words or frame.quoted[kept[0]]:
        return []
    at = phrases("organ").at(words, 0, len(words))
    area = phrases("area").at(words, at, len(words))
    if area:
        named = name_length(frame, kept, at + area)
        size = area + named if named or (at and " ".join(words[:at]) in phrases("assembly")) else 0
    elif at:
        size = phrases("level").at(words, at, len(words))
    else:
        size = country_length(frame, kept, 0) or name_length(frame, kept, 0)
    stop = at + size
    if not size or stop >= len(words):
        return []
    if not any(phrases(name).at(words, stop, len(words)) for name in _PREDICATES):
        return []
    place = kept[at:stop]
    return place if at or as_place(frame, place) else []
