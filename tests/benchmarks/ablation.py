"""``python -m tests.benchmarks.ablation``: what underthesea brings, the same table with and without it.

underthesea is asked for one thing: where a counted noun that the unit lexicon lacks ends. New texts bring such nouns,
so the table is made with the whole lexicon and, three times over, with a random half of its counted nouns left out.
A unit is right here only when it is the labelled one to the word: "trường" does not do for "trường học".
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from extractors.scoring import fold, pairs
from extractors.units import read as units
from tests.gold.report import extract, names, path_of
from tests.gold.support import documents

WAYS: dict[str, Callable[[str], int]] = {
    "underthesea": units.first_word,
    "two syllables": lambda syllables: len(re.split(r"\s+", syllables)[:2]),
    "one syllable": lambda syllables: 1,
}


@contextmanager
def lexicon(share: float, seed: int) -> Iterator[None]:
    """The unit lexicon with a random share of its counted nouns; measures, money and durations stay."""
    full = dict(units._lexicon())
    chance = random.Random(seed)
    kept = {
        first: [row for row in rows if row[1] != "count" or chance.random() < share] for first, rows in full.items()
    }
    with patch.object(units, "_lexicon", lambda: kept):
        yield


def exact_units(name: str) -> float:
    """The share of the labelled figures found whose unit is the labelled one, folded."""
    found = right = 0
    for document in documents(name):
        given = extract(document)
        for i, j in pairs(document["figures"], given):
            found += 1
            right += fold(document["figures"][i]["unit"]) == fold(given[j]["unit"])
    return right / found if found else 0.0


def main() -> None:
    """Print the share of units right by file, lexicon and way of guessing."""
    files = [name for name in names() if name != "cases" and path_of(name) is not None]
    print(f"| lexicon | guess by | {' | '.join(files)} |\n| --- | --- |{' ---: |' * len(files)}")
    for share, seed in ((1.0, 0), (0.5, 1), (0.5, 2), (0.5, 3)):
        for way, guess in WAYS.items():
            with lexicon(share, seed), patch.object(units, "first_word", guess):
                scores = [f"{exact_units(name):.3f}" for name in files]
            label = "whole" if share == 1 else f"half ({seed})"
            print(f"| {label} | {way} | {' | '.join(scores)} |", flush=True)


if __name__ == "__main__":
    main()
