"""What leads to a number: approximators, copulas, verbs of change."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases

_LEADS = ("approx", "copula", "change", "have", "oblique")


@dataclass(slots=True)
class Lead:
    """Where the expression of a figure begins, and which classes of words lead to the number."""

    start: int
    classes: frozenset[str]
    joining: bool = False


def lead(frame: Frame, place: int, floor: int) -> Lead:
    """Go back over approximators, copulas and verbs of change from the figure at ``place``, not before ``floor``."""
    at = place
    seen: set[str] = set()
    while at > floor:
        best, kind = 0, ""
        if phrases("glued").ending(frame.words, floor, at):
            break
        for name in _LEADS:
            size = phrases(name).ending(frame.words, floor, at)
            if size > best:
                best, kind = size, name
        if not best or "equal" in seen:
            break
        if (
            (kind == "change" or (kind == "copula" and best == 1))
            and at - best > floor
            and frame.capital(at - best)
            and frame.capital(at - best - 1)
        ):
            break  # "An Hạ 1.402", "Cao Bằng 12": a name lowers and equals nothing
        if frame.words[at - 1] == "là":
            seen.add("equal")
        seen.add(kind)
        at -= best
    return Lead(at, frozenset(seen), bool(phrases("taking_part").at(frame.words, at, place)))
