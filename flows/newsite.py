"""A portal's file proposed, looked at, tried and written: what ``bantin new-site`` does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from extractors.page import PageError, read_page
from extractors.sites import family, parse_source
from extractors.sites.draft import Draft
from extractors.sites.feeds import read_feed, read_sitemap
from extractors.sites.ways import Ways
from flows.net.errors import FetchError
from flows.onepage import Looker, OnePage
from schemas.sources import Source

_TEST = '''"""What is read of a page of {code}; all of it was looked at by a person once.

If a change is wanted: python {file} --write, and read the difference.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from extractors.page import read_page
from extractors.sites import parse_source

HERE = Path(__file__).parent
URL = {url}


def read() -> object:
    source = parse_source("{code}", (HERE / "{code}.toml").read_text(encoding="utf-8"))
    bulletin = read_page((HERE / "{code}.html").read_bytes(), url=URL, source=source)
    return json.loads(json.dumps(asdict(bulletin)))


def test_{name}_is_read_as_before() -> None:
    expected = json.loads((HERE / "{code}.json").read_text(encoding="utf-8"))
    assert read() == expected, "if the change is wanted: python {file} --write"


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    text = json.dumps(read(), ensure_ascii=False, indent=1) + "\\n"
    (HERE / "{code}.json").write_text(text, encoding="utf-8")
'''


@dataclass(frozen=True, slots=True)
class Trial:
    """How the proposed file does on the page: what is read as JSON, or why nothing is."""

    read: dict[str, Any] | None
    error: str = ""


def look(draft: Draft, looker: Looker, say: Callable[[str], None]) -> Draft:
    """The draft with those ways alone that lead to articles; a sitemap at its usual place is tried, too."""
    source = parse_source(draft.code, draft.toml()) if _has_ways(draft) else None
    reader = family(draft.family)

    def list_items(page: OnePage, url: str) -> int:
        assert source is not None
        return len(reader.read_list(page.body, url=url, content_type=page.content_type, source=source).items)

    def named(page: OnePage, url: str) -> int:
        found = read_sitemap(page.body, url)
        return len(found.children) or sum(reader.is_article_url(item.url) for item in found.items)

    def working(kind: str, urls: tuple[str, ...], count: Callable[[OnePage, str], int]) -> tuple[str, ...]:
        kept = []
        for url in urls:
            try:
                page = looker.get(url)
                found = count(page, page.url or url)
            except (FetchError, PageError) as error:
                say(f"{kind} {url}: left out, {str(error).splitlines()[0]}")
                continue
            say(f"{kind} {url}: {found} entries" + ("" if found else ", left out"))
            if found:
                kept.append(url)
        return tuple(kept)

    usual = (urljoin(draft.url, "/sitemap.xml"),)
    return draft.with_ways(
        Ways(
            working("list", draft.ways.lists, list_items),
            working("feed", draft.ways.feeds, lambda page, url: len(read_feed(page.body, url))),
            working("sitemap", draft.ways.sitemaps or usual, named),
        )
    )


def try_out(draft: Draft, page: OnePage) -> Trial:
    """What the proposed file reads of the page it was proposed from."""
    try:
        source = _source(draft)
        if draft.is_list:
            listed = family(draft.family).read_list(
                page.body, url=page.url or draft.page, content_type=page.content_type, source=source
            )
            return Trial(json.loads(json.dumps(asdict(listed))))
        bulletin = read_page(
            page.body, url=page.url, content_type=page.content_type, captured_on=page.day, source=source
        )
    except PageError as error:
        return Trial(None, str(error))
    return Trial(json.loads(json.dumps(asdict(bulletin))))


def write_site(draft: Draft, folder: Path) -> Path:
    """The portal's file; raises FileExistsError where there is one of that name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{draft.code}.toml"
    with path.open("x", encoding="utf-8") as file:
        file.write(draft.toml())
    return path


def write_golden(draft: Draft, page: OnePage, trial: Trial, folder: Path) -> list[Path]:
    """The page, its portal's file, what is read of it, and a test that holds them together.

    Raises FileExistsError where one of them is there already; then none is written.
    """
    name = draft.code.replace("-", "_")
    test = _TEST.format(code=draft.code, name=name, file=f"test_{name}.py", url=json.dumps(page.url))
    files = {
        folder / f"{draft.code}.html": page.body,
        folder / f"{draft.code}.toml": _complete(draft).encode(),
        folder / f"{draft.code}.json": (json.dumps(trial.read, ensure_ascii=False, indent=1) + "\n").encode(),
        folder / f"test_{name}.py": test.encode(),
    }
    there = next((path for path in files if path.exists()), None)
    if there is not None:
        raise FileExistsError(there)
    folder.mkdir(parents=True, exist_ok=True)
    for path, body in files.items():
        path.write_bytes(body)
    return list(files)


def _has_ways(draft: Draft) -> bool:
    return bool(draft.ways.lists or draft.ways.feeds or draft.ways.sitemaps)


def _complete(draft: Draft) -> str:
    """The file as it can be parsed: a portal without any way is none, so its front page stands in for a list."""
    toml = draft.toml()
    return toml if _has_ways(draft) else toml.replace("[lists]\n", '[lists]\nnews = "/"\n', 1)


def _source(draft: Draft) -> Source:
    return parse_source(draft.code, _complete(draft))
