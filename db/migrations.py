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
def m005_breaks_and_corrected_observations(db: Database) -> None:
    """Where series break besides the reform, which observations a person corrected, what is still to be compared."""
    create_since(db, 5)
    db.execute("DROP INDEX IF EXISTS idx_observations_history_series_id")
    db.execute(
        "CREATE INDEX IF NOT EXISTS idx_observations_history_series_id_time_period"
        " ON observations_history (series_id, time_period)"
    )


@migrations()
def m006_reextraction(db: Database) -> None:
    """Results of a re-extraction beside what is current, which result of a version is accepted, and promotions.

    Until now the accepted result of an older version was the latest one; a candidate's must not become that.
    """
    create_since(db, 6)
    db.execute(
        "INSERT INTO version_results (bulletin_id, run_id) SELECT e.bulletin_id, coalesce("
        "(SELECT c.run_id FROM current_runs c WHERE c.bulletin_id = e.bulletin_id), max(e.run_id))"
        " FROM extractions e GROUP BY e.bulletin_id"
    )


@migrations()
def m007_imports(db: Database) -> None:
    """Which files captures were imported from, and what became of those files."""
    create_since(db, 7)


@migrations()
def m008_removals(db: Database) -> None:
    """What was removed on request or by rule: hashes, addresses, ids and places, no content."""
    create_since(db, 8)
    # a file of today has it from the start; without it every capture that goes would be looked for in all the others
    db.execute("CREATE INDEX IF NOT EXISTS idx_captures_revisit_of ON captures (revisit_of)")


@migrations()
def m009_incidents(db: Database) -> None:
    """What is wrong with a portal, and the description of the portal that an error was met with."""
    create_since(db, 9)


@migrations()
def m010_indexes_for_pages(db: Database) -> None:
    """What pages and canned queries look up in a large database: newest bulletins, verdicts, plans, the unexplained."""
    create_since(db, 10)
