"""Saved pages of a real district portal, where they lie beside the repository; nothing of them is copied here."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extractors.page import read_page
from extractors.sites import family, parse_source
from extractors.sites.draft import draft

FOLDER = Path(__file__).parents[3] / "shared" / "pages"
ARTICLES = sorted(path for path in FOLDER.glob("*.html") if path.with_suffix(".json").exists())
LISTS = sorted(FOLDER.glob("list_*.html"))
FLOOR = 0.97

pytestmark = pytest.mark.skipif(not ARTICLES, reason="the saved pages are not beside the repository")


def word_f1(found: str, expected: str) -> float:
    """F1 over the words of two texts, repeated ones counted."""
    one, two = Counter(found.split()), Counter(expected.split())
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 1.0


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.stem[:40])
def test_a_saved_page_is_read_as_its_reader_saw_it(page: Path) -> None:
    seen: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    bulletin = read_page(page.read_bytes())

    def texts(kind: str) -> list[str]:
        return [block.text for block in bulletin.blocks if block.kind == kind]

    assert (bulletin.title, bulletin.published) == (seen["title"], seen["published"])
    assert (bulletin.category, bulletin.byline) == (seen["category"], seen["author"])
    assert word_f1("\n".join(texts("body")), "\n".join(seen["body_paragraphs"])) >= FLOOR
    assert word_f1("\n".join(texts("lead")), seen["sapo"] or "") >= FLOOR
    assert list(bulletin.captions) == seen["captions"]
    assert len("\n".join(texts("table")).splitlines()) == len(seen["tables_rows"])
    assert not texts("heading")


@pytest.mark.parametrize("page", [*ARTICLES, *LISTS], ids=lambda page: page.stem[:40])
def test_a_saved_page_is_proposed_as_what_it_is(page: Path) -> None:
    made = draft(page.read_bytes(), "https://huyen.example/tin-tuc-su-kien/1")
    assert (made.family, made.is_list, made.selectors) == ("sharepoint_lacviet", page in LISTS, {})
    assert made.fit.score > 2 * max(fit.score for fit in made.fits if fit.family.name != made.family)


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.stem)
def test_a_saved_list_names_its_articles_once_and_the_next_page(page: Path) -> None:
    source = parse_source(
        "huyen",
        'name = "x"\nurl = "https://huyen.example/"\narea = "6"\nfamily = "sharepoint_lacviet"\n[lists]\nnews = "/a/"',
    )
    read = family(source.family).read_list(
        page.read_bytes(), url="https://huyen.example/tin-tuc-su-kien/page/25", source=source
    )
    assert len(read.items) == len({item.url for item in read.items}) == 10
    assert all(item.title and item.published and "(" + item.published[:4] not in item.title for item in read.items)
    assert read.next_url == "https://huyen.example/tin-tuc-su-kien/page/26"
