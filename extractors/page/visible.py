"""Which elements a reader sees."""

from __future__ import annotations

import re

from bs4.element import Tag

# fmt: off
_NEVER = frozenset((
    "audio", "button", "canvas", "embed", "iframe", "input", "link", "map", "meta", "noscript", "object", "option",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "xml",
))
# fmt: on
_HIDDEN_CLASSES = frozenset(("hidden", "hide", "d-none", "sr-only", "visually-hidden"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def is_shown(tag: Tag) -> bool:
    """Whether a reader sees the element: no scripts and forms, nothing that is hidden by attribute, class or style."""
    if tag.name in _NEVER:
        return False
    if not tag.attrs:
        return True
    if tag.has_attr("hidden"):
        return False
    style = tag.get("style")
    if style and _HIDDEN_STYLE.search(str(style)):
        return False
    return not _HIDDEN_CLASSES.intersection(tag.get_attribute_list("class"))
