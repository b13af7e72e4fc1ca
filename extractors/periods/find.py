"""Finding the words that say when: one pass over the triggers, the rules of ``rules.toml`` in order at each."""

from __future__ import annotations

import re

from extractors.periods import vocabulary as v
from extractors.periods.model import TimeExpression, When
from extractors.periods.patterns import RULES, TimeRule, compiled
from extractors.text.document import Document

_FIRST_OF_NUMBER = {word.split()[0] for word in v.SMALL}
_KEYS = {start.split()[0] for rule in RULES for start in rule.starts} - {"#", "@"} | _FIRST_OF_NUMBER
_TRIGGER = re.compile(
    rf"(?<!\d)(?<!\d[.,/:])(?P<digit>\d)|(?<![0-9a-zà-ỹđ])(?P<word>{v.alternation(list(_KEYS))})(?![a-zà-ỹđ])"
)
_NUMBER_WORD = compiled("(?<![0-9a-zà-ỹđ])(?![0-9]){n}{end}")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+|[^\S\n]?[/-][^\S\n]?\d+)*(?:[hg]\d*)?")
_ROMAN = re.compile(r"(?:qu[ýí]|kỷ|và|,|-|–|đến)[^\S\n]*([ivx]+)(?![a-zà-ỹđ])")
_JOIN = re.compile(r"[^\S\n]*(?:(?:đến|tới)(?:[^\S\n]+(?:hết|cuối))?|-|–|—)[^\S\n]*$")
_FROM = re.compile(r"(?<![0-9a-zà-ỹđ])từ[^\S\n]*$")


def _dispatch() -> dict[str, tuple[TimeRule, ...]]:
    """First word of a trigger -> the rules that may start there, in their order."""
    table: dict[str, tuple[TimeRule, ...]] = {}
    for key in {"#", *_KEYS}:
        table[key] = tuple(
            rule
            for rule in RULES
            if any(start.split()[0] == key for start in rule.starts) or (key in _FIRST_OF_NUMBER and "@" in rule.starts)
        )
    return table


_RULES_AT = _dispatch()


def find_times(document: Document) -> list[TimeExpression]:
    """Every expression that says when, in order and without overlap."""
    text = document.lower
    found: list[TimeExpression] = []
    end = 0
    for trigger in _TRIGGER.finditer(text):
        at = trigger.start()
        if at < end or (trigger["digit"] and not _may_start(document.text, at, end)):
            continue
        for rule in _RULES_AT["#" if trigger["digit"] else trigger["word"]]:
            match = rule.match(text, at)
            if match and (when := rule.read(text, match)):
                end = match.end()
                found.append(TimeExpression(at, end, rule.kind, _numerals(text, at, end), when, rule.name))
                _join(text, found)
                break
    return found


def _may_start(text: str, at: int, end: int) -> bool:
    """May a time start at this digit?

    Stuck to a letter only after a word ("từ15/12") and not in a code ("A5", "m2"); behind "5-" only where a time ends.
    """
    before = text[at - 1 : at]
    if before == "-" and text[at - 2 : at - 1].isdigit():
        return end == at - 1
    return not before.isalpha() or (
        at >= 2 and text[at - 2].isalpha() and (before.islower() or text[at - 2 : at] == "SN")
    )


def _join(text: str, found: list[TimeExpression]) -> None:
    """``từ 15/12/2022 đến 14/12/2023`` and ``15/12/2022-14/12/2023``: two ends become one stretch of time."""
    if len(found) < 2:
        return
    first, last = found[-2:]
    between = text[first.end : last.start]
    if len(between) > 20 or not _JOIN.match(between) or not _bounds(first) or not _bounds(last):
        return
    if "đ" in between or "t" in between:
        if not _FROM.search(text[max(0, first.start - 6) : first.start]):
            return
    elif first.when.grain != last.when.grain:
        return
    when = When("days", first.when.first, last.when.last, last.when.year, first.when.year, last.when.shift)
    kind = last.kind
    if first.when.grain == last.when.grain == "day" and first.when.first == last.when.last:
        kind = "anniversary"  # (2/9/1945 - 2/9/2025): the same day of two years
    found[-2:] = [TimeExpression(first.start, last.end, kind, first.numerals + last.numerals, when, "from_to")]


def _bounds(expression: TimeExpression) -> bool:
    return expression.when.grain in ("day", "month", "quarter", "year") and expression.rule != "year_end"


def _numerals(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans of the digit tokens, number words and Roman numerals of an expression."""
    spans = [match.span() for match in _DIGITS.finditer(text, start, end)]
    spans += [match.span(1) for match in _ROMAN.finditer(text, start, end)]
    for match in _NUMBER_WORD.finditer(text, start, end):
        if match.group() != "năm" or _counts(text, match, start, end):
            spans.append(match.span())
    return tuple(sorted(spans))


def _counts(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Is this "năm" five and not year? Five stands before what is counted, behind no other number, or after "tháng"."""
    before = text[start : match.start()].rstrip()
    if before.endswith("tháng"):
        return True
    if before and (before[-1].isdigit() or before.split()[-1] in v.SMALL):
        return False
    return bool(re.match(r"[^\S\n]*(?:tháng|năm|ngày|quý|tuần)", text[match.end() : end]))
