"""NukeViet 3, which NukeViet 4 replaced from 2014 on; captures of it are in the archives, some portals never moved."""

from __future__ import annotations

import re

from extractors.sites.base import Family, Version

V1 = Version(
    name="v1",
    signature=(re.compile(r"""id=["']?news_detail\b"""), re.compile(r"""class=["']?bodytext\b""")),
    selectors={
        "title": "#news_detail > h1",
        "published": "#news_detail > span.time",
        "lead": "#hometext",
        "body": "#news_detail .bodytext",
        "byline": "#news_detail > p:-soup-contains('Tác giả', 'Nguồn')",
        "strip": "ul.related, .keywords",
        "list_item": ".news_column:has(h2, h3, h4), ul.related > li",
        "list_link": "h2 a, h3 a, h4 a, :scope > a",
        "list_date": "span.time, span.date",
        "list_next": ".generate_page a, .page a, #generate_page a",
    },
    cut=("//*[@id='news_detail']",),
)

FAMILY = Family(
    "nukeviet3", (V1,), article_url=re.compile(r"-\d+/?(?:\.html)?$"), software=("NukeViet v3", "NukeViet 3")
)
