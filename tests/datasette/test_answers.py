"""Canned queries and the tutorial answer on the sample portal what its story says; both are fast because of indices."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from db import queries
from db.datasette.metadata import build, describe, for_datasette_1
from db.datasette.serve import SETTINGS, write_for_datasette_1
from db.folding import fold, match_expression
from db.home import Home
from schemas.tables import tables
from tests.benchmarks.figures import build as build_figures
from tests.datasette.answers import GUIDE, answer, questions
from tests.datasette.screenshots import FOLDER, SHOTS
from tests.datasette.support import Site

QUERIES = {query.name: query for query in queries.load()}


@pytest.fixture
def run(connection: sqlite3.Connection) -> Any:
    connection.create_function("fold", 1, fold)
    connection.create_function("match_expression", 1, match_expression)

    def ask(name: str, **values: str) -> list[dict[str, Any]]:
        query = QUERIES[name]
        return [dict(row) for row in connection.execute(query.sql, dict.fromkeys(query.params, "") | values)]

    return ask


def test_there_are_at_least_fourteen_with_vietnamese_titles() -> None:
    assert len(QUERIES) >= 14
    for query in QUERIES.values():
        assert re.search("[À-ỹđ]", query.title) and query.description.endswith(".")
    assert sum(query.chart is not None for query in QUERIES.values()) >= 6


def test_parts_against_total(run: Any) -> None:
    rows = {row["Tổng nêu"]: row for row in run("parts_against_total")}
    assert rows["18.642 học sinh"]["Chênh"] == -100
    assert rows["18.642 học sinh"]["Các thành phần"] == "4.215 học sinh + 8.377 học sinh + 6.150 học sinh"
    assert (rows["278 mô hình"]["Cộng lại"], rows["278 mô hình"]["Chênh"]) == (275, 3)
    assert all(row["Kết luận"] == "không khớp" for row in rows.values())
    holding = run("parts_against_total", verdict="holds")
    assert any(row["Tổng nêu"] == "284 mô hình" and row["Chênh"] == 0 for row in holding)
    (more,) = [row for row in run("parts_against_total", verdict="impossible") if row["Tổng nêu"] == "27 cuộc"]
    assert more["Cộng lại"] == 30


def test_implied_plans(run: Any) -> None:
    possible = {row["Số đã đạt"]: row for row in run("implied_plans")}
    assert possible["304 mô hình"]["Kế hoạch suy ra"] == "280"
    impossible = {(row["Số đã đạt"], row["So với kế hoạch"]) for row in run("implied_plans", verdict="impossible")}
    assert {("11 cuộc", "115 %"), ("13 cuộc", "280 %")} <= impossible


def test_impossible_percentages(run: Any) -> None:
    said = [row["Diễn giải"] for row in run("impossible_percentages")]
    assert "Tỷ lệ 102,4% của một tổng số không thể lớn hơn 100%." in said
    assert "7/8 là 87,5%, nhưng văn bản ghi 85,7%." in said
    assert "Không có số nguyên nào làm kế hoạch để 13 cuộc ứng với 280%." in said
    ward = run("impossible_percentages", source="lach-sen")
    assert ward and "7/8 là 87,5%, nhưng văn bản ghi 85,7%." not in [row["Diễn giải"] for row in ward]


def test_compare_areas(run: Any) -> None:
    rows = run("compare_areas", indicator="doi_thoai", period="2024-S1")
    assert [(row["Địa bàn"], row["Giá trị"]) for row in rows[:2]] == [
        ("99.quan-hai-linh", 28),
        ("99.quan-hai-linh.lach-sen", 5),
    ]
    assert rows[0]["Lưu ý khi so sánh"] == "đã gồm các địa bàn bên dưới: đừng cộng" and not rows[1]["Lưu ý khi so sánh"]
    assert sum(row["Giá trị"] for row in rows[1:]) == 23, "wards only; five dialogues were held by the district itself"
    assert len(run("compare_areas")) == 9, "without a period: one that all areas have"


def test_indicator_timeline(run: Any) -> None:
    rows = run("indicator_timeline", indicator="dan_van_kheo", area="99.quan-hai-linh")
    actual = [(row["Đến ngày"], row["Giá trị"]) for row in rows if row["Tình trạng"] == "đã thực hiện"]
    assert actual == [
        ("2023-03-31", 246),
        ("2023-06-30", 262),
        ("2023-09-30", 282),
        ("2023-12-31", 294),
        ("2024-03-31", 284),
    ]
    assert ("2024-12-31", 280) in [(r["Đến ngày"], r["Giá trị"]) for r in rows if r["Tình trạng"] == "kế hoạch"]


def test_freshness(run: Any) -> None:
    rows = {row["Mã nguồn"]: row for row in run("freshness")}
    assert rows["hai-linh"]["Bản tin mới nhất"] == "2024-06-28" and rows["hai-linh"]["Số phiên bản bản tin"] == 39
    assert rows["lach-sen"]["Bản tin mới nhất"] == "2024-06-24"
    assert rows["lach-sen"]["Số ngày im lặng"] == rows["hai-linh"]["Số ngày im lặng"] + 4
    assert run("freshness", days="99999") == []


def test_wards_against_total(run: Any) -> None:
    rows = run("wards_against_total", indicator="doi_thoai", area="99.quan-hai-linh", end="2024-06-30")
    assert len(rows) == 8
    assert {(row["Cộng các phường"], row["Tổng cấp phường nêu"], row["Toàn quận nêu"]) for row in rows} == {
        (23, 23, 28)
    }


def test_conflicts_between_bulletins(run: Any) -> None:
    said = " ".join(row["Diễn giải"] for row in run("series_contradictions"))
    assert "ghi 34 mô hình" in said and "112,4 triệu đồng" in said and "135 hộ" in said


def test_failing_findings_worst_first(run: Any) -> None:
    rows = run("failing_findings")
    order = [row["Kết luận"] for row in rows]
    assert order == sorted(order, key=["không thể đúng", "không khớp", "đáng ngờ"].index)
    first = {row["Diễn giải"]: row["Các số liệu"] for row in rows}
    assert first["13/12 nhà: 13 lớn hơn 12, không thể là một phần của tổng số."] == "13/12 nhà"


def test_search_and_unexplained(run: Any) -> None:
    assert {row["Số liệu"] for row in run("search_figures", q='"cuoc doi thoai" giam')} >= {"28"}
    rows = run("unexplained_numerals")
    assert all(f"[{row['Chữ số']}]" in row["Đoạn văn"] for row in rows)
    assert len(run("unexplained_numerals", source="lach-sen")) < len(rows)


@pytest.mark.parametrize(
    ("name", "picked", "values"),
    [
        ("search_figures", "LIMIT 2000", {"q": "doi thoai"}),
        ("parts_against_total", "LIMIT 400", {}),
        ("implied_plans", "LIMIT 400", {}),
    ],
)
def test_what_is_not_current_takes_no_place(
    connection: sqlite3.Connection, name: str, picked: str, values: dict[str, str]
) -> None:
    """A re-extraction that nobody accepted yet has the newest rows of every table."""
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    copy.create_function("match_expression", 1, match_expression)
    copy.row_factory = sqlite3.Row
    assert picked in QUERIES[name].sql
    sql = QUERIES[name].sql.replace(picked, "LIMIT 1")
    for _ in range(3):
        row = copy.execute(sql, dict.fromkeys(QUERIES[name].params, "") | values).fetchone()
        newest = copy.execute("SELECT bulletin_id FROM figures WHERE id = ?", (row["Mã số liệu"],)).fetchone()[0]
        assert copy.execute("DELETE FROM current_runs WHERE bulletin_id = ?", (newest,)).rowcount == 1
    copy.close()


def test_run_diff(tmp_path: Path) -> None:
    path = tmp_path / "made.db"
    build_figures(path, 28 * 401)
    connection = sqlite3.connect(path)
    query = QUERIES["run_diff"]
    names = [row[0] for row in connection.execute(query.sql, {"run": ""}).description]
    rows = [dict(zip(names, row, strict=True)) for row in connection.execute(query.sql, {"run": ""})]
    assert [row["Thay đổi"] for row in rows] == ["đổi"] * 3, "one figure of each of the three bulletins read again"
    assert rows[0]["Trước"] == rows[0]["Sau"] and "đối thoại" in rows[0]["Câu văn"]
    first = connection.execute("SELECT min(id) FROM runs").fetchone()[0]
    assert connection.execute(query.sql, {"run": first}).fetchall() == [], "a first reading changes nothing"
    connection.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "bantin.db"
    build_figures(path, 5600)
    return path


#: tables that hold a row a figure or more; reading one of them from end to end is what may not happen
LARGE = ("figures", "numerals", "findings", "finding_figures", "figure_links", "observation_mentions")
#: aliases that queries give these tables
_SCAN = re.compile(r"SCAN (\w+)(?! VIRTUAL)")


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_large_table_from_end_to_end(made: Path, name: str) -> None:
    connection = sqlite3.connect(made)
    connection.create_function("fold", 1, fold)
    connection.create_function("match_expression", 1, match_expression)
    query = QUERIES[name]
    aliases = {alias or table for table, alias in _ALIAS.findall(query.sql) if table in LARGE}
    plan = connection.execute("EXPLAIN QUERY PLAN " + query.sql, dict.fromkeys(query.params, "x"))
    scanned = {match[1] for row in plan if (match := _SCAN.match(row[3]))}
    connection.close()
    assert not scanned & (aliases | set(LARGE)), f"{name} scans {scanned}"


_ALIAS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)(?:\s+(?:AS\s+)?(?!ON|WHERE|JOIN|CROSS|LEFT|ORDER|GROUP|LIMIT)(\w+))?")


def test_the_aliases_are_found() -> None:
    assert _ALIAS.findall("FROM findings n JOIN figures f ON x") == [("findings", "n"), ("figures", "f")]
    assert _ALIAS.findall("FROM figures WHERE x") == [("figures", "")]


@pytest.mark.parametrize(("sql", "table"), questions(GUIDE.read_text(encoding="utf-8")))
def test_the_tutorials_answers(connection: sqlite3.Connection, sql: str, table: str) -> None:
    assert answer(connection, sql) == table, "if the new answer is right: python -m tests.datasette.answers"


def test_the_tutorial_asks_real_questions_and_its_links_answer(site: Site) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert len(questions(text)) >= 5
    links = re.findall(r"\]\((/[^)]*)\)", text)
    assert len(links) >= 10
    for link in links:
        assert site.get(link).status_code == 200, link
    page = site.get("/huong-dan").text
    assert "Quận có bao nhiêu mô hình" in page and "<table>" in page and "246" in page


def test_the_tutorials_pictures_are_those_that_are_taken_anew_and_are_served(site: Site) -> None:
    pictures = re.findall(r"!\[([^\]]+)\]\(screenshots/([a-z-]+)\.png\)", GUIDE.read_text(encoding="utf-8"))
    assert len(pictures) >= 3 and len({name for _, name in pictures}) == len(pictures)
    shown = BeautifulSoup(site.get("/huong-dan").text, "lxml").select("img")
    assert [image["alt"] for image in shown] == [words for words, _ in pictures]
    for (_, name), image in zip(pictures, shown, strict=True):
        assert name in SHOTS
        got = site.get(str(image["src"]))
        assert got.status_code == 200 and got.headers["content-type"] == "image/png"
        assert got.content == (FOLDER / f"{name}.png").read_bytes()
        assert got.content.startswith(b"\x89PNG") and int.from_bytes(got.content[16:20]) == SHOTS[name][1]


def test_metadata_warns_beside_the_columns(home: Home) -> None:
    columns = build(home.database)["databases"]["bantin"]["tables"]["figures_full"]["columns"]
    assert "đừng cộng cả hai" in columns["part_of"]
    assert "không cộng các dòng khác đơn vị" in columns["value"]
    for table in tables().values():
        for column in table.columns:
            assert not column.warning or column.warning in describe(column)


def test_the_layout_of_datasette_1(home: Home) -> None:
    old = build(home.database)
    made = for_datasette_1(old)
    assert set(made) == {"metadata", "config"}
    database, config = made["metadata"]["databases"]["bantin"], made["config"]["databases"]["bantin"]
    assert "queries" not in database and set(config["queries"]) == set(QUERIES)
    assert config["tables"]["figures_full"]["facets"] and config["tables"]["figures"]["hidden"] is True
    assert config["tables"]["figures_full"]["fts_table"] == "figures_fts"
    assert "columns" in database["tables"]["figures_full"] and "columns" not in config["tables"]["figures_full"]
    # nothing is lost on the way
    tables_ = old["databases"]["bantin"]["tables"]
    for name, entry in tables_.items():
        assert database["tables"][name] | config["tables"].get(name, {}) == entry
    paths = write_for_datasette_1(home)
    assert all(path.read_text(encoding="utf-8").startswith("{") for path in paths)
    assert str(SETTINGS["sql_time_limit_ms"]) in paths[1].read_text(encoding="utf-8")
