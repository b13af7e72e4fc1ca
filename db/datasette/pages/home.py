"""*Trang chủ*: the newest figures, sources with their freshness, numerals explained, attainment of plans, incidents."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

from datasette.utils.asgi import Request

from db.datasette.pages import charts, words
from db.datasette.pages.areas import names
from db.datasette.pages.stored import BAD, TITLE, code, has, kept, one, rows

_BULLETINS_SHOWN = 6
_FIGURES_EACH = 3
_PLANS_SHOWN = 8
_INCIDENTS_SHOWN = 6
#: characters that a subject keeps where its name is long
_LEAST = 14
_TOTALS = """
SELECT b.source, count(*) AS bulletins, sum(e.figures) AS figures, sum(e.claimed) AS claimed,
  sum(e.set_aside) AS set_aside, sum(e.unexplained) AS unexplained, max(b.published) AS newest
FROM current_runs c
JOIN bulletins b ON b.id = c.bulletin_id
JOIN extractions e ON e.bulletin_id = c.bulletin_id AND e.run_id = c.run_id
GROUP BY b.source"""
_NEWEST = f"""
SELECT c.document_id, c.bulletin_id, c.run_id, {TITLE}, b.published, s.name AS source_name, e.figures
FROM bulletins b
CROSS JOIN current_runs c ON c.bulletin_id = b.id
CROSS JOIN extractions e ON e.bulletin_id = c.bulletin_id AND e.run_id = c.run_id AND e.figures > 0
CROSS JOIN sources s ON s.code = b.source
WHERE b.published IS NOT NULL
ORDER BY b.published DESC, c.document_id LIMIT ?"""
_FIGURES = """
SELECT f.id, f.quote, f.unit, f.subject, f.period_start, f.period_end FROM figures f
WHERE f.bulletin_id = ? AND f.run_id = ? AND f.subject IS NOT NULL
ORDER BY f.kind IN ('duration', 'rank'), f.relation <> 'level', f.period_end IS NULL, f.position LIMIT ?"""
#: "+" keeps SQLite from the index of plans: of one bulletin all figures are read, which are few
_PLANS = f"""
SELECT f.id, f.value, f.quote, f.subject, f.period_start, f.period_end, c.document_id, {TITLE}, b.published,
  f.scope, s.name AS source_name, s.area
FROM bulletins b
CROSS JOIN current_runs c ON c.bulletin_id = b.id
CROSS JOIN figures f ON f.bulletin_id = c.bulletin_id AND f.run_id = c.run_id
CROSS JOIN sources s ON s.code = b.source
WHERE b.published IS NOT NULL AND +f.kind = 'percent' AND +f.relation = 'relative' AND +f.basis = 'plan'
  AND f.status <> 'planned' AND f.subject IS NOT NULL AND +f.value BETWEEN 0 AND 1000
ORDER BY b.published DESC, f.position LIMIT ?"""
_ASKED = "SELECT max(time) AS asked FROM fetch_log WHERE source = ?"
#: stage of an error -> what happened, before the words of the program
_STAGES = {
    "fetch": "Không tải được trang này.",
    "archive": "Bản lưu của trang bị hỏng.",
    "page": "Trang đã lưu nhưng chưa đọc được; có thể cổng đã đổi bố cục hoặc trang không có nội dung.",
    "extract": "Chương trình gặp lỗi khi đọc số liệu của trang.",
    "import": "Tệp được đưa vào bị hỏng hoặc không đầy đủ.",
    "list": "Không đọc được danh sách bài của cổng.",
    "feed": "Không đọc được nguồn cấp tin (RSS, Atom) của cổng.",
    "sitemap": "Không đọc được sơ đồ trang của cổng.",
}


def home(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """Everything the start page shows."""
    sources = kept(connection, "sources", lambda: _sources(connection))
    totals = {name: sum(source[name] or 0 for source in sources) for name in ("bulletins", "figures", *_STATES)}
    return {
        "sources": sources,
        "totals": totals,
        "numerals": sum(totals[state] for state in _STATES),
        "contradictions": kept(connection, "contradictions", lambda: contradictions(connection)),
        "newest": [
            {**found, "shown": rows(connection, _FIGURES, found["bulletin_id"], found["run_id"], _FIGURES_EACH)}
            for found in rows(connection, _NEWEST, _BULLETINS_SHOWN)
        ],
        "plans": attainment(_plans(connection)),
        "incidents": incidents(connection, _INCIDENTS_SHOWN, still=True),
    }


_STATES = ("claimed", "set_aside", "unexplained")


def contradictions(connection: sqlite3.Connection) -> int:
    """How many findings of current bulletins a person should see, and how many between bulletins."""
    marks = ", ".join("?" for _ in BAD)
    within = one(
        connection,
        f"SELECT count(*) AS n FROM findings f JOIN current_runs c ON c.bulletin_id = f.bulletin_id"
        f" AND c.run_id = f.run_id WHERE f.verdict IN ({marks})",
        *BAD,
    )
    across = one(connection, "SELECT count(*) AS n FROM series_findings WHERE verdict IN ('fails', 'suspicious')")
    return int((within or {}).get("n") or 0) + int((across or {}).get("n") or 0)


def attainment(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Percentages of plans as bars, with the line of 100 %."""
    made = [
        charts.Bar(
            label=row["label"],
            value=float(row["value"]),
            text=f"{words.number(row['value'])}%",
            mark="under" if row["value"] < 100 else "reached",
            href=f"/f/{row['id']}",
        )
        for row in found
    ]
    text = "; ".join(f"{row.label}: {row.text}" for row in made)
    title = "Mức thực hiện kế hoạch theo các bản tin mới nhất"
    drawn = charts.bars(made, title=title, text=text, at=100, at_text="kế hoạch 100%") if made else ""
    return {"chart": drawn, "rows": found}


def _plans(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """The newest percentages of plans, each once, and each with a name that no other one has.

    A bulletin repeats in its title or summary what it says below.
    """
    read = rows(connection, _PLANS, 3 * _PLANS_SHOWN)
    known = names(connection, sorted({row["area"] for row in read if row["area"]}))
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in read:
        place = row["scope"] if _named(row["scope"]) else known.get(row["area"] or "", row["source_name"])
        row["place"] = words.sentence_case(place)
        found.setdefault((row["document_id"], row["value"], row["period_end"], row["place"]), row)
    made = list(found.values())[:_PLANS_SHOWN]
    name_apart(made)
    return made


def name_apart(made: list[dict[str, Any]]) -> None:
    """Give each a label of subject and period, with its place and at last its day where another has the same."""
    for parts in (("period",), ("place", "period"), ("place", "period", "day")):
        _name(made, parts)


def _named(scope: str | None) -> bool:
    """Whether a scope names a place, unlike "toàn quận"."""
    return any(word[0].isupper() for word in (scope or "").split()[1:])


def _name(made: list[dict[str, Any]], parts: tuple[str, ...]) -> None:
    """Name those that have no name yet, or one that another has too, by their subject and these parts."""
    had = Counter(row.get("label") for row in made)
    for row in made:
        if row.get("label") is None or had[row["label"]] > 1:
            said = {
                "place": row["place"],
                "period": words.period(row["period_start"], row["period_end"]),
                "day": f"đăng {words.day(row['published'])}",
            }
            more = "".join(f" · {said[part]}" for part in parts if said[part])
            room = max(charts.LABEL - len(more), _LEAST)
            row["label"] = words.cut(words.sentence_case(row["subject"]), room) + more


def incidents(connection: sqlite3.Connection, limit: int, *, still: bool) -> list[dict[str, Any]]:
    """What went wrong: incidents of sources where they are kept, and pages that could not be read."""
    made: list[dict[str, Any]] = []
    if has(connection, "incidents"):
        only = "WHERE i.closed IS NULL" if still else ""
        found = rows(
            connection,
            f"SELECT i.*, s.name AS source_name FROM incidents i LEFT JOIN sources s ON s.code = i.source {only}"
            " ORDER BY i.closed IS NOT NULL, i.opened DESC LIMIT ?",
            limit,
        )
        made = [
            {
                "id": row["id"],
                "when": row["opened"],
                "closed": row["closed"],
                "source": row["source_name"] or row["source"],
                "what": code("incidents", "kind", row["kind"]),
                "message": row["message"],
                "advice": row["advice"],
                "url": None,
            }
            for row in found
        ]
    found = rows(
        connection,
        "SELECT q.*, s.name AS source_name FROM quarantine q LEFT JOIN sources s ON s.code = q.source"
        " ORDER BY q.since DESC LIMIT ?",
        limit - len(made),
    )
    return made + [
        {
            "id": row["id"],
            "when": row["since"],
            "closed": None,
            "source": row["source_name"] or row["source"],
            "what": "trang chưa đọc được",
            "message": " ".join(
                filter(None, (_STAGES.get(row["stage"]), f"Chi tiết: {row['reason'].split(chr(10))[0]}"))
            ),
            "advice": "",
            "url": row["url"],
        }
        for row in found
    ]


def _sources(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    counted = {row["source"]: row for row in rows(connection, _TOTALS)}
    none = {"bulletins": 0, "figures": 0, "claimed": 0, "set_aside": 0, "unexplained": 0, "newest": None}
    made = []
    for source in rows(connection, "SELECT code, name, url, area FROM sources ORDER BY name"):
        asked = one(connection, _ASKED, source["code"])
        made.append({**none, **counted.get(source["code"], {}), **source, "asked": (asked or {}).get("asked")})
    return made
