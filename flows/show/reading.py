"""What is read of a page or a list, for a person at a terminal: the parts by name, long texts shortened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractors.sites.model import ListPage
from flows.show.text import clean, cut, pad
from schemas.documents import Bulletin

_NAME = 10
_ITEMS = 15


def bulletin_lines(bulletin: Bulletin, columns: int) -> Iterator[str]:
    """Reader, title, date, byline, category, the blocks one a line, warnings."""
    fields = {
        "reader": bulletin.reader,
        "page": bulletin.url,
        "title": bulletin.title,
        "published": bulletin.published,
        "byline": bulletin.byline,
        "category": bulletin.category,
    }
    for name, value in fields.items():
        yield _line(name, value or "-", columns)
    kinds = Counter(block.kind for block in bulletin.blocks)
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    yield _line("text", f"{len(bulletin.text)} characters; {counts}", columns)
    for block in bulletin.blocks:
        rows = block.text.splitlines() if block.kind == "table" else [block.text]
        yield _line(f"  {block.kind}", rows[0], columns)
        if len(rows) > 1:
            yield _line("", f"... {len(rows)} rows, {rows[0].count('|') + 1} columns", columns)
    for warning in bulletin.warnings:
        yield _line("warning", warning, columns)


def list_lines(page: ListPage, reader: str, columns: int) -> Iterator[str]:
    """The articles that a list names, and how it goes on."""
    dated = sum(item.published is not None for item in page.items)
    yield _line("reader", reader, columns)
    yield _line("articles", f"{len(page.items)}, {dated} with a date", columns)
    for item in page.items[:_ITEMS]:
        yield _line("", f"{pad((item.published or '-')[:16], 16)}  {item.title or '-'}", columns)
        yield f"{' ' * (_NAME + 2)}{' ' * 18}{clean(item.url)}"
    if len(page.items) > _ITEMS:
        yield _line("", f"... and {len(page.items) - _ITEMS} more", columns)
    if page.next_url:
        yield _line("next page", page.next_url, max(columns, _NAME + 2 + len(page.next_url)))
    elif page.next_form:
        fields = ", ".join(name for name, _ in page.next_form.fields)
        yield _line("next page", f"POST {page.next_form.url} ({fields})", columns)
    else:
        yield _line("next page", "none found", columns)


def _line(name: str, value: str, columns: int) -> str:
    return f"{pad(name, _NAME)}  {cut(clean(value), max(columns - _NAME - 2, 20))}".rstrip()
