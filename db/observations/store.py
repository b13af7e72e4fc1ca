"""Writing what a bulletin says: one observation a fact and value, with every place that states it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlite_utils import Database

from db.identity import make_id
from db.store.rows import insert, insert_new
from schemas.figures import plain
from schemas.indicators import Indicator
from schemas.observations import Said, era_of, time_period

#: what observations of one thing share: indicator, area, series, period
Fact = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a bulletin, known since ``since``, and what it says.

    ``copies`` are versions of reprints with the same text.
    """

    bulletin_id: str
    since: str
    said: Sequence[Said]
    copies: tuple[str, ...] = ()


def record_catalogue(db: Database, known: Iterable[Indicator]) -> None:
    """Write the catalogue as it is; what is unchanged is not touched."""
    rows: list[dict[str, object]] = [
        {
            "code": one.code,
            "name": one.name,
            "name_en": one.en,
            "unit": one.unit,
            "nature": one.nature,
            "topic": one.topic,
            "official_code": one.official_code,
            "generated": 0,
        }
        for one in known
    ]
    for row in rows:
        if not insert_new(db, "indicators", row):
            changed = ", ".join(f"{name} = :{name}" for name in row if name != "code")
            same = " AND ".join(f"{name} IS :{name}" for name in row if name != "code")
            db.conn.execute(f"UPDATE indicators SET {changed} WHERE code = :code AND NOT ({same})", row)


def record_generated(db: Database, said: Iterable[Said], spelled: Mapping[str, str] = MappingProxyType({})) -> None:
    """A row for every generated indicator that is said. ``spelled``: the words in its code as the text writes them.

    Of several spellings the first in the order of letters is its name, in whatever order the bulletins come.
    """
    for code, unit in sorted({(one.indicator, one.unit) for one in said if one.indicator.startswith("x.")}):
        words = code.split(".")[1]
        bare, name = (
            f"{text} ({unit})" if unit else text for text in (words.replace("-", " "), spelled.get(words, ""))
        )
        row: dict[str, object] = dict.fromkeys(("name_en", "nature", "topic", "official_code"))
        row |= {"code": code, "name": name if words in spelled else bare, "unit": unit, "generated": 1}
        if not insert_new(db, "indicators", row) and words in spelled:
            db.conn.execute(
                "UPDATE indicators SET name = :name WHERE code = :code AND (name = :bare OR name > :name)",
                {"code": code, "name": name, "bare": bare},
            )


def drop_unused(db: Database, indicators: Iterable[str]) -> None:
    """Remove those of these generated indicators that no observation is of any more."""
    db.conn.executemany(
        "DELETE FROM indicators WHERE code = ? AND generated = 1"
        " AND NOT EXISTS (SELECT 1 FROM observations_history o WHERE o.indicator = code)",
        [(code,) for code in indicators],
    )


def forget(db: Database, document: str) -> set[Fact]:
    """Remove a bulletin's observations; the facts that they were of."""
    touched: set[Fact] = set(
        db.conn.execute(
            "SELECT DISTINCT indicator, ref_area, series_id, time_period FROM observations_history"
            " WHERE document_id = ?",
            (document,),
        )
    )
    db.conn.execute(
        "DELETE FROM observation_mentions WHERE observation_id IN"
        " (SELECT id FROM observations_history WHERE document_id = ?)",
        (document,),
    )
    db.conn.execute("DELETE FROM observations_history WHERE document_id = ?", (document,))
    return touched


def record_document(db: Database, document: str, versions: Sequence[Version]) -> set[Fact]:
    """Write what the versions of a bulletin say, oldest first; the facts that were written.

    A fact is one observation as long as its value stays; a version with another value adds one that is known from then
    on, a version without the fact ends it.
    """
    rows: dict[str, dict[str, object]] = {}
    mentions: dict[tuple[str, str, int, int], dict[str, object]] = {}
    standing: dict[tuple[object, ...], str] = {}
    for version in versions:
        facts: defaultdict[tuple[object, ...], list[Said]] = defaultdict(list)
        for said in version.said:
            facts[said.fact].append(said)
        for fact in [fact for fact in standing if fact not in facts]:
            rows[standing.pop(fact)]["valid_to"] = version.since
        for fact, told in facts.items():
            best = _most_said(told)
            row = _row(document, version, best, told)
            before = rows.get(standing.get(fact, ""))
            if before is not None and before["obs_value_text"] == row["obs_value_text"]:
                row = before
            elif before is not None:
                before["valid_to"], before["superseded_by"] = version.since, row["id"]
            standing[fact] = str(row["id"])
            rows.setdefault(str(row["id"]), row)
            for said in told:
                for bulletin in (version.bulletin_id, *version.copies):
                    mention = _mention(str(row["id"]), bulletin, said, said.value == best.value)
                    mentions.setdefault((str(row["id"]), bulletin, said.start, said.end), mention)
    insert(db, "observations_history", rows.values())
    insert(db, "observation_mentions", mentions.values())
    return {
        (str(row["indicator"]), str(row["ref_area"]), str(row["series_id"]), str(row["time_period"]))
        for row in rows.values()
    }


def _most_said(told: Sequence[Said]) -> Said:
    """The mention that stands for the fact: of the value said most often, in the text first, not in a table."""
    often = Counter(said.value for said in told)
    return max(told, key=lambda said: (said.figure is not None, often[said.value], said.score, -said.start))


def _row(document: str, version: Version, best: Said, told: Sequence[Said]) -> dict[str, object]:
    era = era_of(best.period_start, best.period_end)
    frequency, period = time_period(best.period_start, best.period_end)
    segment = [best.segment] if best.segment else []
    series = make_id(
        "series", best.indicator, best.ref_area, best.scope, best.detail, best.unit, best.claim, era, *segment
    )
    return {
        "id": make_id("observation", series, period, document, plain(best.value)),
        "series_id": series,
        "indicator": best.indicator,
        "ref_area": best.ref_area,
        "scope": best.scope,
        "detail": best.detail,
        "breakdown": best.breakdown,
        "freq": frequency,
        "time_period": period,
        "period_start": best.period_start.isoformat(),
        "period_end": best.period_end.isoformat(),
        "obs_value": float(best.value),
        "obs_value_text": plain(best.value),
        "unit_measure": best.unit,
        "obs_status": best.status,
        "era": era,
        "valid_from": version.since,
        "valid_to": None,
        "superseded_by": None,
        "mentions": sum(said.value == best.value for said in told),
        "conflicting": sum(said.value != best.value for said in told),
        "score": best.score,
        "reason": best.reason,
        "document_id": document,
        "bulletin_id": version.bulletin_id,
        "comparable_since": best.broken.at.isoformat() if best.broken else None,
        "break_reason": best.broken.reason if best.broken else None,
        "break_note": best.broken.vi if best.broken else None,
        "correction": "corrected" if best.corrected else None,
    }


def _mention(observation: str, bulletin: str, said: Said, agrees: bool) -> dict[str, object]:
    return {
        "observation_id": observation,
        "bulletin_id": bulletin,
        "start": said.start,
        "end": said.end,
        "quote": said.quote,
        "figure_id": said.figure,
        "agrees": int(agrees),
        "correction": "corrected" if said.corrected else None,
    }


def as_json(ids: Iterable[str]) -> str:
    """Ids as the JSON list of a column."""
    return json.dumps(list(ids))
