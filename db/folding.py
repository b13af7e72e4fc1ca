"""Folded text: what "đối thoại", "doi thoai" and "ĐỐI THOẠI" have in common; and a user's words as an FTS5 query."""

from __future__ import annotations

import re
import unicodedata

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"[^\W_]+")


def _plain_letters() -> dict[int, str]:
    """Latin letters with marks to those without; marks that stand alone (NFD) to nothing."""
    table = dict.fromkeys(range(0x300, 0x370), "")
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letters = unicodedata.normalize("NFD", chr(code))
        if len(letters) > 1:
            table[code] = "".join(char for char in letters if not unicodedata.combining(char))
    return table | {ord("đ"): "d"}


_PLAIN = _plain_letters()


def fold(text: str | None) -> str:
    """Lower case, without marks, đ as d.

    >>> fold("ĐỐI THOẠI với Nhân dân")
    'doi thoai voi nhan dan'
    """
    return text.lower().translate(_PLAIN) if text else ""


def match_expression(query: str | None) -> str:
    """An FTS5 expression over the column ``folded`` for what a person typed; it never is a syntax error.

    Words must all occur, "words in quotes" must stand together, ``word*`` also finds what begins so.
    A query without a word becomes the empty phrase, which finds nothing.

    >>> match_expression('Đối thoại "mô hình" giám*')
    'folded : ("doi" "thoai" "mo hinh" "giam" *)'
    >>> match_expression('AND ( " -')
    'folded : ("and")'
    """
    terms = []
    for phrase, bare in _TERM.findall(query or ""):
        words = _WORD.findall(fold(phrase or bare))
        if words:
            prefix = " *" if bare.endswith("*") else ""
            terms.append('"' + " ".join(words) + '"' + prefix)
    return f"folded : ({' '.join(terms)})" if terms else '""'
