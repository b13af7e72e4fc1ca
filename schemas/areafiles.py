"""What the files of areas say: the packaged CSV files of Việt Nam, and the TOML text that a portal or a test brings."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, cast, get_args

from schemas.areas import AREA_KINDS, Area, AreaKind, Extent, Successor

_V = TypeVar("_V")
_FILES = ("provinces.csv", "districts.csv", "hai_phong_before.csv", "wards_before.csv", "wards_after.csv")
_SUCCESSORS = "successors.csv"
_FIRST = date(2004, 7, 8)
_FIELDS = {"code", "name", "kind", "parent", "valid_from", "valid_to", "note"}


def read_packaged() -> tuple[list[Area], list[Successor]]:
    """Provinces, then districts, then wards, without readable codes; and what became what."""
    areas = [_area(row) for name in _FILES for row in _rows(name)]
    return areas, [_successor(row) for row in _rows(_SUCCESSORS)]


@cache
def areas_version() -> str:
    """A hash of the packaged files: what was placed by other ones is to be placed anew."""
    read = (files("schemas.data.areas").joinpath(name).read_bytes() for name in (*_FILES, _SUCCESSORS))
    return hashlib.sha256(b"".join(read)).hexdigest()[:12]


def _rows(name: str) -> list[dict[str, str]]:
    text = files("schemas.data.areas").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _area(row: dict[str, str]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        kind=_kind(row["kind"]),
        parent=row["parent"] or None,
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]) if row["valid_to"] else None,
        official=row["official"] == "1",
        start_known=row["start_known"] == "1",
        note=row["note"],
    )


def _successor(row: dict[str, str]) -> Successor:
    return Successor(
        source=(row["from_code"], _day(row["from_valid"])),
        target=(row["to_code"], _day(row["to_valid"])) if row["to_code"] else None,
        extent=_extent(row["extent"]),
        date=_day(row["date"]),
        certain=row["certain"] == "1",
        basis=row["basis"],
        note=row["note"],
    )


@cache
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _kind(text: str) -> AreaKind:
    if text not in AREA_KINDS:
        raise ValueError(f"kind of area: expected one of {', '.join(AREA_KINDS)}, found {text!r}")
    return cast(AreaKind, text)


def _extent(text: str) -> Extent:
    if text not in get_args(Extent):
        raise ValueError(f"extent: expected whole or part, found {text!r}")
    return cast(Extent, text)


def read_extra(text: str) -> tuple[list[Area], list[Successor]]:
    """The areas and successors of a TOML text. Raises ValueError (with entry and field) or KeyError for a bad one."""
    data: dict[str, Any] = tomllib.loads(text)
    areas = []
    for number, row in enumerate(data.get("areas", []), 1):
        called = f"area {number} ({row.get('code')!r})"
        if unknown := sorted(set(row) - _FIELDS):
            raise ValueError(f'{called}: field "{unknown[0]}": unknown {", ".join(unknown)}; known {sorted(_FIELDS)}')
        if missing := {"code", "name", "kind"} - set(row):
            raise ValueError(f"{called}: lacks {', '.join(sorted(missing))}")
        areas.append(
            Area(
                code=row["code"],
                name=row["name"],
                kind=_checked(called, "kind", _kind, row["kind"]),
                parent=row.get("parent"),
                valid_from=_checked(called, "valid_from", _as_day, row.get("valid_from")) or _FIRST,
                valid_to=_checked(called, "valid_to", _as_day, row.get("valid_to")),
                official=False,
                start_known="valid_from" in row,
                slug=row["code"],
                note=row.get("note", ""),
            )
        )
    rows = []
    for number, row in enumerate(data.get("successors", []), 1):
        called = f"successor {number} ({row['from']} -> {row['to']})"
        day = _checked(called, "date", _as_day, row["date"])
        assert day is not None
        source = next((a for a in areas if a.code == row["from"] and a.valid_on(day - timedelta(days=1))), None)
        target = next((a for a in areas if a.code == row["to"] and a.valid_on(day)), None)
        if source is None or target is None:
            raise ValueError(f"{called} on {day}: both must be areas of the same file, valid then")
        extent = _checked(called, "extent", _extent, row.get("extent", "whole"))
        rows.append(Successor(source.key, target.key, extent, day, basis=row.get("basis", "")))
    return areas, rows


def _checked(called: str, field: str, read: Callable[[Any], _V], value: Any) -> _V:
    """What a field says; what is wrong with it is said with the entry and the field."""
    try:
        return read(value)
    except (ValueError, TypeError) as error:
        raise ValueError(f'{called}: field "{field}": {error}') from None


def _as_day(value: Any) -> date | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(value)
