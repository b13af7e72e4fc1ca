"""``python -m tests.gold.report``: scores of every labelled file, and what is wrong, by field and by rule."""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.scoring import FIELDS, Fault, case_fault, score
from flows.scores import Result, errors, table
from tests.gold.support import HERE, SHARED, documents

FLOORS = HERE / "floors.toml"
#: in this order first; labelled files of the repository that are not named here follow
FILES = ("seed", "dev", "daksong", "bulletins", "cases")

Extract = Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]


def extract(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures of a labelled document as the extraction contract gives them, offsets into its text as given."""
    from extractors.pipeline import extract_text

    got = extract_text(
        document["text"], id=document["id"], title=document.get("title"), published=document.get("published")
    )
    figures: list[dict[str, Any]] = got.to_contract()["figures"]
    return figures


def names() -> list[str]:
    """The labelled files that there are, in the order of the report."""
    own = sorted(p.stem for p in HERE.glob("*.jsonl") if not p.stem.endswith("arithmetic"))
    return [n for n in (*FILES, *(o for o in own if o not in FILES)) if path_of(n) is not None]


def path_of(name: str) -> Path | None:
    """Where the labelled file lies, None where it is not on this machine."""
    return next((p for p in (HERE / f"{name}.jsonl", SHARED / f"{name}.jsonl") if p.exists()), None)


def run(name: str, read: Extract = extract) -> Result:
    """Extract every document of a labelled file and score it."""
    labelled = documents(name)
    answers = {document["id"]: read(document) for document in labelled}
    if "free" in labelled[0]:
        faults = [
            Fault(case["id"], "case", case["about"], case["text"], None, why)
            for case in labelled
            if (why := case_fault(case, answers[case["id"]]))
        ]
        held = len(labelled) - len(faults)
        return Result(name, f"{held}/{len(labelled)}", {"cases": held / len(labelled)}, faults)
    tally = score(labelled, answers)
    return Result(name, f"{tally.documents} documents, {tally.labelled} figures", tally.scores(), tally.faults)


def floors() -> dict[str, dict[str, float]]:
    """File -> column -> the lowest score allowed."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def raise_floors(results: Sequence[Result]) -> list[str]:
    """Write scores, cut to three decimals, where they are above the stored floors; say what rose."""
    stored, rose = floors(), []
    for result in results:
        row = stored.setdefault(result.name, {})
        for column, value in result.scores.items():
            floor = int(value * 1000) / 1000
            if floor > row.get(column, 0.0) or column not in row:
                rose.append(f"{result.name} {column}: {row.get(column, 0.0):.3f} -> {floor:.3f}")
                row[column] = floor
    head = "".join(f"{line}\n" for line in FLOORS.read_text(encoding="utf-8").splitlines() if line.startswith("#"))
    body = "".join(
        f"\n[{name}]\n" + "".join(f"{column} = {value:.3f}\n" for column, value in row.items())
        for name, row in stored.items()
    )
    FLOORS.write_text(head + body, encoding="utf-8")
    return rose


def main() -> int:
    """Print the table; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold.report", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help="labelled files by name (seed, dev ...); default all")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="count errors and print the first N in full")
    parser.add_argument("--field", choices=("missed", "extra", "case", *FIELDS), help="only errors of this field")
    parser.add_argument("--raise", dest="lift", action="store_true", help="write scores above the floors as new floors")
    parser.add_argument("--json", action="store_true", help="the scores as one JSON object")
    args = parser.parse_args()
    absent = [name for name in args.files or FILES if path_of(name) is None]
    if args.files and absent:
        parser.error(f"no labelled file {', '.join(absent)}; there are: {', '.join(names())}")
    results = [run(name) for name in args.files or names()]
    print(json.dumps({r.name: dict(r.scores) for r in results}) if args.json else table(results))
    if absent:
        print(
            f"\nnot here: {', '.join(absent)} (BANTIN_GOLD names their folder; {SHARED} was looked at)", file=sys.stderr
        )
    if args.errors or args.field:
        print(errors(results, args.errors, args.field))
    if args.lift:
        print("\n".join(raise_floors(results)) or "no floor rose")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
