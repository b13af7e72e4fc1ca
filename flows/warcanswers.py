"""What a WARC record says: a page that was answered well, a revisit of one, something to leave, or a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db.archive.bodies import BodyError, BodyTooLarge, decoded
from db.archive.records import head, parse, to_capture
from flows.items import Fault
from flows.warcfile import Piece
from schemas.captures import Capture

_HTML = ("text/html", "application/xhtml+xml")
#: of a ``resource`` record (a file, not an answer of a server) texts are taken too
_FILES = (*_HTML, "text/plain", "application/vnd.bantin.document+json")


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was captured; ``digest`` is how its record names the payload."""

    capture: Capture
    digest: str


@dataclass(frozen=True, slots=True)
class Revisit:
    """A page that was as before: ``capture`` has no body; ``refers_to`` is URL and WARC-Date of the one that has."""

    capture: Capture
    digest: str
    refers_to: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Left:
    """A record that is passed over on purpose: "status" (with what the server said), "not_a_page", "empty", "other"."""

    why: str
    status: str = ""


def read_piece(piece: Piece, limit: int) -> Answer | Revisit | Left | Fault:
    """The answer in one record. Never raises: what cannot be read is a Fault."""
    if piece.reason:
        return _fault(piece, piece.reason)
    try:
        record = parse(piece.data, check_digests=True)
        return _answer(record, piece, limit)
    except BodyTooLarge as error:
        return Fault(f"{piece.place}: {error}", piece.size)
    except BodyError as error:
        return _fault(piece, str(error))
    except Exception as error:  # warcio raises whatever its parsing trips over
        return _fault(piece, f"{type(error).__name__}: {error}")


def _answer(record: Any, piece: Piece, limit: int) -> Answer | Revisit | Left | Fault:
    if record.rec_type == "resource":
        kind = (record.content_type or "").partition(";")[0].strip().lower()
        if kind not in _FILES:
            return Left("not_a_page")
    elif record.rec_type in ("response", "revisit"):
        if record.http_headers is None:
            return Left("not_a_page") if record.rec_type == "response" else _revisit(record, piece)
        status = record.http_headers.get_statuscode()
        if not status.startswith("2"):
            return Left("status", status)
        content_type = record.http_headers.get_header("Content-Type")
        if content_type and content_type.partition(";")[0].strip().lower() not in _HTML:
            return Left("not_a_page")
        if record.rec_type == "revisit":
            return _revisit(record, piece)
    else:
        return Left("other")
    if piece.cut:
        raise BodyTooLarge(f"larger than {limit >> 20} MiB, no bulletin is")
    return _page(record, piece, limit)


def _page(record: Any, piece: Piece, limit: int) -> Answer | Left | Fault:
    body = decoded(record, limit)
    record.raw_stream.read()  # to the end, where the digest is compared
    checked = record.digest_checker
    wrong = [problem for problem in checked.problems if problem.startswith("block")]
    if wrong:
        return _fault(piece, wrong[0])
    if piece.doubtful and not (checked.passed and record.rec_headers.get_header("WARC-Block-Digest")):
        return _fault(piece, "it stands in a damaged member and has no digest that says it is whole")
    if not body.strip():
        return Left("empty")
    named = record.rec_type == "resource" or record.http_headers.get_header("Content-Type")
    if not named and not body.lstrip().startswith(b"<"):
        return Left("not_a_page")
    return Answer(to_capture(record, None, body), record.rec_headers.get_header("WARC-Payload-Digest") or "")


def _revisit(record: Any, piece: Piece) -> Revisit | Fault:
    if piece.doubtful:
        return _fault(piece, "it stands in a damaged member")
    if head(record) is None or not record.rec_headers.get_header("WARC-Target-URI"):
        return _fault(piece, "it has no WARC-Target-URI")
    get = record.rec_headers.get_header
    uri, date = get("WARC-Refers-To-Target-URI"), get("WARC-Refers-To-Date")
    refers = (uri.strip("<>"), date) if uri and date else None
    return Revisit(to_capture(record, None, b""), get("WARC-Payload-Digest") or "", refers)


def _fault(piece: Piece, reason: str) -> Fault:
    return Fault(f"{piece.place}: damaged record, {reason}", piece.size)
