"""What commands share: errors that a person can mend are said in a line and end with exit code 2."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import click

from db.archive import ArchiveError
from db.areas import AreasError
from db.store import DatabaseVersionError
from extractors.sites import SourceError as SiteError
from flows.sources import SourceError
from flows.trouble import advice

_MENDABLE = (SourceError, SiteError, AreasError, DatabaseVersionError, ArchiveError, FileNotFoundError)


class Refusal(click.ClickException):
    """A message without a traceback; exit code 2."""

    exit_code = 2


@contextmanager
def explained(*more: type[Exception]) -> Iterator[None]:
    """Turn errors that say what to do (and ``more`` of them), and those of a full disk or a held database, into a
    Refusal.
    """
    mendable: tuple[type[Exception], ...] = (*_MENDABLE, *more)
    caught: tuple[type[Exception], ...] = (*mendable, sqlite3.DatabaseError, OSError)
    try:
        yield
    except caught as error:
        said = advice(error) or (_said(error) if isinstance(error, mendable) else None)
        if said is None:
            raise
        raise Refusal(said) from None


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:  # by itself it begins with an error number
        return f"{error.filename}: {error.strerror}"
    return str(error)
