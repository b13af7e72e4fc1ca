"""The Prefect flow of a re-extraction: it shows progress and result there; the work is ``Reextraction``'s.

One task reads all that is left: it goes on where it stopped, so trying it again costs what is left and no more.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from db.home import Home
from db.store.candidates import Scope
from flows.nightly.ending import watch_temporary_servers
from flows.progress import Progress
from flows.reextract.session import Reextraction, counts_line
from flows.sources import load_sources
from flows.trouble import may_pass

watch_temporary_servers()

#: sessions that are open in this process: tasks are given the id
_open: dict[str, tuple[Reextraction, int | None, str | None]] = {}


@task(
    name="read",
    retries=2,
    retry_delay_seconds=[10.0, 60.0],
    retry_condition_fn=lambda task, run, state: _worth_another_try(state),
    cache_policy=NO_CACHE,
)
def read(run_id: str) -> dict[str, Any]:
    """Read what is left of a run."""
    session, jobs, dask = _open[run_id]
    with session.crew(jobs, dask) as ask:
        session.read(ask)
    return session.summary()


def _worth_another_try(state: Any) -> bool:
    try:
        state.result()
    except Exception as error:
        return may_pass(error)
    return False


@flow(name="reextract", validate_parameters=True)
def reextract(
    sources: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    where: str | None = None,
    jobs: int | None = None,
    dask: str | None = None,
    quiet: bool = False,
) -> dict[str, Any]:
    """Every archived page of the scope, read by today's rules into a candidate run. Returns its id and counts.

    ``since`` and ``until`` are days in ISO form: a served run checks its parameters where only built-in types are
    known.
    """
    home = Home.from_environment()
    scope = Scope(
        tuple(sorted(sources or ())),
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        where,
    )
    with (
        Progress(quiet=quiet) as progress,
        Reextraction(home, load_sources(home.sites), scope, progress=progress) as session,
    ):
        _open[session.id] = session, jobs, dask
        try:
            counts = read(session.id)
        finally:
            del _open[session.id]
        create_markdown_artifact(
            f"Run `{session.id}`: {counts_line(counts)}\n\nCompare: `bantin diff {session.id}`",
            key="bantin-reextract",
            description="What the candidate has read",
        )
    return {"run": session.id, "resumed": session.resumed, **counts}
