"""From a text to figures, findings and a closed ledger: the stages, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from extractors.arithmetic import check
from extractors.assemble import make_mentions, overlapping, serial_numbers, time_claims, whole_claims
from extractors.ledger import close_ledger
from extractors.links import assign_links
from extractors.mention import Mention
from extractors.numerals import scan
from extractors.periods import assign_periods, find_times
from extractors.periods.bases import assign_basis_periods
from extractors.periods.model import TimeExpression
from extractors.periods.report import assign_report_period
from extractors.qualifiers import carry_status, read_approx, read_estimates, read_relations, read_status
from extractors.setaside import set_aside
from extractors.subjects import assign_subjects
from extractors.tables import Tables, describe
from extractors.text.canonical import canonical
from extractors.text.document import Document
from schemas.documents import Extraction
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.ledger import Numeral


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a text, and what others may read on from: its canonical document and the times in it."""

    extraction: Extraction
    document: Document
    times: list[TimeExpression]


def read_document(
    document: Document, times: list[TimeExpression] | None = None
) -> tuple[list[Mention], list[Finding], list[Numeral]]:
    """The stages on a canonical text: mentions (every field set), findings, and the closed ledger."""
    numbers = scan(document)
    if times is None:
        times = find_times(document)
    claims = whole_claims(time_claims(times), numbers)
    starts = [claim.start for claim in claims]
    free = [n for n in numbers if not any(overlapping(claims, s, e, starts) for s, e in n.atoms)]
    tables = Tables(document)
    others = serial_numbers(tables, free)
    serial = {claim.start for claim in others}
    others += set_aside(document, [n for n in free if n.start not in serial])
    taken = {claim.start for claim in others}
    mentions = make_mentions(document, [n for n in free if n.start not in taken], tables)
    floor = 0
    for mention in mentions:
        read_approx(document, mention, floor)
        floor = mention.end
    read_relations(document, mentions)
    read_estimates(document, mentions)
    read_status(document, mentions)
    assign_links(document, mentions)
    carry_status(document, mentions)
    assign_subjects(document, mentions)
    describe(tables, mentions, {number.start: number for number in free})
    assign_periods(document, mentions, times)
    assign_report_period(document, mentions, times)
    assign_basis_periods(mentions)
    return mentions, check(document, mentions), close_ledger(document, numbers, mentions, [*claims, *others])


def extract_text(text: str, *, id: str, title: str | None = None, published: str | None = None) -> Extraction:
    """Read one text. Offsets in the result are into ``text`` as given (NFD included), quotes are cut from it.

    ``published`` is ISO 8601 (a day is enough) or None; ``title`` and ``published`` are context, not searched for
    figures. Never raises for any ``str``.
    """
    return read_text(text, id=id, title=title, published=published).extraction


def read_text(text: str, *, id: str, title: str | None = None, published: str | None = None) -> Reading:
    """``extract_text`` for who reads more from the text than figures."""
    made, back = canonical(text)
    document = Document(made, title, published)
    times = find_times(document)
    mentions, findings, numerals = read_document(document, times)
    figures = [_moved(mention, text, back) for mention in mentions]
    extraction = Extraction(
        id=id,
        title=title,
        published=published,
        text=text,
        figures=tuple(figures),
        findings=tuple(findings),
        numerals=tuple(_moved_numeral(n, text, back) for n in numerals),
        sentences=tuple((back(start), back(end)) for start, end in document.sentences),
    )
    return Reading(extraction, document, times)


def _moved(mention: Mention, text: str, back: Callable[[int], int]) -> Figure:
    mention.start, mention.end = back(mention.start), back(mention.end)
    return mention.freeze(text)


def _moved_numeral(numeral: Numeral, text: str, back: Callable[[int], int]) -> Numeral:
    start, end = back(numeral.start), back(numeral.end)
    return replace(numeral, start=start, end=end, quote=text[start:end])
