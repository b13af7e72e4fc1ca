"""Where the time of an extraction goes, by package of ``extractors`` and by function."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path


def stage_table(jobs: Iterable[Callable[[], object]], functions: int = 15) -> str:
    """Run ``jobs`` under the profiler; shares by package and the dearest functions, in Markdown.

    What a package calls outside ``extractors`` (patterns, sorting) counts as its own time. The profiler makes small
    functions look dearer than they are: read the order, not the digits.
    """
    profile = cProfile.Profile()
    profile.enable()
    for job in jobs:
        job()
    profile.disable()
    by_package: Counter[str] = Counter()
    by_function: Counter[str] = Counter()
    for (file, line, name), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():
        package = _package(file)
        if package:
            by_package[package] += own
            by_function[f"{package}: {Path(file).name}:{line} {name}"] += own
            continue
        for (caller_file, caller_line, caller), (_, _, _, cumulative) in callers.items():
            package = _package(caller_file)
            if package:
                by_package[package] += cumulative
                by_function[f"{package}: {Path(caller_file).name}:{caller_line} {caller}"] += cumulative
    total = by_package.total() or 1.0
    lines = ["| package | share |", "| --- | ---: |"]
    lines += [f"| {name} | {seconds / total:.1%} |" for name, seconds in by_package.most_common()]
    lines += ["", "| function | share |", "| --- | ---: |"]
    lines += [f"| {name} | {seconds / total:.1%} |" for name, seconds in by_function.most_common(functions)]
    return "\n".join(lines)


def _package(file: str) -> str:
    """The package of ``extractors`` (or the module, for those at the top) that a source file belongs to, else ""."""
    parts = Path(file).parts
    if "extractors" not in parts:
        return ""
    return parts[parts.index("extractors") + 1].removesuffix(".py")
