"""Retention rules as people write them: what may go when it is old. What is not named stays for ever."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Furniture = Literal["list", "feed", "sitemap", "robots"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LogRule(_Strict):
    """Rows older than so many months go; the last row of every address and of every capture stays."""

    months: int = Field(ge=1)


class ErrorRule(_Strict):
    """Faults of runs older than so many months go, where another version of the extractor met them."""

    months: int = Field(ge=1)


class CaptureRule(_Strict):
    """Captures go that are neither among the last ``keep_last`` of their address nor younger than ``days``."""

    keep_last: int = Field(default=1, ge=1)
    days: int | None = Field(default=None, ge=1)


class PageRule(_Strict):
    """Pages of a source go after so many days, with all that was read from them and from nothing younger."""

    days: int = Field(ge=1)


class SourceRules(_Strict):
    """Rules for one source."""

    page: PageRule


class Retention(_Strict):
    """The whole file."""

    fetch_log: LogRule | None = None
    run_errors: ErrorRule | None = None
    captures: dict[Furniture, CaptureRule] = Field(default_factory=dict)
    sources: dict[str, SourceRules] = Field(default_factory=dict)
