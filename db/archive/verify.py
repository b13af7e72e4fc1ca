"""Re-reading an archive: every record, its digests, its revisit targets, and what the index says is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from warcio.exceptions import ArchiveLoadFailed

from db.archive import records
from db.archive.erase import is_tombstone
from db.archive.members import Member, members
from schemas.captures import ArchiveRef

Level = Literal["warning", "error"]
Kind = Literal["torn_tail", "damaged", "digest", "unresolved_revisit", "index"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    level: Level
    kind: Kind
    segment: str
    offset: int
    message: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.level}: segment {self.segment} at {self.offset}: {self.message}"


@dataclass(slots=True)
class VerifyReport:
    """What was read and what was found wrong. ``ok`` is False only for errors: a torn tail alone is a warning."""

    segments: int = 0
    records: int = 0
    bodies: int = 0
    removed: int = 0
    bytes: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything that was ever indexed is still there and whole."""
        return all(problem.level == "warning" for problem in self.problems)


def verify(
    segments: list[Path],
    expected: Iterable[tuple[ArchiveRef, str]],
    progress: Callable[[str, int, int], None] | None,
) -> VerifyReport:
    """See ``Archive.verify``."""
    report = VerifyReport()
    digests: dict[tuple[str, datetime], str] = {}
    revisits: list[tuple[ArchiveRef, records.RecordHead]] = []
    bodies: dict[ArchiveRef, str] = {}
    for path in segments:
        report.segments += 1
        size = path.stat().st_size
        for member in members(path):
            head = _check(path.name, member, report)
            report.bytes += member.length
            if head is not None:
                ref = ArchiveRef(path.name, member.offset, member.length)
                report.bodies += 1
                bodies[ref] = head.payload_digest
                if head.type == "revisit":
                    revisits.append((ref, head))
                else:
                    digests[head.url, head.time] = head.payload_digest
            if progress is not None:
                progress(path.name, member.offset + member.length, size)
    for ref, head in revisits:
        found = digests.get(head.refers_to) if head.refers_to else None
        if found != head.payload_digest:
            message = (
                f"revisit of {head.refers_to}: expected a body {head.payload_digest}, found {found or 'no such record'}"
            )
            report.problems.append(Problem("error", "unresolved_revisit", ref.segment, ref.offset, message))
    for ref, sha256 in expected:
        found = bodies.get(ref)
        if found != f"sha256:{sha256}":
            message = f"the index expects the body sha256:{sha256}, found {found or 'no whole record of that length'}"
            report.problems.append(Problem("error", "index", ref.segment, ref.offset, message))
    return report


def _check(segment: str, member: Member, report: VerifyReport) -> records.RecordHead | None:
    """Check one member; the head of a sound body record."""

    def problem(level: Level, kind: Kind, message: str) -> None:
        report.problems.append(Problem(level, kind, segment, member.offset, message))

    if member.state == "torn":
        problem("warning", "torn_tail", f"a crash cut off the last {member.length} bytes; what stands before is whole")
        return None
    if member.state == "damaged":
        problem("error", "damaged", f"{member.length} bytes cannot be decompressed ({member.reason})")
        return None
    report.records += 1
    try:
        record = records.parse(member.data, check_digests=True)
        while record.raw_stream.read(1 << 16):
            pass
        head = records.head(record)
    except (ArchiveLoadFailed, EOFError, ValueError, TypeError) as error:
        problem("error", "damaged", f"not a WARC record: {error}")
        return None
    if record.digest_checker.passed is False:
        problem("error", "digest", "; ".join(record.digest_checker.problems))
        return None
    report.removed += is_tombstone(record)
    return head
