"""What every family speaks of: the selectors by name, and the articles that a list names."""

from __future__ import annotations

from dataclasses import dataclass

#: selector -> (at least, at most) elements, None for any number; these are the names that a portal may override
ARTICLE_SELECTORS: dict[str, tuple[int, int | None]] = {
    "title": (1, 1),
    "published": (1, 1),
    "body": (1, 1),
    "lead": (0, 1),
    "byline": (0, 2),
    "category": (0, 1),
    "figures": (0, None),  # pictures with captions outside the body
    "strip": (0, None),  # furniture inside the body
}
LIST_SELECTORS: dict[str, tuple[int, int | None]] = {
    "list_item": (1, None),  # one news item; the names below look inside it
    "list_link": (0, None),
    "list_date": (0, None),
    "list_next": (0, None),  # links of the pager
}
SELECTORS = ARTICLE_SELECTORS | LIST_SELECTORS


@dataclass(frozen=True, slots=True)
class ListItem:
    """An article as a list, feed or sitemap names it. Times are ISO 8601 as in ``Bulletin.published``."""

    url: str
    title: str | None = None
    published: str | None = None
    #: when the page changed, as sitemaps say
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What a pager of ASP.NET sends instead of following a link: where to, and the page's own hidden fields."""

    url: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """The articles of one list page in its order, and the page that goes on from it: its address, or a form."""

    items: tuple[ListItem, ...]
    next_url: str | None
    next_form: Form | None = None
