"""Units: what stands behind a number and says what is counted or measured."""

from extractors.units.read import UnitReading, coordinated, read_unit, stop_words

__all__ = ["UnitReading", "coordinated", "read_unit", "stop_words"]
