"""One page for a browser: every numeral of every text in its colour, what was made of it in a tooltip.

Self-contained: style inside, no script, nothing fetched (a policy in the page forbids it), every text escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import TextIO

from flows.show.describe import Line, figure_lines, numeral_state, targets_of
from flows.show.labels import meaning, meanings, named
from flows.show.ledger import ledger_line
from flows.show.result import Result
from schemas.documents import Extraction
from schemas.findings import Finding

_TITLE = "Số liệu trong bản tin"
_HEAD = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<h1>{title}</h1>
<p class="legend">{legend}</p>
"""
_FOOT = "</body>\n</html>\n"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text in the colour of its state; ``name`` is what links lead to, empty where none do."""

    start: int
    end: int
    state: str
    lines: tuple[Line, ...]
    name: str = ""


class Page:
    """Writes the page's head, then an article a document."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._documents = 0

    def open(self) -> None:
        """Style, title and legend."""
        style = files("flows.show").joinpath("page.css").read_text(encoding="utf-8")
        legend = " ".join(
            f'<span class="n {state}">{escape(said)}</span>' for state, said in meanings("numerals", "state").items()
        )
        self._out.write(_HEAD.format(title=_TITLE, style=style, legend=legend))

    def add(self, result: Result) -> None:
        """One article: what it is, its text with marks, findings, ledger."""
        self._documents += 1
        made, prefix = result.extraction, f"d{self._documents}"
        about = " · ".join(str(part) for part in (result.id, made.published) if part is not None)
        self._out.write(
            f'<article id="{prefix}">\n<h2>{_safe(made.title or str(result.id))}</h2>\n<p class="about">{_safe(about)}</p>\n'
        )
        self._out.write(f'<div class="text">{"".join(_pieces(made, prefix))}</div>\n')
        if made.findings:
            items = "".join(_finding(finding, made, prefix) for finding in made.findings)
            self._out.write(f"<h3>Kiểm tra số học</h3>\n<ul>\n{items}</ul>\n")
        self._out.write(f'<p class="ledger">{_safe(ledger_line(made))}</p>\n</article>\n')

    def close(self) -> None:
        """The end of the page."""
        self._out.write(_FOOT)


def marks(made: Extraction, prefix: str) -> list[Mark]:
    """What is coloured, in order and without overlap: figures, and the numerals that none of them covers."""
    found = [
        Mark(f.start, f.end, "claimed", tuple(figure_lines(f, targets_of(f, made.figures))), f"{prefix}-{index}")
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


def _pieces(made: Extraction, prefix: str) -> Iterator[str]:
    at = 0
    for mark in marks(made, prefix):
        yield _safe(made.text[at : mark.start])
        name = f' id="{mark.name}"' if mark.name else ""
        quote = _safe(made.text[mark.start : mark.end])
        yield f'<span class="n {mark.state}"{name} tabindex="0">{quote}{_tip(mark.lines)}</span>'
        at = mark.end
    yield _safe(made.text[at:])


def _tip(lines: tuple[Line, ...]) -> str:
    said = "<br>".join(
        f"<b>{_safe(line.label)}:</b> {_safe(line.text)}" + (f" <i>({_safe(line.because)})</i>" if line.because else "")
        for line in lines
    )
    return f'<span class="tip" role="tooltip">{said}</span>'


def _finding(finding: Finding, made: Extraction, prefix: str) -> str:
    links = ", ".join(f'<a href="#{prefix}-{i}">{_safe(named(made.figures[i]))}</a>' for i in finding.figures)
    verdict = _safe(meaning("findings", "verdict", finding.verdict))
    return f'<li><b class="{finding.verdict}">{verdict}:</b> {_safe(finding.message)} ({links})</li>\n'


def _safe(text: str) -> str:
    """Escaped, half surrogates and control characters (no page may hold them) replaced."""
    kept = "".join(char if char in "\n\t" or not _unfit(char) else "\ufffd" for char in text)
    return escape(kept)


def _unfit(char: str) -> bool:
    return char < " " or "\x7f" <= char < "\xa0" or "\ud800" <= char <= "\udfff"
