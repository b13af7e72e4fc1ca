"""Scores of labelled files as tables, and what is wrong by field and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.scoring import COLUMNS, Fault


@dataclass(frozen=True)
class Result:
    """The scores of one file. A file of documents has COLUMNS, one of single sentences only "cases", a share."""

    name: str
    size: str
    scores: Mapping[str, float]
    faults: Sequence[Fault]


def table(results: Sequence[Result]) -> str:
    """One Markdown table for all files."""
    lines = [f"| file | {' | '.join(COLUMNS)} | |", f"| --- {'| ---: ' * len(COLUMNS)}| --- |"]
    for result in results:
        cells = [f"{result.scores[c]:.3f}" if c in result.scores else "" for c in COLUMNS]
        held = " cases held" if "cases" in result.scores else ""
        lines.append(f"| {result.name} | {' | '.join(cells)} | {result.size}{held} |")
    return "\n".join(lines)


def errors(results: Sequence[Result], limit: int, only: str | None = None) -> str:
    """How many errors each field and each rule has, then the first ``limit`` of them in full."""
    faults = [(r.name, f) for r in results for f in r.faults if only in (None, f.field)]
    out = ["", "by field: " + _counted(f.field for _, f in faults)]
    by_rule: dict[str, Counter[str]] = {}
    for _, fault in faults:
        by_rule.setdefault(fault.rule or "(none)", Counter())[fault.field] += 1
    out.append("by rule:")
    for rule, fields in sorted(by_rule.items(), key=lambda row: (-row[1].total(), row[0])):
        out.append(f"  {fields.total():4} {rule}: " + _counted(fields.elements()))
    for name, fault in faults[:limit]:
        out += ["", f"{name} {fault.document}: {fault.field}" + (f"  ({fault.rule})" if fault.rule else "")]
        out.append(f"  {fault.where}")
        if fault.wanted is not None or fault.given is not None:
            out.append(f"  wanted {fault.wanted!r}, given {fault.given!r}")
    return "\n".join(out)


def _counted(items: Any) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(items).most_common()) or "none"
