"""Places that stand behind figures and hold for them: named with "là", or said once behind people who were hurt."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.mention import Mention
from extractors.subjects.follow import Follow
from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases
from extractors.subjects.places import Place
from extractors.subjects.rows import row_behind


def places_behind(frame: Frame, mentions: Sequence[Mention], follows: list[Follow]) -> None:
    """Set the place of what follows a figure where only what stands further behind tells it.

    "Đứng thứ 5/63 là Hòa Bắc"; "vụ cháy làm 3 người chết, 5 người bị thương ở xã Hòa Bắc".
    """
    counted = [mentions[frame.figure[place]] for place in frame.places]
    for k in range(len(follows) - 1, -1, -1):
        if follows[k].place.words:
            continue
        at = frame.places[k]
        if frame.words[at + 1 : at + 2] == ["là"] and counted[k].kind in ("rank", "percent"):
            follows[k].place = Place(row_behind(frame, at + 2), "identified")
        elif k + 1 < len(follows) and follows[k + 1].place.rule == "located":
            hurt = all(_hurt(frame, counted[i], follows[i]) for i in (k, k + 1))
            follows[k].place = follows[k + 1].place if hurt else follows[k].place


def _hurt(frame: Frame, mention: Mention, told: Follow) -> bool:
    """Whether a figure counts people and says what befell them."""
    said = [*(mention.unit or "").split(), *(frame.words[i] for i in told.words[:3])]
    return any(phrases("casualty").at(said, i, len(said)) for i in range(len(said)))
