"""Bulletins in the dense style of portals: nothing is accused as they stand, a planted slip of the pen is.

``bulletins.txt`` tells how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.pipeline import extract_text

ACCUSES = ("fails", "impossible", "suspicious")
_SLOT = re.compile(r"\{([^{}|]*)\|(\??)([^{}|]*)\}")


def _bulletins() -> dict[str, str]:
    pieces = Path(__file__).with_name("bulletins.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    return {name: text.strip() for name, _, text in (piece.strip().partition("\n") for piece in pieces)}


def _wrong() -> Iterator[tuple[str, str, str]]:
    """Name, text and the wrong number, for every slip that is to be found."""
    for name, text in _bulletins().items():
        for slot in _SLOT.finditer(text):
            if not slot[2]:
                before, after = _SLOT.sub(r"\1", text[: slot.start()]), _SLOT.sub(r"\1", text[slot.end() :])
                yield name, before + slot[3] + after, slot[3]


def _accusations(text: str) -> list[str]:
    read = extract_text(text, id="x", published="2024-11-20")
    return [finding.message for finding in read.findings if finding.verdict in ACCUSES]


@pytest.mark.parametrize("name", list(_bulletins()))
def test_what_is_right_is_not_accused(name: str) -> None:
    assert _accusations(_SLOT.sub(r"\1", _bulletins()[name])) == []


@pytest.mark.parametrize(("name", "text", "wrong"), list(_wrong()), ids=lambda value: str(value)[:30])
def test_a_slip_is_found(name: str, text: str, wrong: str) -> None:
    assert _accusations(text), f"{name}: {wrong}"


def test_most_slips_are_found() -> None:
    slots = [slot for text in _bulletins().values() for slot in _SLOT.finditer(text)]
    assert len(slots) >= 120 and sum(not slot[2] for slot in slots) >= 0.8 * len(slots)
