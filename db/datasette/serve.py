"""How Datasette is started on the database."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from db.datasette.metadata import build, for_datasette_1
from db.home import Home

PLUGINS = Path(__file__).parent / "plugins"
#: the frame of Datasette's own pages
TEMPLATES = Path(__file__).parent / "datasette_templates"

#: A query that runs longer is stopped: one visitor must not hold up the others.
SETTINGS: dict[str, int | bool] = {
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 200,
    "suggest_facets": False,  # on a large table these suggestions cost more than the page itself
    "max_returned_rows": 5000,
    "default_page_size": 50,
}


def write_for_datasette_1(home: Home) -> tuple[Path, Path]:
    """Write metadata and configuration as Datasette 1.0 reads them, beside the file for 0.65; their paths."""
    made = for_datasette_1(build(home.database))
    config = made["config"] | {"settings": SETTINGS}
    paths = home.metadata.with_name("datasette-1-metadata.json"), home.metadata.with_name("datasette-1.json")
    for path, content in zip(paths, (made["metadata"], config), strict=True):
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return paths


def serve_arguments(home: Home, port: int = 8001, host: str = "127.0.0.1", major: int | None = None) -> list[str]:
    """Write what Datasette reads about the database and return the arguments for ``datasette``, "serve" first.

    The layout is that of the Datasette installed, or of the ``major`` version given: one file for 0.65, two for 1.0.
    Never ``-i``: with a live writer an immutable file gives stale counts and then "malformed" errors.
    """
    if (int(version("datasette").split(".")[0]) if major is None else major) >= 1:
        metadata, config = write_for_datasette_1(home)
        described = ["--metadata", str(metadata), "--config", str(config)]  # which has the settings too
    else:
        home.metadata.write_text(json.dumps(build(home.database), ensure_ascii=False, indent=1), encoding="utf-8")
        settings = [part for name, value in SETTINGS.items() for part in ("--setting", name, _said(value))]
        described = ["--metadata", str(home.metadata), *settings]
    ours = ["--template-dir", str(TEMPLATES)]
    where = ["--host", host, "--port", str(port)]
    return ["serve", str(home.database), *where, "--plugins-dir", str(PLUGINS), *ours, *described]


def _said(value: int | bool) -> str:
    """A setting as the command line takes it."""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
