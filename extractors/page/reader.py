"""One page: decode, refuse what is no page, and hand it to the family that knows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from extractors.page.encoding import decode_body
from extractors.page.errors import PageError, place_of
from extractors.page.words import clean
from schemas.documents import Block, Bulletin

if TYPE_CHECKING:
    from schemas.sources import Source


def read(
    body: bytes, *, url: str | None, content_type: str | None, captured_on: date | None, source: Source | None
) -> Bulletin:
    """``extractors.page.read_page``, which says what goes in and out."""
    from extractors import sites
    from extractors.page import tree

    text = decode_body(body, content_type)
    try:
        tree.refuse_binary(body, text)
        if source is not None:
            family = sites.family(source.family)
            version = family.version_for(text, captured_on)
            return family.read(text, version, url=url, captured_on=captured_on, source=source)
        if _is_plain(content_type) or not tree.is_html(text):
            return _plain(text, url)
        for family in sites.families().values():
            detected = family.detect(text, captured_on)
            if detected is not None:
                try:
                    return family.read(text, detected, url=url, captured_on=captured_on, source=None)
                except PageError:
                    if family.sure:
                        raise
        from extractors.page import generic

        return generic.read_generic(text, url)
    except PageError as error:
        raise error.within(
            site=source.code if source else "", place=place_of(url, captured_on), hint=_hint(error)
        ) from error


def _hint(error: PageError) -> str:
    """What helps where no family has said it: the address answers with something else than a page."""
    return (
        "open the address in a browser: it may answer with a file, an error or a sign-in page" if not error.hint else ""
    )


def _is_plain(content_type: str | None) -> bool:
    return (content_type or "").partition(";")[0].strip().lower() == "text/plain"


def _plain(text: str, url: str | None) -> Bulletin:
    """Text without markup: a block a line, no title, no date."""
    lines = [clean(line) for line in text.splitlines()]
    blocks = tuple(Block("body", line) for line in lines if line)
    return Bulletin(None, None, None, None, blocks, reader="plain", url=url)
