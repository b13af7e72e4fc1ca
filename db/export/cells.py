"""Single values as an export writes them: numbers in Vietnamese spelling, SDMX periods, cells that begin no formula."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from schemas.figures import plain

#: what spreadsheets take for the begin of a formula, full-width forms included; tab, CR and LF hide one behind them
_FORMULA = re.compile(r"'*[\s\x00-\x1f]*[=+\-@＝＋－＠]|'*[\t\r\n]")
#: a number, with separators as any language writes them: standing alone it makes no spreadsheet run anything
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*[ \u00a0]?%?")
_QUARTER_MONTHS, _HALF_MONTHS = 3, 6


def safe(text: str) -> str:
    """A text that a spreadsheet takes for a text: where it would begin a formula, an apostrophe stands before it.

    ``restored`` takes the apostrophe away again. A number is left as it is.

    >>> safe('=HYPERLINK("x")'), safe("-1.234,5"), safe("- Mô hình"), safe("Mô hình")
    ('\\'=HYPERLINK("x")', '-1.234,5', "'- Mô hình", 'Mô hình')
    """
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def restored(cell: str) -> str:
    """The text that ``safe`` made the cell from.

    >>> restored(safe("@SUM(1)")), restored("'Ngô Quyền'")
    ('@SUM(1)', "'Ngô Quyền'")
    """
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell


def vietnamese(number: Decimal) -> str:
    """A number as Vietnamese write it: points between thousands, a comma before decimals.

    >>> vietnamese(Decimal("1234.50")), vietnamese(Decimal("-1000000")), vietnamese(Decimal("0.05"))
    ('1.234,5', '-1.000.000', '0,05')
    """
    whole, _, decimals = (plain(abs(number)) or "").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return ("-" if number < 0 else "") + grouped + (f",{decimals}" if decimals else "")


def sdmx(start: date, end: date) -> str:
    """A period, both days included, as SDMX writes it: a standard period where it is one, else start and duration.

    >>> sdmx(date(2023, 1, 1), date(2023, 9, 30)), sdmx(date(2023, 7, 1), date(2023, 9, 30))
    ('2023-01-01/P9M', '2023-Q3')
    >>> sdmx(date(2023, 9, 16), date(2023, 9, 16)), sdmx(date(2023, 9, 16), date(2023, 9, 30))
    ('2023-09-16', '2023-09-16/P15D')
    """
    if start == end:
        return start.isoformat()
    after = end + timedelta(days=1) if end < date.max else end
    months = (after.year - start.year) * 12 + after.month - start.month
    if start.day != after.day or months < 1 or start.day > 28:
        return f"{start.isoformat()}/P{(end - start).days + 1}D"
    if start.day == 1:
        if months == 1:
            return f"{start:%Y-%m}"
        if months == _QUARTER_MONTHS and start.month % _QUARTER_MONTHS == 1:
            return f"{start:%Y}-Q{start.month // _QUARTER_MONTHS + 1}"
        if months == _HALF_MONTHS and start.month % _HALF_MONTHS == 1:
            return f"{start:%Y}-S{start.month // _HALF_MONTHS + 1}"
        if months == 12 and start.month == 1:
            return f"{start:%Y}"
    years, rest = divmod(months, 12)
    return f"{start.isoformat()}/P" + (f"{years}Y" if not rest else f"{months}M")
