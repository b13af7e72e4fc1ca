"""Configuration files that cannot be used: said before a run begins, with file, line and what to type."""

from __future__ import annotations

import doctest
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

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
    ("areas.toml", AREA, 1),
    ("areas.toml", AREA + 'kind = "xa"\n' + AREA.replace("99.x", "99.y") + 'kind = "làng"\n', 8),
    ("areas.toml", AREA + 'kind = "xa"\nvalid_from = "hôm qua"\n', 5),
    ("areas.toml", "[[areas]\n", 1),
    ("areas.toml", AREA + 'kind = "huyen"\nparrent = "99"\n', 5),
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


@pytest.mark.parametrize(
    "said",
    ["area code 'X' stands for two", "found 'X', expected another", "field \"mail\": found 'X'", "area 3: lacks kind"],
)
def test_a_line_is_said_only_of_what_is_named(said: str) -> None:
    assert tomlplace.line_of(AREA, said) is None


#: stands for a file that is brought in
FILE = "tin.txt"


@pytest.fixture
def breaks_while_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that somebody saves while the lock is waited for."""

    @contextmanager
    def waited(home: Home, *_: Any, **__: Any) -> Iterator[None]:
        (home.root / "areas.toml").write_text("[[areas]\n", encoding="utf-8")
        yield

    for module in ("ingest", "imports", "quarantine"):
        monkeypatch.setattr(f"flows.commands.{module}.running", waited)
    monkeypatch.setattr("flows.commands.reextract.writing_home", waited)
    import_module("flows.nightly.flow")
    monkeypatch.setattr("flows.nightly.flow.running", waited)


@pytest.mark.usefixtures("breaks_while_waiting")
@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "--direct"],
        ["ingest"],
        ["ingest", FILE],
        ["import", FILE],
        ["reextract", "--direct"],
        ["reextract"],
        ["quarantine", "retry", "--all"],
    ],
)
def test_a_file_that_breaks_while_another_run_is_waited_for_is_found(
    portal: SamplePortal, filled: Home, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / FILE).write_text("Quận có 12 mô hình.", encoding="utf-8")
    (filled.root / "bantin.toml").write_text("=\n", encoding="utf-8")
    before = rows(filled, "SELECT count(*) FROM runs")
    portal.requests.clear()
    said = run(filled, *(tmp_path / word if word == FILE else word for word in words))
    assert said.exit_code == 2 and "areas.toml, line 1: " in said.output
    assert said.output.count("bantin.toml, line 1: ") == 1, "what costs no run is said once"
    assert rows(filled, "SELECT count(*) FROM runs") == before and portal.requests == []


def test_what_is_read_is_what_the_files_say_after_the_wait(
    filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text("Quận có 12 mô hình.", encoding="utf-8")

    @contextmanager
    def waited(home: Home, *_: Any, **__: Any) -> Iterator[None]:
        (home.sites / "lach-sen.toml").rename(home.sites / "khac.toml")
        yield

    for words in (["import", "--source", "lach-sen", tmp_path / FILE], ["reextract", "--source", "lach-sen"]):
        monkeypatch.setattr("flows.commands.imports.running", waited)
        monkeypatch.setattr("flows.commands.reextract.writing_home", waited)
        said = run(filled, *words)
        assert said.exit_code == 2 and "lach-sen" in said.output and "khac" in said.output, said.output
        (filled.sites / "khac.toml").rename(filled.sites / "lach-sen.toml")


@pytest.mark.usefixtures("breaks_while_waiting")
def test_a_night_looks_again_after_waiting_and_tells_that_it_was_refused(
    filled: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from flows.nightly.flow import nightly

    out = tmp_path / "told"
    program = f"import sys; open({str(out)!r}, 'a').write(sys.argv[1] + chr(10) + sys.stdin.read())"
    command = json.dumps([sys.executable, "-c", program, "{subject}"])
    (filled.root / "bantin.toml").write_text(f'[notify]\ncommand = {command}\nstdin = "text"\n', encoding="utf-8")
    monkeypatch.setenv("BANTIN_HOME", str(filled.root))
    before = rows(filled, "SELECT count(*) FROM runs")
    with pytest.raises(ConfigurationError, match=r"areas\.toml, line 1: "):
        nightly.fn()
    assert rows(filled, "SELECT count(*) FROM runs") == before
    told = out.read_text(encoding="utf-8")
    assert told.startswith("bantin: đêm nay không chạy") and told.count("areas.toml, line 1: ") == 1
    out.unlink()
    with pytest.raises(ConfigurationError):
        nightly.fn(held=True)  # refused before it waits
    assert out.read_text(encoding="utf-8").startswith("bantin: đêm nay không chạy")


def test_a_folder_of_portals_that_cannot_be_read_is_not_called_empty(
    filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Path.iterdir

    def closed(folder: Path) -> Iterator[Path]:
        if folder == filled.sites:
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", closed)
    said = run(filled, "ingest", "--direct")
    assert said.exit_code == 2 and "cannot be read: Permission denied" in said.output
    assert "no portal is described" not in said.output
