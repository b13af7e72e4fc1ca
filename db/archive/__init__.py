"""The archive of raw pages: WARC/1.1 segments, one gzip member a record, append-only."""

from db.archive.records import ArchiveError, RecordHead
from db.archive.store import Archive, Segment
from db.archive.verify import Problem, VerifyReport

__all__ = ["Archive", "ArchiveError", "Problem", "RecordHead", "Segment", "VerifyReport"]
