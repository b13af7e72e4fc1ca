"""The ledger of a document in one line."""

from __future__ import annotations

from collections import Counter

from flows.show.text import clean
from schemas.documents import Extraction
from schemas.words.labels import meaning

#: so many unexplained numerals are named, the rest is counted
_NAMED = 10


def ledger_line(made: Extraction) -> str:
    """How many numerals are claimed, how many set aside by reason, how many unexplained and which."""
    count = made.ledger
    reasons = Counter(str(numeral.reason) for numeral in made.numerals if numeral.state == "set_aside")
    by_reason = ", ".join(f"{meaning('numerals', 'reason', why)} {n}" for why, n in reasons.most_common())
    left = [clean(numeral.quote) for numeral in made.numerals if numeral.state == "unexplained"]
    which = ", ".join(left[:_NAMED]) + (", …" if len(left) > _NAMED else "")
    return (
        f"Chữ số: {count['claimed']} thuộc số liệu, "
        f"{count['set_aside']} loại ra{f' ({by_reason})' if by_reason else ''}, "
        f"{count['unexplained']} chưa giải thích được{f' ({which})' if which else ''}"
    )
