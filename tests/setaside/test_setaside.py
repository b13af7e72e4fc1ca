"""Which numerals are no figures and why: ``{12|name}``, or ``{12|figure}`` for the near-miss that is one."""

from __future__ import annotations

import pytest

from schemas.ledger import REASONS
from tests.rows import Row, rows

TABLE = rows(__package__)


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_reason_of_every_numeral(row: Row) -> None:
    numerals = row.read().numerals
    wrong = []
    for mark in row.marks:
        here = [n for n in numerals if n.start < mark.end and mark.start < n.end]
        got = {("figure" if n.state == "claimed" else n.reason or n.state) for n in here}
        if got != {mark.wanted}:
            wrong.append((row.text[mark.start : mark.end], mark.wanted, sorted(got) or "no numeral"))
    outside = [n for n in numerals if not any(m.start < n.end and n.start < m.end for m in row.marks)]
    assert (wrong, [(n.quote, n.state, n.reason) for n in outside]) == ([], [])


def test_every_reason_has_rows() -> None:
    wanted = {mark.wanted for row in TABLE for mark in row.marks}
    assert wanted == {"figure", *REASONS}
