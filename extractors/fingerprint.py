"""What an extraction depends on, as short texts: code, rules, data files and the versions of what they lean on.

There are two halves. A page is read anew only when what reads pages changed (or its portal's file); its figures are
read anew also when a rule did. ``tests/test_fingerprint.py`` holds the division below against what each really imports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from schemas.fingerprints import Fingerprints

if TYPE_CHECKING:
    from schemas.sources import Source

_KINDS = (".py", ".toml", ".csv")

#: paths, or folders of them, that only the reading of pages uses
PAGE_ONLY = ("extractors/page", "extractors/sites", "schemas/sources.py")
#: what both halves use
SHARED = (
    *("extractors/text", "extractors/__init__.py", "schemas/__init__.py", "schemas/documents.py"),
    *("schemas/figures.py", "schemas/findings.py", "schemas/ledger.py"),
)
#: what neither uses: assignment to indicators and areas happens after loading, from what is stored
LATER = (
    *("extractors/indicators", "extractors/areas", "extractors/corrections.py", "extractors/scoring.py"),
    *("schemas/data/tables.toml", "schemas/data/views.toml", "schemas/data/indicators.toml", "schemas/data/areas"),
    *("schemas/tables.py", "schemas/areas.py", "schemas/indicators.py", "schemas/observations.py"),
    *("schemas/areafiles.py", "schemas/areanames.py", "schemas/areaslugs.py", "schemas/areatable.py"),
    *("schemas/corrections.py", "schemas/captures.py", "schemas/fingerprints.py", "extractors/fingerprint.py"),
    *("schemas/incidents.py", "schemas/nearest.py", "schemas/terminal.py", "schemas/data/nameless.toml"),
)
#: what makes observations of stored figures; the catalogue and the table of areas have versions of their own
DERIVING = (
    *("extractors/indicators", "extractors/areas", "schemas/indicators.py", "schemas/observations.py"),
    *(
        "schemas/areas.py",
        "schemas/areatable.py",
        "schemas/areafiles.py",
        "schemas/areaslugs.py",
        "schemas/areanames.py",
    ),
)
_PAGE_LIBRARIES = ("beautifulsoup4", "lxml", "soupsieve", "trafilatura")
#: what a portal's file says about people and fetching; everything else in it may change how its pages are read
_NOT_LAYOUT = {
    *("name", "area", "license", "contact"),
    *("lists", "feeds", "sitemaps", "delay", "budget", "hosts", "allow_private"),
}


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits that change whenever what is extracted may change.

    A hash of every module and data file of ``extractors`` and ``schemas``, by name and content, and of underthesea's
    version. A changed comment changes it too: extracting once more than needed is the cheaper fault.
    """
    digest = hashlib.sha256(version("underthesea").encode())
    for package in ("extractors", "schemas"):
        _add(digest, files(package), package)
    return digest.hexdigest()[:16]


@cache
def figure_fingerprint() -> str:
    """The half that reads figures and facts from a text."""
    return _half([version("underthesea")], lambda path: not _in(path, (*PAGE_ONLY, *LATER)))


def page_fingerprint(source: Source | None) -> str:
    """The half that reads pages, those of one portal: its file counts as far as it describes a layout."""
    layout = source.model_dump_json(exclude=_NOT_LAYOUT) if source is not None else ""
    return hashlib.sha256(f"{_page_code()}{layout}".encode()).hexdigest()[:16]


def fingerprints(source: Source | None) -> Fingerprints:
    """Both halves for the pages of a portal; None stands for saved files, which no portal's file describes."""
    return Fingerprints(page_fingerprint(source), figure_fingerprint())


@cache
def deriving_fingerprint() -> str:
    """What makes observations of stored figures: when it changes, all of them are derived anew."""
    return _half([], lambda path: _in(path, DERIVING))


@cache
def _page_code() -> str:
    return _half([version(name) for name in _PAGE_LIBRARIES], lambda path: _in(path, (*PAGE_ONLY, *SHARED)))


def _half(versions: Iterable[str], counts: Callable[[str], bool]) -> str:
    digest = hashlib.sha256(" ".join(versions).encode())
    for package in ("extractors", "schemas"):
        _add(digest, files(package), package, counts)
    return digest.hexdigest()[:16]


def _in(path: str, places: Iterable[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _add(
    digest: hashlib._Hash, folder: Traversable, path: str, counts: Callable[[str], bool] = lambda path: True
) -> None:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                _add(digest, entry, name, counts)
        elif entry.name.endswith(_KINDS) and counts(name):
            digest.update(f"{name}\0".encode())
            digest.update(entry.read_bytes())
