"""Before a list is accused: might its parts be meant for another total, or does it go on?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.arithmetic.slips import is_slip
from extractors.arithmetic.view import View
from extractors.arithmetic.whole_lists import own_words
from extractors.arithmetic.words import properties
from extractors.arithmetic.written import step_written
from extractors.links.units import part_unit, same_unit

#: so many figures back may the total that was meant stand
_BACK = 12
_DIGITS = re.compile(r"\d")
#: parts of different places or levels never overlap
_APART = re.compile(
    r"\b(?:xã|phường|huyện|quận|thị trấn|thành phố|tỉnh|thôn|bản|tuyến|cấp|năm|quý|tháng)\s+\w+(?:\s\w+)?|trung ương"
)
#: "12 đại biểu HĐND và 3 khách mời": what joins the last item of a list to those before it
_GOES_ON = re.compile(r"^[^,;.:()|\d]{0,40}(?:,| và)[^,;.:()|\d]{0,30}$")


def made_before(view: View, total: int, parts: Sequence[int], made: Decimal) -> int | None:
    """ "thụ lý 428 vụ, giải quyết 372 vụ; trong đó 97 vụ hình sự, 331 vụ dân sự": the total that the parts do make."""
    for other in range(parts[0] - 1, max(-1, parts[0] - 1 - _BACK), -1):
        figure = view.figures[other]
        if other == total or other in parts or figure.value != made or figure.relation != "level":
            continue
        if same_unit(figure.unit, view.figures[total].unit) and view.sentences[parts[0]] - view.sentences[other] <= 1:
            return other
    return None


def is_nested(view: View, total: int, parts: Sequence[int]) -> bool:
    """ "27 thành viên, gồm 19 nam và 8 nữ, trong đó 12 người có bằng đại học": of the 27 as well as of the last.

    Also where a larger figure that may hold the parts stands before the total in its sentence, and it is one part.
    """
    made = sum((view.figures[i].value for i in parts), Decimal(0))
    above = view.figures[total].part_of
    if above is not None:
        return not view.evidence(parts[0], "part_of").startswith("(") and view.figures[above].value >= made
    if len(parts) > 1:
        return False
    return any(
        view.sentences[other] == view.sentences[total]
        and view.figures[other].relation == "level"
        and view.figures[other].value >= made
        and part_unit(view.figures[parts[0]].unit, view.figures[other].unit)
        for other in range(max(0, total - _BACK), total)
    )


def breakdown_within(view: View, total: int, parts: Sequence[int]) -> list[int] | None:
    """Two or more parts in a row that make the total by themselves: the list breaks it down in more than one way."""
    whole = view.figures[total].value
    for first in range(len(parts) - 1):
        made = view.figures[parts[first]].value
        for last in range(first + 1, len(parts)):
            made += view.figures[parts[last]].value
            if made == whole and last - first + 1 < len(parts):
                return list(parts[first : last + 1])
    return None


def may_overlap(view: View, parts: Sequence[int]) -> bool:
    """ "120 học viên, trong đó 68 nữ, 85 người dân tộc thiểu số": the parts are told by different properties."""
    said = []
    for index in parts:
        words = own_words(view, index)
        found = {n for n, (pattern, _) in enumerate(properties()) if pattern.search(words)}
        if any(properties()[n][1] for n in found):
            return True
        said.append(found)
    return any(said) and not set.intersection(*said)


def are_places(view: View, parts: Sequence[int]) -> bool:
    """ "xã Mây 19 nhà, xã Gió 11 nhà", "18 cuộc cấp huyện, 28 cuộc cấp xã": every part is somewhere else."""
    said = [_APART.search(own_words(view, i)) for i in parts]
    names = {found.group() for found in said if found}
    return len(names) == len(parts)


def is_slip_of_list(view: View, total: int, parts: Sequence[int]) -> bool:
    """One slip of the pen, in the total or in a part, explains all that the sum is too much or too little."""
    whole, values = view.figures[total].value, [view.figures[i].value for i in parts]
    made = sum(values, Decimal(0))
    return _is_off_by(view, total, made - whole) or any(_is_off_by(view, i, whole - made) for i in parts)


def _is_off_by(view: View, index: int, by: Decimal) -> bool:
    """One slip in figure ``index`` is worth ``by``, whatever magnitude it is written in."""
    value, quote = view.figures[index].value, view.quote(index)
    number = _DIGITS.match(quote)
    step = step_written(quote, value)
    written = value / step  # all digits, as a whole number
    if number is None or written != written.to_integral_value():
        return False
    return is_slip(str(int(written)), (value + by) / step)


def continued(view: View, total: int, parts: Sequence[int]) -> int | None:
    """The figure in another unit that goes on behind the last part and makes the total."""
    after = parts[-1] + 1
    if after >= len(view.figures) or view.sentences[after] != view.sentences[parts[-1]]:
        return None
    figure = view.figures[after]
    if figure.relation != "level" or figure.part_of is not None or figure.kind != view.figures[total].kind:
        return None
    made = sum((view.figures[i].value for i in parts), Decimal(0))
    joined = _GOES_ON.match(view.between(parts[-1], after))
    return after if joined and made + figure.value == view.figures[total].value else None


def dropped(view: View, total: int, parts: Sequence[int]) -> int | None:
    """The next item of the list, larger than its total, and a slip of the pen away from what the others leave."""
    after = parts[-1] + 1
    if after >= len(view.figures) or view.sentences[after] != view.sentences[parts[-1]]:
        return None
    figure, whole = view.figures[after], view.figures[total]
    fits = figure.relation == "level" and figure.part_of is None and part_unit(figure.unit, whole.unit)
    if not fits or figure.value <= whole.value or not _GOES_ON.match(view.between(parts[-1], after)):
        return None
    rest = whole.value - sum((view.figures[i].value for i in parts), Decimal(0))
    return after if _is_off_by(view, after, rest - figure.value) else None
