"""The stage: every mention gets its subject and its scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.mention import Mention
from extractors.subjects.clause import Clause, Lead, after, clause, lead
from extractors.subjects.clean import Cleaned, clean, name_length
from extractors.subjects.frame import FIGURE, Frame, frames
from extractors.subjects.lexicon import phrases
from extractors.text.document import Document


@dataclass(slots=True)
class State:
    """What a sentence has said so far."""

    topic: str | None = None
    scope: str | None = None
    scope_rule: str = ""
    last: int = -1
    stack: list[int] = field(default_factory=list)
    item: str | None = None
    verb: str | None = None
    part: bool = False


def assign_subjects(document: Document, mentions: list[Mention]) -> None:
    """Set ``subject``, ``scope`` and their evidence on every mention; ``mentions`` are sorted by start."""
    for frame in frames(document, mentions):
        Reader(frame, mentions).read()


class Reader:
    """Reads one sentence from left to right."""

    def __init__(self, frame: Frame, mentions: list[Mention]) -> None:
        self.frame = frame
        self.mentions = mentions
        self.state = State()
        places = frame.places
        self.leads = [lead(frame, p, places[k - 1] + 1 if k else 0) for k, p in enumerate(places)]
        limits = [entry.start for entry in self.leads[1:]] + [len(frame.words)]
        self.afters = [after(frame, p, limit) for p, limit in zip(places, limits, strict=True)]

    def read(self) -> None:
        """All figures of the sentence."""
        frame, state = self.frame, self.state
        for k, place in enumerate(frame.places):
            floor = frame.places[k - 1] + 1 if k else 0
            inside = self._brackets(floor, place)
            mention = self.mentions[frame.figure[place]]
            start = max(floor, self.afters[k - 1][1] if k else 0)
            found = clause(frame, start, self.leads[k].start)
            self._topic(floor, found)
            begin, end = self.afters[k]
            follow = clean(frame, begin, end)
            subject, rule = self._subject(k, mention, found, follow, inside)
            scope, scope_rule = self._scope(k, mention, found, follow, inside)
            mention.subject, mention.scope = subject or None, scope or None
            mention.evidence["subject"] = f"{rule}: {subject}" if subject else rule
            if scope:
                mention.evidence["scope"] = f"{scope_rule}: {scope}"
            state.last = frame.figure[place]

    def _brackets(self, floor: int, place: int) -> bool:
        for word in self.frame.words[floor:place]:
            if word == "(":
                self.state.stack.append(self.state.last)
            elif word == ")" and self.state.stack:
                self.state.last = self.state.stack.pop()
        return bool(self.state.stack) and self.state.stack[-1] >= 0

    def _topic(self, floor: int, found: Clause) -> None:
        """ "Về đối thoại, ..." and "Cải cách hành chính: ..." name what the figures after them are about."""
        frame = self.frame
        if found.after_mark not in (",", ":") or found.start - 1 <= floor:
            return
        at = found.start - 1
        begin = at
        while begin > floor and not frame.stops(begin - 1) and frame.words[begin - 1] not in (",", FIGURE):
            begin -= 1
        words = frame.words[begin:at]
        if words[:1] == ["về"] or words[:2] == ["đối", "với"]:
            skip = 1 if words[0] == "về" else 2
            if words[skip : skip + 2] in (["hoạt", "động"], ["công", "tác"], ["lĩnh", "vực"]):
                skip += 2
            self.state.topic = frame.written(clean(frame, begin + skip, at).words) or self.state.topic

    # --- subject ------------------------------------------------------------------------------------------------

    def _subject(self, k: int, mention: Mention, found: Clause, follow: Cleaned, inside: bool) -> tuple[str, str]:
        if mention.kind in ("count", "ratio"):
            return self._counted(k, mention, found, follow, inside)
        return self._measured(k, mention, found, follow, inside)

    def _carried(self, mention: Mention, inside: bool) -> tuple[str, str]:
        state = self.state
        if mention.about is not None and (told := self.mentions[mention.about].subject):
            return told, "about"
        source = state.stack[-1] if inside else state.last
        if source >= 0 and (told := self.mentions[source].subject):
            return told, "carried"
        if state.topic:
            return state.topic, "topic"
        return "", "none"

    def _measured(self, k: int, mention: Mention, found: Clause, follow: Cleaned, inside: bool) -> tuple[str, str]:
        frame = self.frame
        if mention.relation in ("change", "relative") and mention.about is not None:
            return self._carried(mention, inside)
        noun = self._noun_after(mention, follow)
        if noun:
            text = frame.written(noun)
            if found.kind == "verb":
                verb = self._verb(found)
                if verb:
                    return f"{verb} {text}", "verb_noun"
            return text, "noun_after"
        if found.kind in ("head", "verb", "plain"):
            text = frame.written(found.words)
            if text.lower() in phrases("bare") and self.state.last >= 0:
                more, _ = self._carried(mention, inside)
                return f"{text} {more}", "bare_head"
            return text, f"before_{found.kind}"
        return self._carried(mention, inside)

    def _noun_after(self, mention: Mention, follow: Cleaned) -> list[int]:
        if mention.kind == "measure" and mention.relation == "level":
            return follow.words
        if mention.kind == "percent" and mention.relation == "share":
            return follow.words
        return []

    def _verb(self, found: Clause) -> str:
        """The verb of the clause with its object, unless it is a light one."""
        frame = self.frame
        words = [i for i in found.words if i < found.verb_end]
        text = " ".join(frame.words[i] for i in words)
        if text in phrases("light"):
            words = []
        rest = [i for i in found.words if i >= found.verb_end]
        return frame.written(words + rest)

    def _counted(self, k: int, mention: Mention, found: Clause, follow: Cleaned, inside: bool) -> tuple[str, str]:
        frame = self.frame
        unit = (mention.unit or "").strip()
        plain_unit = unit.lower() in phrases("classifier")
        tail = frame.written(follow.words)
        size = len(follow.words)
        if mention.relation == "change" and mention.about is not None:
            return self._carried(mention, inside)
        if size:
            written = unit if mention.unit_end > mention.unit_start else ""
            if size >= 3 or plain_unit and size >= 2 or not written:
                return tail, "after_unit"
            joined = f"{written} {tail}"
            if found.kind == "verb" and (verb := self._verb(found)) and size < 2:
                return f"{verb} {joined}", "verb_unit_after"
            return joined, "unit_after"
        if found.kind == "verb" and (verb := self._verb(found)):
            return (verb if plain_unit else f"{verb} {unit}"), "verb_unit"
        if found.kind in ("head", "plain") and (self.leads[k].classes - {"have", "approx"} or "have" not in self.leads[k].classes):
            return frame.written(found.words), f"before_{found.kind}"
        text, rule = self._carried(mention, inside)
        if text:
            return text, rule
        if found.words:
            return frame.written(found.words), f"before_{found.kind}"
        return unit, "unit"

    # --- scope --------------------------------------------------------------------------------------------------

    def _scope(self, k: int, mention: Mention, found: Clause, follow: Cleaned, inside: bool) -> tuple[str, str]:
        frame, state = self.frame, self.state
        if follow.scope:
            return frame.written(follow.scope), "after_" + follow.scope_rule
        if found.whole.scope:
            scope, rule = frame.written(found.whole.scope), found.whole.scope_rule
            state.scope, state.scope_rule = scope, rule
            return scope, rule
        if mention.about is not None:
            return self.mentions[mention.about].scope or "", "about"
        if inside and state.stack[-1] >= 0:
            return self.mentions[state.stack[-1]].scope or "", "bracket"
        if state.scope:
            return state.scope, "carried"
        return "", ""
