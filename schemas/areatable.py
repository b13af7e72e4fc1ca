"""The table of areas: lookup by code and day, parts of an area, what it became and what it was made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from schemas.areafiles import read_extra, read_packaged
from schemas.areanames import fold
from schemas.areas import Area, AreaShare, Successor
from schemas.areaslugs import with_slugs


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
                if area.overlaps(other):
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
        areas, rows = read_extra(text)
        larger = AreaTable(self, (row for rows in self._after.values() for row in rows))
        larger._add(areas, rows)
        return larger


def _stronger(known: AreaShare | None, share: AreaShare) -> AreaShare:
    """Two ways to one area: it is certain if one way is."""
    return share if known is None or (share.certain and not known.certain) else known


@cache
def default_table() -> AreaTable:
    """Việt Nam, from the packaged files; read once, on first use."""
    areas, rows = read_packaged()
    return AreaTable(with_slugs(areas), rows)


def load_extra(text: str, table: AreaTable | None = None) -> AreaTable:
    """The table with areas that a portal or a test brings: ``[[areas]]`` with code, name, kind and, where they apply,
    parent, valid_from, valid_to, note; ``[[successors]]`` with from, to, date and, where they apply, extent, basis.

    >>> made = load_extra('[[areas]]\\ncode = "99.huyen-x"\\nname = "X"\\nkind = "huyen"', AreaTable([], []))
    >>> made.get("99.huyen-x", date(2023, 1, 1)).full_name
    'huyện X'
    """
    return (table or default_table()).with_extra(text)
