"""Parts of a bulletin: results, shortcomings and tasks, as runs of whole sentences in a paragraph."""

from __future__ import annotations

import re

from extractors.facts.lexicon import DATA
from extractors.text.document import Document
from schemas.facts import Section, SectionKind

#: how far into a sentence its cue may stand
_FRONT = 200
#: a line is a heading when it is short and no sentence ends it
_HEADING = 120
_KINDS: tuple[SectionKind, ...] = ("shortcomings", "tasks", "results")
_CUES = {kind: re.compile("|".join(DATA["sections"][kind])) for kind in _KINDS}
_MENDED = re.compile("|".join(DATA["sections"]["mended"]))
_CELLS = re.compile(r"[|\t]")
_BREAKS = re.compile("|".join(DATA["sections"]["breaks"]))
_NEVER = re.compile("|".join(DATA["sections"]["never"]))


def find_sections(document: Document) -> list[Section]:
    """Sections in order; one goes on to a cue, the end of its paragraph, or of what its heading or colon leads to."""
    text = document.text
    found: list[Section] = []
    kind: SectionKind | None = None
    cue, first, last = "", 0, 0  # the open section
    goes_on = False  # over the lines behind, because it began with a heading or a colon
    line: tuple[int, int] | None = None
    for start, end in [*document.sentences, (len(text), len(text))]:
        shown = text[start:end]
        start, end = start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip())
        new_line = document.line_at(start) != line if shown else True
        line = document.line_at(start) if shown else None
        front = document.lower[start : min(end, start + _FRONT)]
        heading = new_line and line is not None and _is_heading(text[slice(*line)].strip())
        new = _cue(front)
        if kind and (new or not shown or (new_line and (heading or not goes_on or _BREAKS.search(front)))):
            found.append(Section(first, last, text[first:last], kind, cue))
            kind = None
        if new:
            (kind, cue), first = new, start
            goes_on = heading
        if kind:
            last = end
            goes_on = goes_on or text[end - 1] == ":"
    return found


def _is_heading(shown: str) -> bool:
    """A short line that no mark ends, no item of a list and no row of a table."""
    return len(shown) < _HEADING and shown[-1] not in ".;!?|" and shown[0] not in "-+*•–" and not _CELLS.search(shown)


def _cue(front: str) -> tuple[SectionKind, str] | None:
    if "|" in front or _NEVER.search(front):
        return None
    for kind in _KINDS:
        if kind == "shortcomings" and _MENDED.search(front):
            continue
        if match := _CUES[kind].search(front):
            return kind, match.group().strip()
    return None
