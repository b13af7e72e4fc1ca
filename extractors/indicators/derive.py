"""From the figures of one bulletin to what it says of indicators: the statements that observations are made of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from extractors.indicators.assign import assign
from extractors.indicators.cells import Cell, table_cells
from extractors.indicators.model import Assignment, Question
from extractors.indicators.places import Place, elsewhere, place_of_figure, ward_level
from extractors.indicators.reports import Report, Reported
from extractors.indicators.upto import counted_until
from extractors.indicators.words import slug, words
from schemas.indicators import Indicator, catalogue
from schemas.observations import ObsStatus, Said

#: how far above a table the words stand that say what it is about
_ABOVE = 1500

_PLAN_BRACKET = re.compile(r"(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu)[^,;.()]{0,25}\(\s*$")
_EARLIER_BRACKET = re.compile(r"(?:cùng kỳ|năm trước|kỳ trước|năm 20\d\d|tháng trước|quý trước)[^,;.()]{0,25}\(\s*$")


@dataclass(slots=True)
class _Read:
    """What was decided of one figure."""

    figure: Reported
    place: Place
    assignment: Assignment
    detail: str = ""
    breakdown: str = ""


def derive(report: Report) -> list[Said]:
    """What a bulletin states: its levels and shares with a period, its plans, and the cells of its tables."""
    figures = {(figure.start, figure.end): figure for figure in report.figures}
    cells = {
        span: _corrected(cell, figures.get(span))
        for cell in table_cells(report.text)
        if (span := (cell.start, cell.end)) not in report.dropped
    }
    outside = [figure for figure in report.figures if (figure.start, figure.end) not in cells]
    reads = {figure.start: _read(report, figure) for figure in outside}
    said: list[Said] = []
    for figure in outside:
        read = reads[figure.start]
        if figure.part_of is not None:
            _as_part(read, reads.get(report.figures[figure.part_of].start))
        said += _said(report, read)
    for index, planned in report.implied:
        read_of = reads.get(report.figures[index].start)
        if read_of is not None:
            said += [_planned(made, planned) for made in _said(report, read_of)[:1] if made.status in ("A", "E")]
    said += _of_cells(report, list(cells.values()), said, figures)
    return sorted(said, key=lambda made: (made.start, made.end, made.indicator, made.status))


def _corrected(cell: Cell, figure: Reported | None) -> Cell:
    """A cell as a person corrected its figure."""
    if figure is None or not figure.corrected:
        return cell
    changed = figure.corrected
    return replace(
        cell,
        value=figure.value if "value" in changed else cell.value,
        unit=figure.unit if "unit" in changed else cell.unit,
        subject=figure.subject or "" if "subject" in changed else cell.subject,
        row=figure.scope or "" if "scope" in changed else cell.row,
    )


def _read(report: Report, figure: Reported) -> _Read:
    before = report.text[figure.sentence_start : figure.start]
    parent = report.figures[figure.part_of].subject if figure.part_of is not None else None
    place = place_of_figure(figure.scope, report.area, report.published, report.resolve)
    if not place.scope and place.area == report.area:
        other = elsewhere(before, report.area) or elsewhere(report.title, report.area)
        place = replace(place, scope=other) if other else place
    subject = words(figure.subject or "")
    ward = place.ward or ("cap", "phuong") in pairwise(subject) or _run_by_wards(subject)
    question = Question(
        subject=figure.subject,
        unit=figure.unit,
        kind=figure.kind,
        relation=figure.relation,
        before=before,
        parent=parent or "",
        topic=report.title,
        ward=ward,
    )
    read = _Read(figure, place, assign(question))
    made = catalogue().get(read.assignment.code)
    if made is not None and made.level == "ward" and not place.scope and not ward_level(place.area):
        read.place = Place(place.area, "cấp phường", True)
    return read


def _run_by_wards(subject: tuple[str, ...]) -> bool:
    return "phuong" in subject and ("quan" in subject and "ly" in subject)


def _as_part(read: _Read, whole: _Read | None) -> None:
    """A part that has no indicator of its own is a part of its total's."""
    if whole is None or whole.assignment.generated:
        return
    same = read.assignment.code == whole.assignment.code
    apart = (read.place.area, read.place.scope) != (whole.place.area, whole.place.scope)
    if same and (apart or read.figure.period != whole.figure.period):
        return
    if (read.assignment.generated or same) and words(read.figure.unit or "") == words(whole.figure.unit or ""):
        code, score = whole.assignment.code, min(whole.assignment.score, 0.7)
        read.assignment = Assignment(code, score, "là thành phần của số tổng")
        read.breakdown = read.figure.subject or ""
        # parts that no words tell apart keep their place in the text as a name
        read.detail = slug(read.breakdown) if not same and read.breakdown else f"o-{read.figure.start}"


def _said(report: Report, read: _Read) -> list[Said]:
    figure = read.figure
    if figure.relation not in ("level", "share") or figure.period is None or figure.kind in ("rank", "duration"):
        return []
    before = report.text[figure.sentence_start : figure.start].lower()
    if _EARLIER_BRACKET.search(before) and "period" not in figure.corrected:
        return []
    bracketed = "status" not in figure.corrected and bool(_PLAN_BRACKET.search(before))
    planned = figure.status == "planned" or bracketed
    made = catalogue().get(read.assignment.code)
    if figure.status == "ongoing" and made is not None and made.nature in ("flow", "rising"):
        read.detail, read.breakdown = read.detail or "dang-thuc-hien", read.breakdown or "đang thực hiện"
    start, end = _period(made, figure.period)
    if start == end and made is not None and made.nature == "flow" and "period" not in figure.corrected:
        spans = [other.period for other in report.figures if other.period]
        start = counted_until(report.text, figure.start, figure.sentence_start, end, spans)
    status: ObsStatus = "A"
    if planned or _ahead(figure.period, report.published):
        status = "F"
    elif figure.approx != "exact" or end > report.published or " ước " in before[-30:]:
        status = "E"
    one = _one(read, made, start, end, figure.value, status)
    if figure.kind == "ratio" and figure.denominator is not None and made is not None and made.denominator:
        of = catalogue()[made.denominator]
        whole = Assignment(of.code, read.assignment.score, f"mẫu số của {made.code}")
        other = _Read(figure, read.place, whole, read.detail, read.breakdown)
        return [one, _one(other, of, start, end, figure.denominator, status)]
    return [one]


def _ahead(period: tuple[date, date], published: date) -> bool:
    """Whether a period had not begun; a near day is one that the numbers were reckoned up to ("đến 30/6, ước")."""
    return period[0] > published + (timedelta(days=15) if period[0] == period[1] else timedelta())


def _period(made: Indicator | None, period: tuple[date, date]) -> tuple[date, date]:
    """What stands at a day is said of the last day of the period."""
    return (period[1], period[1]) if made is not None and made.nature in ("stock", "rising") else period


def _one(read: _Read, made: Indicator | None, start: date, end: date, value: Decimal, status: ObsStatus) -> Said:
    figure = read.figure
    return Said(
        indicator=read.assignment.code,
        score=read.assignment.score,
        reason=read.assignment.reason,
        ref_area=read.place.area,
        scope=read.place.scope,
        detail=read.detail,
        breakdown=read.breakdown,
        period_start=start,
        period_end=end,
        value=value,
        unit=_unit(made, figure.unit),
        status=status,
        start=figure.start,
        end=figure.end,
        quote=figure.quote,
        figure=figure.id,
        corrected=bool(figure.corrected),
    )


def _unit(made: Indicator | None, written: str | None) -> str:
    """The unit of the series: another word for the catalogue's unit is that unit, another unit stays itself."""
    if made is None or not written:
        return made.unit if made is not None else (written or "")
    if made.nature == "rate" or made.unit in ("đồng", "usd"):
        return written.lower()
    return made.unit


def _planned(said: Said, planned: Decimal) -> Said:
    return replace(said, reason="kế hoạch suy ra từ số đạt được và tỷ lệ", value=planned, status="I")


def _of_cells(
    report: Report, cells: list[Cell], said: list[Said], figures: dict[tuple[int, int], Reported]
) -> list[Said]:
    """Cells of tables whose rows are places, in the period that the text gives the same indicator."""
    spans = Counter((made.period_start, made.period_end) for made in said if not made.plan)
    if not spans:
        return []
    usual = max(spans, key=lambda span: (spans[span], (span[1] - span[0]).days, span[1]))
    made_of_cells = []
    for cell in cells:
        if not cell.places:
            continue
        place = place_of_figure(cell.row, report.area, report.published, report.resolve)
        if cell.total:
            place = Place(report.area, "" if cell.row.lower().startswith("toàn") else "cấp phường", True)
        elif place.area == report.area:
            continue  # a row that names no place below
        unit = cell.unit
        # what a table is about was said in the text above it
        above = report.text[max(cell.start - _ABOVE, 0) : cell.start]
        question = Question(subject=cell.subject, unit=unit, topic=report.title, before=above, ward=True)
        # a head may be a unit itself: "Mô hình", "Hộ nghèo"
        assignment = assign(replace(question, unit=unit or cell.subject))
        if assignment.generated:
            assignment = assign(question)
        known = catalogue().get(assignment.code)
        same = Counter(
            (one.period_start, one.period_end) for one in said if one.indicator == assignment.code and not one.plan
        )
        span = max(same, key=lambda found: (same[found], found)) if same else _period(known, usual)
        figure = figures.get((cell.start, cell.end))
        if figure is not None and figure.period and "period" in figure.corrected:
            span = _period(known, figure.period)
        made_of_cells.append(
            Said(
                indicator=assignment.code,
                score=assignment.score,
                reason=f"cột “{cell.subject}”: {assignment.reason}",
                ref_area=place.area,
                scope=place.scope,
                detail="",
                breakdown="",
                period_start=span[0],
                period_end=span[1],
                value=cell.value,
                unit=_unit(known, unit),
                status="A" if span[1] <= report.published else "E",
                start=cell.start,
                end=cell.end,
                quote=cell.quote,
                figure=figure.id if figure is not None else None,
                corrected=figure is not None and bool(figure.corrected),
            )
        )
    return made_of_cells
