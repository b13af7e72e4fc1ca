"""A server that a process started ends with it, however the process ends."""

from __future__ import annotations

import doctest
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.home import Home
from flows.nightly import ending, schedule, watcher
from tests.flows.test_flow import environment

PARENT = """
import subprocess, sys
from flows.nightly.ending import end_with_us
work = "import time; time.sleep(60)"
if sys.argv[2] == "leader":
    work = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {work!r}]).pid, flush=True); {work}"
output = subprocess.PIPE if sys.argv[2] == "leader" else None
child = subprocess.Popen([sys.executable, "-c", work], start_new_session=True, stdout=output, text=True)
end_with_us(child, group=sys.argv[1] == "group")
if sys.argv[2] == "leader":
    print(child.stdout.readline(), end="", flush=True)
    child.kill()
    child.wait()
else:
    print(child.pid, flush=True)
if sys.argv[2] == "end":
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
    command = [sys.executable, "-c", PARENT, group, "wait"]
    with subprocess.Popen(command, env=environment(Home(tmp_path)), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert running(child)
        parent.send_signal(how)
        parent.wait()
    assert soon(lambda: not running(child))


def test_a_group_ends_whose_leader_ended_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, "group", "leader"]
    with subprocess.Popen(command, env=environment(Home(tmp_path)), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        member = int(parent.stdout.readline())
        try:
            assert member and soon(lambda: not running(member))
        finally:
            parent.kill()


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_what_stands_in_the_path_does_not_matter(tmp_path: Path, path: str) -> None:
    command = [sys.executable, "-c", PARENT, "alone", "wait"]
    env = environment(Home(tmp_path)) | {"PATH": path}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.5)
        assert running(child)
        parent.kill()
    assert soon(lambda: not running(child))


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True) as process:
        yield process
        process.kill()


@pytest.mark.parametrize(
    ("group", "started", "ends"),
    [("", "itself", True), ("group", "itself", True), ("", "1", False), ("group", "1", False), ("", "", False)],
)
def test_without_a_handle_the_time_of_its_start_tells_the_process(
    sleeper: subprocess.Popen[bytes], group: str, started: str, ends: bool
) -> None:
    """One that began at another time took over the number."""
    known = watcher.start_time(sleeper.pid) if started == "itself" else started
    command = [sys.executable, "-I", "-S", watcher.__file__, str(sleeper.pid), known, "", group]
    subprocess.run(command, stdin=subprocess.DEVNULL, check=True, timeout=20)
    assert soon(lambda: sleeper.poll() is not None, 20 if ends else 0.5) is ends


def test_a_handle_of_one_that_ended_ends_no_other(sleeper: subprocess.Popen[bytes]) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    handle = os.pidfd_open(gone.pid)
    gone.wait()
    command = [sys.executable, "-I", "-S", watcher.__file__, str(sleeper.pid), "1", str(handle), ""]
    subprocess.run(command, stdin=subprocess.PIPE, pass_fds=(handle,), check=True, timeout=20)
    os.close(handle)
    assert sleeper.poll() is None


def test_without_handles_a_killed_process_leaves_nothing_either(tmp_path: Path) -> None:
    program = "import os; del os.pidfd_open\n" + PARENT
    command = [sys.executable, "-c", program, "alone", "wait"]
    with subprocess.Popen(command, env=environment(Home(tmp_path)), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert soon(lambda: not running(child))


def _no_watcher(*_: Any, **__: Any) -> Any:
    raise BlockingIOError("Resource temporarily unavailable")


def test_a_server_that_cannot_be_watched_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[Any]] = []

    def refuses(process: subprocess.Popen[Any], **_: Any) -> Any:
        started.append(process)
        _no_watcher()

    monkeypatch.setattr(schedule, "end_with_us", refuses)
    monkeypatch.setattr(schedule, "answers", lambda api: False)
    home = Home(tmp_path).create()
    home.prefect.mkdir(exist_ok=True)
    with pytest.raises(OSError, match="unavailable"), schedule.server(home, 4299):
        pass
    assert started[0].returncode is not None


class _Server:
    """Stands for Prefect's class; what it starts is no server."""

    def _run_uvicorn_command(self) -> str:
        return "started"


def test_a_temporary_server_that_cannot_be_watched_is_given_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(_Server, "_run_uvicorn_command", lambda self: process)
    monkeypatch.setattr("prefect.server.api.server.SubprocessASGIServer", _Server)
    monkeypatch.setattr(ending, "end_with_us", _no_watcher)
    ending.watch_temporary_servers()
    assert _Server()._run_uvicorn_command() is process
    process.wait()
    assert f"(process {process.pid}) is not watched: Resource temporarily" in capsys.readouterr().err


def test_a_prefect_without_the_method_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr("prefect.server.api.server.SubprocessASGIServer", object)
    with pytest.warns(RuntimeWarning, match="may leave it behind"):
        ending.watch_temporary_servers()


def test_examples() -> None:
    assert doctest.testmod(watcher).failed == 0


def test_nothing_is_left_of_a_process_that_ends_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, "alone", "end"]
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
