"""Whose figure it is: the source's area, a part of it that the figure names, or one level of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from extractors.indicators.words import slug, words

#: (phrase, context area, day) -> the code of the one area that is meant, None where none or several are
Resolve = Callable[[str, str, date], "str | None"]

_WARDS = frozenset({"phuong", "xa", "thi", "tran", "phuong,", "co", "so"})
_UPPER = frozenset({"quan", "huyen", "tinh", "thanh", "pho"})
_AROUND = frozenset({"tren", "dia", "ban", "toan", "tai", "o", "cac", "cua", "cap", "noi", "thuoc"})
_NAMES_A_WARD = ("phường ", "xã ", "thị trấn ")
_DISTRICT = re.compile(
    r"(?<!\w)(?:[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|TP\.?) ([^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+)?)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """An area's code, the scope that is left ("" for the whole area), whether the figure is of the level of wards."""

    area: str
    scope: str
    ward: bool


def elsewhere(text: str, source: str) -> str | None:
    """A province or district that a text names and that is not of the source's code: its figures may be of there.

    >>> elsewhere("Huyện Cầu Ván về đích", "99.quan-hai-linh"), elsewhere("Quận Hải Lĩnh", "99.quan-hai-linh")
    ('Huyện Cầu Ván', None)
    """
    for found in _DISTRICT.finditer(text):
        name = " ".join(takewhile(str.istitle, found[1].split()))
        if " " in name and slug(name) not in source:
            return found[0].removesuffix(found[1]) + name
    return None


def ward_level(area: str) -> bool:
    """Whether an area's code is of a ward, commune or town.

    >>> ward_level("31.quan-ngo-quyen"), ward_level("31.quan-ngo-quyen.lac-vien"), ward_level("31.phuong-gia-vien")
    (False, True, True)
    """
    parts = area.split(".")
    return len(parts) > 2 or parts[-1].startswith(("phuong-", "xa-", "thi-tran-"))


def place_of_figure(scope: str | None, source: str, on: date, resolve: Resolve | None = None) -> Place:
    """Where a figure of a source's bulletin belongs, by its scope.

    With ``resolve`` a name that it does not know stays in the scope; without it a name becomes a code below the
    source's code.

    >>> place_of_figure("tại phường", "99.quan-hai-linh", date(2023, 1, 1))
    Place(area='99.quan-hai-linh', scope='cấp phường', ward=True)
    >>> place_of_figure("phường Ba Gò", "99.quan-hai-linh", date(2023, 1, 1)).area
    '99.quan-hai-linh.ba-go'
    """
    own = ward_level(source)
    if not scope:
        return Place(source, "", own)
    found = words(scope)
    rest = [word for word in found if word not in _AROUND]
    if "cap" in found and set(rest) <= _UPPER and rest:
        return Place(source, "cấp trên" if own else "cấp quận", False)
    if rest and set(rest) <= _WARDS:
        return Place(source, "" if own else "cấp phường", True)
    if not rest or set(rest) <= _UPPER:
        return Place(source, "", own)
    name = _name(scope)
    if name is not None:
        if resolve is not None:
            known = resolve(scope, source, on)
            return Place(known, "", ward_level(known)) if known else Place(source, " ".join(scope.split()), own)
        if slug(name) in (source.split(".")[-1], source.split(".")[-1].split("-", 1)[-1]):
            return Place(source, "", own)
        if not own:
            return Place(f"{source}.{slug(name)}", "", True)
    return Place(source, " ".join(scope.split()), own)


def _name(scope: str) -> str | None:
    """The proper name of a place in a scope: "phường Lạch Sen", "ở An Hạ", "Ba Gò"; None for anything else."""
    text = " ".join(scope.split())
    for lead in ("tại ", "ở ", "địa bàn ", "trên địa bàn "):
        if text.lower().startswith(lead):
            text = text[len(lead) :]
    for kind in (*_NAMES_A_WARD, "quận ", "huyện ", "toàn quận "):
        if text.lower().startswith(kind):
            text = text[len(kind) :]
    parts = text.split()
    named = 1 <= len(parts) <= 3 and all(part[0].isupper() and part[1:].islower() for part in parts if len(part) > 1)
    return text if named and all(len(part) > 1 for part in parts) else None
