"""What a source is judged by, and the judgement. Days are those of the portals' clocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from schemas.incidents import Kind, Severity

#: "unknown" neither opens an incident nor closes one: a quiet night, a sample too small
State = Literal["ill", "well", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One run at one source. ``down``: not one list answered; ``ways`` lists, feeds and sitemaps were to be read."""

    day: date
    down: bool = False
    ways: int = 1
    list_faults: int = 0
    listed: int = 0
    fetched: int = 0
    failed: int = 0
    #: what was said of what went wrong, a few
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One archived page. ``fault`` is the selector (or the stage) that failed; the rest says what was read."""

    url: str
    fault: str | None = None
    #: characters of text
    length: int = 0
    figures: int = 0
    numerals: int = 0
    unexplained: int = 0
    garbled: bool = False
    #: its text stands at several other addresses of the source too
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A source as it is known on the day ``today``; sequences go from old to new, the last visit is today's."""

    source: str
    name: str
    today: date
    #: the last day on which the portal's description holds
    valid_to: date | None = None
    visits: tuple[Visit, ...] = ()
    #: the day of each bulletin, as printed
    published: tuple[date, ...] = ()
    #: the first visit, and the last day that brought an address that was not known before (after the first visit)
    watched_since: date | None = None
    last_new: date | None = None
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is to be said of one kind of trouble at one source; texts only where it is ill."""

    kind: Kind
    state: State
    severity: Severity = "warning"
    message: str = ""
    advice: str = ""
    evidence: dict[str, Any] = field(default_factory=dict)
