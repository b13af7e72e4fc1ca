"""Made-up documents for the database's tests: captures, bulletins and extractions written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.archive import Archive
from db.store import load_bulletin, open_database, record_capture, record_source, start_run
from schemas.captures import Capture
from schemas.documents import Block, Bulletin, Extraction
from schemas.figures import Figure, Period
from schemas.findings import Finding
from schemas.ledger import Numeral
from schemas.sources import Source

NOON = datetime(2023, 9, 16, 5, 0, tzinfo=UTC)
SOURCE = Source(
    code="hoabac", name="Cổng Hòa Bắc", url="https://hoabac.example/", area="00.hoa-bac", family="nukeviet4"
)
URL = "https://hoabac.example/tin/1.html"
TEXT = (
    "Chín tháng, quận có 300 mô hình Dân vận khéo, trong đó 297 mô hình ở phường và 04 mô hình ở quận.\n\n"
    "Đến nay 11/12 phường tổ chức đối thoại, đạt 92,3% kế hoạch. Đường dây nóng 1022 nhận thêm tin."
)


def capture(url: str = URL, body: bytes = b"<p>xin ch\xc3\xa0o</p>", *, days: float = 0, **more: Any) -> Capture:
    headers = more.pop("headers", (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"a1"')))
    return Capture(url, NOON + timedelta(days=days), more.pop("status", 200), headers, body, **more)


def figure(text: str, quote: str, value: str, **fields: Any) -> Figure:
    start = text.index(quote)
    made: dict[str, Any] = {"kind": "count", "unit": None, "rule": "hand"} | fields
    return Figure(start=start, end=start + len(quote), quote=quote, value=Decimal(value), **made)


def bulletin(text: str = TEXT, *, title: str = "Quận Hòa Bắc sơ kết công tác dân vận", **fields: Any) -> Bulletin:
    blocks = (*(Block("body", part) for part in text.split("\n\n")), Block("caption", "Toàn cảnh hội nghị"))
    known: dict[str, Any] = {
        "published": "2023-09-16T07:12",
        "byline": None,
        "category": "Tin tức",
        "reader": "hand/v1",
    }
    return Bulletin(title=title, blocks=blocks, **(known | fields))


def extraction(text: str = TEXT, *, planned: str = "92.3") -> Extraction:
    """Figures, a failing sum, a ledger with one numeral unexplained."""
    nine = Period(date(2023, 1, 1), date(2023, 9, 30))
    models: dict[str, Any] = {"unit": "mô hình", "subject": "Dân vận khéo", "period": nine}
    figures = (
        figure(text, "300", "300", **models, evidence={"period": "Chín tháng"}),
        figure(text, "297", "297", **models, scope="ở phường", part_of=0),
        figure(text, "04", "4", **models, scope="ở quận", part_of=0),
        figure(
            text,
            "11/12",
            "11",
            kind="ratio",
            denominator=Decimal(12),
            unit="phường",
            relation="share",
            subject="đối thoại",
        ),
        figure(
            text,
            "92,3",
            planned,
            kind="percent",
            unit="%",
            relation="relative",
            basis="plan",
            about=3,
            subject="đối thoại",
        ),
    )
    numerals = [Numeral(f.start, f.end, f.quote, "claimed", figure=i) for i, f in enumerate(figures)]
    at = text.index("1022")
    numerals.append(Numeral(at, at + 4, "1022", "unexplained"))
    numerals.append(Numeral(0, 4, "Chín", "set_aside", "period"))
    numerals.sort(key=lambda n: n.start)
    split = text.index("kế hoạch.") + len("kế hoạch.")
    findings = (
        Finding("sum", "fails", (0, 1, 2), "301", "Tổng nêu 300 nhưng các thành phần cộng lại là 301."),
        Finding("ratio_bound", "holds", (3,), "", "11 không vượt 12."),
    )
    line = text.index("Đến nay")
    sentences = ((0, line - 2), (line, split), (split + 1, len(text)))
    return Extraction("d1", None, None, text, figures, findings, tuple(numerals), sentences)


class World:
    """A database and an archive in a folder, with one source and one run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / "bantin.db"
        self.db: Database = open_database(self.path)
        self.archive = Archive(root / "archive")
        record_source(self.db, SOURCE)
        self.run = start_run(self.db, "nightly", fingerprint="f1", started=NOON)

    def take(self, made: Capture, *, run: str | None = None, kind: str = "page") -> str:
        """Archive and index a capture."""
        with self.archive.segment(run or self.run) as segment:
            ref = segment.write(made)
        return record_capture(self.db, run or self.run, source=SOURCE.code, capture=made, ref=ref, kind=kind)

    def load(self, capture_id: str, text: str = TEXT, *, run: str | None = None, **fields: Any) -> str:
        """Load the made-up document of a text from a capture."""
        promote, facts = fields.pop("promote", True), fields.pop("facts", None)
        made = fields.pop("extraction", None) or extraction(text)
        return load_bulletin(
            self.db,
            run or self.run,
            source=SOURCE.code,
            capture_id=capture_id,
            bulletin=bulletin(text, **fields),
            extraction=made,
            facts=facts,
            promote=promote,
        )


def dump(db: Database, *, without: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """Every row of every table (shadow tables of the search indices included) but those named."""
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    skip = {"bulletins_fts", "figures_fts"} | set(without)  # contentless: their shadow tables hold the data
    return {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name not in skip}
