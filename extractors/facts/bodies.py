"""Names of bodies: a head ("UBND", "Phòng", "Ban Dân vận") and what goes on a name behind it."""

from __future__ import annotations

import re

from extractors.facts.lexicon import DATA, phrases
from extractors.facts.tokens import Tokens
from schemas.facts import Organisation

_HEADS = phrases("bodies", "heads")
_OPEN = phrases("bodies", "open_heads")
_WORDS = phrases("bodies", "words", "heads", "open_heads")
_SMALL = phrases("bodies", "small")
_LEVELS = phrases("bodies", "levels")
_ROLES = phrases("people", "roles")
_ADDRESS = phrases("people", "address")
_FAMILIES = frozenset(DATA["people"]["families"])
_NO_SYLLABLE = frozenset(DATA["bodies"]["no_syllable"])
_LINKS = ("và", "-", "–", ",", "&", ".")
_EXPAND: dict[str, str] = DATA["bodies"]["expand"]
_ABBREVIATION = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_EXPAND, key=len, reverse=True))})(?!\w)", re.IGNORECASE)


def body_at(tokens: Tokens, i: int) -> int:
    """The token behind the name of a body that begins at ``i``; ``i`` where none does."""
    if not tokens.is_capital(i) or i in tokens.shouting:
        return i
    head = _HEADS.at(tokens.words, i)
    if head:
        return continued(tokens, i + head)
    head = _OPEN.at(tokens.words, i)
    if not head:
        return i
    after = continued(tokens, i + head)
    return after if after > i + head else i


def continued(tokens: Tokens, i: int, limit: int = 16) -> int:
    """How far a name goes on from ``i``: words of names, levels, capitals, "và" and "-" between capitals."""
    end, stop = i, i + limit
    while end < min(stop, len(tokens)):
        if (
            _ADDRESS.at(tokens.words, end)
            and (step := _ADDRESS.at(tokens.words, end))
            and tokens.is_capital(end + step)
        ):
            break
        if tokens.is_capital(end) and _ROLES.at(tokens.words, end) > 0 and not _WORDS.at(tokens.words, end):
            break
        step = _WORDS.at(tokens.words, end) if tokens.is_capital(end) else _SMALL.at(tokens.words, end)
        if not step and tokens.is_capital(end) and end not in tokens.shouting:
            step = 2 if _two_syllables(tokens, end) else 1
        if not step and (_joins(tokens, end) or _glued(tokens, end) or _numbered(tokens, end)):
            step = 1
        if not step:
            break
        end += step
    while end > i and tokens.word(end - 1) in _LINKS:
        end -= 1
    return end


def _two_syllables(tokens: Tokens, i: int) -> bool:
    """ "Cục Trồng trọt": a lone capital behind a head begins a word of two syllables; a place has its own capitals."""
    before = tokens.is_capital(i - 1) and not _knows(tokens, i)
    alone = not before and not is_level(tokens, i) and tokens.word(i) not in _FAMILIES
    behind = tokens.word(i + 1)
    return alone and behind.isalpha() and not tokens.is_capital(i + 1) and behind not in _NO_SYLLABLE


def _knows(tokens: Tokens, i: int) -> bool:
    """Whether a word of the lexicon ends before ``i``."""
    return any(found.at(tokens.words, i - n) == n for n in (1, 2, 3, 4) if i >= n for found in (_WORDS, _ROLES))


def _glued(tokens: Tokens, i: int) -> bool:
    """ "Sở KH&ĐT", "Sở TN-MT", "UBND TP. Hải Phòng", "Sở Văn hóa, Thể thao"."""
    mark, tight = tokens.word(i), tokens.ends[i - 1] == tokens.starts[i]
    if not tokens.is_capital(i + 1):
        return False
    if mark in ("&", "-", "–"):
        return tight and tokens.starts[i + 1] == tokens.ends[i] and tokens.text(i - 1, i).isupper()
    if mark == ".":
        return tokens.word(i - 1) in ("tp", "tx")
    return mark == "," and (tokens.word(i - 1), tokens.word(i + 1)) in (
        ("hóa", "thể"),
        ("động", "thương"),
        ("trận", "tổ"),
    )


def _numbered(tokens: Tokens, i: int) -> bool:
    """ "khu vực 7", "Quân khu 3", "Quận 12"."""
    return (
        tokens.word(i).isdigit()
        and tokens.word(i - 1) in ("vực", "khu", "quận")
        and tokens.word(i + 1) not in ("/", "%")
    )


def _joins(tokens: Tokens, i: int) -> bool:
    """ "Tài nguyên và Môi trường", "HĐND - UBND quận": a link between capitals, no new person or office."""
    if tokens.word(i) not in ("và", "-", "–") or not tokens.is_capital(i + 1):
        return False
    if _ROLES.at(tokens.words, i + 1) or _ADDRESS.at(tokens.words, i + 1):
        return False
    if tokens.word(i) == "và":
        return bool(_WORDS.at(tokens.words, i + 1)) and not _HEADS.at(tokens.words, i + 1)
    if _HEADS.at(tokens.words, i + 1) and tokens.word(i - 2) != "phòng":
        return False  # "Đảng ủy - HĐND - UBND phường" are three, "Văn phòng HĐND - UBND quận" is one
    return bool(_WORDS.at(tokens.words, i + 1)) and tokens.word(i - 1) not in _LEVEL_WORDS


_LEVEL_WORDS = frozenset(word for level in DATA["bodies"]["levels"] for word in level.split())


def is_level(tokens: Tokens, i: int) -> bool:
    """Whether the word before ``i`` ends a level: "quận", "thành phố"."""
    return any(_LEVELS.at(tokens.words, i - n) == n for n in (1, 2) if i >= n)


def organisation_name(quote: str) -> str:
    """A name with abbreviations written out and one placement of tones.

    >>> organisation_name("UBND  quận"), organisation_name("Quận uỷ")
    ('Ủy ban nhân dân quận', 'Quận ủy')
    """
    name = " ".join(_ABBREVIATION.sub(lambda match: _EXPAND[match.group().lower()], quote).split())
    return name.replace("uỷ", "ủy").replace("Uỷ", "Ủy").replace("oà ", "òa ").replace("Toà", "Tòa")


def _in_number(tokens: Tokens, i: int) -> bool:
    """ "118/BC-UBND"."""
    return tokens.word(i - 1) in ("-", "/") and tokens.ends[i - 1] == tokens.starts[i]


def _of_role(tokens: Tokens, i: int) -> bool:
    """ "Phó Bí thư Thường trực Quận ủy" holds no standing committee."""
    return tokens.word(i) == "thường" and tokens.word(i - 1) in ("thư", "tịch", "trưởng", "tướng", "nhiệm")


def find_bodies(tokens: Tokens, names: list[tuple[int, int]]) -> list[Organisation]:
    """Every mention of a body; a person's name ends the name of a body before it."""
    found: list[Organisation] = []
    begins = {start for start, _ in names}
    inside = {i for start, end in names for i in range(start, end)}
    i = 0
    while i < len(tokens):
        if not tokens.capital[i]:  # no body begins so, and most tokens are such
            i += 1
            continue
        skip = i in inside or _in_number(tokens, i) or _of_role(tokens, i)
        after = i if skip else body_at(tokens, i)
        after = next((n for n in range(i, after) if n in begins), after)
        while after > i and tokens.word(after - 1) in _LINKS:
            after -= 1
        if after == i or (after == i + _OPEN.at(tokens.words, i) and not _HEADS.at(tokens.words, i)):
            i += 1
            continue
        quote = tokens.text(i, after)
        found.append(Organisation(tokens.starts[i], tokens.ends[after - 1], quote, organisation_name(quote)))
        i = after
    return found
