"""``make run``: the sample portal is served on loopback, read by the nightly flow, and what was found is printed.

The ports are fixed, because an address is what a page is known by: run again, nothing is new.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db.home import Home
from db.store import open_database
from tests.portal.server import CODES, SamplePortal

PORT = 8765

_COUNTS = {
    "sources": "SELECT count(*) FROM sources",
    "captures of pages": "SELECT count(*) FROM captures WHERE kind = 'page'",
    "bulletins": "SELECT count(*) FROM bulletins_current",
    "figures": "SELECT count(*) FROM figures_full",
    "findings": "SELECT count(*) FROM findings_full",
    "  that hold or may": "SELECT count(*) FROM findings_full WHERE verdict IN ('holds', 'possible')",
    "  that a person should see": "SELECT count(*) FROM findings_full WHERE verdict NOT IN ('holds', 'possible')",
    "unexplained numerals": "SELECT count(*) FROM unexplained",
    "pages in quarantine": "SELECT count(*) FROM quarantine",
}


def main() -> int:
    """Serve, read, print; the exit code."""
    port = int(os.environ.get("BANTIN_DEMO_PORT", PORT))
    try:
        portal = SamplePortal(port)
    except OSError as error:
        print(
            f"ports {port} and {port + 1} are not both free ({error.strerror}); stop what listens there, or take"
            " others:\n"
            f"  BANTIN_DEMO_PORT={port + 1000} make run\n"
            "(to other ports belong other addresses, so every page is new once more)",
            file=sys.stderr,
        )
        return 2
    home = Home.from_environment().create()
    with portal:
        portal.write_sites(home.sites)
        print(f"the sample portal: {portal.quan_url}/ and {portal.phuong_url}/", file=sys.stderr)
        print("starting the flow (Prefect's own server takes some seconds) ...", file=sys.stderr, flush=True)
        from flows.nightly.flow import nightly
        from flows.report import counts_table

        summary = nightly(sources=list(CODES.values()))
    print(counts_table(summary))
    print()
    show(home)
    new = sum(counts.get("fetched", 0) for counts in summary["sources"].values())
    print(f"\n{new} new captures in this run ({summary['run']}); run again, there are none")
    print(f"see them in the browser:  BANTIN_HOME={_short(home.root)} {_short(_bantin())} serve")
    return 0


def show(home: Home) -> None:
    """What the database holds now, and one figure as an example."""
    db = open_database(home.database, readonly=True)
    for name, sql in _COUNTS.items():
        print(f"{name:<28}{db.conn.execute(sql).fetchone()[0]:>8}")
    example = db.conn.execute(
        "SELECT quote, unit, subject, sentence, url FROM figures_full"
        " WHERE subject IS NOT NULL AND unit IS NOT NULL AND length(sentence) < 200 ORDER BY published DESC LIMIT 1"
    ).fetchone()
    db.close()
    if example:
        quote, unit, subject, sentence, url = example
        print(f"\nfor example: {quote} {unit} ({subject})\n  “{sentence}”\n  {url}")


def _bantin() -> Path:
    """The command beside this interpreter."""
    return Path(sys.executable).parent / "bantin"


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    sys.exit(main())
