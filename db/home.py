"""Where a user's data lies: everything below one folder, named by BANTIN_HOME."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The paths below ``root``. Nothing is created by asking for a path; ``create`` makes the folders."""

    root: Path

    @classmethod
    def from_environment(cls) -> Home:
        """The folder that BANTIN_HOME names, else ``./var``."""
        return cls(Path(os.environ.get("BANTIN_HOME") or "var").expanduser().absolute())

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
