"""What a person wants removed: the addresses behind an address or an id, and the lists that name them."""

from __future__ import annotations

import html
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlite_utils import Database

from db.archive import Archive
from db.store.removals import Removal, removal_of_figure
from schemas.captures import ArchiveRef


class ForgetError(Exception):
    """What cannot be removed as asked; the message says what to type instead."""


def addresses_of(db: Database, wanted: str) -> list[str]:
    """The addresses that an address, or the id of a bulletin, a version, a figure or a capture stands for."""
    if "://" in wanted:
        led = db.conn.execute(
            "SELECT DISTINCT c.url FROM fetch_log f JOIN captures c ON c.id = f.capture_id"
            " WHERE f.url = ? AND c.kind = 'page' ORDER BY c.url",
            (wanted,),
        )
        return list(dict.fromkeys([wanted, *(url for (url,) in led)]))
    found = db.conn.execute(
        "SELECT url FROM bulletins WHERE document_id = :id OR id = :id"
        " UNION SELECT b.url FROM figures f JOIN bulletins b ON b.id = f.bulletin_id WHERE f.id = :id"
        " UNION SELECT url FROM captures WHERE id = :id",
        {"id": wanted},
    ).fetchall()
    if found:
        return [url for (url,) in found]
    gone = removal_of_figure(db, wanted)
    if gone is not None and gone[0] == wanted:
        raise ForgetError(f"{wanted} was removed already: {told(gone[1])}")
    raise ForgetError(
        f"{wanted!r} is no address (expected https://...) and no id of a bulletin, version, figure or capture here; "
        "the columns document_id and url of the table bulletins have them"
    )


def told(removal: Removal) -> str:
    """When and why, for a person."""
    return f"removed on {removal.time:%Y-%m-%d} for: {removal.reason}"


def lists_naming(db: Database, archive: Archive, urls: Sequence[str]) -> list[tuple[str, ArchiveRef]]:
    """The archived lists, feeds and sitemaps that name an address, as links do: whole or from the root of the site."""
    parts = [urlsplit(url) for url in urls]
    targets = {part.path + (f"?{part.query}" if part.query else "") for part in parts} - {"", "/"}
    words = [word.encode() for target in targets for word in (target, html.escape(target))]
    rows = db.conn.execute(
        "SELECT id, segment, offset, length FROM captures WHERE kind IN ('list', 'feed', 'sitemap') ORDER BY time, id"
    ).fetchall()
    found = []
    for id, *place in map(tuple, rows):
        ref = ArchiveRef(*place)
        body = archive.read(ref).body
        if any(word in body for word in words):
            found.append((id, ref))
    return found
