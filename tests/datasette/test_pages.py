"""Every page answers, says what the database says, and brings a policy that lets no script of strangers run."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from db.datasette.pages import charts, figures, home, uncounted, words
from db.datasette.pages.routes import ROUTES
from schemas.words import evidence
from tests.datasette.support import Site

PAGES = [
    "/",
    "/trang-chu",
    "/tim",
    "/tim?q=doi+thoai",
    "/chi-tieu",
    "/chi-tieu/doi_thoai",
    "/chi-tieu/dan_van_kheo?dia-ban=99.quan-hai-linh.lach-sen&ky=2023-Q1",
    "/kiem-tra",
    "/kiem-tra?loai=fails",
    "/kiem-tra?loai=suspicious",
    "/kiem-tra?loai=across",
    "/dia-ban",
    "/dia-ban?ten=lac+vien",
    "/dia-ban/304",
    "/dia-ban/99.quan-hai-linh",
    "/chat-luong",
    "/huong-dan",
    "/tu-dien",
]


def soup(site: Site, path: str) -> BeautifulSoup:
    answer = site.get(path)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def document_of(connection: sqlite3.Connection, title: str) -> str:
    row = connection.execute("SELECT document_id FROM bulletins_current WHERE title LIKE ?", (title + "%",)).fetchone()
    return str(row[0])


def figure_of(connection: sqlite3.Connection, quote: str, title: str) -> str:
    row = connection.execute(
        "SELECT id FROM figures_full WHERE quote = ? AND title LIKE ? ORDER BY start", (quote, title + "%")
    ).fetchone()
    return str(row[0])


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_in_vietnamese_with_a_strict_policy(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    page = BeautifulSoup(answer.text, "lxml")
    assert page.html is not None and page.html["lang"] == "vi"
    assert len(page.select("h1")) == 1 and page.title and page.title.text.endswith("· bantin")
    for script in page.select("script"):
        assert not script.text and str(script["src"]).startswith("/bantin-static/")
    assert not page.select("[style], style, iframe, object, embed, [onclick], [onload], [onerror]")
    for tag, name in (("link", "href"), ("img", "src"), ("script", "src")):
        for found in page.select(tag):
            assert str(found[name]).startswith("/"), "nothing is fetched from elsewhere"


def test_every_link_within_the_site_leads_somewhere(site: Site, connection: sqlite3.Connection) -> None:
    document = document_of(connection, "Quý I/2024: 284")
    seen: set[str] = set()
    for path in [*PAGES, f"/ban-tin/{document}"]:
        for link in soup(site, path).select("a[href^='/']"):
            seen.add(re.sub(r"#.*", "", str(link["href"])))
    kinds = {re.sub(r"[0-9a-f]{20}", "ID", address).split("?")[0] for address in seen}
    chosen = {next(a for a in sorted(seen) if re.sub(r"[0-9a-f]{20}", "ID", a).split("?")[0] == kind) for kind in kinds}
    for address in sorted(chosen):
        assert site.get(address).status_code in (200, 302), address


def test_home_says_what_the_database_says(site: Site, connection: sqlite3.Connection) -> None:
    page = soup(site, "/")
    said = [dd.text for dd in page.select(".facts dd")]
    (figures_,) = connection.execute("SELECT count(*) FROM figures_full").fetchone()
    (bulletins,) = connection.execute("SELECT count(*) FROM current_runs").fetchone()
    (bad,) = connection.execute(
        "SELECT count(*) FROM findings_full WHERE verdict IN ('impossible', 'fails', 'suspicious')"
    ).fetchone()
    (across,) = connection.execute("SELECT count(*) FROM series_findings WHERE verdict <> 'holds'").fetchone()
    assert said[0] == words.number(figures_) and said[1] == str(bulletins) and said[3] == str(bad + across)
    assert "100" in said[2] or said[2].startswith("9"), "the share of numerals that are explained"
    assert page.select_one("svg.chart rect.bar") and "Quận Hải Lĩnh" in page.text
    assert "trang chưa đọc được" in page.text
    assert "có thể cổng đã đổi bố cục" in page.text, "what happened is said in Vietnamese before the program's words"


def test_an_indicator_is_drawn_and_told(site: Site) -> None:
    page = soup(site, "/chi-tieu/dan_van_kheo")
    chart = page.select_one("svg.chart")
    assert chart and chart.select("circle") and chart.title and chart.desc and chart.select("line.plan")
    assert "31/3/2023" in chart.text or "quý I/2023" in chart.text.lower() or "246 mô hình" in chart.text
    assert "284 mô hình" in page.text and "Phường Lạch Sen" in page.text
    csv = page.select_one("#csv")
    assert csv is not None
    answer = site.get(str(csv["href"]))
    assert answer.status_code == 200 and answer.text.splitlines()[0].startswith("ref_area,indicator")
    assert "246" in answer.text


def test_a_bulletin_marks_every_numeral(site: Site, connection: sqlite3.Connection) -> None:
    document = document_of(connection, "Quý I/2024: 284")
    page = soup(site, f"/ban-tin/{document}")
    text = page.select_one(".text")
    assert text is not None
    states = {"claimed": 0, "set_aside": 0, "unexplained": 0}
    for mark in text.select("a.n"):
        states[next(state for state in states if state in mark["class"])] += 1
        card = page.select_one(f"#the-{mark['id']}")
        assert card is not None and card.text.strip()
    (claimed, aside, unexplained) = connection.execute(
        "SELECT claimed, set_aside, unexplained FROM extractions JOIN current_runs USING (bulletin_id, run_id)"
        " WHERE document_id = ?",
        (document,),
    ).fetchone()
    assert states["set_aside"] == aside and states["unexplained"] == unexplained
    assert 0 < states["claimed"] <= claimed, "a figure may be made of several numerals"
    (stored,) = connection.execute("SELECT text FROM bulletins_current WHERE document_id = ?", (document,)).fetchone()
    shown = re.sub(r"\s+", "", text.text)
    assert re.sub(r"[\s|]+", "", stored) in shown.replace("|", ""), "the text is whole and in order"


def test_a_card_says_value_unit_links_and_findings(site: Site, connection: sqlite3.Connection) -> None:
    document = document_of(connection, "Quý I/2024: 284")
    id = figure_of(connection, "284", "Quý I/2024: 284")
    page = soup(site, f"/ban-tin/{document}")
    card = page.select_one(f"#the-f-{id}")
    assert card is not None
    said = card.text
    assert "284 mô hình" in said and "quý I/2024" in said and "275 + 09 = 284" in said
    assert "từ điển" in said and "lexicon:" not in said, "reasons are in Vietnamese"
    assert len(str(card["data-to"]).split()) >= 2
    for anchor in str(card["data-to"]).split():
        assert page.select_one(f".text #{anchor}")


def test_the_impossible_percentage_has_its_finding(site: Site, connection: sqlite3.Connection) -> None:
    document = document_of(connection, "Phường Bến Cau đối thoại")
    id = figure_of(connection, "280", "Phường Bến Cau đối thoại")
    card = soup(site, f"/ban-tin/{document}").select_one(f"#the-f-{id}")
    assert card is not None and "Không có số nguyên nào làm kế hoạch để 13 cuộc ứng với 280%" in card.text
    assert "Không thể đúng" in card.text


def test_contradictions_worst_first_with_sentence_and_arithmetic(site: Site) -> None:
    page = soup(site, "/kiem-tra")
    tab = page.select_one(".tabs a[aria-current]")
    assert tab is not None and tab.text.startswith("Không thể đúng")
    found = page.select("article.check")
    assert any("13/12 nhà: 13 lớn hơn 12" in article.text for article in found)
    for article in found:
        assert article.select("blockquote mark") and article.select(".message")


def test_an_area_through_the_reform(site: Site) -> None:
    page = soup(site, "/dia-ban/304")
    assert "Quận Ngô Quyền" in page.text and "Trở thành" in page.text
    assert {"Phường Gia Viên", "Phường Ngô Quyền"} <= {link.text for link in page.select(".flow a")}
    assert "không nối" in page.text
    there = soup(site, "/dia-ban?ten=lac+vien")
    assert "Phường Lạc Viên" in there.text
    sample = soup(site, "/dia-ban/99.quan-hai-linh")
    assert {"Phường Lạch Sen", "Phường Ba Gò"} <= {link.text for link in sample.select(".inline a")}


def test_areas_of_a_file_beside_the_database(site: Site, tmp_path: Path, connection: sqlite3.Connection) -> None:
    copy = tmp_path / "bantin.db"
    with sqlite3.connect(copy) as target:
        connection.backup(target)
    text = (Path(__file__).parents[1] / "areas" / "hai_linh.toml").read_text(encoding="utf-8")
    (tmp_path / "areas.toml").write_text(text, encoding="utf-8")
    page = soup(Site(copy), "/dia-ban/99.quan-hai-linh")
    assert "Phường Hải Lĩnh" in page.text and "một phần" in page.text and "đến 30/6/2025" in page.text


def test_quality_has_a_heat_map_and_rules(site: Site) -> None:
    page = soup(site, "/chat-luong")
    assert page.select(".heat td.h4") and page.select(".heat td.h0")
    assert "Viết bằng chữ số, đơn vị trong từ điển" in page.text
    assert "tải mới" in page.text


@pytest.mark.parametrize("query", ["đối thoại", "doi thoai", "DOI THOAI", '"doi thoai"', "doi tho*"])
def test_search_marks_what_it_found(site: Site, query: str) -> None:
    answer = site.get("/tim", q=query)
    page = BeautifulSoup(answer.text, "lxml")
    marks = {mark.text.lower() for mark in page.select("mark")}
    assert marks & {"đối", "thoại"}
    assert page.select("#ban-tin") and page.select("#so-lieu")


def test_a_search_for_nothing_and_nonsense(site: Site) -> None:
    assert "Không tìm thấy gì" in site.get("/tim", q="zzzzqqqq").text
    assert site.get("/tim", q='" AND ( *').status_code == 200
    assert site.get("/tim", q="x" * 5000).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/ban-tin/0000",
        "/ban-tin/none",
        "/chi-tieu/none",
        "/dia-ban/none",
        "/f/none",
        "/bao-loi/none",
        "/f/%3Cscript%3E",
    ],
)
def test_what_is_not_there_says_so(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "Không có gì ở đây" in answer.text and "<script>" not in answer.text


@pytest.mark.parametrize("number", ["0", "-3", "x", "9" * 30, "²"])
def test_a_page_number_that_is_none_is_the_first(site: Site, number: str) -> None:
    assert site.get("/kiem-tra", trang=number).status_code == 200


def test_our_own_files_and_no_others(site: Site) -> None:
    page = soup(site, "/")
    style = page.select_one("link[rel=stylesheet]")
    assert style is not None
    answer = site.get(str(style["href"]))
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/css")
    assert "http" not in answer.text.replace("http://www.w3.org", ""), "no address of another host in the style"
    assert site.get("/bantin-static/none.css").status_code == 404
    assert site.get("/bantin-static/..%2fserve.py").status_code != 200


def test_ids_in_datasettes_tables_lead_to_figure_and_bulletin(site: Site) -> None:
    table = BeautifulSoup(site.get("/bantin/figures_full").text, "lxml")
    links = {str(link["href"]) for link in table.select("td a")}
    for base in ("/f/", "/ban-tin/"):
        found = sorted(link for link in links if link.startswith(base))
        assert found and site.get(found[0]).status_code in (200, 302)
    query = BeautifulSoup(site.get("/bantin/plan_attainment").text, "lxml")
    assert query.select("td a[href^='/f/']")


def test_routes_do_not_take_datasettes_own(site: Site) -> None:
    for path in ("/bantin", "/bantin/figures_full", "/-/versions.json", "/.json", "/bantin/plan_attainment"):
        assert site.get(path).status_code == 200, path
    assert len({pattern for pattern, _ in ROUTES}) == len(ROUTES)


def test_a_wide_view_is_counted_only_where_it_is_small_or_filtered(
    site: Site, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def head(path: str) -> str:
        found = soup(site, path).select_one("h3")
        return found.get_text(strip=True) if found else ""

    (figures_,) = connection.execute("SELECT count(*) FROM figures_full").fetchone()
    assert head("/bantin/figures_full").startswith(f"{words.number(figures_)} dòng")
    monkeypatch.setattr(uncounted, "MANY", 10)
    assert "dòng" not in head("/bantin/figures_full")
    page = soup(site, "/bantin/figures_full?_sort=key")
    assert len(page.select("table.rows-and-columns tbody tr")) == 50
    assert not page.select(".facet-info")
    assert soup(site, "/bantin/figures_full?_facet=unit&_nofacet=auto").select(".facet-info")
    assert soup(site, "/bantin/figures_full?unit=%25&_nofacet=auto").select(".facet-info")
    (percents,) = connection.execute("SELECT count(*) FROM figures_full WHERE unit = '%'").fetchone()
    assert head("/bantin/figures_full?_nocount=auto&unit=%25").startswith(f"{words.number(percents)} dòng")
    data = site.get("/bantin/figures_full.json?_nocount=auto").json()
    assert data["filtered_table_rows_count"] == figures_


@pytest.mark.parametrize("module", [words, charts, figures, evidence, uncounted])
def test_examples_in_docstrings(module: object) -> None:
    import doctest

    result = doctest.testmod(module)
    assert result.attempted and not result.failed


def test_no_two_plans_of_the_chart_have_one_name(site: Site, connection: sqlite3.Connection) -> None:
    made = home._plans(connection)
    labels = [row["label"] for row in made]
    assert len(labels) == 8 and len(set(labels)) == len(labels)
    assert {
        "“Dân vận khéo” · Quận Hải Lĩnh · 6 tháng đầu năm 2024",
        "“Dân vận khéo” · Phường Lạch Sen · 6 tháng đầu năm 2024",
    } <= set(labels)
    shown = {(row["document_id"], row["value"], row["period_end"], row["place"]) for row in made}
    assert len(shown) == len(made), "what a bulletin says twice is one bar"
    page = soup(site, "/")
    assert [text.text for text in page.select("svg.chart .label")] == labels
    assert "Phường Lạch Sen" in page.select("details table")[0].text


@pytest.mark.parametrize(
    ("parts", "labels"),
    [
        (("Quận A", "2024-01-01"), ["Thu · Quận A · tháng 1/2024", "Thu · Quận B · tháng 1/2024"]),
        (
            ("Quận B", "2024-01-01"),
            ["Thu · Quận B · tháng 1/2024 · đăng 5/2/2024", "Thu · Quận B · tháng 1/2024 · đăng 6/2/2024"],
        ),
    ],
)
def test_plans_are_named_by_what_tells_them_apart(parts: tuple[str, str], labels: list[str]) -> None:
    place, start = parts
    made = [
        {
            "subject": "thu",
            "place": place,
            "period_start": start,
            "period_end": "2024-01-31",
            "published": "2024-02-05",
        },
        {
            "subject": "thu",
            "place": "Quận B",
            "period_start": start,
            "period_end": "2024-01-31",
            "published": "2024-02-06",
        },
        {
            "subject": "chi",
            "place": "Quận B",
            "period_start": start,
            "period_end": "2024-01-31",
            "published": "2024-02-06",
        },
    ]
    home.name_apart(made)
    assert [row["label"] for row in made] == [*labels, "Chi · tháng 1/2024"]


def test_areas_count_indicators_of_the_catalogue_apart(site: Site, connection: sqlite3.Connection) -> None:
    counted = {
        generated: connection.execute(
            "SELECT count(DISTINCT o.indicator) FROM observations o JOIN indicators i ON i.code = o.indicator"
            " WHERE o.ref_area = '99.quan-hai-linh' AND i.generated = ?",
            (generated,),
        ).fetchone()[0]
        for generated in (0, 1)
    }
    (tile,) = (li for li in soup(site, "/dia-ban").select(".tiles li") if li.text.startswith("Quận Hải Lĩnh"))
    assert f"{counted[0]} chỉ tiêu trong danh mục · {counted[1]} tạm đặt từ lời văn" in tile.text
    page = soup(site, "/dia-ban/99.quan-hai-linh")
    assert len(page.select("#chi-tieu ~ ul.tiles li")) == counted[0]
    summary = page.select_one("#chi-tieu ~ details summary")
    assert summary and f"({counted[1]}, đây là 60" in summary.text and len(page.select("#chi-tieu ~ details li")) == 60


def test_a_contradiction_between_bulletins_says_where(site: Site) -> None:
    found = soup(site, "/kiem-tra?loai=across").select("article.check")
    assert any("34 mô hình" in article.text and "· Phường Lạch Sen" in article.text for article in found)


def test_periods_to_choose_are_in_vietnamese(site: Site) -> None:
    options = [option.text for option in soup(site, "/chi-tieu/pham_phap_hinh_su").select("#ky option")]
    assert options and all(re.match(r"(Năm|Tháng|Quý|\d+ tháng|\d+/)", text) for text in options), options


def test_days_and_numbers_of_the_tutorial_stay_whole(site: Site) -> None:
    cells = {cell.text: cell.get("class") for cell in soup(site, "/huong-dan").select("td")}
    assert cells["2023-03-31"] == ["whole"] and cells["2023-01-01/P9M"] == ["whole"] and cells["246"] == ["whole"]
    assert cells["Quận ủy Hải Lĩnh tổng kết công tác dân vận năm 2023"] is None
