"""The table of areas: lookup by code and day, parts of an area, what it became and what it was made of."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_args

from schemas.areanames import fold, slug
from schemas.areas import AREA_KINDS, KIND_NAMES, Area, AreaKind, AreaShare, Extent, Successor

_V = TypeVar("_V")
_FILES = ("provinces.csv", "districts.csv", "hai_phong_before.csv", "wards_before.csv", "wards_after.csv")
_SUCCESSORS = "successors.csv"
_FIRST = date(2004, 7, 8)
_FIELDS = {"code", "name", "kind", "parent", "valid_from", "valid_to", "note"}


class AreaTable:
    """Areas and successor rows with their indexes. Never changes; ``with_extra`` makes a larger one."""

    def __init__(self, areas: Iterable[Area], successors: Iterable[Successor]) -> None:
        self._by_code: dict[str, list[Area]] = defaultdict(list)
        self._children: dict[str, list[Area]] = defaultdict(list)
        self._by_name: dict[str, list[Area]] = defaultdict(list)
        self._by_slug: dict[str, list[Area]] = defaultdict(list)
        self._after: dict[tuple[str, date], list[Successor]] = defaultdict(list)
        self._before: dict[tuple[str, date], list[Successor]] = defaultdict(list)
        self._add(areas, successors)

    def _add(self, areas: Iterable[Area], successors: Iterable[Successor]) -> None:
        for area in areas:
            for other in self._by_code[area.code]:
                if _overlap(area, other):
                    raise ValueError(
                        f"area code {area.code!r} stands for {other.full_name} and {area.full_name} on the same day; "
                        "give one of them an end (valid_to) before the other begins"
                    )
            self._by_code[area.code].append(area)
            self._by_name[fold(area.name)].append(area)
            self._by_slug[area.slug].append(area)
            if area.parent:
                self._children[area.parent].append(area)
        for row in successors:
            self._after[row.source].append(row)
            if row.target:
                self._before[row.target].append(row)

    def __iter__(self) -> Iterator[Area]:
        return (area for areas in self._by_code.values() for area in areas)

    def get(self, code: str, on: date) -> Area | None:
        """The area that a code (or the readable code of a source file) stands for on a day; null if none does."""
        found = self._by_code.get(code) or self._by_slug.get(code) or []
        return next((area for area in found if area.valid_on(on)), None)

    def versions(self, code: str) -> tuple[Area, ...]:
        """All areas that ever had a code, oldest first."""
        found = self._by_code.get(code) or self._by_slug.get(code) or []
        return tuple(sorted(found, key=lambda area: area.valid_from))

    def named(self, name: str) -> list[Area]:
        """All areas of a name, without regard to marks, kind and day."""
        return self._by_name.get(fold(name), [])

    def parent(self, area: Area, on: date) -> Area | None:
        """The area it belongs to on a day."""
        return self.get(area.parent, on) if area.parent else None

    def children(self, area: Area, on: date) -> tuple[Area, ...]:
        """The areas right under an area that exist on a day, by code; none if it itself does not."""
        if not area.valid_on(on):
            return ()
        return tuple(sorted((a for a in self._children.get(area.code, ()) if a.valid_on(on)), key=lambda a: a.code))

    def below(self, area: Area) -> tuple[Area, ...]:
        """The areas that ever were right under an area, on whatever day."""
        return tuple(
            below
            for below in self._children.get(area.code, ())
            if below.valid_from <= (area.valid_to or date.max) and area.valid_from <= (below.valid_to or date.max)
        )

    def siblings(self, area: Area) -> tuple[Area, ...]:
        """The other areas that ever had the same parent."""
        return tuple(other for other in self._children.get(area.parent or "", ()) if other.key != area.key)

    def origins(self, area: Area) -> tuple[Successor, ...]:
        """The rows of the areas that became this one."""
        return tuple(self._before.get(area.key, ()))

    def fates(self, area: Area) -> tuple[Successor, ...]:
        """The rows of what this area became."""
        return tuple(self._after.get(area.key, ()))

    def successors(self, area: Area, on: date | None = None) -> tuple[AreaShare, ...]:
        """What an area became: the next areas, or with a day, those of that day over all reforms between.

        Several results mean that it was divided or is not known for sure; none is picked. An area that is still valid
        on the day is its own only successor, one that has not begun has none.
        """
        return self._walk(area, on, forward=True)

    def predecessors(self, area: Area, on: date | None = None) -> tuple[AreaShare, ...]:
        """What an area was made of; ``extent`` is the share of the earlier area that came here."""
        return self._walk(area, on, forward=False)

    def _walk(self, area: Area, on: date | None, forward: bool) -> tuple[AreaShare, ...]:
        if on is not None and area.valid_on(on):
            return (AreaShare(area, "whole", True),)
        if on is not None and (on < area.valid_from) == forward:
            return ()
        shares: dict[tuple[str, date] | None, AreaShare] = {}
        for row in (self._after if forward else self._before).get(area.key, ()):
            key = row.target if forward else row.source
            step = AreaShare(self._at(key) if key else None, row.extent, row.certain, row.note)
            for share in self._further(step, on, forward):
                known = share.area.key if share.area else None
                shares[known] = _stronger(shares.get(known), share)
        return tuple(shares.values())

    def _further(self, step: AreaShare, on: date | None, forward: bool) -> list[AreaShare]:
        if step.area is None or on is None:
            return [step]
        return [
            AreaShare(
                share.area,
                "whole" if step.extent == share.extent == "whole" else "part",
                step.certain and share.certain,
                "; ".join(note for note in (step.note, share.note) if note),
            )
            for share in self._walk(step.area, on, forward)
        ]

    def _at(self, key: tuple[str, date]) -> Area | None:
        return next((area for area in self._by_code.get(key[0], ()) if area.valid_from == key[1]), None)

    def with_extra(self, text: str) -> AreaTable:
        """This table and the areas of a TOML text (see ``load_extra``)."""
        areas, rows = _read_extra(tomllib.loads(text))
        larger = AreaTable(self, (row for rows in self._after.values() for row in rows))
        larger._add(areas, rows)
        return larger


def _overlap(one: Area, other: Area) -> bool:
    return other.valid_on(one.valid_from) or one.valid_on(other.valid_from)


def _stronger(known: AreaShare | None, share: AreaShare) -> AreaShare:
    """Two ways to one area: it is certain if one way is."""
    return share if known is None or (share.certain and not known.certain) else known


@cache
def default_table() -> AreaTable:
    """Việt Nam, from the packaged files; read once, on first use."""
    areas = [_area(row) for name in _FILES for row in _rows(name)]
    return AreaTable(with_slugs(areas), (_successor(row) for row in _rows(_SUCCESSORS)))


@cache
def areas_version() -> str:
    """A hash of the packaged files: what was placed by other ones is to be placed anew."""
    read = (files("schemas.data.areas").joinpath(name).read_bytes() for name in (*_FILES, _SUCCESSORS))
    return hashlib.sha256(b"".join(read)).hexdigest()[:12]


def load_extra(text: str, table: AreaTable | None = None) -> AreaTable:
    """The table with areas that a portal or a test brings: ``[[areas]]`` with code, name, kind and, where they apply,
    parent, valid_from, valid_to, note; ``[[successors]]`` with from, to, date and, where they apply, extent, basis.

    >>> made = load_extra('[[areas]]\\ncode = "99.huyen-x"\\nname = "X"\\nkind = "huyen"', AreaTable([], []))
    >>> made.get("99.huyen-x", date(2023, 1, 1)).full_name
    'huyện X'
    """
    return (table or default_table()).with_extra(text)


def with_slugs(areas: list[Area]) -> list[Area]:
    """The areas with their readable codes: province code, district with its kind, ward under the district by its name.

    A ward right under a province keeps its kind, as in "31.phuong-gia-vien".
    """
    slugs: dict[str, list[Area]] = defaultdict(list)
    made = []
    for area in areas:  # provinces, then districts, then wards
        if not area.official:
            made.append(replace(area, slug=area.code))
            continue
        if area.parent is None:
            text = area.code
        else:
            above = [a for a in slugs[area.parent] if _overlap(a, area)] or slugs[area.parent]
            stem = above[-1].slug if above else area.parent
            kind = slug(KIND_NAMES[area.kind]) + "-" if "." not in stem else ""
            text = f"{stem}.{kind}{slug(area.name)}"
        made.append(replace(area, slug=text))
        slugs[area.code].append(made[-1])
    alike = _alike(made)
    return [replace(area, slug=f"{area.slug}-{area.code}") if area.key in alike else area for area in made]


def _alike(areas: list[Area]) -> set[tuple[str, date]]:
    """The keys of areas that share a slug on some day: "Cẩm Giang" and "Cẩm Giàng"."""
    by_slug: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        by_slug[area.slug].append(area)
    groups = (group for group in by_slug.values() if len(group) > 1)
    return {
        one.key for group in groups for one in group for other in group if one is not other and _overlap(one, other)
    }


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
    return text  # type: ignore[return-value]


def _extent(text: str) -> Extent:
    if text not in get_args(Extent):
        raise ValueError(f"extent: expected whole or part, found {text!r}")
    return text  # type: ignore[return-value]


def _read_extra(data: dict[str, Any]) -> tuple[list[Area], list[Successor]]:
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
