"""What time each figure covers: the words of its sentence, else those that govern its paragraph, else nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from extractors.mention import Mention
from extractors.periods.carried import Carried
from extractors.periods.choose import Chooser
from extractors.periods.model import TimeExpression
from extractors.periods.reading import Reading, read
from extractors.periods.roles import Governor, governors, innermost_brackets
from extractors.periods.tables import Tables
from extractors.periods.title import title_times
from extractors.periods.years import Years
from extractors.text.document import Document

#: Times around a figure that are looked at: a sentence with thousands must still take linear time.
_TIMES_BEFORE, _TIMES_BEHIND = 40, 20


def assign_periods(document: Document, mentions: list[Mention], times: list[TimeExpression]) -> None:
    """Set ``period`` and ``evidence["period"]`` of every mention; null where the text does not say.

    ``unit``, ``relation`` and ``status`` of the mentions must be known: what is planned takes no past time, how many
    wards there are takes none at all. ``times`` are those of ``find_times`` for this document.
    """
    ordered = sorted(mentions, key=lambda m: m.start)
    all_times = governors(document, times)
    years = Years(
        document,
        [g.time for g in all_times if g.anchor],
        frozenset(g.start for g in all_times if g.mood == "plan"),
    )

    def plain_read(g: Governor, others: list[Governor]) -> Reading:
        return read(g, others, years, document.text)

    carried = Carried(document, plain_read, title_times(document))
    chooser = Chooser(document, ordered, years, carried)
    tables = Tables(document, all_times)
    brackets = innermost_brackets(document.text, [m.start for m in ordered])
    of_total: dict[int | None, Reading] = {}  # a part is of its total's time where its own sentence names none
    line = (-1, -1)
    for (start, end), inside, figures in _by_sentence(document, all_times, ordered):
        if document.line_at(start) != line:
            line = document.line_at(start)
            carried.new_paragraph(line[0])
        compared = [period for g in inside if g.role == "silent" and (period := g.time.when.period())]
        carried.new_sentence(start, end, bool(figures) or any(g.role == "covers" for g in inside), compared)
        places = [g.start for g in inside]
        for i in figures:
            m = ordered[i]
            cell = tables.time_of(line, m.start)
            here = bisect_left(places, m.start)
            near = inside[max(0, here - _TIMES_BEFORE) : here + _TIMES_BEHIND]
            reading = replace(plain_read(cell, near), where="table") if cell else None
            reading = reading or chooser.choose(m, brackets[i], near, start, end) or of_total.get(m.part_of)
            reading = reading or carried.for_figure(m, start)
            if reading.period:
                of_total[i] = reading
            elif of_plan := chooser.year_of_plan(m, near):
                reading = of_plan
            if reading.period:
                m.period = reading.period
                m.evidence["period"] = reading.evidence()
        if not tables.is_row(line):
            carried.leave(inside, line[1], any(ordered[i].status == "planned" for i in figures))


def _by_sentence(
    document: Document, times: list[Governor], mentions: list[Mention]
) -> list[tuple[tuple[int, int], list[Governor], list[int]]]:
    """Every sentence with its times and the indices of its mentions."""
    starts = [start for start, _ in document.sentences]
    out: list[tuple[tuple[int, int], list[Governor], list[int]]] = [(span, [], []) for span in document.sentences]
    for g in times:
        out[max(bisect_right(starts, g.start) - 1, 0)][1].append(g)
    for i, m in enumerate(mentions):
        out[max(bisect_right(starts, m.start) - 1, 0)][2].append(i)
    return out
