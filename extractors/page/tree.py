"""Markup to a tree: lxml parses the whole page, beautifulsoup4 only the part that holds the article.

beautifulsoup4 takes ten times as long as lxml on the same text, and the article is a thirtieth of a real page.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import Tag
from lxml import etree
from lxml import html as lxml_html

from extractors.page.errors import PageError

#: real pages stay below a hundred, pages with unclosed inline elements reach some hundreds
MAX_DEPTH = 2000
#: whether elements nest as deep as few pages do: asked without a walk over all of them
_IS_DEEP = etree.XPath(f"boolean({'/*' * 200})")

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NO_TEXT = re.compile("[\0-\x08\x0b\x0e-\x1f\ufffd]")
_BINARY = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (perhaps .docx or .xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip data that nobody unpacked"),
    (b"{\\rtf", "an RTF document"),
)
_HTML = re.compile(
    r"<(?:!doctype|html|head|body|div|p|table|article|section|span|h[1-6]|br|a|font|td|ul|center)\b", re.I
)


def refuse_binary(body: bytes, text: str) -> None:
    """Raise ``PageError`` where the body is empty or plainly no text."""
    if not body.strip(b"\0 \t\r\n"):
        raise PageError(f"the body is empty ({len(body)} bytes), expected a page")
    for magic, name in _BINARY:
        if body.startswith(magic):
            raise PageError(f"the body is {name}, expected HTML or text")
    sample = text[:20000]
    odd = len(_NO_TEXT.findall(sample))
    if odd * 10 > len(sample):
        raise PageError(f"{odd} of the first {len(sample)} characters are no text, expected HTML or text")


def is_html(text: str) -> bool:
    """Whether there is an element that pages are made of."""
    return _HTML.search(text) is not None


class Page:
    """A page's markup; ``soup`` holds all of it or, once ``cut`` has found them, only the parts asked for."""

    def __init__(self, text: str) -> None:
        """Parse; raises ``PageError`` where elements are nested too deeply to be a page."""
        self._text = _XML_DECLARATION.sub("", text)
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        try:
            self.root: Any = lxml_html.document_fromstring(self._text.encode("utf-8", "replace"), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError) as error:
            raise PageError(f"the body holds no markup ({error}), expected HTML") from error
        _refuse_depth(self.root)

    def cut(self, paths: Sequence[str]) -> BeautifulSoup | None:
        """The elements at the XPaths, in that order; None unless the first path finds exactly one.

        With several, what is the article is for the selectors to say, on the whole page. In a cut they look only
        where the article is: a side block that has the title's class, too, does no harm.
        """
        kept = [_xpath(path)(self.root) for path in paths]
        if not kept or len(kept[0]) != 1:
            return None
        found = [element for group in kept for element in group]
        return _soup("\n".join(lxml_html.tostring(element, encoding="unicode", with_tail=False) for element in found))

    def whole(self) -> BeautifulSoup:
        """All of the page."""
        return _soup(self._text)


@cache
def _xpath(path: str) -> etree.XPath:
    return etree.XPath(path)


def _soup(markup: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(markup, "lxml")


def _refuse_depth(root: Any) -> None:
    if not _IS_DEEP(root):
        return
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            raise PageError(f"elements are nested more than {MAX_DEPTH} deep, expected a page")


def select(soup: BeautifulSoup | Tag, name: str, selector: str, at_least: int = 1, at_most: int = 1) -> list[Tag]:
    """The outermost elements that ``selector`` matches; an error unless there are ``at_least`` to ``at_most``."""
    return counted(soup.select(selector), name, selector, at_least, at_most)


def counted(matched: Sequence[Tag], name: str, selector: str, at_least: int = 1, at_most: int = 1) -> list[Tag]:
    """The outermost of what ``selector`` matched; an error unless there are ``at_least`` to ``at_most``."""
    inside = {id(tag) for tag in matched}
    outermost = [tag for tag in matched if not any(id(parent) in inside for parent in tag.parents)]
    if not at_least <= len(outermost) <= at_most:
        expected = str(at_least) if at_least == at_most else f"at most {at_most}"
        noun = "element" if len(outermost) == 1 else "elements"
        raise PageError(f'{name} selector "{selector}" matched {len(outermost)} {noun}, expected {expected}')
    return outermost
