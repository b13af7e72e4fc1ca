"""The examples in the docstrings hold."""

import doctest
from types import ModuleType

import pytest

from db import folding, identity, times
from db.export import meant, selection


@pytest.mark.parametrize("module", [folding, identity, times, meant, selection])
def test_examples(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
