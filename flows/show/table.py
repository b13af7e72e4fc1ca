"""A document as a table for a terminal: a figure a row, findings and the ledger below."""

from __future__ import annotations

import shutil
from typing import TextIO

from flows.show.ledger import ledger_line
from flows.show.result import Result
from flows.show.text import clean, cut, excerpt, pad, width
from schemas.documents import Extraction
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.words.labels import approximate, meaning, span_of_time, statement

_HEAD = ("#", "Giá trị", "Đơn vị", "Cách nói", "Kỳ", "Nội dung")
#: a column is as wide as its longest entry, but no wider than this
_WIDEST = (6, 22, 16, 30, 23, 30)
#: and where a terminal is narrow, it may shrink to this
_SHRUNK = (6, 10, 8, 8, 8, 12)
_SENTENCE = "Câu văn"
_NARROWEST = 36
#: where no terminal says how wide it is
_ELSEWHERE = (160, 24)


class Tables:
    """Writes a table a document as they come."""

    def __init__(self, out: TextIO, columns: int | None = None) -> None:
        self._out = out
        self._columns = columns or shutil.get_terminal_size(_ELSEWHERE).columns
        self._first = True

    def open(self) -> None:
        """Nothing stands before the first document."""

    def add(self, result: Result) -> None:
        """Heading, figures, findings, ledger; a blank line between documents."""
        made = result.extraction
        lines = [] if self._first else [""]
        self._first = False
        lines.append(_heading(result))
        if made.figures:
            lines += self._rows(made)
        lines += [f"  {_finding(finding)}" for finding in made.findings]
        lines.append(f"  {ledger_line(made)}")
        self._out.write("\n".join(lines) + "\n")

    def close(self) -> None:
        """Nothing stands behind the last document."""

    def _rows(self, made: Extraction) -> list[str]:
        rows = [_HEAD] + [_cells(index, figure) for index, figure in enumerate(made.figures, 1)]
        widths = [min(max(width(row[at]) for row in rows), most) for at, most in enumerate(_WIDEST)]
        room = self._columns - sum(widths) - 2 * len(widths) - 2
        while room < _NARROWEST:
            at = max(range(len(widths)), key=lambda i: widths[i] - _SHRUNK[i])
            if widths[at] <= _SHRUNK[at]:
                break
            widths[at] -= 1
            room += 1
        room = max(room, _NARROWEST)
        shown = [_SENTENCE] + [
            excerpt(made.text, made.sentence_of(f.start, f.end), (f.start, f.end), room) for f in made.figures
        ]
        lines = [
            "  " + "  ".join(pad(cut(cell, columns), columns) for cell, columns in zip(row, widths, strict=True))
            for row in rows
        ]
        return [f"{line}  {sentence}".rstrip() for line, sentence in zip(lines, shown, strict=True)]


def _heading(result: Result) -> str:
    made = result.extraction
    rest = " · ".join(clean(part) for part in (made.title, made.published) if part)
    return clean(str(result.id)) + (f" · {rest}" if rest else "")


def _cells(index: int, figure: Figure) -> tuple[str, ...]:
    link = ""
    if figure.part_of is not None:
        link = f", thuộc #{figure.part_of + 1}"
    elif figure.about is not None:
        link = f", về #{figure.about + 1}"
    subject = " · ".join(part for part in (figure.subject, figure.scope) if part)
    period = span_of_time(figure.period) if figure.period else ""
    cells = (f"#{index}", approximate(figure), figure.unit or "", statement(figure) + link, period, subject)
    return tuple(clean(cell) for cell in cells)


def _finding(finding: Finding) -> str:
    where = ", ".join(f"#{index + 1}" for index in finding.figures)
    return clean(f"[{meaning('findings', 'verdict', finding.verdict)}] {finding.message} ({where})")
