"""What is asked of the assignment and what it answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A figure as the assignment sees it.

    ``before`` is the sentence up to the figure, ``parent`` the subject of its total, ``topic`` the title.
    ``ward`` says whether it is of the level of wards (a ward's own figure, or that of all wards), None for unknown.
    """

    subject: str | None
    unit: str | None
    kind: str = "count"
    relation: str = "level"
    before: str = ""
    parent: str = ""
    topic: str = ""
    ward: bool | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """The indicator's code, how sure that is (0 to 1; 0 for a generated one) and the words that decided it."""

    code: str
    score: float
    reason: str

    @property
    def generated(self) -> bool:
        """Whether the code was made from subject and unit because nothing in the catalogue fits."""
        return self.code.startswith("x.")
