"""What an extraction depends on, as one short text: code, rules, data files and the model's version."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

_KINDS = (".py", ".toml", ".csv")


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


def _add(digest: hashlib._Hash, folder: Traversable, path: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__":
                _add(digest, entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_KINDS):
            digest.update(f"{path}/{entry.name}\0".encode())
            digest.update(entry.read_bytes())
