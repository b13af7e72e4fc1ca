"""Exported WARC files are read by warcio alone: every page is there, every reference leads somewhere."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecordLoader

from db.archive import Archive
from db.archive.erase import erase
from flows.cli import cli
from tests.db.support import NOON
from tests.flows.forgetting import OTHER, SAME_PAGE, TEXT, A, fill, page


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built")
    fill(root).db.close()
    return root


def run(root: Path, *words: str) -> Any:
    return CliRunner().invoke(cli, ["export-warc", *words], env={"BANTIN_HOME": str(root)})


def read(folder: Path) -> Iterator[tuple[str, Any, bytes]]:
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                yield path.name, record, record.content_stream().read()


def replayed(folder: Path) -> dict[tuple[str, str], bytes]:
    """Address and date -> body, revisit records resolved by what they name."""
    bodies, revisits = {}, {}
    for _, record, body in read(folder):
        get = record.rec_headers.get_header
        place = (get("WARC-Target-URI"), get("WARC-Date"))
        if record.rec_type == "response":
            bodies[place] = body
            assert get("WARC-Payload-Digest") == f"sha256:{hashlib.sha256(body).hexdigest()}"
        elif record.rec_type == "revisit":
            revisits[place] = (get("WARC-Refers-To-Target-URI"), get("WARC-Refers-To-Date"))
    return bodies | {place: bodies[target] for place, target in revisits.items()}


def test_everything_is_copied_and_replays(built: Path, tmp_path: Path) -> None:
    done = run(built, "--out", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    assert done.stderr == "8 records copied, 0 written in full, 0 left out\n"
    found = replayed(tmp_path / "out")
    assert len(found) == 8
    assert found[SAME_PAGE, "2023-09-17T07:24:00Z"] == page(A, TEXT).body
    kinds = [record.rec_type for _, record, _ in read(tmp_path / "out")]
    assert kinds[0] == "warcinfo"
    assert kinds.count("request") == 8


def test_the_index_leads_to_every_record(built: Path, tmp_path: Path) -> None:
    run(built, "--out", str(tmp_path / "out"))
    lines = (tmp_path / "out" / "index.cdxj").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines, key=str.encode)
    assert len(lines) == 8
    for line in lines:
        key, stamp, about = line.split(" ", 2)
        entry = json.loads(about)
        with (tmp_path / "out" / entry["filename"]).open("rb") as file:
            file.seek(int(entry["offset"]))
            data = file.read(int(entry["length"]))
        import gzip
        from io import BytesIO

        record = ArcWarcRecordLoader(arc2warc=False).parse_record_stream(
            BytesIO(gzip.decompress(data)), known_format="warc"
        )
        get = record.rec_headers.get_header
        assert get("WARC-Target-URI") == entry["url"]
        assert get("WARC-Date").replace("-", "").replace(":", "").replace("T", "")[:14] == stamp
        assert get("WARC-Payload-Digest") == entry["digest"]
        assert (entry["mime"] == "warc/revisit") == (record.rec_type == "revisit")
        assert entry["status"] == "200"
        assert key.startswith("example,hoabac)/")


def test_a_revisit_without_its_target_becomes_a_full_record(built: Path, tmp_path: Path) -> None:
    done = run(built, "--url", SAME_PAGE, "--out", str(tmp_path / "same.warc.gz"))
    assert done.exit_code == 0, done.output
    assert done.stderr == "0 records copied, 2 written in full, 0 left out\n"
    found = replayed(tmp_path)
    assert sorted(found.values()) == [page(A, TEXT).body] * 2
    assert done.stdout.split() == [str(tmp_path / "same.warc.gz"), str(tmp_path / "same.cdxj")]
    _, _, said = next(read(tmp_path))
    assert f"selection: url: {SAME_PAGE}".encode() in said


def test_a_source_that_is_none_is_refused(built: Path, tmp_path: Path) -> None:
    done = run(built, "--source", "none", "--out", str(tmp_path / "out"))
    assert done.exit_code == 2 and "no source none; expected one of files, hoabac" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "urls"),
    [
        (("--source", "hoabac"), 8),
        (("--source", "files"), 0),
        (("--until", "2023-09-16"), 4),
        (("--since", "2023-09-18"), 2),
        (("--since", "2023-09-17", "--until", "2023-09-17"), 2),
        (("--url", f"{OTHER[:-6]}*"), 4),
        (("--url", OTHER, "--url", A), 4),
        (("--url", "https://hoabac.example/%"), 0),
    ],
)
def test_the_selection_is_what_was_asked(built: Path, tmp_path: Path, words: tuple[str, ...], urls: int) -> None:
    done = run(built, *words, "--out", str(tmp_path / "out"))
    if urls:
        assert done.exit_code == 0, done.output
        assert len(replayed(tmp_path / "out")) == urls
    else:
        assert done.exit_code == 2
        assert "no archived page is selected" in done.stderr
        assert not (tmp_path / "out").exists()


def test_files_end_before_the_limit(built: Path, tmp_path: Path) -> None:
    assert run(built, "--out", str(tmp_path / "out"), "--max-size", "3k").exit_code == 0
    files = sorted((tmp_path / "out").glob("*.warc.gz"))
    assert len(files) > 2
    assert max(path.stat().st_size for path in files) <= 3000
    assert {name for name, record, _ in read(tmp_path / "out") if record.rec_type == "warcinfo"} == {
        path.name for path in files
    }
    assert len(replayed(tmp_path / "out")) == 8
    assert run(built, "--out", str(tmp_path / "tiny"), "--max-size", "1").exit_code == 0
    assert len(list((tmp_path / "tiny").glob("*.warc.gz"))) == 8, "one record a file at least"


def test_nothing_is_overwritten_and_sizes_are_said_well(built: Path, tmp_path: Path) -> None:
    assert run(built, "--out", str(tmp_path / "out")).exit_code == 0
    again = run(built, "--out", str(tmp_path / "out"))
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert "expected a size" in run(built, "--out", str(tmp_path), "--max-size", "viel").stderr


def test_a_record_that_is_gone_is_named_and_the_rest_written(built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built, tmp_path / "home")
    archive = Archive(root / "archive")
    (ref,) = [ref for ref, head in archive.records() if head.url == OTHER]
    erase(archive.root, ref, removal="removal-1", time=NOON)
    done = run(root, "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert f"left out: segment {ref.segment} at {ref.offset}: no body is there, found metadata" in done.stderr
    assert len(replayed(tmp_path / "out")) == 7
