"""Which units can be parts of one another, and which words two figures share."""

from __future__ import annotations

import re
from functools import lru_cache

#: people are counted by many classifiers; a part may use another than its total ("41 phụ nữ (19 chị ..., 22 chị ...)")
_PEOPLE = frozenset(
    "người chị anh em cháu trẻ phụ nữ|nam|nữ|đồng chí|đảng viên|hội viên|đoàn viên|đại biểu|cán bộ|công chức|viên chức|học sinh|"
    "sinh viên|thanh niên|công dân|lao động|đối tượng|bị can|nhân khẩu|thành viên|cá nhân|giáo viên|chiến sĩ|quần chúng".replace(
        "người chị anh em cháu trẻ phụ nữ", "người|chị|anh|em|cháu|trẻ|phụ nữ"
    ).split("|")
)
#: first syllables that are another word when a second one follows: "tổ" (a team) is not "tổ chức" (an organisation)
_OTHER_WORD = {
    "tổ": ("chức",),
    "hội": ("viên", "nghị", "thảo", "trường"),
    "đoàn": ("viên", "thể"),
    "đội": ("viên",),
    "cơ": ("sở", "quan"),
    "đơn": ("vị",),
    "công": ("trình", "ty", "dân", "chức"),
}
_MONEY = {"đ": "đồng", "vnđ": "đồng", "vnd": "đồng"}
_MEDALS = frozenset({"huy chương", "hcv", "hcb", "hcđ", "huy chương vàng", "huy chương bạc", "huy chương đồng"})


@lru_cache(maxsize=4096)
def plain_unit(unit: str) -> str:
    """Lower case, single spaces, none around a slash, money in one spelling."""
    text = re.sub(r"\s*/\s*", "/", " ".join(unit.lower().split()))
    return _MONEY.get(text, text)


@lru_cache(maxsize=8192)
def same_unit(one: str | None, other: str | None) -> bool:
    """Do the two units count the same things? A shorter classifier answers its longer form.

    >>> same_unit("hộ", "hộ dân"), same_unit("tổ", "tổ chức"), same_unit("lượt người", "lượt đơn vị")
    (True, False, False)
    """
    if one is None or other is None:
        return one is other
    short, long = sorted((plain_unit(one), plain_unit(other)), key=len)
    if short == long:
        return True
    if not long.startswith(short) or long[len(short)] not in " ,":
        return False
    follows = long[len(short) :].strip(" ,").split()
    return not follows or follows[0] not in _OTHER_WORD.get(short, ())


@lru_cache(maxsize=8192)
def part_unit(part: str | None, total: str | None) -> bool:
    """May a figure in unit ``part`` be a part of one in unit ``total``? Rates do not add up and never are.

    >>> part_unit("chị", "phụ nữ"), part_unit("đồng/người", "đồng/người"), part_unit("xã", "hộ")
    (True, False, False)
    """
    if part is None or total is None or "/" in part or "/" in total:
        return False
    if same_unit(part, total):
        return True
    pair = {plain_unit(part), plain_unit(total)}
    return pair <= _PEOPLE or pair <= _MEDALS


_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = frozenset(
    "số tổng tỷ tỉ lệ năm tháng quý ngày đầu cuối cùng kỳ so với trước này nay qua đã đang sẽ cũng lại còn và hoặc mà tiếp tục tương ứng "
    "đương ước tính khoảng hơn gần trên dưới là được đều chỉ mới vẫn theo về ở mức lên xuống thêm đó do thì bằng đạt tăng giảm vượt gấp "
    "thực hiện hoàn thành kế hoạch tiêu dự toán phấn đấu cao thấp nhiều ít trong tại có các những của cho từ đến trở bình quân trung "
    "kết quả con như vậy tuy nhiên riêng nâng kéo hết tới lượng toàn một vào sau khi chung lũy luỹ kế tròn đồng "
    "nghìn ngàn triệu tỷ lần điểm phần trăm bậc hằng hàng thời gian giai đoạn".split()
)


def content_words(text: str) -> set[str]:
    """The words of lower-case ``text`` that name something (no function words, no words of time, change or plan)."""
    return {word for word in _WORD.findall(text) if word not in _EMPTY}
