"""How well each family fits a page, and why: for a person who describes a new portal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup

from extractors.page.dates import read_date
from extractors.page.errors import PageError
from extractors.page.flow import text_of
from extractors.page.tree import Page, select
from extractors.sites import families
from extractors.sites.base import Family, Version, occurs
from extractors.sites.listing import read_listing

#: what an article must have; the rest of a family's selectors may match nothing
REQUIRED = ("title", "published", "body")
_SOFTWARE, _SIGNATURE, _PART = 0.2, 0.3, 0.5 / len(REQUIRED)
#: a page that names fewer articles is no list
_LEAST_ITEMS = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """A family's version on a page: ``score`` from 0 to 1, as an article or as a list; ``missing`` of the required."""

    family: Family
    version: Version
    kind: Literal["article", "list"]
    score: float
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``joomla/v3``."""
        return f"{self.family.name}/{self.version.name}"


def fits(body: bytes, text: str, url: str) -> list[Fit]:
    """Every family's best version on the page at ``url``, the best family first. ``PageError`` for what is no page."""
    page = Page(text)
    seen = _Seen(page, page.whole(), body, text, url)
    found = [max(_versions(family, seen), key=lambda fit: fit.score) for family in families().values()]
    return sorted(found, key=lambda fit: -fit.score)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The page, parsed once."""

    page: Page
    whole: BeautifulSoup
    body: bytes
    text: str
    url: str


def _versions(family: Family, seen: _Seen) -> Iterator[Fit]:
    software = occurs(family.software, seen.text)
    for version in reversed(family.versions):  # of equal ones the newest
        yield _as_article(family, version, seen, software)
        yield _as_list(family, version, seen, software)


def _as_article(family: Family, version: Version, seen: _Seen, software: bool) -> Fit:
    share = version.share(seen.text)
    score = _SOFTWARE * software + _SIGNATURE * share
    reasons = [f"signature {round(share * len(version.signature))} of {len(version.signature)}"]
    if software:
        reasons.insert(0, "marks of the software")
    missing = []
    soup = seen.page.cut(version.cut) or seen.whole
    for name in REQUIRED:
        problem = trouble(soup, name, version.selectors[name])
        if problem:
            missing.append(name)
            reasons.append(f"{name}: {problem}")
        else:
            score += _PART
    if not missing:
        reasons.append("title, date and body found once each")
    elif len(missing) == len(REQUIRED):
        reasons = [*reasons[: -len(missing)], "no title, date or body"]
    return Fit(family, version, "article", round(score, 3), tuple(reasons), tuple(missing))


def trouble(soup: BeautifulSoup, name: str, selector: str) -> str | None:
    """What keeps a selector from being read, None where it finds its one element."""
    try:
        tag = select(soup, name, selector, 1, 1)[0]
    except PageError:
        count = len(select(soup, name, selector, 0, sys.maxsize))
        return f'"{selector}" matched {count} elements, expected 1'
    text = text_of(tag)
    machine = str(tag.get("datetime") or tag.get("content") or "")
    if name == "published" and not (read_date(text) or read_date(machine)):
        return f'"{selector}" found no date in "{text[:40]}"'
    return None if text or name == "published" else f'"{selector}" matched an element without text'


def _as_list(family: Family, version: Version, seen: _Seen, software: bool) -> Fit:
    score = _SOFTWARE * software
    reasons = ["marks of the software"] if software else []
    none = Fit(family, version, "list", score, (*reasons, "names no articles"))
    if seen.whole.select_one(version.selectors["list_item"]) is None:
        return none
    try:
        listed = read_listing(seen.body, seen.text, version.selectors, url=seen.url, home=seen.url)
    except PageError:
        return none
    count, dated = len(listed.items), sum(item.published is not None for item in listed.items)
    onward = listed.next_url or listed.next_form
    if count >= _LEAST_ITEMS:
        # an article's own page has lists, too: beside a title, a date and a body they do not count
        score += 0.3 + 0.2 * dated / count + (0.2 if onward else 0)
    reasons.append(f"names {count} articles, {dated} with a date" + (", and a next page" if onward else ""))
    return Fit(family, version, "list", round(score, 3), tuple(reasons))
