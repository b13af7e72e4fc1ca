"""Lists behind a bare colon: "684 suất quà: 436 suất cho ..., 100 suất cho ..., 148 suất cho ..."."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby, islice

from extractors.links.units import part_unit
from extractors.mention import Mention
from extractors.text.document import Document

_AMOUNTS = ("count", "money", "measure")
#: a colon that is neither in a time (7:30) nor in a scale (1:500)
_COLON = re.compile(r":(?!\d)")
#: more colons than this in one sentence are no lists, and would cost time
_COLONS = 8


def assign_colon_lists(document: Document, mentions: Sequence[Mention]) -> None:
    """Make figures behind a colon parts of one before it when they add up to it exactly.

    A colon alone does not say that a list breaks a total down; that the items make the total to the last unit does.
    """
    for (start, end), group in groupby(enumerate(mentions), key=lambda item: document.sentence_at(item[1].start)):
        figures = [item for item in group if item[1].kind in _AMOUNTS and item[1].relation == "level"]
        if len(figures) < 3:
            continue
        for colon in islice(_COLON.finditer(document.text, start, end), _COLONS):
            stop = document.text.find(";", colon.end(), end)
            before = [figure for figure in figures if figure[1].end <= colon.start()]
            if not _link(before, _behind(figures, colon.end(), stop if stop > 0 else end)) and stop > 0:
                _link(before, _behind(figures, colon.end(), end))  # semicolons part the items


def mend_totals(mentions: Sequence[Mention]) -> None:
    """Give a list to the total that it makes: "68 vụ; khám phá 60 vụ. Theo địa bàn: ..." is of the 68 if it adds up.

    Only where it does not make the total that stands nearest, and makes one before it to the last unit.
    """
    lists: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.part_of is not None and mention.kind in _AMOUNTS:
            lists[mention.part_of].append(mention)
    for index, parts in lists.items():
        nearest, made = mentions[index], sum(part.value for part in parts)
        if len(parts) < 3 or made == nearest.value or any(part.start < nearest.start for part in parts):
            continue
        for other in range(index - 1, max(index - 6, -1), -1):
            whole = mentions[other]
            same = (whole.unit, whole.kind, whole.relation) == (nearest.unit, nearest.kind, "level")
            if same and whole.part_of is None and whole.value == made:
                for part in parts:
                    part.part_of = other
                break


def _behind(figures: list[tuple[int, Mention]], start: int, end: int) -> list[tuple[int, Mention]]:
    return [f for f in figures if f[1].start >= start and f[1].end <= end and f[1].part_of is None]


def _link(before: list[tuple[int, Mention]], behind: list[tuple[int, Mention]]) -> bool:
    """Whether the figures behind make one before, whose parts they now are."""
    if len(behind) < 2:
        return False
    total = sum(mention.value for _, mention in behind)
    for index, whole in reversed(before[-6:]):
        if whole.value == total and all(part_unit(part.unit, whole.unit) for _, part in behind):
            for _, part in behind:
                part.part_of = index
                part.evidence["part_of"] = ":"
            return True
    return False
