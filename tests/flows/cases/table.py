"""The cases as a table of flows/net/README.md: what a server does, what the fetch log says of it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.flows.cases.model import Case
from tests.flows.cases.runner import Result

README = Path(__file__).parents[3] / "flows" / "net" / "README.md"
_BEGIN, _END = "<!-- cases: written by python -m tests.flows.cases -->", "<!-- end of the cases -->"
_HEAD = "| case | outcome | message | requests | pauses, s |\n| --- | --- | --- | --- | --- |"


def row(case: Case, result: Result) -> str:
    """One case as a line of the table; what libraries word as they like is left open."""
    pauses = ", ".join(f"{pause:.3g}" for pause in result.pauses)
    cells = (case.name, result.outcome, case.message or result.message, str(result.asked), pauses)
    return "| " + " | ".join(re.sub(r"([|<>*_`\[\]])", r"\\\1", cell) for cell in cells) + " |"


def written() -> dict[str, list[str]]:
    """The lines of the table by the name of their group."""
    found: dict[str, list[str]] = {}
    text = README.read_text(encoding="utf-8")
    for line in text[text.index(_BEGIN) : text.index(_END)].splitlines():
        if line.startswith("### "):
            found[line.removeprefix("### ")] = []
        elif line.startswith("| ") and line not in _HEAD:
            list(found.values())[-1].append(line)
    return found


def write(rows: dict[str, list[str]]) -> None:
    """Put the tables in place of those that are there."""
    text = README.read_text(encoding="utf-8")
    tables = "\n".join(f"\n### {group}\n\n{_HEAD}\n" + "\n".join(lines) for group, lines in rows.items())
    README.write_text(
        text[: text.index(_BEGIN) + len(_BEGIN)] + "\n" + tables + "\n\n" + text[text.index(_END) :], encoding="utf-8"
    )
