"""Finding the words that say when: one pass over the triggers, the rules of ``patterns`` in order at each."""

from __future__ import annotations

import re

from extractors.periods import vocabulary as v
from extractors.periods.model import TimeExpression, When
from extractors.periods.patterns import RULES, TimeRule
from extractors.text.document import Document

_WORDS = sorted({start for rule in RULES for start in rule.starts} - {"#", "@"}, key=len, reverse=True)
_TRIGGER = re.compile(
    r"(?<!\d)(?<!\d[.,/:-])(?P<digit>\d)|(?<![0-9a-zà-ỹđ])(?P<word>"
    + v.alternation(list({word.split()[0] for word in [*_WORDS, *v.SMALL]}))
    + r")(?![a-zà-ỹđ])"
)
_NUMBER_WORD = re.compile(
    rf"(?<![0-9a-zà-ỹđ])(?:(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)\s+mươi(?:\s+(?:mốt|hai|ba|bốn|tư|lăm|năm|sáu|bảy|tám|chín))?|{v.alternation(list(v.SMALL))})(?![0-9a-zà-ỹđ])"
)
_DIGITS = re.compile(r"\d+(?:[^\S\n]?[/.:,-][^\S\n]?\d+)*(?:h\d*)?")
_ROMAN = re.compile(r"(?:quý|kỷ|và|,|-)\s+([ivx]+)(?![a-zà-ỹđ])")


def _dispatch() -> dict[str, tuple[TimeRule, ...]]:
    """First word of a trigger -> the rules that may start there, in their order."""
    keys = {"#", *(word.split()[0] for word in [*_WORDS, *v.SMALL])}
    table: dict[str, tuple[TimeRule, ...]] = {}
    for key in keys:
        table[key] = tuple(
            rule
            for rule in RULES
            if any(start.split()[0] == key for start in rule.starts) or (key in _FIRST_OF_NUMBER and "@" in rule.starts)
        )
    return table


_FIRST_OF_NUMBER = {word.split()[0] for word in v.SMALL}
_RULES_AT = _dispatch()


def find_times(document: Document) -> list[TimeExpression]:
    """Every expression that says when, in order and without overlap."""
    text, found, end = document.lower, [], 0
    for trigger in _TRIGGER.finditer(text):
        at = trigger.start()
        if at < end or (trigger["digit"] and not _may_start(document.text, at)):
            continue
        for rule in _RULES_AT["#" if trigger["digit"] else trigger["word"]]:
            match = rule.pattern.match(text, at)
            if match and (when := rule.read(text, match)):
                end = match.end()
                found.append(TimeExpression(at, end, rule.kind, _numerals(text, at, end), when, rule.name))
                break
    return found


def _may_start(text: str, at: int) -> bool:
    """A digit stuck to a letter starts a time only after a word ("từ15/12"), not in a code ("A5", "m2")."""
    return not text[at - 1 : at].isalpha() or (at >= 2 and text[at - 2].isalpha() and text[at - 1].islower())


def _numerals(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans of the digit tokens, number words and Roman numerals of an expression."""
    spans = [match.span() for match in _DIGITS.finditer(text, start, end)]
    spans += [match.span(1) for match in _ROMAN.finditer(text, start, end)]
    for match in _NUMBER_WORD.finditer(text, start, end):
        # "năm" and "tư" inside are numbers only where one can stand: before what is counted or after "tháng", "quý"
        if (
            match.group() != "năm"
            or re.match(r"\s*(?:tháng|năm|ngày|quý)", text[match.end() : end])
            or text[start : match.start()].rstrip().endswith("tháng")
        ):
            spans.append(match.span())
    return tuple(sorted(spans))


__all__ = ["When", "find_times"]
