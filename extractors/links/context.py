"""What a reader keeps in mind while reading: the figures in view, the open lists, the brackets."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

#: how many figures back a list or a change may look; keeps a long list of numbers linear
VIEW = 24
#: how many brackets outwards
DEPTH = 6


@dataclass(slots=True)
class Listing:
    """A list of parts that some words opened ("trong đó", "gồm", "như sau:")."""

    words: str
    start: int
    #: the figures that may be its total, nearest first
    totals: list[int]
    #: the total must share a word with the list's introduction or with the part
    loose: bool = False
    #: the words stand in the sentence of the total
    near: bool = True
    #: "trong số 50 hộ": the total follows the words
    awaits: bool = False
    #: sentences without figures stand between the total and the words
    distant: bool = False
    #: "gồm": the list is of what its first figure counts
    first: bool = False
    #: "đến nay đã": the total is what was planned
    of_plan: bool = False
    intro: set[str] = field(default_factory=set)
    by_unit: dict[str | None, int | None] = field(default_factory=dict)
    sums: dict[int, Decimal] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    #: its items begin with verbs, so that a verb does not end it
    verbs: bool = False
    #: semicolons part its items, so that a semicolon does not end it
    semicolons: bool = False
    #: its items are lines, of which the first fitting figure is a part
    items: bool = False


@dataclass(slots=True)
class Earlier:
    """What the last sentence with figures said, nearest first."""

    levels: list[int] = field(default_factory=list)
    #: the group that a change without a subject of its own would speak of
    group: list[int] = field(default_factory=list)
    #: other sentences stand between it and this one
    distant: bool = False


@dataclass(slots=True)
class Context:
    """A sentence or a bracket within it."""

    start: int
    parent: Context | None = None
    #: the last figure before this context
    last: int = -1
    #: figures that can be a total, in order
    levels: list[int] = field(default_factory=list)
    #: the figures that a change would speak of: those said since the last change
    group: list[int] = field(default_factory=list)
    group_done: bool = False
    lists: list[Listing] = field(default_factory=list)
    #: parts found without a cue, by standing in a bracket behind their total
    total: int | None = None
    parts: list[int] = field(default_factory=list)
    has_change: bool = False

    def add_level(self, index: int) -> None:
        """A figure that may be a total of others."""
        self.levels.append(index)
        del self.levels[:-VIEW]

    def add_to_group(self, index: int) -> None:
        """A figure that a following change may speak of."""
        if self.group_done:
            self.group, self.group_done = [], False
        self.group.append(index)
        del self.group[:-VIEW]

    def in_view(self) -> list[int]:
        """Possible totals of this context and those around it, nearest first."""
        out: list[int] = []
        context: Context | None = self
        for _ in range(DEPTH):
            if context is None or len(out) >= VIEW:
                break
            out.extend(reversed(context.levels))
            context = context.parent
        return out[:VIEW]
