"""Which bulletins' observations are out of date: everything they were made from is hashed, and compared."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from db.identity import make_id

_STATES = """
SELECT c.document_id, b.text_sha256, c.bulletin_id, c.run_id, s.area, o.state,
  (SELECT group_concat(v) FROM (SELECT v2.bulletin_id || '@' || v2.run_id AS v FROM bulletins b2
    JOIN version_results v2 ON v2.bulletin_id = b2.id WHERE b2.document_id = c.document_id ORDER BY b2.id))
FROM bulletins b JOIN current_runs c ON c.bulletin_id = b.id JOIN sources s ON s.code = b.source
LEFT JOIN observation_documents o ON o.document_id = c.document_id {where}
ORDER BY b.text_sha256, s.area = '', b.published IS NULL, b.published, c.document_id
"""

#: the texts whose prints a change of some documents concerns: theirs, and those that they were prints of before
_TEXTS = """
SELECT DISTINCT b.text_sha256 FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id
WHERE c.document_id IN (SELECT value FROM json_each(:documents)
  UNION SELECT other.document_id FROM observation_documents one
  JOIN observation_documents other ON other.primary_id = one.primary_id
  WHERE one.document_id IN (SELECT value FROM json_each(:documents)))
"""

#: few corrections, many figures: the order of the joins is not left to guesses
_CORRECTIONS = """
SELECT DISTINCT b.document_id, b.text_sha256, f.start, f.end, f.content_hash, k.action, k.overrides
FROM figure_corrections x CROSS JOIN corrections k ON k.id = x.correction_id
CROSS JOIN figures f ON f.id = x.figure_id AND f.content_hash = x.content_hash
CROSS JOIN bulletins b ON b.id = f.bulletin_id ORDER BY 1, 2, 3, 4, 5, 6, 7
"""


#: (start, end, content hash) of a figure -> what a person says of it: action, overrides
Corrections = dict[tuple[int, int, str], tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Stale:
    """Bulletins to derive anew: document -> its state now and the first print of its text; reprints by first print."""

    states: dict[str, tuple[str, str]]
    copies: dict[str, list[str]]


def find_stale(db: Database, rules: tuple[str, ...], documents: Iterable[str] | None = None) -> Stale:
    """The bulletins (of ``documents`` and their reprints, or all) that are not as they were made, by these rules."""
    corrected: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for document, *said in db.conn.execute(_CORRECTIONS):
        corrected[document].append(tuple(said))
    found = Stale({}, {})
    for _, rows in groupby(_rows(db, documents), key=itemgetter(1)):
        prints = list(rows)
        primary = prints[0][0]
        versions = [row[6] for row in prints]
        said = [corrected[row[0]] for row in prints if row[0] in corrected]
        for document, _, current, run, area, before, _ in prints:
            state = make_id("observations of", primary, versions, current, run, area, said, *rules)
            if state != before:
                found.states[document] = (state, primary)
                found.copies[primary] = [row[0] for row in prints[1:]]
    return found


def _rows(db: Database, documents: Iterable[str] | None) -> Iterator[tuple[Any, ...]]:
    if documents is None:
        yield from db.conn.execute(_STATES.format(where=""))
        return
    texts = [text for (text,) in db.conn.execute(_TEXTS, {"documents": json.dumps(list(documents))})]
    where = "WHERE b.text_sha256 IN (SELECT value FROM json_each(:texts))"
    yield from db.conn.execute(_STATES.format(where=where), {"texts": json.dumps(texts)})


def read_corrections(db: Database) -> dict[tuple[str, str], Corrections]:
    """(document, text) -> what people say of the figures there."""
    made: defaultdict[tuple[str, str], Corrections] = defaultdict(dict)
    for document, text, start, end, says, action, overrides in db.conn.execute(_CORRECTIONS):
        made[document, text][start, end, says] = (action, overrides)
    return made
