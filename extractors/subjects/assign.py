"""The stage: every mention gets its subject and its scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.mention import Mention
from extractors.subjects.clause import Clause, boundary, clause, lead
from extractors.subjects.clean import trimmed, untimed
from extractors.subjects.follow import Follow, follow
from extractors.subjects.frame import FIGURE, Frame, frames
from extractors.subjects.lexicon import phrases
from extractors.text.document import Document

_LOCATIVE = frozenset(("ở", "tại", "trên", "trong", "của"))


@dataclass(slots=True)
class State:
    """What a sentence has said so far."""

    scope: str = ""
    scope_rule: str = ""
    last: int = -1
    stack: list[int] = field(default_factory=list)
    first: int = 0


def assign_subjects(document: Document, mentions: list[Mention]) -> None:
    """Set ``subject``, ``scope`` and their evidence on every mention; ``mentions`` are sorted by start."""
    topic: tuple[int, str] = (-1, "")
    for frame in frames(document, mentions):
        line = document.line_at(frame.starts[0])[0]
        if topic[0] != line:
            topic = (line, "")
        reader = Reader(frame, mentions, topic[1])
        reader.read()
        topic = (line, reader.topic)


class Reader:
    """Reads one sentence from left to right."""

    def __init__(self, frame: Frame, mentions: list[Mention], topic: str) -> None:
        self.frame = frame
        self.mentions = mentions
        self.topic = topic
        self.state = State(first=frame.first)
        self.verbs: dict[int, str] = {}
        places = frame.places
        self.leads = [lead(frame, p, places[k - 1] + 1 if k else 0) for k, p in enumerate(places)]
        limits = [entry.start for entry in self.leads[1:]] + [len(frame.words)]
        self.follows = [follow(frame, p, limit) for p, limit in zip(places, limits, strict=True)]

    def read(self) -> None:
        """All figures of the sentence."""
        frame, state = self.frame, self.state
        for k, place in enumerate(frame.places):
            floor = frame.places[k - 1] + 1 if k else 0
            inside = self._pass(floor, place)
            mention = self.mentions[frame.figure[place]]
            start = max(floor, self.follows[k - 1].end if k else 0)
            found = clause(frame, start, self.leads[k].start, self.leads[k].classes)
            self._find_topic(floor, found)
            subject, rule = self._subject(k, mention, found, inside)
            scope, scope_rule = self._scope(k, mention, found, inside)
            mention.subject, mention.scope = subject or None, scope or None
            mention.evidence["subject"] = f"{rule}: {subject}" if subject else rule
            if scope:
                mention.evidence["scope"] = f"{scope_rule}: {scope}"
            state.last = frame.figure[place]

    def _pass(self, floor: int, place: int) -> bool:
        """Go over the words before a figure: brackets open and close, a new sentence forgets, "trong đó" parts."""
        frame, state = self.frame, self.state
        for index in range(floor, place):
            word = frame.words[index]
            if word == "(":
                state.stack.append(state.last)
            elif word == ")" and state.stack:
                state.last = state.stack.pop()
            elif word == "." and index + 1 < place and frame.capital(index + 1):
                self.state = state = State(last=state.last, first=frame.figure[place])
            elif word == "đó" and index and frame.words[index - 1] == "trong" and state.scope_rule in ("whole", "ground"):
                state.scope = ""
        return bool(state.stack) and state.stack[-1] >= 0

    def _find_topic(self, floor: int, found: Clause) -> None:
        """ "Về đối thoại, ..." and "Cải cách hành chính: ..." name what the figures after them are about."""
        frame = self.frame
        if found.mark not in (",", ":") or found.start - 1 <= floor:
            return
        at = found.start - 1
        begin = boundary(frame, floor, at)
        words = frame.words[begin:at]
        skip = 1 if words[:1] == ["về"] else 2 if words[:2] == ["đối", "với"] else 0
        if not skip:
            return
        if words[skip : skip + 2] in (["hoạt", "động"], ["công", "tác"], ["lĩnh", "vực"]):
            skip += 2
        self.topic = frame.written(trimmed(frame, untimed(frame, begin + skip, at)[0])) or self.topic

    # --- subject ------------------------------------------------------------------------------------------------

    def _subject(self, k: int, mention: Mention, found: Clause, inside: bool) -> tuple[str, str]:
        if mention.relation in ("change", "relative") and mention.about is not None:
            return self._carried(mention, inside)
        if mention.kind in ("count", "ratio"):
            return self._counted(k, mention, found, inside)
        return self._measured(k, mention, found, inside)

    def _carried(self, mention: Mention, inside: bool) -> tuple[str, str]:
        state = self.state
        if mention.about is not None and (told := self.mentions[mention.about].subject):
            return told, "about"
        source = state.stack[-1] if inside else state.last
        if source >= state.first and (told := self.mentions[source].subject):
            return told, "carried"
        if self.topic:
            return self.topic, "topic"
        if source >= 0 and (told := self.mentions[source].subject):
            return told, "carried"
        return "", "none"

    def _measured(self, k: int, mention: Mention, found: Clause, inside: bool) -> tuple[str, str]:
        frame = self.frame
        classes = self.leads[k].classes
        noun = self._noun_after(mention, self.follows[k])
        if found.kind == "head":
            return self._headed(mention, found, inside)
        if noun and not (mention.kind == "percent" and "copula" in classes and found.words):
            verb = self._verb(found) if found.kind == "verb" else ""
            text = frame.written(noun)
            return (f"{verb} {text}", "verb_noun") if verb and len(noun) < 4 else (text, "noun_after")
        if found.kind == "verb" and not self._verb(found):
            return self._carried(mention, inside) if not found.agent else (frame.written(found.agent), "agent")
        if found.kind in ("verb", "plain"):
            return self._headed(mention, found, inside)
        return self._carried(mention, inside)

    def _headed(self, mention: Mention, found: Clause, inside: bool) -> tuple[str, str]:
        """The phrase before the verb; a bare head ("sản lượng") with what it is the amount of."""
        text = self.frame.written(found.words)
        low = text.lower()
        if low in phrases("bare") or (low.startswith("mỗi ") and len(found.words) <= 3):
            more = self.frame.written(found.agent) or self._carried(mention, inside)[0]
            if low in more.lower().split():
                return more, "bare_head"
            return f"{text} {more}".strip(), "bare_head"
        return text, f"before_{found.kind}"

    def _noun_after(self, mention: Mention, after: Follow) -> list[int]:
        if mention.relation == "level" and mention.kind == "measure":
            return after.words
        if mention.relation == "share" and mention.kind == "percent":
            return after.words
        return []

    def _verb(self, found: Clause) -> str:
        """The verb of the clause with its object, unless it is a light one."""
        frame = self.frame
        words = [i for i in found.words if i < found.verb_end]
        if " ".join(frame.words[i] for i in words) in phrases("light"):
            words = []
        return frame.written(words + [i for i in found.words if i >= found.verb_end])

    def _counted(self, k: int, mention: Mention, found: Clause, inside: bool) -> tuple[str, str]:
        frame = self.frame
        after = self.follows[k]
        unit = (mention.unit or "").strip()
        plain_unit = unit.lower() in phrases("classifier")
        tail = frame.written(after.words)
        size = len(after.words)
        low = tail.lower()
        locative = frame.words[self.leads[k].start] in _LOCATIVE and "oblique" in self.leads[k].classes
        area = unit.lower().split(",")[0] in phrases("area") or unit.lower() in ("khu dân cư", "đơn vị")
        if not size and after.place.rule == "level" or low in phrases("pointing") or low.startswith("còn lại"):
            return self._carried(mention, inside)
        if low in phrases("light"):
            if after.open and k + 1 < len(frame.places):
                return self._forward(k)
            return self._carried(mention, inside)
        if low in phrases("joining"):
            more = self._carried(mention, inside)[0] or frame.written(found.agent)
            return (f"{tail} {more}" if len(more.split()) < 8 else tail), "joining"
        if locative and area and mention.kind in ("ratio", "count") and size < 2:
            if found.kind == "verb" and found.agent and not self._verb(found):
                return frame.written(found.agent), "agent"
            if found.kind in ("plain", "verb"):
                return frame.written(found.agent + found.words), "before_place"
            return self._carried(mention, inside)
        if area and found.kind == "plain" and not self.leads[k].classes and found.mark not in (";", ":"):
            return frame.written(found.words), "before_area"
        verb = self._verb(found) if found.kind == "verb" else ""
        if verb:
            self.verbs[frame.figure[frame.places[k]]] = verb
        if size and not (verb and low.startswith("thuộc ")):
            written = unit if mention.unit_end > mention.unit_start else ""
            if size >= 4 or (plain_unit and size >= 2) or not written:
                return tail, "after_unit"
            joined = f"{written} {tail}"
            if verb and size < 2:
                return f"{verb} {joined}", "verb_unit_after"
            return joined, "unit_after"
        if verb:
            return (verb if plain_unit else f"{verb} {unit}"), "verb_unit"
        if found.kind in ("head", "plain") and self.leads[k].classes != {"have"}:
            return self._headed(mention, found, inside)
        text, rule = self._carried(mention, inside)
        if text:
            return text, rule
        if found.words:
            return frame.written(found.words), f"before_{found.kind}"
        return unit, "unit"

    def _forward(self, k: int) -> tuple[str, str]:
        """ "10/12 phường đã tổ chức 01 hội nghị phản biện": what is done is said after the next figure."""
        following = self.mentions[self.frame.figure[self.frame.places[k + 1]]]
        words = self.follows[k + 1].words
        return f"{following.unit or ''} {self.frame.written(words)}".strip(), "forward"

    # --- scope --------------------------------------------------------------------------------------------------

    def _scope(self, k: int, mention: Mention, found: Clause, inside: bool) -> tuple[str, str]:
        frame, state = self.frame, self.state
        after = self.follows[k]
        if after.place.words and mention.relation in ("level", "share"):
            return frame.written(after.place.words), "after_" + after.place.rule
        if found.place.words:
            scope, rule = frame.written(found.place.words), found.place.rule
            state.scope, state.scope_rule = scope, rule
            return scope, rule
        if found.kind in ("head", "plain") and state.scope_rule not in ("agent", "whole", "level"):
            state.scope = ""
        if mention.about is not None and mention.about >= state.first:
            return self.mentions[mention.about].scope or "", "about"
        if inside and state.stack[-1] >= 0:
            return self.mentions[state.stack[-1]].scope or "", "bracket"
        if state.scope:
            return state.scope, "carried"
        return "", ""
