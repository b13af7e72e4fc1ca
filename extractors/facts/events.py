"""The event a bulletin reports of: the first sentence with a day and something that takes place."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date

from extractors.facts.lexicon import DATA
from extractors.periods import TimeExpression
from extractors.text.document import Document
from schemas.facts import Event, Person
from schemas.figures import Period

#: sentences that are looked at: an event is said at the front
_FRONT = 6
#: "Chiều ngày 13/9, ...": a sentence that begins with its day tells the event
_AT_ONCE = 16
#: how far behind the event its day may stand
_NEAR = 80
#: how far apart people of one list stand: "; đồng chí "
_LISTED = 20
#: "hội nghị" alone says nothing
_SAYS_SOMETHING = 3
_PLACE_END = re.compile(r"[.;,\n()]|\s(?:tổ chức|đã|diễn ra|với)\s")


def _any(key: str) -> str:
    words = sorted(DATA["event"][key], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


_HEAD = re.compile(rf"(?<!\w)(?<!trung tâm )(?<!tại ){_any('heads')}(?!\w)")
_VERB = re.compile(rf"(?<!\w){_any('verbs')}(?!\w)")
_WHO = r"(?:Chánh|Chủ tịch|Phó|Bí thư|Thủ tướng|Bộ trưởng|Thứ trưởng|Giám đốc|Đồng chí|Ông|Bà)"
#: a clause ends at a comma unless a name or a capital goes on behind it, that is no person
_END = re.compile(
    rf"[.;:\n(]|,(?!\s+(?!{_WHO})[A-ZĐÀ-Ỹ](?=[^\W\d_]))|\s(?:nhằm|với sự|dưới sự|tại|với(?=\s+\d)|mà"
    r"|(?:sáng|chiều|tối|vào|ngày)(?=\s+(?:ngày\s+)?\d))\s"
)
_PLACE = re.compile(rf"(?<!\w)tại\s+(?:số\s+\d+\s+)?(?={_any('places')}(?!\w))")
_CHAIR = re.compile(r"(?<!\w)(?:đồng )?(?:chủ trì|chủ tọa|điều hành)(?!,?\s+phối hợp)(?!\w)")
_BEFORE = re.compile(r"[\s,.;)]*(?:(?:và|cùng|đã|đồng chí|các|tới dự và|dự và|ông|bà)[\s,;]*)*")
_AFTER = re.compile(r"[^.;\n]{0,60}?(?:có|là|gồm)?[\s:]*(?:các\s+)?(?:đồng chí\s+)?")


def find_event(document: Document, times: list[TimeExpression], people: list[Person]) -> Event | None:
    """The first sentence of the bulletin's front that gives a day and names an event; None where none does."""
    days = [time for time in times if time.kind == "date" and time.when.grain in ("day", "days")]
    front = document.sentences[:_FRONT]
    for leading in (True, False):
        for start, end in front:
            day = next((time for time in days if start <= time.start and time.end <= end), None)
            if day is None or (leading and day.start - start > _AT_ONCE):
                continue
            span = _what(document, start, end, day.start)
            if span is None:
                continue
            first, last = _trim(document.text, start, end)
            what = " ".join(document.text[slice(*span)].split())
            if len(what.split()) < _SAYS_SOMETHING:
                continue
            when, place = _day(day, document), _place(document, start, end)
            return Event(first, last, document.text[first:last], what, when, place, _chairs(document, people))
    return None


def _what(document: Document, start: int, end: int, day: int) -> tuple[int, int] | None:
    """What takes place in a sentence: from the word for it, at the verb or behind, to the end of its clause."""
    verb = _VERB.search(document.lower, start, end)
    if verb is None:
        return None
    head = _HEAD.search(document.lower, verb.start(), end) or _HEAD.search(document.lower, start, end)
    if head is None or day - head.end() > _NEAR:
        return None
    stop = _END.search(document.text, head.end(), end)
    return head.start(), stop.start() if stop else end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), start + len(shown.rstrip())


def _day(time: TimeExpression, document: Document) -> Period | None:
    """The day; a missing year is that of publication, or the one before where the day would lie after it."""
    if time.when.year is not None:
        return time.when.period()
    try:
        published = date.fromisoformat((document.published or "")[:10])
    except ValueError:
        return None
    made = time.when.in_year(published.year).period()
    return time.when.in_year(published.year - 1).period() if made and made.start > published else made


def _place(document: Document, start: int, end: int) -> str | None:
    match = _PLACE.search(document.lower, start, end)
    if match is None:
        return None
    stop = _PLACE_END.search(document.text, match.end(), end)
    return " ".join(document.text[match.start() + 3 : stop.start() if stop else end].split())


def _chairs(document: Document, people: list[Person]) -> tuple[int, ...]:
    """Who chaired: the people before "chủ trì" with nothing between, or those behind "Chủ trì hội nghị có"."""
    starts = [person.start for person in people]
    for verb in _CHAIR.finditer(document.lower) if people else ():
        start, end = document.sentence_at(verb.start())
        first, here, after = (bisect_left(starts, offset) for offset in (start, verb.start(), end))
        found, at = [], verb.start()
        for i in range(here - 1, first - 1, -1):
            if not _BEFORE.fullmatch(document.lower, people[i].end, max(at, people[i].end)):
                break
            found.append(i)
            at = people[i].start
        if found:
            return tuple(sorted(found))
        if here < after and _AFTER.fullmatch(document.lower, verb.end(), people[here].start):
            found, at = [here], people[here].end
            for i in range(here + 1, after):
                if people[i].start - at > _LISTED:
                    break
                found.append(i)
                at = people[i].end
            return tuple(found)
    return ()
