"""``bantin import``: what others archived, into the archive and the database."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import click

from db.home import Home
from db.times import to_text
from flows.commands.common import Refusal, explained
from flows.commands.days import DAY, check_span
from flows.configured import ConfigurationError, check_configuration, once
from flows.imports.formats import PathError, find
from flows.imports.found import Page
from flows.imports.intake import Wanted
from flows.imports.run import Options, Outcome, import_files, list_files
from flows.lock import running
from flows.report import counts_table
from flows.show.columns import show_row
from flows.sources import FILES, choose, load_sources
from schemas.sources import Source

_COLUMNS = ("new", "lists", "known", "read", "quarantined")
_SHOWN_HOSTS = 10
_WHY = {
    "not_a_page": "no pages of text",
    "status": "not answered well",
    "empty": "empty",
    "no_portal": "of no portal",
    "filtered": "not asked for",
    "unresolved_revisit": "revisits of pages that are not here",
    "removed": "removed on request",
}


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--source", metavar="CODE", help=f"Everything belongs to this portal ({FILES.code}: to none).")
@click.option("--since", type=DAY, help="Nothing captured before that day.")
@click.option("--until", type=DAY, help="Nothing captured after that day.")
@click.option("--url", metavar="PATTERN", help="Only addresses that hold this text; * stands for anything.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many new pages.")
@click.option("--by-reference", is_flag=True, help="Point at the WARC files where they are, copy nothing.")
@click.option("--note", help="A comment that is kept with the import: where the files come from, who gave them.")
@click.option("--no-read", is_flag=True, help="Archive only; the next ingest or import reads the pages.")
@click.option("--dry-run", is_flag=True, help="List what would be taken, by source; write nothing.")
def command(
    paths: Sequence[str],
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    url: str | None,
    limit: int | None,
    by_reference: bool,
    note: str | None,
    no_read: bool,
    dry_run: bool,
) -> None:
    """Take archived pages in: WARC and WACZ files, folders and zip files of saved HTML, MHTML or text, JSON lines.

    A page keeps the time at which it was captured, and is read in the layout that its portal had then. It belongs to
    the portal (BANTIN_HOME/sites) whose host it has. The same page twice is one capture, and an import that was
    killed goes on when it is run again. What is damaged is told with its place and costs only itself.

    With --by-reference the files stay where they are (gzip by record, or not compressed) and must not be changed;
    bantin archive verify reads what the database points at.

    \b
    Examples:
      bantin import crawl-2023.warc.gz wayback.wacz
      bantin import --dry-run --url '/tin-tuc/*' /mnt/crawls
      bantin import --until 2025-06-30 --by-reference --note "disk of the district office" /mnt/crawls
      bantin import --source ngoquyen saved-pages.zip

    The counts by source go to stdout, and with --dry-run a line a page: source, new or known, time, address. Exit code
    1: something was damaged or could not be read: bantin quarantine list. The table imports has a row for each file.
    """
    check_span(since, until)
    home = Home.from_environment()
    with explained(PathError, ConfigurationError):
        say = once(_say)
        check_configuration(home, say)
        sources, always = _portals(home, source)
        files = find(paths)
        if not files:
            raise Refusal(f"{', '.join(paths)}: no file there")
        wanted = Wanted(since.date() if since else None, until.date() if until else None, _pattern(url), limit)
        options = Options(wanted, by_reference, note, not no_read)
        if dry_run:
            outcome = list_files(home, files, sources, always, options, _listed(max(map(len, [FILES.code, *sources]))))
        else:
            with running(home, "import", say=_say):
                check_configuration(home, say)  # the wait may have been long
                sources, always = _portals(home, source)
                outcome = import_files(home, files, sources, always, options)
    click.echo(counts_table({"sources": _touched(outcome)}, _COLUMNS), err=dry_run)
    _told(home, outcome)
    if outcome.damaged or outcome.summary["errors"]:
        sys.exit(1)


def _portals(home: Home, source: str | None) -> tuple[dict[str, Source], Source | None]:
    """The portals as their files say now, and the one that everything belongs to."""
    sources = load_sources(home.sites)
    if source is None or source == FILES.code:
        return sources, FILES if source else None
    return sources, choose(sources, [source], home.sites)[source]


def _pattern(text: str | None) -> Callable[[str], bool] | None:
    """A test of addresses.

    >>> wanted = _pattern("/tin-tuc/*2023")
    >>> wanted is not None and wanted("https://x.example/tin-tuc/hop-2023.html")
    True
    """
    if text is None:
        return None
    parts = re.compile(".*".join(re.escape(part) for part in text.split("*")))
    return lambda url: parts.search(url) is not None


def _listed(longest: int) -> Callable[[Source, Page, bool], None]:
    """Shows a page that would be taken; ``longest`` is the length of the longest code of a portal."""
    widths = (longest, len("known"), len("2023-09-16T08:00:00Z"))

    def show(source: Source, page: Page, known: bool) -> None:
        stands, time = "known" if known else "new", to_text(page.capture.time)
        show_row((source.code, stands, time, page.capture.url), widths)

    return show


def _say(text: str) -> None:
    click.echo(text, err=True)


def _touched(outcome: Outcome) -> dict[str, Any]:
    """The counts of the sources that something came of."""
    sources: dict[str, Any] = outcome.summary["sources"]
    return {code: counts for code, counts in sources.items() if any(counts.get(name) for name in _COLUMNS)}


def _told(home: Home, outcome: Outcome) -> None:
    left = ", ".join(f"{count} {_WHY[why]}" for why, count in outcome.skipped.most_common())
    if left:
        click.echo(f"left out: {left}", err=True)
    _strangers(home, outcome.strangers)
    if outcome.run_id and (outcome.damaged or outcome.summary["errors"]):
        unread = sum(counts.get("quarantined", 0) for counts in outcome.summary["sources"].values())
        click.echo(
            f"run {outcome.run_id}: {outcome.damaged} damaged places, {unread} pages that could not be read;"
            " the reasons: bantin quarantine list",
            err=True,
        )


def _strangers(home: Home, hosts: Counter[str]) -> None:
    for host, count in hosts.most_common(_SHOWN_HOSTS):
        click.echo(f"{count} pages of {host} belong to no portal", err=True)
    if len(hosts) > _SHOWN_HOSTS:
        click.echo(f"and pages of {len(hosts) - _SHOWN_HOSTS} other hosts", err=True)
    if hosts:
        click.echo(
            f"describe the portals in {home.sites} (bantin sources --help), or give --source CODE"
            f" (--source {FILES.code}: read them without a portal)",
            err=True,
        )
