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
    open_database,
    writing,
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
    "find_body",
    "finish_run",
    "get_capture",
    "indexed_refs",
    "last_capture",
    "load_bulletin",
    "load_many",
    "log_fetch",
    "open_database",
    "prepare",
    "record_capture",
    "record_error",
    "record_source",
    "start_run",
    "store",
    "writing",
]
