"""Numerals that are no figures: names, ordinals, documents, addresses, codes, slogans ..., each with its reason."""

from extractors.setaside.claims import roman_numerals, set_aside
from extractors.setaside.model import Claim
from extractors.setaside.ranks import ranks

__all__ = ["Claim", "ranks", "roman_numerals", "set_aside"]
