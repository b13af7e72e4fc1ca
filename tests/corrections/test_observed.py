"""Corrections in what is observed: the corrected figure counts, exactly the bulletins concerned are derived anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from db.identity import document_id
from db.store import start_run
from flows.cli import cli
from flows.observe import refresh
from schemas.figures import Period
from schemas.findings import Finding
from tests.corrections.support import entry
from tests.db.support import NOON, TEXT, URL, World, bulletin, capture, dump, extraction

OTHER = "https://hoabac.example/tin/2.html"
#: what changes with a corrections file, and nothing beside it
OBSERVED = (
    "indicators",
    "observations_history",
    "observation_mentions",
    "observation_documents",
    "series_findings",
    "series_due",
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.load(made.take(capture()))
    made.load(made.take(capture(OTHER, body=b"2")), TEXT + " Hết.", title="Tin khác")
    assert refresh(made.db) == 2
    yield made
    made.db.close()


def apply(world: World, text: str | None) -> Result:
    path = world.root / "corrections.toml"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    done = CliRunner(env={"BANTIN_HOME": str(world.root)}).invoke(cli, ["corrections", "apply"])
    assert done.exit_code == 0, done.output
    return done


def seen(world: World, url: str = URL, *, columns: str = "obs_value, correction") -> list[Any]:
    return world.db.execute(
        f"SELECT {columns} FROM observations_history WHERE document_id = ? ORDER BY obs_value DESC", (document_id(url),)
    ).fetchall()


def states(world: World) -> dict[str, str]:
    return dict(world.db.execute("SELECT document_id, state FROM observation_documents").fetchall())


def observed(world: World) -> dict[str, Any]:
    rows = dump(world.db)
    return {name: rows[name] for name in OBSERVED}


def test_the_corrected_value_is_observed_and_says_so(world: World) -> None:
    before = states(world)
    done = apply(world, entry())
    assert "1 bulletins observed anew" in done.stderr
    assert seen(world)[:2] == [(301, "corrected"), (297, None)]
    assert seen(world, OTHER)[:2] == [(300, None), (297, None)]
    assert world.db.execute("SELECT quote, correction FROM observation_mentions WHERE correction <> ''").fetchall() == [
        ("300", "corrected")
    ]
    changed = {document for document, state in states(world).items() if before[document] != state}
    assert changed == {document_id(URL)}, "the other bulletin is not derived anew"


def test_the_same_file_again_changes_nothing(world: World) -> None:
    apply(world, entry())
    before = dump(world.db)
    assert "observed anew" not in apply(world, entry()).stderr
    assert refresh(world.db) == 0
    assert dump(world.db) == before


def test_without_the_file_all_is_as_before(world: World) -> None:
    before = observed(world)
    apply(world, entry() + entry("set", quote="297", context="297 mô hình", expect={"value": 297}, drop=True))
    assert observed(world) != before
    apply(world, None)
    assert observed(world) == before


def test_another_reason_is_no_other_observation(world: World) -> None:
    apply(world, entry())
    before = observed(world)
    assert "observed anew" not in apply(world, entry(reason="Đã hỏi lại phòng Nội vụ")).stderr
    assert observed(world) == before
    assert refresh(world.db) == 0


def test_a_dropped_figure_is_observed_nowhere(world: World) -> None:
    apply(world, entry("set", drop=True))
    assert [value for value, _ in seen(world)] == [297, 4]
    assert [value for value, _ in seen(world, OTHER)] == [300, 297, 4]


@pytest.mark.parametrize(
    ("change", "expect", "column", "found"),
    [
        ({"unit": "tổ"}, {"unit": "mô hình"}, "unit_measure", "tổ"),
        ({"period": "2023-01-01/2023-06-30"}, {"period": "2023-01-01/2023-09-30"}, "period_end", "2023-06-30"),
        ({"status": "planned"}, {"status": "actual"}, "obs_status", "F"),
        ({"subject": "Mái ấm"}, {"subject": "Dân vận khéo"}, "indicator", "x.mai-am.mo-hinh"),
        ({"scope": "cấp phường"}, {"scope": ""}, "scope", "cấp phường"),
    ],
)
def test_every_field_that_an_observation_is_made_of(
    world: World, change: dict[str, str], expect: dict[str, str], column: str, found: str
) -> None:
    if column == "unit_measure":  # the catalogue's unit stands for every word for it; a generated indicator's does not
        change, expect = change | {"subject": "Mái ấm"}, expect | {"subject": "Dân vận khéo"}
    apply(world, entry(expect=expect, set=change))
    assert seen(world, columns=f"{column}, correction")[0] == (found, "corrected")


def test_a_correction_of_another_reading_is_no_longer_observed(world: World) -> None:
    apply(world, entry())
    made = extraction()
    better = replace(made, figures=(replace(made.figures[0], value=Decimal(305)), *made.figures[1:]))
    later = start_run(world.db, "nightly", fingerprint="f2", started=NOON.replace(day=20))
    world.load(world.take(capture(body=b"3", days=4), run=later), run=later, extraction=better)
    assert refresh(world.db, documents=[document_id(URL)]) == 1
    assert seen(world)[0] == (305, None)


def test_what_is_said_of_a_reprint_holds_for_the_first_print(world: World) -> None:
    again = "https://benkia.example/tin/9.html"
    version = world.load(world.take(capture(again, body=b"4")), title="In lại", published="2023-10-01T07:00")
    assert refresh(world.db) == 2, "the first print knows its reprints"
    apply(world, entry(url=again))
    assert seen(world)[0] == (301, "corrected")
    assert seen(world, again) == []
    marked = world.db.execute("SELECT bulletin_id FROM observation_mentions WHERE correction <> ''").fetchall()
    assert (version,) in marked and len(marked) == 2


def test_no_plan_follows_from_a_corrected_figure(world: World) -> None:
    made = extraction()
    dialogues = replace(
        made.figures[0], unit="cuộc", subject="đối thoại", period=Period(date(2023, 1, 1), date(2023, 9, 30))
    )
    plan = Finding("implied_plan", "possible", (0, 4), "310", "Kế hoạch là 310.")
    url = "https://hoabac.example/tin/3.html"
    text = TEXT + " Hết bài."
    implied = replace(made, text=bulletin(text).text, figures=(dialogues, *made.figures[1:]), findings=(plan,))
    world.load(world.take(capture(url, body=b"5")), text, extraction=implied)
    refresh(world.db)
    assert ("I", 310.0) in seen(world, url, columns="obs_status, obs_value")
    apply(world, entry(url=url, expect={"value": 300}))
    assert [row for row in seen(world, url, columns="obs_status, obs_value") if row[0] == "I"] == []
