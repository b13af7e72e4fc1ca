"""``bantin sources``: the portals, and what the database has of each."""

from __future__ import annotations

import click

from db.home import Home
from db.store import open_database
from flows.commands.common import explained
from flows.sources import FILES, load_sources

_SQL = """
SELECT
  (SELECT max(time) FROM fetch_log WHERE source = :code),
  (SELECT count(*) FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id WHERE b.source = :code),
  (SELECT max(b.published) FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id WHERE b.source = :code),
  (SELECT count(*) FROM run_errors e JOIN runs r ON r.id = e.run_id WHERE e.source = :code AND r.kind <> 'reextract')
"""


@click.command("sources")
def command() -> None:
    """List the portals: when each was last asked, how many bulletins it has, its newest one, its errors.

    A portal is a short file in BANTIN_HOME/sites, named after its code; bantin new-site URL proposes one:

    \b
      # ngoquyen.toml
      name = "Quận Ngô Quyền"
      url = "https://ngoquyen.example/"
      area = "31.quan-ngo-quyen"
      family = "nukeviet4"
      valid = ["2019-01-01", "2025-06-30"]
      feeds = ["/rss/"]
      budget = 2000
      [lists]
      news = "/tin-tuc/"

    budget is how many requests one run may make (2000 when it is left out); delay, hosts, allow_private,
    contact and license may be set too.

    \b
    Example:
      bantin sources
    """
    home = Home.from_environment()
    with explained():
        sources = load_sources(home.sites)
        rows = dict.fromkeys(sources, (None, 0, None, 0))
        if home.database.exists():
            db = open_database(home.database, readonly=True)
            for code in [*sources, FILES.code]:
                rows[code] = db.conn.execute(_SQL, {"code": code}).fetchone()
            db.close()
    click.echo("source\tlast asked\tbulletins\tnewest\terrors")
    for code, (asked, bulletins, newest, errors) in rows.items():
        if code in sources or bulletins or errors:
            click.echo(f"{code}\t{asked or 'never'}\t{bulletins}\t{newest or '-'}\t{errors}")
    if not rows:
        click.echo(f"no portal is described in {home.sites}; see: bantin sources --help", err=True)
