"""The tutorial's queries with their answers; ``python -m tests.datasette.answers`` writes the answers anew."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from pathlib import Path

from tests.datasette.support import fill

GUIDE = Path(__file__).parents[2] / "db" / "datasette" / "huong-dan.md"
_QUESTION = re.compile(r"```sql\n(?P<sql>.*?)```\n\n(?P<table>(?:\|[^\n]*\n)+)", re.DOTALL)


def questions(text: str) -> list[tuple[str, str]]:
    """Each query with the table below it."""
    return [(found["sql"], found["table"]) for found in _QUESTION.finditer(text)]


def answer(connection: sqlite3.Connection, sql: str) -> str:
    """The answer as a Markdown table."""
    found = connection.execute(sql)
    names = [column[0] for column in found.description]
    lines = [names, ["---"] * len(names), *([_cell(value) for value in row] for row in found)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value).replace("|", "\\|")


def main() -> None:
    """Write the tutorial anew."""
    with tempfile.TemporaryDirectory() as folder:
        home = fill(Path(folder))
        connection = sqlite3.connect(f"{home.database.as_uri()}?mode=ro", uri=True)
        text = GUIDE.read_text(encoding="utf-8")
        made = _QUESTION.sub(lambda m: f"```sql\n{m['sql']}```\n\n{answer(connection, m['sql'])}", text)
        GUIDE.write_text(made, encoding="utf-8")
        connection.close()


if __name__ == "__main__":
    main()
