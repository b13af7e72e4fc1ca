"""Counts that are pieces of something said before them: storeys of a house, goods of a haul, cases out of cases."""

from __future__ import annotations

from extractors.subjects.clean import untimed
from extractors.subjects.context import NOTHING, Context, Sight, Told, verb_phrase
from extractors.subjects.grammar import last_verb
from extractors.subjects.lexicon import phrases
from extractors.subjects.places import take_place

#: how many figures back the cases stand that others are taken out of
_BACK = 3
#: the longest phrase that is taken to be the thing which is sized
_LONGEST = 8


def sized(context: Context, sight: Sight) -> Told:
    """ "Gia đình xây ngôi nhà 3 tầng": what has the storeys stands before them."""
    frame, words = context.frame, sight.clause.words
    if (
        sight.noun.lower() not in phrases("sized_by")
        or sight.lead.classes
        or sight.clause.kind not in ("plain", "verb")
    ):
        return NOTHING
    begin, end = last_verb(frame, words, [frame.words[i] for i in words])
    if end == len(words):
        return NOTHING  # "mở rộng 6 làn xe"
    return (frame.written(words[max(begin, 0) :]), "sized") if len(words) - begin < _LONGEST else NOTHING


def inventory(context: Context, sight: Sight) -> Told:
    """ "Tang vật thu giữ gồm 1 xe máy, 2 điện thoại": what all that is listed is a piece of."""
    frame, state = context.frame, context.state
    begin, place = sight.clause.start, frame.places[sight.k]
    at = next((i for i in range(begin, place) if frame.words[i] == "gồm"), -1)
    if at > begin:
        words = untimed(frame, begin, at - (frame.words[at - 1] == "bao"))[0]
        names = [frame.words[i] for i in words]
        state.stock = ""
        if phrases("inventory").at(names, 0, len(names)):
            state.stock = frame.written(take_place(frame, words)[1])
            return state.stock, "inventory"
    elif state.stock and sight.clause.kind in ("none", "plain") and not sight.lead.classes:
        return state.stock, "inventory"
    return NOTHING


def subset(context: Context, sight: Sight) -> Told:
    """ "Xử lý 9 vụ buôn lậu. Trong đó, khởi tố 2 vụ": what is done to some of the cases said before."""
    verb = verb_phrase(context, sight.clause)
    if not context.state.part or not verb or sight.follow.words or sight.unit.lower() not in phrases("case"):
        return NOTHING
    for index in range(sight.index - 1, max(-1, sight.index - 1 - _BACK), -1):
        other = context.mentions[index]
        rule = other.evidence.get("subject", "").partition(":")[0]
        if other.unit == sight.unit and other.subject and rule in ("after_unit", "unit_after", "topic", "phenomenon"):
            told = f"{verb} {other.subject}"
            context.state.verb = told
            return told, "subset"
    return NOTHING


def entry(context: Context, sight: Sight) -> str:
    """Whose count it is in a list of parts: "trong đó: ngành xây dựng có 17 doanh nghiệp giải thể và 12 tạm ngừng"."""
    found, state = sight.clause, context.state
    if not state.part or sight.mention.kind != "count":
        return ""
    if sight.lead.classes == {"have"} and found.mark in (";", ":") and found.words and len(found.words) <= 12:
        state.item = context.frame.written(found.words)
        return state.item
    return state.item if sight.k and context.frame.words[sight.lead.start - 1] == "và" and not found.words else ""
