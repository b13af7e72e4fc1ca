"""SharePoint with the news parts of LacViet, as in the districts of Đắk Nông."""

from __future__ import annotations

import re

from extractors.sites.base import Family, Version

V1 = Version(
    name="v1",
    signature=(
        ("LacVietBio", "lv_description_mode1", 'id="tableforprint"', 'ID="tableforprint"'),
        re.compile(r"<p[^>]{1,200}class=[\"']?Title\b", re.I),
    ),
    selectors={
        "title": "p.Title",
        "published": "td.Time",
        "lead": "b.lv_description_mode1",
        "body": "div[class^=ExternalClass]",
        "category": "td.FolderTitle",
        "strip": ".css_readCounter, .css_printandback, .css_linkstoweb",
        "list_item": "td.TitleFront, td.Other li",
        "list_link": ":scope > a",
        "list_date": ".ShowDate",
        "list_next": "nav.pagination a, .pagination-container a, .css_Xemtiep a",
    },
    cut=("//p[@class='Title']/ancestor::*[.//td[@class='Time'] and .//div[starts-with(@class,'ExternalClass')]][1]",),
)

FAMILY = Family(
    "sharepoint_lacviet", (V1,), software=("LacVietBio", "lv_description", "/_layouts/", "Microsoft SharePoint")
)
