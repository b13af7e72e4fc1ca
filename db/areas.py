"""Which areas there are: Việt Nam, and those of ``areas.toml`` beside the database."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import cache
from pathlib import Path

from schemas.areafiles import areas_version
from schemas.areatable import AreaTable, default_table, load_extra
from schemas.tomlplace import place


class AreasError(Exception):
    """What is wrong with a home's ``areas.toml``."""


def area_table(connection: sqlite3.Connection) -> AreaTable:
    """The packaged areas, and a portal's own where there is such a file. Raises AreasError where it cannot be used."""
    path = _own(connection)
    return _with_own(path, path.stat().st_mtime_ns) if path else default_table()


def area_table_version(connection: sqlite3.Connection) -> str:
    """A hash of all that the table was read from: what was placed by another one is to be placed anew."""
    path = _own(connection)
    return f"{areas_version()} {hashlib.sha256(path.read_bytes()).hexdigest()[:12]}" if path else areas_version()


def database_path(connection: sqlite3.Connection) -> str:
    """The path of the database's file, empty for one in memory."""
    return str(next(row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main"))


def own_areas(home: Path) -> AreaTable | None:
    """The table with a home's own areas, null where it has none. Raises AreasError."""
    path = home / "areas.toml"
    return _with_own(path, path.stat().st_mtime_ns) if path.is_file() else None


def _own(connection: sqlite3.Connection) -> Path | None:
    path = database_path(connection)
    own = Path(path).parent / "areas.toml" if path else None
    return own if own is not None and own.is_file() else None


@cache
def _with_own(path: Path, changed: int) -> AreaTable:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return load_extra(text)
    except KeyError as error:
        raise AreasError(f"{path}: a successor lacks {error}; expected from, to and date") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise AreasError(
            f"{place(path, text, str(error))}: {error}; expected [[areas]] with code, name and kind, and [[successors]]"
            " (extractors/areas/README.md shows them)"
        ) from None
