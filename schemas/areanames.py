"""Names of areas made comparable: marks, đ, capitals and the placement of tones."""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEW = re.compile(rf"(?<![qQ])([oO])([aAeE])([{_TONES}])(?!\w)|(?<![qQ])([uU])([yY])([{_TONES}])(?!\w)")


def old_placement(name: str) -> str:
    """A name with its tones where most of the portals and the code list of 2025 put them.

    >>> old_placement("Hoà Nghĩa"), old_placement("Thuỵ Hương"), old_placement("Quý Hoà"), old_placement("Toàn Thắng")
    ('Hòa Nghĩa', 'Thụy Hương', 'Quý Hòa', 'Toàn Thắng')
    """
    words = (_NEW.sub(_swap, unicodedata.normalize("NFD", word)) for word in name.split())
    return unicodedata.normalize("NFC", " ".join(words))


def _swap(match: re.Match[str]) -> str:
    first, second, tone = (match.group(1), match.group(2), match.group(3)) if match.group(1) else match.group(4, 5, 6)
    return first + tone + second


def key(name: str) -> str:
    """A name in lower case with its marks, tones in one place; two names with the same key are written alike.

    >>> key("HOÀ  NGHĨA") == key("Hòa Nghĩa"), key("Cẩm Giang") == key("Cẩm Giàng")
    (True, False)
    """
    return old_placement(name.lower())


def fold(name: str) -> str:
    """A name without marks, đ as d, in lower case.

    >>> fold("Đổng Quốc Bình"), fold("Dong  quoc binh")
    ('dong quoc binh', 'dong quoc binh')
    """
    plain = unicodedata.normalize("NFD", " ".join(name.split()).lower()).replace("đ", "d")
    return "".join(char for char in plain if not unicodedata.combining(char))


def slug(name: str) -> str:
    """A name as it stands in a code: "Bà Rịa - Vũng Tàu" -> "ba-ria-vung-tau".

    >>> slug("Bà Rịa - Vũng Tàu"), slug("Đông Hải 1")
    ('ba-ria-vung-tau', 'dong-hai-1')
    """
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))
