"""Status: done or counted, going on, or planned; from the words of the clause before the number."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from extractors.attributes import OPENS_BOUND
from extractors.mention import Mention
from extractors.qualifiers.lexicon import alternation, data
from extractors.qualifiers.plans import is_plan, plan_itself, reported, target_lists
from extractors.text.document import Document

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
#: words that tell somebody to do something
_TELLS = frozenset({"đề nghị", "yêu cầu", "kiến nghị", "đề xuất", "cần", "phải", "giao", "giao cho", "được giao"})
#: "đang hoạt động", "đang sinh sống": a state that is counted, no work that goes on
_STATE = r"hoạt động|sinh sống|sống|cư trú|làm việc|công tác|lưu hành|hưởng|tham gia|học"
_IN_A_STATE = re.compile(rf"[ \u00a0]+(?:{_STATE})(?!\w)")
#: "đang điều tra vụ tai nạn khiến 3 người ...": what goes on is said of the event, what came of it is past
_CAME_OF_IT = re.compile(r"(?<!\w)(?:vụ|sự cố|tai nạn|trận|cơn|đợt)(?!\w)[^,;.:]*(?<!\w)(?:khiến|làm|gây|xảy ra)(?!\w)")
_NO_LONGER = re.compile(r"[,;]|(?<!\w)nên(?!\w)")
#: "tiêu thụ 15 tấn hàng, trị giá 3 tỷ đồng": the same thing in money
_WORTH = re.compile(
    r"[^,;.()\d]{0,24},[ \u00a0]+(?:tổng[ \u00a0]+)?(?:trị giá|giá trị|tương đương)(?:[ \u00a0]+[^\W\d]+){0,2}"
)
_IN_BRACKETS = re.compile(r"[^()\n]{0,60}\)")
_BRACKETED = re.compile(r"\([^()]*\)")
_BEHIND = re.compile(
    r"(?:(?!(?<!\w)(?:và|nhưng|mà|để|còn(?! lại)|nếu|đã)(?!\w))(?:[^.;,()]|(?<=\d)[.,](?=\d))){0,48}?"
    rf"(?<!\w)(đang(?![ \u00a0]+(?:{_STATE})(?!\w))|dự kiến|sẽ|dở dang)(?!\w)"
)
#: "Đồng thời, bố trí 2 tỷ đồng ...": what is asked for goes on, without anybody who does it
_ASKS_ON = re.compile(
    r"(?:đồng thời|cùng với đó|bên cạnh đó|ngoài ra),?[ \u00a0]+"
    r"(?:bố trí|hỗ trợ|cấp|bổ sung|đầu tư|xây dựng|mở rộng|nâng|tăng|giảm|hoàn thành|hình thành|thu hút|tạo|đưa|trồng)"
    r"(?!\w)"
)
#: words that set a target, and words that go on with the next one
_AIMS = re.compile(r"(?:mục tiêu|chỉ tiêu|phấn đấu)(?!\w)")
_BESIDES = re.compile(r"[ \u00a0]*cùng với đó[ \u00a0]*,")
#: a first line longer than this is no headline
_HEADLINE = 160
_LARGE = 100
_GIVEN = frozenset({"được giao", "kế hoạch giao", "theo kế hoạch"})
#: "kết quả" names what came of a plan; "theo kết quả" does not
_NO_RESULT = re.compile(r"(?<!\w)(?:theo|căn cứ|dựa trên|trên cơ sở)[ \u00a0]+$")


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
        before = _BRACKETED.sub("", before) if ")" in before else before  # what is closed is of another thing
        _from_words(mention, before, lower[mention.end : min(end, mention.end + 60)])
        if mention.status == "actual" and "status" not in mention.evidence:
            opening = before[:40].lstrip(" -–+•")
            if (
                (opening.startswith("trong đó") or _ASKS_ON.match(opening) or _aims_on(lower[start:end], previous))
                and previous
                and previous[0][0] < start
                and previous[1].status == "planned"
                and not _IN_BRACKETS.match(lower, previous[1].end)
            ):
                mention.status = "planned"
                mention.evidence["status"] = "going on: " + previous[1].evidence.get("status", "")
        if previous and previous[0][0] == start and _joined(lower, previous[1], mention):
            mention.status = previous[1].status  # "đang điều tra 5 vụ, 15 đối tượng"
            mention.evidence["status"] = "as before: " + previous[1].evidence["status"]
        previous = ((start, end), mention)
    _so_far(document, mentions)
    _of_target_lists(document, mentions)


def carry_status(document: Document, mentions: list[Mention]) -> None:
    """Parts and changes without words of their own take the status of the figure they hang on (links must be set).

    A headline tells shortly what the text says at length: its figures take the status of the same ones there.
    """
    for mention in mentions:
        target = mention.part_of if mention.part_of is not None else mention.about
        if target is None or "status" in mention.evidence:
            continue
        other = mentions[target]
        if other.status == "planned" or (other.status == "ongoing" and mention.part_of is not None):
            mention.status = other.status
            mention.evidence["status"] = "as in: " + other.evidence.get("status", "")
    _of_the_headline(document, mentions)


def _aims_on(sentence: str, previous: tuple[tuple[int, int], Mention] | None) -> bool:
    """ "Năm tới đặt mục tiêu A 5%. Cùng với đó, B dưới 4%": the next sentence names targets as well."""
    if previous is None or not _AIMS.search(previous[1].evidence.get("status", "")):
        return False
    return _BESIDES.match(sentence) is not None and not reported(sentence)


def _of_the_headline(document: Document, mentions: list[Mention]) -> None:
    """ "Huyện mở 5 lớp nghề" above "Năm tới huyện sẽ mở 5 lớp nghề"."""
    end = document.line_at(0)[1] if mentions else 0
    if not 0 < end <= _HEADLINE:
        return
    above = [mention for mention in mentions if mention.start < end]
    for mention in above:
        if mention.status != "actual" or "status" in mention.evidence:
            continue
        same = next((m for m in mentions[len(above) :] if _is_the_same(mention, m)), None)
        if same is not None and same.status != "actual":
            mention.status = same.status
            mention.evidence["status"] = "headline of: " + same.evidence.get("status", "")


def _is_the_same(one: Mention, other: Mention) -> bool:
    """Whether two figures are alike; a large number is so in other words as well ("7.000 dân", "7.000 nhân khẩu")."""
    if (one.value, one.kind, one.relation) != (other.value, other.kind, other.relation):
        return False
    return one.unit == other.unit or one.value >= _LARGE


def _joined(lower: str, before: Mention, mention: Mention) -> bool:
    """Whether a figure stands beside one that is going on, with nothing but a comma between and no word of its own."""
    if before.status != "ongoing" or "status" in mention.evidence or mention.relation != "level":
        return False
    between = lower[max(before.end, before.unit_end) : mention.start]
    beside = between.strip(" \u00a0")
    return (beside in (",", "với") or _WORTH.fullmatch(beside) is not None) and not re.search(
        r"^[^.;,]{0,40}(?<!\w)(?:đã|còn|được)(?!\w)", lower[mention.end : mention.end + 60]
    )


def _from_words(mention: Mention, before: str, after: str) -> None:
    if "status" in mention.evidence:
        return  # the amount of a plan in brackets
    marker: tuple[str, str] | None = None
    for match in _markers().finditer(before):
        name, words = str(match.lastgroup), match.group()
        if name == "planned" and not is_plan(before, match, after):
            continue
        if words == "kết quả" and _NO_RESULT.search(before[: match.start()]):
            continue
        if name == "ongoing" and (
            len(before) - match.end() > 40
            or _NO_LONGER.search(before, match.end())
            or _IN_A_STATE.match(before, match.end())
            or _CAME_OF_IT.search(before, match.end())
        ):
            continue
        if name == "actual" and re.search(r"[;:(]", before[match.end() :]) and marker is None:
            continue
        marker = (name, words)
    if mention.relation != "relative" and (itself := plan_itself(before)):
        marker = ("planned", itself)
    elif OPENS_BOUND.search(before) and re.match(r"[^()]{0,12}\)", after):
        return  # "đất nhỏ lẻ (dưới 5.000 m2)": what makes a thing one of its kind is not planned
    behind = _BEHIND.match(after)
    if behind and (marker is None or marker[0] != "planned"):
        marker = ("planned" if behind[1] in ("dự kiến", "sẽ") else "ongoing", behind[1])
    if marker is None:
        return
    if marker[0] == "planned" and "tuổi đảng" in (mention.unit or ""):
        return  # how long someone has been a member is no plan
    if marker[1] in _GIVEN and mention.relation == "relative" and mention.basis == "plan":
        return  # "tỷ lệ sử dụng dự toán được giao là 102% dự toán": what was given is the basis
    told = marker[1] in _TELLS and (
        _IS_TOLD.match(after) or re.search(r"(?:đề nghị|yêu cầu|kiến nghị)[ \u00a0]+$", before)
    )
    if marker[0] == "planned" and told and mention.approx == "exact":
        return
    mention.status = marker[0]  # type: ignore[assignment]
    mention.evidence["status"] = marker[1]


def _of_target_lists(document: Document, mentions: list[Mention]) -> None:
    """ "Các chỉ tiêu chủ yếu: Về kinh tế: ...; ... Về xã hội: ...": all that the list names is to be reached."""
    starts = [mention.start for mention in mentions]
    for first, last, words in target_lists(document):
        for mention in mentions[bisect_left(starts, first) : bisect_left(starts, last)]:
            if mention.status == "actual" and "status" not in mention.evidence:
                mention.status = "planned"
                mention.evidence["status"] = words


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
