"""The schedule: what it refuses, when a night counts as missed, and once a real Prefect server that fires it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
import requests

from db.home import Home
from flows.nightly.schedule import CRON, ScheduleError, check_cron, missed
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
        ("2023-09-15T19:00", "2023-09-16T19:01", True),
        ("2023-09-15T18:00", "2023-09-16T12:00", True),
        ("2023-09-01T19:00", "2023-09-16T12:00", True),
    ],
)
def test_a_missed_night(last: str | None, now: str, late: bool) -> None:
    def utc(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert missed(CRON, utc(last) if last else None, utc(now)) is late


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
