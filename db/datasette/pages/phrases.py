"""What Datasette says in English and what stands instead: ``datasette.vi.toml`` as a table."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from schemas.tables import everything


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Name of a template (``*`` for all) or of a list of words -> what is written there -> what stands instead."""
    text = files("db.datasette").joinpath("datasette.vi.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def translated(source: str, name: str | None) -> str:
    """A template (or script) of Datasette with its phrases in Vietnamese.

    >>> translated("<p>... and {{ n }}</p>", "unknown.html")
    '<p>... and {{ n }}</p>'
    >>> translated("<h2>Queries</h2>", "default:database.html")
    '<h2>Câu hỏi mẫu</h2>'
    """
    own = (name or "").rpartition(":")[2]
    for part in (own, f"{own} of 1.0", "*"):
        for written, instead in phrases().get(part, {}).items():
            source = source.replace(written, instead)
    return source


def said(word: str) -> str:
    """A single word of Datasette's own, such as the name of a comparison; itself where it is not known.

    >>> said("contains"), said("xyz")
    ('có chứa', 'xyz')
    """
    return phrases()["words"].get(word, word)


def title(table: str) -> str:
    """What a table is called, behind its name.

    >>> title("sources"), title("unknown")
    (' · Nguồn tin', '')
    """
    described = everything().get(table)
    return f" · {described.title}" if described else ""
