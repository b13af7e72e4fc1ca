"""The readable codes of areas, as source files write them: "31.quan-ngo-quyen.lac-vien"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from schemas.areanames import slug
from schemas.areas import KIND_NAMES, Area


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
            above = [a for a in slugs[area.parent] if a.overlaps(area)] or slugs[area.parent]
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
    return {one.key for group in groups for one in group for other in group if one is not other and one.overlaps(other)}
