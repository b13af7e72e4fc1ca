"""What is proposed in place of an unknown name."""

from __future__ import annotations

import doctest

import pytest

from db.export.meant import meant_area
from schemas import nearest
from schemas.areatable import default_table


def test_examples() -> None:
    assert doctest.testmod(nearest).failed == 0


@pytest.mark.parametrize(
    ("typed", "known", "found"),
    [
        ("ĐỐI THOẠI", ["doi_thoai", "dan_van_kheo"], ["doi_thoai"]),
        ("thoai", ["doi_thoai", "dan_van_kheo"], ["doi_thoai"]),
        ("20261127T01", ["20261127T013018Z-ingest", "20250101T000000Z-import"], ["20261127T013018Z-ingest"]),
        ("", ["doi_thoai"], []),
        ("?!", ["doi_thoai"], []),
        ("x", ["xlsx", "csv"], []),
        ("nirgends", ["hai-linh"], []),
    ],
)
def test_nearest(typed: str, known: list[str], found: list[str]) -> None:
    assert nearest.nearest(typed, known) == found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("quan ngo quyn", "(did you mean quận Ngô Quyền or"),
        ("31.quan-ngo-quyn", "(did you mean 31.quan-ngo-quyen or"),
        ("Lạch Sèn", "(did you mean 99.quan-hai-linh.lach-sen?)"),
        ("hai phong", ""),
        ("31.quan-ngo-quyen", ""),
        ("qqqq", ""),
    ],
)
def test_an_area_that_is_not_known(typed: str, said: str) -> None:
    asked = meant_area(default_table(), typed, ["99.quan-hai-linh.lach-sen"])
    assert said in asked and (said or not asked)


def test_what_is_proposed_does_not_steer_the_terminal() -> None:
    assert nearest.meant("ho ngheo", ["hộ nghèo\x1b[31m\n\x9b\u202e"]) == " (did you mean hộ nghèo [31m?)"
