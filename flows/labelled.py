"""Labelled files: what people say a text holds, and how the rules of today score against it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from flows.scores import Result


class LabelError(Exception):
    """A file that holds no labelled documents; the message names file and line and what was expected."""


def score_file(path: Path) -> Result:
    """Read every text of a labelled file and score what is read. Raises LabelError."""
    from extractors.pipeline import extract_text
    from extractors.scoring import score

    labelled = documents(path)
    answers = {
        document["id"]: extract_text(
            document["text"], id=document["id"], title=document.get("title"), published=document.get("published")
        ).to_contract()["figures"]
        for document in labelled
    }
    tally = score(labelled, answers)
    return Result(path.name, f"{tally.documents} documents, {tally.labelled} figures", tally.scores(), tally.faults)


def documents(path: Path) -> list[dict[str, Any]]:
    """The labelled documents of a file. Raises LabelError: a line that is none is named with what it lacks."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except json.JSONDecodeError as error:
            raise LabelError(f"{path}, line {number}: no JSON object ({error.msg} at column {error.colno})") from None
        lacks = [key for key in ("id", "text", "figures") if not isinstance(document, dict) or key not in document]
        if lacks:
            raise LabelError(f"{path}, line {number}: expected id, text and figures, {', '.join(lacks)} not found")
        found.append(document)
    if not found:
        raise LabelError(f"{path}: no labelled document in it; bantin label FILE writes one to correct")
    return found


def below_floors(folder: Path) -> list[str] | None:
    """What scores below ``folder/floors.toml``, in words; None where there are no floors. Raises LabelError.

    The file has a table for each labelled file (``[mine]`` for ``mine.jsonl``): column = lowest score allowed.
    """
    path = folder / "floors.toml"
    if not path.exists():
        return None
    try:
        floors = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: {error}; expected tables like [mine] with lines like value = 0.95") from None
    below = []
    for name, columns in floors.items():
        labelled = folder / f"{name}.jsonl"
        if not labelled.exists():
            continue
        _check_floors(path, name, columns)
        scores = score_file(labelled).scores
        below += [
            f"{name}: {column} {scores[column]:.3f}, floor {floor:.3f}"
            for column, floor in columns.items()
            if scores[column] < floor
        ]
    return below


def _check_floors(path: Path, name: str, columns: Any) -> None:
    """A floor that nothing is held against would let everything pass."""
    from extractors.scoring import COLUMNS

    if not isinstance(columns, dict):
        raise LabelError(f"{path}: expected tables like [mine], found {name} = {columns!r} outside of one")
    for column, floor in columns.items():
        if column not in COLUMNS:
            raise LabelError(f"{path}: [{name}] names {column}; expected one of {', '.join(COLUMNS)}")
        if isinstance(floor, bool) or not isinstance(floor, int | float):
            raise LabelError(f"{path}: [{name}] {column} = {floor!r}; expected a number between 0 and 1")
