"""What a percentage of a plan or of an earlier value says about that plan or value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.arithmetic.bases import about_base, implied_bases, implied_bases_of_change
from extractors.arithmetic.ratios import compare_percent
from extractors.arithmetic.view import View
from extractors.arithmetic.written import Span, rounded_to, show, significant
from extractors.links.units import same_unit
from schemas.figures import plain
from schemas.findings import Check, Finding

#: so many bases are listed; more are given as a range
_LISTED = 6
_PLAN_BESIDE = re.compile(r"^\s*%?[^,;.:()]{0,60}?(?:kế hoạch|chỉ tiêu|dự toán)[^,;.:()]{0,40}\(\s*(?:là )?$")


def check_bases(view: View) -> Iterator[Finding]:
    """Every percentage of, or change against, a plan or an earlier value whose level is in the text."""
    for level, spoken in view.changes.items():
        if view.figures[level].kind not in ("count", "money", "measure", "duration") or view.figures[level].value <= 0:
            continue
        amounts = [i for i in spoken if not view.is_percent(i)]
        for index in spoken:
            if view.is_percent(index) and not (amounts and view.figures[index].relation == "change"):
                yield from _implied(view, level, index)


def _implied(view: View, level: int, index: int) -> Iterator[Finding]:
    rate = view.figures[index]
    if rate.relation == "change" and (rate.direction is None or (rate.direction == "down" and rate.value >= 100)):
        return
    if rate.value <= 0:
        return
    planned = rate.basis == "plan"
    stated = _stated_plan(view, level, index) if planned and rate.relation == "relative" else None
    if stated is not None:
        yield from _against_stated(view, level, index, stated)
        return
    check: Check = "implied_plan" if planned else "implied_previous"
    name = "kế hoạch" if planned else "mức so sánh"
    if not (view.is_counted(level) and view.is_exact(level, index)):
        yield from _roughly(view, level, index, check, name)
        return
    bases = _bases(view, level, index, cut=False)
    remark = ""
    if bases is not None and not bases:
        bases, remark = _bases(view, level, index, cut=True), " nếu tỷ lệ bị cắt bỏ phần lẻ"
    if bases is None:
        return
    said = f"{view.said(level)} và tỷ lệ {_phrase(view, index)}"
    if not bases:
        text = f"Không có số nguyên nào làm {name} để {view.said(level)} ứng với {_phrase(view, index)}."
        yield Finding(check, "impossible", (level, index), "", text)
    else:
        listed = _listed(bases)
        text = f"{said} cho {name} là {listed.replace(' | ', ' hoặc ')}{remark}."
        yield Finding(check, "possible", (level, index), listed, text)


def _bases(view: View, level: int, index: int, *, cut: bool) -> range | None:
    value, rate = view.figures[level].value, view.figures[index]
    if rate.relation == "relative":
        return implied_bases(value, rate.value, view.decimals(index), cut=cut)
    return implied_bases_of_change(value, rate.value, view.decimals(index), rate.direction or "up", cut=cut)


def _roughly(view: View, level: int, index: int, check: Check, name: str) -> Iterator[Finding]:
    """Amounts that do not come whole, or are themselves rounded: about what."""
    rate = view.figures[index]
    percent = rate.value
    if rate.relation == "change":
        percent = 100 + rate.value if rate.direction == "up" else 100 - rate.value
    base = significant(about_base(view.figures[level].value, percent))
    text = f"{view.said(level)} và tỷ lệ {_phrase(view, index)} cho {name} khoảng {view.amount(base, level)}."
    yield Finding(check, "possible", (level, index), plain(base) or "", text)


def _stated_plan(view: View, level: int, index: int) -> int | None:
    """The plan, where the text gives it: the planned total of the level, or in a bracket behind the percentage."""
    total = view.figures[level].part_of
    if total is not None and view.figures[total].status == "planned":
        return total
    beside = index + 1
    if (
        beside < len(view.figures)
        and view.figures[beside].relation == "level"
        and _PLAN_BESIDE.match(view.between(index, beside))
    ):
        return beside if same_unit(view.figures[level].unit, view.figures[beside].unit) else None
    return None


def _against_stated(view: View, level: int, index: int, plan: int) -> Iterator[Finding]:
    top = view.span(level)
    bottom = Span.rounded(view.figures[plan].value) if not view.is_counted(plan) else view.span(plan)
    value, base = view.figures[level].value, view.figures[plan].value
    if base <= 0:
        return
    agrees = compare_percent(top, bottom, view.figures[index].value, view.decimals(index))
    made = rounded_to(about_base(value, base), view.decimals(index))
    figures = (plan, level, index)
    if agrees != "differs":
        text = f"{view.said(level)} trên kế hoạch {view.said(plan)} là {show(made)}%, khớp với {view.quote(index)}% đã ghi."
        yield Finding("implied_plan", "holds", figures, plain(made) or "", text)
    elif view.is_exact(level, index, plan):
        text = f"{view.said(level)} trên kế hoạch {view.said(plan)} là {show(made)}%, nhưng văn bản ghi {view.quote(index)}%."
        yield Finding("implied_plan", "fails", figures, plain(made) or "", text)


def _phrase(view: View, index: int) -> str:
    rate = view.figures[index]
    verb = {"up": "tăng ", "down": "giảm "}.get(rate.direction or "", "")
    return f"{verb}{view.quote(index)}%"


def _listed(bases: range) -> str:
    if len(bases) <= _LISTED:
        return " | ".join(str(base) for base in bases)
    return f"{bases[0]} … {bases[-1]}"
