"""Showing what was extracted: JSON lines, a table for a terminal, one page with every numeral marked.

A format is a class with ``open``, ``add`` (one document) and ``close``; it writes as documents come and keeps none.
"""

from __future__ import annotations

from typing import Protocol, TextIO

from flows.show.result import Result

__all__ = ["FORMATS", "Result", "Writer", "writer"]

FORMATS = ("jsonl", "table", "html")


class Writer(Protocol):
    """A format."""

    def open(self) -> None:
        """Write what stands before the first document."""

    def add(self, result: Result) -> None:
        """Write one document."""

    def close(self) -> None:
        """Write what stands after the last document."""


def writer(form: str, out: TextIO) -> Writer:
    """The writer of a format; only that one is imported."""
    if form == "jsonl":
        from flows.show.lines import JsonLines

        return JsonLines(out)
    if form == "table":
        from flows.show.table import Tables

        return Tables(out)
    from flows.show.page import Page

    return Page(out)
