"""``bantin label``: figures in the labelling format, for a person to correct."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from flows.inputs import read_inputs
from flows.items import Document, Fault, Note
from flows.show.text import clean

#: the fields of a labelled figure, in the order in which people correct them; the quote is there to be read
FIELDS = (
    "quote", "start", "end", "kind", "value", "denominator", "value_max", "unit", "relation", "basis", "direction",
    "status", "approx", "subject", "scope", "period", "part_of", "about",
)  # fmt: skip


@click.command("label")
@click.argument("files", nargs=-1, required=True, metavar="FILE|-...")
def command(files: Sequence[str]) -> None:
    """Write the figures of texts in the labelling format, an object a line, for a person to correct.

    Correct the lines in an editor (a figure a row of "figures"; offsets are into "text"; part_of and about are indices
    into the list), then let "bantin gold" compare them with what the rules read.

    \b
    Example:
      bantin label bulletin.txt > mine.jsonl
      bantin gold mine.jsonl --errors 20
    """
    from extractors.pipeline import extract_text

    failed = False
    for item in read_inputs(list(files), sys.stdin.buffer):
        if isinstance(item, Fault | Note):
            failed = failed or isinstance(item, Fault)
            click.echo(clean(item.message), err=True)
            continue
        assert isinstance(item, Document)
        read = extract_text(item.text, id=str(item.id), title=item.title, published=item.published).to_contract()
        labelled = {key: read[key] for key in ("id", "title", "published", "text")}
        labelled["figures"] = [{name: figure[name] for name in FIELDS} for figure in read["figures"]]
        click.echo(json.dumps(labelled, ensure_ascii=False))
    if failed:
        sys.exit(1)
