"""What templates show of values from the database: numbers, days and times as Vietnamese print them, harmless text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote, urlsplit

from schemas.figures import Period
from schemas.words import labels

_ICT = timezone(timedelta(hours=7))
#: control characters, half surrogates, and what turns the direction of writing: no page may hold them as they are
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_POWERS = ((Decimal(10) ** 9, "tỷ"), (Decimal(10) ** 6, "triệu"))
_FIRST_OF_WORD = re.compile(r"\S")


def safe(text: object) -> str:
    """Text of any origin, one character for one, with a replacement for what steers a page instead of saying something.

    >>> safe("Quận\\u202etxt\\x1b"), safe(None)
    ('Quận\ufffdtxt\ufffd', '')
    """
    return "" if text is None else _UNFIT.sub("\ufffd", str(text))


def number(value: object) -> str:
    """A number from the database.

    >>> number(1615), number(92.3), number(944000000000.0), number(None)
    ('1.615', '92,3', '944.000.000.000', '')
    """
    if value is None:
        return ""
    try:
        return labels.number(Decimal(str(value)) if not isinstance(value, float) else _of_float(value))
    except InvalidOperation:
        return safe(value)


def _of_float(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal("1e-6")).normalize() if abs(value) < 1e15 else Decimal(value)


def amount(value: object, unit: object = None) -> str:
    """A number with its unit; large sums of money in triệu and tỷ.

    >>> amount(944000000000.0, "đồng"), amount(39, "mô hình"), amount(92.3, "%")
    ('944 tỷ đồng', '39 mô hình', '92,3%')
    """
    if value is None:
        return ""
    made, unit = Decimal(str(value)), safe(unit)
    word = ""
    if unit.startswith("đồng"):
        for power, name in _POWERS:
            if abs(made) >= power:
                made, word = made / power, f" {name}"
                break
    gap = "" if unit in ("", "%") else " "
    return f"{labels.number(made.normalize())}{word}{gap}{unit}"


def day(text: object) -> str:
    """The day of an ISO date or time, as printed in bulletins.

    >>> day("2023-09-16T07:12"), day(None), day("khác")
    ('16/9/2023', '', 'khác')
    """
    if not text:
        return ""
    try:
        made = date.fromisoformat(str(text)[:10])
    except ValueError:
        return safe(text)
    return f"{made.day}/{made.month}/{made.year}"


def moment(text: object) -> str:
    """A time of the database (UTC) on the clock of Việt Nam.

    >>> moment("2023-09-16T00:12:00Z")
    '07:12 ngày 16/9/2023'
    """
    if not text:
        return ""
    try:
        made = datetime.fromisoformat(str(text))
    except ValueError:
        return safe(text)
    local = (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(_ICT)
    return f"{local:%H:%M} ngày {local.day}/{local.month}/{local.year}"


def period(start: object, end: object) -> str:
    """Two ISO days as people say the period.

    >>> period("2023-01-01", "2023-09-30"), period(None, None)
    ('9 tháng đầu năm 2023', '')
    """
    if not start or not end:
        return ""
    try:
        return labels.span_of_time(Period(date.fromisoformat(str(start)), date.fromisoformat(str(end))))
    except ValueError:
        return safe(f"{start} - {end}")


def link(url: object) -> str | None:
    """An address that may be a link: http or https with a host, nothing else.

    >>> link("https://hoabac.example/tin/1.html"), link("javascript:alert(1)"), link("//x.example")
    ('https://hoabac.example/tin/1.html', None, None)
    """
    text = str(url or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    plain = text.isprintable() and not _UNFIT.search(text)
    return text if plain and parts.scheme in ("http", "https") and parts.netloc else None


def sentence_case(text: object) -> str:
    """The text with its first letter as a capital.

    >>> sentence_case("thu ngân sách")
    'Thu ngân sách'
    """
    return _FIRST_OF_WORD.sub(lambda found: found.group().upper(), safe(text), count=1)


def called(title: object, opening: object, url: object) -> str:
    """What a bulletin is called where it is shown: its title, else its first line or the name of its file, marked.

    >>> called("Họp giao ban", None, None)
    'Họp giao ban'
    >>> called(None, "Phường có 39 mô hình.\\nSáu cuộc", "file:///luu/vidu.txt")
    '“Phường có 39 mô hình.” (không có tiêu đề)'
    >>> called("", " ", "file:///luu/vi%20du.txt")
    'vi du.txt (không có tiêu đề)'
    """
    if made := safe(title).strip():
        return made
    first = next((line.strip() for line in safe(opening).splitlines() if line.strip()), "")
    if first:
        return f"“{cut(first, 80)}” (không có tiêu đề)"
    name = safe(unquote(str(url or "").partition("?")[0].rstrip("/").rpartition("/")[2]))
    return f"{name} (không có tiêu đề)" if name else "Bản tin không có tiêu đề"


def listed(*texts: object) -> str:
    """What there is of some texts, in a list.

    >>> listed("Quận Hoa Bắc", None, "5/6/2024"), listed("Quận Hoa Bắc", "")
    ('Quận Hoa Bắc, 5/6/2024', 'Quận Hoa Bắc')
    """
    return ", ".join(safe(text) for text in texts if text)


def cut(text: object, length: int) -> str:
    """At most so many characters, cut between words.

    >>> cut("đối thoại định kỳ", 12)
    'đối thoại …'
    """
    whole = safe(text)
    if len(whole) <= length:
        return whole
    head = whole[: length - 1]
    return (head[: head.rfind(" ")] if " " in head else head).rstrip() + " …"
