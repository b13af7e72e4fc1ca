"""Relation and direction: "tăng 27%" is a change, "chiếm 45%" a share, "còn 3%" the level that was reached."""

from __future__ import annotations

import re
from functools import cache

from extractors.mention import Mention
from extractors.qualifiers.basis import inherit_bases, is_compared, read_basis
from extractors.qualifiers.changes import is_multiple, is_range_of_change, than_a_thing, with_object
from extractors.qualifiers.lexicon import alternation, data
from extractors.text.document import Document

_SP = r"[ \u00a0]"
_LEVEL_PERCENT = re.compile(
    r"(?:lãi suất|lạm phát|cpi|chỉ số|chỉ số giá|pci|papi|sipas|mđhl|mức độ hài lòng|par index"
    r"|chỉ số hài lòng|giá trị trung vị|mức độ|(?:tỷ|tỉ) lệ điểm|giá trị trung bình)(?!\w)"
)
#: "tốc độ tăng trưởng kinh tế bình quân đạt", "tăng trưởng kinh tế": growth as a noun; held against nothing said
_GROWTH = re.compile(
    r"(?<!\w)(?:tốc độ tăng|tăng trưởng|tốc độ phát triển)(?!\w)(?:[^,;.:()\d]|\([a-zđ]{2,8}\)|\d{4}(?!\d)){0,60}$"
)
#: "mức tăng trưởng 2,5%": the noun, right before the number
_GROWTH_NOUN = re.compile(r"(?<!\w)(?:mức|tốc độ|đà|tỷ lệ)[ \u00a0]+$")
#: "giảm 14 hộ, tức 33,3%": the same change in another unit
_SAME_AS = re.compile(r",[ \u00a0]*(?:tức(?: là)?|tương đương(?: với)?|tương ứng(?: với)?)[ \u00a0]+$")
_BASIS_OPENED = re.compile(
    r"[ \u00a0]*%?[ \u00a0]*(?:so với[ \u00a0]+|của[ \u00a0]+)?"
    r"(?:(?P<plan>kế hoạch|dự toán|chỉ tiêu|nghị quyết)|cùng kỳ|năm|tháng|quý|cuối năm|đầu năm)[^;.()%]{0,40}"
    r"\([ \u00a0]*(?:là[ \u00a0]+)?"
)
#: what may stand between a change and the same change in brackets
_OPENED = re.compile(r"(?:(?!so với|cùng kỳ)[^;.()\d]){0,40}\((?:tương ứng |tương đương |khoảng |hơn |gần )?")
#: how far before a percentage the index that it is of may be named, with no other figure between
_INDEX_REACH = 200
_PARAGRAPH = 500
_THE_BASIS = "the basis: "
_SHARE_WORDS = re.compile(
    r"(?<!\w)(?:(?:tỷ|tỉ) lệ(?! điểm)|tỷ trọng|chiếm|trong tổng số|số hộ|dân số|người(?! dân)"
    r"|có(?! (?:kết quả|giá trị|\d+ (?:địa phương|tỉnh|đơn vị|sở))(?!\w)))(?!\w)"
)
#: "có 3 địa phương đạt kết quả trên 90%": of the index that the paragraph speaks of
_RESULT = re.compile(r"(?<!\w)kết quả(?: điểm)?(?: (?:đạt|là|trên|dưới|cao hơn|hơn|từ))*[ \u00a0]+$")
_INDEX_NAMED = re.compile(r"(?<!\w)(?:chỉ số thành phần|sipas|mđhl|par index|chỉ số hài lòng|chỉ số cải cách)(?!\w)")
#: "vượt kế hoạch 12%", "giảm so với năm 2022 là 5 vụ": what a change is held against stands before its number
_AGAINST_BEFORE = re.compile(
    r"(?<!\w)(?:(?P<up>tăng|vượt|cao hơn|nhiều hơn)|(?P<down>giảm|thấp hơn|ít hơn))[ \u00a0]+"
    r"(?:(?:thêm[ \u00a0]+)?so với[ \u00a0]+|so[ \u00a0]+)?"
    r"(?:(?P<plan>kế hoạch|dự toán|chỉ tiêu|mục tiêu)|(?P<same_period>cùng kỳ)"
    r"|(?P<earlier>(?<=so với )(?:năm|tháng|quý|cuối|đầu))|quỹ|định mức)(?!\w)"
    r"(?:[^,;.:()\d]|(?:\d\d?/)?(?:19|20)\d\d(?!\d)|(?<=tháng )\d\d?(?!\d)){0,32}$"
)
_REACHED = re.compile(r"(?<!\w)(?:đạt|còn|lên|xuống|bằng|có|chiếm|tại|trong|mà|đã|sau|trước)(?!\w)(?! năm)")
_MEASURING = re.compile(r"(?:dài|lớn|nhỏ|cao|thấp|ngắn|rộng)[ \u00a0]+hơn")
_COMPARES = re.compile(r"(?<!\w)so(?!\w)|(?<!\w)(?:mức|của|hơn cả)(?!\w)")
_CLAUSE_ENDS = re.compile(r"[,;()]|\.(?!\d)")
#: a difference between two rates is hardly ever as large as this
_MOST = 50
_BARE = re.compile(r"[ \u00a0]*(?:[,;.)]|$|và(?!\w)|so(?!\w))")
_MULTIPLE = "gấp"
_OBJECT = "with its object: "
_TIMES = re.compile(rf"gấp{_SP}+(?:gần|hơn|khoảng|trên|được)?{_SP}*$")


@cache
def _change_before() -> re.Pattern[str]:
    change = data()["change"]
    between = alternation(change["between"])
    return re.compile(
        rf"(?<!\w)(?:(?P<up>{alternation(change['up'])})|(?P<down>{alternation(change['down'])}))"
        rf"(?:{_SP}+(?:{between}))*(?P<reached>{_SP}+(?:{alternation(change['reached'])}))?"
        rf"(?:{_SP}+(?:{between}))*{_SP}*:?{_SP}*$"
    )


def read_relations(document: Document, mentions: list[Mention]) -> None:
    """Set ``relation``, ``direction``, ``basis``, ``other_bases`` and widen ``lead``/``tail``, in text order."""
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if index > 1 and before is not None and before.evidence.get("relation", "").startswith(_THE_BASIS):
            left = document.lower[before.end : mention.lead]
            before = mentions[index - 2] if _SAME_AS.search(left) else before  # "... so với cùng kỳ (11 vụ), tức 18%"
        _relation(document, mention, before)
        read_basis(document, mention, after)
    inherit_bases(document, mentions)
    percent: Mention | None = None  # the percentage before that is no change
    for mention in mentions:
        _settle(document, mention, percent)
        if mention.kind == "percent" and mention.relation in ("level", "share"):
            percent = mention


def _relation(document: Document, mention: Mention, before: Mention | None) -> None:
    lower = document.lower
    start = max(document.sentence_at(mention.start)[0], mention.lead - 60, before.end if before else 0)
    left = lower[start : mention.lead]
    if mention.kind == "rank":
        return
    if before is not None and _is_the_basis(lower, before, mention):
        return
    if mention.kind != "ratio" and (against := _AGAINST_BEFORE.search(left)) and not _REACHED.search(against.group()):
        mention.relation = "change"
        mention.direction = "up" if against["up"] else "down"
        mention.evidence["relation"] = against.group().strip()
        if any(against[name] for name in ("plan", "same_period", "earlier")):
            mention.lead = start + against.start()
        for basis in ("plan", "same_period", "earlier"):
            if against[basis]:
                mention.basis = basis
                mention.evidence["basis"] = against.group().strip()
        return
    match = _change_before().search(left)
    if match and not _is_more_than(match, mention) and not _in_a_name(document, start + match.start()):
        if _is_bound(lower, match, mention):
            mention.approx = "over" if match["up"] else "under"
            mention.evidence["approx"] = match.group().strip()
            mention.lead = start + match.start()
        elif match["reached"] and not is_range_of_change(lower, match, mention):
            mention.evidence["relation"] = match.group().strip()
            mention.lead = start + match.start()
        elif mention.kind != "ratio" and not _of_another_kind(match, mention):
            mention.relation = "change"
            mention.direction = "up" if match["up"] else "down"
            mention.evidence["relation"] = match.group().strip()
            if match.group().startswith("tăng trưởng") and _GROWTH_NOUN.search(left[: match.start()]):
                mention.evidence["relation"] = "growth: " + match.group().strip()
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
    if mention.kind == "percent" and (found := with_object(left, is_compared(lower, mention))):
        mention.relation, mention.direction = "change", found.direction
        mention.evidence["relation"] = _OBJECT + found.words
        mention.lead = start + found.start
        return
    if mention.kind != "ratio" and (found := than_a_thing(left)):
        mention.relation, mention.direction, mention.basis = "change", found.direction, "other"
        mention.evidence["relation"] = mention.evidence["basis"] = found.words
        mention.lead = start + found.start
        return
    if before is not None and before.relation == "change" and _in_brackets_behind(lower, before, mention):
        mention.relation, mention.direction = "change", before.direction
        mention.evidence["relation"] = f"in brackets behind {before.evidence.get('relation', '')}"
        return
    if mention.unit == "lần" and (_TIMES.search(left) or is_multiple(lower, mention)):
        mention.relation, mention.kind = "relative", "measure"
        mention.evidence["relation"] = _MULTIPLE
        return
    if before is not None and before.relation == "change" and _SAME_AS.search(left):
        mention.relation, mention.direction = "change", before.direction
        mention.evidence["relation"] = f"the same as {before.evidence.get('relation', '')}"
        return
    if before is not None and before.relation == "change" and _continues(lower, before, mention):
        mention.relation, mention.direction = "change", before.direction
        mention.evidence["relation"] = f"list of {before.evidence.get('relation', '')}"
        return
    if mention.kind == "ratio":
        mention.relation = "share"


def _is_the_basis(lower: str, before: Mention, mention: Mention) -> bool:
    """ "bằng 11,9% dự toán năm (1.200 tỷ đồng)", "tăng 7% so với cùng kỳ (1.716 hộ)": the basis itself, a level."""
    if before.relation not in ("change", "relative") or mention.kind == "ratio":
        return False
    if mention.kind == "percent" and (before.kind != "percent" or "so với" not in lower[before.end : mention.lead]):
        return False
    match = _BASIS_OPENED.fullmatch(lower[max(before.end, min(before.unit_end, mention.lead)) : mention.lead])
    if match is None:
        return False
    if match["plan"]:
        mention.status = "planned"
        mention.evidence["status"] = match["plan"]
    mention.evidence["relation"] = _THE_BASIS + match.group().strip(" (")
    return True


def _in_brackets_behind(lower: str, before: Mention, mention: Mention) -> bool:
    """ "giảm 3 vụ (37,5%)": the same change in another unit."""
    between = lower[max(before.tail, before.unit_end) : mention.start]
    return _OPENED.fullmatch(between) is not None and lower[mention.tail : mention.tail + 1] == ")"


def _in_a_name(document: Document, at: int) -> bool:
    """Whether the verb at ``at`` is part of a name: "thuế giá trị gia tăng 3 tỷ" is a tax; with a capital behind
    another capital, "An Hạ 200" lowers nothing.
    """
    text = document.text
    if document.lower.endswith("giá trị gia ", 0, at):
        return True
    before = text[max(0, at - 12) : at].split()
    return text[at].isupper() and bool(before) and before[-1][0].isupper() and text[at - 1] == " "


def _is_more_than(match: re.Match[str], mention: Mention) -> bool:
    """ "có hơn 1.200 hộ" is an approximation, already read."""
    return match.group().strip() == "hơn"


def _is_bound(lower: str, match: re.Match[str], mention: Mention) -> bool:
    """ "dài hơn 2 km", "loại nhỏ hơn 30 kg", "tỷ lệ cao hơn 90%": above or below so much, where nothing is compared."""
    words = match.group().strip()
    if not _MEASURING.fullmatch(words):
        return False
    if words.startswith(("cao", "thấp")) and not (mention.kind == "percent" and mention.value >= _MOST):
        return False
    if mention.unit == "lần" or (mention.kind == "percent" and mention.value < _MOST):
        return False
    left = _CLAUSE_ENDS.split(lower[max(0, mention.start - 60) : mention.start])[-1]
    right = _CLAUSE_ENDS.split(lower[mention.end : mention.end + 60])[0]
    return not _COMPARES.search(f"{left} {right}")


def _of_another_kind(match: re.Match[str], mention: Mention) -> bool:
    words = match.group().strip()
    return words.startswith("vượt") and mention.kind == "count" and mention.unit in ("km", "m")


def _continues(lower: str, before: Mention, mention: Mention) -> bool:
    """Whether a number goes on the list of a change: "tăng 10% số vụ, 26,55% số đối tượng"."""
    between = lower[before.end : mention.start]
    if before.evidence.get("relation", "").startswith(_OBJECT):
        return False  # the next item would name its own
    if len(between) > 40 or not re.search(r",|\bvà\b|/", between):
        return False
    tail = between[max(between.rfind(","), between.rfind(" và ")) :]
    tail = re.sub(r"^[, ]*(?:và )?", "", tail).strip()
    if tail and not re.fullmatch(r"(?:hơn|trên|gần|khoảng|tương ứng|số|lần lượt)", tail):
        return False
    return (
        not re.search(r"[;.()]|\b(?:đạt|còn|có|được|là|tổng|chiếm|với|trong đó|gồm|bằng|thu|do|nâng)\b", between)
        and before.kind == mention.kind
    ) or (
        before.kind in ("count", "percent", "measure")
        and mention.kind in ("count", "percent", "measure")
        and "và" in between[:12]
        and mention.unit == "điểm"
    )


def _settle(document: Document, mention: Mention, earlier: Mention | None) -> None:
    """What is left is a level, or for percentages a share unless they are a rate of growth, interest or an index."""
    if mention.kind != "percent" or mention.relation in ("change", "relative"):
        return
    start = max(document.sentence_at(mention.start)[0], mention.start - _INDEX_REACH)
    left = document.lower[start : mention.start]
    far = left[: max(0, len(left) - 90)]
    cut = max(far.rfind(";"), far.rfind("%")) + 1
    level = list(_LEVEL_PERCENT.finditer(left, cut))
    if level and not _SHARE_WORDS.search(left[level[-1].end() :]):
        mention.relation = "level"
        mention.evidence["relation"] = level[-1].group()
    elif _RESULT.search(left) and (
        named := _INDEX_NAMED.search(
            document.lower, max(document.line_at(mention.start)[0], mention.start - _PARAGRAPH), mention.start
        )
    ):
        mention.relation = "level"
        mention.evidence["relation"] = named.group()
    elif _of_the_titles_index(document, mention, left[cut:]):
        mention.relation = "level"
        mention.evidence["relation"] = "index of the title"
    elif earlier is not None and _same_index(document, earlier, mention):
        mention.relation = "level"
        mention.evidence["relation"] = "as before: " + earlier.evidence.get("relation", "")
    else:
        mention.relation = "share"


def _of_the_titles_index(document: Document, mention: Mention, left: str) -> bool:
    """Whether a bare percentage is a score of the index that the title names ("đứng đầu là Hải Lĩnh, đạt 96%")."""
    title = (document.title or "").lower()
    return bool(_INDEX_NAMED.search(title)) and _is_bare(document, mention) and not _SHARE_WORDS.search(left)


def _is_bare(document: Document, mention: Mention) -> bool:
    """Whether nothing that the percentage could be a part of stands behind it."""
    return _BARE.match(document.lower[mention.tail : mention.tail + 8]) is not None


def _same_index(document: Document, earlier: Mention, mention: Mention) -> bool:
    """Whether a bare percentage goes on with the index of the one before ("Hải Lĩnh dẫn đầu với 96,1%")."""
    if earlier.relation != "level" or earlier.end < document.line_at(mention.start)[0]:
        return False
    between = document.lower[earlier.tail : mention.start]
    return len(between) < 260 and _is_bare(document, mention) and not _SHARE_WORDS.search(between)
