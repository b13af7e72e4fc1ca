"""Liferay, whose asset publisher shows news on many provincial portals; 6.x first, then 7.x."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from extractors.sites.base import Family, Version

_LISTS = {
    "list_item": ".asset-abstract, li.title-list, .list-group-item:has(.asset-title)",
    "list_link": ".asset-title a, :scope.title-list > a",
    "list_date": ".metadata-entry.metadata-publish-date, .date-info",
    #: .../-/asset_publisher/ID?..._delta=20&..._cur=2
    "list_next": ".lfr-pagination a, .taglib-page-iterator a, .pagination a, .pagination span.page-link",
}
_STRIP = (
    ".asset-actions, .asset-user-actions, .asset-links, .asset-ratings, .taglib-social-bookmarks, .taglib-ratings,"
    " .print-action, .social-bookmarks, .asset-tags, .related-assets, .view-count"
)

V1 = Version(
    name="v6",
    signature=("asset-full-content", "journal-content-article", "header-title"),
    selectors={
        "title": ".header-title",
        "published": ".metadata-entry.metadata-publish-date",
        "lead": ".journal-content-article .sapo, .journal-content-article .lead",
        "body": ".asset-content .journal-content-article",
        "byline": ".journal-content-article .author",
        "strip": _STRIP,
        **_LISTS,
    },
    # 6.1 prints the title before the content's element, 6.2 in it
    cut=(
        "//*[contains(concat(' ',normalize-space(@class),' '),' header-title ')]"
        "/ancestor::*[.//*[contains(concat(' ',normalize-space(@class),' '),' journal-content-article ')]"
        " and .//*[contains(concat(' ',normalize-space(@class),' '),' metadata-publish-date ')]][1]",
    ),
)
V2 = replace(
    V1,
    name="v7",
    valid=(date(2016, 6, 1), None),
    signature=("asset-full-content", "journal-content-article", ("component-title", "asset-title")),
    without=("header-title",),
    selectors={
        **V1.selectors,
        "title": ".asset-full-content .component-title, .asset-full-content .asset-title",
        "published": ".asset-full-content dd.metadata-publish-date, .asset-full-content .date-info",
    },
    cut=("//*[contains(concat(' ',normalize-space(@class),' '),' asset-full-content ')]",),
)

FAMILY = Family(
    "liferay",
    (V1, V2),
    article_url=re.compile(r"/-/(?:asset_publisher/[^/]+/content/)?[^/?]+|/w/[^/?]+"),
    software=("Liferay.", "/o/frontend-", "themeDisplay"),
)
