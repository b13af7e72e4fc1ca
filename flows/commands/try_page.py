"""``bantin try``: what would be read of one page, or of one list."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from db.home import Home
from extractors.page import PageError, decode_body, read_page
from extractors.sites import families
from flows.commands.common import Refusal, explained
from flows.net.errors import FetchError
from flows.onepage import Looker, OnePage, from_file, is_address, source_for, stranger
from flows.show.text import clean
from flows.sources import choose, load_sources
from schemas.nearest import meant
from schemas.sources import Source

_WIDTH = (120, 24)


@click.command("try")
@click.argument("what", metavar="URL|FILE")
@click.option("--source", "code", metavar="CODE", help="Read it as this portal's.  [default: the one with that host]")
@click.option("--family", metavar="NAME", help="Read it as a page of this family, whatever it looks like.")
@click.option("--list", "as_list", is_flag=True, help="Read it as a list page: the articles it names, the next page.")
@click.option("--url", metavar="URL", help="Where a FILE came from.")
@click.option("--save", type=click.Path(path_type=Path), metavar="FILE", help="Keep the page there, as it came.")
@click.option("--allow-private", is_flag=True, help="The host may be this machine or in a private network.")
def command(
    what: str,
    code: str | None,
    family: str | None,
    as_list: bool,
    url: str | None,
    save: Path | None,
    allow_private: bool,
) -> None:
    """Show what would be read of a page: title, date, text, figures, findings, warnings.

    Nothing is written but the page that --save keeps. An address is asked as every run asks: robots.txt is obeyed, and
    hosts on this machine or in a private network are refused unless the portal's file, or --allow-private, allows them.

    \b
    Examples:
      bantin try https://ngoquyen.example/tin/so-ket-9-thang-123.html
      bantin try https://ngoquyen.example/tin/so-ket-9-thang-123.html --save page.html
      bantin try page.html --source ngoquyen
      bantin try https://ngoquyen.example/tin-tuc/ --list
      bantin try page.html --family joomla

    Exit code 1: the page could not be fetched or read; what was expected and found is said.
    """
    if code and family:
        raise click.UsageError("--source names a family already; give one of --source and --family")
    if family and family not in families():
        raise click.UsageError(
            f"no family {family}{meant(family, families())}; expected one of {', '.join(families())}"
        )
    if save is not None and save.exists():
        raise Refusal(f"{save} exists; name another file, nothing is overwritten")
    home = Home.from_environment()
    with explained():
        sources = load_sources(home.sites)
        source = choose(sources, [code], home.sites)[code] if code else None
        try:
            if is_address(what):
                if source is None and family is None:
                    source = source_for(what, sources)
                asked = source or stranger(what, family=family or "microdata", private=allow_private)
                with Looker(asked) as looker:
                    page = looker.get(what)
            else:
                page = from_file(Path(what), url)
        except FetchError as error:
            click.echo(clean(str(error)), err=True)
            sys.exit(1)
    if source is None and family:
        source = stranger(page.url or "https://unknown.invalid/", family=family)
    if save is not None:
        save.write_bytes(page.body)
        by = f" --source {source.code}" if source and source.code in sources else ""
        click.echo(f"saved {save}; read it again with  bantin try {save}{by}", err=True)
    try:
        known = _show_list(page, source) if as_list else _show(page, source, what)
    except PageError as error:
        click.echo("\n".join(clean(line) for line in str(error).splitlines()), err=True)
        known = False
        failed = True
    else:
        failed = False
    if not known and not as_list and (count := _articles_named(page, source)):
        click.echo(f"the page names {count} articles, as a list does: add --list", err=True)
    if failed:
        sys.exit(1)


def _show(page: OnePage, source: Source | None, what: str) -> bool:
    """Print what is read of an article; whether a family read it."""
    from extractors.pipeline import extract_text
    from flows.show import Result, writer
    from flows.show.reading import bulletin_lines

    bulletin = read_page(page.body, url=page.url, content_type=page.content_type, captured_on=page.day, source=source)
    columns = shutil.get_terminal_size(_WIDTH).columns
    for line in bulletin_lines(bulletin, columns):
        click.echo(line)
    click.echo()
    made = extract_text(bulletin.text, id=page.url or what, title=bulletin.title, published=bulletin.published)
    table = writer("table", sys.stdout)
    table.open()
    table.add(Result(page.url or what, made, bulletin))
    table.close()
    return bulletin.reader != "generic"


def _show_list(page: OnePage, source: Source | None) -> bool:
    from flows.show.reading import list_lines

    source, reader = _reader_of_list(page, source)
    listed = families()[source.family].read_list(
        page.body, url=page.url or str(source.url), content_type=page.content_type, source=source
    )
    for line in list_lines(listed, reader, shutil.get_terminal_size(_WIDTH).columns):
        click.echo(line)
    return True


def _reader_of_list(page: OnePage, source: Source | None) -> tuple[Source, str]:
    """The source to read a list with: the given one, else one of the family that finds most on it."""
    if source is not None:
        return source, f"{source.family} ({source.code})"
    from extractors.sites.fit import fits

    url = page.url or "https://unknown.invalid/"
    found = fits(page.body, decode_body(page.body, page.content_type), url)
    best = max((fit for fit in found if fit.kind == "list"), key=lambda fit: fit.score, default=found[0])
    return stranger(url, family=best.family.name), best.family.name


def _articles_named(page: OnePage, source: Source | None) -> int:
    try:
        source, _ = _reader_of_list(page, source)
        reader = families()[source.family]
        return len(reader.read_list(page.body, url=page.url or str(source.url), source=source).items)
    except PageError:
        return 0
