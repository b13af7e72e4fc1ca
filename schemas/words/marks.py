"""A text in stretches: every figure, and every numeral that is none, in order and without overlap."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.documents import Extraction
from schemas.words.describe import Line, figure_lines, numeral_state, targets_of


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at ``start``..``end``, its state in the ledger and what there is to say about it.

    ``figure`` is the index of the figure, None for a numeral that is none.
    """

    start: int
    end: int
    state: str
    lines: tuple[Line, ...]
    figure: int | None = None


def marks(made: Extraction) -> list[Mark]:
    """Every figure and every numeral that no figure covers."""
    found = [
        Mark(f.start, f.end, "claimed", tuple(figure_lines(f, targets_of(f, made.figures))), index)
        for index, f in enumerate(made.figures)
    ]
    found += [
        Mark(n.start, n.end, n.state, (Line("Chữ số", numeral_state(n)),))
        for n in made.numerals
        if n.state != "claimed"
    ]
    found.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
