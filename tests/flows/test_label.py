"""The annotator's loop: label, correct, compare."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from flows.cli import cli

TEXT = "Toàn phường có 38 cuộc, trong đó 12 cuộc đối thoại định kỳ và 26 cuộc đối thoại đột xuất."


def _labelled(tmp_path: Path) -> Path:
    source = tmp_path / "bulletin.txt"
    source.write_text(TEXT, encoding="utf-8")
    run = CliRunner().invoke(cli, ["label", str(source)])
    assert run.exit_code == 0, run.output
    path = tmp_path / "mine.jsonl"
    path.write_text(run.stdout, encoding="utf-8")
    return path


def test_what_is_labelled_scores_one_until_a_person_corrects_it(tmp_path: Path) -> None:
    path = _labelled(tmp_path)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert [(f["quote"], f["unit"], f["part_of"]) for f in document["figures"]] == [
        ("38", "cuộc", None),
        ("12", "cuộc", 0),
        ("26", "cuộc", 0),
    ]
    same = CliRunner().invoke(cli, ["gold", str(path)])
    assert same.exit_code == 0 and "| 1.000 | 1.000 | 1.000 | 1.000 |" in same.stdout
    document["figures"][1]["unit"] = "buổi"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    other = CliRunner().invoke(cli, ["gold", str(path), "--errors", "3"])
    assert "by field: unit 1" in other.stdout
    assert "wanted 'buổi', given 'cuộc'" in other.stdout


def test_files_that_are_not_labelled_are_refused_in_a_line(tmp_path: Path) -> None:
    for content, said in (("{", "no JSON object"), ('{"id": "a"}', "text, figures not found"), ("", "no labelled")):
        path = tmp_path / "bad.jsonl"
        path.write_text(content, encoding="utf-8")
        run = CliRunner().invoke(cli, ["gold", str(path)])
        assert run.exit_code == 2 and said in run.stderr
