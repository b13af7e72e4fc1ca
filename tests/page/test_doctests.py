"""The examples in the docstrings of pages and sites hold."""

import doctest
import importlib
import pkgutil

import pytest

import extractors.page
import extractors.sites

MODULES = [
    f"{package.__name__}.{found.name}"
    for package in (extractors.page, extractors.sites)
    for found in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
