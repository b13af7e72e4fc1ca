"""Does the text's arithmetic hold? ``check`` looks at a document; the pure functions answer single questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from extractors.arithmetic.check_bases import check_bases
from extractors.arithmetic.check_bounds import check_ranges, check_ratio_bounds, check_share_bounds
from extractors.arithmetic.check_changes import check_changes
from extractors.arithmetic.check_names import check_names
from extractors.arithmetic.check_points import check_points, check_structure
from extractors.arithmetic.check_repeats import check_closing_words, check_repeats
from extractors.arithmetic.check_shares import check_shares
from extractors.arithmetic.check_sums import check_left_over, check_sums
from extractors.arithmetic.check_tables import check_columns
from extractors.arithmetic.view import View
from extractors.mention import Mention
from extractors.text.document import Document
from schemas.findings import Finding

#: every check of one document; each yields its findings in any order
CHECKS: tuple[Callable[[View], Iterator[Finding]], ...] = (
    check_sums,
    check_left_over,
    check_shares,
    check_columns,
    check_changes,
    check_points,
    check_structure,
    check_bases,
    check_ratio_bounds,
    check_share_bounds,
    check_ranges,
    check_names,
    check_repeats,
    check_closing_words,
)


def check(document: Document, figures: Sequence[Mention]) -> list[Finding]:
    """What arithmetic says about the figures of a document, in order of the first figure concerned.

    ``figures`` are in order of start, with their links set; nothing about them is changed.
    """
    view = View(document, figures)
    found = [finding for one in CHECKS for finding in one(view)]
    return sorted(found, key=lambda finding: (finding.figures, finding.check))
