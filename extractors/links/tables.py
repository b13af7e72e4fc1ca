"""Tables in the text (rows as lines, cells parted by ``|``): a row of totals and the rows that it sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.links.units import part_unit
from extractors.mention import Mention
from extractors.text.document import Document

_TOTAL = re.compile(r"^(?:tổng(?: cộng| số)?|cộng|toàn (?:quận|huyện|tỉnh|thành phố|thị xã|ngành|xã|phường))(?!\w)")
#: rows that are parts of another row than the total
_SUBORDINATE = re.compile(r"^(?:trong đó|[-+•*]|[ivx]+\.?$|[a-zđ]\))")


@dataclass(slots=True)
class _Row:
    label: str
    #: column -> the figure in it
    cells: dict[int, int] = field(default_factory=dict)


def assign_table_totals(document: Document, mentions: list[Mention]) -> None:
    """In every table with one row of totals, make the figures of the other rows parts of it, column by column."""
    for rows in _tables(document, mentions):
        totals = [row for row in rows if _TOTAL.match(row.label)]
        if len(totals) != 1 or any(_SUBORDINATE.match(row.label) for row in rows):
            continue
        for row in rows:
            if row is not totals[0]:
                _hang(row, totals[0], mentions)


def _hang(row: _Row, total: _Row, mentions: list[Mention]) -> None:
    for column, index in row.cells.items():
        whole = total.cells.get(column)
        if whole is None or mentions[index].relation != "level" or mentions[whole].relation != "level":
            continue
        if (
            mentions[index].kind not in ("count", "money", "measure")
            or mentions[index].unit == "%"
            or mentions[index].part_of is not None
        ):
            continue
        if part_unit(mentions[index].unit, mentions[whole].unit) or _bare_counts(mentions[index], mentions[whole]):
            mentions[index].part_of = whole
            mentions[index].evidence["part_of"] = f"bảng: {total.label}"


def _bare_counts(*cells: Mention) -> bool:
    """Whole numbers without a unit; with decimals they may be rates, which do not add up."""
    return all(cell.unit is None and cell.value == cell.value.to_integral_value() for cell in cells)


def _tables(document: Document, mentions: list[Mention]) -> Iterator[list[_Row]]:
    rows: list[_Row] = []
    last_end, at = -1, 0
    for start, end in document.lines:
        while at < len(mentions) and mentions[at].start < start:
            at += 1
        line = document.lower[start:end]
        if "|" not in line:
            continue
        if rows and start > last_end + 1:
            yield rows
            rows = []
        row = _Row("")
        while at < len(mentions) and mentions[at].start < end:
            row.cells.setdefault(line.count("|", 0, mentions[at].start - start), at)
            at += 1
        row.label = next((cell for cell in map(str.strip, line.split("|")) if cell and not cell.isdigit()), "")
        if row.cells:
            rows.append(row)
        last_end = end
    if rows:
        yield rows
