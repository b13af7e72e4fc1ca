"""``python -m tests.benchmarks.archive``: what an archive costs a document, and whether that grows with the archive.

Two archives are generated, a small one and a large one, and taken through every step: imported, read, read again with
nothing changed and by other rules, compared, promoted, pruned. Every step runs in processes of its own. Processor time
means something on a machine that others use too; the clock does not.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from db.home import Home
from extractors.sites import parse_source
from tests.benchmarks import load, pages
from tests.benchmarks.generated import Portal, write_archive
from tests.benchmarks.watch import Watched, watched
from tests.reextract.program import ROOT, without_unit

#: taken out of the lexicon by the other rules: many bulletins have figures with it
_UNIT = "suất quà"
_MB = 1e6


@dataclass(frozen=True)
class Cost:
    """What a step took. ``wal``: the most that the write-ahead log had; ``size``: the database after it."""

    step: str
    watched: Watched
    wal: int
    size: int

    @property
    def documents(self) -> int:
        """How many it was done with."""
        return int(self.watched.said["documents"])

    @property
    def waited(self) -> float:
        """Milliseconds a document by the clock."""
        return float(self.watched.said["seconds"]) * 1000 / self.documents

    @property
    def busy(self) -> float:
        """Milliseconds a document of the processors."""
        return self.watched.busy * 1000 / self.documents


class Archive:
    """One generated archive in a folder, and what each step over it took."""

    def __init__(self, folder: Path, captures: int, seed: int, other_rules: Path) -> None:
        self.home = Home(folder / "home").create()
        self.captures = captures
        self.costs: dict[str, Cost] = {}
        self._given = folder / "crawl"
        self._other = other_rules
        _say(f"{captures:,} captures: generating")
        self.bytes, self.zipped = write_archive(self._given, self.home.sites, captures, seed)

    def bring_in(self) -> None:
        """Import without reading."""
        self._step("import", "import", "--given", str(self._given))
        shutil.rmtree(self._given)

    def go_on(self) -> None:
        """Every other step."""
        self._step("read", "read")
        self._step("read again, nothing changed", "reextract")
        self._step("read again, other rules", "reextract", program=self._other)
        self._step("diff", "diff", program=self._other)
        self._step("promote", "promote", program=self._other)
        self._step("prune", "prune", program=self._other)

    def two_over_one(self, documents: int, times: int) -> tuple[float, float]:
        """How many times as fast two processes read as one, and what they take of the processors beside one. Runs take
        turns, and each is held against its neighbour: a machine's own speed changes within minutes. Medians of that.
        """
        found: dict[int, list[Watched]] = {1: [], 2: []}
        for _ in range(times):
            for jobs, runs in found.items():
                with _copied(self.home) as home:
                    runs.append(_run(home, "read", "--jobs", str(jobs), "--limit", str(documents)))
                said = f"{runs[-1].said['seconds']:.1f} s, {runs[-1].busy:.1f} of the processors"
                _say(f"  {documents:,} documents by {jobs}: {said}")
        turns = list(zip(found[1], found[2], strict=True))
        clock = median(float(one.said["seconds"]) / float(two.said["seconds"]) for one, two in turns)
        return clock, median(two.busy / one.busy for one, two in turns)

    def _step(self, name: str, *arguments: str, program: Path = ROOT) -> None:
        found = _run(self.home, *arguments, program=program)
        cost = Cost(name, found, found.grown, self.home.database.stat().st_size)
        self.costs[name] = cost
        more = {key: value for key, value in found.said.items() if key not in ("documents", "seconds")}
        _say(
            f"{self.captures:,} captures: {name}: {found.said['seconds']:.1f} s, {cost.waited:.2f} ms a document"
            f" ({cost.busy:.2f} of the processors), {found.memory / _MB:.0f} MB, log {cost.wal / _MB:.0f} MB"
            + "".join(f", {key} {value if isinstance(value, int) else round(value, 1)}" for key, value in more.items())
        )


def _run(home: Home, *arguments: str, program: Path = ROOT) -> Watched:
    given = os.environ | {"BANTIN_HOME": str(home.root), "PYTHONPATH": str(program), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.benchmarks.steps", *arguments]
    log = home.database.with_name(f"{home.database.name}-wal")
    return watched(command, folder=program, environment=given, file=log)


@contextmanager
def _copied(home: Home) -> Iterator[Home]:
    """A home with the same archive and a database of its own."""
    with tempfile.TemporaryDirectory(dir=home.root.parent) as folder:
        made = Home(Path(folder))
        made.archive.symlink_to(home.archive)
        made.sites.symlink_to(home.sites)
        shutil.copy(home.database, made.database)
        yield made


def cost_table(small: Archive, large: Archive) -> str:
    """Every step in both archives, and the slope: a document's cost in the large one in those of the small one."""
    lines = [
        "| step | documents | a second | ms a document | processors, ms | peak memory | log | database "
        "| slope, clock | slope, processors |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, cost in large.costs.items():
        before = small.costs[name]
        for one, slope in ((before, "| |"), (cost, f"| {_over(cost, before)} |")):
            lines.append(
                f"| {name} | {one.documents:,} | {1000 / one.waited:,.0f} | {one.waited:.2f} | {one.busy:.2f}"
                f" | {one.watched.memory / _MB:,.0f} MB | {one.wal / _MB:,.0f} MB | {one.size / _MB:,.0f} MB {slope}"
            )
    return "\n".join(lines)


def _over(cost: Cost, before: Cost) -> str:
    return f"{cost.waited / before.waited:.2f} | {cost.busy / before.busy:.2f}"


def target_table(small: Archive, large: Archive, two: tuple[float, float], parses: float, loading: float) -> str:
    """What is aimed at, what was found, and whether that reaches it."""
    work = [name for name in large.costs if name != "read again, nothing changed"]
    slope = sum(large.costs[name].busy for name in work) / sum(small.costs[name].busy for name in work)
    clock = sum(large.costs[name].waited for name in work) / sum(small.costs[name].waited for name in work)
    memory = max(cost.watched.memory for cost in large.costs.values())
    unchanged = large.costs["read again, nothing changed"]
    rows = [
        ("a document through all steps, large over small, processors", f"{slope:.2f}", "at most 1.1", slope <= 1.1),
        ("the same by the clock", f"{clock:.2f}", "at most 1.1", clock <= 1.1),
        ("two processes over one, clock", f"{two[0]:.2f}", "at least 1.7", two[0] >= 1.7),
        ("what two take of the processors, of one's", f"{two[1]:.2f}", "at most 1.18", two[1] <= 2 / 1.7),
        ("reading a page, in bare lxml parses", f"{parses:.2f}", "at most 4", parses <= 4),
        ("loading, of raw executemany's speed", f"{loading:.2f}", "at least 0.6", loading >= 0.6),
        ("peak memory of all processes", f"{memory / 2**20:,.0f} MiB", "below 1,024 MiB", memory < 2**30),
        ("an unchanged document, clock", f"{unchanged.waited:.2f} ms", "below 2 ms", unchanged.waited < 2),
        ("an unchanged document, processors", f"{unchanged.busy:.2f} ms", "below 2 ms", unchanged.busy < 2),
    ]
    lines = ["| what | found | to reach | |", "| --- | ---: | --- | --- |"]
    lines += [f"| {what} | {found} | {aim} | {'reached' if ok else 'not reached'} |" for what, found, aim, ok in rows]
    return "\n".join(lines)


def page_parses(seed: int, number: int) -> float:
    """What reading the generated pages costs, in bare parses of the same bytes; of three times each, the shortest."""
    portals = [Portal(at, seed) for at in range(2)]
    corpus = [
        pages.SavedPage(page.body, parse_source(portal.code, portal.description()))
        for portal in portals
        for page in islice(portal.pages(), number)
    ]
    rounds = [pages.page_times(corpus) for _ in range(3)]
    best = {name: sum(map(min, *(spent[name] for spent in rounds))) for name in ("read_page", "bare lxml parse")}
    return best["read_page"] / best["bare lxml parse"]


def loading_share(copies: int) -> float:
    """The loader's speed as a share of raw ``executemany``'s, of processor time."""
    given = load.documents(copies)
    made = load.compare(given, 100)
    return made[load.RAW].busy / made[load.MANY].busy


def machine() -> str:
    """Processor, its number, memory, Python."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as info:
        model = next((line.partition(":")[2].strip() for line in info if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores ({model}), {memory:.0f} GiB, Python {platform.python_version()}, SQLite {_sqlite()}"


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def run(folder: Path, small: int, large: int, seed: int, pairs: int, times: int) -> Iterator[str]:
    """The lines of the report, as they come."""
    rules = without_unit(folder / "other", _UNIT)
    (rules / "tests").symlink_to(ROOT / "tests")
    one = Archive(folder / "small", small, seed, rules)
    one.bring_in()
    pair = one.two_over_one(min(pairs, small), times)
    one.go_on()
    two = Archive(folder / "large", large, seed, rules)
    two.bring_in()
    two.go_on()
    load_one = os.getloadavg()[1]
    yield f"{large:,} captures beside {small:,}, pages of {two.bytes / large / 1000:.0f} kB on average\n"
    yield f"{machine()}; load average over five minutes at the end: {load_one:.1f}\n"
    yield cost_table(one, two) + "\n"
    _say("pages and loading beside the bare work")
    yield target_table(one, two, pair, page_parses(seed, 100), loading_share(10))


def main(given: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.archive", description=__doc__)
    parser.add_argument("--captures", type=int, default=20_000, metavar="N", help="of the large one (default 20000)")
    parser.add_argument("--small", type=int, metavar="N", help="captures of the small one (default: a tenth)")
    parser.add_argument(
        "--pairs", type=int, default=2000, metavar="N", help="documents of the small one to compare one with two by"
    )
    parser.add_argument("--times", type=int, default=3, metavar="N", help="how often one and two take turns")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--folder", type=Path, help="where to work; else the folder for temporary files")
    parser.add_argument("--keep", action="store_true", help="leave the archives and databases there")
    args = parser.parse_args(given)
    folder = Path(tempfile.mkdtemp(prefix="bantin-bench-", dir=args.folder))
    try:
        small = args.small or max(args.captures // 10, 1)
        for line in run(folder, small, args.captures, args.seed, args.pairs, args.times):
            print(line, flush=True)
    finally:
        if args.keep:
            _say(f"left in {folder}")
        else:
            shutil.rmtree(folder)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was made is removed then, too
    main()
