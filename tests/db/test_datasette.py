"""Datasette with our metadata: pages answer, in Vietnamese, and a search box that knows accents."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette

from db.datasette.metadata import UNKNOWN_LICENSE, build
from db.datasette.serve import PLUGINS, SETTINGS, TEMPLATES, serve_arguments
from db.home import Home
from db.store import record_source
from schemas.tables import everything, tables
from tests.db.support import SOURCE, World, capture


@pytest.fixture
def site(world: World) -> Iterator[Datasette]:
    world.load(world.take(capture()))
    yield Datasette(
        [str(world.path)],
        metadata=build(world.path),
        plugins_dir=str(PLUGINS),
        template_dir=str(TEMPLATES),
        settings={name: int(value) for name, value in SETTINGS.items()},
    )


def get(site: Datasette, path: str, **values: str) -> Any:
    async def fetch() -> Any:
        await site.invoke_startup()
        return await site.client.get(path + ("?" + urlencode(values) if values else ""))

    return asyncio.run(fetch())


def test_the_start_page_is_in_vietnamese(site: Datasette) -> None:
    page = get(site, "/bantin").text
    assert "Số liệu trích từ bản tin" in page
    assert "Cổng Hòa Bắc" in page
    assert "figures_full" in page


@pytest.mark.parametrize("name", everything())
def test_every_table_and_view_opens(site: Datasette, name: str) -> None:
    answer = get(site, f"/bantin/{name}")
    assert answer.status_code == 200
    assert everything()[name].vi.split(",")[0] in answer.text


def test_columns_are_described(site: Datasette) -> None:
    page = get(site, "/bantin/figures_full").text
    assert "Câu văn chứa số liệu." in page
    assert "không cộng các dòng khác đơn vị" in page


@pytest.mark.parametrize("query", ["đối thoại", "doi thoai", "DOI THOAI"])
@pytest.mark.parametrize(("table", "found"), [("figures_full", 2), ("bulletins_current", 1), ("bulletins", 1)])
def test_the_search_box(site: Datasette, table: str, found: int, query: str) -> None:
    answer = get(site, f"/bantin/{table}.json", _search=query, _shape="array")
    assert len(answer.json()) == found


def test_facets_of_the_wide_view(site: Datasette) -> None:
    facets = get(site, "/bantin/figures_full.json", _facet="verdict").json()["facet_results"]
    assert {row["value"]: row["count"] for row in facets["verdict"]["results"]} == {"fails": 3, "holds": 1}


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("search_figures", {"q": "doi thoai"}, 2),
        ("search_figures", {"q": '" AND ('}, 0),
        ("plan_attainment", {"threshold": "95"}, 1),
        ("failing_findings", {}, 1),
        ("unexplained_numerals", {}, 1),
        ("trace_figure", {"id": "none"}, 0),
    ],
)
def test_canned_queries(site: Datasette, name: str, values: dict[str, str], found: int) -> None:
    answer = get(site, f"/bantin/{name}.json", _shape="array", **values)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()) == found
    assert get(site, f"/bantin/{name}", **values).status_code == 200


def test_technical_tables_are_hidden(site: Datasette) -> None:
    listed = {table["name"]: table["hidden"] for table in get(site, "/bantin.json").json()["tables"]}
    assert {name for name, hidden in listed.items() if not hidden} == {
        name for name, table in tables().items() if not table.technical
    }
    assert not listed["bulletins"]


def test_a_writer_beside_the_site_is_seen(site: Datasette, world: World) -> None:
    assert get(site, "/bantin/figures_full.json").json()["filtered_table_rows_count"] == 5
    world.load(world.take(capture("https://hoabac.example/tin/2.html", b"2")))
    assert get(site, "/bantin/figures_full.json").json()["filtered_table_rows_count"] == 10


def test_arguments(world: World, tmp_path: Path) -> None:
    home = Home(tmp_path)
    arguments = serve_arguments(home, 8123)
    assert arguments[:2] == ["serve", str(home.database)]
    assert arguments[arguments.index("--host") + 1] == "127.0.0.1"
    assert arguments[arguments.index("--port") + 1] == "8123"
    assert arguments[arguments.index("--template-dir") + 1] == str(TEMPLATES)
    assert not {"-i", "--immutable", "--cors", "--root"} & set(arguments)
    written = json.loads(home.metadata.read_text(encoding="utf-8"))
    assert written == build(home.database)


def test_arguments_for_datasette_1(world: World, tmp_path: Path) -> None:
    home = Home(tmp_path)
    arguments = serve_arguments(home, 8123, major=1)
    metadata, config = (
        json.loads(Path(arguments[arguments.index(name) + 1]).read_text(encoding="utf-8"))
        for name in ("--metadata", "--config")
    )
    assert arguments[arguments.index("--template-dir") + 1] == str(TEMPLATES)
    assert config["settings"] == SETTINGS and "--setting" not in arguments
    assert config["databases"]["bantin"]["queries"] and metadata["databases"]["bantin"]["tables"]
    assert not home.metadata.exists()


def test_source_and_license(world: World) -> None:
    assert build(world.path)["source"] == "Cổng Hòa Bắc"
    assert build(world.path)["license"] == UNKNOWN_LICENSE
    for number in range(12):
        record_source(
            world.db,
            SOURCE.model_copy(update={"code": f"s{number}", "name": f"Cổng {number:02}", "license": "CC BY 4.0"}),
        )
    made = build(world.path)
    assert made["license"] == "CC BY 4.0"
    assert re.search(r"Cổng 09 và 3 cổng khác$", made["source"])


def test_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BANTIN_HOME", raising=False)
    assert Home.from_environment().root == tmp_path / "var"
    monkeypatch.setenv("BANTIN_HOME", str(tmp_path / "other"))
    home = Home.from_environment().create()
    assert home.archive.is_dir()
    assert home.database == tmp_path / "other" / "bantin.db"
