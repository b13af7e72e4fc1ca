"""Measures that define a thing ("thép có chiều rộng ≥ 600 mm") and the thing that the next figure then speaks of."""

from __future__ import annotations

from extractors.subjects.clean import trimmed, untimed
from extractors.subjects.frame import FIGURE, Frame

_SIGNS = frozenset(("<", ">", "≤", "≥"))
_REACH = 60
_OPENS = frozenset(("có", "với"))


def definitions(frame: Frame) -> dict[int, tuple[list[int], list[int]]]:
    """For every figure behind a sign of comparison: the words of the measure and those of the thing it defines."""
    out: dict[int, tuple[list[int], list[int]]] = {}
    floor = 0
    for k, place in enumerate(frame.places):
        if place and frame.words[place - 1] in _SIGNS:
            begin = next(
                (i + 1 for i in range(place - 1, max(floor, place - _REACH) - 1, -1) if _parts(frame, i)),
                max(floor, place - _REACH),
            )
            cut = next((i for i in range(place - 2, begin, -1) if frame.words[i] in _OPENS), -1)
            if cut > begin:
                thing = trimmed(frame, untimed(frame, begin, cut)[0])
                out[k] = trimmed(frame, list(range(cut + 1, place - 1))), thing
            continue
        floor = place + 1
    return out


def defined(frame: Frame, known: dict[int, tuple[list[int], list[int]]], k: int) -> list[int]:
    """The thing that figure ``k`` speaks of because the figure before it only defines that thing, else nothing."""
    before = k - 1
    if before not in known or k in known:
        return []
    between = range(frame.places[before] + 1, frame.places[k])
    return [] if any(_parts(frame, i) for i in between) else known[before][1]


def _parts(frame: Frame, index: int) -> bool:
    return frame.stops(index) or frame.words[index] == FIGURE
