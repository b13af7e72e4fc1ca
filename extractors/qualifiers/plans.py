"""Whether words of planning plan the number behind them: a target, a duty, a budget, a list of targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.text.document import Document

#: "đạt 92% kế hoạch", "so với chỉ tiêu", "vượt mục tiêu": what was planned before, said of what was reached
_OF_THE_PAST = re.compile(
    r"(?:đạt|bằng|vượt|hoàn thành|so với|theo|thực hiện|hoàn thành tốt|kết quả|đến)"
    r"[ \u00a0]+(?:[^\W\d]+[ \u00a0]+){0,2}$"
)
#: "đạt được một số chỉ tiêu quan trọng": targets that were reached or looked into
_REACHED = re.compile(
    r"(?<!\w)(?:đạt được|vượt|hoàn thành|giám sát|kiểm tra|phân tích)[ \u00a0]+(?:[^\W\d]+[ \u00a0]+){0,4}$"
)
#: "chỉ tiêu an toàn thực phẩm": what is measured in a sample
_MEASURED = re.compile(r"[ \u00a0]+(?:an toàn|vệ sinh|chất lượng nước|vi sinh|hóa lý|môi trường nước|xét nghiệm)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:đã|được|kết quả|đạt được|ghi nhận|biểu dương|hiện có|(?:không|chưa) đạt)(?!\w)")
#: "đề nghị truy tố 12 vụ", "người đề nghị hưởng": a deed or a claim, no order
_CLAIMED = re.compile(r"[ \u00a0]+(?:hưởng|truy tố|công nhận|khen thưởng|xét tặng|thanh toán|vay|hỗ trợ)(?!\w)")
_CLAIM = re.compile(r"(?<!\w)(?:hồ sơ|đơn|phiếu|giấy|văn bản|tờ trình|tiếp nhận|lời)[ \u00a0]+$")
#: "phải trả lãi 5 tỷ đồng": what is owed
_OWED = re.compile(r"[ \u00a0]+(?:có|đạt|đủ|bảo đảm|đảm bảo|là|trả|nộp|đóng|chịu|thu|chi)(?!\w)")
#: "năm nay phải thu 30 tỷ đồng", "quý III phải đạt 6%": a target for a time, no rule in force
_DUE = re.compile(r"[ \u00a0]+(?:thu|đạt)(?!\w)")
_DUE_WHEN = re.compile(
    r"(?<!\w)(?:năm nay|năm tới|năm \d{4}|quý (?:[ivx]+|\d)|tháng tới|từ nay|những tháng cuối)(?!\w)[^.;]*$"
)
#: "phải đi bộ 3 km", "phải mất 30 phút": what people put up with
_BORNE = re.compile(
    r"[ \u00a0]+(?:mất|đối mặt|đối diện|gánh|hứng|bù|cắt|chờ|đợi|nghỉ|bán|thuê|nhập viện|cấp cứu"
    r"|bỏ|chia|dừng|đóng cửa|ngừng|tạm|xếp hàng|tốn|tiêu hủy|chấp hành)(?!\w)"
)
#: how far and how long people go
_GOING = re.compile(r"[ \u00a0]+(?:đi|đến|qua|chạy|sống|ở|ngồi)(?!\w)")
_FAR = re.compile(r"[ \u00a0]*(?:km|ki-?lô-?mét|m|mét|cây số|hải lý|giây|phút|giờ|tiếng|ngày|tuần|tháng|năm|bậc)(?!\w)")
#: "sẽ chưa được giải quyết nếu chủ đầu tư chưa trả 7 tỷ": the condition, not what is to be
_CONDITION = re.compile(r"(?<!\w)(?:nếu|trừ khi|vì|bởi)(?!\w)[^,;]*$")
#: "yêu cầu dừng thì phải chấp hành, nhưng với 300 lao động ...", "... sẽ chặt bỏ", ông Ba nói: told of something else
_CONTRAST = re.compile(
    r"(?<!\w)(?:nhưng|song|trong khi|nào ngờ|không ngờ|ai ngờ)(?!\w)(?![ \u00a0]+(?:vẫn|cũng)(?!\w))"
    r"|[\"”][^\"“”]{0,50}(?<!\w)(?:nói|cho biết|cho hay|chia sẻ|khẳng định|kể|buồn bã|lo lắng)(?!\w)"
)
#: "trước đây phải xét 300 hồ sơ", "đáng lẽ phải tiêm trước 14 ngày"
_NOT_NOW = re.compile(r"(?<!\w)(?:trước đây|trước kia|đáng lẽ|lẽ ra|đáng ra)(?!\w)")
#: "vùng bán kính 500 m": of a thing as it is
_ATTRIBUTE = re.compile(r"(?:bán kính|đường kính|(?:cấp )?điện áp)[ \u00a0]+$")
#: "ký cam kết", "bản cam kết": a paper, no promise
_PAPER = re.compile(r"(?<!\w)(?:ký|bản|giấy|tờ|phiếu|làm)[ \u00a0]+$")
_PROMISED = re.compile(
    r"[ \u00a0]+(?:sẽ|bồi thường|tài trợ|viện trợ|hỗ trợ|đầu tư|mua|thu mua|chuyển|rút ngắn|giảm|trả)(?!\w)"
)
#: "công tác dự báo", "bản tin dự báo": forecasting as a noun
_FORECASTING = re.compile(r"(?<!\w)(?:công tác|bản tin|đài|trung tâm)[ \u00a0]+$")
#: "được giao cho 6 hộ", "bàn giao cho": handed over
_TO_SO_MANY = re.compile(r"[ \u00a0]+cho[ \u00a0]+(?:khoảng[ \u00a0]+|hơn[ \u00a0]+)?")
_HANDED_OVER = re.compile(r"(?<!\w)(?:được|bàn|đã)[ \u00a0]+$")
#: "không chạy theo chỉ tiêu xã có 500 hộ": what the target says
_SAYS = re.compile(r"(?:[ \u00a0]+[^\W\d]+){1,4}[ \u00a0]+(?:có|đạt)[ \u00a0]+(?:khoảng|hơn|trên|gần)?[ \u00a0]*$")
_TO_REACH = re.compile(r"(?<!\w)để[ \u00a0]+(?:đạt|hoàn thành|đạt được)[ \u00a0]+$")
_ACCORDING = re.compile(r"theo[ \u00a0]+$")
_NO_DUTY = re.compile(r"(?<!\w)(?:không|chẳng|đã|vẫn|thường|từng|có|chứ|đúng ra)[ \u00a0]+$")
_OBLIGATION = frozenset({"cần", "phải", "giao", "được giao", "đề nghị", "đặt ra", "đề ra", "giao cho", "yêu cầu"})
_TARGET = frozenset({"chỉ tiêu", "mục tiêu", "nhiệm vụ"})
#: "cần sa", "huyện Cần Giờ": other words
_OTHER_NEED = re.compile(r"[ \u00a0]+(?:sa|thơ|giờ|đước|giuộc|thủ|cẩu|trục|cù|kiệm|mẫn|chánh)(?!\w)")
#: "đề xuất hỗ trợ 20 tỷ đồng" asks for it; "đề xuất 5 giải pháp" has done so
_ASKED = frozenset({"đề xuất", "xem xét", "kiến nghị"})
_ASKED_FOR = re.compile(
    r"(?:[ \u00a0]+[^\W\d]+){0,3}?[ \u00a0]+"
    r"(?:bố trí|hỗ trợ|cấp|bổ sung|nâng|tăng|đầu tư|xây dựng|chủ trương|thành lập|giao thêm|ứng|tạm ứng|thưởng|dành)"
    r"(?!\w)"
    r"|(?:[ \u00a0]+[^\W\d]+){1,14}?[ \u00a0]+cho[ \u00a0]+"
    r"(?:phép|tỉnh|thành phố|huyện|xã|phường|địa phương|sử dụng|vay)(?!\w)"
)
#: "đã kiến nghị tăng thu 12 tỷ đồng" has done so
_HAS_ASKED = re.compile(r"(?<!\w)đã(?!\w)[^;:.(\d]*$")
#: "Thời gian tới, ..." opens its clause
_OPENS = re.compile(r"(?:^|[,;:.(“\"–-])[ \u00a0]*(?:(?:trong|và|vào)[ \u00a0]+)?$")
#: "quá trình phấn đấu", "việc phấn đấu": the striving as a noun
_STRIVING = re.compile(r"(?<!\w)(?:quá trình|sự|ý chí|tinh thần|nỗ lực,?|không ngừng)[ \u00a0]+$")
#: "(chưa đạt yêu cầu đề ra là 90%)", "so với kế hoạch là 50 ha": the plan itself
_ITSELF = re.compile(
    r"(?<!\w)(?:yêu cầu|chỉ tiêu|mục tiêu|kế hoạch|dự toán)(?:[ \u00a0]+[^\W\d]+){0,4}[ \u00a0]+(?:là|ở mức)[ \u00a0]+$"
)
#: "vượt kế hoạch (kế hoạch tăng 8%)", "chưa đạt chỉ tiêu đề ra (trên 90%)"
_BRACKETED_PLAN = re.compile(
    r"\((?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)(?:[ \u00a0]+(?:giao|năm|đề ra|là|tăng|giảm|đạt))*:?[ \u00a0]+$"
    r"|(?:kế hoạch|chỉ tiêu|mục tiêu|yêu cầu)[ \u00a0]+(?:đề ra|đặt ra|được giao)[ \u00a0]*\("
    r"(?:(?:là|trên|dưới|từ|hơn|khoảng)[ \u00a0]+)?$"
)
#: "Các chỉ tiêu chủ yếu đến năm 2030: ..." opens a list of targets
_TARGETS_OPENED = re.compile(
    r"(?<!\w)(?:(?:các|những|một số|hệ thống)[ \u00a0]+)?(?:chỉ tiêu|mục tiêu)(?!\w)"
    r"(?:(?!(?<!\w)(?:đạt|vượt|hoàn thành|thực hiện|tăng|giảm|đã|ước)(?!\w))[^:;.]){0,80}:"
)
#: the time that a list of targets is for decides: what is to come by a year is planned, months and quarters are
#: reported on; of "năm 2025" each item tells
_REPORT_TIME = re.compile(r"(?<!\w)(?:\d{1,2} tháng|tháng \d|qu[ýí]|tính đến|(?:đầu|nửa) năm)(?!\w)")
_PLAN_TIME = re.compile(r"(?<!\w)(?:đến năm|giai đoạn|nhiệm kỳ) (?:19|20)\d\d(?!\w)")
#: an item that tells what came of it is a report
_REPORTED = re.compile(
    r"(?<!\w)(?:cùng kỳ|đã|ước|so với (?:năm|tháng|quý|kế hoạch|dự toán)|đạt được|kết quả|vượt"
    r"|(?:bằng|đạt) (?:\d[\d,.]*%|\d[\d,.]* ?%)[^;,.]{0,12} (?:kế hoạch|dự toán))(?!\w)"
)
#: a full stop or semicolon, not a sign within a number, ends an item
_ITEM_ENDS = re.compile(r";|\.(?!\d)|\n")
#: "Về văn hóa, xã hội: ...", "- ...": the list goes on in the next sentence
_GOES_ON = re.compile(r"[ \u00a0\n]*(?:về[ \u00a0][^:;.\d]{2,60}:|[-–+•*]|\d{1,2}[.)]|[a-zđ][.)])")


def is_plan(before: str, match: re.Match[str], after: str = "") -> bool:
    """Whether a planning word plans here, and still governs the number between ``before`` and ``after``."""
    words = match.group()
    left, rest = before[: match.start()], before[match.end() :]
    if _CONDITION.search(rest) or _CONTRAST.search(rest):
        return False
    if words in _TARGET:
        if words == "chỉ tiêu" and _MEASURED.match(rest):
            return False
        if _ACCORDING.search(left) and _SAYS.fullmatch(rest):
            return True
        if _TO_REACH.search(left):
            return len(rest) < 60
        if _REACHED.search(left) or re.search(r"[%\d][ \u00a0]*$", left) or _OF_THE_PAST.search(left):
            return False
        if re.match(r"[ \u00a0]*,|[ \u00a0]+(?:này|mà|trên|đó|nêu)(?!\w)", rest) or _DONE.search(rest):
            return False
        if re.match(r"[^:;.]{0,40}:", rest):
            if words == "chỉ tiêu" and not _to_be_reached(rest, after):
                return False
            return words != "nhiệm vụ"  # "Mục tiêu đến năm 2030: ..., ...": of the whole list
        return len(rest) < 60 and (words != "nhiệm vụ" or re.search(r"(?:là|đạt|gồm|:)[^,;]*$", rest) is not None)
    if words.startswith("dự toán"):
        if re.search(r"[%\d][ \u00a0]*$", left) or _OF_THE_PAST.search(left):
            return False
        return len(rest) < 250 and not _DONE.search(rest) and "%" not in rest.partition(",")[0]
    if words in ("kế hoạch giao", "theo kế hoạch") and re.search(r"[%\d][ \u00a0]*(?:so với[ \u00a0]*)?$", left):
        return False
    if words == "phải" and _DUE.match(rest) and _DUE_WHEN.search(left):
        return True
    if words == "phải" and (_OWED.match(rest) or _borne(rest, after) or _NO_DUTY.search(left)):
        return False  # a rule in force: "phải có vốn tự có tối thiểu 20%"
    if words == "cần" and _OTHER_NEED.match(rest):
        return False
    if words in _ASKED and (not _ASKED_FOR.match(rest) or "(" in rest or _HAS_ASKED.search(left)):
        return False
    if words == "phấn đấu" and _STRIVING.search(left):
        return False
    if words == "đề nghị" and (_CLAIMED.match(rest) or _CLAIM.search(left)):
        return False
    if words in ("đề nghị", "yêu cầu") and re.search(r"\d", left[-160:]):
        return False  # one deed of a list of results: "giám sát 64 công trình, đề nghị khắc phục ..."
    if (words == "giao cho" and _HANDED_OVER.search(left)) or (words == "được giao" and _TO_SO_MANY.fullmatch(rest)):
        return False
    if words == "dự báo" and _FORECASTING.search(left):
        return False
    if words == "cam kết" and (_PAPER.search(left) or not _PROMISED.match(rest)):
        return False
    if words in _OBLIGATION and (_NOT_NOW.search(left) or _ATTRIBUTE.search(rest)):
        return False
    if words in _OBLIGATION:
        return (
            len(rest) < 120
            and not re.search(r"[.]|(?:đã|đạt được)(?!\w)", rest)
            and not (";" in rest and words in ("cần", "giao"))
        )
    if words.endswith(("tới", "tới đây")) and words != "hướng tới":
        return len(rest) < 120 and (_OPENS.search(left) is not None or rest.startswith((",", " là ")))
    if words == "kỳ vọng" or words.startswith("đặt"):
        return not _DONE.search(rest)
    return not re.search(r"(?<!\w)(?<!thực )(?<!thể )(?:hiện|chỉ còn)(?!\w)", rest)


def plan_itself(before: str) -> str | None:
    """The words that name a plan right before its own amount ("kế hoạch là 50 ha")."""
    match = _ITSELF.search(before[-80:]) or _BRACKETED_PLAN.search(before[-40:])
    return match.group().strip() if match else None


def target_lists(document: Document) -> Iterator[tuple[int, int, str]]:
    """Stretches in which every amount is a target, with the words that open them."""
    done = 0
    for match in _TARGETS_OPENED.finditer(document.lower):
        if match.start() < done:
            continue
        start, end = document.sentence_at(match.start())
        if _OF_THE_PAST.search(document.lower[max(start, match.start() - 40) : match.start()]):
            continue
        here = document.sentence_index(match.start())
        while here + 1 < len(document.sentences) and _GOES_ON.match(document.lower, document.sentences[here + 1][0]):
            here += 1
            end = document.sentences[here][1]
        done = end
        planned = _planned_by_time(match.group())
        if planned is False:
            continue
        at = match.end()
        while at < end:
            stop = _ITEM_ENDS.search(document.lower, at, end)
            last = stop.end() if stop else end
            if planned or not _REPORTED.search(document.lower, at, last):
                yield at, last, match.group()
            at = last


def _planned_by_time(head: str) -> bool | None:
    """Whether the time in the head of a list says that it plans; None where no time stands there."""
    if _REPORT_TIME.search(head):
        return False
    return True if _PLAN_TIME.search(head) else None


def reported(words: str) -> bool:
    """Whether words tell what came of a target."""
    return _REPORTED.search(words) is not None


def _to_be_reached(rest: str, after: str) -> bool:
    """Whether a number is a target of the list that ``rest`` opens."""
    head, _, body = rest.partition(":")
    planned = _planned_by_time(head)
    if planned is not None:
        return planned
    return not _REPORTED.search(_ITEM_ENDS.split(body)[-1] + "0" + _ITEM_ENDS.split(after)[0])


def _borne(rest: str, after: str) -> bool:
    """Whether ``phải`` tells what people put up with."""
    return bool(_BORNE.match(rest) or (_GOING.match(rest) and _FAR.match(after)))
