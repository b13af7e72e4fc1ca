"""Loading what was read from one document: all its rows or none."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlite_utils import Database

from db.folding import fold
from db.identity import bulletin_id, content_hash, document_id, extraction_hash, figure_id, make_id
from db.store.connection import writing
from db.store.facts import store_facts
from db.store.pointers import accept
from db.store.rows import Row, insert, insert_new, next_key
from schemas.documents import Bulletin, Extraction
from schemas.facts import Facts
from schemas.figures import Figure, plain
from schemas.fingerprints import Fingerprints


def load_bulletin(
    db: Database,
    run_id: str,
    *,
    source: str,
    capture_id: str,
    bulletin: Bulletin,
    extraction: Extraction,
    facts: Facts | None = None,
    promote: bool = True,
    fingerprints: Fingerprints | None = None,
) -> str:
    """Load a document in one transaction and return the id of its version.

    A changed text (or title, date, byline, caption) is a new version; the older one is kept. A result equal to the
    current one of the version adds nothing but the note that this capture was read; ``facts`` of the text are stored
    beside it, None leaves what is there. With ``promote`` the version and
    the result become current, unless a later capture of the page is current already. ``fingerprints`` are those of
    this source's reading; without them the reading is known by the run's fingerprint alone.
    """
    if bulletin.text != extraction.text:
        raise ValueError(f"the extraction {extraction.id} is of another text than its bulletin")
    with writing(db):
        found = db.conn.execute(
            "SELECT c.url, r.fingerprint FROM captures c JOIN runs r ON r.id = ? WHERE c.id = ?", (run_id, capture_id)
        ).fetchone()
        if found is None:
            raise KeyError(f"no run {run_id} or no capture {capture_id} in the database; record both before loading")
        url, fingerprint = found
        document = document_id(url)
        version = bulletin_id(document, bulletin)
        _version(db, run_id, source, capture_id, document, version, url, bulletin, extraction.text_sha256)
        result_run = _result(db, run_id, document, version, extraction)
        if facts is not None:
            store_facts(db, run_id, version, extraction.text_sha256, facts)
        note_reading(
            db,
            run_id,
            capture_id=capture_id,
            version=version,
            result_run=result_run,
            fingerprint=fingerprints.whole if fingerprints else fingerprint,
            fingerprints=fingerprints,
        )
        if promote:
            accept(db, run_id, document=document, version=version, result_run=result_run, capture_id=capture_id)
    return version


def note_reading(
    db: Database,
    run_id: str,
    *,
    capture_id: str,
    version: str,
    result_run: str,
    fingerprint: str,
    fingerprints: Fingerprints | None = None,
) -> None:
    """Note what a capture read to at a fingerprint; what is noted already stays."""
    reading = {
        "capture_id": capture_id,
        "fingerprint": fingerprint,
        "bulletin_id": version,
        "run_id": run_id,
        "result_run": result_run,
        "page_fingerprint": fingerprints.page if fingerprints else None,
        "figure_fingerprint": fingerprints.figures if fingerprints else None,
    }
    insert_new(db, "readings", reading)


def _version(
    db: Database,
    run_id: str,
    source: str,
    capture_id: str,
    document: str,
    version: str,
    url: str,
    bulletin: Bulletin,
    text_sha256: str,
) -> None:
    """Add the version's row and its entry in the search index, unless it is there."""
    key = next_key(db, "bulletins", "search_key")
    captions = "\n".join(bulletin.captions)
    row = {
        "id": version,
        "document_id": document,
        "title": bulletin.title,
        "published": bulletin.published,
        "source": source,
        "url": url,
        "byline": bulletin.byline,
        "category": bulletin.category,
        "text": bulletin.text,
        "captions": captions,
        "text_sha256": text_sha256,
        "reader": bulletin.reader,
        "warnings": "\n".join(bulletin.warnings),
        "capture_id": capture_id,
        "run_id": run_id,
        "search_key": key,
    }
    if insert_new(db, "bulletins", row):
        db.conn.execute(
            "INSERT INTO bulletins_fts (rowid, title, text, folded) VALUES (?, ?, ?, ?)",
            (key, bulletin.title, bulletin.text, fold(f"{bulletin.title or ''}\n{bulletin.text}")),
        )


def _result(db: Database, run_id: str, document: str, version: str, extraction: Extraction) -> str:
    """Add the rows of the extraction under this run; the run that already has an equal result, if one has."""
    sha256 = extraction_hash(extraction)
    equal = db.conn.execute(
        "SELECT e.run_id FROM extractions e LEFT JOIN current_runs c"
        " ON c.bulletin_id = e.bulletin_id AND c.run_id = e.run_id"
        " WHERE e.bulletin_id = ? AND e.sha256 = ? ORDER BY c.run_id IS NULL, e.run_id LIMIT 1",
        (version, sha256),
    ).fetchone()
    if equal is not None:
        return str(equal[0])
    where = {"bulletin_id": version, "run_id": run_id}
    insert(db, "extractions", [where | {"sha256": sha256, "figures": len(extraction.figures)} | extraction.ledger])
    first = next_key(db, "figures")
    rows = _figure_rows(extraction, document, where, first)
    insert(db, "figures", rows)
    db.conn.executemany(
        "INSERT INTO figures_fts (rowid, subject, sentence, folded) VALUES (?, ?, ?, ?)",
        [(r["key"], r["subject"], r["sentence"], fold(f"{r['subject'] or ''}\n{r['sentence']}")) for r in rows],
    )
    links = [
        {"figure_key": first + i, "kind": kind, "target_key": first + target, "run_id": run_id}
        for i, figure in enumerate(extraction.figures)
        for kind, target in (("part_of", figure.part_of), ("about", figure.about))
        if target is not None
    ]
    insert(db, "figure_links", links)
    numerals = [
        where
        | {"start": n.start, "end": n.end, "quote": n.quote, "state": n.state, "reason": n.reason}
        | {"figure_key": None if n.figure is None else first + n.figure}
        for n in extraction.numerals
    ]
    insert(db, "numerals", numerals)
    _findings(db, document, where, extraction, first)
    return run_id


def _figure_rows(extraction: Extraction, document: str, where: Row, first: int) -> list[Row]:
    seen: Counter[tuple[int, int]] = Counter()
    rows = []
    for position, figure in enumerate(extraction.figures):
        quote = extraction.text[figure.start : figure.end]
        if quote != figure.quote:
            raise ValueError(
                f"figure {position} of {extraction.id}: expected {figure.quote!r} at {figure.start}:{figure.end},"
                f" found {quote!r} in the text"
            )
        span = (figure.start, figure.end)
        mention = figure_id(document, extraction.text_sha256, figure, seen[span])
        seen[span] += 1
        start, end = _trimmed(extraction.text, *extraction.sentence_of(*span))
        row = where | {"key": first + position, "id": mention, "position": position} | _figure_fields(figure)
        row |= {"sentence": extraction.text[start:end], "sentence_start": start, "sentence_end": end}
        rows.append(row)
    return rows


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends: sentences tile a text, people read them one at a time."""
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip())


def _figure_fields(figure: Figure) -> dict[str, Any]:
    """The columns that show the figure itself."""
    return {
        "start": figure.start,
        "end": figure.end,
        "quote": figure.quote,
        "kind": figure.kind,
        "value": float(figure.value),
        "value_text": plain(figure.value),
        "denominator": None if figure.denominator is None else float(figure.denominator),
        "denominator_text": plain(figure.denominator),
        "value_max": None if figure.value_max is None else float(figure.value_max),
        "value_max_text": plain(figure.value_max),
        "unit": figure.unit,
        "relation": figure.relation,
        "basis": figure.basis,
        "other_bases": json.dumps(figure.other_bases) if figure.other_bases else None,
        "direction": figure.direction,
        "status": figure.status,
        "approx": figure.approx,
        "subject": figure.subject,
        "scope": figure.scope,
        "period_start": figure.period.start.isoformat() if figure.period else None,
        "period_end": figure.period.end.isoformat() if figure.period else None,
        "rule": figure.rule,
        "evidence": json.dumps(figure.evidence, ensure_ascii=False, sort_keys=True),
        "content_hash": content_hash(figure),
    }


def _findings(db: Database, document: str, where: Row, extraction: Extraction, first: int) -> None:
    key = next_key(db, "findings")
    rows, members = [], []
    for position, finding in enumerate(extraction.findings):
        spans = [(extraction.figures[i].start, extraction.figures[i].end) for i in finding.figures]
        rows.append(
            where
            | {
                "key": key + position,
                "id": make_id("finding", document, extraction.text_sha256, finding.check, spans),
                "position": position,
                "check_name": finding.check,
                "verdict": finding.verdict,
                "expected": finding.expected,
                "message": finding.message,
            }
        )
        members += [
            {"finding_key": key + position, "position": i, "figure_key": first + index, "run_id": where["run_id"]}
            for i, index in enumerate(finding.figures)
        ]
    insert(db, "findings", rows)
    insert(db, "finding_figures", members)
