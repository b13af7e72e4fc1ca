"""The reader: goes through a text once and links each figure to those said before it."""

from __future__ import annotations

import re

from extractors.attributes import is_attribute
from extractors.links.colons import assign_colon_lists, mend_totals
from extractors.links.context import VIEW, Context, Earlier, Listing
from extractors.links.exact import assign_exact
from extractors.links.levels import Levels
from extractors.links.parts import COUNTABLE, Parts
from extractors.links.scan import Event, events
from extractors.links.surroundings import Surroundings
from extractors.links.tables import assign_table_totals
from extractors.mention import Mention
from extractors.text.document import Document


def assign_links(document: Document, mentions: list[Mention]) -> None:
    """Set ``part_of`` and ``about`` of every mention (indices into ``mentions``, which are in order of start)."""
    reader = _Reader(document, mentions)
    for event in events(document, mentions):
        reader.read(event)
    assign_table_totals(document, mentions)
    assign_colon_lists(document, mentions)
    mend_totals(mentions)
    assign_exact(document, mentions)


#: what an item of a list begins with
_MARKER = re.compile(r"\s*(?:(?P<sign>[-–+•*▪●◦])|(?P<number>\d{1,2})[.)/]|(?P<letter>[a-zđ])[.)/])\s*(?=\S)")


class _Reader:
    def __init__(self, document: Document, mentions: list[Mention]) -> None:
        self._document = document
        self._mentions = mentions
        around = Surroundings(document, mentions)
        self._parts = Parts(document, mentions, around)
        self._levels = Levels(document, mentions, around)
        self._context = Context(0)
        self._sentence = 0
        self._earlier = Earlier()
        #: a list that the sentence before left short of its total
        self._open: Listing | None = None
        self._last = -1
        #: marker -> the list that lines with this marker belong to, outermost first
        self._items: dict[str, Listing] = {}

    def read(self, event: Event) -> None:
        if event.kind == "sentence":
            self._end_sentence()
            ended, self._context, self._sentence = self._context, Context(event.start), event.start
            self._start_item(ended)
        elif event.kind == "open":
            self._context = Context(event.start, self._context, self._last)
        elif event.kind == "close":
            self._close_bracket()
        elif event.kind == "semicolon":
            self._parts.semicolon(self._context)
        elif event.kind == "cue":
            self._parts.open_list(self._context, event.start, event.words, self._earlier, self._sentence)
        else:
            self._figure(event.index)

    def _end_sentence(self) -> None:
        context = self._context
        while context.parent:
            context = context.parent
        self._earlier.distant = not context.group
        if context.levels:
            self._earlier.levels = list(reversed(context.levels))[:VIEW]
        if context.group:
            self._earlier.group = context.group
            self._open = context.lists[-1] if context.lists and context.lists[-1].sums else None

    def _start_item(self, ended: Context) -> None:
        """A line that begins with a marker is an item of the list that the line before opened with a colon."""
        start, end = self._document.line_at(self._sentence)
        if self._sentence != start:
            return
        marker = _MARKER.match(self._document.lower, start, end)
        opened = self._ends_with_colon(start)
        if marker is None:
            self._items.clear()
            return
        kind = marker.lastgroup if marker.lastgroup != "sign" else marker.group("sign")
        kind = kind or ""
        if kind in self._items:
            for inner in list(self._items)[list(self._items).index(kind) + 1 :]:
                del self._items[inner]
        elif opened:
            self._items[kind] = self._opened_by(ended)
        if kind in self._items:
            self._context.lists.append(self._items[kind])

    def _opened_by(self, ended: Context) -> Listing:
        while ended.parent:
            ended = ended.parent
        if ended.lists:
            listing = ended.lists[-1]
        else:
            listing = Listing(words=":", start=self._sentence, totals=list(reversed(ended.levels)))
        listing.verbs = listing.items = True
        return listing

    def _ends_with_colon(self, start: int) -> bool:
        """Does the last line before ``start`` that is not blank end with a colon?"""
        text = self._document.text
        at = start - 1
        while at >= 0 and text[at].isspace():
            at -= 1
        return at >= 0 and text[at] == ":"

    def _close_bracket(self) -> None:
        closed = self._context
        if closed.parent is None:
            return  # "a)" opens nothing
        self._context = closed.parent
        if closed.has_change:
            self._context.group_done = True
            self._context.has_change = True

    def _figure(self, index: int) -> None:
        mention, context = self._mentions[index], self._context
        self._last = index
        if mention.relation in ("change", "relative"):
            found = self._levels.find(context, index, self._earlier, self._sentence)
            if found:
                mention.about, mention.evidence["about"] = found
            elif mention.relation == "relative" and mention.kind == "percent":
                context.add_to_group(index)
            context.group_done = context.has_change = True
            return
        if is_attribute(self._document, mention):
            return
        context.add_to_group(index)
        found = self._parts.find(context, index)
        if self._open and not found and not context.levels:
            total = self._parts.completes(self._open, index)
            found = (total, self._open.words) if total is not None else None
        if mention.kind in COUNTABLE:
            self._open = None
        if found:
            mention.part_of, mention.evidence["part_of"] = found
        if mention.kind not in ("rank", "percent"):
            context.add_level(index)
