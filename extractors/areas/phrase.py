"""The words of a phrase about where: leads taken off, kinds, counts and names told apart."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.areanames import fold, old_placement
from schemas.areas import LEVELS, AreaKind, AreaLevel

_PARTED = re.compile(r"\s*[,;&]\s*|\s+(?:và|cùng)\s+")
_COUNT = re.compile(r"^(?:(\d+)\s*/\s*(\d+)|(\d+))\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of ``words.toml``."""

    kinds: dict[str, tuple[AreaKind, ...]]
    leads: tuple[str, ...]
    whole: tuple[str, ...]
    each: tuple[str, ...]
    levels: dict[str, AreaLevel]
    below: tuple[str, ...]
    above: tuple[str, ...]


@cache
def words() -> Words:
    """The vocabulary, read once; the longest words first."""
    data: dict[str, Any] = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))

    def listed(table: str) -> tuple[str, ...]:
        return tuple(sorted(data[table]["words"], key=len, reverse=True))

    kinds = {word: tuple(data["kinds"][word]) for word in sorted(data["kinds"], key=len, reverse=True)}
    return Words(
        kinds, listed("leads"), listed("whole"), listed("each"), data["levels"], listed("below"), listed("above")
    )


def starts(text: str, options: tuple[str, ...]) -> str | None:
    """The first of the options that the lower-case text begins with as whole words."""
    return next(
        (word for word in options if text.startswith(word) and not (text[len(word) :] or " ")[0].isalnum()), None
    )


def bare(phrase: str) -> str:
    """A phrase in one line and one tone placement, without the words that only lead to the place.

    >>> bare("trên địa bàn  các xã"), bare("Tại phường Lạc Viên"), bare("toàn quận")
    ('các xã', 'phường Lạc Viên', 'toàn quận')
    """
    text = old_placement(phrase).strip(" .,;:()")
    while word := starts(text.lower(), words().leads):
        text = text[len(word) :].strip()
    return text


def take_count(text: str) -> tuple[tuple[int, int | None] | None, str]:
    """A count before a kind, with its whole: "10/12 phường" -> (10, 12).

    >>> take_count("10/12 phường"), take_count("12 phường"), take_count("phường 12")
    (((10, 12), 'phường'), ((12, None), 'phường'), (None, 'phường 12'))
    """
    match = _COUNT.match(text)
    if not match:
        return None, text
    rest = text[match.end() :]
    if match.group(1):
        return (int(match.group(1)), int(match.group(2))), rest
    return (int(match.group(3)), None), rest


def take_kind(text: str) -> tuple[tuple[AreaKind, ...], str]:
    """A kind of areas, and what follows it: "phường Lạc Viên" -> (("phuong",), "Lạc Viên").

    >>> take_kind("TP Hải Phòng")[1], take_kind("Lạc Viên"), take_kind("xã hội")
    ('Hải Phòng', ((), 'Lạc Viên'), ((), 'xã hội'))
    """
    lower = text.lower()
    kinds = {fold(word): word for word in words().kinds} if text.isascii() else {word: word for word in words().kinds}
    word = starts(lower, tuple(kinds))
    if word is None or lower.startswith("xã hội"):
        return (), text
    return words().kinds[kinds[word]], text[len(word) :].strip()


def pieces(text: str) -> list[str]:
    """The members of an enumeration.

    >>> pieces("Lạc Viên, Cầu Tre và Máy Tơ")
    ['Lạc Viên', 'Cầu Tre', 'Máy Tơ']
    """
    return [piece for piece in _PARTED.split(text) if piece]


def level_of(kinds: tuple[AreaKind, ...], near: AreaLevel | None = None) -> AreaLevel | None:
    """The level of a kind; a thành phố is a district where ``near`` says so, else a province."""
    levels = [LEVELS[kind] for kind in kinds]
    return near if near in levels else (levels[0] if levels else None)
