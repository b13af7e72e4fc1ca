"""``python -m tests.benchmarks.extract``: what an extraction costs, as ratios within one run, in Markdown.

Times are of the processor, and the contestants take turns document by document, so that a busy machine slows all alike.
"""

from __future__ import annotations

import argparse
import math
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from extractors.pipeline import extract_text
from extractors.text.document import Document
from tests.benchmarks.corpus import Text, sample, texts
from tests.benchmarks.stages import stage_table

SIZES = (100_000, 200_000, 400_000, 1_000_000)
_BARE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
#: numerals as dense as in a table: one in ten characters
_DENSE = (
    "Xã {a} có {b} hộ, tăng {c}%; ",
    "đạt {a}/{b} chỉ tiêu; ",
    "thu {b},{c} tỷ đồng (kế hoạch {a}); ",
    "{c} cuộc, ",
)


def extract(text: Text) -> object:
    """One extraction, as the commands do it."""
    return extract_text(text.text, id=text.id, title=text.title, published=text.published)


def tokenise(text: Text) -> object:
    """One pass of underthesea's word_tokenize, sentence by sentence, without its normalisation."""
    from underthesea import word_tokenize

    document = Document(text.text)
    return [word_tokenize(text.text[a:b], use_token_normalize=False) for a, b in document.sentences]


def scan_digits(text: Text) -> object:
    """A bare pattern of digits: what a program costs that knows nothing."""
    return _BARE.findall(text.text)


CONTESTANTS: tuple[tuple[str, Callable[[Text], object]], ...] = (
    ("extract_text", extract),
    ("underthesea word_tokenize", tokenise),
    ("bare digit pattern", scan_digits),
)


def speed_table(corpus: Sequence[Text]) -> str:
    """Characters a second of every contestant over the same texts, and how they compare."""
    for _, work in CONTESTANTS:
        work(corpus[0])
    spent = dict.fromkeys((name for name, _ in CONTESTANTS), 0.0)
    for text in corpus:
        for name, work in CONTESTANTS:
            began = time.process_time()
            work(text)
            spent[name] += time.process_time() - began
    size = sum(len(text.text) for text in corpus)
    own = spent["extract_text"]
    lines = ["| contestant | characters a second | extract_text costs |", "| --- | ---: | ---: |"]
    for name, seconds in spent.items():
        ratio = "1" if name == "extract_text" else f"{own / seconds:.3g} of it"
        lines.append(f"| {name} | {size / seconds:,.0f} | {ratio} |")
    return "\n".join(lines)


def slope_table() -> str:
    """Seconds for ever longer single texts whose numerals grow in proportion; exponent 1 is linear."""
    whole = "\n\n".join(text.text for text in sample())
    dense = " ".join(part.format(a=i % 97 + 1, b=i * 7 % 9973, c=i % 89 + 2) for i in range(10_000) for part in _DENSE)
    shapes = {
        "bulletins": whole,
        "dense numerals, one line": dense,
        "dense numerals, short lines": dense.replace("; ", ".\n"),
    }
    head = " | ".join(f"{size // 1000:,} kB" for size in SIZES)
    lines = [f"| one text of | {head} | exponent | numerals at most |", f"| --- {'| ---: ' * (len(SIZES) + 2)}|"]
    for name, seed in shapes.items():
        seconds, numerals = [], 0
        for size in SIZES:
            text = (seed * (size // len(seed) + 1))[:size]
            began = time.process_time()
            numerals = len(extract_text(text, id=name).numerals)
            seconds.append(time.process_time() - began)
        exponent = math.log(seconds[-1] / seconds[0]) / math.log(SIZES[-1] / SIZES[0])
        lines.append(f"| {name} | {' | '.join(f'{s:.2f} s' for s in seconds)} | {exponent:.2f} | {numerals:,} |")
    return "\n".join(lines)


_PEAK = """
import pathlib, sys
from tests.benchmarks import extract
for text in extract.texts()[1][: int(sys.argv[1])]:
    extract.extract(text)
print(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


def memory_table(count: int) -> str:
    """Peak memory of a fresh process after one text and after all of them (Linux)."""
    lines = ["| a fresh process after | peak memory |", "| --- | ---: |"]
    for number in (1, count):
        done = subprocess.run([sys.executable, "-c", _PEAK, str(number)], check=True, capture_output=True, text=True)
        peak = f"{int(done.stdout) / 1024:.0f} MiB"
        lines.append(f"| {number:,} {'text' if number == 1 else 'texts'}, with the texts themselves | {peak} |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.extract", description=__doc__)
    parser.add_argument("--share", type=int, default=8, metavar="N", help="compare on every Nth text (default 8)")
    parser.add_argument("--stages", action="store_true", help="only where the time goes, by package")
    args = parser.parse_args()
    what, corpus = texts()
    if args.stages:
        print(stage_table([lambda text=text: extract(text) for text in corpus[:: args.share]]))
        return
    part = corpus[:: args.share] if sum(len(text.text) for text in corpus) > 200_000 else corpus
    size = sum(len(text.text) for text in part)
    print(f"Speed over {what}: {len(part):,} texts, {size:,} characters\n\n{speed_table(part)}\n")
    print(f"Length\n\n{slope_table()}\n")
    print(f"Memory\n\n{memory_table(len(corpus))}")


if __name__ == "__main__":
    main()
