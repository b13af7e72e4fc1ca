"""The file: what it may say, and the one line that says what is wrong in it."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from extractors.corrections import CorrectionError, parse
from schemas.figures import Period
from tests.corrections.support import entry

ID = "0123456789abcdef0123"


def test_a_correction_is_read() -> None:
    says = {"value": 300, "unit": "", "period": "2023-01-01/2023-09-30"}
    (made,) = parse(entry(expect=says, set={"value": "300.50", "unit": "mô hình", "period": ""}))
    assert made.expect.given == {
        "value": Decimal(300),
        "unit": None,
        "period": Period(date(2023, 1, 1), date(2023, 9, 30)),
    }
    assert made.set is not None
    assert made.set.given == {"value": Decimal("300.5"), "unit": "mô hình", "period": None}
    assert (made.author, made.date, made.drop) == ("Nguyễn Văn A", date(2023, 10, 1), False)


def test_an_empty_file_corrects_nothing() -> None:
    assert parse("") == ()


def test_decomposed_words_are_composed() -> None:
    (made,) = parse(unicodedata.normalize("NFD", entry()))
    assert made.context == "quận có 300 mô hình"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("oops", "found no TOML"),
        ('corrections = "x"', 'found field "corrections", expected only [[correction]]'),
        ("correction = [3]", "correction 1: found 3, expected [[correction]] with url"),
        (entry("reason"), 'correction 1: field "reason": found nothing, expected a value'),
        (entry(reason=" "), "field \"reason\": found ' ', expected some text"),
        (entry(unit="x"), "field \"unit\": found 'x', expected no such field (known: mention, url"),
        (entry(expect={"valeu": "1"}), "field \"expect.valeu\": found '1', expected no such field (known: value, den"),
        (
            entry(expect={"value": "92,3"}),
            "field \"expect.value\": found '92,3', expected a number in digits with a dec",
        ),
        (
            entry(expect={"value": "1.072.000"}),
            "field \"expect.value\": found '1.072.000', expected a number in digits",
        ),
        (entry(expect={"value": "１２"}), 'field "expect.value"'),
        (entry(expect={"value": True}), 'field "expect.value": found True, expected a number'),
        (entry(expect={"value": ""}), "field \"expect.value\": found '', expected a number"),
        (entry(expect={"kind": "x"}), "field \"expect.kind\": found 'x', expected one of 'count', 'ratio'"),
        (entry(expect={"period": "2023"}), "found '2023', expected two days, both included, like"),
        (entry(expect={"period": "2023-02-01/2023-01-01"}), "expected two days, both included, like"),
        (entry(expect=3), 'field "expect": found 3, expected a table of fields, like { value = "300" }'),
        (entry(expect={}), 'field "expect": found nothing in it'),
        (entry(date="1/10/2023"), "field \"date\": found '1/10/2023', expected a day, like 2023-10-01"),
        (entry(drop="yes?"), "field \"drop\": found 'yes?', expected true or false"),
        (entry("set"), 'fields "drop", "set": found neither, expected drop = true or set'),
        (entry(drop=True), 'fields "drop", "set": found both, expected one of them'),
        (entry(set={"scope": "cấp quận"}), 'field "expect": found no "scope", expected what it says today'),
        (entry(set={"value": 300}), 'field "set.value": found the value of "expect", expected another'),
        (entry("url"), 'fields "url", "bulletin": expected one of them (or "mention" alone)'),
        (entry(bulletin="x"), 'fields "url", "bulletin": expected one of them'),
        (entry("context"), 'fields "quote", "context": expected both'),
        (entry(context="có mô hình"), "field \"context\": found '300' in it 0 times, expected once"),
        (entry(context="300 và 300"), "field \"context\": found '300' in it 2 times, expected once"),
        (entry("url", "quote", "context", mention="3f9a"), "found '3f9a', expected an id of 20 hexadecimal digits"),
        (entry("url", mention=ID), 'field "mention": found url, bulletin, quote or context beside it'),
        (entry() + entry(), "correction 2: found the same as correction 1"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(text: str, said: str) -> None:
    with pytest.raises(CorrectionError) as caught:
        parse(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("corrections.toml: ")


def test_every_problem_of_the_file_is_said_at_once() -> None:
    with pytest.raises(CorrectionError) as caught:
        parse(entry("reason") + entry(date="x", author=3))
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[1] for line in lines] == ["correction 1", "correction 2", "correction 2"]
