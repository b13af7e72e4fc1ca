"""One page for a browser: every numeral of every text in its colour, what was made of it in a tooltip.

Self-contained: style inside, no script, nothing fetched (a policy in the page forbids it), every text escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import TextIO

from flows.show.ledger import ledger_line
from flows.show.result import Result
from schemas.documents import Extraction
from schemas.findings import Finding
from schemas.words.describe import Line
from schemas.words.evidence import because
from schemas.words.labels import meaning, meanings, named
from schemas.words.marks import marks

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
#: control characters and half surrogates
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FOOT = "</body>\n</html>\n"


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
        self._out.write(f"<article>\n<h2>{_safe(made.title or str(result.id))}</h2>\n")
        self._out.write(f'<p class="about">{_safe(about)}</p>\n')
        self._out.write(f'<div class="text">{"".join(_pieces(made, prefix))}</div>\n')
        if made.findings:
            items = "".join(_finding(finding, made, prefix) for finding in made.findings)
            self._out.write(f"<h3>Kiểm tra số học</h3>\n<ul>\n{items}</ul>\n")
        self._out.write(f'<p class="ledger">{_safe(ledger_line(made))}</p>\n</article>\n')

    def close(self) -> None:
        """The end of the page."""
        self._out.write(_FOOT)


def _pieces(made: Extraction, prefix: str) -> Iterator[str]:
    at = 0
    for mark in marks(made):
        yield _safe(made.text[at : mark.start])
        name = f' id="{prefix}-{mark.figure}"' if mark.figure is not None else ""
        quote = _safe(made.text[mark.start : mark.end])
        yield f'<span class="n {mark.state}"{name} tabindex="0">{quote}{_tip(mark.lines)}</span>'
        at = mark.end
    yield _safe(made.text[at:])


def _tip(lines: tuple[Line, ...]) -> str:
    said = "<br>".join(
        f"<b>{_safe(line.label)}:</b> {_safe(line.text)}"
        + (f" <i>({_safe(because(line.because))})</i>" if line.because else "")
        for line in lines
    )
    return f'<span class="tip" role="tooltip">{said}</span>'


def _finding(finding: Finding, made: Extraction, prefix: str) -> str:
    links = ", ".join(f'<a href="#{prefix}-{i}">{_safe(named(made.figures[i]))}</a>' for i in finding.figures)
    verdict = _safe(meaning("findings", "verdict", finding.verdict))
    return f'<li><b class="{finding.verdict}">{verdict}:</b> {_safe(finding.message)} ({links})</li>\n'


def _safe(text: str) -> str:
    """Escaped, with a replacement for what no page may hold."""
    return escape(_UNFIT.sub("\ufffd", text))
