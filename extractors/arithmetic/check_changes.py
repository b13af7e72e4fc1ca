"""Changes beside the numbers that they are made from: amount and percentage, from one level to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from extractors.arithmetic.ratios import compare_amount_of_change, compare_change, compare_percent
from extractors.arithmetic.report import report
from extractors.arithmetic.slips import is_slip
from extractors.arithmetic.view import View
from extractors.arithmetic.written import rounded_to, show
from extractors.links.units import same_unit
from schemas.findings import Finding

#: between an amount and a percentage of one change: "giảm 3 vụ (37,5%)", "giảm 3%, tương ứng giảm 9 ha"
_SAME_CHANGE = re.compile(
    r"^\s*%?(?:(?!so với|cùng kỳ|kế hoạch|năm|tháng)[^,;.:()\d]){0,25}[\s,(]*"
    r"(?:và )?(?:tương (?:ứng|đương)|tức)?(?: với)?\s*"
    r"(?:tăng|giảm|vượt|(?:cao|thấp|nhiều|ít) hơn)?\s*$"
)
#: the bracket behind an amount of change, "16 vụ (20%)"
_BRACKET = re.compile(r"^[^,;.:()\d]{0,25}\(\s*(?:tăng|giảm)?\s*$")
_AVERAGE = re.compile(r"bình quân|trung bình|mỗi (?:năm|tháng|quý)|hằng năm|hàng năm")
_EACH = re.compile(r"^[^,;.:()]{0,25}(?:/\s*(?:năm|tháng|quý)|mỗi (?:năm|tháng|quý))")
_FROM_TO = re.compile(r"^[^,;.:()]{0,40}?\b(?:lên|xuống|còn|tăng lên|giảm xuống|nâng lên)\b[^,;.:()]{0,15}$")


def check_changes(view: View) -> Iterator[Finding]:
    """A level, the amount of its change and the percentage of it; a level, the one before and the percentage."""
    for level, spoken in view.changes.items():
        if view.figures[level].kind not in ("count", "money", "measure", "duration"):
            continue
        for amount, percent in pairwise(spoken):
            if view.is_percent(amount) and not view.is_percent(percent):
                amount, percent = percent, amount
            yield from _amount_and_percent(view, level, amount, percent)
        for index in spoken:
            yield from _from_and_to(view, level, index)
    yield from _loose_pairs(view)


def _loose_pairs(view: View) -> Iterator[Finding]:
    """ "So với cùng kỳ tăng 12 vụ (6%), giảm 7 người chết (5,6%)": pairs that are not linked to one level."""
    for amount in range(len(view.figures) - 1):
        percent, by = amount + 1, view.figures[amount]
        rate = view.figures[percent]
        if by.relation != "change" or not view.is_percent(percent) or view.is_percent(amount):
            continue
        if by.about is not None and by.about == rate.about:
            continue
        if rate.relation != "change" or rate.direction != by.direction or by.direction is None:
            continue
        if _BRACKET.match(view.behind_unit(amount, percent)):
            yield from _loose_pair(view, amount, percent)


def _loose_pair(view: View, amount: int, percent: int) -> Iterator[Finding]:
    """Confirmed by any level near by that fits; accused of that which is linked, or if one is a slip away."""
    by, rate, decimals = view.figures[amount], view.figures[percent], view.decimals(percent)
    linked = [by.about] if by.about is not None else []
    made = {}
    for level in dict.fromkeys([*linked, *_levels_before(view, amount)]):
        before = view.figures[level].value + (by.value if by.direction == "down" else -by.value)
        if before <= 0 or by.direction is None or not same_unit(by.unit, view.figures[level].unit):
            continue
        made[level] = Fraction(by.value) / Fraction(before) * 100
        agrees = compare_amount_of_change(view.span(level), view.span(amount), rate.value, decimals, by.direction)
        if agrees != "differs":
            what = f"{view.quote(amount)} so với mức trước {view.amount(before, level)}"
            yield from report(view, "implied_previous", (level, amount, percent), agrees, made[level], what, True)
            return
    near = [i for i in made if is_slip(view.quote(percent), rounded_to(made[i], decimals)) and decimals]
    meant = linked if linked and linked[0] in made else near
    if len(meant) == 1 and view.is_stated(meant[0]) and view.is_exact(amount, percent):
        level = meant[0]
        before = view.figures[level].value + (by.value if by.direction == "down" else -by.value)
        what = f"{view.quote(amount)} so với mức trước {view.amount(before, level)}"
        sure = not _may_be_of_another(view, level, amount, percent, before)
        yield from report(view, "implied_previous", (level, amount, percent), "differs", made[level], what, sure)


def _levels_before(view: View, amount: int) -> list[int]:
    """The levels of the amount's unit in its sentence and the one before, the nearest first."""
    return [
        i
        for i in range(amount - 1, max(-1, amount - 13), -1)
        if view.figures[i].relation == "level"
        and view.sentences[amount] - view.sentences[i] <= 1
        and same_unit(view.figures[amount].unit, view.figures[i].unit)
    ]


def _amount_and_percent(view: View, level: int, amount: int, percent: int) -> Iterator[Finding]:
    by, rate = view.figures[amount], view.figures[percent]
    fits = (
        by.relation == rate.relation == "change"
        and view.is_percent(percent)
        and by.kind == view.figures[level].kind
        and same_unit(by.unit, view.figures[level].unit)
        and by.direction is not None
        and by.direction == rate.direction
        and by.basis == rate.basis
    )
    first, second = min(amount, percent), max(amount, percent)
    if not fits or not view.is_next(first, second) or not _SAME_CHANGE.search(view.behind_unit(first, second)):
        return
    direction = by.direction
    assert direction is not None
    before = view.figures[level].value + (by.value if direction == "down" else -by.value)
    if before <= 0:
        return
    agrees = compare_amount_of_change(
        view.span(level), view.span(amount), rate.value, view.decimals(percent), direction
    )
    if agrees == "differs":
        other = _changed_before(view, level, amount, percent)
        if other is not None:
            level = other
            before = view.figures[level].value + (by.value if direction == "down" else -by.value)
            agrees = "rounded"
    made = Fraction(by.value) / Fraction(before) * 100
    what = f"{view.quote(amount)} so với mức trước {view.amount(before, level)}"
    sure = view.is_stated(level) and view.is_exact(amount, percent)
    sure = sure and not _may_be_of_another(view, level, first, second, before)
    yield from report(view, "implied_previous", (level, amount, percent), agrees, made, what, sure)


def _changed_before(view: View, level: int, amount: int, percent: int) -> int | None:
    """ "chết 31 người, bị thương 48 người; giảm 9 người chết (22,5%)": another level near by that the pair fits."""
    by, rate = view.figures[amount], view.figures[percent]
    for other in range(min(amount, percent) - 1, max(-1, level - 7), -1):
        figure = view.figures[other]
        if other == level or figure.relation != "level" or not same_unit(by.unit, figure.unit):
            continue
        if by.direction is None or view.sentences[amount] - view.sentences[other] > 1:
            continue
        spans = view.span(other), view.span(amount)
        if compare_amount_of_change(*spans, rate.value, view.decimals(percent), by.direction) == "rounded":
            return other
    return None


def _may_be_of_another(view: View, level: int, first: int, second: int, before: Decimal) -> bool:
    """The percentage may be the new level's of the old ("tăng 50 tỷ (109,6%)"), or points of a share said before it."""
    percent = second if view.is_percent(second) else first
    shares = any(view.figures[i].relation == "share" for i in range(level + 1, first))
    rate, decimals = view.figures[percent], view.decimals(percent)
    of_old = compare_percent(view.span(level), before, rate.value, decimals)
    if second != percent and rate.direction is not None:  # "doanh thu 46 tỷ đồng, giảm 8% (50 tỷ đồng)": the base
        base = compare_change(view.span(level), view.span(second), rate.value, decimals, rate.direction)
        shares = shares or base != "differs"
    return shares or of_old != "differs"


def moved_from(view: View, level: int, index: int) -> int | None:
    """ "từ 120 xuống còn 108 vụ, giảm 10%": the level before, for a change directly behind the level after."""
    change, start = view.figures[index], level - 1
    if change.relation != "change" or change.direction is None or index != level + 1 or start < 0:
        return None
    old = view.figures[start]
    if not view.before(start).rstrip().endswith("từ") or not _FROM_TO.search(view.between(start, level)):
        return None
    if not same_unit(old.unit, view.figures[level].unit) or "so với" in view.after(index)[:40] or old.value <= 0:
        return None
    return None if is_average(view, level, index) else start


def is_average(view: View, level: int, index: int) -> bool:
    """ "giảm từ 120 hộ xuống 30 hộ, bình quân mỗi năm giảm 30 hộ": no change of the whole time."""
    return bool(_AVERAGE.search(view.between(level, index)) or _EACH.match(view.after(index)))


def _from_and_to(view: View, level: int, index: int) -> Iterator[Finding]:
    """A change against the level before: its percentage, or the difference."""
    change, start = view.figures[index], moved_from(view, level, index)
    if start is None or change.direction is None:
        return
    old = view.figures[start]
    sure = view.is_exact(start, level, index)
    figures = (index, start, level)
    if view.is_percent(index):
        agrees = compare_change(
            view.span(level), view.span(start), change.value, view.decimals(index), change.direction
        )
        made = abs(Fraction(view.figures[level].value) / Fraction(old.value) * 100 - 100)
        yield from report(
            view, "change_percent", figures, agrees, made, f"từ {view.quote(start)} đến {view.quote(level)}", sure
        )
    elif same_unit(change.unit, old.unit) and view.is_counted(level):
        moved = view.figures[level].value - old.value
        if (moved if change.direction == "up" else -moved) == change.value:
            text = f"Từ {view.quote(start)} đến {view.said(level)} chênh lệch đúng {view.quote(index)}."
            yield Finding("implied_previous", "holds", figures, str(abs(moved)), text)
        elif sure:
            apart = f"Từ {view.quote(start)} đến {view.said(level)} chênh lệch {show(abs(moved))}"
            text = f"{apart}, nhưng văn bản ghi {view.said(index)}."
            yield Finding("implied_previous", "fails", figures, str(abs(moved)), text)
