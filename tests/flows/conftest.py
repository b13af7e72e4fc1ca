from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from flows.net.session import Limits, Session
from tests.flows.faults import FaultServer

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
        settings = {"allow_private": [server.host], "limits": QUICK, "sleep": slept.append, **options}
        made.append(Session("bantin/test", **settings))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for session in made:
        session.close()


@pytest.fixture
def session(make_session: Callable[..., Session]) -> Session:
    return make_session()
