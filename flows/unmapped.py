"""Subjects that the catalogue of indicators lacks, the worthiest of an entry first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sqlite_utils import Database

from db.areas import area_table
from schemas.areanames import slug
from schemas.areatable import AreaTable

#: between the cells of a row of a table, as pages are read
_CELLS = " | "
_LETTERS = 2

# A subject counts once a bulletin: a table says it in every row, which makes it no more frequent than a sentence does.
_SQL = f"""
SELECT count(DISTINCT b.document_id) AS bulletins, count(*) AS mentions, i.code, i.unit,
  coalesce(min(CASE WHEN f.prose THEN f.subject END), min(f.subject)) AS subject,
  coalesce(min(CASE WHEN f.prose THEN f.sentence END), min(f.sentence)) AS sentence
FROM observations_history o JOIN indicators i ON i.code = o.indicator AND i.generated = 1 AND o.valid_to IS NULL
JOIN observation_mentions m ON m.observation_id = o.id
JOIN bulletins b ON b.id = m.bulletin_id
LEFT JOIN (SELECT id, bulletin_id, subject, sentence, instr(sentence, '{_CELLS}') = 0 AS prose FROM figures) f
  ON f.id = m.figure_id AND f.bulletin_id = m.bulletin_id
GROUP BY i.code, i.unit ORDER BY bulletins DESC, total(f.prose) DESC, mentions DESC, i.code"""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """An indicator that was made from a subject: in how many bulletins and mentions, and how one of them reads."""

    bulletins: int
    mentions: int
    code: str
    unit: str
    subject: str | None
    sentence: str | None
    nameless: bool


def unmapped(db: Database) -> Iterator[Unmapped]:
    """All of them; ``nameless`` are those whose subject is the head of a column, a row's place or a piece of a row."""
    areas = area_table(db.conn)
    for bulletins, mentions, code, unit, subject, sentence in db.conn.execute(_SQL):
        yield Unmapped(bulletins, mentions, code, unit or "", subject, sentence, nameless(subject, areas))


def nameless(subject: str | None, areas: AreaTable) -> bool:
    """Whether a subject says nothing of what was counted.

    >>> from schemas.areatable import default_table
    >>> [nameless(one, default_table()) for one in ("Tỷ lệ", "3 | Lạc Viên", "Lạc Viên", "Tổng số hộ", None)]
    [True, True, True, False, True]
    """
    if subject is None or _CELLS.strip() in subject or areas.named(subject):
        return True
    left = _words().sub(" ", f" {slug(subject).replace('-', ' ')} ")
    return max(map(len, re.findall(r"[a-z]+", left)), default=0) < _LETTERS


@cache
def _words() -> re.Pattern[str]:
    data = tomllib.loads(files("schemas.data").joinpath("nameless.toml").read_text(encoding="utf-8"))
    words = sorted({slug(word).replace("-", " ") for word in data["words"].split("|")}, key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(words)})(?= )")
