"""An import in a process of its own that is killed outright, before and after it syncs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db.home import Home
from tests.flows.ingesting import rows
from tests.imports.support import Warc, address, bring, content, models, page, sound, write_portal

#: dies at the n-th sync of the archive; a batch is two pages
_CODE = """
import os, signal, sys
at, after, path = int(sys.argv[1]), sys.argv[2] == "after", sys.argv[3]
real, calls = os.fsync, 0
def fsync(handle):
    global calls
    calls += 1
    if calls == at and not after:
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)
    if calls == at:
        os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
from flows.imports import intake
intake.BATCH_PAGES = 2
from flows.cli import cli
cli(["import", path])
"""


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("sync", [1, 3, 4, 5, 6])
def test_nothing_is_lost_and_nothing_doubled(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sync: int, when: str
) -> None:
    with Warc(tmp_path / "a.warc.gz") as warc:
        for number in range(7):
            warc.page(address(number), page(number % 5))
    words = [sys.executable, "-c", _CODE, str(sync), when, str(tmp_path / "a.warc.gz")]
    died = subprocess.run(words, env=os.environ | {"BANTIN_HOME": str(home.root)}, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    sound(home)
    known = len(rows(home, "SELECT 1 FROM captures"))
    assert known == 2 * max(0, sync - 4)
    said = bring(tmp_path / "a.warc.gz")
    assert said.exit_code == 0 and len(models(home)) == 7
    assert rows(home, "SELECT sum(pages) FROM imports") == [(7,)]
    sound(home)
    broken = content(home)
    undisturbed = Home(tmp_path / "other").create()
    write_portal(undisturbed, "causay")
    monkeypatch.setenv("BANTIN_HOME", str(undisturbed.root))
    bring(tmp_path / "a.warc.gz")
    assert broken == content(undisturbed)
