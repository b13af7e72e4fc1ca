"""A home of made-up bulletins for the tests of removing: versions, the same page and the same text elsewhere."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from db.archive import Archive
from db.archive.members import members
from db.store import captures_to_extract, open_database, record_source, start_run
from db.store.todo import items
from flows.forget import REMOVED
from flows.gather import Got, Place, Shelf
from flows.observe import refresh
from flows.read import DOCUMENT
from flows.reading.keep import keep
from flows.reading.work import read_item
from schemas.captures import Capture
from tests.db.support import NOON, SOURCE

A = "https://hoabac.example/tin/1.html"
A_WWW = "http://www.hoabac.example/tin/1.html"
SAME_PAGE = "https://hoabac.example/in/1.html"
SAME_TEXT = "https://hoabac.example/dang-lai/1.html"
OTHER = "https://hoabac.example/tin/2.html"
#: words that stand nowhere else, marks and all
SECRET = "Zyxđặngquỳ"
#: as they stand anywhere: in a text, and in the search index, which writes of a word what differs from the one before
WORDS = (SECRET, SECRET[3:], "đangquy", "dangquy", "317 triệu")
TEXT = (
    f"Chín tháng đầu năm 2023, bà {SECRET} nhận 317 triệu đồng, quận có 300 mô hình Dân vận khéo, "
    "trong đó 297 mô hình ở phường và 04 mô hình ở quận."
)
TEXT_OTHER = "Trong 6 tháng đầu năm 2023, quận có 215 mô hình Dân vận khéo và 12 câu lạc bộ."
ASKED = (("User-Agent", "bantin-test"),)


def page(url: str, text: str, days: float = 0, *, id: str = "d") -> Capture:
    """A capture of a document that came as text: read by the whole way, without a portal's layout."""
    body = json.dumps({"id": id, "text": text, "title": text[:40]}, ensure_ascii=False).encode()
    return Capture(url, NOON + timedelta(days=days), 200, (("Content-Type", DOCUMENT), ("ETag", '"a"')), body, ASKED)


@dataclass
class House:
    root: Path
    db: Database
    archive: Archive = field(init=False)
    run: str = field(init=False)

    def __post_init__(self) -> None:
        self.archive = Archive(self.root / "archive")
        record_source(self.db, SOURCE)
        self.run = start_run(self.db, "nightly", fingerprint="f1", started=NOON)

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        with self.archive.segment(self.run) as segment:
            yield Shelf(self.db, Place(self.run, segment, threading.Lock()), SOURCE.code)

    def take(self, *captures: Capture, asked: str | None = None, kind: str = "page") -> list[Got]:
        """Archive, read and load."""
        with self.shelf() as shelf:
            got = [shelf.keep(asked or one.url, one, kind) for one in captures]
        self.read()
        return got

    def read(self) -> list[str | None]:
        said: list[str | None] = []
        for row in captures_to_extract(self.db, "f1", new_only=True):
            (item,) = items(self.db, [row.capture_id])
            outcome = read_item(self.archive, item, SOURCE)
            said += [
                REMOVED if kept.what == REMOVED else kept.reason
                for kept in keep(self.db, self.archive, self.run, [outcome])
            ]
        refresh(self.db)
        return said

    def count(self, sql: str, *values: object) -> int:
        return int(self.db.conn.execute(f"SELECT count(*) FROM {sql}", values).fetchone()[0])


def fill(root: Path) -> House:
    """A in two versions and fetched unchanged, its page under a second address, its text under a third, another one."""
    house = House(root, open_database(root / "bantin.db"))
    house.take(page(A, TEXT))
    house.take(page(SAME_PAGE, TEXT, 0.1), page(SAME_TEXT, TEXT, 0.2, id="reprint"), page(OTHER, TEXT_OTHER, 0.3))
    house.take(page(A, TEXT, 1), page(SAME_PAGE, TEXT, 1.1))  # unchanged: revisit records of the fetch log
    house.take(page(A, f"{TEXT} Đã sửa.", 2), asked="https://hoabac.example/?id=1")
    house.take(page(A_WWW, f"{TEXT} Bản in.", 3))
    return house


def raw(root: Path) -> bytes:
    """Everything that the disk holds: database with its log, archive as it is and decompressed."""
    pieces = [path.read_bytes() for path in sorted(root.glob("bantin.db*"))]
    for path in sorted((root / "archive").glob("*.warc.gz")):
        pieces.append(path.read_bytes())
        pieces += [member.data for member in members(path)]
    return b"\n".join(pieces)


def traces(root: Path) -> list[str]:
    """Which of the words are still somewhere."""
    held = raw(root)
    return [word for word in WORDS if word.encode() in held]
