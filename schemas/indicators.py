"""The catalogue of indicators: what bulletins report again and again, described in ``schemas/data/indicators.toml``."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Nature = Literal["flow", "stock", "rising", "rate"]
Level = Literal["any", "ward", "not ward"]

NATURES: tuple[str, ...] = get_args(Nature)
LEVELS: tuple[str, ...] = get_args(Level)

_PHRASES = ("aliases", "whole", "near", "units")


class IndicatorError(ValueError):
    """The catalogue says something that it cannot mean."""


@dataclass(frozen=True, slots=True)
class DefinitionBreak:
    """From ``at`` on the indicator counts by another definition; ``vi`` says which."""

    at: date
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One entry; what each field means stands at the head of the data file."""

    code: str
    name: str
    en: str
    unit: str
    nature: Nature
    topic: str
    aliases: tuple[str, ...]
    whole: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    level: Level = "any"
    by_unit: bool = False
    denominator: str | None = None
    official_code: str | None = None
    breaks: tuple[DefinitionBreak, ...] = ()


@cache
def catalogue() -> dict[str, Indicator]:
    """The indicators by code, in the order of the file."""
    return parse(_text())


@cache
def catalogue_version() -> str:
    """A hash of the file: series made with another one are to be made anew."""
    return hashlib.sha256(_text().encode()).hexdigest()[:12]


def parse(text: str) -> dict[str, Indicator]:
    """The indicators in a file's text; raises IndicatorError that names the entry and what was expected."""
    made = {code: _indicator(code, dict(entry)) for code, entry in tomllib.loads(text).items()}
    for indicator in made.values():
        if indicator.denominator is not None and indicator.denominator not in made:
            raise IndicatorError(
                f"indicator {indicator.code}: denominator {indicator.denominator!r} is no indicator of the file"
            )
    return made


def _text() -> str:
    return (files("schemas.data") / "indicators.toml").read_text(encoding="utf-8")


def _indicator(code: str, entry: dict[str, Any]) -> Indicator:
    if entry.get("nature") not in NATURES:
        raise IndicatorError(f"indicator {code}: expected nature to be one of {NATURES}, found {entry.get('nature')!r}")
    if entry.get("level", "any") not in LEVELS:
        raise IndicatorError(f"indicator {code}: expected level to be one of {LEVELS}, found {entry['level']!r}")
    for key in _PHRASES:
        entry[key] = tuple(entry.get(key, ()))
    entry["barred"] = tuple(entry.pop("not", ()))
    entry["breaks"] = tuple(_break(code, row) for row in entry.get("breaks", ()))
    if entry["whole"] and not entry["near"]:
        raise IndicatorError(f"indicator {code}: 'whole' needs 'near', the words that must stand close by")
    try:
        return Indicator(code=code, **entry)
    except TypeError as error:
        raise IndicatorError(f"indicator {code}: {error}") from None


def _break(code: str, row: Any) -> DefinitionBreak:
    at = row.get("at") if isinstance(row, dict) else None
    if not isinstance(at, date) or set(row) != {"at", "vi"} or not str(row["vi"]).strip():
        raise IndicatorError(
            f'indicator {code}: expected breaks = [{{ at = 2022-01-01, vi = "what changed" }}], found {row!r}'
        )
    return DefinitionBreak(at, row["vi"])
