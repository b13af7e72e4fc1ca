"""What a family of portals is: how its article pages and its list pages are read, in versions.

A version ends where the layout changed; captures from before are still read by it. A portal
(``schemas.sources.Source``) may override selectors by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from extractors.page.errors import PageError, place_of
from extractors.sites.model import ARTICLE_SELECTORS, SELECTORS, ListPage

if TYPE_CHECKING:
    from schemas.documents import Bulletin
    from schemas.sources import Source


@dataclass(frozen=True)
class Version:
    """One layout: ``valid`` are the first and last day on which pages in it were served (None: open)."""

    name: str
    #: all of them occur in an article page of this layout
    signature: tuple[re.Pattern[str], ...]
    selectors: Mapping[str, str]
    valid: tuple[date | None, date | None] = (None, None)
    #: XPaths of the parts that hold the article; the first must find exactly one element
    cut: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = set(self.selectors) - set(SELECTORS)
        missing = {name for name, (least, _) in SELECTORS.items() if least and name not in self.selectors}
        if unknown or missing:
            raise ValueError(f"version {self.name}: unknown selectors {sorted(unknown)}, missing {sorted(missing)}")

    def shows(self, text: str) -> bool:
        """Whether a page carries this layout's signature."""
        return all(pattern.search(text) for pattern in self.signature)

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

    def is_article_url(self, url: str) -> bool:
        """Whether ``url`` may be an article: sitemaps also name lists and the front page."""
        return self.article_url is None or self.article_url.search(url) is not None

    def version_for(self, text: str, captured_on: date | None) -> Version:
        """Of the versions that held on that day the newest whose signature shows; the newest of them if none does."""
        held = [version for version in self.versions if version.holds_on(captured_on)] or list(self.versions)
        if len(held) == 1:
            return held[0]
        return next((version for version in reversed(held) if version.shows(text)), held[-1])

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
                overridden=_article_overrides(source),
                url=url,
            )
        except PageError as error:
            raise self._located(error, version, url, captured_on, source) from error

    def read_list(self, body: bytes, *, url: str, content_type: str | None = None, source: Source) -> ListPage:
        """A list page: absolute addresses on the portal's own host. One without articles is an error."""
        from extractors.page.encoding import decode_body
        from extractors.sites.listing import read_listing

        text = decode_body(body, content_type)
        version = self.version_for(text, None)
        selectors = {**version.selectors, **source.selectors}
        try:
            return read_listing(body, text, selectors, url=url, home=str(source.url))
        except PageError as error:
            raise self._located(error, version, url, None, source) from error

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
            hint="the layout may have changed: save the page as FILE.html and run  bantin extract FILE.html",
        )


def _article_overrides(source: Source | None) -> bool:
    """Whether a portal's own selectors may look outside the part that the version cuts out."""
    return source is not None and any(name in ARTICLE_SELECTORS for name in source.selectors)
