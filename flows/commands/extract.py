"""``bantin extract``: figures from texts, pages and archives, to standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

import click

from flows.commands.choices import Choice
from flows.inputs import input_size, read_inputs
from flows.items import Document, Fault, Item, Note
from flows.show import FORMATS, Result, writer
from flows.show.text import clean
from schemas.documents import Extraction


@click.command("extract")
@click.argument("files", nargs=-1, metavar="[FILE|-]...")
@click.option(
    "--format",
    "form",
    type=Choice(FORMATS),
    help="jsonl: an object a document; table: for reading; html: one page with every numeral marked."
    "  [default: table on a terminal, else jsonl]",
)
def command(files: Sequence[str], form: str | None) -> None:
    """Read figures from texts, pages and archives.

    A FILE is a text (.txt), a page (.html), an archive (.warc, .warc.gz: every HTML response in it) or documents, one
    JSON object a line (.jsonl: {"id", "text", "title"?, "published"?}). "-" is standard input; another ending is
    judged by content.

    \b
    Examples:
      bantin extract news.jsonl > figures.jsonl
      bantin extract saved/*.html --format html > review.html
      echo "Quận có 12 phường, 300 mô hình." | bantin extract --format table

    Data goes to stdout, messages to stderr. Exit code 1: some documents could not be read; the others were.
    """
    if not files and sys.stdin.isatty():
        raise click.UsageError("which FILE? (- is standard input)")
    from extractors.pipeline import extract_text

    paths = list(files) or ["-"]
    out = sys.stdout
    show = writer(form or ("table" if out.isatty() else "jsonl"), out)
    failed = False
    show.open()
    for item in _with_progress(read_inputs(paths, sys.stdin.buffer), paths):
        result = _extract(extract_text, item) if isinstance(item, Document) else item
        if isinstance(result, Fault | Note):
            failed = failed or isinstance(result, Fault)
            click.echo(clean(result.message), err=True)
            continue
        for warning in result.warnings:
            click.echo(clean(f"{result.id}: {warning}"), err=True)
        show.add(result)
        out.flush()
    show.close()
    if failed:
        sys.exit(1)


def _extract(extract_text: Callable[..., Extraction], document: Document) -> Result | Fault:
    try:
        extraction = extract_text(
            document.text, id=str(document.id), title=document.title, published=document.published
        )
    except Exception as error:  # a fault of ours on one document must not cost the others
        return Fault(f"{document.id}: cannot be extracted, {type(error).__name__}: {error}", document.size)
    return Result(document.id, extraction, document.bulletin)


def _with_progress(items: Iterator[Item], paths: Sequence[str]) -> Iterator[Item]:
    """The items, with a bar on a terminal once it takes longer than a second, unless the data is printed there."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    from tqdm import tqdm

    with tqdm(total=input_size(paths), unit="B", unit_scale=True, delay=1, leave=False, file=sys.stderr) as bar:
        for count, item in enumerate(items, 1):
            yield item
            bar.set_postfix_str(f"{count} documents", refresh=False)
            bar.update(item.size)
