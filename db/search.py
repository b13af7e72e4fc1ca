"""Full-text search over the current bulletins and figures: accents and case do not matter, but rank."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sqlite_utils import Database

from db.folding import fold, match_expression

#: matches, the newest, that are ranked: to rank all of a common word takes half a second on a million figures
_NEWEST = 5000
#: best of those that are looked at for their spelling; more would read more text than a person waits for
_CANDIDATES = 500
_AROUND = 80
#: characters that are enough to say how a text begins
_OPENS = 400
_OPENING = f"CASE WHEN coalesce(b.title, '') = '' THEN substr(b.text, 1, {_OPENS}) END"
_WORD = re.compile(r"[^\W_]+")

#: a text in pieces, each with whether it is one of the words asked for
Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FigureHit:
    """A current figure whose subject or sentence matches."""

    id: str
    quote: str
    unit: str | None
    subject: str | None
    sentence: str
    title: str | None
    published: str | None
    url: str
    #: the sentence in pieces; true are those that match
    marked: Pieces = ()
    #: how the text begins, where there is no title
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class BulletinHit:
    """A current bulletin whose title or text matches, with the words around the first match."""

    id: str
    title: str | None
    published: str | None
    url: str
    snippet: str
    #: snippet and title in pieces; true are those that match
    marked: Pieces = ()
    marked_title: Pieces = ()
    #: how the text begins, where there is no title
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, the best first."""

    figures: list[FigureHit]
    bulletins: list[BulletinHit]


def search(db: Database, query: str, limit: int = 20) -> SearchResult:
    """Find words, "phrases" and prefix* in current bulletins and figures, ``limit`` of each.

    Texts spelled like the query, accents included, come before those that only sound like it without them. Of a word
    that occurs more than ``_NEWEST`` times, only what was stored last is found.
    """
    values = {
        "match": match_expression(query),
        "limit": limit,
        "newest": _NEWEST,
        "candidates": _CANDIDATES,
        "query": query,
    }
    db.conn.create_function("spelled_like", 2, _spelled_like, deterministic=True)
    # the index holds every run's rows, so what is current is picked before the newest are counted
    figures = db.conn.execute(
        "SELECT f.id, f.quote, f.unit, f.subject, f.sentence, b.title, b.published, b.url,"
        f" {_OPENING} FROM"
        " (SELECT key, score FROM (SELECT t.rowid AS key, t.rank AS score FROM figures_fts t"
        " CROSS JOIN figures g ON g.key = t.rowid"
        " CROSS JOIN current_runs c ON c.bulletin_id = g.bulletin_id AND c.run_id = g.run_id"
        " WHERE figures_fts MATCH :match ORDER BY t.rowid DESC LIMIT :newest)"
        " ORDER BY score, key LIMIT :candidates) hit"
        " JOIN figures f ON f.key = hit.key"
        " JOIN bulletins b ON b.id = f.bulletin_id"
        " ORDER BY spelled_like(coalesce(f.subject, '') || ' ' || f.sentence, :query) DESC, hit.score, f.key"
        " LIMIT :limit",
        values,
    )
    bulletins = db.conn.execute(
        "SELECT b.text, b.id, b.title, b.published, b.url FROM"
        " (SELECT key, score FROM (SELECT t.rowid AS key, t.rank AS score FROM bulletins_fts t"
        " CROSS JOIN bulletins g ON g.search_key = t.rowid"
        " CROSS JOIN current_runs c ON c.bulletin_id = g.id"
        " WHERE bulletins_fts MATCH :match ORDER BY t.rowid DESC LIMIT :newest)"
        " ORDER BY score, key LIMIT :candidates) hit"
        " JOIN bulletins b ON b.search_key = hit.key"
        " ORDER BY spelled_like(coalesce(b.title, '') || ' ' || b.text, :query) DESC, hit.score, b.search_key"
        " LIMIT :limit",
        values,
    )
    return SearchResult(
        [
            FigureHit(key, quote, unit, subject, sentence, title, published, url, highlight(sentence, query), opening)
            for key, quote, unit, subject, sentence, title, published, url, opening in figures
        ],
        [
            BulletinHit(
                key,
                title,
                published,
                url,
                (snippet := _snippet(text, query)),
                highlight(snippet, query),
                highlight(title or "", query),
                None if title else text[:_OPENS],
            )
            for text, key, title, published, url in bulletins
        ],
    )


def _words(query: str) -> list[str]:
    return [word.strip('"*').lower() for word in unicodedata.normalize("NFC", query).split() if word.strip('"*')]


def _spelled_like(text: str, query: str) -> bool:
    lower = text.lower()
    return all(word in lower for word in _words(query))


def _snippet(text: str, query: str) -> str:
    """The words around the first place where a word of the query stands."""
    folded = fold(text)
    if len(folded) != len(text):  # a character outside Vietnamese folded to several: places no longer agree
        folded = text.lower()
    places = [at for word in _words(query) if (at := folded.find(fold(word))) >= 0]
    middle = min(places, default=0)
    start, end = max(middle - _AROUND, 0), min(middle + _AROUND, len(text))
    if start and (gap := text.find(" ", start, middle)) >= 0:  # whole words on both sides
        start = gap + 1
    if end < len(text) and (gap := text.rfind(" ", middle, end)) > middle:
        end = gap
    piece = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def highlight(text: str, query: str) -> Pieces:
    """The text in pieces: what the query's words, phrases and beginnings match stands apart.

    >>> highlight("Tổ chức đối thoại", "DOI thoai*")
    (('Tổ chức ', False), ('đối', True), (' ', False), ('thoại', True))
    """
    wanted = {(fold(word), word.endswith("*")) for word in query.replace('"', " ").split()}
    terms = {(term, prefix) for word, prefix in wanted for term in _WORD.findall(word)}
    pieces, at = [], 0
    for found in _WORD.finditer(text):
        folded = fold(found.group())
        if any(folded == term or (prefix and folded.startswith(term)) for term, prefix in terms):
            if found.start() > at:
                pieces.append((text[at : found.start()], False))
            pieces.append((found.group(), True))
            at = found.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return tuple(pieces)
