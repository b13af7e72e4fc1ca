"""Status: done or counted, going on, or planned; from the words of the clause before the number."""

from __future__ import annotations

import re
from functools import cache

from extractors.mention import Mention
from extractors.qualifiers.lexicon import alternation, data
from extractors.text.document import Document

#: "đạt 92% kế hoạch", "so với chỉ tiêu", "vượt mục tiêu": what was planned before, said of what was reached
_OF_THE_PAST = re.compile(
    r"(?:đạt|bằng|vượt|hoàn thành|so với|theo|thực hiện|hoàn thành tốt|kết quả|đến)"
    r"[ \u00a0]+(?:[^\W\d]+[ \u00a0]+){0,2}$"
)
#: "cấp quận có 10 cuộc, đến nay đã thực hiện 04 cuộc": what stands before was to be done
_SO_FAR = re.compile(
    r"(?:đến nay|hiện nay|hiện|tính đến nay|đến thời điểm này|đến hết[^,;.]{0,20})[ \u00a0]*,?[ \u00a0]*"
    r"(?:đã|mới|có)[ \u00a0]+(?:(?:thực hiện|hoàn thành|triển khai|tổ chức|tiến hành|xong|giải quyết)"
    r"[ \u00a0]+(?:được[ \u00a0]+)?)?\d"
)
#: who is told to do something stands before the word of duty: "đề nghị 12 phường cần rà soát"
_IS_TOLD = re.compile(
    r"[ \u00a0]*(?:[^\W\d]+[ \u00a0]+){1,4}"
    r"(?:cần|phải|tiếp tục|tập trung|chủ động|khẩn trương|tăng cường|quan tâm|nghiêm túc)(?!\w)"
)
_DIRECTIVE = re.compile(r"(?<!\w)(?:đề nghị|yêu cầu)(?!\w)(?![ \u00a0]+(?:xã hội|của|về|tại|này))")
_DONE = re.compile(r"(?<!\w)(?:đã|được|kết quả|đạt được|ghi nhận|biểu dương|hiện có)(?!\w)")
#: "đề nghị truy tố 12 vụ", "người đề nghị hưởng": a deed or a claim, no order
_CLAIMED = re.compile(r"[ \u00a0]+(?:hưởng|truy tố|công nhận|khen thưởng|xét tặng|thanh toán|vay|hỗ trợ)(?!\w)")
_CLAIM = re.compile(r"(?<!\w)(?:hồ sơ|đơn|phiếu|giấy|văn bản|tờ trình|tiếp nhận|lời)[ \u00a0]+$")
#: "phải trả lãi 5 tỷ đồng": what is owed
_OWED = re.compile(r"[ \u00a0]+(?:có|đạt|đủ|bảo đảm|đảm bảo|là|trả|nộp|đóng|chịu|thu|chi)(?!\w)")
_OBLIGATION = frozenset({"cần", "phải", "giao", "được giao", "đề nghị", "đặt ra", "đề ra", "giao cho", "yêu cầu"})
_TARGET = frozenset({"chỉ tiêu", "mục tiêu", "nhiệm vụ"})


@cache
def _markers() -> re.Pattern[str]:
    status = data()["status"]
    groups = "|".join(f"(?P<{name}>{alternation(status[name])})" for name in ("planned", "ongoing", "actual"))
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)")


def read_status(document: Document, mentions: list[Mention]) -> None:
    """Set ``status``: the last marker between the start of the sentence and the number decides; then what lists say."""
    lower = document.lower
    previous: tuple[tuple[int, int], Mention] | None = None  # the sentence before and its last mention
    for mention in mentions:
        start, end = document.sentence_at(mention.start)
        before = lower[max(start, mention.start - 400) : mention.start]
        _from_words(mention, before, lower[mention.end : min(end, mention.end + 60)])
        if mention.status == "actual" and "status" not in mention.evidence:
            opening = before[:20].lstrip(" -–+•")
            if (
                opening.startswith("trong đó")
                and previous
                and previous[0][0] < start
                and previous[1].status == "planned"
            ):
                mention.status = "planned"
                mention.evidence["status"] = "trong đó: " + previous[1].evidence.get("status", "")
            elif _directed(document, mention, start, before):
                mention.status = "planned"
        if previous and previous[0][0] == start and _joined(lower, previous[1], mention):
            mention.status = previous[1].status  # "đang điều tra 5 vụ, 15 đối tượng"
            mention.evidence["status"] = "as before: " + previous[1].evidence["status"]
        previous = ((start, end), mention)
    _so_far(document, mentions)


def carry_status(mentions: list[Mention]) -> None:
    """Parts and changes without words of their own take the status of the figure they hang on (links must be set)."""
    for mention in mentions:
        target = mention.part_of if mention.part_of is not None else mention.about
        if target is None or "status" in mention.evidence:
            continue
        other = mentions[target]
        if other.status == "planned" or (other.status == "ongoing" and mention.part_of is not None):
            mention.status = other.status
            mention.evidence["status"] = "as in: " + other.evidence.get("status", "")


def _joined(lower: str, before: Mention, mention: Mention) -> bool:
    """Whether a figure stands beside one that is going on, with nothing but a comma between and no word of its own."""
    if before.status != "ongoing" or "status" in mention.evidence or mention.relation != "level":
        return False
    between = lower[max(before.end, before.unit_end) : mention.start]
    return between.strip(" \u00a0") in (",", "với") and not re.search(
        r"^[^.;,]{0,40}(?<!\w)(?:đã|còn|được)(?!\w)", lower[mention.end : mention.end + 60]
    )


def _from_words(mention: Mention, before: str, after: str) -> None:
    if "status" in mention.evidence:
        return  # the amount of a plan in brackets
    marker: tuple[str, str] | None = None
    for match in _markers().finditer(before):
        name, words = str(match.lastgroup), match.group()
        if name == "planned" and not _is_plan(before, match):
            continue
        if name == "ongoing" and (len(before) - match.end() > 40 or "," in before[match.end() :]):
            continue
        if name == "actual" and re.search(r"[;:(]", before[match.end() :]) and marker is None:
            continue
        marker = (name, words)
    behind = re.match(r"[^.;,()]{0,48}?(?<!\w)(đang|dự kiến|sẽ)(?!\w)", after)
    if behind and (marker is None or marker[0] != "planned"):
        marker = ("ongoing" if behind[1] == "đang" else "planned", behind[1])
    if marker is None:
        return
    if marker[0] == "planned" and "tuổi đảng" in (mention.unit or ""):
        return  # how long someone has been a member is no plan
    told = _IS_TOLD.match(after) or re.search(r"(?:đề nghị|yêu cầu)[ \u00a0]+$", before)
    if marker[0] == "planned" and told and mention.approx == "exact":
        return
    mention.status = marker[0]  # type: ignore[assignment]
    mention.evidence["status"] = marker[1]


def _is_plan(before: str, match: re.Match[str]) -> bool:
    """Whether a planning word plans here, and still governs what stands at the end of ``before``."""
    words = match.group()
    left, rest = before[: match.start()], before[match.end() :]
    if words in _TARGET:
        if re.search(r"[%\d][ \u00a0]*$", left) or _OF_THE_PAST.search(left):
            return False
        if re.match(r"[ \u00a0]*,|[ \u00a0]+(?:này|mà|trên|đó|nêu)(?!\w)", rest) or _DONE.search(rest):
            return False
        if re.match(r"[^:;.]{0,40}:", rest):
            return words != "nhiệm vụ"  # "Mục tiêu đến năm 2030: ..., ...": of the whole list
        return len(rest) < 60 and (words != "nhiệm vụ" or re.search(r"(?:là|đạt|gồm|:)[^,;]*$", rest) is not None)
    if words.startswith("dự toán"):
        if re.search(r"[%\d][ \u00a0]*$", left) or _OF_THE_PAST.search(left):
            return False
        return len(rest) < 250 and not _DONE.search(rest) and "%" not in rest.partition(",")[0]
    if words in ("kế hoạch giao", "theo kế hoạch") and re.search(r"[%\d][ \u00a0]*(?:so với[ \u00a0]*)?$", left):
        return False
    if words == "phải" and _OWED.match(rest):
        return False  # a rule in force: "phải có vốn tự có tối thiểu 20%"
    if words == "đề nghị" and (_CLAIMED.match(rest) or _CLAIM.search(left)):
        return False
    if words in ("đề nghị", "yêu cầu") and re.search(r"\d", left[-160:]):
        return False  # one deed of a list of results: "giám sát 64 công trình, đề nghị khắc phục ..."
    if words in _OBLIGATION:
        return (
            len(rest) < 120
            and not re.search(r"[.]|(?:đã|đạt được)(?!\w)", rest)
            and not (";" in rest and words in ("cần", "giao"))
        )
    if words == "kỳ vọng" or words.startswith("đặt"):
        return not _DONE.search(rest)
    return not re.search(r"(?<!\w)(?<!thực )(?<!thể )(?:hiện|chỉ còn)(?!\w)", rest)


def _directed(document: Document, mention: Mention, start: int, before: str) -> bool:
    """Whether the paragraph tells people what to do, from an earlier sentence on ("đồng chí ... đề nghị: ...")."""
    line = document.line_at(mention.start)
    earlier = document.lower[max(line[0], start - 700) : start]
    found = None
    for match in _DIRECTIVE.finditer(earlier):
        found = match
    if (
        found is None
        or _DONE.search(before)
        or re.match(r"[ \u00a0]*(?:nhân dịp|tại hội nghị|dịp này|trong thời gian qua|hiện)", before)
    ):
        return False
    if (
        _DONE.search(earlier[found.end() :])
        or mention.relation == "share"
        or _IS_TOLD.match(document.lower[mention.end : mention.end + 50])
    ):
        return False
    mention.evidence["status"] = found.group() + " (earlier in the paragraph)"
    return True


def _so_far(document: Document, mentions: list[Mention]) -> None:
    """ "có 10 cuộc ..., đến nay đã thực hiện 04 cuộc": the level before is what was planned."""
    for index, mention in enumerate(mentions):
        end = document.sentence_at(mention.start)[1]
        behind = document.lower[mention.end : min(end, mention.end + 70)]
        match = _SO_FAR.search(behind)
        if not match or mention.kind not in ("count", "money", "measure") or mention.relation != "level":
            continue
        if re.search(r"[;.:]", behind[: match.start()]) or re.search(
            r"(?<!\w)(?:đã|được|tiếp nhận|phát hiện|xảy ra)(?!\w)",
            document.lower[max(0, mention.start - 40) : mention.start],
        ):
            continue
        last = mention.end + match.end()
        follower = next((m for m in mentions[index + 1 :] if m.end >= last - 1), None)
        if follower is None or (
            follower.unit != mention.unit
            and not any(m.unit == follower.unit for m in mentions[max(0, index - 1) : index + 2] if m.end < last - 1)
        ):
            continue
        mention.status = "planned"
        mention.evidence["status"] = match.group()[:-1].strip() + " ..."
