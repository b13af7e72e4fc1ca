"""The examples in the docstrings of the fetch layer, and of what is printed, hold."""

import doctest
import importlib
import pkgutil

import pytest

import flows.net


@pytest.mark.parametrize(
    "name",
    [
        *(f"flows.net.{found.name}" for found in pkgutil.iter_modules(flows.net.__path__)),
        "flows.report",
        "flows.show.columns",
        "flows.show.text",
        "flows.unmapped",
        "schemas.terminal",
    ],
)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
