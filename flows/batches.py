"""Work in pieces."""

from __future__ import annotations

from collections.abc import Sequence

#: pages in one task: large enough that a task's own cost does not count, small enough to lose little
BATCH = 50
#: pages that one task reads: about what is written at a time
LOADED = 500


def batches(items: Sequence[str], size: int = BATCH) -> list[Sequence[str]]:
    """``items`` in pieces of at most ``size``.

    >>> batches(["a", "b", "c"], 2)
    [['a', 'b'], ['c']]
    """
    return [items[at : at + size] for at in range(0, len(items), size)]
