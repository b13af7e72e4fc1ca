"""Tables written as lines of cells ("Phường | Đối thoại (cuộc)"): what heads and labels say of the figure in a cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from extractors.mention import Mention
from extractors.numerals import Number
from extractors.numerals.words import MAGNITUDES
from extractors.text.document import Document
from extractors.units import read_unit
from schemas.figures import Kind

_BAR = "|"
#: a longer line is running text with a bar in it
_ROW_LENGTH = 2000
_SERIAL = re.compile(r"(?:stt|tt|số tt|số thứ tự|#|no)\.?$")
_IN_BRACKETS = re.compile(r"\(([^()]{1,40})\)")
_UNIT_OF_TABLE = re.compile(r"(?:đơn vị tính|đơn vị|đvt)[ \u00a0]*:[ \u00a0]*([^;)|\n]{1,40})")
_RATE = re.compile(r"%|tỷ lệ|tỉ lệ|tỷ trọng|so với|đạt[ \u00a0]*$")
_COUNT_OF = re.compile(r"^(?:tổng[ \u00a0]+)?số(?:[ \u00a0]+lượng)?[ \u00a0]+")
_MAGNITUDE = re.compile(r"(nghìn|ngàn|triệu|tỷ|tỉ)(?!\w)[ \u00a0]*")
_PLACE_HEAD = re.compile(r"(?:phường|xã|quận|huyện|đơn vị|địa phương|địa bàn|tên|thôn|tổ dân phố|khu|tỉnh)")
_TIME_LABEL = re.compile(r"(?:tháng|quý|năm|ngày|\d+[ \u00a0]+tháng|6 tháng|cả năm)(?!\w)")
_TOTAL_LABEL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn)(?!\w)")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a number stands in a table. ``head`` is the text over its column, ``label`` the first words of its row."""

    head: str
    label: str
    label_head: str
    table_unit: str | None

    @property
    def is_serial(self) -> bool:
        """Whether the column counts the rows."""
        return bool(_SERIAL.match(self.head.lower().strip()))


class Tables:
    """The tables of a document: runs of lines with bars, the first line of a run being its head."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._rows: list[tuple[int, int, int, int]] = []  # start, end, start and end of the head
        self._units: dict[int, str | None] = {}
        head: tuple[int, int] | None = None
        for start, end in document.lines if _BAR in document.text else ():
            if end - start > _ROW_LENGTH or document.text.find(_BAR, start, end) < 0:
                head = None
                continue
            if head is None:
                head = (start, end)
                said = _UNIT_OF_TABLE.search(document.lower, max(0, start - 160), end)
                self._units[start] = said[1].strip() if said else None
            self._rows.append((start, end, *head))
        self._starts = [row[0] for row in self._rows]

    def cell(self, number: Number) -> Cell | None:
        """The cell that a number fills by itself, below the head of its table; None elsewhere."""
        index = bisect_right(self._starts, number.start) - 1
        if index < 0 or number.end > self._rows[index][1]:
            return None
        start, end, head_start, head_end = self._rows[index]
        if start == head_start:
            return None
        before, after = self._text.rfind(_BAR, start, number.start), self._text.find(_BAR, number.end, end)
        content = self._text[max(before + 1, start) : end if after < 0 else after]
        if content.strip(" \t\u00a0%+*") != self._text[number.start : number.end]:
            return None
        column = self._text.count(_BAR, start, number.start)
        heads = [cell.strip() for cell in self._text[head_start:head_end].split(_BAR)]
        cells = [cell.strip() for cell in self._text[start:end].split(_BAR)]
        at = next((i for i, cell in enumerate(cells) if any(c.isalpha() for c in cell)), 0)
        return Cell(
            head=heads[column] if column < len(heads) else "",
            label=cells[at] if at != column else "",
            label_head=heads[at] if at < len(heads) else "",
            table_unit=self._units[head_start],
        )


def unit_of(cell: Cell) -> tuple[str | None, Kind, Decimal]:
    """Unit, kind and magnitude that the head of a column (or the table) gives to its figures.

    >>> unit_of(Cell("Thu ngân sách (tỷ đồng)", "Tháng 1", "Tháng", None))
    ('đồng', 'money', Decimal('1000000000'))
    >>> unit_of(Cell("Tỷ lệ (%)", "An Hạ", "Phường", None))[:2]
    ('%', 'percent')
    """
    head = cell.head.lower()
    brackets = _IN_BRACKETS.search(head)
    for words in (brackets[1] if brackets else None, "%" if _RATE.search(head) else None, cell.table_unit):
        found = _read(words) if words else None
        if found:
            return found
    found = _read(_COUNT_OF.sub("", head))
    return found if found and found[1] == "count" else (None, "count", Decimal(1))


def _read(words: str) -> tuple[str, Kind, Decimal] | None:
    size = Decimal(1)
    words = words.strip().lower()
    while match := _MAGNITUDE.match(words):
        size *= MAGNITUDES[match[1]]
        words = words[match.end() :]
    if not words and size > 1:
        return "đồng", "money", size
    unit = read_unit(" " + words, 0, guess=False)
    return (unit.text, unit.kind, size) if unit else None


def describe(tables: Tables, mentions: list[Mention], numbers: dict[int, Number]) -> None:
    """Give figures in cells their subject (head of the column, label of the row) and their scope (a place's row)."""
    for mention in mentions:
        number = numbers.get(mention.start)
        cell = tables.cell(number) if number else None
        if cell is None:
            continue
        head = _IN_BRACKETS.sub("", cell.head).strip()
        label = cell.label
        is_place = bool(_PLACE_HEAD.match(cell.label_head.lower()))
        is_total = bool(_TOTAL_LABEL.match(label.lower()))
        plain = is_place or is_total or _TIME_LABEL.match(label.lower())
        mention.subject = (head if plain or not label else f"{head} {label}").strip() or label or None
        mention.scope = label if is_place and not is_total and label else mention.scope
        mention.evidence["subject"] = f"table: {cell.head} | {label}"
