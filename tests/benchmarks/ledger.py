"""``python -m tests.benchmarks.ledger``: how many numerals of real texts are claimed, set aside, unexplained."""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict

from extractors.pipeline import extract_text
from schemas.documents import Extraction
from tests.benchmarks.corpus import texts


def shape(extraction: Extraction, start: int, end: int) -> str:
    """What a numeral looks like, digits as 9, between the words beside it: alike ones fall together."""
    text = extraction.text
    before = re.findall(r"\w+|[^\w\s]|\n", text[max(0, start - 20) : start])[-1:] or ["^"]
    after = re.findall(r"\w+|[^\w\s]|\n", text[end : end + 20])[:1] or ["$"]
    bare = re.sub(r"[0-9]+", "9", f"{before[0]} [{text[start:end]}] {after[0]}".lower())
    return bare.replace("\n", "⏎")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.ledger", description=__doc__)
    parser.add_argument(
        "--unexplained", type=int, default=0, metavar="N", help="the N commonest shapes, each with a place"
    )
    parser.add_argument("--reason", help="print places of this reason (or of: claimed, unexplained), one of each shape")
    parser.add_argument("--limit", type=int, default=40, help="how many places --reason prints")
    args = parser.parse_args()
    what, corpus = texts()
    states: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    hosts: dict[str, Counter[str]] = defaultdict(Counter)
    shapes: Counter[str] = Counter()
    places: dict[str, str] = {}
    wanted: dict[str, str] = {}
    for text in corpus:
        extraction = extract_text(text.text, id=text.id, title=text.title, published=text.published)
        for numeral in extraction.numerals:
            name = numeral.reason or numeral.state
            states[name] += 1
            hosts[text.host][numeral.state] += 1
            if numeral.figure is not None:
                rules[extraction.figures[numeral.figure].rule] += 1
            start, end = numeral.start, numeral.end
            around = f"{text.text[max(0, start - 50) : start]}[{numeral.quote}]{text.text[end : end + 40]}"
            around = f"{text.id}: " + around.replace("\n", "⏎")
            if numeral.state == "unexplained":
                shapes[shape(extraction, start, end)] += 1
                places.setdefault(shape(extraction, start, end), around)
            if args.reason == name:
                wanted.setdefault(shape(extraction, start, end), around)
    total = states.total() or 1
    print(f"{total:,} numerals in {len(corpus):,} {what}; unexplained {states['unexplained'] / total:.2%}\n")
    print("| state or reason | numerals | share |\n| --- | ---: | ---: |")
    for name, count in states.most_common():
        print(f"| {name} | {count:,} | {count / total:.2%} |")
    print("\n| rule of a figure | figures |\n| --- | ---: |")
    for name, count in rules.most_common():
        print(f"| {name} | {count:,} |")
    print("\n| host | numerals | unexplained |\n| --- | ---: | ---: |")
    worst = sorted(hosts.items(), key=lambda row: (-row[1]["unexplained"], row[0]))
    for host, row in worst[:15]:
        print(f"| {host} | {row.total():,} | {row['unexplained'] / row.total():.2%} |")
    for name, count in shapes.most_common(args.unexplained):
        print(f"{count:5} {name:40} {places[name]}")
    for around in list(wanted.values())[: args.limit]:
        print(around)


if __name__ == "__main__":
    main()
