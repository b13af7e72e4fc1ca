"""Two runs at once, each a process of its own: the second says so and waits, or ends; a killed one holds nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.home import Home
from flows.lock import Busy, running
from tests.flows.ingesting import one, rows
from tests.flows.test_flow import environment
from tests.portal.server import SamplePortal

HOLD = """
import sys
from db.home import Home
from flows.lock import running
with running(Home.from_environment(), "nightly"):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def holder(home: Home) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the folder until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def ingesting(home: Home, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "ingest", "--direct", "--limit", "1", "lach-sen", *more],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_second_says_who_is_at_work_and_waits(portal: SamplePortal, empty: Home) -> None:
    with holder(empty) as first:
        second = ingesting(empty)
        assert second.stderr
        said = second.stderr.readline()
        assert f"another run is at work: nightly, process {first.pid}, since " in said and "waiting" in said
        assert second.poll() is None and not empty.database.exists()
        first.communicate("\n")
        output, talk = second.communicate(timeout=120)
    assert second.returncode == 0, talk
    assert "lach-sen" in output
    assert one(empty, "SELECT count(*) FROM runs") == 1


def test_the_second_ends_when_it_is_not_to_wait(empty: Home) -> None:
    with holder(empty) as first:
        second = ingesting(empty, "--no-wait")
        _, talk = second.communicate(timeout=60)
        assert second.returncode == 2
        assert f"process {first.pid}" in talk and "Traceback" not in talk
    assert not empty.database.exists()


def test_a_killed_run_holds_nothing(empty: Home) -> None:
    with holder(empty) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert "nightly" in empty.run_lock.read_text(encoding="utf-8")  # what it said is still there
        with running(empty, "ingest", wait=0):
            pass
    assert empty.run_lock.read_text(encoding="utf-8") == ""


def test_waiting_ends(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    told: list[str] = []
    with holder(home) as first:
        too_long = f"process {first.pid}, since .*, still after 0.01 seconds"
        with pytest.raises(Busy, match=too_long), running(home, "ingest", wait=0.01, say=told.append):
            pass
        assert len(told) == 1
        with (
            pytest.raises(Busy, match=r"try again when it has ended"),
            running(home, "ingest", wait=0, say=told.append),
        ):
            pass
        assert len(told) == 1  # who does not wait is not told of waiting


def test_two_whole_runs_at_once_come_one_after_the_other(portal: SamplePortal, empty: Home) -> None:
    both = [ingesting(empty) for _ in range(2)]
    for process in both:
        _, talk = process.communicate(timeout=180)
        assert process.returncode == 0, talk
    (first, second) = rows(empty, "SELECT started, finished FROM runs ORDER BY started")
    assert first[1] <= second[0]
