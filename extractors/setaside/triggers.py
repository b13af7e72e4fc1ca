"""The words of ``triggers.toml``, made ready to be looked up backwards from a number."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractors.text.document import lower_same_length
from schemas.ledger import Reason

REASONS: tuple[Reason, ...] = ("furniture", "phone", "code", "document", "ordinal", "name", "address")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words before a number; ``firm`` holds even where a counted noun follows."""

    words: str
    reason: Reason
    firm: bool


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("triggers.toml").read_text(encoding="utf-8"))


@cache
def _table() -> dict[str, list[Trigger]]:
    """Last syllable -> triggers that end in it, longest first."""
    data = _data()
    table: dict[str, dict[str, Trigger]] = {}
    for reason in reversed(REASONS):
        firm = {lower_same_length(w.strip()) for w in data[reason]["firm"].split(",")}
        for entry in data[reason]["words"].split(","):
            words = " ".join(lower_same_length(entry).split())
            if words:
                row = table.setdefault(words.split()[-1], {})
                row[words] = Trigger(words, reason, words in firm)
    return {last: sorted(rows.values(), key=lambda t: -len(t.words)) for last, rows in table.items()}


def trigger_before(lower: str, start: int) -> Trigger | None:
    """The longest trigger that ends right before ``start`` (spaces between), None where there is none."""
    stop = start
    while stop and lower[stop - 1] in " \u00a0":
        stop -= 1
    if stop == 0 or lower[stop - 1] == "\n":
        return None
    left = " ".join(lower[max(0, stop - 48) : stop].split("\n")[-1].split())
    if not left:
        return None
    last = left.split()[-1].lstrip("(“\"'‘[*-–")
    for trigger in _table().get(last, ()):
        if left.endswith(trigger.words):
            before = left[: -len(trigger.words)]
            if not before or not (before[-1].isalnum() and trigger.words[0].isalnum()):
                return trigger
    return None


@cache
def words_of(table: str, row: str) -> frozenset[str]:
    """A list of words of ``triggers.toml``."""
    return frozenset(lower_same_length(word.strip()) for word in _data()[table][row].split(","))


@cache
def pattern_of(table: str, row: str) -> re.Pattern[str]:
    """A pattern that finds any of a list's words at the end of a string, before a space."""
    rows = sorted(words_of(table, row), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, rows))}|\\d)[ \u00a0]+$")
