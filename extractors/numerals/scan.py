"""Scan a text for numbers: digit tokens with their magnitude words, number words, ranges, ratios, fractions."""

from __future__ import annotations

from extractors.numerals.find import digit_numbers, fractions, word_numbers
from extractors.numerals.join import joined
from extractors.numerals.model import Number
from extractors.text.document import Document


def scan(document: Document) -> list[Number]:
    """All numbers of a text in order, not overlapping. What they mean (a date, a name, a figure) is not asked here."""
    lower = document.lower
    found = [*digit_numbers(lower), *fractions(lower), *word_numbers(lower)]
    flat: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if not flat or number.start >= flat[-1].end:
            flat.append(number)
    return list(joined(lower, flat))
