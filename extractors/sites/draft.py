"""A portal's file proposed from one of its pages: family, selectors, ways to its articles. Nothing here is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from extractors.page.encoding import decode_body
from extractors.page.flow import text_of
from extractors.page.tree import Page, refuse_binary, select
from extractors.page.words import clean
from extractors.sites.fit import REQUIRED, Fit, fits, trouble
from extractors.sites.guess import guess
from extractors.sites.ways import Ways, home_of, name_of, ways_of

#: below this a family is no better than none
_FITS = 0.5
_SURE_LIST = 0.7
UNKNOWN_AREA = "?"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed; ``toml()`` is the file. ``found`` says what each proposed selector finds on the page."""

    code: str
    name: str
    area: str
    url: str
    page: str
    fits: tuple[Fit, ...]
    family: str
    is_list: bool
    selectors: dict[str, str]
    found: dict[str, str]
    unsolved: tuple[str, ...]
    ways: Ways
    allow_private: tuple[str, ...] = ()

    @property
    def fit(self) -> Fit:
        """How the proposed family fits."""
        return next(fit for fit in self.fits if fit.family.name == self.family)

    def with_ways(self, ways: Ways) -> Draft:
        """The same with ways that somebody looked at."""
        return replace(self, ways=ways)

    def toml(self) -> str:
        """The portal's file, with what a person has to look at in comments."""
        lines = [
            f"# {self.code}.toml, proposed from {_comment(self.page)}",
            f"name = {_text(self.name)}",
            f"url = {_text(self.url)}",
            f"area = {_text(self.area)}"
            + ("  # code and area, say 31.quan-ngo-quyen" if self.area == UNKNOWN_AREA else ""),
            f"family = {_text(self.family)}",
            'valid = ["", ""]  # the first and the last day of this layout; "" is an open end',
        ]
        if self.allow_private:
            lines.append(f"allow_private = {_list(self.allow_private)}")
        lines.append(f"feeds = {_list([self._short(url) for url in self.ways.feeds])}")
        lines.append(f"sitemaps = {_list([self._short(url) for url in self.ways.sitemaps])}")
        lines.append("[lists]")
        names = ("news", *(f"news{number}" for number in range(2, 10)))
        lines += [f"{name} = {_text(self._short(url))}" for name, url in zip(names, self.ways.lists, strict=False)]
        if not self.ways.lists:
            lines.append('# news = "/tin-tuc/"  # a page that lists news, where feeds are not enough')
        if self.selectors or self.unsolved:
            lines.append("[selectors]")
            lines += [f"{key} = {_text(css)}  # {_comment(self.found[key])}" for key, css in self.selectors.items()]
            lines += [f"# {key} = ...  # nothing on the page could be told to be the {key}" for key in self.unsolved]
        return "\n".join(lines) + "\n"

    def _short(self, url: str) -> str:
        """An address below the portal's own as a path."""
        return "/" + url.removeprefix(self.url) if url.startswith(self.url) else url


def draft(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    sitemaps: Sequence[str] = (),
    code: str = "",
    name: str = "",
    area: str = "",
    allow_private: Sequence[str] = (),
) -> Draft:
    """What a page at ``url`` gives away of its portal; ``sitemaps`` are those that its robots.txt names.

    ``PageError`` for what is no page.
    """
    text = decode_body(body, content_type)
    refuse_binary(body, text)
    fitting = fits(body, text, url)
    page = Page(text)
    soup = page.whole()
    guessed = guess(soup)
    articles = [fit for fit in fitting if fit.kind == "article"]
    best = fitting[0]
    is_list = best.kind == "list" and (best.score >= _SURE_LIST or len(guessed) < len(REQUIRED))
    if not is_list and best.kind == "list":
        best = articles[0] if articles else best
    chosen = best if best.score >= _FITS else next(fit for fit in fitting if fit.family.name == "microdata")
    # of a family that is none, everything is asked of the page
    missing = () if is_list else chosen.missing if chosen.kind == "article" else REQUIRED
    if missing and page.cut(chosen.version.cut) is None:
        # the part that holds the article cannot be told, so the others look at all of the page
        css = chosen.version.selectors
        missing = tuple(key for key in REQUIRED if key in missing or trouble(soup, key, css[key]))
    selectors = {key: guessed[key] for key in missing if key in guessed}
    found = {key: clean(text_of(select(soup, key, css)[0]))[:60] for key, css in selectors.items()}
    return Draft(
        code=code or code_of(url),
        name=name or name_of(soup, url),
        area=area or UNKNOWN_AREA,
        url=home_of(url),
        page=url,
        fits=tuple(fitting),
        family=chosen.family.name,
        is_list=is_list,
        selectors=selectors,
        found=found,
        unsolved=tuple(key for key in missing if key not in guessed),
        ways=ways_of(soup, url, is_list=is_list, sitemaps=sitemaps),
        allow_private=tuple(allow_private),
    )


def code_of(url: str) -> str:
    """A code from the host's first name.

    >>> code_of("https://www.ngoquyen.haiphong.example/tin/1.html"), code_of("http://127.0.0.1:80/")
    ('ngoquyen', 'portal')
    """
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    label = re.sub(r"[^a-z0-9-]+", "-", host.partition(".")[0].lower()).strip("-")
    return label if label and not label.isdigit() else "portal"


def _text(value: str) -> str:
    """A TOML string: without control characters JSON's is one."""
    return json.dumps(clean(value), ensure_ascii=False)


def _list(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"


def _comment(value: str) -> str:
    return clean(value)
