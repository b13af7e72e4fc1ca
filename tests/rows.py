"""Tables of example sentences: one row a difficulty, what is expected of a number written behind it.

A row is a line of a ``rows.txt``; a line that begins with ``#`` names the difficulty of the rows below it. In
``Tổ chức {13|count cuộc} đối thoại`` the text reads "Tổ chức 13 cuộc đối thoại" without the mark's own words:
a mark holds a number as it stands in the text, and behind the bar what the stage under test should say of it.
``\\n`` in a row is a line break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

from extractors.pipeline import extract_text
from schemas.documents import Extraction
from schemas.figures import Figure

_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")


@dataclass(frozen=True)
class Mark:
    """A number at ``start``..``end`` of the row's text, and the words that say what is expected."""

    start: int
    end: int
    wanted: str


@dataclass(frozen=True)
class Row:
    difficulty: str
    text: str
    marks: tuple[Mark, ...]

    def __str__(self) -> str:
        return f"{self.difficulty}: {self.text}"

    def read(self) -> Extraction:
        return extract_text(self.text, id="row")


def rows(package: str) -> list[Row]:
    """The rows of the ``rows.txt`` beside a test package."""
    table: list[Row] = []
    difficulty = ""
    for line in files(package).joinpath("rows.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            difficulty = line.lstrip("# ")
        elif line.strip():
            table.append(_row(difficulty, line.replace("\\n", "\n")))
    return table


def figures_by_place(extraction: Extraction) -> dict[tuple[int, int], Figure]:
    return {(figure.start, figure.end): figure for figure in extraction.figures}


def _row(difficulty: str, line: str) -> Row:
    text, marks, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        marks.append(Mark(len(text), len(text) + len(match[1]), match[2].strip()))
        text += match[1]
        at = match.end()
    text += line[at:]
    assert marks and "|" not in text, f"a row marks its numbers as {{13|wanted}}, found {line!r}"
    return Row(difficulty, text, tuple(marks))
