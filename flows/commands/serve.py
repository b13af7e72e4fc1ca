"""``bantin serve``: Datasette on the database."""

from __future__ import annotations

import errno
import os
import socket
import sys

import click

from db.home import Home
from flows.commands.common import Refusal


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to listen on.")
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

    _free(host, port)

    from db.datasette.serve import serve_arguments

    arguments = serve_arguments(home, port, host)
    click.echo(f"http://{host}:{port}/ is the start page, /bantin has every table and query; Ctrl-C ends it", err=True)
    os.execv(sys.executable, [sys.executable, "-m", "datasette", *arguments])


def _free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before anything is said of it."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        if (error.errno or 0) < 0:  # the resolver's numbers, which create_server hands on
            raise Refusal(f"--host {host}: no such name or address; 127.0.0.1 is this machine alone") from None
        if error.errno == errno.EADDRNOTAVAIL:
            raise Refusal(
                f"--host {host} is no address of this machine; 127.0.0.1 is this machine alone, 0.0.0.0 all it has"
            ) from None
        raise Refusal(
            f"cannot listen on port {port} of {host} ({error.strerror}); another program may have it,"
            f" perhaps another bantin serve; try: bantin serve --port {port + 1 if port < 65535 else 8001}"
        ) from None
