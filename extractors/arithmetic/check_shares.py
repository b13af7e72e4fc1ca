"""Shares beside the numbers that they are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from extractors.arithmetic.ratios import compare_percent
from extractors.arithmetic.report import report
from extractors.arithmetic.slips import is_slip
from extractors.arithmetic.view import View
from extractors.arithmetic.written import rounded_to
from extractors.links.units import content_words, plain_unit, same_unit
from schemas.findings import Finding

#: what may stand between a number and the percentage that restates it
_RESTATES = re.compile(
    r"(?:[(,]\s*(?:và\s*)?(?:đạt\s*)?|(?:^|[\s,(])(?:chiếm|bằng|tương đương|tương ứng|tức(?: là)?)(?: với)?\s*)"
    r"(?:t[ỷỉ] (?:lệ|trọng)\s*)?$"
)
#: what may follow it: nothing, or the whole that it is a part of
_OF_ALL = re.compile(r"^\s*%?\s*(?:(?:so với |trong )?tổng(?: số)?|trên tổng số)?\s*(?P<what>[^,;.:()|]*)")
_NEW_CLAUSE = re.compile(r"[;:.!?\n|]|\btrong đó\b|t[ỷỉ] lệ\s+\w+\s+\w+")
_OPENS_BRACKET = re.compile(r"^\s*%?\s*\(\s*$")
#: a whole that is larger than the document's own
_ELSEWHERE = re.compile(r"\b(?:toàn|cả nước|của|cùng kỳ|năm|kế hoạch|dự toán|chỉ tiêu|so với)\b")
_OUT_OF = re.compile(r"^[^,;.:()]{0,60}\btrên tổng(?: số)?\s*$")
_ATTAINED = re.compile(r"(?:[,(]\s*|\s)(?:(?:đạt|chiếm)(?: t[ỷỉ] lệ)?|t[ỷỉ] lệ)\s*$")
#: "chiếm 61,2% và tăng 0,4%": what follows is said of the part
_ALSO_MOVED = re.compile(r"^và (?:tăng|giảm)(?: khoảng| gần| hơn)?\s*$")
_SIGN = re.compile(r"[,;:.()]")
#: so far off, in percentage points, may a slip of the pen be
_SLIP = 5


def check_shares(view: View) -> Iterator[Finding]:
    """ "61/64 trường (95,3%)", "82% (41/50 hồ sơ)" and "1.245 hồ sơ, giải quyết 1.239 hồ sơ (99,5%)"."""
    for index in range(len(view.figures)):
        yield from _of_planned_amount(view, index)
        if view.figures[index].relation != "share" or not view.is_percent(index):
            continue
        whole = _out_of(view, index)
        if whole is not None:
            yield from _of_total(view, whole, whole - 1, index, view.is_exact(whole, whole - 1, index), alone=True)
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
            sure = view.is_stated(figure.part_of, level, index) and _whole_is_meant(view, level, index)
            yield from _of_total(view, figure.part_of, level, index, sure)
        else:
            yield from _of_something_before(view, level, index)


def _of_planned_amount(view: View, index: int) -> Iterator[Finding]:
    """ "đạt 45.800/50.000 triệu đồng, bằng 91,6% kế hoạch": n of m in money is done of planned; counts may not be."""
    ratio, rate = index - 1, view.figures[index]
    if ratio < 0 or not view.is_percent(index) or rate.relation != "relative" or rate.basis != "plan":
        return
    amount = view.figures[ratio]
    if amount.kind != "ratio" or not (amount.unit or "").startswith(("đồng", "usd", "ha", "tấn")):
        return
    if _RESTATES.search(view.behind_unit(ratio, index)) and amount.denominator:
        made = rounded_to(Fraction(amount.value) / Fraction(amount.denominator) * 100, view.decimals(index))
        sure = view.is_exact(ratio, index) and is_slip(view.quote(index), made)
        yield from _of_ratio(view, ratio, index, sure)


def _out_of(view: View, index: int) -> int | None:
    """ "3.412 thẻ trên tổng số 3.650 công dân, đạt 93,5%": the whole, said right before, whatever it counts."""
    whole = index - 1
    if whole < 1 or view.sentences[whole - 1] != view.sentences[index]:
        return None
    figures = view.figures[whole - 1], view.figures[whole]
    counted = all(figure.kind == "count" and figure.relation == "level" for figure in figures)
    if not counted or figures[0].value > figures[1].value or not _OUT_OF.search(view.between(whole - 1, whole)):
        return None
    behind = view.behind_unit(whole, index)
    said = _ATTAINED.search(behind) and not _NEW_CLAUSE.search(behind) and behind.count(",") <= 1
    return whole if said and not _ELSEWHERE.search(view.after(index)[:30]) else None


def _of_ratio(view: View, ratio: int, index: int, sure: bool) -> Iterator[Finding]:
    top, bottom = view.figures[ratio].value, view.figures[ratio].denominator
    if bottom is None or bottom <= 0:
        return
    made = Fraction(top) / Fraction(bottom) * 100
    if not view.is_next(ratio, index):  # past another percentage: only a slip of the pen is surely about this ratio
        sure = sure and abs(made - Fraction(view.figures[index].value)) <= _SLIP
    agrees = compare_percent(*view.ends(ratio), view.figures[index].value, view.decimals(index))
    yield from report(view, "ratio_vs_percent", (ratio, index), agrees, made, view.quote(ratio), sure)


def _of_total(view: View, total: int, level: int, index: int, sure: bool, *, alone: bool = False) -> Iterator[Finding]:
    base = view.figures[total].value
    if base <= 0:
        return
    agrees = compare_percent(view.span(level), view.span(total), view.figures[index].value, view.decimals(index))
    if agrees == "differs" and sure and not alone:
        other = list(_of_something_before(view, level, index))
        if other:  # it is a share of another figure
            yield from other
            return
    made = Fraction(view.figures[level].value) / Fraction(base) * 100
    what = f"{view.quote(level)} trên {view.quote(total)}"
    yield from report(view, "ratio_vs_percent", (total, level, index), agrees, made, what, sure)


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
    rest = view.behind_unit(level, index)
    if not _RESTATES.search(rest) or _NEW_CLAUSE.search(rest):
        return None
    return level


def _whole_is_meant(view: View, level: int, index: int) -> bool:
    """Nothing behind the percentage says that it is of something else, nothing before that it is of a plan."""
    found = _OF_ALL.match(view.after(index))
    what = _ALSO_MOVED.sub("", found.group("what")).strip().removeprefix("số ") if found else ""
    unit = plain_unit(view.figures[level].unit or "")
    beside = view.figures[level].kind == "ratio" or all(view.figures[i].about == level for i in range(level + 1, index))
    if not beside or view.between(index - 1, index).count(",") > 1:
        return False
    return what in ("", unit) or _is_called(view, view.figures[level].part_of, what)


def _is_called(view: View, total: int | None, what: str) -> bool:
    """ "huy động vốn 11.400 tỷ, trong đó tiết kiệm 9.348 tỷ, chiếm 82% tổng vốn huy động": the whole by its name.

    Not of counts: "421 doanh nghiệp giải thể và 1.433 doanh nghiệp tạm ngừng" share their words.
    """
    if total is None or view.figures[total].kind not in ("money", "measure") or _ELSEWHERE.search(what):
        return False
    named = content_words(what)
    return what == "mức" or len(named & content_words(view.before(total))) * 2 >= max(1, len(named))


def _of_something_before(view: View, level: int, index: int) -> Iterator[Finding]:
    """A share whose whole is not linked: confirmed where a level shortly before makes it exactly.

    Accused only where one level alone may be the whole, and the percentage is a slip of the pen away from its share.
    """
    if view.decimals(index) == 0 or not view.is_exact(level, index):
        return
    wholes = list(_wholes_before(view, level))
    for total in wholes:
        confirmed = [finding for finding in _of_total(view, total, level, index, False) if finding.verdict == "holds"]
        if confirmed and view.is_exact(total) and "cắt bỏ" not in confirmed[0].message:
            yield confirmed[0]
            return
    if len(wholes) == 1 and _is_mistyped(view, wholes[0], level, index):
        yield from _of_total(view, wholes[0], level, index, True, alone=True)


def _wholes_before(view: View, level: int) -> Iterator[int]:
    """The levels, three at most, that are shortly before, count the same and are more."""
    seen = 0
    for total in range(level - 1, max(-1, level - 13), -1):
        figure = view.figures[total]
        fits = figure.relation == "level" and same_unit(figure.unit, view.figures[level].unit)
        if fits and figure.value > view.figures[level].value and seen < 3:
            seen += 1
            yield total


def _is_mistyped(view: View, total: int, level: int, index: int) -> bool:
    """ "1.520 thí sinh đăng ký, 1.512 thí sinh dự thi, đạt 98,5%" for 99,5%."""
    made = rounded_to(Fraction(view.figures[level].value) / Fraction(view.figures[total].value) * 100, 9)
    near = view.sentences[index] - view.sentences[total] <= 1 and view.is_exact(total)
    expected = rounded_to(Fraction(made), view.decimals(index))
    return near and is_slip(view.quote(index), expected) and _whole_is_meant(view, level, index)
