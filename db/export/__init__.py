"""The database as files for other programs: CSV, XLSX, Parquet, Frictionless data package. Memory stays bounded."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from sqlite_utils import Database

from db.export.about import about
from db.export.csvfile import write_csv
from db.export.meant import hints
from db.export.package import write_package
from db.export.selection import ExportError, Filter, Selection, What, select

Format = Literal["csv", "xlsx", "parquet", "datapackage"]
FORMATS: tuple[str, ...] = get_args(Format)
WHATS: tuple[str, ...] = get_args(What)

__all__ = [
    "FORMATS",
    "WHATS",
    "ExportError",
    "Filter",
    "Format",
    "Selection",
    "What",
    "export",
    "hints",
    "select",
    "write_csv",
]


def export(db: Database, selection: Selection, format: Format, path: Path, *, bom: bool = False) -> int:
    """Write the selection to ``path`` and return the number of rows; what stood there is replaced when all is written.

    A datapackage is a folder, or one file where ``path`` ends in .zip. Raises ExportError where a library is missing.
    """
    if format == "datapackage":
        return write_package(selection, path, about(db, selection))
    path = path.absolute()
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name the file, like {path.name}/{selection.what}.{format}")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            count = _write(db, selection, format, out, bom)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _write(db: Database, selection: Selection, format: Format, out: BinaryIO, bom: bool) -> int:
    if format == "csv":
        return write_csv(selection, out, bom=bom)
    try:
        if format == "xlsx":
            from db.export.xlsx import write_xlsx

            return write_xlsx(selection, out, about(db, selection))
        from db.export.parquet import write_parquet
    except ModuleNotFoundError as error:
        raise ExportError(f'{format} needs {error.name}: pip install -c constraints.txt -e ".[export]"') from error
    return write_parquet(selection, out, about(db, selection))


def _umask() -> int:
    """The permissions that new files do not get; asking for them means setting them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
