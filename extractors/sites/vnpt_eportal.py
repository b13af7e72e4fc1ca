"""VNPT ePortal, VNPT's news portlets on Liferay: districts and provinces that VNPT hosts."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.sites.base import Family, Version

_HOST = ("leadDetail", "vnpt", "VNPT", "Liferay")
_STRIP = ".tags, .social-share, .fb-like, .zalo-share-button, .tin-lien-quan, .news-other, .print-link, .view-count"

V1 = Version(
    name="v1",
    signature=(re.compile(r"""id=["']?testabc\b"""), _HOST),
    selectors={
        "title": "#testabc > div:first-child > h1",
        "published": "#testabc > div:first-child > p",
        "lead": "#testabc > p",
        "body": "#testabc > div:nth-of-type(2)",
        "strip": _STRIP,
        "list_item": "[id*='vnpteportal'] :has(> h2), .news-list > li, .list-news > li",
        "list_link": "h2 > a, h3 > a, li > a",
        "list_date": ".date_time, .date, .time",
        #: ...?_dsnews_WAR_vnpteportalnewsportlet_INSTANCE_x_delta=20&..._cur=2
        "list_next": ".lfr-pagination a, .taglib-page-iterator a, .pagination a, .pagination span.page-link",
    },
    cut=("//*[@id='testabc']",),
)
V2 = replace(
    V1,
    name="v2",
    signature=(re.compile(r"""id=["']?titleDetail\b"""), re.compile(r"""id=["']?contentDetail\b"""), _HOST),
    selectors={
        **V1.selectors,
        "title": "#titleDetail",
        "published": "span.date_time",
        "lead": "#leadDetail",
        "body": "#contentDetail",
        "byline": "#authorDetail, #sourceDetail",
        "category": ".breadcrumb li:last-child a",
    },
    cut=(
        "//*[@id='titleDetail']/ancestor::*[.//*[@id='contentDetail']"
        " and .//span[contains(concat(' ',normalize-space(@class),' '),' date_time ')]][1]",
        "//*[contains(concat(' ',normalize-space(@class),' '),' breadcrumb ')]",
    ),
)

FAMILY = Family("vnpt_eportal", (V1, V2), software=("vnpteportal", "VNPT ePortal"))
