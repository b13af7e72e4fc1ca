"""For each command a home to start from, and what an undisturbed run makes of it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import flows.reading.warm  # noqa: F401  children need not warm up
from db.home import Home
from tests.flows.ingesting import reset
from tests.imports.support import write_portal
from tests.kills import bodies
from tests.kills.contents import Contents, contents, seen
from tests.kills.forked import Ended, forked
from tests.portal.server import SamplePortal

Body = Callable[[Home], object]


def child(body: Body, home: Home, kind: str = "edge", at: int = 0, hour: int = 2) -> Ended:
    """A command's body in a child with a steady clock."""

    def steadily() -> None:
        bodies.steady(hour)
        body(home)

    return forked(steadily, home.root, kind, at)


@dataclass(frozen=True, slots=True)
class Flow:
    """A command's body, the home it starts from, and what an undisturbed run makes of it: contents, number of points.

    ``shown`` is what people see before and after.
    """

    body: Body
    start: Home
    made: Contents
    points: Counter[str]
    shown: tuple[object, object]


@pytest.fixture(scope="session")
def portal() -> Iterator[SamplePortal]:
    with SamplePortal() as running:
        reset(running)
        yield running


@pytest.fixture(scope="session")
def empty(portal: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The two sources of the sample portal, a database with nothing in it."""
    home = Home(tmp_path_factory.mktemp("empty")).create()
    portal.write_sites(home.sites)
    bodies.do_create(home)
    return home


@pytest.fixture(scope="session")
def flow(empty: Home, portal: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Flow]:
    """The flow of a name; each is made ready once."""
    made: dict[str, Flow] = {}

    def get(name: str) -> Flow:
        if name not in made:
            made[name] = _undisturbed(name, start(name), tmp_path_factory)
        return made[name]

    def start(name: str) -> Home:
        if name == "ingest":
            return empty
        home = Home(tmp_path_factory.mktemp(name)).create()
        if name == "import":
            write_portal(home, "causay")
            bodies.write_warc(home.root / "a.warc.gz")
            bodies.do_create(home)
        elif name == "reextract":
            copy(empty, home)
            succeeded(child(bodies.do_ingest, home, hour=1))
            portal.state("after")  # some bulletins are revised, one is gone: the archive has two versions of them
            succeeded(child(bodies.do_ingest, home))
            reset(portal)
        elif name == "promote":
            copy(get("reextract").start, home)
            succeeded(child(bodies.do_reextract, home))
        return home

    return get


def _undisturbed(name: str, start: Home, make: pytest.TempPathFactory) -> Flow:
    body: Body = getattr(bodies, f"do_{name}")
    home = copy(start, Home(make.mktemp(f"{name}-undisturbed")))
    before = seen(home) if home.database.exists() else None
    ended = succeeded(child(body, home))
    return Flow(body, start, contents(home), ended.points, (before, seen(home)))


def copy(start: Home, target: Home) -> Home:
    shutil.copytree(start.root, target.root, dirs_exist_ok=True, symlinks=True)
    return target


def succeeded(ended: Ended) -> Ended:
    assert ended.code == 0, ended.said
    return ended


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[Home], Home]:
    """A home to do with as one likes."""
    return lambda start: copy(start, Home(tmp_path / "home"))
