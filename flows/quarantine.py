"""What is in quarantine: pages that could not be fetched or read, why, and another try at them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from db.archive import Archive, ArchiveError
from db.home import Home
from db.store import get_capture
from extractors.page.encoding import decode_body
from flows.sources import FILES
from flows.watch.read import fault_of

_LINES, _WIDTH = 12, 160

#: stage -> what to do next; {source} and {url} are replaced
_ADVICE = {
    "page": "the layout may have changed: open {url}, mend [selectors] in sites/{source}.toml, then: "
    "bantin quarantine retry --source {source}",
    "fetch": "the next run asks again; now: bantin ingest {source}",
    "archive": "the archive is damaged: bantin archive verify; restore a backup: bantin restore --help",
    "import": "the file is damaged, cut off or empty: get a whole copy of it, then: bantin import FILE",
    "extract": "a fault of bantin: report it with the page; a mended version tries again by itself",
    "list": "open {url} and mend [lists] or list_item in sites/{source}.toml, then: bantin ingest --dry-run {source}",
}
#: the same of saved files, which no portal's file describes
_OF_FILES = {"page": "look into the file; once it is mended: bantin ingest FILE (or bantin import FILE)"}
_ADVICE |= {"feed": _ADVICE["list"], "sitemap": _ADVICE["list"]}


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in quarantine. ``capture_id`` is None for what could not be fetched."""

    id: str
    source: str
    url: str
    stage: str
    reason: str
    since: str
    capture_id: str | None

    @property
    def fault(self) -> str:
        """The selector that failed, else the stage."""
        return fault_of(self.reason, self.stage)

    @property
    def advice(self) -> str:
        """What to type next."""
        advice = _OF_FILES.get(self.stage) if self.source == FILES.code else None
        advice = advice or _ADVICE.get(self.stage, "see: bantin doctor")
        return advice.format_map({"source": self.source, "url": self.url})


def entries(db: Database, source: str | None = None) -> list[Entry]:
    """What is in quarantine now, by source, the oldest first."""
    rows = db.conn.execute(
        "SELECT id, coalesce(source, ''), coalesce(url, ''), stage, reason, since, capture_id FROM quarantine"
        " WHERE :source IS NULL OR source = :source ORDER BY source, since, id",
        {"source": source},
    )
    return [Entry(*row) for row in rows]


def chosen(found: Sequence[Entry], wanted: Collection[str]) -> tuple[list[Entry], list[str]]:
    """The entries of some ids (or their beginnings, or addresses), and those names that fit none or several."""
    picked, unknown = [], []
    for name in wanted:
        fitting = [entry for entry in found if entry.url == name or entry.id.startswith(name)]
        if len({entry.id for entry in fitting}) == 1:
            picked.append(fitting[0])
        else:
            unknown.append(name)
    return picked, unknown


def page_lines(home: Home, db: Database, entry: Entry) -> tuple[str, list[str]]:
    """Where the page lies in the archive, and its first lines with anything on them, made safe for a terminal."""
    row = get_capture(db, entry.capture_id) if entry.capture_id else None
    if row is None:
        return "not archived: it never came", []
    place = f"{row.ref.segment} at {row.ref.offset}, {row.ref.length} bytes"
    try:
        capture = Archive(home.archive).read(row.ref)
    except (ArchiveError, OSError) as error:
        return f"{place}: {error}", []
    text = decode_body(capture.body, capture.header("Content-Type"))
    lines = (
        " ".join("".join(char if char.isprintable() else " " for char in line).split()) for line in text.splitlines()
    )
    return place, [line[:_WIDTH] for line in lines if line][:_LINES]
