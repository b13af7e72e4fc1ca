"""A page that cannot be read, said so that a person knows where to look and what to type next."""

from __future__ import annotations

from datetime import date
from typing import Any


class PageError(Exception):
    """``what`` was found and expected, ``site`` (portal, family, years), ``place`` of the page, ``hint`` what to do.

    >>> print(PageError("the body is empty", site="ngoquyen", place="page: https://ngoquyen.example/1.html"))
    ngoquyen: the body is empty
      page: https://ngoquyen.example/1.html
    """

    def __init__(self, what: str, *, site: str = "", place: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.site = site
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        first = f"{self.site}: {self.what}" if self.site else self.what
        return "\n  ".join(line for line in (first, self.place, self.hint) if line)

    def __reduce__(self) -> tuple[Any, ...]:
        """Keyword arguments survive the way from a worker process."""
        return _restore, (self.what, self.site, self.place, self.hint)

    def within(self, *, site: str = "", place: str = "", hint: str = "") -> PageError:
        """The same error with what the caller knows, where it was not said yet."""
        return PageError(self.what, site=self.site or site, place=self.place or place, hint=self.hint or hint)

    def at(self, record: str) -> PageError:
        """The same error with the archive record added: ``segment 20230916-01.warc.gz at 18223``."""
        place = f"{self.place}, {record}" if self.place else record
        return PageError(self.what, site=self.site, place=place, hint=self.hint)


def _restore(what: str, site: str, place: str, hint: str) -> PageError:
    return PageError(what, site=site, place=place, hint=hint)


def place_of(url: str | None, captured_on: date | None) -> str:
    """``page: URL, capture 2023-09-16``, or as much of it as is known."""
    parts = [f"page: {url}" if url else "", f"capture {captured_on.isoformat()}" if captured_on else ""]
    return ", ".join(part for part in parts if part)
