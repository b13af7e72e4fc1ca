"""What another reading says differently, figure by figure. What only moved is no change; times and ids never count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from sqlite_utils import Database

from db.compare.align import Mention, align
from db.compare.states import Pair, pairs

Kind = Literal["added", "gone", "changed", "unreadable"]

#: the columns of ``figures`` that say something; where a figure stands, and by which rule it was found, is not said
SAID = (
    *("kind", "value_text", "denominator_text", "value_max_text", "unit", "relation", "basis", "other_bases"),
    *("direction", "status", "approx", "subject", "scope", "period_start", "period_end"),
)
#: what a figure points at, as its quote and unit: keys and places differ from reading to reading
LINKS = ("part_of", "about")

_FIGURES = f"""
SELECT f.id, f.start, f.end, f.quote, f.sentence, f.rule, f.key, {", ".join(f"f.{name}" for name in SAID)}
FROM figures f WHERE f.bulletin_id = ? AND f.run_id = ? ORDER BY f.position"""
_LINKED = """
SELECT l.figure_key, l.kind, t.quote || coalesce(' ' || t.unit, '') FROM figure_links l
JOIN figures f ON f.key = l.figure_key JOIN figures t ON t.key = l.target_key
WHERE f.bulletin_id = ? AND f.run_id = ?"""
_HEAD = "SELECT title, url, source FROM bulletins WHERE id = ?"
_LEDGER = "SELECT figures, claimed, set_aside, unexplained FROM extractions WHERE bulletin_id = ? AND run_id = ?"
_ACCUSING = """
SELECT count(*) FROM findings
WHERE bulletin_id = ? AND run_id = ? AND verdict IN ('fails', 'impossible', 'suspicious')"""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``fields`` of a changed figure: name -> (old, new); ``rule`` is that of the newer one."""

    kind: Kind
    document: str
    source: str
    url: str
    title: str | None
    quote: str = ""
    sentence: str = ""
    rule: str = ""
    figure_id: str = ""
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    reason: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As ``bantin diff --format jsonl`` writes it: fields without content are left out."""
        made = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) not in ("", None, {})}
        if "fields" in made:
            made["fields"] = {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()}
        return made


@dataclass(slots=True)
class Tally:
    """Totals of one source over the bulletins that differ; "before" and "after" count only those."""

    kinds: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Summary:
    """A whole comparison in numbers, filled while ``changes`` runs."""

    bulletins: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    sources: dict[str, Tally] = field(default_factory=dict)

    @property
    def kinds(self) -> Counter[str]:
        """Changes by kind over all sources."""
        return sum((tally.kinds for tally in self.sources.values()), Counter())


def changes(db: Database, old: str, new: str, summary: Summary) -> Iterator[Change]:
    """Every difference between two sides, bulletin by bulletin; ``summary`` counts them. Raises RunError.

    One bulletin is in memory at a time.
    """
    for pair in pairs(db, old, new):
        shown = pair.new or pair.old
        if shown is None:
            continue  # never read by either side
        title, url, source = db.conn.execute(_HEAD, (shown[0],)).fetchone()
        tally = summary.sources.setdefault(source, Tally())
        summary.bulletins += 1
        if pair.old:
            tally.before += _counted(db, pair.old)
        if pair.new is None:
            tally.kinds["unreadable"] += 1
            yield Change("unreadable", pair.document, source, url, title, reason=pair.error)
            continue
        tally.after += _counted(db, pair.new)
        for change in _figures(db, pair, title, url, source):
            tally.kinds[change.kind] += 1
            summary.fields.update(change.fields.keys())
            summary.rules[change.rule] += 1
            yield change


def _figures(db: Database, pair: Pair, title: str | None, url: str, source: str) -> Iterator[Change]:
    before, after = _said(db, pair.old), _said(db, pair.new)
    for one, other in align([said.mention for said in before.values()], [said.mention for said in after.values()]):
        here = other or one
        assert here is not None
        fields: dict[str, tuple[Any, Any]] = {}
        kind: Kind = "gone" if other is None else "added"
        if one is not None and other is not None:
            kind = "changed"
            old_says, new_says = before[one.id].says, after[other.id].says
            fields = {name: (old_says[name], new_says[name]) for name in old_says if old_says[name] != new_says[name]}
            if not fields:
                continue
        rule = (before if other is None else after)[here.id].rule
        yield Change(kind, pair.document, source, url, title, here.quote, here.sentence, rule, here.id, fields)


@dataclass(frozen=True, slots=True)
class _Said:
    mention: Mention
    rule: str
    says: dict[str, Any]


def _said(db: Database, result: tuple[str, str] | None) -> dict[str, _Said]:
    if result is None:
        return {}
    links: dict[int, dict[str, str]] = {}
    for key, kind, target in db.conn.execute(_LINKED, result):
        links.setdefault(key, {})[kind] = target
    made = {}
    for row in db.conn.execute(_FIGURES, result):
        says = dict(zip(SAID, row[7:], strict=True)) | {kind: links.get(row[6], {}).get(kind) for kind in LINKS}
        made[row[0]] = _Said(Mention(*row[:5]), row[5], says)
    return made


def _counted(db: Database, result: tuple[str, str]) -> Counter[str]:
    figures, claimed, aside, unexplained = db.conn.execute(_LEDGER, result).fetchone()
    accusing = db.conn.execute(_ACCUSING, result).fetchone()[0]
    return Counter(figures=figures, numerals=claimed + aside + unexplained, unexplained=unexplained, accusing=accusing)


@cache
def field_names() -> dict[str, str]:
    """Vietnamese names of the compared fields, from the description of the table."""
    from schemas.tables import tables

    table = tables()["figures"]
    return {name: table.column(name).vi for name in SAID} | {"part_of": "Tổng số chứa nó", "about": "Số liệu nói tới"}
