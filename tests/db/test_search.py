"""Search: with and without accents, in any case, phrases and prefixes; what is spelled alike comes first."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from db.folding import fold, match_expression
from db.search import _snippet, search
from tests.db.support import TEXT, URL, World, capture

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@pytest.mark.parametrize(
    "query",
    [
        "đối thoại",
        "doi thoai",
        "DOI THOAI",
        "ĐỐI THOẠI",
        "đối thoai",
        '"doi thoai"',
        "đối tho*",
        "THOẠI đối",
        unicodedata.normalize("NFD", "đối thoại"),
    ],
)
def test_dialogue_is_found_however_it_is_typed(world: World, query: str) -> None:
    world.load(world.take(capture()))
    found = search(world.db, query)
    assert [hit.quote for hit in found.figures] == ["11/12", "92,3"]
    assert [hit.title for hit in found.bulletins] == ["Quận Hòa Bắc sơ kết công tác dân vận"]
    assert "đối thoại" in found.bulletins[0].snippet


@pytest.mark.parametrize(
    ("query", "figures", "bulletins"),
    [
        ("mo hinh", 3, 1),
        ("so ket cong tac", 0, 1),
        ("quan uy", 0, 0),
        ('"thoai doi"', 0, 0),
        ("tho", 0, 0),
        ("", 0, 0),
        ('AND OR NOT "', 0, 0),
    ],
)
def test_what_is_found(world: World, query: str, figures: int, bulletins: int) -> None:
    world.load(world.take(capture()))
    found = search(world.db, query)
    assert (len(found.figures), len(found.bulletins)) == (figures, bulletins)


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("bulletins_fts", "đối thoại"),
        ("bulletins_fts", "doi thoai"),
        ("bulletins_fts", "DOI THOAI"),
        ("bulletins_fts", "mo hinh"),
        ("figures_fts", "đối thoại"),
        ("figures_fts", "mô hình"),
        ("figures_fts", "DAN VAN KHEO"),
    ],
)
def test_the_index_alone_finds_raw_words(world: World, table: str, query: str) -> None:
    """Datasette's own search box passes what was typed straight to the index."""
    world.load(world.take(capture()))
    assert world.db.execute(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (query,)).fetchone()[0] > 0


def test_the_same_spelling_comes_first(world: World) -> None:
    for number, word in enumerate(("bàn", "bán", "ban")):
        world.load(
            world.take(capture(f"{URL}?{number}", word.encode())), TEXT.replace("Đường dây", f"Việc {word}"), title=word
        )
    for query in ("bán", "bàn"):
        titles = [hit.title for hit in search(world.db, query).bulletins]
        assert (titles[0], len(titles)) == (query, 3)
    assert len(search(world.db, "ban", limit=2).bulletins) == 2


def test_only_what_is_current_is_found(world: World) -> None:
    world.load(world.take(capture()))
    world.load(world.take(capture(body=b"2", days=1)), TEXT.replace("Đường dây nóng", "Tổng đài"))
    assert search(world.db, "đường dây").bulletins == []
    assert len(search(world.db, "tổng đài").bulletins) == 1
    assert len(search(world.db, "đối thoại").figures) == 2


def test_what_is_no_longer_current_takes_no_place_from_what_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_NEWEST", "_CANDIDATES"):
        monkeypatch.setattr(f"db.search.{name}", 1)
    for days in range(3):
        world.load(world.take(capture(body=b"%d" % days, days=days)), TEXT.replace("Đường dây", f"Việc {days}"))
    found = search(world.db, "đối thoại")
    assert (len(found.figures), len(found.bulletins)) == (1, 1)
    assert found.bulletins[0].url == URL


def test_of_a_common_word_the_newest_are_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.search._NEWEST", 2)
    for number in range(4):
        world.load(world.take(capture(f"{URL}?{number}", b"%d" % number)), title=f"Tin {number}")
    assert {hit.title for hit in search(world.db, "đối thoại").bulletins} == {"Tin 2", "Tin 3"}


@given(st.text())
def test_any_query_is_a_valid_expression(query: str) -> None:
    db = Database(memory=True)
    db.execute("CREATE VIRTUAL TABLE t USING fts5(a, folded)")
    db.execute("SELECT * FROM t WHERE t MATCH ?", (match_expression(query),)).fetchall()


@given(st.text(ALPHABET + ALPHABET.upper() + " ,.123"))
def test_folding_keeps_places_and_is_done_once(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded.isascii()
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text(alphabet="aăđốiềth ", max_size=400))
def test_a_snippet_cuts_no_word_in_two(around: str) -> None:
    text = f"{around} giám {around[::-1]}".strip()
    piece = _snippet(text, "giam")
    assert "giám" in piece
    if max(map(len, text.split())) < 40:
        assert set(piece.split()) - {"…"} <= set(text.split())
