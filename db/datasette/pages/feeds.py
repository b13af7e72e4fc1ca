"""Atom feeds: what is new, and what went wrong."""

from __future__ import annotations

import sqlite3
from typing import Any
from xml.etree import ElementTree as Xml

from datasette.utils.asgi import Request

from db.datasette.pages import words
from db.datasette.pages.home import incidents
from db.datasette.pages.stored import TITLE, rows

_ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml; charset=utf-8"
_SHOWN = 100
_EPOCH = "1970-01-01T00:00:00Z"
_FIGURES = f"""
SELECT f.id, f.quote, f.unit, f.subject, f.sentence, {TITLE}, b.published, s.name AS source_name, k.time AS captured
FROM (SELECT c.bulletin_id, c.run_id, k.time FROM captures k CROSS JOIN current_runs c ON c.capture_id = k.id
  ORDER BY k.time DESC LIMIT ?) c
CROSS JOIN figures f ON f.bulletin_id = c.bulletin_id AND f.run_id = c.run_id
JOIN bulletins b ON b.id = f.bulletin_id
JOIN captures k ON k.id = b.capture_id
JOIN sources s ON s.code = b.source
ORDER BY k.time DESC, b.published DESC, f.position LIMIT ?"""


def figures(connection: sqlite3.Connection, request: Request) -> str:
    """The figures of the bulletins that were captured last."""
    root = _root(request)
    entries = []
    for row in rows(connection, _FIGURES, _SHOWN, _SHOWN):
        amount = f"{words.safe(row['quote'])} {words.safe(row['unit'])}".rstrip()
        entries.append(
            {
                "id": f"urn:bantin:figure:{row['id']}",
                "title": f"{amount} ({words.safe(row['subject'])})" if row["subject"] else amount,
                "updated": row["captured"],
                "link": f"{root}/f/{row['id']}",
                "author": row["source_name"],
                "summary": f"“{row['sentence']}” ({words.listed(row['called'], words.day(row['published']))})",
            }
        )
    return _feed("figures", "bantin: số liệu mới", f"{root}/feed/so-lieu.atom", entries)


def troubles(connection: sqlite3.Connection, request: Request) -> str:
    """Incidents of sources and pages that could not be read, the newest first."""
    root = _root(request)
    entries = [
        {
            "id": f"urn:bantin:incident:{row['id']}",
            "title": f"{row['source'] or 'không rõ nguồn'}: {row['what']}",
            "updated": row["closed"] or row["when"],
            "link": f"{root}/chat-luong#su-co",
            "author": "bantin",
            "summary": f"{row['message']} {row['advice']}".strip(),
        }
        for row in incidents(connection, _SHOWN, still=False)
    ]
    return _feed("incidents", "bantin: sự cố của nguồn tin", f"{root}/feed/su-co.atom", entries)


def _feed(name: str, title: str, address: str, entries: list[dict[str, Any]]) -> str:
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    _say(feed, "id", f"urn:bantin:feed:{name}")
    _say(feed, "title", title)
    _say(feed, "updated", max((entry["updated"] for entry in entries), default=_EPOCH))
    Xml.SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": address})
    for entry in entries:
        made = Xml.SubElement(feed, f"{{{_ATOM}}}entry")
        for field in ("id", "title", "updated", "summary"):
            _say(made, field, entry[field])
        Xml.SubElement(made, f"{{{_ATOM}}}link", {"href": entry["link"]})
        _say(Xml.SubElement(made, f"{{{_ATOM}}}author"), "name", entry["author"])
    return Xml.tostring(feed, encoding="unicode", xml_declaration=True)


def _say(parent: Xml.Element, name: str, text: object) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = words.safe(text)


def _root(request: Request) -> str:
    return f"{request.scheme}://{request.host}"
