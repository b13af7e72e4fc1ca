"""Folders of saved pages and texts."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from db.archive import Archive
from db.home import Home
from flows.ingest import Run
from flows.localfiles import FileError, captures_of, find_files, take_files
from flows.sources import FILES
from tests.flows.ingesting import dump, one, rows
from tests.portal.server import SamplePortal

LINE = {"id": "a/1", "text": "Quận có 12 mô hình.", "title": "Tin", "published": "2023-09-16T00:12:00Z"}


def take(home: Home, *paths: Path) -> Run:
    with Run(home, {FILES.code: FILES}, kind="files") as run:
        take_files(run, find_files(paths))
    return run


@pytest.fixture
def saved(portal: SamplePortal, tmp_path: Path) -> Path:
    folder = tmp_path / "đã lưu"
    (folder / "phường").mkdir(parents=True)
    for slug, name in (("dan-van-6-thang-2024", "quan.html"), ("lach-sen-phu-nu-8-3-2024", "phường/ngày 8-3.htm")):
        bulletin = portal.bulletin(slug)
        site = portal.sites[bulletin.portal]
        (folder / name).write_bytes(site.answer(site.url(bulletin)).body)
    (folder / "ghi chép.txt").write_text("Phường họp 3 cuộc.\n\nCó 45 người dự.\n", encoding="utf-8")
    (folder / "tin.jsonl").write_text(json.dumps(LINE, ensure_ascii=False) + "\n\n", encoding="utf-8")
    (folder / "bỏ qua.json").write_text("{}", encoding="utf-8")
    return folder


def test_a_folder_comes_in_under_file_addresses(saved: Path, tmp_path: Path, portal: SamplePortal) -> None:
    home = Home(tmp_path / "home")
    run = take(home, saved)
    assert not run.errors
    titles = dict(rows(home, "SELECT url, title FROM bulletins_current"))
    assert set(titles) == {
        (saved / "quan.html").as_uri(),
        (saved / "phường" / "ngày 8-3.htm").as_uri(),
        (saved / "ghi chép.txt").as_uri(),
        (saved / "tin.jsonl").as_uri() + "#a%2F1",
    }
    assert titles[(saved / "quan.html").as_uri()] == portal.bulletin("dan-van-6-thang-2024").title
    assert one(home, "SELECT reader FROM bulletins WHERE title IS NULL") == "plain"
    assert Archive(home.archive).verify().ok
    assert {head.type for _, head in Archive(home.archive).records()} == {"resource"}


def test_a_document_of_the_contract_keeps_text_and_local_time(saved: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    take(home, saved / "tin.jsonl")
    assert rows(home, "SELECT title, published, text FROM bulletins") == [
        ("Tin", "2023-09-16T07:12:00", "Quận có 12 mô hình.")
    ]


def test_decomposed_text_is_composed(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    file = tmp_path / "nfd.jsonl"
    file.write_text(json.dumps(LINE | {"text": unicodedata.normalize("NFD", LINE["text"])}), encoding="utf-8")
    take(home, file)
    assert one(home, "SELECT text FROM bulletins") == LINE["text"]


def test_the_same_folder_again_adds_nothing(saved: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    take(home, saved)
    before, segments = dump(home), len(Archive(home.archive).segments())
    run = take(home, saved, saved / "quan.html")
    assert dump(home) == before
    assert len(Archive(home.archive).segments()) == segments
    assert run.counts[FILES.code] == {"unchanged": 4}


def test_a_changed_file_is_a_new_version(saved: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    take(home, saved)
    (saved / "ghi chép.txt").write_text("Phường họp 4 cuộc.", encoding="utf-8")
    take(home, saved)
    url = (saved / "ghi chép.txt").as_uri()
    assert one(home, "SELECT count(*) FROM bulletins WHERE url = ?", url) == 2
    assert one(home, "SELECT text FROM bulletins_current WHERE url = ?", url) == "Phường họp 4 cuộc."


@pytest.mark.parametrize(
    "line", ["{", "[]", "17", '{"id": "x"}', '{"id": 3, "text": "x"}', '{"id": "x", "text": null}', "\x00"]
)
def test_a_bad_line_is_told_with_its_number_and_what_stands_before_it_is_taken(tmp_path: Path, line: str) -> None:
    home = Home(tmp_path / "home")
    file = tmp_path / "tin.jsonl"
    file.write_text(f"{json.dumps(LINE)}\n{line}\n", encoding="utf-8")
    run = take(home, file)
    ((stage, reason),) = rows(home, "SELECT stage, reason FROM run_errors")
    assert stage == "file" and f"{file}, line 2" in reason
    assert len(run.errors) == 1
    assert one(home, "SELECT count(*) FROM bulletins_current") == 1


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    file = tmp_path / "tin.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match=r"tin\.jsonl"):
        list(captures_of(file))


def test_an_empty_page_goes_to_quarantine(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    (tmp_path / "rỗng.html").write_bytes(b"")
    run = take(home, tmp_path / "rỗng.html")
    assert run.counts[FILES.code]["quarantined"] == 1
    assert one(home, "SELECT stage FROM run_errors") == "page"


@pytest.mark.parametrize("name", ["empty", "tin.pdf"])
def test_nothing_to_read_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "tin.pdf").touch()
    with pytest.raises(FileError, match=r"\.html"):
        find_files([tmp_path / name])
