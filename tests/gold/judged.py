"""``python -m tests.gold.judged``: how many of the judged numerals are right, with the lower Wilson bound.

``judged.csv`` keeps place, state, reason and the verdicts of two readers who judged apart; the texts are third-party.
"""

from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path

VERDICTS = Path(__file__).with_name("judged.csv")


def wilson(right: int, total: int, z: float = 1.96) -> float:
    """The lower bound of the Wilson interval for a share, by default at 95 %.

    >>> round(wilson(97, 100), 3)
    0.915
    """
    share = right / total
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (share + z * z / (2 * total) - spread) / (1 + z * z / total)


def main() -> None:
    """Print a table by state and reader."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print("| numerals | reader | right | share | at least |\n| --- | --- | ---: | ---: | ---: |")
    for state in ("claimed", "set_aside", "all"):
        chosen = [row for row in rows if state in ("all", row["state"])]
        for reader in ("first", "second"):
            right = sum(row[reader] == "1" for row in chosen)
            share, bound = right / len(chosen), wilson(right, len(chosen))
            print(f"| {state} | {reader} | {right} of {len(chosen)} | {share:.1%} | {bound:.1%} |")


if __name__ == "__main__":
    main()
