"""Before no whole base is called impossible: is the percentage surely of this level, and the level a count at all?"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.arithmetic.bases import implied_bases, implied_bases_of_change
from extractors.arithmetic.view import View
from extractors.links.units import content_words, part_unit

#: so many figures back may another level of the sentence stand
_BACK = 6
_VERB = re.compile(r"\b(?:đạt|bằng|tăng|giảm|vượt|hoàn thành|(?:cao|thấp|nhiều|ít) hơn)\b")
#: what begins something else that the percentage may be of: "3 cơ sở với doanh thu tăng 17%"
_BESIDE = re.compile(r"[,;:(]|\b(?:với|có|và|mà|cho)\b")
_AVERAGE = re.compile(r"bình quân|trung bình|\bmỗi\b")


def bases_of(view: View, value: Decimal, index: int, *, cut: bool) -> range | None:
    """The whole numbers of which ``value`` is the percentage, or from which it changed by it."""
    rate = view.figures[index]
    if rate.relation == "relative":
        return implied_bases(value, rate.value, view.decimals(index), cut=cut)
    return implied_bases_of_change(value, rate.value, view.decimals(index), rate.direction or "up", cut=cut)


def is_surely_of(view: View, level: int, index: int) -> bool:
    """The percentage stands plainly behind the level, and no other level of the sentence would answer it."""
    plain = _is_plain(view, level, index) and not _is_of_something_beside(view, index)
    return plain and not _is_average(view, level) and not _others_answer(view, level, index)


def _is_plain(view: View, level: int, index: int) -> bool:
    """Close together in one sentence, and nothing between but the level's parts and what else is said of it."""
    between = range(level + 1, index)
    of_level = {*view.parts.get(level, ()), *view.changes.get(level, ())}
    gaps = [view.between(i, i + 1) for i in range(level, index)]
    close = all(len(gap) <= 70 and gap.count(",") <= 1 for gap in gaps)
    return close and view.sentences[level] == view.sentences[index] and of_level.issuperset(between)


def _is_of_something_beside(view: View, index: int) -> bool:
    """ "3 cơ sở với doanh thu tăng 17%": the clause of the percentage has a subject of its own."""
    pieces = _BESIDE.split(view.between(index - 1, index))
    verb = _VERB.search(pieces[-1])
    return len(pieces) > 1 and verb is not None and bool(content_words(pieces[-1][: verb.start()]))


def _is_average(view: View, level: int) -> bool:
    """ "bình quân một tháng tiếp 19 lượt": rounded, though it is written as a whole number."""
    start = view.figures[level].start
    clause = re.split(r"[,;:.(]", view.document.lower[max(0, start - 60) : start].rsplit("\n", 1)[-1])[-1]
    return bool(_AVERAGE.search(clause))


def _others_answer(view: View, level: int, index: int) -> bool:
    """ "9 sản phẩm 3 sao, 2 sản phẩm 4 sao, đạt 137,5% kế hoạch": another level, or both together, have a whole base.

    The parts of one total are spoken of one by one.
    """
    own = view.figures[level]
    together = own.value
    for other in range(level - 1, max(-1, level - 1 - _BACK), -1):
        figure = view.figures[other]
        if view.sentences[other] != view.sentences[level]:
            break
        if figure.relation != "level" or not view.is_counted(other) or own.part_of == other:
            continue
        if not _totals(view, other).isdisjoint({level} if own.part_of is None else {level, own.part_of}):
            continue
        values = [figure.value]
        if part_unit(figure.unit, own.unit):
            together += figure.value
            values.append(together)
        if any(bases_of(view, value, index, cut=False) for value in values):
            return True
    return False


def _totals(view: View, index: int) -> set[int]:
    """The total that a figure is a part of, and the total of that one."""
    found: set[int] = set()
    above = view.figures[index].part_of
    while above is not None and above not in found:
        found.add(above)
        above = view.figures[above].part_of
    return found
