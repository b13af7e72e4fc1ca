"""Parts whose total stands behind them, and those that arithmetic proves: in another unit, and what remains.

"300 ha trong tổng số 500 ha": the total is said last.

"63 dự án, trong đó 24 công trình chuyển tiếp và 39 công trình mới": the units differ, the sum does not.
"nợ 70 tỷ; tỉnh hỗ trợ 68 tỷ, 2 tỷ còn lại ...": what remains and what was taken make the total before them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from extractors.links.units import part_unit, same_class
from extractors.mention import Mention
from extractors.text.document import Document

_OPENS = re.compile(r"[^.\n]{0,120}?(?<!\w)(?:trong đó|(?:bao )?gồm)(?!\w)[^.:;\d]{0,60}$")
_OUT_OF = re.compile(
    r"(?:[ \u00a0]+[^\W\d]+){0,8}?[ \u00a0]+trong[ \u00a0]+(?:tổng(?:[ \u00a0]+(?:số|vốn|diện tích))?|số)"
    r"[ \u00a0]+(?:(?:hơn|gần|khoảng|trên)[ \u00a0]+)?"
)
_REMAINS_BEHIND = re.compile(r"[^.;,\d]{0,24}(?<!\w)còn lại(?!\w)")
_REMAINS_BEFORE = re.compile(r"(?<!\w)còn lại(?: là| có)?[^.;,\d]{0,12}$")
#: how many figures back the total of what remains may stand
_BACK = 6
#: more parts than this are no list that a reader adds up
_PARTS = 12
#: a smaller number is made by chance too easily
_MANY = 10
#: a total of so many of its last unit is told finely
_FINE = 1000
_WHOLE = ("count", "measure")


def assign_exact(document: Document, mentions: Sequence[Mention]) -> None:
    """Set ``part_of`` where nothing else did and the numbers fit to the last unit."""
    for index, mention in enumerate(mentions):
        if mention.relation != "level" or mention.part_of is not None:
            continue
        if mention.kind in (*_WHOLE, "money"):
            _out_of(document, mentions, index)
        if mention.part_of is not None:
            continue
        if mention.kind in _WHOLE and mention.value.as_tuple().exponent == 0:
            _other_unit(document, mentions, index)
        if mention.kind in (*_WHOLE, "money"):
            _remainder(document, mentions, index)
    _continued(document, mentions)


def _continued(document: Document, mentions: Sequence[Mention]) -> None:
    """ "Thu 33 tỷ, trong đó nội địa 24 tỷ. Dầu thô thu 2 tỷ, xuất khẩu 7 tỷ": what the next sentence completes."""
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for at, mention in enumerate(mentions):
        if mention.part_of is not None and mention.kind in (*_WHOLE, "money"):
            parts[mention.part_of].append(at)
    for total, known in parts.items():
        whole, last = mentions[total], mentions[known[-1]]
        made = sum((mentions[at].value for at in known), whole.value * 0)
        here = document.sentence_index(last.start)
        if known[0] < total or made >= whole.value or here + 1 >= len(document.sentences):
            continue
        end = document.sentences[here + 1][1]
        added: list[int] = []
        for at in range(known[-1] + 1, min(known[-1] + 1 + _BACK, len(mentions))):
            mention = mentions[at]
            if mention.start >= end or made >= whole.value:
                break
            if mention.relation == "level" and mention.kind == whole.kind and part_unit(mention.unit, whole.unit):
                if mention.part_of is not None:
                    break
                added.append(at)
                made += mention.value
        if added and abs(made - whole.value) <= _rounding(whole, len(known) + len(added)):
            for at in added:
                mentions[at].part_of = total
                mentions[at].evidence["part_of"] = "the sum"


def _rounding(whole: Mention, parts: int) -> Decimal:
    """By how much rounded parts may miss a total that is told in thousandths or finer ("18,742 triệu")."""
    unit = Decimal(1).scaleb(len(str(int(whole.value))) - len(str(int(whole.value)).rstrip("0")))
    return unit * parts / 2 if unit > 1 and whole.value >= _FINE * unit else Decimal(0)


def _out_of(document: Document, mentions: Sequence[Mention], index: int) -> None:
    """ "thu hồi 300 ha trong tổng số 500 ha": the total stands behind its part."""
    if index + 1 >= len(mentions):
        return
    part, whole = mentions[index], mentions[index + 1]
    if whole.relation != "level" or whole.part_of is not None or part.value > whole.value:
        return
    same = part.kind == whole.kind and part_unit(part.unit, whole.unit)
    if same and _OUT_OF.fullmatch(document.lower, max(part.end, part.unit_end), whole.start):
        part.part_of = index + 1
        part.evidence["part_of"] = "trong tổng số"


def _other_unit(document: Document, mentions: Sequence[Mention], index: int) -> None:
    """Are the figures behind "trong đó" of one unit, and do they make the figure before it?"""
    whole = mentions[index]
    if index + 2 >= len(mentions) or whole.value < _MANY:
        return
    first = mentions[index + 1]
    if first.unit is None or first.unit == whole.unit or "/" in first.unit + (whole.unit or ""):
        return
    if not same_class(first.unit, whole.unit) or not _OPENS.fullmatch(document.lower, whole.end, first.start):
        return
    end = document.sentence_at(whole.start)[1]
    parts: list[int] = []
    said = whole.value * 0
    for at in range(index + 1, min(index + 1 + _PARTS, len(mentions))):
        part = mentions[at]
        if part.start >= end or part.relation != "level":
            break
        if (part.unit, part.kind) != (first.unit, first.kind):
            continue
        if part.part_of is not None:
            return
        parts.append(at)
        said += part.value
        if said >= whole.value:
            break
    if said != whole.value:
        parts = _run(mentions, index, end)
        said = sum((mentions[at].value for at in parts), whole.value * 0)
    if len(parts) >= 2 and said == whole.value:
        for at in parts:
            mentions[at].part_of = index
            mentions[at].evidence["part_of"] = "the sum"


def _run(mentions: Sequence[Mention], index: int, end: int) -> list[int]:
    """The counts that follow one another behind a total, in units of its class, until they make it."""
    whole = mentions[index]
    parts: list[int] = []
    said = whole.value * 0
    for at in range(index + 1, min(index + 1 + _PARTS, len(mentions))):
        part = mentions[at]
        if part.start >= end or part.kind != "count" or part.relation != "level" or part.part_of is not None:
            break
        if not same_class(part.unit, whole.unit):
            break
        parts.append(at)
        said += part.value
        if said >= whole.value:
            break
    return parts


def _remainder(document: Document, mentions: Sequence[Mention], index: int) -> None:
    """Is this what remains of an earlier figure, together with one between the two?"""
    rest = mentions[index]
    lower = document.lower
    behind = _REMAINS_BEHIND.match(lower, max(rest.end, rest.unit_end))
    if not behind and not _REMAINS_BEFORE.search(lower, max(0, rest.start - 40), rest.start):
        return
    here = document.sentence_index(rest.start)
    first = document.sentences[max(0, here - 1)][0]
    near = [
        at
        for at in range(max(0, index - _BACK), index)
        if mentions[at].start >= first
        and mentions[at].relation == "level"
        and mentions[at].kind == rest.kind
        and _alike(mentions[at], rest)
    ]
    for taken in reversed(near):
        for total in reversed([at for at in near if at < taken]):
            if mentions[taken].part_of not in (None, total) or mentions[total].part_of is not None:
                continue
            if mentions[taken].value + rest.value == mentions[total].value:
                for at in (taken, index):
                    mentions[at].part_of = total
                    mentions[at].evidence.setdefault("part_of", "còn lại")
                return


def _alike(one: Mention, other: Mention) -> bool:
    return one.unit == other.unit or one.unit is None or other.unit is None
