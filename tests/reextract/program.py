"""The program with another rule than today's."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "extractors", "db", "flows")


def without_unit(folder: Path, unit: str) -> Path:
    """The whole program in ``folder`` with one rule changed: ``unit`` is no unit of its own any more."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    units = folder / "extractors" / "units" / "units.toml"
    text = units.read_text(encoding="utf-8")
    if text.count(f" {unit},") != 1:
        raise ValueError(f"{units}: expected the unit {unit!r} once, found it {text.count(f' {unit},')} times")
    units.write_text(text.replace(f" {unit},", ""), encoding="utf-8")
    return folder
