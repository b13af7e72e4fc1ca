"""The word lists of ``lexicon.toml``, made ready for looking up phrases in a row of words."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.text.document import lower_same_length


class Phrases:
    """A set of phrases of one or several words, found by their longest form."""

    def __init__(self, listing: str) -> None:
        self.all = {" ".join(lower_same_length(entry).split()) for entry in listing.split("|") if entry.strip()}
        self._longest = max(entry.count(" ") + 1 for entry in self.all)
        self._first = {entry.split()[0] for entry in self.all}
        self._last = {entry.split()[-1] for entry in self.all}

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.all

    def at(self, words: Sequence[str], start: int, stop: int) -> int:
        """How many words from ``start`` (before ``stop``) the longest phrase there has; 0 when none begins there."""
        if start >= stop or words[start] not in self._first:
            return 0
        for size in range(min(self._longest, stop - start), 0, -1):
            if " ".join(words[start : start + size]) in self.all:
                return size
        return 0

    def ending(self, words: Sequence[str], start: int, stop: int) -> int:
        """How many words before ``stop`` (not before ``start``) the longest phrase that ends there has, or 0."""
        if start >= stop or words[stop - 1] not in self._last:
            return 0
        for size in range(min(self._longest, stop - start), 0, -1):
            if " ".join(words[stop - size : stop]) in self.all:
                return size
        return 0


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))


@cache
def _lists() -> dict[str, Phrases]:
    return {name: Phrases(listing) for name, listing in _raw().items() if isinstance(listing, str)}


def unit_head(unit: str) -> str:
    """The statistical head that a unit of measure implies ("ha": "diện tích"), or an empty string."""
    return str(_raw()["unit_head"].get(unit.lower(), ""))


def phrases(name: str) -> Phrases:
    """The list of that name in ``lexicon.toml``."""
    return _lists()[name]
