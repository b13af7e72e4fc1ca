"""Which rows and columns an export has: a view, filtered, with the columns that only an export needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import quote as url_quote

from sqlite_utils import Database

from db.areas import area_table
from db.ddl import quoted
from db.export.cells import sdmx, vietnamese
from schemas.areanames import slug
from schemas.areas import KIND_NAMES
from schemas.areatable import AreaTable, default_table
from schemas.tables import Column, Table, views

What = Literal["figures", "observations"]
FieldType = Literal["string", "number", "integer", "date"]
Value = str | int | Decimal | date | None

_VIEWS: dict[What, str] = {"figures": "figures_full", "observations": "observations"}
#: keys of this database alone, and what only the extractor's makers read
_LEFT_OUT = {"key", "evidence", "search_key"}
_DATES = {"period_start", "period_end"}
_TYPES: dict[str, FieldType] = {"text": "string", "integer": "integer", "real": "number"}
_TRACE = "/bantin/trace_figure?id="
#: the figures that current observations were made from
_OBSERVED = """id IN (SELECT m.figure_id FROM observations_history o JOIN indicators i ON i.code = o.indicator
JOIN observation_mentions m ON m.observation_id = o.id WHERE o.valid_to IS NULL AND ({condition}))"""


class ExportError(Exception):
    """What cannot be exported, and what to type instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """None lets everything through. ``since``: figures of bulletins published, observations of periods ending then."""

    since: date | None = None
    indicator: str | None = None
    area: str | None = None

    def __str__(self) -> str:
        """The filter in Vietnamese, empty where there is none."""
        said = {"từ ngày": self.since, "chỉ tiêu": self.indicator, "địa bàn": self.area}
        return "; ".join(f"{name} {value}" for name, value in said.items() if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of the export, with the texts of the view's column or its own."""

    name: str
    type: FieldType
    vi: str
    en: str
    required: bool = False
    unit: str | None = None
    warning: str | None = None
    choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported. ``rows`` reads from the database as it goes, each row in the order of ``fields``."""

    what: What
    title: str
    vi: str
    en: str
    fields: tuple[Field, ...]
    key: str | None
    filter: Filter
    rows: Iterator[tuple[Value, ...]]


def select(db: Database, what: What, filter: Filter | None = None, *, base_url: str = "") -> Selection:
    """The rows of a view, in the order they were loaded. ``base_url`` is where Datasette is served, for permalinks."""
    view = views().get(_VIEWS[what])
    if view is None:
        raise ExportError(f"this version has no view {_VIEWS[what]} yet; bantin export --what figures exports figures")
    wanted = filter or Filter()
    shown = [column for column in view.columns if column.name not in _LEFT_OUT]
    extra = _extra(view)
    names = {column.name for column in view.columns}
    key = "id" if "id" in names else None
    fields = [_field(column, key) for column in shown]
    at = next((i + 1 for i, f in enumerate(fields) if f.name == _value_of(names)), len(fields))
    # id first: what a row is; the Vietnamese number beside the number; the rest at the end
    beside = [i for i, f in enumerate(extra) if f.name.endswith("_vi")]
    ordered = [*fields[:at], *(extra[i] for i in beside), *fields[at:]]
    ordered += [f for i, f in enumerate(extra) if i not in beside]
    ordered.sort(key=lambda f: f.name != key)
    where, values = _where(view, wanted, what, area_table(db.conn) if wanted.area else None)
    order = quoted("key") if "key" in names else quoted(key) if key else "1"
    columns = ", ".join(quoted(column.name) for column in view.columns)
    sql = f"SELECT {columns} FROM {quoted(view.name)}{where} ORDER BY {order}"
    rows = _rows(db, sql, values, tuple(ordered), base_url.rstrip("/"))
    return Selection(what, view.title, view.vi, view.en, tuple(ordered), key, wanted, rows)


def _field(column: Column, key: str | None) -> Field:
    kind = "date" if column.name in _DATES else _TYPES[column.type]
    required = column.name == key or (kind in ("number", "integer") and not column.null)
    return Field(
        name=column.name,
        type=kind,
        vi=column.vi,
        en=column.en,
        required=required,
        unit=column.unit,
        warning=column.warning,
        choices=column.choices,
    )


def _value_of(names: set[str]) -> str | None:
    return next((name for name in ("used_value", "obs_value", "value") if name in names), None)


def _extra(view: Table) -> list[Field]:
    """The columns that only an export has, as far as the view has what they are made from."""
    names = {column.name for column in view.columns}
    made = []
    value = _value_of(names)
    if value:
        vi = f"Giá trị ở cột {value}, viết theo cách viết số của Việt Nam"
        made.append(Field(name=f"{value}_vi", type="string", vi=vi, en=f"{value} as Vietnamese write numbers"))
    if names >= _DATES and "time_period" not in names:
        vi = "Kỳ số liệu theo chuẩn SDMX"
        made.append(Field(name="time_period", type="string", vi=vi, en="The period as SDMX writes it"))
    if {"id", "quote"} <= names:
        vi = "Đường dẫn truy nguồn số liệu trong Datasette"
        made.append(Field(name="permalink", type="string", vi=vi, en="Where Datasette traces the figure"))
    if {"url", "source_name"} <= names:
        vi = "Cách trích dẫn số liệu này"
        made.append(Field(name="citation", type="string", vi=vi, en="How to cite this row"))
    return made


def _where(view: Table, wanted: Filter, what: What, areas: AreaTable | None) -> tuple[str, dict[str, Any]]:
    names = [column.name for column in view.columns]
    parts, values = [], {}
    if wanted.since is not None:
        dates = ("published", "captured") if what == "figures" else ("period_end", "time_period", "published")
        known = [quoted(name) for name in dates if name in names]
        if not known:
            raise ExportError(f"the view {view.name} has no dates; export without --since")
        parts.append(f"coalesce({', '.join(known)}, NULL) >= :since")
        values["since"] = wanted.since.isoformat()
    if wanted.indicator is not None:
        words = [name for name in names if name.startswith("indicator_")] or ["subject"]
        said = _is_or_says("indicator", "indicator", words, view)
        if what == "figures":
            said += f" OR {_OBSERVED.format(condition='o.indicator = :indicator OR ' + _says('i.name', 'indicator'))}"
        parts.append(said)
        values["indicator"] = wanted.indicator
    if wanted.area is not None:
        words = [name for name in names if name.startswith(("ref_area_", "area_"))] + ["scope"]
        said = _is_or_says("area", "ref_area", words, view)
        if "source" in names:
            said += f" OR source IN (SELECT code FROM sources WHERE {_is('area', 'area')})"
        codes = _area_codes(wanted.area, areas)
        named = "ref_area" if "ref_area" in names else "o.ref_area" if what == "figures" else None
        if named:
            lies = " OR ".join([_is(named, "area"), *(_is(named, param) for param in codes if param != "area_slug")])
            if "area_slug" in codes:
                lies += f" OR instr('-' || replace({named}, '.', '-') || '-', '-' || :area_slug || '-') > 0"
            said += f" OR {lies if named == 'ref_area' else _OBSERVED.format(condition=lies)}"
        parts.append(said)
        values |= {"area": wanted.area, **codes}
    return (" WHERE " + " AND ".join(f"({part})" for part in parts) if parts else ""), values


def _is_or_says(param: str, code: str, words: list[str], view: Table) -> str:
    """Whether the code column is this code, or a column of words has the words in it, accents and case apart."""
    names = {column.name for column in view.columns}
    parts = [_is(quoted(code), param)] if code in names else []
    parts += [_says(quoted(name), param) for name in words if name in names]
    if not parts:
        raise ExportError(f"the view {view.name} has no column to find --{param} in; export without it")
    return " OR ".join(parts)


def _is(column: str, param: str) -> str:
    """Whether a code is the wanted one, or lies below it ("31.quan-ngo-quyen" below "31")."""
    return f"{column} = :{param} OR substr({column}, 1, length(:{param}) + 1) = :{param} || '.'"


def _says(column: str, param: str) -> str:
    return f"instr(fold({column}), fold(:{param})) > 0"


def _area_codes(wanted: str, areas: AreaTable | None = None) -> dict[str, str]:
    """Parameters for the areas that words name: their words in a readable code, and codes that do not hold the name.

    >>> _area_codes("phường Lạc Viên"), _area_codes("Hải Phòng")["area_1"], _area_codes("31.quan-ngo-quyen")
    ({'area_slug': 'lac-vien'}, '31', {})
    """
    words = slug(wanted)
    if "." in wanted or not words or words.isdigit():
        return {}
    bare = bare_slug(words)
    plain = {area.slug for area in (areas or default_table()).named(bare.replace("-", " ")) if bare not in area.slug}
    return {"area_slug": bare, **{f"area_{i}": code for i, code in enumerate(sorted(plain), 1)}}


def bare_slug(words: str) -> str:
    """A slug without the kind of area that it begins with."""
    kinds = sorted({f"{slug(kind)}-" for kind in KIND_NAMES.values()}, key=len, reverse=True)
    return next((words.removeprefix(kind) for kind in kinds if words.startswith(kind)), words)


def _rows(
    db: Database, sql: str, values: dict[str, Any], fields: tuple[Field, ...], base_url: str
) -> Iterator[tuple[Value, ...]]:
    cursor = db.conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    value = _value_of(set(names))
    for row in cursor:
        known: dict[str, Any] = dict(zip(names, row, strict=True))
        yield tuple(_made(f, known, value, base_url) for f in fields)


def _made(wanted: Field, row: dict[str, Any], value: str | None, base_url: str) -> Value:
    if wanted.name in row:
        return _typed(row[wanted.name], wanted.type)
    if wanted.name == "time_period":
        start, end = row["period_start"], row["period_end"]
        return sdmx(date.fromisoformat(start), date.fromisoformat(end)) if start and end else None
    if wanted.name == "permalink":
        return f"{base_url}{_TRACE}{url_quote(str(row['id']))}"
    if wanted.name == "citation":
        return _citation(row)
    number = _typed(row[value or ""], "number")
    return vietnamese(number) if isinstance(number, Decimal) else None


def _typed(value: Any, kind: FieldType) -> Value:
    if value is None or kind in ("string", "integer"):
        return value if value is None or kind == "integer" else str(value)
    if kind == "date":
        return date.fromisoformat(value)
    return Decimal(repr(value))  # the shortest digits that mean this float: 92.3, not 92.2999999...


def _citation(row: dict[str, Any]) -> str:
    title = f"“{row['title']}”, " if row.get("title") else ""
    published = str(row.get("published") or "")[:10]
    day = f"{'/'.join(reversed(published.split('-')))}, " if published else ""
    number = f"; số liệu “{row['quote']}”, mã {row['id']}" if row.get("quote") and row.get("id") else ""
    return f"{row['source_name']}, {title}{day}{row['url']}{number}"
