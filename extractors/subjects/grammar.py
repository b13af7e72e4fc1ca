"""Where a clause's own words begin: after its openers, at a statistical head, at its last verb."""

from __future__ import annotations

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases


def last_clause(frame: Frame, rest: list[int]) -> list[int]:
    """What stands after the last "thì", "cho biết", "là" ... of the words; all of them where nothing does."""
    names = [frame.words[i] for i in rest]
    for at in range(len(names) - 2, -1, -1):
        size = 0 if frame.quoted[rest[at]] else phrases("break").at(names, at, len(names))
        if size and at + size < len(names):
            rest = rest[at + size :]
            return rest[skip_openers([frame.words[i] for i in rest]) :]
    return rest


def skip_openers(words: list[str]) -> int:
    """How many words at the front are openers or auxiliaries."""
    at = 0
    while at < len(words):
        size = max(phrases("opener").at(words, at, len(words)), phrases("auxiliary").at(words, at, len(words)))
        if words[at] in (",", "-", "–", "+", "*"):
            size = 1
        if not size or words[at : at + 3] == ["trên", "địa", "bàn"] or _longer(words, at, size):
            return at
        at += size
    return at


def _longer(words: list[str], at: int, size: int) -> bool:
    return any(
        phrases(name).at(words, at, len(words)) > size for name in ("head", "verb", "whole", "level", "compound")
    )


def head_at(frame: Frame, rest: list[int], names: list[str]) -> int:
    """The place in ``rest`` where a statistical noun phrase begins, or -1."""
    at = 0
    while at < len(names):
        size = 0 if frame.quoted[rest[at]] else phrases("head").at(names, at, len(names))
        verb = phrases("verb").at(names, at, len(names))
        if size and size >= verb:
            before = names[at - 1] if at else ""
            area = phrases("district").at(names, 0, at)  # "xã có diện tích 25 km2"
            if (
                before == "có"
                and not area
                and (phrases("person").at(names, 0, at) or phrases("field").at(names, 0, at))
            ):
                return -1
            if before == "cho" and phrases("verb").ending(names, 0, at - 1):
                at += size
                continue  # "thu về cho ngân sách 5 tỷ đồng": the verb tells what
            if at and names[at : at + 2] == ["bình", "quân"]:
                return 0 if at < 4 else -1
            if (
                not at
                or before in phrases("head_after")
                or phrases("auxiliary").ending(names, 0, at)
                or (size > 1 and before not in phrases("no_head_after"))
            ):
                return at - 1 if before in ("thu", "chi") and size > 1 else at
            verb = max(verb, size)  # "về chỉ số" does not begin a phrase at "số"
        at += max(1, verb)
    return -1


def head_phrase(frame: Frame, words: list[int]) -> list[int]:
    """The words when a statistical head of two syllables or more opens them, else nothing.

    "Theo bảng xếp hạng PCI", "Về kết quả chỉ số hài lòng": what stands before the head says nothing.
    """
    names = [frame.words[i] for i in words]
    at = 1 if names[:1] and names[0] in ("theo", "trong", "tại", "về", "với") else 0
    at += phrases("result").at(names, at, len(names))
    size = phrases("head").at(names, at, len(names))
    return words[at:] if size > 1 or phrases("ranking").at(names, at, len(names)) else []


def abbreviated(frame: Frame, words: list[int]) -> list[int]:
    """A long phrase by its head and the letters behind it in brackets ("Chỉ số đánh giá ... (SIPAS)")."""
    at = words[-1] + 1 if len(words) > 10 else len(frame.words)
    if frame.words[at : at + 1] != ["("] or frame.words[at + 2 : at + 3] != [")"]:
        return words
    letters = frame.document.text[frame.starts[at + 1] : frame.ends[at + 1]]
    size = phrases("head").at([frame.words[i] for i in words], 0, len(words))
    return [*words[:size], at + 1] if size and len(letters) > 2 and letters.isupper() else words


def last_verb(frame: Frame, rest: list[int], names: list[str]) -> tuple[int, int]:
    """The last group of verbs among the words: where it begins and where it ends, or (-1, -1)."""
    found = (-1, -1)
    at = 0
    while at < len(names):
        size = phrases("compound").at(names, at, len(names))
        if size:
            at += size
            continue
        named = at > 0 and frame.capital(rest[at]) and frame.capital(rest[at - 1])  # "huyện Ân Thi"
        if not frame.quoted[rest[at]] and not named and (not at or names[at - 1] not in phrases("no_verb_after")):
            size = max(phrases("verb").at(names, at, len(names)), phrases("light").at(names, at, len(names)))
        if not size:
            at += 1
            continue
        if found[1] == at or (found[1] == at - 1 and found[1] > 0 and names[at - 1] in (",", "và", "/")):
            found = (found[0], at + size)
        else:
            found = (at, at + size)
        at += size
    return found
