"""May a re-extraction take the place of what people see? One answer a guard, each in words with its numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from db.compare.diff import Summary, Tally
from db.store.runs import UNSEEN_RUNS


@dataclass(frozen=True, slots=True)
class Limits:
    """What may get worse, and how much.

    Shares are of what the bulletins of the run said before. Sources with fewer than ``few`` figures are judged
    together: of ten figures, one is ten per cent.
    """

    figures_down: float = 0.02
    unexplained_up: float = 0.002
    accusing_up: float = 0.25
    errors: float = 0.005
    few: int = 100


@dataclass(frozen=True, slots=True)
class Guard:
    """One answer. ``holds`` None: could not be asked, which stops nothing but is said."""

    name: str
    holds: bool | None
    says: str

    def to_json(self) -> dict[str, Any]:
        """As ``promotions.guards`` holds it."""
        return asdict(self)


_TOTALS = """
SELECT b.source, sum(e.figures), sum(e.claimed + e.set_aside + e.unexplained), sum(e.unexplained),
  (SELECT count(*) FROM current_runs c2 JOIN bulletins b2 ON b2.id = c2.bulletin_id
   JOIN findings n ON n.bulletin_id = c2.bulletin_id AND n.run_id = c2.run_id
   WHERE b2.source = b.source AND n.verdict IN ('fails', 'impossible', 'suspicious'))
FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id
JOIN extractions e ON e.bulletin_id = c.bulletin_id AND e.run_id = c.run_id
WHERE b.source IN (SELECT k.source FROM candidates d JOIN captures k ON k.id = d.capture_id WHERE d.run_id = :run)
GROUP BY b.source"""


def judge(db: Database, run_id: str, summary: Summary, limits: Limits, *, captures_left: int) -> list[Guard]:
    """The guards of a run whose comparison with what is current is ``summary``.

    ``captures_left``: how many captures of its scope the run has not read.
    """
    now = {
        row[0]: Counter(figures=row[1], numerals=row[2], unexplained=row[3], accusing=row[4])
        for row in db.conn.execute(_TOTALS, {"run": run_id})
    }
    read, unreadable = db.conn.execute(
        "SELECT count(*), coalesce(sum(k.bulletin_id IS NULL AND EXISTS (SELECT 1 FROM readings g"
        f" WHERE g.capture_id = k.capture_id AND g.run_id NOT IN ({UNSEEN_RUNS}))), 0)"
        " FROM candidates k WHERE k.run_id = ?",
        (run_id,),
    ).fetchone()
    return [
        Guard("complete", captures_left == 0, f"{captures_left} captures of the run's scope are not read yet"),
        _errors(read, unreadable, limits),
        *_figures(now, summary, limits),
        _unexplained(now, summary, limits),
        _accusing(now, summary, limits),
    ]


def _errors(read: int, unreadable: int, limits: Limits) -> Guard:
    share = _share(unreadable, read)
    says = (
        f"{unreadable} of {read} captures that could be read before cannot be read now"
        f" ({share:.2%}, limit {limits.errors:.2%})"
    )
    return Guard("errors", share <= limits.errors, says)


def _figures(now: dict[str, Counter[str]], summary: Summary, limits: Limits) -> list[Guard]:
    """Figures a source; small sources together, as "others"."""
    before, after = Counter[str](), Counter[str]()
    for source in {*now, *summary.sources}:
        tally, whole = summary.sources.get(source, Tally()), now.get(source, Counter())["figures"]
        name = source if whole >= limits.few else "others"
        before[name] += whole
        after[name] += whole - tally.before["figures"] + tally.after["figures"]
    guards = []
    for name in sorted(before):
        down = _share(before[name] - after[name], before[name])
        says = (
            f"figures of {name}: {before[name]} before, {after[name]} after"
            f" ({-down:+z.2%}, limit {-limits.figures_down:+.2%})"
        )
        guards.append(Guard("figures", down <= limits.figures_down, says))
    return guards


def _unexplained(now: dict[str, Counter[str]], summary: Summary, limits: Limits) -> Guard:
    numerals, before, after = _whole(now, summary, "unexplained")
    up = _share(after - before, numerals)
    says = (
        f"unexplained numerals: {before} before, {after} after of {numerals}"
        f" ({up:+z.2%} of all, limit {limits.unexplained_up:+.2%})"
    )
    return Guard("unexplained", up <= limits.unexplained_up, says)


def _accusing(now: dict[str, Counter[str]], summary: Summary, limits: Limits) -> Guard:
    _, before, after = _whole(now, summary, "accusing")
    allowed = before + max(3, round(before * limits.accusing_up))
    says = f"findings that accuse a text: {before} before, {after} after (limit {allowed})"
    return Guard("accusing", after <= allowed, says)


def _share(part: int, whole: int) -> float:
    """A share that equals a limit written with the same digits: 2 of 100 is 0.02."""
    return round(part / whole, 9) if whole else 0.0


def _whole(now: dict[str, Counter[str]], summary: Summary, what: str) -> tuple[int, int, int]:
    """All numerals, and the count of ``what`` before and after, over the sources that the run touches."""
    before = sum(counts[what] for counts in now.values())
    more = sum(tally.after[what] - tally.before[what] for tally in summary.sources.values())
    return sum(counts["numerals"] for counts in now.values()), before, before + more
