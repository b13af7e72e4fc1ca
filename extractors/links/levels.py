"""about: which level a change or a relative speaks of."""

from __future__ import annotations

import re

from extractors.links.context import DEPTH, VIEW, Context, Earlier
from extractors.links.surroundings import Surroundings
from extractors.links.units import content_words, plain_unit, same_unit
from extractors.links.words import any_of
from extractors.mention import Mention
from extractors.text.document import Document

_VERB = re.compile(any_of("verbs"))
_AGAINST = re.compile(r"lần lượt|so (?:với )?(?:cùng kỳ|kế hoạch|[^,;:]{0,60})")
_TIME = re.compile(r"(?:\d+ )?(?:tháng|quý|năm|ngày|giai đoạn|vụ)\s+\d[\d/.-]*|\d+ (?:tháng|quý|năm|ngày)|\d+/\d+")
_DIGIT = re.compile(r"\d")
_RATE = re.compile(r"t[ỷỉ] lệ")
_WEIGHT = re.compile(r"chiếm|t[ỷỉ] trọng")
#: "tăng 10% số vụ": the unit is named behind the change
_NUMBER_OF = re.compile(r"\s*%?\s*(?:về )?(?:tổng )?số (.+)")
#: between a change and the level that it led to
_LED_TO = re.compile(r"[^.;:(\d]{0,12}, (?:nâng|đưa|đạt)[^,.;:(\d]{0,60}")
_HYPOTHETICAL = re.compile(r"\bnếu\b")
_AMOUNTS = ("count", "money", "measure", "duration")


class Levels:
    """Finds the level that a change qualifies."""

    def __init__(self, document: Document, mentions: list[Mention], around: Surroundings) -> None:
        self._low = document.lower
        self._mentions = mentions
        self._around = around

    def find(self, context: Context, index: int, earlier: Earlier, sentence_start: int) -> tuple[int, str] | None:
        """The level that figure ``index`` speaks of, and the words that join the two; None where the text has none."""
        mention = self._mentions[index]
        before, joined = self._around.before(index)
        previous = self._mentions[index - 1] if index else None
        if joined and previous is not None and previous.relation != "level" and " và " in before:
            before, joined = before.rsplit(" và ", 1)[1], False
        verb = next(reversed(list(_VERB.finditer(before))), None)
        subject = _AGAINST.sub(" ", before[: verb.start()] if verb else before)
        said = verb.group() if verb else before.strip() or "("
        if _HYPOTHETICAL.search(subject) or self._unread_level(index):
            return None
        named = set() if joined else content_words(subject)
        if named:
            found = self._named(context, named, earlier, mention)
            if found is None:
                return self._completed(index)
            context.group = [found]  # a further change without words of its own speaks of the same
            return found, " ".join(before.split())
        group = self._group(context)
        if not group and not content_words(self._low[sentence_start : mention.start]):
            group = [] if earlier.distant else earlier.group
        found = self._choose(index, group, context)
        if found is not None and self._counts_something_else(mention, found):
            before_it = self._counted_before(mention, index, earlier)
            found = before_it if before_it is not None else found
        if found is None or self._only_weighs(mention, found):
            return None
        return found, said

    def _completed(self, index: int) -> tuple[int, str] | None:
        """ "tăng thêm 5 xã, nâng tổng số lên 20 xã": the level that the change led to stands behind it."""
        if index + 1 >= len(self._mentions):
            return None
        change, level = self._mentions[index], self._mentions[index + 1]
        between = _LED_TO.fullmatch(self._low, max(change.end, change.unit_end), level.start)
        same = level.relation == "level" and same_unit(change.unit, level.unit) and change.value < level.value
        return (index + 1, between.group().strip(" ,")) if between and same and change.relation == "change" else None

    def _counts_something_else(self, change: Mention, index: int) -> bool:
        """ "giảm cả 3 tiêu chí, trong đó giảm 5 vụ": the vụ are not of the tiêu chí."""
        level = self._mentions[index]
        return change.kind == level.kind == "count" and not same_unit(change.unit, level.unit)

    def _counted_before(self, change: Mention, index: int, earlier: Earlier) -> int | None:
        """What the sentence before counted in the unit of the change."""
        if change.kind != "count" or earlier.distant:
            return None
        words = content_words(self._around.after(index)) | content_words(change.unit or "")
        fitting = [i for i in earlier.levels if same_unit(change.unit, self._mentions[i].unit)]
        for i in fitting:
            words -= content_words(self._mentions[i].unit or "")
        return self._best(fitting, words)

    def _only_weighs(self, change: Mention, index: int) -> bool:
        """ "chiếm 34% doanh thu, tăng 1,5%": what rose is the amount, not its weight."""
        level = self._mentions[index]
        if change.unit != "%" or level.kind != "percent":
            return False
        return bool(_WEIGHT.search(self._around.before(index)[0]))

    def _group(self, context: Context) -> list[int]:
        here: Context | None = context
        for _ in range(DEPTH):
            if here is None:
                break
            if here.group:
                if here.total is not None and len(here.parts) > 1 and not here.has_change and self._all_parts(here):
                    return [here.total]
                if here.parent is None or any(self._can_change(i) for i in here.group):
                    return here.group
            here = here.parent
        return []

    def _all_parts(self, context: Context) -> bool:
        return context.group[-1] in context.parts

    def _can_change(self, index: int) -> bool:
        return self._mentions[index].kind != "ratio"

    def _named(self, context: Context, named: set[str], earlier: Earlier, change: Mention) -> int | None:
        behind = [] if earlier.distant and len(named) < 2 else earlier.levels[:VIEW]
        for index in [*context.in_view(), *behind]:
            if named <= self._around.words(index) and self._may(change, index) and not self._is_start(index):
                return index
        return None

    def _unread_level(self, index: int) -> bool:
        """A number behind the last semicolon that is no figure: the change speaks of it, and it is not there."""
        parts = self._around.gap(index).rsplit(";", 1)
        return len(parts) > 1 and bool(_DIGIT.search(_TIME.sub(" ", parts[1])))

    def _is_start(self, index: int) -> bool:
        """ "từ 0,68 lên 0,71": what follows speaks of where it ended."""
        return self._around.before(index)[0].rstrip().endswith(" từ")

    def _may(self, change: Mention, index: int) -> bool:
        level = self._mentions[index]
        if change.kind in ("percent",):
            return level.kind in _AMOUNTS
        return same_unit(change.unit, level.unit)

    def _choose(self, index: int, group: list[int], context: Context) -> int | None:
        change = self._mentions[index]
        unit = plain_unit(change.unit or "")
        of_kind = {
            "điểm phần trăm": ("percent",),
            "điểm %": ("percent",),
            "bậc": ("rank",),
        }.get(unit)
        if of_kind:
            return next((i for i in reversed(group) if self._mentions[i].kind in of_kind), None)
        words = content_words(self._around.after(index)) - content_words(unit)
        amounts = [i for i in group if self._mentions[i].kind in _AMOUNTS]
        if change.kind != "percent" and unit != "lần":
            fitting = [
                i
                for i in group
                if same_unit(change.unit, self._mentions[i].unit) and self._mentions[i].kind != "percent"
            ]
            return self._best(fitting or amounts or group, words)
        if group and self._mentions[group[-1]].kind == "percent" and _RATE.search(self._around.before(group[-1])[0]):
            return group[-1]
        counted = _NUMBER_OF.match(self._around.after(index))
        if counted:
            amounts = [
                i for i in amounts if counted.group(1).startswith(plain_unit(self._mentions[i].unit or "?"))
            ] or amounts
        return self._best(amounts or [i for i in group if self._mentions[i].kind == "percent"], words)

    def _best(self, fitting: list[int], words: set[str]) -> int | None:
        """The candidate that shares most words with what follows the change; the last of equals."""
        if not fitting:
            return None
        return max(fitting, key=lambda i: (len(words & self._around.words(i)), i))
