"""The plan or the earlier value that a percentage is of, where the text gives it."""

from __future__ import annotations

import re

from extractors.arithmetic.view import View
from extractors.links.units import part_unit, same_unit

#: "đạt 89,9% kế hoạch năm (1.600 đơn vị)", "tăng 11,4% so với cùng kỳ (1.291 đơn vị)"
_BASE_BESIDE = re.compile(
    r"^\s*%?(?: lần)?[^,;.:()]{0,60}?(?:kế hoạch|chỉ tiêu|dự toán|cùng kỳ|so với|nghị quyết|mục tiêu)"
    r"[^,;.:()]{0,40}\(\s*(?:là )?$"
)
#: "1.128 đơn (năm 2022: 1.204 đơn), giảm 6,3%": the base's name, in the bracket behind the level
_BASE_BETWEEN = re.compile(
    r"^[^,;.:()]{0,60}\(\s*(?P<name>cùng kỳ|năm (?:trước|\d{4})|(?:tháng|quý|tuần) trước|kế hoạch|chỉ tiêu|dự toán)"
    r"(?:\s*(?:năm )?\d{4})?\s*(?:giao|là|có)?\s*:?\s*$"
)
_COMPARED = re.compile(r"so với|so cùng|cùng kỳ|kế hoạch|dự toán|chỉ tiêu")


def stated_base(view: View, level: int, index: int) -> int | None:
    """The figure that ``index`` compares ``level`` with: a planned total, or in a bracket behind one of the two."""
    total = view.figures[level].part_of
    done_so_far = view.evidence(level, "part_of").startswith("đến nay")
    if (
        total is not None
        and done_so_far
        and view.figures[index].basis == "plan"
        and view.figures[total].status == "planned"
    ):
        return total
    beside, between = index + 1, level + 1
    if beside < len(view.figures) and not view.is_percent(beside) and _BASE_BESIDE.match(view.between(index, beside)):
        return beside if _fits(view, level, beside) else None
    if index == level + 2 and not view.is_percent(between):
        named = _BASE_BETWEEN.match(view.between(level, between))
        compared = view.after(index)
        if named and _fits(view, level, between) and (named["name"] in compared or not _COMPARED.search(compared)):
            return between
    return None


def planned_before(view: View, level: int, index: int) -> int | None:
    """ "Chỉ tiêu 250 suất, thực hiện được 265 suất, đạt 106% chỉ tiêu": a plan said right before; it may be another."""
    plan, rate = level - 1, view.figures[index]
    if plan < 0 or rate.relation != "relative" or rate.basis != "plan" or index != level + 1:
        return None
    figure = view.figures[plan]
    fits = figure.status == "planned" and figure.relation == "level" and figure.value > 0
    near = view.sentences[plan] == view.sentences[level] and ";" not in view.between(plan, level)
    return plan if fits and near and same_unit(figure.unit, view.figures[level].unit) else None


def _fits(view: View, level: int, base: int) -> bool:
    """Of the level's unit ("lao động" are "người"), above 0, and alone in its bracket."""
    figure = view.figures[base]
    unit = view.figures[level].unit
    fits = same_unit(unit, figure.unit) or part_unit(unit, figure.unit)
    return fits and figure.value > 0 and _ends_bracket(view, base)


def _ends_bracket(view: View, index: int) -> bool:
    """Nothing but its unit stands between the figure and the end of its bracket."""
    unit = (view.figures[index].unit or "").lower()
    return view.after(index).strip().removeprefix(unit).lstrip().startswith(")")
