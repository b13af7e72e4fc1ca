"""Bare counts of a first line: a lead sums up in two words what the text says at length."""

from __future__ import annotations

from extractors.mention import Mention
from extractors.text.document import Document

#: a first line longer than this is no lead
_LEAD = 160


def name_bare(document: Document, mentions: list[Mention]) -> None:
    """ "304 mô hình, 28 cuộc đối thoại" above "Quận có 304 mô hình Dân vận khéo": the first 304 are the same.

    Only counts of which the line says nothing but number and unit, by the same number and unit further down.
    """
    end = document.line_at(0)[1] if mentions else 0
    if not 0 < end <= _LEAD:
        return
    above = [mention for mention in mentions if mention.start < end]
    for mention in above:
        if mention.kind != "count" or not _is_bare(document.text, mention, end):
            continue
        same = next((m for m in mentions[len(above) :] if _key(m) == _key(mention) and m.subject), None)
        if same is not None:
            mention.subject = same.subject
            mention.evidence["subject"] = f"lead of: {same.subject}"


def _key(mention: Mention) -> tuple[object, ...]:
    return mention.value, mention.kind, mention.relation, mention.unit


def _is_bare(text: str, mention: Mention, end: int) -> bool:
    """Whether nothing but punctuation stands beside number and unit."""
    if mention.unit_end <= mention.unit_start:
        return False
    before, after = text[: mention.start].rstrip(), text[mention.unit_end : end].lstrip()
    return (not before or before[-1] in ",;:") and (not after or after[0] in ",;.")
