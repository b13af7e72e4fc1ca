"""The data dictionary: every table, view and column in Vietnamese and English.

``python -m db.datasette.dictionary`` writes it anew.
"""

from __future__ import annotations

from pathlib import Path

from schemas.tables import Column, Table, tables, views

PATH = Path(__file__).parent / "dictionary.md"


def render() -> str:
    """The dictionary as Markdown."""
    parts = [
        "# Từ điển dữ liệu / Data dictionary",
        "<!-- Made from schemas/data/tables.toml and views.toml by: python -m db.datasette.dictionary -->",
        "## Khung nhìn để tra cứu / Views",
        *(_section(view) for view in views().values()),
        "## Bảng / Tables",
        *(_section(table) for table in tables().values()),
    ]
    return "\n\n".join(parts) + "\n"


def _section(table: Table) -> str:
    lines = [
        f"### `{table.name}`: {table.title}",
        "",
        f"{table.vi}  ",
        f"*{table.en}*",
        "",
        "| cột / column | kiểu / type | ý nghĩa | meaning |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join(lines + [_row(column, column.name in table.pk) for column in table.columns])


def _row(column: Column, key: bool) -> str:
    vi, en = column.vi, column.en
    if column.choices:
        vi += "; " + ", ".join(f"`{code}`: {meaning}" for code, meaning in column.choices.items())
    if column.unit:
        vi += f" (đơn vị: {column.unit})"
    if column.warning:
        vi += f". **Lưu ý:** {column.warning}"
    if column.ref:
        en += f" (`{column.ref}`)"
    kind = column.type + (", key" if key else "") + ("" if not column.null else ", null")
    return f"| `{column.name}` | {kind} | {_cell(vi)} | {_cell(en)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
