"""The lists of ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def phrases(name: str) -> frozenset[str]:
    """The phrases of the list ``name``."""
    listing: str = _table()[name]
    return frozenset(" ".join(phrase.split()) for phrase in listing.split("|"))


def any_of(name: str) -> str:
    """A pattern for any phrase of the list ``name``, the longest first, as whole words."""
    longest_first = sorted(phrases(name), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"


def syllables(name: str) -> frozenset[str]:
    """The syllables of a list that blanks part."""
    listing: str = _table()[name]
    return frozenset(listing.split())


def other_word() -> dict[str, list[str]]:
    """First syllable -> second syllables with which it is another word."""
    table: dict[str, list[str]] = _table()["other_word"]
    return table
