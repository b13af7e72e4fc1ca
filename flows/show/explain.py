"""Explanations for a terminal: a sentence with its number marked, and line by line what was read and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from flows.show.ledger import ledger_line
from flows.show.text import clean, marked, pad, width
from schemas.documents import Extraction
from schemas.words.describe import Line, figure_lines
from schemas.words.evidence import because
from schemas.words.labels import meaning, named
from schemas.words.marks import marks

if TYPE_CHECKING:  # a text is explained without a database
    from flows.trace import Linked, Trace

_POINTING = {"part_of": "Có thành phần", "about": "Được nói tới bởi"}


def explain_trace(trace: Trace) -> Iterator[str]:
    """The lines about a figure of the database; colours are ANSI codes."""
    state = "đang dùng" if trace.current else "kết quả cũ, không còn dùng"
    yield f"Số liệu {trace.id} ({state})"
    yield ""
    yield "  " + _sentence(trace.text, trace.sentence, (trace.figure.start, trace.figure.end))
    yield ""
    yield from _lined(_figure_part(trace))
    yield ""
    yield from _lined(_source_part(trace))


def explain_text(made: Extraction) -> Iterator[str]:
    """The lines about every numeral of a text, then findings and ledger."""
    for mark in marks(made):
        around = made.sentence_of(mark.start, mark.end)
        yield _sentence(made.text, around, (mark.start, mark.end))
        yield from _lined(mark.lines)
        yield ""
    for finding in made.findings:
        yield _finding(finding.verdict, finding.message)
    yield ledger_line(made)


def _figure_part(trace: Trace) -> Iterator[Line]:
    yield from figure_lines(trace.figure, {linked.kind: _other(linked) for linked in trace.targets})
    for linked in trace.pointing:
        yield Line(_POINTING[linked.kind], _other(linked))
    for verdict, message in trace.findings:
        yield Line("Kiểm tra số học", _finding(verdict, message))
    for one in trace.observed:
        where = f"{one.area} ({one.scope})" if one.scope else one.area
        yield Line("Chỉ tiêu", f"{one.name} ({one.indicator}), địa bàn {where}, kỳ {one.period}")
        yield Line("Vì sao", f"{one.reason} (mức chắc chắn {format(one.score, '.2f').replace('.', ',')})")
        for verdict, message in one.findings:
            yield Line("Giữa các bản tin", _finding(verdict, message))


def _source_part(trace: Trace) -> Iterator[Line]:
    figure, ref = trace.figure, trace.ref
    yield Line("Bản tin", trace.title or "không có tiêu đề")
    yield Line("Ngày đăng", trace.published or "không rõ")
    yield Line("Cổng thông tin", trace.source)
    yield Line("Địa chỉ", trace.url)
    yield Line("Vị trí", f"ký tự {figure.start} đến {figure.end} của toàn văn, đọc bằng {trace.reader}")
    yield Line("Trang gốc", f"chụp lúc {trace.captured} (giờ UTC), SHA-256 {trace.sha256}")
    yield Line("Bản lưu", f"tệp {ref.segment}, vị trí {ref.offset}, dài {ref.length} byte")
    yield Line("Lượt chạy", trace.run_id)


def _other(linked: Linked) -> str:
    return f"{named(linked.figure)} ({linked.id})"


def _finding(verdict: str, message: str) -> str:
    return f"[{meaning('findings', 'verdict', verdict)}] {clean(message)}"


def _sentence(text: str, sentence: tuple[int, int], span: tuple[int, int]) -> str:
    left, number, right = marked(text, sentence, span)
    return left + click.style(f"[{number}]", bold=True) + right


def _lined(lines: Iterable[Line]) -> Iterator[str]:
    """Labels in a column; the words that decided behind each text."""
    known = list(lines)
    widest = max((width(line.label) for line in known), default=0)
    for line in known:
        why = f"  (căn cứ: {clean(because(line.because))})" if line.because else ""
        yield f"  {pad(line.label, widest)}  {clean(line.text)}{why}"
