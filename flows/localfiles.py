"""Saved pages and texts from a folder: archived and read like what the network brings, under a file:// address."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from flows.ingest import Run
from flows.read import DOCUMENT
from flows.sources import FILES
from schemas.captures import Capture

_TYPES = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".txt": "text/plain", ".jsonl": DOCUMENT}


class FileError(Exception):
    """A path that holds nothing to read; the message says what may stand there."""


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files below ``paths`` whose ending says that they can be read, in order, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(entry for entry in path.rglob("*") if entry.suffix.lower() in _TYPES and entry.is_file())
            if not inside:
                raise FileError(f"{path}: no file to read there; expected {', '.join(_TYPES)}")
            found.update(dict.fromkeys(entry.resolve() for entry in inside))
        elif path.suffix.lower() in _TYPES:
            found[path.resolve()] = None
        else:
            raise FileError(f"{path}: expected a folder or a file ending in {', '.join(_TYPES)}")
    return list(found)


def captures_of(path: Path) -> Iterator[Capture]:
    """The file as a capture taken when it was last changed; a JSONL file as one for each of its documents.

    Raises FileError, also in the middle of a JSONL file, naming the line.
    """
    kind = _TYPES[path.suffix.lower()]
    time = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    headers = (("Content-Type", kind),)
    if kind != DOCUMENT:
        yield Capture(url=path.as_uri(), time=time, status=200, headers=headers, body=path.read_bytes())
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                given = document_line(str(path), number, line)
                body = json.dumps(given, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
                url = f"{path.as_uri()}#{quote(given['id'], safe='')}"
                yield Capture(url=url, time=time, status=200, headers=headers, body=body)


def document_line(place: str, number: int, line: bytes) -> dict[str, str]:
    """The fields of the extraction contract's input; whatever else the line holds (labels) is left.

    Raises FileError, naming the line.
    """
    try:
        given = json.loads(line.decode("utf-8"))
        wanted = {key: given[key] for key in ("id", "text", "title", "published") if given.get(key) is not None}
        if not all(isinstance(wanted.get(key), str) for key in ("id", "text")):
            raise ValueError("id and text are strings")
    except (ValueError, AttributeError, RecursionError) as error:
        raise FileError(
            f'{place}, line {number}: expected {{"id": ..., "text": ..., "title"?, "published"?}}; {error}'
        ) from None
    return wanted


def take_files(run: Run, paths: Iterable[Path]) -> None:
    """Archive and load files within an open run of the source FILES; a file that cannot be read goes to quarantine."""
    with run.database() as db:
        shelf = run.shelf(db, FILES.code)
        for path in paths:
            try:
                for capture in captures_of(path):
                    got = shelf.keep(capture.url, capture, "page", revisits=False)
                    run.count(FILES.code, got.outcome)
            except (FileError, OSError) as error:
                run.report(db, FILES.code, path.as_uri(), "file", str(error))
    run.load(run.waiting())
    run.observe()
