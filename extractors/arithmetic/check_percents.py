"""Percentages beside the numbers that they are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extractors.arithmetic.ratios import Agreement, compare_amount_of_change, compare_change, compare_percent
from extractors.arithmetic.view import View
from extractors.arithmetic.written import Span, rounded_to, show
from extractors.links.units import plain_unit, same_unit
from schemas.findings import Check, Finding

#: what may stand between a number and the percentage that restates it
_RESTATES = re.compile(
    r"(?:^|[\s,(])(?:(?:đạt|chiếm|bằng|tương đương|tương ứng|tức|tức là)(?: với)?(?: tới| khoảng)?\s*)?(?:t[ỷỉ] (?:lệ|trọng)(?: là| đạt)?\s*)?$"
)
#: what may follow it: nothing, or the whole that it is a part of
_OF_ALL = re.compile(r"^\s*%?\s*(?:(?:so với |trong )?tổng(?: số)?|trên tổng số)?\s*(?P<what>[^,;.:()|]*)")
_NEW_CLAUSE = re.compile(r"[;:.!?\n|]|\btrong đó\b|t[ỷỉ] lệ\s+\w+\s+\w+")
_FROM_TO = re.compile(r"^[^,;.:()]{0,40}?\b(?:lên|xuống|còn|tăng lên|giảm xuống|nâng lên)\b[^,;.:()]{0,15}$")


def check_shares(view: View) -> Iterator[Finding]:
    """ "61/64 trường (95,3%)" and "1.245 hồ sơ, giải quyết 1.239 hồ sơ (99,5%)"."""
    for index in range(1, len(view.figures)):
        if view.figures[index].relation != "share" or not view.is_percent(index):
            continue
        level = _restated(view, index)
        if level is None:
            continue
        figure = view.figures[level]
        shown: tuple[int, ...]
        if figure.kind == "ratio" and figure.denominator:
            top, bottom, shown = Span.exact(figure.value), Span.exact(figure.denominator), (level, index)
            base = figure.denominator
        elif figure.part_of is not None and view.figures[figure.part_of].kind != "ratio":
            top, bottom, shown = view.span(level), view.span(figure.part_of), (figure.part_of, level, index)
            base = view.figures[figure.part_of].value
        else:
            yield from _of_something_before(view, level, index)
            continue
        if base <= 0:
            continue
        agrees = compare_percent(top, bottom, view.figures[index].value, view.decimals(index))
        sure = view.is_exact(*shown) and _whole_is_meant(view, level, index)
        what = f"{view.quote(level)} trên {show(base)}" if len(shown) == 3 else view.quote(level)
        made = Fraction(figure.value) / Fraction(base) * 100
        yield from _report(view, "ratio_vs_percent", shown, agrees, made, what, sure)


def check_changes(view: View) -> Iterator[Finding]:
    """A level, the amount by which it changed and the percentage of that change; a level, the one before and the percentage."""
    for level, spoken in view.changes.items():
        if view.figures[level].kind not in ("count", "money", "measure", "duration"):
            continue
        for amount, percent in zip(spoken, spoken[1:], strict=False):
            if view.is_percent(amount) and not view.is_percent(percent):
                amount, percent = percent, amount
            yield from _amount_and_percent(view, level, amount, percent)
        for index in spoken:
            yield from _from_and_to(view, level, index)


def _restated(view: View, index: int) -> int | None:
    """The figure that the share at ``index`` restates: the one before it, past the changes of that one."""
    level = index - 1
    while level >= 0 and level > index - 4 and view.figures[level].relation in ("change", "relative"):
        level = view.figures[level].about if view.figures[level].about is not None else -1  # type: ignore[assignment]
    if level < 0 or view.sentences[level] != view.sentences[index] or view.figures[level].kind in ("percent", "rank"):
        return None
    gap = view.between(index - 1, index)
    if level != index - 1:
        return level if re.search(r"(?:,|và)\s*(?:và )?chiếm\s*$", gap) else None
    unit = (view.figures[level].unit or "").lower()
    rest = gap.lstrip()
    if unit and rest.startswith(unit):
        rest = " " + rest[len(unit) :]
    if not _RESTATES.search(rest) or _NEW_CLAUSE.search(rest):
        return None
    return level


def _whole_is_meant(view: View, level: int, index: int) -> bool:
    """Nothing behind the percentage says that it is of something else, nothing before that it is of a plan."""
    found = _OF_ALL.match(view.after(index))
    what = found.group("what").strip() if found else ""
    unit = plain_unit(view.figures[level].unit or "\0")
    gap = view.between(index - 1, index)
    tight = len(re.findall(r",", gap)) <= 1
    return tight and (not what or what.removeprefix("số ").startswith(unit)) and level == index - 1


def _of_something_before(view: View, level: int, index: int) -> Iterator[Finding]:
    """A share whose whole is not linked: confirmed where a level shortly before makes it exactly, never accused."""
    if view.decimals(index) == 0 or not view.is_exact(level, index):
        return
    seen = 0
    for total in range(level - 1, max(-1, level - 13), -1):
        figure = view.figures[total]
        if (
            figure.relation != "level"
            or not same_unit(figure.unit, view.figures[level].unit)
            or figure.value <= view.figures[level].value
        ):
            continue
        seen += 1
        if seen > 3:
            return
        agrees = compare_percent(view.span(level), view.span(total), view.figures[index].value, view.decimals(index))
        if agrees == "rounded" and view.is_exact(total):
            made = Fraction(view.figures[level].value) / Fraction(figure.value) * 100
            what = f"{view.quote(level)} trên {view.quote(total)}"
            yield from _report(view, "ratio_vs_percent", (total, level, index), agrees, made, what, False)
            return


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
    if not fits or second != first + 1 or "so với" in view.between(first, second):
        return
    direction = by.direction
    assert direction is not None
    before = view.figures[level].value + (by.value if direction == "down" else -by.value)
    if before <= 0:
        return
    agrees = compare_amount_of_change(
        view.span(level), view.span(amount), rate.value, view.decimals(percent), direction
    )
    made = Fraction(by.value) / Fraction(before) * 100
    what = f"{view.quote(amount)} so với mức trước {view.amount(before, level)}"
    yield from _report(
        view, "implied_previous", (level, amount, percent), agrees, made, what, view.is_exact(level, amount, percent)
    )


def _from_and_to(view: View, level: int, index: int) -> Iterator[Finding]:
    """ "từ 120 xuống còn 108 vụ, giảm 10%" and "..., giảm 12 vụ"."""
    change = view.figures[index]
    start = level - 1
    if change.relation != "change" or change.direction is None or index != level + 1 or start < 0:
        return
    old = view.figures[start]
    if (
        old.relation != "level"
        or not view.before(start).rstrip().endswith("từ")
        or not _FROM_TO.search(view.between(start, level))
    ):
        return
    if not same_unit(old.unit, view.figures[level].unit) or "so với" in view.after(index)[:40] or old.value <= 0:
        return
    sure = view.is_exact(start, level, index)
    figures = (level, start, index)
    if view.is_percent(index):
        agrees = compare_change(
            view.span(level), view.span(start), change.value, view.decimals(index), change.direction
        )
        made = abs(Fraction(view.figures[level].value) / Fraction(old.value) * 100 - 100)
        yield from _report(
            view, "change_percent", figures, agrees, made, f"từ {view.quote(start)} đến {view.quote(level)}", sure
        )
    elif same_unit(change.unit, old.unit) and view.is_counted(level):
        moved = view.figures[level].value - old.value
        if (moved if change.direction == "up" else -moved) == change.value:
            text = f"Từ {view.quote(start)} đến {view.said(level)} chênh lệch đúng {view.quote(index)}."
            yield Finding("implied_previous", "holds", figures, str(abs(moved)), text)
        elif sure:
            text = f"Từ {view.quote(start)} đến {view.said(level)} chênh lệch {show(abs(moved))}, nhưng văn bản ghi {view.said(index)}."
            yield Finding("implied_previous", "fails", figures, str(abs(moved)), text)


def _report(
    view: View, check: Check, figures: tuple[int, ...], agrees: Agreement, made: Fraction, what: str, sure: bool
) -> Iterator[Finding]:
    """``made`` is the exact percentage; an accusation is made only where ``sure``."""
    stated = figures[-1]
    decimals = view.decimals(stated)
    expected: Decimal = rounded_to(made, decimals)
    text = format(expected, "f")
    if agrees == "rounded":
        yield Finding(
            check,
            "holds",
            figures,
            text,
            f"{_first_up(what)} là {show(expected)}%, khớp với {view.quote(stated)}% đã ghi.",
        )
    elif agrees == "truncated":
        message = f"{_first_up(what)} làm tròn là {show(expected)}%; văn bản ghi {view.quote(stated)}%, tức cắt bỏ phần lẻ chứ không làm tròn."
        yield Finding(check, "holds", figures, text, message)
    elif sure:
        yield Finding(
            check,
            "fails",
            figures,
            text,
            f"{_first_up(what)} là {show(expected)}%, nhưng văn bản ghi {view.quote(stated)}%.",
        )


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
