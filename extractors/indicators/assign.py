"""Which indicator a figure is of: by the words of its subject, its unit and what stands around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from extractors.indicators.model import Assignment, Question
from extractors.indicators.words import place_of, slug, words
from schemas.indicators import Indicator, catalogue

#: below this a figure gets a generated indicator: a wrong series is worse than one more series
THRESHOLD = 0.6

_Phrase = tuple[str, ...]
_Key = TypeVar("_Key", bound=Hashable)

#: words that name nothing by themselves and may stand around an alias
_EMPTY = frozenset(
    (
        "so tong cac nhung duoc da dang co la dat thuc hien to chuc va toan tai trong cua ty le trien khai xay ra"
        " tren dia ban"
    ).split()
)

#: "còn 35 hộ": what is still to do, not what was done
_LEFT_OVER = (("con",), ("chua",))


@dataclass(frozen=True, slots=True)
class _Entry:
    indicator: Indicator
    aliases: tuple[_Phrase, ...]
    whole: frozenset[_Phrase]
    near: tuple[_Phrase, ...]
    barred: tuple[_Phrase, ...]
    units: frozenset[_Phrase]


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            made,
            tuple(sorted({words(alias) for alias in made.aliases}, key=lambda alias: (-len(alias), alias))),
            frozenset(words(phrase) for phrase in made.whole),
            tuple(words(phrase) for phrase in made.near),
            tuple(words(phrase) for phrase in made.barred),
            frozenset(words(unit) for unit in (made.unit, *made.units)),
        )
        for made in catalogue().values()
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """Which entries may fit at all, by their place in the catalogue."""

    by_word: dict[str, frozenset[int]]
    by_whole: dict[_Phrase, frozenset[int]]
    by_unit: dict[_Phrase, frozenset[int]]


@cache
def _index() -> _Index:
    entries = _entries()

    def gathered(keys: Callable[[_Entry], Iterable[_Key]]) -> dict[_Key, frozenset[int]]:
        made: defaultdict[_Key, set[int]] = defaultdict(set)
        for at, entry in enumerate(entries):
            for key in keys(entry):
                made[key].add(at)
        return {key: frozenset(found) for key, found in made.items()}

    return _Index(
        by_word=gathered(lambda entry: (alias[0] for alias in entry.aliases)),
        by_whole=gathered(lambda entry: entry.whole),
        by_unit=gathered(lambda entry: entry.units),
    )


def _candidates(subject: _Phrase, unit: _Phrase) -> list[_Entry]:
    """The entries that ``_score`` may find to fit, in the order of the catalogue: of most figures, a few of all."""
    index, entries = _index(), _entries()
    found: set[int] = set(index.by_whole.get(subject, ()))
    found.update(*(index.by_word[word] for word in set(subject) & index.by_word.keys()))
    if not subject:
        found.update(index.by_unit.get(unit, ()))
    return [entries[at] for at in sorted(found)]


def assign(question: Question) -> Assignment:
    """The indicator of the catalogue that fits best, or a generated one that is the same for the same words.

    >>> assign(Question(subject="“Dân vận khéo”", unit="mô hình")).code
    'dan_van_kheo'
    >>> assign(Question(subject="xe bán hàng", unit="xe")).code
    'x.xe-ban-hang.xe'
    """
    subject = words(question.subject or "")
    unit = words(question.unit) if question.unit else ()
    best: tuple[float, int, str, str] | None = None
    misread: _Entry | None = None
    for entry in _candidates(subject, unit):
        fits = not unit or unit in entry.units
        found = _score(entry, subject, unit, question)
        if found is None:
            continue
        score, length, reason = found
        if not fits:
            misread = misread or entry
        elif best is None or (score, length) > best[:2]:
            best = (score, length, entry.indicator.code, reason)
    if best is None and unit and (misread is not None or not subject):
        best = _by_unit(unit, subject, question)
    if best is None or best[0] < THRESHOLD:
        return generated(question)
    return Assignment(best[2], round(best[0], 2), best[3])


def generated(question: Question) -> Assignment:
    """An indicator made of the subject's and the unit's words (``x.subject.unit``)."""
    subject = slug(question.subject or "") or "khong-ro"
    return Assignment(f"x.{subject}.{slug(question.unit or '') or 'so'}", 0.0, "không có trong danh mục")


@cache
def _spellings() -> dict[_Phrase, str]:
    """The words of the catalogue as they are written, for people to read."""
    return {
        words(text): text
        for made in catalogue().values()
        for text in (made.unit, *made.units, *made.near, *made.whole, *made.aliases)
    }


def _said(phrase: _Phrase) -> str:
    return f"“{_spellings().get(phrase) or ' '.join(phrase)}”"


def _score(entry: _Entry, subject: _Phrase, unit: _Phrase, question: Question) -> tuple[float, int, str] | None:
    """How well the words fit, how long what fitted is, and the reason; None where they do not."""
    level = entry.indicator.level
    if (level == "ward" and question.ward is not True) or (level == "not ward" and question.ward is True):
        return None
    if any(place_of(phrase, subject) >= 0 for phrase in entry.barred):
        return None
    if entry.indicator.nature == "rising" and words(question.before[-12:])[-1:] in _LEFT_OVER:
        return None
    sure = 0.3 if unit else 0.25
    for alias in entry.aliases:
        if place_of(alias, subject) >= 0:
            rest = [word for word in subject if word not in alias and word not in _EMPTY and word not in unit]
            return 0.5 + sure + 0.2 / (1 + len(rest)), len(alias), f"nội dung có {_said(alias)}"
        # "vụ tai nạn giao thông" may be read as one unit
        if unit and unit in entry.units and place_of(alias, unit) >= 0 and not subject:
            return 0.5 + sure, len(alias), f"đơn vị có {_said(alias)}"
    if subject in entry.whole:
        for where, text in (("số tổng", question.parent), ("câu", question.before), ("tiêu đề", question.topic)):
            near = next((phrase for phrase in entry.near if place_of(phrase, words(text)) >= 0), None)
            if near is not None:
                share = {"số tổng": 0.45, "câu": 0.4, "tiêu đề": 0.35}[where]
                return share + sure, len(subject), f"nội dung là {_said(subject)}, {where} có {_said(near)}"
    return None


def _by_unit(unit: _Phrase, subject: _Phrase, question: Question) -> tuple[float, int, str, str] | None:
    """An indicator whose unit says it all, where the title is of its topic and the subject belongs to another one."""
    around = words(f"{question.topic} {question.before}")
    for entry in _entries():
        if entry.indicator.by_unit and unit in entry.units:
            near = next((phrase for phrase in entry.near if place_of(phrase, around) >= 0), None)
            if near is not None and not any(place_of(phrase, subject) >= 0 for phrase in entry.barred):
                return 0.62, 1, entry.indicator.code, f"đơn vị {_said(unit)} gần {_said(near)}"
    return None
