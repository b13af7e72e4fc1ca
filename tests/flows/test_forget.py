"""A removed bulletin is nowhere any more, whatever interrupts the removal, and it does not come back."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import flows.forget as forget_module
from db import forget as rows_module
from db.archive import Archive
from db.store import indexed_refs, open_database, record_capture
from db.store.removals import is_removed, is_removed_text, unfinished
from flows.asked import standing
from flows.cli import cli
from flows.forget import forget, preview, resume
from flows.observe import refresh
from flows.sought import ForgetError, addresses_of
from flows.trace import TraceError, trace
from schemas.captures import ArchiveRef
from tests.db.support import NOON, SOURCE
from tests.flows.forgetting import (
    A_WWW,
    OTHER,
    SAME_PAGE,
    SAME_TEXT,
    SECRET,
    TEXT,
    WORDS,
    A,
    House,
    fill,
    page,
    raw,
    traces,
)

WHY = {"reason": "Yêu cầu số 12", "who": "Lan"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built")
    fill(root).db.close()
    return root


@pytest.fixture
def house(built: Path, tmp_path: Path) -> Iterator[House]:
    made = reopened(shutil.copytree(built, tmp_path / "home"))
    yield made
    made.db.close()


def reopened(root: Path) -> House:
    house = House.__new__(House)
    house.root, house.db, house.archive = root, open_database(root / "bantin.db"), Archive(root / "archive")
    (house.run,) = house.db.conn.execute("SELECT id FROM runs").fetchone()
    return house


def sound(house: House) -> None:
    """Archive and database are whole and agree; nothing waits to be derived."""
    report = house.archive.verify(expected=indexed_refs(house.db))
    assert report.problems == []
    assert house.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert house.db.conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    for index in ("bulletins_fts", "figures_fts"):
        house.db.conn.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    assert refresh(house.db) == 0


def test_the_words_are_there_before(house: House) -> None:
    sound(house)
    assert traces(house.root) == list(WORDS)
    assert house.count("figures WHERE sentence LIKE '%' || ? || '%'", SECRET) > 3
    assert house.count("captures WHERE revisit_of IS NOT NULL") == 1
    assert house.count("fetch_log WHERE segment IS NOT NULL") == 2


@pytest.mark.parametrize("thorough", [True, False])
def test_nothing_of_it_is_left_anywhere(house: House, thorough: bool) -> None:
    made = forget(house.db, house.archive, [A], everywhere=True, thorough=thorough, **WHY)
    assert (made.state, made.everywhere) == ("done", True)
    assert traces(house.root) == []
    sound(house)
    kept = [url for (url,) in house.db.conn.execute("SELECT url FROM captures")]
    assert kept == [OTHER]
    assert house.count("bulletins") == 1
    assert house.count("fetch_log") == 8, "requests stay, with address and time"


def test_the_same_page_elsewhere_survives_without_everywhere(house: House) -> None:
    figures = "figures f JOIN bulletins b ON b.id = f.bulletin_id WHERE b.url = ?"
    before = {url: house.count(figures, url) for url in URLS}
    forget(house.db, house.archive, [A], **WHY)
    sound(house)
    for url in (SAME_PAGE, SAME_TEXT, OTHER):
        assert house.count("captures WHERE url = ?", url) == 1
        assert house.count(figures, url) == before[url]
    for url in (A, A_WWW):
        assert house.count("captures WHERE url = ?", url) == 0
        assert house.count("bulletins WHERE url = ?", url) == 0
    captures = [house.archive.read(ref) for ref, _ in indexed_refs(house.db)]
    assert page(SAME_PAGE, TEXT, 0.1) in captures, "written anew, as it came"
    assert page(SAME_PAGE, TEXT, 1.1) in captures, "and its revisit record"
    assert A.encode() not in b"".join(piece for piece in raw_archive(house.root))
    assert not is_removed(house.db, url=SAME_PAGE, sha256=page(A, TEXT).sha256)
    assert (
        house.count("observations_history o JOIN bulletins b ON b.document_id = o.document_id WHERE b.url = ?", A) == 0
    )
    assert house.count("observation_documents WHERE primary_id = document_id") == 2, (
        "the reprint is the first print now"
    )


URLS = (A, A_WWW, SAME_PAGE, SAME_TEXT, OTHER)


def raw_archive(root: Path) -> list[bytes]:
    from db.archive.members import members

    return [member.data for path in sorted((root / "archive").glob("*.warc.gz")) for member in members(path)]


def test_the_index_holds_no_word_when_all_is_removed(house: House) -> None:
    """The words taken out of a contentless index are those that went in: otherwise some stay."""
    for url in URLS:
        forget(house.db, house.archive, [url], vacuum=False, **WHY)
    assert house.count("bulletins") == house.count("figures") == house.count("observations_history") == 0
    for index in ("bulletins_fts", "figures_fts"):
        house.db.conn.execute(f"CREATE VIRTUAL TABLE temp.{index}_words USING fts5vocab(main, {index}, row)")
        assert house.db.conn.execute(f"SELECT term FROM temp.{index}_words").fetchall() == []
    assert house.db.conn.execute("SELECT code FROM indicators WHERE generated = 1").fetchall() == []
    assert traces(house.root) == [], "also without writing the file anew"
    sound(house)


def test_every_table_without_a_key_to_what_goes_is_known_to_hold_no_content() -> None:
    """A new table must hang on a capture or a version by its keys, or hold no content."""
    from schemas.tables import tables

    covered, grown = {"captures", "bulletins"}, True
    while grown:
        reached = {
            table.name
            for table in tables().values()
            if {(column.ref or "").partition(".")[0] for column in table.columns} & covered
            or any(column.name == "text_sha256" for column in table.columns)
        }
        grown = not reached <= covered
        covered |= reached
    by_hand = {"bulletins_fts", "figures_fts", "corrections", "figure_corrections", "observation_documents"}
    by_hand |= {"series_findings", "indicators", "run_errors", "fetch_log"}
    no_content = {
        "sources",
        "runs",
        "successors",
        "promotions",
        "series_due",
        "imports",
        "payload_digests",
        "incidents",
    }
    no_content |= {name for name in tables() if name.startswith(("removals", "removed_"))}
    left = set(tables()) - covered - by_hand - no_content
    assert left == set(), "give it a key, or delete from it in db.forget, or say here that it holds no content"


# it never comes back


def test_it_is_not_taken_in_again(house: House) -> None:
    forget(house.db, house.archive, [A], everywhere=True, **WHY)
    later = [
        page(A, "Một bài khác hẳn, 25 hộ.", 9),
        page(A_WWW + "#muc-2", TEXT, 9),
        page("https://hoabac.example/moi/9.html", TEXT, 9),
        page("https://hoabac.example/moi/10.html", TEXT, 9, id="other bytes, same text"),
    ]
    got = house.take(*later)
    assert [one.outcome for one in got] == ["removed", "removed", "removed", "fetched"]
    assert house.read() == []
    assert house.count("captures") == 1
    assert house.count("run_errors") == 0
    assert traces(house.root) == []
    sound(house)
    outcomes = [o for (o,) in house.db.conn.execute("SELECT outcome FROM fetch_log ORDER BY id DESC LIMIT 4")]
    assert outcomes == ["removed"] * 4
    assert [standing(house.db, one.url) for one in later] == ["removed"] * 4
    assert standing(house.db, "https://hoabac.example/?id=1") == "removed", "an address that led there"
    assert standing(house.db, OTHER) == "archived"
    assert is_removed_text(house.db, text_sha256=text_hash(TEXT))
    assert unfinished(house.db) == []


def text_hash(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


def test_without_everywhere_only_the_address_is_refused(house: House) -> None:
    forget(house.db, house.archive, [A], **WHY)
    got = house.take(page(A, TEXT, 9), page("https://hoabac.example/moi/9.html", TEXT, 9))
    assert [one.outcome for one in got] == ["removed", "fetched"]
    assert not is_removed_text(house.db, text_sha256=text_hash(TEXT))
    sound(house)


def test_everywhere_may_be_said_later(house: House) -> None:
    """The hashes of the first removal serve the second, when the bulletin itself is long gone."""
    forget(house.db, house.archive, [A], **WHY)
    assert traces(house.root) == list(WORDS)
    forget(house.db, house.archive, [A], everywhere=True, **WHY)
    assert traces(house.root) == []
    sound(house)


def test_what_was_never_here_is_refused_from_now_on(house: House) -> None:
    forget(house.db, house.archive, ["https://hoabac.example/chua-co.html"], **WHY)
    assert [one.outcome for one in house.take(page("http://hoabac.example/chua-co.html", TEXT, 9))] == ["removed"]
    sound(house)


def test_a_bulletin_with_an_older_version_elsewhere_shows_that(house: House) -> None:
    """Everywhere takes the text at other addresses, not what those said before."""
    house.take(page(OTHER, TEXT, 5))
    forget(house.db, house.archive, [A], everywhere=True, **WHY)
    shown = house.db.conn.execute(
        "SELECT b.text FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id WHERE b.url = ?", (OTHER,)
    ).fetchall()
    assert len(shown) == 1
    assert "215 mô hình" in shown[0][0]
    assert traces(house.root) == []
    sound(house)


def test_a_body_removed_while_it_is_archived_is_taken_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at the removals and the row of the index, somebody else decides."""
    with house.shelf() as shelf:
        write = shelf._place.segment.write

        def decided_meanwhile(*args: Any, **more: Any) -> Any:
            ref = write(*args, **more)
            monkeypatch.undo()
            forget(house.db, house.archive, [OTHER], vacuum=False, **WHY)
            return ref

        monkeypatch.setattr(shelf._place.segment, "write", decided_meanwhile)
        got = shelf.keep(OTHER, page(OTHER, f"{SECRET} lần nữa", 9), "page")
    assert got.outcome == "removed"
    assert house.count("captures WHERE url = ?", OTHER) == 0
    assert "lần nữa".encode() not in b"".join(raw_archive(house.root))
    sound(house)


def test_what_a_crash_left_unindexed_goes_too(house: House) -> None:
    with house.archive.segment("crash") as segment:
        segment.write(page(A, f"{SECRET} chưa ghi vào bảng", 7))
        torn = segment.write(page(A, f"{SECRET} bị cắt", 8))
    path = house.root / "archive" / "crash.warc.gz"
    path.write_bytes(path.read_bytes()[: torn.offset + torn.length - 40])
    forget(house.db, house.archive, [A], everywhere=True, **WHY)
    assert traces(house.root) == []
    sound(house)


def test_files_of_others_are_named_and_not_written_in(house: House) -> None:
    """A capture that lies in a file outside the archive, which a link points at."""
    old = "https://hoabac.example/cu/7.html"
    outside, name = house.root / "outside.warc.gz", "external/outside.warc.gz"
    with house.archive.segment("outside") as segment:
        ref = segment.write(page(old, "Năm 2020 có 25 hộ nghèo.", -900))
    (house.root / "archive" / ref.segment).rename(outside)
    (house.root / "archive" / "external").mkdir()
    (house.root / "archive" / name).symlink_to(outside)
    record_capture(
        house.db,
        house.run,
        source=SOURCE.code,
        capture=page(old, "Năm 2020 có 25 hộ nghèo.", -900),
        ref=ArchiveRef(name, ref.offset, ref.length),
    )
    house.read()
    assert house.count("bulletins WHERE url = ?", old) == 1
    before = outside.read_bytes()
    house.db.close()
    done = run(house.root, old, "--reason", "Yêu cầu số 12", "--yes")
    assert done.exit_code == 1
    assert f"a file outside the archive still holds it: {outside} at {ref.offset}" in done.stderr
    assert outside.read_bytes() == before
    house.db = open_database(house.root / "bantin.db")
    assert house.count("captures WHERE url = ?", old) == house.count("bulletins WHERE url = ?", old) == 0
    assert house.count("removals WHERE state = 'done'") == 1
    sound(house)


@pytest.mark.parametrize("missing", [False, True])
def test_what_is_damaged_or_missing_does_not_keep_the_rest(house: House, missing: bool) -> None:
    """Another address's revisit record that cannot be read, or the whole segment with the removed page."""
    row = "SELECT segment, offset, length FROM captures WHERE url = ? ORDER BY time"
    segment, offset, length = house.db.conn.execute(row, (A if missing else SAME_PAGE,)).fetchone()
    path = house.root / "archive" / segment
    if missing:
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[offset + 40 : offset + length - 20] = b"\xff" * (length - 60)
        path.write_bytes(data)
    house.db.close()
    done = run(house.root, A, "--reason", "Yêu cầu số 12", "--yes")
    assert done.exit_code == (1 if missing else 0), done.output
    assert (f"not there, so not overwritten: {path} at {offset}" in done.stderr) == missing
    house.db = open_database(house.root / "bantin.db")
    assert house.count("captures WHERE url IN (?, ?)", A, A_WWW) == 0
    assert house.count("captures WHERE url = ?", SAME_PAGE) == 1, "its row stays"
    assert house.count("removals WHERE state = 'done'") == 1


def test_lists_that_name_it_go_when_asked(house: House) -> None:
    from schemas.captures import Capture

    def a_list(url: str, body: str, days: float) -> Capture:
        return Capture(url, NOON + timedelta(days=days), 200, (("Content-Type", "text/html"),), body.encode())

    html = f'<a href="/tin/1.html">{SECRET}</a>'
    house.take(a_list("https://hoabac.example/tin/", html, 4), kind="list")
    house.take(a_list("https://hoabac.example/rss/", f"<link>{A}</link>", 5), kind="feed")
    house.take(a_list("https://hoabac.example/khac/", '<a href="/tin/2.html">', 6), kind="list")
    dry = run(house.root, A, "--dry-run", "--lists")
    assert "lists, feeds and sitemaps that name it\t2\n" in dry.stdout
    forget(house.db, house.archive, [A], everywhere=True, lists=True, **WHY)
    left = house.db.conn.execute("SELECT url FROM captures WHERE kind <> 'page'").fetchall()
    assert left == [("https://hoabac.example/khac/",)]
    assert traces(house.root) == []
    sound(house)
    again = house.take(a_list("https://hoabac.example/tin/", "<a></a>", 9), kind="list")
    assert [one.outcome for one in again] == ["fetched"]


# other people's words about it


def test_corrections_and_faults_that_quote_it_go(house: House) -> None:
    from datetime import date
    from decimal import Decimal

    from db.store import record_error
    from flows.corrections import apply_corrections
    from schemas.corrections import Correction, Says

    says = {"reason": f"{SECRET} báo", "author": "An", "date": date(2023, 1, 1)}
    apply_corrections(
        house.db,
        (
            Correction(
                url=A_WWW,
                quote="317",
                context=f"{SECRET} nhận 317",
                expect=Says(value=Decimal(317_000_000)),
                set=Says(value=Decimal(5)),
                **says,
            ),
            Correction(url=A, quote="9", context=f"{SECRET} 9", expect=Says(value=Decimal(9)), drop=True, **says),
        ),
    )
    record_error(house.db, house.run, source=None, url=A, capture_id=None, stage="page", reason=f"found {SECRET}")
    assert house.count("corrections") == 2
    forget(house.db, house.archive, [A], everywhere=True, **WHY)
    assert house.count("corrections") == house.count("figure_corrections") == house.count("run_errors") == 0
    assert traces(house.root) == []
    sound(house)


def test_a_removed_figure_is_explained(house: House) -> None:
    (id,) = house.db.conn.execute("SELECT id FROM figures WHERE quote LIKE '317%'").fetchone()
    forget(house.db, house.archive, addresses_of(house.db, id), everywhere=True, **WHY)
    with pytest.raises(TraceError, match=rf"{id} was removed on \d{{4}}-\d\d-\d\d for: Yêu cầu số 12"):
        trace(house.db, id[:12])
    with pytest.raises(ForgetError, match="was removed already"):
        addresses_of(house.db, id)


# cut off anywhere


STEPS: tuple[tuple[object, str], ...] = (
    (forget_module, "_search"),
    (forget_module, "_note"),
    (forget_module, "_save_others"),
    (forget_module.picked, "moved"),
    (forget_module, "erase"),
    (forget_module, "_overwrite"),
    (rows_module, "delete_chosen"),
    (rows_module, "_unindex"),
    (rows_module, "_point_anew"),
    (forget_module, "refresh"),
    (forget_module, "_delete"),
    (rows_module, "merge_indices"),
    (rows_module, "rewrite_file"),
    (rows_module, "empty_log"),
)


class Killed(BaseException):
    pass


def cut(owner: object, name: str, after: int, *, behind: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the call number ``after`` of a step die, before or behind its work."""
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def dying(*args: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == after and not behind:
            raise Killed
        result = real(*args, **more)
        if calls == after:
            raise Killed
        return result

    monkeypatch.setattr(owner, name, dying)


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("everywhere", [True, False], ids=["everywhere", "here"])
def test_a_removal_cut_off_is_carried_through(
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    behind: bool,
    everywhere: bool,
) -> None:
    """At the first call of a step, at the second, and so on until it is not met any more."""
    cuts = 0
    while cut_off(shutil.copytree(built, tmp_path / str(cuts)), monkeypatch, owner, name, cuts + 1, behind, everywhere):
        cuts += 1
    assert cuts > 0 or (name == "moved" and everywhere), "with everywhere there is nothing to write anew"


def cut_off(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    after: int,
    behind: bool,
    everywhere: bool,
) -> bool:
    """Cut a removal off, carry it through and look; False when the step was not met that often."""
    house = reopened(root)
    with monkeypatch.context() as patched:
        cut(owner, name, after, behind=behind, monkeypatch=patched)
        try:
            forget(house.db, house.archive, [A], everywhere=everywhere, **WHY)
            met = False
        except Killed:
            met = True
    house.db.close()
    house = reopened(root)
    if not house.count("removals"):
        assert name in ("_search", "_note"), "only before the decision"
        assert traces(root) == list(WORDS)
        house.db.close()
        return met
    assert is_removed(house.db, url=A, sha256=None), "from the decision on nothing comes back"
    assert [one.state for one in resume(house.db, house.archive)] == ["done"] * met
    sound(house)
    assert house.count("captures WHERE url IN (?, ?)", A, A_WWW) == 0
    if everywhere:
        assert traces(root) == []
    else:
        captures = [house.archive.read(ref) for ref, _ in indexed_refs(house.db)]
        assert page(SAME_PAGE, TEXT, 0.1) in captures
        assert page(SAME_PAGE, TEXT, 1.1) in captures
    house.db.close()
    return met


KILL = """
import os, signal, sys
from pathlib import Path
import db.archive.erase, db.forget, flows.forget
from db.archive import Archive
from db.store import open_database
root, module, name, after = Path(sys.argv[1]), sys.modules[sys.argv[2]], sys.argv[3], int(sys.argv[4])
real, calls = getattr(module, name), 0
def dying(*args, **more):
    global calls
    calls += 1
    if calls == after:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **more)
setattr(module, name, dying)
flows.forget.forget(
    open_database(root / "bantin.db"), Archive(root / "archive"), [sys.argv[5]], reason="vì", who="Lan", everywhere=True
)
"""


@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        ("flows.forget", "_save_others", 1),
        ("flows.forget", "erase", 5),
        ("db.forget", "_unindex", 1),
        ("flows.forget", "refresh", 1),
        ("db.forget", "merge_indices", 1),
        ("db.forget", "empty_log", 1),
    ],
)
def test_killed_it_is_carried_through_by_the_command(
    built: Path, tmp_path: Path, module: str, name: str, after: int
) -> None:
    """A process that is killed cleans nothing up: its log stays behind, half a transaction in it."""
    root = shutil.copytree(built, tmp_path / "home")
    words = [sys.executable, "-c", KILL, str(root), module, name, str(after), A]
    died = subprocess.run(words, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    told = CliRunner().invoke(cli, ["doctor", "--offline"], env={"BANTIN_HOME": str(root)})
    assert "wrong\tremovals\t1 not finished; bantin forget --resume" in told.stdout
    done = run(root, "--resume")
    assert done.exit_code == 0, done.output
    assert traces(root) == []
    house = reopened(root)
    sound(house)
    assert house.count("captures") == 1
    house.db.close()


def test_half_overwritten_is_overwritten(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Power fails in the middle of a record."""
    import db.archive.erase as erase_module

    real = erase_module.os.pwrite

    def half(handle: int, data: Any, at: int) -> int:
        real(handle, bytes(data[: len(data) // 2]), at)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(erase_module.os, "pwrite", half)
        with pytest.raises(Killed):
            forget(house.db, house.archive, [A], everywhere=True, **WHY)
    assert [one.kind for one in house.archive.verify().problems][:1] == ["damaged"]
    assert [one.state for one in resume(house.db, house.archive)] == ["done"]
    assert traces(house.root) == []
    sound(house)


def test_a_reader_that_holds_the_log_is_waited_out_and_then_said(house: House) -> None:
    reader = open_database(house.root / "bantin.db", readonly=True)
    reader.conn.execute("BEGIN")
    reader.conn.execute("SELECT count(*) FROM bulletins").fetchone()
    house.db.conn.execute("PRAGMA busy_timeout = 50")
    made = forget(house.db, house.archive, [A], everywhere=True, **WHY)
    assert made.state == "deleted"
    assert traces(house.root) != []
    reader.close()
    assert [one.state for one in resume(house.db, house.archive)] == ["done"]
    assert traces(house.root) == []


# the command


def run(root: Path, *words: str, input: str | None = None) -> Any:
    return CliRunner().invoke(cli, ["forget", *words], env={"BANTIN_HOME": str(root)}, input=input)


def test_a_dry_run_says_what_goes_and_changes_nothing(house: House) -> None:
    house.db.close()
    before = raw(house.root)
    plain = run(house.root, A, "--dry-run")
    everywhere = run(house.root, A, "--dry-run", "--everywhere")
    assert (plain.exit_code, everywhere.exit_code) == (0, 0)
    assert f"address\t{A}\n" in plain.stdout
    assert f"address\t{A_WWW}\n" not in plain.stdout  # the same key, named once
    assert f"same content, written anew and kept\t{SAME_PAGE}\n" in plain.stdout
    assert "captures\t3\n" in plain.stdout
    assert f"same content, goes too\t{SAME_PAGE}\nsame content, goes too\t".split("\n")[0] in everywhere.stdout
    assert f"same content, goes too\t{SAME_TEXT}\n" in everywhere.stdout
    assert "captures\t5\n" in everywhere.stdout
    assert raw(house.root) == before
    house.db = open_database(house.root / "bantin.db")
    assert house.count("removals") == 0
    assert preview(house.db, house.archive, [A], everywhere=True).counts["bulletins"] == 5


def test_the_command_removes_and_says_so(house: House) -> None:
    house.db.close()
    (house.root / "corrections.toml").write_text("")
    done = run(house.root, A, "--reason", "Yêu cầu số 12", "--everywhere", "--yes", "--who", "Lan")
    assert done.exit_code == 0, done.output
    assert ": done" in done.stderr
    assert "corrections.toml" in done.stderr
    assert traces(house.root) == []
    house.db = open_database(house.root / "bantin.db")
    assert house.db.conn.execute("SELECT reason, who FROM removals").fetchall() == [("Yêu cầu số 12", "Lan")]
    nothing = run(house.root, "--resume")
    assert (nothing.exit_code, nothing.stderr) == (0, "no removal was cut off\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "give either"),
        ((A, "--resume"), "give either"),
        ((A,), "--reason TEXT is needed"),
        ((A, "--reason", "vì sao"), "type --yes"),
        (("abc", "--reason", "vì sao", "--yes"), "no id of a bulletin"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(house: House, words: tuple[str, ...], says: str) -> None:
    said = run(house.root, *words)
    assert said.exit_code == 2
    assert says in said.output
    assert house.count("removals") == 0


def test_times_are_kept(house: House) -> None:
    made = forget(house.db, house.archive, [A], **WHY)
    assert made.time > NOON
    assert made.finished is not None
    assert made.finished >= made.time
