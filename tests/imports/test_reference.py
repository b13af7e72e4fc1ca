"""Files that stay where they are: what the archive reads from them, and what it says when they are gone or changed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.archive import Archive, ArchiveError
from db.home import Home
from db.store import find_body, open_database
from flows.cli import cli
from schemas.captures import ArchiveRef
from tests.flows.ingesting import one, rows
from tests.imports.support import (
    WHEN,
    Warc,
    address,
    bring,
    captures,
    content,
    dump,
    models,
    page,
    sha1,
    sound,
    three_pages,
    write_portal,
)
from tests.imports.test_saved import zipped
from tests.imports.test_warc import HTML, chunked

AGAIN = "2023-10-01T00:00:00Z"


def verify() -> Result:
    return CliRunner().invoke(cli, ["archive", "verify"])


def foreign(path: Path) -> None:
    """Compressed and chunked bodies, requests before responses."""
    with Warc(path) as warc:
        warc.request(address(1))
        warc.page(address(1), page(41))
        warc.page(address(2), gzip.compress(page(42)), headers=[HTML, ("Content-Encoding", "gzip")])
        warc.request(address(3))
        warc.page(
            address(3),
            chunked(gzip.compress(page(43))),
            headers=[HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")],
        )


def places(home: Home) -> list[ArchiveRef]:
    return [ArchiveRef(*row) for row in captures(home, "segment, offset, length")]


@pytest.mark.parametrize("name", ["kho lạ.warc.gz", "kho.warc"])
def test_pages_are_read_where_they_are(home: Home, tmp_path: Path, name: str) -> None:
    foreign(tmp_path / name)
    assert bring("--by-reference", tmp_path / name).exit_code == 0
    assert models(home) == {address(n): f"4{n}" for n in (1, 2, 3)}
    assert [entry.name for entry in home.archive.iterdir()] == ["external"]
    assert one(home, "SELECT mode FROM imports") == "reference"
    archive = Archive(home.archive)
    for number, ref in enumerate(places(home), 1):
        capture = archive.read(ref)
        assert (capture.url, capture.body) == (address(number), page(40 + number))
    said = verify()
    assert said.exit_code == 0 and said.stdout.startswith("1 segments, 3 records, 3 bodies")
    before = dump(home)
    assert bring("--by-reference", tmp_path / name).exit_code == 0
    assert dump(home) == before


def test_by_reference_and_by_copy_say_the_same(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign(tmp_path / "a.warc.gz")
    bring("--by-reference", tmp_path / "a.warc.gz")
    other = Home(tmp_path / "other").create()
    write_portal(other, "causay")
    monkeypatch.setenv("BANTIN_HOME", str(other.root))
    bring(tmp_path / "a.warc.gz")
    assert content(other) == content(home)
    before = dump(other)
    assert bring("--by-reference", tmp_path / "a.warc.gz").exit_code == 0  # known already: copies stay copies
    assert dump(other) == before


def test_what_no_record_says_itself_is_copied(home: Home, tmp_path: Path) -> None:
    """Revisits, and copies in the Wayback Machine, whose record has another address and time than the page."""
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(address(1), page(41))
        warc.revisit(address(1), AGAIN, sha1(page(41)), (address(1), WHEN))
        warc.page(f"https://web.archive.org/web/20190102030405/{address(2)}", page(42))
    assert bring("--by-reference", tmp_path / "a.warc.gz").exit_code == 0
    found = captures(home, "url, time, substr(segment, 1, 9), revisit_of IS NULL")
    assert found == [
        (address(1), WHEN, "external/", 1),
        (address(1), AGAIN, found[1][2], 1),  # whole: the archive does not need the foreign file for it
        (address(2), "2019-01-02T03:04:05Z", found[2][2], 1),
    ]
    assert "external/" not in (found[1][2], found[2][2])
    (tmp_path / "a.warc.gz").unlink()
    archive = Archive(home.archive)
    assert archive.read(places(home)[1]).body == page(41)
    assert archive.read(places(home)[2]).body == page(42)


def test_our_records_never_refer_to_a_foreign_file(home: Home, tmp_path: Path) -> None:
    foreign(tmp_path / "a.warc.gz")
    bring("--by-reference", tmp_path / "a.warc.gz")
    db = open_database(home.database, readonly=True)
    ((sha256,),) = db.conn.execute("SELECT sha256 FROM captures WHERE url = ?", (address(1),)).fetchall()
    assert find_body(db, sha256) is None
    db.close()


def test_a_file_that_was_moved_is_told_and_found_again(home: Home, tmp_path: Path) -> None:
    foreign(tmp_path / "a.warc.gz")
    bring("--by-reference", tmp_path / "a.warc.gz")
    moved = (tmp_path / "a.warc.gz").rename(tmp_path / "b.warc.gz")
    said = verify()
    assert said.exit_code == 1
    assert said.stdout.count("bantin import --by-reference FILE") == 3 and str(tmp_path / "a.warc.gz") in said.stdout
    with pytest.raises(ArchiveError, match="is not there"):
        Archive(home.archive).read(places(home)[0])
    before = dump(home)
    assert bring("--by-reference", moved).exit_code == 0
    assert verify().exit_code == 0 and dump(home) == before
    sound(home)


@pytest.mark.parametrize("how", ["body", "gone"])
def test_a_file_that_was_changed_is_told(home: Home, tmp_path: Path, how: str) -> None:
    path = tmp_path / "a.warc"
    three_pages(path)
    bring("--by-reference", path)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"42 m", b"99 m") if how == "body" else data[: places(home)[2].offset + 10])
    said = verify()
    assert said.exit_code == 1
    lines = said.stdout.splitlines()[:-1]
    assert len(lines) == 1 and ("the file was changed" in lines[0] or "torn" in lines[0])


def test_a_page_of_a_file_that_is_gone_goes_to_quarantine(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "a.warc.gz")
    bring("--by-reference", "--no-read", tmp_path / "a.warc.gz")
    (tmp_path / "a.warc.gz").unlink()
    with Warc(tmp_path / "b.warc.gz") as warc:
        warc.page(address(9), page(9))
    said = bring(tmp_path / "b.warc.gz")
    assert said.exit_code == 1 and models(home) == {address(9): "9"}
    assert rows(home, "SELECT DISTINCT stage FROM run_errors") == [("archive",)]


def test_what_cannot_be_pointed_at_is_refused_and_the_rest_comes_in(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "k.warc")
    (tmp_path / "all.warc.gz").write_bytes(gzip.compress((tmp_path / "k.warc").read_bytes()))
    zipped(tmp_path / "a.wacz", {"datapackage.json": b"{}", "archive/k.warc": (tmp_path / "k.warc").read_bytes()})
    (tmp_path / "a.html").write_bytes(page())
    said = bring("--by-reference", *(tmp_path / name for name in ("all.warc.gz", "a.wacz", "a.html", "k.warc")))
    assert said.exit_code == 1 and len(captures(home)) == 3
    told = [line for line in said.stderr.splitlines() if "leave --by-reference out" in line]
    assert [line.split(": ")[1].rsplit("/", 1)[1] for line in told] == ["all.warc.gz", "a.wacz", "a.html"]
    assert "zipped as a whole" in told[0] and "this is wacz" in told[1]
