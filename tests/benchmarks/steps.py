"""``python -m tests.benchmarks.steps STEP``: one step over the archive in ``BANTIN_HOME``, as its command does it.

A process of its own, so that what it holds is its own. Prints "begin" after everything is imported and a line of JSON
at the end: documents, seconds, what of the processors this process took (the one writer, where others read), and more
that the step has to say.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.compare.diff import Summary, changes
from db.compare.guards import Limits
from db.compare.states import CURRENT
from db.home import Home
from db.store import open_database
from db.store.candidates import KIND, Scope
from db.store.prune import prune
from flows.imports.formats import find
from flows.imports.intake import Wanted
from flows.imports.run import Options, import_files
from flows.ingest import Run
from flows.progress import Progress
from flows.reading.pool import fitting
from flows.reextract.promotion import carry_out, examine
from flows.reextract.session import Reextraction
from flows.sources import load_sources

Said = dict[str, Any]


def import_only(home: Home, args: argparse.Namespace) -> Said:
    """Archive and index what lies in ``args.given``."""
    options = Options(Wanted(), read=False)
    outcome = import_files(home, find([str(args.given)]), load_sources(home.sites), None, options)
    return {"documents": sum(counts.get("new", 0) for counts in outcome.summary["sources"].values())}


def read(home: Home, args: argparse.Namespace) -> Said:
    """Read what was archived, as the second half of an import."""
    with Progress() as progress, Run(home, load_sources(home.sites), kind="import", progress=progress) as run:
        waiting = run.waiting()[: args.limit]
        run.load(waiting, jobs=args.jobs or fitting(len(waiting)))
        began = time.perf_counter()
        if args.limit is None:
            run.observe()
        return {"documents": len(waiting), "observing": time.perf_counter() - began, "errors": len(run.errors)}


def reextract(home: Home, args: argparse.Namespace) -> Said:
    """Every capture by the rules of this program."""
    with (
        Progress() as progress,
        Reextraction(home, load_sources(home.sites), Scope(), progress=progress) as session,
        session.crew(args.jobs) as ask,
    ):
        session.read(ask)
        counts = session.summary()
    return {"documents": counts["captures"], "other": counts["other_result"], "unreadable": counts["unreadable"]}


def diff(home: Home, args: argparse.Namespace) -> Said:
    """The latest re-extraction beside what is current."""
    db = open_database(home.database, readonly=True)
    summary = Summary()
    differences = sum(1 for _ in changes(db, CURRENT, _latest(home), summary))
    return {"documents": _bulletins(home), "bulletins": summary.bulletins, "differences": differences}


def promote(home: Home, args: argparse.Namespace) -> Said:
    """The latest re-extraction becomes current, whatever its guards say."""
    db, run_id = open_database(home.database), _latest(home)
    verdict = examine(db, run_id, Limits(), home.root / "gold")
    moved = carry_out(home, db, run_id, verdict, "a benchmark")
    db.close()
    return {"documents": _bulletins(home), "moved": moved}


def prune_all(home: Home, args: argparse.Namespace) -> Said:
    """Remove what no one sees of all re-extractions."""
    db = open_database(home.database)
    runs = [row[0] for row in db.conn.execute("SELECT id FROM runs WHERE kind = ? ORDER BY id", (KIND,))]
    done = prune(db, runs)
    db.close()
    return {"documents": _bulletins(home), "results": done.results}


STEPS: dict[str, Callable[[Home, argparse.Namespace], Said]] = {
    "import": import_only,
    "read": read,
    "reextract": reextract,
    "diff": diff,
    "promote": promote,
    "prune": prune_all,
}


def _latest(home: Home) -> str:
    db = open_database(home.database, readonly=True)
    found = db.conn.execute("SELECT id FROM runs WHERE kind = ? ORDER BY started DESC, id DESC LIMIT 1", (KIND,))
    return str(found.fetchone()[0])


def _bulletins(home: Home) -> int:
    db = open_database(home.database, readonly=True)
    return int(db.conn.execute("SELECT count(*) FROM current_runs").fetchone()[0])


def main() -> None:
    """Do one step."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.steps", description=__doc__)
    parser.add_argument("step", choices=list(STEPS))
    parser.add_argument("--given", type=Path)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    home = Home.from_environment()
    print("begin", datetime.now(UTC).isoformat(), flush=True)
    began = time.perf_counter()
    busy = time.process_time()
    said = STEPS[args.step](home, args)
    spent = {"seconds": time.perf_counter() - began, "writer": time.process_time() - busy}
    print(json.dumps(spent | said), flush=True)


if __name__ == "__main__":
    main()
