"""The reasons that extractors note, and the names of rules, in Vietnamese (``schemas/data/evidence.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_TAIL = re.compile(r" \(([a-z][a-z: ;]*)\)$")
_WORDS = re.compile(r"[^;:]+")


def because(evidence: str) -> str:
    """A reason as people read it; what is not known stays.

    >>> because("lexicon: mô hình"), because("Quý I (title; year: sentence)"), because("đạt")
    ('đơn vị trong từ điển: mô hình', 'Quý I (tiêu đề; năm: câu)', 'đạt')
    """
    known = _known()
    head, colon, rest = evidence.partition(": ")
    if colon and head in known["heads"]:
        evidence = f"{known['heads'][head]}: {rest}"
    return _TAIL.sub(lambda found: f" ({_WORDS.sub(_place, found[1])})", evidence)


def _place(found: re.Match[str]) -> str:
    word = found.group()
    gap = word[: len(word) - len(word.lstrip())]
    return gap + _known()["places"].get(word.strip(), word.strip())


def rule_name(rule: str) -> str:
    """A rule as people read it.

    >>> rule_name("digits+lexicon"), rule_name("khác")
    ('viết bằng chữ số, đơn vị trong từ điển', 'khác')
    """
    return ", ".join(_known()["rules"].get(part, part) for part in rule.split("+"))


@cache
def _known() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("schemas.data") / "evidence.toml").read_text(encoding="utf-8"))
