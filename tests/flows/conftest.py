from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.home import Home
from flows.net.pace import Pace
from flows.net.session import Limits, Session
from tests.flows.clock import Clock
from tests.flows.faults import FaultServer
from tests.flows.ingesting import ingest, reset
from tests.portal.server import SamplePortal

#: every fault a server can make shows within these, and so the tests are quick
QUICK = Limits(connect=1, read=1, total=0.5, wire=20_000, body=100_000, redirects=3, attempts=3, backoff=0.25)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def slept() -> list[float]:
    """The pauses that the session made instead of making them."""
    return []


@pytest.fixture
def make_session(server: FaultServer, slept: list[float]) -> Iterator[Callable[..., Session]]:
    made: list[Session] = []

    def make(**options: object) -> Session:
        clock = Clock(slept)
        pace = Pace(time.monotonic, time.sleep) if "sleep" in options else Pace(clock.time, clock.sleep)
        settings = {"allow_private": [server.host], "limits": QUICK, "sleep": clock.sleep, "pace": pace, **options}
        made.append(Session("bantin/test", **settings))
        return made[-1]

    yield make
    for session in made:
        session.close()


@pytest.fixture
def session(make_session: Callable[..., Session]) -> Session:
    return make_session()


@pytest.fixture(scope="session")
def portal_and_first_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SamplePortal, Home]]:
    """The sample portal and a home that one whole run has filled from it."""
    with SamplePortal() as portal:
        reset(portal)
        home = Home(tmp_path_factory.mktemp("first")).create()
        portal.write_sites(home.sites)
        ingest(home)
        yield portal, home


@pytest.fixture
def portal(portal_and_first_home: tuple[SamplePortal, Home]) -> SamplePortal:
    portal, _ = portal_and_first_home
    reset(portal)
    return portal


@pytest.fixture
def empty(portal: SamplePortal, tmp_path: Path) -> Home:
    """A home that knows the two sources and has nothing of them yet."""
    home = Home(tmp_path / "home").create()
    portal.write_sites(home.sites)
    return home


@pytest.fixture
def filled(portal_and_first_home: tuple[SamplePortal, Home], portal: SamplePortal, tmp_path: Path) -> Home:
    """A home after a first run: a copy, so that a test may do to it what it likes."""
    shutil.copytree(portal_and_first_home[1].root, tmp_path / "filled")
    return Home(tmp_path / "filled")
