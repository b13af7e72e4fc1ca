"""Two hundred nights on the sample portal: bulletins appear on their days, with random faults and planned troubles, one
of them a new layout of articles that a person tells the program about.

What must hold: every trouble that lasts is an incident, with its kind, from its second night to its end; no other
incident opens, whatever single nights bring; no night asks more than its budget; and when faults end, the database is
that of a run that met none.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from db.archive import Archive
from db.home import Home
from db.store import indexed_refs, open_database
from flows.direct import run_directly
from flows.ingest import Run
from flows.sources import load_sources
from tests.flows.ingesting import QUICK, ingest, reset, rows
from tests.portal import bulletins
from tests.portal.routes import Reply
from tests.portal.server import CODES, SamplePortal

NIGHTS = 200
FIRST = datetime(2023, 4, 10, 19, 0, tzinfo=UTC)
MENDING = Reply("<html><body><p>Đang nâng cấp</p></body></html>".encode())
#: first night, last night, source, what happens, the incident that it is
TROUBLES = [
    (30, 33, "lach-sen", "down", "down"),
    (60, 62, "hai-linh", "lists change", "lists"),
    (90, 90, "lach-sen", "down", None),  # one night is none
    (120, 125, "hai-linh", "down", "down"),
    (150, 152, "lach-sen", "lists change", "lists"),
]
#: from this day to the next its articles have another layout, which stays; a person mends the portal's file in the end
RELAID = ("hai-linh", date(2023, 7, 5), date(2023, 8, 1))
#: the nights on which that is an incident: from the third such article that came on, until the file is mended
LAYOUT = (100, 111)
MENDED = '\n[selectors]\nbody = "#news-bodyhtml, #noi-dung-moi"\n'
#: requests a night that a source's file allows
BUDGET = 60


class Soak:
    """The nights, one after the other; faults of a night end with it."""

    def __init__(self, portal: SamplePortal, home: Home, seed: int) -> None:
        self.portal, self.home, self.draw = portal, home, random.Random(seed)
        for path in home.sites.glob("*.toml"):  # the sitemaps of both have the same path, so one alone cannot fail
            text = path.read_text(encoding="utf-8").replace('sitemaps = ["/sitemap.xml"]', "sitemaps = []")
            path.write_text(f"budget = {BUDGET}\n{text}", encoding="utf-8")
        self.sources = load_sources(home.sites)
        self.relaid = self.relay()
        self.ends: list[Callable[[], None]] = []
        self.faulty = dict.fromkeys(CODES.values(), -9)

    def site(self, code: str) -> str:
        return next(key for key, value in CODES.items() if value == code)

    def path(self, slug: str) -> str:
        parts = urlsplit(self.portal.url(slug))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def relay(self) -> dict[str, Reply]:
        """The articles that come in another layout."""
        code, first, last = RELAID
        site = self.portal.sites[self.site(code)]
        made = {}
        for item in site.published:
            if first <= item.published.date() < last:
                path = self.path(item.slug)
                page = site.answer(path)
                made[path] = replace(page, body=page.body.replace(b'id="news-bodyhtml"', b'id="noi-dung-moi"'))
                assert made[path] != page
                self.portal.reply(path, made[path])
        return made

    def mend(self) -> None:
        """What a person does whom the incident tells."""
        file = self.home.sites / f"{RELAID[0]}.toml"
        file.write_text(file.read_text(encoding="utf-8") + MENDED, encoding="utf-8")
        self.sources = load_sources(self.home.sites)

    def lists(self, code: str) -> list[str]:
        source = self.sources[code]
        return [*source.lists.values(), *source.feeds]

    def trouble(self, code: str, what: str) -> None:
        reply = Reply(b"", status=503) if what == "down" else MENDING
        for path in self.lists(code):
            self.answer(path, reply)

    def answer(self, path: str, reply: Reply) -> None:
        self.portal.reply(path, reply)
        self.ends.append(lambda: self.portal.reply(path, self.relaid.get(path)))

    def fault(self, number: int) -> None:
        """Something that goes wrong for one night: a page, a few pages, or all lists of one source."""
        code = self.draw.choice(list(self.sources))
        paths = [self.path(item.slug) for item in self.portal.sites[self.site(code)].published]
        kind = self.draw.choice(["500", "dropped", "cut", "mending", "lists", "slow start"])
        if kind == "lists":
            if number - self.faulty[code] > 2:  # two nights in a row are a trouble, not a fault
                self.faulty[code] = number
                self.trouble(code, self.draw.choice(["down", "lists change"]))
            return
        for path in self.draw.sample(paths, min(len(paths), self.draw.randint(1, 2))):
            if kind in ("500", "dropped"):
                self.portal.fail(path, [500 if kind == "500" else 0] * 3)
                self.ends.append(lambda path=path: self.portal._failures.pop(path, None))
            elif kind == "cut":
                self.portal.cut(path, 60)
                self.ends.append(lambda path=path: self.portal.cut(path, -1))
            elif kind == "mending":
                self.answer(path, MENDING)
            else:
                self.portal.fail(path, [503])  # the second attempt is answered

    def night(self, now: datetime) -> None:
        self.portal.requests.clear()
        with Run(self.home, self.sources, kind="nightly", limits=QUICK, now=lambda: now) as run:
            run_directly(run)
        for end in self.ends:
            end()
        self.ends.clear()
        asked = Counter(request.site for request in self.portal.requests)
        assert max(asked.values(), default=0) <= BUDGET, (now, asked)

    def publish(self, day: date) -> None:
        self.portal.hide(*(item.slug for item in bulletins.load() if item.published.date() >= day))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_hundred_nights(portal: SamplePortal, empty: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    soak = Soak(portal, empty, seed=7)
    for number in range(NIGHTS):
        now = FIRST + timedelta(number)
        soak.publish((now + timedelta(hours=7)).date())
        planned = [(code, what) for first, last, code, what, _ in TROUBLES if first <= number <= last]
        near = [code for first, last, code, _, _ in TROUBLES if first - 2 <= number <= last + 2]
        if not near and soak.draw.random() < 0.4:
            soak.fault(number)
        for code, what in planned:
            soak.trouble(code, what)
        if number == LAYOUT[1] + 1:
            soak.mend()
        soak.night(now)
        expected = [(code, kind) for first, last, code, _, kind in TROUBLES if kind and first + 1 <= number <= last]
        if LAYOUT[0] <= number <= LAYOUT[1]:
            expected.append((RELAID[0], "layout"))
        wrong = rows(empty, "SELECT source, kind FROM incidents WHERE closed IS NULL ORDER BY source, kind")
        assert wrong == sorted(expected), (number, now)
    assert len(rows(empty, "SELECT id FROM incidents")) == 1 + sum(kind is not None for *_, kind in TROUBLES)

    for days in (0, 1):  # faults have ended
        soak.night(FIRST + timedelta(NIGHTS + days))
    clean = Home(tmp_path_factory.mktemp("clean")).create()
    shutil.copytree(empty.sites, clean.sites, dirs_exist_ok=True)
    ingest(clean)
    current = (
        "SELECT b.url, b.title, b.published, b.text_sha256, b.captions FROM current_runs c"
        " JOIN bulletins b ON b.id = c.bulletin_id ORDER BY b.url"
    )
    assert rows(empty, current) == rows(clean, current)
    figures = "SELECT id, quote, value, unit, period_start, verdict FROM figures_full ORDER BY id"
    assert rows(empty, figures) == rows(clean, figures)
    db = open_database(empty.database)
    report = Archive(empty.archive).verify(expected=indexed_refs(db))
    db.close()
    assert report.ok and not report.problems
    reset(portal)
