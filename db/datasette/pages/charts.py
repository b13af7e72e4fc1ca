"""Charts as SVG made on the server: no script, a title and a description, a table beside them in the page.

Colours come from the style sheet by class, so that they follow light and dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor, log10
from zlib import crc32

from markupsafe import Markup

from db.datasette.pages import words

_WIDTH, _HEIGHT = 720, 300
_BARS = 480
#: characters of a bar's label that fit above it
LABEL = 58
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 16, 16, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar; ``mark`` is the class that colours it, ``href`` where its label leads."""

    label: str
    value: float
    text: str
    mark: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; ``text`` is said of it."""

    day: date
    value: float
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A value that holds from day to day: a plan."""

    first: date
    last: date
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Points, joined where they belong together (one inner list a line), and levels."""

    lines: list[list[Point]] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)


def bars(rows: Sequence[Bar], *, title: str, text: str, at: float | None = None, at_text: str = "") -> Markup:
    """Horizontal bars, the label above each; ``at`` draws a line at that value (100 % of a plan)."""
    most = max([row.value for row in rows] + [at or 0]) or 1
    step, top = 46, 22 if at is not None else 4
    height = top + step * len(rows)
    room = _BARS - 104
    parts = []
    for number, row in enumerate(rows):
        y = top + number * step
        width = max(row.value, 0) / most * room
        label = Markup('<text class="label" x="0" y="{}">{}</text>').format(y + 14, words.cut(row.label, LABEL))
        if row.href:
            label = Markup('<a href="{}">{}</a>').format(row.href, label)
        parts.append(label)
        parts.append(
            Markup('<rect class="bar {}" x="0" y="{}" width="{:.1f}" height="14" rx="3"/>').format(
                row.mark, y + 20, width
            )
        )
        if at is not None:  # beside the bar only: the label above it stays clear
            parts.append(
                Markup('<line class="at" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>').format(
                    at / most * room, y + 17, y + 38
                )
            )
        parts.append(Markup('<text class="value" x="{:.1f}" y="{}">{}</text>').format(width + 6, y + 32, row.text))
    if at is not None:
        said = Markup('<text class="axis end" x="{:.1f}" y="12">{}</text>')
        parts.append(said.format(at / most * room - 4, at_text))
    # an image hides what is inside from a screen reader; links must stay within reach
    role = "group" if any(row.href for row in rows) else "img"
    return _svg(_BARS, height, title, text, parts, "chart rows", role)


def lines(made: Lines, *, title: str, text: str, unit: str) -> Markup:
    """Values over time with plans as dashed levels; the axis of values begins at zero."""
    points = [point for line in made.lines for point in line]
    days = [point.day for point in points] + [d for level in made.levels for d in (level.first, level.last)]
    if not days:
        return Markup("")
    first, last = min(days), max(days)
    first, last = date(first.year, 1, 1), date(last.year, 12, 31)
    spread = max((last - first).days, 1)
    ticks = _ticks(max([point.value for point in points] + [level.value for level in made.levels]))
    most = ticks[-1] or 1

    def x(day: date) -> float:
        return _LEFT + (day - first).days / spread * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - value / most * (_HEIGHT - _TOP - _BOTTOM)

    parts = []
    for tick in ticks:
        parts.append(
            Markup('<line class="grid" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(
                _LEFT, _WIDTH - _RIGHT, y(tick), y(tick)
            )
        )
        parts.append(
            Markup('<text class="axis end" x="{}" y="{:.1f}">{}</text>').format(
                _LEFT - 8,
                y(tick) + 4,
                words.amount(tick, unit if unit.startswith("đồng") else "").removesuffix(" đồng"),
            )
        )
    for year in range(first.year, last.year + 1):
        begin = date(year, 1, 1)
        parts.append(
            Markup('<line class="grid year" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>').format(
                x(begin), _TOP, _HEIGHT - _BOTTOM + 6
            )
        )
        parts.append(Markup('<text class="axis" x="{:.1f}" y="{}">{}</text>').format(x(begin) + 4, _HEIGHT - 16, year))
    for level in made.levels:
        parts.append(
            Markup(
                '<line class="plan" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"><title>{}</title></line>'
            ).format(x(level.first), x(level.last), y(level.value), y(level.value), level.text)
        )
    for line in made.lines:
        if len(line) > 1:
            path = " ".join(f"{x(point.day):.1f},{y(point.value):.1f}" for point in line)
            parts.append(Markup('<polyline class="series" points="{}"/>').format(path))
        for point in line:
            parts.append(
                Markup('<circle class="dot {}" cx="{:.1f}" cy="{:.1f}" r="4.5"><title>{}</title></circle>').format(
                    point.mark, x(point.day), y(point.value), point.text
                )
            )
    return _svg(_WIDTH, _HEIGHT, title, text, parts, "chart")


def _svg(
    width: int, height: int, title: str, text: str, parts: Iterable[Markup], kind: str, role: str = "img"
) -> Markup:
    name = f"c{crc32(f'{title} {text}'.encode()):x}"
    return Markup(
        '<svg class="{6}" viewBox="0 0 {0} {1}" role="{7}" aria-labelledby="{2}-t {2}-d" '
        'xmlns="http://www.w3.org/2000/svg"><title id="{2}-t">{3}</title><desc id="{2}-d">{4}</desc>{5}</svg>'
    ).format(width, height, name, words.safe(title), words.safe(text), Markup("").join(parts), kind, role)


def _ticks(most: float) -> list[float]:
    """Zero and three to five round values, the last not below ``most``.

    >>> _ticks(284), _ticks(0.9), _ticks(0)
    ([0.0, 100.0, 200.0, 300.0], [0.0, 0.5, 1.0], [0.0, 1.0])
    """
    if most <= 0:
        return [0.0, 1.0]
    rough = most / 4
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough)
    made = [0.0]
    while made[-1] < most:
        made.append(round(step * len(made), 9))
    return made
