"""The sample portal's bulletins: every fault planted within one is found, and no other is claimed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import pytest

from extractors.pipeline import read_document
from extractors.text.canonical import canonical
from extractors.text.document import Document
from schemas.findings import Finding
from tests.portal.bulletins import FOLDER, Bulletin, Image, Paragraph, Table, read

ACCUSES = ("fails", "impossible", "suspicious")


@cache
def _bulletins() -> dict[str, Bulletin]:
    return {bulletin.slug: bulletin for bulletin in map(read, sorted(FOLDER.glob("*.txt")))}


def _faults() -> list[dict[str, Any]]:
    """Those that one bulletin shows by itself."""
    path = FOLDER.parent / "faults.toml"
    faults: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    return [fault for fault in faults if not fault.get("across")]


@cache
def _read(slug: str) -> tuple[str, list[tuple[Finding, list[str]]]]:
    """The text as a page reader gives it, and its findings with the numbers that they are about."""
    bulletin = _bulletins()[slug]
    blocks = [bulletin.lead]
    for block in bulletin.blocks:
        match block:
            case Paragraph(text):
                blocks.append(text.replace("**", ""))
            case Table(rows):
                blocks.append("\n".join(" | ".join(row) for row in rows))
            case Image():
                pass
    text = canonical("\n\n".join(block for block in blocks if block))[0]
    mentions, findings, _ = read_document(Document(text, bulletin.title, bulletin.published.isoformat()))
    return text, [(f, [text[mentions[i].start : mentions[i].end] for i in f.figures]) for f in findings]


def _numbers(quotes: list[str]) -> list[str]:
    return sorted(re.findall(r"[\d.,/]*\d", " ".join(quotes)))


@pytest.mark.parametrize("fault", _faults(), ids=lambda fault: f"{fault['bulletin']} {fault['check']}")
def test_planted_fault_is_found(fault: dict[str, Any]) -> None:
    text, found = _read(fault["bulletin"])
    assert (fault["check"], fault["verdict"], _numbers(fault["figures"])) in [
        (finding.check, finding.verdict, _numbers(quotes)) for finding, quotes in found
    ], text


@pytest.mark.parametrize("slug", _bulletins())
def test_nothing_else_is_claimed(slug: str) -> None:
    planted = [_numbers(fault["figures"]) for fault in _faults() if fault["bulletin"] == slug]
    claimed = [(f.message, quotes) for f, quotes in _read(slug)[1] if f.verdict in ACCUSES]
    assert [claim for claim in claimed if _numbers(claim[1]) not in planted] == []
