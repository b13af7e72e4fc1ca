"""The benchmarks run, over a few texts, and say what they should; what they measure is for `make bench` to print."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from statistics import median

import pytest

from extractors.page import read_page
from extractors.pipeline import extract_text
from extractors.sites import parse_source
from tests.benchmarks import archive, corpus, extract, ledger, load, pages, stages
from tests.benchmarks.generated import FRAME, PORTAL, Portal


def test_speed_compares_with_both_others() -> None:
    rows = extract.speed_table(corpus.sample()[:2]).splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == [name for name, _ in extract.CONTESTANTS]


def test_stages_name_the_packages_of_the_extractors() -> None:
    text = corpus.sample()[0]
    table = stages.stage_table([lambda: extract.extract(text)])
    assert "| numerals |" in table and "| periods |" in table


def test_ledger_counts_every_numeral(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    text = corpus.Text("made", None, None, "Ngày 13/9/2023, xã có 12 hộ. Mã 7up9.", "https://cong.example/tin/1")
    monkeypatch.setattr(ledger, "texts", lambda: ("made texts", [text]))
    monkeypatch.setattr(sys, "argv", ["ledger", "--reason", "claimed"])
    ledger.main()
    out = capsys.readouterr().out
    assert "| claimed | 1 |" in out and "| date | 1 |" in out and "| cong.example |" in out
    assert "made: Ngày 13/9/2023, xã có [12] hộ." in out


def test_every_way_of_loading_stores_the_same_rows() -> None:
    rows = load.load_table(load.documents(1)[:7], 3).splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == [load.RAW, load.MANY, load.BOTH, load.EACH]


def test_pages_are_compared_with_a_bare_parse() -> None:
    corpus = pages.pages(100_000)
    assert min(len(page.body) for page in corpus) >= 100_000
    rows = pages.page_table(corpus[:2]).splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == [name for name, _ in pages.CONTESTANTS]


@pytest.mark.parametrize("number", [0, 1])
def test_generated_pages_are_read_as_bulletins_of_their_district(number: int) -> None:
    portal = Portal(number, seed=3)
    source = parse_source(portal.code, portal.description())
    made = list(islice(portal.pages(), 21))
    assert made == list(islice(Portal(number, seed=3).pages(), 21))
    assert made != list(islice(Portal(number, seed=4).pages(), 21))
    assert min(len(page.body) for page in made) >= FRAME
    bulletins = [read_page(page.body, source=source) for page in made]
    texts = [bulletin.text for bulletin in bulletins]
    assert len(set(texts)) == 21 and all(bulletin.title and bulletin.published for bulletin in bulletins)
    assert made[18].url == made[19].url and made[18].time < made[19].time  # revised later
    assert 2000 < median(map(len, texts)) < 3300
    assert any(portal.area.name in text for text in texts) and not any("Hải Lĩnh" in text for text in texts)
    assert median(len(extract_text(text, id="made").figures) for text in texts) >= 20


def test_an_archive_has_as_many_portals_as_it_needs(tmp_path: Path) -> None:
    archive.write_archive(tmp_path / "crawl", tmp_path / "sites", PORTAL + 1)
    assert [path.name for path in sorted((tmp_path / "sites").iterdir())] == ["cong-00000.toml", "cong-00001.toml"]
    assert [path.name for path in (tmp_path / "crawl").iterdir()] == ["crawl-000.warc.gz"]


@pytest.mark.slow
def test_an_archive_goes_through_every_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive.main(
        ["--captures", "40", "--small", "20", "--pairs", "5", "--times", "1", "--folder", str(tmp_path)],
    )
    out = capsys.readouterr().out
    for step in (
        "import",
        "read",
        "read again, nothing changed",
        "read again, other rules",
        "diff",
        "promote",
        "prune",
    ):
        assert out.count(f"| {step} |") == 2
    assert "two processes over one" in out and "reached" in out
    assert not list(tmp_path.iterdir())
