"""A portal's TOML file to a ``Source``; what is wrong in it is said by field, found and expected."""

from __future__ import annotations

import tomllib
from typing import Any

from pydantic import ValidationError

from extractors.sites import SourceError, family
from extractors.sites.model import SELECTORS
from schemas.sources import Source

#: pydantic's error types in the words of the file; the others keep pydantic's sentence
_EXPECTED = {
    "missing": "a value",
    "extra_forbidden": "no such field (known: {fields})",
    "string_type": "text in quotes",
    "string_pattern_mismatch": "lower case letters, digits, - and _ (it is the file's name)",
    "url_parsing": "an address like https://ngoquyen.example/",
    "url_scheme": "an address that begins with https:// or http://",
    "greater_than_equal": "a number of at least {ge}",
    "float_type": "a number",
    "float_parsing": "a number",
    "list_type": "a list in brackets",
    "dict_type": "a table of names and texts",
    "date_from_datetime_parsing": 'a day like "2019-01-01", or "" for an open end',
    "date_parsing": 'a day like "2019-01-01", or "" for an open end',
    "date_type": 'a day like "2019-01-01", or "" for an open end',
    "too_long": 'two days, ["2019-01-01", "2025-06-30"]',
    "tuple_type": 'two days, ["2019-01-01", "2025-06-30"]',
}


def parse(code: str, toml_text: str) -> Source:
    """The portal of ``<code>.toml``."""
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f'{code}.toml: found no TOML ({error}), expected lines like  family = "nukeviet4"') from error
    if "code" in data:
        raise SourceError(
            f'{code}.toml: field "code": found {data["code"]!r}, expected no such field: it is the file\'s name'
        )
    try:
        source = Source.model_validate({"code": code, **data})
    except ValidationError as error:
        lines = [_line(problem) for problem in error.errors()]
        raise SourceError(f"{code}.toml: " + "\n  ".join(lines)) from error
    problem = _check(source)
    if problem:
        raise SourceError(f"{code}.toml: {problem}")
    return source


def _line(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    found = "nothing" if problem["type"] == "missing" else repr(problem["input"])
    template = _EXPECTED.get(problem["type"])
    known = ", ".join(field for field in Source.model_fields if field != "code")
    expected = template.format(fields=known, **problem.get("ctx", {})) if template else problem["msg"]
    return f'field "{name}": found {found[:80]}, expected {expected}'


def _check(source: Source) -> str | None:
    """What the types alone do not say."""
    try:
        family(source.family)
    except SourceError as error:
        return str(error)
    first, last = source.valid
    if first and last and last < first:
        return f'field "valid": found an end {last} before the start {first}, expected the first and the last day'
    if not (source.lists or source.feeds or source.sitemaps):
        return 'fields "lists", "feeds", "sitemaps": found none, expected at least one way to find articles'
    return next((line for line in (_selector(name, css) for name, css in source.selectors.items()) if line), None)


def _selector(name: str, css: str) -> str | None:
    import soupsieve

    if name not in SELECTORS:
        return f'field "selectors.{name}": found {css!r}, expected one of the names {", ".join(SELECTORS)}'
    least, _ = SELECTORS[name]
    if not css.strip():
        return f'field "selectors.{name}": found nothing, expected a CSS selector' if least else None
    try:
        soupsieve.compile(css)
    except (soupsieve.SelectorSyntaxError, ValueError) as error:
        return f'field "selectors.{name}": found {css!r}, expected a CSS selector ({str(error).splitlines()[0]})'
    return None
