"""Links between figures: parts of totals (``part_of``), changes and the levels they qualify (``about``)."""

from extractors.links.assign import assign_links

__all__ = ["assign_links"]
