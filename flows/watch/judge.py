"""What is wrong with a source, from its history alone: pure, the same history gives the same judgement.

Nothing here counts how long a trouble lasts: an incident says since when, so that a night that changes nothing
changes no row.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Any

from flows.watch.model import Document, History, Judgement, Visit
from flows.watch.shares import RECENT, shift
from flows.watch.silence import habit, surprise
from schemas.incidents import Kind, Severity

#: nights with the same trouble that make an incident of it, and one that loses data
_NIGHTS, _MANY_NIGHTS = 2, 5
#: a text shorter than this is no bulletin
EMPTY = 80
#: unexplained numerals: so many at least, and more than this share of all
_FEW_NUMERALS, _MUCH_UNEXPLAINED = 3, 0.25
#: a bulletin with less than a quarter of the usual figures, where the past is long and rich enough to say what is usual
_MANY_DOCUMENTS, _RICH, _POOR = 20, 4, 4
_SHOWN = 5


def judge(history: History) -> list[Judgement]:
    """One judgement for each kind of trouble, in the order of ``schemas.incidents.KINDS``."""
    read = [document for document in history.documents if document.fault is None]
    return [
        _down(history),
        _lists(history),
        _empty(history),
        _silent(history),
        _pages(history),
        _layout(history),
        _share(history, "bodies", read, lambda document: document.length < EMPTY),
        _share(history, "rubbish", read, lambda document: document.garbled or document.repeated),
        _figures(history, read),
        _share(history, "unexplained", read, _much_unexplained),
    ]


def usual_figures(documents: Sequence[Document]) -> float | None:
    """The median of figures in a bulletin, the last few left out; None where there are too few to tell."""
    past = [document.figures for document in documents if document.fault is None][:-RECENT]
    return float(median(past)) if len(past) >= _MANY_DOCUMENTS else None


# what the visits say


def _down(history: History) -> Judgement:
    return _nights(history, "down", lambda visit: visit.down, lambda visit: not visit.down)


def _lists(history: History) -> Judgement:
    last = history.visits[-1]
    return _nights(
        history,
        "lists",
        lambda visit: not visit.down and visit.list_faults > 0,
        lambda visit: not visit.down and not visit.list_faults,
        severity="error" if last.list_faults >= last.ways else None,
        faults=last.list_faults,
        ways=last.ways,
    )


def _empty(history: History) -> Judgement:
    return _nights(
        history,
        "empty",
        lambda visit: not visit.down and not visit.list_faults and not visit.listed,
        lambda visit: visit.listed > 0,
        severity="error",
    )


def _pages(history: History) -> Judgement:
    return _nights(
        history,
        "pages",
        lambda visit: visit.failed >= 3 and visit.failed >= visit.fetched,
        lambda visit: visit.fetched > 0 and visit.failed * 4 <= visit.fetched,
    )


def _nights(
    history: History,
    kind: Kind,
    ill: Callable[[Visit], bool],
    well: Callable[[Visit], bool],
    *,
    severity: Severity | None = None,
    **words: Any,
) -> Judgement:
    """Ill when the last visits were, on two days at least; one night alone is a portal that was being mended."""
    if not history.visits or well(history.visits[-1]):
        return Judgement(kind=kind, state="well" if history.visits else "unknown")
    since, nights = None, set()
    for visit in reversed(history.visits):
        if not ill(visit):
            break
        since = visit.day
        nights.add(visit.day)
    if since is None or len(nights) < _NIGHTS:
        return Judgement(kind=kind, state="unknown")
    reasons = history.visits[-1].reasons
    return _said(
        history,
        kind,
        severity or ("error" if len(nights) >= _MANY_NIGHTS else "warning"),
        {"since": since.isoformat(), "reasons": list(reasons), **words},
        since=_day(since),
        reason=_in_words(reasons[0] if reasons else ""),
        **words,
    )


def _silent(history: History) -> Judgement:
    if history.valid_to and history.valid_to < history.today:
        return Judgement(kind="silent", state="well")  # nobody expects news of it any more
    usual = habit(day for day in history.published if day <= history.today)
    if usual is None or history.watched_since is None or not history.visits or history.visits[-1].down:
        return Judgement(kind="silent", state="unknown")
    published = max(day for day in history.published if day <= history.today)
    news = max(published, history.last_new or published)
    # what was quiet before anybody looked says nothing: portals are also read long after their end
    last = max(news, history.watched_since - timedelta(1))
    away = {visit.day - timedelta(days) for visit in history.visits if visit.down for days in (0, 1)}
    weight = surprise(usual, last, history.today, away)
    if weight < usual.limit:
        return Judgement(kind="silent", state="well" if 2 * weight < usual.limit else "unknown")
    return _said(
        history,
        "silent",
        "error" if weight >= 2 * usual.limit else "warning",
        {"last": news.isoformat(), "days_with_news_a_week": round(usual.a_week, 1), "longest_pause": usual.pause_days},
        last=_day(news),
        a_week=_number(usual.a_week),
        pause=usual.pause_days,
    )


# what the documents say


def _layout(history: History) -> Judgement:
    documents = history.documents
    found = shift([document.fault is not None for document in documents], absolute=True)
    if found.state != "ill":
        return Judgement(kind="layout", state=found.state)
    bad = [document for document in documents[-found.of :] if document.fault is not None]
    selectors = Counter(str(document.fault) for document in bad)
    return _said(
        history,
        "layout",
        "error",
        {"failed": found.bad, "of": found.of, "selectors": dict(sorted(selectors.items())), "pages": _urls(bad)},
        bad=found.bad,
        of=found.of,
        selectors=", ".join(f"{name}: {count}" for name, count in sorted(selectors.items())),
    )


def _share(
    history: History,
    kind: Kind,
    documents: Sequence[Document],
    is_bad: Callable[[Document], bool],
    **words: Any,
) -> Judgement:
    found = shift([is_bad(document) for document in documents])
    if found.state != "ill":
        return Judgement(kind=kind, state=found.state)
    bad = [document for document in documents[-found.of :] if is_bad(document)]
    return _said(
        history,
        kind,
        "warning",
        {"bad": found.bad, "of": found.of, "usual_share": round(found.usual, 3), "pages": _urls(bad), **words},
        bad=found.bad,
        of=found.of,
        usual=f"{_number(100 * found.usual)}%",
        **{name: _number(value) for name, value in words.items()},
    )


def _figures(history: History, read: Sequence[Document]) -> Judgement:
    usual = usual_figures(history.documents)
    if usual is None or usual < _RICH:
        return Judgement(kind="figures", state="unknown" if usual is None else "well")
    return _share(history, "figures", read, lambda document: document.figures * _POOR < usual, median=usual)


def _much_unexplained(document: Document) -> bool:
    return document.unexplained >= _FEW_NUMERALS and document.unexplained > document.numerals * _MUCH_UNEXPLAINED


# words


def _said(history: History, kind: Kind, severity: Severity, evidence: dict[str, Any], **words: Any) -> Judgement:
    texts, given = _wording()[kind], {"source": history.source, "name": history.name, **words}
    return Judgement(
        kind=kind,
        state="ill",
        severity=severity,
        message=texts["message"].format_map(given),
        advice=texts["advice"].format_map(given),
        evidence=evidence,
    )


def _in_words(reason: str) -> str:
    """A fault in Vietnamese."""
    for entry in _wording()["reasons"]:
        found = re.search(entry["said"], reason)
        if found:
            return str(entry["vi"]).format(*(group for group in found.groups() if group))
    raise AssertionError("the last entry of wording.toml fits everything")


def _urls(documents: Sequence[Document]) -> list[str]:
    return [document.url for document in documents[-_SHOWN:]]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _number(value: float) -> str:
    """A number as Vietnamese prints it, with one place where it has one."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


@cache
def _wording() -> dict[str, Any]:
    return tomllib.loads((files("flows.watch") / "wording.toml").read_text(encoding="utf-8"))
