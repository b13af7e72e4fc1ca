"""*Kiểm tra*: what contradicts itself, the worst first, each with its sentence and its arithmetic."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from datasette.utils.asgi import Request

from db.datasette.pages.areas import names
from db.datasette.pages.stored import TITLE, kept, one, rows

PAGE = 25
_WITHIN = f"""
SELECT n.key, n.message, n.verdict, n.check_name, n.expected, c.document_id, {TITLE}, b.published, s.name AS source_name
FROM findings n
JOIN current_runs c ON c.bulletin_id = n.bulletin_id AND c.run_id = n.run_id
JOIN bulletins b ON b.id = n.bulletin_id
JOIN sources s ON s.code = b.source
WHERE n.verdict = ?
ORDER BY b.published DESC, n.key LIMIT ? OFFSET ?"""
_COUNTS = """
SELECT n.verdict, count(*) AS n FROM findings n
JOIN current_runs c ON c.bulletin_id = n.bulletin_id AND c.run_id = n.run_id
WHERE n.verdict IN ('impossible', 'fails', 'suspicious') GROUP BY n.verdict"""
_FIGURES = """
SELECT f.id, f.quote, f.unit, f.sentence, f.start, f.end, f.sentence_start FROM finding_figures g
JOIN figures f ON f.key = g.figure_key WHERE g.finding_key = ? ORDER BY g.position LIMIT 12"""
_ACROSS = """
SELECT n.*, i.name AS indicator_name FROM series_findings n JOIN indicators i ON i.code = n.indicator
WHERE n.verdict IN ('fails', 'suspicious') ORDER BY n.verdict, n.time_period DESC, n.id LIMIT ? OFFSET ?"""
_OBSERVED = f"""
SELECT o.obs_value, o.unit_measure, o.document_id, {TITLE}, b.published, m.figure_id
FROM observations_history o JOIN bulletins b ON b.id = o.bulletin_id
LEFT JOIN observation_mentions m ON m.observation_id = o.id AND m.agrees = 1 AND m.bulletin_id = o.bulletin_id
WHERE o.id = ? LIMIT 1"""
#: what each tab shows, in the order of weight
TABS = {"impossible": "Không thể đúng", "fails": "Không khớp", "suspicious": "Đáng ngờ", "across": "Giữa các bản tin"}


def checks(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """One tab and page of contradictions."""
    counts = kept(connection, "checks", lambda: _counts(connection))
    wanted = request.args.get("loai") or next((tab for tab in TABS if counts.get(tab)), "impossible")
    tab = wanted if wanted in TABS else "impossible"
    number = page_number(request)
    if tab == "across":
        found = rows(connection, _ACROSS, PAGE, PAGE * (number - 1))
        places = names(connection, sorted({row["ref_area"] for row in found}))
        shown = [_across(connection, {**row, "place": places[row["ref_area"]]}) for row in found]
    else:
        shown = [_within(connection, row) for row in rows(connection, _WITHIN, tab, PAGE, PAGE * (number - 1))]
    return {
        "tabs": [(name, title, counts.get(name, 0)) for name, title in TABS.items()],
        "tab": tab,
        "shown": shown,
        "number": number,
        "last": max(-(-counts.get(tab, 0) // PAGE), 1),
    }


def page_number(request: Request) -> int:
    """The page that the address asks for, 1 where it asks for none or nonsense."""
    asked = request.args.get("trang") or ""
    return min(max(int(asked), 1), 10_000) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 1


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    made = {row["verdict"]: row["n"] for row in rows(connection, _COUNTS)}
    across = one(connection, "SELECT count(*) AS n FROM series_findings WHERE verdict IN ('fails', 'suspicious')")
    return made | {"across": (across or {"n": 0})["n"]}


def _within(connection: sqlite3.Connection, row: dict[str, Any]) -> dict[str, Any]:
    figures = rows(connection, _FIGURES, row["key"])
    return {
        **row,
        "kind": ("findings", row["check_name"]),
        "links": [(f"/ban-tin/{row['document_id']}#f-{f['id']}", f["quote"], f["unit"]) for f in figures],
        "sentence": marked(figures),
        "sources": [],
    }


def _across(connection: sqlite3.Connection, row: dict[str, Any]) -> dict[str, Any]:
    observed = [row["observation"], *json.loads(row["against"] or "[]")]
    sources = [one(connection, _OBSERVED, observation) for observation in observed[:6]]
    return {
        **row,
        "kind": ("series_findings", row["check_name"]),
        "links": [],
        "sentence": [],
        "sources": [source for source in sources if source],
        "document_id": None,
        "title": row["indicator_name"],
        "called": "",
        "published": None,
        "source_name": "",
    }


def marked(figures: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """The sentence of the first figure in pieces; true are the numbers of the finding that stand in it."""
    if not figures:
        return []
    first = figures[0]
    at, base, made = 0, first["sentence_start"], []
    spans = sorted({(f["start"] - base, f["end"] - base) for f in figures if f["sentence_start"] == base})
    for start, end in spans:
        if start < at or end > len(first["sentence"]):
            continue
        made += [(first["sentence"][at:start], False), (first["sentence"][start:end], True)]
        at = end
    return [*made, (first["sentence"][at:], False)]
