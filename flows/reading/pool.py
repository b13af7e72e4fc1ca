"""Where the work is done: in this process, in some beside it, or on a Dask cluster. Results come in order."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from flows.reading.parts import read_part, work_into
from flows.reading.work import Job, Outcome, work

_T = TypeVar("_T")

#: jobs that are under way for each worker: enough that none waits, few enough that memory stays small
_AHEAD = 2
#: pages from which on more than one process is worth its start
_WORTH = 300

Ask = Callable[[Iterable[Job]], Iterator[list[Outcome]]]


def here(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
    """One job after the other in this process."""
    return map(work, jobs)


@contextmanager
def processes(number: int) -> Iterator[Ask]:
    """``number`` processes beside this one; each imports and warms what it needs once.

    A page that ends its process (memory, a fault of a library) costs itself only: its batch is read again page by
    page, and the page that does it twice is an error like others.
    """
    pools = _Pools(number)
    try:
        yield lambda jobs: _in_order(jobs, pools.submit, pools.again, number * _AHEAD, nothing=list[Outcome]())
    finally:
        pools.close()


@contextmanager
def dask(address: str, parts: Path) -> Iterator[Ask]:
    """The workers of a Dask scheduler. They need the same bantin, and archive and ``parts`` at the same path.

    Workers write what they read into ``parts``, so that little goes through the scheduler; a part that is loaded is
    removed. Raises OSError where no scheduler answers at ``address``.
    """
    from distributed import Client

    with Client(address, timeout="15s", set_as_default=False) as client:  # type: ignore[no-untyped-call]
        executor: Executor = client.get_executor(pure=False)
        workers = max(len(client.scheduler_info()["workers"]), 1)
        numbers = count()

        def submit(job: Job) -> Future[str]:
            return executor.submit(work_into, job, str(parts / f"{next(numbers):08}.jsonl.gz"))

        def ask(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
            for part in _in_order(jobs, submit, _raise, workers * _AHEAD, nothing=""):
                yield list(read_part(Path(part))) if part else []
                if part:
                    Path(part).unlink()

        yield ask
    shutil.rmtree(parts, ignore_errors=True)


def crew(jobs: int, scheduler: str | None = None, parts: Path | None = None) -> AbstractContextManager[Ask]:
    """The workers of the Dask ``scheduler``, with a shared folder for ``parts``; else ``jobs`` processes, 1 is this."""
    if scheduler:
        if parts is None:
            raise ValueError("a Dask cluster needs a folder for its parts that it shares with this machine")
        return dask(scheduler, parts)
    return nullcontext(here) if jobs <= 1 else processes(jobs)


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))


def fitting(pages: int) -> int:
    """How many processes so many pages are worth: starting some takes as long as reading a few hundred."""
    return cores() if pages >= _WORTH else 1


def _in_order(
    jobs: Iterable[Job],
    submit: Callable[[Job], Future[_T]],
    again: Callable[[Job, BaseException], _T],
    ahead: int,
    *,
    nothing: _T,
) -> Iterator[_T]:
    """Results in the order of the jobs, whoever is ready first: what is written does not depend on who read it.

    A job without items is sent to nobody and comes to ``nothing``: where all is known, no worker is started.
    """
    waiting: deque[tuple[Job, Future[_T]]] = deque()
    for job in jobs:
        waiting.append((job, submit(job) if job.items else _done(nothing)))
        while len(waiting) > ahead or (waiting and waiting[0][1].done()):
            yield _result(*waiting.popleft(), again)
    while waiting:
        yield _result(*waiting.popleft(), again)


def _done(result: _T) -> Future[_T]:
    made: Future[_T] = Future()
    made.set_result(result)
    return made


def _result(job: Job, future: Future[_T], again: Callable[[Job, BaseException], _T]) -> _T:
    try:
        return future.result()
    except BrokenExecutor as error:
        return again(job, error)


def _raise(job: Job, error: BaseException) -> NoReturn:
    raise error


class _Pools:
    """A pool of processes that is made anew when one of them dies."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._pool = self._made(number)

    def submit(self, job: Job) -> Future[list[Outcome]]:
        try:
            return self._pool.submit(work, job)
        except BrokenExecutor:
            self._pool = self._made(self._number)
            return self._pool.submit(work, job)

    def again(self, job: Job, _: BaseException) -> list[Outcome]:
        """Each page of a batch by itself, in a process of its own as long as none dies."""
        outcomes: list[Outcome] = []
        alone = self._made(1)
        try:
            for item in job.items:
                try:
                    outcomes += alone.submit(work, replace(job, items=(item,))).result()
                except BrokenExecutor:
                    outcomes.append(
                        Outcome(item.capture_id, stage="extract", error="the process that read this page died of it")
                    )
                    alone.shutdown(wait=False)
                    alone = self._made(1)
        finally:
            alone.shutdown(wait=True)
        return outcomes

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    @staticmethod
    def _made(number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(number, mp_context=_context(), initializer=_warm)


def _context() -> Any:
    """A server that has imported everything forks the workers: threads of this process stay out of them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.reading.warm"])
    return context


def _warm() -> None:
    import flows.reading.warm  # noqa: F401
