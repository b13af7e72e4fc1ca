"""When an area became another one under the same name, or was divided anew below: days that series may not cross."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.areas import Area
from schemas.areatable import AreaTable, default_table
from schemas.observations import REFORM

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A day before the reform on which something changed, in one Vietnamese sentence."""

    at: date
    vi: str


def own_changes(code: str, table: AreaTable | None = None) -> tuple[Change, ...]:
    """The days on which the area of a code took in others, gave a part away, or began anew under its name.

    Where open data do not say into which ward of a district another one went, each ward that stayed may have grown;
    the sentence says "có thể".

    >>> [change.at.isoformat() for change in own_changes("31.quan-ngo-quyen.gia-vien")]
    ['2025-01-01']
    """
    table = table or default_table()
    versions = table.versions(code)
    sure = {day for area in versions for day in _sure(area, versions, table) if day < REFORM}
    unsure = {day for area in versions for day in _unsure(area, table) if day < REFORM} - sure
    name = versions[-1].full_name if versions else ""
    made = [Change(day, f"Từ ngày {_said(day)}, địa giới {name} thay đổi do sắp xếp đơn vị hành chính") for day in sure]
    made += [
        Change(
            day,
            f"Từ ngày {_said(day)}, {name} có thể có thêm địa bàn: có đơn vị cùng cấp được nhập mà nguồn mở chưa nêu "
            "nhập vào đâu",
        )
        for day in unsure
    ]
    return tuple(sorted(made, key=lambda change: change.at))


def ward_changes(code: str, table: AreaTable | None = None) -> tuple[Change, ...]:
    """The days on which the wards below a district or province were other ones than the day before.

    >>> print(ward_changes("31.quan-ngo-quyen")[-1].vi)
    Từ ngày 01/01/2025, quận Ngô Quyền có 8 phường (trước đó 12)
    """
    table = table or default_table()
    made = []
    for area in table.versions(code):
        if area.level == "ward":
            continue
        wards = list(_wards(area, table))
        days = {ward.valid_from for ward in wards} | {ward.valid_to + _DAY for ward in wards if ward.valid_to}
        for day in sorted(days):
            if not (area.valid_on(day) and area.valid_on(day - _DAY) and day < REFORM):
                continue
            before, after = ([ward for ward in wards if ward.valid_on(at)] for at in (day - _DAY, day))
            if {ward.key for ward in before} != {ward.key for ward in after}:
                kinds = "phường" if all(ward.kind == "phuong" for ward in after) else "phường, xã, thị trấn"
                text = f"Từ ngày {_said(day)}, {area.full_name} có {len(after)} {kinds} (trước đó {len(before)})"
                made.append(Change(day, text))
    return tuple(made)


def _sure(area: Area, versions: tuple[Area, ...], table: AreaTable) -> Iterator[date]:
    for row in table.origins(area):
        if row.source != area.key:
            yield row.date
    if any(other.valid_from < area.valid_from for other in versions):
        yield area.valid_from
    for row in table.fates(area):
        if area.valid_on(row.date):
            yield row.date


def _unsure(area: Area, table: AreaTable) -> Iterator[date]:
    for other in table.siblings(area):
        for row in table.fates(other):
            if row.target is None and area.valid_on(row.date) and area.valid_on(row.date - _DAY):
                yield row.date


def _wards(area: Area, table: AreaTable) -> Iterator[Area]:
    for below in table.below(area):
        if below.level == "ward":
            yield below
        else:
            yield from _wards(below, table)


def _said(day: date) -> str:
    return f"{day:%d/%m/%Y}"
