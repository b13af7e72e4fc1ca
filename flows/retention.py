"""The retention rules of a home against its database and archive: what they let go, and letting it go."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError
from sqlite_utils import Database

from db.archive import Archive
from db.forget import wiping
from db.home import Home
from db.store import retention as rows
from db.store import writing
from extractors.fingerprint import fingerprint
from flows.forget import carry_through, remove_captures
from schemas.captures import ArchiveRef
from schemas.retention import Retention

_WHO = "bantin retention"


class RetentionError(Exception):
    """A rules file that cannot be used; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule in words, of which table how many rows it lets go."""

    rule: str
    table: str
    count: int


def retention_path(home: Home) -> Path:
    """Where the file of a home lies."""
    return home.root / "retention.toml"


def read_rules(path: Path) -> Retention:
    """The rules of a file; none where there is no file. Raises RetentionError."""
    if not path.exists():
        return Retention()
    try:
        return Retention.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError as error:
        raise RetentionError(f"{path}: found bytes that are no UTF-8 ({error.reason} at {error.start})") from None
    except tomllib.TOMLDecodeError as error:
        raise RetentionError(f"{path}: not TOML: {error}") from None
    except ValidationError as error:
        lines = [f"{path}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise RetentionError("\n".join([*lines, "bantin retention --help shows what may stand there"])) from None


def apply_rules(
    db: Database, archive: Archive, rules: Retention, *, now: datetime, write: bool, vacuum: bool = False
) -> list[Outcome]:
    """What each rule lets go, in the order of the rules; with ``write`` it goes.

    Captures go as a removal does (their records are overwritten, their rows deleted, and it is carried through when cut
    off), but nothing is forbidden to come again.
    """
    outcomes: list[Outcome] = []
    done: set[str] = set()

    def captures(rule: str, found: list[tuple[str, ArchiveRef]]) -> None:
        found = [one for one in found if one[0] not in done]
        done.update(id for id, _ in found)
        outcomes.append(Outcome(rule, "captures", len(found)))
        if write and found:
            carry_through(db, archive, remove_captures(db, archive, found, reason=rule, who=_WHO), vacuum=vacuum)

    def log(rule: str, table: str, count: Callable[[], int], delete: Callable[[], int]) -> None:
        if not write:
            outcomes.append(Outcome(rule, table, count()))
            return
        with wiping(db), writing(db):
            outcomes.append(Outcome(rule, table, delete()))

    for kind, rule in rules.captures.items():
        before = now - timedelta(days=rule.days) if rule.days else None
        said = f"captures.{kind}: keep_last = {rule.keep_last}" + (f", days = {rule.days}" if rule.days else "")
        captures(said, rows.old_furniture(db, kind, rule.keep_last, before))
    for source, own in rules.sources.items():
        before = now - timedelta(days=own.page.days)
        captures(f"sources.{source}.page: days = {own.page.days}", rows.old_pages(db, source, before))
    if rules.fetch_log:
        months, since = rules.fetch_log.months, _months_before(now, rules.fetch_log.months)
        said = f"fetch_log: months = {months}"
        log(said, "fetch_log", lambda: rows.count_old_log(db, since), lambda: rows.delete_old_log(db, since))
    if rules.run_errors:
        months, day, mark = rules.run_errors.months, _months_before(now, rules.run_errors.months), fingerprint()
        log(
            f"run_errors: months = {months}",
            "run_errors",
            lambda: rows.count_old_errors(db, day, mark),
            lambda: rows.delete_old_errors(db, day, mark),
        )
    return outcomes


def _months_before(now: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last one of that month.

    >>> from datetime import UTC
    >>> _months_before(datetime(2024, 3, 31, tzinfo=UTC), 1).date().isoformat()
    '2024-02-29'
    """
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in range(now.day, 27, -1):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=year, month=month + 1, day=min(now.day, 28))
