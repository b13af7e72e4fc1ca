"""What to type instead, where an export let nothing through."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from db.areas import area_table
from db.export.selection import Filter, bare_slug
from schemas.areanames import slug
from schemas.areas import Area
from schemas.areatable import AreaTable
from schemas.nearest import meant, nearest, question

_KNOWN = "SELECT 1 FROM indicators WHERE code = :wanted OR name = :wanted LIMIT 1"
_LISTED = "SELECT name, code FROM indicators WHERE generated = 0 ORDER BY code"
#: generated ones are a thousand times those of the catalogue, so of these a stretch of codes, which are the table's key
_GENERATED = "SELECT name, code FROM indicators WHERE code >= :begin AND code < :begin || '{' ORDER BY code LIMIT 300"
_OBSERVED_AREAS = "SELECT DISTINCT ref_area FROM observations_history WHERE valid_to IS NULL AND ref_area IS NOT NULL"
#: words of an indicator that are looked for
_WORDS = 8
#: how many of the areas that there are an empty export names
_NAMED = 8


def hints(db: Database, wanted: Filter) -> list[str]:
    """What to type instead, where a filter let nothing through."""
    said = []
    if wanted.indicator is not None:
        near = meant_indicator(db, wanted.indicator)
        lists = "bantin indicators lists codes and names, --unmapped the others"
        said.append(f"--indicator {wanted.indicator}{near}: {lists}")
    if wanted.area is not None:
        sql = """SELECT ref_area FROM observations_history WHERE valid_to IS NULL
        GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?"""
        areas = [row[0] for row in db.conn.execute(sql, (_NAMED,))]
        most = f"; most is known of {', '.join(areas)}" if areas else ""
        near = meant_area(area_table(db.conn), wanted.area, [row[0] for row in db.conn.execute(_OBSERVED_AREAS)])
        said.append(f"--area {wanted.area}{near}: expected a code or words of a name{most}")
    return said


def meant_indicator(db: Database, wanted: str) -> str:
    """The question behind an indicator that is not known, empty behind one that is.

    Those that people know come first, what the catalogue names; then the generated ones whose codes begin as the words
    do, with as many of the words as any code has.
    """
    if db.conn.execute(_KNOWN, {"wanted": wanted}).fetchone():
        return ""
    found = nearest(wanted, _either(db.conn.execute(_LISTED)))
    for begin in _beginnings(slug(wanted.removeprefix("x."))):
        if found:
            break
        found = nearest(wanted, _either(db.conn.execute(_GENERATED, {"begin": f"x.{begin}"})))
    return question(found)


def _either(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [name for row in rows for name in row]


def _beginnings(typed: str) -> list[str]:
    """Beginnings of a slug, the longest first: of whole words, then of the first letters alone.

    >>> _beginnings("ngheo-moi"), _beginnings("")
    (['ngheo-moi', 'ngheo', 'ngh', 'n'], [])
    """
    words = typed.split("-")[:_WORDS]
    heads = ["-".join(words[:count]) for count in range(len(words), 0, -1)]
    return [part for part in dict.fromkeys((*heads, words[0][:3], words[0][:1])) if part]


def meant_area(areas: AreaTable, wanted: str, first: Iterable[str] = ()) -> str:
    """The question behind an area that is not known, empty behind one that is.

    The codes in ``first`` are looked at before all others: the country has many areas of nearly every name.
    """
    if any(areas.versions(wanted)) or areas.named(wanted):
        return ""
    here = dict.fromkeys(first)
    names = {name for code in here for area in areas.versions(code) for name in _names(area, wanted)}
    # of an area that is in no table the code is all that names it
    ends = {code.rpartition(".")[2]: code for code in here if not areas.versions(code)}
    return (
        meant(wanted, sorted(names))
        or question([ends[end] for end in nearest(bare_slug(slug(wanted)), ends)])
        or meant(wanted, sorted({name for area in areas for name in _names(area, wanted)}))
    )


def _names(area: Area, wanted: str) -> tuple[str, ...]:
    return (area.slug,) if "." in wanted else (area.name, area.full_name)
