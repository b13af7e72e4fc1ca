"""A correction against the figures of today: it applies to the one it means, or fails and says why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.corrections import match, parse
from schemas.corrections import STATES, Current, Outcome
from tests.corrections.support import entry
from tests.db.support import TEXT, extraction, figure

FIGURES = extraction().figures
IDS = [f"{number:020x}" for number in range(len(FIGURES))]
NOW = Current(TEXT, dict(zip(IDS, FIGURES, strict=True)))


def outcome(*without: str, now: Current | None = NOW, taken: tuple[str, ...] = (), **fields: Any) -> Outcome:
    (correction,) = parse(entry(*without, **fields))
    return match(correction, now, taken=taken)


def test_the_corrected_figure_stands_beside_the_original() -> None:
    made = outcome()
    assert (made.state, made.fails, made.mention, made.original) == ("applied", False, IDS[0], FIGURES[0])
    assert made.corrected is not None
    assert made.corrected.value == Decimal(301)
    assert made.corrected.unit == "mô hình"
    assert made.corrected.evidence["value"] == "correction of 2023-10-01"
    assert FIGURES[0].value == Decimal(300)


def test_a_dropped_figure_has_no_other() -> None:
    made = outcome("set", drop=True)
    assert (made.state, made.corrected) == ("applied", None)


def test_by_mention() -> None:
    assert outcome("url", "quote", "context", mention=IDS[0]).mention == IDS[0]


def test_white_space_of_the_context_does_not_count() -> None:
    assert outcome(context="quận  có\n300 mô hình").state == "applied"


def test_a_quote_that_is_not_quite_the_span_finds_the_figure() -> None:
    made = outcome(quote="có 300", context="quận có 300 mô hình")
    assert made.mention == IDS[0]


TWICE = Current(
    "Có 300 mô hình. Có 300 mô hình khác.",
    {IDS[0]: figure("Có 300", "300", "300"), IDS[1]: figure("Có 300 mô hình. Có 300", "300", "300")},
)
ONE_SPAN = Current(
    "quận có 300 mô hình",
    {
        id: figure("quận có 300 mô hình", "300", "300", unit=unit)
        for id, unit in zip(IDS, ("mô hình", "hộ"), strict=False)
    },
)


@pytest.mark.parametrize(
    ("made", "state", "said", "said_vi"),
    [
        (outcome(now=None), "no_bulletin", "no such bulletin", "không có bản tin"),
        (outcome(now=Current("Tin khác.", {})), "gone", "no longer have it", "không còn câu văn"),
        (outcome(now=Current(TEXT, {})), "gone", "no longer have it", "không còn"),
        (outcome("set", drop=True, now=Current(TEXT, {})), "mended", "remove the entry", "hãy bỏ mục này"),
        (outcome("url", "quote", "context", mention="f" * 20), "gone", "no longer have it", "không còn"),
        (
            outcome(expect={"value": "299"}),
            "changed",
            "value: found 300, expected 299",
            "giá trị nay là 300, chờ đợi 299",
        ),
        (
            outcome(expect={"value": "300", "unit": "", "scope": "cấp quận"}),
            "changed",
            "unit: found mô hình, expected -; scope: found -, expected cấp quận",
            "đơn vị nay là mô hình, chờ đợi -",
        ),
        (outcome(expect={"value": "299"}, set={"value": "300"}), "mended", "right by now", "nay đã đúng"),
        (outcome(context="Có 300 mô hình", now=TWICE), "ambiguous", "found 2 places, expected one", "Khớp 2 chỗ"),
        (outcome(expect={"value": 300}, now=ONE_SPAN), "ambiguous", "found 2 places", "Khớp 2 chỗ"),
        (outcome(taken=(IDS[0],)), "conflict", "an earlier entry", "Một mục phía trên"),
    ],
)
def test_what_no_longer_fits_fails(made: Outcome, state: str, said: str, said_vi: str) -> None:
    assert made.state == state
    assert made.fails
    assert made.corrected is None
    assert said in made.message and "\n" not in made.message
    assert said_vi in made.message_vi


def test_what_is_expected_tells_figures_of_one_span_apart() -> None:
    assert outcome(now=ONE_SPAN).mention == IDS[0]
    assert outcome(now=ONE_SPAN, expect={"value": 300, "unit": "hộ"}).mention == IDS[1]


def test_the_number_of_another_sentence_is_not_taken() -> None:
    """The source mended 300 to 310 where it was meant, and says 300 of something else: nothing is corrected."""
    now = Current("quận có 310 mô hình, 300 hộ", {IDS[1]: figure("quận có 310 mô hình, 300 hộ", "300", "300")})
    assert outcome(now=now).state == "gone"


@given(st.text(alphabet="30 có.\n", max_size=40))
def test_any_text_gives_an_outcome(text: str) -> None:
    made = outcome(quote="30", context="có 30", now=Current(text, {}))
    assert made.state in STATES and made.fails
