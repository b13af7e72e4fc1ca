"""Text of others made fit for a terminal: none of it steers what is shown, or the direction it is read in."""

from __future__ import annotations

import unicodedata

#: control characters (C0, C1), format characters (those that turn the direction among them), surrogates, line and
#: paragraph separators
_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")


def harmless(text: str) -> str:
    r"""The text with a space for each character that could steer a terminal; its own line ends and spaces stay.

    >>> harmless("không có\n  trang: /a\x1b[31m\x9b\u202e")
    'không có\n  trang: /a [31m  '
    """
    return "".join(" " if char != "\n" and unicodedata.category(char) in _STEERING else char for char in text)


def clean(text: str) -> str:
    r"""One line without control characters, composed, single spaces.

    >>> clean("Quận\n\x1b[31m Hòa  Bắc")
    'Quận [31m Hòa Bắc'
    """
    return " ".join(unicodedata.normalize("NFC", harmless(text)).split())
