"""``bantin quarantine``: pages that could not be fetched or read."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

import click

from db.home import Home
from db.store import open_database
from flows import quarantine
from flows.commands.common import Refusal, explained
from flows.configured import ConfigurationError, check_configuration, once
from flows.lock import Busy, running
from flows.progress import Progress
from flows.show.columns import show_rows
from flows.sources import check_known, known_codes, load_sources


@click.group("quarantine")
def command() -> None:
    """See what could not be fetched or read, and try again.

    A page in quarantine is archived where it came at all. The nightly run reads it again when bantin or the portal's
    file changed, and asks again for what did not come; nothing has to be done by hand but to mend the cause.

    \b
    Examples:
      bantin quarantine list
      bantin quarantine show 3f2a
      bantin quarantine retry --source hai-linh
    """


@command.command("list")
@click.option("--source", metavar="CODE", help="Only this source.")
@click.option("--pages", is_flag=True, help="A line a page instead of a line a reason.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page.")
def list_command(source: str | None, pages: bool, as_json: bool) -> None:
    """Count what is in quarantine by source and reason; write it to stdout: columns on a terminal, tabs elsewhere.

    \b
    Examples:
      bantin quarantine list
      bantin quarantine list --source hai-linh --pages
      bantin quarantine list --json | jq -r .url
    """
    with explained():
        found = _entries(Home.from_environment(), source)
    if as_json:
        for entry in found:
            click.echo(json.dumps(asdict(entry) | {"fault": entry.fault, "advice": entry.advice}, ensure_ascii=False))
    elif pages:
        show_rows(
            [(entry.id, entry.source, entry.stage, entry.url, _one_line(entry)) for entry in found],
            ("id", "source", "stage", "page", "reason"),
            head_for_programs=False,
        )
    else:
        counted = Counter((entry.source, entry.stage, entry.fault) for entry in found)
        examples = {(entry.source, entry.stage, entry.fault): entry for entry in reversed(found)}
        show_rows(
            [(*key, str(count), examples[key].id, _one_line(examples[key])) for key, count in sorted(counted.items())],
            ("source", "stage", "fault", "pages", "example", "its reason"),
            head_for_programs=False,
        )
    if not found:
        click.echo("nothing is in quarantine", err=True)


@command.command("show")
@click.argument("what", metavar="ID|URL")
def show_command(what: str) -> None:
    """Show one page: why, what to do, where it lies in the archive, how it begins. ID may be its first letters.

    \b
    Examples:
      bantin quarantine show 3f2a
      bantin quarantine show https://hai-linh.example/tin-tuc/123.html
    """
    home = Home.from_environment()
    with explained():
        db = open_database(home.database, readonly=True)
    try:
        (entry,) = _picked(quarantine.entries(db), [what])
        place, lines = quarantine.page_lines(home, db, entry)
    finally:
        db.close()
    for name, value in (
        ("id", entry.id),
        ("source", entry.source),
        ("page", entry.url),
        ("since", entry.since),
        ("stage", entry.stage),
        ("reason", entry.reason.replace("\n", "\n          ")),
        ("next", entry.advice),
        ("archive", place),
    ):
        click.echo(f"{name:<10}{value}")
    if lines:
        click.echo()
        for line in lines:
            click.echo(f"  {line}")


@command.command("retry")
@click.argument("what", nargs=-1, metavar="[ID|URL]...")
@click.option("--source", metavar="CODE", help="Everything of this source.")
@click.option("--all", "everything", is_flag=True, help="Everything.")
def retry_command(what: Sequence[str], source: str | None, everything: bool) -> None:
    """Read archived pages of the quarantine again, without waiting for the night.

    What never came is asked for by bantin ingest. Exit code 1: some could still not be read.

    \b
    Examples:
      bantin quarantine retry 3f2a 77b0
      bantin quarantine retry --source hai-linh
      bantin quarantine retry --all
    """
    if sum((bool(what), source is not None, everything)) != 1:
        raise Refusal("say what to try: ids or addresses, or --source CODE, or --all; see: bantin quarantine list")
    home = Home.from_environment()
    from flows.ingest import Run
    from flows.sources import FILES

    say = once(_say)
    with explained(Busy, ConfigurationError):
        check_configuration(home, say)
        found = _entries(home, source)
        if what:
            found = _picked(found, what)
        with running(home, "quarantine retry", say=_say):
            check_configuration(home, say)  # the wait may have been long
            sources = load_sources(home.sites) | {FILES.code: FILES}
            here = {entry.id for entry in _entries(home, source)}
            found = [entry for entry in found if entry.id in here]
            waiting = [entry for entry in found if entry.capture_id and entry.source in sources]
            left = len(found) - len(waiting)
            if left:
                click.echo(f"{left} not archived, or of a portal without a file: bantin ingest asks again", err=True)
            if not waiting:
                click.echo("0 read, 0 not")
                return
            codes = dict.fromkeys(entry.source for entry in waiting)
            with (
                Progress() as progress,
                Run(home, {c: sources[c] for c in codes}, kind="retry", progress=progress) as run,
            ):
                run.load([entry.capture_id for entry in waiting if entry.capture_id])
                run.observe()
    read = sum(counts["read"] for counts in run.counts.values())
    click.echo(f"{read} read, {len(waiting) - read} not")
    if read < len(waiting):
        sys.exit(1)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _entries(home: Home, source: str | None) -> list[quarantine.Entry]:
    db = open_database(home.database, readonly=True)
    try:
        check_known([source] if source else [], known_codes(db, home.sites))
        return quarantine.entries(db, source)
    finally:
        db.close()


def _picked(found: Sequence[quarantine.Entry], wanted: Sequence[str]) -> list[quarantine.Entry]:
    picked, unknown = quarantine.chosen(found, wanted)
    if unknown:
        several = [name for name in unknown if any(entry.id.startswith(name) for entry in found)]
        said = [f"several pages have an id that begins with {name}; type more of it" for name in several]
        said += [f"no page in quarantine has the id or address {name}" for name in unknown if name not in several]
        raise Refusal(f"{'; '.join(said)}; see: bantin quarantine list --pages")
    return picked


def _one_line(entry: quarantine.Entry) -> str:
    """The reason beside a column that names the source already."""
    return " ".join(entry.reason.removeprefix(f"{entry.source}: ").split())
