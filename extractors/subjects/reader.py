"""Reads one sentence from left to right and hands each figure to the rules of subject and scope."""

from __future__ import annotations

from extractors.mention import Mention
from extractors.subjects.acting import opening
from extractors.subjects.behind import places_behind
from extractors.subjects.bounds import boundary
from extractors.subjects.clause import Clause, clause
from extractors.subjects.clean import trimmed, untimed
from extractors.subjects.context import Context, Sight, State, is_classifier
from extractors.subjects.defining import defined, definitions
from extractors.subjects.follow import follow, follow_bracket
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.grammar import abbreviated, head_phrase
from extractors.subjects.lead import Lead, lead
from extractors.subjects.lexicon import phrases
from extractors.subjects.names import country_length
from extractors.subjects.places import Place, as_place, named_area, take_place
from extractors.subjects.rows import answered, respective
from extractors.subjects.scope import scope_of
from extractors.subjects.subject import subject_of
from extractors.subjects.toward import held_for


class Reader:
    """One sentence and the reading of it."""

    def __init__(self, frame: Frame, mentions: list[Mention], topic: str) -> None:
        places = frame.places
        self.frame = frame
        self.mentions = mentions
        self.leads = [self._lead(p, places[k - 1] + 1 if k else 0) for k, p in enumerate(places)]
        limits = [entry.start for entry in self.leads[1:]] + [len(frame.words)]
        self.follows = [
            follow(frame, p, limit, counted=mentions[frame.figure[p]].kind in ("count", "ratio"))
            for p, limit in zip(places, limits, strict=True)
        ]
        self._over_brackets()
        self._share()
        places_behind(frame, mentions, self.follows)
        self.context = Context(frame, mentions, self.follows, topic, State(first=frame.first, last=frame.first - 1))

    def _lead(self, place: int, floor: int) -> Lead:
        """The lead of a figure; that of a change also has what it is held against ("vượt kế hoạch 12%")."""
        found = lead(self.frame, place, floor)
        mention = self.mentions[self.frame.figure[place]]
        if mention.relation == "change" and mention.lead >= 0:
            at = found.start
            while at > floor and self.frame.starts[at - 1] >= mention.lead:
                at -= 1
            if at < found.start:
                return Lead(at, found.classes | {"change"}, found.joining)
        return found

    def _over_brackets(self) -> None:
        words, places = self.frame.words, self.frame.places
        for k, place in enumerate(places):
            if words[place + 1 : place + 2] != ["("]:
                continue
            if (where := self._place_in_bracket(place)) and not self.follows[k].place.words:
                self.follows[k].place = Place(where, "bracket")  # "đạt 87,6% (tỉnh Hòa Bắc)"
            elif not self.follows[k].words:
                near = {
                    p: entry.start for p, entry in zip(places[k + 1 : k + 9], self.leads[k + 1 : k + 9], strict=True)
                }
                behind = follow_bracket(self.frame, place, near)
                self.follows[k].words = behind.words
                self.follows[k].place = self.follows[k].place if self.follows[k].place.words else behind.place

    def _place_in_bracket(self, place: int) -> list[int]:
        """The words of a bracket behind figure ``place`` when an area with its name is all that stands in it."""
        words = self.frame.words
        close = next((i for i in range(place + 2, min(place + 14, len(words))) if words[i] == ")"), -1)
        return named_area(self.frame, list(range(place + 2, close)))

    def _share(self) -> None:
        """In "04 chi bộ và 11 đảng viên khi có dấu hiệu vi phạm" what follows the second figure is said of both."""
        for k in range(len(self.follows) - 2, -1, -1):
            mine, other = self.follows[k], self.follows[k + 1]
            gap = self.frame.words[self.frame.places[k] + 1 : self.leads[k + 1].start]
            within = self.frame.words[self.frame.places[k] + 1 : self.frame.places[k + 1]]
            if not mine.words and other.words and (not within or (within[0] in phrases("within") and len(within) == 1)):
                mine.words = other.words
                if within and not mine.place.words:
                    mine.place = Place([self.frame.places[k + 1]], "within")
            if not gap:
                if not mine.words and not mine.place.words and self._with_them(k) and other.words:
                    mine.words = other.words
                continue
            if not mine.words and not mine.place.words and other.words and self._cases(k):
                mine.words = other.words
            elif not mine.words and not mine.place.words and self._only_joined(k + 1) and other.words:
                first = self.frame.words[other.words[0]]
                mention = self.mentions[self.frame.figure[self.frame.places[k]]]
                again = self.mentions[self.frame.figure[self.frame.places[k + 1]]].unit == mention.unit
                loose = mention.kind == "measure" or (is_classifier(mention.unit or "") and not again)
                fate = (mention.unit or "").partition(" ")[2] in phrases("casualty")  # "3 người chết, 5 nhà bị sập"
                if loose or (first in phrases("shared_predicate") and not fate):
                    mine.words = other.words

    def _cases(self, k: int) -> bool:
        """Whether figure ``k`` counts cases and the next one, after a verb, who did them.

        "Bắt 6 vụ, xử lý 9 đối tượng tàng trữ pháo".
        """
        frame = self.frame
        units = [self.mentions[frame.figure[frame.places[i]]].unit or "" for i in (k, k + 1)]
        gap = frame.words[frame.places[k] + 1 : self.leads[k + 1].start]
        culprits = units[0] in phrases("case") and units[1] in phrases("culprit")
        return culprits and gap[:1] == [","] and 1 < len(gap) == 1 + phrases("verb").at(gap, 1, len(gap))

    def _with_them(self, k: int) -> bool:
        """Whether what is said behind figure ``k + 1`` befell both ("45 hộ với 160 người được di dời")."""
        frame, mentions = self.frame, self.mentions
        here, other = (mentions[frame.figure[frame.places[i]]] for i in (k, k + 1))
        first = self.follows[k + 1].words[0] if self.follows[k + 1].words else -1
        return (
            here.kind == other.kind == "count"
            and frame.words[self.leads[k + 1].start] == "với"
            and first >= 0
            and (frame.words[first] in ("được", "bị", "phải") or frame.words[first - 1] in ("được", "bị", "phải"))
        )

    def _only_joined(self, k: int) -> bool:
        gap = self.frame.words[self.frame.places[k - 1] + 1 : self.leads[k].start]
        return len(gap) == 1 and gap[0] in ("và", ",", "/", "cùng")

    def read(self) -> str:
        """Read all figures of the sentence; the topic that holds for the next one is returned."""
        frame = self.frame
        rules: list[str] = []
        named = respective(frame)
        known = definitions(frame)
        answers = answered(frame, self.mentions, self.leads)
        for k, place in enumerate(frame.places):
            floor = frame.places[k - 1] + 1 if k else 0
            index = frame.figure[place]
            inside = self._pass(floor, place)
            start = max(floor, self.follows[k - 1].end if k else 0)
            if floor < self.context.state.header[1] < place and frame.words[self.context.state.header[1]] == "như":
                start = self.context.state.header[1] + 1  # "giảm mạnh như xã Hòa Bắc (giảm 5 ha)"
            found = clause(frame, start, self.leads[k].start, self.leads[k].classes)
            bracket = self.leads[k].start - 1
            if found.kind == "none" and not found.place.words and bracket > start and frame.words[bracket] == "(":
                found = clause(frame, start, bracket, self.leads[k].classes)  # "hộ nghèo (35 hộ)", "xã An Hòa (12 ha)"
                words = found.words
                at = next((i for i in range(len(words)) if country_length(frame, words, i) == len(words) - i), 0)
                if at:  # "xếp trên Ấn Độ (thứ 131)"
                    found = Clause("none", place=Place(words[at:], "agent"), start=found.start, mark=found.mark)
            elif found.kind == "none" and not found.place.words and (whole := self._before_bracket(k, start)) >= 0:
                found = clause(frame, whole, self.leads[k].start, self.leads[k].classes)
            if found.kind == "none" and (equal := self._equalled(found, start, k)).kind == "head":
                found.kind, found.words = equal.kind, equal.words
            thing = defined(frame, known, k)
            if thing and self.leads[k].classes & {"change", "copula"}:
                found = Clause("plain", thing, start=thing[0], mark=frame.words[thing[0] - 1] if thing[0] else "")
            self._find_topic(floor, found)
            if not k and not self.context.state.scope and not found.place.words:
                opening_place = opening(frame, found.start)
                if opening_place.words:
                    self.context.state.place = opening_place
                    self.context.state.scope = frame.written(opening_place.words)
            if inside and frame.words[place + 1 : place + 2] == ["của"] and self.follows[k].words:
                self.follows[k].place = Place(self.follows[k].words, "of_body")  # "(11 mô hình của đoàn thể, ...)"
                self.follows[k].words = []
            joined = bool(k) and self._only_joined(k)
            sight = Sight(k, index, self.mentions[index], self.leads[k], found, self.follows[k], inside, joined)
            subject, rule = subject_of(self.context, sight)
            scope, scope_rule = scope_of(self.context, sight)
            mention, before = sight.mention, self.context.state.last
            if rule == "bare_head" and not scope and before >= self.context.state.first:
                told = self.mentions[before]
                if told.subject == subject and told.scope:
                    scope, scope_rule = told.scope, "same_subject"
            if thing and not scope:
                scope, scope_rule = self.context.state.scope, "carried"
            if k in known:
                subject, rule = " ".join(map(frame.written, known[k])), "defining"
                scope, scope_rule = "", ""
            if k in answers:
                told = self.mentions[frame.figure[frame.places[answers[k]]]]
                subject, rule, scope, scope_rule = told.subject or "", "answered", told.scope or "", "answered"
            if k in named:
                scope, scope_rule = frame.written(named[k]), "respective"
            mention.subject, mention.scope = subject or None, scope or None
            mention.evidence["subject"] = f"{rule}: {subject}" if subject else rule
            if scope:
                mention.evidence["scope"] = f"{scope_rule}: {scope}"
            self.context.state.last = index
            rules.append(rule)
        self._from_behind(rules)
        return self.context.topic

    def _from_behind(self, rules: list[str]) -> None:
        """ "Xã An Hòa 12 hộ, xã Bình Minh 9 hộ được hỗ trợ nhà ở": the end holds for those before."""
        told: dict[str, str] = {}
        for k in range(len(rules) - 1, -1, -1):
            mention = self.mentions[self.frame.figure[self.frame.places[k]]]
            unit = mention.unit or ""
            if rules[k] in ("after_unit", "unit_after"):
                told[unit] = mention.subject or ""
            elif rules[k] in ("carried_far", "none") and told.get(unit):
                mention.subject = told[unit]
                mention.evidence["subject"] = f"behind: {told[unit]}"

    def _pass(self, floor: int, place: int) -> bool:
        """Go over the words before a figure: brackets open and close, a new sentence forgets, "trong đó" parts."""
        frame, state = self.frame, self.context.state
        for index in range(floor, place):
            word = frame.words[index]
            if word == "(":
                state.stack.append(state.last)
            elif word == ")" and state.stack:
                state.last = state.stack.pop()
            elif word in (".", "...", "…") and index + 1 < place and frame.capital(index + 1):
                self.context.state = state = State(first=frame.figure[place], last=state.last)
            elif word == "gồm" or (word == "đó" and index and frame.words[index - 1] == "trong"):
                state.part = True
            elif word == ";":
                state.item = ""
            elif word == "như" and self._example(index + 1, place):
                state.header = (boundary(frame, floor, index), index)
            elif word == ":":
                state.header = (boundary(frame, floor, index), index)
                owner, _ = take_place(frame, untimed(frame, *state.header)[0])
                if owner.words:  # "Sản lượng chủ lực của tỉnh như sau: ..." holds for the whole list
                    state.place, state.scope = Place(owner.words, "header"), frame.written(owner.words)
        return bool(state.stack) and state.stack[-1] >= state.first

    def _example(self, begin: int, place: int) -> bool:
        """Whether the name of an area and a bracket with the figure at ``place`` stand at ``begin``."""
        opening = next((i for i in range(begin, min(begin + 10, place)) if self.frame.words[i] == "("), -1)
        return place - 4 < opening and bool(named_area(self.frame, list(range(begin, opening))))

    def _equalled(self, found: Clause, start: int, k: int) -> Clause:
        """What a place is said to be: "tỉnh có chỉ số cao nhất là Hòa Bắc (90,1%)"."""
        at = found.place.words[0] - 1 if found.place.words else -1
        if at <= start or self.frame.words[at] != "là":
            return Clause("none")
        return clause(self.frame, start, at, self.leads[k].classes)

    def _before_bracket(self, k: int, start: int) -> int:
        """Where to read from when only a bracket with figures parts figure ``k`` from its words, else -1.

        In "xe con (dưới 9 chỗ) chiếm 2%" the words before the bracket are the clause of the last figure.
        """
        frame, at = self.frame, self.leads[k].start - 1
        if (
            not k
            or at < start
            or frame.words[at] != ")"
            or self.mentions[frame.figure[frame.places[k]]].about is not None
        ):
            return -1
        opening = next((i for i in range(at, max(at - 40, -1), -1) if frame.words[i] == "("), 0)
        floor = max(opening - 60, 0)
        floor = next((i + 1 for i in range(opening - 1, floor - 1, -1) if frame.words[i] == FIGURE), floor)
        return floor if opening > floor else -1

    def _find_topic(self, floor: int, found: Clause) -> None:
        """ "Về đối thoại, ..." and "Cải cách hành chính: ..." name what the figures after them are about."""
        frame = self.frame
        if found.mark not in (",", ":") or found.start - 1 <= floor:
            return
        at = found.start - 1
        begin = boundary(frame, floor, at)
        words = frame.words[begin:at]
        kept, _ = untimed(frame, begin, at)
        if found.mark == ":" and not found.place.words and (named := as_place(frame, kept)):
            found.place = Place(named, "agent")
        told = found.kind == "verb" or (found.kind == "none" and found.mark == ",")
        if told and found.place.rule == "agent":
            named = abbreviated(frame, head_phrase(frame, kept))
            self.context.topic = frame.written(named) or self.context.topic
            found.topical = bool(named)
        if words[:1] and words[0] in ("tại", "ở", "trên", "riêng"):
            place, rest = take_place(frame, kept)
            if place.words and len(rest) <= 1:
                state = self.context.state
                at_place = place.words[1:] if frame.words[place.words[0]] in ("tại", "ở") else place.words
                state.place, state.scope = Place(at_place, "agent"), frame.written(at_place)
        skip = 1 if words[:1] == ["về"] else 2 if words[:2] == ["đối", "với"] else 0
        if skip == 2 and (
            at_place := as_place(frame, [i for i in kept if i >= begin + skip]) or held_for(frame, begin, at)[0]
        ):
            self.context.state.place = Place(at_place, "agent")  # "Đối với huyện Hòa Bắc, ..."
            self.context.state.scope = frame.written(at_place)
            return
        if words[:3] == ["đấu", "tranh", "với"]:
            skip = 3
        elif words[:1] in (["trong"], ["qua"]) and words[1:3] in (["công", "tác"], ["lĩnh", "vực"]):
            skip = 1
        if not skip:
            return
        self.context.themed = True
        if words[skip : skip + 2] in (["hoạt", "động"], ["công", "tác"], ["lĩnh", "vực"], ["tình", "hình"]):
            skip += 2
        skip += phrases("result").at(words, skip, len(words))
        self.context.topic = frame.written(trimmed(frame, untimed(frame, begin + skip, at)[0])) or self.context.topic
