"""Observations: what bulletins say of indicators, once each, with history; and what comparing bulletins shows.

``flows.observe`` derives what is said; here it is stored, dated and compared.
"""

from db.observations.checks import check_series
from db.observations.history import date_facts
from db.observations.store import Version, forget, record_document, record_indicators

__all__ = ["Version", "check_series", "date_facts", "forget", "record_document", "record_indicators"]
