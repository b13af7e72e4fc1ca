"""What observations of several bulletins say against each other. An accusation must be right, so little is accused:

only results (no estimates, no plans), only indicators of the catalogue that a figure's own words named, never parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, combinations
from statistics import median

from sqlite_utils import Database

from db.identity import make_id
from db.observations.seen import Places, Seen, below, read_seen, root_of
from db.observations.store import Fact, as_json
from db.observations.wording import amount, until
from db.store.rows import insert
from schemas.figures import plain

#: an indicator that only the context suggested is too unsure to accuse anybody
SURE = 0.7
#: how far from its usual size a value must lie to have lost or gained a "nghìn", "triệu" or "tỷ"
_SLIP = 100
#: how far the value that was meant may lie from it
_LIKE = 4
#: a level that keeps within _CALM times its smallest value for _ENOUGH periods, and leaves it by _FAR for one, is odd
_CALM, _FAR, _ENOUGH = Decimal("1.5"), 3, 4

_FORGET = f"DELETE FROM series_findings WHERE indicator = :indicator AND {below('ref_area')}"


@dataclass(frozen=True, slots=True)
class _Found:
    check: str
    verdict: str
    doubted: Seen
    against: tuple[Seen, ...]
    expected: Decimal | None
    message: str


def put_down(db: Database, facts: Iterable[Fact]) -> None:
    """Note that these facts are to be compared; ``check_series`` does it once for all that are noted by then."""
    db.conn.executemany(
        "INSERT INTO series_due (indicator, root) VALUES (?, ?) ON CONFLICT DO NOTHING",
        sorted({(indicator, root_of(area)) for indicator, area, *_ in facts}),
    )


def check_series(db: Database) -> None:
    """Make the findings of what was put down anew, each indicator with all areas of its district."""
    for indicator, root in db.conn.execute("SELECT indicator, root FROM series_due ORDER BY 1, 2").fetchall():
        db.conn.execute(_FORGET, {"indicator": indicator, "root": root})
        if indicator.startswith("x."):
            continue
        seen = read_seen(db, indicator, root)
        found = list(_magnitudes(seen))
        slipped = {one.doubted.id for one in found}
        sound = [one for one in seen if one.id not in slipped and one.score >= SURE]
        found += [*_outliers(sound), *_repeats(sound), *_falls(sound), *_totals(sound, root)]
        insert(db, "series_findings", (_row(indicator, one) for one in found))
    db.conn.execute("DELETE FROM series_due")


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


def _magnitudes(seen: list[Seen]) -> Iterator[_Found]:
    """Values a hundred times off what periods of the same length have."""
    groups: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for one in seen:
        if one.nature != "rate" and one.value > 0:
            groups[one.series, one.freq].append(one)
    for group in groups.values():
        low, high = _usual_between(group)
        for one in group:
            if one.value * _SLIP > high and one.value < low * _SLIP:
                continue
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


def _outliers(seen: list[Seen]) -> Iterator[_Found]:
    """Levels that leave for one period where they were before and are again afterwards.

    What happens within a period (a flow) may well be three times as much for once; a level or a rate hardly.
    """
    groups: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        if one.nature != "flow" and one.value > 0:
            groups[one.series].append(one)
    for group in groups.values():
        middle = Decimal(median(one.value for one in group))
        far = [one for one in group if one.value >= middle * _FAR or one.value * _FAR <= middle]
        if len({one.period for one in far}) != 1:
            continue
        for one in far:
            others = [other for other in group if other.period != one.period]
            values = [other.value for other in others]
            if len({other.period for other in others}) < _ENOUGH or max(values) > min(values) * _CALM:
                continue
            if min(values) < one.value * _FAR and one.value < max(values) * _FAR:
                continue
            before = max((other for other in others if other.end < one.end), key=lambda o: o.end, default=None)
            after = min((other for other in others if other.end > one.end), key=lambda o: o.end, default=None)
            if before is None or after is None:
                continue  # it may have become another level for good
            yield _Found(
                "magnitude",
                "suspicious",
                one,
                (before, after),
                Decimal(median(values)),
                f"{one.name} {until(one.start, one.end)}: {one.said()}, lệch hẳn kỳ trước và kỳ sau "
                f"({amount(before.value, one.unit)} {until(before.start, before.end)}, "
                f"{amount(after.value, one.unit)} {until(after.start, after.end)}).",
            )


def _usual_between(group: list[Seen]) -> tuple[Decimal, Decimal]:
    """Between which values the median of a group lies, whichever one of its periods is left out."""
    ordered = sorted(one.value for one in group)
    most = max(Counter(one.period for one in group).values())
    middle = len(ordered) - 1
    return ordered[max((middle - most) // 2, 0)], ordered[min((middle + most + 1) // 2, middle)]


def _difference(seen: list[Seen], one: Seen) -> tuple[Decimal, tuple[Seen, ...]] | None:
    """What two sums since the start of the year leave for the period between them."""
    year = date(one.start.year, 1, 1)
    sums = [other for other in seen if other.series == one.series and other.start == year and other.id != one.id]
    whole = next((other for other in sums if other.end == one.end), None)
    before = next((other for other in sums if other.end == one.start - timedelta(days=1)), None)
    if whole is None or before is None or whole.value <= before.value:
        return None
    return whole.value - before.value, (whole, before)


def _repeats(seen: list[Seen]) -> Iterator[_Found]:
    """One fact, two bulletins, two values."""
    facts: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
    for one in seen:
        if not one.conflicting:
            facts[one.series, one.period].append(one)
    places = Places(seen)
    for told in facts.values():
        if len({one.value for one in told}) == 1:
            continue
        for first, second in combinations(told, 2):
            if first.document == second.document or _rounded(first.value, second.value):
                continue
            doubted, right = (first, second) if places.fit_total(second) else (second, first)
            fits = "; số sau khớp với tổng của cấp trên" if places.fit_total(right) else ""
            yield _Found(
                "repeat",
                "suspicious",
                doubted,
                (right,),
                right.value,
                f"{doubted.name} {until(doubted.start, doubted.end)}: {doubted.said()}, {right.said()}{fits}.",
            )


def _falls(seen: list[Seen]) -> Iterator[_Found]:
    """Sums since the start of a year, and stocks that only grow, that become smaller."""
    runs: defaultdict[tuple[str, int], list[Seen]] = defaultdict(list)
    for one in seen:
        if one.nature == "rising":
            runs[one.series, 0].append(one)
        elif one.nature == "flow" and (one.start.month, one.start.day) == (1, 1):
            runs[one.series, one.start.year].append(one)
    for run in runs.values():
        ordered = sorted(run, key=lambda one: (one.end, one.known))
        highest = list(accumulate((one.value for one in ordered), max))
        for index, one in enumerate(ordered):
            if highest[index] == one.value:
                continue
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


def _totals(seen: list[Seen], root: str) -> Iterator[_Found]:
    """Places that add up to what a bulletin states for all of them, where every place is known."""
    known = {one.area for one in seen if one.area.rpartition(".")[0] == root and not one.scope}
    if len(known) < 3:
        return
    places_of = Places(seen)
    for total in seen:
        if total.area != root or total.scope not in ("", "cấp phường"):
            continue
        own = {one.area: one for one in places_of.below(total.document, total.period, root)}
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
