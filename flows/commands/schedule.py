"""``bantin schedule``: the nightly run, every night."""

from __future__ import annotations

import click

from db.home import Home
from flows.commands.common import Refusal, explained
from flows.configured import ConfigurationError, check_configuration
from flows.nightly.schedule import CRON, PORT, ScheduleError, answers, check_cron, serve, server
from flows.sources import choose, load_sources
from flows.times import ZONE


@click.command("schedule")
@click.option("--cron", default=CRON, show_default=True, help=f"When to run, as a cron expression ({ZONE}).")
@click.option("--server", "api", metavar="URL", help="A Prefect server that runs already, http://host:4200/api.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    help="Port of the Prefect server that is started otherwise.",
)
def command(cron: str, api: str | None, port: int) -> None:
    """Run everything every night, until this command is stopped.

    Prefect schedules nothing without a running server, so one is started on this machine unless --server names one;
    its pages show each night's runs and tables. A night that was missed (the machine was off) is made up for at the
    start.

    \b
    Examples:
      bantin schedule                                     every night at two
      bantin schedule --cron "30 4 * * 1-5"               at half past four on working days
      bantin schedule --server http://127.0.0.1:4200/api  beside a server that runs already
    """
    home = Home.from_environment()
    with explained(ScheduleError, ConfigurationError):
        check_configuration(home, lambda text: click.echo(text, err=True))
        check_cron(cron)
        choose(load_sources(home.sites), [], home.sites)
        home.create()
        if api is not None:
            if not api.startswith(("http://", "https://")):
                raise click.UsageError(f"--server {api}: expected an address like http://127.0.0.1:4200/api")
            if not answers(api):
                raise Refusal(f"no Prefect server answers at {api}; start one: prefect server start")
            _serve(home, api, cron)
            return
        click.echo(f"starting a Prefect server on port {port} ...", err=True)
        with server(home, port) as started:
            _serve(home, started, cron)


def _serve(home: Home, api: str, cron: str) -> None:
    click.echo(f'serving: "{cron}" {ZONE}; runs are shown at {api.removesuffix("/api")}; Ctrl-C ends it', err=True)
    serve(home, api, cron)
