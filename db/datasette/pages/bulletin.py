"""*Bản tin*: the text with every numeral marked, and a card for each that says what was made of it."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from datasette.utils.asgi import Request

from db.datasette.pages import words
from db.datasette.pages.serving import MissingError, MovedError
from db.datasette.pages.stored import BAD, TITLE, Document, code, one, rows
from schemas.words.describe import LABELS, Line
from schemas.words.evidence import because, rule_name
from schemas.words.labels import approximate, named, span_of_time, statement
from schemas.words.marks import Mark

_CURRENT = f"""
SELECT c.document_id, c.bulletin_id, c.run_id, {TITLE}, b.published, b.byline, b.category, b.text, b.captions, b.url,
  b.reader, b.source, s.name AS source_name, e.claimed, e.set_aside, e.unexplained,
  k.time AS captured, k.sha256, k.segment, k.offset, k.url AS captured_url
FROM current_runs c
JOIN bulletins b ON b.id = c.bulletin_id
JOIN sources s ON s.code = b.source
JOIN extractions e ON e.bulletin_id = c.bulletin_id AND e.run_id = c.run_id
JOIN captures k ON k.id = c.capture_id
WHERE c.document_id = ?"""
_NEIGHBOURS = f"""
SELECT o.document_id, {TITLE}, b.published, s.name AS source_name
FROM bulletins b JOIN current_runs o ON o.bulletin_id = b.id JOIN sources s ON s.code = b.source
WHERE b.text_sha256 = (SELECT text_sha256 FROM bulletins WHERE id = ?) AND o.document_id <> ? LIMIT 10"""
#: kinds of facts that the page lists, in this order
_FACTS = {"event": "Sự kiện", "person": "Người được nêu", "organisation": "Tổ chức", "document": "Văn bản được dẫn"}
_FACTS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``anchor`` names the card of a marked one."""

    text: str
    state: str = ""
    anchor: str = ""
    label: str = ""


@dataclass(slots=True)
class Stretch:
    """A paragraph, or a table as rows of cells of pieces."""

    pieces: list[Piece] = field(default_factory=list)
    table: list[list[list[Piece]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of one mark. ``links`` are (how, anchor, name) of figures at the other end of a link."""

    anchor: str
    quote: str
    state: str
    lines: tuple[Line, ...]
    heading: str = ""
    figure: str | None = None
    links: tuple[tuple[str, str, str], ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    corrected: str = ""

    @property
    def to(self) -> str:
        """The anchors that lines are drawn to."""
        return " ".join(anchor for _, anchor, _ in self.links)


def bulletin(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """Everything the page of one bulletin shows."""
    wanted = request.url_vars["document"]
    row = one(connection, _CURRENT, wanted)
    if row is None:
        other = one(connection, "SELECT document_id FROM bulletins WHERE id = ?", wanted)
        if other and other["document_id"] != wanted:
            raise MovedError(f"/ban-tin/{other['document_id']}")
        raise MissingError("Không có bản tin nào mang mã này. Hãy tìm theo tiêu đề hoặc nội dung ở ô tìm kiếm.")
    document = Document(connection, row)
    found = document.marks()
    return {
        "document": row,
        "stretches": stretches(row["text"], found, document),
        "cards": [_card(mark, document) for mark in found],
        "figures": [_line(place, document) for place in range(len(document.stored))],
        "findings": [
            {
                **finding,
                "figures": [
                    (anchor(document, at), named(document.extraction.figures[at])) for at in finding["figures"]
                ],
            }
            for finding in sorted(document.findings, key=lambda n: (_weight(n["verdict"]), n["position"]))
        ],
        "bad": sum(finding["verdict"] in BAD for finding in document.findings),
        "reasons": Counter(
            code("numerals", "reason", n.reason) for n in document.extraction.numerals if n.state == "set_aside"
        ).most_common(),
        "facts": _facts(connection, row["bulletin_id"]),
        "captions": [line for line in row["captions"].split("\n") if line.strip()],
        "versions": rows(
            connection,
            "SELECT b.id, b.title, k.time FROM bulletins b JOIN captures k ON k.id = b.capture_id"
            " WHERE b.document_id = ? ORDER BY k.time DESC",
            wanted,
        ),
        "reprints": rows(connection, _NEIGHBOURS, row["bulletin_id"], wanted),
    }


def anchor(document: Document, place: int) -> str:
    """The name of a figure's mark in the page."""
    return f"f-{document.stored[place]['id']}"


def stretches(text: str, found: list[Mark], document: Document) -> list[Stretch]:
    """The text in paragraphs and tables, its marks (in the order of the text) as pieces of their own."""
    starts = [mark.start for mark in found]

    def pieces(start: int, end: int) -> list[Piece]:
        made, at = [], start
        for mark in found[bisect_left(starts, start) : bisect_left(starts, end)]:
            if mark.end > end:  # no numeral goes over the end of a paragraph or cell
                continue
            if mark.start > at:
                made.append(Piece(text[at : mark.start]))
            quote = text[mark.start : mark.end]
            made.append(Piece(quote, mark.state, _anchor(mark, document), _label(mark, document)))
            at = mark.end
        if at < end:
            made.append(Piece(text[at:end]))
        return made

    blocks = []
    at = 0
    for block in text.split("\n\n"):
        lines = block.split("\n")
        stretch = Stretch()
        if len(lines) > 1 and all(" | " in line for line in lines):
            place = at
            for line in lines:
                cells = []
                for cell in line.split(" | "):
                    cells.append(pieces(place, place + len(cell)))
                    place += len(cell) + len(" | ")
                stretch.table.append(cells)
                place += len("\n") - len(" | ")
        else:
            stretch.pieces = pieces(at, at + len(block))
        blocks.append(stretch)
        at += len(block) + len("\n\n")
    return blocks


def _anchor(mark: Mark, document: Document) -> str:
    return anchor(document, mark.figure) if mark.figure is not None else f"n-{mark.start}"


def _label(mark: Mark, document: Document) -> str:
    """What a screen reader says of a mark besides its number, and the class of a worse verdict."""
    if mark.figure is None:
        return mark.lines[0].text
    verdicts = [n["verdict"] for n in document.found_in.get(mark.figure, [])]
    worst = min(verdicts, key=_weight, default="")
    return code("findings", "verdict", worst) if worst in BAD else ""


def _card(mark: Mark, document: Document) -> Card:
    quote = document.extraction.text[mark.start : mark.end]
    if mark.figure is None:
        return Card(_anchor(mark, document), quote, mark.state, mark.lines)
    stored, figure = document.stored[mark.figure], document.extraction.figures[mark.figure]
    links = [
        (how, anchor(document, place), named(document.extraction.figures[place]))
        for how, place in (("thành phần của", figure.part_of), ("nói về", figure.about))
        if place is not None
    ]
    for kind, place in document.pointing.get(mark.figure, []):
        how = "gồm" if kind == "part_of" else "được nói thêm ở"
        links.append((how, anchor(document, place), named(document.extraction.figures[place])))
    return Card(
        anchor=_anchor(mark, document),
        quote=quote,
        state=mark.state,
        heading=f"{approximate(figure)}{'' if figure.unit in (None, '%') else ' '}{figure.unit or ''}",
        lines=tuple(_said(line) for line in mark.lines if line.label not in (LABELS["part_of"], LABELS["about"])),
        figure=stored["id"],
        links=tuple(links),
        findings=tuple((n["verdict"], n["message"]) for n in document.found_in.get(mark.figure, [])),
        corrected=_corrected(stored),
    )


def _said(line: Line) -> Line:
    """A line with its reason, and the name of a rule, in Vietnamese."""
    text = f"{rule_name(line.text)} ({line.text})" if line.label == LABELS["rule"] else line.text
    return Line(line.label, text, because(line.because))


def _corrected(stored: dict[str, Any]) -> str:
    if stored["corrected"] == "dropped":
        return "Số liệu này đã bị loại bỏ khi đính chính."
    if stored["corrected"] == "corrected":
        return f"Đã đính chính: {words.amount(stored['new_value'], stored['new_unit'])}."
    return ""


def _line(place: int, document: Document) -> dict[str, Any]:
    figure = document.extraction.figures[place]
    return {
        "anchor": anchor(document, place),
        "amount": f"{approximate(figure)}{'' if figure.unit in (None, '%') else ' '}{figure.unit or ''}",
        "subject": figure.subject,
        "scope": figure.scope,
        "period": span_of_time(figure.period) if figure.period else "",
        "says": statement(figure),
        "part_of": named(document.extraction.figures[figure.part_of]) if figure.part_of is not None else "",
    }


def _facts(connection: sqlite3.Connection, version: str) -> list[tuple[str, list[dict[str, str]]]]:
    found = rows(
        connection,
        "SELECT kind, label, fields FROM bulletin_facts WHERE bulletin_id = ? ORDER BY position",
        version,
    )
    made = []
    for kind, title in _FACTS.items():
        said: dict[str, dict[str, str]] = {}
        for fact in found:
            if fact["kind"] == kind:
                more = json.loads(fact["fields"] or "{}")
                note = ", ".join(more.get("titles") or []) or words.day(more.get("date")) or more.get("issuer") or ""
                said.setdefault(fact["label"], {"label": fact["label"], "note": note})
        if said:
            made.append((title, list(said.values())[:_FACTS_SHOWN]))
    return made


def _weight(verdict: str) -> int:
    return BAD.index(verdict) if verdict in BAD else len(BAD)
