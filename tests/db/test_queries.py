"""Each canned query runs and answers what its title promises."""

from typing import Any

import pytest

from db import queries
from db.store import close_incident, note_incident, start_run
from tests.db.support import NOON, TEXT, URL, World, capture, extraction

QUERIES = {query.name: query for query in queries.load()}


def run(world: World, name: str, **values: str) -> list[dict[str, Any]]:
    """As Datasette does it: parameters are text, absent ones empty."""
    query = QUERIES[name]
    return list(world.db.query(query.sql, dict.fromkeys(query.params, "") | values))


@pytest.fixture
def loaded(world: World) -> World:
    world.load(world.take(capture()))
    return world


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_runs_without_parameters_and_uses_those_it_names(loaded: World, name: str) -> None:
    run(loaded, name)
    for param in QUERIES[name].params:
        assert f":{param}" in QUERIES[name].sql
    assert QUERIES[name].sql.count(":") >= len(QUERIES[name].params)


def test_search_figures(loaded: World) -> None:
    assert [row["Số liệu"] for row in run(loaded, "search_figures", q="DOI THOAI")] == ["11/12", "92,3"]
    assert run(loaded, "search_figures", q='"') == []


@pytest.mark.parametrize(("threshold", "found"), [("", 0), ("95", 1), ("92,4", 1), ("92.3", 0), ("90", 0)])
def test_plan_attainment(loaded: World, threshold: str, found: int) -> None:
    rows = run(loaded, "plan_attainment", threshold=threshold)
    assert [(row["Phần trăm"], row["Số đã đạt"]) for row in rows] == [(92.3, "11/12 phường")] * found


def test_failing_findings(loaded: World) -> None:
    (row,) = run(loaded, "failing_findings")
    assert (row["Kết luận"], row["Giá trị tính được"]) == ("không khớp", "301")
    assert row["Các số liệu"] == "300 mô hình; 297 mô hình; 04 mô hình"


def test_unexplained_numerals(loaded: World) -> None:
    (row,) = run(loaded, "unexplained_numerals")
    assert row["Chữ số"] == "1022"
    assert "Đường dây nóng [1022] nhận thêm tin." in row["Đoạn văn"]
    assert run(loaded, "unexplained_numerals", source="khac") == []


def test_source_incidents(loaded: World) -> None:
    def opens(kind: str, message: str) -> None:
        note_incident(
            loaded.db,
            loaded.run,
            source="hoabac",
            kind=kind,
            severity="error",
            message=message,
            advice="Thử: bantin doctor",
            evidence={},
            now=NOON,
        )

    opens("down", "Không truy cập được.")
    opens("lists", "Không đọc được.")
    close_incident(loaded.db, loaded.run, source="hoabac", kind="down", now=NOON)
    (row,) = run(loaded, "source_incidents")
    assert (row["Cổng thông tin"], row["Sự cố"], row["Phát hiện ngày"]) == (
        "Cổng Hòa Bắc",
        "Không đọc được.",
        "2023-09-16",
    )
    assert [row["Hết ngày"] for row in run(loaded, "source_incidents", all="1")] == ["", "2023-09-16"]
    assert run(loaded, "source_incidents", source="khac") == []


def test_the_context_of_a_numeral_at_the_start_of_a_text(world: World) -> None:
    from dataclasses import replace

    from schemas.ledger import Numeral

    made = replace(extraction(), numerals=(Numeral(0, 4, "Chín", "unexplained"),))
    world.load(world.take(capture()), extraction=made)
    (row,) = run(world, "unexplained_numerals")
    assert row["Đoạn văn"] == "[Chín]" + TEXT[4:64]


def test_trace_figure(loaded: World) -> None:
    (mention,) = loaded.db.execute("SELECT id FROM figures_full WHERE quote = '297'").fetchone()
    better = start_run(loaded.db, "reextract", fingerprint="f2", started=NOON)
    (capture_id,) = loaded.db.execute("SELECT id FROM captures").fetchone()
    loaded.load(capture_id, run=better, extraction=extraction(planned="92.4"))
    rows = run(loaded, "trace_figure", id=mention)
    assert [row["Tình trạng"] for row in rows] == ["đang dùng", "kết quả cũ"]
    assert rows[0]["Đọc lại tại vị trí"] == rows[0]["Số liệu"] == "297"
    assert rows[0]["Liên hệ"] == "thành phần của 300 mô hình"
    assert rows[0]["Kiểm tra số học"].startswith("Tổng nêu 300")
    assert (rows[0]["Tệp lưu trữ"], rows[0]["Địa chỉ"]) == (f"{loaded.run}.warc.gz", URL)


def test_figures_full_shows_the_heaviest_verdict(world: World) -> None:
    from dataclasses import replace

    from schemas.findings import Finding

    made = extraction()
    more = (
        *made.findings,
        Finding("repeat", "holds", (0,), "", "Khớp."),
        Finding("sum", "impossible", (1,), "", "Sai."),
    )
    world.load(world.take(capture()), extraction=replace(made, findings=more))
    rows = world.db.execute("SELECT quote, verdict, findings FROM figures_full ORDER BY start").fetchall()
    assert [(quote, verdict) for quote, verdict, _ in rows] == [
        ("300", "fails"),
        ("297", "impossible"),
        ("04", "fails"),
        ("11/12", "holds"),
        ("92,3", None),
    ]
    assert rows[0][2] == made.findings[0].message
    assert rows[3][2] is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-- title: T\nSELECT 1", "x.sql: the header has no -- description:"),
        ("-- titel: T\nSELECT 1", "x.sql: expected -- title"),
    ],
)
def test_a_bad_header_names_its_file(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        queries.parse("x", text)
