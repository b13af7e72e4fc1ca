"""Folders, zip files, WACZ files and MHTML: what is taken, from where and when it is."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import UTC, datetime
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.home import Home
from flows.imports import addresses, formats, portals
from flows.imports.addresses import noted
from flows.imports.zips import entry_time
from flows.progress import Progress
from tests.flows.ingesting import one, rows
from tests.imports.support import CAUSAY, Warc, address, bring, captures, dump, models, page, sound, three_pages

SAVED = "2022-05-04T03:02:01Z"
#: what notes are made of, for pages that say them wrongly
PARTS = [
    b"<!-- saved from url=(0010)",
    b"https://a.example/",
    b"http://[",
    b":99999999/",
    b" -->",
    b"Page saved with SingleFile\n url: ",
    b"\n saved date: Sat Sep 99 9999 07:12:00 GMT+9999",
    b"<!-- Mirrored from a.example by HTTrack x, Sat, 99 Sep 0000 99:12:00 GMT -->",
    b"FILE ARCHIVED ON 00:12:00 Sep 99, 0000 AND RETRIEVED FROM THE",
    b'<meta name="savepage-date" content="',
    b'">',
]
STAMP = datetime(2022, 5, 4, 3, 2, 1, tzinfo=UTC).timestamp()


def write(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    os.utime(path, (STAMP, STAMP))
    return path


def mhtml(body: bytes, url: str | None = None, date: str | None = "Sat, 16 Sep 2023 00:12:00 -0000") -> bytes:
    message = MIMEMultipart("related")
    part: Message = MIMEText(body.decode(), "html", "utf-8")
    if url:
        part["Content-Location"] = url
    if date:
        message["Date"] = date
    message["From"] = "<Saved by Blink>"
    message.attach(part)
    style = MIMEText("p { color: red }", "css", "utf-8")
    message.attach(style)
    return message.as_bytes()


def zipped(path: Path, entries: dict[str, bytes], *, time: tuple[int, ...] = (2022, 5, 4, 10, 2, 2)) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            archive.writestr(zipfile.ZipInfo(name, time), body, zipfile.ZIP_DEFLATED)
    return path


@pytest.mark.parametrize("module", [addresses, formats, portals])
def test_examples(module: object) -> None:
    import doctest
    from types import ModuleType

    assert isinstance(module, ModuleType)
    result = doctest.testmod(module)
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize(
    ("note", "url", "time"),
    [
        (f"<!-- saved from url=({len(address(1)):04})%s -->", address(1), None),
        ("<!-- saved from url=(0007)%s -->", None, None),  # the length does not agree
        (
            "<!--\n Page saved with SingleFile \n url: %s \n saved date: Sat Sep 16 2023 07:12:00 GMT+0700"
            " (Indochina Time)\n-->",
            address(1),
            "2023-09-16T00:12:00",
        ),
        (
            "<!-- Mirrored from causay.example/tin-tuc/hop-1.html by HTTrack Website Copier/3.x"
            " [XR&CO'2014], Sat, 16 Sep 2023 00:12:00 GMT -->",
            "http://causay.example/tin-tuc/hop-1.html",
            "2023-09-16T00:12:00",
        ),
        (
            '<meta name="savepage-url" content="%s"><meta name="savepage-date"'
            ' content="Sat Sep 16 2023 07:12:00 GMT+0700 (Indochina Time)">',
            address(1),
            "2023-09-16T00:12:00",
        ),
        ("<!-- FILE ARCHIVED ON 00:12:00 Sep 16, 2023 AND RETRIEVED FROM THE\n INTERNET ARCHIVE -->", None,
         "2023-09-16T00:12:00"),
        ("<!-- saved from url=(0019)javascript:alert(1) -->", None, None),
        ("Page saved with SingleFile\n url: %s\n saved date: hôm qua\n", address(1), None),
        ("", None, None),
    ],
)  # fmt: skip
def test_what_a_saved_page_notes_of_itself(note: str, url: str | None, time: str | None) -> None:
    body = page().replace(b"<html>", b"<html>" + (note.replace("%s", address(1))).encode())
    found, when = noted(body)
    assert found == url
    assert (when.replace(tzinfo=None).isoformat() if when else None) == time


def test_a_page_that_notes_its_address_belongs_to_its_portal(home: Home, tmp_path: Path) -> None:
    url = address(1)
    body = f"<!-- saved from url=({len(url):04}){url} -->\r\n".encode() + page()
    write(tmp_path / "lưu" / "a.html", body)
    assert bring(tmp_path / "lưu").exit_code == 0
    assert captures(home) == [(url, SAVED, "causay")]
    assert models(home) == {url: "36"}


@pytest.mark.parametrize("pages", [1, 500])
def test_a_page_saved_twice_is_one_capture(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """Also where both copies come in one batch; their files' times differ and say nothing."""
    monkeypatch.setattr("flows.imports.intake.BATCH_PAGES", pages)
    body = f"<!-- saved from url=({len(address(1)):04}){address(1)} -->".encode() + page()
    write(tmp_path / "lưu" / "a.html", body)
    (tmp_path / "lưu" / "b.html").write_bytes(body)
    assert bring(tmp_path / "lưu").exit_code == 0
    assert captures(home) == [(address(1), SAVED, "causay")]
    assert rows(home, "SELECT file, pages, known FROM imports ORDER BY file") == [("a.html", 1, 0), ("b.html", 0, 1)]


def test_a_folder_of_everything(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "lưu"
    write(folder / "không rõ.html", page(1))
    write(folder / "AllPosts.aspx?ID=2", page(2))
    write(folder / "ghi chép.txt", "Phường có 3 mô hình.".encode())
    write(folder / "chrome.mhtml", mhtml(page(4), address(4)))
    write(folder / "hình.png", b"\x89PNG")
    write(folder / "kiểu.css", b"p { }")
    line = {"id": "tin/5", "text": "Phường có 5 mô hình.", "published": "2023-09-16"}
    write(folder / "tin.jsonl", json.dumps(line).encode() + b"\n\n")
    three_pages(folder / "kho.warc.gz")
    said = bring(folder)
    assert said.exit_code == 0, said.stderr
    assert sorted(models(home).values()) == ["1", "2", "3", "4", "41", "42", "43", "5"]
    taken = {url: (time, source) for url, time, source in captures(home)}
    assert taken[(folder / "không rõ.html").as_uri()] == (SAVED, "files")
    assert taken[(folder / "tin.jsonl").as_uri() + "#tin%2F5"] == (SAVED, "files")
    assert taken[address(4)] == ("2023-09-16T00:12:00Z", "causay")
    assert one(home, "SELECT count(*) FROM imports") == 8
    sound(home)
    before = dump(home)
    os.utime(folder / "không rõ.html")  # copied again: the same page, not a new one
    assert bring(folder).exit_code == 0
    assert dump(home) == before


@pytest.mark.parametrize(
    ("url", "date", "expected"),
    [
        (address(1), "Sat, 16 Sep 2023 07:12:00 +0700", (address(1), "2023-09-16T00:12:00Z", "causay")),
        (address(1), None, (address(1), SAVED, "causay")),
        (address(1), "hôm qua", (address(1), SAVED, "causay")),
        ("cid:frame-1@mhtml.blink", "Sat, 16 Sep 2023 00:12:00 GMT", (None, "2023-09-16T00:12:00Z", "files")),
        (None, None, (None, SAVED, "files")),
    ],
)
def test_mhtml(
    home: Home, tmp_path: Path, url: str | None, date: str | None, expected: tuple[str | None, str, str]
) -> None:
    path = write(tmp_path / "a.mht", mhtml(page(), url, date))
    assert bring(path).exit_code == 0
    assert captures(home) == [(expected[0] or path.as_uri(), *expected[1:])]
    assert list(models(home).values()) == ["36"]


def test_a_zip_file(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "kho.warc.gz")
    path = zipped(
        tmp_path / "a.zip",
        {
            "phường/ngày 8.html": page(8),
            "../../etc/a.html": page(9),
            "kho.warc.gz": (tmp_path / "kho.warc.gz").read_bytes(),
            "hình.png": b"\x89PNG",
            "__MACOSX/._a.html": b"\x00",
        },
    )
    said = bring(path)
    assert said.exit_code == 0, said.stderr
    taken = {url: (time, source) for url, time, source in captures(home)}
    name = f"{path.as_uri()}#ph%C6%B0%E1%BB%9Dng/ng%C3%A0y%208.html"
    assert taken[name] == ("2022-05-04T03:02:02Z", "files")  # the packer's clock is that of Vietnam
    assert f"{path.as_uri()}#../../etc/a.html" in taken
    assert len(taken) == 5
    assert rows(home, "SELECT format, records FROM imports") == [("zip", 7)]
    sound(home)


def test_the_time_of_an_entry_is_exact_where_the_packer_noted_it() -> None:
    entry = zipfile.ZipInfo("a.html", (2022, 5, 4, 0, 0, 0))
    entry.extra = b"\x75\x70\x01\x00\x01" + b"\x55\x54\x05\x00\x03" + int(STAMP).to_bytes(4, "little")
    assert entry_time(entry) == datetime.fromtimestamp(STAMP, UTC)
    entry.extra, entry.date_time = b"\x55\x54\x05", (1980, 0, 0, 0, 0, 0)
    assert entry_time(entry).year == 1980


@pytest.mark.parametrize("name", ["crawl.wacz", "crawl.zip"])
def test_a_wacz(home: Home, tmp_path: Path, name: str) -> None:
    """Only its WARC files; the list of pages beside them is no text."""
    three_pages(tmp_path / "1.warc.gz")
    with Warc(tmp_path / "2.warc.gz") as warc:
        warc.page(address(9), page(9))
    path = zipped(
        tmp_path / name,
        {
            "datapackage.json": b"{}",
            "archive/1.warc.gz": (tmp_path / "1.warc.gz").read_bytes(),
            "archive/2.warc.gz": (tmp_path / "2.warc.gz").read_bytes(),
            "indexes/index.cdx": b"x",
            "pages/pages.jsonl": json.dumps({"id": "1", "text": "Có 99 mô hình."}).encode(),
        },
    )
    assert bring(path).exit_code == 0
    assert models(home) == {address(n): str(m) for n, m in ((1, 41), (2, 42), (3, 43), (9, 9))}


def test_a_bad_line_costs_only_itself(home: Home, tmp_path: Path) -> None:
    good = '{"id": "%s", "text": "Có %s mô hình."}'
    lines = [good % ("a", 1), "{", '{"id": 3, "text": "x"}', "[" * 100_000, good % ("\\ud83d", 2)]
    path = tmp_path / "tin.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    said = bring(path)
    assert said.exit_code == 1
    assert sorted(models(home).values()) == ["1", "2"]
    told = [line for line in said.stderr.splitlines() if "expected {" in line]
    assert [line.split("line ")[1].split(":")[0] for line in told] == ["2", "3", "4"]
    assert one(home, "SELECT damaged FROM imports") == 3


# what is asked for


def test_filters_and_limit(home: Home, tmp_path: Path) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        for day in range(1, 6):
            warc.page(address(day), page(day), f"2023-09-0{day}T17:00:00Z")  # the next day in Vietnam
        warc.page(f"{CAUSAY}/khac/hop-7.html", page(7), "2023-09-03T00:00:00Z")
    words = ["--since", "2023-09-03", "--until", "2023-09-05", "--url", "/tin-tuc/*.html", str(tmp_path / "a.warc.gz")]
    assert bring("--limit", "2", *words).exit_code == 0
    assert [url for (url,) in captures(home, "url")] == [address(2), address(3)]
    assert bring(*words).exit_code == 0
    assert [url for (url,) in captures(home, "url")] == [address(2), address(3), address(4)]
    skipped = json.loads(one(home, "SELECT skipped FROM imports WHERE finished IS NOT NULL"))
    assert skipped == {"filtered": 3}


def test_a_dry_run_lists_and_writes_nothing(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "a.warc.gz")
    said = bring("--dry-run", tmp_path / "a.warc.gz")
    assert said.exit_code == 0
    assert said.stdout.splitlines()[0] == f"causay\tnew\t2023-09-16T00:12:00Z\t{address(1)}"
    assert len(said.stdout.splitlines()) == 3
    assert sorted(entry.name for entry in home.root.rglob("*")) == ["archive", "causay.toml", "prefect", "sites"]
    bring("--limit", "1", tmp_path / "a.warc.gz")
    before = dump(home)
    said = bring("--dry-run", tmp_path / "a.warc.gz")
    assert [line.split("\t")[1] for line in said.stdout.splitlines()] == ["known", "new", "new"]
    assert dump(home) == before and one(home, "SELECT count(*) FROM imports") == 1


def test_pages_that_were_only_archived_are_read_by_the_next_import(home: Home, tmp_path: Path) -> None:
    three_pages(tmp_path / "a.warc.gz")
    assert bring("--no-read", tmp_path / "a.warc.gz").exit_code == 0
    assert len(captures(home)) == 3 and models(home) == {}
    assert bring(tmp_path / "a.warc.gz").exit_code == 0
    assert len(models(home)) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Missing argument"),
        (["nowhere.warc.gz"], "no such file or folder"),
        (["--source", "nobody", "."], "no source or path nobody"),
        (["--since", "gestern", "."], "%Y-%m-%d"),
    ],
)
def test_wrong_usage(home: Home, words: list[str], told: str) -> None:
    said = bring(*words)
    assert said.exit_code == 2 and told in said.stderr


@given(st.lists(st.sampled_from(PARTS) | st.binary(max_size=20)).map(b"".join))
def test_no_note_in_a_page_raises(body: bytes) -> None:
    url, time = noted(body)
    assert url is None or url.startswith("http")
    assert time is None or time.tzinfo is UTC


def test_the_bar_counts_every_byte_once(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(Progress, "done", lambda self, what, amount=1: done.append(amount))
    folder = tmp_path / "lưu"
    three_pages(write(folder / "a.warc.gz", b""))
    three_pages(write(folder / "b.warc", b""))
    write(folder / "c.jsonl", b'{"id": "a", "text": "x"}\n\n{\n')
    write(folder / "d.html", page())
    write(folder / "e.png", b"\x89PNG")
    zipped(folder / "f.zip", {"a.html": page(1), "b.html": page(2)})
    write(folder / "g.warc.gz", (folder / "a.warc.gz").read_bytes()[:-20])
    bring("--dry-run", folder)
    assert sum(done) == sum(entry.stat().st_size for entry in folder.iterdir())
    assert min(done) >= 0
