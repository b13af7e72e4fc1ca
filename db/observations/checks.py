"""What observations of several bulletins say against each other. An accusation must be right, so little is accused:

only results (no estimates, no plans), only indicators of the catalogue that a figure's own words named, never parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from statistics import median
from typing import Any

from sqlite_utils import Database

from db.identity import make_id
from db.observations.store import as_json
from db.observations.wording import amount, until
from db.store.rows import insert
from schemas.figures import plain

#: an indicator that only the context suggested is too unsure to accuse anybody
SURE = 0.7
#: how far from its usual size a value must lie to have lost or gained a "nghìn", "triệu" or "tỷ"
_SLIP = 100
#: how far the value that was meant may lie from it
_LIKE = 4

_SQL = """
SELECT o.id, o.series_id, o.ref_area, o.scope, o.freq, o.time_period, o.period_start, o.period_end, o.obs_value_text,
  o.unit_measure, o.conflicting, o.document_id, o.valid_from, i.nature, i.name, b.title, o.superseded_by, o.score
FROM observations_history o JOIN indicators i ON i.code = o.indicator JOIN bulletins b ON b.id = o.bulletin_id
WHERE o.indicator = ? AND (o.ref_area = ? OR o.ref_area LIKE ? || '.%')
  AND o.obs_status = 'A' AND o.detail = '' AND o.era <> 'across' AND i.generated = 0
ORDER BY o.period_end, o.valid_from, o.id
"""


@dataclass(frozen=True, slots=True)
class _Seen:
    id: str
    series: str
    area: str
    scope: str
    freq: str
    period: str
    start: date
    end: date
    value: Decimal
    unit: str
    conflicting: int
    document: str
    known: str
    nature: str
    name: str
    title: str
    score: float

    def said(self) -> str:
        """The value with its unit and the bulletin that states it."""
        return f"bản tin “{self.title}” ghi {amount(self.value, self.unit)}"


@dataclass(frozen=True, slots=True)
class _Found:
    check: str
    verdict: str
    doubted: _Seen
    against: tuple[_Seen, ...]
    expected: Decimal | None
    message: str


def root_of(area: str) -> str:
    """The area below which observations are compared: the district of a ward.

    >>> root_of("99.quan-hai-linh.lach-sen"), root_of("99.quan-hai-linh")
    ('99.quan-hai-linh', '99.quan-hai-linh')
    """
    return ".".join(area.split(".")[:2])


def check_series(db: Database, pairs: Iterable[tuple[str, str]]) -> None:
    """Make the findings of these (indicator, area) pairs anew, each with all areas of its district."""
    for indicator, root in sorted({(indicator, root_of(area)) for indicator, area in pairs}):
        db.conn.execute(
            "DELETE FROM series_findings WHERE indicator = ? AND (ref_area = ? OR ref_area LIKE ? || '.%')",
            (indicator, root, root),
        )
        if indicator.startswith("x."):
            continue
        seen = _read(db, indicator, root)
        found = list(_magnitudes(seen))
        slipped = {one.doubted.id for one in found}
        sound = [one for one in seen if one.id not in slipped and one.score >= SURE]
        found += [*_repeats(sound), *_falls(sound), *_totals(sound, root)]
        insert(db, "series_findings", (_row(indicator, one) for one in found))


def _read(db: Database, indicator: str, root: str) -> list[_Seen]:
    """The last word of every bulletin on every fact."""
    rows = db.conn.execute(_SQL, (indicator, root, root)).fetchall()
    documents = {row[0]: row[11] for row in rows}
    made = []
    for row in rows:
        if row[16] is not None and documents.get(row[16]) == row[11]:
            continue  # the bulletin itself was revised
        first, last = date.fromisoformat(row[6]), date.fromisoformat(row[7])
        fields: tuple[Any, ...] = (*row[:6], first, last, Decimal(row[8]), *row[9:16], row[17])
        made.append(_Seen(*fields))
    return made


def _row(indicator: str, found: _Found) -> dict[str, object]:
    against = as_json(one.id for one in found.against)
    return {
        "id": make_id("series finding", found.check, found.doubted.id, against),
        "check_name": found.check,
        "verdict": found.verdict,
        "message": found.message,
        "expected": plain(found.expected) or "",
        "indicator": indicator,
        "ref_area": found.doubted.area,
        "time_period": found.doubted.period,
        "observation": found.doubted.id,
        "against": against,
    }


def _magnitudes(seen: list[_Seen]) -> Iterator[_Found]:
    """Values a hundred times off what periods of the same length have."""
    groups: defaultdict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for one in seen:
        if one.nature != "rate" and one.value > 0:
            groups[one.series, one.freq].append(one)
    for group in groups.values():
        for one in group:
            others = [other for other in group if other.period != one.period]
            if len({other.period for other in others}) < 2:
                continue
            usual = Decimal(median(other.value for other in others))
            if one.value * _SLIP > usual and one.value < usual * _SLIP:
                continue
            sums = _difference(seen, one)
            expected = sums[0] if sums else one.value * 1000 if one.value < usual else one.value / 1000
            if max(expected, usual) > _LIKE * min(expected, usual):
                continue  # no slip: a thousand times more would be as odd
            against = sums[1] if sums else tuple(others[-2:])
            yield _Found(
                "magnitude",
                "suspicious",
                one,
                against,
                expected,
                f"{one.name} {until(one.start, one.end)}: {one.said()}, lệch hẳn mức thường thấy của các kỳ khác "
                f"(khoảng {amount(usual, one.unit)}); có lẽ là {amount(expected, one.unit)}.",
            )


def _difference(seen: list[_Seen], one: _Seen) -> tuple[Decimal, tuple[_Seen, ...]] | None:
    """What two sums since the start of the year leave for the period between them."""
    year = date(one.start.year, 1, 1)
    sums = [other for other in seen if other.series == one.series and other.start == year and other.id != one.id]
    whole = next((other for other in sums if other.end == one.end), None)
    before = next((other for other in sums if other.end == one.start - timedelta(days=1)), None)
    if whole is None or before is None or whole.value <= before.value:
        return None
    return whole.value - before.value, (whole, before)


def _repeats(seen: list[_Seen]) -> Iterator[_Found]:
    """One fact, two bulletins, two values."""
    facts: defaultdict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for one in seen:
        if not one.conflicting:
            facts[one.series, one.period].append(one)
    for told in facts.values():
        for first, second in combinations(told, 2):
            if first.document == second.document or _rounded(first.value, second.value):
                continue
            doubted, right = (first, second) if _fits_total(seen, second) else (second, first)
            fits = "; số sau khớp với tổng của cấp trên" if _fits_total(seen, right) else ""
            yield _Found(
                "repeat",
                "suspicious",
                doubted,
                (right,),
                right.value,
                f"{doubted.name} {until(doubted.start, doubted.end)}: {doubted.said()}, {right.said()}{fits}.",
            )


def _fits_total(seen: list[_Seen], one: _Seen) -> bool:
    """Whether the places of the same bulletin, this one among them, add up to a total that it states."""
    parent = one.area.rpartition(".")[0]
    places = [
        other
        for other in seen
        if other.document == one.document
        and other.period == one.period
        and other.area.rpartition(".")[0] == parent
        and not other.scope
    ]
    total = sum(other.value for other in places)
    return len(places) > 2 and any(
        other.area == parent and other.period == one.period and other.value == total for other in seen
    )


def _falls(seen: list[_Seen]) -> Iterator[_Found]:
    """Sums since the start of a year, and stocks that only grow, that become smaller."""
    runs: defaultdict[tuple[str, int], list[_Seen]] = defaultdict(list)
    for one in seen:
        if one.nature == "rising":
            runs[one.series, 0].append(one)
        elif one.nature == "flow" and (one.start.month, one.start.day) == (1, 1):
            runs[one.series, one.start.year].append(one)
    for run in runs.values():
        ordered = sorted(run, key=lambda one: (one.end, one.known))
        for index, one in enumerate(ordered):
            higher = [other for other in ordered[:index] if other.end < one.end and _below(one.value, other.value)]
            if not higher:
                continue
            top = max(higher, key=lambda other: other.value)
            if one.value * 2 < top.value:
                continue  # so much less is another thing, or read as another one
            lower_after = [other for other in ordered if other.end > top.end and other.value < top.value]
            if len({other.period for other in lower_after}) > 1:
                continue  # several fall below it: it is that one which is in doubt, or what is counted changed
            yield _Found(
                "cumulative",
                "suspicious",
                one,
                (top,),
                top.value,
                f"{one.name} là số lũy kế nên không thể giảm: {top.said()} {until(top.start, top.end)}, "
                f"{one.said()} {until(one.start, one.end)}.",
            )


def _totals(seen: list[_Seen], root: str) -> Iterator[_Found]:
    """Places that add up to what a bulletin states for all of them, where every place is known."""
    known = {one.area for one in seen if one.area.rpartition(".")[0] == root and not one.scope}
    if len(known) < 3:
        return
    for total in seen:
        if total.area != root or total.scope not in ("", "cấp phường"):
            continue
        own = {
            one.area: one
            for one in seen
            if one.document == total.document and one.period == total.period and one.area in known and not one.scope
        }
        if set(own) != known:
            continue
        places = tuple(own[area] for area in sorted(own))
        added = sum((one.value for one in places), Decimal(0))
        if added == total.value:
            verdict, tail = "holds", "khớp"
        elif not total.scope and added < total.value:
            continue  # the district may have its own part
        else:
            verdict, tail = "fails", "không khớp"
        yield _Found(
            "area_total",
            verdict,
            total,
            places,
            added,
            f"{total.name} {until(total.start, total.end)}: {total.said()} cho cả {len(places)} địa bàn, "
            f"cộng từng địa bàn được {amount(added, total.unit)}, {tail}.",
        )


def _below(value: Decimal, other: Decimal) -> bool:
    return value < other and not _rounded(value, other)


def _rounded(first: Decimal, second: Decimal) -> bool:
    """Whether one is the other with fewer digits.

    >>> _rounded(Decimal("944000000000"), Decimal("943800000000")), _rounded(Decimal(20), Decimal(19))
    (True, False)
    """
    coarse, fine = sorted(
        (first.normalize(), second.normalize()), key=lambda one: one.as_tuple().exponent, reverse=True
    )
    exponent = coarse.as_tuple().exponent
    if not isinstance(exponent, int) or (exponent > 0 and coarse < 1000):
        return first == second  # a small whole number ends in zeros by chance
    return abs(coarse - fine) <= Decimal(1).scaleb(exponent) / 2
