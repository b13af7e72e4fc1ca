"""``bantin corrections`` and what the database shows afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from db.corrections import current_of, figure_of
from db.identity import content_hash, document_id
from db.store import start_run
from extractors.corrections import parse
from flows.cli import cli
from schemas.corrections import STATES
from schemas.tables import tables
from tests.corrections.support import entry
from tests.db.support import NOON, TEXT, URL, World, bulletin, capture, dump, extraction


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.load(made.take(capture()))
    yield made
    made.db.close()


def run(world: World, action: str, text: str | None = None, *more: str) -> Result:
    if text is not None:
        (world.root / "corrections.toml").write_text(text, encoding="utf-8")
    return CliRunner(env={"BANTIN_HOME": str(world.root)}).invoke(cli, ["corrections", action, *more])


def shown(world: World, quote: str = "300") -> tuple[Any, ...]:
    columns = "value, unit, used_value, used_unit, correction"
    found = world.db.execute(f"SELECT {columns} FROM figures_full WHERE quote = ?", (quote,)).fetchall()
    assert len(found) == 1
    return tuple(found[0])


def test_the_original_stays_beside_the_correction(world: World) -> None:
    before = world.db.execute("SELECT * FROM figures").fetchall()
    done = run(world, "apply", entry(set={"value": "301", "unit": "việc"}))
    assert (done.exit_code, done.stdout) == (0, f"1 applied: '300' of {URL}\n")
    assert shown(world) == (300, "mô hình", 301, "việc", "corrected")
    assert shown(world, "297") == (297, "mô hình", 297, "mô hình", None)
    assert world.db.execute("SELECT * FROM figures").fetchall() == before
    full = world.db.execute(
        "SELECT state, value, corrected_value, reason, author, url FROM corrections_full"
    ).fetchall()
    assert full == [("applied", 300, 301, "Báo cáo gốc ghi 301", "Nguyễn Văn A", URL)]


def test_a_dropped_figure_has_no_value_to_use(world: World) -> None:
    assert run(world, "apply", entry("set", drop=True)).exit_code == 0
    assert shown(world) == (300, "mô hình", None, None, "dropped")


def test_check_writes_nothing(world: World) -> None:
    before = dump(world.db)
    assert run(world, "check", entry()).exit_code == 0
    assert dump(world.db) == before


def test_applying_again_changes_nothing(world: World) -> None:
    text = entry() + entry(quote="297", context="297 mô hình", expect={"value": 297}, set={"value": 296})
    assert run(world, "apply", text).exit_code == 0
    before, changes = dump(world.db), world.db.conn.execute("PRAGMA data_version").fetchone()
    assert run(world, "apply").exit_code == 0
    assert dump(world.db) == before
    assert world.db.conn.execute("PRAGMA data_version").fetchone() == changes, "not even written anew"


def test_what_leaves_the_file_leaves_the_database(world: World) -> None:
    run(world, "apply", entry())
    (world.root / "corrections.toml").unlink()
    assert run(world, "apply").exit_code == 0
    assert shown(world)[2:] == (300, "mô hình", None)
    assert world.db["corrections"].count == 0


def test_an_expectation_that_fails_is_loud_and_corrects_nothing(world: World) -> None:
    text = entry(expect={"value": 299}) + entry(quote="297", context="297 mô hình", expect={"value": 297})
    for action in ("check", "apply"):
        done = run(world, action, text)
        assert done.exit_code == 1
        assert "correction 1 ('300' of" in done.stderr and "value: found 300, expected 299" in done.stderr
        assert "2 corrections, 1 to look at" in done.stderr
    assert shown(world)[2:] == (300, "mô hình", None)
    assert shown(world, "297")[2] == 301
    rows = world.db.execute("SELECT state, message FROM corrections_full").fetchall()
    assert [row[0] for row in rows] == ["changed", "applied"]
    assert "giá trị nay là 300, chờ đợi 299" in rows[0][1]


def test_two_corrections_of_one_figure(world: World) -> None:
    done = run(world, "apply", entry() + entry(author="Trần Thị B") + entry(set={"value": "302"}))
    assert done.exit_code == 1
    assert shown(world)[2] == 301
    assert "2 conflict" in done.stdout and "3 conflict" in done.stdout
    assert world.db["corrections"].count == 3


def test_a_source_that_mends_itself(world: World) -> None:
    run(world, "apply", entry())
    mended = TEXT.replace("300", "301")
    world.load(world.take(capture(body=b"2", days=1)), mended, extraction=_mended(mended))
    assert shown(world, "301")[2:] == (301, "mô hình", None), "the correction does not stick to another text"
    done = run(world, "check")
    assert done.exit_code == 1 and "1 gone" in done.stdout


def _mended(text: str) -> Any:
    from dataclasses import replace
    from decimal import Decimal

    made = extraction(TEXT)
    first = replace(made.figures[0], quote="301", value=Decimal(301))
    return replace(made, text=text, figures=(first, *made.figures[1:]))


def test_an_extractor_that_learns(world: World) -> None:
    """A new result for the same text: the correction of another reading is not shown, and the check says so."""
    from dataclasses import replace
    from decimal import Decimal

    run(world, "apply", entry())
    made = extraction()
    better = replace(made, figures=(replace(made.figures[0], value=Decimal(301)), *made.figures[1:]))
    later = start_run(world.db, "nightly", fingerprint="f2", started=NOON.replace(day=20))
    world.load(world.take(capture(body=b"2", days=4), run=later), run=later, extraction=better)
    assert shown(world) == (301, "mô hình", 301, "mô hình", None)
    done = run(world, "apply")
    assert done.exit_code == 1 and "1 mended" in done.stdout
    assert "remove the entry" in done.stderr


@pytest.mark.parametrize("name", ["document", "version"])
def test_a_bulletin_may_be_named_by_its_ids(world: World, name: str) -> None:
    (version,) = world.db.execute("SELECT id FROM bulletins").fetchone()
    id = document_id(URL) if name == "document" else version
    assert run(world, "check", entry("url", bulletin=id)).stdout == f"1 applied: '300' of {id}\n"


def test_by_mention(world: World) -> None:
    (id,) = world.db.execute("SELECT id FROM figures WHERE quote = '300'").fetchone()
    assert run(world, "apply", entry("url", "quote", "context", mention=id)).exit_code == 0
    assert shown(world)[2] == 301


def test_another_address_is_no_bulletin(world: World) -> None:
    done = run(world, "check", entry(url="https://elsewhere.example/1"))
    assert (done.exit_code, done.stdout) == (1, "1 no_bulletin: '300' of https://elsewhere.example/1\n")


def test_a_file_that_cannot_be_read(world: World) -> None:
    done = run(world, "check", entry("reason"))
    assert done.exit_code == 2
    assert 'field "reason": found nothing, expected a value' in done.stderr
    assert run(world, "check", None, "--file", str(world.root / "none.toml")).exit_code == 2
    (world.root / "corrections.toml").write_bytes(b"\xff\xfe")
    assert "no UTF-8" in run(world, "check").stderr


def test_without_a_database(tmp_path: Path) -> None:
    done = CliRunner(env={"BANTIN_HOME": str(tmp_path)}).invoke(cli, ["corrections", "apply"])
    assert done.exit_code == 2 and "bantin ingest makes one" in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_example_of_the_help_is_a_correction() -> None:
    said = CliRunner().invoke(cli, ["corrections", "--help"]).stdout
    block = said[said.index("[[correction]]") : said.index("Examples:")]
    (made,) = parse("\n".join(line.strip() for line in block.splitlines()))
    assert made.quote == "300"


def test_a_figure_comes_back_as_it_was_loaded(world: World) -> None:
    names = [column.name for column in tables()["figures"].columns]
    for row in world.db.execute("SELECT * FROM figures").fetchall():
        known = dict(zip(names, row, strict=True))
        assert content_hash(figure_of(known)) == known["content_hash"]
    (correction,) = parse(entry())
    now = current_of(world.db, correction)
    assert now is not None and now.text == bulletin().text


def test_states_are_those_of_the_types() -> None:
    assert sorted(tables()["corrections"].column("state").choices) == sorted(STATES)
