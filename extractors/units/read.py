"""Read the unit that stands behind a number, by the longest entry of ``units.toml``; compound units and rates whole."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from extractors.text.document import lower_same_length
from extractors.text.words import begins_with_noun, first_word
from schemas.figures import Kind

Source = Literal["lexicon", "guess", "symbol"]

_SP = r"[ \u00a0]"
_WORD = re.compile(r"[^\W\d_]+(?:[²³]|2(?!\d)|3(?!\d))?")
_GAP = re.compile(r"[ \u00a0]{0,3}")
_PERCENT = re.compile(rf"{_SP}*(%|‰|phần trăm(?!\w))")
_POINT = re.compile(rf"{_SP}*điểm{_SP}*(?:%|phần trăm)")
_DEGREE = re.compile(rf"{_SP}*(?:°{_SP}?c|º{_SP}?c|⁰c|℃|độ c|o ?c(?!\w))(?!\w)")
_SHORT_MONEY = re.compile(rf"{_SP}*(\.?đồng(?!{_SP}+(?:chí|bào|hồ)(?!\w))|\.?đ|vnđ|vnd|usd|euro|eur|\$)(?!\w)")


@dataclass(frozen=True, slots=True)
class UnitReading:
    """``text`` is the unit as written, lower case; ``start``/``end`` its place; ``source`` how it was known."""

    text: str
    kind: Kind
    start: int
    end: int
    source: Source


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("units.toml").read_text(encoding="utf-8"))


@cache
def _lexicon() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    """First syllable -> entries, longest first."""
    data = _data()
    table: dict[str, dict[tuple[str, ...], Kind]] = defaultdict(dict)
    kinds: tuple[Kind, ...] = ("count", "measure", "duration", "money")
    for kind in kinds:
        for entry in data[kind]["words"].split(","):
            words = tuple(lower_same_length(entry).split())
            if words:
                table[words[0]][words] = kind
    return {first: sorted(rows.items(), key=lambda row: -len(row[0])) for first, rows in table.items()}


@cache
def stop_words() -> frozenset[str]:
    """Words at which a guessed unit ends."""
    data = _data()
    return frozenset(word.strip() for word in data["stop"]["words"].split(","))


@cache
def _other_words() -> frozenset[str]:
    return frozenset(lower_same_length(word.strip()) for word in _data()["other_words"]["words"].split(","))


def _begins_another_word(words: list[str], used: int) -> bool:
    """Whether the last syllable of a unit belongs with the next one to a word that counts nothing ("ban hành")."""
    return used < len(words) and f"{words[used - 1]} {words[used]}" in _other_words()


@cache
def _rate() -> re.Pattern[str]:
    """What a rate is held against: tạ/ha, đồng/người/năm, tiêu chí/01 xã."""
    rows, people = (
        "|".join(re.escape(w) for w in sorted(map(str.strip, _data()[t]["words"].split(",")), key=len, reverse=True))
        for t in ("rate", "rate_of_people")
    )
    return re.compile(rf"(?:{_SP}?/{_SP}?(?:{people}|(?:[0-9][0-9.]*{_SP})?(?:{rows}))(?!\w))+")


@cache
def coordinated() -> frozenset[str]:
    """Units that are listed in one breath behind one number."""
    data = _data()
    return frozenset(word.strip() for word in data["coordinated"]["words"].split(","))


def _coordinated_end(lower: str, end: int) -> int:
    """Where "xã, phường, thị trấn" ends that begins with the unit before ``end``."""
    rows = "|".join(sorted(coordinated(), key=len, reverse=True))
    match = re.match(
        rf"(?:{_SP}*,{_SP}*(?:{rows})(?!\w)(?!{_SP}+(?:số{_SP}+)?[0-9])(?!{_SP}+[0-9]))+", lower[end : end + 60]
    )
    return end + match.end() if match else end


def known_unit(words: list[str]) -> tuple[int, Kind] | None:
    """How many of ``words`` the longest entry takes, and its kind.

    >>> known_unit(["tuyến", "đường", "kiểu", "mẫu"]), known_unit(["kịp", "thời"])
    ((2, 'count'), None)
    """
    for entry, kind in _lexicon().get(words[0], ()) if words else ():
        if tuple(words[: len(entry)]) == entry:
            return len(entry), kind
    return None


def read_unit(lower: str, at: int, *, magnitude: bool = False, guess: bool = True) -> UnitReading | None:
    """The unit at ``at`` (the end of a number) in lower-case text; None where none is written.

    ``magnitude``: the number ended in a magnitude word, so that a bare "đ" or nothing may be money.
    """
    for pattern, text, kind in ((_POINT, "điểm phần trăm", "measure"), (_PERCENT, "%", "percent")):
        if match := pattern.match(lower, at):
            place = match.end() - len(match.group().lstrip(" \u00a0"))
            if text == "%" and lower[place] == "‰":
                text = "‰"
            return _with_rate(lower, UnitReading(text, kind, place, match.end(), "symbol"))  # type: ignore[arg-type]
    if match := _DEGREE.match(lower, at):
        place = match.end() - len(match.group().lstrip(" \u00a0"))
        return UnitReading("°c", "measure", place, match.end(), "symbol")
    if match := _SHORT_MONEY.match(lower, at):
        return _with_rate(lower, UnitReading(match[1].lstrip("."), "money", match.start(1), match.end(1), "symbol"))
    words, places = _words_after(lower, at)
    if not words:
        return None
    found = known_unit(words)
    if found and not _begins_another_word(words, found[0]):
        used, kind = found
        start, end = places[0][0], places[used - 1][1]
        if lower[start:end] == "năm" and re.match(rf"{_SP}+[12][0-9]{{3}}(?!\d)", lower[end : end + 6]):
            return None
        if kind == "count" and words[:used] == ["lượt"]:
            more = known_unit(words[1:3])
            if more and more[1] == "count":  # "17 lượt đại biểu": the whole classifier phrase
                end = places[more[0]][1]
        if kind == "count" and words[0] in coordinated():
            end = _coordinated_end(lower, end)
        return _with_rate(lower, UnitReading(lower[start:end], kind, start, end, "lexicon"))
    return _guess(lower, words, places) if guess else None


def _words_after(lower: str, at: int) -> tuple[list[str], list[tuple[int, int]]]:
    """Up to six syllables behind ``at``, as long as only spaces part them."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    while len(words) < 6:
        gap = _GAP.match(lower, at)
        assert gap is not None
        match = _WORD.match(lower, gap.end())
        if not match:
            break
        words.append(match.group())
        places.append(match.span())
        at = match.end()
        if lower[at : at + 1] == "-" and lower[at + 1 : at + 2].isalpha():
            break
    return words, places


#: "40 giường bệnh trên 1 vạn dân", "12 bác sĩ trên 10.000 dân"
_PER_SO_MANY = re.compile(
    rf"{_SP}trên{_SP}(?:(?:1|một){_SP})?(?:vạn|nghìn|1\.000|10\.000|100\.000|1000|10000|100000){_SP}"
    r"(?:dân|người dân|trẻ đẻ sống)(?!\w)"
)


def _with_rate(lower: str, unit: UnitReading) -> UnitReading:
    rate = _rate().match(lower, unit.end) or (unit.kind == "count" and _PER_SO_MANY.match(lower, unit.end))
    if not rate:
        return unit
    return UnitReading(lower[unit.start : rate.end()], unit.kind, unit.start, rate.end(), unit.source)


def _guess(lower: str, words: list[str], places: list[tuple[int, int]]) -> UnitReading | None:
    """A counted noun that the lexicon lacks: the first word behind the number, as underthesea parts words."""
    if _begins_another_word(words, 1):
        return None
    ahead = " ".join(words[:4])
    used = min(max(first_word(ahead), 1), 3, len(words))
    if words[0] in stop_words() and not (used > 1 and begins_with_noun(ahead)):
        return None
    start, end = places[0][0], places[used - 1][1]
    return UnitReading(lower[start:end], "count", start, end, "guess")
