"""Any portal that marks its articles up after schema.org; also the base for portals of no other family.

Such a portal's file names the selectors that its markup does not give away.
"""

from __future__ import annotations

import re

from extractors.sites.base import Family, Version


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"""itemprop=["']?{name}\b""")


V1 = Version(
    name="v1",
    signature=(_named("headline"), _named("datePublished"), _named("articleBody")),
    selectors={
        "title": "[itemprop='headline']:not(meta)",
        "published": "[itemprop='datePublished']",
        "lead": "[itemprop='description']:not(meta)",
        "body": "[itemprop='articleBody']",
        "byline": "[itemprop='author']:not(meta)",
        "category": "[itemprop='articleSection']:not(meta)",
        "strip": ".related, .share, .social, .tags, .print, .views",
        "list_item": "article, [itemtype$='Article'], li:has(> h2), li:has(> h3), li:has(> h4)",
        "list_link": "h1 a, h2 a, h3 a, h4 a",
        "list_date": "time, .date, .time, [itemprop='datePublished']",
        "list_next": ".pagination a, .pagination span, .pager a, .paging a, .page-numbers",
    },
    cut=(
        "//*[@itemprop='articleBody']/ancestor::*[.//*[@itemprop='headline'][not(self::meta)]"
        " and .//*[@itemprop='datePublished']][1]",
    ),
)

FAMILY = Family("microdata", (V1,), sure=False)
