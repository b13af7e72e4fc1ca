"""What a family of portals is: how its article pages and its list pages are read, in versions.

A version ends where the layout changed; captures from before are still read by it. A portal
(``schemas.sources.Source``) may override selectors by name.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from extractors.page.errors import PageError, place_of
from extractors.sites.model import ARTICLE_SELECTORS, SELECTORS, ListPage

if TYPE_CHECKING:
    from schemas.documents import Bulletin
    from schemas.sources import Source


#: what tells a layout: a string, any one of several, or a pattern; patterns are bounded, pages are hostile
Mark = str | tuple[str, ...] | re.Pattern[str]


def occurs(mark: Mark, text: str) -> bool:
    """Whether a page carries a mark.

    >>> occurs("entry-title", "<h1 class=entry-title>"), occurs(("/a/", "/b/"), "<a href=/b/c>")
    (True, True)
    """
    if isinstance(mark, str):
        return mark in text
    return any(one in text for one in mark) if isinstance(mark, tuple) else mark.search(text) is not None


@dataclass(frozen=True)
class Version:
    """One layout: ``valid`` are the first and last day on which pages in it were served (None: open)."""

    name: str
    #: all of them occur in an article page of this layout
    signature: tuple[Mark, ...]
    selectors: Mapping[str, str]
    valid: tuple[date | None, date | None] = (None, None)
    #: XPaths of the parts that hold the article; the first must find exactly one element
    cut: tuple[str, ...] = ()
    #: none of them occurs in one
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = set(self.selectors) - set(SELECTORS)
        missing = {name for name, (least, _) in SELECTORS.items() if least and name not in self.selectors}
        if unknown or missing:
            raise ValueError(f"version {self.name}: unknown selectors {sorted(unknown)}, missing {sorted(missing)}")

    def shows(self, text: str) -> bool:
        """Whether a page carries this layout's signature."""
        return all(occurs(mark, text) for mark in self.signature) and not any(mark in text for mark in self.without)

    def share(self, text: str) -> float:
        """The share of the signature that a page carries: a portal's own layout changes parts of it."""
        if any(mark in text for mark in self.without):
            return 0.0
        return sum(occurs(mark, text) for mark in self.signature) / (len(self.signature) or 1)

    def holds_on(self, day: date | None) -> bool:
        """Whether the layout was served on a day (unknown: yes)."""
        first, last = self.valid
        return day is None or ((first is None or first <= day) and (last is None or day <= last))


@dataclass(frozen=True)
class Family:
    """A portal software as districts use it; ``versions`` from the oldest to the newest."""

    name: str
    versions: tuple[Version, ...]
    #: what an article's address looks like; None where it cannot be told from others
    article_url: re.Pattern[str] | None = field(default=None)
    #: one of them occurs in every page of the software, lists and front pages, too
    software: tuple[str, ...] = ()
    #: False: the signature proves no software, so a page that does not fit is one of no family, and no changed layout
    sure: bool = True

    def is_article_url(self, url: str) -> bool:
        """Whether ``url`` may be an article: sitemaps also name lists and the front page."""
        return self.article_url is None or self.article_url.search(url) is not None

    def version_for(self, text: str, captured_on: date | None) -> Version:
        """Of the versions that held on that day the one whose signature shows, or most of it; the newest of equals."""
        held = [version for version in self.versions if version.holds_on(captured_on)] or list(self.versions)
        if len(held) == 1:
            return held[0]
        return max(reversed(held), key=lambda version: version.share(text))

    def detect(self, text: str, captured_on: date | None = None) -> Version | None:
        """The version whose signature the page shows: one that held on the day before others, newer before older."""
        shown = [version for version in reversed(self.versions) if version.shows(text)]
        return next((version for version in shown if version.holds_on(captured_on)), shown[0] if shown else None)

    def read(
        self, text: str, version: Version, *, url: str | None, captured_on: date | None, source: Source | None
    ) -> Bulletin:
        """An article page as ``version`` reads it."""
        from extractors.sites.article import read_article

        selectors = {**version.selectors, **(source.selectors if source else {})}
        try:
            return read_article(
                text,
                f"{self.name}/{version.name}",
                selectors,
                version.cut,
                own=_own_selectors(source),
                url=url,
            )
        except PageError as error:
            raise self._located(error, version, url, captured_on, source) from error

    def read_list(
        self, body: bytes, *, url: str, content_type: str | None = None, source: Source, number: int = 1
    ) -> ListPage:
        """A list page: absolute addresses on the portal's own host. One without articles is an error.

        ``number``: which page of its list this is, as the caller counted (the first is 1).
        """
        from extractors.page.encoding import decode_body
        from extractors.sites.listing import read_listing

        text = decode_body(body, content_type)
        failed: PageError | None = None
        # a signature is an article's: the newest layout that finds articles has it
        for version in reversed(self.versions):
            selectors = {**version.selectors, **source.selectors}
            try:
                return read_listing(body, text, selectors, url=url, home=str(source.url), number=number)
            except PageError as error:
                failed = failed or self._located(error, version, url, None, source)
        assert failed is not None
        raise failed

    def _located(
        self, error: PageError, version: Version, url: str | None, day: date | None, source: Source | None
    ) -> PageError:
        site = f"{self.name}/{version.name}"
        if source:
            first, last = source.valid if any(source.valid) else version.valid
            years = f"{first.year if first else ''}-{last.year if last else ''}"
            site = f"{source.code} ({self.name}{', ' + years if years != '-' else ''})"
        return error.within(
            site=site,
            place=place_of(url, day),
            hint=f"the layout may have changed: {_trial(url, source)}",
        )


def _trial(url: str | None, source: Source | None) -> str:
    """The command that shows what is read of a page and keeps the page."""
    by = f" --source {source.code}" if source else ""
    if url is None or not url.startswith(("http://", "https://")):
        return f"bantin try FILE{by}"
    return f"bantin try {shlex.quote(url)}{by} --save page.html"


def _own_selectors(source: Source | None) -> list[str]:
    """The article's selectors that a portal's file names."""
    return [name for name in source.selectors if name in ARTICLE_SELECTORS] if source else []
