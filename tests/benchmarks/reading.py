"""``python -m tests.benchmarks.reading``: four clients read for a minute while ``bantin ingest`` writes.

Prints how many answers there were, how many were not 200, how many showed half a bulletin, and how long they took.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from bs4 import BeautifulSoup

from db.home import Home
from tests.datasette.support import served
from tests.flows.ingesting import ingest, reset
from tests.portal.server import SamplePortal

CLIENTS = 4
#: a bulletin is whole when its figures, numerals and findings are as many as its extraction says
_HALF = """
SELECT count(*) AS half FROM current_runs c JOIN extractions e USING (bulletin_id, run_id)
WHERE e.figures <> (SELECT count(*) FROM figures f WHERE f.bulletin_id = c.bulletin_id AND f.run_id = c.run_id)
  OR e.claimed + e.set_aside + e.unexplained
    <> (SELECT count(*) FROM numerals n WHERE n.bulletin_id = c.bulletin_id AND n.run_id = c.run_id)"""
_PAGES = ("/", "/kiem-tra", "/tim?q=doi+thoai", "/chi-tieu", "/chat-luong", "/bantin/figures_full")


@dataclass
class Seen:
    """What the clients saw."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, address: str) -> str:
        """One answer, timed; what is not 200 is written down."""
        began = time.perf_counter()
        try:
            with urlopen(address, timeout=30) as answer:
                text: str = answer.read().decode()
        except (HTTPError, OSError) as error:
            self.wrong.append(f"{address}: {error}")
            return ""
        with self._lock:
            self.seconds.append(time.perf_counter() - began)
        return text


def read(address: str, seen: Seen, done: threading.Event) -> None:
    """Ask page after page until ``done``, looking at the newest bulletin and at all of them by SQL in between."""
    check = f"{address}/bantin.json?" + urlencode({"sql": _HALF, "_shape": "array"})
    for turn in count():
        home = seen.ask(address + _PAGES[turn % len(_PAGES)])
        said = seen.ask(check)
        if said and json.loads(said) != [{"half": 0}]:
            seen.half.append(said)
        link = BeautifulSoup(home, "lxml").select_one("a[href^='/ban-tin/']") if home else None
        if link is not None:
            page = BeautifulSoup(seen.ask(address + str(link["href"]).split("#")[0]), "lxml")
            marks = len(page.select(".text a.n"))
            cards = len(page.select(".card"))
            if page.select(".text") and marks != cards:
                seen.half.append(f"{link['href']}: {marks} marks, {cards} cards")
        if done.is_set():
            return


def while_writing(home: Home, portal: SamplePortal, seconds: float) -> Seen:
    """Read while the district's portal is ingested, and then while saved pages are, for at least so many seconds."""
    ingest(home, "lach-sen")
    seen, done = Seen(), threading.Event()
    with served(home) as address:
        clients = [threading.Thread(target=read, args=(address, seen, done)) for _ in range(CLIENTS)]
        ends = time.monotonic() + seconds
        for client in clients:
            client.start()
        try:
            ingest(home, "hai-linh")
            portal.state("after")
            ingest(home)
            _keep_writing(home, portal, ends)
        finally:
            done.set()
            for client in clients:
                client.join()
    return seen


def _keep_writing(home: Home, portal: SamplePortal, ends: float) -> None:
    """The command itself, on ever new folders of saved pages."""
    site = portal.sites["quan"]
    pages = [site.answer(site.url(bulletin)).body for bulletin in site.shown[:20]]
    for turn in count():
        if time.monotonic() >= ends:
            return
        folder = home.root / f"saved-{turn}"
        folder.mkdir()
        for number, body in enumerate(pages):
            (folder / f"{number}.html").write_bytes(body)
        command = [sys.executable, "-m", "flows.cli", "ingest", str(folder)]
        subprocess.run(command, env=_environment(home), capture_output=True, check=False)


def _environment(home: Home) -> dict[str, str]:
    return {**os.environ, "BANTIN_HOME": str(home.root)}


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.reading", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, SamplePortal() as portal:
        reset(portal)
        home = Home(Path(folder)).create()
        portal.write_sites(home.sites)
        seen = while_writing(home, portal, args.seconds)
    times = sorted(seen.seconds)
    print(f"{CLIENTS} clients, {len(times)} answers, {len(seen.wrong)} not 200, {len(seen.half)} with half a bulletin")
    p95 = times[int(len(times) * 0.95)] * 1000
    print(f"median {statistics.median(times) * 1000:.0f} ms, p95 {p95:.0f} ms, longest {times[-1] * 1000:.0f} ms")
    for line in [*seen.wrong, *seen.half][:10]:
        print(line)


if __name__ == "__main__":
    main()
