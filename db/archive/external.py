"""WARC files outside the archive that it points at: ``archive/external``, a folder of symbolic links.

A link is named after the file's SHA-256, so a file that was moved or renamed and is imported again gets its link set
anew, and no record comes twice. ``cp -L`` of an archive brings the files themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from db.archive.records import ArchiveError
from db.archive.verify import Problem, VerifyReport
from db.durable import sync
from schemas.captures import ArchiveRef

if TYPE_CHECKING:
    from db.archive.store import Archive

FOLDER = "external"
_GZIP = b"\x1f\x8b"


def is_external(segment: str) -> bool:
    """Whether a segment's name leads out of the archive."""
    return segment.startswith(f"{FOLDER}/")


def link(root: Path, file: Path, sha256: str, *, known_only: bool = False) -> str:
    """Make the archive at ``root`` know a file; gives its segment name. On the disk when this returns.

    With ``known_only`` just the place of one that it knows is brought up to date.
    """
    with file.open("rb") as opened:
        name = f"{sha256[:32]}{'.warc.gz' if opened.read(2) == _GZIP else '.warc'}"
    folder = root / FOLDER
    place, made = folder / name, folder / f".{name}.new"
    if known_only and not place.is_symlink():
        return f"{FOLDER}/{name}"
    folder.mkdir(parents=True, exist_ok=True)
    if not place.is_symlink() or place.readlink() != file:
        made.unlink(missing_ok=True)
        made.symlink_to(file)
        made.replace(place)
        for parent in (folder, root):
            sync(parent)
    return f"{FOLDER}/{name}"


def verify_external(archive: Archive, expected: Iterable[tuple[ArchiveRef, str]], report: VerifyReport) -> None:
    """Read every record of foreign files that the index points at, and compare its body; the rest is not ours."""
    seen: set[str] = set()
    for ref, sha256 in expected:
        if ref.segment not in seen:
            seen.add(ref.segment)
            report.segments += 1
        report.records += 1
        report.bytes += ref.length
        try:
            body = archive.read(ref).body
        except (ArchiveError, OSError) as error:
            report.problems.append(Problem("error", "index", ref.segment, ref.offset, str(error)))
            continue
        report.bodies += 1
        found = hashlib.sha256(body).hexdigest()
        if found != sha256:
            message = f"the index expects the body sha256:{sha256}, found sha256:{found}; the file was changed"
            report.problems.append(Problem("error", "index", ref.segment, ref.offset, message))
