"""What ``bantin extract`` is given: files and standard input as documents, one at a time, faults among them.

Nothing here raises for bad input: a line, a page or a file that cannot be read comes out as a ``Fault``, and what is
behind it follows. Light to import: the HTML and WARC readers come in with the first page or archive.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from extractors.page import decode_body
from flows.items import LARGEST_PAGE, Document, Fault, Item, Note, page_document

_LINES = (".jsonl", ".ndjson", ".json")
_PAGES = (".html", ".htm", ".xhtml")
_ARCHIVES = (".warc", ".warc.gz")
_EXPECTED = 'expected {"id": ..., "text": ..., "title"?: ..., "published"?: ...}'


def read_inputs(paths: Iterable[str], stdin: IO[bytes]) -> Iterator[Item]:
    """Every document of every path in order; ``-`` is standard input."""
    for path in paths:
        try:
            yield from _standard_input(stdin) if path == "-" else _file(Path(path))
        except IsADirectoryError:
            yield Fault(f"{path}: a folder; give the files in it, as {path.rstrip('/')}/*")
        except OSError as error:
            yield Fault(f"{'standard input' if path == '-' else path}: {error.strerror or error}")


def input_size(paths: Iterable[str]) -> int | None:
    """Bytes in all, None where that cannot be known beforehand (standard input, a missing file)."""
    try:
        return sum(Path(path).stat().st_size for path in paths) if "-" not in paths else None
    except OSError:
        return None


def _file(path: Path) -> Iterator[Item]:
    name = path.name.lower()
    if name.endswith(_ARCHIVES):
        from flows.warcs import read_warc

        yield from read_warc(path)
        return
    with path.open("rb") as file:
        if name.endswith(_LINES):
            yield from _json_lines(file, str(path))
        elif name.endswith(_PAGES):
            yield _page(file.read(LARGEST_PAGE + 1), str(path))
        elif name.endswith(".txt"):
            yield _plain(file.read(), str(path))
        else:
            yield from _by_content(file, str(path))


def _standard_input(stdin: IO[bytes]) -> Iterator[Document | Fault | Note]:
    yield from _by_content(stdin, "-")


def _by_content(file: IO[bytes], name: str) -> Iterator[Document | Fault | Note]:
    """JSONL when the first line that is not blank is an object with a text, a page when it begins with ``<``."""
    head: list[bytes] = []
    for line in file:
        head.append(line)
        if line.strip():
            break
    first = head[-1].removeprefix(b"\xef\xbb\xbf").strip() if head else b""
    if _is_document(first):
        yield from _json_lines(chain(head, file), name)
    elif first.startswith((b"\x1f\x8b", b"WARC/")):
        yield Fault(f"{name}: looks like an archive; give it as a file whose name ends in .warc or .warc.gz")
    elif first.startswith(b"<"):
        yield _page(b"".join(head) + file.read(), name)
    else:
        yield _plain(b"".join(head) + file.read(), name)


def _is_document(line: bytes) -> bool:
    if not line.startswith(b"{"):
        return False
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(given, dict) and "text" in given


def _json_lines(lines: Iterable[bytes], name: str) -> Iterator[Document | Fault | Note]:
    nothing = True
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            nothing = False
            yield _json_line(line, name, number)
    if nothing:
        yield Note(f"{name}: no document in it, no line but blank ones")


def _json_line(line: bytes, name: str, number: int) -> Document | Fault:
    """A document of the extraction contract's input; whatever else the line holds (labels) is left."""
    place = f"{'standard input' if name == '-' else name}, line {number}"
    try:
        given = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return Fault(f"{place}: {_EXPECTED}; {error}", len(line))
    if not isinstance(given, dict):
        return Fault(f"{place}: {_EXPECTED}; found {type(given).__name__}", len(line))
    if not isinstance(given.get("text"), str):
        found = type(given["text"]).__name__ if "text" in given else "none"
        return Fault(f'{place}: {_EXPECTED}; "text" is to be a string, found {found}', len(line))
    for key in ("title", "published"):
        if not isinstance(given.get(key), str | None):
            return Fault(f'{place}: "{key}" is to be a string or null, found {type(given[key]).__name__}', len(line))
    id = given["id"] if given.get("id") is not None else f"{name}:{number}"
    return Document(id, given["text"], given.get("title"), given.get("published"), len(line))


def _plain(body: bytes, name: str) -> Document:
    """A text as it stands, composed, with plain line ends."""
    text = decode_body(body, "text/plain").replace("\r\n", "\n")
    return Document(name, unicodedata.normalize("NFC", text), None, None, len(body))


def _page(body: bytes, name: str) -> Document | Fault:
    if len(body) > LARGEST_PAGE:
        return Fault(f"{name}: larger than {LARGEST_PAGE >> 20} MiB, no bulletin is", len(body))
    return page_document(body, id=name, url=name, size=len(body), content_type="text/html")
