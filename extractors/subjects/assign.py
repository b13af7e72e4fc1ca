"""The stage: every mention gets its subject and its scope."""

from __future__ import annotations

from extractors.mention import Mention
from extractors.subjects.announced import announced
from extractors.subjects.bare import name_bare
from extractors.subjects.cumulative import name_openers
from extractors.subjects.frame import frames
from extractors.subjects.reader import Reader
from extractors.text.document import Document


def assign_subjects(document: Document, mentions: list[Mention]) -> None:
    """Set ``subject``, ``scope`` and their evidence on every mention.

    ``mentions`` are sorted by start and have every other field of a figure. ``evidence["subject"]`` and
    ``evidence["scope"]`` name the rule and the words. The work is proportional to the length of the text.
    """
    line, topic = -1, ""
    nameless: list[int] | None = []
    for frame in frames(document, mentions):
        here = document.line_at(frame.starts[0])[0]
        if here != line:
            topic, nameless = "", []
        line = here
        work = announced(document, frame, mentions[frame.first - 1].end if frame.first else 0)
        reader = Reader(frame, mentions, work or topic)
        reader.context.announced = bool(work)
        topic = reader.read()
        nameless = name_openers(frame, mentions, nameless)
    name_bare(document, mentions)
