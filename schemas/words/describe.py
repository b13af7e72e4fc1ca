"""A figure said in labelled lines, with the words that decided each: for explanations and tooltips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.figures import Figure
from schemas.ledger import Numeral
from schemas.words.labels import amount, meaning, named, span_of_time

#: a field of a figure -> its label
LABELS = {
    "value": "Giá trị",
    "unit": "Đơn vị",
    "kind": "Loại",
    "relation": "Cách nói",
    "basis": "So với",
    "direction": "Chiều",
    "status": "Tình trạng",
    "approx": "Mức chính xác",
    "subject": "Nội dung",
    "scope": "Phạm vi",
    "period": "Kỳ",
    "part_of": "Thành phần của",
    "about": "Nói về",
    "rule": "Quy tắc",
}
#: what is said even where nothing is known, because its absence tells something
_ALWAYS = ("unit", "subject", "period")
_UNKNOWN = "không rõ"


@dataclass(frozen=True, slots=True)
class Line:
    """``because`` are the words (or the rule) that decided it, empty where none are known."""

    label: str
    text: str
    because: str = ""


def figure_lines(figure: Figure, targets: dict[str, str]) -> list[Line]:
    """Everything a figure says. ``targets`` names the figures that ``part_of`` and ``about`` lead to."""
    said: dict[str, str | None] = {
        "value": amount(figure),
        "unit": figure.unit,
        "kind": meaning("figures", "kind", figure.kind),
        "relation": meaning("figures", "relation", figure.relation),
        "basis": ", ".join(
            meaning("figures", "basis", basis) for basis in (figure.basis, *figure.other_bases) if basis is not None
        ),
        "direction": meaning("figures", "direction", figure.direction) if figure.direction else None,
        "status": meaning("figures", "status", figure.status),
        "approx": meaning("figures", "approx", figure.approx),
        "subject": figure.subject,
        "scope": figure.scope,
        "period": span_of_time(figure.period) if figure.period else None,
        "part_of": targets.get("part_of"),
        "about": targets.get("about"),
        "rule": figure.rule,
    }
    lines = []
    for field, label in LABELS.items():
        text = said[field] or (_UNKNOWN if field in _ALWAYS else "")
        if text:
            lines.append(Line(label, text, figure.evidence.get(field, "")))
    lines += [Line(f"Căn cứ ({field})", words) for field, words in figure.evidence.items() if field not in LABELS]
    return lines


def numeral_state(numeral: Numeral) -> str:
    """What became of a numeral that no figure claims: ``loại ra: ngày tháng``."""
    if numeral.state == "set_aside":
        return f"loại ra: {meaning('numerals', 'reason', numeral.reason or '')}"
    return meaning("numerals", "state", numeral.state)


def targets_of(figure: Figure, figures: Sequence[Figure]) -> dict[str, str]:
    """The names of the figures that a figure's links lead to, in the list that it stands in."""
    links = {"part_of": figure.part_of, "about": figure.about}
    return {kind: named(figures[index]) for kind, index in links.items() if index is not None}
