"""The description of the tables and the database agree, in both directions."""

import re
from dataclasses import fields

import pytest

from db.datasette import dictionary
from db.datasette.metadata import describe
from schemas import figures, findings, incidents, ledger
from schemas.tables import everything, tables, views
from tests.db.support import World

COLUMNS = [(table.name, column.name) for table in everything().values() for column in table.columns]


def test_no_table_view_or_column_exists_undescribed(world: World) -> None:
    shadow = {
        f"{name}_{part}"
        for name, t in tables().items()
        if t.kind == "fts"
        for part in ("data", "idx", "docsize", "config")
    }
    own = {"_sqlite_migrations", "sqlite_sequence"}
    names = set(world.db.table_names()) | set(world.db.view_names())
    assert names - shadow - own == set(everything())
    for name, table in everything().items():
        found = {row[1]: row[2] for row in world.db.execute(f'PRAGMA table_xinfo("{name}")') if row[6] == 0}
        assert list(found) == [column.name for column in table.columns], name
        if table.kind == "table":
            assert found == {column.name: column.type.upper() for column in table.columns}, name


@pytest.mark.parametrize(("table", "name"), COLUMNS)
def test_every_column_has_both_texts(table: str, name: str) -> None:
    column = everything()[table].column(name)
    assert re.search(r"[À-ỹđ]", column.vi), "the Vietnamese text has diacritics"
    assert re.fullmatch(r"[\x20-\x7e]+", column.en), "the English text has none"
    assert column.vi.rstrip(".") != column.en.rstrip(".")


def test_every_table_has_its_texts() -> None:
    for table in everything().values():
        assert table.title and table.vi.endswith(".") and table.en.endswith("."), table.name


def test_names_that_the_description_uses_exist() -> None:
    for table in everything().values():
        known = {column.name for column in table.columns}
        keys = {*table.pk, *(n for k in (*table.unique, *table.indexes) for n in k), *table.facets}
        keys |= {name for index in table.later_indexes for name in index.columns}
        keys |= {name for name in (table.label, table.sort, table.sort_desc) if name}
        assert keys <= known, table.name
        for column in table.columns:
            if column.ref:
                other, _, target = column.ref.partition(".")
                assert tables()[other].column(target).type == column.type
        if table.fts:
            assert table.fts.key in known
            assert tables()[table.fts.table].kind == "fts"


@pytest.mark.parametrize(
    ("table", "column", "codes"),
    [
        ("figures", "kind", figures.KINDS),
        ("figures", "relation", figures.RELATIONS),
        ("figures", "basis", figures.BASES),
        ("figures", "direction", figures.DIRECTIONS),
        ("figures", "status", figures.STATUSES),
        ("figures", "approx", figures.APPROXES),
        ("findings", "verdict", findings.VERDICTS),
        ("findings", "check_name", findings.CHECKS),
        ("figures_full", "verdict", findings.VERDICTS),
        ("numerals", "state", ledger.STATES),
        ("numerals", "reason", ledger.REASONS),
        ("incidents", "kind", incidents.KINDS),
        ("incidents", "severity", incidents.SEVERITIES),
    ],
)
def test_codes_are_those_of_the_types(table: str, column: str, codes: tuple[str, ...]) -> None:
    assert sorted(everything()[table].column(column).choices) == sorted(codes)


def test_every_field_of_a_figure_has_its_column() -> None:
    columns = {column.name for column in tables()["figures"].columns}
    elsewhere = {"period": "period_start", "part_of": "part_of", "about": "about"}
    links = set(tables()["figure_links"].column("kind").choices)
    for field in fields(figures.Figure):
        assert elsewhere.get(field.name, field.name) in columns | links, field.name


def test_a_view_takes_over_the_texts_of_what_it_shows() -> None:
    shown, base = views()["figures_full"].column("value"), tables()["figures"].column("value")
    assert (shown.vi, shown.warning, shown.type) == (base.vi, base.warning, base.type)
    assert "Lưu ý: Đơn vị nằm ở cột unit" in describe(shown)
    assert "plan (kế hoạch, chỉ tiêu, dự toán)" in describe(views()["figures_full"].column("basis"))
    assert "Đơn vị: ký tự." in describe(tables()["figures"].column("start"))


def test_the_dictionary_is_up_to_date() -> None:
    assert dictionary.PATH.read_text(encoding="utf-8") == dictionary.render(), "run: python -m db.datasette.dictionary"


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(KeyError, match="table runs has no column nme; it has id, kind"):
        tables()["runs"].column("nme")
