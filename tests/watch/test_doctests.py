"""The examples in the docstrings hold."""

import doctest
from types import ModuleType

import pytest

from flows.watch import calendar, garbage, shares, silence


@pytest.mark.parametrize("module", [calendar, garbage, shares, silence])
def test_examples(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
