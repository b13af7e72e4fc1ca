"""Observations: what bulletins say of indicators, once each, with history; and what comparing bulletins shows.

``flows.observe`` derives what is said; here it is stored, dated and compared.
"""

from db.observations.checks import check_series, put_down
from db.observations.history import date_facts
from db.observations.state import Corrections, Stale, find_stale, read_corrections
from db.observations.store import (
    Fact,
    Version,
    drop_unused,
    forget,
    record_catalogue,
    record_document,
    record_generated,
)

__all__ = [
    "Corrections",
    "Fact",
    "Stale",
    "Version",
    "check_series",
    "date_facts",
    "drop_unused",
    "find_stale",
    "forget",
    "put_down",
    "read_corrections",
    "record_catalogue",
    "record_document",
    "record_generated",
]
