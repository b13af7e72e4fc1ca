"""Which of two totals a list makes: not the nearest one where the parts make the one before it exactly."""

from __future__ import annotations

from extractors.mention import Mention

#: figures before the nearest total among which another is looked for
_BACK = 6
_FEWEST = 3


def refit(mentions: list[Mention]) -> None:
    """ "Xảy ra 68 vụ; khám phá 60 vụ. Phân theo xã: A 20 vụ, B 26 vụ, C 22 vụ": the parts are of the 68."""
    lists: dict[int, list[int]] = {}
    for index, mention in enumerate(mentions):
        if mention.part_of is not None and mention.part_of < index:
            lists.setdefault(mention.part_of, []).append(index)
    for total, parts in lists.items():
        nearest = mentions[total]
        made = sum(mentions[part].value for part in parts)
        if len(parts) < _FEWEST or made <= nearest.value:
            continue
        for at in range(total - 1, max(total - 1 - _BACK, -1), -1):
            other = mentions[at]
            if other.unit == nearest.unit and other.relation == "level" and other.value == made:
                for part in parts:
                    mentions[part].part_of = at
                break
