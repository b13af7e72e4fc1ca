"""From what was read to rows: all of loading a document that needs no database, so that any process can do it.

Ids follow from what is said and where. The integer keys do not exist yet: rows name figures and findings by their place
in the document, and the writer adds the first free key.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

from db.folding import fold
from db.identity import bulletin_id, content_hash_of, document_id, extraction_hash, figure_ids, make_id
from db.store.facts import fact_rows
from db.store.rows import Row, Values, columns_without
from schemas.documents import Bulletin, Extraction
from schemas.facts import Facts
from schemas.figures import Figure
from schemas.fingerprints import Fingerprints

#: the columns of prepared rows, in their order; the writer puts before them what only it knows
BULLETIN = columns_without("bulletins", "run_id", "search_key")
EXTRACTION = columns_without("extractions", "bulletin_id", "run_id")
FIGURE = columns_without("figures", "key", "bulletin_id", "run_id")
NUMERAL = columns_without("numerals", "figure_key", "bulletin_id", "run_id")
FINDING = columns_without("findings", "key", "bulletin_id", "run_id")

#: JSON for people
_shown = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Prepared:
    """One document's rows, picklable. A figure or a finding is an index into ``figures`` or ``findings``."""

    url: str
    capture_id: str
    document_id: str
    bulletin_id: str
    text_sha256: str
    #: BULLETIN; None for a version that the database has
    bulletin: Values | None
    #: title, text, folded
    bulletin_search: Values | None
    #: EXTRACTION; the hash in it tells whether a result equal to this one is there
    extraction: Values
    extraction_sha256: str
    #: FIGURE
    figures: tuple[Values, ...]
    #: subject, sentence, folded; one a figure
    figure_search: tuple[Values, ...]
    #: figure, kind, figure it points at
    links: tuple[tuple[int, str, int], ...]
    #: the figure that claims it, and NUMERAL
    numerals: tuple[tuple[int | None, Values], ...]
    #: FINDING
    findings: tuple[Values, ...]
    #: finding, position, figure
    members: tuple[tuple[int, int, int], ...]
    #: what ``facts.fact_rows`` gives; None leaves the facts that are there
    facts: tuple[Values, ...] | None
    fingerprints: Fingerprints | None = None


def prepare(
    *,
    url: str,
    source: str,
    capture_id: str,
    bulletin: Bulletin,
    extraction: Extraction,
    facts: Facts | None = None,
    fingerprints: Fingerprints | None = None,
) -> Prepared:
    """The rows of the document at ``url`` as the capture shows it, for ``store.load.store``.

    Raises ``ValueError`` where the extraction is of another text, or a figure's quote does not stand at its place.
    """
    text = bulletin.text
    if text != extraction.text:
        raise ValueError(f"the extraction {extraction.id} is of another text than its bulletin")
    document, sha256 = document_id(url), extraction.text_sha256
    version = bulletin_id(document, bulletin)
    row = {
        "id": version,
        "document_id": document,
        "title": bulletin.title,
        "published": bulletin.published,
        "source": source,
        "url": url,
        "byline": bulletin.byline,
        "category": bulletin.category,
        "text": text,
        "captions": "\n".join(bulletin.captions),
        "text_sha256": sha256,
        "reader": bulletin.reader,
        "warnings": "\n".join(bulletin.warnings),
        "capture_id": capture_id,
    }
    made = prepare_result(
        url=url,
        capture_id=capture_id,
        version=version,
        extraction=extraction,
        facts=facts,
        fingerprints=fingerprints,
    )
    return replace(
        made,
        bulletin=itemgetter(*BULLETIN)(row),
        bulletin_search=(bulletin.title, text, fold(f"{bulletin.title or ''}\n{text}")),
    )


def prepare_result(
    *,
    url: str,
    capture_id: str,
    version: str,
    extraction: Extraction,
    facts: Facts | None = None,
    fingerprints: Fingerprints | None = None,
) -> Prepared:
    """The rows of another reading of a version that the database has: figures and what belongs to them."""
    document, sha256 = document_id(url), extraction.text_sha256
    contract = extraction.to_contract()
    result_sha256 = extraction_hash(contract, extraction)
    result = {"sha256": result_sha256, "figures": len(extraction.figures)} | contract["ledger"]
    figures = list(_figures(extraction, contract["figures"], document, sha256))
    folded = cache(fold)  # a sentence has several figures
    return Prepared(
        url=url,
        capture_id=capture_id,
        document_id=document,
        bulletin_id=version,
        text_sha256=sha256,
        bulletin=None,
        bulletin_search=None,
        extraction=itemgetter(*EXTRACTION)(result),
        extraction_sha256=result_sha256,
        figures=tuple(map(itemgetter(*FIGURE), figures)),
        figure_search=tuple(
            (row["subject"], row["sentence"], f"{folded(row['subject'])}\n{folded(row['sentence'])}") for row in figures
        ),
        links=tuple(
            (i, kind, target)
            for i, figure in enumerate(extraction.figures)
            for kind, target in (("part_of", figure.part_of), ("about", figure.about))
            if target is not None
        ),
        numerals=tuple((numeral.figure, attrgetter(*NUMERAL)(numeral)) for numeral in extraction.numerals),
        findings=tuple(map(itemgetter(*FINDING), _findings(extraction, document, sha256))),
        members=tuple(
            (finding, position, figure)
            for finding, found in enumerate(extraction.findings)
            for position, figure in enumerate(found.figures)
        ),
        facts=None if facts is None else tuple(fact_rows(facts, sha256)),
        fingerprints=fingerprints,
    )


def _figures(extraction: Extraction, contracts: list[dict[str, Any]], document: str, text_sha256: str) -> Iterator[Row]:
    text = extraction.text
    figure_id = figure_ids(document, text_sha256)
    seen: Counter[tuple[int, int]] = Counter()
    for position, (figure, contract) in enumerate(zip(extraction.figures, contracts, strict=True)):
        span = (figure.start, figure.end)
        quote = text[figure.start : figure.end]
        if quote != figure.quote:
            raise ValueError(
                f"figure {position} of {extraction.id}: expected {figure.quote!r} at {figure.start}:{figure.end},"
                f" found {quote!r} in the text"
            )
        start, end = _trimmed(text, *extraction.sentence_of(*span))
        row = contract | _figure_fields(figure, contract)
        row["id"] = figure_id(figure, seen[span])
        row["position"] = position
        row["sentence"], row["sentence_start"], row["sentence_end"] = text[start:end], start, end
        seen[span] += 1
        yield row


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends: sentences tile a text, people read them one at a time."""
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip())


def _figure_fields(figure: Figure, contract: dict[str, Any]) -> Row:
    """The columns that show a figure otherwise than its contract does."""
    period = figure.period
    return {
        "value": float(figure.value),
        "value_text": contract["value"],
        "denominator": None if figure.denominator is None else float(figure.denominator),
        "denominator_text": contract["denominator"],
        "value_max": None if figure.value_max is None else float(figure.value_max),
        "value_max_text": contract["value_max"],
        "other_bases": json.dumps(figure.other_bases) if figure.other_bases else None,
        "period_start": period.start.isoformat() if period else None,
        "period_end": period.end.isoformat() if period else None,
        "evidence": _shown(figure.evidence),
        "content_hash": content_hash_of(contract),
    }


def _findings(extraction: Extraction, document: str, text_sha256: str) -> Iterator[Row]:
    for position, finding in enumerate(extraction.findings):
        spans = [(extraction.figures[i].start, extraction.figures[i].end) for i in finding.figures]
        yield {
            "id": make_id("finding", document, text_sha256, finding.check, spans),
            "position": position,
            "check_name": finding.check,
            "verdict": finding.verdict,
            "expected": finding.expected,
            "message": finding.message,
        }
