"""Joomla's own articles (com_content): 1.5, 1.6 to 2.5, 3, and 4 with 5. Portals run each for many years."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from extractors.sites.base import Family, Version

_STRIP = (
    "ul.actions, .icons, .btn-group, .buttonheading, .content_rating, .content_vote, .pagenav, .pagination, .tags,"
    " .modifydate, .article-index, .jfbcsocial, .itp-share, .addthis_toolbox, .related-articles, .fb-like"
)
#: of an article or an item of a list
_DETAILS = re.compile(r"""<dd class=["'](?:published|create)\b""")
#: ?start=20
_NEXT = ".pagination a, .pagination span, ul.pagination-list a, a.pagenav, span.pagenav"

V1 = Version(
    name="v1.5",
    signature=("contentpaneopen", "contentheading", "createdate"),
    without=("contentpagetitle",),  # a blog list's titles are links
    selectors={
        "title": ".contentheading",
        "published": ".createdate",
        "body": "tr:has(> .createdate) + tr > td",
        "byline": ".contentpaneopen .small",
        "strip": _STRIP,
        "list_item": "tr[class*='sectiontableentry'], .contentpaneopen:has(a.contentpagetitle)",
        "list_link": "a.contentpagetitle, td > a",
        "list_date": "td:not(:has(a))",
        "list_next": _NEXT,
    },
    cut=(
        "//*[contains(concat(' ',normalize-space(@class),' '),' createdate ')]"
        "/ancestor::*[.//*[contains(concat(' ',normalize-space(@class),' '),' contentheading ')]][1]",
    ),
)
V2 = replace(
    V1,
    name="v2.5",
    valid=(date(2011, 1, 10), None),
    signature=("item-page", _DETAILS),
    without=('itemprop="articleBody',),
    selectors={
        "title": ".item-page > h2",
        "published": ".article-info dd.published, .article-info:not(:has(dd.published)) dd.create",
        # the text stands in the article's element itself, beside title and details
        "body": ".item-page",
        "byline": "dd.createdby",
        "category": "dd.category-name a",
        "strip": f".article-info, .item-page > h1, {_STRIP}",
        "list_item": ".items-leading > div, .items-row > .item, tr[class^='cat-list-row']",
        "list_link": "h2 a, h3 a, .list-title a",
        "list_date": "dd.published, dd.create, .list-date",
        "list_next": _NEXT,
    },
    cut=("//*[contains(concat(' ',normalize-space(@class),' '),' item-page ')]",),
)
V3 = replace(
    V2,
    name="v3",
    valid=(date(2012, 9, 27), None),
    signature=("item-page", 'itemprop="articleBody', _DETAILS),
    without=(),
    selectors={
        **V2.selectors,
        # where the menu's own heading is shown it comes first
        "title": ".page-header:not(:has(~ .page-header)) > :is(h1, h2):not(:has(~ h2))",
        "published": ".article-info dd.published time, .article-info:not(:has(dd.published)) dd.create time",
        "body": "[itemprop='articleBody']",
        "byline": "dd.createdby [itemprop='name']",
        "category": "dd.category-name a",
        "figures": ".item-image",
        "strip": _STRIP,
    },
)
V4 = replace(
    V3,
    name="v4",
    valid=(date(2021, 8, 17), None),
    signature=("com-content-article__body", _DETAILS),
    selectors={
        **V3.selectors,
        "body": ".com-content-article__body",
        "figures": "figure.item-image",
        "list_item": ".blog-item, tr[class^='cat-list-row']",
        "list_next": ".pagination a, .pagination span.page-link",
    },
)

FAMILY = Family(
    "joomla",
    (V1, V2, V3, V4),
    software=('content="Joomla!', "/media/system/js/", "/media/jui/js/", "com_content"),
)
