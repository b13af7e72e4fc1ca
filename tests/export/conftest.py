from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.support import World, capture


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A database with the made-up bulletin of the database's tests."""
    made = World(tmp_path)
    made.load(made.take(capture()))
    yield made
    made.db.close()
