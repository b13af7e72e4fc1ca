"""Nothing goes that no rule names; what a rule names goes as it says, and the rest stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import flows.forget as forget_module
from db.store import indexed_refs, log_fetch, open_database, record_error, start_run
from flows.asked import standing
from flows.cli import cli
from flows.forget import resume
from flows.retention import RetentionError, apply_rules, read_rules
from flows.trace import TraceError, trace
from schemas.captures import Capture
from schemas.retention import Retention
from tests.db.support import NOON
from tests.flows.forgetting import A, House, page

LIST = "https://hoabac.example/tin/"
SECOND = "https://hoabac.example/tin/page-2"
TEXT = "Trong 6 tháng đầu năm 2023, quận có 215 mô hình và 12 câu lạc bộ."


def a_list(days: float, body: str, url: str = LIST) -> Capture:
    return Capture(url, NOON + timedelta(days=days), 200, (("Content-Type", "text/html"),), body.encode())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Five lists, one of them also at a second address, and a page that changed once."""
    made = House(tmp_path, open_database(tmp_path / "bantin.db"))
    for day in range(5):
        made.take(a_list(day, f"danh sach {day}"), kind="list")
        if day == 1:
            made.take(a_list(day + 0.5, "danh sach 1", SECOND), kind="list")
            made.take(a_list(day + 0.6, "danh sach 1", SECOND), kind="list")
    made.take(page(A, TEXT))
    made.take(page(A, f"{TEXT} Đã sửa.", 40))
    yield made
    made.db.close()


def rules(**given: Any) -> Retention:
    return Retention.model_validate(given)


def apply(house: House, given: Retention, *, days: float = 50, write: bool = True) -> list[tuple[str, int]]:
    made = apply_rules(house.db, house.archive, given, now=NOON + timedelta(days=days), write=write)
    return [(one.table, one.count) for one in made]


def sound(house: House) -> None:
    assert house.archive.verify(expected=indexed_refs(house.db)).problems == []
    assert house.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []


def lists(house: House, url: str = LIST) -> list[str]:
    rows = house.db.conn.execute("SELECT segment, offset, length FROM captures WHERE url = ? ORDER BY time", (url,))
    from schemas.captures import ArchiveRef

    return [house.archive.read(ArchiveRef(*row)).body.decode() for row in rows.fetchall()]


def test_without_rules_nothing_goes(house: House) -> None:
    assert apply(house, read_rules(house.root / "retention.toml")) == []
    assert house.count("captures") == 8


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ({"keep_last": 2}, [3, 4]),
        ({}, [4]),
        ({"days": 47}, [3, 4]),
        ({"keep_last": 4, "days": 10}, [1, 2, 3, 4]),
        ({"keep_last": 9}, [0, 1, 2, 3, 4]),
        ({"days": 900}, [0, 1, 2, 3, 4]),
    ],
)
def test_of_lists_the_last_and_the_young_stay(house: House, rule: dict[str, int], left: list[int]) -> None:
    given = rules(captures={"list": rule})
    assert apply(house, given, write=False) == [("captures", 5 - len(left))]
    assert len(lists(house)) == 5
    assert apply(house, given) == [("captures", 5 - len(left))]
    assert lists(house) == [f"danh sach {day}" for day in left]
    assert lists(house, SECOND) == ["danh sach 1"], "the same body at another address is written anew"
    assert house.count("captures WHERE kind = 'page'") == 2
    assert apply(house, given) == [("captures", 0)], "a second time there is nothing left to let go"
    sound(house)


def test_what_went_is_gone_from_the_archive_and_may_come_again(house: House) -> None:
    apply(house, rules(captures={"list": {}}))
    bodies = b"".join(house.archive.read(ref).body for ref, _ in house.archive.records())
    assert b"danh sach 0" not in bodies
    assert house.archive.verify().removed == 4 + 2, "four lists, and two records of the second address written anew"
    assert [one.outcome for one in house.take(a_list(60, "danh sach 0"), kind="list")] == ["fetched"]
    sound(house)


def test_pages_go_by_their_sources_rule_alone(house: House) -> None:
    (id,) = house.db.conn.execute("SELECT f.id FROM figures f WHERE f.quote LIKE '215%' LIMIT 1").fetchone()
    assert apply(house, rules(sources={"other": {"page": {"days": 1}}})) == [("captures", 0)]
    assert apply(house, rules(sources={"hoabac": {"page": {"days": 20}}})) == [("captures", 1)]
    assert house.count("bulletins") == 1
    assert house.count("current_runs") == 1
    assert standing(house.db, A) == "archived"
    apply(house, rules(sources={"hoabac": {"page": {"days": 1}}}))
    assert house.count("bulletins") == house.count("figures") == house.count("observations_history") == 0
    assert standing(house.db, A) == "asked"
    with pytest.raises(TraceError, match=r"was removed on .* for: sources.hoabac.page: days"):
        trace(house.db, id)
    sound(house)
    assert [one.outcome for one in house.take(page(A, TEXT, 60))] == ["fetched"]
    assert house.count("bulletins") == 1


def test_a_version_stays_that_a_younger_capture_shows(house: House) -> None:
    """Changed and changed back: the older capture goes, the version is then held by the younger one."""
    house.take(replace(page(A, TEXT, 45, id="other bytes")))
    assert house.count("bulletins") == 2
    apply(house, rules(sources={"hoabac": {"page": {"days": 20}}}))
    assert house.count("bulletins") == 2
    assert house.count("captures WHERE kind = 'page'") == 2
    sound(house)


def test_of_the_log_the_last_word_on_an_address_stays(house: House) -> None:
    for day in (10, 20, 30):
        log_fetch(house.db, house.run, source="hoabac", url=A, time=NOON + timedelta(days=day), outcome="gone")
    before = house.count("fetch_log")
    given = rules(fetch_log={"months": 1})
    assert apply(house, given, days=61, write=False) == apply(house, given, days=61) == [("fetch_log", 3)]
    assert house.count("fetch_log") == before - 3
    assert house.count("fetch_log WHERE outcome = 'gone'") == 1, "the last word on the page"
    assert house.count("captures c WHERE NOT EXISTS (SELECT 1 FROM fetch_log l WHERE l.capture_id = c.id)") == 0
    kept = {url for (url,) in house.db.conn.execute("SELECT url FROM fetch_log")}
    assert kept == {A, LIST, SECOND}
    sound(house)


def test_faults_of_the_present_extractor_stay(house: House) -> None:
    from extractors.fingerprint import fingerprint

    now = start_run(house.db, "nightly", fingerprint=fingerprint(), started=NOON)
    for run in (house.run, now):
        record_error(house.db, run, source=None, url=A, capture_id=None, stage="page", reason="why")
    given = rules(run_errors={"months": 1})
    assert apply(house, given, write=False) == apply(house, given) == [("run_errors", 1)]
    assert house.db.conn.execute("SELECT run_id FROM run_errors").fetchall() == [(now,)]


@pytest.mark.parametrize("step", ["_save_others", "_overwrite", "_delete"])
def test_cut_off_it_is_carried_through(house: House, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    class Killed(BaseException):
        pass

    def dying(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(forget_module, step, dying)
        with pytest.raises(Killed):
            apply(house, rules(captures={"list": {"keep_last": 2}}))
    assert len(resume(house.db, house.archive)) == 1
    assert lists(house) == ["danh sach 3", "danh sach 4"]
    assert lists(house, SECOND) == ["danh sach 1"]
    sound(house)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[captures.list]\nkeep_last = 0", "captures.list.keep_last: Input should be greater than or equal to 1"),
        ("[captures.page]\ndays = 1", "captures.page"),
        ("[fetch_log]\nmonts = 1", "fetch_log.monts: Extra inputs are not permitted"),
        ("[fetch_log", "not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "retention.toml"
    path.write_text(text)
    with pytest.raises(RetentionError, match=says):
        read_rules(path)


def test_the_command_says_by_rule_what_goes(house: House) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(cli, ["retention", *words], env={"BANTIN_HOME": str(house.root)})

    assert "no rule there" in run().stderr
    (house.root / "retention.toml").write_text("[captures.list]\nkeep_last = 3\n")
    dry, done = run("--dry-run"), run("--vacuum")
    assert dry.stdout == done.stdout == "captures.list: keep_last = 3\tcaptures\t2\n"
    assert (dry.exit_code, done.exit_code) == (0, 0)
    assert lists(house) == ["danh sach 2", "danh sach 3", "danh sach 4"]
    (house.root / "retention.toml").write_text("[captures.list]\nkeep_last = no\n")
    assert run().exit_code == 2
