"""Bytes to text. A declared encoding is a hint: portals send UTF-8 as latin-1, windows-1258 as UTF-8, and worse.

The order: a byte order mark; UTF-8 wherever the bytes are (nearly) UTF-8, whatever is declared; the font encodings
TCVN3 (ABC) and VNI, which no server declares, where the words are Vietnamese only that way (also in UTF-8, when
somebody pasted such text into it); the charset of the header, then of the page's meta element, each only if it decodes;
charset-normalizer. windows-1258 keeps tone marks apart from their letters, so its text is composed.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from extractors.page import fonts

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,80}encoding=["']([\w.:-]{2,40})""", re.I
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HIGH = bytes(range(0x80, 0x100))
_VOWEL_WITH_TONE = re.compile("[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]", re.I)
#: what browsers read as windows-1252, the label that servers give to what they do not know
_WESTERN = {"iso8859-1", "cp1252", "latin_1", "ascii", "iso8859-15"}
_HEAD = 4096
_SAMPLE = 65536


def decode_body(body: bytes, content_type: str | None) -> str:
    """The text of a response's body, without NUL characters. ``content_type`` is the header as sent.

    >>> decode_body("Quận ủy".encode(), "text/html; charset=iso-8859-1")
    'Quận ủy'
    >>> decode_body("Quâ\u0323n".encode("cp1258"), "text/html; charset=windows-1258")
    'Quận'
    >>> decode_body(b"", None)
    ''
    """
    text = _decode(body, content_type).replace("\0", "")
    return _in_fonts(text) or text


def _decode(body: bytes, content_type: str | None) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    wide = _wide(body)
    if wide:
        return body.decode(wide, errors="replace")
    body = body.replace(b"\0", b"")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(body):
        return body.decode("utf-8", errors="replace")
    shown = _from_fonts(body)
    if shown is not None:
        return shown
    for encoding in _declared(body, content_type):
        text = _vietnamese(body) if encoding in _WESTERN else None
        text = text or _strict(body, encoding)
        if text is not None:
            return text
    return _guessed(body)


def _wide(body: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero beside every ASCII letter."""
    head = body[:_HEAD]
    if len(head) < 4 or head.count(0) < len(head) // 4:
        return None
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else None


def _mostly_utf8(body: bytes) -> bool:
    """Whether at most a tenth of the bytes above ASCII are outside UTF-8 sequences (a cut or a spoilt character)."""
    stray = len(body) - len(body.decode("utf-8", errors="ignore").encode())
    return stray * 10 <= len(body) - len(body.translate(None, _HIGH))


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """Codec names of the header and of the page's head; labels that name no codec are left out."""
    labels = _CHARSET.findall(content_type or "")
    labels += [(first or second).decode("ascii") for first, second in _DECLARED.findall(body[:_HEAD])]
    names = []
    for label in labels:
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):
            continue
        # a body that were UTF-8 (or 16, or 32) would not have come here
        if not name.startswith("utf"):
            names.append(name)
    return names


def _strict(body: bytes, encoding: str) -> str | None:
    """The text, or None where the bytes are not that encoding's (or the codec does not make text, as ``hex``)."""
    try:
        text = codecs.lookup(encoding).decode(body)[0]
    except Exception:  # codecs raise what they like
        return None
    if not isinstance(text, str):
        return None
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text


def _vietnamese(body: bytes) -> str | None:
    """The text as windows-1258 where that reading puts tone marks on vowels, as only Vietnamese would."""
    text = body.decode("cp1258", errors="replace")
    marks = sum(text.count(mark) for mark in "\u0300\u0301\u0303\u0309\u0323")
    if not marks or len(_VOWEL_WITH_TONE.findall(text)) * 10 < marks * 9:
        return None
    return unicodedata.normalize("NFC", text)


def _from_fonts(body: bytes) -> str | None:
    """The text of a TCVN3 or VNI page, unless it makes as much sense in windows-1258."""
    shown = fonts.from_fonts(fonts.western(body))
    if shown is None or fonts.sense(unicodedata.normalize("NFC", body.decode("cp1258", errors="replace"))):
        return None
    return shown


def _in_fonts(text: str) -> str | None:
    """The same for text that is decoded by now (somebody pasted it into UTF-8): windows-1252 has all of its letters."""
    if text.isascii():
        return None
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return None
    return fonts.from_fonts(text)


def _guessed(body: bytes) -> str:
    """Nothing useful is declared: windows-1258 by its shape, then charset-normalizer's guess, then UTF-8 with holes."""
    text = _vietnamese(body)
    if text is not None:
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    if best is None:
        return body.decode("utf-8", errors="replace")
    text = body.decode(best.encoding, errors="replace")
    return unicodedata.normalize("NFC", text) if best.encoding == "cp1258" else text
