"""``bantin serve``: Datasette on the database."""

from __future__ import annotations

import os
import sys

import click

from db.home import Home
from flows.commands.common import Refusal


@click.command("serve")
@click.option("--port", default=8001, show_default=True, help="Port to listen on.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 shows it to others."
)
def command(port: int, host: str) -> None:
    """Open the database in the browser: pages for readers, and Datasette's tables, queries and SQL behind them.

    \b
    Examples:
      bantin serve                    then open http://127.0.0.1:8001/
      bantin serve --port 8080
    """
    home = Home.from_environment()
    if not home.database.exists():
        raise Refusal(f"{home.database}: no database there yet; bantin ingest makes one (BANTIN_HOME names the folder)")

    from db.datasette.serve import serve_arguments

    arguments = serve_arguments(home, port, host)
    click.echo(f"http://{host}:{port}/ is the start page, /bantin has every table and query; Ctrl-C ends it", err=True)
    os.execv(sys.executable, [sys.executable, "-m", "datasette", *arguments])
