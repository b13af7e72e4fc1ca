"""The commands as they are typed: what they print where, their exit codes, that bad input needs no traceback."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from db.archive import Archive
from db.home import Home
from db.store import open_database
from flows import health, quarantine
from flows.cli import COMMANDS, cli
from flows.net.session import Limits
from flows.report import fault_line
from flows.show.text import width
from flows.sources import load_sources
from tests.flows.ingesting import dump, one
from tests.flows.test_flow import environment
from tests.portal import bulletins
from tests.portal.server import SamplePortal

OURS = [name for name in COMMANDS if name not in ("extract", "explain")]


def run(home: Home, *words: str | Path) -> Result:
    return CliRunner(env={"BANTIN_HOME": str(home.root)}).invoke(cli, [str(word) for word in words])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands make their own limits; a portal that is down must not make these tests wait."""
    monkeypatch.setattr("flows.net.session.Limits", lambda: Limits(attempts=2, backoff=0.01))


@pytest.mark.parametrize("name", [*OURS, "archive verify"])
def test_help_teaches_by_example(name: str, tmp_path: Path) -> None:
    said = run(Home(tmp_path), *name.split(), "--help")
    assert said.exit_code == 0
    assert "Example" in said.output and f"bantin {name}" in said.output


def test_commands_do_not_import_prefect_before_they_need_it(tmp_path: Path) -> None:
    modules = ", ".join(f"flows.commands.{module}" for module, _ in COMMANDS.values() if module in OURS)
    program = f"import sys, {modules}; print([m for m in sys.modules if m.split('.')[0] == 'prefect'])"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment(Home(tmp_path)), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_ingest_directly(portal: SamplePortal, empty: Home) -> None:
    said = run(empty, "ingest", "--direct", "lach-sen")
    assert said.exit_code == 0
    assert [line.split()[0] for line in said.stdout.splitlines()] == ["source", "lach-sen"]
    assert "new pages to fetch" in said.stderr
    assert one(empty, "SELECT count(*) FROM bulletins_current") == len(portal.sites["phuong"].published)


def test_ingest_says_by_its_exit_code_that_pages_failed(portal: SamplePortal, empty: Home) -> None:
    said = run(empty, "ingest", "--direct")
    assert said.exit_code == 1
    assert "run_errors" in said.stderr and "#news-bodyhtml" in said.stderr


def test_ingest_takes_folders_and_files(portal: SamplePortal, empty: Home, tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_text("Quận có 12 mô hình.", encoding="utf-8")
    said = run(empty, "ingest", tmp_path / "tin.txt")
    assert said.exit_code == 0 and said.stdout.splitlines()[1].split()[:2] == ["files", "1"]
    assert portal.requests == []


def test_a_dry_run_writes_nothing(portal: SamplePortal, empty: Home, filled: Home) -> None:
    said = run(empty, "ingest", "--dry-run", "--limit", "2")
    assert said.exit_code == 0
    assert [line.split("\t")[:2] for line in said.stdout.splitlines()] == [
        ["hai-linh", "new"], ["hai-linh", "new"], ["lach-sen", "new"], ["lach-sen", "new"]
    ]  # fmt: skip
    assert sorted(path.name for path in empty.root.iterdir()) == ["archive", "prefect", "sites"]
    before = dump(filled)
    said = run(filled, "ingest", "--dry-run")
    assert {line.split("\t")[1] for line in said.stdout.splitlines() if "noi" not in line.lower()} == {"again"}
    assert dump(filled) == before
    bulletin = portal.requested(portal.sites["quan"].url(bulletins.load()[0]))
    assert bulletin == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ingest", "--direct", "nirgends"], "expected one of hai-linh, lach-sen"),
        (["ingest", "--since", "gestern"], "--since"),
        (["ingest", "--limit", "0"], "--limit"),
        (["ingest", "/"], "."),
        (["schedule", "--cron", "bald"], "--cron"),
        (["schedule", "--server", "http://127.0.0.1:1/api"], "prefect server start"),
        (["serve"], "bantin ingest"),
        (["nonsense"], "nonsense"),
    ],
)
def test_bad_input_is_answered_in_words(empty: Home, words: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    said = run(empty, *(str(tmp_path / "nothing") if word == "/" else word for word in words))
    assert said.exit_code == 2
    assert told in said.stderr
    assert not isinstance(said.exception, Exception) or isinstance(said.exception, click.ClickException | SystemExit)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["ingset"], "ingest"),
        (["Sources"], "sources"),
        (["ingest", "--direct", "hai-lin"], "hai-linh"),
        (["ingest", "--direct", "Hải Lĩnh"], "hai-linh"),
        (["import", "--source", "lach_sen", "."], "lach-sen"),
        (["try", "page.html", "--source", "lachsen"], "lach-sen"),
        (["try", "page.html", "--family", "nukeviet"], "nukeviet3"),
        (["reextract", "--source", "hai-lnh"], "hai-linh"),
        (["diff", "RUN", "--source", "hai-lnh"], "hai-linh"),
        (["diff", "RUN", "--field", "units"], "unit"),
        (["quarantine", "list", "--source", "hai-lnh"], "hai-linh"),
        (["quarantine", "retry", "--source", "hai-lnh"], "hai-linh"),
        (["export-warc", "--out", "x", "--source", "hai-lnh"], "hai-linh"),
        (["export", "--what", "figure"], "figures"),
        (["export", "--format", "exls"], "xlsx"),
        (["extract", "--format", "json", "x"], "jsonl"),
    ],
    ids=" ".join,
)
def test_an_unknown_name_is_answered_with_the_nearest(
    filled: Home, words: list[str], meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text("<p>Quận có 12 phường.</p>", encoding="utf-8")
    said = run(filled, *words)
    assert said.exit_code == 2
    assert f"did you mean {meant}" in said.output


def test_a_run_that_is_not_there_is_answered_with_the_nearest(filled: Home) -> None:
    id = one(filled, "SELECT min(id) FROM runs")
    for words in (["diff", "X"], ["promote", "X"], ["runs", "prune", "X"]):
        said = run(filled, *(word.replace("X", id[:-2]) for word in words))
        assert said.exit_code != 0 and f"did you mean {id}?" in said.output


@pytest.mark.parametrize(
    ("option", "meant"),
    [("--indicator=dan_van_keo", "dan_van_kheo"), ("--area=phường Lạch Sèng", "99.quan-hai-linh.lach-sen")],
)
def test_an_export_of_nothing_asks_what_was_meant(filled: Home, option: str, meant: str) -> None:
    said = run(filled, "export", "--what", "observations", option)
    assert said.exit_code == 0 and f"did you mean {meant}" in said.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("url = ", "hỏng.toml"),
        ('name = "x"\nurl = "ftp://a/"\narea = "1"\nfamily = "nukeviet4"', "url"),
        ("\x00", "hỏng"),
    ],
)
def test_a_portal_file_that_does_not_parse_is_named(empty: Home, text: str, told: str) -> None:
    (empty.sites / "hỏng.toml").write_text(text, encoding="utf-8")
    for words in (["ingest", "--direct"], ["sources"], ["schedule"]):
        said = run(empty, *words)
        assert said.exit_code == 2 and told in said.stderr


def test_a_home_without_portals_says_how_to_add_one(tmp_path: Path) -> None:
    said = run(Home(tmp_path), "ingest", "--direct")
    assert said.exit_code == 2 and "bantin sources --help" in said.stderr
    assert run(Home(tmp_path), "sources").exit_code == 0


def test_a_newer_database_is_refused(filled: Home) -> None:
    connection = sqlite3.connect(filled.database)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " SELECT migration_set, 'm9999_later', applied_at FROM _sqlite_migrations LIMIT 1"
    )
    connection.commit()
    connection.close()
    for words in (["sources"], ["archive", "verify"], ["ingest", "--direct"]):
        said = run(filled, *words)
        assert said.exit_code == 2 and "newer" in said.stderr


def test_sources_tells_what_there_is(portal: SamplePortal, filled: Home) -> None:
    said = run(filled, "sources")
    table = [line.split("\t") for line in said.stdout.splitlines()]
    assert [row[0] for row in table] == ["source", "hai-linh", "lach-sen"]
    assert [row[2] for row in table[1:]] == [
        str(len(site.published) - (site.code == "quan")) for site in portal.sites.values()
    ]
    assert table[1][4] == "1" and table[2][4] == "0"


def test_sources_for_programs(filled: Home) -> None:
    said = run(filled, "sources", "--json")
    told = {entry["source"]: entry for entry in map(json.loads, said.stdout.splitlines())}
    assert set(told) == {"hai-linh", "lach-sen"}
    assert told["hai-linh"]["errors"] == 1 and told["lach-sen"]["bulletins"] > 0


@pytest.mark.parametrize("columns", ["40", "70", "200"])
def test_tables_stand_in_columns_on_a_terminal(filled: Home, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.show.columns._terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)
    for words in (["sources"], ["quarantine", "list"], ["quarantine", "list", "--pages"], ["indicators"]):
        lines = run(filled, *words).stdout.splitlines()
        assert len(lines) > 1 and "\t" not in "".join(lines)
        least = 8 * len(lines[0].split("  ")) * 2  # columns are not cut to nothing
        assert all(width(line) <= max(int(columns), least) for line in lines)
    assert lines[0].startswith("code")


@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "--dry-run", "TRANG", "hai-linh"],
        ["import", "--dry-run", "--source", "files", "TRANG"],
        ["doctor", "--offline"],
    ],
    ids=lambda words: words[0],
)
def test_lines_that_come_one_by_one_stand_in_columns_on_a_terminal(
    portal: SamplePortal, filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """What is to be copied or typed is not cut, however narrow the terminal is."""
    for name in ("mot", "hai"):
        (tmp_path / f"{name}.txt").write_text("Quận có 12 mô hình.", encoding="utf-8")
    given = [str(tmp_path) if word == "TRANG" else word for word in words]
    rows = [line.split("\t") for line in run(filled, *given).stdout.splitlines()]
    monkeypatch.setattr("flows.show.columns._terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    lines = run(filled, *given).stdout.splitlines()
    assert len(rows) == len(lines) > 1 and "\t" not in "".join(lines)
    assert all(line.endswith(f"  {row[-1]}") for line, row in zip(lines, rows, strict=True))
    assert len({len(line) - len(row[-1]) for line, row in zip(lines, rows, strict=True)}) == 1, lines


def test_retention_stands_in_columns_on_a_terminal(filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (filled.root / "retention.toml").write_text("[captures.list]\nkeep_last = 1\n[fetch_log]\nmonths = 24\n")
    told = run(filled, "retention", "--dry-run").stdout
    assert [line.count("\t") for line in told.splitlines()] == [2, 2]
    monkeypatch.setattr("flows.show.columns._terminal", lambda: True)
    head, *lines = run(filled, "retention", "--dry-run").stdout.splitlines()
    assert head.split() == ["rule", "table", "rows"]
    assert [line.split("  ")[0] for line in lines] == [line.split("\t")[0] for line in told.splitlines()]


def test_the_portal_is_named_once_in_what_went_wrong(portal: SamplePortal, empty: Home) -> None:
    said = run(empty, "ingest", "--direct", "hai-linh")
    assert said.exit_code == 1 and "hai-linh (" in said.stderr
    assert "hai-linh: hai-linh" not in said.stderr
    listed = run(empty, "quarantine", "list").stdout
    assert listed.startswith("hai-linh\t") and "\thai-linh: " not in listed


@pytest.mark.parametrize(
    ("url", "reason", "line"),
    [
        (
            "https://a.example/1",
            "mot: no title\n  page: https://a.example/1",
            "mot: no title\n  page: https://a.example/1",
        ),
        ("https://a.example/1", "https://a.example/1: HTTP 500; wait", "mot: https://a.example/1: HTTP 500; wait"),
        ("https://a.example/1", "HTTP 404", "mot: https://a.example/1: HTTP 404"),
        ("https://a.example/1", "mot: no list", "mot: no list: https://a.example/1"),
        ("https://a.example/1", "mothers: none", "mot: https://a.example/1: mothers: none"),
        ("https://a.example/\x1b[2J", "https://a.example/\x1b[2J: no", "mot: https://a.example/ [2J: no"),
        ("https://a.example/1", "500 \x9b31m\u202e", "mot: https://a.example/1: 500  31m "),
    ],
)
def test_a_fault_as_a_line(url: str, reason: str, line: str) -> None:
    assert fault_line("mot", url, reason) == line


def test_archive_verify_finds_a_changed_byte(filled: Home) -> None:
    said = run(filled, "archive", "verify")
    assert said.exit_code == 0 and said.stdout.endswith("whole\n")
    ref, _ = next(Archive(filled.archive).records())
    segment = filled.archive / ref.segment
    body = bytearray(segment.read_bytes())
    body[ref.offset + ref.length // 2] ^= 0xFF
    segment.write_bytes(body)
    said = run(filled, "archive", "verify")
    assert said.exit_code == 1
    assert segment.name in said.stdout and said.stdout.endswith("damaged\n")


def checks(said: Result) -> dict[str, tuple[str, str]]:
    lines = [line.split("\t", 2) for line in said.stdout.splitlines()]
    return {what: (state, found) for state, what, found in lines}


def installed(monkeypatch: pytest.MonkeyPatch, required: list[str], versions: dict[str, str]) -> None:
    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(health.metadata, "requires", lambda name: required)
    monkeypatch.setattr(health.metadata, "version", version)


def test_doctor_is_content(portal: SamplePortal, filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, ["prefect==3.8.8", 'pytest>=8; extra == "dev"'], {"prefect": "3.8.8"})
    said = run(filled, "doctor")
    found = checks(said)
    assert said.exit_code == 0, said.stdout
    assert found["hai-linh"] == found["lach-sen"] == ("ok", "answers")
    assert found["last run"][1].endswith("partial")
    assert "pytest" not in found
    assert "hai-linh" not in checks(run(filled, "doctor", "--offline"))


@pytest.mark.parametrize(
    ("requirement", "version", "why"),
    [
        ("fastapi<0.151", "0.165.0", "every Prefect flow fails"),
        ("sqlalchemy<2.1", "2.1.9", "schedules nothing"),
        ("lxml_html_clean>=0.4.6", "", "missing"),
    ],
)
def test_doctor_knows_versions_that_do_not_work_together(
    empty: Home, monkeypatch: pytest.MonkeyPatch, requirement: str, version: str, why: str
) -> None:
    name = requirement.replace(">", "<").split("<")[0]
    installed(monkeypatch, [requirement], {name: version} if version else {})
    said = run(empty, "doctor", "--offline")
    state, found = checks(said)[name.replace("_", "-")]
    assert said.exit_code == 1 and state == "wrong" and why in found and "constraints.txt" in found


def test_doctor_finds_what_is_wrong(portal: SamplePortal, filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, [], {})
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**10, 10**10, 1000))
    portal.reply("/robots.txt", None)
    portal.fail("/robots.txt", [500] * 9)
    Archive(filled.archive).segments()[0].unlink()
    (filled.sites / "lach-sen.toml").unlink()
    said = run(filled, "doctor")
    wrong = {what for what, (state, _) in checks(said).items() if state == "wrong"}
    assert said.exit_code == 1
    assert wrong == {"disk", "archive", "hai-linh"}
    filled.database.write_bytes(b"SQLite format 3\x00" + b"rubbish" * 1000)
    assert checks(run(filled, "doctor", "--offline"))["database"][0] == "wrong"


@pytest.mark.parametrize("words", [["sources"], ["export"], ["serve"], ["health"], ["runs", "list"], ["promote", "x"]])
def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path, words: list[str]) -> None:
    home = Home(tmp_path)
    home.database.write_bytes(b"rubbish" * 1000)
    said = run(home, *words)
    assert said.exit_code == 2
    assert str(home.database) in said.output and "bantin restore" in said.output


def test_a_port_that_is_taken_is_refused_before_an_address_is_promised(tmp_path: Path) -> None:
    home = Home(tmp_path)
    open_database(home.database).close()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = run(home, "serve", "--port", str(port))
    assert said.exit_code == 2
    assert f"port {port} of 127.0.0.1" in said.output and "start page" not in said.output
    assert run(home, "serve", "--port", "99999").exit_code == 2


def test_promote_makes_no_database(tmp_path: Path) -> None:
    said = run(Home(tmp_path / "none"), "promote", "x")
    assert said.exit_code == 2 and "no database there" in said.output
    assert not Home(tmp_path / "none").database.exists()


@pytest.mark.parametrize(
    "words",
    [["ingest"], ["import", "x"], ["reextract"], ["export"], ["export-warc", "--out", "x"]],
    ids=lambda words: words[0],
)
def test_a_day_in_another_form_is_answered_with_an_example(tmp_path: Path, words: list[str]) -> None:
    said = run(Home(tmp_path), *words, "--since", "31/12/2023")
    assert said.exit_code == 2 and "2023-12-31" in said.output


#: every command that looks into a home, as it is typed
IN_A_HOME = [
    "sources", "archive verify", "health", "quarantine list", "quarantine show x", "quarantine retry --all",
    "runs list", "runs prune --keep 1", "diff x", "promote x", "export", "export-warc --out o", "reextract --dry-run",
    "reextract --direct", "indicators --unmapped", "corrections check", "corrections apply", "forget --resume",
    "forget http://a.example/ --reason x --yes", "retention", "backup", "serve", "explain abc", "ingest --direct",
    "schedule",
]  # fmt: skip


SPAN = "--since 2024-01-01 --until 2023-01-01"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (f"import page.html {SPAN}", "--until 2023-01-01 is before --since 2024-01-01"),
        (f"reextract {SPAN}", "--until 2023-01-01 is before --since 2024-01-01"),
        (f"export-warc --out o {SPAN}", "--until 2023-01-01 is before --since 2024-01-01"),
        ("ingest https://khac.example/tin/1.html", "bantin new-site https://khac.example/tin/1.html"),
        ("ingest {portal}/tin/1.html", "bantin ingest hai-linh"),
        ("try khac.example", "an address begins with https://"),
        ("new-site khac.example", "an address begins with https://"),
        ("explain Quận-có-12-phường.", "--text"),
        ("diff", "bantin runs list"),
        ("promote", "bantin runs list"),
        ("runs prune", "or --keep N"),
        ("backup --to page.html", "page.html is a file, expected a folder"),
        ("export-warc --out page.html", "page.html is a file"),
        ("quarantine show zzz", "no page in quarantine has the id or address zzz"),
        ("serve --host 192.0.2.1", "no address of this machine"),
        ("serve --host khong-co.invalid", "--host khong-co.invalid"),
        ("schedule --server localhost", "http://127.0.0.1:4200/api"),
    ],
)
def test_a_wrong_use_is_answered_with_what_to_type(
    portal: SamplePortal, filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text("<p>Quận có 12 phường.</p>", encoding="utf-8")
    root = str(load_sources(filled.sites)["hai-linh"].url).rstrip("/")
    said = run(filled, *words.format(portal=root).split())
    assert said.exit_code == 2
    assert told in said.output and "Errno" not in said.output


def test_a_sentence_in_place_of_an_id_is_shown_where_it_goes(filled: Home) -> None:
    said = run(filled, "explain", "Quận có 12 phường.")
    assert said.exit_code == 2 and 'bantin explain --text "Quận có 12 phường."' in said.output
    assert run(filled, "explain", "--text", " ").exit_code == 2


def test_the_beginning_of_several_ids_is_not_called_unknown(filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = quarantine.entries

    def twice(*words: object) -> list[quarantine.Entry]:
        found = entries(*words)
        return [*found, replace(found[0], id=found[0].id[:4] + "zzzz")]

    monkeypatch.setattr(quarantine, "entries", twice)
    id = one(filled, "SELECT id FROM quarantine LIMIT 1")
    said = run(filled, "quarantine", "show", id[:4])
    assert said.exit_code == 2 and f"several pages have an id that begins with {id[:4]}" in said.output


def test_extract_of_a_folder_says_what_to_give(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli, ["extract", str(tmp_path)])
    assert said.exit_code == 1 and f"give the files in it, as {tmp_path}/*" in said.stderr


@pytest.mark.parametrize("words", IN_A_HOME)
def test_a_home_that_is_not_there_is_said_and_not_made(tmp_path: Path, words: str) -> None:
    home = Home(tmp_path / "none")
    said = run(home, *words.split())
    assert said.exit_code == 2, said.output
    assert str(home.root) in said.output and ("there" in said.output or "no portal" in said.output)
    assert not home.root.exists()


@pytest.mark.parametrize("words", [*IN_A_HOME, "import x.html", "doctor --offline"])
def test_a_home_that_is_a_file_is_said(tmp_path: Path, words: str) -> None:
    (tmp_path / "file").touch()
    for root in (tmp_path / "file", tmp_path / "file" / "below"):
        said = run(Home(root), *words.split())
        assert said.exit_code == (1 if words.startswith("doctor") else 2)
        assert "a file" in said.output and "set BANTIN_HOME to another folder" in said.output


def test_a_home_that_may_not_be_read_is_said(filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.home.os.access", lambda path, mode: False)
    said = run(filled, "sources")
    assert said.exit_code == 2 and f"{filled.root}: no right to read it" in said.output


def test_an_empty_archive_is_not_called_whole(empty: Home) -> None:
    said = run(empty, "archive", "verify")
    assert said.exit_code == 2 and "nothing is archived there" in said.output and "whole" not in said.output


def test_what_may_not_be_written_is_said_without_an_error_number(
    empty: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(home: Home) -> Home:
        raise PermissionError(13, "Permission denied", str(home.root / "archive"))

    monkeypatch.setattr(Home, "create", closed)
    (tmp_path / "tin.txt").write_text("Quận có 12 mô hình.", encoding="utf-8")
    said = run(empty, "ingest", tmp_path / "tin.txt")
    assert said.exit_code == 2
    assert f"{empty.archive}: Permission denied: see to its rights" in said.output and "Errno" not in said.output


def test_a_file_that_is_not_there_is_said_without_an_error_number(tmp_path: Path) -> None:
    said = run(Home(tmp_path), "try", tmp_path / "none.html")
    assert said.exit_code == 2
    assert f"{tmp_path / 'none.html'}: No such file" in said.output and "Errno" not in said.output


def test_an_empty_file_is_not_blamed_on_a_portal(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    home = Home(tmp_path / "home")
    taken = run(home, "ingest", tmp_path / "empty.txt")
    assert taken.exit_code == 1 and "bantin quarantine list" in taken.stderr
    said = run(home, "quarantine", "list", "--json")
    assert "once it is mended: bantin ingest FILE" in said.stdout and "sites/files.toml" not in said.stdout
