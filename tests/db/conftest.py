from pathlib import Path

import pytest

from tests.db.support import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An empty database and archive with one source and one run."""
    return World(tmp_path)
