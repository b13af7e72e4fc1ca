"""part_of: which total a figure is a part of."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.links.context import DEPTH, VIEW, Context, Earlier, Listing
from extractors.links.surroundings import Surroundings
from extractors.links.units import content_words, part_unit, same_unit
from extractors.links.words import any_of
from extractors.mention import Mention
from extractors.text.document import Document

COUNTABLE = ("count", "money", "measure", "duration")
_NO_PART = re.compile(rf"{any_of('no_part')}|năm (?:19|20)\d\d")
_BASIS = re.compile(any_of("basis"))
_PER_EACH = re.compile(r"\b(?:mỗi|bình quân|trung bình)\b")
_NEW_STATEMENT = re.compile(rf"^\s*(?:và )?(?:đã |cũng )?{any_of('statements')}")
_APART = re.compile(any_of("apart"))
_RECEIVED = re.compile(any_of("received"))
_SETTLED = re.compile(any_of("settled"))
_CALLED_TOTAL = re.compile(r"(?<!\w)tổng(?: số)?(?!\w)")
_BRACKET_REACH = 140
#: "2.000.000đ (hai triệu đồng)": a bracket so near behind a number that has its value says it again
_UNIT = 8
#: between "trong số" and its number stands an approximator at most
_DIRECTLY = 10


class Parts:
    """Finds totals; keeps nothing of its own but what it was given."""

    def __init__(self, document: Document, mentions: list[Mention], around: Surroundings) -> None:
        self._low = document.lower
        self._mentions = mentions
        self._around = around

    def open_list(self, context: Context, start: int, words: str, earlier: Earlier, sentence_start: int) -> None:
        """A cue opens a list in ``context``; ``earlier`` are the figures said before."""
        words = " ".join(words.split())
        awaits = words in ("trong tổng số", "trong số", "trong")
        loose = words.endswith(":")
        here = context.in_view()
        behind = [
            i
            for i in here
            if not re.search("theo|như sau|sau đây|dưới đây", words) or self._mentions[i].part_of is None
        ]
        here = behind or here
        first = words in ("gồm", "bao gồm", "gồm có", "bao gồm có")
        if first:
            here = [i for i in here if ";" not in self._low[self._mentions[i].end : start].rstrip("; ")]
        listing = Listing(
            words=words,
            start=start,
            totals=self._with_their_totals(here or earlier.levels)[:VIEW],
            near=bool(here),
            distant=not here and earlier.distant,
            awaits=awaits,
            loose=loose,
            first=first,
            of_plan=words.startswith("đến nay"),
        )
        if loose:
            listing.intro = content_words(self._low[max(sentence_start, start - 200) : start + len(words)])
        if listing.of_plan:
            listing.totals = [i for i in here if self._is_foreseen(i)]
        context.lists.append(listing)
        del context.lists[:-8]

    def _with_their_totals(self, figures: list[int]) -> list[int]:
        """The figures, then the totals that they are parts of."""
        above = [self._mentions[i].part_of for i in figures]
        return [*figures, *dict.fromkeys(i for i in above if i is not None and i not in figures)]

    def _is_foreseen(self, index: int) -> bool:
        """Planned, or called a total: what "đến nay đã" counts against."""
        return self._mentions[index].status == "planned" or "tổng số" in self._around.before(index)[0]

    def semicolon(self, context: Context) -> None:
        """A semicolon ends the inner of two lists, and a list whose items commas part."""
        if len(context.lists) > 1:
            context.lists.pop()
        elif context.lists:
            listing = context.lists[-1]
            most = max(listing.counts.values(), default=0)
            if most > 1 and not (listing.semicolons or listing.loose):
                context.lists.clear()
            listing.semicolons = listing.semicolons or most == 1

    def find(self, context: Context, index: int) -> tuple[int, str] | None:
        """The total of figure ``index`` and the words that say so."""
        mention = self._mentions[index]
        if mention.kind not in COUNTABLE or mention.relation != "level":
            return None
        before, _ = self._around.before(index)
        if _PER_EACH.search(before):
            return None
        here: Context | None = context
        for _ in range(DEPTH):
            if here is None:
                break
            if _APART.search(self._around.gap(index)):
                here.lists.clear()
            for listing in reversed(here.lists):
                total = self._total_in(listing, index, before)
                if total is not None:
                    if listing.items:
                        here.lists = [other for other in here.lists if other is not listing]
                    return total, listing.words
            if here.parent:
                total = self._total_before_bracket(here, index, before)
                if total is not None:
                    here.total = total
                    here.parts.append(index)
                    return total, "("
            here = here.parent
        return self._settled(context, index, before)

    def _total_in(self, listing: Listing, index: int, before: str) -> int | None:
        mention = self._mentions[index]
        if listing.awaits:
            listing.awaits = False
            if mention.start - listing.start <= len(listing.words) + _DIRECTLY:
                listing.totals, listing.near, listing.distant = [index], True, False
                return None
        total = self._match(listing, index, before)
        if total is None and listing.first:
            listing.totals = []  # "gồm" lists what its first figure counts
        listing.first = False
        if total is None:
            return None
        value, whole = mention.value, self._mentions[total].value
        said, count = listing.sums.get(total, Decimal(0)), listing.counts.get(total, 0)
        if count and (said == whole or listing.words.startswith("riêng")):
            return None
        own_words = before.rsplit(listing.words, 1)[-1]
        starts_anew = bool(_NEW_STATEMENT.match(own_words))
        if not listing.near and value >= whole:
            return None  # what was said before is said again
        if count == 0:
            if value > whole and (listing.loose or not self._directly_behind(listing, total, index)):
                return None
            listing.verbs = starts_anew
        elif value > whole or (starts_anew and not listing.verbs):
            return None
        listing.sums[total] = said + value
        listing.counts[total] = count + 1
        return total

    def _match(self, listing: Listing, index: int, before: str) -> int | None:
        """The total of the list that the figure's unit answers."""
        unit = self._mentions[index].unit
        if unit in listing.by_unit:
            return listing.by_unit[unit]
        fitting = [i for i in listing.totals if i != index and self._fits(index, i)]
        if listing.loose:
            fitting = [i for i in fitting if self._mentions[i].value >= self._mentions[index].value]
            total = self._most_shared(fitting, listing.intro)
            if total is None:
                total = self._most_shared(fitting, self._around.words(index))
            if total is not None:
                listing.by_unit[unit] = total
            return total
        if not listing.near:
            fitting = [i for i in fitting if self._mentions[i].part_of is None]
        if listing.distant:
            topic = content_words(before)
            return next((i for i in fitting if topic & self._around.words(i)), None)
        exact = [i for i in fitting if same_unit(unit, self._mentions[i].unit)] or fitting
        if len(exact) > 1 and not listing.near and self._mentions[index].kind == "count":
            alike = self._alike(exact, content_words(before) - content_words(unit or ""))
            if alike is None and _CALLED_TOTAL.search(self._around.before(exact[0])[0]):
                return exact[0]
            return alike if alike is not None else self._alike_behind(exact, index)
        total = exact[0] if exact and not (len(exact) > 1 and self._coordinated(exact[1], exact[0])) else None
        listing.by_unit[unit] = total
        return total

    def _directly_behind(self, listing: Listing, total: int, index: int) -> bool:
        """ "trong đó" in the total's own segment, and this is the first figure behind it."""
        between = self._low[self._mentions[total].end : self._mentions[index].start]
        return (
            listing.near
            and listing.words.startswith("trong")
            and self._mentions[index - 1].end <= listing.start
            and ";" not in between
        )

    def _alike(self, totals: list[int], words: set[str]) -> int | None:
        """Of several totals in one unit ("chết 12 người, bị thương 28 người") the one that is spoken of likewise."""
        shared = [len(words & self._around.topic(i)) for i in totals]
        best = max(shared)
        if best and shared.count(best) == 1:
            return totals[shared.index(best)]
        apart = any(totals[n] - totals[n + 1] > 1 for n in range(len(totals) - 1))
        return totals[0] if apart and not best else None

    def _alike_behind(self, totals: list[int], index: int) -> int | None:
        """ "80 doanh nghiệp giải thể và 572 doanh nghiệp tạm ngừng. Trong đó: ...": told apart behind their numbers."""
        words = content_words(self._around.after(index))
        shared = [len(words & content_words(self._around.after(i))) for i in totals]
        best = max(shared)
        return totals[shared.index(best)] if best and shared.count(best) == 1 else None

    def _fits(self, part: int, total: int) -> bool:
        """Same unit; a figure whose unit the text leaves out has that of the total."""
        one, other = self._mentions[part], self._mentions[total]
        if one.unit is None:
            return one.kind == other.kind and other.unit is not None and "/" not in other.unit
        return part_unit(one.unit, other.unit)

    def _most_shared(self, totals: list[int], words: set[str]) -> int | None:
        """The total whose clause shares most words; of equals one that is no part itself, then the nearest."""
        scored = [
            (len(words & self._around.words(i)), self._mentions[i].part_of is None, -n, i) for n, i in enumerate(totals)
        ]
        best = max(scored, default=(0, False, 0, -1))
        return best[3] if best[0] else None

    def _coordinated(self, one: int, other: int) -> bool:
        """ "53 hộ nghèo và 79 hộ cận nghèo, trong đó ...": nobody knows of which."""
        if other != one + 1 or self._mentions[other].part_of is not None:
            return False
        between = self._low[self._mentions[one].end : self._mentions[other].start]
        return len(between) < 60 and " và " in between and not re.search(r"[;.(:]", between)

    def _total_before_bracket(self, bracket: Context, index: int, before: str) -> int | None:
        parent = bracket.parent
        assert parent is not None
        if bracket.total is not None:
            return bracket.total if self._fits(index, bracket.total) else None
        if _NO_PART.search(before):
            return None
        if bracket.last >= 0 and _BASIS.search(
            self._low, max(self._mentions[bracket.last].end, bracket.start - 80), bracket.start
        ):
            return None
        for candidate in reversed(parent.levels):
            total = self._mentions[candidate]
            if bracket.start - total.end > _BRACKET_REACH or (parent.lists and parent.lists[-1].start > total.start):
                return None
            if ";" in self._low[total.end : bracket.start]:
                return None
            if self._fits(index, candidate):
                again = self._mentions[index].value == total.value and bracket.start - total.end < _UNIT
                return candidate if self._mentions[index].value <= total.value and not again else None
        return None

    def completes(self, listing: Listing, index: int) -> int | None:
        """The total that figure ``index``, first of the next sentence, makes up exactly with the parts said before."""
        mention = self._mentions[index]
        if mention.kind not in COUNTABLE or mention.relation != "level":
            return None
        for total, said in listing.sums.items():
            if (
                part_unit(mention.unit, self._mentions[total].unit)
                and said + mention.value == self._mentions[total].value
            ):
                return total
        return None

    def _settled(self, context: Context, index: int, before: str) -> tuple[int, str] | None:
        """ "tiếp nhận 50 hồ sơ, giải quyết 48 hồ sơ": what was settled is part of what came in."""
        verb = _SETTLED.search(before)
        if not verb or context.parent:
            return None
        for candidate in reversed(context.levels[-4:]):
            total = self._mentions[candidate]
            if same_unit(self._mentions[index].unit, total.unit) and self._mentions[index].value <= total.value:
                return (candidate, verb.group()) if _RECEIVED.search(self._around.before(candidate)[0]) else None
        return None
