"""An area: a province, district or ward in the days it existed; and what it became.

Codes are recycled (11341 was phường Lạc Viên until 2024 and phường Gia Viên after it), so the key of an area is its
code **and** the day it begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

AreaKind = Literal[
    "tinh", "thanh_pho", "quan", "huyen", "thi_xa", "thanh_pho_thuoc", "phuong", "xa", "thi_tran", "dac_khu"
]
AreaLevel = Literal["province", "district", "ward"]
Extent = Literal["whole", "part"]

AREA_KINDS: tuple[str, ...] = get_args(AreaKind)
LEVELS: dict[AreaKind, AreaLevel] = {
    "tinh": "province",
    "thanh_pho": "province",
    "quan": "district",
    "huyen": "district",
    "thi_xa": "district",
    "thanh_pho_thuoc": "district",
    "phuong": "ward",
    "xa": "ward",
    "thi_tran": "ward",
    "dac_khu": "ward",
}
#: how each kind is written before a name
KIND_NAMES: dict[AreaKind, str] = {
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
    "quan": "quận",
    "huyen": "huyện",
    "thi_xa": "thị xã",
    "thanh_pho_thuoc": "thành phố",
    "phuong": "phường",
    "xa": "xã",
    "thi_tran": "thị trấn",
    "dac_khu": "đặc khu",
}


@dataclass(frozen=True, slots=True)
class Area:
    """One area with one code and one name from ``valid_from`` to ``valid_to``, both days included."""

    code: str
    #: without its kind: "Lạc Viên"
    name: str
    kind: AreaKind
    #: code of the area it belongs to, on the same day; null for a province
    parent: str | None
    valid_from: date
    #: null: still valid
    valid_to: date | None = None
    #: the code is one of the national list; else it was made from the name
    official: bool = True
    #: false: it existed on ``valid_from`` at the latest as far as the data say; the true first day is not known
    start_known: bool = True
    #: the readable code of source files: "31.quan-ngo-quyen.lac-vien"
    slug: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, date]:
        """What identifies an area: code and first day."""
        return self.code, self.valid_from

    @property
    def level(self) -> AreaLevel:
        """Province, district or ward."""
        return LEVELS[self.kind]

    @property
    def full_name(self) -> str:
        """Kind and name: "phường Lạc Viên"."""
        return f"{KIND_NAMES[self.kind]} {self.name}"

    def valid_on(self, day: date) -> bool:
        """Whether the area existed on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def overlaps(self, other: Area) -> bool:
        """Whether there is a day on which both existed."""
        return other.valid_on(self.valid_from) or self.valid_on(other.valid_from)


@dataclass(frozen=True, slots=True)
class Successor:
    """One area became (``whole``) or gave a ``part`` to another. ``target`` is null where no open source says which."""

    source: tuple[str, date]
    target: tuple[str, date] | None
    extent: Extent
    date: date
    #: false: inferred or not to be verified; ``note`` says from what
    certain: bool = True
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AreaShare:
    """An area reached over one or more reforms; ``area`` is null where the way ends in the unknown."""

    area: Area | None
    extent: Extent
    certain: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class AreaReading:
    """What a phrase says about where. ``areas`` is empty where nothing on that day fits; ``how`` says why."""

    areas: tuple[Area, ...]
    #: the level the figures are about: "cấp phường" of a quận has ``areas`` = (the quận,) and ``level`` ward
    level: AreaLevel | None
    how: str
    #: several areas answer to one name; all of them are in ``areas``
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class AreaAssignment:
    """The area of one figure: ``ref_area`` and ``valid_from`` are the area's key, null where there is no one area."""

    ref_area: str | None
    valid_from: date | None
    level: AreaLevel | None
    reason: str
