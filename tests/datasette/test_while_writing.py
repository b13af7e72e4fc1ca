"""Readers beside a writer: every answer is 200 and shows whole bulletins only."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.home import Home
from tests.benchmarks.reading import while_writing
from tests.flows.ingesting import one, reset
from tests.portal.server import SamplePortal


@pytest.mark.parametrize("seconds", [0, pytest.param(60, marks=pytest.mark.slow)])
def test_four_clients_read_while_ingest_writes(tmp_path: Path, seconds: float) -> None:
    with SamplePortal() as portal:
        reset(portal)
        home = Home(tmp_path).create()
        portal.write_sites(home.sites)
        seen = while_writing(home, portal, seconds)
    assert seen.wrong == []
    assert seen.half == []
    assert len(seen.seconds) > 20
    assert one(home, "SELECT count(*) FROM current_runs") >= 58
