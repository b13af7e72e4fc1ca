"""What a digit token is worth: "1.072" is a thousand, "92,3" a decimal, "1.2" a decimal too, "1.536,246" both."""

from __future__ import annotations

import re
from decimal import Decimal

#: white space that stands inside numbers: plain, no-break, thin, narrow no-break
SPACE = "[ \u00a0\u2009\u202f]"

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_ONE_COMMA_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_SPACES = re.compile(SPACE)
#: longer tokens are account numbers or rubbish; arithmetic on them would lose digits
_LONGEST = 24


def read_digits(token: str, *, whole: bool = False) -> Decimal | None:
    """The value of digits with separators, None where they are no number ("1.2.3", "12.5.2023").

    A dot before exactly three digits groups thousands, a comma is the decimal sign (TCVN 6398, and how portals
    write); ``whole`` says that what is counted comes whole, so that a comma before three digits groups as well.

    >>> read_digits("1.072"), read_digits("1.2"), read_digits("108,987"), read_digits("4,325", whole=True)
    (Decimal('1072'), Decimal('1.2'), Decimal('108.987'), Decimal('4325'))
    >>> read_digits("12 500 000"), read_digits("1.2.3")
    (Decimal('12500000'), None)
    """
    if not token.isascii() or " " in token:
        token = _SPACES.sub("", token)
    if len(token) > _LONGEST:
        return None
    if _GROUPED.fullmatch(token):
        return Decimal(token.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(token) or (whole and _ONE_COMMA_GROUP.fullmatch(token)):
        return Decimal(token.replace(",", ""))
    if _PLAIN.fullmatch(token):
        return Decimal(token.replace(",", "."))
    return None


def decimals_written(token: str) -> int:
    """How many digits stand behind the decimal sign: what a stated percentage was rounded to.

    >>> decimals_written("92,3"), decimals_written("1.072"), decimals_written("12.50")
    (1, 0, 2)
    """
    value = read_digits(token)
    if value is None:
        return 0
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
