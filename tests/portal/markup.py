"""Letters and blocks as HTML, in the ways in which portals write them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from html.entities import codepoint2name

from tests.portal.bulletins import Bulletin, Image, Paragraph, Table

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")

#: the tone marks, which windows-1258 keeps apart from their letter
TONES = "\u0300\u0301\u0303\u0309\u0323"


def escape(text: str) -> str:
    """``text`` with HTML's own characters escaped and ``**...**`` as strong."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text, quote=True))


def named(text: str) -> str:
    """Latin-1 letters as named entities, the others as they are: what CKEditor writes.

    >>> named("bàn giao mặt bằng")
    'b&agrave;n giao mặt bằng'
    """
    return "".join(_entity(char) for char in text)


def combining(text: str) -> str:
    """As ``named``, and a letter with two marks as an entity followed by the combining tone.

    >>> combining("trồng").encode("ascii", "namereplace").decode()
    'tr&ocirc;\\\\N{COMBINING GRAVE ACCENT}ng'
    """
    return "".join(_mixed(char) for char in text)


def _mixed(char: str) -> str:
    parts = detached(char)
    mixed = _entity(char) == char and _entity(parts[:1]) != parts[:1]
    return _entity(parts[0]) + parts[1:] if mixed else _entity(char)


def _entity(char: str) -> str:
    name = codepoint2name.get(ord(char)) if len(char) == 1 and 160 <= ord(char) <= 255 else None
    return f"&{name};" if name else char


def detached(text: str) -> str:
    """``text`` with tones as combining marks after their composed letter, all that windows-1258 can spell.

    >>> [len(detached(word)) for word in ("mặt", "trồng", "đa")]
    [4, 6, 2]
    """
    made = []
    for char in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in apart if mark in TONES)
        letter = "".join(mark for mark in apart if mark not in TONES)
        made.append(unicodedata.normalize("NFC", letter) + tones)
    return "".join(made)


def windows_1258(text: str) -> bytes:
    """``text`` in windows-1258, tones after their letters; a character it lacks becomes a numeric reference."""
    return detached(text).encode("cp1258", errors="xmlcharrefreplace")


def table(block: Table, attributes: str) -> str:
    """A table with a header row."""
    head, *rows = block.rows
    lines = [f"<table {attributes}>", "<thead><tr>", *(f"<th>{escape(cell)}</th>" for cell in head), "</tr></thead>"]
    lines.append("<tbody>")
    for row in rows:
        lines.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>")
    return "\n".join([*lines, "</tbody></table>"])


def figure(block: Image) -> str:
    """NukeViet's editor: a figure with its caption."""
    return (
        '<div style="text-align:center"><figure class="image" style="display:inline-block">'
        f'<img alt="{html.escape(block.caption)}" height="400" src="/uploads/news/{block.file}" width="600" />'
        f"<figcaption>{escape(block.caption)}</figcaption></figure></div>"
    )


def captioned_paragraphs(block: Image) -> str:
    """SharePoint: the picture's paragraph, then its caption as a centred bold one."""
    return (
        f'<p style="text-align:justify"><img alt="" src="/TinTuc/PublishingImages/{block.file}" /></p>\n\n'
        '<p style="text-align:center"><strong><em><span style="font-size:14.0pt"><span style="color:black">'
        f"{escape(block.caption)}</span></span></em></strong></p>"
    )


def captioned_table(block: Image) -> str:
    """SharePoint: picture and caption as the two one-cell rows of a centred table."""
    return (
        '<table align="center" border="0" cellpadding="1" cellspacing="1" style="width:500px"><tbody>'
        f'<tr><td style="text-align:center"><img alt="" src="/TinTuc/PublishingImages/{block.file}" /></td></tr>'
        f'<tr><td style="text-align:center"><em>{escape(block.caption)}</em></td></tr></tbody></table>'
    )


def body(bulletin: Bulletin, paragraph: str, tables: str) -> str:
    """The blocks of a bulletin; ``paragraph`` is a format with ``{}``, ``tables`` the attributes of a table."""
    image = {"figures": figure, "paragraphs": captioned_paragraphs, "tables": captioned_table}[bulletin.captions]
    spells: dict[str, Callable[[str], str]] = {"none": str, "named": named, "combining": combining}
    parts = []
    for block in bulletin.blocks:
        match block:
            case Paragraph(text):
                parts.append(paragraph.format(escape(text)))
            case Image():
                parts.append(image(block))
            case Table():
                parts.append(table(block, tables))
    return spells[bulletin.entities]("\n\n".join(parts))


def encode(page: str, bulletin: Bulletin) -> bytes:
    """The page's bytes in the bulletin's charset and Unicode form."""
    if bulletin.charset == "windows-1258":
        return windows_1258(page)
    return unicodedata.normalize(bulletin.form, page).encode()
