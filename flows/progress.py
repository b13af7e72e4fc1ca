"""Talk while a run goes on: a bar on a terminal, a line now and then elsewhere. All of it on stderr.

What is said may hold what a portal sent (a status line, a path, a name), so none of it steers the terminal.
"""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Literal

from tqdm import tqdm

from schemas.terminal import harmless

#: seconds between two lines where there is no terminal
_EVERY = 10.0


class Progress:
    """Counts the pages of a run, or the bytes of files. ``quiet`` says only what ``note`` is told.

    Several threads may call it.
    """

    def __init__(
        self, *, quiet: bool = False, terminal: bool | None = None, unit: Literal["page", "B"] = "page"
    ) -> None:
        self._lock = threading.Lock()
        self._done, self._total, self._quiet = 0, 0, quiet
        self._terminal = sys.stderr.isatty() if terminal is None else terminal
        self._begun = self._last = time.monotonic()
        self._bar = None
        if self._terminal and not quiet:
            self._bar = tqdm(total=0, unit=unit, unit_scale=unit == "B", file=sys.stderr, leave=False)
        self._shown = "pages" if unit == "page" else "bytes"

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.close()

    def more(self, pages: int) -> None:
        """So many pages (or bytes) are to be done in addition."""
        with self._lock:
            self._total += pages
            if self._bar is not None:
                self._bar.total = self._total
                self._bar.refresh()

    def done(self, what: str, amount: int = 1) -> None:
        """One page is done, or ``amount`` bytes; ``what`` names the source, stage or file that they belong to."""
        with self._lock:
            self._done += amount
            if self._bar is not None:
                self._bar.set_description(harmless(what), refresh=False)
                self._bar.update(amount)
            elif not self._quiet and time.monotonic() - self._last >= _EVERY:
                self._last = time.monotonic()
                said = f"{harmless(what)}: {self._done} of {self._total} {self._shown}{self._pace()}"
                print(said, file=sys.stderr, flush=True)

    def _pace(self) -> str:
        """How fast it goes and how long it will take, as far as both can be said."""
        rate = self._done / max(time.monotonic() - self._begun, 1e-9)
        left = f", {tqdm.format_interval((self._total - self._done) / rate)} left" if self._total > self._done else ""
        return f", {rate:.1f} a second{left}" if self._shown == "pages" else left

    def stage(self, text: str) -> None:
        """A line that a bar shows anyway, so it is written only where there is none."""
        if self._bar is None and not self._quiet:
            self.note(text)

    def waiting(self, text: str) -> None:
        """What is waited for: shown by a bar until something else is; without one, a line now and then."""
        text = harmless(text)
        with self._lock:
            if self._bar is not None:
                self._bar.set_description_str(text)
            elif not self._quiet and time.monotonic() - self._last >= _EVERY:
                self._last = time.monotonic()
                print(text, file=sys.stderr, flush=True)

    def note(self, text: str) -> None:
        """A line that stays."""
        text = harmless(text)
        with self._lock:
            if self._bar is not None:
                self._bar.write(text, file=sys.stderr)
            else:
                print(text, file=sys.stderr, flush=True)
