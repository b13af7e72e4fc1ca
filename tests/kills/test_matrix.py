"""Killed anywhere and given again, a command ends where an undisturbed one does: nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from db.home import Home
from tests.kills.conftest import Flow, child, succeeded
from tests.kills.contents import contents, seen, sound
from tests.kills.points import spread

#: command -> points of each kind; a promotion is one transaction, so it has few edges, and every row counts
POINTS = {
    "ingest": {"edge": 24, "row": 10},
    "import": {"edge": 24, "row": 10},
    "reextract": {"edge": 24, "row": 10},
    "promote": {"edge": 9, "row": 24},
}
#: those that every run of the tests asks; the others are slow
QUICK = {("edge", 1), ("edge", 8), ("edge", 17), ("row", 6)}


def points() -> list[Any]:
    """Command, kind, number of the point."""
    return [
        pytest.param(name, kind, at, marks=() if (kind, at) in QUICK else (pytest.mark.slow,))
        for name, kinds in POINTS.items()
        for kind, number in kinds.items()
        for at in range(number)
    ]


@pytest.mark.parametrize("name, kind, number", points())
def test_killed_and_given_again(
    name: str, kind: str, number: int, flow: Callable[[str], Flow], copied: Callable[[Home], Home]
) -> None:
    work = flow(name)
    home = copied(work.start)
    at = spread(work.points[kind], POINTS[name][kind])[number]
    killed = child(work.body, home, kind, at)
    assert killed.code is None, killed.said
    sound(home)
    if name == "reextract":
        assert seen(home) == work.shown[0]  # nobody sees a candidate
    if name == "promote":
        assert seen(home) in work.shown  # all of it or nothing
    succeeded(child(work.body, home))
    sound(home)
    assert contents(home) == work.made


@pytest.mark.slow
@pytest.mark.parametrize("share", range(8))
@pytest.mark.parametrize("kind", ["edge", "row"])
def test_killed_while_the_database_is_made(
    kind: str, share: int, flow: Callable[[str], Flow], copied: Callable[[Home], Home]
) -> None:
    work = flow("create")
    home = copied(work.start)
    assert child(work.body, home, kind, spread(work.points[kind], 8)[share]).code is None
    succeeded(child(work.body, home))
    sound(home)
    assert contents(home) == work.made


@pytest.mark.parametrize("name", POINTS)
def test_given_again_it_changes_nothing(name: str, flow: Callable[[str], Flow], copied: Callable[[Home], Home]) -> None:
    """What the matrix compares with is an end: the command that follows finds nothing left to do."""
    work = flow(name)
    home = copied(work.start)
    for _ in range(2):
        succeeded(child(work.body, home))
    assert contents(home) == work.made
    assert work.made["figures"]
    assert all(work.points[kind] >= number for kind, number in POINTS[name].items())  # no point is asked twice
