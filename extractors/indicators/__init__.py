"""From figures to indicators: what a series is of."""

from extractors.indicators.assign import THRESHOLD, assign, generated
from extractors.indicators.cells import Cell, table_cells
from extractors.indicators.model import Assignment, Question
from extractors.indicators.words import slug

__all__ = ["THRESHOLD", "Assignment", "Cell", "Question", "assign", "generated", "slug", "table_cells"]
