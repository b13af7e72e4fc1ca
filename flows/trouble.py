"""What is wrong with the machine and not with the data (no space, a database that is held), in a line with advice; and
what passes by itself.
"""

from __future__ import annotations

import errno
import logging
import os
import sqlite3

from db.home import Home, HomeError
from flows.net.errors import FetchError, RobotsRefused

_KEPT = "what was stored is kept: give the same command again"
_COPY = "a copy comes back with: bantin restore BACKUP --to NEW_FOLDER (bantin backup made it)"
#: part of SQLite's message -> what it means and what to do
_SQLITE = {
    "locked": f"another program is writing to it and did not end; when it has, {_KEPT}",
    "disk is full": f"no space is left there; make room, then {_KEPT}",
    "disk I/O error": f"the disk could not be read or written; look after it (space, mount, health), then {_KEPT}",
    "readonly": "it cannot be written; see to its rights, or set BANTIN_HOME to another folder",
    "unable to open": "it cannot be opened; see to the folder's rights, or set BANTIN_HOME to another one",
    "malformed": f"the file is damaged; {_COPY}",
    "not a database": f"damaged, or no database of bantin; {_COPY}",
}
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def advice(error: BaseException) -> str | None:
    """The line, None for any other error.

    >>> advice(ValueError("one of ours")) is None
    True
    """
    if isinstance(error, sqlite3.DatabaseError):
        for part, meaning in _SQLITE.items():
            if part in str(error):
                return f"{Home.from_environment().database}: {error}: {meaning}"
    if isinstance(error, HomeError):
        return str(error)
    if isinstance(error, OSError) and error.errno in _NO_RIGHT and error.filename is not None:
        return f"{os.fsdecode(error.filename)}: {error.strerror}: see to its rights, or name another place"
    if isinstance(error, OSError) and error.errno in _NO_SPACE:
        place = error.filename or Home.from_environment().root
        return f"{place}: {error.strerror}: make room, then {_KEPT}"
    return None


def without_trace(record: logging.LogRecord) -> bool:
    """A filter for loggers: where there is such a line, the traceback that goes with the record says nothing more."""
    if record.exc_info and record.exc_info[1] and advice(record.exc_info[1]):
        record.exc_info = None
    return True


def may_pass(error: BaseException) -> bool:
    """Whether doing the same again may help: a server that is down, a database that is busy."""
    if isinstance(error, FetchError):
        return not error.final and _passes(error)
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _passes(error: FetchError) -> bool:
    return error.retry or (isinstance(error, RobotsRefused) and error.passing)
