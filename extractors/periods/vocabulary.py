"""The words of time in ``vocabulary.toml``, made into patterns."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))

#: No letter or digit before, none behind.
LEFT = r"(?<![0-9a-zà-ỹđ])"
RIGHT = r"(?![0-9a-zà-ỹđ])"


def words(table: str) -> list[str]:
    """The words of one table of the vocabulary."""
    return list(_DATA[table]["words"])


def alternation(items: list[str]) -> str:
    """A group that matches any of ``items``, the longest first; a space matches any run of white space in a line."""
    ordered = sorted(items, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(item).replace(r"\ ", r"[^\S\n]{1,4}") for item in ordered) + ")"


def pattern(table: str) -> re.Pattern[str]:
    """Matches any word of a table, whole."""
    return re.compile(LEFT + alternation(words(table)) + RIGHT)


def before(table: str, then: str = "") -> re.Pattern[str]:
    """Matches at the end of a left context whose last words are in ``table`` (and match ``then`` after them)."""
    return re.compile(rf"(?:{LEFT}|(?<=\d)){alternation(words(table))}[^\S\n]*{then}$")


def after(table: str) -> re.Pattern[str]:
    """Matches at the start of a right context whose first words are in ``table``."""
    return re.compile(rf"[^\S\n]*{alternation(words(table))}{RIGHT}")


SMALL: dict[str, int] = _DATA["numbers"]
MONTH_NAMES: dict[str, int] = {**SMALL, **_DATA["months"]}
ROMAN: dict[str, int] = _DATA["roman"]

DATE_LEAD = before("date_lead")
DURATION_LEAD = before("duration_lead")
WHEN_LEAD = before("when_lead")
YEAR_LEAD = before("year_lead")
AFTER_DATE = after("after_date")
YEAR_VERB = after("year_verbs")
DURATION_TAIL = after("duration_tail")


def number(word: str) -> int | None:
    """The number that digits, a number word or a Roman numeral stand for.

    >>> number("09"), number("mười hai"), number("iv"), number("xe")
    (9, 12, 4, None)
    """
    if word.isdecimal():
        return int(word)
    word = " ".join(word.split())
    return MONTH_NAMES.get(word) or ROMAN.get(word) or _tens(word)


_DIGIT = {"mốt": 1, "lăm": 5, "nhăm": 5, **{word: value for word, value in SMALL.items() if value < 10}}


def _tens(word: str) -> int | None:
    """``hai mươi lăm`` -> 25, ``mười lăm`` -> 15; None for what is no such number."""
    parts = word.split()
    if parts[:1] == ["mười"] and len(parts) == 2 and parts[1] in _DIGIT:
        return 10 + _DIGIT[parts[1]]
    if len(parts) in (2, 3) and parts[1] == "mươi" and parts[0] in _DIGIT and (len(parts) == 2 or parts[2] in _DIGIT):
        return 10 * _DIGIT[parts[0]] + (_DIGIT[parts[2]] if len(parts) == 3 else 0)
    return None
