"""A comparison in words for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from db.compare.diff import Change, Summary
from db.compare.guards import Guard

_SIGN = {"added": "+", "gone": "-", "changed": "~", "unreadable": "!"}
_AROUND = 60


def change_lines(change: Change) -> Iterator[str]:
    """What is different, the sentence around it, and where it stands."""
    sign = _SIGN[change.kind]
    if change.kind == "unreadable":
        yield f"{sign} {change.url}: cannot be read now: {change.reason or 'no reason noted'}"
        return
    yield f"{sign} {change.quote}   [{change.rule}]   {change.url}"
    for name, (old, new) in change.fields.items():
        yield f"    {name}: {_shown(old)} -> {_shown(new)}"
    yield f"    “{_around(change.sentence, change.quote)}”"


def summary_table(summary: Summary) -> str:
    """Totals by source, and what changed by field and rule."""
    kinds = summary.kinds
    if not summary.bulletins:
        return "no differences"
    lines = [
        f"{summary.bulletins} bulletins with another result: {kinds['added']} figures added, {kinds['gone']} gone,"
        f" {kinds['changed']} changed; {kinds['unreadable']} bulletins cannot be read now"
    ]
    rows = [["source", "added", "gone", "changed", "unreadable", "figures", "unexplained", "accusing"]]
    for code, tally in sorted(summary.sources.items()):
        moved = [f"{tally.before[name]} -> {tally.after[name]}" for name in ("figures", "unexplained", "accusing")]
        rows.append([code, *(str(tally.kinds[kind]) for kind in ("added", "gone", "changed", "unreadable")), *moved])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines += [f"by field: {_counted(summary.fields)}", f"by rule: {_counted(summary.rules)}"]
    return "\n".join(lines)


def guard_lines(guards: Sequence[Guard]) -> list[str]:
    """One line a guard."""
    mark = {True: "holds", False: "FAILS", None: "not asked"}
    return [f"{mark[guard.holds]:9}  {guard.says}" for guard in guards]


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counter.most_common(20)) or "none"


def _shown(value: Any) -> str:
    return "none" if value is None else str(value)


def _around(sentence: str, quote: str) -> str:
    at = max(sentence.find(quote), 0)
    start, end = max(0, at - _AROUND), min(len(sentence), at + len(quote) + _AROUND)
    part = " ".join(sentence[start:end].split())
    return ("…" if start else "") + part + ("…" if end < len(sentence) else "")
