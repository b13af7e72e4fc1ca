"""A dry run: what the next run would ask for. The lists are read, nothing is written."""

from __future__ import annotations

from collections.abc import Callable

from db.archive import Archive
from db.home import Home
from db.store import open_database
from flows.asked import Standing, changed_since, longest_unasked, standing, walked_through
from flows.discover import Discovery, Options, Plan
from flows.gather import Gatherer, Visit
from flows.net.pace import Pace
from flows.report import fault_line
from schemas.sources import Source


def look(home: Home, source: Source, options: Options, pace: Pace, say: Callable[[str], None]) -> Plan:
    """The plan of one source. Raises FetchError when none of its lists, feeds and sitemaps answered."""
    db = open_database(home.database, readonly=True) if home.database.exists() else None
    archive = Archive(home.archive)
    visit = Visit(source, pace)

    def stands(url: str) -> Standing:
        return standing(db, url) if db else "new"

    try:
        plan = Discovery(
            source,
            Gatherer(visit, None, db),
            standing=stands,
            changed=lambda url, modified: db is not None and changed_since(db, url, modified),
            body=lambda got: got.body(archive),
            report=lambda stage, url, reason: say(fault_line(source.code, url, reason)),
            options=options,
            completed=db is not None and walked_through(db, source.code, ""),
        ).run()
        plan.look_again(longest_unasked(db, source.code, options.recheck) if db else [], options)
    finally:
        visit.close()
        if db:
            db.close()
    return plan
