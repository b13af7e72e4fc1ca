"""Captures as WARC records and back: which headers are kept, which are renamed so that the record replays."""

from __future__ import annotations

import http
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from db.times import from_text, to_text
from schemas.captures import ArchiveRef, Capture

#: The body is stored decoded, so these no longer describe it; the prefix is the one other archiving tools use.
_ORIGINAL = "X-Archive-Orig-"
_DESCRIBE_TRANSFER = {"content-encoding", "transfer-encoding", "content-length"}
_BODY_TYPES = {"response", "resource", "revisit"}


class ArchiveError(Exception):
    """A record that cannot be read or resolved; the message names segment and offset."""


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What a body record says about itself. ``refers_to`` is the URI and date of a revisit record's target."""

    type: str
    url: str
    time: datetime
    status: int
    payload_digest: str
    refers_to: tuple[str, datetime] | None = None


def is_http(url: str) -> bool:
    """Only http(s) records hold HTTP headers; a saved file is a ``resource`` record."""
    return url.lower().startswith(("http://", "https://"))


def packed(
    capture: Capture,
    duplicate_of: tuple[str, datetime] | None = None,
    duplicate_ref: ArchiveRef | None = None,
) -> tuple[BytesIO, int]:
    """The gzip members of a capture's body record and, where a request is known, of that; the length of the first."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    body, request = _records_of(writer, capture, duplicate_of, duplicate_ref)
    writer.write_record(body)
    length = buffer.tell()
    if request is not None:
        writer.write_record(request)
    return buffer, length


def _records_of(
    writer: WARCWriter,
    capture: Capture,
    duplicate_of: tuple[str, datetime] | None,
    duplicate_ref: ArchiveRef | None,
) -> tuple[Any, Any | None]:
    """The body record of a capture and its request record (None where no request is known)."""
    fields = {"WARC-Date": to_text(capture.time), "WARC-Payload-Digest": f"sha256:{capture.sha256}"}
    headers = _response_headers(capture) if is_http(capture.url) else None
    if duplicate_of is not None:
        if duplicate_ref is not None:  # a shortcut for us; replayers go by URI and date
            fields["WARC-Refers-To-Filename"] = duplicate_ref.segment
            fields["WARC-Refers-To-File-Offset"] = str(duplicate_ref.offset)
        digest = fields.pop("WARC-Payload-Digest")
        target, date = duplicate_of
        body = writer.create_revisit_record(
            capture.url, digest, target, to_text(date), http_headers=headers, warc_headers_dict=fields
        )
    elif headers is not None:
        body = writer.create_warc_record(
            capture.url,
            "response",
            payload=BytesIO(capture.body),
            length=len(capture.body),
            http_headers=headers,
            warc_headers_dict=fields,
        )
    else:
        body = writer.create_warc_record(
            capture.url,
            "resource",
            payload=BytesIO(capture.body),
            length=len(capture.body),
            warc_content_type=capture.header("Content-Type") or "application/octet-stream",
            warc_headers_dict=fields,
        )
    if headers is None or not capture.request_headers:
        return body, None
    parts = urlsplit(capture.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = writer.create_warc_record(
        capture.url,
        "request",
        http_headers=StatusAndHeaders(f"GET {target} HTTP/1.1", _clean(capture.request_headers), is_http_request=True),
        warc_headers_dict={
            "WARC-Date": fields["WARC-Date"],
            "WARC-Concurrent-To": body.rec_headers.get_header("WARC-Record-ID"),
        },
    )
    return body, request


def _response_headers(capture: Capture) -> StatusAndHeaders:
    kept = [
        (f"{_ORIGINAL}{name}" if name.lower() in _DESCRIBE_TRANSFER else name, value)
        for name, value in _clean(capture.headers)
    ]
    kept.append(("Content-Length", str(len(capture.body))))
    try:
        phrase = http.HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = "Unknown"
    return StatusAndHeaders(f"{capture.status} {phrase}", kept, protocol="HTTP/1.1")


def _clean(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A line break inside a header would end the header block of the record."""
    return [(name, " ".join(value.split("\r\n")).replace("\n", " ").replace("\r", " ")) for name, value in headers]


def parse(member: bytes, *, check_digests: bool = False) -> Any:
    """The warcio record in one decompressed gzip member."""
    return ArcWarcRecordLoader(arc2warc=False).parse_record_stream(
        BytesIO(member), known_format="warc", check_digests=check_digests
    )


def head(record: Any) -> RecordHead | None:
    """The head of a body record; None for warcinfo, request and other records."""
    if record.rec_type not in _BODY_TYPES:
        return None
    get = record.rec_headers.get_header
    refers = None
    if record.rec_type == "revisit":
        uri, date = get("WARC-Refers-To-Target-URI"), get("WARC-Refers-To-Date")
        refers = (uri, from_text(date)) if uri and date else None
    return RecordHead(
        type=record.rec_type,
        url=get("WARC-Target-URI"),
        time=from_text(get("WARC-Date")),
        status=_status(record),
        payload_digest=get("WARC-Payload-Digest") or "",
        refers_to=refers,
    )


def shortcut(record: Any) -> tuple[str, int] | None:
    """Segment and offset of a revisit record's target, where we wrote them."""
    name = record.rec_headers.get_header("WARC-Refers-To-Filename")
    offset = record.rec_headers.get_header("WARC-Refers-To-File-Offset")
    return (name, int(offset)) if name and offset and offset.isdigit() else None


def to_capture(record: Any, request: Any | None, body: bytes) -> Capture:
    """The capture that ``packed`` was given."""
    get = record.rec_headers.get_header
    if record.http_headers is not None:
        headers = tuple(
            (name.removeprefix(_ORIGINAL), value)
            for name, value in record.http_headers.headers
            if name.lower() != "content-length"
        )
    else:
        headers = (("Content-Type", record.content_type),) if record.rec_type == "resource" else ()
    return Capture(
        url=get("WARC-Target-URI"),
        time=from_text(get("WARC-Date")),
        status=_status(record),
        headers=headers,
        body=body,
        request_headers=tuple(request.http_headers.headers) if request is not None else (),
    )


def _status(record: Any) -> int:
    return int(record.http_headers.get_statuscode()) if record.http_headers is not None else 200
