"""Stretches of text in which no number is a figure: links, phone numbers, footnotes, quoted names."""

from __future__ import annotations

import re
from functools import cache

from extractors.setaside.model import Claim
from extractors.setaside.triggers import words_of
from extractors.text.document import Document

_URL = re.compile(
    r"(?:https?://|www\.)[^\s]+|(?<![\w.-])[\w.-]{1,64}@[\w.-]+|(?<![\w.])\w{1,63}(?:\.\w{1,63}){0,8}?\.(?:vn|com|gov|net|org)(?:/[^\s]*)?"
)
#: without one of these there is no link
_LINK_SIGN = re.compile(r"https?://|www\.|@|\.(?:vn|com|gov|net|org)")
_REST = r"(?:[0-9]{9,10}(?!\d)|[0-9]{1,3}(?:[. \u00a0-][0-9]{2,4}){2,4}(?![\d]))"
#: each begins with a character of its own, which is looked for much faster than a look behind is tried everywhere
_PHONE = re.compile(rf"\+(?<![\d.,/]\+)84{_REST}|0(?<![\d.,/]0){_REST}|1(?<!\d1)[89]00[. ]?[0-9]{{3,6}}(?!\d)")
#: a vehicle's plate, however it is spaced: "17 C -123.45", "15 B 2-2345", "30A-123.45"
_PLATE = re.compile(
    r"(?<![\w.,/])[1-9][0-9][ \u00a0-]{0,3}[A-ZĐ]{1,2}[ \u00a0]?[0-9]?[ \u00a0]?[-–.][ \u00a0]?"
    r"(?:[0-9]{4,5}|[0-9]{3}\.[0-9]{2})(?!\w)"
)
_COUNTER = re.compile(r"(?<![0-9])[0-9]{1,7} ?/ ?[0-9]{1,7} ký tự")
_FOOTNOTE = re.compile(r"\[[0-9]{1,3}\]")
_QUOTE = re.compile(r"[“\"‘«][^“”\"’»\n]{1,90}[”\"’»]")
_HAS_NUMBER = re.compile(r"\d|không|ba |bốn|năm|hai")


def stretches(document: Document) -> list[Claim]:
    """The stretches in text order; a number inside one takes its reason."""
    found: list[Claim] = []
    if _LINK_SIGN.search(document.text):
        found += [Claim(*match.span(), "code") for match in _URL.finditer(document.text)]
    found += [Claim(*match.span(), "phone") for match in _PHONE.finditer(document.text)]
    found += [Claim(*match.span(), "code") for match in _PLATE.finditer(document.text)]
    found += [Claim(*match.span(), "furniture") for match in _COUNTER.finditer(document.lower)]
    found += [Claim(*match.span(), "list_number") for match in _FOOTNOTE.finditer(document.text)]
    for match in _QUOTE.finditer(document.text):
        if _HAS_NUMBER.search(match.group().lower()) and _is_name(document, *match.span()):
            found.append(Claim(*match.span(), "slogan"))
    if "%" in document.text or "/" in document.text:
        found += [Claim(*match.span(), "name") for match in _fixed().finditer(document.lower)]
    return sorted(found, key=lambda claim: claim.start)


@cache
def _fixed() -> re.Pattern[str]:
    rows = sorted(words_of("fixed", "phrases"), key=len, reverse=True)
    return re.compile(rf"(?<![\w/])(?:{'|'.join(map(re.escape, rows))})(?![\w/])")


def _is_name(document: Document, start: int, end: int) -> bool:
    """A quoted string is a name when a naming noun introduces it, or when it is short and no sentence."""
    inner = document.text[start + 1 : end - 1]
    left = document.lower[max(0, start - 40) : start].rstrip(" :")
    if any(left.endswith(noun) for noun in words_of("slogan", "named")):
        return not re.search(r"[.!?…]\s", inner)
    return len(inner) <= 40 and not re.search(r"[.!?;:]", inner)
