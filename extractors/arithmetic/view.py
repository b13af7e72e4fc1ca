"""A document's figures as the checks see them: quotes, what stands between two of them, how exact they are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from extractors.arithmetic.written import Span, decimals_written, is_whole, round_step, show, step_written
from extractors.mention import Mention
from extractors.text.document import Document

_PERCENT = ("%", "phần trăm")
#: fewer digits than these, and an estimate is a round number
_DIGITS = 3


class View:
    """Read-only answers about the figures of one document, by index."""

    def __init__(self, document: Document, figures: Sequence[Mention]) -> None:
        self.document = document
        self.figures = figures

    def quote(self, index: int) -> str:
        """The number as it is written."""
        figure = self.figures[index]
        return self.document.text[figure.start : figure.end]

    def evidence(self, index: int, field: str) -> str:
        """The words that decided a field of the figure; empty where none were kept."""
        return self.figures[index].evidence.get(field, "")

    def said(self, index: int) -> str:
        """The number with its unit, as a sentence about it would say."""
        figure = self.figures[index]
        unit = figure.unit or ""
        return f"{self.quote(index)}%" if figure.kind == "percent" else f"{self.quote(index)} {unit}".strip()

    def amount(self, value: Decimal, index: int) -> str:
        """Another value in the unit of figure ``index``."""
        return show(value, self.figures[index].unit)

    def between(self, one: int, other: int) -> str:
        """The lower-case text between a figure and a later one; two line ends where they are 300 characters apart."""
        start, end = self.figures[one].end, self.figures[other].start
        return self.document.lower[start:end] if end - start <= 300 else "\n" * 2

    def behind_unit(self, one: int, other: int) -> str:
        """What stands between two figures, without the unit of the first."""
        gap, unit = self.between(one, other), (self.figures[one].unit or "").lower()
        rest = gap.lstrip()
        return " " + rest[len(unit) :] if unit and rest.startswith(unit) else gap

    def after(self, index: int, reach: int = 120) -> str:
        """The lower-case text after a figure, up to the next figure or the end of the line."""
        start = self.figures[index].end
        stop = self.figures[index + 1].start if index + 1 < len(self.figures) else len(self.document.text)
        return self.document.lower[start : min(stop, start + reach)].split("\n", 1)[0]

    def before(self, index: int, reach: int = 80) -> str:
        """The lower-case text before a figure, from the figure before it or the start of the line."""
        start = self.figures[index].start
        stop = self.figures[index - 1].end if index else 0
        return self.document.lower[max(stop, start - reach) : start].rsplit("\n", 1)[-1]

    @cached_property
    def sentences(self) -> list[int]:
        """For every figure the number of its sentence."""
        starts = [start for start, _ in self.document.sentences]
        out, at = [], 0
        for figure in self.figures:
            while at + 1 < len(starts) and starts[at + 1] <= figure.start:
                at += 1
            out.append(at)
        return out

    @cached_property
    def parts(self) -> dict[int, list[int]]:
        """For every total its parts, in order."""
        out: dict[int, list[int]] = {}
        for index, figure in enumerate(self.figures):
            if figure.part_of is not None:
                out.setdefault(figure.part_of, []).append(index)
        return out

    @cached_property
    def changes(self) -> dict[int, list[int]]:
        """For every level the changes and relatives that speak of it, in order."""
        out: dict[int, list[int]] = {}
        for index, figure in enumerate(self.figures):
            if figure.about is not None:
                out.setdefault(figure.about, []).append(index)
        return out

    @staticmethod
    def is_next(one: int, other: int) -> bool:
        """No figure stands between the two."""
        return abs(one - other) == 1

    def is_percent(self, index: int) -> bool:
        """A single percentage (percentage points are none)."""
        figure = self.figures[index]
        return figure.kind == "percent" and figure.unit in _PERCENT and figure.value_max is None

    def decimals(self, index: int) -> int:
        """The decimals that a percentage is written with."""
        return decimals_written(self.quote(index))

    def is_exact(self, *indices: int) -> bool:
        """None of these is said to be about, over or under, or is a range."""
        return all(self.figures[i].approx == "exact" and self.figures[i].value_max is None for i in indices)

    def is_estimate(self, index: int) -> bool:
        """ "ước đạt 5.216,3 tỷ": not measured yet, but a number that others were added up to; "ước khoảng" is not."""
        figure = self.figures[index]
        said = self.evidence(index, "approx")
        estimated = figure.approx == "about" and figure.value_max is None
        return (
            estimated
            and said.startswith("ước")
            and "khoảng" not in said
            and len(figure.value.normalize().as_tuple().digits) >= _DIGITS
        )

    def is_stated(self, *indices: int) -> bool:
        """Each of these is exact, or an estimate that is written to its last digit."""
        return all(self.is_exact(i) or self.is_estimate(i) for i in indices)

    def is_counted(self, index: int) -> bool:
        """A count of things that come whole, counted out."""
        figure = self.figures[index]
        whole_kind = figure.kind == "count" and "/" not in (figure.unit or "")
        return whole_kind and is_whole(self.quote(index), figure.value)

    def ends(self, ratio: int) -> tuple[Span, Span]:
        """What the two numbers of a ratio may stand for: "11/12" themselves, "39,62/77,4 tỷ" what rounds to them."""
        figure = self.figures[ratio]
        top, _, bottom = self.quote(ratio).partition("/")
        whole = figure.denominator or Decimal(0)
        if is_whole(self.quote(ratio), figure.value):
            return Span.exact(figure.value), Span.exact(whole)
        size = step_written(bottom, whole)
        step = min(size, step_written(top, figure.value)) if figure.value < size else step_written(top, figure.value)
        return Span.rounded(figure.value, step), Span.rounded(whole, size)

    def span(self, index: int) -> Span:
        """What the written number may stand for: a count itself, an amount or estimate anything that rounds to it."""
        value = self.figures[index].value
        if self.is_estimate(index):
            return Span.rounded(value, max(round_step(value), step_written(self.quote(index), value)))
        if self.is_counted(index):
            return Span.exact(value)
        return Span.rounded(value, step_written(self.quote(index), value))
