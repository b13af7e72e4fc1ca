"""Where the work is done: in this process, in some beside it, or on a Dask cluster. Results come in order."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from flows.reading.parts import read_part, work_into, write_part
from flows.reading.work import Job, Outcome, work

_T = TypeVar("_T")

#: jobs that are under way for each worker: enough that none waits, few enough that memory stays small
_AHEAD = 4
#: seconds in which a cluster must have its first worker
_FIRST_WORKER = 30
#: seconds between two looks whether there still is one
_LOOK = 5.0
#: steps of priority that workers stand behind: on two processors the one writer gets one of them while two workers
#: share the other, so that it never falls behind them (and who looks at the database meanwhile waits less)
_BEHIND = 3
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
    removed. A page that ends its worker each time it is tried costs itself only, as with ``processes``. Raises OSError
    where no scheduler answers at ``address``, where it has no worker (any more), or where what workers write does not
    arrive.
    """
    from distributed import Client
    from distributed.scheduler import KilledWorker

    with Client(address, timeout="15s", set_as_default=False) as client:  # type: ignore[no-untyped-call]  # theirs
        executor: Executor = client.get_executor(pure=False)
        try:
            client.wait_for_workers(1, timeout=_FIRST_WORKER)
        except TimeoutError:
            raise OSError(
                f"the Dask scheduler at {address} has no worker; start one on each machine: dask worker {address}"
            ) from None
        workers = len(client.scheduler_info()["workers"])
        numbers = count()

        def fresh() -> Path:
            return parts / f"{next(numbers):08}.jsonl.gz"

        def submit(job: Job) -> Future[str]:
            return executor.submit(work_into, job, str(fresh()))

        def patiently(future: Future[str]) -> str:
            return _with_workers(future, lambda: len(client.scheduler_info()["workers"]), address)

        def again(job: Job, _: BaseException) -> str:
            """Each page of a batch by itself."""
            outcomes: list[Outcome] = []
            for item in job.items:
                try:
                    outcomes += _taken(Path(patiently(submit(replace(job, items=(item,))))))
                except KilledWorker:
                    outcomes.append(_died(item.capture_id))
            part = fresh()
            write_part(part, outcomes)
            return str(part)

        def ask(jobs: Iterable[Job]) -> Iterator[list[Outcome]]:
            try:
                for part in _in_order(
                    jobs, submit, again, workers * _AHEAD, KilledWorker, nothing="", result=patiently
                ):
                    yield _taken(Path(part)) if part else []
            except CancelledError:
                raise OSError(
                    f"the Dask scheduler at {address} is gone; what was read is kept, the same command goes on"
                ) from None

        yield ask
    shutil.rmtree(parts, ignore_errors=True)


def _with_workers(future: Future[_T], workers: Callable[[], int], address: str) -> _T:
    """The result, waited for as long as there is somebody who may bring it. Raises OSError when there was nobody for
    as long as one waits for a first worker.
    """
    alone = 0.0
    while True:
        try:
            return future.result(timeout=_LOOK)
        except TimeoutError:
            if future.done():  # that was the job's own
                raise
        alone = 0.0 if workers() else alone + _LOOK
        if alone >= _FIRST_WORKER:
            raise OSError(
                f"the Dask scheduler at {address} has no worker any more; what was read is kept: start one"
                f" (dask worker {address}) and give the same command again"
            )


def _taken(part: Path) -> list[Outcome]:
    """What is in a part, which is removed."""
    try:
        outcomes = list(read_part(part))
    except FileNotFoundError:
        raise OSError(
            f"a worker wrote {part}, which is not there on this machine; expected the folder of the archive and of the"
            " parts, BANTIN_HOME, to be shared, at the same path everywhere"
        ) from None
    part.unlink()
    return outcomes


def _died(capture_id: str) -> Outcome:
    return Outcome(capture_id, stage="extract", error="the process that read this page died of it")


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
    broken: type[Exception] = BrokenExecutor,
    *,
    nothing: _T,
    result: Callable[[Future[_T]], _T] = lambda future: future.result(),
) -> Iterator[_T]:
    """Results in the order of the jobs, whoever is ready first: what is written does not depend on who read it.

    A job without items is sent to nobody and comes to ``nothing``: where all is known, no worker is started.
    """
    waiting: deque[tuple[Job, Future[_T]]] = deque()
    for job in jobs:
        waiting.append((job, submit(job) if job.items else _done(nothing)))
        while len(waiting) > ahead or (waiting and waiting[0][1].done()):
            yield _result(*waiting.popleft(), again, broken, result)
    while waiting:
        yield _result(*waiting.popleft(), again, broken, result)


def _done(result: _T) -> Future[_T]:
    made: Future[_T] = Future()
    made.set_result(result)
    return made


def _result(
    job: Job,
    future: Future[_T],
    again: Callable[[Job, BaseException], _T],
    broken: type[Exception],
    result: Callable[[Future[_T]], _T],
) -> _T:
    try:
        return result(future)
    except broken as error:
        return again(job, error)


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
                    outcomes.append(_died(item.capture_id))
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
    os.nice(_BEHIND)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import flows.reading.warm  # noqa: F401  to import it is to warm up


def _end_with_parent() -> None:
    """A worker waits for work for ever: when the process that gives it is killed outright, nobody else ends it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
