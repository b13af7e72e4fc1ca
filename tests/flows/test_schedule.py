"""The schedule: what it refuses, when a night counts as missed, and once a real Prefect server that fires it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests

from db.home import Home
from db.store import open_database, start_run
from db.store.connection import OlderDatabaseError
from db.times import from_text
from flows.nightly.schedule import CRON, ScheduleError, check_cron, last_night, missed, server
from flows.times import ZONE
from tests.flows.ingesting import rows
from tests.flows.test_flow import environment
from tests.portal.server import SamplePortal


@pytest.mark.parametrize("cron", ["", "every night", "61 2 * * *", "0 2 * *", "0 0 31 2 *"])
def test_what_never_fires_is_refused(cron: str) -> None:
    with pytest.raises(ScheduleError, match="cron"):
        check_cron(cron)


@pytest.mark.parametrize(
    ("last", "now", "late"),
    [
        (None, "2023-09-16T12:00", False),
        ("2023-09-15T19:00", "2023-09-16T18:59", False),  # 02:00 there is 19:00 UTC the day before
        ("2023-09-15T18:59:59.4", "2023-09-16T18:59", False),  # begun a little early
        ("2023-09-15T18:59", "2023-09-16T18:59", True),
        ("2023-09-15T19:00", "2023-09-16T19:01", True),
        ("2023-09-15T18:00", "2023-09-16T12:00", True),
        ("2023-09-01T19:00", "2023-09-16T12:00", True),
    ],
)
def test_a_missed_night(last: str | None, now: str, late: bool) -> None:
    def utc(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert missed(CRON, utc(last) if last else None, utc(now)) is late


@pytest.fixture
def clock_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the machine's own time zone."""

    def put(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


#: daylight begins or ends within the days around these in some of the zones
DAYS = ["2023-03-11", "2023-03-25", "2023-04-01", "2023-10-01", "2023-10-28", "2023-11-04", "2024-02-28", "2023-12-31"]


@pytest.mark.parametrize(
    "zone",
    [
        "UTC",
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Pacific/Apia",
        "Asia/Ho_Chi_Minh",
    ],
)
def test_neither_time_zone_nor_daylight_moves_a_night(clock_of: Callable[[str], None], zone: str) -> None:
    """Every hour of eight stretches of three days: exactly the night that ran last decides."""
    clock_of(zone)
    for day in DAYS:
        start = datetime.fromisoformat(day).replace(tzinfo=UTC)
        nights = [start.replace(hour=19) + timedelta(n) for n in range(-2, 5)]  # 02:00 in Vietnam, always
        for now in (start + timedelta(hours=hours, minutes=30) for hours in range(72)):
            last, before = [night for night in nights if night < now][-1:-3:-1]
            assert missed(CRON, last, now) is False, (zone, now)
            assert missed(CRON, before, now) is True, (zone, now)


def test_the_last_night_is_read_as_it_was_written(clock_of: Callable[[str], None], tmp_path: Path) -> None:
    clock_of("America/New_York")
    home = Home(tmp_path / "home").create()
    assert last_night(home) is None
    db = open_database(home.database)
    for kind, hour in (("nightly", 19), ("ingest", 23)):  # a run by hand is no night
        start_run(db, kind, fingerprint="f1", started=datetime(2023, 11, 4, hour, 0, 4, tzinfo=UTC))
    db.close()
    assert last_night(home) == datetime(2023, 11, 4, 19, 0, 4, tzinfo=UTC)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_a_real_server_fires_the_schedule(portal: SamplePortal, empty: Home) -> None:
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "flows.cli", "schedule", "--port", str(port), "--cron", "* * * * *"]
    process = subprocess.Popen(command, env=environment(empty), stderr=subprocess.PIPE, text=True)
    try:
        seen: set[str] = set()
        zones: set[str] = set()
        finished: list[str] = []
        deadline = time.monotonic() + 240
        while not finished and time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(1)
            try:
                runs = requests.post(f"{api}/flow_runs/filter", json={}, timeout=5).json()
                deployments = requests.post(f"{api}/deployments/filter", json={}, timeout=5).json()
            except (requests.RequestException, ValueError):
                continue
            seen |= {run["state_type"] for run in runs if run["auto_scheduled"]}
            zones |= {entry["schedule"]["timezone"] for found in deployments for entry in found["schedules"]}
            if empty.database.exists():
                finished = [status for (status,) in rows(empty, "SELECT status FROM runs WHERE finished IS NOT NULL")]
        assert "SCHEDULED" in seen
        assert zones == {"Asia/Ho_Chi_Minh"}
        assert finished[0] == "partial"  # the planted broken page
        assert len(rows(empty, "SELECT 1 FROM bulletins_current")) > 50
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{api}/health", timeout=5)


def scheduling(home: Home, api: str, cron: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "flows.cli", "schedule", "--server", api, "--cron", cron]
    return subprocess.Popen(command, env=environment(home), stderr=subprocess.PIPE, text=True)


def until(process: subprocess.Popen[str], what: Callable[[], bool], seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(1)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_night_fires_at_its_minute_and_a_missed_one_is_caught_up(
    portal: SamplePortal, empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a real server: a cron two minutes ahead; then a deployment that was paused, and a night that was missed."""

    def ended() -> list[tuple[str, str]]:
        found = "SELECT started, status FROM runs WHERE kind = 'nightly' AND finished IS NOT NULL ORDER BY started"
        try:
            seen = rows(empty, found) if empty.database.exists() else []
        except OlderDatabaseError:  # the scheduler is just making it
            seen = []
        return [(str(started), str(status)) for started, status in seen]

    def deployment() -> dict[str, Any]:
        (found,) = requests.post(f"{api}/deployments/filter", json={}, timeout=5).json()
        return dict(found)

    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PREFECT_HOME", str(empty.prefect))
    with server(empty, free_port()) as api:
        at = datetime.now(ZoneInfo(ZONE)).replace(second=0, microsecond=0) + timedelta(minutes=2)
        cron = f"{at.minute} {at.hour} * * *"
        process = scheduling(empty, api, cron)
        try:
            until(process, lambda: len(ended()) == 1)
            ((started, status),) = ended()
            late = from_text(started) - at
            assert timedelta(seconds=-1) < late < timedelta(minutes=1), late
            assert status == "partial"  # the planted broken page
            assert len(rows(empty, "SELECT 1 FROM bulletins_current")) > 50
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)

        paused = requests.patch(f"{api}/deployments/{deployment()['id']}", json={"paused": True}, timeout=5)
        assert paused.ok and deployment()["paused"] is True
        db = open_database(empty.database)
        db.execute("UPDATE runs SET started = '2023-09-15T19:00:00Z' WHERE kind = 'nightly'")
        db.conn.commit()
        db.close()
        process = scheduling(empty, api, cron)
        try:
            until(process, lambda: len(ended()) == 2)
            assert deployment()["paused"] is False
            assert ended()[1][1] == "ok"
        finally:
            process.send_signal(signal.SIGTERM)
            _, talk = process.communicate(timeout=60)
        assert "a night was missed: running now" in talk
