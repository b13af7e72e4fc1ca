"""A table whose rows show how a column of percentages was made; the row that does not follow the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from extractors.arithmetic.ratios import compare_percent
from extractors.arithmetic.report import report
from extractors.arithmetic.view import View
from schemas.findings import Finding

#: column -> the one figure in it
_Row = dict[int, int]
#: so many rows must show the rule before another may be said to break it
_SHOWN = 2
#: columns that are tried; wider tables hold other things
_WIDEST = 8
_AVERAGE = re.compile(r"bình quân|trung bình|\btb\b")


def check_columns(view: View) -> Iterator[Finding]:
    """ "Xã | Số hộ | Hộ nghèo | Tỷ lệ": each percentage is one column of another, in every row or in all but one."""
    for rows in _tables(view):
        percents = {column for row in rows for column, i in row.items() if view.is_percent(i)}
        for column in sorted(percents):
            best = max(
                (_made_of(view, rows, column, top, bottom) for top, bottom in _pairs(rows, column)), default=None
            )
            if best is not None and best[0]:
                yield from _of_columns(view, rows, column, best[1], best[2])


def _pairs(rows: list[_Row], column: int) -> Iterator[tuple[int, int]]:
    columns = sorted({c for row in rows for c in row if c != column})
    if len(columns) < _WIDEST:
        yield from permutations(columns, 2)


def _made_of(view: View, rows: list[_Row], column: int, top: int, bottom: int) -> tuple[int, int, int]:
    """How many rows have the column as ``top`` of ``bottom``, 0 where too few do; and the two columns."""
    holds = differs = 0
    for row in rows:
        agrees = _agrees(view, row, column, top, bottom)
        holds, differs = holds + (agrees is True), differs + (agrees is False)
        if differs > 1:  # most pairs of columns end here, so that long tables cost little
            return 0, top, bottom
    telling = {view.figures[row[column]].value for row in rows if column in row}
    proven = holds >= _SHOWN and (differs == 0 or (differs == 1 and (holds > _SHOWN or _is_fine(view, rows, column))))
    return (holds if proven and len(telling) > 1 else 0), top, bottom


def _is_fine(view: View, rows: list[_Row], column: int) -> bool:
    """Written with decimals throughout, so that two rows do not fit by chance."""
    return all(view.decimals(row[column]) > 0 for row in rows if column in row)


def _agrees(view: View, row: _Row, column: int, top: int, bottom: int) -> bool | None:
    if not {column, top, bottom} <= row.keys() or not view.is_percent(row[column]):
        return None
    percent, over, under = row[column], row[top], row[bottom]
    if view.figures[under].value <= 0 or view.is_percent(over) or view.is_percent(under):
        return None
    spans = view.span(over), view.span(under)
    return compare_percent(*spans, view.figures[percent].value, view.decimals(percent)) != "differs"


def _of_columns(view: View, rows: list[_Row], column: int, top: int, bottom: int) -> Iterator[Finding]:
    for row in rows:
        if _agrees(view, row, column, top, bottom) is None:
            continue
        figures = (row[bottom], row[top], row[column])
        over, under, percent = (view.figures[i] for i in (row[top], row[bottom], row[column]))
        agrees = compare_percent(view.span(row[top]), view.span(row[bottom]), percent.value, view.decimals(row[column]))
        made = Fraction(over.value) / Fraction(under.value) * 100
        what = f"{view.quote(row[top])} trên {view.quote(row[bottom])}"
        sure = view.is_exact(*figures) and not _is_of_another_kind(view, figures, made)
        yield from report(view, "ratio_vs_percent", figures, agrees, made, what, sure)


def _is_of_another_kind(view: View, figures: tuple[int, int, int], made: Fraction) -> bool:
    """An average of the rows above, or a row in which less is better: 35 of at most 40 accidents are 112,5 %."""
    under, over, percent = figures
    line = view.document.lower[slice(*view.document.line_at(view.figures[percent].start))]
    if _AVERAGE.search(line):
        return True
    stated, decimals = view.figures[percent].value, view.decimals(percent)
    inverse = compare_percent(view.span(under), view.span(over), stated, decimals) != "differs"
    return inverse or abs(200 - made - Fraction(stated)) * 10**decimals <= 1


def _tables(view: View) -> Iterator[list[_Row]]:
    """Lines in a row with cells, each with the cells that hold a single figure."""
    rows: list[_Row] = []
    last_end, at = -1, 0
    for start, end in view.document.lines:
        line = view.document.lower[start:end]
        while at < len(view.figures) and view.figures[at].start < start:
            at += 1
        if "|" not in line:
            continue
        if start > last_end + 1:
            yield from [rows] if len(rows) > _SHOWN else []
            rows = []
        row: _Row = {}
        crowded = set()
        while at < len(view.figures) and view.figures[at].start < end:
            column = line.count("|", 0, view.figures[at].start - start)
            crowded |= {column} & row.keys()
            row[column] = at
            at += 1
        rows.append({column: i for column, i in row.items() if column not in crowded})
        last_end = end
    yield from [rows] if len(rows) > _SHOWN else []
