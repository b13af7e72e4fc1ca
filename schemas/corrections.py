"""Corrections: what a person says against a figure, and what came of matching it against the figure of today."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from schemas.figures import Approx, Basis, Direction, Figure, Kind, Period, Relation, Status

#: applied: the figure is as expected and is corrected; every other state needs a person
State = Literal["applied", "mended", "changed", "gone", "ambiguous", "no_bulletin", "conflict"]
STATES: tuple[str, ...] = get_args(State)


def _decimal(value: Any) -> Any:
    """Numbers as text or as TOML numbers, never in Vietnamese spelling, which is ambiguous ("1.072")."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return value
    text = str(value).strip()
    if not text.lstrip("-").replace(".", "", 1).isdecimal() or not text.isascii():
        raise ValueError('a number in digits with a decimal point, like "92.3" or 1500')
    return Decimal(text)


def _period(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    first, _, last = value.partition("/")
    try:
        return Period(Date.fromisoformat(first), Date.fromisoformat(last))
    except ValueError:
        raise ValueError('two days, both included, like "2023-01-01/2023-09-30"') from None


def _absent(value: Any) -> Any:
    """TOML has no null: an empty text says that the figure has no such thing."""
    return None if isinstance(value, str) and not value.strip() else value


def _composed(value: Any) -> Any:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


Number = Annotated[Decimal, BeforeValidator(_decimal)]
Text = Annotated[str, BeforeValidator(_composed), Field(min_length=1)]
_Absent = BeforeValidator(_absent)
_MODEL = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, arbitrary_types_allowed=True)


class Says(BaseModel):
    """Fields of a figure, those given only; ``""`` says that the figure has none."""

    model_config = _MODEL

    value: Number = Decimal(0)
    denominator: Annotated[Number | None, _Absent] = None
    value_max: Annotated[Number | None, _Absent] = None
    unit: Annotated[Text | None, _Absent] = None
    kind: Kind = "count"
    relation: Relation = "level"
    basis: Annotated[Basis | None, _Absent] = None
    direction: Annotated[Direction | None, _Absent] = None
    status: Status = "actual"
    approx: Approx = "exact"
    subject: Annotated[Text | None, _Absent] = None
    scope: Annotated[Text | None, _Absent] = None
    period: Annotated[Annotated[Period, BeforeValidator(_period)] | None, _Absent] = None

    @property
    def given(self) -> dict[str, Any]:
        """Field name to value, in the order of the model, for the fields that the file names."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


class Correction(BaseModel):
    """One ``[[correction]]`` of the file.

    The figure is named by ``mention`` (its id), or by ``url`` or ``bulletin`` (an id) with ``quote`` (the number as
    written) and ``context`` (words of the text with that number in them). ``expect`` is what the figure says today;
    ``set`` is what it should say, or ``drop`` takes it out.
    """

    model_config = _MODEL

    mention: Annotated[str, Field(pattern=r"^[0-9a-f]{20}$")] | None = None
    url: Text | None = None
    bulletin: Text | None = None
    quote: Text | None = None
    context: Text | None = None
    expect: Says
    set: Says | None = None
    drop: bool = False
    reason: Text
    author: Text
    date: Date

    @model_validator(mode="after")
    def _whole(self) -> Correction:
        problem = self._problem()
        if problem:
            raise ValueError(problem)
        return self

    def _problem(self) -> str | None:
        if self.mention is None:
            if (self.url is None) == (self.bulletin is None):
                return 'fields "url", "bulletin": expected one of them (or "mention" alone)'
            if self.quote is None or self.context is None:
                return 'fields "quote", "context": expected both (or "mention" alone)'
            times = self.context.count(self.quote)
            if times != 1:
                return f'field "context": found {self.quote!r} in it {times} times, expected once'
        elif self.url or self.bulletin or self.quote or self.context:
            return 'field "mention": found url, bulletin, quote or context beside it, expected it alone'
        if not self.expect.given:
            return 'field "expect": found nothing in it, expected what the figure says today, like { value = "300" }'
        if self.drop:
            return 'fields "drop", "set": found both, expected one of them' if self.set else None
        if self.set is None or not self.set.given:
            return 'fields "drop", "set": found neither, expected drop = true or set = { value = "301" }'
        unsaid = [name for name in self.set.given if name not in self.expect.given]
        if unsaid:
            return f'field "expect": found no "{unsaid[0]}", expected what it says today, since "set" changes it'
        same = [name for name, value in self.set.given.items() if self.expect.given[name] == value]
        return f'field "set.{same[0]}": found the value of "expect", expected another' if same else None

    @property
    def place(self) -> str:
        """How messages name the target: the mention, or quote and bulletin."""
        return self.mention or f"{self.quote!r} of {self.url or self.bulletin}"


@dataclass(frozen=True, slots=True)
class Current:
    """A bulletin as it is published today: its text, and its figures by mention id."""

    text: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a correction: the mention found, its figure as corrected (None where dropped or not applied)."""

    correction: Correction
    state: State
    #: one line for the command line (English) and for the database (Vietnamese)
    message: str
    message_vi: str
    mention: str | None = None
    original: Figure | None = None
    corrected: Figure | None = None

    @property
    def fails(self) -> bool:
        """Whether a person has to look at the entry."""
        return self.state != "applied"
