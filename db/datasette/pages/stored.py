"""What several pages read: documents as extracted, tables that may be missing, totals kept while nothing changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from db.corrections import figure_of
from db.datasette.pages import words
from schemas.documents import Extraction
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.ledger import Numeral
from schemas.tables import everything, tables
from schemas.words.marks import Mark, marks

Made = TypeVar("Made")

#: verdicts that a person should see, the heaviest first
BAD = ("impossible", "fails", "suspicious")


#: columns of ``bulletins b`` that name it; ``rows`` adds ``called``, what is shown where it has no title
TITLE = """b.title, b.url AS address,
  CASE WHEN coalesce(b.title, '') = '' THEN substr(b.text, 1, 400) END AS opening"""


def rows(connection: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    found = connection.execute(sql, values)
    names = [column[0] for column in found.description]
    made = [dict(zip(names, row, strict=True)) for row in found]
    if "opening" in names:
        for row in made:
            row["called"] = words.called(row["title"], row["opening"], row["address"])
    return made


def one(connection: sqlite3.Connection, sql: str, *values: object) -> dict[str, Any] | None:
    """The first row of a query."""
    found = rows(connection, sql, *values)
    return found[0] if found else None


def has(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the database has a table or view."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ? AND type IN ('table', 'view')", (table,))
    return found.fetchone() is not None


def code(table: str, column: str, value: object) -> str:
    """A code in Vietnamese; itself where it is not described."""
    described = everything().get(table)
    found = next((c for c in described.columns if c.name == column), None) if described else None
    return words.safe(found.choices.get(str(value), value) if found else value)


#: the connection is kept beside its values: its id must not be given to another one
_totals: dict[int, tuple[sqlite3.Connection, dict[str, tuple[int, Any]]]] = {}


def kept(connection: sqlite3.Connection, name: str, count: Callable[[], Made]) -> Made:
    """What ``count`` gives, counted again only after another connection has written.

    ``PRAGMA data_version`` is per connection, and so are the values.
    """
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    _, values = _totals.setdefault(id(connection), (connection, {}))
    if name not in values or values[name][0] != version:
        values[name] = (version, count())
    made: Made = values[name][1]
    return made


#: all of a figure but its sentence, which a text without full stops repeats in every one
_FIGURE = ", ".join(f'f."{column.name}"' for column in tables()["figures"].columns if column.name != "sentence")


class Document:
    """A current bulletin and everything that was read from it."""

    def __init__(self, connection: sqlite3.Connection, row: dict[str, Any]) -> None:
        self.row = row
        version, run = row["bulletin_id"], row["run_id"]
        self.stored = rows(
            connection,
            f"SELECT {_FIGURE}, x.mark AS corrected, x.value_text AS new_value, x.unit AS new_unit FROM figures f"
            " LEFT JOIN figure_corrections x ON x.figure_id = f.id AND x.content_hash = f.content_hash"
            " WHERE f.bulletin_id = ? AND f.run_id = ? ORDER BY f.position",
            version,
            run,
        )
        self.index = {figure["key"]: place for place, figure in enumerate(self.stored)}
        self.links = rows(
            connection,
            "SELECT l.figure_key, l.kind, l.target_key FROM figures f JOIN figure_links l ON l.figure_key = f.key"
            " WHERE f.bulletin_id = ? AND f.run_id = ?",
            version,
            run,
        )
        self.findings = rows(
            connection, "SELECT * FROM findings WHERE bulletin_id = ? AND run_id = ? ORDER BY position", version, run
        )
        members = rows(
            connection,
            "SELECT g.finding_key, g.figure_key FROM findings n JOIN finding_figures g ON g.finding_key = n.key"
            " WHERE n.bulletin_id = ? AND n.run_id = ? ORDER BY g.finding_key, g.position",
            version,
            run,
        )
        places: dict[int, list[int]] = {}
        for member in members:
            if member["figure_key"] in self.index:
                places.setdefault(member["finding_key"], []).append(self.index[member["figure_key"]])
        for finding in self.findings:
            finding["figures"] = places.get(finding["key"], [])
        self.extraction = self._extraction(connection)
        #: by place of a figure: what points at it (kind, place), and the findings that it stands in
        self.pointing: dict[int, list[tuple[str, int]]] = {}
        for place, figure in enumerate(self.extraction.figures):
            for kind, target in (("part_of", figure.part_of), ("about", figure.about)):
                if target is not None:
                    self.pointing.setdefault(target, []).append((kind, place))
        self.found_in: dict[int, list[dict[str, Any]]] = {}
        for finding in self.findings:
            for place in finding["figures"]:
                self.found_in.setdefault(place, []).append(finding)

    def _extraction(self, connection: sqlite3.Connection) -> Extraction:
        targets: dict[int, dict[str, int]] = {}
        for link in self.links:
            if link["figure_key"] in self.index and link["target_key"] in self.index:
                targets.setdefault(link["figure_key"], {})[link["kind"]] = self.index[link["target_key"]]
        figures = [_linked(figure_of(row), targets.get(row["key"], {})) for row in self.stored]
        numerals = [
            Numeral(n["start"], n["end"], n["quote"], n["state"], n["reason"], self.index.get(n["figure_key"]))
            for n in rows(
                connection,
                "SELECT * FROM numerals WHERE bulletin_id = ? AND run_id = ? ORDER BY start, end",
                self.row["bulletin_id"],
                self.row["run_id"],
            )
        ]
        return Extraction(
            id=self.row["document_id"],
            title=self.row["title"],
            published=self.row["published"],
            text=self.row["text"],
            figures=tuple(figures),
            findings=tuple(
                Finding(n["check_name"], n["verdict"], tuple(n["figures"]), n["expected"], n["message"])
                for n in self.findings
            ),
            numerals=tuple(numerals),
        )

    def marks(self) -> list[Mark]:
        """Figures and numerals in the order of the text."""
        return marks(self.extraction)


def _linked(figure: Figure, targets: dict[str, int]) -> Figure:
    return replace(figure, part_of=targets.get("part_of"), about=targets.get("about"))
