"""Which units can be parts of one another, and which words two figures share."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.links.words import other_word, phrases, syllables

_PEOPLE = phrases("people")
_MEDALS = phrases("medals")
_HOUSEHOLDS = phrases("households")
_PLACES, _KINDS_OF_PLACE = phrases("places"), phrases("kinds_of_place")
_ANY = phrases("any_class")
_OTHER_WORD = other_word()
_MONEY = {"đ": "đồng", "vnđ": "đồng", "vnd": "đồng"}


@lru_cache(maxsize=4096)
def plain_unit(unit: str) -> str:
    """Lower case, single spaces, none around a slash, money in one spelling."""
    text = re.sub(r"\s*/\s*", "/", " ".join(unit.lower().split()))
    return _MONEY.get(text, text)


@lru_cache(maxsize=8192)
def same_unit(one: str | None, other: str | None) -> bool:
    """Do the two units count the same things? A shorter classifier answers its longer form.

    >>> same_unit("hộ", "hộ dân"), same_unit("tổ", "tổ chức"), same_unit("lượt người", "lượt đơn vị")
    (True, False, False)
    """
    if one is None or other is None:
        return one is other
    short, long = sorted((plain_unit(one), plain_unit(other)), key=len)
    if short == long:
        return True
    if not long.startswith(short) or long[len(short)] not in " ,":
        return False
    follows = long[len(short) :].strip(" ,").split()
    return not follows or follows[0] not in _OTHER_WORD.get(short, ())


@lru_cache(maxsize=8192)
def part_unit(part: str | None, total: str | None) -> bool:
    """May a figure in unit ``part`` be a part of one in unit ``total``? Rates do not add up and never are.

    >>> part_unit("chị", "phụ nữ"), part_unit("đồng/người", "đồng/người"), part_unit("xã", "hộ")
    (True, False, False)
    """
    if part is None or total is None or "/" in part or "/" in total:
        return False
    if same_unit(part, total):
        return True
    pair = {plain_unit(part), plain_unit(total)}
    if plain_unit(total) in _PLACES and plain_unit(part) in _KINDS_OF_PLACE:
        return True
    return pair <= _PEOPLE or pair <= _MEDALS or pair <= _HOUSEHOLDS


def same_class(one: str | None, other: str | None) -> bool:
    """May the things of one unit make up those of the other? Teams are not made of their members.

    >>> same_class("dự án", "công trình"), same_class("đồng chí lãnh đạo", "tổ công tác")
    (True, False)
    """
    classes = {_class_of(one), _class_of(other)}
    return len(classes) == 1 or "any" in classes or ("other" in classes and "people" not in classes)


@lru_cache(maxsize=8192)
def _class_of(unit: str | None) -> str:
    words = plain_unit(unit or "").split()
    heads = {" ".join(words[:size]) for size in (1, 2, 3)}
    groups = (("any", _ANY), ("people", _PEOPLE), ("places", _PLACES | _KINDS_OF_PLACE), ("households", _HOUSEHOLDS))
    return next((name for name, group in groups if heads & group), "other")


_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = syllables("empty")


def content_words(text: str) -> set[str]:
    """The words of lower-case ``text`` that name something (no function words, no words of time, change or plan)."""
    return {word for word in _WORD.findall(text) if word not in _EMPTY}
