"""After a night: the open incidents as an artifact, those that opened or closed as events (for Prefect's automations),
and a message to whoever the settings name. What goes wrong here is said and fails nothing.
"""

from __future__ import annotations

import sys

from prefect.artifacts import create_markdown_artifact
from prefect.events import emit_event

from db.home import Home
from db.store import incidents_of_run, open_database, open_incidents
from flows.report import incidents_table
from flows.watch.tell import as_json, tell


def announce(home: Home, run_id: str) -> None:
    """Show, emit and tell what is wrong after a run."""
    db = open_database(home.database, readonly=True)
    try:
        wrong, changed = open_incidents(db), incidents_of_run(db, run_id)
    finally:
        db.close()
    create_markdown_artifact(incidents_table(wrong), key="bantin-incidents", description="Sự cố của các nguồn tin")
    for incident in changed:
        try:
            emit_event(
                event=f"bantin.incident.{'closed' if incident.closed else 'opened'}",
                resource={
                    "prefect.resource.id": f"bantin.source.{incident.source}",
                    "prefect.resource.name": incident.source,
                },
                payload=as_json(incident),
            )
        except Exception as error:  # an event that nobody gets must not fail a night that went well
            print(f"bantin: no Prefect event for {incident.id}: {error}", file=sys.stderr, flush=True)
    tell(home)
