"""Figures that open a paragraph without saying what they are, and the running total behind them that says it.

"Tháng Ba ước đạt 3 tỷ đồng, tăng 5% so với tháng trước. Tính chung quý I, doanh thu lữ hành ước đạt 9 tỷ đồng."
"""

from __future__ import annotations

from extractors.mention import Mention
from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases

_NAMING = frozenset(("before_head", "before_plain"))


def name_openers(frame: Frame, mentions: list[Mention], nameless: list[int] | None) -> list[int] | None:
    """Give the nameless figures of a paragraph's first sentences the subject of the running total in this one.

    ``nameless`` are those figures so far, ``None`` once a figure of the paragraph was named. What is given back holds
    for the next sentence.
    """
    if nameless is None:
        return None
    here = [frame.figure[place] for place in frame.places]
    first = mentions[here[0]]
    if nameless and first.subject:
        rule = first.evidence["subject"].partition(":")[0]
        totals = phrases("running_total").at(frame.words, 0, len(frame.words))
        if totals and rule in _NAMING and mentions[nameless[0]].unit == first.unit:
            for index in nameless:
                mentions[index].subject = first.subject
                mentions[index].evidence["subject"] = f"running_total: {first.subject}"
        return None
    if any(mentions[index].subject for index in here):
        return None
    return nameless + here
