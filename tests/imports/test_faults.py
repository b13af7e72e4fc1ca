"""Damaged input: each kind with what becomes of it, a line on stderr, exit code 1, and the rest comes in."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.archive import Archive, Segment
from db.home import Home
from flows import warcfile
from flows.imports import reading, zips
from flows.imports.found import Page
from flows.imports.intake import Intake
from flows.imports.reading import read_warc
from flows.items import Fault
from tests.flows.ingesting import one, rows
from tests.imports.support import Warc, address, bring, captures, content, models, page, sound, three_pages
from tests.imports.test_saved import mhtml, zipped

NUMBERS = {address(n): f"4{n}" for n in (1, 2, 3)}


def without(*numbers: int) -> dict[str, str]:
    return {url: models for url, models in NUMBERS.items() if url not in {address(n) for n in numbers}}


def told(said: object, word: str) -> list[str]:
    return [line for line in said.stderr.splitlines() if word in line]


@pytest.fixture(params=["kho.warc.gz", "kho.warc"])
def kho(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[int]]:
    path = tmp_path / request.param
    return path, three_pages(path)


def test_a_file_that_was_cut_off(home: Home, kho: tuple[Path, list[int]]) -> None:
    path, starts = kho
    path.write_bytes(path.read_bytes()[: starts[3] + 200])
    said = bring(path)
    assert said.exit_code == 1 and models(home) == without(3)
    assert len(told(said, f"{path} at {starts[3]}: damaged record, the file ends inside")) == 1
    assert one(home, "SELECT damaged FROM imports") == 1
    assert rows(home, "SELECT stage, url FROM run_errors") == [("import", str(path))]
    sound(home)


def test_a_file_zipped_as_a_whole_that_was_cut_off(home: Home, tmp_path: Path) -> None:
    starts = three_pages(tmp_path / "kho.warc")
    path = tmp_path / "all.warc.gz"
    path.write_bytes(gzip.compress((tmp_path / "kho.warc").read_bytes(), 0)[: starts[3] + 100])
    said = bring(path)
    assert said.exit_code == 1 and models(home) == without(3)
    assert len(told(said, "the file ends inside")) == 1


def test_a_file_zipped_as_a_whole_with_a_damaged_byte(home: Home, tmp_path: Path) -> None:
    """Nothing but its own digest can say that a record of it is whole; the wrong one and the last one are lost."""
    starts = three_pages(tmp_path / "kho.warc")
    data = bytearray(gzip.compress((tmp_path / "kho.warc").read_bytes(), 0))
    data[starts[2] + 500] ^= 1
    path = tmp_path / "all.warc.gz"
    path.write_bytes(data)
    said = bring(path)
    assert said.exit_code == 1 and models(home) == without(2, 3)
    assert len(told(said, "damaged record")) == 2


@pytest.mark.parametrize("off", [-7, 7, 400_000])
def test_a_wrong_length(home: Home, tmp_path: Path, off: int) -> None:
    """Too short, too long by a little, so long that it takes in what follows."""
    path = tmp_path / "kho.warc"
    starts = three_pages(path)
    data = path.read_bytes()
    record = data[starts[2] : starts[3]]
    length = int(record.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
    wrong = record.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + off), 1)
    path.write_bytes(data[: starts[2]] + wrong + data[starts[3] :])
    said = bring(path)
    assert said.exit_code == 1 and models(home) == without(2)
    assert len(told(said, f"{path} at {starts[2]}: damaged record")) == 1


def test_a_wrong_length_in_a_member_of_its_own(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "kho.warc"
    starts = [*three_pages(path), path.stat().st_size]
    data = path.read_bytes()
    parts = [data[a:b] for a, b in pairwise(starts)]
    parts[1] = parts[1].replace(b"Content-Length: ", b"Content-Length: 9", 1)  # ten times as long
    parts[2] = parts[2].replace(b"Content-Length: ", b"Content-Length: 0000000000000000", 1)
    zipped_path = tmp_path / "z.warc.gz"
    zipped_path.write_bytes(b"".join(gzip.compress(part) for part in parts))
    said = bring(zipped_path)
    assert said.exit_code == 1 and models(home) == without(1, 2)
    assert len(told(said, "damaged record")) == 2


@pytest.mark.parametrize("rubbish", [b"rubbish\r\n" * 50, b"\x00" * 4096, b"\x1f\x8b\x08 no gzip", os.urandom(2000)])
def test_garbage_between_records(home: Home, kho: tuple[Path, list[int]], rubbish: bytes) -> None:
    path, starts = kho
    data = path.read_bytes()
    path.write_bytes(data[: starts[2]] + rubbish + data[starts[2] :])
    said = bring(path)
    assert said.exit_code == 1 and models(home) == NUMBERS
    assert len(told(said, f"{path} at {starts[2]}: damaged record")) == 1


def test_garbage_before_the_first_record(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "a.warc")
    (tmp_path / "a.warc").write_bytes(b"<!-- -->\n" + (tmp_path / "a.warc").read_bytes())
    said = bring(tmp_path / "a.warc")
    assert said.exit_code == 1 and models(home) == NUMBERS


@pytest.mark.parametrize("name", ["kho.warc.gz", "kho.warc"])
def test_a_huge_record(home: Home, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large film is no page and no fault; a page larger than any bulletin is told; both cost only themselves."""
    monkeypatch.setattr(warcfile, "LARGEST_RECORD", 1 << 20)
    monkeypatch.setattr(warcfile, "_IN_MEMORY", 1 << 16)
    monkeypatch.setattr(reading, "LARGEST_PAGE", 1 << 20)
    with Warc(tmp_path / name) as warc:
        warc.page(address(1), page(41))
        warc.page(address(7), os.urandom(3 << 20), headers=[("Content-Type", "video/mp4")])
        warc.page(address(8), b"<p>" + b"x" * (3 << 20))
        warc.page(address(9), gzip.compress(b"<p>" + b"x" * (3 << 20)),
                  headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")])  # fmt: skip
        warc.page(address(2), page(42))
    said = bring(tmp_path / name)
    assert said.exit_code == 1 and models(home) == without(3)
    assert [line.split(" at ")[1].split(":")[0] for line in told(said, "larger than 1 MiB")] == [
        str(warc.starts[3]),
        str(warc.starts[4]),
    ]


def test_a_member_that_unpacks_without_end(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warcfile, "_LARGEST_MEMBER", 1 << 20)
    monkeypatch.setattr(warcfile, "_RATIO", 1)
    path = tmp_path / "a.warc.gz"
    three_pages(path)
    path.write_bytes(gzip.compress(b"WARC/1.0\r\n" + b" " * (4 << 20)) + path.read_bytes())
    said = bring(path)
    assert said.exit_code == 1 and models(home) == NUMBERS
    assert len(told(said, "unpacks to more than 1 MiB")) == 1


@pytest.mark.parametrize(
    ("name", "body", "word"),
    [
        ("a.warc.gz", b"", "an empty file, 0 bytes"),
        ("a.warc", b"", "an empty file, 0 bytes"),
        ("a.warc.gz", gzip.compress(b""), "an empty archive"),
        ("a.html", b"", "an empty file, 0 bytes"),
        ("a.html", b" \r\n", "empty, nothing to read"),
        ("a.jsonl", b"\n\n", "empty, nothing to read"),
        ("a.warc.gz", b"nothing of the kind" * 99, "named like a WARC file and is none"),
        ("a.warc.gz", gzip.compress(b"nothing of the kind"), "expected a line WARC/"),
        ("a.arc", b"filedesc://a.arc 0.0.0.0 20090101000000 text/plain 76\n", "an ARC file"),
        ("a.warc.zst", b"\x28\xb5\x2f\xfd\x00", "compressed with zstd"),
        ("a.pdf", b"%PDF-1.7", "begins with b'%PDF-1.7'"),
        ("a.gz", gzip.compress(b"no WARC"), "no WARC file"),
        ("a.mhtml", b"Content-Type: multipart/related; boundary=x\r\n\r\nrubbish", "without a page in it"),
        ("a.mhtml", mhtml(page())[:500], "ends inside its page"),
        ("a.mhtml", os.urandom(3000), "without a page in it"),
        ("a.zip", b"PK\x03\x04 rubbish", "a damaged zip file"),
        ("a.wacz", b"PK\x05\x06" + bytes(9), "a damaged zip file"),
    ],
)
def test_files_that_are_not_what_they_should_be(home: Home, tmp_path: Path, name: str, body: bytes, word: str) -> None:
    (tmp_path / name).write_bytes(body)
    three_pages(tmp_path / "z.warc.gz")
    said = bring(tmp_path / name, tmp_path / "z.warc.gz")
    assert said.exit_code == 1 and models(home) == NUMBERS
    (line,) = told(said, str(tmp_path / name))
    assert word in line
    assert rows(home, "SELECT file, damaged FROM imports ORDER BY file") == [(name, 1), ("z.warc.gz", 0)]


def test_strange_files_of_a_folder_are_no_fault(home: Home, tmp_path: Path) -> None:
    (tmp_path / "lưu").mkdir()
    (tmp_path / "lưu" / "a.pdf").write_bytes(b"%PDF-1.7")
    three_pages(tmp_path / "lưu" / "z.warc.gz")
    assert bring(tmp_path / "lưu").exit_code == 0


def test_a_file_that_may_not_be_read(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.imports import run

    def refused(path: Path) -> bytes:
        if path.name == "a.html":
            raise PermissionError(13, "Permission denied")
        return real(path)

    real = run.head_of
    monkeypatch.setattr(run, "head_of", refused)
    (tmp_path / "a.html").write_bytes(page())
    three_pages(tmp_path / "z.warc.gz")
    said = bring(tmp_path / "a.html", tmp_path / "z.warc.gz")
    assert said.exit_code == 1 and len(told(said, "a.html: Permission denied")) == 1
    assert models(home) == NUMBERS


# zip files


def test_an_encrypted_entry(home: Home, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.html": page(1), "b.html": page(2)})
    data = bytearray(path.read_bytes())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag in both headers of the first entry
        data[data.index(magic) + at] |= 1
    path.write_bytes(data)
    said = bring(path)
    assert said.exit_code == 1 and len(told(said, "a.zip!a.html: encrypted")) == 1
    assert list(models(home).values()) == ["2"]


def test_a_damaged_entry(home: Home, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.html": page(1), "b.html": page(2)})
    data = bytearray(path.read_bytes())
    data[data.index(b"a.html") + 60] ^= 0xFF
    path.write_bytes(data)
    said = bring(path)
    assert said.exit_code == 1 and len(told(said, "a.zip!a.html: damaged entry")) == 1
    assert list(models(home).values()) == ["2"]


def test_a_zip_bomb(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "LARGEST_TOTAL", 1 << 20)
    monkeypatch.setattr(zips, "RATIO", 2)
    path = zipped(tmp_path / "a.zip", {"a.html": page(1), "b.html": b"<html>" + b" " * (9 << 20), "c.html": page(3)})
    said = bring(path)
    assert said.exit_code == 1 and len(told(said, "unpacks to far more")) == 1
    assert list(models(home).values()) == ["1"]


def test_a_warc_within_a_zip_that_unpacks_without_end(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "LARGEST_TOTAL", 1 << 20)
    monkeypatch.setattr(zips, "RATIO", 2)
    said = bring(zipped(tmp_path / "a.zip", {"a.html": page(1), "b.warc": b"WARC/1.0\r\n" + b" " * (9 << 20)}))
    assert said.exit_code == 1 and len(told(said, "unpacks to far more")) == 1
    assert list(models(home).values()) == ["1"]


def test_too_many_entries(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_ENTRIES", 3)
    said = bring(zipped(tmp_path / "a.zip", {f"{n}.html": page(n) for n in range(4)}))
    assert said.exit_code == 1 and len(told(said, "4 entries, at most 3 are read")) == 1


def test_an_entry_that_lies_about_its_size(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "LARGEST_PAGE", 1 << 20)
    monkeypatch.setattr("flows.imports.saved.LARGEST_PAGE", 1 << 20)
    path = zipped(tmp_path / "a.zip", {"a.html": b"<html>" + b" x" * (1 << 20), "b.html": page(2)})
    said = bring(path)
    assert said.exit_code == 1 and len(told(said, "a.zip!a.html: larger than 1 MiB")) == 1
    assert list(models(home).values()) == ["2"]


def test_a_warc_within_a_zip_that_is_damaged(home: Home, tmp_path: Path) -> None:
    starts = three_pages(tmp_path / "k.warc.gz")
    data = bytearray((tmp_path / "k.warc.gz").read_bytes())
    data[starts[2] + 30] ^= 0xFF
    path = zipped(tmp_path / "a.wacz", {"datapackage.json": b"{}", "archive/k.warc.gz": bytes(data)})
    said = bring(path)
    assert said.exit_code == 1 and models(home) == without(2)
    assert len(told(said, f"a.wacz!archive/k.warc.gz at {starts[2]}: damaged")) == 1


# headers that no record can hold, many faults


def test_a_capture_that_cannot_be_kept_costs_only_itself(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_pages(tmp_path / "a.warc.gz")
    real = Segment.write

    def refuse(self: Segment, capture: object, **more: object) -> object:
        if capture.url == address(2):
            raise ValueError("no such header")
        return real(self, capture, **more)

    monkeypatch.setattr(Segment, "write", refuse)
    said = bring(tmp_path / "a.warc.gz")
    assert said.exit_code == 1 and models(home) == without(2)
    assert len(told(said, "cannot be kept, no such header")) == 1


def test_of_many_faults_some_are_listed_and_all_counted(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.imports.intake.MOST_FAULTS", 3)
    (tmp_path / "a.jsonl").write_text("{\n" * 10, encoding="utf-8")
    said = bring(tmp_path / "a.jsonl")
    assert said.exit_code == 1
    assert len(told(said, "expected {")) == 3 and len(told(said, "7 more damaged places")) == 1
    assert one(home, "SELECT damaged FROM imports") == 10


# damage anywhere


@pytest.fixture(scope="module")
def sample() -> Iterator[dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        made = {}
        for name in ("a.warc.gz", "a.warc"):
            with Warc(Path(folder) / name) as warc:
                for number in range(4):
                    warc.page(address(number), page(number))
                    warc.request(address(number))
            made[name] = (Path(folder) / name).read_bytes()
        made["whole.warc.gz"] = gzip.compress(made["a.warc"])
    yield made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["a.warc.gz", "a.warc", "whole.warc.gz"]),
    at=st.floats(0, 1, exclude_max=True),
    how=st.sampled_from(["flip", "cut", "insert", "drop"]),
    what=st.binary(min_size=1, max_size=40),
)
def test_damage_anywhere_costs_what_it_hits_and_never_raises(
    sample: dict[str, bytes], tmp_path: Path, name: str, at: float, how: str, what: bytes
) -> None:
    """Every page that comes out is one that went in; single records lose at most two pages."""
    data = sample[name]
    place = int(at * len(data))
    damaged = {
        "flip": data[:place] + bytes([data[place] ^ (what[0] or 1)]) + data[place + 1 :],
        "cut": data[:place],
        "insert": data[:place] + what + data[place:],
        "drop": data[:place] + data[place + len(what) :],
    }[how]
    path = tmp_path / name
    path.write_bytes(damaged)
    found = [item.what for item in read_warc(path, name)] if damaged else []
    bodies = [item.capture.body for item in found if isinstance(item, Page)]
    assert set(bodies) <= {page(number) for number in range(4)}
    if how != "cut" and name != "whole.warc.gz":
        assert len(bodies) >= 2
        assert sum(item is not None for item in found) >= 4  # each page is there or is spoken of
    # what a broken stream that holds all records decompresses to on its way may look like records many times
    assert sum(isinstance(item, Fault) for item in found) <= (40 if name == "whole.warc.gz" else 3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255), kind=st.sampled_from(["zip", "mhtml"]))
def test_a_damaged_byte_in_a_zip_or_mhtml_file_never_raises(tmp_path: Path, at: float, flip: int, kind: str) -> None:
    from flows.imports.formats import find, format_of
    from flows.imports.reading import read_file

    if kind == "zip":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.html", page(1))
            archive.writestr("b.mht", mhtml(page(2), address(2)))
        data = bytearray(made.getvalue())
    else:
        data = bytearray(mhtml(page(1), address(1)))
    data[int(at * len(data))] ^= flip
    path = tmp_path / f"a.{kind}"
    path.write_bytes(data)
    (file,) = find([str(path)])
    head = bytes(data[:4096])
    for item in read_file(file, format_of(path.name, head), head):
        assert item.what is None or str(item.what)


# killed, disk full


class Killed(BaseException):
    """What no code of ours catches."""


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, kind: type, name: str, call: int, *, after: bool) -> Iterator[None]:
    real, calls = getattr(kind, name), 0

    def die(*given: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            raise Killed
        result = real(*given, **more)
        if calls == call:
            raise Killed
        return result

    with monkeypatch.context() as patch:
        patch.setattr(kind, name, die)
        yield


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("kind", "name", "call"),
    [
        (Segment, "write", 4),
        (Intake, "_archived", 2),
        (Intake, "_index", 2),
        (Intake, "flush", 2),
        (Intake, "ended", 1),
    ],
)
def test_a_killed_import_goes_on_where_it_stopped(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type, name: str, call: int, after: bool
) -> None:
    monkeypatch.setattr("flows.imports.intake.BATCH_PAGES", 2)
    with Warc(tmp_path / "a.warc.gz") as warc:
        for number in range(7):
            warc.page(address(number), page(number % 5))
    with dying(monkeypatch, kind, name, call, after=after), pytest.raises(Killed):
        bring(tmp_path / "a.warc.gz")
    assert rows(home, "SELECT finished FROM imports") in ([], [(None,)])
    sound(home)
    assert bring(tmp_path / "a.warc.gz").exit_code == 0
    sound(home)
    broken = content(home)
    undisturbed = Home(tmp_path / "other").create()
    (undisturbed.sites / "causay.toml").write_bytes((home.sites / "causay.toml").read_bytes())
    monkeypatch.setenv("BANTIN_HOME", str(undisturbed.root))
    bring(tmp_path / "a.warc.gz")
    assert broken == content(undisturbed)


def test_a_full_disk_ends_the_import_and_loses_nothing(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.imports.intake.BATCH_PAGES", 2)
    three_pages(tmp_path / "a.warc.gz")
    real, calls = os.fsync, 0

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 5:  # warcinfo, two folders, the first batch, the second
            raise OSError(28, "No space left on device")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        said = bring(tmp_path / "a.warc.gz")
    assert said.exit_code == 2 and "No space left on device: make room" in said.output
    assert len(captures(home)) == 2
    assert Archive(home.archive).verify().problems == []
    assert bring(tmp_path / "a.warc.gz").exit_code == 0
    assert models(home) == NUMBERS
    sound(home)
