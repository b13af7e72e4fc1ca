"""What each paragraph is: body, heading, caption, byline or page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.page.flow import Paragraph
from extractors.page.words import folded
from schemas.documents import Block

_CAPTION_LENGTH = 250
_HEADING_LENGTH = 150
_STRONG = 0.9

#: counters and buttons that templates put inside the article's element
_FURNITURE = re.compile(
    r"(?:(?:tổng\s+)?(?:số\s+)?(?:lượt|lần)\s+(?:người\s+)?(?:xem|đọc|truy\s+cập)|đã\s+xem|views?|hits?)(?:\s+(?:bài|tin|trang))?[\s:]*[\d.,\s]*"
    r"|bản\s+in|in\s+(?:ra|trang|bài(?:\s+viết)?(?:\s+này)?)|quay\s+lại|trở\s+(?:lại|về)|về\s+đầu\s+trang|chia\s+sẻ|gửi\s+(?:email|bài\s+viết)"
    r"|tweet|like|share|xem\s+tiếp|đọc\s+tiếp",
    re.I,
)
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}|[a-zđ])\s?[.)]\s|(?:Phần|Mục|Chương)\s", re.I)
_PICTURE_WORDS = re.compile(r"(?:ảnh|hình|quang cảnh|toàn cảnh|ảnh minh họa)\b", re.I)
_SENTENCE_END = re.compile(r"[.!?…;,]$")

_LABELLED = re.compile(
    r"(?:tác\s+giả(?:\s+bài\s+viết)?|người\s+viết|thực\s+hiện|(?:tin|bài|ảnh)(?:\s*(?:,|và|-|&|–|\s)\s*(?:bài|ảnh))*|nguồn(?:\s+tin)?)\s*:\s*(?P<name>.{2,80})",
    re.I,
)
_SOURCE_LABEL = re.compile(r"nguồn", re.I)
_CONNECTIVES = frozenset(("và", "-", "–", "&", "/", ","))
_NAME_LENGTH = 60


def blocks_of(flow: Iterable[Paragraph], title: str | None) -> tuple[tuple[Block, ...], str | None]:
    """The blocks of an article's body, and the byline where its last line is one."""
    kept, byline = _take_byline([item for item in flow if item.kind == "image" or not _FURNITURE.fullmatch(item.text)])
    return tuple(_blocks(kept, title)), byline


def lead_blocks(flow: Iterable[Paragraph]) -> tuple[Block, ...]:
    """The blocks of a lead: its text, and captions where a picture stands in it."""
    return tuple(
        block if block.kind in ("caption", "table") else Block("lead", block.text) for block in _blocks(flow, None)
    )


def _blocks(flow: Iterable[Paragraph], title: str | None) -> list[Block]:
    blocks: list[Block] = []
    after_picture = caption_open = False
    for item in flow:
        if item.kind == "image":
            after_picture, caption_open = True, False
            continue
        if item.kind == "table":
            blocks.append(Block("table", item.text))
        elif item.caption:
            blocks.append(Block("caption", item.text))
        elif caption_open and _looks_like_caption(item) and item.text[:1].islower():
            # a caption broken into lines: one sentence in several centred paragraphs
            blocks[-1] = Block("caption", f"{blocks[-1].text} {item.text}")
            continue
        elif after_picture and _is_caption(item):
            blocks.append(Block("caption", item.text))
            after_picture, caption_open = False, True
            continue
        elif _is_heading(item):
            # the title once more on top of the body is no heading
            if blocks or title is None or folded(item.text) != folded(title):
                blocks.append(Block("heading", item.text))
        else:
            blocks.append(Block("body", item.text))
        after_picture = caption_open = False
    return blocks


def read_byline(text: str) -> str | None:
    """The name in an author's line of its own: without its label, but a source keeps it.

    >>> read_byline("Tác giả: Minh Anh"), read_byline("Nguồn: Báo Hải Lĩnh")
    ('Minh Anh', 'Nguồn: Báo Hải Lĩnh')
    """
    match = _LABELLED.fullmatch(text)
    if match is None:
        return text or None
    return text if _SOURCE_LABEL.match(text) else match["name"].strip()


def _take_byline(flow: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """Lines at the very end that name who wrote: at most two, say author and source."""
    names: list[str] = []
    rest = list(flow)
    for _ in range(2):
        last = next((i for i in range(len(rest) - 1, -1, -1) if rest[i].kind != "image"), None)
        if last is None or not _is_byline(rest[last], after_picture=last > 0 and rest[last - 1].kind == "image"):
            break
        names.insert(0, read_byline(rest[last].text) or "")
        del rest[last]
    return rest, "; ".join(names) or None


def _is_byline(item: Paragraph, after_picture: bool) -> bool:
    text = item.text
    if item.kind != "text" or item.caption or len(text) > _NAME_LENGTH or any(char.isdigit() for char in text):
        return False
    if _LABELLED.fullmatch(text):
        return True
    words = text.removesuffix(".").split()
    named = len(words) <= 8 and all(word in _CONNECTIVES or word.lstrip("(“\"'")[:1].isupper() for word in words)
    if after_picture and item.align != "right":
        return named and len(words) >= 2 and item.align == "left" and item.emphasis < _STRONG
    if item.align == "right":
        return named or (len(words) <= 8 and not _SENTENCE_END.search(text))
    return named and len(words) >= 2 and not text.isupper()


def _looks_like_caption(item: Paragraph) -> bool:
    return (
        item.kind == "text"
        and len(item.text) <= _CAPTION_LENGTH
        and (item.align == "center" or item.emphasis >= _STRONG)
    )


def _is_caption(item: Paragraph) -> bool:
    """A short paragraph after a picture that is centred, or wholly emphasised, or says that it is one."""
    if item.align == "right" or _NUMBERED.match(item.text):
        return False
    says = _PICTURE_WORDS.match(item.text) is not None and len(item.text) <= _CAPTION_LENGTH
    return _looks_like_caption(item) or (says and not _SENTENCE_END.search(item.text))


def _is_heading(item: Paragraph) -> bool:
    """A heading element or a bold line, short and no sentence: editors use h1 for whole paragraphs."""
    if not item.heading and item.emphasis < _STRONG:
        return False
    return len(item.text) <= _HEADING_LENGTH and not _SENTENCE_END.search(item.text)
