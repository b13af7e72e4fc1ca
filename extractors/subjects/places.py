"""Places and parts of an organisation that a phrase names: the scope of its figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases
from extractors.subjects.names import country_length, name_length, native, organisation
from extractors.subjects.parties import firm_length, household_length, party_length

#: where the name of a facility ends
_PREDICATE = frozenset(("đã", "đang", "sẽ", "được", "bị", "này", "phải", "hoạt"))


@dataclass(slots=True)
class Place:
    """The words of a place and the rule that found it; without words when there is none."""

    words: list[int] = field(default_factory=list)
    rule: str = ""


def take_place(frame: Frame, kept: list[int]) -> tuple[Place, list[int]]:
    """The first place among the words, and the words without it."""
    words = [frame.words[i] for i in kept]
    for at in range(len(words)):
        if frame.quoted[kept[at]] or (at and words[at - 1] == "với"):
            continue
        for rule in (_each, _whole, _ground, _level, _levels, _budget, _managed, _of_party, _of_place, _located):
            skip, size = rule(frame, kept, words, at)
            if size:
                named = kept[at + skip : at + size - (2 if skip and rule is _budget else 0)]
                return Place(named, rule.__name__[1:]), kept[:at] + kept[at + size :]
    return Place(), kept


def as_place(frame: Frame, kept: list[int]) -> list[int]:
    """The words themselves when all of them are a place ("huyện Hòa Bắc", "Hà Nội", "phường"), else nothing."""
    words = [frame.words[i] for i in kept]
    while words and words[0] in ("riêng", "là"):
        kept, words = kept[1:], words[1:]
    if not kept or len(kept) > 12:
        return []
    if words[:2] == ["trường", "hợp"] or a_person(words):
        return []
    if party_length(frame, kept, 0) == len(kept):
        return kept  # "hộ ông Nam có 2 ha"
    joint = words.index("và") if "và" in words else 0
    if joint and joint + 1 < len(words):
        both = as_place(frame, kept[:joint]), as_place(frame, kept[joint + 1 :])
        if both == (kept[:joint], kept[joint + 1 :]):
            return kept  # "Hòa Bắc và Kỳ Lâm"
    if phrases("facility").at(words, 1 if words[0] in phrases("each") else 0, len(words)):
        stop = next((i for i, word in enumerate(words) if i and word in _PREDICATE), len(words))
        return kept[:stop]
    if len(kept) > 8:
        return []
    size = phrases("area").at(words, 1 if words[0] in phrases("each") else 0, len(words))
    if size:
        lead = 1 if words[0] in phrases("each") else 0
        name = name_length(frame, kept, lead + size)
        if lead + size + name == len(kept):
            return kept if name or " ".join(words[lead:]) not in phrases("vague") else []
        if words[lead + size] in ("vùng", "miền", "ven", "đặc", "biên", "khu"):
            return kept
        return []
    if country_length(frame, kept, 0) == len(kept):
        return kept
    size = name_length(frame, kept, 0)
    if size == len(kept) and size >= 2 and words[1].isalpha() and not organisation(frame, kept) and native(words):
        return kept
    return []


def named_area(frame: Frame, kept: list[int]) -> list[int]:
    """The words of an administered area with its name when they are all there is.

    They may follow "thuộc", "đi qua địa phận".
    """
    crossing = [frame.words[i] for i in kept[:2]] in (["đi", "qua"], ["chạy", "qua"])
    if crossing:
        kept = kept[2:]
    if crossing or (kept and frame.words[kept[0]] == "thuộc"):
        kept = kept if crossing else kept[1:]
        if [frame.words[i] for i in kept[:2]] in (["địa", "phận"], ["địa", "bàn"]):
            return kept if name_length(frame, kept, 2) == len(kept) - 2 > 0 else named_area(frame, kept[2:])
    words = [frame.words[i] for i in kept]
    size = phrases("district").at(words, 0, len(words))
    if not size or size >= len(words) or not (frame.capital(kept[size]) or words[size].isdigit()):
        return []
    stop = size
    while stop < len(kept) and kept[stop] == kept[0] + stop:
        name = name_length(frame, kept, stop)
        if not name:
            break
        stop += name
        more = phrases("district").at(words, stop + 1, len(words)) if words[stop : stop + 1] == [","] else 0
        if not more:
            break
        stop += 1 + more
    return kept if stop == len(kept) else []


def a_person(words: list[str]) -> bool:
    """Whether a row of words names a person, by a title or a middle name."""
    if words[:2] in (["bà", "rịa"], ["anh", "sơn"]) or words[0] in phrases("district"):
        return False  # "huyện Văn Lâm"
    return words[0] in ("ông", "bà", "anh", "chị", "cháu", "cô", "chú") or words[1:2] in (["văn"], ["thị"])


def area_length(frame: Frame, kept: list[int], words: list[str], at: int) -> int:
    """How many words an area and its name have ("huyện Hòa Bắc", "các xã", "tổ dân phố số 5"), or 0."""
    lead = 1 if at < len(words) and words[at] in ("các", "mỗi", "từng", "một", "những", "hai") else 0
    size = phrases("area").at(words, at + lead, len(words))
    if not size or words[at + lead : at + lead + 2] == ["xã", "hội"]:
        return 0
    named = name_length(frame, kept, at + lead + size)
    if not named and words[at + lead + size : at + lead + size + 1] == ["số"]:
        named = 2 if "".join(words[at + lead + size + 1 : at + lead + size + 2]).isdigit() else 0  # "tổ dân phố số 5"
    if lead and not named:
        size += _listed(words, at + lead + size)
    elif not named and words[at + lead] in ("khu", "vùng") and (kind := _settled(words, at + lead + size)):
        named = kind  # "khu vực thành thị"
    elif not named and "này" in words[at + lead + size : at + lead + size + 5]:
        named = words.index("này", at + lead + size) + 1 - at - lead - size  # "ở huyện nông thôn mới này"
    return lead + size + named


def _settled(words: list[str], at: int) -> int:
    return phrases("settled").at(words, at, len(words))


def _listed(words: list[str], at: int) -> int:
    """How many words from ``at`` on go on a list of kinds of areas ("các xã, phường, thị trấn", "quận, huyện")."""
    size = 0
    while words[at + size : at + size + 1] in ([","], ["và"]):
        more = phrases("area").at(words, at + size + 1, len(words))
        if not more:
            break
        size += 1 + more
    return size


def _levels(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    """ "Quỹ hai cấp": of both levels."""
    return (0, 2) if words[at] in ("hai", "ba") and words[at + 1 : at + 2] == ["cấp"] else (0, 0)


def _budget(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    """ "thu ngân sách phường", "thu ngân sách do huyện quản lý": whose budget it is."""
    if at < 3 or words[at - 2 : at] != ["ngân", "sách"] or words[at - 3] not in ("thu", "chi"):
        return 0, 0
    skip = 1 if words[at] == "do" else 0
    size = phrases("area").at(words, at + skip, len(words))
    stop = at + skip + size
    if not size or " ".join(words[at + skip : stop]) not in phrases("district") or words[stop : stop + 1] == ["hội"]:
        return 0, 0
    size += name_length(frame, kept, stop)
    if skip and words[at + 1 + size : at + 3 + size] != ["quản", "lý"]:
        return 0, 0
    return skip, skip + size + 2 * skip


def _managed(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    """ "68 dự án do cấp huyện quản lý", "tuyến đường được tỉnh quản lý": who runs them."""
    if words[at] not in ("do", "được"):
        return 0, 0
    size = max(phrases(name).at(words, at + 1, len(words)) for name in ("level", "district", "whole"))
    stop = at + 1 + size + name_length(frame, kept, at + 1 + size)
    return (0, stop + 2 - at) if size and words[stop : stop + 2] == ["quản", "lý"] else (0, 0)


def _each(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if words[at] not in ("mỗi", "từng") or at == 0:
        return 0, 0
    size = phrases("area").at(words, at + 1, len(words))
    return (0, 1 + size) if size else (0, 0)


def _whole(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    size = phrases("whole").at(words, at, len(words))
    if not size or words[at + size : at + size + 1] == ["hội"] or phrases("field").at(words, at + size, len(words)):
        return 0, 0  # "toàn xã hội"
    if any(phrases("event_name").at(words, i, at) for i in range(max(0, at - 5), at)):
        return 0, 0  # "Liên hoan Chèo toàn quốc"
    return 0, size + name_length(frame, kept, at + size)


def _ground(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if words[at : at + 3] != ["trên", "địa", "bàn"]:
        return 0, 0
    size = 3
    while True:
        more = area_length(frame, kept, words, at + size)
        more = more or phrases("whole").at(words, at + size, len(words)) or name_length(frame, kept, at + size)
        if not more:
            return 0, size
        size += more


def _level(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if at:
        return 0, 0
    skip = 1 if words[at] in ("ở", "tại") else 0
    size = phrases("level").at(words, at + skip, len(words))
    follows = at + skip + size
    if size and follows < len(words) and frame.capital(kept[follows]):
        return 0, 0
    return (skip, skip + size) if size else (0, 0)


def _of_party(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    """ "đất của gia đình bà Hòa": whose it is."""
    size = household_length(frame, kept, at + 1) if words[at] in ("của", "cho") else 0
    return (1, 1 + size) if size else (0, 0)


def _of_place(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if words[at] != "của" or phrases("officer").ending(words, 0, at):
        return 0, 0  # "chủ tịch của các xã"
    size = area_length(frame, kept, words, at + 1) or phrases("whole").at(words, at + 1, len(words))
    if size and " ".join(words[at + 1 : at + 1 + size]).removeprefix("các ") in phrases("vague"):
        return 0, 0
    if not size:
        size = country_length(frame, kept, at + 1)
    if not size:
        size = name_length(frame, kept, at + 1)
        if size < 2 or organisation(frame, kept[at + 1 : at + 1 + size]):
            return 0, 0
    return 1, 1 + size


def _located(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if words[at] not in ("tại", "ở", "trong") or (at and words[at - 1] in phrases("no_where")):
        return 0, 0  # "có hộ khẩu thường trú tại xã Hòa Bắc"
    clause = phrases("clause_of_law").at(words, at + 1, len(words))
    if clause and (at + 1 + clause >= len(words) or len(words[at + 1 + clause]) < 3):
        return 0, 0  # "quy định tại khoản 2 Điều 12"
    side = 1 if words[at + 1 : at + 2] == ["phía"] else 0  # "ở phía quận 9"
    size = area_length(frame, kept, words, at + 1 + side) or phrases("level").at(words, at + 1, len(words))
    size += side if size else 0
    if " ".join(words[at + 1 : at + 1 + size]) in phrases("vague"):
        size = 0  # "trong đường dây", "trong vùng dự án": not an area by itself
    if not size and words[at] != "trong":
        size = firm_length(frame, kept, at + 1) or _branch(frame, kept, words, at + 1)
        if size:
            return 1, 1 + size  # "tại Công ty Hòa Phát"
    if not size:
        size = country_length(frame, kept, at + 1) or name_length(frame, kept, at + 1)
        if size == 1 and not country_length(frame, kept, at + 1) and _goes_on(kept, at + 2):
            size = 0  # "tại Quyết định": a capital, no name
        several = 1 if words[at + 1 : at + 2] in (["các"], ["những"]) else 0
        if words[at] == "tại" and phrases("site").at(words, at + 1 + several, len(words)):
            stop = min(len(words), at + 7 + 3 * several)
            stop = next((i for i in range(at + 2 + several, stop) if words[i] in ("trên", "trong")), stop)
            return 0, stop - at + _ground(frame, kept, words, stop)[1]
        if not size or words[at] == "trong" or organisation(frame, kept[at + 1 : at + 1 + size]):
            size = 2 if words[at + 1 : at + 3] == ["doanh", "nghiệp"] else 0
    while at + 1 + size < len(words) and words[at + 1 + size] == ",":
        more = area_length(frame, kept, words, at + 2 + size)
        if not more:
            break
        size += 1 + more
    keep = 1 if words[at] != "trong" else 0
    return (1 - keep, 1 + size) if size else (0, 0)


def _branch(frame: Frame, kept: list[int], words: list[str], at: int) -> int:
    """How many words name an office and the level or area that it is of ("Ngân hàng Chính sách xã hội tỉnh"), or 0."""
    size = phrases("organ").at(words, at, len(words))
    level = phrases("district").at(words, at + size, len(words)) if size else 0
    return size + level + name_length(frame, kept, at + size + level) if level else 0


def _goes_on(kept: list[int], at: int) -> bool:
    return at < len(kept) and kept[at] == kept[at - 1] + 1
