"""What a home's configuration says, looked at before a run begins: half a night must not be spent on a typing error."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from db.areas import AreasError, own_areas
from db.home import Home
from extractors.corrections import CorrectionError
from flows.corrections import corrections_path, read_corrections
from flows.settings import SettingsError, load_settings
from flows.sources import SourceError, load_sources


class ConfigurationError(Exception):
    """Files that a run reads cannot be used; a line or more for each, with its place and what to type."""


def once(say: Callable[[str], None]) -> Callable[[str], None]:
    """``say``, but nothing twice: a run looks again once it holds the folder, for which it may have waited long."""
    told: set[str] = set()

    def say_new(text: str) -> None:
        if text not in told:
            told.add(text)
            say(text)

    return say_new


def check_configuration(home: Home, say: Callable[[str], None]) -> None:
    """Raise ConfigurationError for portals' files and areas.toml; ``say`` what else is wrong, which costs no run.

    All of it is said at once, so that nobody mends one file to hear of the next.
    """
    needed, other = [], []
    try:
        load_sources(home.sites)
    except SourceError as error:
        needed.append(str(error))
    try:
        own_areas(home.root)
    except (AreasError, OSError) as error:
        needed.append(str(error))
    try:
        with suppress(FileNotFoundError):
            read_corrections(corrections_path(home))
    except (CorrectionError, OSError) as error:
        other.append(f"{error}\n  the corrections stay as they are; once it is mended: bantin corrections apply")
    try:
        load_settings(home)
    except SettingsError as error:
        other.append(f"{error}  nobody is told of incidents until it is mended")
    for line in other:
        say(line)
    if needed:
        raise ConfigurationError("\n".join([*needed, "once mended: bantin doctor --offline looks at every file"]))
