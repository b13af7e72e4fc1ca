"""Papers that are cited: kind, number, day, and who issued them."""

from __future__ import annotations

import re

from extractors.facts.bodies import body_at
from extractors.facts.lexicon import DATA
from extractors.facts.people import title_at
from extractors.facts.tokens import Tokens
from extractors.periods import TimeExpression
from schemas.facts import CitedDocument, Organisation

_CODES: dict[str, str] = DATA["papers"]["codes"]
_KINDS = sorted(DATA["papers"]["kinds"], key=len, reverse=True)
_CODE = "|".join(sorted(map(re.escape, _CODES), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<digits>\d{{1,5}})(?P<year>/(?:19|20)\d\d)?(?: ?[/-] ?(?P<code>{_CODE}|[a-zđ]{{2,4}}ubnd)"
    r"(?P<rest>(?: ?[-/&] ?[a-zđươ]+\d{0,2})*)|(?P<law>/qh\d{1,2}))(?![\w/])"
)
_KIND = re.compile(rf"(?<!\w)(?P<kind>{'|'.join(_KINDS)})(?: liên tịch)?(?P<so>\s+số)?\s*:?\s*$")
_LAW = re.compile(r"(?<!\w)(?P<kind>(?:bộ )?luật)\s[^.;\n]{1,60}?\s?số\s*:?\s*$")
_SO = re.compile(r"(?<!\w)số\s*:?\s*$")
_SHORT = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(DATA['papers']['short'])})(?P<so>\s+số)?\s+(?P<digits>\d{{1,4}})(?![\w%/-]|[.,]\d)"
)
_TO_DAY = re.compile(r"\s*[,(]?\s*(?:ban hành|ký)?\s*$")
_TO_ISSUER = re.compile(r"\s*[,)]?\s*(?:do|của)\s+")
_ISSUED = re.compile(DATA["papers"]["issued"])
#: what may stand between a number and its day
_NEAR = 14


def find_papers(tokens: Tokens, times: list[TimeExpression], bodies: list[Organisation]) -> list[CitedDocument]:
    """Every paper with a number, in order."""
    text, lower = tokens.document.text, tokens.document.lower
    days = {time.start: time for time in times if time.kind == "date" and time.when.grain == "day"}
    body_ends = {body.end: body for body in bodies}
    found: list[CitedDocument] = []
    for start, number_start, number_end, kind in sorted(_numbers(text, lower), key=lambda row: (row[0], -row[2])):
        if found and start < found[-1].end:
            continue
        end, when, issuer = number_end, None, None
        offset = next((n for n in range(end, min(end + _NEAR, len(text))) if n in days), None)
        day = None if offset is None else days[offset]
        if day and _TO_DAY.fullmatch(lower, end, day.start):
            end, when = day.end, day.when.period()
        if (to := _TO_ISSUER.match(lower, end)) and (stop := _issuer(tokens, to.end())) > to.end():
            issuer, end = text[to.end() : stop], stop
        if issuer is None:
            issuer = _issuer_before(tokens, start, body_ends)
        number = "".join(text[number_start:number_end].split())
        found.append(CitedDocument(start, end, text[start:end], kind, number, when, issuer))
    return found


def _numbers(text: str, lower: str) -> list[tuple[int, int, int, str | None]]:
    """Start of the paper, start and end of its number, and its kind."""
    out: list[tuple[int, int, int, str | None]] = []
    for match in _NUMBER.finditer(lower):
        number = match.start()
        left = lower[max(0, number - 90) : number]
        shift = number - len(left)
        before = _KIND.search(left) or _LAW.search(left)
        if not text[match.end() - 1].isupper() and not before and not text[match.end() - 1].isdigit():
            continue  # "12/tb" is no code unless a kind says so
        code = match["code"] or ""
        kind = before["kind"] if before else _CODES.get(code)
        if before is None and code and not match["rest"] and match["year"] is None:
            continue  # "3/5 TB": a lone code without its office
        so = _SO.search(left)
        start = shift + before.start("kind") if before else shift + so.start() if so else number
        out.append((start, number, match.end(), kind))
    for match in _SHORT.finditer(lower):
        if text[match.start()].isupper() and (match["so"] or len(match["digits"]) == 2):
            out.append((match.start(), match.start("digits"), match.end(), match["kind"]))
    return out


def _issuer(tokens: Tokens, offset: int) -> int:
    """The end of the office or body that begins at ``offset``; ``offset`` where none does."""
    i = tokens.index(offset)
    if i >= len(tokens) or tokens.starts[i] != offset:
        return offset
    after = max(title_at(tokens, i), body_at(tokens, i))
    return tokens.ends[after - 1] if after > i else offset


def _issuer_before(tokens: Tokens, start: int, bodies: dict[int, Organisation]) -> str | None:
    """ "UBND quận vừa ban hành Báo cáo số ...", "Chủ tịch UBND quận ký Quyết định số ..."."""
    verb = _ISSUED.search(tokens.document.lower, max(0, start - 30), start)
    if verb is None:
        return None
    after = tokens.index(verb.start())
    body = bodies.get(tokens.ends[after - 1]) if after else None
    if body is None:
        return None
    first = tokens.index(body.start)
    office = next((i for i in range(max(0, first - 6), first) if title_at(tokens, i) == after), None)
    return body.quote if office is None else tokens.text(office, after)
