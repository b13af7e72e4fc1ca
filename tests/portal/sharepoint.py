"""The ward's pages: a template like SharePoint's with LacViet news parts."""

# ruff: noqa: E501 - the markup keeps the line breaks of the template that it imitates

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import md5
from html import escape as attribute

from tests.portal.bulletins import Bulletin
from tests.portal.markup import body, encode, escape

CATEGORIES = {"16": "Tin tức sự kiện", "17": "Cải cách hành chính"}
POSTS = "/TinTuc/tintuc/Lists/Posts"
DISALLOWED = "/NoiBo/Lists/Posts/Post.aspx?CategoryId=99&ItemID=1"

_NAMESPACES = 'xmlns:rs="urn:schemas-microsoft-com:rowset" xmlns:z="#RowsetSchema" xmlns:cs="urn:my-scripts"'

_FRAME = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi-VN" dir="ltr">
<head><meta name="GENERATOR" content="Microsoft SharePoint" /><meta http-equiv="Content-type"
 content="text/html; charset={charset}" /><title>
	{title}
</title></head>
<body scroll="no" onload="if (typeof(_spBodyOnLoadWrapper) != 'undefined') _spBodyOnLoadWrapper();">
<form name="aspnetForm" method="post" action="" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUBMA9kFgJmD2QWAgIBD2QWBAIBD2QWAgIL" />
<div id="s4-workspace"><div class="banner"><h2>TRANG THÔNG TIN ĐIỆN TỬ PHƯỜNG LẠCH SEN</h2>
<div class="hotline">Trực ban Công an phường: 0225.3.811.209</div></div>
<ul class="menu"><li><a href="/Pages/default.aspx">Trang chủ</a></li>
<li><a href="/TinTuc/tintuc/Lists/Posts/AllPosts.aspx?CategoryId=16">Tin tức sự kiện</a></li>
<li><a href="/TinTuc/tintuc/Lists/Posts/AllPosts.aspx?CategoryId=17">Cải cách hành chính</a></li>
<li><a href="/NoiBo/Lists/Posts/Post.aspx?CategoryId=99&amp;ItemID=1">Lịch trực nội bộ</a></li></ul>
<div class="snCenter">

        <div class="postMain">

                <table width="100%" cellpadding="0" cellspacing="0" border="0">
	<tr>
		<td id="MSOZoneCell_WebPartWPQ10" valign="top" class="s4-wpcell-plain"><table class="s4-wpTopTable" border="0" cellpadding="0" cellspacing="0" width="100%">
			<tr>
				<td valign="top"><div WebPartID="5b0c8a5e-1d2f-4a57-9c66-27d1f0b7c310" HasPers="false" id="WebPartWPQ10" width="100%" class="ms-WPBody noindex" allowDelete="false" style="" >
{main}
				</div></td>
			</tr>
		</table></td>
	</tr>
</table>
        </div>
</div>
<div class="footer"><p>Ủy ban nhân dân phường Lạch Sen, quận Hải Lĩnh. Địa chỉ: 45/12 đường Lạch Sen. Điện thoại: 0225.3.811.200</p>
<p>Số lượt truy cập: <span class="counter">0565513</span> - Đang trực tuyến: 14</p></div>
</div></form></body></html>
"""

_SCRIPT = """<script>
            function linkFacebook(title) {
              window.open('http://www.facebook.com/sharer/sharer.php?u=' + document.URL + '&t=' + title);
            }
          </script>"""


def url(bulletin: Bulletin) -> str:
    """The path and query of a bulletin's page."""
    category = bulletin.lists[0] if bulletin.lists else "16"
    return f"{POSTS}/Post.aspx?CategoryId={category}&ItemID={bulletin.number}"


def cursor(moment: datetime) -> str:
    """A moment as the list's date cursor writes it: UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def detail(bulletin: Bulletin, older: Sequence[Bulletin], related: Sequence[Bulletin], views: int) -> bytes:
    """A bulletin's page; ``older`` and ``related`` stand in lists below it, the view counter beside it."""
    content = body(
        bulletin,
        '<p style="text-align:justify"><span style="font-size:14.0pt"><span style="color:black">{}</span></span></p>',
        'border="1" cellpadding="0" cellspacing="0" style="border-collapse:collapse; width:100%"',
    )
    if bulletin.author:
        author = escape(bulletin.author)
        content += (
            f'\n\n<p style="text-align:right"><span style="font-size:14.0pt"><strong>{author}</strong></span></p>'
        )
    digest = md5(bulletin.slug.encode(), usedforsecurity=False).hexdigest().upper()
    container = f'<div class="ExternalClass{digest}">' if not bulletin.broken else '<div class="lv-content">'
    category = CATEGORIES[bulletin.lists[0] if bulletin.lists else "16"]
    main = f"""          <DIV class="container_top_mid2" {_NAMESPACES}>
            <TABLE border="0" cellSpacing="0" cellPadding="0" width="100%">
            <TBODY><TR class="ms-news-header">
            <TD style="CURSOR: hand" class="FolderTitle" vAlign="top">
                            {category}
             </TD>
            <TD style="TEXT-ALIGN: right; FONT-WEIGHT: normal" class="Time" vAlign="top" align="right">{bulletin.published:%d/%m/%Y}</TD></TR></TBODY>
          </TABLE>
          </DIV>
            <DIV id="part1" {_NAMESPACES}>
            <TABLE id="tableforprint" border="0" cellSpacing="0" cellPadding="0" width="100%">
            <TBODY><TR><TD width="100%">
            <P class="Title">{escape(bulletin.title)} </P></TD></TR>
            <TR><TD style="TEXT-ALIGN: justify">
               <B class="lv_description_mode1 allowMenu">
               {escape(bulletin.lead)}</B></TD></TR>
           <TR><TD style="TEXT-ALIGN: justify">
             {container}
                <p style="text-align:justify"><span style="font-size:14px"><br /></span></p>
<div>
{content}

<p style="text-align:justify">&nbsp;</p>

</div></div></TD></TR><TR><TD /></TR></TBODY></TABLE><BR />
<span class="css_readCounter">
        Số lượt người xem : <b id="viewCounter">{views}</b></span>
        <span class="css_printandback"><a class="print" href="javascript: popuponclick()"> Bản in </a></span>
{_SCRIPT}
        </DIV>
        <DIV id="part2" {_NAMESPACES}>{_others("TIN LIÊN QUAN", related)}{_others("TIN ĐÃ ĐƯA", older)}</DIV>"""
    return encode(_FRAME.format(main=main, title=escape(bulletin.title), charset=bulletin.charset), bulletin)


def listing(category: str, items: Sequence[Bulletin], older: Sequence[Bulletin], more: str | None) -> bytes:
    """A list page: ``items`` with their leads, titles of ``older`` ones below, ``more`` the cursor of the next page."""
    rows = []
    for item in items:
        link = attribute(url(item))
        rows.append(
            f"""
            <tr><td class="TitleFront"><a href="{link}">{escape(item.title)}<span class="ShowDate">
                      ({item.published:%d/%m/%Y})
                    </span></a></td></tr>
            <tr><td style="PADDING-BOTTOM: 10px" class="tinHT"><table border="0" cellspacing="0" cellpadding="0" align="left"><tbody><tr><td><a href="{link}"><img class="img-slidemenu" alt="" src="/TinTuc/PublishingImages/{item.number}.jpg" width="130" height="100"></a></td></tr></tbody></table><div style="TEXT-ALIGN: justify" class="ContentText">{escape(item.lead)}<br></div></td></tr>"""
        )
    onward = ""
    if more:
        link = attribute(f"{POSTS}/AllPosts.aspx?CategoryId={category}&PublishedDate={more}")
        onward = (
            f'<DIV class="css_Xemtiep"><a href="{link}"><IMG alt="Xem tiếp" '
            'src="/_layouts/LacVietBio/eofficeimg/news/xemtiep.gif" /></a></DIV>'
        )
    main = f"""          <DIV class="container_top_mid2" {_NAMESPACES}>
            <TABLE border="0" cellSpacing="0" cellPadding="0" width="100%">
            <TBODY><TR class="ms-news-header">
            <TD style="CURSOR: hand" class="FolderTitle" vAlign="top">
                         {CATEGORIES[category]}
                </TD></TR></TBODY>
          </TABLE>
          </DIV>
        <DIV id="part2" {_NAMESPACES}><TABLE border="0" cellspacing="0" cellpadding="0" width="100%"><TBODY>
{"".join(rows)}
        </TBODY></TABLE>{_others("TIN ĐÃ ĐƯA", older)}
		{onward}</DIV>"""
    return _FRAME.format(main=main, title=escape(CATEGORIES[category]), charset="utf-8").encode()


def internal() -> bytes:
    """The page that robots.txt forbids; it looks like a bulletin, so a crawler that fetches it would load it."""
    main = """<TABLE><TR><TD class="Time">25/06/2023</TD></TR></TABLE><P class="Title">Lịch trực nội bộ</P>
<div class="ExternalClass0"><p>T&agrave;i liệu nội bộ: 77 ca trực kh&ocirc;ng c&ocirc;ng bố.</p></div>"""
    return _FRAME.format(main=main, title="Lịch trực nội bộ", charset="utf-8").encode()


def home(newest: Sequence[Bulletin]) -> bytes:
    """The front page."""
    return _FRAME.format(main=_others("TIN MỚI", newest), title="Trang chủ", charset="utf-8").encode()


def _others(heading: str, items: Sequence[Bulletin]) -> str:
    if not items:
        return ""
    rows = "".join(
        f'\n\t\t\t\t\t\t <li><a href="{attribute(url(item))}"> {escape(item.title)}</a>\n\t\t\t\t\t\t\t'
        f' <SPAN class="ShowDate">({item.published:%d/%m/%Y})</SPAN>\n\t\t\t\t\t\t </li>'
        for item in items
    )
    return (
        '<TABLE class="tbtinkhac" border="0" cellSpacing="0" cellPadding="0" width="100%">\n\t\t\t\t\t<TBODY><TR>'
        f'<TD class="OtherTitle"><P class="OtherTitle">{heading}  </P></TD></TR></TBODY></TABLE>'
        '<TABLE border="0" cellSpacing="0" cellPadding="0" width="100%">\n\t\t\t\t<TBODY><TR>'
        f'<TD class="Other" width="100%"><UL>{rows}\n          </UL></TD></TR></TBODY></TABLE>'
    )
