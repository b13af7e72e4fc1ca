"""Facts of a bulletin: what took place, who, which bodies, which papers are cited, which parts say what. Spans only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.figures import Period

SectionKind = Literal["results", "shortcomings", "tasks"]


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of someone who acts in an office. ``quote`` is name and titles together, ``titles`` as written."""

    start: int
    end: int
    quote: str
    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A mention of a body. ``name`` is the quote with its abbreviations written out and its spelling made one."""

    start: int
    end: int
    quote: str
    name: str


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A paper that is cited. ``kind`` is its name in lower case, ``number`` as written without spaces."""

    start: int
    end: int
    quote: str
    kind: str | None
    number: str
    date: Period | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """What the bulletin reports of. ``chairs`` are indices into ``Facts.people``."""

    start: int
    end: int
    quote: str
    what: str
    date: Period | None
    place: str | None
    chairs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Whole sentences of one kind; ``cue`` are the words that say so."""

    start: int
    end: int
    quote: str
    kind: SectionKind
    cue: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of one text, each list in order of ``start``. ``text[fact.start:fact.end] == fact.quote``."""

    event: Event | None
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    documents: tuple[CitedDocument, ...]
    sections: tuple[Section, ...]
