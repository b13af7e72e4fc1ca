"""A finding: what arithmetic says about figures that stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Verdict = Literal["holds", "possible", "fails", "impossible", "suspicious"]
Check = Literal[
    "sum",
    "partial_sum",
    "ratio_vs_percent",
    "change_percent",
    "implied_plan",
    "implied_previous",
    "ratio_bound",
    "share_bound",
    "list_count",
    "repeat",
    "range_order",
]

VERDICTS: tuple[str, ...] = get_args(Verdict)
CHECKS: tuple[str, ...] = get_args(Check)


@dataclass(frozen=True, slots=True)
class Finding:
    """``figures`` are indices into the figures of the document, the total or the stated one first.

    ``expected`` is what the arithmetic gives, as text ("13", "236 | 237", "" for none); ``message`` is one sentence in
    Vietnamese that an official can read.
    """

    check: Check
    verdict: Verdict
    figures: tuple[int, ...]
    expected: str
    message: str

    def to_contract(self) -> dict[str, Any]:
        """The finding as the extraction contract writes it."""
        return {
            "check": self.check,
            "verdict": self.verdict,
            "figures": list(self.figures),
            "expected": self.expected,
            "message": self.message,
        }
