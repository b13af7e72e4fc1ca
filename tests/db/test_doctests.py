"""The examples in the docstrings hold."""

import doctest
from types import ModuleType

import pytest

from db import folding, identity, times


@pytest.mark.parametrize("module", [folding, identity, times])
def test_examples(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
