"""An article element to its paragraphs, pictures and tables, in reading order, with what is seen of their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bs4.element import CData, NavigableString, PageElement, Tag

from extractors.page.tables import Shape, shape, table_text
from extractors.page.visible import is_shown
from extractors.page.words import clean

Align = Literal["left", "center", "right"]

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# fmt: off
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
# fmt: on
_EMPHASIS = frozenset(("b", "strong", "em", "i", "u"))
_CAPTIONS = frozenset(("figure", "figcaption"))
#: what gives its content a form by its name alone
_FORMING = _EMPHASIS | _HEADINGS | _CAPTIONS | {"center"}
_STYLE_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify|start|end)", re.I)
_STYLE_EMPHASIS = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)|font-style\s*:\s*italic", re.I)
_CLASS_ALIGN = {"text-center": "center", "text-right": "right", "center": "center", "ms-rteThemeAlign-Center": "center"}
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:caption|chuthich|chu-thich|chuthichanh|tit_img|image_desc)(?:$|[\s_-])|caption$", re.I
)
_ENDS_SENTENCE = re.compile(r"[.!?…;:][\"”’)\]]*$")
_LIST_MARK = re.compile(r"[-–—+*•●▪]\s|\d{1,2}[.)]\s|[a-zđ]\)\s", re.I)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text with the form it was printed in; ``kind`` "image" has no text, "table" has rows as lines."""

    kind: Literal["text", "image", "table"]
    text: str = ""
    align: Align = "left"
    #: share of the letters that are bold, italic or underlined
    emphasis: float = 0.0
    heading: bool = False
    caption: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    align: Align = "left"
    emphasis: bool = False
    heading: bool = False
    caption: bool = False


class _Collector:
    """Runs of text until a block ends; a line break is kept as None."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, bool] | None] = []

    def take(self, form: _Form) -> Iterator[Paragraph]:
        """The paragraphs of what was collected, and an empty collector."""
        runs, self.runs = self.runs, []
        if not any(run and not run[0].isspace() for run in runs):
            return
        letters = sum(len("".join(run[0].split())) for run in runs if run)
        strong = sum(len("".join(run[0].split())) for run in runs if run and run[1])
        for text in _lines(runs):
            yield Paragraph("text", text, form.align, strong / letters, form.heading, form.caption)


def paragraphs(element: Tag) -> list[Paragraph]:
    """Everything a reader sees in ``element``. Not recursive: pages with unclosed elements nest deeply."""
    made: list[Paragraph] = []
    collector = _Collector()
    form = _Form()
    stack: list[tuple[Iterator[PageElement], _Form, bool]] = [(iter(element.children), form, True)]
    while stack:
        children, form, is_block = stack[-1]
        node = next(children, None)
        if node is None:
            if is_block:
                made.extend(collector.take(form))
            stack.pop()
            continue
        if isinstance(node, NavigableString):
            if type(node) is NavigableString or type(node) is CData:
                collector.runs.append((str(node), form.emphasis))
            continue
        if not isinstance(node, Tag) or not is_shown(node):
            continue
        if node.name == "br":
            collector.runs.append(None)
            continue
        if node.name == "img":
            made.extend(collector.take(form))
            made.append(Paragraph("image"))
            continue
        inner = _form(node, form)
        block = node.name in _BLOCKS
        if block:
            made.extend(collector.take(form))
        if node.name == "table":
            kind = shape(node)
            if kind is Shape.DATA:
                if isinstance(node.caption, Tag) and node.caption.parent is node:
                    made.append(Paragraph("text", clean(node.caption.get_text()), heading=True))
                made.append(Paragraph("table", table_text(node)))
                continue
            inner = replace(inner, caption=inner.caption or kind is Shape.PICTURE)
        stack.append((iter(node.children), inner, block))
    return made


def text_of(element: Tag) -> str:
    """The text of an element on one line."""
    return clean(" ".join(paragraph.text for paragraph in paragraphs(element)))


def _form(tag: Tag, outer: _Form) -> _Form:
    if not tag.attrs and tag.name not in _FORMING:
        return outer
    style, classes = str(tag.get("style") or ""), tag.get_attribute_list("class")
    align = _STYLE_ALIGN.search(style)
    named = align[1] if align else str(tag.get("align") or "")
    if not named:
        named = next((_CLASS_ALIGN[name] for name in classes if name in _CLASS_ALIGN), "")
    if tag.name == "center":
        named = "center"
    aligned: Align = outer.align
    if named and tag.name in _BLOCKS and tag.name != "table":  # a table's align moves the table, not its text
        lower = named.lower()
        aligned = "center" if lower == "center" else "right" if lower in ("right", "end") else "left"
    return _Form(
        align=aligned,
        emphasis=outer.emphasis or tag.name in _EMPHASIS or bool(_STYLE_EMPHASIS.search(style)),
        heading=outer.heading or tag.name in _HEADINGS,
        caption=outer.caption or tag.name in _CAPTIONS or any(_CAPTION_CLASS.search(name) for name in classes if name),
    )


def _lines(runs: list[tuple[str, bool] | None]) -> list[str]:
    """Paragraphs among the runs: an empty line parts them; a single break does where a sentence or a list item ends."""
    pieces = [""]
    for run in runs:
        if run is None:
            pieces.append("")
        else:
            pieces[-1] += run[0]
    lines: list[str] = []
    parted = True
    for piece in map(clean, pieces):
        if not piece:
            parted = True
        elif lines and not parted and not _ENDS_SENTENCE.search(lines[-1]) and not _LIST_MARK.match(piece):
            lines[-1] = f"{lines[-1]} {piece}"
        else:
            lines.append(piece)
            parted = False
    return lines
