"""Outcomes as files: what workers on other machines write to a shared folder, and the one writer loads.

JSON lines in a gzip file, one capture a line; a part is written under another name and renamed, so that one that is
there is whole.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from db.store.prepare import Prepared
from flows.reading.work import Job, Outcome, work
from schemas.fingerprints import Fingerprints

_ROWS = ("figures", "figure_search", "links", "findings", "members", "facts")


def work_into(job: Job, part: str) -> str:
    """Read a batch and write what came of it; the part's path."""
    write_part(Path(part), work(job))
    return part


def write_part(path: Path, outcomes: list[Outcome]) -> None:
    """Write a part, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with gzip.open(fresh, "wt", encoding="utf-8", compresslevel=3) as file:
        for outcome in outcomes:
            file.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
    fresh.replace(path)


def read_part(path: Path) -> Iterator[Outcome]:
    """The outcomes of a part, equal to those that were written."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield _outcome(json.loads(line))


def _outcome(made: dict[str, Any]) -> Outcome:
    prepared = made.pop("prepared")
    return Outcome(**made, prepared=None if prepared is None else _prepared(prepared))


def _prepared(made: dict[str, Any]) -> Prepared:
    values = {field.name: made[field.name] for field in fields(Prepared)}
    for name in ("bulletin", "bulletin_search", "extraction"):
        values[name] = None if made[name] is None else tuple(made[name])
    for name in _ROWS:
        values[name] = None if made[name] is None else tuple(tuple(row) for row in made[name])
    values["numerals"] = tuple((figure, tuple(row)) for figure, row in made["numerals"])
    values["fingerprints"] = None if made["fingerprints"] is None else Fingerprints(**made["fingerprints"])
    return Prepared(**values)
