"""The database: opening it, and everything that a run writes into it."""

from db.store.captures import (
    ArchivedCapture,
    LastCapture,
    add_capture,
    capture_id_of,
    captures_to_extract,
    find_body,
    get_capture,
    indexed_refs,
    last_capture,
    record_capture,
)
from db.store.connection import (
    DatabaseVersionError,
    NewerDatabaseError,
    OlderDatabaseError,
    hold_transactions,
    open_database,
    writing,
)
from db.store.incidents import (
    close_incident,
    close_incidents_of_others,
    incidents_of_run,
    mark_told,
    note_incident,
    open_incidents,
    untold_incidents,
)
from db.store.load import Refused, load_bulletin, load_many, store
from db.store.prepare import Prepared, prepare
from db.store.runs import finish_run, log_fetch, record_error, record_source, start_run

__all__ = [
    "ArchivedCapture",
    "DatabaseVersionError",
    "LastCapture",
    "NewerDatabaseError",
    "OlderDatabaseError",
    "Prepared",
    "Refused",
    "add_capture",
    "capture_id_of",
    "captures_to_extract",
    "close_incident",
    "close_incidents_of_others",
    "find_body",
    "finish_run",
    "get_capture",
    "hold_transactions",
    "incidents_of_run",
    "indexed_refs",
    "last_capture",
    "load_bulletin",
    "load_many",
    "log_fetch",
    "mark_told",
    "note_incident",
    "open_database",
    "open_incidents",
    "prepare",
    "record_capture",
    "record_error",
    "record_source",
    "start_run",
    "store",
    "untold_incidents",
    "writing",
]
