"""Relation, direction, basis, approximation and status: ``{27|change up plan}``.

What a mark does not say is the ordinary case: ``level``, ``exact``, ``actual``, no direction, no basis.
"""

from __future__ import annotations

import pytest

from extractors.pipeline import extract_text
from schemas.figures import APPROXES, BASES, DIRECTIONS, RELATIONS, STATUSES
from tests.rows import Row, figures_by_place, rows

TABLE = rows(__package__)
_ORDINARY = {"level", "exact", "actual"}


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_how_each_figure_is_meant(row: Row) -> None:
    got = {}
    for (start, end), figure in figures_by_place(row.read()).items():
        said = {figure.relation, figure.direction, figure.basis, figure.approx, figure.status, None}
        got[f"{row.text[start:end]}@{start}"] = " ".join(
            sorted(word for word in said if word and word not in _ORDINARY)
        )
    wanted = {
        f"{row.text[mark.start : mark.end]}@{mark.start}": " ".join(sorted(set(mark.wanted.split()) - _ORDINARY))
        for mark in row.marks
    }
    assert got == wanted


def test_the_table_uses_every_code() -> None:
    words = {word for row in TABLE for mark in row.marks for word in mark.wanted.split()}
    assert words == {*RELATIONS, *DIRECTIONS, *BASES, *STATUSES, *APPROXES} - {"exact", "actual"}


def test_a_bare_percentage_is_a_score_of_the_index_that_the_title_names() -> None:
    text = "Đứng đầu là xã Hải Lĩnh, đạt 96,5%. Tỷ lệ hộ nghèo là 3%."
    found = extract_text(text, id="a", title="PAR INDEX 2023: bảng xếp hạng các xã")
    assert [figure.relation for figure in found.figures] == ["level", "share"]


def test_a_headline_takes_the_status_of_the_same_figure_in_the_text() -> None:
    text = "Hải Lĩnh di dời 7.000 dân\n\nNăm tới, xã sẽ di dời 7.000 nhân khẩu. Xã đã mở 7 lớp nghề."
    assert [figure.status for figure in extract_text(text, id="a").figures] == ["planned", "planned", "actual"]
