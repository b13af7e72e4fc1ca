"""Numbers in tables of a text (rows as lines, cells parted by ``|``): each with its column's head and its row's name.

A cell seldom says what it counts; the head of its column and the first words of its row do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.indicators.words import slug, words

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
_MAGNITUDES = {"nghin": 3, "trieu": 6, "ty": 9}
_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong(?: cap \w+| \d+ \w+)?|toan \w+)")
_SERIAL = frozenset({"tt", "stt"})
#: heads of the column that names rows by place
_PLACES = {
    "phuong": "phường",
    "xa": "xã",
    "thi-tran": "thị trấn",
    "don-vi": "",
    "dia-phuong": "",
    "xa-phuong": "",
    "phuong-xa": "",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """``subject`` and ``unit`` from the column's head, ``row`` the row's name, ``total`` whether it sums the others.

    ``places`` says that the rows are places; ``value`` is in ``unit`` (magnitudes of the head are multiplied in).
    """

    start: int
    end: int
    quote: str
    value: Decimal
    unit: str | None
    subject: str
    row: str
    total: bool
    places: bool


def table_cells(text: str) -> list[Cell]:
    """The numbers of every table that has a head and names its rows, in text order."""
    cells: list[Cell] = []
    rows: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if "|" in line:
            rows.append((at, line))
        elif rows:
            cells += _table(rows)
            rows = []
        at += len(line) + 1
    return cells


def _table(rows: list[tuple[int, str]]) -> list[Cell]:
    heads = [head.strip() for head in rows[0][1].split("|")]
    if any(_NUMBER.fullmatch(head) for head in heads) or len(rows) < 3:
        return []
    name = next((i for i, head in enumerate(heads) if slug(head) not in _SERIAL), 0)
    places = slug(heads[name]) in _PLACES
    prefix = _PLACES.get(slug(heads[name]), "")
    made = []
    for start, line in rows[1:]:
        at = start
        parts = line.split("|")
        label = parts[name].strip() if name < len(parts) else ""
        total = bool(_TOTAL.fullmatch(" ".join(words(label))))
        for index, part in enumerate(parts):
            number = part.strip()
            if index > name and index < len(heads) and label and _NUMBER.fullmatch(number):
                first = at + part.index(number)
                row = label if total or not prefix else f"{prefix} {label}"
                made.append(_cell(first, number, heads[index], row, total, places))
            at += len(part) + 1
    return made


def _cell(start: int, number: str, head: str, row: str, total: bool, places: bool) -> Cell:
    value = Decimal(number.replace(".", "").replace(",", "."))
    unit: str | None = None
    subject = head
    if bracket := _IN_BRACKETS.search(head):
        subject = head[: bracket.start()].strip()
        folded = words(bracket[1])
        power = _MAGNITUDES.get(folded[0], 0) if folded else 0
        value, unit = value.scaleb(power), " ".join(bracket[1].split()[1:] if power else bracket[1].split())
    value = Decimal(format(value, "f"))
    return Cell(start, start + len(number), number, value, unit or None, subject, row, total, places)
