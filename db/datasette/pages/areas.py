"""*Địa bàn*: an area, what it was made of and what it became, its parts and the indicators known of it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from datasette.utils.asgi import Request

from db.areas import area_table, database_path
from db.datasette.pages import words
from db.datasette.pages.serving import MissingError
from db.datasette.pages.stored import rows
from schemas.areanames import slug
from schemas.areas import KIND_NAMES, Area, AreaShare
from schemas.areatable import AreaTable

_REFORM = date(2025, 7, 1)
#: so many mentions are enough to know what the areas under one are called
_MENTIONS = 3000
_NAMED = """
SELECT ref_area, scope, count(*) AS n FROM (
  SELECT o.ref_area, f.scope FROM indicators i
  CROSS JOIN observations_history o ON o.indicator = i.code AND o.ref_area >= ? AND o.ref_area < ?
  CROSS JOIN observation_mentions m ON m.observation_id = o.id
  CROSS JOIN figures f ON f.id = m.figure_id AND f.bulletin_id = m.bulletin_id
  WHERE f.scope IS NOT NULL LIMIT ?)
GROUP BY 1, 2"""
_INDICATORS = """
SELECT o.indicator, i.name, i.generated, i.topic, count(*) AS n, min(o.period_start) AS first, max(o.period_end) AS last
FROM indicators i CROSS JOIN observations_history o ON o.indicator = i.code AND o.ref_area IN (?, ?)
WHERE o.valid_to IS NULL
GROUP BY o.indicator ORDER BY i.generated, n DESC, i.name"""
#: so many indicators named by the words of bulletins are listed
_GENERATED_SHOWN = 60


#: by indicator, because the index of observations begins with it
_UNDER = """
SELECT DISTINCT o.ref_area FROM indicators i
CROSS JOIN observations_history o ON o.indicator = i.code AND o.ref_area > ? AND o.ref_area < ? ORDER BY 1"""


#: (database, code) to name, for areas that no table has; a name once found stays
_found: dict[tuple[str, str], str] = {}


def names(connection: sqlite3.Connection, codes: Iterable[str]) -> dict[str, str]:
    """Code to name with its kind: of the tables, else in the words of the bulletins, else the code itself."""
    known, database = area_table(connection), database_path(connection)
    made = {code: _official(known, code) or _found.get((database, code), "") for code in codes}
    for above in sorted({code.rpartition(".")[0] for code, name in made.items() if not name}):
        _found.update({(database, code): name for code, name in _below(connection, above).items()})
    return {code: name or _found.get((database, code), code) for code, name in made.items()}


def name_of(connection: sqlite3.Connection, code: str) -> str:
    """The name of one area."""
    return names(connection, [code])[code]


def _below(connection: sqlite3.Connection, above: str) -> dict[str, str]:
    """The areas right under one, as the bulletins call them most often."""
    said: dict[str, Counter[str]] = {}
    for row in rows(
        connection, _NAMED, above + "." if above else "", above + "/" if above else "\U0010ffff", _MENTIONS
    ):
        own = row["ref_area"].rsplit(".", 1)[-1]
        scope = words.safe(row["scope"])
        for kind in ("", *KIND_NAMES.values()):
            name = scope[len(kind) :].strip() if scope.lower().startswith(kind) else ""
            if name and slug(scope if "-" in own and own.startswith(slug(kind) + "-") else name) == own:
                said.setdefault(row["ref_area"], Counter())[scope] += row["n"] + (1000 if kind else 0)
    made = {code: words.sentence_case(found.most_common(1)[0][0]) for code, found in said.items()}
    kinds = {kind for code, name in made.items() if code.rpartition(".")[0] == above and (kind := _kind(name))}
    for code, name in made.items():  # a name that stands alone is of the one kind that its neighbours are of
        if not _kind(name) and len(kinds) == 1 and code.rpartition(".")[0] == above:
            made[code] = words.sentence_case(f"{next(iter(kinds))} {name}")
    return made


def _official(known: AreaTable, code: str) -> str:
    versions = known.versions(code)
    return words.sentence_case(versions[-1].full_name) if versions else ""


def _kind(name: str) -> str:
    """The kind that a name begins with: "Phường Lạch Sen" is of "phường"."""
    return next((kind for kind in KIND_NAMES.values() if name.lower().startswith(kind + " ")), "")


def areas(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """The areas that there are observations of, and those that a search names."""
    asked = (request.args.get("ten") or "").strip()
    known = area_table(connection)
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
        """SELECT o.ref_area AS code, count(*) AS n,
        count(DISTINCT CASE WHEN i.generated THEN NULL ELSE o.indicator END) AS listed,
        count(DISTINCT CASE WHEN i.generated THEN o.indicator END) AS generated
        FROM observations_history o JOIN indicators i ON i.code = o.indicator WHERE o.valid_to IS NULL
        GROUP BY o.ref_area ORDER BY n DESC LIMIT 500""",
    )
    named = names(connection, [row["code"] for row in counted])
    return {"asked": asked, "found": found, "areas": [{**row, "name": named[row["code"]]} for row in counted]}


def area(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """One area through the reform, and its indicators."""
    code = request.url_vars["code"]
    known = area_table(connection)
    versions = known.versions(code)
    # a source's file may name the area by its readable code, observations have the national one
    other = next((v.slug if code == v.code else v.code for v in reversed(versions)), code)
    indicators = rows(connection, _INDICATORS, code, other)
    sources = rows(connection, "SELECT code, name, url FROM sources WHERE area IN (?, ?)", code, other)
    if not versions and not indicators and not sources:
        raise MissingError("Không có địa bàn nào mang mã này. Hãy tìm theo tên ở trang Địa bàn.")
    under = rows(connection, _UNDER, code + ".", code + "/")
    below = [{"code": part, "name": name} for part, name in names(connection, [r["ref_area"] for r in under]).items()]
    return {
        "code": code,
        "name": name_of(connection, code),
        "versions": [_version(known, version) for version in reversed(versions)],
        "indicators": [row for row in indicators if not row["generated"]],
        "generated": [row for row in indicators if row["generated"]][:_GENERATED_SHOWN],
        "all_generated": sum(bool(row["generated"]) for row in indicators),
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
