"""The word lists in ``words.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row, by kind, with its sentence."""
    text = (files("extractors.arithmetic") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def divisions() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """What together is everything: one pattern a part."""
    return tuple(tuple(_word(words) for words in row["of"]) for row in rows()["division"])


@cache
def properties() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What one thing may be beside others, and whether it may be so in several ways."""
    return tuple((_word(row["words"]), row.get("several", False)) for row in rows()["property"])


@cache
def outcomes() -> tuple[re.Pattern[str], ...]:
    """What may become of each thing, once."""
    return tuple(re.compile(rf"(?:hàng )?(?:có )?(?:chỉ số )?(?:giá )?(?:{row['words']})") for row in rows()["outcome"])


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b")
