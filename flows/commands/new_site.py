"""``bantin new-site``: a portal's file, proposed from one of its pages."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from db.areas import own_areas
from db.export.meant import meant_area
from db.home import Home
from extractors.page import PageError, decode_body
from extractors.sites.draft import UNKNOWN_AREA, Draft, draft
from extractors.sites.ways import address_of
from flows.commands.common import Refusal, explained
from flows.net.errors import FetchError
from flows.newsite import Trial, look, try_out, write_golden, write_site
from flows.onepage import Looker, OnePage, from_file, is_address, stranger
from flows.show.text import clean, cut
from schemas.areatable import AreaTable, default_table

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
#: families that are shown with their scores
_SHOWN = 4


def _checked_code(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _CODE.fullmatch(value):
        raise click.BadParameter("expected lower case letters, digits, - and _ (it is the file's name)")
    return value


@click.command("new-site")
@click.argument("what", metavar="URL|FILE")
@click.option("--url", metavar="URL", help="Where a FILE came from.  [default: what the page says of itself]")
@click.option("--code", callback=_checked_code, help="The portal's code, its file's name.  [default: from the host]")
@click.option("--name", help="The portal's Vietnamese name.  [default: what the page says]")
@click.option("--area", help="The code of its area, say 31.quan-ngo-quyen.")
@click.option("--write", is_flag=True, help="Put the file into BANTIN_HOME/sites; nothing is overwritten.")
@click.option(
    "--golden",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write a test there: the page, the portal's file, what is read, and a test that compares.",
)
@click.option("--no-look", is_flag=True, help="Ask for nothing but the page: lists, feeds, sitemaps stay untried.")
@click.option("--allow-private", is_flag=True, help="The host may be this machine or in a private network.")
def command(
    what: str,
    url: str | None,
    code: str | None,
    name: str | None,
    area: str | None,
    write: bool,
    golden: Path | None,
    no_look: bool,
    allow_private: bool,
) -> None:
    """Propose a portal's file from one of its pages, best an article.

    Every family is tried on the page and scored, with reasons; selectors that the best one lacks are guessed and tried;
    lists, feeds and sitemaps that the page and robots.txt name are looked at (at most ten requests, robots.txt obeyed).
    The file is printed to stdout, the reasons to stderr: read both, then bantin try further pages.

    \b
    Examples:
      bantin new-site https://ngoquyen.example/tin/so-ket-9-thang-123.html
      bantin new-site https://ngoquyen.example/tin/so-ket-9-thang-123.html --area 31.quan-ngo-quyen --write
      bantin new-site page.html --url https://ngoquyen.example/tin/so-ket-9-thang-123.html --golden tests/ngoquyen

    Exit code 1: the page could not be fetched, or the proposed file does not read it yet.
    """
    home = Home.from_environment()
    chosen = {"code": code or "", "name": name or "", "area": area or ""}
    with explained():
        areas = own_areas(home.root) or default_table()
        try:
            page, made = _asked(what, chosen, no_look, allow_private) if is_address(what) else _saved(what, url, chosen)
        except (FetchError, PageError) as error:
            _say(str(error))
            sys.exit(1)
    trial = try_out(made, page)
    _explain(made, trial, areas)
    click.echo(made.toml(), nl=False)
    try:
        if write:
            if made.area == UNKNOWN_AREA:
                raise Refusal("--write needs the portal's area: --area CODE, say --area 31.quan-ngo-quyen")
            if not (made.ways.lists or made.ways.feeds or made.ways.sitemaps):
                raise Refusal("no list, feed or sitemap is known yet: put the output into a file and add one")
            _say(f"wrote {write_site(made, home.sites)}")
        if golden is not None:
            if trial.read is None or made.is_list:
                raise Refusal("--golden is for an article's page that the proposed file reads; this is none yet")
            for path in write_golden(made, page, trial, golden):
                _say(f"wrote {path}")
    except FileExistsError as error:
        raise Refusal(f"{error.filename or error} exists, nothing is overwritten; choose another --code") from None
    if trial.read is None:
        sys.exit(1)


def _asked(what: str, chosen: dict[str, str], no_look: bool, allow_private: bool) -> tuple[OnePage, Draft]:
    source = stranger(what, private=allow_private)
    with Looker(source) as looker:
        page = looker.get(what)
        assert page.url is not None
        made = draft(
            page.body,
            page.url,
            content_type=page.content_type,
            sitemaps=looker.sitemaps(),
            allow_private=source.allow_private,
            **chosen,
        )
        return page, made if no_look else look(made, looker, _say)


def _saved(what: str, url: str | None, chosen: dict[str, str]) -> tuple[OnePage, Draft]:
    page = from_file(Path(what), url)
    address = url or address_of(decode_body(page.body, None))
    if address is None:
        raise Refusal(f"{what} does not say where it came from; add --url https://...")
    page = OnePage(page.body, address)
    return page, draft(page.body, address, **chosen)


def _explain(made: Draft, trial: Trial, areas: AreaTable) -> None:
    """Which family and why, what is left to a person."""
    _say(f"{made.page}: {'a list' if made.is_list else 'an article'}; family {made.family}")
    for fit in made.fits[:_SHOWN]:
        if fit.score:
            _say(f"  {fit.score:4.0%}  {fit.name} as {fit.kind}: {'; '.join(fit.reasons)}")
    for name, css in made.selectors.items():
        _say(f'  {name}: "{css}" finds "{cut(made.found[name], 60)}"')
    for name in made.unsolved:
        _say(f"  {name}: nothing found, name a selector")
    if trial.read is None:
        _say(f"with this file the page is not read: {trial.error}")
    elif made.is_list:
        _say(f"with this file the list names {len(trial.read['items'])} articles; give an article to try its selectors")
    else:
        blocks = trial.read["blocks"]
        _say(f'with this file: "{cut(str(trial.read["title"]), 60)}", {trial.read["published"]}, {len(blocks)} blocks')
    if made.area == UNKNOWN_AREA:
        _say("add the area: --area CODE (schemas/data/areas)")
    elif not areas.versions(made.area):
        _say(f"no area {made.area}{meant_area(areas, made.area)} is known; its figures would be placed nowhere")


def _say(text: str) -> None:
    """To stderr, harmless, with the spaces that a line begins with."""
    lines = text.splitlines()
    click.echo("\n".join(" " * (len(line) - len(line.lstrip(" "))) + clean(line) for line in lines), err=True)
