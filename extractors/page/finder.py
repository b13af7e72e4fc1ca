"""Looking for elements by selectors: only among those that have the class, id or name that the selector ends in.

Asking every element is what beautifulsoup4 does, and a page is asked for eight things; an index answers it once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import soupsieve
from bs4.element import Tag

_OPENING, _CLOSING, _QUOTES = "([", ")]", "\"'"
_COMBINATOR = re.compile(r"[\s>+~]+")
_IDENTIFIER = r"-?[A-Za-z_][A-Za-z0-9_-]*(?![A-Za-z0-9_-]|[^\x00-\x7f])"
_MARKED = re.compile(rf"[.#]{_IDENTIFIER}")
_NAMED = re.compile(_IDENTIFIER)
#: what brackets hold, for the eye that looks only at what stands outside
_HIDDEN = "\0"


class Alternative(NamedTuple):
    """A part between a selector's commas; ``ending`` is the ".class", "#id" or "name" that its elements have."""

    selector: str
    ending: str


class Finder:
    """The elements of a soup, or of a part of one, by class, id and name, in its order."""

    def __init__(self, soup: Tag) -> None:
        self._soup = soup
        self._order: dict[int, int] = {}
        self._by: defaultdict[str, list[Tag]] = defaultdict(list)
        for tag in soup.descendants:
            if isinstance(tag, Tag):
                self._order[id(tag)] = len(self._order)
                self._by[tag.name].append(tag)
                for name in set(tag.get_attribute_list("class")):
                    self._by[f".{name}"].append(tag)
                self._by[f"#{tag.get('id')}"].append(tag)

    def find(self, selector: str, within: Tag | None = None) -> list[Tag]:
        """What ``select`` of the soup, or of the element ``within`` it, gives; the tree must be as it was."""
        parts = None if "template" in self._by else alternatives(selector)
        if parts is None:  # what a template holds is for soupsieve to say
            return list((within or self._soup).select(selector))
        found: dict[int, Tag] = {}
        for part, ending in parts:
            for tag in self._by.get(ending, ()):
                if id(tag) not in found and _is_below(tag, within) and tag.css.match(part):
                    found[id(tag)] = tag
        return sorted(found.values(), key=lambda tag: self._order[id(tag)])


def _is_below(tag: Tag, within: Tag | None) -> bool:
    return within is None or any(parent is within for parent in tag.parents)


@cache
def alternatives(selector: str) -> tuple[Alternative, ...] | None:
    """The parts of a selector, or None where one ends in nothing to look up, or speaks of where the search began.

    >>> [part.ending for part in alternatives("h1.Title, div[class^=x] > p:not(.a, .b), #main")]
    ['.Title', 'p', '#main']
    >>> alternatives("[id], p"), alternatives(":scope > a")
    (None, None)
    """
    soupsieve.compile(selector)  # what is no selector is said as it always was
    if any(sign in selector for sign in ("\\", "/*", ":scope", "|", _HIDDEN)):
        return None
    parts, outside, depth, quote = [""], [""], 0, ""
    for char in selector:
        if char == "," and not depth and not quote:
            parts.append("")
            outside.append("")
            continue
        parts[-1] += char
        if quote:
            quote = "" if char == quote else quote
        elif char in _QUOTES:
            quote = char
        elif char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth -= 1
        outside[-1] += _HIDDEN if depth or quote or char in _CLOSING + _QUOTES else char
    made = []
    for part, seen in zip(parts, outside, strict=True):
        last = _COMBINATOR.split(seen.strip())[-1].partition(":")[0]
        ending = _MARKED.search(last) or _NAMED.match(last)
        if ending is None:
            return None
        made.append(Alternative(part.strip(), ending[0] if ending[0][0] in ".#" else ending[0].lower()))
    return tuple(made)
