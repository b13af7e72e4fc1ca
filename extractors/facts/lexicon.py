"""The words of ``lexicon.toml`` as phrases that are looked up token by token."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

DATA: dict[str, Any] = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))


class Phrases:
    """A set of phrases, each some words in lower case; asks how many tokens the longest one at a place has."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True):
            self._by_first.setdefault(words[0], []).append(words)

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with."""
        return frozenset(self._by_first)

    def at(self, words: Sequence[str], i: int) -> int:
        """How many words the longest phrase that begins at ``i`` has; 0 where none does."""
        if i >= len(words):
            return 0
        for phrase in self._by_first.get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                return len(phrase)
        return 0


def phrases(table: str, *keys: str) -> Phrases:
    """The phrases of one or several lists of a table of the lexicon."""
    return Phrases(phrase for key in keys for phrase in DATA[table][key])
