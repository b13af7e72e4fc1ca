"""The sample portal's sources: text files with TOML front matter, read into bulletins and blocks."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "bulletins"

State = Literal["before", "after"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``**...**`` in it is bold."""

    text: str


@dataclass(frozen=True)
class Image:
    """A picture with its caption, ``![caption](file)``."""

    caption: str
    file: str


@dataclass(frozen=True)
class Table:
    """A table of ``| a | b |`` lines; the first row is the header."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Image | Table


@dataclass(frozen=True)
class Fact:
    """A number that the bulletin prints, as a later reader should understand it.

    ``area`` is an area's code; what only one level reports carries it after ``#``: ``99.quan-hai-linh#cap-phuong`` is
    the sum of the wards, ``#cap-quan`` the district's own part, ``#doanh-nghiep`` that of enterprises.
    """

    indicator: str
    area: str
    period: str
    value: str
    unit: str
    #: the number as the text writes it
    quote: str
    #: printed wrongly on purpose: ``faults.toml`` says how
    planted: bool = False
    #: the one state in which the text says so; "" for both
    state: Literal["", "before", "after"] = ""


@dataclass(frozen=True)
class Revision:
    """What an editor changed later: (old, new) pairs that each occur once in the text."""

    at: datetime
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bulletin:
    """One source file. ``lists`` empty means that no list page names it (the sitemap does)."""

    slug: str
    portal: Literal["quan", "phuong"]
    number: int
    title: str
    published: datetime
    lists: tuple[str, ...]
    text: str
    lead: str = ""
    author: str = ""
    views: int = 0
    #: slugs shown in a box inside the body
    related: tuple[str, ...] = ()
    charset: Literal["utf-8", "windows-1258"] = "utf-8"
    form: Literal["NFC", "NFD"] = "NFC"
    #: how the body's letters are written: plain, named entities, or entities mixed with combining marks
    entities: Literal["none", "named", "combining"] = "none"
    captions: Literal["tables", "paragraphs", "figures"] = "figures"
    #: the status it answers with in the state "after"
    gone: int | None = None
    #: its page lacks the body's container, as after a change of the template
    broken: bool = False
    revision: Revision | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The body's paragraphs, pictures and tables in order."""
        return tuple(_block(part) for part in re.split(r"\n\s*\n", self.text.strip()))

    def at(self, state: State) -> Bulletin:
        """The bulletin as the portal shows it in ``state``: revised or not."""
        if state == "before" or self.revision is None:
            return self
        text = self.text
        for old, new in self.revision.changes:
            if text.count(old) != 1:
                raise ValueError(f"{self.slug}: {old!r} must occur once to be revised, found {text.count(old)}")
            text = text.replace(old, new)
        return replace(self, text=text)

    def last_modified(self, state: State) -> datetime:
        """When the text as it stands in ``state`` was last changed."""
        return self.revision.at if state == "after" and self.revision else self.published

    @property
    def plain(self) -> str:
        """Title, lead and body as a reader sees them, NFC, blocks parted by newlines."""
        parts = [self.title, self.lead]
        for block in self.blocks:
            match block:
                case Paragraph(text):
                    parts.append(text.replace("**", ""))
                case Image(caption, _):
                    parts.append(caption)
                case Table(rows):
                    parts.extend("\t".join(row) for row in rows)
        return unicodedata.normalize("NFC", "\n".join(part for part in parts if part))


def _block(source: str) -> Block:
    if image := re.fullmatch(r"!\[(.*)\]\((.*)\)", source):
        return Image(image[1], image[2])
    if source.startswith("|"):
        rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in source.splitlines()]
        return Table(tuple(row for row in rows if not all(set(cell) <= set("-:") for cell in row)))
    return Paragraph(" ".join(source.split("\n")))


def read(path: Path) -> Bulletin:
    """The bulletin in the file ``path``; a wrong key or a missing one raises with the file's name."""
    source = path.read_text(encoding="utf-8")
    try:
        _, head, body = source.split("+++\n", 2)
        fields: dict[str, Any] = tomllib.loads(head)
        facts = tuple(Fact(**fact) for fact in fields.pop("facts", []))
        revised = fields.pop("revised", None)
        revision = Revision(revised["at"], tuple((old, new) for old, new in revised["changes"])) if revised else None
        for key in ("lists", "related"):
            fields[key] = tuple(fields.get(key, ()))
        return Bulletin(**fields, text=body.strip(), facts=facts, revision=revision)
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(f"{path.name}: {error}") from error


@lru_cache(maxsize=1)
def load() -> tuple[Bulletin, ...]:
    """Every bulletin of both portals, newest first."""
    found = [read(path) for path in sorted(FOLDER.glob("*.txt"))]
    return tuple(sorted(found, key=lambda bulletin: (bulletin.published, bulletin.number), reverse=True))
