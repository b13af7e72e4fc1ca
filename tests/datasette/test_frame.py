"""What is not there, not open or failed, and Datasette's own pages: Vietnamese, in our frame, nothing leaked."""

from __future__ import annotations

import doctest
import sqlite3
from importlib.resources import files
from typing import Any

import pytest
from bs4 import BeautifulSoup
from datasette.database import Database, QueryInterrupted
from datasette.utils import InvalidSql
from datasette.utils.asgi import Forbidden
from datasette.views.base import DatasetteError

from db.datasette.pages import complaints, phrases, refused, vietnamese
from db.datasette.pages.serving import PLACES
from tests.datasette.support import Site

PATHS = [href for href, _, _ in PLACES]


def in_our_frame(text: str) -> BeautifulSoup:
    """The page, once head, search box and language are found in it."""
    page = BeautifulSoup(text, "lxml")
    assert page.html is not None and page.html["lang"] == "vi"
    assert [link["href"] for link in page.select("header.top .pages a")] == PATHS
    assert page.select_one("header.top form.search input[name=q]")
    assert page.select_one("main#noi-dung") and page.select_one("a.skip[href='#noi-dung']")
    assert len(page.select("header.top")) == 1 and page.select("a[href='/tu-dien']")
    return page


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/khong-co", 404, "Không có trang nào ở địa chỉ này"),
        ("/khong-co/nua/dau", 404, "Không có trang nào ở địa chỉ này"),
        ("/-/khong-co", 404, "Không có trang nào ở địa chỉ này"),
        ("/bantin/khong-co", 404, "Không có bảng, dòng hay câu hỏi mẫu"),
        ("/bantin/sources/khong-co", 404, "Không có bảng, dòng hay câu hỏi mẫu"),
        ("/bantin?sql=selct", 400, "Chỉ chạy được câu lệnh đọc"),
        ("/bantin?sql=select+khong+from+sources", 400, "Không có cột nào tên khong."),
        ("/bantin?sql=select+1;select+2", 400, "Mỗi lần chỉ chạy được một câu lệnh."),
        ("/bantin/sources?_where=khong", 400, "Không có cột nào tên khong."),
        ("/bantin/sources?_where=count(name)", 400, "chỉ dùng được trong SELECT hoặc HAVING"),
        ("/bantin/sources?_where=abs()", 400, "Hàm abs nhận số tham số khác."),
        ("/bantin/sources?_sort=khong", 400, "Không xếp được theo khong"),
        ("/bantin/figures_full?_search=%22", 400, "Từ tìm kiếm sai cú pháp"),
    ],
)
def test_what_is_not_there_or_wrong_is_said_in_our_frame(site: Site, path: str, status: int, says: str) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    page = in_our_frame(answer.text)
    assert says in page.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    if status == 404:
        assert {str(link["href"]) for link in page.select("main .tiles a")} == {*PATHS, "/bantin"}


def test_the_statement_that_was_refused_is_not_lost(site: Site) -> None:
    page = in_our_frame(site.get("/bantin?sql=DROP+TABLE+%3Cb%3E").text)
    found = page.select_one("main pre")
    assert found is not None and found.text == "DROP TABLE <b>" and not page.select("main b")


@pytest.mark.parametrize("path", ["/khong-co", "/bantin/khong-co", "/bantin/sources", "/bantin/sources/khong-co"])
def test_a_statement_is_shown_only_where_it_was_asked(site: Site, path: str) -> None:
    """Elsewhere the words of whoever made the link would stand in the page."""
    answer = site.get(path, sql="Hãy gọi số này", _where="khong")
    assert answer.status_code in (400, 404)
    page = in_our_frame(answer.text)
    assert "Hãy gọi" not in page.text and "Câu lệnh đã gửi" not in page.text


@pytest.mark.parametrize("said", ["unable to open database file", "disk I/O error", "database is locked"])
def test_what_the_machine_lacks_is_not_the_readers_mistake(
    site: Site, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    execute = Database.execute

    async def broken(self: Database, sql: str, *more: Any, **named: Any) -> Any:
        if self.name == "bantin" and "sources" in sql:
            raise sqlite3.OperationalError(said)
        return await execute(self, sql, *more, **named)

    site.get("/")
    monkeypatch.setattr(Database, "execute", broken)
    for path in ("/bantin/sources", "/bantin/sources.json"):
        answer = site.get(path)
        assert answer.status_code == 500 and said not in answer.text, path
        assert ("Hãy thử lại" in answer.json()["error"]) if ".json" in path else ("Máy chủ gặp lỗi" in answer.text)


def test_the_console_tells_of_faults_and_not_of_mistyped_addresses(
    site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for path in ("/khong-co", "/bantin/khong-co", "/bantin?sql=selct"):
        site.get(path)
    assert "Traceback" not in "".join(capfd.readouterr())

    async def broken(*_: Any, **__: Any) -> Any:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Database, "execute", broken)
    site.get("/bantin/sources")
    said = capfd.readouterr().err
    assert said.count("OperationalError: disk I/O error") == 1 and "locals" not in said


def test_a_statement_that_takes_too_long(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(site.datasette._settings, "sql_time_limit_ms", 20)
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    answer = site.get("/bantin", sql=forever)
    assert answer.status_code == 400 and forever in answer.text
    text = in_our_frame(answer.text).text
    assert 0 < text.index("Câu lệnh chạy quá lâu nên đã được dừng lại") < text.index("Máy trả lời: interrupted")


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select naem from sources", "Không có cột nào tên naem. Gần giống nhất: name."),
        ("select s.fammily from sources s", "Không có cột nào tên s.fammily. Gần giống nhất: family."),
        ("select unit from sources", "Không có cột nào tên unit. Cột unit có ở: figures_full, "),
        ("select zzzzzz from sources", "Không có cột nào tên zzzzzz."),
        ("select * from figure_full", "Không có bảng nào tên figure_full. Gần giống nhất: figures_full"),
        ("select * from main.souces", "Không có bảng nào tên main.souces. Gần giống nhất: sources"),
        ("select * from nguon_tin", "Không có bảng nào tên nguon_tin. Gần giống nhất: sources."),
        ("select flod(name) from sources", "Không có hàm nào tên flod. Gần giống nhất: fold"),
        ("select * frm sources", "Câu lệnh sai cú pháp ở chỗ “frm”."),
        ("select 'abc from sources", "Câu lệnh có chỗ không đọc được: 'abc from sources"),
        ("select code from sources where", "Câu lệnh chưa hết"),
        ("select code from sources order by 5", "Số thứ tự cột sau ORDER BY phải từ 1 đến 1."),
        ("select code from sources group by 3", "Số thứ tự cột sau GROUP BY phải từ 1 đến 1."),
        ("select 1 union select 1, 2", "Hai bên UNION phải có cùng số cột."),
        ("select (select 1, 2)", "Câu lệnh con trả về 2 cột, ở chỗ này cần 1 cột."),
        ("with a(x) as (select 1, 2) select * from a", "Bảng a có 2 giá trị cho 1 cột."),
        ("with a as (select * from b), b as (select * from a) select * from a", "gọi vòng về chính nó"),
        ("select * from sources s join runs r using (khong)", "Không nối được theo cột khong"),
        ("select sum(1) over w from sources", "Không có cửa sổ nào tên w"),
        ("select * from sources indexed by khong", "Không có chỉ mục nào tên khong"),
        ("select (1, 2) = 1", "Danh sách giá trị trong ngoặc đặt sai chỗ."),
        ("select *", "thiếu FROM"),
        ("select json_extract('{', '$')", "Giá trị không phải JSON."),
        ("select abs(-9223372036854775807 - 1)", "Số nguyên lớn quá mức"),
        ("select 1 limit 'x'", "Kiểu giá trị không hợp"),
        ("select randomblob(2000000000)", "dài quá mức"),
        ("select load_extension('x')", "không mở cho người đọc"),
    ],
)
def test_what_is_wrong_with_a_statement_is_said_before_what_the_machine_says(site: Site, sql: str, says: str) -> None:
    answer = site.get("/bantin", sql=sql)
    assert answer.status_code == 400
    page = in_our_frame(answer.text)
    (wrong,) = page.select(".message-error")
    assert wrong.text.startswith(says) or says in wrong.text
    assert "Máy trả lời" not in wrong.text and page.select_one("small code[lang=en]")
    assert page.text.index(wrong.text) < page.text.index("Máy trả lời: ")


def test_what_is_not_known_keeps_the_machines_words() -> None:
    assert complaints.explained("some other fault", "select 1") == ""
    assert doctest.testmod(complaints).failed == 0
    literal = 'no such column: "hai-linh" - should this be a string literal in single-quotes?'
    assert complaints.explained(literal).startswith("Không có cột nào tên hai-linh; nếu đó là chữ")


@pytest.mark.parametrize("path", ["/kiem-tra", "/bantin/sources", "/bantin/sources.json", "/bantin.json?sql=select+1"])
def test_what_fails_inside_stays_inside(site: Site, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    secret = "/srv/kho/bantin.db: mat-khau-noi-bo"

    async def broken(*_: Any, **__: Any) -> Any:
        raise sqlite3.OperationalError(secret)

    site.get("/")
    for name in ("execute_fn", "execute"):
        monkeypatch.setattr("datasette.database.Database." + name, broken)
    answer = site.get(path)
    assert "kho/bantin" not in answer.text and "mat-khau" not in answer.text and "Traceback" not in answer.text
    assert answer.status_code == 500
    if ".json" in path:
        assert answer.json()["ok"] is False and "Hãy thử lại" in answer.json()["error"]
    else:
        assert "Máy chủ gặp lỗi" in in_our_frame(answer.text).text


def test_data_that_is_not_there_is_answered_as_data(site: Site) -> None:
    answer = site.get("/bantin/khong-co.json")
    assert answer.status_code == 404 and answer.json()["ok"] is False


def test_what_is_not_open(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any, **__: Any) -> None:
        raise Forbidden("view-table: chi-tiet-noi-bo")

    monkeypatch.setattr("datasette.app.Datasette.ensure_permissions", never)
    answer = site.get("/bantin/sources")
    assert answer.status_code == 403 and "chi-tiet" not in answer.text
    assert "không mở cho người đọc" in in_our_frame(answer.text).text


def _raised_while(error: Exception, status: int = 500) -> DatasetteError:
    try:
        try:
            raise error
        except Exception as first:
            raise DatasetteError(str(first), status=status)  # noqa: B904 - as Datasette does
    except DatasetteError as made:
        return made


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ValueError("trong lòng máy"), 500, ""),
        (_raised_while(sqlite3.OperationalError("disk I/O error")), 500, ""),
        (_raised_while(sqlite3.OperationalError("disk I/O error"), 400), 500, ""),
        (_raised_while(sqlite3.OperationalError("unable to open database file"), 400), 500, ""),
        (_raised_while(sqlite3.OperationalError("database is locked"), 400), 500, ""),
        (_raised_while(sqlite3.OperationalError("no such column: x"), 400), 400, "no such column: x"),
        (_raised_while(InvalidSql("Statement must be a SELECT"), 400), 400, "Statement must be a SELECT"),
        (DatasetteError("Cannot sort table by x"), 400, "Cannot sort table by x"),
        (DatasetteError("<p>slow</p>", status=400, message_is_html=True), 400, "interrupted"),
        (QueryInterrupted(None, "", None), 503, "interrupted"),
        (Forbidden("x"), 403, ""),
    ],
)
def test_what_a_reader_is_told_of_an_error(error: Exception, status: int, said: str) -> None:
    made = refused.refusal(error, "/bantin/x", "bantin")
    assert (made.status, made.said) == (status, said)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/bantin", ["Câu hỏi mẫu", "Bảng", "Khung nhìn", "Số liệu", "bảng kỹ thuật đang ẩn"]),
        ("/bantin/figures_full?unit=cu%E1%BB%99c&_sort_desc=start", ["dòng", "unit = cuộc", "xếp theo start giảm dần"]),
        ("/bantin/sources", ["3 dòng", "Ý nghĩa của từng cột", "- cột -", "có chứa", "Tải dữ liệu dạng", "Trang chủ"]),
        ("/bantin/sources?code__contains=lach", ["1 dòng", "code có chứa lach"]),
        ("/bantin/figures_full?unit__isnull=1", ["(unit trống (null)"]),
        ("/bantin/figures_full?unit__notblank=1&value=12", ["unit không để trống", "value = 12"]),
        ("/bantin/sources?_where=code+%3E+%27a%27", ["3 dòng (điều kiện viết bằng SQL; "]),
        ("/bantin/sources?_where=0&_where=1", ["0 dòng (2 điều kiện viết bằng SQL; "]),
        (
            "/bantin/sources?_through=%7B%22table%22:%22captures%22,%22column%22:%22status%22,%22value%22:%22200%22%7D",
            ["dòng (điều kiện viết bằng SQL; "],
        ),
        ("/bantin/sources/hai-linh", ["Được nhắc đến ở các bảng khác", "dòng ở cột source"]),
        ("/bantin/plan_attainment?threshold=50", ["Câu hỏi mẫu", "Tham số", "hiện câu lệnh", "Sửa câu lệnh SQL"]),
        ("/bantin?sql=select+1", ["Câu lệnh SQL", "1 dòng", "Trình bày lại"]),
        ("/-/versions", ["versions.json"]),
        ("/-/plugins", ["plugins.json"]),
        ("/-/metadata", ["metadata.json"]),
    ],
)
def test_datasettes_own_pages_are_in_our_frame(site: Site, path: str, words: list[str]) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    page = in_our_frame(answer.text)
    text = " ".join(page.text.split())
    for word in words:
        assert word in text, word
    for english in ("Custom SQL", "This data as", "Run SQL", "Powered by", "Data source", " rows", "Links from"):
        assert english not in text, english
    assert page.select_one(".way a[href='/']"), "a way back"


def test_every_phrase_is_found_in_the_datasette_that_is_installed() -> None:
    """After an upgrade this names what is worded otherwise now; until then it stays English."""
    templates = files("datasette").joinpath("templates")
    texts = {item.name: item.read_text(encoding="utf-8") for item in templates.iterdir() if item.name.endswith(".html")}
    texts |= {"table.js": files("datasette").joinpath("static", "table.js").read_text(encoding="utf-8")}
    texts |= {"*": "\n".join(texts.values())}
    for name, table in phrases.phrases().items():
        if name not in ("words", "complaints") and not name.endswith(" of 1.0"):
            assert [written for written in table if written not in texts[name]] == [], name


def test_the_base_of_datasette_1_gets_the_same_frame() -> None:
    base = '<html lang="en"><header class="hd"><nav>{% block nav %}{% endblock %}</nav></header>'
    made = phrases.translated(base, "default:base.html")
    assert made.startswith('<html lang="vi"><header class="hd top"><a class="skip"') and '<nav class="wide"' in made


def test_the_menus_of_a_tables_head_are_vietnamese(site: Site) -> None:
    page = BeautifulSoup(site.get("/bantin/sources").text, "lxml")
    (script,) = (str(found["src"]) for found in page.select("script[src*='table.js']"))
    answer = site.get(script)
    assert answer.status_code == 200 and "Xếp tăng dần" in answer.text and "Sort ascending" not in answer.text


@pytest.mark.parametrize("module", [phrases, vietnamese])
def test_examples_in_docstrings(module: Any) -> None:
    result = doctest.testmod(module)
    assert not result.failed
