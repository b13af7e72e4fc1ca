"""White space, composition, invisible characters."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from extractors.page.words import clean


@given(st.text())
def test_clean_is_idempotent_composed_and_single_spaced(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.split() == once.split(" ") or once == ""


def test_what_a_reader_does_not_see_goes() -> None:
    assert clean("\ufeffQua\u0302\u0323n\u00a0\u200b\u00a0u\u0309y\u00ad\x07 họp") == "Quận ủy họp"
