"""Counts of places beside the list of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.arithmetic.names import PLACES, compare_names, names_in
from extractors.arithmetic.view import View
from schemas.findings import Finding

_BRACKET = re.compile(r"^[^;:.()\n]{0,120}?\(([^()\n]{3,300})\)")
_EXCEPT = re.compile(r"^(?:trừ|ngoại trừ|còn|chưa|riêng)\s+", re.IGNORECASE)
#: what is said of those that are missing
_NOT_YET = re.compile(r"^(?:dự kiến|sẽ|chưa|đang|còn)\b")
#: "2 xã (Nà Rẻo, Bản Nhài, huyện Lâm Khê)": where they lie is none of them
_LIES_IN = re.compile(r",\s*(huyện|quận|thị xã|thành phố|tp\.?|tỉnh)\s+[^,;]+$", re.IGNORECASE)
_OPEN = re.compile(r"\.\.\.|…|\bv\.v|^như\b|^ví dụ|điển hình|tiêu biểu|^gồm cả|^kể cả", re.IGNORECASE)


def check_names(view: View) -> Iterator[Finding]:
    """ "10/12 phường đã ... (phường Lạc Viên, Cầu Tre dự kiến tháng 9)": the two that are missing are named."""
    for index, figure in enumerate(view.figures):
        unit = (figure.unit or "").lower()
        if figure.kind not in ("ratio", "count") or not _are_places(unit) or not view.is_exact(index):
            continue
        bracket = _BRACKET.match(view.document.text[figure.end : figure.end + 450])
        if not bracket:
            continue
        inside = bracket.group(1).strip()
        left_out = _EXCEPT.match(inside)
        lies_in = _LIES_IN.search(inside)
        if lies_in and lies_in[1].lower() not in unit:
            inside = inside[: lies_in.start()]
        names, rest = names_in(inside[left_out.end() :] if left_out else inside)
        if not names or (len(names) < 2 and not left_out) or _OPEN.search(inside):
            continue
        count = int(figure.value)
        of = int(figure.denominator) if figure.denominator is not None else None
        closed = bool(_NOT_YET.match(rest)) or (bool(left_out) and not rest)
        yield from _compare(view, index, names, rest, count, of, closed)


def _are_places(unit: str) -> bool:
    """ "phường", also "xã, thị trấn"."""
    return all(kind.strip() in PLACES for kind in unit.split(","))


def _compare(
    view: View, index: int, names: list[str], rest: str, count: int, of: int | None, closed: bool
) -> Iterator[Finding]:
    unit = view.figures[index].unit
    listed, found = ", ".join(names), compare_names(names, count, of)
    expected = str(count if of is None else of - count)
    if found == "missing":
        text = f"{view.said(index)}: còn {expected} {unit} và văn bản nêu đúng {len(names)} tên ({listed})."
        yield Finding("list_count", "holds", (index,), expected, text)
    elif found == "all":
        text = f"{view.said(index)}: văn bản nêu đủ {len(names)} tên ({listed})."
        yield Finding("list_count", "holds", (index,), str(len(names)), text)
    elif of is not None and closed:
        text = f"{view.said(index)}: còn lại {expected} {unit}, nhưng văn bản nêu {len(names)} tên ({listed})."
        yield Finding("list_count", "fails", (index,), expected, text)
    elif of is None and not rest and len(names) > count:
        text = f"{view.said(index)}: văn bản nêu {len(names)} tên ({listed})."
        yield Finding("list_count", "suspicious", (index,), expected, text)
