"""WordPress: classic themes, the Newspaper theme, and block themes (5.9 and later)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from extractors.sites.base import Family, Version

_WORDPRESS = ("/wp-content/", "/wp-includes/", 'content="WordPress')
#: lists have titles and texts, too
_SINGLE = re.compile(r"<body(?:(?!<body)[^>]){0,1000}\bsingle\b")
_STRIP = (
    ".sharedaddy, .jp-relatedposts, .addtoany_share_save_container, .yarpp, .yarpp-related, .post-views, .share-icons,"
    " .social-icons, .blog-share, .related-posts, .relpost-thumb-wrapper, #ez-toc-container, #toc_container,"
    " .page-links, .kk-star-ratings, .tags-links, .post-tags, .wp-block-buttons, .wp-block-social-links,"
    " .td-a-rec, .td-post-sharing"
)


def _cut(title: str, body: str) -> tuple[str, ...]:
    """The smallest element with the title that holds the body, too."""
    has = "contains(concat(' ',normalize-space(@class),' '),' {} ')".format
    return (f"//*[{has(title)}][self::h1]/ancestor::*[.//*[{has(body)}]][1]",)


V1 = Version(
    name="classic",
    signature=(_WORDPRESS, _SINGLE, "entry-title", "entry-content"),
    selectors={
        "title": "h1.entry-title",
        # the day it was changed stands beside it in an element of class "updated"
        "published": "time.entry-date.published, time.entry-date:not(.updated), time.published:not(.entry-date),"
        " span.entry-date, abbr.published",
        "lead": ".entry-content > .sapo, .entry-header .entry-excerpt",
        "body": ".entry-content",
        "byline": ".entry-meta .author .fn, .byline > .author",
        "category": ".entry-header .entry-category a:first-of-type, .entry-meta .cat-links a:first-of-type",
        "figures": "figure.post-thumbnail",
        "strip": _STRIP,
        "list_item": "article.post, article.hentry, div.hentry, .post-item",
        "list_link": ".entry-title a, .post-title a, h2 a, h3 a",
        "list_date": "time.entry-date.published, time.entry-date:not(.updated), .entry-date, .post-date",
        "list_next": ".page-numbers, .nav-previous a, .navigation .alignleft a, .wp-pagenavi > *",
    },
    cut=_cut("entry-title", "entry-content"),
)
NEWSPAPER = replace(
    V1,
    name="newspaper",
    valid=(date(2014, 1, 1), None),
    signature=(_WORDPRESS, _SINGLE, "td-post-content"),
    selectors={
        **V1.selectors,
        "published": ".td-post-date time",
        "lead": ".td-post-sub-title",
        "body": ".td-post-content",
        "byline": ".td-post-author-name a",
        "category": ".td-category li:first-child a",
        "figures": ".td-post-featured-image",
        "list_item": ".td-module-container, .td_module_wrap",
        "list_date": "time.entry-date, .td-post-date time",
        "list_next": ".page-nav a, .page-nav span.current",
    },
    cut=_cut("entry-title", "td-post-content"),
)
V2 = replace(
    V1,
    name="block",
    valid=(date(2022, 1, 25), None),
    signature=(_WORDPRESS, _SINGLE, "wp-block-post-title", "wp-block-post-content"),
    selectors={
        **V1.selectors,
        "title": "h1.wp-block-post-title",
        "published": ".wp-block-post-date:not([class*='modified']) time",
        "lead": ".wp-block-post-excerpt__excerpt",
        "body": ".wp-block-post-content",
        "byline": ".wp-block-post-author__name, .wp-block-post-author-name",
        "category": ".taxonomy-category a:first-of-type",
        "figures": "figure.wp-block-post-featured-image",
        "list_item": "li.wp-block-post",
        "list_link": ".wp-block-post-title a",
        "list_date": ".wp-block-post-date time",
        "list_next": "a.wp-block-query-pagination-next, .wp-block-query-pagination-numbers > *",
    },
    cut=_cut("wp-block-post-title", "wp-block-post-content"),
)

FAMILY = Family(
    "wordpress",
    (V1, NEWSPAPER, V2),
    article_url=re.compile(
        r"^https?://[^/]+/(?!(?:category|chuyen-muc|tag|the|author|tac-gia|page|feed|wp-[a-z]+)/)(?=.*[a-z0-9])[^?]"
    ),
    software=_WORDPRESS,
)
