"""The flow itself: tasks over ``flows.ingest.Run``, each with a batch of pages (a task costs 42 ms of its own)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from typing import Any, cast

from prefect import allow_failure, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, as_completed
from prefect.runtime import task_run as current
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from db.home import Home
from flows.batches import LOADED, batches
from flows.configured import ConfigurationError, check_configuration, once
from flows.direct import VISITS
from flows.discover import Options, Plan
from flows.ingest import Run
from flows.lock import running
from flows.net.errors import FetchError
from flows.nightly.announce import announce
from flows.nightly.ending import watch_temporary_servers
from flows.progress import Progress
from flows.report import errors_table, sources_table
from flows.sources import SourceError, choose, load_sources
from flows.trouble import may_pass
from flows.watch.tell import tell_refused
from schemas.sources import Source

watch_temporary_servers()

#: runs that are open in this process: tasks are given the id, a Run cannot be sent anywhere
_open: dict[str, Run] = {}


def _worth_another_try(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> bool:
    try:
        state.result()
    except Exception as error:
        return may_pass(error)
    return False


def _without_stack(record: logging.LogRecord) -> bool:
    """A fault of a portal says itself what to do; the calls that led to it tell whoever runs the night nothing."""
    if record.exc_info and isinstance(record.exc_info[1], FetchError):
        record.exc_info = None
    return True


logging.getLogger("prefect.task_runs").addFilter(_without_stack)


#: seconds that a night waits for another run to end
_LONGEST_WAIT = 6 * 3600.0
_TRIES = 2
_PAUSES = [30.0, 120.0]
_RUNNER = cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=VISITS))


@task(
    name="discover",
    task_run_name="discover {code}",
    retries=_TRIES,
    retry_delay_seconds=_PAUSES,
    retry_condition_fn=_worth_another_try,
    cache_policy=NO_CACHE,
)
def discover(run_id: str, code: str) -> Plan:
    """List what a source has. Fails when the source cannot be reached at all."""
    run = _open[run_id]
    try:
        return run.discover(code)
    except FetchError as error:
        # nobody waits for a night, so it gives a portal that is down some minutes; a person is told at once
        error.final = error.unreachable and run.kind != "nightly"
        failed = current.run_count or 1
        if may_pass(error) and failed <= _TRIES:  # else minutes pass in silence
            run.progress.note(
                f"{code} cannot be reached; asking again in {_PAUSES[failed - 1]:.0f} seconds"
                f" (attempt {failed + 1} of {_TRIES + 1}; Ctrl-C stops): {error.found}"
            )
        raise


@task(
    name="fetch",
    task_run_name="fetch {code}",
    retries=_TRIES,
    retry_delay_seconds=_PAUSES,
    retry_condition_fn=_worth_another_try,
    cache_policy=NO_CACHE,
)
def fetch(run_id: str, code: str, urls: Sequence[str]) -> None:
    """Fetch and archive a batch of pages of one source."""
    _open[run_id].fetch(code, urls)


@task(
    name="load",
    retries=_TRIES,
    retry_delay_seconds=_PAUSES,
    retry_condition_fn=_worth_another_try,
    cache_policy=NO_CACHE,
)
def load(run_id: str, capture_ids: Sequence[str]) -> None:
    """Read and load a batch of archived pages."""
    _open[run_id].load(capture_ids)


@task(
    name="observe",
    retries=_TRIES,
    retry_delay_seconds=_PAUSES,
    retry_condition_fn=_worth_another_try,
    cache_policy=NO_CACHE,
)
def observe(run_id: str) -> None:
    """Compare the bulletins that were loaded with those before."""
    _open[run_id].observe()


@flow(name="nightly", task_runner=_RUNNER, validate_parameters=True)
def nightly(
    sources: list[str] | None = None,
    since: str | None = None,
    limit: int | None = None,
    kind: str = "nightly",
    quiet: bool = False,
    held: bool = False,
) -> dict[str, Any]:
    """Everything new of the named sources (all of them by default), archived, read and loaded.

    ``since`` is a day in ISO form: a served run checks its parameters where only built-in types are known.
    Waits while another run is at work, unless the caller holds the folder already (``held``). Whoever bantin.toml
    names is told of incidents that opened or closed; each of those is an event of Prefect's too.
    Returns the run's id, its counts by source and its errors.
    """
    home = Home.from_environment()
    options = Options(date.fromisoformat(since) if since else None, limit)
    say = once(_say)
    _described(home, sources, kind, say)  # what is wrong is not waited with
    lock = nullcontext() if held else running(home, kind, wait=_LONGEST_WAIT, say=_say)
    with (
        lock,
        Progress(quiet=quiet) as progress,
        Run(home, _described(home, sources, kind, say), kind=kind, options=options, progress=progress) as run,
    ):
        _open[run.id] = run
        try:
            _work(run)
        finally:
            del _open[run.id]
        create_markdown_artifact(
            sources_table(run.id, run.summary()), key="bantin-sources", description="What each source brought"
        )
        create_markdown_artifact(errors_table(run.id, run.errors), key="bantin-errors", description="What went wrong")
    announce(home, run.id)
    return {"run": run.id, **run.summary(), "problems": run.errors}


def _described(home: Home, sources: Sequence[str] | None, kind: str, say: Callable[[str], None]) -> dict[str, Source]:
    """The portals of a run as their files say now. Nobody sees a night refused, so it tells whoever is to be told."""
    try:
        if kind == "nightly":  # the others were asked for by a command, which has looked
            check_configuration(home, say)
        return choose(load_sources(home.sites), sources or [], home.sites)
    except (ConfigurationError, SourceError) as error:
        if kind == "nightly":
            tell_refused(home, str(error))
        raise


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _work(run: Run) -> None:
    found = {discover.submit(run.id, code): code for code in run.sources}
    fetched: list[PrefectFuture[None]] = []
    for future in as_completed(list(found)):
        code = found[future]
        plan = future.result(raise_on_failure=False)
        if isinstance(plan, Exception):
            run.source_down(code, plan)
        else:
            fetched += _fetch_in_turn(run, code, [*plan.new, *plan.again])
    for done in fetched:
        done.result()
    for batch in batches(run.waiting(), LOADED):
        load(run.id, batch)
    observe(run.id)


def _fetch_in_turn(run: Run, code: str, urls: Sequence[str]) -> list[PrefectFuture[None]]:
    """A source's batches one after the other: its session and its pace serve one request at a time."""
    futures: list[PrefectFuture[None]] = []
    for batch in batches(urls):
        before = [allow_failure(futures[-1])] if futures else []
        futures.append(fetch.submit(run.id, code, batch, return_state=False, wait_for=before))
    return futures
