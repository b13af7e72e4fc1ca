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
from tests.reextract.program import ROOT, without_unit

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
    return without_unit(tmp_path_factory.mktemp("other"), "suất quà")


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
