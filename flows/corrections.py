"""The corrections file of a home against its database: read, match, save, and derive anew what it concerns."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from db.corrections import current_of, save
from db.home import Home
from db.store import writing
from extractors.corrections import CorrectionError, match, parse
from flows.observe import compare, refresh
from schemas.corrections import Correction, Outcome
from schemas.tomlplace import place


def corrections_path(home: Home) -> Path:
    """Where the file of a home lies."""
    return home.root / "corrections.toml"


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a file. Raises CorrectionError, and FileNotFoundError where there is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: found bytes that are no UTF-8 ({error.reason} at {error.start})") from error
    try:
        return parse(text, path.name)
    except CorrectionError as error:
        said = [line.removeprefix(f"{path.name}: ") for line in str(error).splitlines()]
        raise CorrectionError("\n".join(f"{place(path, text, line)}: {line}" for line in said)) from None


def match_corrections(db: Database, corrections: tuple[Correction, ...]) -> list[Outcome]:
    """What comes of each against the current figures, in the order of the file. Writes nothing."""
    outcomes: list[Outcome] = []
    for correction in corrections:
        taken = [outcome.mention for outcome in outcomes if not outcome.fails and outcome.mention]
        outcomes.append(match(correction, current_of(db, correction), taken=taken))
    return outcomes


def apply_corrections(db: Database, corrections: tuple[Correction, ...]) -> tuple[list[Outcome], int]:
    """Match, save and observe in one transaction; the outcomes, and how many bulletins were derived anew.

    A figure that changes in between is never corrected by mistake, and no series says what no figure says.
    """
    with writing(db):
        outcomes = match_corrections(db, corrections)
        concerned = save(db, outcomes)
        derived = refresh(db, documents=concerned)
        compare(db)
    return outcomes, derived
