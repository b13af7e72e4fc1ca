"""TCVN3 (ABC) and VNI, the font encodings of Vietnamese: told by the syllables that come out, then converted.

French is not read as Vietnamese: nearly every word with a mark must be a Vietnamese syllable in the one reading and
few of them in the plain one.
"""

from __future__ import annotations

import codecs
import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files

#: share of the words with a mark that must be syllables when converted, and that may be when not
_FITS, _MISFITS = 0.9, 0.6
#: different words with a mark, fewer tell nothing
_WORDS = 5
_WORD = re.compile(r"[^\W\d_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ACUTE_OR_DOT = "\u0301\u0323"
#: every byte in windows-1252, the five that it leaves open as Latin-1 has them
_WESTERN = "".join(
    bytes([number]).decode("latin-1" if number in (129, 141, 143, 144, 157) else "cp1252") for number in range(256)
)
_DATA = tomllib.loads(files(__package__).joinpath("fonts.toml").read_text(encoding="utf-8"))


def from_fonts(text: str) -> str | None:
    """Text that was read as windows-1252 as what its fonts showed; None where it is not of such a font.

    >>> from_fonts("Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc")
    'Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc'
    >>> from_fonts("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc")
    'Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc'
    >>> from_fonts("Le café où l'on a été fêté à Noël, près de la forêt") or from_fonts("Công an xã: lúc còn bàn")
    """
    marked = _marked(text)
    if sense(marked):
        return None
    share, best = max(((syllables(read(marked)) or 0.0, read) for read in _readers()), key=lambda found: found[0])
    return best(text) if share >= _FITS else None


def _marked(text: str) -> str:
    """The pieces of a text with a mark, each once: nothing else tells an encoding, and a page has thirty times more."""
    return " ".join({piece for piece in text.split() if not piece.isascii()})


def sense(text: str) -> bool:
    """Whether text is Vietnamese as it stands, mostly at least."""
    share = syllables(_marked(text))
    return share is not None and share > _MISFITS


def western(body: bytes) -> str:
    """Bytes as windows-1252, the five that it leaves open as Latin-1 has them."""
    return codecs.charmap_decode(body, "strict", _WESTERN)[0]


def syllables(text: str) -> float | None:
    """The share of Vietnamese syllables among the different words that have a mark; None where these are too few.

    >>> syllables("Ủy ban nhân dân huyện triển khai kế hoạch"), syllables("café, crème, fête, garçon, Noël")
    (1.0, 0.0)
    """
    words = {unicodedata.normalize("NFC", word.lower()) for word in _WORD.findall(text) if not word.isascii()}
    if len(words) < _WORDS:
        return None
    return sum(map(_is_syllable, words)) / len(words)


@cache
def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word)
    tones = [char for char in apart if char in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))
    stop = re.search("(c|ch|p|t)$", bare) is not None
    return (not stop or any(tone in _ACUTE_OR_DOT for tone in tones)) and _shapes().fullmatch(bare) is not None


@cache
def _shapes() -> re.Pattern[str]:
    parts = _DATA["syllable"]
    onsets, rimes = ("|".join(sorted(parts[key].split(), key=len, reverse=True)) for key in ("onsets", "rimes"))
    return re.compile(f"(?:{onsets})?(?:{rimes})|gi(?:[mn]|nh|[ae]?u|êng)?")


@cache
def _readers() -> tuple[Callable[[str], str], ...]:
    return tuple(_reader(spellings(name)) for name in ("tcvn3", "vni"))


def spellings(name: str) -> dict[str, str]:
    """Spelling to letter of one of the encodings, capitals included."""
    found: dict[str, str] = {}
    for spelled, letters in _DATA[name].items():
        size = len(spelled) // len(letters)
        for at, letter in enumerate(letters):
            spelling = spelled[at * size : (at + 1) * size]
            found[spelling] = letter
            if name == "vni":
                found[spelling.upper()] = letter.upper()
                found[spelling[0].upper() + spelling[1:]] = letter.upper()
    return found


def _reader(letters: dict[str, str]) -> Callable[[str], str]:
    pattern = re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True))))
    return lambda text: pattern.sub(lambda found: letters[found[0]], text)
