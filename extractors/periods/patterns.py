"""The forms of time in ``rules.toml``, compiled. A rule's examples and rejected sentences are its tests."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from extractors.periods import vocabulary as v
from extractors.periods.model import Kind
from extractors.periods.readers import READERS, Reader

#: White space within a line; bounded, so that no pattern takes quadratic time.
SPACE = r"[^\S\n]{1,4}"
MAYBE_SPACE = r"[^\S\n]{0,4}"

_Y4 = r"(?:1[89]|20)\d\d"
_DIGIT = "(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_TENS = rf"(?:mười|{_DIGIT} mươi)(?: {_DIGIT})?"
# 2.015 and 1,234 are numbers, 2015% is a percentage
_YEAR = rf"{_Y4}(?![\d%])(?![.,]\d{{1,3}}(?!\d))"
_ATOMS: dict[str, str] = {
    "end": r"(?![0-9a-zà-ỹđ])",
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
    "month": r"(?:1[0-2]|0?[1-9])(?!\d)",
    "y4": _Y4,
    "year": _YEAR,
    "n": rf"(?:\d{{1,3}}(?![\d.,]\d)|(?:{_TENS}|{v.alternation(list(v.SMALL))}))",
    # "10 tháng năm 2025" is ten months of a year, not the tenth of May
    "month_word": rf"(?:(?:1[0-2]|0?[1-9])(?!\d)|(?!năm \d){v.alternation(list(v.MONTH_NAMES))}(?![0-9a-zà-ỹđ]))",
    "quarter": r"(?:iv|i{1,3}|[1-4]|một|hai|ba|bốn|tư)(?![0-9a-zà-ỹđ])",
    "day_lead": rf"(?:(?:{v.alternation(v.words('day_lead'))}~){{1,3}})",
    "of_year": rf"(?:(?:~[/-]~(?:năm~)?|~\.(?=\d{{4}})|~[,(]?~(?:của )?năm~| (?=\d{{4}}))(?P<y>{_YEAR}))",
    "of_relative_year": r"(?: (?:của )?năm (?P<rel>nay|này|trước|ngoái|sau|tới)(?![0-9a-zà-ỹđ]))",
    "season": v.alternation(v.words("seasons")),
    "lunar": v.alternation(v.words("lunar_stems")) + " " + v.alternation(v.words("lunar_branches")),
}
_ATOM = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One form of time: where it may start, what it looks like, what must and must not stand around it."""

    name: str
    kind: Kind
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reader
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    examples: dict[str, str]
    rejects: tuple[str, ...]

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """The rule's match at a place of the lower-case text, where the words around allow it."""
        match = self.pattern.match(text, at)
        if not match:
            return None
        before = text[max(0, at - 40) : at]
        if self.after and not self.after.search(before):
            return None
        if self.not_after and self.not_after.search(before):
            return None
        return None if self.not_before and self.not_before.match(text, match.end()) else match


def compiled(pattern: str, suffix: str = "") -> re.Pattern[str]:
    """A pattern of ``rules.toml`` with its atoms and its spaces written out."""
    written = _ATOM.sub(lambda atom: _ATOMS[atom[1]], pattern)
    written = re.sub(r"(?<!\[) (?!\?)", lambda _: SPACE, written).replace("~", MAYBE_SPACE)
    return re.compile(written + suffix)


def _rule(entry: dict[str, Any]) -> TimeRule:
    starts: list[str] = []
    for start in entry["starts"]:
        starts += v.words(start) if start in ("day_lead", "lunar_stems") else [start]
    left = r"(?<![0-9a-zà-ỹđ])"
    return TimeRule(
        name=entry["name"],
        kind=entry["kind"],
        starts=tuple(starts),
        pattern=compiled(entry["pattern"]),
        read=READERS[entry["read"]],
        after=compiled(left + entry["after"], "$") if "after" in entry else None,
        not_after=compiled(entry["not_after"], "$") if "not_after" in entry else None,
        not_before=compiled(entry["not_before"]) if "not_before" in entry else None,
        examples=entry["examples"],
        rejects=tuple(entry.get("rejects", ())),
    )


_DATA = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
RULES: tuple[TimeRule, ...] = tuple(_rule(entry) for entry in _DATA["rule"])
