"""One request at a time, slower when a host is busy, and no more than the budget."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest

from db.home import Home
from flows.net.budget import Budget
from flows.net.cookies import FewCookies
from flows.net.errors import BudgetSpent
from flows.net.pace import Pace
from flows.net.session import Session
from tests.flows.clock import Clock
from tests.flows.faults import Asked, FaultServer, Reply
from tests.flows.ingesting import ingest, one, rows
from tests.portal.server import SamplePortal


def test_a_host_is_asked_by_one_at_a_time(server: FaultServer, make_session: Callable[..., Session]) -> None:
    other_came = threading.Event()
    waiting = threading.Event()

    def first(asked: Asked) -> Reply:
        waiting.set()
        other_came.wait(0.3)
        return Reply(body=b"1")

    def second(asked: Asked) -> Reply:
        other_came.set()
        return Reply(body=b"2")

    server.routes |= {"/1": first, "/2": second}
    pace = Pace()
    sessions = [make_session(pace=pace), make_session(pace=pace)]
    thread = threading.Thread(target=sessions[0].fetch, args=(server.url("/1"),))
    thread.start()
    assert waiting.wait(5)
    sessions[1].fetch(server.url("/2"))
    thread.join(5)
    assert server.most_at_once == 1
    assert server.paths() == ["/1", "/2"]


def test_a_session_keeps_its_one_connection(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = Reply(body=b"tin")
    for _ in range(5):
        session.fetch(server.url("/tin"))
    assert server.connections == 1


def test_a_busy_host_is_asked_more_slowly_and_then_faster_again() -> None:
    slept: list[float] = []
    clock = Clock(slept)
    pace = Pace(clock.time, clock.sleep)
    pace.slow_to("quan.example", 2)
    delays = []
    for _ in range(3):
        pace.busy("quan.example", 0, step=1, most=10)
        delays.append(pace.delay("quan.example"))
    assert delays == [4, 8, 10]
    assert pace.delay("phuong.example") == 0
    good = 0
    while pace.delay("quan.example") > 2:
        before = pace.delay("quan.example")
        pace.served("quan.example")
        assert pace.delay("quan.example") < before
        good += 1
    assert good == 16
    pace.served("quan.example")
    assert pace.delay("quan.example") == 2


def test_a_busy_host_rests_whoever_asks_next() -> None:
    slept: list[float] = []
    clock = Clock(slept)
    pace = Pace(clock.time, clock.sleep)
    with pace.turn("quan.example"):
        pace.busy("quan.example", 30, step=1, most=120)
    for host in ("phuong.example", "quan.example", "quan.example"):
        with pace.turn(host):
            pass
    assert slept == [30, 1]


def test_a_budget_counts_everything_that_is_sent(server: FaultServer, make_session: Callable[..., Session]) -> None:
    server.routes |= {
        "/cu": Reply(302, headers={"Location": "/moi"}),
        "/moi": [Reply(503), Reply(body=b"tin")],
    }
    budget = Budget(5)
    session = make_session(budget=budget)
    session.fetch(server.url("/cu"))  # there, busy; there again, well
    assert budget.spent == len(server.asked) == 4
    session.fetch(server.url("/moi"))
    with pytest.raises(BudgetSpent, match=r"5 of the 5 requests.*raise budget"):
        session.fetch(server.url("/moi"))
    assert len(server.asked) == 5


def test_half_of_a_budget_is_held_back_for_the_pages() -> None:
    budget = Budget(5)
    with budget.half():
        for _ in range(3):
            budget.spend("x")
        with pytest.raises(BudgetSpent):
            budget.spend("x")
    budget.spend("x")
    assert budget.spent == 4


def set_budget(home: Home, code: str, budget: int) -> None:
    path = home.sites / f"{code}.toml"
    path.write_text(f"budget = {budget}\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def counts(home: Home, code: str) -> dict[str, int]:
    found = one(home, "SELECT counts FROM runs ORDER BY started DESC, id DESC LIMIT 1")
    return dict(json.loads(found)["sources"][code])


def test_what_the_budget_leaves_the_next_nights_bring(portal: SamplePortal, filled: Home, empty: Home) -> None:
    wanted = {url for (url,) in rows(filled, "SELECT url FROM captures WHERE source = 'hai-linh' AND kind = 'page'")}
    set_budget(empty, "hai-linh", 30)
    nights = 0
    seen: set[str] = set()
    while seen != wanted:
        portal.requests.clear()
        ingest(empty, "hai-linh")
        nights += 1
        assert len(portal.requests) <= 30
        before = len(seen)
        seen = {url for (url,) in rows(empty, "SELECT url FROM captures WHERE kind = 'page'")}
        assert len(seen) > before, "every night brings something"
        said = counts(empty, "hai-linh")
        assert said["complete"] or said.get("left") or seen == wanted
    assert nights > 1
    assert rows(empty, "SELECT stage FROM run_errors WHERE stage != 'page'") == []


def test_a_spent_budget_is_said_once_and_is_no_error(portal: SamplePortal, empty: Home) -> None:
    set_budget(empty, "hai-linh", 30)
    run = ingest(empty, "hai-linh")
    said = counts(empty, "hai-linh")
    assert said["left"] > 0 and not said["complete"]
    assert [error for error in run.errors if error["stage"] != "read"] == []
    assert one(empty, "SELECT count(*) FROM fetch_log WHERE outcome = 'left'") == 0


def test_lists_that_eat_half_of_the_budget_are_an_error_that_says_what_to_do(portal: SamplePortal, empty: Home) -> None:
    set_budget(empty, "hai-linh", 4)
    run = ingest(empty, "hai-linh")
    (reason,) = [error["reason"] for error in run.errors if error["stage"] != "read"]
    assert "half" in reason and "raise budget" in reason
    assert len(portal.requests) <= 4
    assert not counts(empty, "hai-linh")["complete"]
    assert counts(empty, "hai-linh")["fetched"] > 0


def test_a_budget_that_suffices_changes_nothing(portal: SamplePortal, filled: Home) -> None:
    captures = "SELECT * FROM captures ORDER BY id"
    before = rows(filled, captures)
    set_budget(filled, "hai-linh", 1000)
    ingest(filled)
    assert rows(filled, captures) == before
    assert counts(filled, "hai-linh")["complete"] and "left" not in counts(filled, "hai-linh")


def test_a_flood_of_cookies_is_held_to_a_few(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = [Reply(body=b"1", headers={"Set-Cookie": f"c{i}={'x' * 300}; Path=/"}) for i in range(30)]
    for _ in range(30):
        session.fetch(server.url("/tin"))
    sent = server.asked[-1].headers["Cookie"]
    assert 3000 < len(sent) < 5000


def test_a_cookie_that_is_known_may_change(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = [
        Reply(body=b"1", headers={"Set-Cookie": f"phien={i}{'x' * 3000}; Path=/"}) for i in (1, 2, 3)
    ]
    for _ in range(3):
        session.fetch(server.url("/tin"))
    assert server.asked[-1].headers["Cookie"].startswith("phien=2")
    assert isinstance(session._session.cookies._policy, FewCookies)
