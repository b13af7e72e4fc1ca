"""What a percentage of a plan or of an earlier value says about that plan or value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extractors.arithmetic.bases import about_base
from extractors.arithmetic.check_changes import moved_from
from extractors.arithmetic.ratios import agreement, compare_change, compare_percent
from extractors.arithmetic.slips import is_slip
from extractors.arithmetic.spoken_of import bases_of, is_surely_of
from extractors.arithmetic.stated_bases import planned_before, stated_base
from extractors.arithmetic.view import View
from extractors.arithmetic.written import rounded_to, show, significant
from extractors.links.units import same_unit
from schemas.figures import plain
from schemas.findings import Check, Finding

#: so many bases are listed; more are given as a range
_LISTED = 6
_OF_THE_PLAN = re.compile(
    r"^\s*%?\s*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán)(?: (?:năm|được giao|giao|đề ra))*\s*(?:[,;.(]|$)"
)


def check_bases(view: View) -> Iterator[Finding]:
    """Every percentage of, or change against, a plan or an earlier value whose level is in the text."""
    for level, spoken in view.changes.items():
        if view.figures[level].kind not in ("count", "money", "measure", "duration") or view.figures[level].value <= 0:
            continue
        amounts = [i for i in spoken if not view.is_percent(i)]
        for index in spoken:
            if view.is_percent(index) and not (amounts and view.figures[index].basis != "plan"):
                yield from _implied(view, level, index)
            elif view.figures[index].unit == "lần":
                yield from _times(view, level, index)
            elif view.figures[index].relation == "change":
                yield from _moved_from(view, level, index)


def _implied(view: View, level: int, index: int) -> Iterator[Finding]:
    rate = view.figures[index]
    if moved_from(view, level, index) is not None:
        return
    if rate.relation == "change" and (rate.direction is None or (rate.direction == "down" and rate.value >= 100)):
        return
    if rate.value <= 0:
        return
    planned = rate.basis == "plan"
    check: Check = "implied_plan" if planned else "implied_previous"
    name = "kế hoạch" if planned else "mức so sánh"
    stated = stated_base(view, level, index)
    if stated is not None:
        yield from _against_stated(view, level, index, stated, check, name)
        return
    plan = planned_before(view, level, index)
    if plan is not None:
        found = list(_against_stated(view, level, index, plan, check, name))
        slip = any(is_slip(view.quote(index), Decimal(f.expected)) for f in found)
        if found and (found[0].verdict == "holds" or (slip and _ends_clause(view, index))):
            yield from found
            return
    if not (view.is_counted(level) and view.is_exact(level, index)):
        yield from _roughly(view, level, index, check, name)
        return
    bases = bases_of(view, view.figures[level].value, index, cut=False)
    remark = ""
    if bases is not None and not bases and not is_surely_of(view, level, index):
        return
    if bases is not None and not bases and view.decimals(index):  # nobody cuts 30,8% down to 30%
        bases, remark = bases_of(view, view.figures[level].value, index, cut=True), " nếu tỷ lệ bị cắt bỏ phần lẻ"
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


def _roughly(view: View, level: int, index: int, check: Check, name: str) -> Iterator[Finding]:
    """Amounts that do not come whole, or are themselves rounded: about what."""
    rate = view.figures[index]
    percent = rate.value
    if rate.relation == "change":
        percent = 100 + rate.value if rate.direction == "up" else 100 - rate.value
    base = significant(about_base(view.figures[level].value, percent))
    text = f"{view.said(level)} và tỷ lệ {_phrase(view, index)} cho {name} khoảng {view.amount(base, level)}."
    yield Finding(check, "possible", (level, index), plain(base) or "", text)


def _ends_clause(view: View, index: int) -> bool:
    """Behind the percentage the plan is named and nothing is said of which: not "kế hoạch quý I"."""
    return bool(_OF_THE_PLAN.match(view.after(index)))


def _times(view: View, level: int, index: int) -> Iterator[Finding]:
    """ "84.600 lượt, gấp 2 lần cùng kỳ (42.300 lượt)"; "tăng 2 lần" is said of twice and of thrice as much."""
    base, times = stated_base(view, level, index), view.figures[index]
    if base is None or times.value <= 0:
        return
    top, bottom = view.span(level), view.span(base)
    low, high, decimals = top.low / bottom.high, top.high / bottom.low, view.decimals(index)
    made = Fraction(view.figures[level].value) / Fraction(view.figures[base].value)
    agrees = agreement(low, high, times.value, decimals) != "differs"
    rose = agreement(low - 1, high - 1, times.value, decimals) != "differs"
    expected = rounded_to(made, max(decimals, 1))
    said, figures = f"{view.said(level)} gấp {show(expected)} lần {view.said(base)}", (base, level, index)
    if agrees or (times.relation == "change" and rose):
        text = f"{said}, khớp với {view.quote(index)} lần đã ghi."
        yield Finding("implied_previous", "holds", figures, plain(expected) or "", text)
    elif times.relation == "relative" and view.is_exact(*figures) and made >= 1:
        text = f"{said}, nhưng văn bản ghi {view.quote(index)} lần."
        yield Finding("implied_previous", "fails", figures, plain(expected) or "", text)


def _moved_from(view: View, level: int, index: int) -> Iterator[Finding]:
    """ "giảm 25,2 tỷ đồng so với tháng trước (109,8 tỷ đồng)": the level and the change make what was before."""
    base, change = stated_base(view, level, index), view.figures[index]
    if base is None or change.direction is None or not same_unit(change.unit, view.figures[level].unit):
        return
    moved = view.figures[level].value - view.figures[base].value
    by = moved if change.direction == "up" else -moved
    figures = (level, index, base)
    said = f"Từ {view.said(base)} đến {view.said(level)} là {_verb(view, index)}{view.amount(abs(by), level)}"
    slack = sum((view.span(i).high - view.span(i).low for i in figures), start=view.span(base).high * 0) / 2
    if by == change.value:
        yield Finding("implied_previous", "holds", figures, plain(by) or "", f"{said}, đúng như đã ghi.")
    elif abs(by - change.value) > slack and by > 0 and view.is_exact(*figures):
        yield Finding(
            "implied_previous", "fails", figures, plain(by) or "", f"{said}, nhưng văn bản ghi {view.said(index)}."
        )


def _against_stated(view: View, level: int, index: int, base: int, check: Check, name: str) -> Iterator[Finding]:
    rate, value = view.figures[index], view.figures[base].value
    top, bottom = view.span(level), view.span(base)
    if rate.relation == "relative":
        agrees = compare_percent(top, bottom, rate.value, view.decimals(index))
        made = about_base(view.figures[level].value, value)
    else:
        agrees = compare_change(top, bottom, rate.value, view.decimals(index), rate.direction or "up")
        made = abs(about_base(view.figures[level].value, value) - 100)
    expected = rounded_to(made, view.decimals(index))
    figures = (base, level, index)
    said = f"{view.said(level)} so với {name} {view.said(base)} là {_verb(view, index)}{show(expected)}%"
    if agrees != "differs":
        yield Finding(check, "holds", figures, plain(expected) or "", f"{said}, khớp với {view.quote(index)}% đã ghi.")
    elif view.is_exact(level, index, base):
        text = f"{said}, nhưng văn bản ghi {_phrase(view, index)}."
        yield Finding(check, "fails", figures, plain(expected) or "", text)


def _verb(view: View, index: int) -> str:
    return {"up": "tăng ", "down": "giảm "}.get(view.figures[index].direction or "", "")


def _phrase(view: View, index: int) -> str:
    return f"{_verb(view, index)}{view.quote(index)}%"


def _listed(bases: range) -> str:
    if len(bases) <= _LISTED:
        return " | ".join(str(base) for base in bases)
    return f"{bases[0]} … {bases[-1]}"
