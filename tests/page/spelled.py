"""Text spelled as the encodings before Unicode do."""

from __future__ import annotations

import unicodedata

from extractors.page.fonts import spellings

FONTS = {name: {letter: spelling for spelling, letter in spellings(name).items()} for name in ("tcvn3", "vni")}


def detached(text: str) -> str:
    """Tones as combining marks after their letter, the way windows-1258 spells."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    made = ""
    for char in text:
        apart = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        made += letter + "".join(mark for mark in apart if mark in tones)
    return made


def in_font(text: str, name: str) -> str:
    """Text as its font spells it; TCVN3 has no capitals with tones."""
    spelled = FONTS[name]
    return "".join(spelled.get(char) or spelled.get(char.lower(), char) for char in text)
