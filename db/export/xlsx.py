"""XLSX: numbers as numbers, dates as dates, texts as texts whatever they begin with, a sheet that says what it is."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from db.export.about import About, field_text
from db.export.selection import Selection, Value

#: limits of the format
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
_CUT = "… [bị cắt]"
#: first characters that openpyxl or a spreadsheet reads as more than text
_SPECIAL = tuple("=+-@#\t\r\n＝＋－＠")


def write_xlsx(selection: Selection, out: BinaryIO, about: About, *, max_rows: int = MAX_ROWS) -> int:
    """Write all rows and return how many; beyond ``max_rows`` a further sheet goes on."""
    book = Workbook(write_only=True)
    head = [field.name for field in selection.fields]
    count, left, sheet = 0, 0, None
    for row in selection.rows:
        if sheet is None or not left:
            sheet = _data_sheet(book, selection.what, head)
            left = max_rows - 1
        sheet.append([_cell(sheet, value) for value in row])
        count, left = count + 1, left - 1
    if sheet is None:
        _data_sheet(book, selection.what, head)
    _text_sheet(book, "gioi_thieu", ([line] for line in about.lines(count)))
    described = ([f.name, field_text(f), f.en] for f in selection.fields)
    _text_sheet(book, "cot", [["cột / column", "ý nghĩa", "meaning"], *described])
    book.save(out)
    return count


def _data_sheet(book: Workbook, what: str, head: list[str]) -> Any:
    number = len(book.sheetnames) + 1
    sheet = book.create_sheet(what if number == 1 else f"{what}_{number}")
    sheet.freeze_panes = "B2"
    cells = []
    for name in head:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _text_sheet(book: Workbook, name: str, lines: Iterable[list[str]]) -> None:
    sheet = book.create_sheet(name)
    for line in lines:
        sheet.append([_cell(sheet, text) for text in line])


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - len(_CUT)] + _CUT
    if not text.startswith(_SPECIAL):
        return text
    cell: Any = WriteOnlyCell(sheet, value="")
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True  # stays a text also when a person edits the cell
    return cell
