"""What ``bantin doctor`` looks at. Every check says what it found and, where that is wrong, what to type."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urljoin

from packaging.requirements import Requirement

from db.archive import Archive
from db.areas import AreasError, own_areas
from db.home import Home
from db.store import DatabaseVersionError, open_database
from db.store.removals import unfinished
from extractors.corrections import CorrectionError
from extractors.sites import SourceError as SiteError
from flows.about import bantin_version
from flows.corrections import corrections_path, read_corrections
from flows.gather import Gatherer, Visit
from flows.net.errors import BudgetSpent, FetchError
from flows.net.pace import Pace
from flows.net.session import Limits
from flows.retention import RetentionError, read_rules, retention_path
from flows.settings import SettingsError, load_settings
from flows.sources import SourceError, load_sources
from schemas.sources import Source

#: what happens with another version, for those where nothing else would tell
_WHY = {
    "fastapi": "every Prefect flow fails",
    "sqlalchemy": "Prefect's scheduler schedules nothing",
    "prefect": "its scheduler was not tested here",
    "lxml-html-clean": "trafilatura does not start",
    "urllib3": "decompression has security faults",
    "datasette": "the pages' plugins fail",
}
_MEND = "make install, or: pip install -c constraints.txt -e ."
_FREE = 1024**3
_LIMITS = Limits(connect=5, read=10, total=20, attempts=1)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    ok: bool
    what: str
    found: str


def python() -> Check:
    """The interpreter."""
    version = sys.version_info[:2]
    here = ".".join(map(str, sys.version_info[:3]))
    fine = (3, 11) <= version <= (3, 13)
    return Check(
        fine, "python", here if fine else f"{here}, expected 3.11 to 3.13; make clean install PYTHON=python3.12"
    )


def packages() -> Iterator[Check]:
    """Every package that bantin requires, against the versions that work together."""
    try:
        required = [Requirement(line) for line in metadata.requires("bantin") or []]
    except metadata.PackageNotFoundError:
        yield Check(False, "bantin", f"not installed, so versions cannot be checked; {_MEND}")
        return
    yield Check(True, "bantin", bantin_version())
    for requirement in required:
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield _package(requirement)


def _package(requirement: Requirement) -> Check:
    name = requirement.name.lower().replace("_", "-")
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return Check(False, name, f"missing, expected {requirement.specifier or 'any version'}; {_MEND}")
    if requirement.specifier.contains(version, prereleases=True):
        return Check(True, name, version)
    why = f" ({_WHY[name]})" if name in _WHY else ""
    return Check(False, name, f"{version}, expected {requirement.specifier}{why}; {_MEND}")


def settings(home: Home) -> Check:
    """bantin.toml, where there is one."""
    try:
        notify = load_settings(home).notify
    except SettingsError as error:
        return Check(False, "settings", " ".join(str(error).split()))
    told = "somebody is told of incidents" if notify.anybody else "nobody is told of incidents; see flows/README.md"
    return Check(True, "settings", told)


def full_text_search() -> Check:
    """SQLite with FTS5."""
    with sqlite3.connect(":memory:") as memory:
        options = {row[0] for row in memory.execute("PRAGMA compile_options")}
    memory.close()
    fine = "ENABLE_FTS5" in options
    return Check(fine, "sqlite", sqlite3.sqlite_version + ("" if fine else ", without FTS5; use another Python"))


def folder(home: Home) -> Check:
    """BANTIN_HOME, or where it would be made."""
    there = _existing(home.root)
    if not os.access(there, os.W_OK):
        return Check(False, "folder", f"{there}: not writable; set BANTIN_HOME to another folder")
    made = "" if there == home.root else ": not there yet; bantin ingest makes it (BANTIN_HOME names it)"
    return Check(True, "folder", f"{home.root}{made}")


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def disk(home: Home) -> Check:
    """Room for some nights."""
    free = shutil.disk_usage(_existing(home.root)).free
    text = f"{free / 1024**3:.1f} GB free"
    return Check(
        free >= _FREE, "disk", text if free >= _FREE else f"{text}, expected 1 or more; make room, or move BANTIN_HOME"
    )


def database(home: Home) -> Iterator[Check]:
    """The database: there, of this version, whole; and how the last run ended."""
    if not home.database.exists():
        yield Check(True, "database", f"{home.database}: none yet; bantin ingest makes it")
        return
    try:
        db = open_database(home.database, readonly=True)
    except (DatabaseVersionError, sqlite3.DatabaseError) as error:
        yield Check(False, "database", f"{home.database}: {error}")
        return
    try:
        said = str(db.conn.execute("PRAGMA quick_check(1)").fetchone()[0])
        size = home.database.stat().st_size
        found = f"{size} bytes" if said == "ok" else f"{home.database}: {said}; restore it from a copy"
        yield Check(said == "ok", "database", found)
        last = db.conn.execute("SELECT id, status, finished FROM runs ORDER BY started DESC LIMIT 1").fetchone()
        if last:
            running = "running, or killed; the next bantin ingest does what is left"
            yield Check(last[1] != "failed", "last run", f"{last[0]}: {last[1] if last[2] else running}")
        if cut_off := unfinished(db):
            yield Check(False, "removals", f"{len(cut_off)} not finished; bantin forget --resume")
    except sqlite3.DatabaseError as error:
        yield Check(False, "database", f"{home.database}: {error}; restore it from a copy")
    finally:
        db.close()


def archive(home: Home) -> Check:
    """The segments that the database points at are there; their content is bantin archive verify's."""
    here = {path.name: path.stat().st_size for path in Archive(home.archive).segments()}
    try:
        db = open_database(home.database, readonly=True)
    except (DatabaseVersionError, sqlite3.DatabaseError, FileNotFoundError):
        wanted: dict[str, int] = {}
    else:
        rows = db.conn.execute("SELECT segment, max(offset + length) FROM captures GROUP BY segment")
        wanted = {str(name): int(end) for name, end in rows}
        db.close()
    missing = sorted(name for name, end in wanted.items() if here.get(name, 0) < end)
    if missing:
        return Check(False, "archive", f"missing or too short: {', '.join(missing)}; restore it from a copy")
    return Check(True, "archive", f"{len(here)} segments, {sum(here.values())} bytes")


def prefect(home: Home) -> Check:
    """The server that PREFECT_API_URL names, where it names one."""
    api = os.environ.get("PREFECT_API_URL")
    if not api:
        return Check(True, "prefect", f"its own server, home {home.prefect}")
    from flows.nightly.schedule import answers

    fine = answers(api)
    return Check(fine, "prefect", api if fine else f"{api}: no answer; start it, or unset PREFECT_API_URL")


def portals(home: Home, offline: bool) -> Iterator[Check]:
    """The portals' files, and whether each portal answers."""
    try:
        sources = load_sources(home.sites)
    except (SourceError, SiteError) as error:
        yield Check(False, "sources", " | ".join(line.strip() for line in str(error).splitlines()))
        return
    yield Check(True, "sources", f"{len(sources)} in {home.sites}")
    try:
        if own_areas(home.root):
            yield Check(True, "areas", f"the portals' own in {home.root / 'areas.toml'}")
    except AreasError as error:
        yield Check(False, "areas", str(error))
    yield from _other_files(home)
    if not offline:
        pace = Pace()
        for source in sources.values():
            yield _portal(source, pace)


def _other_files(home: Home) -> Iterator[Check]:
    """Corrections and retention rules, where there are some."""
    try:
        if corrections_path(home).exists():
            yield Check(True, "corrections", f"{len(read_corrections(corrections_path(home)))} in the file")
    except (CorrectionError, OSError) as error:
        yield Check(False, "corrections", str(error))
    try:
        read_rules(retention_path(home))
    except (RetentionError, OSError) as error:
        yield Check(False, "retention", " ".join(str(error).split()))


def _portal(source: Source, pace: Pace) -> Check:
    first = next(iter([*source.lists.values(), *source.feeds, *source.sitemaps]), "")
    visit = Visit(source, pace, _LIMITS)
    try:
        Gatherer(visit, None).get(urljoin(str(source.url), first), "list")
    except (FetchError, BudgetSpent) as error:
        return Check(False, source.code, str(error))
    finally:
        visit.close()
    return Check(True, source.code, "answers")
