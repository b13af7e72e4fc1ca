"""What becomes of the markup of an article's body: kinds of blocks, in order."""

import pytest
from bs4 import BeautifulSoup

from extractors.page.blocks import blocks_of, read_byline
from extractors.page.flow import paragraphs

LONG = "Trong năm, khu dân cư đã vận động các hộ dọn vệ sinh, trồng hoa và lắp đèn trên các tuyến đường chính. " * 3


def read(markup: str, title: str | None = "Tên tin") -> tuple[list[tuple[str, str]], str | None]:
    body = BeautifulSoup(f"<div>{markup}</div>", "lxml").div
    assert body is not None
    blocks, byline = blocks_of(paragraphs(body), title)
    return [(block.kind, block.text) for block in blocks], byline


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        # paragraphs and white space
        ("<p>Một&nbsp;&nbsp; hai</p>\n<p>&nbsp;</p><p>Ba.</p>", [("body", "Một hai"), ("body", "Ba.")]),
        ("Chữ trần<div>trong <span>khối</span></div>", [("body", "Chữ trần"), ("body", "trong khối")]),
        ("<p>tr&ocirc;\u0300ng <b>đi\u00ea\u0323</b>n</p>", [("body", "trồng điện")]),
        ("<p>Họp xong.<br>Sau đó</p>", [("body", "Họp xong."), ("body", "Sau đó")]),
        ("<p>Họp xong<br>tại xã</p>", [("body", "Họp xong tại xã")]),
        ("<p>Họp xong<br><br>Tại xã</p>", [("body", "Họp xong"), ("body", "Tại xã")]),
        ("<p>Gồm<br>- 5 tổ<br>+ 2 đội</p>", [("body", "Gồm"), ("body", "- 5 tổ"), ("body", "+ 2 đội")]),
        ("<ul><li>Một<ul><li>Hai</li></ul></li></ul>", [("body", "Một"), ("body", "Hai")]),
        # what nobody sees
        (
            "<script>var a=1;</script><!-- x --><style>p{}</style><p hidden>a</p><p class='hide'>b</p><p>Còn 3</p>",
            [("body", "Còn 3")],
        ),
        (
            "<p>Số lượt người xem : 1.204</p><p>Đã xem: 5</p><p>Bản in</p><p>Lượt xem bản đồ tăng 5%</p>",
            [("body", "Lượt xem bản đồ tăng 5%")],
        ),
        # headings: the title once more is none, a whole paragraph is none
        (
            "<h2>Tên tin</h2><h3>1. Thu ngân sách</h3><p>Đạt 5%.</p>",
            [("heading", "1. Thu ngân sách"), ("body", "Đạt 5%.")],
        ),
        (f"<h1><b>{LONG}</b></h1>", [("body", LONG.strip())]),
        ("<p><b>Kết quả thu</b></p><p>Đạt <b>5%</b>.</p>", [("heading", "Kết quả thu"), ("body", "Đạt 5%.")]),
        # captions
        (
            "<p><img></p><p style='text-align:center'>Xã trao quà.</p><p>Sau đó nghỉ.</p>",
            [("caption", "Xã trao quà."), ("body", "Sau đó nghỉ.")],
        ),
        ("<p><img></p><p>&nbsp;</p><p><em>Xã trao quà</em></p>", [("caption", "Xã trao quà")]),
        (
            "<p><img></p><p align='center'>Ông Tám</p><p align='center'>trao quà</p><p align='center'>HẾT</p>",
            [("caption", "Ông Tám trao quà"), ("body", "HẾT")],
        ),
        ("<p align='center'><img><br><i>Xã trao quà</i></p>", [("caption", "Xã trao quà")]),
        ("<p><img align='left'>Xã trao 5 suất quà cho dân.</p>", [("body", "Xã trao 5 suất quà cho dân.")]),
        ("<p><img></p><p>Quang cảnh buổi họp</p>", [("caption", "Quang cảnh buổi họp")]),
        ("<p><img></p><p>Dân họp 3 buổi</p>", [("body", "Dân họp 3 buổi")]),
        (f"<p><img></p><p align='center'>{LONG}</p>", [("body", LONG.strip())]),
        ("<p><img></p><p><b>2. Chi ngân sách</b></p>", [("heading", "2. Chi ngân sách")]),
        (
            "<figure><img><figcaption>Cầu mới</figcaption></figure><p>Cầu dài 5 m.</p>",
            [("caption", "Cầu mới"), ("body", "Cầu dài 5 m.")],
        ),
        ("<div class='image-caption'>Cầu mới</div>", [("caption", "Cầu mới")]),
        (
            "<table><tr><td><img></td><td><img></td></tr><tr><td>Cầu cũ</td><td>Cầu mới</td></tr></table>",
            [("caption", "Cầu cũ"), ("caption", "Cầu mới")],
        ),
        # tables
        (
            "<table><tr><td>a</td><td></td><td>1</td></tr><tr><td>b</td><td>2</td><td></td></tr></table>",
            [("table", "a |  | 1\nb | 2 | ")],
        ),
        ("<table><tr><td rowspan=2>a</td><td>1</td></tr><tr><td>2</td></tr></table>", [("table", "a | 1\n | 2")]),
        ("<table><tr><td colspan=2>a</td></tr><tr><td>1</td><td>2</td></tr></table>", [("table", "a | \n1 | 2")]),
        (
            "<table><tr><td colspan='9999999999' rowspan='-1'>a</td><td>1</td></tr></table>",
            [("table", " | ".join(["a", *[""] * 59, "1"]))],
        ),
        ("<table><tr><td><p>Một.</p><p>Hai.</p></td></tr></table>", [("body", "Một."), ("body", "Hai.")]),
        (f"<table><tr><td>{LONG * 6}</td><td>Cột</td></tr></table>", [("body", (LONG * 6).strip()), ("body", "Cột")]),
        ("<table><tr><td><table><tr><td>a</td><td>1</td></tr></table></td></tr></table>", [("table", "a | 1")]),
        ("<figure class='table'><table><tr><td>a</td><td>1</td></tr></table></figure>", [("table", "a | 1")]),
    ],
)
def test_blocks(markup: str, blocks: list[tuple[str, str]]) -> None:
    assert read(markup) == (blocks, None)


@pytest.mark.parametrize(
    ("last", "byline"),
    [
        ("<p>Kim Anh</p>", "Kim Anh"),
        ("<p><b>Đức Tâm.</b></p>", "Đức Tâm."),
        ("<p style='text-align:right'>Đài Truyền thanh xã Suối Lam</p>", "Đài Truyền thanh xã Suối Lam"),
        ("<p style='text-align:right'>Nguồn: Báo tỉnh</p>", "Nguồn: Báo tỉnh"),
        ("<p>Tin, ảnh: Kim Anh - Đức Tâm</p>", "Kim Anh - Đức Tâm"),
        ("<p>Tác giả bài viết: Kim Anh</p><p>Nguồn tin: Báo tỉnh</p>", "Kim Anh; Nguồn tin: Báo tỉnh"),
        ("<p><img></p><p style='text-align:right'><b>Kim Anh</b></p>", "Kim Anh"),
        ("<p style='text-align:right'>Xã trao 5 suất quà</p>", None),
        ("<p style='text-align:right'>Xã trao quà cho dân.</p>", None),
        ("<p>Hội nghị bế mạc</p>", None),
        ("<p>HỘI NGHỊ</p>", None),
        ("<p><img></p><p align='center'><b>Kim Anh</b></p>", None),
        ("<table><tr><td>Kim</td><td>Anh</td></tr></table>", None),
    ],
)
def test_byline_is_apart(last: str, byline: str | None) -> None:
    blocks, found = read(f"<p>Xã họp.</p>{last}<p>&nbsp;</p>")
    assert found == byline
    assert len(blocks) == (1 if byline else 2)


def test_a_label_without_a_name_is_no_byline() -> None:
    assert read_byline("Tác giả:") == "Tác giả:"
    assert read_byline("") is None
