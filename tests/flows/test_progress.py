"""What is said of a run where there is no terminal: how much, how fast, how long still."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

import flows.progress
from flows.progress import Progress


class Clock:
    """A clock that goes on when it is told to."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


def test_rate_and_time_left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    monkeypatch.setattr(flows.progress, "time", clock)
    with Progress(terminal=False) as progress:
        progress.more(600)
        for _ in range(80):
            clock.now += 0.125
            progress.done("reading")
    said = capsys.readouterr().err.splitlines()
    assert said == ["reading: 80 of 600 pages, 8.0 a second, 01:05 left"]


def test_what_is_waited_for_is_said_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(flows.progress, "time", clock)
    with Progress(terminal=False) as progress:
        for number in range(4):
            clock.now += 6
            progress.waiting(f"attempt {number}")
    assert capsys.readouterr().err.splitlines() == ["attempt 1", "attempt 3"]


def test_a_bar_shows_what_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(terminal=True) as progress:
        progress.waiting("hai-linh: Connection refused; attempt 2 of 2 in 2 s")
    assert "attempt 2 of 2 in 2 s" in capsys.readouterr().err


def test_quiet_says_only_what_is_noted(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(quiet=True) as progress:
        progress.more(1)
        progress.done("reading")
        progress.stage("a stage")
        progress.note("a note")
    assert capsys.readouterr().err == "a note\n"


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("say", [Progress.note, Progress.waiting, Progress.stage, Progress.done])
def test_what_a_server_sends_does_not_steer_the_terminal(
    say: Callable[[Progress, str], None],
    terminal: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    monkeypatch.setattr(flows.progress, "time", clock)
    with Progress(terminal=terminal) as progress:
        clock.now += 11
        say(progress, "HTTP 500 đỏ\x1b[2J\r\x9b31m\x07\u202e\u2066.")
        progress.more(1)  # a bar is drawn anew
    shown = capsys.readouterr().err
    if not (terminal and say is Progress.stage):  # a bar shows that anyway
        assert "HTTP 500 đỏ [2J  31m   ." in shown
    # a bar goes back to the beginning of its line
    steering = {char for char in shown if unicodedata.category(char) in ("Cc", "Cf")}
    assert steering <= {"\n", "\r"} if terminal else steering == {"\n"}


def test_lines_of_a_note_stay(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(terminal=False) as progress:
        progress.note("mot: no title\n  page: /1")
    assert capsys.readouterr().err == "mot: no title\n  page: /1\n"
