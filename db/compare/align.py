"""Which figure of one reading is which of another: by id in the same text, else by quote and the words around it."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: words that two sentences share at least, of all that they have, to be the same sentence said a little differently
_ALIKE = 0.5
#: mentions left to pair, above which only those with the same words are: the careful ways take the square of it
_MANY = 2000
_WORD = re.compile(r"\w+")

Pair = tuple["Mention | None", "Mention | None"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure as it stands: its id, its span in its own text, the number as written, the sentence around it."""

    id: str
    start: int
    end: int
    quote: str
    sentence: str


def align(old: Sequence[Mention], new: Sequence[Mention]) -> list[Pair]:
    """Pairs of the same mention; (one, None) for what is gone, (None, one) for what came. Every mention stands once.

    A figure that only moved keeps its partner: first those of the same id (same text, same span), then those with
    the same quote in the same sentence, in the order of the text, then the same quote in a sentence that shares at
    least half of its words (not in a text with thousands of figures that changed). In text order of the old ones; what
    came stands at the end.

    >>> a = Mention("a", 0, 2, "12", "Có 12 phường.")
    >>> b = Mention("b", 40, 42, "12", "Có 12 phường.")
    >>> align([a], [b]) == [(a, b)], align([a], []) == [(a, None)]
    (True, True)
    """
    by_id = {mention.id: mention for mention in new}
    partner: dict[str, Mention] = {one.id: by_id[one.id] for one in old if one.id in by_id}
    left = [one for one in old if one.id not in partner]
    kept = {other.id for other in partner.values()}
    right = [one for one in new if one.id not in kept]
    if left and right:
        many = max(len(left), len(right)) > _MANY
        partner |= {one.id: other for one, other in _same_sentence(left, right, in_order=not many)}
        taken = {other.id for other in partner.values()}
        left = [one for one in left if one.id not in partner]
        right = [one for one in right if one.id not in taken]
        if not many:
            partner |= {one.id: other for one, other in _alike(left, right)}
    taken = {other.id for other in partner.values()}
    pairs: list[Pair] = [(one, partner.get(one.id)) for one in old]
    return pairs + [(None, one) for one in new if one.id not in taken]


def _same_sentence(
    left: Sequence[Mention], right: Sequence[Mention], *, in_order: bool
) -> Iterator[tuple[Mention, Mention]]:
    """The longest runs in the same order first, if so wanted; then the first that has the words, wherever it is."""
    one, other = [_key(mention) for mention in left], [_key(mention) for mention in right]
    used_left, used_right = set(), set()
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks() if in_order else ():
        for step in range(block.size):
            used_left.add(block.a + step)
            used_right.add(block.b + step)
            yield left[block.a + step], right[block.b + step]
    waiting: defaultdict[tuple[str, str], deque[Mention]] = defaultdict(deque)
    for index, mention in enumerate(right):
        if index not in used_right:
            waiting[other[index]].append(mention)
    for index, mention in enumerate(left):
        if index not in used_left and waiting[one[index]]:
            yield mention, waiting[one[index]].popleft()


def _alike(left: Sequence[Mention], right: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    waiting: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in right:
        waiting[mention.quote].append(mention)
    for mention in left:
        words = _words(mention.sentence)
        best, most = None, _ALIKE
        for other in waiting[mention.quote]:
            share = _shared(words, _words(other.sentence))
            if share > most or (best is None and share == most):
                best, most = other, share
        if best is not None:
            waiting[mention.quote].remove(best)
            yield mention, best


def _key(mention: Mention) -> tuple[str, str]:
    return mention.quote, " ".join(_WORD.findall(mention.sentence.lower()))


def _words(sentence: str) -> frozenset[str]:
    return frozenset(_WORD.findall(sentence.lower()))


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    first, second = set(one), set(other)
    both = first | second
    return len(first & second) / len(both) if both else 1.0
