"""What a number without a unit counts, named before its copula: "Số hồ sơ còn lại là 120", "Hồ sơ đã trả là 120"."""

from __future__ import annotations

import re

from extractors.text.document import Document
from extractors.units import coordinated, read_unit

_COPULA = r"[ \u00a0]*(?:(?<!\w)(?:là|đạt|còn)|:)[ \u00a0]+(?:khoảng |gần |hơn |trên |dưới )?$"
#: "Tổng số đối tượng được hỗ trợ là gần 261 nghìn": what is counted is named before the copula
_NUMBER_OF = re.compile(
    r"(?<!\w)(?<!chỉ )(?<!dân )(?<!một )(?<!đa )số(?: lượng)?[ \u00a0]+(?=[^\W\d])"
    rf"((?:(?!(?<!\w)số(?!\w))[^.;:(\d]){{3,90}}?){_COPULA}"
)
_AT_HEAD = re.compile(rf"(?:^|[.;:(\n])[ \u00a0]*(?=[^\W\d])([^.;:(\d]{{3,90}}?){_COPULA}")
#: "huyện có diện tích rừng đạt 1.250": another thing is told of the noun at the head
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:có|đạt|gồm|chiếm|tăng|giảm|ước|thu|chi|với|về|số|tổng|diện tích|sản lượng|doanh thu|mức|giá|chỉ)(?!\w)"
)


def counted_before(document: Document, start: int, stop: int) -> tuple[str, str] | None:
    """What the words before a copula count, and those words: "số X" said last, else the noun at the head."""
    before = document.lower[start:stop]
    named = _NUMBER_OF.search(before) or _AT_HEAD.search(before)
    if named is None:
        return None
    counted = read_unit(" " + named[1], 0, guess=False)
    if counted is None or counted.kind != "count":
        return None
    if named.re is _AT_HEAD:
        at = start + named.start(1) + counted.end - 1
        behind = document.text[at : start + named.end(1)]
        if counted.text in coordinated() or _OF_ANOTHER.search(named[1]) or any(map(str.isupper, behind)):
            return None
    return counted.text, named.group().strip()
