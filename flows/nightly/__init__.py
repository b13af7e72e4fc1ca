"""The Prefect flows. Importing this package sets what Prefect reads from the environment; Prefect itself comes with
the modules here and takes seconds, so only the commands that need it import that.
"""

from __future__ import annotations

import logging
import os

from db.home import Home
from flows.trouble import without_trace


def prepare(home: Home) -> None:
    """Keep Prefect's own database below BANTIN_HOME, its telemetry off and its talk short."""
    os.environ["PREFECT_HOME"] = str(home.prefect)
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    # a first start makes a database; on a busy machine that takes longer than the 20 seconds Prefect allows
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(name).addFilter(without_trace)


prepare(Home.from_environment())
