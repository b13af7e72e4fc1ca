"""What each figure measures (subject) and for which part of the area or organisation it holds (scope)."""

from extractors.subjects.assign import assign_subjects

__all__ = ["assign_subjects"]
