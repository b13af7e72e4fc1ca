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
        ["2", "x.gian-hang.gian-hang", "gian hàng", "gian hàng", text],
        ["1", "x.xe-ban-hang.xe", "xe", "xe bán hàng", text],
    ]


def test_without_a_database_it_says_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_HOME", str(tmp_path))
    result = CliRunner().invoke(cli, ["indicators", "--unmapped"])
    assert result.exit_code == 2
    assert "bantin ingest" in result.output
