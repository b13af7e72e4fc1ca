"""Numerals: where numbers stand in a text, in digits or in words, and their value as ``Decimal``."""

from extractors.numerals.model import Number
from extractors.numerals.scan import scan
from extractors.numerals.words import read_words

__all__ = ["Number", "read_words", "scan"]
