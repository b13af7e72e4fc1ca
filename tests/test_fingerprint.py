"""The fingerprint tells one set of rules from another."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import extractors
from extractors.fingerprint import (
    DERIVING,
    LATER,
    PAGE_ONLY,
    SHARED,
    _add,
    _in,
    fingerprint,
    fingerprints,
    page_fingerprint,
)
from schemas.sources import Source


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


def _loaded(code: str) -> set[str]:
    """Paths of the project's modules that a fresh interpreter has after running ``code``."""
    show = "import sys; print(*[m.__file__ for n, m in sys.modules.items() if n.startswith(('extractors', 'schemas'))])"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True)
    root = Path(extractors.__file__).parent.parent
    return {str(Path(name).relative_to(root)) for name in done.stdout.split()}


def test_what_reads_figures_is_in_the_figures_half() -> None:
    loaded = _loaded(
        "from extractors.pipeline import extract_text\nfrom extractors.facts import read_facts\n"
        "from extractors.text.document import Document\n"
        "text = 'Quận có 12 phường, đạt 92,3% kế hoạch năm 2023. Ông Trần Văn A chủ trì 3 buổi tiếp công dân.'\n"
        "extract_text(text, id='x')\nread_facts(Document(text, 'Tin', '2023-09-16'))"
    )
    assert {path for path in loaded if _in(path, (*PAGE_ONLY, *LATER))} == set()
    assert "extractors/numerals/find.py" in loaded


def test_what_reads_pages_is_in_the_page_half() -> None:
    loaded = _loaded(
        "from extractors.page import read_page\nfrom extractors.sites import parse_source\n"
        "read_page('<html><body><p>Quận có 12 phường.</p><p>Hai.</p></body></html>'.encode())"
    )
    assert {path for path in loaded if not _in(path, (*PAGE_ONLY, *SHARED))} == set()
    assert "extractors/page/encoding.py" in loaded


def test_what_makes_observations_is_in_what_they_depend_on() -> None:
    loaded = _loaded("import extractors.indicators.derive, extractors.indicators.breaks, extractors.areas")
    assert {path for path in loaded if not _in(path, (*DERIVING, *SHARED))} == set()
    assert "extractors/indicators/upto.py" in loaded


def test_a_portals_file_counts_as_far_as_it_describes_the_layout() -> None:
    given = {"code": "a", "name": "A", "url": "https://a.example/", "area": "31", "family": "nukeviet4"}
    plain, renamed = Source(**given), Source(**given | {"name": "B", "delay": 9.0, "lists": {"news": "/tin/"}})
    other = Source(**given, selectors={"title": "h1"})
    assert page_fingerprint(plain) == page_fingerprint(renamed) != page_fingerprint(other)
    assert fingerprints(plain).figures == fingerprints(other).figures
    assert fingerprints(plain).whole != fingerprints(other).whole
    assert page_fingerprint(None) != page_fingerprint(plain)
