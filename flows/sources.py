"""The portals to read: ``BANTIN_HOME/sites/*.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

from extractors.sites import parse_source
from schemas.nearest import meant
from schemas.sources import Source
from schemas.tomlplace import place

#: The source that saved files belong to. It has no portal, so its home page is none that could be asked.
FILES = Source.model_construct(code="files", name="Tệp lưu trên máy", url="file:///", area="", family="generic")


class SourceError(Exception):
    """A portal file that cannot be used, or a portal that has none. The message says what to type next."""


def portal_files(folder: Path) -> list[Path]:
    """The portals' files, none where there is no folder; SourceError for one that cannot be listed."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(".toml"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SourceError(f"{folder}: the folder of portals cannot be read: {error.strerror}") from None


def load_sources(folder: Path) -> dict[str, Source]:
    """Every portal of a folder by its code, in order of the codes; SourceError names each file that does not parse."""
    found: dict[str, Source] = {}
    problems = []
    for path in portal_files(folder):
        text = ""
        try:
            text = path.read_text(encoding="utf-8")
            found[path.stem] = parse_source(path.stem, text)
        except (ValueError, OSError) as error:  # TOML, UTF-8 and pydantic errors are ValueErrors
            said = str(error).removeprefix(f"{path.name}: ")
            problems.append(
                f"{place(path, text, said)}: not a portal's description: {said}; see: bantin sources --help"
            )
    if problems:
        raise SourceError("\n".join(problems))
    return found


def choose(sources: dict[str, Source], codes: Iterable[str], folder: Path) -> dict[str, Source]:
    """The named ones, or all of them where none is named."""
    wanted = list(codes)
    unknown = [code for code in wanted if code not in sources]
    if unknown:
        have = ", ".join(sources) or "none"
        named = ", ".join(f"{code}{meant(code, sources)}" for code in unknown)
        raise SourceError(f"no source or path {named}; expected one of {have} ({folder}), or a file")
    if not sources:
        raise SourceError(f"no portal is described in {folder}; put a file there as bantin sources --help shows")
    return {code: sources[code] for code in wanted} if wanted else sources


def check_known(codes: Iterable[str], known: Iterable[str]) -> None:
    """Raise SourceError for a code that stands for nothing: where it only chooses rows, none would come in silence."""
    have = dict.fromkeys(known)
    for code in codes:
        if code not in have:
            listed = ", ".join(have) or "none"
            raise SourceError(f"no source {code}{meant(code, have)}; expected one of {listed} (bantin sources)")


def known_codes(db: Database, folder: Path) -> list[str]:
    """The codes that stand for something: portals with a file, broken or not, and what the database has pages of."""
    rows = db.conn.execute("SELECT code FROM sources").fetchall()
    return sorted({FILES.code, *(path.stem for path in portal_files(folder)), *(code for (code,) in rows)})
