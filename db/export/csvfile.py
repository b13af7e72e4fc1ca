"""CSV: UTF-8, RFC 4180, numbers as plain digits with a point, texts that begin no formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from db.export.cells import safe
from db.export.selection import Selection, Value
from schemas.figures import plain


def write_csv(selection: Selection, out: BinaryIO, *, bom: bool = False) -> int:
    """Write all rows and return how many; ``bom`` lets Excel see that it is UTF-8."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if bom else "utf-8", errors="replace", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow([field.name for field in selection.fields])
        count = 0
        for row in selection.rows:
            writer.writerow([_cell(value) for value in row])
            count += 1
        text.flush()
    finally:
        text.detach()
    return count


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value.replace("\0", "\ufffd"))
    if isinstance(value, Decimal):
        return plain(value) or ""
    return value.isoformat() if isinstance(value, date) else str(value)
