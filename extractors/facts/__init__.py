"""What a bulletin says besides figures: event, people in office, bodies, papers cited, sections (``read_facts``)."""

from __future__ import annotations

from extractors.facts.bodies import find_bodies
from extractors.facts.events import find_event
from extractors.facts.papers import find_papers
from extractors.facts.people import find_people
from extractors.facts.sections import find_sections
from extractors.facts.tokens import Tokens
from extractors.periods import find_times
from extractors.periods.model import TimeExpression
from extractors.text.document import Document
from schemas.facts import Facts

__all__ = ["read_facts"]


def read_facts(document: Document, times: list[TimeExpression] | None = None) -> Facts:
    """Read the facts of a canonical text. Pure and linear in its length; never raises.

    ``document.published`` gives the year of an event whose day is written without one. ``times`` are those of the
    document where they are known (``pipeline.read_text``).
    """
    tokens = Tokens(document)
    if times is None:
        times = find_times(document)
    people, names = find_people(tokens)
    bodies = find_bodies(tokens, names)
    return Facts(
        event=find_event(document, times, people),
        people=tuple(people),
        organisations=tuple(bodies),
        documents=tuple(find_papers(tokens, times, bodies)),
        sections=tuple(find_sections(document)),
    )
