"""Serving the flow every night: a Prefect server (ours, unless one is named), the deployment, the missed night.

Without a running server Prefect schedules nothing, and a served flow that was stopped comes back paused; both are
taken care of here.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import requests
from cronsim import CronSim, CronSimError

from db.home import Home
from db.store import open_database
from db.times import from_text
from flows.nightly.ending import end_with_us
from flows.times import ZONE

CRON = "0 2 * * *"
PORT = 4200
#: how much before its minute a run may begin: Prefect waits a whole number of seconds, rounded
_EARLY = timedelta(seconds=1)
#: seconds that a server may take to answer; a first start makes its database
_STARTUP = 180.0


class ScheduleError(Exception):
    """What keeps the nightly run from being scheduled, and what to type."""


def check_cron(cron: str) -> str:
    """The expression, when it is one that fires at some time."""
    try:
        next(CronSim(cron, datetime.now(ZoneInfo(ZONE))))
    except (CronSimError, StopIteration) as error:
        raise ScheduleError(
            f'"{cron}" is no cron expression ({error}); every night at two is: --cron "{CRON}"'
        ) from None
    return cron


def missed(cron: str, last: datetime | None, now: datetime) -> bool:
    """Whether the schedule fired since the last nightly run. Before the first one nothing is missed.

    >>> night = datetime(2023, 9, 15, 19, 0, 4, tzinfo=UTC)
    >>> [missed(CRON, night, datetime(2023, 9, day, 12, tzinfo=UTC)) for day in (16, 17)]
    [False, True]
    """
    if last is None:
        return False
    before = next(CronSim(cron, now.astimezone(ZoneInfo(ZONE)), reverse=True))
    return last < before - _EARLY


def last_night(home: Home) -> datetime | None:
    """When the last nightly run started; None when there was none."""
    if not home.database.exists():
        return None
    db = open_database(home.database)
    try:
        found = db.conn.execute("SELECT max(started) FROM runs WHERE kind = 'nightly'").fetchone()[0]
    finally:
        db.close()
    return from_text(found) if found else None


def answers(api: str) -> bool:
    """Whether a Prefect server is there."""
    try:
        return requests.get(f"{api.rstrip('/')}/health", timeout=5).ok
    except requests.RequestException:
        return False


@contextmanager
def server(home: Home, port: int) -> Iterator[str]:
    """A Prefect server on loopback for as long as the block lasts; gives its API's address."""
    api = f"http://127.0.0.1:{port}/api"
    if answers(api):
        raise ScheduleError(
            f"port {port} has a Prefect server already; use it with --server {api}, or take another --port"
        )
    log = home.prefect / "server.log"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PREFECT_API_URL": api},
        )
    watcher = None
    try:
        watcher = end_with_us(process, group=True)
        deadline = time.monotonic() + _STARTUP
        while not answers(api):
            if process.poll() is not None or time.monotonic() > deadline:
                raise ScheduleError(
                    f"the Prefect server did not start on port {port}; see {log}, or try another --port"
                )
            time.sleep(0.5)
        yield api
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if watcher is not None:
            watcher.kill()
            watcher.wait()


def serve(home: Home, api: str, cron: str) -> None:
    """Serve the flow until the process is told to stop; run at once when a night was missed."""
    os.environ["PREFECT_API_URL"] = api
    os.environ["BANTIN_HOME"] = str(home.root)  # runs are processes of their own, started elsewhere

    from prefect.deployments import run_deployment
    from prefect.deployments.runner import RunnerDeployment
    from prefect.runner import Runner
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.nightly.flow import nightly

    # Prefect's handler of SIGTERM calls a coroutine without awaiting it and says so on the way out
    warnings.filterwarnings("ignore", message="coroutine 'Runner.astop' was never awaited")
    runner = Runner(name="nightly", pause_on_shutdown=False, limit=1)
    deployment = nightly.to_deployment(
        "nightly",
        schedule=Cron(cron, timezone=ZONE),
        paused=False,  # an earlier stop may have left it paused
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    # Not add_flow: that sends the flow to the run's process as a copy, cut off from the modules it belongs to.
    runner.add_deployment(cast(RunnerDeployment, deployment))
    if missed(cron, last_night(home), datetime.now(UTC)):
        print("a night was missed: running now", file=sys.stderr, flush=True)
        run_deployment("nightly/nightly", timeout=0, as_subflow=False)
    asyncio.run(runner.start())
