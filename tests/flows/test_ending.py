"""A server that a process started ends with it, however the process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.home import Home
from tests.flows.test_flow import environment

PARENT = """
import subprocess, sys
from flows.nightly.ending import end_with_us
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)  # like-a-server"], start_new_session=True)
end_with_us(child, sys.argv[1], group=sys.argv[2] == "group")
print(child.pid, flush=True)
if sys.argv[3] == "end":
    child.terminate()
    child.wait()
else:
    import time
    time.sleep(60)
"""
NIGHT = "from flows.nightly.flow import nightly; nightly()"


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def soon(condition: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()


def descendants(pid: int) -> dict[int, str]:
    """The processes below one, with their command lines."""
    found, parents = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
            found[int(stat.parent.name)] = (stat.parent / "cmdline").read_bytes().decode().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue

    def below(child: int) -> bool:
        parent = parents.get(child, 0)
        return parent == pid or (parent > 1 and below(parent))

    return {child: line for child, line in found.items() if below(child)}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("group", ["group", "alone"])
def test_what_a_killed_process_started_ends(tmp_path: Path, how: signal.Signals, group: str) -> None:
    command = [sys.executable, "-c", PARENT, "like-a-server", group, "wait"]
    with subprocess.Popen(command, env=environment(Home(tmp_path)), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert running(child)
        parent.send_signal(how)
        parent.wait()
    assert soon(lambda: not running(child))


def test_another_process_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, "another name", "alone", "wait"]
    with subprocess.Popen(command, env=environment(Home(tmp_path)), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        watcher = next(pid for pid, line in descendants(parent.pid).items() if "/bin/sh" in line)
        parent.kill()
        parent.wait()
    try:
        assert soon(lambda: not running(watcher)) and running(child)
    finally:
        os.kill(child, signal.SIGKILL)


def test_nothing_is_left_of_a_process_that_ends_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, "like-a-server", "alone", "end"]
    done = subprocess.run(
        command, env=environment(Home(tmp_path)), capture_output=True, text=True, check=True, timeout=60
    )
    assert not running(int(done.stdout))


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_night_leaves_no_server_of_prefect(tmp_path: Path, how: signal.Signals) -> None:
    home = Home(tmp_path).create()
    (home.sites / "dead.toml").write_text(
        'name = "Cổng đã tắt"\nurl = "http://127.0.0.1:1/"\narea = "99"\nfamily = "nukeviet4"\n'
        'allow_private = ["127.0.0.1"]\ndelay = 0\nfeeds = ["/rss/"]\n',
        encoding="utf-8",
    )
    command = [sys.executable, "-c", NIGHT]
    with subprocess.Popen(command, env=environment(home), stderr=subprocess.PIPE, text=True) as night:
        assert night.stderr is not None
        assert any("cannot be reached" in line for line in night.stderr)
        below = descendants(night.pid)
        assert any("uvicorn" in line for line in below.values())
        night.send_signal(how)
        night.wait()
    assert soon(lambda: not any(map(running, below)), 40)
