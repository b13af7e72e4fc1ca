"""Text on a terminal: made harmless, measured in columns, cut around a number."""

from __future__ import annotations

import unicodedata

from schemas.terminal import clean as clean


def width(text: str) -> int:
    """Columns of a terminal: marks take none, wide characters two.

    >>> width("quận"), width("quâ\\u0323n"), width("東")
    (4, 4, 2)
    """
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """As much of the text as fits, an ellipsis where something is missing.

    >>> cut("đối thoại định kỳ", 10), cut("đối thoại", 10)
    ('đối thoại…', 'đối thoại')
    """
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        used += _columns(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def pad(text: str, columns: int) -> str:
    """Filled up with spaces on the right."""
    return text + " " * (columns - width(text))


def marked(text: str, sentence: tuple[int, int], span: tuple[int, int]) -> tuple[str, str, str]:
    """A sentence in three cleaned pieces: before the number, the number, behind it. Spaces at the seams stay."""
    before, number, behind = (
        text[sentence[0] : span[0]],
        text[span[0] : span[1]],
        text[span[1] : sentence[1]],
    )
    left, right = clean(before), clean(behind)
    left += " " if left and before[-1:].isspace() else ""
    right = (" " if right and behind[:1].isspace() else "") + right
    return left, clean(number), right


def excerpt(text: str, sentence: tuple[int, int], span: tuple[int, int], columns: int) -> str:
    """The sentence with the number in brackets, cut on both sides to what fits.

    >>> excerpt("Toàn quận có 300 mô hình Dân vận khéo.", (0, 38), (13, 16), 25)
    '… có [300] mô hình Dân …'
    """
    left, number, right = marked(text, sentence, span)
    room = max(columns - width(number) - 2, 8)
    if width(left) + width(right) > room:
        ahead = max(room // 2, room - width(right))
        left = _from_word(left, ahead)
        right = _to_word(right, room - width(left))
    return f"{left}[{number}]{right}"


def _to_word(text: str, columns: int) -> str:
    """The beginning of a text up to the end of a word."""
    if width(text) <= columns:
        return text
    kept = cut(text, columns - 1).removesuffix("…")
    space = kept.rfind(" ")
    return (kept[:space] if space >= 0 else "") + " …"


def _from_word(text: str, columns: int) -> str:
    """The end of a text from the beginning of a word."""
    if width(text) <= columns:
        return text
    kept = cut(text[::-1], columns - 1).removesuffix("…")[::-1]
    space = kept.find(" ")
    return "… " + (kept[space + 1 :] if space >= 0 else "")
