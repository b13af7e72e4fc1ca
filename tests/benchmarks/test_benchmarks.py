"""The benchmarks run, over a few texts, and say what they should; what they measure is for `make bench` to print."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks import corpus, extract, ledger, load, pages, stages


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
