"""The area of every figure of a document: its scope, else what the title begins with, else the source's area."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from extractors.areas.phrase import pieces, take_kind
from extractors.areas.resolve import resolve
from extractors.text.document import Document
from schemas.areas import Area, AreaAssignment, AreaReading
from schemas.areatable import AreaTable, default_table


class Scoped(Protocol):
    """A figure or mention: what is read of it is its scope."""

    @property
    def scope(self) -> str | None:
        """The words that say for which part of the area the figure holds."""
        ...


def assign_areas(
    document: Document, figures: Iterable[Scoped], source_area: str, on: date, table: AreaTable | None = None
) -> list[AreaAssignment]:
    """One assignment a figure, in order. ``on`` is the day the bulletin speaks of (its publication will do).

    Where a scope names several areas, one that is not on the list or several candidates, there is no one area: null,
    with the reason. A scope that is no place ("khối doanh nghiệp") leaves the area of the bulletin.
    """
    table = table or default_table()
    base = _base(document, source_area, on, table)
    read: dict[str | None, AreaAssignment] = {None: base, "": base}
    out = []
    for figure in figures:
        if figure.scope not in read:
            read[figure.scope] = _scoped(figure.scope or "", base, on, table)
        out.append(read[figure.scope])
    return out


def _base(document: Document, source_area: str, on: date, table: AreaTable) -> AreaAssignment:
    source = table.get(source_area, on)
    if source is None:
        return AreaAssignment(None, None, None, resolve("", source_area, on, table).how)
    named = _title_area(document.title or "", source, on, table)
    if named:
        return AreaAssignment(named.code, named.valid_from, named.level, f"title: {named.full_name}")
    return AreaAssignment(source.code, source.valid_from, source.level, "the area of the source")


def _title_area(title: str, source: Area, on: date, table: AreaTable) -> Area | None:
    """The area within the source's whose kind and name the title begins with: "Phường Cầu Tre: ra quân ..."."""
    kinds, rest = take_kind(title.strip())
    if not kinds or not rest:
        return None
    for size in (4, 3, 2, 1):
        words = rest.split()[:size]
        name = " ".join(words).rstrip(":,.-–")
        if len(words) < size or (not words[-1][0].isupper() and not words[-1][0].isdigit()):
            continue
        reading = resolve(f"{title.strip()[: len(title.strip()) - len(rest)]}{name}", source, on, table)
        if len(reading.areas) == 1 and _within(reading.areas[0], source, on, table):
            return reading.areas[0]
    return None


def _within(area: Area, source: Area, on: date, table: AreaTable) -> bool:
    at: Area | None = area
    while at is not None and at != source:
        at = table.parent(at, on)
    return at is not None


def _scoped(scope: str, base: AreaAssignment, on: date, table: AreaTable) -> AreaAssignment:
    if base.ref_area is None:
        return base
    reading = resolve(scope, base.ref_area, on, table)
    if reading.how.startswith("each: "):  # "mỗi phường 3 mô hình" is of one of them, whichever, not of all
        return AreaAssignment(None, None, reading.level, reading.how)
    if len(reading.areas) == 1:
        area = reading.areas[0]
        return AreaAssignment(area.code, area.valid_from, reading.level, reading.how)
    if not reading.areas:
        if reading.how.startswith("no area:") and not take_kind(pieces(scope)[0] if pieces(scope) else "")[0]:
            return AreaAssignment(
                base.ref_area, base.valid_from, base.level, f"{base.reason}; the scope is no area: {scope}"
            )
        return AreaAssignment(None, None, reading.level, reading.how)
    return _several(reading, on, table)


def _several(reading: AreaReading, on: date, table: AreaTable) -> AreaAssignment:
    """All areas of one parent taken together are the parent's; any other number has no code."""
    if reading.how.startswith("count: all"):
        parents = {table.parent(area, on) for area in reading.areas}
        if len(parents) == 1 and (parent := parents.pop()):
            return AreaAssignment(parent.code, parent.valid_from, reading.level, reading.how)
    lead = "ambiguous" if reading.ambiguous else "several areas"
    return AreaAssignment(None, None, reading.level, f"{lead}: {reading.how}")
