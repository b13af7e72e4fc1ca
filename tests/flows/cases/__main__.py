"""Run every case and write the table: python -m tests.flows.cases."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.flows.cases.groups import GROUPS
from tests.flows.cases.runner import Stage, play
from tests.flows.cases.table import row, write


def main() -> None:
    """Every case in turn; takes half a minute."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        rows = {
            group: [
                row(case, play(case, stage, Path(folder) / f"{group}-{number}")) for number, case in enumerate(cases)
            ]
            for group, cases in GROUPS.items()
        }
    write(rows)


if __name__ == "__main__":
    main()
