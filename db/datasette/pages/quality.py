"""*Chất lượng*: bulletins by source and month, what each rule yields, what the last runs did and changed."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

from datasette.utils.asgi import Request

from db.datasette.pages.home import incidents
from db.datasette.pages.stored import kept, rows

_MONTHS = 36
_COVERAGE = """
SELECT b.source, s.name, substr(b.published, 1, 7) AS month, count(*) AS n, sum(e.figures) AS figures
FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id
JOIN extractions e ON e.bulletin_id = c.bulletin_id AND e.run_id = c.run_id
JOIN sources s ON s.code = b.source
WHERE b.published IS NOT NULL GROUP BY 1, 3"""
#: rules are counted in so many of the newest bulletins: reading every figure takes longer than a person waits
NEWEST = 1000
_RULES = """
SELECT f.rule, count(*) AS n FROM (
  SELECT c.bulletin_id, c.run_id FROM bulletins b CROSS JOIN current_runs c ON c.bulletin_id = b.id
  ORDER BY b.published DESC LIMIT ?) c
CROSS JOIN figures f ON f.bulletin_id = c.bulletin_id AND f.run_id = c.run_id
GROUP BY f.rule ORDER BY n DESC"""
_LEDGER = """
SELECT b.source, s.name, sum(e.claimed) AS claimed, sum(e.set_aside) AS set_aside, sum(e.unexplained) AS unexplained
FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id
JOIN extractions e ON e.bulletin_id = c.bulletin_id AND e.run_id = c.run_id
JOIN sources s ON s.code = b.source GROUP BY 1 ORDER BY 2"""
_UNEXPLAINED = """
SELECT m.quote, m.start, c.document_id, substr(b.text, max(m.start - 39, 1), min(m.start, 40)) AS before,
  substr(b.text, m.end + 1, 40) AS after
FROM bulletins b
CROSS JOIN current_runs c ON c.bulletin_id = b.id
CROSS JOIN numerals m ON m.bulletin_id = c.bulletin_id AND m.run_id = c.run_id AND m.state = 'unexplained'
ORDER BY b.published DESC LIMIT 12"""
_RUNS = "SELECT id, kind, started, finished, status, counts FROM runs ORDER BY started DESC LIMIT 5"
#: what the counts of a run are called
_COUNTED = {
    "fetched": "tải mới",
    "unchanged": "không đổi",
    "not_modified": "máy chủ báo không đổi",
    "gone": "không còn",
    "error": "lỗi",
    "read": "đọc được",
    "quarantined": "chờ xử lý",
}


def quality(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """Everything the page shows."""
    return {
        "coverage": kept(connection, "coverage", lambda: coverage(rows(connection, _COVERAGE))),
        "rules": kept(connection, "rules", lambda: rows(connection, _RULES, NEWEST)),
        "ledger": kept(connection, "ledger", lambda: rows(connection, _LEDGER)),
        "unexplained": kept(connection, "unexplained", lambda: rows(connection, _UNEXPLAINED)),
        "newest": NEWEST,
        "runs": [_run(row) for row in rows(connection, _RUNS)],
        "incidents": incidents(connection, 20, still=False),
    }


def coverage(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Sources by months, the last three years; a cell is (count, level 0 to 4)."""
    months = sorted({row["month"] for row in found if row["month"]})
    if months:
        months = _between(months[0], months[-1])[-_MONTHS:]
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    named = {}
    for row in found:
        counts[row["source"]][row["month"]] = row["n"]
        named[row["source"]] = row["name"]
    most = max((n for row in counts.values() for n in row.values()), default=1)
    return {
        "months": months,
        "sources": [
            {
                "code": source,
                "name": named[source],
                "cells": [(month, n, -(-4 * n // most)) for month in months for n in (counts[source].get(month, 0),)],
            }
            for source in sorted(named, key=lambda code: named[code])
        ],
    }


def _between(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    made: list[str] = []
    while (text := f"{year:04}-{month:02}") <= last and len(made) < 1200:
        made.append(text)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return made


def _run(row: dict[str, Any]) -> dict[str, Any]:
    counts = json.loads(row["counts"] or "{}")
    total: dict[str, int] = defaultdict(int)
    for source in (counts.get("sources") or {}).values():
        for name, value in source.items():
            if isinstance(value, int) and not isinstance(value, bool):
                total[name] += value
    return {**row, "said": [(title, total[name]) for name, title in _COUNTED.items() if total.get(name)]}
