"""Where a user's data lies: everything below one folder, named by BANTIN_HOME."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


class HomeError(Exception):
    """BANTIN_HOME names what cannot be used as a folder of data."""


@dataclass(frozen=True, slots=True)
class Home:
    """The paths below ``root``. Nothing is created by asking for a path; ``create`` makes the folders."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """The folder that BANTIN_HOME names, else ``./var``. It need not be there; HomeError for what is no folder."""
        root = Path(os.environ.get("BANTIN_HOME") or "var").expanduser().absolute()
        problem = cls(root).problem
        if problem is not None:
            raise HomeError(f"{root}: {problem}; set BANTIN_HOME to another folder")
        return cls(root)

    @property
    def problem(self) -> str | None:
        """Why this is no folder that could be read, None where it is one, or is not there yet."""
        try:
            if not self.root.exists():
                file = next((above for above in self.root.parents if above.exists()), self.root.parent)
                return None if file.is_dir() else f"{file} is a file, so there can be no folder in it"
            if not self.root.is_dir():
                return "a file, expected a folder"
        except OSError as error:  # a folder above it may be closed
            return error.strerror or str(error)
        return None if os.access(self.root, os.R_OK | os.X_OK) else "no right to read it"

    def need_database(self) -> Home:
        """This home, where it has a database; FileNotFoundError says what makes one."""
        if not self.database.exists():
            raise FileNotFoundError(
                f"{self.database}: no database there; bantin ingest makes one (BANTIN_HOME names the folder)"
            )
        return self

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "bantin.db"

    @property
    def archive(self) -> Path:
        """The folder of WARC segments."""
        return self.root / "archive"

    @property
    def sites(self) -> Path:
        """The folder where a user puts portal files of his own."""
        return self.root / "sites"

    @property
    def prefect(self) -> Path:
        """Prefect's home: its own database stays out of ours."""
        return self.root / "prefect"

    @property
    def metadata(self) -> Path:
        """The metadata file generated for Datasette."""
        return self.root / "datasette-metadata.json"

    @property
    def run_lock(self) -> Path:
        """The file whose lock says that a run is writing."""
        return self.root / "run.lock"

    @property
    def settings(self) -> Path:
        """What a user set: who is told when something is wrong."""
        return self.root / "bantin.toml"

    @property
    def backups(self) -> Path:
        """Where backups go unless another folder is named."""
        return self.root / "backups"

    def create(self) -> Home:
        """Make the folders that are missing."""
        for folder in (self.root, self.archive, self.sites, self.prefect):
            folder.mkdir(parents=True, exist_ok=True)
        return self
