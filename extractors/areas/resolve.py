"""``resolve``: which areas a phrase means, for a source of one area, on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extractors.areas.phrase import bare, level_of, pieces, starts, take_count, take_kind, words
from schemas.areanames import key
from schemas.areas import Area, AreaKind, AreaLevel, AreaReading
from schemas.areatable import AreaTable, default_table

_ORDER: tuple[AreaLevel, ...] = ("province", "district", "ward")


def resolve(phrase: str, context: Area | str, on: date, table: AreaTable | None = None) -> AreaReading:
    """The areas that ``phrase`` names, seen from the area of the source on a day.

    "toàn quận" and "trên địa bàn" are one area; "phường Lạc Viên, Cầu Tre" are two; "cấp phường" is the area above,
    with ``level`` ward; "12 phường" are all its wards, if so many it has. A name is looked for in the context, then
    ever wider around it; several areas of one name at the narrowest width are all given, as ``ambiguous``.
    """
    table = table or default_table()
    here = table.get(context, on) if isinstance(context, str) else context
    if here is None or not here.valid_on(on):
        ended = here or next(iter(reversed(table.versions(str(context)))), None)
        known = (
            f"{ended.full_name} ({ended.code}) does not exist on {on}" if ended else f"no area has the code {context!r}"
        )
        return AreaReading((), None, known)
    text = bare(phrase)
    if not text:
        return AreaReading((here,), here.level, "ground: the area of the source")
    return _read(text, here, on, table)


def _read(text: str, here: Area, on: date, table: AreaTable) -> AreaReading:
    lower, vocabulary = text.lower(), words()
    if word := starts(lower, vocabulary.above):
        return AreaReading((), None, f"above the provinces: {word}")
    if word := starts(lower, vocabulary.below):
        return AreaReading((), None, f"below the wards: {word}")
    if word := starts(lower, tuple(vocabulary.levels)):
        level = _city_level(here, on, table) if word == "cấp thành phố" else vocabulary.levels[word]
        return _level(level, word, here, on, table)
    if word := starts(lower, vocabulary.whole):
        kinds, name = take_kind(text[len(word) :].strip())
        if kinds:
            return _named(name, kinds, here, on, table) if name else _own(kinds, f"whole: {lower}", here, on, table)
    count, rest = take_count(text)
    if count:
        return _counted(count, rest, here, on, table)
    if word := starts(lower, vocabulary.each):
        return _each(word, text[len(word) :].strip(), lower, here, on, table)
    several, tail = _kinds_of(text)
    if several and not tail:
        near = _level_here(tuple(several), here)
        if near and _ORDER.index(near) > _ORDER.index(here.level):
            return _level(near, lower, here, on, table)
        return _own(tuple(several), f"kind: {lower}", here, on, table)
    return _named(text, (), here, on, table)


def _level_here(kinds: tuple[AreaKind, ...], here: Area) -> AreaLevel | None:
    """A bare "thành phố" is the source's own where it is one."""
    return level_of(kinds, here.level if here.kind in kinds else None)


def _city_level(here: Area, on: date, table: AreaTable) -> AreaLevel:
    return "district" if any(a.kind == "thanh_pho_thuoc" for a in _lineage(here, on, table)) else "province"


def _lineage(area: Area, on: date, table: AreaTable) -> list[Area]:
    """The area and those it belongs to, up to the province."""
    found, at = [], area
    while True:
        found.append(at)
        above = table.parent(at, on)
        if above is None:
            return found
        at = above


def _own(kinds: tuple[AreaKind, ...], how: str, here: Area, on: date, table: AreaTable) -> AreaReading:
    """The area of the source, or the one it belongs to, that is of a kind ("toàn quận" said in a ward)."""
    for area in _lineage(here, on, table):
        if area.kind in kinds:
            return AreaReading((area,), area.level, how)
    return AreaReading((), None, f"{how}; {here.full_name} belongs to none on {on}")


def _level(level: AreaLevel, how: str, here: Area, on: date, table: AreaTable) -> AreaReading:
    """The areas of a level, taken together: within the source's area, or the one above that is of the level."""
    for area in _lineage(here, on, table):
        if area.level == level:
            return AreaReading((area,), level, f"level: {how}")
    below = _descendants(here, on, table)
    if any(area.level == level for area in below):
        return AreaReading((here,), level, f"level: {how}")
    return AreaReading((), level, f"level: {how}; there is none in {here.full_name} on {on}")


def _descendants(area: Area, on: date, table: AreaTable) -> list[Area]:
    children = table.children(area, on)
    return [*children, *(below for child in children for below in _descendants(child, on, table))]


def _of_kinds(kinds: Sequence[AreaKind], here: Area, on: date, table: AreaTable) -> tuple[Area | None, list[Area]]:
    """The nearest area around the source that holds areas of the kinds, and those."""
    for area in _lineage(here, on, table):
        found = [below for below in _descendants(area, on, table) if below.kind in kinds]
        if found:
            return area, found
    return None, []


def _kinds_of(text: str) -> tuple[list[AreaKind], str]:
    """The kinds of "xã, phường, thị trấn" and what is left of the text behind them."""
    kinds: list[AreaKind] = []
    while True:
        found, rest = take_kind(text.lstrip(" ,"))
        if not found or rest[:1].isupper() or rest[:1].isdigit():
            return kinds, text.lstrip(" ,")
        kinds += found
        text = rest.lstrip(" ,-/").removeprefix("và ")


def _counted(count: tuple[int, int | None], rest: str, here: Area, on: date, table: AreaTable) -> AreaReading:
    kinds, tail = _kinds_of(rest)
    if not kinds:
        one, tail = take_kind(rest)
        kinds = list(one)
    shown = f"{count[0]}/{count[1]}" if count[1] is not None else str(count[0])
    if not kinds:
        return AreaReading((), None, f"no area: {shown} {rest}")
    names = _named(tail, tuple(kinds), here, on, table) if tail[:1].isupper() else None
    if names and names.areas and len(names.areas) == count[0] and not names.ambiguous:
        return names
    around, found = _of_kinds(kinds, here, on, table)
    if around is None or tail:
        return AreaReading((), level_of(tuple(kinds)), f"count: {shown} {rest}; which is not said")
    there = f"{around.full_name} has {len(found)} on {on}"
    level = found[0].level
    if count[0] == len(found) and count[1] in (None, len(found)):
        return AreaReading(tuple(found), level, f"count: all {shown} of {around.full_name}")
    return AreaReading((), level, f"count: {shown} {rest}; {there}, which are meant is not said")


def _each(word: str, text: str, how: str, here: Area, on: date, table: AreaTable) -> AreaReading:
    if below := starts(text.lower(), words().below):
        return AreaReading((), None, f"below the wards: {below}")
    kinds, tail = _kinds_of(text)
    if tail:
        return _named(text, (), here, on, table)
    if not kinds:
        return AreaReading((), None, f"no area: {how}")
    around, found = _of_kinds(kinds, here, on, table)
    if around is None:
        return AreaReading((), level_of(tuple(kinds)), f"level: {how}; there is none around {here.full_name} on {on}")
    each = word in ("mỗi", "từng")
    return AreaReading((around,), found[0].level, f"each: {how}" if each else f"level: {how}")


def _named(text: str, kinds: tuple[AreaKind, ...], here: Area, on: date, table: AreaTable) -> AreaReading:
    """Every name of an enumeration; a kind holds until the next one is written.

    "phường Cầu Đất, quận Ngô Quyền" is one place: an area that follows another it belongs to only tells which.
    """
    found: list[Area] = []
    hows: list[str] = []
    ambiguous = False
    for piece in pieces(text):
        own, name = take_kind(piece)
        kinds = own or kinds
        areas, how = _one(name, kinds, here, on, table)
        if not areas:
            return AreaReading((), level_of(kinds), how)
        inside = [area for area in found if any(above in areas for above in _lineage(area, on, table)[1:])]
        if own and inside:
            ambiguous = ambiguous and len(inside) > 1
            found = inside
            continue
        ambiguous = ambiguous or len(areas) > 1
        found += [area for area in areas if area not in found]
        hows.append(how)
    if not found:
        return AreaReading((), None, f"no area: {text}")
    levels = {area.level for area in found}
    return AreaReading(tuple(found), levels.pop() if len(levels) == 1 else None, "; ".join(hows), ambiguous)


def _one(name: str, kinds: tuple[AreaKind, ...], here: Area, on: date, table: AreaTable) -> tuple[list[Area], str]:
    """The areas of a name at the narrowest width around the source where there are any."""
    if name.isdigit() and not kinds:
        return [], f"no area: {name}"
    fitting = [area for area in table.named(name) if not kinds or area.kind in kinds]
    fitting = [area for area in fitting if key(area.name) == key(name)] or fitting
    lineage = _lineage(here, on, table)
    today = [area for area in fitting if area.valid_on(on)]
    for around in lineage:
        near = [area for area in today if around in _lineage(area, on, table)]
        if near:
            return near, _says(near, f"name: {name} in {around.full_name}")
    codes = {area.code for area in lineage}
    other_days = [area for area in fitting if not area.valid_on(on) and codes & {area.code, area.parent}]
    if other_days:
        spans = ", ".join(f"{a.full_name} ({a.code}) {a.valid_from} to {a.valid_to or 'now'}" for a in other_days)
        return [], f"not on {on}: {spans}"
    if today and kinds:  # without a kind a far name is as likely a person's or a street's
        return today, _says(today, f"name: {name}, outside {lineage[-1].full_name}")
    return [], f"no area: {name}"


def _says(areas: list[Area], how: str) -> str:
    return how if len(areas) == 1 else f"{how}: {len(areas)} areas, {', '.join(a.slug for a in areas)}"
