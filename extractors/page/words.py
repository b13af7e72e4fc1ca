"""Text as a reader sees it: one space between words, composed characters, no controls."""

from __future__ import annotations

import re
import unicodedata

# soft hyphens, zero width characters, directional marks, byte order marks: nothing that a reader sees
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# controls, also C1: what is left of wrongly decoded text
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def clean(text: str) -> str:
    """NFC, invisible characters out, every run of white space (no-break spaces too) one space.

    >>> clean("  Quâ\u0323n\u00a0 u\u0309y\\n họp ")
    'Quận ủy họp'
    """
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def folded(text: str) -> str:
    """For comparing: lower case, letters and digits only.

    >>> folded("Họp báo: quý III.") == folded("HỌP BÁO - QUÝ III")
    True
    """
    return "".join(char for char in clean(text).casefold() if char.isalnum())
