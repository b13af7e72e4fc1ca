"""A record is taken out where it stands: nothing of it is left, nothing else moves, every reader still reads on."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from db.archive import ArchiveError
from db.archive.erase import erase, is_tombstone, tombstone
from db.archive.members import members
from db.archive.records import parse
from db.archive.search import request_after, search
from schemas.captures import ArchiveRef
from tests.db.support import NOON, URL, capture
from tests.db.test_archive import ASKED, fill

NAMES = {"removal": "removal-0123456789", "time": NOON, "place": "r1.warc.gz 7"}


def fails(length: int) -> bool:
    try:
        tombstone(length, **NAMES)
    except ArchiveError:
        return True
    return False


SHORTEST = next(length for length in range(400) if not fails(length))


@settings(max_examples=200, deadline=None)
@given(length=st.one_of(st.integers(SHORTEST, SHORTEST + 400), st.integers(SHORTEST, 300_000)))
def test_a_tombstone_has_just_the_length_that_is_asked(length: int) -> None:
    made = tombstone(length, **NAMES)
    assert len(made) == length
    record = parse(gzip.decompress(made))
    assert record.rec_type == "metadata"
    assert is_tombstone(record)


def test_no_record_of_ours_is_too_short_for_one(tmp_path: Path) -> None:
    shortest = capture("http://a.vn/", body=b"", headers=(), request_headers=(("A", "b"),))
    archive, _ = fill(tmp_path, [shortest])
    lengths = [member.length for path in archive.segments() for member in members(path)]
    assert len(lengths) == 3
    assert min(lengths) >= SHORTEST


def test_what_is_too_short_is_said() -> None:
    with pytest.raises(ArchiveError, match="too few"):
        tombstone(SHORTEST - 1, **NAMES)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_nothing_else_moves(tmp_path: Path, which: int) -> None:
    """Also warcio alone reads the whole file on, as any replayer would."""
    made = [capture(f"{URL}?{i}", b"secret-%d " % i * 500, request_headers=ASKED) for i in range(3)]
    archive, refs = fill(tmp_path, made)
    request = request_after(tmp_path, refs[which])
    assert request is not None
    size = (tmp_path / "r1.warc.gz").stat().st_size
    for ref in (refs[which], request):
        erase(tmp_path, ref, removal="removal-1", time=NOON)
    assert (tmp_path / "r1.warc.gz").stat().st_size == size
    assert [archive.read(ref) for i, ref in enumerate(refs) if i != which] == made[:which] + made[which + 1 :]
    report = archive.verify()
    assert (report.problems, report.removed, report.bodies) == ([], 2, 2)
    with (tmp_path / "r1.warc.gz").open("rb") as file:
        found = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(file, check_digests="raise")]
    assert len(found) == 7
    assert not any(b"secret-%d" % which in body for _, body in found)
    assert sum(kind == "metadata" for kind, _ in found) == 2
    before = (tmp_path / "r1.warc.gz").read_bytes()
    erase(tmp_path, refs[which], removal="removal-1", time=NOON)
    assert (tmp_path / "r1.warc.gz").read_bytes() == before, "again changes nothing"


def test_reading_goes_on_behind_damage_at_a_tombstone(tmp_path: Path) -> None:
    archive, refs = fill(tmp_path, [capture(f"{URL}?{i}", b"%d" % i * 9000) for i in range(3)])
    erase(tmp_path, refs[1], removal="removal-1", time=NOON)
    path = tmp_path / "r1.warc.gz"
    raw = bytearray(path.read_bytes())
    raw[refs[0].offset + 40 : refs[0].offset + 60] = b"\xff" * 20
    path.write_bytes(raw)
    assert [(p.kind, p.offset) for p in archive.verify().problems] == [("damaged", refs[0].offset)]
    assert archive.verify().removed == 1


def test_a_search_finds_whole_damaged_and_torn_records(tmp_path: Path) -> None:
    archive, refs = fill(
        tmp_path, [capture(f"{URL}?{i}", bytes(range(256)) * 9, request_headers=ASKED) for i in range(3)]
    )
    path = tmp_path / "r1.warc.gz"
    raw = bytearray(path.read_bytes())
    raw[refs[0].offset + refs[0].length - 30 : refs[0].offset + refs[0].length - 10] = b"\xff" * 20
    path.write_bytes(raw[: refs[2].offset + refs[2].length - 20])
    found = [(seen.type, seen.url, seen.ref.offset) for seen in search(archive.segments())]
    assert (found[0][:2], found[-1][:2]) == (("damaged", f"{URL}?0"), ("damaged", f"{URL}?2"))
    assert found[-1][2] == refs[2].offset
    assert ("response", f"{URL}?1", refs[1].offset) in found


def test_a_place_that_is_not_there_is_said(tmp_path: Path) -> None:
    _, (ref,) = fill(tmp_path, [capture()])
    with pytest.raises(ArchiveError, match="no such file"):
        erase(tmp_path, ArchiveRef("r9.warc.gz", 0, 900), removal="r", time=NOON)
    with pytest.raises(ArchiveError, match="the file ends before"):
        erase(tmp_path, ArchiveRef(ref.segment, ref.offset, 90_000), removal="r", time=NOON)
