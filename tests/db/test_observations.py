"""Observations of the sample portal, and of statements made by hand."""

from __future__ import annotations

import json
import shutil
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db import queries
from db.export import Filter, What, hints, select
from db.export.meant import meant_indicator
from db.home import Home
from db.observations import (
    Version,
    check_series,
    date_facts,
    put_down,
    record_catalogue,
    record_document,
    record_generated,
)
from db.observations.wording import amount, until
from db.store import open_database
from extractors.indicators.breaks import with_breaks
from extractors.indicators.words import slug, words
from flows.observe import refresh
from schemas.indicators import catalogue
from schemas.observations import Said
from tests.db.support import World, capture
from tests.flows.ingesting import ingest, reset
from tests.portal import bulletins
from tests.portal.server import SamplePortal

FAULTS = Path(bulletins.__file__).parent / "faults.toml"
MAGNITUDES = {"tỷ đồng": 10**9, "triệu đồng": 10**6}
LEVELS = {"": "", "cap-phuong": "cấp phường", "cap-quan": "cấp quận", "doanh-nghiep": "doanh nghiệp"}
QUAN = "99.quan-hai-linh"


@pytest.fixture(scope="module")
def home_before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SamplePortal, Home]]:
    with SamplePortal() as portal:
        reset(portal)
        home = Home(tmp_path_factory.mktemp("observed")).create()
        portal.write_sites(home.sites)
        ingest(home)
        yield portal, home


@pytest.fixture(scope="module")
def portal_db(home_before: tuple[SamplePortal, Home]) -> Iterator[Database]:
    db = open_database(home_before[1].database)
    yield db
    db.close()


def ask(db: Database, name: str, **values: str) -> list[dict[str, Any]]:
    query = next(query for query in queries.load() if query.name == name)
    return list(db.query(query.sql, dict.fromkeys(query.params, "") | values))


# the sample portal


def test_the_faults_that_need_two_bulletins_are_found_and_no_other(portal_db: Database) -> None:
    planted = [fault for fault in tomllib.loads(FAULTS.read_text("utf-8"))["fault"] if fault.get("across")]
    titles = {bulletin.slug: bulletin.title for bulletin in bulletins.load()}
    wanted = {(f["check"], f["verdict"], titles[f["bulletin"]], f["figures"][0], f["expected"]) for f in planted}
    found = portal_db.execute(
        "SELECT f.check_name, f.verdict, b.title, m.quote, f.expected FROM series_findings f"
        " JOIN observations_history o ON o.id = f.observation JOIN bulletins b ON b.id = o.bulletin_id"
        " JOIN observation_mentions m ON m.observation_id = o.id WHERE f.verdict <> 'holds'"
    ).fetchall()
    assert set(found) == wanted
    assert len(ask(portal_db, "series_contradictions")) == len(wanted) == 3


def test_the_other_side_of_a_fault_is_named(portal_db: Database) -> None:
    against, message = portal_db.execute(
        "SELECT against, message FROM series_findings WHERE check_name = 'repeat'"
    ).fetchone()
    (other,) = json.loads(against)
    assert portal_db.execute("SELECT obs_value FROM observations_history WHERE id = ?", [other]).fetchone() == (36,)
    assert "ghi 34 mô hình" in message and "ghi 36 mô hình; số sau khớp với tổng" in message


def test_wards_that_add_up_are_noted(portal_db: Database) -> None:
    totals = portal_db.execute(
        "SELECT count(*) FROM series_findings WHERE check_name = 'area_total' AND verdict = 'holds'"
    ).fetchone()[0]
    assert totals >= 12


def test_facts_of_the_portal_are_observed_as_what_they_are(portal_db: Database) -> None:
    """Floors: a number that is read at all is nearly always given the right indicator, area and period."""
    rows = portal_db.execute(
        "SELECT b.title, o.indicator, o.obs_value_text, o.ref_area, o.scope || o.breakdown, o.period_end"
        " FROM observations_history o JOIN observation_mentions m ON m.observation_id = o.id"
        " JOIN bulletins b ON b.id = m.bulletin_id WHERE o.obs_status IN ('A', 'E') AND m.agrees"
    ).fetchall()
    count: Counter[str] = Counter()
    for bulletin in bulletins.load():
        for fact in bulletin.facts:
            value = Decimal(fact.value) * MAGNITUDES.get(fact.unit, 1)
            area, _, level = fact.area.partition("#")
            same = [row for row in rows if row[0] == bulletin.title and Decimal(row[2]) == value]
            named = [row for row in same if row[1] == fact.indicator]
            placed = [row for row in named if row[3] == area and LEVELS[level] in row[4]]
            count["facts"] += fact.state != "after"
            count["observed"] += bool(same)
            count["indicator"] += bool(named)
            count["all"] += any(row[5] == fact.period[11:] for row in placed)
    assert count["observed"] >= 0.83 * count["facts"], count
    assert count["indicator"] >= 0.94 * count["observed"], count
    assert count["all"] >= 0.93 * count["observed"], count


def test_models_of_the_quan_by_quarter_beside_the_plan(portal_db: Database) -> None:
    rows = ask(portal_db, "indicator_by_quarter", indicator="dan_van_kheo", area=QUAN)
    assert [(row["Quý"], row["Giá trị"], row["Kế hoạch"]) for row in rows] == [
        ("2023-Q1", 246, 240),
        ("2023-Q2", 262, 240),
        ("2023-Q3", 282, 240),
        ("2023-Q4", 294, 240),
        ("2024-Q1", 284, 280),
        ("2024-Q2", 304, 280),
    ]
    assert rows[2]["Tỷ lệ đạt (%)"] == 117.5
    assert rows[2]["Nguồn kế hoạch"] == "suy ra từ tỷ lệ đạt"
    assert "282 mô hình" in rows[2]["Câu văn"]


def test_dialogues_by_ward_against_the_total(portal_db: Database) -> None:
    rows = ask(portal_db, "wards_against_total", area=QUAN, end="2023-09-30")
    assert {row["Phường"].rpartition(".")[2]: row["Giá trị"] for row in rows} == {
        "lach-sen": 6,
        "ben-cau": 3,
        "cau-may": 3,
        "dong-vang": 5,
        "xuan-tri": 3,
        "an-ha": 3,
        "ba-go": 2,
        "trang-muoi": 4,
    }
    assert {(r["Cộng các phường"], r["Tổng cấp phường nêu"], r["Toàn quận nêu"]) for r in rows} == {(29, 29, 35)}


def test_a_later_report_supersedes_and_the_earlier_is_kept(portal_db: Database) -> None:
    rows = ask(portal_db, "what_was_known", indicator="dan_van_kheo", area=f"{QUAN}.lach-sen")
    told = [(row["Giá trị"], row["Biết từ"][:10], (row["Đến"] or "")[:10]) for row in rows if row["Kỳ"] == "2023-09-30"]
    assert told == [(34, "2023-10-02", "2023-10-04"), (36, "2023-10-04", "")]


def test_wards_are_never_mixed_with_the_whole(portal_db: Database) -> None:
    rows = portal_db.execute(
        "SELECT scope, obs_value, series_id FROM observations WHERE indicator = 'dan_van_kheo' AND ref_area = ?"
        " AND period_end = '2023-09-30' AND obs_status = 'A' ORDER BY scope",
        [QUAN],
    ).fetchall()
    assert [row[:2] for row in rows] == [("", 282), ("cấp phường", 273), ("tại doanh nghiệp", 9)]
    assert len({row[2] for row in rows}) == 3


def test_a_reprint_is_no_second_observation(portal_db: Database) -> None:
    twice = portal_db.execute(
        "SELECT count(DISTINCT m.bulletin_id), count(DISTINCT o.document_id) FROM observations_history o"
        " JOIN observation_mentions m ON m.observation_id = o.id WHERE o.indicator = 'hien_mau' GROUP BY o.id"
    ).fetchall()
    assert twice and set(twice) == {(2, 1)}


def test_every_mention_can_be_read_where_it_stands(portal_db: Database) -> None:
    wrong = portal_db.execute(
        "SELECT count(*) FROM observation_mentions m JOIN bulletins b ON b.id = m.bulletin_id"
        " WHERE substr(b.text, m.start + 1, m.end - m.start) <> m.quote"
    ).fetchone()
    assert wrong == (0,)


def test_refreshing_again_changes_nothing_and_making_all_anew_gives_the_same(portal_db: Database) -> None:
    before = list(portal_db.conn.iterdump())
    assert refresh(portal_db) == 0
    assert list(portal_db.conn.iterdump()) == before
    with portal_db.conn:
        portal_db.conn.execute("DELETE FROM observation_documents")
    assert refresh(portal_db) == 58
    assert list(portal_db.conn.iterdump()) == before


def test_a_revised_bulletin_keeps_what_it_said_before(home_before: tuple[SamplePortal, Home], tmp_path: Path) -> None:
    portal, first = home_before
    shutil.copytree(first.root, tmp_path / "after")
    home = Home(tmp_path / "after")
    try:
        portal.state("after")
        ingest(home, recheck=100)
    finally:
        reset(portal)
    db = open_database(home.database, readonly=True)
    rows = db.execute(
        "SELECT o.obs_value / 1e9, o.valid_to IS NULL, o.superseded_by IS NULL FROM observations_history o"
        " WHERE o.indicator = 'thu_ngan_sach' AND o.ref_area = ? AND o.time_period = '2023-S1'"
        " AND o.obs_status IN ('A', 'E') ORDER BY o.valid_from",
        [QUAN],
    ).fetchall()
    db.close()
    assert rows == [(626.0, 0, 0), (627.7, 1, 1)]


# statements made by hand


def told(value: str, **fields: Any) -> Said:
    known: dict[str, Any] = {
        "indicator": "doi_thoai",
        "score": 1.0,
        "reason": "",
        "ref_area": "00.hoa-bac",
        "scope": "",
        "detail": "",
        "breakdown": "",
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 3, 31),
        "unit": "cuộc",
        "status": "A",
        "start": 0,
        "end": 1,
        "quote": value,
        "figure": "f",
    }
    return Said(value=Decimal(value), **(known | fields))


class Reports:
    """Bulletins made by hand, one after another."""

    def __init__(self, world: World) -> None:
        self.world, self.count = world, 0

    def report(self, *said: Said, revised: tuple[Said, ...] | None = None) -> None:
        self.count += 1
        url = f"https://hoabac.example/tin/{self.count}.html"
        version = self.world.load(self.world.take(capture(url, body=url.encode())), title=f"Tin {self.count}")
        versions = [Version(version, f"2023-04-{self.count:02}", said)]
        if revised is not None:
            versions.append(Version(version, f"2023-05-{self.count:02}", revised))
        with self.world.db.conn:
            record_catalogue(self.world.db, catalogue().values())
            record_generated(self.world.db, [*said, *(revised or ())])
            facts = record_document(self.world.db, f"d{self.count}", versions)
            date_facts(self.world.db, facts)
            put_down(self.world.db, facts)
            check_series(self.world.db)

    def found(self) -> list[tuple[str, str, str]]:
        return self.world.db.execute(
            "SELECT check_name, verdict, expected FROM series_findings ORDER BY 1, 2, 3"
        ).fetchall()

    def history(self) -> list[tuple[float, str, str | None]]:
        return self.world.db.execute(
            "SELECT obs_value, valid_from, valid_to FROM observations_history ORDER BY valid_from, obs_value"
        ).fetchall()


@pytest.fixture
def reports(world: World) -> Reports:
    return Reports(world)


def months(*values: str, **fields: Any) -> list[Said]:
    """One value a month of 2023."""
    return [
        told(value, **{"period_start": date(2023, m, 1), "period_end": date(2023, m, 28)} | fields)
        for m, value in enumerate(values, 1)
    ]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("90", "92", "29", "93", "95"), [("magnitude", "suspicious", "92.5")]),
        (("90", "92", "31", "93", "95"), []),  # a bad month
        (("90", "92", "29", "28", "95"), []),  # twice is no slip
        (("90", "92", "93", "95", "29"), []),  # who knows how it goes on
        (("90", "29", "93"), []),  # too little is known
        (("50", "60", "19", "90", "95"), []),  # it moves anyway
    ],
)
def test_a_rate_that_leaves_its_level_for_once(
    reports: Reports, values: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    reports.report(*months(*values, indicator="bhyt_ty_le", unit="%"))
    assert reports.found() == found
    for message, against in reports.world.db.execute("SELECT message, against FROM series_findings").fetchall():
        assert "ghi 29%, lệch hẳn kỳ trước và kỳ sau (92% " in message and len(json.loads(against)) == 2


def test_a_flow_may_be_three_times_as_much_for_once(reports: Reports) -> None:
    reports.report(*months("10", "11", "40", "12", "11"))
    assert reports.found() == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({}, {"value": "13"}, []),
        ({}, {"value": "12"}, [("repeat", "suspicious", "13")]),
        ({}, {"value": "12", "status": "E"}, []),
        ({}, {"value": "12", "scope": "cấp phường"}, []),
        ({}, {"value": "12", "status": "F"}, []),
        ({}, {"value": "12", "score": 0.65}, []),
        ({"unit": "đồng", "value": "943800000000"}, {"unit": "đồng", "value": "944000000000"}, []),
        ({}, {"value": "12", "indicator": "x.a.b"}, []),
    ],
)
def test_one_fact_with_two_values(
    reports: Reports, first: dict[str, Any], second: dict[str, Any], found: list[tuple[str, str, str]]
) -> None:
    for fields in (first, second):
        reports.report(told(fields.get("value", "13"), **{key: fields[key] for key in fields if key != "value"}))
    assert reports.found() == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (("10", "20"), []),
        (("20", "19"), [("cumulative", "suspicious", "20")]),
        # so much less is something else, or was read as something else
        (("20", "9"), []),
        # two reports below it: it is the high one that is in doubt, and nobody is accused
        (("20", "10", "12"), []),
    ],
)
def test_sums_since_the_start_of_the_year_do_not_fall(
    reports: Reports, values: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    for month, value in enumerate(values, 3):
        reports.report(told(value, period_end=date(2023, month, 30)))
    assert reports.found() == found


def test_a_rate_may_fall_and_so_may_a_month(reports: Reports) -> None:
    reports.report(told("90", indicator="bhyt_ty_le", unit="%"))
    reports.report(told("80", indicator="bhyt_ty_le", unit="%", period_end=date(2023, 6, 30)))
    reports.report(*months("10", "5", "1"))
    assert reports.found() == []


def test_a_value_a_thousand_times_off(reports: Reports) -> None:
    money = {"indicator": "thu_ngan_sach", "unit": "đồng"}
    reports.report(*months("90000000000", "110000000000", "120000000", "100000000000", **money))
    assert reports.found() == [("magnitude", "suspicious", "120000000000")]


@pytest.mark.parametrize(
    ("total", "fields", "found"),
    [
        ("9", {"scope": "cấp phường"}, [("area_total", "holds", "9")]),
        ("10", {"scope": "cấp phường"}, [("area_total", "fails", "9")]),
        ("10", {}, []),
        ("8", {}, [("area_total", "fails", "9")]),
    ],
)
def test_wards_and_their_total(
    reports: Reports, total: str, fields: dict[str, Any], found: list[tuple[str, str, str]]
) -> None:
    wards = [told(str(n), ref_area=f"00.hoa-bac.{name}", start=n) for n, name in ((2, "a"), (3, "b"), (4, "c"))]
    reports.report(told(total, **fields), *wards)
    assert reports.found() == found


def test_of_two_values_in_one_text_the_one_said_more_often_stands(reports: Reports) -> None:
    reports.report(told("24", start=1), told("26", start=5), told("24", start=9))
    row = reports.world.db.execute("SELECT obs_value, mentions, conflicting FROM observations_history").fetchall()
    assert row == [(24, 2, 1)]
    agrees = reports.world.db.execute("SELECT quote, agrees FROM observation_mentions ORDER BY start").fetchall()
    assert agrees == [("24", 1), ("26", 0), ("24", 1)]


def test_what_was_known_when(reports: Reports) -> None:
    reports.report(told("10"), revised=(told("11"),))
    assert reports.history() == [(10, "2023-04-01", "2023-05-01"), (11, "2023-05-01", None)]


def test_a_fact_that_a_revision_drops_is_known_until_then(reports: Reports) -> None:
    reports.report(told("10"), revised=())
    assert reports.history() == [(10, "2023-04-01", "2023-05-01")]


def test_a_value_that_a_revision_keeps_is_one_observation(reports: Reports) -> None:
    reports.report(told("10"), revised=(told("10", start=5, end=7),))
    assert reports.history() == [(10, "2023-04-01", None)]


def test_series_never_join_across_the_reform(reports: Reports) -> None:
    spans = [
        (date(2025, 4, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), date(2025, 9, 30)),
        (date(2025, 1, 1), date(2025, 9, 30)),
    ]
    for start, end in spans:
        reports.report(told("9", period_start=start, period_end=end))
    db = reports.world.db
    rows = db.execute("SELECT era, comparability FROM observations ORDER BY era").fetchall()
    assert [row[0] for row in rows] == ["across", "after", "before"]
    assert "không so sánh được" in rows[0][1] and "không nối" in rows[1][1] and rows[2][1] is None
    assert db.execute("SELECT count(DISTINCT series_id) FROM observations").fetchone() == (3,)
    assert db.execute("SELECT reason, at FROM series_breaks").fetchall() == [("reform", "2025-07-01")]


def test_series_never_join_across_wards_that_were_merged(reports: Reports) -> None:
    quan = "31.quan-ngo-quyen"
    for day in (date(2023, 12, 31), date(2025, 3, 31)):
        span = {"period_start": day, "period_end": day, "ref_area": quan}
        wards = {"scope": "cấp phường", "start": 5}
        reports.report(*with_breaks([told("9", **span), told("8", **span, **wards)]))
    db = reports.world.db
    assert db.execute(
        "SELECT scope, count(DISTINCT series_id) FROM observations GROUP BY scope ORDER BY 1"
    ).fetchall() == [
        ("", 1),
        ("cấp phường", 2),
    ]
    message = "Từ ngày 01/01/2025, quận Ngô Quyền có 8 phường (trước đó 12)"
    assert db.execute("SELECT scope, reason, at, message FROM series_breaks").fetchall() == [
        ("cấp phường", "area", "2025-01-01", message + ": không nối số liệu trước và sau ngày này.")
    ]
    notes = db.execute("SELECT comparability FROM observations WHERE scope <> '' ORDER BY period_end").fetchall()
    assert "12 phường (trước đó 13)" in notes[0][0]
    assert notes[1][0] == message + ": không nối với số liệu trước đó"


def test_a_period_across_a_break_is_in_no_series_and_says_so(reports: Reports) -> None:
    wards = {"ref_area": "31.quan-ngo-quyen", "scope": "cấp phường"}
    year = {"period_start": date(2025, 1, 1), "period_end": date(2025, 3, 31)}
    across = {"period_start": date(2024, 10, 1), "period_end": date(2025, 3, 31)}
    reports.report(*with_breaks([told("9", **wards, **year), told("12", **wards, **across, start=5)]))
    rows = reports.world.db.execute("SELECT series_id, comparability FROM observations ORDER BY obs_value").fetchall()
    assert rows[0][0] != rows[1][0]
    assert rows[1][1].startswith("kỳ vắt qua ngày 01/01/2025: không so sánh được (Từ ngày 01/01/2025, quận Ngô Quyền")


def test_a_definition_that_changed_breaks_a_series(reports: Reports) -> None:
    for day in (date(2021, 9, 30), date(2022, 9, 30)):
        poor = {"indicator": "ho_ngheo", "unit": "hộ", "period_start": day, "period_end": day}
        reports.report(*with_breaks([told("90", **poor)]))
    rows = reports.world.db.execute("SELECT reason, at, message FROM series_breaks").fetchall()
    assert [row[:2] for row in rows] == [("definition", "2022-01-01")]
    assert "chuẩn nghèo đa chiều mới" in rows[0][2]


def test_another_unit_breaks_a_series(reports: Reports) -> None:
    reports.report(told("50", indicator="sipas", unit="điểm"))
    reports.report(told("87", indicator="sipas", unit="%", period_end=date(2023, 6, 30)))
    (row,) = reports.world.db.execute("SELECT reason, message FROM series_breaks").fetchall()
    assert row[0] == "unit" and "2 đơn vị tính (%, điểm)" in row[1]


def test_a_generated_indicator_says_so(reports: Reports) -> None:
    reports.report(replace(told("9"), indicator="x.ban-hang.xe", unit="xe"))
    name, note = reports.world.db.execute("SELECT indicator_name, comparability FROM observations").fetchone()
    assert (name, note) == ("ban hang (xe)", "chỉ tiêu tạm đặt từ lời văn")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("112400000000", "đồng", "112,4 tỷ đồng"),
        ("18600000", "đồng", "18,6 triệu đồng"),
        ("59000", "đồng", "59.000 đồng"),
        ("87.65", "%", "87,65%"),
        ("100", "", "100"),
    ],
)
def test_amounts_as_officials_write_them(value: str, unit: str, words: str) -> None:
    assert amount(Decimal(value), unit) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-01-01", "2023-03-31", "quý I/2023"),
        ("2023-10-01", "2023-12-31", "quý IV/2023"),
        ("2023-01-01", "2023-12-31", "năm 2023"),
        ("2023-01-01", "2023-06-30", "6 tháng năm 2023"),
        ("2023-12-01", "2023-12-31", "tháng 12/2023"),
        ("2023-05-09", "2023-05-09", "đến ngày 9/5/2023"),
        ("2023-05-09", "2023-06-08", "từ 9/5/2023 đến 8/6/2023"),
    ],
)
def test_periods_in_words(start: str, end: str, words: str) -> None:
    assert until(date.fromisoformat(start), date.fromisoformat(end)) == words


def test_a_bulletin_of_no_known_area_has_no_observations(world: World) -> None:
    world.load(world.take(capture()))
    world.db.execute("UPDATE sources SET area = ''")
    world.db.conn.commit()
    assert refresh(world.db) == 1
    assert world.db.execute("SELECT count(*) FROM observations_history").fetchone() == (0,)
    world.db.execute("UPDATE sources SET area = '00.hoa-bac'")
    world.db.conn.commit()
    assert refresh(world.db) == 1
    assert world.db.execute("SELECT count(*) FROM observations_history").fetchone() == (3,)


@pytest.mark.parametrize(
    ("what", "wanted", "areas"),
    [
        ("observations", Filter(area="lach sen"), {"99.quan-hai-linh.lach-sen"}),
        ("observations", Filter(area="Phường An Hạ"), {"99.quan-hai-linh.an-ha"}),
        ("observations", Filter(area="99.quan-hai-linh.ba-go"), {"99.quan-hai-linh.ba-go"}),
        ("figures", Filter(area="99.quan-hai-linh.ba-go"), {"99.quan-hai-linh.ba-go"}),
        ("figures", Filter(indicator="doi_thoai", area="phuong an ha"), {"99.quan-hai-linh.an-ha"}),
        ("observations", Filter(area="hạ"), {"99.quan-hai-linh.an-ha"}),
        ("observations", Filter(area="a"), set()),
    ],
)
def test_an_export_of_an_area_by_code_or_name(portal_db: Database, what: What, wanted: Filter, areas: set[str]) -> None:
    """What is said of a place in the words of the bulletin may be there too; what is observed of others may not."""
    ids = {row[0] for row in select(portal_db, what, wanted).rows}
    sql = {
        "observations": "SELECT id, ref_area FROM observations WHERE scope = ''",
        "figures": "SELECT m.figure_id, o.ref_area FROM observations o JOIN observation_mentions m"
        " ON m.observation_id = o.id WHERE o.scope = ''",
    }[what]
    observed: dict[str, set[str]] = {}
    for one, area in portal_db.execute(sql).fetchall():
        observed.setdefault(one, set()).add(area)
    assert {area for one in ids & observed.keys() for area in observed[one]} == areas
    if wanted.indicator is None and areas:
        assert {one for one, of in observed.items() if of & areas} <= ids


def test_a_generated_indicator_is_named_as_the_bulletins_write_it(portal_db: Database) -> None:
    """With its marks, and the same words as in its code; a table's head alone may leave the words of the code."""
    names = portal_db.execute("SELECT code, name FROM indicators WHERE generated = 1").fetchall()
    assert all(slug(name.rpartition(" (")[0] or name) == code.split(".")[1] for code, name in names if "(" in name)
    assert sum(name != " ".join(words(name)) for _, name in names) > 0.9 * len(names) > 100


def test_of_several_spellings_the_first_is_the_name_in_whatever_order(world: World) -> None:
    said = [told("5", indicator="x.hoa-binh.cuoc")]
    for spellings in (["Hòa Bình", "Hoà Bình"], ["Hoà Bình", "Hòa Bình"]):
        for spelled in spellings:
            record_generated(world.db, said, {"hoa-binh": spelled})
        record_generated(world.db, said)
        names = [row[0] for row in world.db.execute("SELECT name FROM indicators WHERE generated = 1").fetchall()]
        assert names == [min(f"{spelled} (cuộc)" for spelled in spellings)]
        world.db["indicators"].delete_where("generated = 1")


def test_an_export_of_figures_by_the_code_of_their_indicator(portal_db: Database) -> None:
    sql = """SELECT DISTINCT m.figure_id FROM observations o JOIN observation_mentions m ON m.observation_id = o.id
    JOIN figures_full f ON f.id = m.figure_id WHERE o.indicator = 'dan_van_kheo'"""
    ids = [row[0] for row in select(portal_db, "figures", Filter(indicator="dan_van_kheo")).rows]
    assert set(ids) == {row[0] for row in portal_db.execute(sql).fetchall()} and len(ids) > 20


def test_the_indicator_that_was_meant_is_found_among_many(world: World) -> None:
    rows = [(f"x.tieu-chi-{i}.ho", f"tiêu chí {i} (hộ)", "hộ", 1) for i in range(50_000)]
    rows += [("x.vuon-mau.vuon", "vườn mẫu (vườn)", "vườn", 1), ("dan_van_kheo", "Mô hình dân vận khéo", "mô hình", 0)]
    world.db.conn.executemany(
        "INSERT OR REPLACE INTO indicators (code, name, unit, generated) VALUES (?, ?, ?, ?)", rows
    )
    begun = time.process_time()
    typed = ("dan van keo", "vuon mau", "vưn mẫu", "x.vuon-mau.v")
    asked = {name: meant_indicator(world.db, name) for name in typed}
    assert time.process_time() - begun < 2  # all of them compared: more than ten
    assert "dan_van_kheo" in asked.pop("dan van keo")
    assert all("x.vuon-mau.vuon" in said for said in asked.values()), asked
    assert "tiêu chí" in meant_indicator(world.db, "tieu chi 77")
    assert meant_indicator(world.db, "vườn mẫu (vườn)") == meant_indicator(world.db, "x.vuon-mau.vuon") == ""
    assert meant_indicator(world.db, "?!") == meant_indicator(world.db, "") == ""


def test_where_an_export_is_empty_it_says_what_there_is(portal_db: Database) -> None:
    indicator, area = hints(portal_db, Filter(indicator="xyzzy", area="Hải Phòng"))
    assert "--indicator xyzzy" in indicator and "bantin indicators" in indicator
    assert "--area Hải Phòng" in area and "99.quan-hai-linh" in area
    assert hints(portal_db, Filter()) == []
