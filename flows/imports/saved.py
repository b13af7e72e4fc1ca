"""Saved pages: HTML, MHTML, text and JSON lines, from a file or from an entry of a zip file."""

from __future__ import annotations

import email
import email.errors
import email.message
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from urllib.parse import quote

from flows.imports.addresses import is_page_address, mail_time, noted, original
from flows.imports.formats import Format
from flows.imports.found import Found, Page
from flows.items import LARGEST_PAGE, Fault
from flows.localfiles import FileError, document_line
from flows.read import DOCUMENT
from flows.warcanswers import Left
from schemas.captures import Capture


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved file: what it is called, the file:// address it has for want of another, and its own time."""

    place: str
    address: str
    time: datetime


def read_saved(body: bytes, kind: Format, saved: Saved) -> Iterator[Found]:
    """The page of one file that is not JSON lines; ``size`` is left to the caller."""
    if not body.strip():
        yield Found(Fault(f"{saved.place}: empty, nothing to read"))
    elif len(body) > LARGEST_PAGE:
        yield Found(Fault(f"{saved.place}: larger than {LARGEST_PAGE >> 20} MiB, no bulletin is"))
    elif kind == "mhtml":
        yield Found(_mhtml(body, saved))
    elif kind == "html":
        yield Found(_html(body, "text/html", saved))
    elif kind == "text":
        yield Found(Page(_capture(saved.address, saved.time, "text/plain", body), saved.place, weak=True))
    else:
        yield Found(Left("not_a_page"))


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; one that is longer than any page comes in pieces, which are no JSON."""
    while line := file.readline(LARGEST_PAGE):
        yield line


def json_lines(lines: Iterable[bytes], saved: Saved) -> Iterator[Found]:
    """A page for each line, a fault for each that is none."""
    any_line = False
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        any_line = True
        try:
            given = document_line(saved.place, number, line)
        except FileError as error:
            yield Found(Fault(str(error)), len(line))
            continue
        body = json.dumps(given, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        address = f"{saved.address}#{quote(given['id'].encode('utf-8', 'surrogatepass'), safe='')}"
        capture = _capture(address, saved.time, DOCUMENT, body)
        yield Found(Page(capture, f"{saved.place}, line {number}", weak=True), len(line))
    if not any_line:
        yield Found(Fault(f"{saved.place}: empty, nothing to read"))


def _capture(url: str, time: datetime, content_type: str, body: bytes) -> Capture:
    return Capture(url=url, time=time, status=200, headers=(("Content-Type", content_type),), body=body)


def _html(body: bytes, content_type: str, saved: Saved) -> Page:
    """A page under the address that it notes of itself, else under its file's."""
    url, time = noted(body)
    url, copied = original(url) if url else (saved.address, None)
    time = copied or time
    return Page(_capture(url, time or saved.time, content_type, body), saved.place, weak=time is None)


def _mhtml(body: bytes, saved: Saved) -> Page | Fault:
    """The page of an MHTML file, without what it shows (pictures, styles)."""
    try:
        message = email.message_from_bytes(body)
        part = _root(message)
        if part is None:
            return Fault(f"{saved.place}: an MHTML file without a page in it, or a damaged one")
        cut = any(isinstance(defect, email.errors.CloseBoundaryNotFoundDefect) for defect in message.defects)
        if cut and part is _leaves(message)[-1]:
            return Fault(f"{saved.place}: an MHTML file that ends inside its page")
        page = part.get_payload(decode=True)
        if not isinstance(page, bytes) or not page.strip():
            return Fault(f"{saved.place}: an MHTML file whose page is empty")
        if any("Base64" in type(defect).__name__ for defect in part.defects):
            return Fault(f"{saved.place}: an MHTML file whose page is damaged")
        said = [part.get("Content-Location"), message.get("Snapshot-Content-Location"), message.get("Content-Location")]
        addresses = [str(one).strip() for one in said if one]
        time = mail_time(str(message["Date"])) if message["Date"] else None
        kind = part.get_content_type()
        charset = part.get_content_charset()
    except Exception as error:  # the email package raises whatever a damaged header trips over
        return Fault(f"{saved.place}: a damaged MHTML file, {type(error).__name__}: {error}")
    url = next((one for one in addresses if is_page_address(one)), saved.address)
    url, copied = original(url)
    time = copied or time
    content_type = f"{kind}; charset={charset}" if charset else kind
    return Page(_capture(url, time or saved.time, content_type, page), saved.place, weak=time is None)


def _root(message: email.message.Message) -> email.message.Message | None:
    """The part that ``start`` names, else the first page."""
    pages = [part for part in _leaves(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    return next((part for part in pages if start and part.get("Content-ID") == start), pages[0] if pages else None)


def _leaves(message: email.message.Message) -> list[email.message.Message]:
    return [part for part in message.walk() if not part.is_multipart()]
