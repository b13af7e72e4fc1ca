"""One rule changes: a candidate beside what is current, a diff that shows just that, promotion, and back again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.home import Home
from db.store import open_database
from db.store.successors import successor_of
from tests.flows.ingesting import dump, one, rows
from tests.reextract.conftest import Program

UNIT = "suất quà"
SEEN = "SELECT quote, unit, subject, sentence, id FROM figures_full ORDER BY document_id, start"


def of_the_unit(home: Home) -> int:
    return int(one(home, "SELECT count(*) FROM figures_full WHERE unit = ?", UNIT))


def reextract(bantin: Program, *more: str, program: Path) -> str:
    done = bantin("reextract", "--direct", "--jobs", "1", *more, program=program)
    assert done.returncode == 1, done.stderr  # the page with the broken layout cannot be read
    return done.stdout.strip()


def test_a_candidate_a_diff_a_promotion(home: Home, bantin: Program, other_rules: Path) -> None:
    before, had = rows(home, SEEN), of_the_unit(home)
    observed, followed = rows(home, "SELECT * FROM observations ORDER BY id"), rows(home, "SELECT * FROM successors")
    assert had > 5
    run = reextract(bantin, program=other_rules)
    assert rows(home, SEEN) == before  # nobody sees a candidate
    assert rows(home, "SELECT * FROM observations ORDER BY id") == observed
    assert rows(home, "SELECT * FROM successors") == followed

    done = bantin("diff", run, "--format", "jsonl", program=other_rules)
    changes = [json.loads(line) for line in done.stdout.splitlines()]
    assert {change["kind"] for change in changes} <= {"changed", "unreadable"}
    units = [change for change in changes if "unit" in change.get("fields", {})]
    assert units
    assert {change["fields"]["unit"]["old"] for change in units} == {UNIT}
    # everything else that changed hangs on such a figure: a subject, a link that names its unit
    assert all(UNIT in change["sentence"] for change in changes)
    assert f"{len(changes)} changed" in done.stderr and "unit " in done.stderr

    done = bantin("promote", run, program=other_rules)
    assert done.returncode == 0, done.stdout + done.stderr
    assert of_the_unit(home) == had - len(units)  # the others are read so without the list
    assert len(rows(home, SEEN)) == len(before)
    ((documents, changed, forced, guards),) = rows(
        home, "SELECT documents, figures_changed, forced, guards FROM promotions"
    )
    assert (changed, forced) == (len(changes), None)
    assert documents == len({change["document"] for change in changes})
    assert all(guard["holds"] is not False for guard in json.loads(guards))
    assert bantin("diff", run, program=other_rules).stdout.startswith("no differences")

    back = reextract(bantin, program=Path(__file__).parents[2])  # today's rules again: their results are still there
    assert one(home, "SELECT count(*) FROM extractions WHERE run_id = ?", back) == 0
    assert bantin("promote", back).returncode == 0
    assert rows(home, SEEN) == before
    assert rows(home, "SELECT * FROM observations ORDER BY id") == observed


def test_the_same_rules_again_change_nothing(home: Home, bantin: Program) -> None:
    run = reextract(bantin, program=Path(__file__).parents[2])
    assert bantin("diff", run).stdout.startswith("no differences")
    before = [line for line in dump(home) if "promotions" not in line]
    assert bantin("promote", run).returncode == 0
    assert [line for line in dump(home) if "promotions" not in line] == before
    again = reextract(bantin, program=Path(__file__).parents[2])
    assert again != run  # that one was promoted


def test_a_figure_that_goes_leaves_word(home: Home, bantin: Program, other_rules: Path) -> None:
    """Page reading changes too: a selector of the portal's file; ids of all figures of those pages are others then."""
    site = home.sites / "hai-linh.toml"
    old = {row[0] for row in rows(home, "SELECT id FROM figures_full WHERE source = 'hai-linh'")}
    versions = one(home, "SELECT count(*) FROM bulletins")
    site.write_text(site.read_text(encoding="utf-8") + '\n[selectors]\nlead = ".no-such-class"\n', encoding="utf-8")
    run = reextract(bantin, "--source", "hai-linh", program=Path(__file__).parents[2])
    done = bantin("promote", run, "--force", "  ")
    assert done.returncode == 2 and "reason" in done.stderr
    done = bantin("promote", run, "--force", "the lead repeats the body")
    assert done.returncode == 0, done.stdout
    new = {row[0] for row in rows(home, "SELECT id FROM figures_full WHERE source = 'hai-linh'")}
    assert one(home, "SELECT count(*) FROM bulletins") > versions
    assert old - new
    db = open_database(home.database, readonly=True)
    followed = {figure: successor_of(db, figure) for figure in old}
    gone = {row[0] for row in db.conn.execute("SELECT old_id FROM successors WHERE new_id IS NULL")}
    moved = one(home, "SELECT count(*) FROM successors WHERE new_id IS NOT NULL")
    db.close()
    assert moved > len(old) / 2
    assert all(followed[figure] in new for figure in old - gone)
    assert all(followed[figure] is None for figure in gone & old)
    # the text that only the old selector gave is no earlier version that the portal published
    assert one(home, "SELECT max(versions) FROM bulletins_current") == 2


@pytest.mark.parametrize(
    "arguments, says",
    [
        (("diff", "nonsense"), "no run nonsense"),
        (("promote", "nonsense"), "no run nonsense"),
        (("reextract", "--source", "nowhere"), "no source nowhere"),
        (("reextract", "--where", "1; DROP TABLE runs"), "--where"),
        (("reextract", "--where", "(SELECT load_extension('x'))"), "--where"),
        (("reextract", "--since", "2101-01-01"), "no archived page"),
        (("reextract", "--direct", "--dask", "tcp://127.0.0.1:9"), "127.0.0.1:9"),
        (("runs", "prune"), "give either"),
        (("runs", "prune", "nonsense"), "no run nonsense"),
    ],
)
def test_what_is_mistyped_is_said_without_a_traceback(bantin: Program, arguments: tuple[str, ...], says: str) -> None:
    done = bantin(*arguments)
    assert done.returncode == 2
    assert says in done.stderr and "Traceback" not in done.stderr


def test_a_promotion_needs_a_whole_run_and_one_that_read(home: Home, bantin: Program) -> None:
    nightly = one(home, "SELECT id FROM runs ORDER BY id LIMIT 1")
    assert "current already" in bantin("promote", nightly).stderr
    run = reextract(bantin, program=Path(__file__).parents[2])
    db = open_database(home.database)
    with db.conn:
        db.conn.execute("DELETE FROM candidates WHERE capture_id IN (SELECT capture_id FROM candidates LIMIT 3)")
    db.close()
    done = bantin("promote", run)
    assert done.returncode == 1
    assert "FAILS" in done.stdout and "3 captures of the run's scope are not read yet" in done.stdout


def test_pruning_removes_what_nobody_sees(home: Home, bantin: Program, other_rules: Path) -> None:
    def searchable() -> list[tuple[Any, ...]]:
        return rows(home, "SELECT rowid FROM figures_fts WHERE figures_fts MATCH 'folded:suat AND folded:qua'")

    def stored() -> list[str]:
        return [line for line in dump(home) if "_fts_" not in line and '"sqlite_' not in line]

    before, found = stored(), searchable()
    run = reextract(bantin, program=other_rules)
    assert len(searchable()) > len(found)
    dry = bantin("runs", "prune", run, "--dry-run")
    assert "would remove" in dry.stdout and one(home, "SELECT status FROM runs WHERE id = ?", run) == "partial"
    assert bantin("runs", "prune", "--keep", "0").returncode == 0
    assert stored() == before
    assert searchable() == found
    assert "pruned" in bantin("diff", run).stderr
    assert "pruned" in bantin("runs", "list").stdout
