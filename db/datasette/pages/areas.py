"""*Địa bàn*: an area, what it was made of and what it became, its parts and the indicators known of it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Request

from db.datasette.pages import words
from db.datasette.pages.serving import MissingError
from db.datasette.pages.stored import kept, rows
from schemas.areanames import slug
from schemas.areas import KIND_NAMES, Area, AreaShare
from schemas.areatable import AreaTable, default_table, load_extra

_REFORM = date(2025, 7, 1)
_NAMED = """
SELECT o.ref_area, f.scope, count(*) AS n FROM observations_history o
JOIN observation_mentions m ON m.observation_id = o.id
JOIN figures f ON f.id = m.figure_id AND f.bulletin_id = m.bulletin_id
WHERE f.scope IS NOT NULL AND o.ref_area IN (SELECT DISTINCT ref_area FROM observations_history)
GROUP BY 1, 2"""
_INDICATORS = """
SELECT o.indicator, i.name, i.generated, i.topic, count(*) AS n, min(o.period_start) AS first, max(o.period_end) AS last
FROM observations_history o JOIN indicators i ON i.code = o.indicator
WHERE o.ref_area IN (?, ?) AND o.valid_to IS NULL
GROUP BY o.indicator ORDER BY i.generated, n DESC LIMIT 100"""


def table(connection: sqlite3.Connection) -> AreaTable:
    """Việt Nam, and the areas of ``areas.toml`` beside the database where there is such a file."""
    path = next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    extra = Path(path).parent / "areas.toml" if path else None
    if extra is None or not extra.is_file():
        return default_table()
    return _with_extra(extra, extra.stat().st_mtime_ns)


@cache
def _with_extra(path: Path, changed: int) -> AreaTable:
    return load_extra(path.read_text(encoding="utf-8"))


def names(connection: sqlite3.Connection) -> dict[str, str]:
    """Code to name for every area with observations, for those that no table has in the words of the bulletins."""
    return kept(connection, "area names", lambda: _names(connection))


def name_of(connection: sqlite3.Connection, code: str) -> str:
    """An area's name with its kind; its code where nothing says more."""
    return names(connection).get(code) or _official(table(connection), code) or code


def _names(connection: sqlite3.Connection) -> dict[str, str]:
    known = table(connection)
    codes = [row["ref_area"] for row in rows(connection, "SELECT DISTINCT ref_area FROM observations_history")]
    made = {code: _official(known, code) for code in codes}
    if all(made.values()):
        return made
    said: dict[str, Counter[str]] = {}
    for row in rows(connection, _NAMED):
        last = row["ref_area"].rsplit(".", 1)[-1]
        scope = words.safe(row["scope"])
        for kind in ("", *KIND_NAMES.values()):
            name = scope[len(kind) :].strip() if scope.lower().startswith(kind) else ""
            if name and slug(scope if "-" in last and last.startswith(slug(kind) + "-") else name) == last:
                said.setdefault(row["ref_area"], Counter())[scope] += row["n"] + (1000 if kind else 0)
    kinds: dict[str, set[str]] = {}
    for code in codes:
        if not made[code]:
            best = said.get(code)
            made[code] = words.sentence_case(best.most_common(1)[0][0]) if best else code
            if kind := _kind(made[code]):
                kinds.setdefault(code.rpartition(".")[0], set()).add(kind)
    for code in codes:  # a name that stands alone is of the one kind that its neighbours are of
        beside = kinds.get(code.rpartition(".")[0], set())
        if made[code] != code and said.get(code) and not _kind(made[code]) and len(beside) == 1:
            made[code] = words.sentence_case(f"{next(iter(beside))} {made[code]}")
    return made


def _kind(name: str) -> str:
    """The kind that a name begins with: "Phường Lạch Sen" is of "phường"."""
    return next((kind for kind in KIND_NAMES.values() if name.lower().startswith(kind + " ")), "")


def _official(known: AreaTable, code: str) -> str:
    versions = known.versions(code)
    return words.sentence_case(versions[-1].full_name) if versions else ""


def areas(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """The areas that there are observations of, and those that a search names."""
    asked = (request.args.get("ten") or "").strip()
    known = table(connection)
    found = [
        {
            "code": area.code,
            "name": words.sentence_case(area.full_name),
            "above": _above(known, area),
            "days": _days(area),
        }
        for area in (known.named(asked) if asked else [])[:60]
    ]
    counted = rows(
        connection,
        "SELECT ref_area AS code, count(*) AS n, count(DISTINCT indicator) AS indicators FROM observations_history"
        " GROUP BY ref_area ORDER BY n DESC LIMIT 500",
    )
    named = names(connection)
    return {
        "asked": asked,
        "found": found,
        "areas": [{**row, "name": named.get(row["code"], row["code"])} for row in counted],
    }


def area(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """One area through the reform, and its indicators."""
    code = request.url_vars["code"]
    known = table(connection)
    versions = known.versions(code)
    # a source's file may name the area by its readable code, observations have the national one
    other = next((v.slug if code == v.code else v.code for v in reversed(versions)), code)
    indicators = rows(connection, _INDICATORS, code, other)
    sources = rows(connection, "SELECT code, name, url FROM sources WHERE area IN (?, ?)", code, other)
    if not versions and not indicators and not sources:
        raise MissingError("Không có địa bàn nào mang mã này. Hãy tìm theo tên ở trang Địa bàn.")
    below = [
        {"code": row["ref_area"], "name": name_of(connection, row["ref_area"])}
        for row in rows(
            connection,
            "SELECT DISTINCT ref_area FROM observations_history WHERE ref_area > ? AND ref_area < ? ORDER BY 1",
            code + ".",
            code + "/",
        )
    ]
    return {
        "code": code,
        "name": name_of(connection, code),
        "versions": [_version(known, version) for version in reversed(versions)],
        "indicators": indicators,
        "sources": sources,
        "below": below,
    }


def _version(known: AreaTable, version: Area) -> dict[str, Any]:
    on = version.valid_to or date.today()
    above = known.parent(version, min(on, date.today()))
    return {
        "name": words.sentence_case(version.full_name),
        "days": _days(version),
        "above": above and {"code": above.code, "name": words.sentence_case(above.full_name)},
        "before": [_share(share) for share in known.predecessors(version)],
        "after": [_share(share) for share in known.successors(version)],
        "parts": [
            {"code": part.code, "name": words.sentence_case(part.full_name)}
            for part in known.children(version, min(on, date.today()))
        ],
        "note": version.note,
    }


def _share(share: AreaShare) -> dict[str, Any]:
    return {
        "code": share.area.code if share.area else None,
        "name": words.sentence_case(share.area.full_name) if share.area else "chưa rõ nhập vào đâu",
        "days": _days(share.area) if share.area else "",
        "part": share.extent == "part",
        "certain": share.certain,
        "note": share.note,
    }


def _above(known: AreaTable, found: Area) -> str:
    above = known.parent(found, found.valid_to or date.today())
    return words.sentence_case(above.full_name) if above else ""


def _days(found: Area) -> str:
    first = f"từ {words.day(found.valid_from.isoformat())}" if found.start_known else ""
    if found.valid_to is None:
        return first or "đang tồn tại"
    last = f"đến {words.day(found.valid_to.isoformat())}"
    return f"{first} {last}".strip()
