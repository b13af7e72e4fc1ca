"""``bantin indicators``: the catalogue, and what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from db.home import Home
from flows.cli import cli
from flows.observe import refresh
from flows.unmapped import nameless
from schemas.areatable import default_table
from schemas.documents import Extraction
from schemas.figures import Period
from tests.db.support import World, capture, figure


def test_the_catalogue_is_listed() -> None:
    result = CliRunner().invoke(cli, ["indicators"])
    lines = [line.split("\t") for line in result.output.splitlines()]
    assert lines[0] == ["code", "name", "unit", "nature", "topic", "official code"]
    assert ["ho_ngheo", "Số hộ nghèo", "hộ", "stock", "giảm nghèo", "-"] in lines


def test_what_has_no_indicator_is_listed_most_frequent_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path).create()
    monkeypatch.setenv("BANTIN_HOME", str(tmp_path))
    world = World(home.database.parent)
    assert world.path == home.database
    text = "Quý I có 7 xe bán hàng; 5 gian hàng, nay là 5 gian hàng."
    period = Period(date(2023, 1, 1), date(2023, 3, 31))
    stall = figure(text, "5", "5", unit="gian hàng", subject="gian hàng", period=period)
    second = replace(stall, start=text.rindex("5"), end=text.rindex("5") + 1)
    van = figure(text, "7", "7", unit="xe", subject="xe bán hàng", period=period)
    made = Extraction("d", None, None, text, (van, stall, second), (), ())
    world.load(world.take(capture()), text, extraction=made)
    refresh(world.db)
    result = CliRunner().invoke(cli, ["indicators", "--unmapped"])
    assert result.exit_code == 0
    assert [line.split("\t") for line in result.output.splitlines()[1:]] == [
        ["1", "2", "x.gian-hang.gian-hang", "gian hàng", "gian hàng", text],
        ["1", "1", "x.xe-ban-hang.xe", "xe", "xe bán hàng", text],
    ]


def test_without_a_database_it_says_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_HOME", str(tmp_path))
    result = CliRunner().invoke(cli, ["indicators", "--unmapped"])
    assert result.exit_code == 2
    assert "bantin ingest" in result.output


def test_subjects_that_name_something_come_before_what_tables_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path).create()
    monkeypatch.setenv("BANTIN_HOME", str(tmp_path))
    world = World(home.database.parent)
    period = Period(date(2023, 1, 1), date(2023, 3, 31))
    rows = "1 | An Hạ | 31,5\n2 | Bến Gỗ | 32,5\n3 | Cầu Mây | 33,5"
    cells = [
        figure(rows, quote, quote.replace(",", "."), unit="%", subject=subject, period=period)
        for quote, subject in (("31,5", "Tỷ lệ"), ("32,5", "Tỷ lệ"), ("33,5", "3 | Cầu Mây"))
    ]
    world.load(world.take(capture()), rows, extraction=Extraction("d", None, None, rows, tuple(cells), (), ()))
    for number, text in enumerate(("Quý I có 7 xe bán hàng.", "Toàn quận có 7 xe bán hàng, 4 gian hàng.")):
        period = Period(date(2023 + number, 1, 1), date(2023 + number, 3, 31))
        vans = [figure(text, "7", "7", unit="xe", subject="xe bán hàng", period=period)]
        if "gian" in text:
            vans.append(figure(text, "4", "4", unit="gian hàng", subject="gian hàng", period=period))
        page = capture(f"https://quan.example/{number}.html")
        world.load(world.take(page), text, extraction=Extraction("d", None, None, text, tuple(vans), (), ()))
    refresh(world.db)
    said = CliRunner().invoke(cli, ["indicators", "--unmapped"])
    assert [line.split("\t")[:2] + line.split("\t")[4:5] for line in said.stdout.splitlines()[1:]] == [
        ["2", "2", "xe bán hàng"],
        ["1", "1", "gian hàng"],
    ]
    assert "2 whose subject names nothing are left out" in said.stderr
    every = CliRunner().invoke(cli, ["indicators", "--unmapped", "--all"])
    assert {line.split("\t")[4] for line in every.stdout.splitlines()[1:]} > {"Tỷ lệ"} and every.stderr == ""
    assert every.stdout.splitlines()[1].split("\t")[4] == "xe bán hàng"


@pytest.mark.parametrize(
    ("subject", "empty"),
    [
        ("Tỷ lệ (%)", True),
        ("Tổng số", True),
        ("so với cùng kỳ năm trước", True),
        ("1 | Lạc Viên | 12", True),
        ("Lạc Viên", True),
        ("x", True),
        (None, True),
        ("tỷ lệ hộ nghèo", False),
        ("Tổng số hộ", False),
        ("năm học mới", False),
        ("đối thoại", False),
        ("người", False),
    ],
)
def test_a_subject_that_names_nothing(subject: str | None, empty: bool) -> None:
    assert nameless(subject, default_table()) is empty
