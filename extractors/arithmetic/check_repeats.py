"""One fact said twice in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.arithmetic.sums import compare_sum
from extractors.arithmetic.view import View
from extractors.links.units import content_words, plain_unit
from schemas.figures import plain
from schemas.findings import Finding

_Key = tuple[str, str, str, str, str]

#: a chair's closing words take up what the report said
_CLOSING = re.compile(r"kết luận|phát biểu|ghi nhận|biểu dương|đánh giá cao")
_WORDS = re.compile(r"[^\W\d_]+")


def check_repeats(view: View) -> Iterator[Finding]:
    """The same subject, place, time and unit with the same value again."""
    first: dict[tuple[_Key, str], int] = {}
    for index, figure in enumerate(view.figures):
        key = _key(view, index)
        if key is None:
            continue
        earlier = first.setdefault((key, plain(figure.value) or ""), index)
        if earlier == index or view.sentences[earlier] == view.sentences[index]:
            continue
        text = f"{view.said(earlier)} được nhắc lại với cùng giá trị."
        yield Finding("repeat", "holds", (earlier, index), plain(figure.value) or "", text)


def check_closing_words(view: View) -> Iterator[Finding]:
    """A total that its parts confirm, and another value for it in the closing words."""
    totals: dict[tuple[str, str], list[int]] = {}
    values: dict[tuple[str, str], set[str]] = {}
    for index, figure in enumerate(view.figures):
        name = _name(view, index)
        if name is None:
            continue
        if (
            index in view.parts
            and compare_sum([view.figures[i].value for i in view.parts[index]], figure.value).verdict == "holds"
        ):
            totals.setdefault(name, []).append(index)
        elif len(totals.get(name, ())) == 1 and (plain(figure.value) or "") not in values.get(name, set()):
            yield from _against_total(view, totals[name][0], index)
        values.setdefault(name, set()).add(plain(figure.value) or "")


def _against_total(view: View, total: int, index: int) -> Iterator[Finding]:
    one, other = view.figures[total], view.figures[index]
    line = slice(*view.document.line_at(other.start))
    if view.sentences[total] == view.sentences[index] or not _CLOSING.search(view.document.lower[line]):
        return
    if other.part_of is not None or other.status != "actual" or index in view.changes:
        return
    if (other.scope and other.scope != one.scope) or (one.period and other.period and one.period != other.period):
        return
    text = (
        f"Cùng một nội dung được ghi là {view.said(total)} (khớp với các phần), nhưng ở phần sau là {view.said(index)}."
    )
    yield Finding("repeat", "suspicious", (total, index), plain(one.value) or "", text)


def _name(view: View, index: int) -> tuple[str, str] | None:
    """Unit and the two words that follow it: "cuộc", "đối thoại"."""
    figure = view.figures[index]
    if figure.kind != "count" or figure.relation != "level" or not figure.unit or not view.is_exact(index):
        return None
    words = _WORDS.findall(view.after(index).strip().removeprefix(figure.unit.lower())[:40])
    return (plain_unit(figure.unit), " ".join(words[:2])) if len(words) > 1 else None


def _key(view: View, index: int) -> _Key | None:
    figure = view.figures[index]
    words = content_words((figure.subject or "").lower())
    if figure.relation != "level" or figure.kind == "percent" or figure.part_of is not None or not view.is_exact(index):
        return None
    if not words or not figure.unit or "/" in figure.unit:
        return None
    return (
        " ".join(sorted(words)),
        (figure.scope or "").lower(),
        str(figure.period),
        plain_unit(figure.unit),
        figure.status,
    )
