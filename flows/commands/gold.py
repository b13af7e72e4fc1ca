"""``bantin gold``: what the rules read, scored against what people labelled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from extractors.scoring import FIELDS
from flows.commands.common import Refusal
from flows.scores import Result, errors, table


@click.command("gold")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--errors", "limit", type=click.IntRange(min=0), default=0, help="Print the first N errors in full.")
@click.option("--field", type=click.Choice(("missed", "extra", *FIELDS)), help="Only errors of this field.")
def command(files: tuple[Path, ...], limit: int, field: str | None) -> None:
    """Score the rules against labelled files (JSON lines as "bantin label" writes them, corrected by a person).

    \b
    Columns: detect, value, unit, core and links are F1; subject, scope and period are shares of the figures found.
    Example:
      bantin gold mine.jsonl --errors 20 --field unit
    """
    results = [_result(path) for path in files]
    click.echo(table(results))
    if limit or field:
        click.echo(errors(results, limit, field))


def _result(path: Path) -> Result:
    from extractors.pipeline import extract_text
    from extractors.scoring import score

    labelled = list(_documents(path))
    answers = {
        document["id"]: extract_text(
            document["text"], id=document["id"], title=document.get("title"), published=document.get("published")
        ).to_contract()["figures"]
        for document in labelled
    }
    tally = score(labelled, answers)
    return Result(path.name, f"{tally.documents} documents, {tally.labelled} figures", tally.scores(), tally.faults)


def _documents(path: Path) -> list[dict[str, Any]]:
    """The labelled documents of a file; a line that is none is named with what it lacks."""
    documents = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except json.JSONDecodeError as error:
            raise Refusal(f"{path}, line {number}: no JSON object ({error.msg} at column {error.colno})") from None
        lacks = [key for key in ("id", "text", "figures") if not isinstance(document, dict) or key not in document]
        if lacks:
            raise Refusal(f"{path}, line {number}: expected id, text and figures, {', '.join(lacks)} not found")
        documents.append(document)
    if not documents:
        raise Refusal(f"{path}: no labelled document in it; bantin label FILE writes one to correct")
    return documents
