"""Figures marked in a sentence: ``⟦5|planned⟧ cầu`` is the figure 5, planned, with the unit behind it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from extractors.mention import Mention
from extractors.text.document import Document

_MARK = re.compile(r"⟦([^⟧|]+)((?:\|[a-z]+)*)⟧(\s*(?:%|[^\W\d]+(?: [^\W\d]+)?))?")
_WORDS: dict[str, dict[str, Any]] = {
    "planned": {"status": "planned"},
    "change": {"relation": "change"},
    "relative": {"relation": "relative"},
    "share": {"relation": "share"},
}
#: units of one syllable in the sentences of these tests; any other is taken with two
_SHORT = {
    "cầu",
    "hộ",
    "xã",
    "phường",
    "tấn",
    "vụ",
    "ha",
    "người",
    "%",
    "tỷ",
    "lớp",
    "cuộc",
    "con",
    "thôn",
    "cây",
    "hội",
    "lần",
}


def marked(text: str, title: str | None = None, published: str | None = None) -> tuple[Document, list[Mention]]:
    """The text without its marks as a Document, and the marked figures as mentions."""
    plain, mentions, at = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[at : match.start()]
        start = len(plain)
        plain += match[1]
        behind = match[3] or ""
        first = behind.split()[:1]
        unit = " ".join(first if first and first[0] in _SHORT else behind.split())
        fields: dict[str, Any] = {}
        for word in match[2].split("|")[1:]:
            fields |= _WORDS[word]
        unit_start = start + len(match[1]) + len(behind) - len(behind.lstrip())
        mention = Mention(start, start + len(match[1]), "count", Decimal(1), "test", **fields)
        mention.unit, mention.unit_start, mention.unit_end = unit or None, unit_start, unit_start + len(unit)
        mentions.append(mention)
        at = match.end(2) + 1
    return Document(plain + text[at:], title, published), mentions
