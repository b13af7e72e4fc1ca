"""The fingerprint tells one set of rules from another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractors.fingerprint import _add, fingerprint


def _of(folder: Path) -> str:
    digest = hashlib.sha256()
    _add(digest, folder, "x")
    return digest.hexdigest()


def test_it_is_short_and_the_same_each_time() -> None:
    first = fingerprint()
    fingerprint.cache_clear()
    assert fingerprint() == first
    assert len(first) == 16


def test_every_rule_counts_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "rules.toml").write_text("a = 1", encoding="utf-8")
    one = _of(tmp_path)
    (tmp_path / "inner" / "README.md").write_text("words", encoding="utf-8")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "rules.py").write_text("x", encoding="utf-8")
    assert _of(tmp_path) == one
    (tmp_path / "inner" / "rules.toml").write_text("a = 2", encoding="utf-8")
    two = _of(tmp_path)
    (tmp_path / "inner" / "rules.toml").rename(tmp_path / "rules.toml")
    assert len({one, two, _of(tmp_path)}) == 3
