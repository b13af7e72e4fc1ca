"""Golden pages, one folder a family: ``<name>.html`` and what is read from it, ``<name>.json``. All text is made up.

``list*.html`` are list pages. Mend the expectations after a wanted change with ``python -m tests.sites.golden --write``
and read the difference before it is committed.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractors.page import read_page
from extractors.sites import family, parse_source

FOLDER = Path(__file__).parent
HOME = "https://haitrung.example/"


def pages() -> list[Path]:
    """Every golden page."""
    return sorted(FOLDER.glob("*/*.html"))


def read(path: Path) -> dict[str, Any]:
    """What the page's family reads from it, as JSON types; articles without a source, so that detection works, too."""
    name = path.parent.name
    if not path.stem.startswith("list"):
        made = asdict(read_page(path.read_bytes(), url=f"{HOME}{path.stem}.html"))
    else:
        source = parse_source(
            "hai-trung", f'name = "Hải Trung"\nurl = "{HOME}"\narea = "99"\nfamily = "{name}"\n[lists]\nnews = "/tin/"'
        )
        made = asdict(family(name).read_list(path.read_bytes(), url=f"{HOME}tin/page-2/", source=source))
    plain: dict[str, Any] = json.loads(json.dumps(made))
    return plain


def expected(path: Path) -> dict[str, Any]:
    """The page's JSON."""
    found: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def write() -> list[Path]:
    """Write what is read now beside every page; the files that changed."""
    changed = []
    for page in pages():
        target = page.with_suffix(".json")
        text = json.dumps(read(page), ensure_ascii=False, indent=1) + "\n"
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            changed.append(target)
    return changed
