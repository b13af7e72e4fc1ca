"""People who act in an office: a name with titles before it or behind it. Names without an office are left alone."""

from __future__ import annotations

from extractors.facts.bodies import continued, is_level
from extractors.facts.lexicon import DATA, phrases
from extractors.facts.tokens import Tokens
from schemas.facts import Person

_ROLES = phrases("people", "roles")
_ADDRESS = phrases("people", "address")
_FORMER = phrases("people", "former")
_AFTER_ROLE = phrases("people", "after_role")
_CHAINED = phrases("people", "chained")
_NEEDS_BODY = frozenset(DATA["people"]["needs_body"])
_FAMILIES = frozenset(DATA["people"]["families"])
_PLACES = frozenset(DATA["people"]["places"])
_PLACE_PAIRS = frozenset(DATA["people"]["place_pairs"])
_NOT_IN_OFFICE = frozenset(DATA["people"]["not_in_office"])
#: what a mention begins with where it does not begin with a capital
_BEGINS = _ADDRESS.first_words | _FORMER.first_words
#: an address that alone makes a mention worth a row: comrades are members of the apparatus
_COMRADE = ("đồng chí", "đ/c")
_SEPARATORS = (",", "-", "–", "—", "(")


def title_at(tokens: Tokens, i: int) -> int:
    """The token behind a title that begins at ``i`` ("Phó Bí thư Thường trực Quận ủy"); ``i`` where none does.

    The end may lie inside a person's name, whose capitals look like the name of a body: ``name_in`` finds it.
    """
    at = i + _FORMER.at(tokens.words, i)
    role = _ROLES.at(tokens.words, at)
    if not role or not (tokens.is_capital(at) or at > i) or at in tokens.shouting:
        return i
    role_end = end = at + role
    end += _AFTER_ROLE.at(tokens.words, end)
    after = continued(tokens, end)
    if " ".join(tokens.words[at:role_end]) in _NEEDS_BODY and after == end:
        return i
    return after


def name_at(tokens: Tokens, i: int, *, sure: bool) -> int:
    """The token behind a name that begins at ``i``: two to five capitals; ``sure`` means that no family is asked."""
    end = i
    while end < i + 6 and _part_of_name(tokens, end):
        end += 1
    if end - i > 2 and tokens.word(end - 1) in ("chủ", "phó", "bí"):
        return i
    if not 2 <= end - i <= 5 or _of_place(tokens, i) or (not sure and tokens.word(i) not in _FAMILIES):
        return i
    return i if " ".join(tokens.words[i:end]) in _NOT_IN_OFFICE else end


def _part_of_name(tokens: Tokens, i: int) -> bool:
    if not tokens.is_capital(i):
        return False
    shown = tokens.text(i, i + 1)
    return shown[1:].islower() or len(shown) == 1 or i in tokens.shouting or (shown.isupper() and len(shown) > 1)


def name_in(tokens: Tokens, first: int, after: int) -> int:
    """Where a name begins that ends the run of capitals of a title (``first:after``); ``after`` where none does."""
    run = after
    while run > first and tokens.is_capital(run - 1):
        run -= 1
    starts = [
        i
        for i in range(max(run, first + 1), after - 1)
        if tokens.word(i) in _FAMILIES and 2 <= after - i <= 4 and not _of_place(tokens, i)
    ]
    if not starts:
        return after
    begin = starts[0]
    if is_level(tokens, begin):
        later = [i for i in starts if i >= begin + 2]
        if later:
            return later[0]
        if after - begin == 2 or " ".join(tokens.words[begin:after]) in _PLACES:
            return after  # "UBND quận Ngô Quyền"
    return after if " ".join(tokens.words[begin:after]) in _NOT_IN_OFFICE else begin


def _of_place(tokens: Tokens, i: int) -> bool:
    """ "Sơn La", "Hà Tĩnh"."""
    return any(" ".join(tokens.words[at : at + 2]) in _PLACE_PAIRS for at in (i - 1, i) if at >= 0)


def find_people(tokens: Tokens) -> tuple[list[Person], list[tuple[int, int]]]:
    """Every person with an office, and the token spans of their names."""
    people: list[Person] = []
    names: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        begins = tokens.capital[i] or tokens.words[i] in _BEGINS
        found = _person(tokens, i) if begins else None
        if found is None:
            i += 1
            continue
        first, name, titles, after = found
        shown = " ".join(tokens.text(*name).split())
        written = tuple(" ".join(tokens.text(*title).split()) for title in titles)
        start, end = tokens.starts[first], tokens.ends[after - 1]
        people.append(Person(start, end, tokens.document.text[start:end], shown, written))
        names.append(name)
        i = after
    return people, names


_Found = tuple[int, tuple[int, int], list[tuple[int, int]], int]


def _person(tokens: Tokens, i: int) -> _Found | None:
    address = _ADDRESS.at(tokens.words, i)
    at = i + address
    title_end = title_at(tokens, at)
    if title_end > at:
        return _title_first(tokens, at, title_end)
    name_end = name_at(tokens, at, sure=bool(address))
    if name_end == at or (not address and (is_level(tokens, at) or at in tokens.shouting)):
        return None
    titles, after = _titles_behind(tokens, name_end)
    if not titles and not (address and " ".join(tokens.words[i:at]) in _COMRADE and tokens.word(at) in _FAMILIES):
        return None
    return at, (at, name_end), titles, after


def _title_first(tokens: Tokens, at: int, title_end: int) -> _Found | None:
    """ "Chủ tịch UBND quận Phạm Thu Lan", "Bộ trưởng, Chủ nhiệm Văn phòng Trần Văn Hải": titles, then a name."""
    first, titles = at, []
    while (name := name_in(tokens, at, title_end)) == title_end:
        titles.append((at, title_end))
        more = title_end + 1
        chained = tokens.word(title_end) in _SEPARATORS and _first_of_several(tokens, at)
        if chained and (end := title_at(tokens, more)) > more:
            at, title_end = more, end
            continue
        address = 0 if tokens.is_capital(title_end) else _ADDRESS.at(tokens.words, title_end)
        name = title_end + (tokens.word(title_end) == ":") + address
        name_end = name_at(tokens, name, sure=False)
        if name_end == name or is_level(tokens, name):
            return None
        break
    else:
        titles.append((at, name))
        name_end = title_end
    behind, after = _titles_behind(tokens, name_end)
    return first, (name, name_end), titles + behind, after


def _first_of_several(tokens: Tokens, i: int) -> bool:
    """Offices that another one follows; "Bí thư Quận ủy, Chủ tịch UBND quận Trần Văn Hải" may be two people."""
    return _CHAINED.at(tokens.words, i) > 0


def _titles_behind(tokens: Tokens, i: int) -> tuple[list[tuple[int, int]], int]:
    """ ", Phó Bí thư Thường trực Quận ủy, Chủ tịch HĐND quận": titles, and the token behind the last one."""
    titles: list[tuple[int, int]] = []
    after = i
    while tokens.word(after) in _SEPARATORS:
        first = after + 1
        while tokens.word(first).startswith("\n"):
            first += 1
        end = title_at(tokens, first)
        if end == first:
            break
        name = name_in(tokens, first, end)
        if name < end:
            break  # the next person's title stands before the name
        titles.append((first, end))
        after = end
    return titles, after
