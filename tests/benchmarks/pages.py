"""``python -m tests.benchmarks.pages``: what reading a page costs beside a bare lxml parse of the same bytes.

Pages are the sample portal's bulletins in a frame of the size that real portals have. The contestants take turns page
by page, and times are of the processor.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bs4 import BeautifulSoup
from lxml import html as lxml_html

from extractors.page import read_page
from extractors.sites import family
from schemas.sources import Source
from tests.portal.frame import framed
from tests.portal.routes import District, Site, Ward

_PORTALS: tuple[tuple[type[Site], str], ...] = ((District, "nukeviet4"), (Ward, "sharepoint_lacviet"))


@dataclass(frozen=True)
class SavedPage:
    """A page as it came, and the source that reads it."""

    body: bytes
    source: Source


def pages(size: int, *, own_selectors: bool = False) -> list[SavedPage]:
    """Every bulletin that the sample portal shows, each page of about ``size`` bytes.

    With ``own_selectors`` the sources name the family's selectors for title, date and body themselves.
    """
    made = []
    for kind, name in _PORTALS:
        version = family(name).versions[-1]
        selectors = {key: version.selectors[key] for key in ("title", "published", "body")} if own_selectors else {}
        source = Source(
            code="mau", name="Cổng mẫu", url="https://mau.example/", area="99", family=name, selectors=selectors
        )
        portal = kind()
        for number, bulletin in enumerate(item for item in portal.shown if not item.broken):
            reply = portal.answer(portal.url(bulletin))
            charset = bulletin.charset
            markup = framed(reply.body.decode(charset), number, size)
            made.append(SavedPage(markup.encode(charset, "xmlcharrefreplace"), source))
    return made


def read(page: SavedPage) -> object:
    """Bytes to bulletin, as the commands do it."""
    return read_page(page.body, source=page.source)


def parse(page: SavedPage) -> object:
    """A bare parse: no text is taken from it."""
    return lxml_html.fromstring(page.body)


def soup(page: SavedPage) -> object:
    """All of the page for beautifulsoup4, with lxml below it."""
    return BeautifulSoup(page.body, "lxml")


CONTESTANTS: tuple[tuple[str, Callable[[SavedPage], object]], ...] = (
    ("bare lxml parse", parse),
    ("read_page", read),
    ("beautifulsoup4 over the whole page", soup),
)


def page_times(corpus: Sequence[SavedPage]) -> dict[str, list[float]]:
    """Processor seconds of every contestant, page by page."""
    for _, work in CONTESTANTS:
        work(corpus[0])
    spent: dict[str, list[float]] = {name: [] for name, _ in CONTESTANTS}
    for page in corpus:
        for name, work in CONTESTANTS:
            began = time.process_time()
            work(page)
            spent[name].append(time.process_time() - began)
    return spent


def page_table(corpus: Sequence[SavedPage]) -> str:
    """Pages a second of every contestant, and what each costs in bare parses: in all, and for the median page."""
    spent = page_times(corpus)
    bare = spent["bare lxml parse"]
    lines = ["| contestant | pages a second | costs | the median page |", "| --- | ---: | ---: | ---: |"]
    for name, seconds in spent.items():
        middle = median(one / other for one, other in zip(seconds, bare, strict=True))
        rate, share = len(corpus) / sum(seconds), sum(seconds) / sum(bare)
        lines.append(f"| {name} | {rate:,.0f} | {share:.2f} parses | {middle:.2f} parses |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pages", description=__doc__)
    parser.add_argument("--size", type=int, default=125_000, metavar="N", help="bytes of a page (default 125000)")
    args = parser.parse_args()
    for own_selectors in (False, True):
        corpus = pages(args.size, own_selectors=own_selectors)
        size = sum(len(page.body) for page in corpus) / len(corpus)
        whose = "a portal's own selectors" if own_selectors else "the family's selectors"
        print(f"Reading {len(corpus)} pages of {size / 1000:.0f} kB by {whose}\n\n{page_table(corpus)}\n")


if __name__ == "__main__":
    main()
