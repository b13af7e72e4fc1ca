"""Percentages beside the numbers that they are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from extractors.arithmetic.ratios import Agreement, compare_amount_of_change, compare_change, compare_percent
from extractors.arithmetic.view import View
from extractors.arithmetic.written import rounded_to, show
from extractors.links.units import plain_unit, same_unit
from schemas.findings import Check, Finding

#: what may stand between a number and the percentage that restates it
_RESTATES = re.compile(
    r"(?:[(,]\s*(?:và\s*)?(?:đạt\s*)?|(?:^|[\s,(])(?:chiếm|bằng|tương đương|tương ứng|tức(?: là)?)(?: với)?\s*)"
    r"(?:t[ỷỉ] (?:lệ|trọng)\s*)?$"
)
#: what may follow it: nothing, or the whole that it is a part of
_OF_ALL = re.compile(r"^\s*%?\s*(?:(?:so với |trong )?tổng(?: số)?|trên tổng số)?\s*(?P<what>[^,;.:()|]*)")
_NEW_CLAUSE = re.compile(r"[;:.!?\n|]|\btrong đó\b|t[ỷỉ] lệ\s+\w+\s+\w+")
_OPENS_BRACKET = re.compile(r"^\s*%?\s*\(\s*$")
_SIGN = re.compile(r"[,;:.()]")
#: so far off, in percentage points, may a slip of the pen be
_SLIP = 5
#: between an amount and a percentage of one change: "giảm 3 vụ (37,5%)", "giảm 3%, tương ứng giảm 9 ha"
_SAME_CHANGE = re.compile(
    r"^\s*%?(?:(?!so với|cùng kỳ|kế hoạch|năm|tháng)[^,;.:()\d]){0,25}[\s,(]*"
    r"(?:và )?(?:tương (?:ứng|đương)|tức)?(?: với)?\s*"
    r"(?:tăng|giảm|vượt|(?:cao|thấp|nhiều|ít) hơn)?\s*$"
)
_FROM_TO = re.compile(r"^[^,;.:()]{0,40}?\b(?:lên|xuống|còn|tăng lên|giảm xuống|nâng lên)\b[^,;.:()]{0,15}$")


def check_shares(view: View) -> Iterator[Finding]:
    """ "61/64 trường (95,3%)", "82% (41/50 hồ sơ)" and "1.245 hồ sơ, giải quyết 1.239 hồ sơ (99,5%)"."""
    for index in range(len(view.figures)):
        if view.figures[index].relation != "share" or not view.is_percent(index):
            continue
        behind = _ratio_behind(view, index)
        if behind is not None:
            yield from _of_ratio(view, behind, index, view.is_exact(behind, index))
            continue
        level = _restated(view, index)
        if level is None:
            continue
        figure = view.figures[level]
        if figure.kind == "ratio":
            yield from _of_ratio(
                view, level, index, view.is_exact(level, index) and _whole_is_meant(view, level, index)
            )
        elif figure.part_of is not None and view.figures[figure.part_of].kind != "ratio":
            sure = view.is_exact(figure.part_of, level, index) and _whole_is_meant(view, level, index)
            yield from _of_total(view, figure.part_of, level, index, sure)
        else:
            yield from _of_something_before(view, level, index)


def _of_ratio(view: View, ratio: int, index: int, sure: bool) -> Iterator[Finding]:
    top, bottom = view.figures[ratio].value, view.figures[ratio].denominator
    if bottom is None or bottom <= 0:
        return
    made = Fraction(top) / Fraction(bottom) * 100
    if not view.is_next(ratio, index):  # past another percentage: only a slip of the pen is surely about this ratio
        sure = sure and abs(made - Fraction(view.figures[index].value)) <= _SLIP
    agrees = compare_percent(*view.ends(ratio), view.figures[index].value, view.decimals(index))
    yield from _report(view, "ratio_vs_percent", (ratio, index), agrees, made, view.quote(ratio), sure)


def _of_total(view: View, total: int, level: int, index: int, sure: bool) -> Iterator[Finding]:
    base = view.figures[total].value
    if base <= 0:
        return
    agrees = compare_percent(view.span(level), view.span(total), view.figures[index].value, view.decimals(index))
    if agrees == "differs" and sure:
        other = list(_of_something_before(view, level, index))
        if other:  # it is a share of another figure
            yield from other
            return
    made = Fraction(view.figures[level].value) / Fraction(base) * 100
    what = f"{view.quote(level)} trên {view.quote(total)}"
    yield from _report(view, "ratio_vs_percent", (total, level, index), agrees, made, what, sure)


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


def _ratio_behind(view: View, index: int) -> int | None:
    """ "đạt 82% (41/50 hồ sơ)": the ratio in the bracket behind the percentage."""
    behind = index + 1
    if (
        behind < len(view.figures)
        and view.figures[behind].kind == "ratio"
        and _OPENS_BRACKET.match(view.between(index, behind))
    ):
        return behind
    return None


def _restated(view: View, index: int) -> int | None:
    """The figure that the share at ``index`` restates: the one before it, past the changes of that one."""
    level = index - 1
    while level >= 0 and level > index - 4 and view.figures[level].relation in ("change", "relative"):
        level = view.figures[level].about if view.figures[level].about is not None else -1  # type: ignore[assignment]
    if (
        level == index - 1
        and level > 0
        and view.figures[level].kind == "percent"
        and view.between(level, index).rstrip().endswith(("(", "(đạt"))
    ):
        level -= 1  # "7/8 phường vượt mốc 75% (đạt 87,5%)"
        apart = _SIGN.search(view.between(level, level + 1))
        return level if view.figures[level].kind == "ratio" and not apart else None
    if level < 0 or view.sentences[level] != view.sentences[index] or view.figures[level].kind in ("percent", "rank"):
        return None
    gap = view.between(index - 1, index)
    if level != index - 1:
        return level if re.search(r"(?:,|và)\s*(?:và )?chiếm\s*$", gap) else None
    rest = _behind_unit(view, level, index)
    if not _RESTATES.search(rest) or _NEW_CLAUSE.search(rest):
        return None
    return level


def _behind_unit(view: View, one: int, other: int) -> str:
    """What stands between two figures, without the unit of the first."""
    gap, unit = view.between(one, other), (view.figures[one].unit or "").lower()
    rest = gap.lstrip()
    return " " + rest[len(unit) :] if unit and rest.startswith(unit) else gap


def _whole_is_meant(view: View, level: int, index: int) -> bool:
    """Nothing behind the percentage says that it is of something else, nothing before that it is of a plan."""
    found = _OF_ALL.match(view.after(index))
    what = found.group("what").strip() if found else ""
    unit = plain_unit(view.figures[level].unit or "")
    beside = view.is_next(level, index) or view.figures[level].kind == "ratio"
    return beside and view.between(index - 1, index).count(",") <= 1 and what.removeprefix("số ") in ("", unit)


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
        confirmed = [finding for finding in _of_total(view, total, level, index, False) if finding.verdict == "holds"]
        if confirmed and view.is_exact(total) and "cắt bỏ" not in confirmed[0].message:
            yield confirmed[0]
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
    if not fits or not view.is_next(first, second) or not _SAME_CHANGE.search(_behind_unit(view, first, second)):
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
    sure = view.is_exact(level, amount, percent) and not _may_be_of_another(view, level, first, second, before)
    yield from _report(view, "implied_previous", (level, amount, percent), agrees, made, what, sure)


def _may_be_of_another(view: View, level: int, first: int, second: int, before: Decimal) -> bool:
    """The percentage may be the new level's of the old ("tăng 50 tỷ (109,6%)"), or points of a share said before it."""
    percent = second if view.is_percent(second) else first
    shares = any(view.figures[i].relation == "share" for i in range(level + 1, first))
    of_old = compare_percent(view.span(level), before, view.figures[percent].value, view.decimals(percent))
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
    return start


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
        yield from _report(
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


def _report(
    view: View, check: Check, figures: tuple[int, ...], agrees: Agreement, made: Fraction, what: str, sure: bool
) -> Iterator[Finding]:
    """``made`` is the exact percentage; an accusation is made only where ``sure``."""
    stated = next(i for i in figures if view.is_percent(i))
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
        said = f"văn bản ghi {view.quote(stated)}%, tức cắt bỏ phần lẻ chứ không làm tròn"
        message = f"{_first_up(what)} làm tròn là {show(expected)}%; {said}."
        yield Finding(check, "holds", figures, text, message)
    elif sure and made < 100 * Fraction(view.figures[stated].value) < 10000 * made:  # else a magnitude was misread
        yield Finding(
            check,
            "fails",
            figures,
            text,
            f"{_first_up(what)} là {show(expected)}%, nhưng văn bản ghi {view.quote(stated)}%.",
        )


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
