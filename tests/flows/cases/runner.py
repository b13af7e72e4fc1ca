"""One case from the request to the fetch log and, for a page that came, to what reading it says."""

from __future__ import annotations

import re
import shutil
import socket
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from sqlite_utils import Database

from db.home import Home
from db.store import get_capture, open_database
from flows.gather import Gatherer, Visit
from flows.ingest import Run
from flows.net.errors import BudgetSpent, FetchError
from flows.net.pace import Pace
from flows.net.session import Limits, Session
from flows.read import bulletin_of
from schemas.sources import Source
from tests.flows.cases.model import PORTAL, Case
from tests.flows.certificates import Authority
from tests.flows.clock import Clock
from tests.flows.faults import FaultServer

#: small enough that every limit is met in no time
LIMITS = Limits(wire=700_000, body=2_000_000, attempts=3, backoff=2)
NOW = datetime(2023, 9, 16, 0, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Result:
    outcome: str
    message: str
    asked: int
    pauses: tuple[float, ...]
    text: str | None


class Names:
    """A name server that answers from a table; the system is asked for numbers only."""

    def __init__(self, case: Case) -> None:
        self._answers = {name: [list(answer) for answer in answers] for name, answers in case.dns.items()}

    def resolve(self, host: str, port: int) -> list[str]:
        if host == PORTAL:
            return ["127.0.0.1"]
        answers = self._answers.get(host)
        if answers is not None:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(entry[4][0]) for entry in found]


class Stage:
    """What cases share: an authority that signs certificates, an empty database to copy."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder)
        self.blank = Home(folder / "blank").create()
        open_database(self.blank.database).close()


def play(case: Case, stage: Stage, folder: Path) -> Result:
    """Run a case against a server of its own. Nobody but that server is connected to, whatever the case tries."""
    shutil.copytree(stage.blank.root, folder)
    authority = stage.authority
    tls = None
    if case.tls:
        host = "khac.example" if case.tls == "other host" else PORTAL
        tls = authority.context(host, over=case.tls == "over", own=case.tls == "self-signed")
    connect = socket.socket.connect

    def only_here(sock: socket.socket, address: tuple[str, int]) -> None:
        if address[0] != "127.0.0.1":
            raise ConnectionRefusedError("nobody there")
        connect(sock, address)

    with (
        FaultServer(tls) as server,
        patch.object(socket.socket, "connect", only_here),
        patch("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(authority.bundle)),
    ):
        return _run(case, server, Home(folder))


def _run(case: Case, server: FaultServer, home: Home) -> Result:
    server.routes = {"/tin": case.answer, "/robots.txt": case.robots, **case.routes}
    root = f"{'https' if case.tls else 'http'}://{PORTAL}:{server.port}"
    source = Source(
        code="portal",
        name="Cổng thử",
        url=root,
        area="",
        family="nukeviet4",
        delay=0,
        hosts=list(case.hosts),
        allow_private=[f"{PORTAL}:{server.port}", *(entry.format(port=server.port) for entry in case.allow_private)],
        budget=case.budget,
    )
    limits = replace(LIMITS, total=1.5, attempts=1) if case.slow else LIMITS
    slept: list[float] = []
    clock = Clock(slept)
    visit = Visit(source, Pace(clock.time, clock.sleep), limits)
    visit.session = Session(
        "bantin/test (+toa-soan@quan.example)",
        allow_private=source.allow_private,
        hosts=source.hosts,
        limits=limits,
        pace=visit.session.pace,
        budget=visit.budget,
        resolver=Names(case).resolve,
        sleep=clock.sleep,
        now=lambda: NOW,
    )
    url = case.url.format(root=root, port=server.port)
    with Run(home, {"portal": source}) as run, run.database() as db:
        gatherer = Gatherer(visit, run.shelf(db, "portal"))
        spent = None
        for _ in range(case.times):
            try:
                gatherer.get(url, "page")
            except BudgetSpent as error:
                spent = error
            except FetchError:
                pass
        visit.close()
        outcome, message = db.conn.execute(
            "SELECT outcome, message FROM fetch_log WHERE url = ? ORDER BY id DESC LIMIT 1", (url,)
        ).fetchone() or ("", None)
        text = None
        if spent is not None:
            outcome, message = spent.outcome, str(spent)
        elif outcome == "fetched":
            message, text = _read(run, db, source)
    asked = [path for path in server.paths() if path != "/robots.txt"]
    return Result(outcome, _short(message or "", url, server), len(asked), tuple(slept), text)


def _read(run: Run, db: Database, source: Source) -> tuple[str, str | None]:
    """What reading the page says, and its text."""
    (capture_id,) = run.waiting()
    run.load([capture_id])
    if run.errors:
        return f"quarantine: {run.errors[-1]['reason'].splitlines()[0]}", None
    row = get_capture(db, capture_id)
    assert row is not None
    return "read", bulletin_of(run.archive.read(row.ref), source).text


def _short(message: str, url: str, server: FaultServer) -> str:
    return message.removeprefix(f"{url}: ").replace(f":{server.port}", "")


def matches(expected: str, found: str) -> bool:
    """Whether a message is the expected one; "…" stands for any text (what another version of a library says)."""
    parts = [re.escape(part) for part in expected.split("…")]
    return re.fullmatch(".*".join(parts), found, re.S) is not None
