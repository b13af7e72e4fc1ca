"""Figures and numerals in the words that people read: labels, lines of explanation, the marks of a text."""
