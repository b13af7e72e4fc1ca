"""Tables: which hold data, which hold pictures with their captions, and which only arrange the page."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from bs4.element import CData, NavigableString, Tag

from extractors.page.visible import is_shown
from extractors.page.words import clean

_CELLS = frozenset(("td", "th"))
_CAPTION_LENGTH = 300
_CELL_LENGTH = 1500
_MAX_SPAN = 60


class Shape(Enum):
    """What a table is for."""

    DATA = "data"
    PICTURE = "picture"
    LAYOUT = "layout"


def shape(table: Tag) -> Shape:
    """Pictures with short texts beside them, rows of several short cells, or neither."""
    rows = [[_text(cell) for cell in row] for row in _rows(table)]
    pictures = len(table.find_all("img"))
    texts = [text for row in rows for text in row if text]
    if pictures and len(texts) <= pictures + 1 and all(len(text) <= _CAPTION_LENGTH for text in texts):
        return Shape.PICTURE
    if table.find("table") or max((len(row) for row in rows), default=0) < 2 or not texts:
        return Shape.LAYOUT
    return Shape.LAYOUT if any(len(text) > _CELL_LENGTH for text in texts) else Shape.DATA


def table_text(table: Tag) -> str:
    """Rows as lines, cells parted by `` | ``; cells that span others leave empty ones, so that columns stay columns."""
    lines = []
    hanging: dict[int, int] = {}  # column -> rows that a cell above still covers
    for row in _rows(table):
        cells: list[str] = []
        for cell in row:
            _fill(cells, hanging)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for offset in range(across):
                if down > 1:
                    hanging[len(cells)] = down - 1
                cells.append("" if offset else _text(cell))
        _fill(cells, hanging)
        if any(cells):
            lines.append(" | ".join(cells))
    return "\n".join(lines)


def _fill(cells: list[str], hanging: dict[int, int]) -> None:
    while hanging.get(len(cells)):
        hanging[len(cells)] -= 1
        cells.append("")


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() else 1


def _rows(table: Tag) -> Iterator[list[Tag]]:
    """The table's own rows, not those of a table inside it; rows and cells that are hidden are left out."""
    for row in table.find_all("tr"):
        if row.find_parent("table") is table and is_shown(row):
            yield [node for node in row.children if isinstance(node, Tag) and node.name in _CELLS and is_shown(node)]


def _text(cell: Tag) -> str:
    """A cell's text on one line."""
    parts: list[str] = []
    stack = [iter(cell.children)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif isinstance(node, NavigableString):
            if type(node) is NavigableString or type(node) is CData:
                parts.append(str(node))
        elif isinstance(node, Tag) and is_shown(node):
            if node.name in ("p", "div", "li", "br", "tr", "td"):
                parts.append(" ")
            stack.append(iter(node.children))
    return clean("".join(parts))
