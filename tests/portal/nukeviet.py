"""The district's pages: a template like NukeViet 4's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tests.portal.bulletins import Bulletin
from tests.portal.markup import WEEKDAYS, body, encode, escape

CATEGORIES = {"tin-tuc": "Tin tức - Sự kiện", "mat-tran-doan-the": "Mặt trận - Đoàn thể"}
DISALLOWED = "/noi-bo/lich-cong-tac-tuan-26.html"

_FRAME = """<!DOCTYPE html>
<html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#">
<head>
<meta charset="{charset}">
<title>{title} - Cổng thông tin điện tử quận Hải Lĩnh</title>
<meta name="generator" content="NukeViet v4.5">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="og:type" content="article">
<link rel="alternate" type="application/rss+xml" title="Tin tức" href="/tin-tuc/rss/">
<script>var nv_base_siteurl="/",nv_lang_data="vi",nv_my_ofs=7;</script>
</head>
<body>
<noscript><div class="alert alert-danger">Trình duyệt của bạn đã tắt chức năng hỗ trợ JavaScript.</div></noscript>
<div class="body-bg"><div class="wraper">
<header><div class="container">
<div class="logo"><a title="quận Hải Lĩnh" href="/"><img src="/uploads/logo.png" alt="Quận Hải Lĩnh"></a>
<span class="site_name">CỔNG THÔNG TIN ĐIỆN TỬ QUẬN HẢI LĨNH</span>
<span class="site_description">Chào mừng 20 năm Ngày thành lập quận (01/7/2003 - 01/7/2023)</span></div>
<form action="/seek/" class="search"><input name="q" maxlength="60" placeholder="Tìm kiếm..."></form>
</div></header>
<nav class="second-nav" id="menusite"><ul class="nav navbar-nav">
<li><a title="Trang nhất" href="/"><em class="fa fa-lg fa-home">&nbsp;</em></a></li>
<li role="presentation"><a href="/gioi-thieu/">Giới thiệu</a></li>
<li role="presentation"><a href="/tin-tuc/">Tin tức - Sự kiện</a></li>
<li role="presentation"><a href="/mat-tran-doan-the/">Mặt trận - Đoàn thể</a></li>
<li role="presentation"><a href="/noi-bo/lich-cong-tac-tuan-26.html">Lịch công tác tuần 26</a></li>
<li role="presentation"><a href="/lien-he/">Liên hệ</a></li>
</ul></nav>
<section><div class="container" id="body">
<div class="breadcrumbs-wrap"><ul class="breadcrumbs list-none"><li><a href="/">Trang nhất</a></li>
<li><a href="/{category}/">{category_name}</a></li></ul></div>
<div class="row"><div class="col-sm-16 col-md-18">
{main}
</div>
<div class="col-sm-8 col-md-6">
<div class="panel panel-primary"><div class="panel-heading">Đường dây nóng</div><div class="panel-body">
<p>Tiếp nhận phản ánh về thủ tục hành chính: 0225.3.800.123 (giờ hành chính)</p>
<p>Tiếp công dân: ngày 10 và 25 hằng tháng, 8h00 - 11h30</p></div></div>
<div class="panel panel-primary"><div class="panel-heading">Thống kê truy cập</div><div class="panel-body">
<ul class="counter list-none display-table"><li><span><em class="fa fa-bolt fa-lg"></em>Đang truy cập</span>
<span>37</span></li><li><span>Hôm nay</span><span>1.284</span></li>
<li><span>Tổng lượt truy cập</span><span>3.456.701</span>
</li></ul></div></div>
</div></div>
</div></section>
<footer id="footer"><div class="container"><p>Cơ quan chủ quản: Ủy ban nhân dân quận Hải Lĩnh. Địa chỉ: số 12
đường Bờ Sông, phường Cầu Mây. Điện thoại: 0225.3.800.100. Giấy phép số 27/GP-STTTT ngày 14/5/2019.</p>
<p>&copy; Bản quyền thuộc về quận Hải Lĩnh</p></div></footer>
</div></div>
</body></html>
"""


def url(bulletin: Bulletin) -> str:
    """The path of a bulletin's page."""
    category = bulletin.lists[0] if bulletin.lists else "tin-tuc"
    return f"/{category}/{bulletin.slug}-{bulletin.number}.html"


def detail(bulletin: Bulletin, older: Sequence[Bulletin], related: Sequence[Bulletin], views: int) -> bytes:
    """A bulletin's page; ``older`` stands below it, ``related`` in a box inside its body."""
    content = body(
        bulletin,
        '<p style="text-align: justify;">{}</p>',
        'align="center" border="1" cellpadding="0" cellspacing="0" class="table table-bordered"',
    )
    box = ""
    if related:
        items = "\n".join(f'<li><a href="{url(item)}" title="">{escape(item.title)}</a></li>' for item in related)
        box = f'<div class="detail-related"><p><strong>Tin liên quan</strong></p><ul>\n{items}\n</ul></div>\n'
    content = f"{content}\n{box}"
    article = f'<div id="news-bodyhtml" class="bodytext margin-bottom-lg">\n{content}</div>'
    if bulletin.broken:
        article = f'<div class="content-v5 js-lazy" data-src="/api/news/{bulletin.number}"></div>'
    lead = (
        f'<div class="hometext m-bottom" itemprop="description">{escape(bulletin.lead)}</div>' if bulletin.lead else ""
    )
    author = ""
    if bulletin.author:
        author = (
            '<div class="margin-bottom-lg"><p class="h5 text-right">'
            f"<strong>Tác giả: </strong>{escape(bulletin.author)}</p></div>"
        )
    older_items = "\n".join(
        f'<li><em class="fa fa-angle-right">&nbsp;</em><a class="list-inline" href="{url(item)}">{escape(item.title)}'
        f"</a> <em>({item.published:%d/%m/%Y})</em></li>"
        for item in older
    )
    main = f"""<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope>
<div class="panel-body">
<h1 class="title margin-bottom-lg" itemprop="headline">{escape(bulletin.title)}</h1>
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">{long_date(bulletin.published)}</span></div>
<div class="col-md-12"><ul class="list-inline text-right">
<li><a class="dimgray" rel="nofollow" title="Gửi bài viết qua email" href="#"><em class="fa fa-envelope"></em></a></li>
<li><a class="dimgray" rel="nofollow" title="In ra" href="#"><em class="fa fa-print"></em></a></li>
<li><span class="dimgray">Đã xem: {views}</span></li></ul></div></div>
<div class="clearfix">{lead}</div>
{article}
{author}
</div></div>
<div class="news_column panel panel-default"><div class="panel-body">
<div class="h5"><em class="fa fa-tags">&nbsp;</em><strong>Từ khóa: </strong><a title="hải lĩnh" href="/tag/hai-linh/">
<em>hải lĩnh</em></a></div>
<p>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p>
</div></div>
<div class="news_column panel panel-default"><div class="panel-body other-news">
<p class="h3"><strong>Những tin cũ hơn</strong></p>
<ul class="related list-inline">
{older_items}
</ul></div></div>"""
    category = bulletin.lists[0] if bulletin.lists else "tin-tuc"
    return encode(_frame(main, bulletin.title, category, bulletin.charset), bulletin)


def listing(category: str, items: Sequence[Bulletin], page: int, pages: int) -> bytes:
    """One page of a list, with its pager."""
    rows = []
    for item in items:
        rows.append(
            f"""<div class="news_column"><div class="panel panel-default clearfix"><div class="panel-body featured">
<a href="{url(item)}" title="{escape(item.title)}"><img src="/assets/news/{item.number}.jpg" width="100"
 class="img-thumbnail pull-left imghome" alt=""></a>
<h3><a href="{url(item)}" title="{escape(item.title)}">{escape(item.title)}</a></h3>
<div class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o">&nbsp;</em>
 {item.published:%d/%m/%Y %H:%M}</li><li><em class="fa fa-eye">&nbsp;</em> Đã xem: {item.views}</li></ul></div>
{escape(item.lead)}</div></div></div>"""
        )
    pager = f'<div class="text-center">{_pager(category, page, pages)}</div>'
    main = f'<div class="news-viewcat">\n{"".join(rows)}\n{pager}</div>'
    return _frame(main, f"{CATEGORIES[category]} - Trang {page}", category, "utf-8").encode()


def internal() -> bytes:
    """The page that robots.txt forbids; it looks like a bulletin, so a crawler that fetches it would load it."""
    main = """<div class="news_column panel panel-default"><div class="panel-body">
<h1 class="title margin-bottom-lg">Lịch công tác tuần 26 của Thường trực Quận ủy (nội bộ)</h1>
<span class="h5">Chủ nhật - 25/06/2023 17:00</span>
<div id="news-bodyhtml" class="bodytext margin-bottom-lg"><p>Tài liệu nội bộ: 99 cuộc họp không công bố.</p></div>
</div></div>"""
    return _frame(main, "Lịch công tác tuần 26", "tin-tuc", "utf-8").encode()


def home(newest: Sequence[Bulletin]) -> bytes:
    """The front page."""
    items = "\n".join(f'<li><a href="{url(item)}">{escape(item.title)}</a></li>' for item in newest)
    return _frame(f'<ul class="block-news">\n{items}\n</ul>', "Trang nhất", "tin-tuc", "utf-8").encode()


def long_date(moment: datetime) -> str:
    """``Thứ bảy - 16/09/2023 07:12``."""
    return f"{WEEKDAYS[moment.weekday()]} - {moment:%d/%m/%Y %H:%M}"


def _pager(category: str, page: int, pages: int) -> str:
    def link(number: int, label: str, rel: str = "") -> str:
        path = f"/{category}/" if number == 1 else f"/{category}/page-{number}/"
        return f'<li><a {rel}title="Trang {number}" href="{path}">{label}</a></li>'

    items = [link(page - 1, "&laquo;", 'rel="prev" ')] if page > 1 else []
    for number in range(1, pages + 1):
        items.append(
            f'<li class="active"><a href="#">{number}</a></li>' if number == page else link(number, str(number))
        )
    if page < pages:
        items.append(link(page + 1, "&raquo;", 'rel="next" '))
    return f'<ul class="pagination">{"".join(items)}</ul>'


def _frame(main: str, title: str, category: str, charset: str) -> str:
    return _FRAME.format(
        main=main, title=escape(title), category=category, category_name=CATEGORIES[category], charset=charset
    )
