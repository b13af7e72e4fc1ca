"""bantin health and bantin quarantine on the sample portal: what they print, their exit codes, that they only read."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from db.home import Home
from db.store import note_incident, open_database
from flows.sources import FILES
from flows.watch.standing import standing
from tests.flows.ingesting import dump, ingest, one, rows
from tests.flows.test_commands import run as command
from tests.flows.test_ingest import BROKEN
from tests.portal.routes import Reply
from tests.portal.server import SamplePortal


def open_incident(home: Home, source: str = "lach-sen", *, kind: str = "lists") -> None:
    db = open_database(home.database)
    run = db.conn.execute("SELECT max(id) FROM runs").fetchone()[0]
    note_incident(
        db,
        run,
        source=source,
        kind=kind,
        severity="error",
        message="Cổng mẫu: 2/2 trang danh sách không đọc được.",
        advice="Thử: bantin ingest --dry-run lach-sen",
        evidence={"faults": 2},
        now=datetime(2024, 7, 2, tzinfo=UTC),
    )
    db.close()


def test_health_of_a_portal_that_is_well(filled: Home) -> None:
    before = dump(filled), filled.database.read_bytes()
    said = command(filled, "health")
    assert said.exit_code == 0, said.output
    head, *lines = [line.split() for line in said.stdout.splitlines()]
    assert head[:4] == ["source", "state", "visited", "latest"]
    assert [line[:2] for line in lines] == [["hai-linh", "ok"], ["lach-sen", "ok"]]
    assert lines[0][head.index("quarantine")] == "1"  # the planted page
    assert (dump(filled), filled.database.read_bytes()) == before


def test_health_names_incidents_with_what_to_do(filled: Home) -> None:
    open_incident(filled)
    said = command(filled, "health")
    assert said.exit_code == 1
    assert "error\tlach-sen\tlists\tsince 2024-07-02" in said.stdout
    assert "→ Thử: bantin ingest --dry-run lach-sen" in said.stdout
    told = json.loads(command(filled, "health", "--json").stdout)
    assert told["wrong"] is True
    assert [(one["source"], one["kind"], one["evidence"]) for one in told["incidents"]] == [
        ("lach-sen", "lists", {"faults": 2})
    ]
    assert {source["source"]: source["state"] for source in told["sources"]} == {"hai-linh": "ok", "lach-sen": "wrong"}


def test_a_portal_that_was_never_visited_is_said_to_be(filled: Home) -> None:
    text = (filled.sites / "lach-sen.toml").read_text(encoding="utf-8")
    (filled.sites / "moi.toml").write_text(text, encoding="utf-8")
    told = json.loads(command(filled, "health", "--json").stdout)
    assert told["wrong"] is False
    assert {source["source"]: source["state"] for source in told["sources"]}["moi"] == "never"


def test_health_without_a_database_says_how_to_make_one(empty: Home) -> None:
    said = command(empty, "health")
    assert said.exit_code == 2 and "bantin ingest makes one" in said.output and "Traceback" not in said.output


@pytest.mark.parametrize(
    ("status", "hours", "wrong"),
    [
        ("ok", 30, None),
        ("ok", 40, "no nightly run since"),
        ("failed", 3, "the last night failed"),
        (None, 3, None),  # at work
        (None, 20, "the last night did not end"),
    ],
)
def test_nights_that_are_missing_or_failed(filled: Home, status: str | None, hours: float, wrong: str | None) -> None:
    now = datetime.now(UTC)
    started = (now - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    db = open_database(filled.database)
    db.execute(
        "UPDATE runs SET kind = 'nightly', started = ?, status = coalesce(?, 'running'), finished = ?",
        (started, status, started if status else None),
    )
    db.conn.commit()
    db.close()
    found = standing(filled, now)
    assert found.wrong is (wrong is not None)
    if wrong:
        assert found.nights[0].startswith(wrong)


def test_somebody_who_was_to_be_told_and_was_not_is_wrong(filled: Home) -> None:
    open_incident(filled)
    assert standing(filled, datetime.now(UTC)).nights == []
    filled.settings.write_text('[notify]\ncommand = ["false"]\n', encoding="utf-8")
    assert "nobody could be told" in standing(filled, datetime.now(UTC)).nights[0]
    filled.settings.write_text("[notify]\nmail = 1\n", encoding="utf-8")
    assert '"notify.mail": no such setting' in standing(filled, datetime.now(UTC)).nights[0]


# the quarantine


def test_quarantine_list_show_and_retry(portal: SamplePortal, filled: Home) -> None:
    listed = command(filled, "quarantine", "list")
    assert listed.exit_code == 0
    code, stage, fault, count, name, reason = listed.stdout.rstrip("\n").split("\t")
    assert (code, stage, fault, count) == ("hai-linh", "page", "body", "1")
    assert 'body selector "#news-bodyhtml" matched 0 elements' in reason
    (page,) = command(filled, "quarantine", "list", "--pages", "--source", "hai-linh").stdout.splitlines()
    assert page.split("\t")[3] == portal.url(BROKEN)
    (told,) = command(filled, "quarantine", "list", "--json").stdout.splitlines()
    assert json.loads(told)["advice"].endswith("bantin quarantine retry --source hai-linh")
    assert command(filled, "quarantine", "list", "--source", "lach-sen").stdout == ""

    for what in (name[:6], portal.url(BROKEN)):
        shown = command(filled, "quarantine", "show", what)
        assert shown.exit_code == 0, shown.output
        assert ".warc.gz at " in shown.stdout and "next      the layout may have changed" in shown.stdout
        assert "<title>" in shown.stdout or "<html" in shown.stdout

    before = dump(filled)
    again = command(filled, "quarantine", "retry", name)
    assert again.exit_code == 1 and again.stdout == "0 read, 1 not\n"
    assert dump(filled) == before  # the same failure is the same row
    file = filled.sites / "hai-linh.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[selectors]\nbody = ".hometext"\n', encoding="utf-8")
    readable = command(filled, "quarantine", "retry", "--source", "hai-linh")
    assert (readable.exit_code, readable.stdout) == (0, "1 read, 0 not\n"), readable.output
    assert command(filled, "quarantine", "list").stdout == ""
    assert one(filled, "SELECT count(*) FROM bulletins_current WHERE url = ?", portal.url(BROKEN)) == 1
    assert command(filled, "quarantine", "retry", "--all").stdout == "0 read, 0 not\n"


@pytest.mark.parametrize(
    "words",
    [
        ("show", "zzzz"),
        ("retry",),
        ("retry", "zzzz"),
        ("retry", "--all", "--source", "hai-linh"),
        ("retry", "zz", "--all"),
    ],
)
def test_what_cannot_be_meant_is_refused(filled: Home, words: tuple[str, ...]) -> None:
    said = command(filled, "quarantine", *words)
    assert said.exit_code == 2 and "bantin quarantine list" in said.output and "Traceback" not in said.output


def test_what_a_page_says_is_harmless_on_a_terminal(portal: SamplePortal, filled: Home) -> None:
    slug = portal.sites["phuong"].published[0].slug
    path = portal.url(slug).removeprefix(portal.sites["phuong"].root)
    portal.reply(path, Reply("<html>\x1b[31m\x07 đỏ \u202e ngược</html>".encode()))
    ingest(filled)
    said = command(filled, "quarantine", "show", portal.url(slug))
    assert said.exit_code == 0, said.output
    assert "đỏ" in said.stdout and not set("\x1b\x07\u202e") & set(said.stdout)


def test_a_page_that_was_read_later_is_no_longer_waiting(portal: SamplePortal, empty: Home) -> None:
    slug = portal.sites["phuong"].published[0].slug
    path = portal.url(slug).removeprefix(portal.sites["phuong"].root)
    portal.reply(path, Reply("<html><p>Đang nâng cấp</p></html>".encode()))
    ingest(empty, "lach-sen")
    assert [row[0] for row in rows(empty, "SELECT url FROM quarantine")] == [portal.url(slug)]
    portal.reply(path, None)
    ingest(empty, "lach-sen")
    assert rows(empty, "SELECT url FROM quarantine") == []
    assert one(empty, "SELECT count(*) FROM run_errors") == 1  # what happened is still on record


def test_a_saved_file_may_be_tried_again_too(filled: Home) -> None:
    folder = filled.root / "saved"
    folder.mkdir()
    (folder / "a.html").write_text("<html><body></body></html>", encoding="utf-8")
    assert command(filled, "ingest", folder).exit_code == 1
    said = command(filled, "quarantine", "retry", "--source", FILES.code)
    assert (said.exit_code, said.stdout) == (1, "0 read, 1 not\n")
