"""Rows as columns: aligned and cut to its width on a terminal, parted by tabs where a program reads them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

import click

from flows.show.text import clean, cut, pad, width

_GAP = 2
#: a column is not cut to less than this
_NARROWEST = 8
_ELSEWHERE = (120, 24)


def aligned(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """The rows below each other in at most ``columns``: the widest column gives way first.

    >>> aligned([("a", "mô hình"), ("bbb", "hội nghị giao ban của quận")], 20)
    ['a    mô hình', 'bbb  hội nghị giao …']
    """
    if not rows:
        return []
    shown = [[clean(cell) for cell in row] for row in rows]
    widths = [max(width(row[at]) for row in shown) for at in range(len(shown[0]))]
    while (over := sum(widths) + _GAP * (len(widths) - 1) - columns) > 0:
        widest = max(range(len(widths)), key=lambda at: widths[at])
        if widths[widest] <= _NARROWEST:
            break
        second = max((w for at, w in enumerate(widths) if at != widest), default=0)
        widths[widest] = max(widths[widest] - over, min(second, widths[widest] - 1), _NARROWEST)
    return [
        (" " * _GAP).join(pad(cut(cell, most), most) for cell, most in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def show_rows(rows: Sequence[Sequence[str]], head: Sequence[str] = (), *, head_for_programs: bool = True) -> None:
    """Print rows to stdout; a program gets the head only where that always was so."""
    if _terminal():
        for line in aligned([head, *rows] if head else rows, shutil.get_terminal_size(_ELSEWHERE).columns):
            click.echo(line)
        return
    for row in [head, *rows] if head and head_for_programs else rows:
        click.echo("\t".join(row))


def show_row(row: Sequence[str], widths: Sequence[int]) -> None:
    """Print one of several rows, where the others are not waited for or what ends a row must stay whole.

    On a terminal each cell but the last is filled up to its width, and none is cut: an address, or what to type, must
    stay whole.
    """
    if not _terminal():
        click.echo("\t".join(row))
        return
    *first, last = (clean(cell) for cell in row)
    padded = [pad(cell, most) for cell, most in zip(first, widths, strict=True)]
    click.echo((" " * _GAP).join([*padded, last]))


def _terminal() -> bool:
    return sys.stdout.isatty()
