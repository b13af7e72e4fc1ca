"""``python -m tests.kills.program POINT RULES WORD...``: ``bantin WORD...``, killed at a point.

POINT is a kind and a number (edge:12; edge:0 is never), RULES is "same" or "other", or "impatient", which does not wait
for a database that is held. The clock stands still.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from db.home import Home

ROOT = Path(__file__).parents[2]


def start(home: Home, point: str, rules: str, *words: str, out: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """That program in a session of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kills.program", point, rules, *words],
        env=kept | {"BANTIN_HOME": str(home.root), "PYTHONPATH": path, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        start_new_session=True,
    )


def main() -> None:
    point, rules, *words = sys.argv[1:]
    kind, at = point.split(":")
    from tests.kills.bodies import other_rules, steady
    from tests.kills.points import Points, install

    steady()
    if rules == "other":
        other_rules()
    if rules == "impatient":
        import db.store.connection

        db.store.connection.BUSY_SECONDS = 0.05
    install(Points(kind, int(at)), Home.from_environment().root)
    sys.argv = ["bantin", *words]
    from flows.cli import main as bantin

    bantin()


if __name__ == "__main__":
    main()
