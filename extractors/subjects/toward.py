"""For whom a statement holds, said at its front: "Đối với xã miền núi thì ...", "Mỗi phòng có ..."."""

from __future__ import annotations

from extractors.subjects.clean import untimed
from extractors.subjects.frame import Frame
from extractors.subjects.grammar import skip_openers
from extractors.subjects.lexicon import phrases
from extractors.subjects.parties import empowered

_ENDS = frozenset(("có", "được", "cứ", "sẽ", "phải", "đã", "đạt", "là", "tăng", "giảm", "(", ":"))
_REACH = 40
_LONGEST = 14


def each_at(frame: Frame, whom: list[int]) -> bool:
    """Whether the words say "mỗi ..." and so hold for one entry of a list only."""
    return frame.words[whom[0]] in ("mỗi", "từng")


def _ends(frame: Frame, kept: list[int], words: list[str], at: int) -> bool:
    """Whether a statement begins at a word; a name goes on ("tỉnh Thái Bình")."""
    if frame.capital(kept[at]):
        return False
    return words[at] in _ENDS or phrases("statement_start").at(words, at, len(words)) > 0


def held_for(frame: Frame, start: int, stop: int) -> tuple[list[int], int]:
    """The body or area that the clause ``start:stop`` says it holds for, and where the clause goes on behind it."""
    whom, behind = empowered(frame, start, stop)
    if whom:
        return whom, behind
    kept, _ = untimed(frame, start, min(stop, start + _REACH))
    kept = kept[skip_openers([frame.words[i] for i in kept]) :]
    words = [frame.words[i] for i in kept]
    skip = 2 if words[:2] in (["đối", "với"], ["trường", "hợp"]) else 0
    each = words[:1] in (["mỗi"], ["từng"])
    if not (skip or each):
        return [], start
    size = max(phrases(name).at(words, skip + each, len(words)) for name in ("area", "body", "organisation"))
    if not size or phrases("no_organisation").at(words, skip + each, len(words)) >= max(size, 2):
        return [], start
    end = next((i for i in range(skip, len(words)) if words[i] == "thì"), -1) if skip else -1
    if end < 0:
        end = next((i for i in range(skip + each + size, len(words)) if _ends(frame, kept, words, i)), len(words))
    if end - skip > _LONGEST:
        return [], start
    behind = kept[end] if end < len(kept) else stop
    return kept[skip:end], behind + (1 if frame.words[behind : behind + 1] == ["thì"] else 0)
