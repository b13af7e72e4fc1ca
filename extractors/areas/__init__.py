"""Where: phrases to areas with codes, seen from the area and the day of the source; what areas became."""

from __future__ import annotations

from datetime import date

from extractors.areas.assign import assign_areas
from extractors.areas.changes import own_changes, ward_changes
from extractors.areas.resolve import resolve
from schemas.areafiles import areas_version
from schemas.areas import Area, AreaShare
from schemas.areatable import AreaTable, default_table, load_extra

__all__ = [
    "AreaTable",
    "areas_version",
    "assign_areas",
    "children",
    "default_table",
    "load_extra",
    "own_changes",
    "predecessors",
    "resolve",
    "successors",
    "ward_changes",
]


def successors(area: Area, on: date | None = None, table: AreaTable | None = None) -> tuple[AreaShare, ...]:
    """What an area became next, or was on a later day; see ``AreaTable.successors``."""
    return (table or default_table()).successors(area, on)


def predecessors(area: Area, on: date | None = None, table: AreaTable | None = None) -> tuple[AreaShare, ...]:
    """What an area was made of, or was on an earlier day; see ``AreaTable.predecessors``."""
    return (table or default_table()).predecessors(area, on)


def children(area: Area, on: date, table: AreaTable | None = None) -> tuple[Area, ...]:
    """The areas right under an area on a day."""
    return (table or default_table()).children(area, on)
