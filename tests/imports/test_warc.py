"""WARC files as wget, the Wayback Machine, Common Crawl and this program write them."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from db.home import Home
from db.store import open_database
from tests.flows.ingesting import one, rows
from tests.imports.support import (
    CAUSAY,
    WHEN,
    Warc,
    address,
    bring,
    captures,
    content,
    dump,
    models,
    old_page,
    page,
    sha1,
    sound,
    three_pages,
    write_portal,
)

HTML = ("Content-Type", "text/html; charset=utf-8")


def chunked(body: bytes, size: int = 100) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(body) + engine.flush()


@pytest.mark.parametrize("name", ["kho.warc.gz", "kho.warc", "kho.bin"])
def test_pages_come_in_with_their_own_time_and_portal(home: Home, tmp_path: Path, name: str) -> None:
    three_pages(tmp_path / name)
    said = bring(tmp_path / name)
    assert said.exit_code == 0, said.stderr
    assert captures(home) == [(address(n), WHEN, "causay") for n in (1, 2, 3)]
    assert models(home) == {address(n): f"4{n}" for n in (1, 2, 3)}
    assert said.stdout.splitlines()[-1].split() == ["causay", "3", "0", "0", "3", "0"]
    sound(home)


def test_a_file_zipped_as_a_whole(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "kho.warc")
    (tmp_path / "all.warc.gz").write_bytes(gzip.compress((tmp_path / "kho.warc").read_bytes()))
    (tmp_path / "kho.warc").unlink()
    assert bring(tmp_path).exit_code == 0
    assert len(models(home)) == 3


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page()), [("Content-Encoding", "gzip")]),
        (gzip.compress(page()), [("Content-Encoding", "X-GZip")]),
        (zlib.compress(page()), [("Content-Encoding", "deflate")]),
        (raw_deflate(page()), [("Content-Encoding", "deflate")]),
        (chunked(page()), [("Transfer-Encoding", "chunked")]),
        (chunked(gzip.compress(page())), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
        (gzip.compress(zlib.compress(page())), [("Content-Encoding", "deflate, gzip")]),
        (page(), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),  # stored as it was shown
        (page(), [("Content-Encoding", "UTF-8")]),
        (page(), [("X-Crawl-Content-Encoding", "br"), ("X-Crawl-Content-Length", "9")]),
    ],
)
def test_bodies_are_decoded(home: Home, tmp_path: Path, body: bytes, headers: list[tuple[str, str]]) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(address(1), body, headers=[HTML, *headers])
    assert bring(tmp_path / "a.warc.gz").exit_code == 0
    assert models(home) == {address(1): "36"}
    sound(home)


@pytest.mark.parametrize(
    ("body", "headers", "told"),
    [
        (gzip.compress(page())[:-30], [("Content-Encoding", "gzip")], "ends before its end"),
        (gzip.compress(page())[:-8] + b"12345678", [("Content-Encoding", "gzip")], "compressed body is damaged"),
        (chunked(page())[:-60], [("Transfer-Encoding", "chunked")], "its chunks end"),
        (b"\x0b\x02\x80abc", [("Content-Encoding", "snappy")], "snappy cannot be undone"),
    ],
)
def test_a_body_that_is_not_whole_is_told(
    home: Home, tmp_path: Path, body: bytes, headers: list[tuple[str, str]], told: str
) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(address(1), body, headers=[HTML, *headers])
        warc.page(address(2), page())
    said = bring(tmp_path / "a.warc.gz")
    assert said.exit_code == 1
    assert told in said.stderr and f"a.warc.gz at {warc.starts[1]}" in said.stderr
    assert models(home) == {address(2): "36"}


def test_a_page_that_its_crawler_cut_off_is_taken_as_it_is(home: Home, tmp_path: Path) -> None:
    with Warc(tmp_path / "cc.warc.gz") as warc:
        warc.page(address(1), chunked(page())[:-4], headers=[HTML, ("Transfer-Encoding", "chunked")],
                  WARC_Truncated="length")  # fmt: skip
    assert bring(tmp_path / "cc.warc.gz").exit_code == 0
    assert models(home) == {address(1): "36"}


def test_a_crawl_of_wget(home: Home, tmp_path: Path) -> None:
    """WARC/1.0, addresses in angle brackets, the request before the response, a manifest and log at the end."""
    with Warc(tmp_path / "wget.warc.gz") as warc:
        warc.request(f"<{address(1)}>")
        warc.page(f"<{address(1)}>", page(41))
        warc.page(f"<{CAUSAY}/robots.txt>", b"User-agent: *", headers=[("Content-Type", "text/plain")])
        warc.page("metadata://gnu.org/software/wget/warc/MANIFEST.txt", b"x", kind="resource",
                  headers=[("Content-Type", "text/plain")])  # fmt: skip
    said = bring(tmp_path / "wget.warc.gz")
    assert said.exit_code == 0, said.stderr
    assert captures(home, "url") == [(address(1),)]
    assert "1 no pages of text" in said.stderr


def test_common_crawl(home: Home, tmp_path: Path) -> None:
    """Every host there is, metadata records, a plain text conversion."""
    with Warc(tmp_path / "CC-MAIN.warc.gz") as warc:
        warc.page("https://elsewhere.example/a-1.html", page())
        warc.page("https://elsewhere.example/a-2.html", page())
        warc.page("http://www.causay.example:80/tin-tuc/hop-1.html", page(41), WARC_Identified_Payload_Type="text/html")
        warc.page(address(1), b"36 models", kind="conversion", headers=[("Content-Type", "text/plain")])
    said = bring(tmp_path / "CC-MAIN.warc.gz")
    assert said.exit_code == 0
    assert list(models(home).values()) == ["41"]
    assert "2 pages of elsewhere.example belong to no portal" in said.stderr and "--source CODE" in said.stderr
    skipped = json.loads(one(home, "SELECT skipped FROM imports"))
    assert skipped == {"no_portal": 2}


def test_copies_of_the_wayback_machine_keep_address_and_time_of_the_page(home: Home, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(f"https://web.archive.org/web/20190102030405id_/{address(1)}", page(41), time="2025-01-01T00:00:00Z")
    assert bring(tmp_path / "a.warc.gz").exit_code == 0
    assert captures(home) == [(address(1), "2019-01-02T03:04:05Z", "causay")]
    sound(home)


def test_what_is_no_page_is_left_and_counted(home: Home, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(address(1), b"\x89PNG", headers=[("Content-Type", "image/png")])
        warc.page(address(2), b"<html>404</html>", status="404 Not Found")
        warc.page(address(3), b"", status="301 Moved")
        warc.page(address(4), b"  ")
        warc.page(f"{CAUSAY}/tin-tuc/", b"<html>list</html>")
    said = bring(tmp_path / "a.warc.gz")
    assert said.exit_code == 0
    assert captures(home, "url, kind") == [(f"{CAUSAY}/tin-tuc/", "list")]
    ((records, pages, skipped),) = rows(home, "SELECT records, pages, skipped FROM imports")
    assert (records, pages, json.loads(skipped)) == (6, 1, {"not_a_page": 1, "status": 2, "empty": 1})


# the same again


@pytest.mark.parametrize("name", ["kho.warc.gz", "kho.warc"])
def test_the_same_file_again_changes_nothing_else(home: Home, tmp_path: Path, name: str) -> None:
    """Also where a page changed back, and came in no order of time."""
    with Warc(tmp_path / name) as warc:
        for day, number in ((1, 41), (3, 41), (2, 42), (4, 41)):
            warc.page(address(1), page(number), f"2023-09-0{day}T00:00:00Z")
    bring(tmp_path / name)
    before, segments = dump(home), sorted(home.archive.iterdir())
    assert len(captures(home)) == 4
    said = bring(tmp_path / name)
    assert said.exit_code == 0
    assert dump(home) == before and sorted(home.archive.iterdir()) == segments
    assert rows(home, "SELECT pages, known FROM imports ORDER BY pages DESC") == [(4, 0), (0, 4)]
    assert models(home) == {address(1): "41"}


def test_an_equal_body_is_stored_once(home: Home, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        for number in range(4):
            warc.page(address(number), page())
    bring(tmp_path / "a.warc.gz")
    assert one(home, "SELECT count(*) FROM captures WHERE revisit_of IS NULL") == 1
    assert len(models(home)) == 4
    sound(home)


def test_our_own_segments_come_in_elsewhere(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    three_pages(tmp_path / "a.warc.gz")
    bring(tmp_path / "a.warc.gz")
    other = Home(tmp_path / "other").create()
    write_portal(other, "causay")
    monkeypatch.setenv("BANTIN_HOME", str(other.root))
    assert bring(home.archive).exit_code == 0
    assert content(other) == content(home)


# revisits

DIGEST = sha1(page(41))


@pytest.mark.parametrize("headers", [[HTML], [HTML, ("Content-Encoding", "gzip")]])
@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize(
    "refers", [(address(1), WHEN), (f"<{address(1)}>", WHEN), (None, None), (address(1), "2001-01-01T00:00:00Z")]
)
@pytest.mark.parametrize("apart", [True, False])
def test_a_revisit_comes_with_the_body_it_means(
    home: Home,
    tmp_path: Path,
    refers: tuple[str | None, str | None],
    bare: bool,
    apart: bool,
    headers: list[tuple[str, str]],
) -> None:
    """By address and time or by digest (also of the compressed body); in the same file, or in one imported before."""
    again = "2023-10-01T00:00:00Z"
    body = page(41) if len(headers) == 1 else gzip.compress(page(41))
    with Warc(tmp_path / "1.warc.gz") as first:
        first.page(address(1), body, headers=headers)
        if not apart:
            first.revisit(address(1), again, sha1(body), refers, bare)
    assert bring(tmp_path / "1.warc.gz").exit_code == 0
    if apart:
        with Warc(tmp_path / "2.warc.gz") as second:
            second.revisit(address(1), again, sha1(body), refers, bare)
        assert bring(tmp_path / "2.warc.gz").exit_code == 0
    assert captures(home, "url, time") == [(address(1), WHEN), (address(1), again)]
    assert len({sha for (sha,) in captures(home, "sha256")}) == 1
    sound(home)


def test_a_revisit_of_another_address(home: Home, tmp_path: Path) -> None:
    with Warc(tmp_path / "1.warc.gz") as warc:
        warc.page(address(1), page(41))
        warc.revisit(address(2), WHEN, DIGEST)
    said = bring("--dry-run", tmp_path / "1.warc.gz")
    assert [line.split("\t")[3] for line in said.stdout.splitlines()] == [address(1), address(2)]
    bring(tmp_path / "1.warc.gz")
    assert models(home) == {address(1): "41", address(2): "41"}
    sound(home)


def test_a_revisit_without_its_target_is_counted(home: Home, tmp_path: Path) -> None:
    with Warc(tmp_path / "1.warc.gz") as warc:
        warc.page(address(1), page(42))
        warc.revisit(address(1), "2023-10-01T00:00:00Z", DIGEST, (address(1), "2001-01-01T00:00:00Z"))
    said = bring(tmp_path / "1.warc.gz")
    assert said.exit_code == 0 and "1 revisits of pages that are not here" in said.stderr
    assert captures(home, "time") == [(WHEN,)]


# portals


def test_the_description_that_held_then_reads_an_old_capture(home: Home, tmp_path: Path) -> None:
    """Two files for one host: NukeViet 3 until 2014, NukeViet 4 since."""
    write_portal(home, "causay", valid='["2014-06-01", ""]')
    write_portal(home, "causay-cu", family="nukeviet3", valid='["", "2014-05-31"]')
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(address(1), old_page(12), "2013-01-01T00:00:00Z")
        warc.page(address(2), page(36), "2023-01-01T00:00:00Z")
    assert bring(tmp_path / "a.warc.gz").exit_code == 0
    assert models(home) == {address(1): "12", address(2): "36"}
    assert rows(home, "SELECT source, reader FROM bulletins ORDER BY source") == [
        ("causay", "nukeviet4/v1"),
        ("causay-cu", "nukeviet3/v1"),
    ]


def test_the_version_of_the_layout_is_that_of_the_day_of_capture(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows no signature of either version: only the day can tell."""
    from dataclasses import replace
    from datetime import date

    from extractors.sites import nukeviet4

    old = replace(nukeviet4.V1, name="old", valid=(None, date(2018, 12, 31)), cut=(),
                  selectors={**nukeviet4.V1.selectors, "body": ".cu"})  # fmt: skip
    new = replace(nukeviet4.V1, name="new", valid=(date(2019, 1, 1), None), cut=())
    monkeypatch.setattr(nukeviet4, "FAMILY", replace(nukeviet4.FAMILY, versions=(old, new)))
    before = page(12).replace(b'id="news-bodyhtml" class="bodytext"', b'class="cu"')
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(address(1), before, "2018-12-31T16:59:59Z")  # still that day on the portal's clocks
        warc.page(address(2), before, "2018-12-31T17:00:00Z")
    said = bring(tmp_path / "a.warc.gz")
    assert models(home) == {address(1): "12"}
    assert one(home, "SELECT reader FROM bulletins") == "nukeviet4/old"
    assert said.exit_code == 1 and address(2) in said.stderr


@pytest.mark.parametrize("code", ["causay", "files"])
def test_a_source_that_is_named_has_everything(home: Home, tmp_path: Path, code: str) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page("http://elsewhere.example/a-1.html", page())
    assert bring("--source", code, tmp_path / "a.warc.gz").exit_code == 0
    assert captures(home) == [("http://elsewhere.example/a-1.html", WHEN, code)]
    assert list(models(home).values()) == ["36"]


def test_nothing_of_it_is_in_the_log_of_requests(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "a.warc.gz")
    bring("--note", "đĩa của văn phòng", tmp_path / "a.warc.gz")
    assert one(home, "SELECT count(*) FROM fetch_log") == 0
    db = open_database(home.database, readonly=True)
    (row,) = db["imports"].rows
    db.close()
    assert row["note"] == "đĩa của văn phòng" and row["format"] == "warc" and row["mode"] == "copy"
    assert row["path"] == str(tmp_path / "a.warc.gz") and row["time"] > WHEN and row["finished"] >= row["time"]
    assert one(home, "SELECT count(*) FROM captures WHERE import_id = ?", row["id"]) == 3


class Unpacker:
    """A stand-in for a library: what it undoes is gzip, told apart by its name."""

    error = ZstdError = zlib.error

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(31)

    def process(self, data: bytes) -> bytes:
        return self._engine.decompress(data)

    decompress = process

    def is_finished(self) -> bool:
        return self._engine.eof

    @property
    def eof(self) -> bool:
        return self._engine.eof


@pytest.mark.parametrize(("encoding", "library"), [("br", "brotli"), ("zstd", "zstandard")])
def test_br_and_zstd_are_undone_where_a_library_is_installed(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, library: str
) -> None:
    packed = gzip.compress(page())
    headers = [HTML, ("Content-Encoding", encoding)]
    with Warc(tmp_path / "a.warc.gz") as warc:
        warc.page(address(1), packed, headers=headers)
        warc.page(address(2), packed[:-20], headers=headers)
        warc.page(address(3), packed[:30] + b"\xff\xff\xff" + packed[33:], headers=headers)
    for name in ("brotli", "brotlicffi", "compression.zstd", "backports.zstd", "zstandard"):
        monkeypatch.setitem(sys.modules, name, None)
    said = bring(tmp_path / "a.warc.gz")
    assert said.exit_code == 1 and said.stderr.count(f"Content-Encoding {encoding} cannot be undone here") == 3
    fake = SimpleNamespace(Decompressor=Unpacker, ZstdDecompressor=Unpacker, error=zlib.error, ZstdError=zlib.error)
    monkeypatch.setitem(sys.modules, library, fake)
    said = bring(tmp_path / "a.warc.gz")
    assert said.exit_code == 1 and models(home) == {address(1): "36"}
    assert "ends before its end" in said.stderr and "body is damaged" in said.stderr
