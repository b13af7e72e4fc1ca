"""Canned queries: one .sql file each, its header comment says what it is for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

_FIELD = re.compile(r"--\s*(title|description|chart|param\s+(?P<param>\w+))\s*:\s*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Query:
    """``params`` are name -> Vietnamese meaning, in the order of the header; ``chart`` is a datasette-vega fragment."""

    name: str
    title: str
    description: str
    params: dict[str, str]
    chart: str | None
    sql: str


def parse(name: str, text: str) -> Query:
    """The query in a file's text. A header without title or description is an error that names the file."""
    found: dict[str, str] = {}
    params: dict[str, str] = {}
    lines = text.splitlines()
    for line in lines:
        if not line.startswith("--"):
            break
        match = _FIELD.match(line)
        if match is None:
            raise ValueError(f"{name}.sql: expected -- title|description|chart|param NAME: ..., found {line!r}")
        if match["param"]:
            params[match["param"]] = match["value"]
        else:
            found[match[1]] = match["value"]
    for field in ("title", "description"):
        if field not in found:
            raise ValueError(f"{name}.sql: the header has no -- {field}:")
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip()
    return Query(name, found["title"], found["description"], params, found.get("chart"), sql)


def load() -> list[Query]:
    """Every canned query, by name."""
    folder = files("db.queries")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return [parse(name.removesuffix(".sql"), (folder / name).read_text(encoding="utf-8")) for name in names]
