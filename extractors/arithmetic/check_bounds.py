"""Bounds that no number may leave: n of m, a share of a whole, the ends of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.arithmetic.ratios import within
from extractors.arithmetic.view import View
from extractors.arithmetic.written import show
from extractors.links.units import same_unit
from extractors.links.words import phrases
from extractors.numerals.digits import read_digits
from extractors.numerals.join import ends_reversed
from schemas.findings import Finding

_FIXED = phrases("fixed_wholes")
_ENDS = re.compile(r"(\d[\d.,]*)\s*(?:đến|tới|-|–)\s*(\d[\d.,]*)")
#: the text says why there are more; "theo kế hoạch" alone does not
_MORE = re.compile(r"\b(?:do|phát sinh|vượt)\b")
_OF_A_WHOLE = re.compile(r"^\s*%?\s*(?:tổng )?số (?:hồ sơ|hộ|người|học sinh|trẻ|phường|xã|thôn|cán bộ|đại biểu)\b")
#: a rate of things that are counted one by one is a part of them; rates of work done or of money may pass 100 %
_COUNTED_RATE = re.compile(
    r"chiếm|t[ỷỉ] lệ (?:[^,;.:]{0,20} )?(?:hồ sơ|hộ|người|dân|học sinh|trẻ|cơ sở|đơn thư|văn bản"
    r"|cán bộ|giáo viên|phụ nữ|đảng viên|hội viên|phường|xã|thôn|khu dân cư|gia đình)\b"
)


def check_ratio_bounds(view: View) -> Iterator[Finding]:
    """n of m, and place n among m: n is at most m."""
    for index, figure in enumerate(view.figures):
        if figure.kind not in ("ratio", "rank") or figure.denominator is None or figure.denominator <= 0:
            continue
        if not within(figure.value, figure.denominator):
            if figure.kind == "rank" or (_is_fixed(figure.unit) and not _is_more_than_planned(view, index)):
                above = f"{show(figure.value)} lớn hơn {show(figure.denominator)}"
                text = f"{view.said(index)}: {above}, không thể là một phần của tổng số."
                yield Finding("ratio_bound", "impossible", (index,), f"<= {show(figure.denominator)}", text)
        elif figure.kind == "ratio":
            text = f"{view.said(index)}: {show(figure.value)} không vượt {show(figure.denominator)}."
            yield Finding("ratio_bound", "holds", (index,), f"<= {show(figure.denominator)}", text)


def _is_more_than_planned(view: View, index: int) -> bool:
    """ "13/12 nhà, vượt 1 nhà", "112/110 hộ do phát sinh tách hộ": the text says why."""
    return bool(_MORE.search(view.after(index, 60)))


def _is_fixed(unit: str | None) -> bool:
    return unit is not None and any(same_unit(unit, fixed) for fixed in _FIXED)


def check_share_bounds(view: View) -> Iterator[Finding]:
    """A part of a whole is at most 100 %."""
    for index, figure in enumerate(view.figures):
        if figure.relation != "share" or not view.is_percent(index) or figure.value <= 100 or not view.is_exact(index):
            continue
        if not (_COUNTED_RATE.search(view.before(index)) or _OF_A_WHOLE.match(view.after(index))):
            continue
        text = f"Tỷ lệ {view.quote(index)}% của một tổng số không thể lớn hơn 100%."
        yield Finding("share_bound", "impossible", (index,), "<= 100", text)


def check_ranges(view: View) -> Iterator[Finding]:
    """The lower end of a range comes first and is the smaller; also where the ends were read as two figures."""
    for index, figure in enumerate(view.figures):
        ends: tuple[int, ...] = (index,)
        high = figure.value_max
        if high is None and _is_range_of_two(view, index):
            ends, high = (index, index + 1), view.figures[index + 1].value
        if high is None:
            continue
        first, last = figure.value, high
        if figure.value_max is not None and _falls_as_written(view.quote(index)):
            first, last = max(first, last), min(first, last)
        if last < first:
            said = " đến ".join(view.said(i) for i in ends)
            text = f"Khoảng {said}: số đầu {show(first)} lớn hơn số cuối {show(last)}."
            yield Finding("range_order", "impossible", ends, f"{show(last)} - {show(first)}", text)


def _falls_as_written(quote: str) -> bool:
    """ "120 đến 90": are the ends, of one magnitude, written the wrong way round?"""
    ends = _ENDS.fullmatch(quote)
    if ends is None:
        return False
    first, last = read_digits(ends[1]), read_digits(ends[2])
    return first is not None and last is not None and first > last


def _is_range_of_two(view: View, index: int) -> bool:
    """ "mỗi lớp từ 120 đến 90 học viên"; "rút ngắn từ 15 đến 10 ngày" and "giá từ 65 đến 58 nghìn" tell a change."""
    if index + 1 >= len(view.figures) or view.between(index, index + 1).strip() != "đến":
        return False
    return ends_reversed(view.before(index), view.after(index + 1))
