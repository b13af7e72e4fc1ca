"""Places at the end of a noun phrase: "chỉ số hài lòng tỉnh Hòa Bắc", "thu ngân sách Hòa Bắc"."""

from __future__ import annotations

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases
from extractors.subjects.names import name_length, native, organisation
from extractors.subjects.places import a_person


def ending_area(frame: Frame, words: list[int]) -> list[int]:
    """The area with its name at the end of a noun phrase ("chỉ số hài lòng tỉnh Hòa Bắc"), no office's own name."""
    names = [frame.words[i] for i in words]
    for at in range(len(names) - 2, max(len(names) - 10, 1), -1):
        size = phrases("district").at(names, at, len(names))
        if not size or not name_length(frame, words, at + size) == len(names) - at - size > 0:
            continue
        before = phrases("organ").ending(names, 0, at) or names[at - 1] in (
            "và",
            ",",
            "của",
            "từ",
            "đến",
            "giữa",
            "nông",
        )
        return [] if before else words[at:]
    return ending_name(frame, words)


def ending_name(frame: Frame, words: list[int]) -> list[int]:
    """A name of two syllables or more right behind what is measured of it ("thu ngân sách Hòa Bắc")."""
    names = [frame.words[i] for i in words]
    at = len(words)
    while at > 1 and frame.capital(words[at - 1]) and words[-1] - words[at - 1] == len(words) - at:
        at -= 1
    size = len(words) - at
    known = phrases("measured").ending(names, 0, at)
    if not known or not 2 <= size <= 4 or not native(names[at:]) or organisation(frame, words[at:]):
        return []
    return [] if a_person(names[at:]) else words[at:]
