"""What a run did, as tables: for the terminal, for Prefect's artifacts."""

from __future__ import annotations

from collections.abc import Sequence

from flows.ingest import Run

_COLUMNS = (
    "new",
    "fetched",
    "unchanged",
    "not_modified",
    "gone",
    "disallowed",
    "refused",
    "error",
    "read",
    "quarantined",
)


def _rows(run: Run) -> list[list[str]]:
    return [[code, *(str(run.counts[code][column]) for column in _COLUMNS)] for code in run.sources]


def plain_table(run: Run) -> str:
    """The counts by source in aligned columns."""
    rows = [["source", *(column.replace("_", " ") for column in _COLUMNS)], *_rows(run)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def sources_table(run: Run) -> str:
    """The counts by source in Markdown."""
    return f"Run `{run.id}`\n\n" + _markdown(["source", *_COLUMNS], _rows(run))


def errors_table(run: Run) -> str:
    """What went wrong, in Markdown."""
    if not run.errors:
        return f"Run `{run.id}`: nothing went wrong."
    rows = [[error[key] for key in ("source", "stage", "url", "reason")] for error in run.errors]
    return f"Run `{run.id}`\n\n" + _markdown(["source", "stage", "page", "reason"], rows)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

    return "\n".join([line(head), line(["---"] * len(head)), *(line(row) for row in rows)])
