"""Every case of the table in flows/net/README.md, against a server on loopback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.cases.groups import GROUPS
from tests.flows.cases.model import Case
from tests.flows.cases.runner import Stage, matches, play
from tests.flows.cases.table import row, written


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


@pytest.mark.parametrize(
    ("group", "case"), [(group, case) for group, cases in GROUPS.items() for case in cases], ids=str
)
def test_case(group: str, case: Case, stage: Stage, tmp_path: Path) -> None:
    result = play(case, stage, tmp_path / "home")
    assert result.outcome == case.outcome, result
    assert result.asked == case.asked
    if case.message:
        assert matches(case.message, result.message), result.message
    if case.pauses is not None:
        assert result.pauses == pytest.approx(case.pauses)
    if case.text is not None:
        assert result.text is not None and case.text in result.text
    assert row(case, result) in written()[group], "write the table with: python -m tests.flows.cases"


def test_the_table_has_these_cases_and_no_others() -> None:
    names = {group: [line.split(" | ")[0] for line in lines] for group, lines in written().items()}
    expected = {group: [case.name for case in cases] for group, cases in GROUPS.items()}
    assert {group: len(set(found)) for group, found in names.items()} == {
        group: len(set(found)) for group, found in expected.items()
    }
    assert list(names) == list(expected)
