"""``bantin sources``: the portals, and what the database has of each."""

from __future__ import annotations

import json

import click

from db.home import Home
from db.store import open_database
from flows.commands.common import Refusal, explained
from flows.show.columns import show_rows
from flows.sources import FILES, load_sources

_SQL = """
SELECT
  (SELECT max(time) FROM fetch_log WHERE source = :code),
  (SELECT count(*) FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id WHERE b.source = :code),
  (SELECT max(b.published) FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id WHERE b.source = :code),
  (SELECT count(*) FROM run_errors e JOIN runs r ON r.id = e.run_id WHERE e.source = :code AND r.kind <> 'reextract')
"""


#: what _SQL finds
_NAMES = ("last_asked", "bulletins", "newest", "errors")


@click.command("sources")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a portal.")
def command(as_json: bool) -> None:
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
    Examples:
      bantin sources
      bantin sources --json | jq -r 'select(.errors > 0).source'
    """
    home = Home.from_environment()
    if not home.root.exists():
        raise Refusal(f"{home.root}: no folder there (BANTIN_HOME names it); bantin new-site URL --write makes it")
    with explained():
        sources = load_sources(home.sites)
        rows = dict.fromkeys(sources, (None, 0, None, 0))
        if home.database.exists():
            db = open_database(home.database, readonly=True)
            for code in [*sources, FILES.code]:
                rows[code] = db.conn.execute(_SQL, {"code": code}).fetchone()
            db.close()
    known = {code: row for code, row in rows.items() if code in sources or row[1] or row[3]}
    if as_json:
        for code, row in known.items():
            click.echo(json.dumps({"source": code, **dict(zip(_NAMES, row, strict=True))}, ensure_ascii=False))
    else:
        show_rows(
            [
                (code, asked or "never", str(bulletins), newest or "-", str(errors))
                for code, (asked, bulletins, newest, errors) in known.items()
            ],
            ("source", *(name.replace("_", " ") for name in _NAMES)),
        )
    if not rows:
        click.echo(f"no portal is described in {home.sites}; see: bantin sources --help", err=True)
