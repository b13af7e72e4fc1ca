"""Does a list name all parts of its total, so that too little is as wrong as too much?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.arithmetic.view import View
from extractors.arithmetic.words import divisions
from extractors.links.units import part_unit

#: words after which all parts are meant to be listed; after "trong đó" some may be
_ALL_OF_THEM = re.compile(r"gồm|(?:chia|phân) (?:ra|theo)|^bảng:")
_BREAKDOWN = re.compile(r"\b(?:chia|phân) theo [^;.:\d]{2,60}:")
#: the last of a list that leaves nothing out: "thủy sản khác 115 tấn", "các khoản còn lại"
_THE_REST = re.compile(r"\b(?:khác|còn lại)\b")
#: so many figures behind the last part are looked at
_AHEAD = 8
_NEW_CLAUSE = re.compile(r"[;.:(]|\b(?:riêng|ngoài ra|đồng thời|so với|tăng|giảm)\b")
#: a text that ends within its list: "xuất khẩu 2.000 tỷ đồng; doanh nghiệp nhỏ và"
_CUT_OFF = re.compile(r"[^.!?\n]*[;,][^.!?\n\d]{8,}\Z")
_OWN_WORDS = re.compile(r"[,;:()]| và (?!dài hạn)")


def own_words(view: View, index: int) -> str:
    """What is said of a part alone: from the sign before its number to the one behind it, without its unit."""
    behind = view.after(index, 60).strip().removeprefix((view.figures[index].unit or "").lower())
    return f"{_OWN_WORDS.split(view.before(index, 60))[-1]} {_OWN_WORDS.split(behind)[0]}"


def names_all(view: View, total: int, parts: Sequence[int]) -> bool:
    """ "gồm ...", "trong đó: cá 70 tấn; tôm 20 tấn; thủy sản khác 10 tấn", "trong đó 12 nam, 8 nữ"."""
    if len(parts) < 2 or _has_gap(view, total, parts):
        return False
    told = is_said_to_be_all(view.evidence(parts[0], "part_of")) or is_breakdown(view, parts)
    return told or _says_the_rest(view, parts) or is_division(view, parts)


def is_breakdown(view: View, parts: Sequence[int]) -> bool:
    """ "Phân theo nguồn vốn như sau: ..." opens the list."""
    return bool(_BREAKDOWN.search(view.before(parts[0], 200)))


def is_said_to_be_all(cue: str) -> bool:
    """The words that open the list say so: "gồm", "chia ra", a table."""
    return bool(_ALL_OF_THEM.search(cue))


def _says_the_rest(view: View, parts: Sequence[int]) -> bool:
    """ "khác" of two may be anything: "trong đó 3 xe khách, 2 xe khác" of seven."""
    said = _THE_REST.search(_OWN_WORDS.split(view.before(parts[-1], 60))[-1])
    return said is not None and (len(parts) > 2 or said.group() == "còn lại")


def is_division(view: View, parts: Sequence[int]) -> bool:
    """Every part says another of those that together are everything, and none is left out."""
    said = [f"{own_words(view, i)} {view.figures[i].unit or ''}".lower() for i in parts]
    for division in divisions():
        if len(division) != len(parts):
            continue
        found = [{n for n, pattern in enumerate(division) if pattern.search(words)} for words in said]
        if all(len(one) == 1 for one in found) and len(set.union(*found)) == len(parts):
            return True
    return False


def _has_gap(view: View, total: int, parts: Sequence[int]) -> bool:
    """An amount among the parts, or behind them in their sentence, was not read as one, nor as said of one."""
    if view.evidence(parts[0], "part_of").startswith("bảng:"):
        return False
    known, last = {total, *parts}, parts[-1]
    for index in range(parts[0] + 1, min(last + _AHEAD, len(view.figures))):
        figure = view.figures[index]
        if index > last and view.sentences[index] != view.sentences[last]:
            break
        if index in known or not part_unit(figure.unit, view.figures[total].unit):
            continue
        if figure.part_of not in parts and figure.about not in known and not _is_apart(view, last, index):
            return True
    return bool(_CUT_OFF.match(view.document.lower, view.figures[last].end))


def _is_apart(view: View, last: int, index: int) -> bool:
    """Behind the list, and in a clause or a bracket of its own."""
    return index > last and bool(
        _NEW_CLAUSE.search(view.document.lower, view.figures[last].end, view.figures[index].start)
    )
