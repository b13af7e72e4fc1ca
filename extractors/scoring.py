"""How well extracted figures answer labelled ones, by the definitions of the labelling guidelines.

A figure answers a labelled one when their number spans overlap; each answers at most one, the larger overlap first.

- detect: F1 over spans.
- value: found, with value, denominator, value_max and kind equal (count and measure are one kind); F1.
- unit: value right and the unit equal after folding, or one the beginning of the other; F1.
- core: unit right, and relation, basis, direction, status, approx as well; F1.
- subject, scope, period: of the figures that were found, how many are right; subject and scope are when the F1 of
  their folded words is 0.6 or more.
- links: F1 over ``part_of`` and ``about``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

Figure = Mapping[str, Any]

COLUMNS = ("detect", "value", "unit", "core", "subject", "scope", "period", "links")
_NUMBERS = ("value", "denominator", "value_max")
_CORE = ("relation", "basis", "direction", "status", "approx")
_PHRASES = ("subject", "scope")
#: the fields an error is reported under, in the order in which a reader wants to see them
FIELDS = ("kind", *_NUMBERS, "unit", *_CORE, *_PHRASES, "period", "part_of", "about")
ENOUGH_WORDS = 0.6


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a figure missed, one too many ("extra"), or a ``field`` of a found one."""

    document: str
    field: str
    rule: str
    where: str
    wanted: Any = None
    given: Any = None


@dataclass
class Tally:
    """Counts over any number of documents; ``scores`` makes the table's row of them."""

    documents: int = 0
    labelled: int = 0
    given: int = 0
    found: int = 0
    right: Counter[str] = field(default_factory=Counter)
    links_right: int = 0
    links_labelled: int = 0
    links_given: int = 0
    faults: list[Fault] = field(default_factory=list)

    def scores(self) -> dict[str, float]:
        """Column -> score between 0 and 1."""
        f1s = {name: f1(self.right[name], self.labelled, self.given) for name in ("value", "unit", "core")}
        shares = {n: self.right[n] / self.found if self.found else 0.0 for n in ("subject", "scope", "period")}
        links = f1(self.links_right, self.links_labelled, self.links_given)
        return {"detect": f1(self.found, self.labelled, self.given), **f1s, **shares, "links": links}


def f1(right: int, labelled: int, given: int) -> float:
    """F1 of ``right`` hits; 1 where nothing was asked and nothing answered."""
    return 2 * right / (labelled + given) if labelled + given else 1.0


def fold(text: str | None) -> str:
    """Lower case without diacritics, words parted by single spaces; ``%`` and ``/`` stay, spaces around ``/`` go.

    >>> fold("Đồng / người,  UỶ ban"), fold(None)
    ('dong/nguoi uy ban', '')
    """
    apart = unicodedata.normalize("NFKD", (text or "").lower())
    bare = "".join(c for c in apart if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(re.findall(r"[\w%/]+", re.sub(r"\s*/\s*", "/", bare)))


def words_agree(one: str | None, other: str | None) -> float:
    """F1 of two phrases' folded words, each counted as often as it stands there; 1 for two empty ones."""
    left, right = Counter(fold(one).split()), Counter(fold(other).split())
    return f1((left & right).total(), left.total(), right.total())


def units_agree(one: str | None, other: str | None, known: frozenset[str]) -> bool:
    """Equal after folding, or the shorter one a ``known`` unit that begins the longer of at most three syllables."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return short == long or (bool(short) and short in known and long.startswith(f"{short} ") and long.count(" ") <= 2)


def pairs(labelled: Sequence[Figure], given: Sequence[Figure]) -> list[tuple[int, int]]:
    """Which given figure answers which labelled one, as indices."""
    candidates = []
    for i, want in enumerate(labelled):
        for j, got in enumerate(given):
            shared = min(want["end"], got["end"]) - max(want["start"], got["start"])
            if shared > 0:
                candidates.append((-shared, abs(want["start"] - got["start"]), i, j))
    chosen: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in chosen and j not in used:
            chosen[i] = j
            used.add(j)
    return sorted(chosen.items())


def score(documents: Iterable[Mapping[str, Any]], answers: Mapping[str, Sequence[Figure]]) -> Tally:
    """Tally of ``answers`` (document id -> figures) against labelled ``documents``."""
    documents = list(documents)
    known = frozenset(fold(figure.get("unit")) for document in documents for figure in document["figures"])
    tally = Tally()
    for document in documents:
        _count(tally, document, answers.get(document["id"], ()), known)
    return tally


def _count(tally: Tally, document: Mapping[str, Any], given: Sequence[Figure], known: frozenset[str]) -> None:
    labelled = document["figures"]
    text = document.get("text", "")
    matched = pairs(labelled, given)
    tally.documents += 1
    tally.labelled += len(labelled)
    tally.given += len(given)
    tally.found += len(matched)

    def fault(name: str, at: Figure, wanted: Any = None, got: Any = None, rule: str = "") -> None:
        tally.faults.append(Fault(document["id"], name, rule, around(text, at["start"], at["end"]), wanted, got))

    for i, j in matched:
        want, got = labelled[i], given[j]
        wrong = [name for name in FIELDS[:-2] if not _field_right(name, want, got, known)]
        for name in wrong:
            fault(name, want, want.get(name), got.get(name), str(got.get("rule") or ""))
        value = not {"kind", *_NUMBERS} & set(wrong)
        unit = value and "unit" not in wrong
        tally.right["value"] += value
        tally.right["unit"] += unit
        tally.right["core"] += unit and not set(_CORE) & set(wrong)
        for name in ("subject", "scope", "period"):
            tally.right[name] += name not in wrong
    for i in sorted(set(range(len(labelled))) - {i for i, _ in matched}):
        fault("missed", labelled[i])
    for j in sorted(set(range(len(given))) - {j for _, j in matched}):
        fault("extra", given[j], rule=str(given[j].get("rule") or ""))
    for name in ("part_of", "about"):
        _links(tally, name, document, given, matched)


def _links(
    tally: Tally, name: str, document: Mapping[str, Any], given: Sequence[Figure], matched: list[tuple[int, int]]
) -> None:
    labelled = document["figures"]
    to_labelled = {j: i for i, j in matched}
    wanted = {i: figure[name] for i, figure in enumerate(labelled) if figure.get(name) is not None}
    answered = {j: figure[name] for j, figure in enumerate(given) if figure.get(name) is not None}
    right = {to_labelled[j] for j, k in answered.items() if j in to_labelled and _same_link(wanted, to_labelled, j, k)}
    tally.links_right += len(right)
    tally.links_labelled += len(wanted)
    tally.links_given += len(answered)

    text = document.get("text", "")
    said = {i: answered.get(j) for i, j in matched}
    for i, target in wanted.items():
        if i not in right:
            got = said.get(i)
            tally.faults.append(
                Fault(
                    document["id"],
                    name,
                    str(given[dict(matched)[i]].get("rule") or "") if i in said else "",
                    around(text, labelled[i]["start"], labelled[i]["end"]),
                    _quote(text, labelled[target]),
                    _quote(text, given[got]) if got is not None else None,
                )
            )
    for j, k in answered.items():
        if to_labelled.get(j) not in wanted:
            where = around(text, given[j]["start"], given[j]["end"])
            rule = str(given[j].get("rule") or "")
            tally.faults.append(Fault(document["id"], name, rule, where, None, _quote(text, given[k])))


def _same_link(wanted: Mapping[int, int], to_labelled: Mapping[int, int], j: int, k: int) -> bool:
    return k in to_labelled and wanted.get(to_labelled[j]) == to_labelled[k]


def _field_right(name: str, want: Figure, got: Figure, known: frozenset[str]) -> bool:
    one, other = want.get(name), got.get(name)
    if name in _NUMBERS:
        return _number(one) == _number(other)
    if name == "kind":
        return _kind(one) == _kind(other)
    if name == "unit":
        return units_agree(one, other, known)
    if name in _PHRASES:
        return words_agree(one, other) >= ENOUGH_WORDS
    return (one or None) == (other or None)


def _kind(kind: str | None) -> str | None:
    return "amount" if kind in ("count", "measure") else kind


def _number(text: object) -> Decimal | None:
    """The number that was written; what is no number at all equals nothing, itself included."""
    if text is None or text == "":
        return None
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return Decimal("NaN")


def _quote(text: str, figure: Figure) -> str:
    return f"{text[figure['start'] : figure['end']]}@{figure['start']}"


def around(text: str, start: int, end: int, width: int = 45) -> str:
    """The place in its surroundings, on one line."""
    return f"{text[max(0, start - width) : start]}[{text[start:end]}]{text[end : end + width]}".replace("\n", "⏎")


def case_fault(case: Mapping[str, Any], given: Sequence[Figure]) -> str | None:
    """Why a single-sentence case does not hold, None where it does.

    Every wanted figure is found once with its value, nothing is found on a span that is no figure, and nothing else
    outside the spans where either reading will do.
    """
    text = case["text"]
    spans = [((figure["start"], figure["end"]), _number(figure.get("value"))) for figure in given]
    for want in case["figures"]:
        here = [value for span, value in spans if _overlap(span, (want["start"], want["end"]))]
        quote = text[want["start"] : want["end"]]
        if not here:
            return f"missed {quote!r}"
        if here != [Decimal(want["value"])]:
            return f"read {quote!r} as {', '.join(map(str, here))}, not {want['value']}"
    allowed = [(want["start"], want["end"]) for want in case["figures"]] + [tuple(span) for span in case["free"]]
    for span, _ in spans:
        if any(_overlap(span, none) for none in case["none"]) or not any(_overlap(span, free) for free in allowed):
            return f"no figure: {text[span[0] : span[1]]!r}"
    return None


def _overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    return min(one[1], other[1]) > max(one[0], other[0])
