"""Configuration files that cannot be used: said before a run begins, with file, line and what to type."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.home import Home
from flows.cli import cli
from flows.configured import ConfigurationError
from schemas import tomlplace
from tests.flows.ingesting import rows
from tests.portal.server import SamplePortal

AREA = '[[areas]]\ncode = "99.x"\nname = "X"\n'
SITE = 'name = "x"\nurl = "https://a.example/"\narea = "1"\nfamily = "nukeviet4"\n'
CORRECTION = """\
[[correction]]
mention = "3f9a01"
expect = { value = "300" }
set = { value = "301" }
reason = "r"
author = "a"
date = 2023-10-01
"""


def run(home: Home, *words: str | Path) -> Result:
    return CliRunner(env={"BANTIN_HOME": str(home.root)}).invoke(cli, [str(word) for word in words])


def test_examples() -> None:
    assert doctest.testmod(tomlplace).failed == 0


#: file, what stands in it, the line that is named
BROKEN = [
    ("areas.toml", AREA + 'kind = "làng"\n', 4),
    ("areas.toml", AREA, 2),
    ("areas.toml", "[[areas]\n", 1),
    ("areas.toml", AREA + 'kind = "huyen"\nparrent = "99"\n', 2),
    ("sites/mot.toml", "url =", 1),
    ("sites/mot.toml", SITE.replace("https", "ftp") + 'feeds = ["/rss/"]\n', 2),
    ("sites/mot.toml", SITE.replace("nukeviet4", "nukeviet"), 4),
    ("sites/mot.toml", SITE + 'feeds = ["/rss/"]\n[selectors]\nbody = "<<"\n', 7),
]


@pytest.mark.parametrize(("name", "text", "line"), BROKEN)
def test_a_run_that_needs_a_broken_file_does_not_begin(
    portal: SamplePortal, filled: Home, name: str, text: str, line: int, tmp_path: Path
) -> None:
    (filled.root / name).write_text(text, encoding="utf-8")
    (tmp_path / "tin.html").write_text("<p>Quận có 12 mô hình.</p>", encoding="utf-8")
    before = rows(filled, "SELECT count(*) FROM runs")
    for words in (
        ["ingest", "--direct"],
        ["ingest"],
        ["ingest", "--dry-run"],
        ["import", tmp_path / "tin.html"],
        ["reextract", "--direct"],
        ["schedule"],
    ):
        said = run(filled, *words)
        assert said.exit_code == 2, words
        assert (
            f"{filled.root / name}, line {line}: " in said.output
            and "once mended: bantin doctor --offline" in said.output
        )
    assert rows(filled, "SELECT count(*) FROM runs") == before
    assert portal.requests == []
    assert run(filled, "doctor", "--offline").exit_code == 1


def test_a_night_that_needs_a_broken_file_does_not_begin(filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.nightly.flow import nightly

    monkeypatch.setenv("BANTIN_HOME", str(filled.root))
    (filled.root / "areas.toml").write_text("[[areas]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"areas\.toml, line 1: "):
        nightly.fn()


@pytest.mark.parametrize(
    ("name", "text", "line", "advice"),
    [
        ("corrections.toml", CORRECTION + CORRECTION.replace("reason", "raison"), 8, "bantin corrections apply"),
        ("corrections.toml", "[[correction]\n", 1, "bantin corrections apply"),
        ("bantin.toml", "[notify]\nmail = 1\n", 2, "expected something like"),
        ("bantin.toml", "[notify\n", 1, "expected lines like"),
    ],
)
def test_what_costs_no_run_is_said_at_its_beginning(
    filled: Home, name: str, text: str, line: int, advice: str, tmp_path: Path
) -> None:
    (filled.root / name).write_text(text, encoding="utf-8")
    (tmp_path / "tin.txt").write_text("Quận có 12 mô hình.", encoding="utf-8")
    said = run(filled, "ingest", tmp_path / "tin.txt")
    assert said.exit_code == 0
    assert f"{filled.root / name}, line {line}: " in said.stderr and advice in said.stderr
    assert said.stderr.index(name) < said.stderr.index("reading 1 pages")
    assert run(filled, "doctor", "--offline").exit_code == 1


def test_all_that_is_wrong_is_said_at_once(filled: Home) -> None:
    for name in ("sites/mot.toml", "sites/hai.toml", "areas.toml", "bantin.toml"):
        (filled.root / name).write_text("=\n", encoding="utf-8")
    said = run(filled, "ingest", "--direct")
    assert said.exit_code == 2
    assert all(name in said.output for name in ("mot.toml", "hai.toml", "areas.toml", "bantin.toml"))


def test_a_promotion_does_not_find_out_at_its_end_that_corrections_are_broken(filled: Home) -> None:
    (filled.root / "corrections.toml").write_text("[[correction]\n", encoding="utf-8")
    said = run(filled, "promote", "x", "--dry-run")
    assert said.exit_code == 2 and "corrections.toml, line 1: " in said.output
