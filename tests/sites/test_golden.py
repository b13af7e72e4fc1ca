"""Every family reads its golden pages as the JSON beside them says."""

from pathlib import Path

import pytest

from extractors.sites import families
from tests.sites import golden


@pytest.mark.parametrize("page", golden.pages(), ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_golden_page(page: Path) -> None:
    assert golden.read(page) == golden.expected(page), (
        f"{page.name} is read differently than {page.with_suffix('.json').name} says. "
        "If the change is wanted: python -m tests.sites.golden --write"
    )


def test_every_version_has_a_golden_article_and_every_family_a_golden_list() -> None:
    readers = {golden.expected(page)["reader"] for page in golden.pages() if not page.stem.startswith("list")}
    assert readers == {f"{name}/{version.name}" for name, family in families().items() for version in family.versions}
    assert {page.parent.name for page in golden.pages() if page.stem.startswith("list")} == set(families())


ARTICLES = [page for page in golden.pages() if not page.stem.startswith("list")]


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_an_article_is_known_by_its_own_family_alone(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = [name for name, family in families().items() if name != "microdata" and family.detect(text)]
    assert known == ([page.parent.name] if page.parent.name != "microdata" else [])


@pytest.mark.parametrize(
    "page",
    [page for page in golden.pages() if page not in ARTICLES],
    ids=lambda page: f"{page.parent.name}/{page.stem}",
)
def test_a_list_is_no_article(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [name for name, family in families().items() if family.detect(text)] == []
