"""The Prefect flow, once for real on its embedded server, and what decides whether a task is tried again."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.home import Home
from flows.direct import run_directly
from flows.ingest import Run
from flows.net.errors import (
    AddressRefused,
    ConnectionFault,
    FetchError,
    Gone,
    HttpStatus,
    NobodyThere,
    RobotsRefused,
    TooSlow,
)
from flows.progress import Progress
from flows.sources import load_sources
from flows.trouble import may_pass
from tests.flows.ingesting import QUICK, rows
from tests.portal.server import SamplePortal

ROOT = Path(__file__).parents[2]

PROGRAM = """
import functools, json
from flows.net.session import Limits
from flows.nightly.flow import nightly
import flows.nightly.flow as module
module.discover.retry_delay_seconds = [0.1, 0.1]
import flows.nightly.announce as announcing
sent = []
announcing.emit_event = lambda **event: sent.append((event["event"], event["resource"]["prefect.resource.id"]))
module.Run = functools.partial(module.Run, limits=Limits(attempts=2, backoff=0.05))
summary = nightly(limit=6)
from prefect.client.orchestration import get_client
with get_client(sync_client=True) as client:
    artifacts = {a.key: a.data for a in client.read_artifacts()}
    tasks = [(run.name, run.state_name, run.run_count) for run in client.read_task_runs()]
print(json.dumps({"summary": summary, "artifacts": artifacts, "tasks": tasks, "sent": sent}))
"""


def environment(home: Home) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return kept | {"BANTIN_HOME": str(home.root), "PYTHONPATH": path, "PYTHONUTF8": "1"}


def test_the_flow_on_its_embedded_server(portal: SamplePortal, empty: Home) -> None:
    (empty.sites / "dead.toml").write_text(
        'name = "Cổng đã tắt"\nurl = "http://127.0.0.1:1/"\narea = "99"\nfamily = "nukeviet4"\n'
        'allow_private = ["127.0.0.1"]\ndelay = 0\nfeeds = ["/rss/"]\n',
        encoding="utf-8",
    )
    heard = empty.root / "heard.json"
    keep = [sys.executable, "-c", "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())", str(heard)]
    empty.settings.write_text(f"[notify]\ncommand = {json.dumps(keep)}\n", encoding="utf-8")
    night_before = datetime.now(UTC) - timedelta(1)
    dead = {"dead": load_sources(empty.sites)["dead"]}
    with Run(empty, dead, limits=QUICK, now=lambda: night_before) as run:
        run_directly(run)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment(empty),
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    assert "dead cannot be reached; asking again" in done.stderr and "Traceback" not in done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    summary, artifacts = said["summary"], said["artifacts"]
    assert summary["sources"]["hai-linh"]["fetched"] == summary["sources"]["lach-sen"]["fetched"] == 6
    assert "| lach-sen | 6 |" in artifacts["bantin-sources"]
    assert "| dead | list |" in artifacts["bantin-errors"]
    assert rows(empty, "SELECT kind FROM runs ORDER BY started") == [("ingest",), ("nightly",)]
    assert rows(empty, "SELECT source, kind, told FROM incidents") == [("dead", "down", "opened")]
    assert "| dead | không truy cập được cổng |" in artifacts["bantin-incidents"]
    assert said["sent"] == [["bantin.incident.opened", "bantin.source.dead"]]
    assert "Cổng đã tắt: không truy cập được cổng" in json.loads(heard.read_text(encoding="utf-8"))["text"]
    assert rows(empty, "SELECT DISTINCT source FROM run_errors") == [("dead",)]
    names = {name.split("-")[0] for name, _, _ in said["tasks"]}
    assert {"discover hai", "fetch hai", "fetch lach", "load"} <= names
    assert {count for name, _, count in said["tasks"] if name == "discover dead"} == {3}
    assert (empty.prefect / "prefect.db").exists()
    assert "prefect" not in str(rows(empty, "SELECT group_concat(name) FROM sqlite_master")).lower()


def final(error: FetchError) -> FetchError:
    error.final = True
    return error


@pytest.mark.parametrize(
    ("kind", "error", "again"),
    [
        ("nightly", NobodyThere("http://a.example/", "refused", "wait"), True),
        ("ingest", NobodyThere("http://a.example/", "refused", "wait"), False),
        ("ingest", RobotsRefused("http://a.example/", "no", "wait", passing=True, unreachable=True), False),
        ("ingest", RobotsRefused("http://a.example/", "no", "wait", passing=True), True),
        ("ingest", TooSlow("http://a.example/", "late", "wait"), True),
    ],
)
def test_a_person_is_told_at_once_that_nobody_is_there_and_a_night_waits(
    kind: str, error: FetchError, again: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from flows.nightly import flow

    class Down:
        progress = Progress(quiet=True)

        def __init__(self) -> None:
            self.kind = kind

        def discover(self, code: str) -> None:
            raise error

    monkeypatch.setitem(flow._open, "r", Down())
    with pytest.raises(type(error)) as caught:
        flow.discover.fn("r", "dead")
    assert may_pass(caught.value) is again
    said = capsys.readouterr().err
    assert ("asking again in 30 seconds (attempt 2 of 3" in said) is again


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (ConnectionFault("http://a.example/", "reset", "wait"), True),
        (HttpStatus("http://a.example/", 503, "wait"), True),
        (HttpStatus("http://a.example/", 403, "see"), False),
        (Gone("http://a.example/", 404, "see"), False),
        (AddressRefused("a.example", "private", "no"), False),
        (RobotsRefused("http://a.example/", "not read", "wait", passing=True), True),
        (final(ConnectionFault("http://a.example/", "reset", "wait")), False),
        (RobotsRefused("http://a.example/", "forbidden", "leave"), False),
        (sqlite3.OperationalError("database is locked"), True),
        (sqlite3.OperationalError("disk I/O error"), False),
        (ValueError("one of ours"), False),
    ],
)
def test_only_what_may_pass_is_tried_again(error: FetchError | Exception, again: bool) -> None:
    assert may_pass(error) is again
