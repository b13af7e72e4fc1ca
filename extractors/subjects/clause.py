"""The clause before a figure: the words that speak of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.subjects.acting import acting_place
from extractors.subjects.bounds import boundary
from extractors.subjects.clean import trimmed, untimed
from extractors.subjects.endings import ending_area, ending_name
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.grammar import head_at, last_clause, last_verb, skip_openers
from extractors.subjects.lexicon import phrases
from extractors.subjects.places import Place, as_place, take_place
from extractors.subjects.rows import row_before
from extractors.subjects.toward import each_at, held_for

_REACH = 60


@dataclass(slots=True)
class Clause:
    """The words before a figure that speak of it.

    ``kind``: ``head`` (a statistical noun phrase), ``verb`` (from the last verb on), ``plain`` (other words) or
    ``none``. ``agent`` are the words before the head or verb. ``mark`` is the punctuation before the clause.
    ``verb_end`` is -1 where plain words hold a verb.
    """

    kind: str
    words: list[int] = field(default_factory=list)
    agent: list[int] = field(default_factory=list)
    place: Place = field(default_factory=Place)
    verb_end: int = 0
    start: int = 0
    mark: str = ""
    timed: bool = False
    own: list[int] = field(default_factory=list)
    own_mark: str = ""
    topical: bool = False


def clause(frame: Frame, floor: int, stop: int, classes: frozenset[str]) -> Clause:
    """Read the words ``floor:stop`` before a lead: from the last boundary on, a head, a verb, or plain words."""
    floor = max(floor, stop - _REACH)
    if stop > floor and frame.words[stop - 1] == ":":
        stop -= 1
    whom, behind = held_for(frame, boundary(frame, floor, stop), stop)
    if whom:
        found = clause(frame, behind, stop, classes) if behind < stop else Clause("none", start=stop)
        found.place = found.place if found.place.words else Place(whom, "per" if each_at(frame, whom) else "agent")
        return found
    if stop > floor and frame.words[stop - 1] == "thì":
        if not classes & {"copula", "change"}:
            return Clause("none", start=stop, mark="thì")  # "khi ..., thì 100% hộ được vay": a condition
        stop -= 1
        floor = max(floor, boundary(frame, floor, stop))
    start = boundary(frame, floor, stop)
    found = _core(frame, start, stop, classes)
    own, own_mark = found.words, frame.words[start - 1] if start else ""
    listed = _listed(frame, floor, start, stop) if classes & {"copula", "change", "have"} or not classes else start
    named = not found.agent or phrases("field").at(frame.words, listed, start)
    if listed < start and found.kind in ("plain", "verb") and named and not found.place.words:
        kept, _ = untimed(frame, listed, stop)
        kept = trimmed(frame, kept[skip_openers([frame.words[i] for i in kept]) :])
        return Clause("plain", kept, start=listed, mark=frame.words[listed - 1], own=own, own_mark=own_mark)
    while start > floor and frame.words[start - 1] == "," and not frame.quoted[start - 1] and stop - start < 24:
        if _reported(frame, start, found.words):
            break
        if found.kind in ("plain", "verb") and frame.words[start] in phrases("predicate_start"):
            break  # "bị bệnh nặng, phải cắt bỏ 2/3 dạ dày": another predicate
        earlier = boundary(frame, floor, start - 1)
        if found.kind == "none" and not found.place.words and not found.timed and start == stop:
            if same := _identified(frame, earlier, start - 1):
                found.place = Place(same, "agent")
                break
            wider = _core(frame, earlier, _without_lead(frame, earlier, start - 1), classes)
            if wider.kind == "none" and wider.place.rule == "agent" and frame.words[wider.place.words[0] - 1] == "là":
                found.place = wider.place  # "Đứng cuối là tỉnh Hòa Bắc, đạt 82 điểm"
                break
            if wider.kind != "head" or (earlier > floor and frame.words[earlier - 1] == FIGURE):
                break
            found, start = wider, earlier
            continue
        if (
            found.kind == "none"
            and found.place.rule == "agent"
            and phrases("area").ending(frame.words, earlier, start - 1)
        ):
            whole = [i for i in range(earlier, stop) if i >= earlier + skip_openers(frame.words[earlier:stop])]
            if as_place(frame, whole):
                found.place.words = whole
            break
        if (found.kind != "plain" and not _lone_verb(found)) or found.verb_end < 0:
            break
        if phrases("adverbial").at(frame.words, earlier, start):
            break
        wider = _core(frame, earlier, start - 1, classes)
        if wider.kind == "none" or wider.timed or (wider.place.words and found.kind == "plain"):
            break
        paired = wider.kind == "head" and phrases("verb").ending(frame.words, earlier, start - 1)
        if found.kind == "verb" and not paired and not (wider.kind == "verb" and wider.verb_end == wider.words[-1] + 1):
            break
        if wider.kind == "plain" and len(wider.words) > 7:
            break
        joined = wider.words + list(range(wider.words[-1] + 1, found.words[0])) + found.words
        found = Clause(
            wider.kind, joined, wider.agent, wider.place if wider.place.words else found.place, found.verb_end
        )
        start = earlier
    if found.place.rule == "whole" and found.kind == "head" and found.words[0] < found.place.words[0]:
        found.place.rule = "part"  # "tổng giá trị sản xuất trên toàn huyện": of this amount only
    found.own, found.own_mark = own, own_mark
    found.start = start
    found.mark = frame.words[start - 1] if start > 0 else ""
    return found


def _identified(frame: Frame, start: int, stop: int) -> list[int]:
    """The place of which a clause says what it is ("trong đó, Hòa Bắc là tỉnh đứng đầu, đạt 90 điểm")."""
    kept, _ = untimed(frame, start, stop)
    kept = kept[skip_openers([frame.words[i] for i in kept]) :]
    names = [frame.words[i] for i in kept]
    at = names.index("là") if "là" in names[1:8] else 0
    return as_place(frame, kept[:at]) if at and phrases("area").at(names, at + 1, len(names)) else []


def _reported(frame: Frame, start: int, told: list[int]) -> bool:
    """Whether somebody reports what is told ("ông An cho hay việc công ty tăng cung"): it begins behind the report."""
    stop = told[0] if told else start
    return any(phrases("reporting").at(frame.words, at, stop) for at in range(start, stop) if not frame.quoted[at])


def _listed(frame: Frame, floor: int, start: int, stop: int) -> int:
    """Where the item of a list begins that has commas of its own ("cung cấp nước, xử lý rác thải, nước thải").

    An item stands after ";" or ":" and holds no time, no place and no adverbs; else ``start`` itself is given back.
    """
    at = start
    while at > floor and frame.words[at - 1] == "," and stop - at < 36:
        at = boundary(frame, floor, at - 1)
    if at == start or at == 0 or frame.words[at - 1] not in (";", ":"):
        return start
    if phrases("adverbial").at(frame.words, at, stop) or skip_openers(frame.words[at:start]):
        return start
    kept, timed = untimed(frame, at, start)
    return start if timed or take_place(frame, kept)[0].words else at


def whole_item(frame: Frame, words: list[int]) -> list[int]:
    """The words with those before their commas, back to the ";" or ":" that opens the entry of a list."""
    at = words[0]
    while at > 1 and frame.words[at - 1] == "," and words[-1] - at < 12:
        at = boundary(frame, 0, at - 1)
    return list(range(at, words[-1] + 1)) if at and frame.words[at - 1] in (";", ":") else words


def _without_lead(frame: Frame, start: int, stop: int) -> int:
    """The end of a clause without "đạt cao", "tăng khá" at its end."""
    for size in (3, 2):
        if stop - size >= start and frame.words[stop - size] in ("đạt", "tăng", "giảm", "tiếp"):
            return stop - size
    return stop


def _lone_verb(found: Clause) -> bool:
    """Whether the clause is one verb with no agent and no object, as in "sửa chữa, nâng cấp"."""
    return found.kind == "verb" and not found.agent and found.verb_end == found.words[-1] + 1


def _core(frame: Frame, start: int, stop: int, classes: frozenset[str]) -> Clause:
    kept, timed = untimed(frame, start, stop)
    kept = kept[skip_openers([frame.words[i] for i in kept]) :]
    actor: list[int] = []
    if _opens(frame, start, kept):
        actor = acting_place(frame, kept) or acting_place(frame, last_clause(frame, kept))
    place, rest = take_place(frame, last_clause(frame, kept))
    rest = trimmed(frame, rest)
    rest = rest[skip_openers([frame.words[i] for i in rest]) :]
    found = _divide(frame, rest, classes, entry=start > 0 and frame.words[start - 1] in (";", ":"))
    found.place, found.timed, found.start = place, timed, start
    if found.kind == "head" and not place.words and (owner := ending_area(frame, found.words)):
        found.words, found.place = trimmed(frame, found.words[: -len(owner)]), Place(owner, "of_place")
    elif found.kind == "plain" and not place.words and classes & {"copula", "change"}:
        told = _without_auxiliary(frame, found.words)
        if owner := ending_name(frame, told):
            found.words, found.place = trimmed(frame, told[: -len(owner)]), Place(owner, "of_place")
    agent = found.agent or (found.words if found.kind == "plain" else [])
    if agent:
        whole = _without_auxiliary(frame, agent)
        if place.words and place.rule != "agent":
            whole = sorted({*whole, *place.words}) if place.rule in ("ground", "of_place") else []
        if (
            place.rule == "of_place"
            and found.kind == "verb"
            and place.words[0] < found.words[0]
            and found.place.rule != "agent"
        ):
            found.place.rule = "actor"  # "lực lượng chức năng của tỉnh đã xử lý ..."
        named = _row(frame, start, whole) or as_place(frame, whole)
        if named and _enumerated(frame, start, whole) and len(named) == len(whole):
            named = []
        if named:
            found.place = Place(named, "agent")
            found.agent = []
            if found.kind == "plain":
                found.kind, found.words = "none", []
    if found.words and found.kind in ("verb", "plain") and (other := _made_to_act(frame, found)):
        found.place, found.agent = Place(other, "agent"), []
    if actor and not found.place.words:
        found.place = Place(actor, "agent")
        found.agent = _without_actor(frame, found.agent, actor)
    return found


def _made_to_act(frame: Frame, found: Clause) -> list[int]:
    """The area that another lets act or finds to have acted ("Tỉnh công nhận xã Hòa Bắc hoàn thành 19 tiêu chí")."""
    for stop in (found.words[0], found.words[-1] + 1):
        kept = list(range(max(found.start, stop - 14), stop))
        kept = trimmed(frame, _without_auxiliary(frame, kept))
        area = ending_area(frame, kept)
        before = [frame.words[i] for i in kept[: len(kept) - len(area)]]
        if area and phrases("letting").ending(before, 0, len(before)):
            return area
    return []


def _without_actor(frame: Frame, agent: list[int], actor: list[int]) -> list[int]:
    """What is left of the agent behind the place that acts ("Tỉnh có dự án" -> "dự án")."""
    if not agent or agent[0] > actor[0] or agent[-1] < actor[-1]:
        return agent
    rest = [i for i in agent if i > actor[-1]]
    words = [frame.words[i] for i in rest]
    at = 0
    while size := max(phrases(name).at(words, at, len(words)) for name in ("auxiliary", "have")):
        at += size
    return rest[at:]


def _opens(frame: Frame, start: int, kept: list[int]) -> bool:
    """Whether a clause begins at ``start``, and not the rest of one that a figure cut."""
    return not start or (bool(kept) and kept[0] > start) or not frame.words[start - 1].isalnum()


def _row(frame: Frame, start: int, agent: list[int]) -> list[int]:
    """All names of a row that acts ("Hòa Bắc, Kỳ Lâm nợ ..."): it must begin its clause, and ``agent`` be its last."""
    if not agent or start < 3 or frame.words[start - 1] != "," or agent[0] != start:
        return []
    row = row_before(frame, agent[-1] + 1)
    if len(row) < 2:
        return []
    first = row[0][0]
    before = frame.words[first - 1] if first else "."
    if first == 0 or frame.stops(first - 1) or before in ("thì", "gồm", "là", "riêng", "("):
        return list(range(first, agent[-1] + 1))
    return []


def _enumerated(frame: Frame, start: int, agent: list[int]) -> bool:
    """Whether the words are the last of a row of names ("Hải Lăng, Gio Linh, Vĩnh Linh") and so no agent."""
    before = start - 2
    if before <= 0 or frame.words[start - 1] != "," or agent[:1] != [start] or not frame.capital(start):
        return False
    return frame.words[before] != FIGURE and frame.capital(before) and frame.capital(before - 1)


def _without_auxiliary(frame: Frame, agent: list[int]) -> list[int]:
    words = [frame.words[i] for i in agent]
    end = len(agent)
    while end and (size := max(phrases(name).ending(words, 0, end) for name in ("auxiliary", "have", "copula"))):
        if end > size and frame.capital(agent[end - 1]) and frame.capital(agent[end - 2]):
            break  # "tỉnh Cao Bằng"
        end -= size
    return agent[:end]


def _received(names: list[str]) -> bool:
    """Whether the words end with what was done to somebody ("được hỗ trợ")."""
    size = phrases("verb").ending(names, 0, len(names))
    return bool(size) and len(names) > size + 1 and names[-size - 1] in ("được", "bị")


def _divide(frame: Frame, rest: list[int], classes: frozenset[str], *, entry: bool = False) -> Clause:
    names = [frame.words[i] for i in rest]
    if not rest:
        return Clause("none")
    head = head_at(frame, rest, names)
    if head > 0 and not classes & {"copula", "change"} and _received(names):
        head = -1  # "hộ có thu nhập thấp được hỗ trợ 60% mức đóng"
    if head >= 0:
        return Clause("head", rest[head:], trimmed(frame, _without_auxiliary(frame, rest[:head])))
    verb, end = last_verb(frame, rest, names)
    stated = classes & {"copula", "change"} and len(rest) <= (18 if entry else 9)
    if phrases("field").at(names, 0, len(names)):
        return Clause("plain", rest)
    if verb > 0 and "equal" in classes and len(rest) <= 12:
        return Clause("plain", rest, verb_end=-1)  # "vụ việc đang điều tra là 5 vụ"
    if verb >= 0 and not (stated and _without_auxiliary(frame, rest[:verb]) == rest[:verb]):
        agent = _without_auxiliary(frame, rest[:verb])
        return Clause("verb", rest[verb:], agent, verb_end=rest[end - 1] + 1)
    return Clause("plain", rest)
