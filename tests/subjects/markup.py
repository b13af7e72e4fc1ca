"""Sentences with their figures marked, made into a Document and Mentions.

``[12 xã]`` is a figure with its unit, ``[27 %:change@0]`` a change that speaks of figure 0, ``[02:level/cuộc]`` one
whose unit ("cuộc") is left out.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.mention import Mention
from extractors.subjects import assign_subjects
from extractors.text.document import Document

_MARK = re.compile(
    r"\[(?P<number>[\d.,/]+(?: (?:nghìn|triệu|tỷ))?)(?: (?P<unit>[^\]:@]+))?"
    r"(?::(?P<relation>\w+))?(?:/(?P<elided>[^\]@]+))?(?:@(?P<about>\d+))?\]"
)
_MEASURES = ("ha", "tấn", "km", "m", "m2", "kg", "điểm", "điểm phần trăm", "bậc")


def read(marked: str) -> tuple[Document, list[Mention]]:
    """The document and its mentions with subject and scope assigned."""
    document, mentions = parse(marked)
    assign_subjects(document, mentions)
    return document, mentions


def parse(marked: str) -> tuple[Document, list[Mention]]:
    """The document and its mentions without subject and scope."""
    text, mentions, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        number, unit = match["number"], match["unit"]
        end = start + len(number)
        text += number + (f" {unit}" if unit else "")
        at = match.end()
        name = unit or match["elided"]
        kind = _kind(number, name)
        relation = match["relation"] or ("share" if kind in ("percent", "ratio") else "level")
        mentions.append(
            Mention(
                start=start,
                end=end,
                kind=kind,
                value=Decimal(1),
                rule="test",
                unit=name,
                unit_start=end + 1 if unit else end,
                unit_end=len(text) if unit else end,
                relation=relation,
                about=int(match["about"]) if match["about"] else None,
            )
        )
    return Document(text + marked[at:]), mentions


def _kind(number: str, unit: str | None):
    if unit == "%":
        return "percent"
    if "/" in number:
        return "ratio"
    if unit and unit.split("/")[0] == "đồng":
        return "money"
    return "measure" if unit in _MEASURES else "count"
