"""Basis: what a change or a percentage is held against, said behind it, at the head of its list or after its end."""

from __future__ import annotations

import re
from functools import cache

from extractors.mention import Mention
from extractors.qualifiers.lexicon import alternation, data
from extractors.text.document import Document
from schemas.figures import Basis

_SP = r"[ \u00a0]"
#: "bằng 75% mức bình quân cả nước"
_OF_A_LEVEL = re.compile(rf"{_SP}*(?:mức|lãi suất|giá|của{_SP}+mức)(?!\w)")
_SPLITTERS = re.compile(r"[;()\n]")
_COMPARED = re.compile(
    rf"(?:(?:hơn{_SP}+)?so(?:{_SP}+sánh)?{_SP}+với(?!\w)"
    rf"|so{_SP}+(?=(?:cùng|năm|tháng|quý|kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?!\w)))"
)
#: "chiếm 30% (cùng kỳ là 29%)": the bracket tells what it was then
_ANOTHER_VALUE = re.compile(rf"\({_SP}*(?!so(?!\w))[^()\d]{{0,30}}?(?<!\w)(?:là|đạt|tăng|giảm|chiếm|chỉ|có)(?!\w)")
#: characters within which a bracket around a figure opens
_BRACKET = 200
_BRACKETED = re.compile(r"\([^()]*\)")
#: what did not move is compared as well: "giữ ổn định so với tháng trước"
_UNCHANGED = re.compile(
    rf"(?<!\w)(?:ổn định|không đổi|không thay đổi|giữ nguyên|không biến động){_SP}+(?:so{_SP}+với|so)(?!\w)"
)
#: a list that takes its basis behind the last item: how long an item may be, and what ends the list before it
_ITEM = 160
_CLAUSE = 60
_LIST_ENDS = re.compile(r"\.(?!\d)|\n")
_NEW_CHANGE = re.compile(rf"(?:,|{_SP}và){_SP}*(?:tăng|giảm|vượt|cao hơn|thấp hơn){_SP}*$")
_NAMED_PAST = re.compile(
    r"(?:tháng|quý|năm|kỳ|cuối|đầu|thời điểm|ngày|giai đoạn|nhiệm kỳ|tuần|vụ|hôm qua|trước|bình quân|tết"
    r"|mùa|đợt|\d)"
)


#: "so với đơn vị đứng cuối năm 2023", "so với tỉnh ...": another thing, whatever year stands with it
_A_NAMED_THING = re.compile(
    rf"{_SP}*(?:đơn vị|tỉnh|địa phương|thành phố|xã|huyện|nước|ngành|doanh nghiệp|mục tiêu của)(?!\w)"
)
_WHOLE = re.compile(
    rf"{_SP}+(?:tổng(?!{_SP}+(?:thu|chi|mức|kế|dự{_SP}+toán|chỉ{_SP}+tiêu|số{_SP}+(?:cùng|kế)))|toàn bộ|dân số"
    rf"|lực lượng lao động|số{_SP}+(?:hộ|người|lao động|xã|thôn|trường))(?!\w)"
)
_EQUALS = re.compile(rf"(?<!\w)bằng{_SP}+$")
_NUMBER_OF = re.compile(rf"{_SP}*(?:tổng{_SP}+)?số{_SP}+")


@cache
def _basis_words() -> re.Pattern[str]:
    basis = data()["basis"]
    return re.compile(
        rf"(?<!\w)(?:(?P<same_period>{alternation(basis['same_period'])})|(?P<plan>{alternation(basis['plan'])}))(?!\w)"
    )


def is_compared(lower: str, mention: Mention) -> bool:
    """Whether "so với" stands right behind the number and its unit."""
    return _COMPARED.match(lower[mention.tail : mention.tail + 24].lstrip(" \u00a0")) is not None


def read_basis(document: Document, mention: Mention, after: Mention | None) -> None:
    """The basis said behind the number: within the clause, before the next figure's own words."""
    if mention.basis is not None:
        return  # said before the number
    lower = document.lower
    sentence_end = document.sentence_at(mention.start)[1]
    end = min(sentence_end, mention.tail + 90)
    limit = min(end, after.lead) if after is not None else end
    right = lower[mention.tail : limit]
    cut = _SPLITTERS.search(right)
    inside = right[: cut.start()] if cut else right
    if (
        cut
        and cut.group() == "("
        and not inside.strip()
        and not (mention.relation != "change" and _ANOTHER_VALUE.match(right, cut.start()))
    ):
        inside = right  # "27% (so với kế hoạch)"
    elif cut and cut.group() == ")" and not inside.strip() and _COMPARED.match(right[cut.end() :].lstrip(" \u00a0")):
        inside = right[: cut.start()] + " " + right[cut.end() :]  # "giảm 3 vụ (37,5%) so với cùng kỳ"
    compared = _COMPARED.search(inside)
    if compared and _NEW_CHANGE.search(inside[: compared.start()]):
        return  # "đạt 12%, giảm so với cùng kỳ 3%": of the change to come
    is_rate = mention.kind == "percent" and mention.relation != "change"
    equals = _EQUALS.search(lower[max(0, mention.lead - 8) : mention.lead]) is not None
    if compared and is_rate and not equals and _of_a_whole(inside, compared):
        return
    basis: Basis | None = None
    words = ""
    if compared and (mention.kind != "percent" or mention.relation == "change" or compared.start() < 60):
        basis, words = _after_comparison(inside[compared.end() :])
        at = compared.start()
    else:
        direct = re.match(rf"{_SP}*(?:của{_SP}+|theo{_SP}+|tổng{_SP}+|số{_SP}+|\()?(?:{_SP}*)", inside)
        found = _basis_words().match(inside, direct.end() if direct else 0)
        at = found.start() if found else 0
        if (
            found
            and mention.kind in ("percent", "measure", "ratio", "money", "count")
            and (mention.kind == "percent" or mention.relation == "change")
        ):
            basis = _named(found)
            words = found.group()
    if basis is None and mention.kind == "percent" and _OF_A_LEVEL.match(inside):
        basis, words = ("other", "bằng ... mức") if equals else (None, "")
    if basis is None and mention.unit == "lần" and mention.evidence.get("relation") == "gấp":
        basis, words = ("other", "gấp") if re.match(rf"{_SP}+[^\W\d]", inside) else (None, "")
    if basis is None:
        return
    if mention.kind != "percent" and mention.relation != "change" and mention.unit != "lần":
        return
    mention.basis = basis
    mention.evidence["basis"] = words or inside[at : at + 30].strip()
    others = [_named(match) for match in _basis_words().finditer(inside[at:])]
    mention.other_bases = tuple(dict.fromkeys(other for other in others if other != basis))
    if mention.relation != "change":
        mention.relation = "relative"
    mention.tail = min(limit, mention.tail + at + max(len(words), 1))


def _of_a_whole(inside: str, compared: re.Match[str]) -> bool:
    """ "đạt 47% so với lực lượng lao động", "77% số xã ... so với tỉnh khác": a share of the whole that is named."""
    return bool(_WHOLE.match(inside, compared.end()) or (_NUMBER_OF.match(inside) and compared.start() > 8))


def _named(match: re.Match[str]) -> Basis:
    return "same_period" if match.lastgroup == "same_period" else "plan"


def _after_comparison(words: str) -> tuple[Basis, str]:
    """What "so với ..." names; what a colon opens is no part of it."""
    head = words[:60].partition(":")[0]
    found = _basis_words().search(head[:45])
    if found:
        return _named(found), "so với " + head[: found.end()].strip()
    if _NAMED_PAST.search(head[:40]) and not _A_NAMED_THING.match(head):
        return "earlier", "so với " + head.strip()[:30]
    return "other", "so với " + head.strip()[:30]


def inherit_bases(document: Document, mentions: list[Mention]) -> None:
    """A basis said once for a list: at its head ("So với cùng kỳ, ..."), or behind its last item."""
    stated: dict[int, int] = {}  # sentence -> where the first basis of it is stated
    for mention in mentions:
        if mention.relation == "change" and mention.basis is not None:
            stated.setdefault(document.sentence_at(mention.start)[0], mention.start)
    following: Mention | None = None
    for mention in reversed(mentions):  # the basis behind the last item of a list holds for those before it
        if mention.relation == "change" and mention.basis is None and following is not None:
            alike = following.basis != "other" or following.unit == mention.unit
            governed = stated.get(document.sentence_at(mention.start)[0], mention.start) < mention.start
            if alike and not _is_growth(mention) and _goes_on_to(document, mention, following, governed):
                mention.basis = following.basis
                mention.evidence.setdefault("basis", "list: " + following.evidence.get("basis", ""))
        if mention.relation == "change":
            following = mention if mention.basis else following
        elif mention.kind == "percent":
            following = None
    governing: tuple[int, Basis, str] | None = None  # (start of sentence, basis, words)
    previous: Mention | None = None
    for mention in mentions:
        sentence = document.sentence_at(mention.start)
        if previous is not None and previous.end < document.line_at(mention.start)[0]:
            governing = None
        if mention.relation == "change" and mention.basis is None and not _is_growth(mention):
            head = _BRACKETED.sub("", document.lower[sentence[0] : mention.lead][-250:])
            compared = list(_COMPARED.finditer(head))
            if compared:
                last = compared[-1]
                basis, words = _after_comparison(head[last.end() :])
                mention.basis = basis
                mention.evidence["basis"] = words
            elif governing:  # once said, it holds for the changes of the paragraph
                mention.basis = governing[1]
                mention.evidence["basis"] = "list: " + governing[2]
        if (
            mention.relation == "change"
            and mention.basis
            and not (governing and _aside(document, mention, sentence[0]))
        ):
            governing = (sentence[0], mention.basis, mention.evidence.get("basis", ""))
        previous = mention
    _share_with_the_unchanged(document, mentions)


def _is_growth(mention: Mention) -> bool:
    """Whether a rate of growth is named by a noun ("mức tăng trưởng 2,5%"): it is held against what it says itself."""
    return mention.evidence.get("relation", "").startswith("growth")


def _goes_on_to(document: Document, mention: Mention, following: Mention, governed: bool) -> bool:
    """Whether one list holds both: "tăng 2%; đàn bò tăng 3% (trong đó: bê tăng 1%) so với ...".

    Where a basis governs from before, what another item states holds for its own clause only.
    """
    between = _BRACKETED.sub("", document.lower[mention.tail : following.lead])
    if len(between) > (_CLAUSE if governed else _ITEM) or _LIST_ENDS.search(between) or (governed and ";" in between):
        return False
    closes = ")" in document.lower[following.end : following.tail + 1]
    return between.count("(") <= between.count(")") or closes


def _share_with_the_unchanged(document: Document, mentions: list[Mention]) -> None:
    """ "A tăng 2%; B giảm 1%. C ổn định so với tháng trước": one comparison for what moved and what did not."""
    bare: dict[int, list[Mention]] = {}
    held: set[int] = set()
    for mention in mentions:
        if mention.relation == "change":
            line = document.line_at(mention.start)[0]
            bare.setdefault(line, []).append(mention)
            if mention.basis is not None:
                held.add(line)
    for line in bare.keys() - held:
        found = _UNCHANGED.search(document.lower, line, document.line_at(line)[1])
        if found is None:
            continue
        basis, words = _after_comparison(document.lower[found.end() : found.end() + 60])
        for mention in bare[line]:
            if basis in ("earlier", "same_period") and not _is_growth(mention):
                mention.basis = basis
                mention.evidence["basis"] = "of the unchanged: " + words


def _aside(document: Document, mention: Mention, start: int) -> bool:
    """Whether a figure stands in a bracket of its sentence: what it is held against ends with the bracket."""
    before = document.lower[max(start, mention.start - _BRACKET) : mention.start]
    return before.rfind("(") > before.rfind(")")
