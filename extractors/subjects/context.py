"""What the rules see: a figure with the words around it, and what the sentence has said before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.mention import Mention
from extractors.subjects.clause import Clause
from extractors.subjects.clean import trimmed, untimed
from extractors.subjects.follow import Follow
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.lead import Lead
from extractors.subjects.lexicon import phrases
from extractors.subjects.places import Place, take_place

#: What a rule gives: the words and the rule's name; empty words when it does not apply.
Told = tuple[str, str]
NOTHING: Told = ("", "")


@dataclass(slots=True)
class State:
    """What the sentence has said so far; a full stop begins a new one.

    ``first`` is the first mention of the sentence, ``last`` the one before the present, ``stack`` the mentions before
    the brackets that are open. ``place`` and ``scope`` are the last place that acts or owns, ``part`` whether "trong
    đó" or "gồm" was passed. ``header`` are the words before the last colon, ``listing`` the unit that a list counts,
    ``item`` the entry of the list, ``verb`` the verb of the figure before, ``stated`` what joined counts are stated of,
    ``extended`` what a measure completed ("tuyến đường dài 5 km, rộng 7 m"), ``stock`` what a list gives an account of.
    """

    first: int
    last: int = -1
    stack: list[int] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    scope: str = ""
    part: bool = False
    header: tuple[int, int] = (0, 0)
    listing: str | None = None
    item: str = ""
    verb: str = ""
    stated: str = ""
    extended: str = ""
    stock: str = ""


@dataclass(slots=True)
class Sight:
    """One figure (the ``k``-th of its sentence, mention ``index``) with the words around it.

    ``inside``: it stands in a bracket opened after another figure. ``joined``: nothing but "và", a comma or a slash
    parts it from the figure before.
    """

    k: int
    index: int
    mention: Mention
    lead: Lead
    clause: Clause
    follow: Follow
    inside: bool
    joined: bool

    @property
    def unit(self) -> str:
        """The unit as written, empty when there is none."""
        return self.mention.unit or ""

    @property
    def noun(self) -> str:
        """The unit without what it is counted by ("32 biên chế/xã" counts "biên chế")."""
        noun = self.unit.partition("/")[0].strip()
        return self.unit if noun.lower() in phrases("area") else noun


@dataclass(slots=True)
class Context:
    """One sentence: its words, all mentions of the text, the phrase after each figure, topic and state."""

    frame: Frame
    mentions: list[Mention]
    follows: list[Follow]
    topic: str
    state: State
    themed: bool = False
    """Whether the sentence itself opens with its topic ("Về phản biện, ...")."""
    announced: bool = False
    """Whether a sentence of its own, without figures, said the topic ("Công tác chống buôn lậu được tăng cường.")."""

    def carried(self, sight: Sight, *, far: bool = True) -> Told:
        """The subject of the figure that this one speaks of, or that stands before it; else the topic."""
        state, mention = self.state, sight.mention
        if mention.about is not None and (told := self.mentions[mention.about].subject):
            return told, "about"
        source = state.stack[-1] if sight.inside else state.last
        if mention.kind == "count" and sight.lead.classes == {"have"} and is_classifier(mention.unit or ""):
            source = self._same_unit(source, mention.unit)
        if mention.part_of is not None and source < state.first and (told := self.mentions[mention.part_of].subject):
            return told, "total"
        if source >= state.first and self._names(source, mention) and (told := self.mentions[source].subject):
            return told, "carried"
        if told := self._header_head():
            return told, "header"
        if self.topic:
            return self.topic, "topic"
        if far and source >= 0 and self._names(source, mention) and (told := self.mentions[source].subject):
            return told, "carried_far"
        return "", "none"

    def _same_unit(self, source: int, unit: str | None) -> int:
        """The last figure of the sentence in the same unit ("12 lượt với chi phí 4 tỷ đồng; năm sau có 15 lượt")."""
        first = max(self.state.first, source - 8)
        return next((i for i in range(source, first - 1, -1) if self.mentions[i].unit == unit), source)

    def _names(self, source: int, mention: Mention) -> bool:
        """Whether an earlier figure's subject can be this one's: "12 phường, 300 mô hình" names only units."""
        other = self.mentions[source]
        of_itself = other.evidence.get("subject", "").startswith("none: ")
        return not (of_itself and mention.kind == "count" and other.unit != mention.unit)

    def _header_head(self) -> str:
        """The statistical phrase of a list's head ("Các xã có diện tích lúa giảm mạnh như: xã Hòa Bắc (5 ha)")."""
        frame = self.frame
        begin, end = self.state.header
        kept, _ = untimed(frame, begin, end)
        names = [frame.words[i] for i in kept]
        at = next((i for i in range(len(names)) if phrases("head").at(names, i, len(names)) > 1), -1)
        if at < 0:
            return ""
        begin = at + max(1, phrases("growth").at(names, at, len(names)))
        stop = next((i for i in range(begin, len(names)) if _ends_head(names, i)), len(names))
        return frame.written(trimmed(frame, take_place(frame, kept[at:stop])[1]))

    def naming(self, sight: Sight) -> str:
        """What the unit was called earlier in the sentence ("mô hình Dân vận khéo ...; tổng số là 300 mô hình")."""
        frame = self.frame
        unit = (sight.mention.unit or "").lower().split()
        if not unit:
            return ""
        stop = frame.places[sight.k]
        for at in range(stop - len(unit) - 1, max(stop - 60, -1), -1):
            if frame.words[at] == FIGURE:
                break
            if frame.words[at : at + len(unit)] == unit and (at + len(unit) < stop):
                begin = at + len(unit)
                words = self._name_from(begin, stop)
                if words:
                    return frame.written(words)
        return ""

    def _name_from(self, begin: int, stop: int) -> list[int]:
        """The words from ``begin`` on that name the thing: quoted, or from a capital up to a stop."""
        frame = self.frame
        if not (frame.quoted[begin] or frame.capital(begin)):
            return []
        end = begin
        while (
            end < min(stop, begin + 8)
            and not frame.stops(end)
            and frame.words[end] not in ("ngay", ",", "(", "được", "đã", "với", "là", "có", "trong", "theo")
        ):
            end += 1
        return trimmed(frame, untimed(frame, begin, end)[0])


def _ends_head(names: list[str], at: int) -> bool:
    """Whether the phrase of a list's head ends before word ``at``: at its verb, or where its entries are announced."""
    if names[at] == "của":
        return names[at + 1 : at + 3] == ["một", "số"] or names[at + 1 : at + 2] in (["các"], ["những"])
    size = 1 if names[at] == "các" else 2 if names[at : at + 2] == ["một", "số"] else 0
    if size:
        return bool(phrases("district").at(names, at + size, len(names)))
    if phrases("firm_end").ending(names, max(0, at - 2), at + 1):
        return False  # "đồng bằng"
    return names[at] == "như" or names[at] in phrases("change") or names[at] in phrases("copula")


def is_classifier(unit: str) -> bool:
    """Whether the unit names nothing by itself ("cuộc", "trường hợp", "lượt bệnh nhân")."""
    low = unit.lower()
    return low in phrases("classifier") or low.startswith(("lượt ", "luợt "))


def verb_phrase(context: Context, found: Clause) -> str:
    """The verb of a clause with its object, without a light verb; empty when there is no verb."""
    if found.kind != "verb":
        return ""
    frame = context.frame
    words = [i for i in found.words if i < found.verb_end]
    names = [frame.words[i] for i in words]
    light = phrases("light").at(names, 0, len(names))
    if light >= phrases("verb").at(names, 0, len(names)):  # "mở rộng" is not "mở"
        words = words[light:]
    told = words + [i for i in found.words if i >= found.verb_end]
    names = [frame.words[i] for i in told]
    if len(told) > 10 and "cho" in names[2:] and not frame.quoted[told[names.index("cho", 2)]]:
        told = told[: names.index("cho", 2)]  # "trao thưởng cho tập thể ..."
    return frame.written(told)
