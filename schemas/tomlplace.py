"""Where in a TOML file stands what is wrong: the parsers that know what is expected say the field, not the line."""

from __future__ import annotations

import re
from pathlib import Path

_PARSER = re.compile(r"\(at line (\d+), column \d+\)")
_ENDS = "(at end of document)"
#: how our messages name what they are about, the likeliest first
_NAMED = (re.compile(r'fields? "([^"]+)"'), re.compile(r'^"([^"]+)":'))
_ENTRY = re.compile(r"\bcorrection (\d+)\b")
_QUOTED = re.compile(r"'([^']+)'")


def line_of(text: str, said: str) -> int | None:
    """The line that a message is about, None where it cannot be found.

    >>> line_of('name = "x"\\n[selectors]\\nbody = "<"', 'field "selectors.body": found "<"')
    3
    >>> line_of("url = ", "found no TOML (Invalid value (at end of document))"), line_of("", "nothing")
    (1, None)
    """
    lines = text.splitlines()
    if found := _PARSER.search(said):
        return int(found[1])
    if _ENDS in said:
        return max(len(lines), 1)
    if found := _ENTRY.search(said):
        heads = [number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*correction\s*\]\]", line)]
        return heads[int(found[1]) - 1] if int(found[1]) <= len(heads) else None
    for pattern in _NAMED:
        if found := pattern.search(said):
            return _line_of_field(lines, found[1].split("."))
    wanted = [found for found in _QUOTED.findall(said) if found]
    return next((number for word in wanted for number, line in enumerate(lines, 1) if word in line), None)


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
