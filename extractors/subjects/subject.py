"""The subject of a figure: amounts and counts go by different rules, changes by the figure that they change."""

from __future__ import annotations

from extractors.subjects.amounts import measured
from extractors.subjects.context import Context, Sight, Told, is_classifier
from extractors.subjects.counts import counted
from extractors.subjects.lexicon import phrases


def subject_of(context: Context, sight: Sight) -> Told:
    """The subject of a figure and the rule that gave it."""
    mention = sight.mention
    told = mention.about is not None and mention.about < sight.index
    if mention.relation in ("change", "relative") and told and not _own(context, sight):
        return context.carried(sight)
    if sight.inside and _equivalent(context, sight) and (same := context.carried(sight))[0]:
        return same
    if mention.kind in ("count", "ratio") and mention.unit:
        return counted(context, sight)
    return measured(context, sight)


def _equivalent(context: Context, sight: Sight) -> bool:
    """Whether a bracket says the figure before it in another unit ("8 tấn (tương đương 190 thùng)")."""
    words = context.frame.words[sight.lead.start : context.frame.places[sight.k]]
    opened = context.frame.words[sight.lead.start - 1] == "("
    return opened and bool(phrases("equivalent").at(words, 0, len(words)))


def _own(context: Context, sight: Sight) -> bool:
    """Whether a change counts another thing than the figure it hangs on ("giảm cả 3 tiêu chí: giảm 43 người chết")."""
    mention = sight.mention
    other = context.mentions[mention.about] if mention.about is not None else mention
    if mention.kind != "count" or other.kind != "count" or other.unit == mention.unit or not mention.unit:
        return False
    return not is_classifier(mention.unit) and not (other.unit or "").endswith(mention.unit)
