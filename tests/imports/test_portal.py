"""What the sample portal's own archive becomes in another home: the same bulletins, lists archived and not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.home import Home
from tests.flows.conftest import filled, portal, portal_and_first_home
from tests.flows.ingesting import rows
from tests.imports.support import bring, sound
from tests.portal.server import SamplePortal

__all__ = ["filled", "portal", "portal_and_first_home"]

SAID = "SELECT url, title, published, text FROM bulletins_current ORDER BY url"
FIGURES = "SELECT url, quote, value, unit FROM figures_full ORDER BY url, start"


@pytest.mark.parametrize("words", [[], ["--by-reference"]])
def test_an_archive_gives_the_same_bulletins_elsewhere(
    filled: Home, portal: SamplePortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    other = Home(tmp_path / "other").create()
    portal.write_sites(other.sites)
    monkeypatch.setenv("BANTIN_HOME", str(other.root))
    bring(*words, filled.archive)
    assert rows(other, SAID) == rows(filled, SAID)
    assert rows(other, FIGURES) == rows(filled, FIGURES)
    of_kind = "SELECT url FROM captures WHERE kind = ? AND content_type LIKE 'text/html%' ORDER BY url"
    assert set(rows(other, of_kind, "page")) == set(rows(filled, of_kind, "page"))
    assert rows(other, of_kind, "list") != []
    sound(other)
