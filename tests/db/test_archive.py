"""Captures survive the way into WARC files and back; damage is found, told apart and does not spread."""

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from db.archive import Archive, ArchiveError, records
from db.archive.members import members, read_member
from schemas.captures import ArchiveRef, Capture
from tests.db.support import URL, capture

ASKED = (("User-Agent", "bantin-test"), ("Accept", "text/html"))
TRANSFER = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "7"))


def fill(root: Path, captures: list[Capture], run: str = "r1") -> tuple[Archive, list[ArchiveRef]]:
    archive = Archive(root)
    with archive.segment(run) as segment:
        refs = [segment.write(made) for made in captures]
    return archive, refs


@pytest.mark.parametrize(
    "made",
    [
        capture(request_headers=ASKED),
        capture(headers=(("Content-Type", "text/html"), *TRANSFER, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))),
        capture(body=b"", status=404, headers=()),
        capture(body=b"\r\n\r\n\x00\xff", status=299),
        capture("https://hoabac.example/t%C3%ACm?q=a+b&page=2", days=0.3, request_headers=ASKED),
        Capture(
            "file:///pages/a.html", datetime(2024, 1, 2, tzinfo=UTC), 200, (("Content-Type", "text/html"),), b"<p>"
        ),
        Capture(URL, datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC), 200, (), b"x"),
    ],
)
def test_a_capture_comes_back_as_it_was(tmp_path: Path, made: Capture) -> None:
    archive, (ref,) = fill(tmp_path, [made])
    assert archive.read(ref) == made


@settings(max_examples=30, deadline=None)
@given(body=st.binary(max_size=300), status=st.integers(100, 599), value=st.text("abc ;=\"'", max_size=9))
def test_any_body_comes_back(tmp_path_factory: pytest.TempPathFactory, body: bytes, status: int, value: str) -> None:
    made = capture(body=body, status=status, headers=(("X-Any", value.strip()),), request_headers=ASKED)
    archive, (ref,) = fill(tmp_path_factory.mktemp("a"), [made])
    assert archive.read(ref) == made
    assert archive.verify().problems == []


def test_a_line_break_in_a_header_does_not_end_the_headers(tmp_path: Path) -> None:
    archive, (ref,) = fill(tmp_path, [capture(headers=(("X-Odd", "a\r\n\r\nb"),))])
    read = archive.read(ref)
    assert read.body == capture().body
    assert read.header("X-Odd") == "a  b"


def test_records_replay_elsewhere(tmp_path: Path) -> None:
    """warcio alone, as any replayer would: no transfer headers that no longer hold, right lengths and digests."""
    fill(tmp_path, [capture(headers=TRANSFER, request_headers=ASKED)])
    with (tmp_path / "r1.warc.gz").open("rb") as file:
        found = [
            (r.rec_type, r.content_stream().read(), r.http_headers, r.rec_headers.protocol)
            for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, *_ in found] == ["warcinfo", "response", "request"]
    assert {protocol for *_, protocol in found} == {"WARC/1.1"}
    _, body, headers, _ = found[1]
    assert body == capture().body
    assert headers.get_header("Content-Length") == str(len(body))
    assert headers.get_header("Content-Encoding") is None
    assert headers.get_header("Transfer-Encoding") is None


def test_one_gzip_member_a_record(tmp_path: Path) -> None:
    archive, refs = fill(tmp_path, [capture(), capture(URL + "?2")])
    data = (tmp_path / "r1.warc.gz").read_bytes()
    for ref in refs:
        assert gzip.decompress(data[ref.offset : ref.offset + ref.length]).startswith(b"WARC/1.1\r\n")
    assert [ref for ref, _ in archive.records()] == refs


def test_a_run_without_bodies_leaves_no_file(tmp_path: Path) -> None:
    archive, _ = fill(tmp_path / "archive", [])
    assert not (tmp_path / "archive").exists()
    assert archive.verify().segments == 0


@pytest.mark.parametrize("with_place", [True, False])
def test_a_revisit_has_the_body_of_its_target(tmp_path: Path, with_place: bool) -> None:
    first, again = capture(), capture("https://phuong.example/dang-lai", days=1, request_headers=ASKED)
    archive, (ref,) = fill(tmp_path, [first])
    with archive.segment("r2") as segment:
        second = segment.write(again, duplicate_of=(first.url, first.time), duplicate_ref=ref if with_place else None)
    assert archive.read(second) == again
    heads = dict(archive.records())
    assert heads[second].type == "revisit"
    assert heads[second].refers_to == (first.url, first.time)
    assert archive.verify().problems == []
    text = gzip.decompress((tmp_path / "r2.warc.gz").read_bytes())
    assert b"WARC-Refers-To-Target-URI: " + first.url.encode() in text
    assert b"WARC-Refers-To-Date: 2023-09-16T05:00:00Z" in text
    assert first.body not in text


def test_a_revisit_without_its_target_is_reported(tmp_path: Path) -> None:
    first = capture()
    archive, (ref,) = fill(tmp_path, [first])
    with archive.segment("r2") as segment:
        second = segment.write(capture(days=1), duplicate_of=(first.url, first.time), duplicate_ref=ref)
    (tmp_path / "r1.warc.gz").unlink()
    with pytest.raises(ArchiveError, match=r"r2\.warc\.gz at \d+: a revisit record whose target"):
        archive.read(second)
    (problem,) = archive.verify().problems
    assert (problem.kind, problem.level, problem.offset) == ("unresolved_revisit", "error", second.offset)


def test_a_segment_is_never_written_over(tmp_path: Path) -> None:
    archive, (first,) = fill(tmp_path, [capture()])
    _, (second,) = fill(tmp_path, [capture(days=1)])
    assert (first.segment, second.segment) == ("r1.warc.gz", "r1-2.warc.gz")
    assert archive.read(first) == capture()


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a b"])
def test_a_run_id_must_be_a_file_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="file name"), Archive(tmp_path).segment(name):
        pass


def test_every_cut_leaves_a_warning_and_what_stands_before_it(tmp_path: Path) -> None:
    made = [capture(), capture(URL + "?2", b"other")]
    archive, refs = fill(tmp_path, made)
    path = tmp_path / "r1.warc.gz"
    data = path.read_bytes()
    for cut in range(refs[1].offset + 1, len(data)):
        path.write_bytes(data[:cut])
        report = archive.verify()
        assert [(p.level, p.kind, p.offset) for p in report.problems] == [("warning", "torn_tail", refs[1].offset)]
        assert report.ok
        assert report.bodies == 1
    assert archive.read(refs[0]) == made[0]
    with pytest.raises(ArchiveError, match="torn"):
        archive.read(refs[1])
    _, (after,) = fill(tmp_path, [made[1]], run="r2")
    assert archive.read(after) == made[1]


def test_an_indexed_record_in_a_torn_tail_is_an_error(tmp_path: Path) -> None:
    archive, (ref,) = fill(tmp_path, [capture()])
    path = tmp_path / ref.segment
    path.write_bytes(path.read_bytes()[:-3])
    report = archive.verify(expected=[(ref, capture().sha256)])
    assert [(p.level, p.kind) for p in report.problems] == [("warning", "torn_tail"), ("error", "index")]
    assert not report.ok


def test_verify_compares_with_the_index(tmp_path: Path) -> None:
    archive, (ref,) = fill(tmp_path, [capture()])
    assert archive.verify(expected=[(ref, capture().sha256)]).ok
    assert not archive.verify(expected=[(ref, "0" * 64)]).ok
    assert not archive.verify(expected=[(ArchiveRef("gone.warc.gz", 0, 9), capture().sha256)]).ok


def test_no_flipped_byte_goes_unnoticed(tmp_path: Path) -> None:
    """Each byte in turn: verify reports it, or (a gzip header byte that says nothing) every body is still right."""
    made = [capture(), capture(URL + "?2", b"other"), capture(URL + "?3", b"third")]
    archive, refs = fill(tmp_path, made)
    path = tmp_path / "r1.warc.gz"
    data = path.read_bytes()
    expected = [(ref, one.sha256) for ref, one in zip(refs, made, strict=True)]
    unnoticed = 0
    for at in range(0, len(data), 3):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :])
        report = archive.verify(expected=expected)
        if report.problems:
            assert any(p.offset <= at for p in report.problems)
            # the damage stays where it is: at most the record that holds the byte is lost
            assert report.bodies >= len(made) - 1
        else:
            unnoticed += 1
            assert [archive.read(ref) for ref in refs] == made
    assert unnoticed < len(data) / 3 * 0.15


def test_a_record_with_a_wrong_digest_is_reported(tmp_path: Path) -> None:
    """Damage from before compression, which gzip's own checksum cannot see."""
    archive, (ref,) = fill(tmp_path, [capture(body=b"mot hai ba")])
    path = tmp_path / ref.segment
    whole = list(members(path))
    path.write_bytes(b"".join(gzip.compress(m.data.replace(b"hai", b"bon")) for m in whole))
    (problem,) = archive.verify().problems
    assert (problem.kind, problem.level) == ("digest", "error")
    assert "digest" in str(problem)


def test_progress_is_told(tmp_path: Path) -> None:
    archive, _ = fill(tmp_path, [capture(), capture(days=1)])
    seen: list[tuple[str, int, int]] = []
    archive.verify(lambda name, done, size: seen.append((name, done, size)))
    assert [name for name, *_ in seen] == ["r1.warc.gz"] * 3
    assert seen[-1][1] == seen[-1][2]


def test_a_full_disk_leaves_no_half_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)
    with archive.segment("r1") as segment:
        first = segment.write(capture())
        with monkeypatch.context() as patch:

            def no_space(handle: int) -> None:
                raise OSError(28, "No space left on device")

            patch.setattr("db.archive.store.os.fsync", no_space)
            with pytest.raises(OSError, match="No space"):
                segment.write(capture(days=1))
        third = segment.write(capture(days=2))
    assert third.offset == first.offset + first.length
    assert archive.verify().problems == []


def test_a_batch_syncs_once_and_holds_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    archive = Archive(tmp_path)
    made = [capture(URL + f"?{number}", b"%d" % number) for number in range(5)]
    with archive.segment("r1") as segment:
        first = segment.write(made[0])
        monkeypatch.setattr(os, "fsync", synced.append)
        with segment.batch():
            refs = [segment.write(one) for one in made[1:]]
            assert synced == []
        assert len(synced) == 1
        segment.write(capture(days=1))
        assert len(synced) == 2
    assert [archive.read(ref) for ref in [first, *refs]] == made
    assert archive.verify().bodies == 6


@pytest.mark.parametrize("where", ["write", "sync", "inside"])
def test_a_batch_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    archive = Archive(tmp_path)
    path = tmp_path / "r1.warc.gz"
    with archive.segment("r1") as segment:
        first = segment.write(capture())
        size = path.stat().st_size
        with monkeypatch.context() as patch:

            def full(*_: object) -> int:
                raise OSError(28, "No space left on device")

            with pytest.raises(OSError, match="No space"), segment.batch():
                segment.write(capture(URL + "?1"))
                if where == "sync":
                    patch.setattr(os, "fsync", full)
                elif where == "write":
                    patch.setattr(records, "packed", full)
                    segment.write(capture(URL + "?2"))
                else:
                    full()
        assert path.stat().st_size == size
        second = segment.write(capture(URL + "?3"))
    assert archive.read(first) == capture() and archive.read(second) == capture(URL + "?3")
    assert archive.verify().problems == []


@pytest.mark.parametrize("size", [0, 1, 1 << 14, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
@pytest.mark.parametrize("random", [True, False])
def test_members_of_any_size_are_read_whole(tmp_path: Path, size: int, random: bool) -> None:
    body = os.urandom(size) if random else b"x" * size
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(body) + gzip.compress(b"next"))
    assert [(m.state, m.data) for m in members(path)] == [("whole", body), ("whole", b"next")]
    first = next(members(path))
    assert read_member(path, 0, first.length).data == body
    assert read_member(path, 0, first.length - 1).state == "torn"
