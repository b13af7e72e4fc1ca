"""Sums of parts and remainders in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extractors.arithmetic.other_totals import (
    are_places,
    breakdown_within,
    continued,
    dropped,
    is_nested,
    is_slip_of_list,
    made_before,
    may_overlap,
)
from extractors.arithmetic.sums import Sum, compare_partial_sum, compare_sum
from extractors.arithmetic.view import View
from extractors.arithmetic.whole_lists import is_breakdown, is_division, is_said_to_be_all, names_all
from extractors.arithmetic.words import outcomes
from extractors.arithmetic.written import show
from extractors.links.units import same_unit
from schemas.figures import plain
from schemas.findings import Finding

#: words whose lists are tight enough to say that a sum is wrong
_TIGHT = re.compile(r"^(?:\(|trong (?:số )?(?:đó|này|ấy)|(?:bao )?gồm(?: có)?|(?:chia|phân) ra|đến nay.*|bảng:.*)$")
#: words after which some of the total are told by how far they have come; more than all cannot have
_SO_FAR = re.compile(r"^đến nay")
#: words that make a total the balance of what rose and fell; a list of those that rose may exceed it
_BALANCE = re.compile(r"^(?:tăng|giảm)")
_LEFT = re.compile(r"^\D{0,40}\bcòn lại\b")


def check_sums(view: View) -> Iterator[Finding]:
    """Every total with its parts: do they make it, do they stay within it?"""
    for total, parts in view.parts.items():
        if any(view.figures[i].kind == "ratio" for i in parts):
            continue
        whole = compare_sum(_values(view, parts), view.figures[total].value)
        if len(parts) > 1 and whole.verdict == "holds":
            yield _holds(view, total, parts)
            continue
        for run in _runs(view, parts):
            yield from _check_run(view, total, run)


def check_left_over(view: View) -> Iterator[Finding]:
    """ "52/61 tổ chức đã ...; 9 đơn vị còn lại": the done and the left make the whole."""
    for index in range(1, len(view.figures)):
        at = index - 1
        if at and view.is_percent(at) and view.figures[at].relation == "share":
            at -= 1  # "12/15 xã (đạt 80%); 3 xã còn lại"
        done, left = view.figures[at], view.figures[index]
        if (
            done.kind != "ratio"
            or done.denominator is None
            or left.kind != "count"
            or not _LEFT.search(view.after(index))
        ):
            continue
        if not (view.is_exact(at, index) and view.sentences[index] - view.sentences[at] <= 1):
            continue
        figures = (at, index)
        if done.value + left.value == done.denominator:
            addition = f"{show(done.value)} + {show(left.value)} = {show(done.denominator)}"
            text = f"{addition}: số đã nêu và số còn lại khớp với tổng."
            yield Finding("sum", "holds", figures, plain(done.denominator) or "", text)
        elif same_unit(done.unit, left.unit) and not _left_goes_on(view, index):
            rest = done.denominator - done.value
            left_over = f"Trong {view.said(at)}, số còn lại phải là {show(rest)}"
            text = f"{left_over}, nhưng văn bản ghi {view.said(index)}."
            yield Finding("sum", "fails", figures, plain(rest) or "", text)


def _left_goes_on(view: View, index: int) -> bool:
    """ "4 hộ còn lại đang chờ, 2 hộ chuyển nơi ở": what is left is told in more than one number."""
    after = index + 1
    if after >= len(view.figures) or view.sentences[after] != view.sentences[index]:
        return False
    return view.figures[after].relation == "level" and same_unit(view.figures[after].unit, view.figures[index].unit)


def _check_run(view: View, total: int, run: list[int]) -> Iterator[Finding]:
    values, whole = _values(view, run), view.figures[total].value
    if len(run) > 1 and compare_sum(values, whole).verdict == "holds":
        yield _holds(view, total, run)
        return
    more = dropped(view, total, run)
    if more is not None and view.is_stated(total, *run, more):
        yield _fails(view, total, [*run, more], compare_sum(_values(view, [*run, more]), whole))
        return
    result = compare_partial_sum(values, whole)
    if _is_wrong(view, total, run, result):
        yield from _otherwise(view, total, run, result)
    elif result.verdict == "holds" and view.is_stated(total, *run):
        addition, rest = " + ".join(view.quote(i) for i in run), view.amount(result.remainder, total)
        text = f"{addition} không vượt tổng số {view.said(total)}; phần chưa nêu là {rest}."
        yield Finding("partial_sum", "holds", (total, *run), plain(result.remainder) or "", text)


def _is_wrong(view: View, total: int, run: list[int], result: Sum) -> bool:
    """The list is tight, and misses its total by more than rounding explains."""
    cue = _cue(view, run[0])
    tight = _TIGHT.match(cue) or _are_outcomes(view, run) or is_breakdown(view, run)
    if not tight or _is_balance(view, total) or not view.is_stated(total, *run):
        return False
    if not _is_only_total(view, total, run[0]) or abs(result.remainder) <= _slack(view, (total, *run)):
        return False
    if result.verdict == "fails":
        return True
    near = cue.startswith("bảng:") or _in_one_sentence(view, total, run)
    if not is_said_to_be_all(cue) or is_breakdown(view, run):  # ". Phân theo ngành: ...", ". Trong đó: ... khác 5 tấn"
        near = near or (_in_one_sentence(view, run[0], run) and view.sentences[run[0]] - view.sentences[total] == 1)
    return near and names_all(view, total, run)


def _otherwise(view: View, total: int, run: list[int], result: Sum) -> Iterator[Finding]:
    """The accusation, unless the parts make another total, or the list goes on and then makes this one."""
    meant, more = made_before(view, total, run, result.made), continued(view, total, run)
    within = breakdown_within(view, total, run)
    if meant is not None and len(run) > 1:
        yield _holds(view, meant, run)
    elif more is not None:
        yield _holds(view, total, [*run, more])
    elif within is not None:
        yield _holds(view, total, within)
    elif result.verdict == "holds" or not (is_nested(view, total, run) or _are_several_kinds(view, total, run)):
        yield _fails(view, total, run, result)


def _are_several_kinds(view: View, total: int, run: list[int]) -> bool:
    """Parts that may overlap make more than all: "14 dự án vốn huyện, 9 dự án vốn tỉnh"; not behind "gồm"."""
    cue = _cue(view, run[0])
    if len(run) == 1 or is_said_to_be_all(cue) or _SO_FAR.search(cue) or is_division(view, run):
        return False
    apart = _are_outcomes(view, run) or are_places(view, run) or names_all(view, total, run)
    if cue.startswith("trong") and not apart:
        return may_overlap(view, run) or not is_slip_of_list(view, total, run)
    return may_overlap(view, run)


def _are_outcomes(view: View, run: list[int]) -> bool:
    """Every part is followed by what became of it, each by something else."""
    said = []
    for index in run:
        rest = view.after(index).strip().removeprefix((view.figures[index].unit or "").lower()).strip()
        found = [n for n, pattern in enumerate(outcomes()) if pattern.match(rest)]
        said += found[:1] or [-1]
    return len(run) > 1 and -1 not in said and len(set(said)) == len(said)


def _holds(view: View, total: int, parts: list[int]) -> Finding:
    addition = " + ".join(view.quote(i) for i in parts)
    text = f"{addition} = {view.quote(total)}: các phần cộng lại khớp với tổng số."
    return Finding("sum", "holds", (total, *parts), plain(view.figures[total].value) or "", text)


def _fails(view: View, total: int, parts: list[int], result: Sum) -> Finding:
    addition = " + ".join(view.quote(i) for i in parts)
    made = view.amount(result.made, total)
    figures, expected = (total, *parts), plain(result.made) or ""
    if len(parts) == 1:
        text = f"Một phần là {view.said(parts[0])}, lớn hơn tổng số {view.said(total)}."
        return Finding("partial_sum", "impossible", figures, expected, text)
    if _SO_FAR.search(_cue(view, parts[0])):
        text = f"Các số đã nêu cộng lại là {made} ({addition}), nhiều hơn tổng số {view.said(total)}."
        return Finding("partial_sum", "impossible", figures, expected, text)
    text = f"Các phần cộng lại là {made} ({addition}), không khớp với tổng số {view.said(total)}."
    return Finding("sum", "fails", figures, expected, text)


def _runs(view: View, parts: list[int]) -> Iterator[list[int]]:
    """Parts that one list names: those of one sentence, opened by the same words."""
    run: list[int] = []
    for index in parts:
        cue = _cue(view, index)
        if run and _is_loose(cue) and _is_loose(_cue(view, run[-1])):
            cue = _cue(view, run[-1])  # "chia theo lĩnh vực như sau": one opening
        far = run and view.sentences[index] != view.sentences[run[-1]] and not cue.startswith("bảng:")
        if run and (far or cue != _cue(view, run[-1])):
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _is_loose(cue: str) -> bool:
    return cue.endswith(":") or cue.startswith(("chia theo", "phân theo", "theo"))


def _is_only_total(view: View, total: int, part: int) -> bool:
    """The part stands in the total's sentence, or no other figure there could have been meant."""
    if _in_one_sentence(view, total, [part]) or _cue(view, part).startswith("bảng:"):
        return True
    rivals = range(max(0, total - 6), min(len(view.figures), total + 7))
    return not any(
        i != total
        and view.sentences[i] == view.sentences[total]
        and view.figures[i].relation == "level"
        and same_unit(view.figures[i].unit, view.figures[total].unit)
        for i in rivals
    )


def _is_balance(view: View, total: int) -> bool:
    figure = view.figures[total]
    return figure.direction is not None or bool(_BALANCE.match(figure.evidence.get("relation", "")))


def _cue(view: View, index: int) -> str:
    return view.figures[index].evidence.get("part_of", "")


def _values(view: View, indices: list[int]) -> list[Decimal]:
    return [view.figures[i].value for i in indices]


def _in_one_sentence(view: View, total: int, parts: list[int]) -> bool:
    return all(view.sentences[i] == view.sentences[total] for i in parts)


def _slack(view: View, figures: tuple[int, ...]) -> Fraction:
    """How far rounded amounts may miss each other by their rounding; nothing for counts."""
    spans = [view.span(i) for i in figures]
    return sum((span.high - span.low for span in spans), Fraction(0)) / 2
