"""What stops a promotion: every guard with a run that it lets through and one that it does not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from db.compare.diff import Summary, Tally
from db.compare.guards import Limits, _figures, judge
from db.home import Home
from db.store import open_database
from db.store.candidates import Scope
from flows.labelled import LabelError, below_floors
from flows.reading.pool import crew
from flows.reextract.session import Reextraction
from flows.sources import load_sources
from tests.flows.ingesting import one


@pytest.fixture
def run(home: Home) -> str:
    with Reextraction(home, load_sources(home.sites), Scope()) as session, crew(1) as ask:
        session.read(ask)
        return session.id


def summary(source: str = "hai-linh", **more: int) -> Summary:
    """A comparison in which one source has so much more of something."""
    before = Counter(figures=1000, numerals=2000, unexplained=20, accusing=10)
    after = Counter({name: count + more.get(name, 0) for name, count in before.items()})
    return Summary(bulletins=1, sources={source: Tally(Counter(), before, after)})


@pytest.mark.parametrize(
    "guard, good, bad",
    [
        ("figures", {"figures": -10}, {"figures": -100}),
        ("figures", {"figures": 500}, {"figures": -1000}),
        ("unexplained", {"unexplained": 2}, {"unexplained": 40}),
        ("accusing", {"accusing": 2}, {"accusing": 30}),
    ],
)
def test_what_gets_worse_is_stopped(
    home: Home, run: str, guard: str, good: dict[str, int], bad: dict[str, int]
) -> None:
    db = open_database(home.database, readonly=True)
    for more, holds in ((good, True), (bad, False)):
        answers = [a for a in judge(db, run, summary(**more), Limits(), captures_left=0) if a.name == guard]
        assert all(a.holds for a in answers) is holds, answers
    db.close()


@pytest.mark.parametrize("gone, of, limit", [(2, 100, 0.02), (29, 100, 0.29), (7, 100, 0.07), (3, 1000, 0.003)])
def test_a_fall_to_the_limit_is_within_it(gone: int, of: int, limit: float) -> None:
    """Whatever 1 - 0.98 is to a computer."""
    for more, holds in ((0, True), (1, False)):
        tally = Tally(Counter(), Counter(figures=of), Counter(figures=of - gone - more))
        answers = _figures({"x": Counter(figures=of)}, Summary(sources={"x": tally}), Limits(figures_down=limit))
        assert [a.holds for a in answers] == [holds], answers


def test_small_sources_are_judged_together(home: Home, run: str) -> None:
    db = open_database(home.database, readonly=True)
    answers = judge(db, run, summary(figures=-100), Limits(few=10**6), captures_left=0)
    db.close()
    assert [a.says.split(":")[0] for a in answers if a.name == "figures"] == ["figures of others"]


def test_what_could_be_read_must_still_be(home: Home, run: str) -> None:
    db = open_database(home.database)
    assert all(a.holds for a in judge(db, run, Summary(), Limits(), captures_left=0))
    with db.conn:
        db.conn.execute(
            "UPDATE candidates SET bulletin_id = NULL, result_run = NULL, error = 'x' WHERE capture_id IN"
            " (SELECT capture_id FROM candidates WHERE bulletin_id IS NOT NULL LIMIT 4)"
        )
    failed = [a for a in judge(db, run, Summary(), Limits(), captures_left=0) if not a.holds]
    db.close()
    assert [a.name for a in failed] == ["errors"] and failed[0].says.startswith("4 of ")


def test_an_unfinished_run_is_stopped(home: Home, run: str) -> None:
    db = open_database(home.database, readonly=True)
    assert [a.name for a in judge(db, run, Summary(), Limits(), captures_left=1) if not a.holds] == ["complete"]
    db.close()
    assert one(home, "SELECT count(*) FROM promotions") == 0


def test_gold_floors(tmp_path: Path) -> None:
    assert below_floors(tmp_path) is None
    label = '{"id": "a", "text": "Quận có 12 phường.", "figures": [%s]}'
    figure = (
        '{"start": 8, "end": 10, "kind": "count", "value": "12", "denominator": null, "value_max": null,'
        ' "unit": "phường", "relation": "level", "basis": null, "direction": null, "status": "actual",'
        ' "approx": "exact", "subject": null, "scope": null, "period": null, "part_of": null, "about": null}'
    )
    (tmp_path / "mine.jsonl").write_text(label % figure, encoding="utf-8")
    (tmp_path / "floors.toml").write_text("[mine]\nvalue = 1.0\n[absent]\nvalue = 1.0\n", encoding="utf-8")
    assert below_floors(tmp_path) == []
    (tmp_path / "mine.jsonl").write_text(label % figure.replace('"12"', '"13"'), encoding="utf-8")
    assert below_floors(tmp_path) == ["mine: value 0.000, floor 1.000"]
    for wrong, says in (
        ("[mine]\nvaleu = 1.0\n", "valeu"),
        ("mine = 1.0\n", "outside"),
        ('[mine]\nvalue = "1"\n', "number"),
    ):
        (tmp_path / "floors.toml").write_text(wrong, encoding="utf-8")
        with pytest.raises(LabelError, match=says):
            below_floors(tmp_path)
    (tmp_path / "floors.toml").write_text("[mine\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"floors\.toml"):
        below_floors(tmp_path)
