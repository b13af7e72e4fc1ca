"""Numerals that are no figures: names, ordinals, documents, addresses, codes, slogans ..., each with its reason."""

from extractors.setaside.claims import Claim, set_aside

__all__ = ["Claim", "set_aside"]
