"""*Chỉ tiêu*: an indicator with its definition, its series against the plan, and its areas side by side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Request
from markupsafe import Markup

from db.datasette.pages import charts, words
from db.datasette.pages.areas import names
from db.datasette.pages.serving import MissingError
from db.datasette.pages.stored import TITLE, kept, one, rows
from schemas.indicators import catalogue

_ALL = """
SELECT i.code, i.name, i.unit, i.topic, i.nature, count(*) AS n, count(DISTINCT o.ref_area) AS areas,
  min(o.period_start) AS first, max(o.period_end) AS last
FROM observations_history o JOIN indicators i ON i.code = o.indicator
WHERE o.valid_to IS NULL AND i.generated = 0
GROUP BY i.code ORDER BY i.topic, i.name"""
_GENERATED = """
SELECT i.code, i.name, i.unit, count(*) AS n FROM observations_history o JOIN indicators i ON i.code = o.indicator
WHERE o.valid_to IS NULL AND i.generated = 1 GROUP BY i.code ORDER BY n DESC, i.name LIMIT 100"""
_ALL_GENERATED = """
SELECT count(*) AS n FROM indicators i WHERE i.generated = 1
  AND EXISTS (SELECT 1 FROM observations_history o WHERE o.indicator = i.code AND o.valid_to IS NULL)"""
_AREAS = """
SELECT ref_area, count(*) AS n FROM observations_history
WHERE indicator = ? GROUP BY ref_area ORDER BY n DESC, ref_area LIMIT 500"""
_SERIES = f"""
SELECT o.id, o.time_period, o.period_start, o.period_end, o.obs_value, o.unit_measure, o.obs_status, o.era, o.scope,
  o.breakdown, o.detail, o.conflicting, o.correction, o.comparable_since, o.break_note,
  {TITLE}, b.published, o.document_id,
  (SELECT m.figure_id FROM observation_mentions m WHERE m.observation_id = o.id AND m.agrees = 1
   AND m.figure_id IS NOT NULL ORDER BY m.start LIMIT 1) AS figure_id,
  (SELECT max(n.verdict) FROM series_findings n WHERE n.observation = o.id AND n.verdict <> 'holds') AS verdict
FROM observations_history o JOIN bulletins b ON b.id = o.bulletin_id
WHERE o.indicator = ? AND o.ref_area = ? AND o.valid_to IS NULL
ORDER BY o.scope <> '' OR o.detail <> '', o.period_end DESC, o.period_start, o.scope, o.breakdown LIMIT 1000"""
_SIDE_BY_SIDE = """
SELECT o.ref_area, o.obs_value, o.unit_measure, o.period_start, o.period_end, o.document_id,
  (SELECT m.figure_id FROM observation_mentions m WHERE m.observation_id = o.id AND m.agrees = 1
   AND m.figure_id IS NOT NULL ORDER BY m.start LIMIT 1) AS figure_id
FROM observations_history o
WHERE o.indicator = ? AND o.valid_to IS NULL AND o.scope = '' AND o.detail = '' AND o.obs_status IN ('A', 'E')
  AND o.period_end = ? AND o.time_period = ? AND o.unit_measure = ?
GROUP BY o.ref_area ORDER BY o.obs_value DESC LIMIT 60"""
_COMMON = """
WITH recent AS MATERIALIZED (
  SELECT time_period, period_end FROM observations_history
  INDEXED BY idx_observations_history_indicator_ref_area_period_end
  WHERE indicator = ? AND ref_area = ? AND valid_to IS NULL AND scope = '' AND detail = '' AND obs_status IN ('A', 'E')
  GROUP BY time_period, period_end ORDER BY period_end DESC LIMIT 24)
SELECT o.time_period, min(o.period_start) AS period_start, o.period_end, o.unit_measure, count(DISTINCT o.ref_area) AS n
FROM recent r
CROSS JOIN observations_history o ON o.indicator = ? AND o.period_end = r.period_end AND o.time_period = r.time_period
WHERE o.valid_to IS NULL AND o.scope = '' AND o.detail = '' AND o.obs_status IN ('A', 'E')
GROUP BY o.time_period, o.unit_measure HAVING n > 1 ORDER BY max(o.period_end) DESC, n DESC"""
#: as the view series_breaks, which is made for all series at once
_BREAKS = """
SELECT DISTINCT era, unit_measure, detail, comparable_since, break_note, min(period_start) OVER () AS first
FROM observations_history
WHERE indicator = ? AND ref_area = ? AND scope = '' AND detail = '' AND obs_status IN ('A', 'E')"""
STATUS = {"A": "đã thực hiện", "E": "ước tính", "F": "kế hoạch", "I": "kế hoạch suy ra"}


def indicators(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """Every indicator that there are observations of, by topic; the generated ones apart."""
    topics: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in kept(connection, "indicators", lambda: rows(connection, _ALL)):
        topics[row["topic"] or "khác"].append(row)
    return {
        "topics": dict(topics),
        "generated": kept(connection, "generated", lambda: rows(connection, _GENERATED)),
        "all_generated": kept(connection, "all generated", lambda: rows(connection, _ALL_GENERATED))[0]["n"],
    }


def indicator(connection: sqlite3.Connection, request: Request) -> dict[str, Any]:
    """One indicator, in the area that is asked for or the one with most observations."""
    code = request.url_vars["code"]
    row = one(connection, "SELECT * FROM indicators WHERE code = ?", code)
    if row is None:
        raise MissingError("Không có chỉ tiêu nào mang mã này. Trang Chỉ tiêu liệt kê mọi chỉ tiêu đang có số liệu.")
    places = rows(connection, _AREAS, code)
    named = names(connection, [place["ref_area"] for place in places])
    asked = request.args.get("dia-ban") or ""
    known = [place["ref_area"] for place in places]
    chosen = asked if asked in known else (known[0] if known else "")
    found = rows(connection, _SERIES, code, chosen) if chosen else []
    place = named.get(chosen, chosen)
    drawn = [row for row in found if not row["scope"] and not row["detail"]]
    return {
        "indicator": row,
        "described": catalogue().get(code),
        "places": [{**place, "name": named[place["ref_area"]]} for place in places],
        "chosen": chosen,
        "place": place,
        "rows": found,
        "chart": series(row, drawn, place),
        "planned": any(_planned(row["nature"], o, o["unit_measure"]) for o in drawn),
        "aside": side_by_side(connection, row, chosen, request.args.get("ky") or ""),
        "breaks": breaks(rows(connection, _BREAKS, code, chosen)),
        "status": STATUS,
        "csv": "/bantin/observations.csv?" + urlencode({"indicator": code, "ref_area": chosen, "_size": "max"}),
        "json": "/bantin/observations.json?" + urlencode({"indicator": code, "ref_area": chosen, "_shape": "array"}),
        "table": "/bantin/observations?" + urlencode({"indicator": code, "ref_area": chosen}),
    }


def breaks(found: list[dict[str, Any]]) -> list[str]:
    """Where the series of a whole area cannot be held against its earlier part, in words."""
    units = sorted({row["unit_measure"] for row in found})
    notes = {
        (row["comparable_since"], row["break_note"]) for row in found if row["comparable_since"] and row["break_note"]
    }
    made = [
        f"{note}: không nối số liệu trước và sau ngày {words.day(since)}."
        for since, note in sorted(notes)
        if any(row["first"] < since for row in found)
    ]
    if len({row["era"] for row in found}) > 1:
        made.append("Từ ngày 1/7/2025 không còn cấp huyện, phường xã được sắp xếp lại: không nối số liệu trước và sau.")
    if len(units) > 1:
        made.append(f"Có {len(units)} đơn vị tính ({', '.join(units)}): không so sánh trực tiếp.")
    return made


def series(row: dict[str, Any], found: list[dict[str, Any]], place: str) -> Markup | str:
    """Actual values as points joined within their series, plans as dashed levels over their year.

    A sum over a time is drawn where it counts from the first of January: those grow within a year and begin anew.
    """
    actual = [o for o in found if _drawn(row["nature"], o)]
    units = {o["unit_measure"] for o in actual}
    if not actual:
        return ""
    unit = max(units, key=lambda name: sum(o["unit_measure"] == name for o in actual))
    joined: dict[tuple[str, str, str], list[charts.Point]] = defaultdict(list)
    for o in sorted(actual, key=lambda o: (o["period_end"], o["period_start"])):
        if o["unit_measure"] != unit:
            continue
        year = o["period_end"][:4] if row["nature"] == "flow" else ""
        said = f"{words.period(o['period_start'], o['period_end'])}: {words.amount(o['obs_value'], unit)}"
        joined[(o["era"], o["comparable_since"] or "", year)].append(
            charts.Point(date.fromisoformat(o["period_end"]), o["obs_value"], said, o["verdict"] or "")
        )
    levels = [_level(o) for o in found if _planned(row["nature"], o, unit)]
    title = f"{words.safe(row['name'])}, {place}"
    text = "; ".join(point.text for line in joined.values() for point in line)
    return charts.lines(charts.Lines(list(joined.values()), levels), title=title, text=text, unit=unit)


def side_by_side(connection: sqlite3.Connection, row: dict[str, Any], place: str, asked: str) -> dict[str, Any] | None:
    """The areas that have a value for one period, and the periods that can be chosen."""
    periods = rows(connection, _COMMON, row["code"], place, row["code"])
    if not periods:
        return None
    best = max(period["n"] for period in periods)
    chosen = next((p for p in periods if p["time_period"] == asked), next(p for p in periods if p["n"] == best))
    found = rows(
        connection, _SIDE_BY_SIDE, row["code"], chosen["period_end"], chosen["time_period"], chosen["unit_measure"]
    )
    named = names(connection, [o["ref_area"] for o in found])
    made = [
        charts.Bar(
            label=named[o["ref_area"]],
            value=o["obs_value"],
            text=words.amount(o["obs_value"], o["unit_measure"]),
            mark="total" if any(other["ref_area"].startswith(o["ref_area"] + ".") for other in found) else "",
            href=f"/f/{o['figure_id']}" if o["figure_id"] else f"/ban-tin/{o['document_id']}",
        )
        for o in found
    ]
    said = words.period(found[0]["period_start"], found[0]["period_end"])
    title = f"{words.safe(row['name'])} theo địa bàn, {said}"
    return {
        "periods": periods,
        "chosen": chosen["time_period"],
        "said": said,
        "chart": charts.bars(made, title=title, text="; ".join(f"{bar.label}: {bar.text}" for bar in made)),
    }


def _drawn(nature: str | None, o: dict[str, Any]) -> bool:
    if o["obs_status"] not in ("A", "E"):
        return False
    return nature != "flow" or o["period_start"][5:] == "01-01"


def _planned(nature: str | None, o: dict[str, Any], unit: str) -> bool:
    """Whether it is a plan that the drawn values are held against: of the year or from its first day."""
    if o["obs_status"] not in ("F", "I") or o["unit_measure"] != unit:
        return False
    return nature != "flow" or o["period_start"][5:] == "01-01"


def _level(o: dict[str, Any]) -> charts.Level:
    year = o["period_end"][:4]
    first = date.fromisoformat(o["period_start"]) if o["period_start"] != o["period_end"] else date(int(year), 1, 1)
    said = words.period(o["period_start"], o["period_end"])
    text = f"{STATUS[o['obs_status']]} {said}: {words.amount(o['obs_value'], o['unit_measure'])}"
    return charts.Level(first, date.fromisoformat(o["period_end"]), o["obs_value"], text)
