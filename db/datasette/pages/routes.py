"""Every address of the pages for readers, and what answers there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.datasette.pages import areas, bulletin, checks, feeds, figures, find, guide, home, indicators, quality
from db.datasette.pages.serving import page, plain, static

ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/(trang-chu)?$", page("home.html", home.home)),
    (r"^/tim$", page("find.html", find.find)),
    (r"^/chi-tieu$", page("indicators.html", indicators.indicators)),
    (r"^/chi-tieu/(?P<code>[^/]+)$", page("indicator.html", indicators.indicator)),
    (r"^/ban-tin/(?P<document>[^/]+)$", page("bulletin.html", bulletin.bulletin)),
    (r"^/kiem-tra$", page("checks.html", checks.checks)),
    (r"^/dia-ban$", page("areas.html", areas.areas)),
    (r"^/dia-ban/(?P<code>[^/]+)$", page("area.html", areas.area)),
    (r"^/chat-luong$", page("quality.html", quality.quality)),
    (r"^/f/(?P<id>[^/]+)$", page("gone.html", figures.permalink)),
    (r"^/bao-loi/(?P<id>[^/]+)$", page("report.html", figures.report)),
    (r"^/huong-dan$", page("guide.html", guide.guide)),
    (r"^/tu-dien$", page("guide.html", guide.dictionary)),
    (r"^/feed/so-lieu\.atom$", plain(feeds.TYPE, feeds.figures)),
    (r"^/feed/su-co\.atom$", plain(feeds.TYPE, feeds.troubles)),
    (r"^/bantin-static/(?P<name>[a-z.-]+)$", static),
]
