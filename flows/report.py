"""What a run did, as tables: for the terminal, for Prefect's artifacts. Both take ``Run.summary()``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.times import local_time
from schemas.incidents import Incident
from schemas.tables import tables
from schemas.terminal import harmless

_COLUMNS = (
    "fetched",
    "unchanged",
    "not_modified",
    "gone",
    "disallowed",
    "refused",
    "removed",
    "error",
    "read",
    "quarantined",
)


def fault_line(code: str, url: str, reason: str) -> str:
    """What went wrong as a line that says once whose page it was, and which. Both may be what a portal sent.

    >>> fault_line("mot", "https://mot.example/1", "mot (nukeviet4, 2014-): no title")
    'mot (nukeviet4, 2014-): no title: https://mot.example/1'
    """
    url, reason = harmless(url), harmless(reason)
    named = reason.startswith((f"{code}: ", f"{code} ("))
    if url in reason:
        return reason if named else f"{code}: {reason}"
    return f"{reason}: {url}" if named else f"{code}: {url}: {reason}"


def _rows(summary: Mapping[str, Any], columns: Sequence[str] = _COLUMNS) -> list[list[str]]:
    return [[code, *(str(counts.get(column, 0)) for column in columns)] for code, counts in summary["sources"].items()]


def counts_table(summary: Mapping[str, Any], columns: Sequence[str] = _COLUMNS) -> str:
    """The counts by source in aligned columns."""
    rows = [["source", *(column.replace("_", " ") for column in columns)], *_rows(summary, columns)]
    first, *widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(first), *(cell.rjust(width) for cell, width in zip(row[1:], widths, strict=True))])
        for row in rows
    )


def sources_table(run_id: str, summary: Mapping[str, Any]) -> str:
    """The counts by source in Markdown."""
    return f"Run `{run_id}`\n\n" + _markdown(["source", *_COLUMNS], _rows(summary))


def errors_table(run_id: str, errors: Sequence[Mapping[str, str]]) -> str:
    """What went wrong, in Markdown."""
    if not errors:
        return f"Run `{run_id}`: nothing went wrong."
    rows = [[error[key] for key in ("source", "stage", "url", "reason")] for error in errors]
    return f"Run `{run_id}`\n\n" + _markdown(["source", "stage", "page", "reason"], rows)


def incidents_table(incidents: Sequence[Incident]) -> str:
    """The open incidents, in Markdown."""
    if not incidents:
        return "Không có sự cố nào: mọi nguồn tin đều bình thường."
    kinds = tables()["incidents"].column("kind").choices
    rows = [
        [one.source, kinds[one.kind], f"{local_time(one.opened):%d/%m/%Y}", one.message, one.advice]
        for one in incidents
    ]
    return _markdown(["Nguồn tin", "Sự cố", "Từ ngày", "Diễn giải", "Việc cần làm"], rows)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(_cell(cell) for cell in cells) + " |"

    return "\n".join([line(head), line(["---"] * len(head)), *(line(row) for row in rows)])


def _cell(text: str) -> str:
    """Text of a portal in a cell: no column, line, tag or link of its own."""
    for char in "\\|<>[]`*_":
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())
