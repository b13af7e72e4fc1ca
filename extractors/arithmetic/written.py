"""Numbers as they are written: how exact a quote is, and how Vietnamese writes a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_TAIL = re.compile(r"[.,](\d+)$")
_NUMBERS = re.compile(r"(\d[\d.,]*)\s*(tỷ|tỉ|triệu|tr|nghìn|ngàn|vạn)?")
_SIZES = {
    "tỷ": Decimal(10) ** 9,
    "tỉ": Decimal(10) ** 9,
    "triệu": Decimal(10) ** 6,
    "tr": Decimal(10) ** 6,
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "vạn": Decimal(10000),
}
_MAGNITUDES = ((Decimal(10) ** 9, "tỷ"), (Decimal(10) ** 6, "triệu"))


def decimals_written(quote: str) -> int:
    """How many decimals a percentage is written with.

    >>> decimals_written("92,3"), decimals_written("27"), decimals_written("91.66"), decimals_written("1.250")
    (1, 0, 2, 0)
    """
    number = re.match(r"[\d.,]*\d", quote.strip())
    tail = _TAIL.search(number.group()) if number else None
    if tail is None or (tail.group(0)[0] == "." and len(tail.group(1)) == 3):
        return 0
    return len(tail.group(1))


def is_whole(quote: str, value: Decimal) -> bool:
    """Is the number counted out to the last one? "4,45 triệu" is a rounding, "4.450.012" and "mười hai" are counts."""
    return (
        value == value.to_integral_value()
        and "," not in quote
        and not re.search(r"tỷ|tỉ|triệu|nghìn|ngàn|vạn", quote.lower())
    )


@dataclass(frozen=True, slots=True)
class Span:
    """The values that a written number may stand for; both ends are the same for a count."""

    low: Fraction
    high: Fraction

    @classmethod
    def exact(cls, value: Decimal | int) -> Span:
        """A number that means itself."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def rounded(cls, value: Decimal, step: Decimal) -> Span:
        """A number rounded to multiples of ``step``."""
        half = Fraction(step) / 2
        return cls(Fraction(value) - half, Fraction(value) + half)


def step_written(quote: str, value: Decimal) -> Decimal:
    """What one more in the last written digit would be: 305.001 tỷ is counted in tỷ, 87,42 in hundredths.

    >>> step_written("2 tỷ 340 triệu", Decimal("2340000000")) == 10**6, step_written("87,42", Decimal("87.42"))
    (True, Decimal('0.01'))
    """
    parts = _NUMBERS.findall(quote.lower())
    if not parts:
        return round_step(value)
    number, magnitude = parts[-1]
    return _SIZES.get(magnitude, Decimal(1)).scaleb(-decimals_written(number))


def round_step(value: Decimal) -> Decimal:
    """The size of the last digit that is not 0.

    >>> round_step(Decimal(785400)), round_step(Decimal("12.40"))
    (Decimal('1E+2'), Decimal('0.1'))
    """
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def show(value: Decimal | Fraction | int, unit: str | None = None) -> str:
    """A number as Vietnamese writes it, with its unit; large round amounts with tỷ or triệu.

    >>> show(Decimal("1234.50")), show(Decimal("1351000000000"), "đồng"), show(13, "cuộc")
    ('1.234,5', '1.351 tỷ đồng', '13 cuộc')
    """
    number = value if isinstance(value, Decimal) else _decimal(value)
    magnitude = ""
    for size, name in _MAGNITUDES:
        if unit and unit.startswith("đồng") and abs(number) >= size and (number / size * 1000) % 1 == 0:
            number, magnitude = number / size, f" {name}"
            break
    text = f"{number:,f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    text = whole.replace(",", ".") + (f",{fraction}" if fraction else "")
    return f"{text}{magnitude} {unit}" if unit else text + magnitude


def _decimal(value: Fraction | int) -> Decimal:
    exact = Fraction(value)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def rounded_to(value: Fraction, decimals: int) -> Decimal:
    """``value`` rounded half up to so many decimals."""
    scaled = value * 10**decimals
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return Decimal(whole).scaleb(-decimals)


def significant(value: Fraction, digits: int = 4) -> Decimal:
    """``value`` with so many significant digits, for saying "about"."""
    number = _decimal(value)
    return number if number == 0 else Decimal(f"{number:.{digits - 1}e}")
