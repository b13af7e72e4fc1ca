"""A home that one run filled from the sample portal, and the program with another rule than today's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.home import Home
from tests.flows.ingesting import ingest, reset
from tests.portal.server import SamplePortal

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "extractors", "db", "flows")

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with SamplePortal() as portal:
        reset(portal)
        home = Home(tmp_path_factory.mktemp("filled")).create()
        portal.write_sites(home.sites)
        ingest(home)
        portal.state("after")  # bulletins that were revised: the archive holds two versions of them
        ingest(home)
        yield home


@pytest.fixture
def home(first: Home, tmp_path: Path) -> Home:
    """A copy, so that a test may do to it what it likes."""
    shutil.copytree(first.root, tmp_path / "home")
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def other_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole program with one rule changed: "suất quà" is no unit of its own any more."""
    folder = tmp_path_factory.mktemp("other")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    units = folder / "extractors" / "units" / "units.toml"
    text = units.read_text(encoding="utf-8")
    assert text.count(" suất quà,") == 1
    units.write_text(text.replace(" suất quà,", ""), encoding="utf-8")
    return folder


@pytest.fixture
def bantin(home: Home) -> Program:
    """``bantin`` in a process of its own, from a folder of packages."""

    def run(*arguments: str, program: Path = ROOT) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"BANTIN_HOME": str(home.root), "PYTHONPATH": str(program), "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", *arguments],
            env=environment,
            cwd=home.root,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run
