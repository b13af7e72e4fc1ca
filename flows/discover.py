"""What a portal has: its list pages walked by their pager, its feeds, its sitemaps.

A list is walked until a page shows nothing new, provided that the last run got through; else to its end. So a first
night, a night that was cut short and a night after ``--limit`` are made up for by the next one.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin

from extractors.page import PageError
from extractors.sites import family
from extractors.sites.feeds import read_feed, read_sitemap
from extractors.sites.model import Form, ListItem
from flows.asked import Standing
from flows.gather import Gatherer, Got
from flows.net.addresses import checked_url, endpoint, site
from flows.net.errors import BadAddress, BudgetSpent, FetchError
from schemas.captures import Capture
from schemas.sources import Source

#: pages of one list, or sitemaps of one index: a pager that turns in circles ends here
_MOST_PAGES = 2000
#: levels of sitemaps below the first; an index that names indexes is none of the protocol, but occurs
_DEEPEST = 3
#: bulletins that are asked for again in a run, besides those on the lists' first pages
RECHECK = 100


@dataclass(slots=True)
class Plan:
    """``new`` was never archived; ``again`` was, and is asked for on the condition that it changed.

    ``complete``: nothing that the lists show was left out, so the next run may stop where it meets known pages.
    """

    source: str
    new: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    complete: bool = True
    counts: Counter[str] = field(default_factory=Counter)

    def look_again(self, urls: Iterable[str], options: Options) -> None:
        """Ask for these again too, unless the run is to be a short one."""
        if options.limit is None:
            planned = {*self.new, *self.again}
            self.again += [url for url in urls if url not in planned]


@dataclass(frozen=True, slots=True)
class Options:
    """``since``: nothing older, and lists are walked down to that day; ``limit``: that many new pages a source."""

    since: date | None = None
    limit: int | None = None
    recheck: int = RECHECK


class Discovery:
    """One source's discovery.

    What is known is asked through ``standing``, ``changed`` (url, time) and ``body`` (an answer's body, from the
    archive where it did not change); ``report(stage, url, reason)`` takes what went wrong, and the rest goes on.
    """

    def __init__(
        self,
        source: Source,
        gatherer: Gatherer,
        *,
        standing: Callable[[str], Standing],
        body: Callable[[Got], Capture],
        changed: Callable[[str, str], bool],
        report: Callable[[str, str, str], None],
        options: Options,
        completed: bool,
    ) -> None:
        self._source = source
        self._gatherer = gatherer
        self._standing = standing
        self._body = body
        self._changed = changed
        self._report = report
        self._options = options
        self._completed = completed
        self._root = str(source.url)
        self._seen: set[str] = set()
        self._plan = Plan(source.code)

    def run(self) -> Plan:
        """The plan. Raises FetchError when not one list, feed or sitemap of the source could be fetched."""
        source, plan = self._source, self._plan
        faults: list[FetchError] = []
        ways: list[tuple[str, str, Callable[[str], None]]] = [
            *(("list", path, self._walk) for path in source.lists.values()),
            *(("feed", path, self._feed) for path in source.feeds),
            *(("sitemap", path, self._sitemap) for path in source.sitemaps),
        ]
        if not ways:
            self._report("list", self._root, "the source's file names no list, feed or sitemap; add [lists] to it")
        for stage, path, way in ways:
            url = urljoin(self._root, path)
            try:
                with self._gatherer.budget.half():
                    way(url)
            except BudgetSpent as error:  # what was found so far is asked with the other half
                said = f"{error.found}, and lists may take half of them; {error.hint}"
                self._report(stage, url, f"{error.url}: {said}")
                plan.complete = False
                break
            except FetchError as error:
                faults.append(error)
                plan.complete = False
            except PageError as error:
                self._report(stage, url, str(error))
                plan.complete = False
        if faults and len(faults) == len(ways):
            raise faults[0]
        for fault in faults:
            self._report("list", fault.url, str(fault))
        return plan

    # one way each

    def _walk(self, url: str) -> None:
        """A list and its further pages, until one shows nothing that the pages before it did not show."""
        reader = family(self._source.family)
        at: str | Form = url
        visited, shown = {url}, set[str]()
        for number in range(1, _MOST_PAGES + 1):
            capture = self._get(at, "list") if isinstance(at, str) else self._gatherer.submit(at)
            page = reader.read_list(
                capture.body,
                url=capture.url,
                content_type=capture.header("Content-Type"),
                source=self._source,
                number=number,
            )
            named = {item.url for item in page.items}
            if named <= shown:
                return
            shown |= named
            fresh = self._add(page.items, again=number == 1)
            if self._limit_reached():
                self._plan.complete = False
                return
            if self._options.since and all(_older(item, self._options.since) for item in page.items):
                self._plan.complete &= self._completed and not fresh
                return
            if not self._options.since and self._completed and not fresh:
                return
            onward = page.next_url or page.next_form
            if onward is None or onward in visited:
                return
            at = onward
            if isinstance(at, str):
                visited.add(at)

    def _feed(self, url: str) -> None:
        capture = self._get(url, "feed")
        self._add(read_feed(capture.body, capture.url), again=True)

    def _sitemap(self, url: str) -> None:
        """A sitemap and what it is the index of; a bad one among those costs only itself."""
        reader = family(self._source.family)
        waiting, known = deque([(url, 0)]), {url}
        while waiting:
            at, depth = waiting.popleft()
            try:
                capture = self._get(at, "sitemap")
                found = read_sitemap(capture.body, capture.url)
            except (FetchError, PageError) as error:
                if depth == 0:
                    raise
                self._report("sitemap", at, str(error))
                self._plan.complete = False
                continue
            self._add((item for item in found.items if reader.is_article_url(item.url)), again=False)
            children = [child for child in found.children if child not in known]
            room = 0 if depth == _DEEPEST else _MOST_PAGES - len(known)
            if len(children) > room:
                left = f"{len(children) - room} of its sitemaps are left out"
                self._report("sitemap", at, f"{left}: at most {_MOST_PAGES} are read, {_DEEPEST} levels deep")
            known.update(children[:room])
            waiting += [(child, depth + 1) for child in children[:room]]

    # what they share

    def _get(self, url: str, kind: str) -> Capture:
        return self._body(self._gatherer.get(url, kind))

    def _add(self, items: Iterable[ListItem], *, again: bool) -> bool:
        """Take what is not archived into the plan; whether anything was never asked for before.

        ``again`` takes the archived ones too; else only those that the portal says it changed since.
        """
        fresh = False
        for item in items:
            url = self._own(item.url)
            if url is None:
                continue
            self._plan.counts["listed"] += 1
            if url in self._seen:
                continue
            if self._options.since and _older(item, self._options.since):
                continue
            stands = self._standing(url)
            if stands == "removed":
                self._seen.add(url)
                self._plan.counts["removed"] += 1
                continue
            fresh |= stands == "new"
            if stands != "archived":
                if self._limit_reached():
                    self._plan.complete = False
                    return True
                self._plan.new.append(url)
            elif again or (item.modified and self._changed(url, item.modified)):
                self._plan.again.append(url)
            else:
                continue
            self._seen.add(url)
        return fresh

    def _own(self, url: str) -> str | None:
        """The address as it is asked for; None for pages of other sites and what is no bulletin."""
        with contextlib.suppress(BadAddress):
            url = checked_url(url)
            if site(url) == site(self._root) or endpoint(url)[0] in self._source.hosts:
                return url
        if url not in self._seen:
            self._seen.add(url)
            self._plan.counts["offsite"] += 1
            self._gatherer.log_refused(url, "a list shows it, but it is on another site")
        return None

    def _limit_reached(self) -> bool:
        return self._options.limit is not None and len(self._plan.new) >= self._options.limit


def _older(item: ListItem, since: date) -> bool:
    """Whether a page was published before a day; one that was last changed before it was."""
    said = item.published or item.modified
    return said is not None and said[:10] < since.isoformat()
