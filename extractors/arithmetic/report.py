"""How a percentage and what the numbers make of it are reported."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from extractors.arithmetic.ratios import Agreement
from extractors.arithmetic.view import View
from extractors.arithmetic.written import rounded_to, show
from schemas.findings import Check, Finding


def report(
    view: View, check: Check, figures: tuple[int, ...], agrees: Agreement, made: Fraction, what: str, sure: bool
) -> Iterator[Finding]:
    """``made`` is the exact percentage; an accusation is made only where ``sure``."""
    stated = next(i for i in figures if view.is_percent(i))
    decimals = view.decimals(stated)
    expected: Decimal = rounded_to(made, decimals)
    text = format(expected, "f")
    if agrees == "rounded":
        yield Finding(
            check,
            "holds",
            figures,
            text,
            f"{first_up(what)} là {show(expected)}%, khớp với {view.quote(stated)}% đã ghi.",
        )
    elif agrees == "truncated":
        said = f"văn bản ghi {view.quote(stated)}%, tức cắt bỏ phần lẻ chứ không làm tròn"
        message = f"{first_up(what)} làm tròn là {show(expected)}%; {said}."
        yield Finding(check, "holds", figures, text, message)
    elif sure and made < 100 * Fraction(view.figures[stated].value) < 10000 * made:  # else a magnitude was misread
        yield Finding(
            check,
            "fails",
            figures,
            text,
            f"{first_up(what)} là {show(expected)}%, nhưng văn bản ghi {view.quote(stated)}%.",
        )


def first_up(text: str) -> str:
    """``text`` with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
