"""The time that a bulletin as a whole reports on: what its undated paragraphs are about.

A bulletin that opens with a meeting "đánh giá kết quả quý I" tells of that quarter in the paragraphs below, whose
sentences name no time ("Công tác dân vận: đăng ký 31 mô hình ..."). It holds for what was done and counted; not for how
many wards there are, not for durations, not for plans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.mention import Mention
from extractors.periods.model import TimeExpression
from extractors.text.document import Document
from schemas.figures import Period

#: where the opening of a bulletin ends, in characters
_OPENING = 900
_REPORTS_ON = re.compile(r"(?<!\w)(?:đánh giá|kết quả|tình hình|sơ kết|tổng kết|báo cáo|kiểm điểm)(?!\w)[^.;]{0,80}$")
#: "tổng kết 10 năm thực hiện Chỉ thị số 6 (2013 - 2023)": the years that were gone through
_YEARS_OF = re.compile(
    r"(?<!\w)(?:sơ kết|tổng kết|đánh giá|nhìn lại)[ \u00a0]+\w+[ \u00a0]năm(?!\w)"
    r"[^.;]{0,200}\([ \u00a0]*(?:giai đoạn[ \u00a0]+)?$"
)
#: a year named so near before holds for days without one
_BESIDE = 20
#: how many of these there are is no result of a quarter
_STANDING = frozenset(
    "phường|xã|quận|huyện|tỉnh|thành phố|thị trấn|thị xã|thôn|bản|ấp|tổ dân phố|khu dân cư|khu phố|đơn vị".split("|")
)


def report_period(document: Document, times: Sequence[TimeExpression]) -> tuple[Period, str, int] | None:
    """The period that the opening says the bulletin reports on, its words and where they end; None for none."""
    year = int(document.published[:4]) if document.published and document.published[:4].isdigit() else None
    before: TimeExpression | None = None
    for time in times:
        named, before = before, time
        if time.start > _OPENING:
            return None
        if time.when.grain == "years" and _YEARS_OF.search(document.lower, max(0, time.start - 260), time.start):
            period = time.when.period()
            return (period, document.text[time.start : time.end], time.end) if period else None
        if time.when.grain not in ("days", "month", "months", "quarter", "year") or time.rule == "year_alone":
            continue  # "Báo cáo Lao động 2020": the name of a report
        if named and named.when.year and time.start - named.end < _BESIDE:
            year = named.when.year  # "tình hình Tết Giáp Thìn 2024 (từ ngày 8/2 đến ngày 14/2)"
        if not _REPORTS_ON.search(document.lower, max(0, time.start - 90), time.start):
            continue
        period = time.when.in_year(year).period()
        return (period, document.text[time.start : time.end], time.end) if period else None
    return None


def assign_report_period(document: Document, mentions: Sequence[Mention], times: Sequence[TimeExpression]) -> None:
    """Give it to the figures behind the opening that have no period of their own; links and status must be set."""
    found = report_period(document, times)
    if found is None:
        return
    period, words, start = found
    for mention in mentions:
        if mention.period is not None or mention.start < start or mention.status == "planned":
            continue
        if mention.kind == "duration" or (mention.kind == "count" and mention.unit in _STANDING):
            continue
        if mention.relation == "change" and mention.about is None:
            continue  # a change of nothing that was counted: an aim as often as a result
        mention.period = period
        mention.evidence["period"] = f"{words} (what the bulletin reports on)"
