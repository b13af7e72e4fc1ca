"""Time: which words say *when* (``find_times``) and what time each figure covers (``assign_periods``)."""

from __future__ import annotations

from extractors.periods.assign import assign_periods
from extractors.periods.find import find_times
from extractors.periods.model import TimeExpression, When

__all__ = ["TimeExpression", "When", "assign_periods", "find_times"]
