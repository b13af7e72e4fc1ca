"""DotNetNuke (DNN) with EasyDNNnews, the news module that newspapers and portals on DNN mostly use.

DNN itself has no article: other modules print what they like, so a portal with one names its selectors.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.sites.base import Family, Version

_MODULE = ("dnn_ctr", "DnnModule", "EasyDNN")
_STRIP = (
    ".article_rating, .addthis_toolbox, .edn_socialButtons, .edn_articleTags, .tags, .related_articles,"
    " .edn_relatedArticles, .article_navigation, .edn_printLink, .print_link, .number_of_views, .article_documents"
)

V1 = Version(
    name="v1",
    signature=(_MODULE, re.compile(r"""class=["']article details\b"""), "main_content"),
    selectors={
        "title": ".article.details > h1",
        "published": ".article.details .edn_metaDetails1, .article.details .meta_text",
        "lead": ".article.details .Detail_Summary, .article.details > .summary",
        "body": ".article.details .main_content",
        "byline": ".article.details .edn_author",
        "category": ".eds_breadCrumbs [itemprop='itemListElement']:last-child a",
        "figures": ".article.details > .article_image",
        "strip": _STRIP,
        "list_item": ".article.in_list, .edn_article",
        "list_link": "h1 a, h2 a, h3 a, .edn_articleTitle a",
        "list_date": ".edn_metaDetails, .edn_metaDetails1, .meta_text, time",
        #: /tin-tuc/pgrid/591/pageid/2, or a postback
        "list_next": ".article_pager a, .article_pager span, .PagingTable a, .PagingTable .NormalDisabled",
    },
    cut=(
        "//*[contains(concat(' ',normalize-space(@class),' '),' article ')"
        " and contains(concat(' ',normalize-space(@class),' '),' details ')]",
        "//*[contains(concat(' ',normalize-space(@class),' '),' eds_breadCrumbs ')]",
    ),
)
V2 = replace(
    V1,
    name="v2",
    signature=(_MODULE, "edn_articleDetails"),
    selectors={
        **V1.selectors,
        "title": ".edn_articleDetails .edn_articleTitle",
        "published": ".edn_articleDetails .edn_metaDetails time",
        "lead": ".edn_articleDetails .edn_articleSummary",
        "body": ".edn_articleDetails .edn_articleContent, .edn_articleDetails .main_content",
        "byline": ".edn_articleDetails .edn_author",
        "figures": ".edn_articleDetails figure.edn_mainImage",
    },
    cut=(
        "//*[contains(concat(' ',normalize-space(@class),' '),' edn_articleDetails ')]",
        "//*[contains(concat(' ',normalize-space(@class),' '),' eds_breadCrumbs ')]",
    ),
)

FAMILY = Family(
    "dotnetnuke",
    (V1, V2),
    article_url=re.compile(r"/artmid/\d+/articleid/\d+|-\d+$|-\d+\.aspx$", re.I),
    software=_MODULE,
)
