"""Relation, direction and basis: "tăng 27% so với kế hoạch" is a change, "đạt 92,3% kế hoạch" is relative to the plan."""

from __future__ import annotations

import re
from functools import cache

from extractors.mention import Mention
from extractors.qualifiers.lexicon import alternation, data
from extractors.text.document import Document
from schemas.figures import Basis

_SP = r"[ \u00a0]"
_SPLITTERS = re.compile(r"[;()\n]")
_COMPARED = re.compile(
    rf"(?:so(?:{_SP}+sánh)?{_SP}+với|so{_SP}+(?=cùng)|so{_SP}+(?=năm|tháng|quý)|hơn{_SP}+so{_SP}+với|so{_SP}+kế hoạch)(?!\w)"
)
_NAMED_PAST = re.compile(
    rf"(?:tháng|quý|năm|kỳ|cuối|đầu|thời điểm|ngày|giai đoạn|nhiệm kỳ|tuần|vụ|hôm qua|trước|bình quân|\d)"
)
_LEVEL_PERCENT = re.compile(
    rf"(?:lãi suất|lạm phát|cpi|chỉ số|chỉ số giá|pci|papi|sipas|mđhl|mức độ hài lòng|par index|chỉ số hài lòng|giá trị trung vị)(?!\w)"
)
#: "tốc độ tăng trưởng kinh tế bình quân đạt", "tăng trưởng kinh tế": growth as a noun; held against nothing said
_GROWTH = re.compile(
    rf"(?<!\w)(?:tốc độ tăng|tăng trưởng|tốc độ phát triển)(?!\w)(?:[^,;.:()\d]|\d{{4}}(?!\d)){{0,60}}$"
)
_TIMES = re.compile(rf"gấp{_SP}+(?:gần|hơn|khoảng|trên|được)?{_SP}*$")


@cache
def _change_before() -> re.Pattern[str]:
    change = data()["change"]
    between = alternation(change["between"])
    return re.compile(
        rf"(?<!\w)(?:(?P<up>{alternation(change['up'])})|(?P<down>{alternation(change['down'])}))"
        rf"(?:{_SP}+(?:{between}))*(?P<reached>{_SP}+(?:{alternation(change['reached'])}))?(?:{_SP}+(?:{between}))*{_SP}*[:,]?{_SP}*$"
    )


@cache
def _basis_words() -> re.Pattern[str]:
    basis = data()["basis"]
    return re.compile(
        rf"(?<!\w)(?:(?P<same_period>{alternation(basis['same_period'])})|(?P<plan>{alternation(basis['plan'])}))(?!\w)"
    )


def read_relations(document: Document, mentions: list[Mention]) -> None:
    """Set ``relation``, ``direction``, ``basis``, ``other_bases`` and widen ``lead``/``tail``, in text order."""
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        _relation(document, mention, before)
        _basis(document, mention, after)
    _inherit(document, mentions)
    for mention in mentions:
        _settle(document, mention)


def _relation(document: Document, mention: Mention, before: Mention | None) -> None:
    lower = document.lower
    start = max(document.sentence_at(mention.start)[0], mention.lead - 60, before.end if before else 0)
    left = lower[start : mention.lead]
    if mention.kind == "rank":
        return
    match = _change_before().search(left)
    if match and not _is_more_than(match, mention):
        if match["reached"]:
            mention.evidence["relation"] = match.group().strip()
            mention.lead = start + match.start()
        elif mention.kind != "ratio" and not _of_another_kind(match, mention):
            mention.relation = "change"
            mention.direction = "up" if match["up"] else "down"
            mention.evidence["relation"] = match.group().strip()
            mention.lead = start + match.start()
            return
    if (
        mention.kind == "percent"
        and (growth := _GROWTH.search(left))
        and not re.search(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|chiếm|bằng|kế hoạch)(?!\w)", growth.group())
    ):
        mention.relation, mention.direction = (
            "change",
            "down" if re.search(r"âm$|giảm$", left) or mention.value < 0 else "up",
        )
        mention.evidence["relation"] = "growth: " + growth.group().strip()
        return
    if before is not None and before.relation == "change" and _in_brackets_behind(lower, before, mention):
        mention.relation, mention.direction = "change", before.direction
        mention.evidence["relation"] = f"in brackets behind {before.evidence.get('relation', '')}"
        return
    if _TIMES.search(left) and mention.unit == "lần":
        mention.relation, mention.kind = "relative", "measure"
        mention.evidence["relation"] = "gấp"
        return
    if before is not None and before.relation == "change" and _continues(lower, before, mention):
        mention.relation, mention.direction = "change", before.direction
        mention.evidence["relation"] = f"list of {before.evidence.get('relation', '')}"
        return
    if mention.kind == "ratio":
        mention.relation = "share"


def _in_brackets_behind(lower: str, before: Mention, mention: Mention) -> bool:
    """ "giảm 3 vụ (37,5%)": the same change in another unit."""
    between = lower[max(before.tail, before.unit_end) : mention.start]
    return (
        bool(re.fullmatch(r"[^;.()\d]{0,40}\((?:tương ứng |tương đương |khoảng |hơn |gần )?", between))
        and lower[mention.tail : mention.tail + 1] == ")"
    )


def _is_more_than(match: re.Match[str], mention: Mention) -> bool:
    """ "có hơn 1.200 hộ" is an approximation, already read."""
    return match.group().strip() == "hơn"


def _of_another_kind(match: re.Match[str], mention: Mention) -> bool:
    words = match.group().strip()
    return words.startswith("vượt") and mention.kind == "count" and mention.unit in ("km", "m")


def _continues(lower: str, before: Mention, mention: Mention) -> bool:
    """Whether a number goes on the list of a change: "tăng 10% số vụ, 26,55% số đối tượng"."""
    between = lower[before.end : mention.start]
    if len(between) > 40 or not re.search(r",|\bvà\b|/", between):
        return False
    tail = between[max(between.rfind(","), between.rfind(" và ")) :]
    tail = re.sub(r"^[, ]*(?:và )?", "", tail).strip()
    if tail and not re.fullmatch(r"(?:hơn|trên|gần|khoảng|tương ứng|số|lần lượt)", tail):
        return False
    return (
        not re.search(r"[;.()]|\b(?:đạt|còn|có|được|là|tổng|chiếm|với|trong đó|gồm|bằng|thu|do|nâng)\b", between)
        and before.kind == mention.kind
        or (
            before.kind in ("count", "percent", "measure")
            and mention.kind in ("count", "percent", "measure")
            and "và" in between[:12]
            and mention.unit == "điểm"
        )
    )


def _basis(document: Document, mention: Mention, after: Mention | None) -> None:
    """The basis said behind the number: within the clause, before the next figure's own words."""
    lower = document.lower
    sentence_end = document.sentence_at(mention.start)[1]
    end = min(sentence_end, mention.tail + 90)
    limit = min(end, after.lead) if after is not None else end
    right = lower[mention.tail : limit]
    cut = _SPLITTERS.search(right)
    inside = right[: cut.start()] if cut else right
    if cut and cut.group() == "(" and not inside.strip():
        inside = right  # "27% (so với kế hoạch)"
    elif cut and cut.group() == ")" and not inside.strip() and _COMPARED.match(right[cut.end() :].lstrip(" \u00a0")):
        inside = right[: cut.start()] + " " + right[cut.end() :]  # "giảm 3 vụ (37,5%) so với cùng kỳ"
    compared = _COMPARED.search(inside)
    basis, words = None, ""
    if compared and (mention.kind != "percent" or mention.relation == "change" or compared.start() < 60):
        basis, words = _after_comparison(inside[compared.end() :])
        at = compared.start()
    else:
        direct = re.match(rf"{_SP}*(?:của{_SP}+|theo{_SP}+|tổng{_SP}+|\()?(?:{_SP}*)", inside)
        found = _basis_words().match(inside, direct.end() if direct else 0)
        at = found.start() if found else 0
        if (
            found
            and mention.kind in ("percent", "measure", "ratio", "money", "count")
            and (mention.kind == "percent" or mention.relation == "change")
        ):
            basis = found.lastgroup
            words = found.group()
    if basis is None and mention.unit == "lần" and mention.evidence.get("relation") == "gấp":
        basis, words = ("other", "gấp") if re.match(rf"{_SP}+[^\W\d]", inside) else (None, "")
    if basis is None:
        return
    if mention.kind != "percent" and mention.relation != "change" and not (mention.unit == "lần"):
        return
    mention.basis = basis  # type: ignore[assignment]
    mention.evidence["basis"] = words or inside[at : at + 30].strip()
    others = [m.lastgroup for m in _basis_words().finditer(inside[at:]) if m.lastgroup != basis]
    mention.other_bases = tuple(dict.fromkeys(others))  # type: ignore[arg-type]
    if mention.relation != "change":
        mention.relation = "relative"
    mention.tail = min(limit, mention.tail + at + max(len(words), 1))


def _after_comparison(words: str) -> tuple[Basis | None, str]:
    """What "so với ..." names."""
    head = words[:60]
    found = _basis_words().search(head[:45])
    if found:
        return found.lastgroup, "so với " + head[: found.end()].strip()  # type: ignore[return-value]
    if _NAMED_PAST.search(head[:40]):
        return "earlier", "so với " + head.strip()[:30]
    return "other", "so với " + head.strip()[:30]


def _inherit(document: Document, mentions: list[Mention]) -> None:
    """A basis said once for a list: at its head ("So với cùng kỳ, ..."), or behind its last item."""
    following: Mention | None = None
    for mention in reversed(mentions):  # the basis behind the last item holds for those before it in the clause
        if mention.relation == "change" and mention.basis is None and following is not None:
            between = document.lower[mention.tail : following.lead]
            if not re.search(r"[;.]|\n", between) and len(between) < 60:
                mention.basis = following.basis
                mention.evidence.setdefault("basis", "list: " + following.evidence.get("basis", ""))
        if mention.relation == "change":
            following = mention if mention.basis else following
        elif mention.relation != "change" and following is not None and mention.kind == "percent":
            following = None
    governing: tuple[int, Basis, str] | None = None  # (start of sentence, basis, words)
    previous: Mention | None = None
    for mention in mentions:
        sentence = document.sentence_at(mention.start)
        if previous is not None and previous.end < document.line_at(mention.start)[0]:
            governing = None
        if (
            mention.relation == "change"
            and mention.basis is None
            and not mention.evidence.get("relation", "").startswith("growth")
        ):
            head = document.lower[sentence[0] : mention.lead][-250:]
            compared = list(_COMPARED.finditer(head))
            if compared:
                last = compared[-1]
                basis, words = _after_comparison(head[last.end() :])
                mention.basis = basis
                mention.evidence["basis"] = words
            elif governing:  # once said, it holds for the changes of the paragraph
                mention.basis = governing[1]
                mention.evidence["basis"] = "list: " + governing[2]
        if mention.relation == "change" and mention.basis:
            governing = (sentence[0], mention.basis, mention.evidence.get("basis", ""))
        previous = mention


def _settle(document: Document, mention: Mention) -> None:
    """What is left is a level, or for percentages a share unless they are a rate of growth, interest or an index."""
    if mention.kind != "percent" or mention.relation in ("change", "relative"):
        return
    start = max(document.sentence_at(mention.start)[0], mention.start - 90)
    left = document.lower[start : mention.start]
    level = list(_LEVEL_PERCENT.finditer(left))
    if level and not re.search(r"tỷ lệ|tỷ trọng|chiếm", left[level[-1].end() :]):
        mention.relation = "level"
        mention.evidence["relation"] = level[-1].group()
    else:
        mention.relation = "share"
