"""Where what is said can no longer be held against what was said before: areas and definitions that changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from extractors.areas.changes import own_changes, ward_changes
from extractors.indicators.words import words
from schemas.areatable import AreaTable, default_table
from schemas.indicators import Indicator, catalogue
from schemas.observations import REFORM, Break, Said

#: units that are wards themselves: their number changes when wards are merged
_WARD_UNITS = frozenset({"phuong", "xa", "thi", "tran"})


def with_breaks(
    said: Iterable[Said], *, known: dict[str, Indicator] | None = None, table: AreaTable | None = None
) -> list[Said]:
    """Each statement with the last break that its series has before the end of its period."""
    entries = catalogue() if known is None else known
    areas = table or default_table()
    return [replace(one, broken=_last(one, entries.get(one.indicator), areas)) for one in said]


def by_wards(scope: str, unit: str) -> bool:
    """Whether a value depends on how an area is divided into wards: it is of their level, or counts them.

    >>> by_wards("cấp phường", "cuộc"), by_wards("", "phường"), by_wards("", "hộ"), by_wards("tổ chức xã hội", "hộ")
    (True, True, False, False)
    """
    at = words(scope)
    of_level = "phuong" in at or any(word == "xa" and at[i + 1 : i + 2] != ("hoi",) for i, word in enumerate(at))
    return of_level or (bool(words(unit)) and _WARD_UNITS.issuperset(words(unit)))


def _last(one: Said, entry: Indicator | None, areas: AreaTable) -> Break | None:
    breaks = list(_of_area(one.ref_area, by_wards(one.scope, one.unit), areas))
    if entry is not None:
        breaks += [Break(row.at, "definition", row.vi) for row in entry.breaks]
    # after the reform everything is another series already, however it was divided before
    first = REFORM if one.period_start >= REFORM else None
    reached = [found for found in breaks if found.at <= one.period_end and (first is None or found.at >= first)]
    return max(reached, key=lambda found: (found.at, found.reason), default=None)


@lru_cache(maxsize=4096)
def _of_area(code: str, wards: bool, areas: AreaTable) -> tuple[Break, ...]:
    changes = [*own_changes(code, areas), *(ward_changes(code, areas) if wards else ())]
    return tuple(Break(change.at, "area", change.vi) for change in changes)
