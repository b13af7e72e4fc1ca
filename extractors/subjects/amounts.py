"""Subjects of amounts: money, percentages, measures, durations, ranks."""

from __future__ import annotations

from extractors.subjects.clause import Clause, whole_item
from extractors.subjects.clean import brief, trimmed, untimed, without_result
from extractors.subjects.context import Context, Sight, Told, verb_phrase
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.lexicon import phrases, unit_head
from extractors.subjects.owner import work_before

#: words behind a rank in which "về" tells what it is by
_BEHIND = 16


def measured(context: Context, sight: Sight) -> Told:
    """An amount: the phrase before its verb, the measured noun after it, or what was said before."""
    frame, found = context.frame, sight.clause
    noun = without_result(frame, _noun_after(frame, sight))
    if sight.mention.kind == "duration" and sight.unit.startswith("năm "):
        named = sight.mention
        return frame.document.text[named.unit_start : named.unit_end].partition(" ")[2], "unit"  # "30 năm tuổi Đảng"
    if sight.mention.kind == "measure" and found.words and _extends(frame, found):
        if len(found.words) > 1:
            context.state.extended = frame.written(found.words[:-1])
            return frame.written(found.words), "extent"  # "tuyến số 2 dài 3,5 km nối ..."
        told = context.carried(sight, far=False)[0].split()
        told = told[phrases("bare").at([word.lower() for word in told], 0, len(told)) :]
        if owner := context.state.extended or _counted_before(context, sight) or " ".join(told):
            context.state.extended = owner
            return f"{owner} {frame.written(found.words)}", "extent"  # "..., rộng 7 m"
    if found.kind == "head" and not (noun and len(found.words) == 1):
        return headed(context, sight)
    if sight.mention.kind == "rank" and (by := _ranked_by(frame, frame.places[sight.k] + 1)):
        return frame.written(by), "ranked_by"
    if sight.mention.kind == "rank" and (about := context.carried(sight, far=False))[0]:
        return about  # "xếp thứ 5/63": what the figure before measured
    if found.topical and context.topic:
        return context.topic, "topic"
    if noun and not found.words and _part_of_noun(context, sight) and (of := context.carried(sight, far=False))[0]:
        return of
    if noun and not (sight.mention.kind == "percent" and "copula" in sight.lead.classes and found.words):
        verb = verb_phrase(context, found)
        text = frame.written(noun)
        if verb:
            context.state.verb = verb
            names = [frame.words[i] for i in found.agent]
            who = found.agent[: names.index("theo") if "theo" in names else len(names)]
            if who and _passive(context, found) and not who[12:]:
                return f"{frame.written(who)} {verb} {text}", "receiver_verb_noun"
        return (
            (f"{verb} {text}", "verb_noun")
            if verb and (len(noun) < 4 or (len(noun) < 6 and len(verb.split()) < 5) or frame.words[noun[0]] == "vào")
            else (text, "noun_after")
        )
    if found.kind == "verb":
        verb = verb_phrase(context, found)
        if verb:
            context.state.verb = verb
            agent = frame.written(found.agent)
            if len(found.words) <= 2 and (aim := _aim(context, sight)):
                return f"{verb} {aim}", "verb_aim"
            if phrases("official").at(agent.lower().split(), 0, len(found.agent)):
                return verb, "before_verb"  # "Trưởng Công an cấp xã được phạt đến 50 triệu đồng"
            if agent and len(found.agent) <= 6 and len(found.words) <= 3 and _passive(context, found):
                return f"{agent} {verb}", "receiver_verb"
            if agent and len(found.agent) <= 6 and len(found.words) == 1:
                return f"{agent} {verb}", "agent_verb"  # "chương trình đã nhận 50 tỷ": the verb alone tells little
            if again := _again(context, sight, verb):
                return again, "same_deed"
            if fined := _fined(context, sight, verb):
                return fined, "fine"
            return verb, "before_verb"
        return (frame.written(found.agent), "agent") if found.agent else context.carried(sight)
    if found.kind == "plain":
        return headed(context, sight)
    return context.carried(sight)


def _part_of_noun(context: Context, sight: Sight) -> bool:
    """Whether the noun behind a percentage is the whole of the amount before it (", chiếm 22% quỹ đất")."""
    state = context.state
    if sight.mention.kind != "percent" or "copula" not in sight.lead.classes or state.last < state.first:
        return False
    return context.mentions[state.last].kind in ("count", "money", "measure")


def _ranked_by(frame: Frame, start: int) -> list[int]:
    """What a place is ranked by, said behind the rank: "xếp thứ 12/63 tỉnh về chỉ số PAPI"."""
    stop = min(len(frame.words), start + _BEHIND)
    stop = next((i for i in range(start, stop) if frame.stops(i) or frame.words[i] in (",", "(", FIGURE)), stop)
    about = next((i for i in range(start, stop) if frame.words[i] == "về"), stop)
    stop = next((i for i in range(about + 1, stop) if frame.words[i] in ("với", "và", "trong", "khi")), stop)
    return trimmed(frame, untimed(frame, about + 1, stop)[0])


def _extends(frame: Frame, found: Clause) -> bool:
    """Whether the clause ends with an adjective that a measure completes."""
    return found.kind != "head" and frame.words[found.words[-1]] in phrases("extent")


def _counted_before(context: Context, sight: Sight) -> str:
    """What the figure before counts, by its unit and what follows it ("4 tuyến đường chính, dài 3 km")."""
    if not sight.k or context.mentions[context.state.last].kind != "count":
        return ""
    told = context.frame.written(context.follows[sight.k - 1].words)
    return f"{context.mentions[context.state.last].unit or ''} {told}".strip()


def _aim(context: Context, sight: Sight) -> str:
    """What money or work is for, said after it ("hỗ trợ 300 triệu đồng giúp các hộ nghèo")."""
    words = sight.follow.words
    first = context.frame.words[words[0]] if words else ""
    if first in ("để", "cho", "giúp", "nhằm"):
        names = [context.frame.words[i] for i in words]
        stop = next((i for i in range(2, len(names)) if names[i] in ("để", "nhằm")), len(names))
        return context.frame.written(words[first in ("để", "nhằm") : stop])
    return ""


def _again(context: Context, sight: Sight, verb: str) -> str:
    """What the figure before told of the same deed ("trồng mới 500 ha rừng, đến nay đã trồng được 320 ha")."""
    state = context.state
    if state.last < state.first or context.mentions[state.last].unit != sight.unit:
        return ""
    told = context.mentions[state.last].subject or ""
    return told if told.lower().startswith(f"{verb.lower()} ") else ""


def _fined(context: Context, sight: Sight, verb: str) -> str:
    """The fine for the cases that an entry of a list counts ("; 245 trường hợp xe quá tải, phạt tiền 2 tỷ đồng")."""
    if verb.lower() not in phrases("fine") or sight.mention.kind != "money" or not sight.k:
        return ""
    last, told = context.mentions[context.state.last], context.follows[sight.k - 1].words
    before = context.frame.places[sight.k - 1] - 1
    entry = before < 0 or context.frame.words[before] in (":", ";")
    if last.kind != "count" or sight.clause.mark != "," or not told or not entry:
        return ""
    return f"{verb} {context.frame.written(told)}"


def _passive(context: Context, found: Clause) -> bool:
    """Whether "được" stands before the verb: then the words before it receive ("hộ nghèo được hỗ trợ")."""
    return context.frame.words[found.words[0] - 1] == "được"


def headed(context: Context, sight: Sight) -> Told:
    """The phrase before the verb; a bare head ("sản lượng") is completed by what it is the amount of."""
    frame, found = context.frame, sight.clause
    words = without_tail(context, found.words)
    words = brief(frame, words) if found.kind == "head" else words
    names = [frame.words[i] for i in words]
    if "với" in names[1:] and " ".join(names[names.index("với", 1) + 1 :]) in phrases("sum"):
        words = words[: names.index("với", 1)]  # "nợ lãi với số tiền 5 tỷ"
        names = names[: len(words)]
    if "với" in names[2:] and " ".join(names[names.index("với", 2) + 1 :]) in phrases("bare"):
        at = names.index("với", 2)  # "dự án đường vành đai với tổng vốn 5 tỷ"
        return f"{frame.written(words[at + 1 :])} {frame.written(words[:at])}", "head_of"
    if "mà" in names[2:]:
        words = words[: names.index("mà", 2)]
    if "này" in names:
        here = names.index("này")
        if phrases("head").at(names, 0, here) == here or phrases("bare").at(names, 0, here) == here:
            return context.carried(sight)  # "tỷ lệ này"
        words = words[:here] or words
    if "copula" in sight.lead.classes and len(words) > 2:
        words = words[: len(words) - phrases("change").ending([frame.words[i] for i in words], 1, len(words))]
    if len(words) == 1 and frame.words[words[0]] in phrases("span"):
        return context.carried(sight)  # "bình quân mỗi năm giảm 2%"
    text = frame.written(words)
    low = text.lower()
    if low in phrases("target") and (told := context.carried(sight, far=False))[0]:
        return told  # "chưa đạt yêu cầu đề ra là 90%"
    if len(words) <= 2 and phrases("verb").at(low.split(), 0, 2) == len(words) and (aim := _aim(context, sight)):
        return f"{text} {aim}", "verb_aim"
    if found.agent and sight.mention.relation == "share" and low in phrases("bare") and _owns(frame, words):
        return frame.written(whole_item(frame, found.agent)), "owner"
    middle = phrases("average").ending(low.split(), 1, len(low.split()))
    if middle and " ".join(low.split()[:-middle]) in phrases("bare"):
        words = words[:-middle]  # "năng suất bình quân"
        text = frame.written(words)
        low = text.lower()
    if low in phrases("bare") or (low.startswith("mỗi ") and len(words) <= 3):
        carried = context.carried(sight, far=False)[0]
        agent = frame.written(found.agent)
        more = (
            carried if not agent or (sight.k and "với" in frame.words[found.words[0] - 3 : found.words[0]]) else agent
        )
        more = context.state.item or context.state.extended or more
        more = more or frame.written(work_before(frame, words[0]))
        said = more.lower().split()
        if more and (size := phrases("bare").at(said, 0, len(said))) and 1 < size < len(said):
            more = " ".join(more.split()[size:])  # another head of the same thing
        if len(more.split()) > 12:
            return text, "bare_head"
        if low in more.lower():
            return more, "bare_head"
        if more.lower().startswith(low.split()[0] + " "):
            return text, "bare_head"
        if low == "mức":
            return more, "bare_head"
        if not more and sight.mention.kind == "count":
            more = sight.unit.split("/")[0].strip()
        return f"{text} {more}".strip(), "bare_head"
    if found.kind == "head":
        return text, "before_head"
    if found.kind == "plain":
        context.state.listing = sight.mention.unit
        if found.mark in (";", ":"):
            context.state.item = text
        if head := _list_head(context, sight, len(words)) or _structure(context, sight):
            return f"{head} {text}", "list_head"
    return text, f"before_{found.kind}"


def _owns(frame: Frame, words: list[int]) -> bool:
    """Whether "có" ties a bare head to its owner ("nhóm hàng may mặc có doanh thu chiếm 5%")."""
    return words[0] > 0 and frame.words[words[0] - 1] == "có"


def without_tail(context: Context, words: list[int]) -> list[int]:
    """The phrase without "đang thực hiện" at its end."""
    names = [context.frame.words[i] for i in words]
    stop = len(names)
    while stop > 1 and (size := phrases("report").ending(names, 1, stop)):
        if names[stop - 1] == "mới" and phrases("verb").ending(names, 0, stop) > 1:
            break  # "thành lập mới"
        if phrases("glued").ending(names, 0, stop) > size:
            break  # "chứng chỉ"
        stop -= size
    return words[:stop]


def _structure(context: Context, sight: Sight) -> str:
    """Of what a list of shares gives the make-up: "cơ cấu GRDP: dịch vụ chiếm 46%, nông nghiệp chiếm 13%"."""
    frame, (begin, end) = context.frame, context.state.header
    if sight.mention.relation != "share" or frame.words[sight.lead.start] != "chiếm" or not 2 < end - begin < 8:
        return ""
    return frame.written(untimed(frame, begin, end)[0]) if frame.words[begin : begin + 2] == ["cơ", "cấu"] else ""


def _list_head(context: Context, sight: Sight, size: int) -> str:
    """ "ngô 1.307 ha" under "Diện tích gieo trồng một số cây như sau:" is the sown area of maize."""
    head = unit_head(sight.unit)
    if not head or size > 7 or sight.mention.relation != "level":
        return ""
    frame = context.frame
    begin, end = context.state.header
    wanted = head.split()
    for at in range(begin, end - len(wanted) + 1):
        if frame.words[at : at + len(wanted)] == wanted:
            stop = at + len(wanted)
            stop += phrases("verb").at(frame.words, stop, end)
            return frame.written(range(at, stop)).lower()
    if (
        head == "diện tích"
        and (at := next((i for i in range(begin, end) if phrases("sowing").at(frame.words, i, end)), -1)) >= 0
    ):
        return frame.written(range(at, at + phrases("sowing").at(frame.words, at, end)))
    total = context.mentions[sight.mention.part_of].subject if sight.mention.part_of is not None else None
    total = total.lower().removeprefix("tổng ") if total else ""
    if total.startswith(head):
        words = total.split()
        return " ".join(words[: len(wanted) + phrases("verb").at(words, len(wanted), len(words))])
    return ""


def _noun_after(frame: Frame, sight: Sight) -> list[int]:
    mention = sight.mention
    if sight.follow.words and sight.follow.purpose:
        return []
    if mention.relation == "level" and sight.follow.named and sight.clause.kind in ("none", "plain"):
        return sight.follow.words
    if mention.relation == "level" and mention.kind == "measure":
        return sight.follow.words
    if (
        mention.kind == "duration"
        and sight.follow.words
        and phrases("verb").at(frame.words, sight.follow.words[0], len(frame.words))
    ):
        return sight.follow.words
    if mention.relation == "share" and mention.kind == "percent":
        return sight.follow.words
    if mention.kind == "money" and sight.follow.words and frame.words[sight.follow.words[0]] in phrases("money_noun"):
        return sight.follow.words
    if mention.relation == "change" and mention.about is None and sight.clause.kind != "head":
        return sight.follow.words
    return []
