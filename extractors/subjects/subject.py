"""The subject of a figure: amounts and counts go by different rules, changes by the figure that they change."""

from __future__ import annotations

from extractors.subjects.amounts import measured
from extractors.subjects.context import Context, Sight, Told
from extractors.subjects.counts import counted


def subject_of(context: Context, sight: Sight) -> Told:
    """The subject of a figure and the rule that gave it."""
    mention = sight.mention
    if mention.relation in ("change", "relative") and mention.about is not None:
        return context.carried(sight)
    if mention.kind in ("count", "ratio") and mention.unit:
        return counted(context, sight)
    return measured(context, sight)
