"""The words of ``words.toml`` as compiled patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from extractors.text.document import lower_same_length


@cache
def data() -> dict[str, Any]:
    """The parsed word lists."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def entries(words: str) -> list[str]:
    """The rows of a comma-separated list, longest first."""
    rows = {" ".join(lower_same_length(word).split()) for word in words.split(",")}
    return sorted(rows - {""}, key=lambda row: (-len(row), row))


def alternation(words: str) -> str:
    """A pattern that matches any row of a list, the longest first; spaces match any run of spaces."""
    return "|".join(re.escape(row).replace(r"\ ", r"[ \u00a0]+") for row in entries(words))
