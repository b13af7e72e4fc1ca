"""One fact said twice in a document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.arithmetic.view import View
from extractors.links.units import content_words, plain_unit
from schemas.figures import plain
from schemas.findings import Finding

_Key = tuple[str, str, str, str, str]


def check_repeats(view: View) -> Iterator[Finding]:
    """The same subject, place, time and unit with the same value again (holds) or with another (suspicious)."""
    first: dict[_Key, int] = {}
    reported: set[tuple[int, Decimal]] = set()
    for index, figure in enumerate(view.figures):
        key = _key(view, index)
        if key is None:
            continue
        earlier = first.setdefault(key, index)
        if earlier == index or view.sentences[earlier] == view.sentences[index] or (earlier, figure.value) in reported:
            continue
        reported.add((earlier, figure.value))
        said, again = view.said(earlier), view.said(index)
        if view.figures[earlier].value == figure.value:
            text = f"{said} được nhắc lại với cùng giá trị."
            yield Finding("repeat", "holds", (earlier, index), plain(figure.value) or "", text)
        elif _is_specific(view, earlier, index):
            text = f"Cùng một nội dung ({figure.subject}) được ghi là {said} và {again}."
            yield Finding("repeat", "suspicious", (earlier, index), plain(view.figures[earlier].value) or "", text)


def _key(view: View, index: int) -> _Key | None:
    figure = view.figures[index]
    words = content_words((figure.subject or "").lower())
    if figure.relation != "level" or figure.kind == "percent" or figure.part_of is not None or not view.is_exact(index):
        return None
    if len(words) < 2 or not figure.unit or "/" in figure.unit:
        return None
    return (
        " ".join(sorted(words)),
        (figure.scope or "").lower(),
        str(figure.period),
        plain_unit(figure.unit),
        figure.status,
    )


def _is_specific(view: View, one: int, other: int) -> bool:
    """Only a total of a known time can contradict itself: "tổng số ... 300" and "tổng số ... 310" of the same months."""
    if view.figures[one].period is None:
        return False
    return all("tổng" in view.before(i) or i in view.parts or i in view.changes for i in (one, other))
