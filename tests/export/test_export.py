"""``bantin export``: what comes out reads back as what is in the database."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import sys
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from db.export import FORMATS, WHATS, Filter, export, select
from db.export.about import about
from db.export.cells import restored
from db.export.xlsx import write_xlsx
from flows.cli import cli
from flows.commands import export as command
from schemas.tables import views
from tests.corrections.support import entry
from tests.db.support import TEXT, URL, World, capture, extraction

HOSTILE = '=HYPERLINK("http://x","mô hình")'


def run(world: World, *words: str | Path) -> Result:
    environment = {"BANTIN_HOME": str(world.root)}
    return CliRunner(env=environment).invoke(cli, ["export", *(str(word) for word in words)])


def rows_of(data: str | bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8") if isinstance(data, bytes) else data
    return list(csv.DictReader(io.StringIO(text, newline="")))


def correct(world: World, text: str) -> None:
    (world.root / "corrections.toml").write_text(text, encoding="utf-8")
    CliRunner(env={"BANTIN_HOME": str(world.root)}).invoke(cli, ["corrections", "apply"], catch_exceptions=False)


def hostile(world: World) -> None:
    """A bulletin of a stranger's making, in fields that come out in an export."""
    from dataclasses import replace

    text = TEXT.replace("Chín tháng", '=cmd|" /C calc"!A0 tháng')
    made = extraction(text)
    first = replace(made.figures[0], subject=HOSTILE, scope='\'=1\n"x",;', value=Decimal("-1234.5"))
    made = replace(made, figures=(first, *made.figures[1:]))
    there = capture("https://hoabac.example/tin/2.html", b"2")
    world.load(world.take(there), text, extraction=made, title="@SUM(1)\x07", byline="\t=1")


def test_csv_says_what_the_database_says(world: World) -> None:
    done = run(world)
    assert (done.exit_code, done.stderr) == (0, "5 figures\n")
    assert not done.stdout_bytes.startswith(b"\xef\xbb\xbf")
    rows = rows_of(done.stdout_bytes)
    names = [column.name for column in views()["figures_full"].columns if column.name in rows[0]]
    assert {c.name for c in views()["figures_full"].columns} - set(names) == {"key", "evidence"}
    columns = ", ".join(f'"{name}"' for name in names)
    found = world.db.execute(f"SELECT {columns} FROM figures_full ORDER BY key").fetchall()
    for row, known in zip(rows, found, strict=True):
        for name, value in zip(names, known, strict=True):
            assert (float(row[name]) if isinstance(value, (int, float)) else row[name]) == (
                "" if value is None else value
            )


def test_the_columns_that_only_an_export_has(world: World) -> None:
    rows = rows_of(run(world, "--base-url", "http://127.0.0.1:8001/").stdout_bytes)
    first, percent = rows[0], rows[4]
    assert next(iter(first)) == "id"
    assert (percent["value"], percent["used_value"], percent["used_value_vi"]) == ("92.3", "92.3", "92,3")
    assert (first["value"], first["time_period"], percent["time_period"]) == ("300", "2023-01-01/P9M", "")
    assert first["permalink"] == f"http://127.0.0.1:8001/bantin/trace_figure?id={first['id']}"
    assert first["citation"] == (
        f"Cổng Hòa Bắc, “Quận Hòa Bắc sơ kết công tác dân vận”, 16/09/2023, {URL}; số liệu “300”, mã {first['id']}"
    )


def test_a_correction_is_exported_with_the_original(world: World) -> None:
    correct(
        world,
        entry(set={"value": "1301.5"})
        + entry("set", quote="297", context="297 mô hình", expect={"value": 297}, drop=True),
    )
    first, second, third, *_ = rows_of(run(world).stdout_bytes)
    names = ("value", "used_value", "used_value_vi", "correction")
    assert [first[name] for name in names] == ["300", "1301.5", "1.301,5", "corrected"]
    assert [second[name] for name in names] == ["297", "", "", "dropped"]
    assert [third[name] for name in names] == ["4", "4", "4", ""]


def test_a_byte_order_mark_on_request(world: World) -> None:
    path = world.root / "out.csv"
    assert run(world, "--bom", "-o", path).exit_code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert path.read_bytes()[3:] == run(world, "-o", "-").stdout_bytes
    assert run(world, "--bom").stdout_bytes == path.read_bytes()


def test_hostile_text_runs_nothing_and_is_not_lost(world: World) -> None:
    hostile(world)
    rows = rows_of(run(world).stdout_bytes)
    row = rows[5]
    assert (row["subject"], row["title"]) == ("'" + HOSTILE, "'@SUM(1)\x07")
    assert (row["value"], row["used_value_vi"]) == ("-1234.5", "-1.234,5"), "a number stays one"
    assert restored(row["scope"]) == '\'=1\n"x",;'
    assert restored(row["sentence"]).startswith("=cmd|")
    for cell in (cell for row in rows for cell in row.values()):
        assert not cell.startswith(("=", "@", "\t", "\r")) and (cell[:1] not in "+-" or cell[1:2].isdigit() or not cell)


def test_xlsx(world: World) -> None:
    hostile(world)
    path = world.root / "out.xlsx"
    assert run(world, "--format", "xlsx", "-o", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["figures", "gioi_thieu", "cot"]
    head, *rows = list(book["figures"].iter_rows())
    names = [cell.value for cell in head]
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    assert len(cells) == 10
    assert (cells[0]["value"].value, cells[0]["value"].data_type) == (300, "n")
    assert cells[4]["value"].value == 92.3
    assert cells[0]["period_start"].value.date() == date(2023, 1, 1)
    subject = cells[5]["subject"]
    assert (subject.value, subject.data_type, subject.quotePrefix) == (HOSTILE, "s", True)
    assert cells[5]["title"].value == "@SUM(1)\ufffd"
    assert not [cell for row in rows for cell in row if cell.data_type in "fe"]
    about = [row[0].value for row in book["gioi_thieu"].iter_rows()]
    assert "Số dòng: 10" in about and any(line.startswith("Cách trích dẫn: bantin, “Số liệu”") for line in about)
    assert [row[0].value for row in book["cot"].iter_rows()][1:] == names


def test_xlsx_beyond_its_limits(world: World) -> None:
    selection = select(world.db, "figures")
    out = io.BytesIO()
    assert write_xlsx(selection, out, about(world.db, selection), max_rows=3) == 5
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[:3] == ["figures", "figures_2", "figures_3"]
    assert [book[name].max_row for name in book.sheetnames[:3]] == [3, 3, 2]
    long = extraction()
    text = "Quận có 300 việc " + "dài " * 10_000 + "."
    from dataclasses import replace

    made = replace(long, text=text, figures=(replace(long.figures[0], start=8, end=11, subject=None),), findings=())
    made = replace(made, numerals=(), sentences=((0, len(text)),))
    world.load(world.take(capture("https://hoabac.example/3", b"3")), text, extraction=made)
    path = world.root / "long.xlsx"
    export(world.db, select(world.db, "figures"), "xlsx", path)
    sentences = [row[0] for row in openpyxl.load_workbook(path)["figures"].iter_rows(values_only=True)]
    assert len(sentences) == 7
    cut = max((str(v) for r in openpyxl.load_workbook(path)["figures"].iter_rows(values_only=True) for v in r), key=len)
    assert len(cut) == 32_767 and cut.endswith("… [bị cắt]")


def test_parquet(world: World) -> None:
    hostile(world)
    path = world.root / "out.parquet"
    assert run(world, "--format", "parquet", "-o", path).exit_code == 0
    table = pq.read_table(path)
    assert table.num_rows == 10
    assert str(table.schema.field("value").type) == "double" and not table.schema.field("value").nullable
    assert str(table.schema.field("period_start").type).startswith("date32")
    assert table.column("subject")[5].as_py() == HOSTILE, "no spreadsheet reads it: texts stay as they are"
    assert table.column("value").to_pylist()[4] == 92.3
    said = table.schema.field("value").metadata[b"vi"].decode()
    assert said.startswith(views()["figures_full"].column("value").vi.rstrip("."))
    assert "bantin, “Số liệu”" in json.loads(table.schema.metadata[b"bantin"])["citation"]


def validate(descriptor: dict[str, Any], read: Any) -> list[dict[str, Any]]:
    """Hold the data against their descriptor, as the Table Schema and Data Resource specifications say."""
    (resource,) = descriptor["resources"]
    assert descriptor["profile"] == "tabular-data-package" and resource["profile"] == "tabular-data-resource"
    data = read(resource["path"])
    assert len(data) == resource["bytes"]
    assert "sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"]
    lines = list(csv.reader(io.StringIO(data.decode(resource["encoding"]), newline="")))
    fields = resource["schema"]["fields"]
    assert lines[0] == [field["name"] for field in fields]
    casts = {"string": str, "number": Decimal, "integer": int, "date": date.fromisoformat}
    made = []
    for line in lines[1:]:
        row: dict[str, Any] = {}
        for field, cell in zip(fields, line, strict=True):
            limits = field.get("constraints", {})
            if cell in resource["schema"]["missingValues"]:
                assert not limits.get("required"), field["name"]
                row[field["name"]] = None
                continue
            row[field["name"]] = casts[field["type"]](cell)
            assert cell in limits.get("enum", [cell]), field["name"]
        made.append(row)
    assert len(made) == resource["rows"]
    keys = [row[resource["schema"]["primaryKey"]] for row in made]
    assert len(set(keys)) == len(keys)
    return made


@pytest.mark.parametrize("name", ["package", "package.zip"])
def test_a_data_package_fits_its_own_descriptor(world: World, name: str) -> None:
    hostile(world)
    correct(world, entry())
    path = world.root / name
    for _ in range(2):  # the second replaces the first
        assert run(world, "--format", "datapackage", "-o", path).exit_code == 0
    if name.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
    else:
        contents = {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}
    assert sorted(contents) == ["README.md", "data/figures.csv", "datapackage.json"]
    descriptor = json.loads(contents["datapackage.json"])
    rows = validate(descriptor, contents.__getitem__)
    assert len(rows) == 10 and rows[0]["used_value"] == 301
    for field in descriptor["resources"][0]["schema"]["fields"]:
        if field["name"] in {column.name for column in views()["figures_full"].columns}:
            column = views()["figures_full"].column(field["name"])
            assert (field["title"], field["description_en"]) == (column.vi, column.en)
            assert (column.warning or "") in field["description"]
    assert descriptor["sources"] == [{"title": "Cổng Hòa Bắc", "path": "https://hoabac.example/"}]
    assert "Cách trích dẫn: bantin" in contents["README.md"].decode()
    left = [p.name for p in world.root.iterdir() if p.name.startswith(".")]
    assert not left


def test_the_validator_would_notice(world: World) -> None:
    path = world.root / "package"
    run(world, "--format", "datapackage", "-o", path)
    descriptor = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][1]["type"] = "integer"
    with pytest.raises(ValueError, match="invalid literal"):
        validate(descriptor, lambda name: (path / name).read_bytes())


def test_equal_data_make_equal_files(world: World) -> None:
    for format, name in (("csv", "a.csv"), ("parquet", "a.parquet"), ("datapackage", "a.zip")):
        made = set()
        for _ in range(2):
            export(world.db, select(world.db, "figures"), format, world.root / name)
            made.add((world.root / name).read_bytes())
        assert len(made) == 1, format


def test_a_folder_of_other_files_is_not_replaced(world: World) -> None:
    done = run(world, "--format", "datapackage", "-o", world.root)
    assert done.exit_code == 2 and "other files in it" in done.stderr
    assert world.path.exists()
    assert run(world, "-o", world.root).exit_code == 2


@pytest.mark.parametrize(
    ("words", "quotes"),
    [
        (["--since", "2023-09-16"], 5),
        (["--since", "2023-09-17"], 0),
        (["--indicator", "dan van kheo"], 3),
        (["--indicator", "ĐỐI THOẠI"], 2),
        (["--indicator", "100%_"], 0),
        (["--area", "o phuong"], 1),
        (["--area", "00.hoa-bac"], 5),
        (["--area", "00"], 5),
        (["--area", "00.hoa"], 0),
        (["--indicator", "dan van kheo", "--area", "ở quận", "--since", "2023-01-01"], 1),
    ],
)
def test_filters(world: World, words: list[str], quotes: int) -> None:
    assert len(rows_of(run(world, *words).stdout_bytes)) == quotes


def test_an_empty_export_is_whole(world: World) -> None:
    for format in FORMATS:
        path = world.root / f"empty.{format}"
        done = run(world, "--format", format, "--since", "2030-01-01", "-o", path)
        assert (done.exit_code, done.stderr) == (0, f"0 figures in {path}\n")
    assert pq.read_table(world.root / "empty.parquet").num_rows == 0
    assert openpyxl.load_workbook(world.root / "empty.xlsx")["figures"].max_row == 1


def test_only_current_results_are_exported(world: World) -> None:
    world.load(world.take(capture(body=b"2", days=1)), TEXT + "\n\nHết.", extraction=extraction(TEXT + "\n\nHết."))
    assert len(rows_of(run(world).stdout_bytes)) == 5


def test_observations_where_there_are_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {name: view for name, view in views().items() if name != "observations"}
    monkeypatch.setattr("db.export.selection.views", lambda: known)
    done = run(world, "--what", "observations")
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: this version has no view observations yet; bantin export --what figures exports figures\n"
    )


@pytest.mark.parametrize(
    ("wanted", "values"),
    [
        (Filter(), [300, 297, 4]),
        (Filter(indicator="dan van"), [300, 297, 4]),
        (Filter(indicator="ind_297"), [297]),
        (Filter(indicator="ind"), []),
        (Filter(area="O QUAN"), [4]),
        (Filter(area="31"), [300, 297, 4]),
        (Filter(area="3"), []),
        (Filter(since=date(2023, 9, 30)), [300, 297, 4]),
        (Filter(since=date(2023, 10, 1)), []),
    ],
)
def test_a_view_of_observations(
    world: World, monkeypatch: pytest.MonkeyPatch, wanted: Filter, values: list[int]
) -> None:
    """Its own names for value, period, area and indicator: codes are compared, names are searched."""
    from schemas.tables import Column, Table

    shown = {
        "id": "id",
        "indicator": "'ind_' || quote",
        "indicator_name": "subject",
        "ref_area": "'31.quan'",
        "scope": "scope",
        "time_period": "period_start",
        "period_end": "period_end",
        "obs_value": "value",
    }
    columns = tuple(
        Column(name=name, type="real" if name == "obs_value" else "text", vi="Cột", en="Column", null=name != "id")
        for name in shown
    )
    view = Table(name="observed", title="Quan sát", vi="Quan sát.", en="O.", columns=columns)
    monkeypatch.setattr("db.export.selection.views", lambda: {"observations": view})
    names = ", ".join(f"{sql} AS {name}" for name, sql in shown.items())
    world.db.execute(f"CREATE TEMP VIEW observed AS SELECT {names} FROM figures_full WHERE period_end IS NOT NULL")
    selection = select(world.db, "observations", wanted)
    assert [f.name for f in selection.fields] == [*shown, "obs_value_vi"]
    rows = sorted(selection.rows, key=lambda row: -row[-2])
    assert [row[-2] for row in rows] == values
    assert [row[-1] for row in rows] == [str(value) for value in values]


@pytest.mark.parametrize(("format", "library"), [("xlsx", "openpyxl"), ("parquet", "pyarrow")])
def test_a_missing_library_is_named(world: World, monkeypatch: pytest.MonkeyPatch, format: str, library: str) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == library or name == f"db.export.{format}"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    path = world.root / "out"
    done = run(world, "--format", format, "-o", path)
    assert done.exit_code == 2
    assert f'{format} needs {library}: pip install -c constraints.txt -e ".[export]"' in done.stderr
    assert not path.exists()


def test_usage(world: World) -> None:
    for words, said in (
        (["--format", "xlsx"], "--format xlsx needs -o PATH"),
        (["--format", "parquet", "--bom", "-o", "x"], "--bom is for --format csv"),
        (["--since", "16/09/2023"], "does not match the format '%Y-%m-%d'"),
    ):
        done = run(world, *words)
        assert done.exit_code == 2 and said in done.stderr
    assert (command._FORMATS, command._WHATS) == (FORMATS, WHATS)


def test_views_of_an_older_version_are_mended_first(world: World) -> None:
    world.db.execute("DROP VIEW figures_full")
    world.db.execute("CREATE VIEW figures_full AS SELECT 1 AS id")
    assert len(rows_of(run(world).stdout_bytes)) == 5


def test_what_stood_there_stays_until_all_is_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path = world.root / "out.csv"
    path.write_text("before", encoding="utf-8")
    monkeypatch.setattr("db.export.selection._citation", lambda row: 1 / 0)
    for format in ("csv", "parquet"):
        with pytest.raises(ZeroDivisionError):
            export(world.db, select(world.db, "figures"), format, path)
    assert path.read_text(encoding="utf-8") == "before"
    assert not [p for p in world.root.iterdir() if p.name.startswith(".")]


def many(world: World, count: int) -> None:
    """The first figure again and again, each a figure of its own."""
    names = [row[1] for row in world.db.execute("PRAGMA table_info(figures)")]
    shown = {"key": "1000 + n.value", "id": "printf('%020x', n.value)", "position": "1000 + n.value"}
    columns = ", ".join(shown.get(name, f'f."{name}"') for name in names)
    numbers = "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?)"
    first = "(SELECT * FROM figures ORDER BY key LIMIT 1)"
    world.db.conn.execute(f"INSERT INTO figures {numbers} SELECT {columns} FROM n, {first} f", (count,))
    world.db.conn.commit()


@pytest.mark.parametrize(
    ("format", "count"), [("csv", 8_000), ("datapackage", 8_000), ("parquet", 16_000), ("xlsx", 1_500)]
)
def test_memory_does_not_grow_with_the_rows(world: World, format: str, count: int) -> None:
    def peak(name: str) -> int:
        selection = select(world.db, "figures")
        tracemalloc.start()
        export(world.db, selection, format, world.root / name)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    many(world, count // 2)
    peak("warm")
    half = peak("half")
    world.db.conn.execute("DELETE FROM figures WHERE key > 1000")
    many(world, count)
    assert peak("whole") < 1.3 * half + 300_000


def test_no_sorter_stands_between(world: World) -> None:
    """Rows come in the order of the table: nothing is kept until the last one is known."""
    selection = select(world.db, "figures")
    names = ", ".join(f'"{column.name}"' for column in views()["figures_full"].columns)
    assert next(selection.rows)
    plan = world.db.execute(f'EXPLAIN QUERY PLAN SELECT {names} FROM "figures_full" ORDER BY "key"').fetchall()
    assert not [row for row in plan if "TEMP B-TREE FOR ORDER BY" in row[3]], plan


def test_a_writer_beside_it_does_not_disturb(world: World) -> None:
    selection = select(world.db, "figures")
    first = next(selection.rows)
    other = sqlite3.connect(world.path)
    other.execute("UPDATE runs SET status = 'x'")
    other.commit()
    other.close()
    assert len([first, *selection.rows]) == 5
