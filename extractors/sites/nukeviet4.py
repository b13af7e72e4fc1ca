"""NukeViet 4, the portal software of most districts (default theme and its relatives)."""

from __future__ import annotations

import re
from datetime import date

from extractors.sites.base import Family, Version

_FIGURES = "figure.article"
_STRIP = (
    ".detail-related, .related, .other-news, .socialicon, .fb-like, .zalo-share-button, .news-download-file, .keywords"
)

V1 = Version(
    name="v1",
    valid=(date(2014, 1, 1), None),
    signature=(
        ('id="news-bodyhtml"', "id='news-bodyhtml'", "id=news-bodyhtml", 'content="NukeViet'),
        re.compile(r"""<h1[^>]{1,300}class=["'][^"']{0,300}\btitle\b""", re.I),
    ),
    selectors={
        "title": "h1.title",
        "published": ".news_column span.h5",
        "lead": ".hometext",
        "body": "#news-bodyhtml",
        "byline": ".news_column p.h5.text-right",
        "category": "ul.breadcrumbs:not(.temp-breadcrumbs) li:last-child a",
        "figures": _FIGURES,
        "strip": _STRIP,
        "list_item": ".news_column:has(h2, h3), .list-group > a, ul.related > li",
        "list_link": "h2 a, h3 a, :scope > a, h4 > a",
        "list_date": ".text-muted li:has(.fa-clock-o), .list-inline li:has(.fa-clock-o), em:not(.fa)",
        "list_next": "ul.pagination a",
    },
    cut=(
        "//h1[contains(concat(' ',normalize-space(@class),' '),' title ')]/ancestor::*[.//*[@id='news-bodyhtml']][1]"
        "/ancestor-or-self::*[contains(@class,'news_column')][1]",
        "//ul[contains(concat(' ',normalize-space(@class),' '),' breadcrumbs ')]",
    ),
)

FAMILY = Family(
    "nukeviet4",
    (V1,),
    article_url=re.compile(r"-\d+\.html$|/\d+/?$"),
    software=("NukeViet", "nv_module_name", "nv_lang_data", "nv_base_siteurl"),
)
