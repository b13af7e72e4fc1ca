from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from db.home import Home
from tests.datasette.support import Site, fill


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample portal, read once; nobody writes to it."""
    return fill(tmp_path_factory.mktemp("datasette"))


@pytest.fixture(scope="session")
def site(home: Home) -> Site:
    return Site(home.database)


@pytest.fixture
def connection(home: Home) -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(f"{home.database.as_uri()}?mode=ro", uri=True)
    made.row_factory = sqlite3.Row
    yield made
    made.close()
