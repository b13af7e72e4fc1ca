"""Where in a TOML file stands what is wrong: the parsers that know what is expected say the field, not the line."""

from __future__ import annotations

import re
from pathlib import Path

_PARSER = re.compile(r"\(at line (\d+), column \d+\)")
_ENDS = "(at end of document)"
#: how our messages name what they are about, the likeliest first
_NAMED = (re.compile(r'fields? "([^"]+)"'), re.compile(r'^"([^"]+)":'))
#: the entry of a list of tables that a message begins with, and what its tables are called
_ENTRY = re.compile(r"(correction|area|successor) (\d+)\b")
_TABLES = {"correction": "correction", "area": "areas", "successor": "successors"}


def line_of(text: str, said: str) -> int | None:
    """The line that a message is about: the parser's, or that of the entry and field it names. None where it names
    none or the file lacks it: a line of the same words is no place.

    >>> line_of('name = "x"\\n[selectors]\\nbody = "<"', 'field "selectors.body": found "<"')
    3
    >>> line_of('[[areas]]\\nname = "x"\\n[[areas]]\\nname = 1', 'area 2, field "name": found 1')
    4
    >>> line_of("url = ", "found no TOML (Invalid value (at end of document))"), line_of("", "nothing")
    (1, None)
    """
    lines = text.splitlines()
    if found := _PARSER.search(said):
        return int(found[1])
    if _ENDS in said:
        return max(len(lines), 1)
    named = next((found[1].split(".") for pattern in _NAMED if (found := pattern.search(said))), None)
    if found := _ENTRY.match(said):
        return _line_in_entry(lines, _TABLES[found[1]], int(found[2]), named or [])
    return _line_of_field(lines, named) if named else None


def _line_in_entry(lines: list[str], table: str, number: int, path: list[str]) -> int | None:
    """The line of a field in the entry of that number, of the entry's head where it lacks the field."""
    heads = [at for at, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{table}\s*\]\]", line)]
    if number > len(heads):
        return None
    head = heads[number - 1]
    end = next((at for at, line in enumerate(lines) if at > head and re.match(r"\s*\[\[", line)), len(lines))
    inside = _line_of_field(lines[head + 1 : end], path)
    return head + 1 + (inside or 0)


def _line_of_field(lines: list[str], path: list[str]) -> int | None:
    """The line of the innermost part of a field's path that is there, looked for behind the outer ones."""
    at, found = 0, None
    for name in path:
        key = re.compile(rf"\s*(\[+\s*([\w.-]+\.)?)?\"?{re.escape(name)}\"?\s*(=|\]|\.)")
        place = next((number for number, line in enumerate(lines[at:], at) if key.match(line)), None)
        if place is None:
            break
        at, found = place, place + 1
    return found


def place(path: Path, text: str, said: str) -> str:
    """The file, and the line where it is known: ``/srv/areas.toml, line 3``."""
    line = line_of(text, said)
    return f"{path}, line {line}" if line else str(path)
