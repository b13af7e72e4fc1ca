"""Which files there are below the given paths, and what each of them is: by what it holds first, then by its name."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Format = Literal["warc", "wacz", "zip", "mhtml", "html", "text", "jsonl", "unknown"]

EXPECTED = "expected WARC, WACZ, zip, MHTML, HTML, text or JSON lines"
_HEAD = 1 << 12
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MHTML = re.compile(rb"(?im)^content-type:\s*multipart/(?:related|mixed|alternative)")
_ENDINGS: dict[str, Format] = {
    ".warc.gz": "warc",
    ".warc": "warc",
    ".wacz": "wacz",
    ".zip": "zip",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


class PathError(Exception):
    """A path that holds nothing to import; the message says what may stand there."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to import. ``named``: it was given itself, not found in a folder, so that a strange one is told."""

    given: str
    path: Path
    size: int
    named: bool


def find(paths: Iterable[str]) -> list[File]:
    """Every file below ``paths`` in order, each once. Raises PathError where a path does not exist."""
    found: dict[Path, File] = {}
    for given in paths:
        path = Path(given)
        if not path.exists():
            raise PathError(f"{given}: no such file or folder")
        entries = sorted(entry for entry in path.rglob("*") if entry.is_file()) if path.is_dir() else [path]
        for entry in entries:
            place = entry.resolve()
            name = given if entry is path else str(entry)
            found.setdefault(place, File(name, place, place.stat().st_size, entry is path))
    return list(found.values())


def format_of(name: str, head: bytes) -> Format:
    """What a file of that name that begins with ``head`` is.

    >>> format_of("a.bin", b"WARC/1.0\\r\\n"), format_of("trang.php", b"<!DOCTYPE html>"), format_of("a.png", b"PNG")
    ('warc', 'html', 'unknown')
    """
    by_name = next((kind for ending, kind in _ENDINGS.items() if name.lower().endswith(ending)), None)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "wacz" if by_name == "wacz" else "zip"
    if head.startswith(b"\x1f\x8b"):
        return "warc" if _unzipped(head).startswith(b"WARC/") or by_name == "warc" else "unknown"
    if head.startswith(b"WARC/"):
        return "warc"
    if _MHTML.search(head) and by_name in (None, "mhtml"):
        return "mhtml"
    return by_name or ("html" if _PAGE.match(head) else "unknown")


def head_of(path: Path) -> bytes:
    """The beginning of a file."""
    with path.open("rb") as file:
        return file.read(_HEAD)


def looks_like(head: bytes) -> str:
    """A word on what a file begins with, for a person."""
    if head.startswith(b"filedesc://"):
        return "an ARC file; a tool like warcio recompress makes a WARC file of it"
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return "compressed with zstd; unpack it first"
    if head.startswith(b"\x1f\x8b"):
        return "gzip, but what is in it is no WARC file"
    return f"begins with {head[:12]!r}"


def holds_warc(path: Path) -> bool:
    """Whether a file that is named like a WARC file has a record near its beginning."""
    with path.open("rb") as file:
        head = file.read(1 << 20)
    return head.startswith(b"\x1f\x8b") or b"WARC/1." in head or b"WARC/0." in head


def is_wacz(names: Iterable[str]) -> bool:
    """Whether a zip file with these entries is a WACZ, whatever it is called."""
    found = set(names)
    return "datapackage.json" in found and any(is_warc_entry(name) for name in found)


def is_warc_entry(name: str) -> bool:
    """Whether an entry of a WACZ is one of its WARC files."""
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16)
    except zlib.error:
        return b""


def hidden(name: str) -> bool:
    """What archivers and systems put beside the files themselves."""
    return any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in name.split("/"))
