"""Rows of place names: one agent of several names, names and figures that are answered one by one ("lần lượt")."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.mention import Mention
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.lead import Lead
from extractors.subjects.lexicon import phrases
from extractors.subjects.names import name_length, native, organisation

_BETWEEN = frozenset((",", "và"))
_REACH = 50


def row_before(frame: Frame, stop: int) -> list[list[int]]:
    """The names that end right before word ``stop``, parted by commas or "và", from left to right.

    A name is two words or more with capitals, or an area with its name ("huyện Hòa Bắc", "TP Hòa Bắc").
    """
    row: list[list[int]] = []
    at = stop
    while at > 0 and len(row) < 40:
        begin = at
        while begin > 0 and at - begin < 5 and frame.words[begin - 1].isalpha() and frame.capital(begin - 1):
            begin -= 1
        size = phrases("area").ending(frame.words, max(begin - 3, 0), begin)
        if at - begin < (1 if size else 2):
            break
        begin -= size
        row.insert(0, list(range(begin, at)))
        if not begin or frame.words[begin - 1] not in _BETWEEN:
            break
        at = begin - 1
    return row


def row_behind(frame: Frame, start: int) -> list[int]:
    """The words from ``start`` on that are names of places in a row ("Hòa Bắc, tỉnh Kỳ Lâm và An Hòa"), or nothing."""
    at, end = start, start
    while at < min(len(frame.words), start + _REACH):
        size = phrases("district").at(frame.words, at, len(frame.words))
        kept = list(range(at, min(at + size + 8, len(frame.words))))
        name = name_length(frame, kept, size)
        named = [frame.words[i] for i in kept[size : size + name]]
        if not name or (not size and (name < 2 or not native(named) or organisation(frame, kept[:name]))):
            break
        end = at + size + name
        if frame.words[end : end + 1] not in ([","], ["và"]):
            break
        at = end + 1
    return list(range(start, end))


def respective(frame: Frame) -> dict[int, list[int]]:
    """For figures that answer a row of names ("Hòa Bắc, Kỳ Lâm ... lần lượt là 12 và 15 hộ"): figure -> its name."""
    out: dict[int, list[int]] = {}
    for k, place in enumerate(frame.places):
        if k in out:
            continue
        floor = frame.places[k - 1] + 1 if k else 0
        marker = _marker(frame, max(floor, place - 8), place)
        if marker < 0:
            continue
        run = [k]
        while run[-1] + 1 < len(frame.places):
            gap = frame.words[frame.places[run[-1]] + 1 : frame.places[run[-1] + 1]]
            if len(gap) > 2 or not gap or any(word not in (",", ";", "và", "đồng") for word in gap):
                break
            run.append(run[-1] + 1)
        names = _row_of(frame, max(floor, marker - _REACH), marker, len(run))
        out.update(zip(run, names, strict=False))
    return out


def answered(frame: Frame, mentions: Sequence[Mention], leads: Sequence[Lead]) -> dict[int, int]:
    """Shares that answer two figures joined by "và" one by one: "18 xã giải thể và 9 xã mới, chiếm 22% và 24%"."""
    out: dict[int, int] = {}
    for k in range(2, len(frame.places) - 1):
        first, second = (mentions[frame.figure[frame.places[i]]] for i in (k, k + 1))
        counted = [mentions[frame.figure[frame.places[i]]].kind for i in (k - 2, k - 1)]
        if first.kind != second.kind or first.kind != "percent" or counted[0] != counted[1] or "percent" in counted:
            continue
        if {first.relation, second.relation} != {"share"}:
            continue
        joined = all(frame.words[leads[i].start - 1] == "và" for i in (k - 1, k + 1))
        gaps = [range(frame.places[i] + 1, frame.places[i + 1]) for i in (k - 2, k - 1, k)]
        commas = [sum(frame.words[i] == "," for i in gap) for gap in gaps]
        if joined and commas[1:] == [1, 0] and not any(frame.stops(i) for gap in gaps for i in gap):
            out[k], out[k + 1] = k - 2, k - 1
    return out


def _marker(frame: Frame, start: int, stop: int) -> int:
    for at in range(stop - 2, start - 1, -1):
        if " ".join(frame.words[at : at + 2]) in ("lần lượt", "tương ứng"):
            return at
    return -1


def _row_of(frame: Frame, floor: int, stop: int, count: int) -> list[list[int]]:
    """The last row of exactly ``count`` names between ``floor`` and ``stop``."""
    if count < 2:
        return []
    at = stop
    while at > floor:
        if frame.words[at - 1] != FIGURE and frame.words[at - 1].isalpha() and frame.capital(at - 1):
            row = row_before(frame, at)
            if len(row) == count and row[0][0] >= floor:
                return row
            at = row[0][0] if row else at - 1
        else:
            at -= 1
    return []
