"""Percentages that move: "giảm từ 4,85% xuống còn 3,62%, giảm 1,23 điểm phần trăm"; shares of one structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.arithmetic.check_changes import is_average
from extractors.arithmetic.ratios import compare_change
from extractors.arithmetic.slips import is_slip
from extractors.arithmetic.view import View
from extractors.arithmetic.written import show
from schemas.findings import Finding

_POINTS = ("điểm phần trăm", "điểm %")
_TO = re.compile(r"^\s*%?[^,;.:()]{0,40}?\b(?:lên|xuống|còn)\b[^,;.:()\d]{0,15}$")
_BEFORE_BESIDE = re.compile(r"^\s*%?[^,;.:()]{0,20}?so với[^,;:()]{0,40}\(\s*(?:là )?$")
_STRUCTURE = re.compile(r"cơ cấu[^;.:()|\d]{0,60}$|cơ cấu[^;.()|\d]{0,40}:[^;.()|\d]{0,60}$")
#: what may stand between two shares of one structure
_NEXT_SHARE = re.compile(r"^\s*%?\s*[;,](?!.*(?:trong đó|riêng|so với|tăng|giảm))[^.:()|]{2,120}$")
#: so many shares make a structure
_SHARES = 3


def check_points(view: View) -> Iterator[Finding]:
    """A percentage, the one before it, and the points between them."""
    for level, spoken in view.changes.items():
        if not view.is_percent(level):
            continue
        for index in spoken:
            before = _before(view, level, index)
            if before is not None:
                yield from _moved(view, level, index, before)


def _before(view: View, level: int, index: int) -> int | None:
    """The percentage that the level moved from: "từ" before the level, or in a bracket behind the change."""
    change, start, beside = view.figures[index], level - 1, index + 1
    points = change.unit in _POINTS or view.is_percent(index)
    if index != level + 1 or change.relation != "change" or change.direction is None or not points:
        return None
    if change.basis == "plan" or is_average(view, level, index):  # "lên 47,1%, vượt 0,1% so với chỉ tiêu"
        return None
    if start >= 0 and view.is_percent(start) and view.before(start).rstrip().endswith("từ"):
        return start if _TO.search(view.between(start, level)) else None
    if beside < len(view.figures) and view.is_percent(beside) and _BEFORE_BESIDE.match(view.between(index, beside)):
        return beside if view.after(beside).lstrip(" %").startswith(")") else None
    return None


def _moved(view: View, level: int, index: int, before: int) -> Iterator[Finding]:
    change, figures = view.figures[index], (index, before, level)
    moved = view.figures[level].value - view.figures[before].value
    by = moved if change.direction == "up" else -moved
    slack = sum((Decimal(1).scaleb(-view.decimals(i)) for i in figures), Decimal(0)) / 2
    said = f"Từ {view.said(before)} đến {view.said(level)} chênh lệch {show(abs(moved))} điểm phần trăm"
    if abs(by - change.value) <= slack:
        yield Finding("change_percent", "holds", figures, str(abs(moved)), f"{said}, khớp với {view.said(index)}.")
        return
    if view.is_percent(index) and change.direction is not None:  # not points, but a percentage of the percentage
        spans = view.span(level), view.span(before)
        if compare_change(*spans, change.value, view.decimals(index), change.direction) != "differs":
            return
    # "so với" may name another time than the one that it moved from
    sure = before > index or "so với" not in view.after(index)[:40] or is_slip(view.quote(index), abs(moved))
    if sure and view.is_exact(*figures):
        text = f"{said}, nhưng văn bản ghi {view.said(index)}."
        yield Finding("change_percent", "fails", figures, str(abs(moved)), text)


def check_structure(view: View) -> Iterator[Finding]:
    """ "cơ cấu kinh tế: nông nghiệp chiếm 18,4%; công nghiệp 47,5%; dịch vụ 34,1%": the shares make 100 %."""
    for run in _structures(view):
        values = [view.figures[i].value for i in run]
        made, slack = sum(values, Decimal(0)), sum((Decimal(1).scaleb(-view.decimals(i)) for i in run), Decimal(0)) / 2
        addition = " + ".join(f"{view.quote(i)}%" for i in run)
        if abs(made - 100) <= slack:
            text = f"{addition} = {show(made)}%: các tỷ trọng cộng lại đủ 100%."
            yield Finding("share_bound", "holds", tuple(run), "100", text)
        elif view.is_exact(*run) and _one_is_mistyped(view, run, made):
            text = f"Các tỷ trọng của cơ cấu cộng lại là {show(made)}% ({addition}), không phải 100%."
            yield Finding("share_bound", "fails", tuple(run), "100", text)


def _structures(view: View) -> Iterator[list[int]]:
    """Shares in a row behind "cơ cấu", to the end of their sentence."""
    shares = [i for i in range(len(view.figures)) if view.is_percent(i) and view.figures[i].relation == "share"]
    run: list[int] = []
    for index in shares:
        joined = run and index == run[-1] + 1 and view.sentences[index] == view.sentences[run[-1]]
        if joined and _NEXT_SHARE.match(view.between(run[-1], index)):
            run.append(index)
            continue
        if _is_whole_list(view, run):
            yield run
        run = [index] if _STRUCTURE.search(view.before(index, 160)) else []
    if _is_whole_list(view, run):
        yield run


def _is_whole_list(view: View, run: Sequence[int]) -> bool:
    """Long enough, and no other figure of its sentence behind it."""
    if len(run) < _SHARES:
        return False
    behind = run[-1] + 1
    return behind >= len(view.figures) or view.sentences[behind] != view.sentences[run[-1]]


def _one_is_mistyped(view: View, run: Sequence[int], made: Decimal) -> bool:
    """One slip of the pen in one of the shares explains all that is too much or too little."""
    return any(is_slip(view.quote(i), view.figures[i].value - made + 100) for i in run)
