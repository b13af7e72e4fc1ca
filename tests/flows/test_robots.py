from __future__ import annotations

import itertools
import time
from collections.abc import Callable

import pytest

from flows.net.errors import RobotsRefused
from flows.net.pace import Pace
from flows.net.robots import Robots, robots_body
from flows.net.session import Session
from tests.flows.faults import FaultServer, Reply


def rules(text: str, **options: object) -> Reply:
    return Reply(body=text.encode(), **options)


def robots_of(session: Session, delay: float = 0.0) -> Robots:
    return Robots(lambda url: robots_body(session, url).body, session.pace, delay)


def test_what_is_disallowed_is_not_asked(server: FaultServer, session: Session) -> None:
    server.routes["/robots.txt"] = rules("User-agent: *\nDisallow: /quan-tri/\n")
    robots = robots_of(session)
    robots.check(server.url("/tin"))
    with pytest.raises(RobotsRefused, match="does not allow"):
        robots.check(server.url("/quan-tri/x"))
    assert server.paths() == ["/robots.txt"]


def test_rules_for_us_come_before_rules_for_all(server: FaultServer, session: Session) -> None:
    server.routes["/robots.txt"] = rules("User-agent: *\nDisallow:\n\nUser-agent: bantin\nDisallow: /\n")
    with pytest.raises(RobotsRefused):
        robots_of(session).check(server.url("/tin"))


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_missing_file_allows_everything(server: FaultServer, session: Session, status: int) -> None:
    server.routes["/robots.txt"] = Reply(status)
    robots_of(session).check(server.url("/tin"))


@pytest.mark.parametrize("reply", [Reply(500), Reply(503), Reply(429), Reply(hang_up=True)])
def test_a_failing_server_allows_nothing(server: FaultServer, session: Session, reply: Reply) -> None:
    server.routes["/robots.txt"] = reply
    robots = robots_of(session)
    for _ in range(2):
        with pytest.raises(RobotsRefused, match="could not be read"):
            robots.check(server.url("/tin"))
    assert len(server.asked) == 3  # the attempts of one request, not of two


def test_only_the_beginning_of_a_huge_file_is_read(
    server: FaultServer, make_session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.net.robots._SIZE", 60)
    server.routes["/robots.txt"] = rules("User-agent: *\nDisallow: /a/\n" + "# " + "x" * 90_000 + "\nDisallow: /b/\n")
    robots = robots_of(make_session())
    robots.check(server.url("/b/"))
    with pytest.raises(RobotsRefused):
        robots.check(server.url("/a/"))


@pytest.mark.parametrize(
    ("asked", "own", "delay"), [("5", 2.0, 5.0), ("1", 2.0, 2.0), ("", 2.0, 2.0), ("86400", 2.0, 60.0)]
)
def test_the_longer_delay_holds(
    server: FaultServer, make_session: Callable[..., Session], asked: str, own: float, delay: float
) -> None:
    server.routes["/robots.txt"] = rules(f"User-agent: *\nCrawl-delay: {asked}\n")
    pace = Pace(sleep=lambda seconds: None)
    session = make_session(pace=pace)
    robots_of(session, own).check(server.url("/tin"))
    assert pace.delay("127.0.0.1") == delay


def test_the_delay_is_kept_in_time(server: FaultServer, make_session: Callable[..., Session]) -> None:
    server.routes["/robots.txt"] = rules("User-agent: *\nCrawl-delay: 0.2\n")
    server.routes["/tin"] = Reply(body=b"tin")
    session = make_session(sleep=time.sleep)
    robots_of(session).check(server.url("/tin"))
    session.fetch(server.url("/tin"))
    session.fetch(server.url("/tin"))
    times = [asked.at for asked in server.asked]
    assert all(later - earlier >= 0.19 for earlier, later in itertools.pairwise(times))


def test_a_redirect_is_checked_against_the_rules_too(server: FaultServer, session: Session) -> None:
    server.routes["/robots.txt"] = rules("User-agent: *\nDisallow: /quan-tri/\n")
    server.routes["/tin"] = Reply(302, headers={"Location": "/quan-tri/tin"})
    with pytest.raises(RobotsRefused, match="quan-tri"):
        session.fetch(server.url("/tin"), allow=robots_of(session).check)
    assert server.paths() == ["/robots.txt", "/tin"]
