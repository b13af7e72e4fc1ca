"""Close the ledger: every numeral of a text is claimed by a figure, set aside with a reason, or unexplained."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.mention import Mention
from extractors.numerals import Number
from extractors.setaside import Claim, roman_numerals
from extractors.text.document import Document
from schemas.ledger import Numeral

#: the 01 of "tiêu chí/01 xã", not the 2 of "m2"
_NUMERAL_IN_UNIT = re.compile(r"(?<![^\W\d_])[0-9]")


def close_ledger(
    document: Document, numbers: Sequence[Number], mentions: Sequence[Mention], claims: Sequence[Claim]
) -> list[Numeral]:
    """One row a numeral, in text order, not overlapping.

    Figures and claims are rows of their own; a digit token or number-word phrase that neither covers is unexplained,
    Roman numerals count behind a trigger word.
    """
    text = document.text
    rows = [Numeral(m.start, m.end, text[m.start : m.end], "claimed", figure=i) for i, m in enumerate(mentions)]
    rows += [Numeral(c.start, c.end, text[c.start : c.end], "set_aside", reason=c.reason) for c in claims]
    rows += [
        Numeral(c.start, c.end, text[c.start : c.end], "set_aside", reason=c.reason) for c in roman_numerals(document)
    ]
    rows += [Numeral(start, end, text[start:end], "unexplained") for number in numbers for start, end in number.atoms]
    rows += [  # the 01 of "tiêu chí/01 xã" belongs to the figure's unit
        Numeral(m.unit_start, m.unit_end, text[m.unit_start : m.unit_end], "claimed", figure=i)
        for i, m in enumerate(mentions)
        if m.unit_start >= m.end and _NUMERAL_IN_UNIT.search(text, m.unit_start, m.unit_end)
    ]
    order = {"claimed": 0, "set_aside": 1, "unexplained": 2}
    kept: list[Numeral] = []
    for row in sorted(rows, key=lambda r: (r.start, order[r.state], -r.end)):
        if kept and row.start < kept[-1].end:
            if order[row.state] >= order[kept[-1].state]:
                continue
            kept.pop()
        kept.append(row)
    return kept
