"""All of a run's work in this process, without Prefect."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flows.ingest import Run

#: sources that are visited at the same time; one host is never asked by two
VISITS = 8


def run_directly(run: Run) -> None:
    """Do all of an open run's work in this process, several sources at a time."""

    def visit(code: str) -> None:
        try:
            plan = run.discover(code)
        except Exception as error:
            run.source_down(code, error)
            return
        run.fetch(code, [*plan.new, *plan.again])

    with ThreadPoolExecutor(max_workers=VISITS) as pool:
        for done in [pool.submit(visit, code) for code in run.sources]:
            done.result()
    run.load(run.waiting())
    run.observe()
