"""Did a share of the documents change? The last few against the source's own past, by the binomial distribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from flows.watch.model import State

#: the last documents that are looked at, and the fewest that say anything
RECENT, FEWEST = 8, 3
#: how improbable a coincidence must be
IMPROBABLE = 1e-4
#: a source without a past is taken to fail now and then: one in twenty
_PRIOR, _WEIGHT = 1, 20


@dataclass(frozen=True, slots=True)
class Shift:
    """``bad`` of the last ``of`` documents; ``usual`` is the share before them."""

    state: State
    bad: int
    of: int
    usual: float


def shift(flags: Sequence[bool], *, absolute: bool = False) -> Shift:
    """Whether bad documents became more than the source's own past explains.

    Well: the last three are good, or all but one of the last eight. Ill: at least three and at least half of the
    last three to eight, which would be a coincidence of less than one in ten thousand; with ``absolute`` also all of
    the last eight, whatever the past was like.

    >>> shift([False] * 40 + [True] * 3).state, shift([False] * 40 + [True] * 2).state
    ('ill', 'unknown')
    >>> shift([True, False] * 20).state, shift([False] * 5).state
    ('unknown', 'well')
    """
    recent, past = flags[-RECENT:], flags[:-RECENT]
    usual = (sum(past) + _PRIOR) / (len(past) + _WEIGHT)
    if len(recent) >= FEWEST and not any(recent[-FEWEST:]):
        return Shift("well", sum(recent), len(recent), usual)
    for of in range(FEWEST, len(recent) + 1):
        bad = sum(recent[-of:])
        if bad >= FEWEST and 2 * bad >= of and at_least(bad, of, usual) < IMPROBABLE:
            return Shift("ill", bad, of, usual)
    bad, of = sum(recent), len(recent)
    if absolute and bad == RECENT:
        return Shift("ill", bad, of, usual)
    return Shift("well" if of == RECENT and bad <= 1 else "unknown", bad, of, usual)


def at_least(bad: int, of: int, share: float) -> float:
    """The probability of ``bad`` or more among ``of`` when each is bad with probability ``share``.

    >>> round(at_least(2, 2, 0.5), 2), at_least(0, 5, 0.1)
    (0.25, 1.0)
    """
    if bad <= 0:
        return 1.0
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(bad, of + 1))
