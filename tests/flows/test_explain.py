"""``bantin explain``: a figure of the database back to its record, a sentence without any database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.home import Home
from flows.cli import cli
from flows.observe import refresh
from tests.db.support import NOON, TEXT, World, capture, extraction


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.load(made.take(capture()))
    yield made
    made.db.close()


def explain(home: Path, *words: str) -> Result:
    return CliRunner(env={"BANTIN_HOME": str(home)}).invoke(cli, ["explain", *words])


def id_of(world: World, quote: str) -> str:
    return str(world.db.execute("SELECT id FROM figures WHERE quote = ?", (quote,)).fetchone()[0])


def lines(said: Result) -> dict[str, str]:
    """Label -> text of the lines that have both."""
    pairs = (line.strip().split("  ", 1) for line in said.stdout.splitlines() if line.startswith("  "))
    return {pair[0]: pair[1].strip() for pair in pairs if len(pair) == 2}


def test_a_figure_is_traced_to_its_record(world: World, tmp_path: Path) -> None:
    said = explain(tmp_path, id_of(world, "300"))
    assert said.exit_code == 0, said.stderr
    assert "Chín tháng, quận có [300] mô hình Dân vận khéo" in said.stdout
    told = lines(said)
    assert told["Giá trị"] == "300" and told["Đơn vị"] == "mô hình"
    assert told["Kỳ"] == "9 tháng đầu năm 2023  (căn cứ: Chín tháng)"
    assert told["Bản tin"] == "Quận Hòa Bắc sơ kết công tác dân vận"
    assert told["Địa chỉ"] == "https://hoabac.example/tin/1.html"
    place = world.db.execute("SELECT segment, offset, length FROM captures").fetchone()
    assert told["Bản lưu"] == "tệp {}, vị trí {}, dài {} byte".format(*place)
    assert "[không khớp] Tổng nêu 300 nhưng các thành phần cộng lại là 301." in said.stdout
    for part in ("297", "04"):
        assert f"{part} mô hình ({id_of(world, part)})" in said.stdout
    assert "đang dùng" in said.stdout.splitlines()[0]


def test_a_figure_leads_to_its_statistic_and_why(world: World, tmp_path: Path) -> None:
    assert "Chỉ tiêu" not in lines(explain(tmp_path, id_of(world, "297")))  # nothing is observed yet
    refresh(world.db)
    figure = id_of(world, "300")
    (observation,) = world.db.execute(
        "SELECT observation_id FROM observation_mentions WHERE figure_id = ?", (figure,)
    ).fetchone()
    world.db["series_findings"].insert(
        {
            **{
                "id": "s",
                "check_name": "repeat",
                "verdict": "suspicious",
                "message": "Tin khác ghi 301.",
                "expected": "",
            },
            **{"indicator": "dan_van_kheo", "ref_area": "00.hoa-bac", "time_period": "2023-09-30"},
            **{"observation": observation, "against": "[]"},
        }
    )
    told = lines(explain(tmp_path, figure))
    assert told["Chỉ tiêu"] == "Số mô hình “Dân vận khéo” (dan_van_kheo), địa bàn 00.hoa-bac, kỳ 2023-09-30"
    assert told["Vì sao"].endswith("(mức chắc chắn 1,00)") and "“dân vận khéo”" in told["Vì sao"]
    assert told["Giữa các bản tin"] == "[đáng ngờ] Tin khác ghi 301."


def test_links_lead_on(world: World, tmp_path: Path) -> None:
    total = id_of(world, "300")
    assert lines(explain(tmp_path, id_of(world, "297")))["Thành phần của"] == f"300 mô hình ({total})"
    told = lines(explain(tmp_path, id_of(world, "92,3")))
    assert told["Nói về"] == f"11/12 phường ({id_of(world, '11/12')})"
    assert told["So với"] == "kế hoạch, chỉ tiêu, dự toán" and told["Giá trị"] == "92,3"


def test_the_beginning_of_an_id_is_enough(world: World, tmp_path: Path) -> None:
    ids = sorted(row[0] for row in world.db.execute("SELECT id FROM figures"))
    for id in ids:
        short = next(id[:n] for n in range(1, 21) if sum(other.startswith(id[:n]) for other in ids) == 1)
        assert explain(tmp_path, short.upper()).stdout.startswith(f"Số liệu {id} ")


def test_several_figures_with_that_beginning_are_listed(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.db.execute("UPDATE figures SET id = 'ab' || position")
    world.db.conn.commit()
    said = explain(tmp_path, "ab")
    assert said.exit_code == 2 and said.stdout == ""
    assert "ab0  300 mô hình" in said.stderr and "ab4  92,3" in said.stderr


def test_the_current_result_goes_first(world: World, tmp_path: Path) -> None:
    from db.store import start_run

    later = start_run(world.db, "reextract", fingerprint="f2", started=NOON.replace(hour=9))
    at = world.take(capture(), run=later)
    world.load(at, run=later, extraction=extraction(planned="93"), promote=False)
    assert lines(explain(tmp_path, id_of(world, "92,3")))["Giá trị"] == "92,3"
    world.load(at, run=later, extraction=extraction(planned="93"))
    assert lines(explain(tmp_path, id_of(world, "92,3")))["Giá trị"] == "93"


def test_a_successor_is_named(world: World, tmp_path: Path) -> None:
    rows = [("dead01", "beef02", world.run, "moved"), ("dead03", None, world.run, "gone")]
    world.db.conn.executemany("INSERT INTO successors (old_id, new_id, run_id, reason) VALUES (?, ?, ?, ?)", rows)
    world.db.conn.commit()
    assert "it is now beef02" in explain(tmp_path, "dead01").stderr
    assert "nothing took its place" in explain(tmp_path, "dead03").stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ffffff"], "figures_full"),
        (["%"], "figures_full"),
        ([" "], "FIGURE"),
        ([], "--text"),
        (["abc", "--text", "có 3 hộ"], "either"),
    ],
)
def test_a_wrong_question_is_answered_in_words(world: World, tmp_path: Path, words: list[str], told: str) -> None:
    said = explain(tmp_path, *words)
    assert said.exit_code == 2 and told in said.stderr and said.stdout == ""


def test_without_a_database_it_says_what_makes_one(tmp_path: Path) -> None:
    said = explain(tmp_path, "abc")
    assert said.exit_code == 2 and "bantin ingest" in said.stderr


def test_a_sentence_is_explained_without_a_database(tmp_path: Path) -> None:
    said = explain(tmp_path, "--text", "Năm 2024, phường tổ chức 15 hội nghị, tăng 25% so với cùng kỳ.")
    assert said.exit_code == 0, said.stderr
    *blocks, rest = said.stdout.split("\n\n")
    about = {quote: next(block for block in blocks if f"[{quote}]" in block) for quote in ("2024", "15", "25")}
    assert "loại ra: kỳ thời gian" in about["2024"]
    assert "Đơn vị" in about["15"] and "năm 2024" in about["15"]
    assert "cùng kỳ" in about["25"] and "15 hội nghị" in about["25"]
    assert rest.splitlines()[-1].startswith("Chữ số: 2 thuộc số liệu")
    assert not Home(tmp_path).database.exists()


def test_what_a_page_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    said = explain(tmp_path, "--text", "Có 12 hộ\x1b[31m nghèo\x07.")
    assert "\x1b[31m" not in said.stdout and "\x07" not in said.stdout and "[12] hộ" in said.stdout


def test_the_help_teaches_by_example(tmp_path: Path) -> None:
    said = explain(tmp_path, "--help")
    assert "Example" in said.stdout and "bantin explain --text" in said.stdout


def test_the_made_up_text_is_the_one_explained(world: World, tmp_path: Path) -> None:
    """Every figure's sentence comes out of the bulletin's text, the number at its place."""
    for id, start, end, quote in world.db.execute('SELECT id, start, "end", quote FROM figures').fetchall():
        assert TEXT[start:end] == quote
        assert f"[{quote}]" in explain(tmp_path, id).stdout


def test_reasons_are_in_vietnamese(tmp_path: Path) -> None:
    told = lines(explain(tmp_path, "--text", "Quận có 300 mô hình."))
    assert told["Đơn vị"] == "mô hình  (căn cứ: đơn vị trong từ điển: mô hình)"
