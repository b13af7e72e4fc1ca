"""The steps from an empty file to the tables of today. A step, once released, is never changed.

Tables and columns come from ``schemas/data/tables.toml``; ``since`` there names the step that adds them.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.ddl import create_since

migrations = Migrations("bantin")


@migrations()
def m001_first_schema(db: Database) -> None:
    """Everything from sources to errors, the ledger and the search indices."""
    create_since(db, 1)


@migrations()
def m002_corrections(db: Database) -> None:
    """What people say against a figure, and the figure as they correct it."""
    create_since(db, 2)


@migrations()
def m003_observations(db: Database) -> None:
    """Indicators, observations with their mentions and history, and what comparing them shows."""
    create_since(db, 3)


@migrations()
def m004_bulletin_facts(db: Database) -> None:
    """What bulletins say besides figures: events, people, organisations, documents cited, sections."""
    create_since(db, 4)


@migrations()
def m010_indexes_for_pages(db: Database) -> None:
    """What pages and canned queries look up in a large database: newest bulletins, verdicts, plans, the unexplained."""
    create_since(db, 10)
