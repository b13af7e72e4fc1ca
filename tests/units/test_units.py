"""Kind, unit and value of every figure: ``{28 triệu|money đồng/người/năm =28000000}``, ``-`` for no unit."""

from __future__ import annotations

import doctest

import pytest

from extractors.units import read, read_unit
from schemas.figures import plain
from tests.rows import Row, figures_by_place, rows


@pytest.mark.parametrize("row", rows(__package__), ids=str)
def test_kind_unit_and_value(row: Row) -> None:
    found = figures_by_place(row.read())
    got = {
        row.text[start:end] + f"@{start}": " ".join([figure.kind, figure.unit or "-", f"={plain(figure.value)}"])
        for (start, end), figure in found.items()
    }
    wanted = {}
    for mark in row.marks:
        key = row.text[mark.start : mark.end] + f"@{mark.start}"
        wanted[key] = mark.wanted
        if "=" not in mark.wanted and key in got:
            got[key] = got[key].rsplit(" =", 1)[0]
    assert got == wanted


def test_the_unit_stands_where_it_says() -> None:
    text = "thu nhập 65 triệu đồng/người/năm, tăng 12%"
    unit = read_unit(text, text.index(" đồng"), magnitude=True)
    assert unit is not None
    assert (text[unit.start : unit.end], unit.kind, unit.source) == ("đồng/người/năm", "money", "symbol")


@pytest.mark.parametrize("behind", [" và các xã", " của huyện", ", trong đó", ".", "", " đã hoàn thành", "/KH"])
def test_what_counts_nothing_is_no_unit(behind: str) -> None:
    assert read_unit(behind, 0) is None


def test_doctests() -> None:
    assert doctest.testmod(read).failed == 0
