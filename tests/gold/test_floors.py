"""No labelled file may score below what it scored before, and the scorer itself agrees with the published one."""

from __future__ import annotations

import importlib.util
import random
from types import ModuleType
from typing import Any

import pytest

from extractors import scoring
from tests.gold import report
from tests.gold.support import HERE, SHARED, documents

IN_REPOSITORY = sorted(p.stem for p in HERE.glob("*.jsonl") if not p.stem.endswith("arithmetic"))


@pytest.mark.parametrize("name", sorted({*report.FILES, *IN_REPOSITORY}))
def test_no_score_falls(name: str) -> None:
    if report.path_of(name) is None:
        pytest.skip(f"{name}.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    floors = report.floors().get(name)
    assert floors, f"{name} has no floors; write them: python -m tests.gold.report {name} --raise"
    result = report.run(name)
    below = {c: (round(result.scores[c], 4), floor) for c, floor in floors.items() if result.scores[c] < floor}
    assert below == {}, f"see what is wrong: python -m tests.gold.report {name} --errors 20"


def _damaged(figures: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Labels with some of everything wrong that an extractor can get wrong."""
    out = []
    for figure in figures:
        if rng.random() < 0.1:
            continue
        copy = dict(figure)
        other = rng.choice(figures)
        for name in scoring.FIELDS:
            if rng.random() < 0.12:
                copy[name] = other[name]
        if rng.random() < 0.1:
            copy["start"] = max(0, copy["start"] - rng.randrange(30))
        if rng.random() < 0.1 and copy["subject"]:
            copy["subject"] = " ".join(copy["subject"].split()[1:])
        if rng.random() < 0.1 and copy["unit"]:
            copy["unit"] = copy["unit"].upper() + rng.choice(["", " dân", " nông thôn mới"])
        if rng.random() < 0.05:
            copy["value"] = rng.choice(["", None, "rubbish", "1E+3", copy["value"] + ".0"])
        out.append(copy)
        if rng.random() < 0.05:
            out.append(dict(copy, start=copy["end"], end=copy["end"] + 3))
    for copy in out:
        for name in ("part_of", "about"):
            if copy[name] is not None and copy[name] >= len(out):
                copy[name] = None
    return out


def _published_scorer() -> ModuleType:
    path = SHARED / "score.py"
    if not path.exists():
        pytest.skip("the published scorer is not on this machine (BANTIN_GOLD names its folder)")
    spec = importlib.util.spec_from_file_location("published_scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["seed", "dev", "daksong", "bulletins"])
def test_equals_the_published_scorer(name: str) -> None:
    published = _published_scorer()
    labelled = documents(name)
    for seed in range(5):
        rng = random.Random(seed)
        answers = {d["id"]: _damaged(d["figures"], rng) for d in labelled[: rng.randint(1, len(labelled))]}
        theirs = published.score({d["id"]: d for d in labelled}, {k: {"figures": v} for k, v in answers.items()})
        ours = scoring.score(labelled, answers).scores()
        assert {c: round(ours[c], 12) for c in ours} == {c: round(theirs[c], 12) for c in ours}


@pytest.mark.parametrize("name", ["bulletins", "dev"])
def test_labels_answer_themselves(name: str) -> None:
    labelled = documents(name)
    if not labelled:
        pytest.skip(f"{name}.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    tally = scoring.score(labelled, {d["id"]: d["figures"] for d in labelled})
    assert set(tally.scores().values()) == {1.0}
    assert tally.faults == []


def test_every_lost_point_is_an_error_that_can_be_read() -> None:
    labelled = documents("bulletins")
    answers = {d["id"]: _damaged(d["figures"], random.Random(d["id"])) for d in labelled}
    tally = scoring.score(labelled, answers)
    count = {name: sum(f.field == name for f in tally.faults) for name in ("missed", "extra", "period", "scope")}
    assert count["missed"] == tally.labelled - tally.found
    assert count["extra"] == tally.given - tally.found
    assert count["period"] == tally.found - tally.right["period"]
    assert count["scope"] == tally.found - tally.right["scope"]


CASE = {
    "id": "made-1",
    "about": "address",
    "text": "Số 12/5 đường Hoa có 30 hộ, vài chục người.",
    "figures": [{"start": 21, "end": 23, "value": "30"}],
    "none": [[3, 7]],
    "free": [[28, 36]],
}


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ([(21, 23, "30")], None),
        ([(21, 23, "30.0"), (32, 36, "10")], None),
        ([], "missed '30'"),
        ([(21, 23, "3")], "read '30' as 3, not 30"),
        ([(21, 22, "30"), (22, 23, "30")], "read '30' as 30, 30, not 30"),
        ([(21, 23, "30"), (3, 5, "12")], "no figure: '12'"),
        ([(21, 23, "30"), (24, 26, "2")], "no figure: 'hộ'"),
    ],
)
def test_cases(given: list[tuple[int, int, str]], fault: str | None) -> None:
    assert scoring.case_fault(CASE, [{"start": s, "end": e, "value": v} for s, e, v in given]) == fault


def test_floors_only_rise(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("# why\n\n[a]\nvalue = 0.500\nunit = 0.900\n", encoding="utf-8")
    monkeypatch.setattr(report, "FLOORS", path)
    rose = report.raise_floors([report.Result("a", "", {"value": 0.7777, "unit": 0.2}, ())])
    assert rose == ["a value: 0.500 -> 0.777"]
    assert path.read_text(encoding="utf-8") == "# why\n\n[a]\nvalue = 0.777\nunit = 0.900\n"


def test_the_report_counts_errors_by_field_and_rule() -> None:
    labelled = documents("bulletins")[:1]
    first = labelled[0]["figures"][0]
    wrong = [dict(f, rule="made_up") for f in labelled[0]["figures"]]
    wrong[0]["value"] = "987654321"
    tally = scoring.score(labelled, {labelled[0]["id"]: wrong})
    text = report.errors([report.Result("bulletins", "", tally.scores(), tally.faults)], 5)
    assert "by field: value 1" in text and "1 made_up: value 1" in text
    assert f"wanted {first['value']!r}, given '987654321'" in text
