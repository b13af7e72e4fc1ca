"""What is an incident and what is not: a table of histories."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.watch.judge import judge
from flows.watch.model import Document, History, Judgement, Visit
from flows.watch.shares import shift
from schemas.incidents import KINDS

TODAY = date(2023, 9, 16)
GOOD = Document(url="https://hoabac.example/tin/1.html", length=2000, figures=12, numerals=20, unexplained=1)


def visit(nights_ago: int, **what: Any) -> Visit:
    return Visit(day=TODAY - timedelta(nights_ago), **({"listed": 20, "ways": 2, "fetched": 100} | what))


def page(**what: Any) -> Document:
    fields = {name: getattr(GOOD, name) for name in ("url", "length", "figures", "numerals", "unexplained")}
    return Document(**(fields | what))


def judged(kind: str, **known: Any) -> Judgement:
    history = History(source="hoabac", name="Cổng Hòa Bắc", today=TODAY, **known)
    return next(found for found in judge(history) if found.kind == kind)


DOWN = {"down": True, "listed": 0, "fetched": 0, "reasons": ("https://hoabac.example/: no answer",)}
NO_LISTS = {"list_faults": 2, "listed": 0, "reasons": ("the list page is empty",)}
ONE_LIST = {"list_faults": 1}
EMPTY = {"listed": 0}
PAGES = {"fetched": 2, "failed": 40, "reasons": ("HTTP 500",)}


@pytest.mark.parametrize(
    ("kind", "visits", "state", "severity"),
    [
        ("down", [visit(0)], "well", None),
        ("down", [visit(0, **DOWN)], "unknown", None),  # one night: it may be mended
        ("down", [visit(0, **DOWN), visit(0, **DOWN)], "unknown", None),  # the same night twice
        ("down", [visit(1, **DOWN), visit(0, **DOWN)], "ill", "warning"),
        ("down", [visit(n, **DOWN) for n in (4, 3, 2, 1, 0)], "ill", "error"),
        ("down", [visit(2, **DOWN), visit(1, **DOWN), visit(0)], "well", None),
        ("down", [visit(3, **DOWN), visit(2, **DOWN), visit(1), visit(0, **DOWN)], "unknown", None),
        ("lists", [visit(1, **NO_LISTS), visit(0, **NO_LISTS)], "ill", "error"),
        ("lists", [visit(1, **ONE_LIST), visit(0, **ONE_LIST)], "ill", "warning"),
        ("lists", [visit(1), visit(0, **NO_LISTS)], "unknown", None),
        ("lists", [visit(1, **NO_LISTS), visit(0, **DOWN)], "unknown", None),  # closed doors say nothing of the lists
        ("lists", [visit(1, **NO_LISTS), visit(0)], "well", None),
        ("empty", [visit(1, **EMPTY), visit(0, **EMPTY)], "ill", "error"),
        ("empty", [visit(1, **NO_LISTS), visit(0, **NO_LISTS)], "unknown", None),  # that is "lists"
        ("empty", [visit(1, **EMPTY), visit(0)], "well", None),
        ("pages", [visit(1, **PAGES), visit(0, **PAGES)], "ill", "warning"),
        ("pages", [visit(1, fetched=0, failed=2), visit(0, fetched=0, failed=2)], "unknown", None),  # too few
        ("pages", [visit(1, **PAGES), visit(0, fetched=50, failed=30)], "unknown", None),
        ("pages", [visit(1, **PAGES), visit(0, fetched=50, failed=2)], "well", None),
        ("pages", [visit(0, fetched=0)], "unknown", None),  # nothing was asked
    ],
)
def test_what_visits_say(kind: str, visits: list[Visit], state: str, severity: str | None) -> None:
    found = judged(kind, visits=tuple(visits))
    assert found.state == state
    if severity:
        assert found.severity == severity
        assert "Cổng Hòa Bắc" in found.message and "sites/hoabac.toml" in found.advice + "sites/hoabac.toml"


BROKEN = page(fault="body")
SHORT, POOR = page(length=10), page(figures=0)
RUBBISH, PUZZLE = page(garbled=True), page(unexplained=9)


@pytest.mark.parametrize(
    ("kind", "documents", "state"),
    [
        ("layout", [], "unknown"),
        ("layout", [GOOD] * 3, "well"),
        ("layout", [BROKEN] * 3, "unknown"),  # three pages and no past
        ("layout", [BROKEN] * 4, "ill"),
        ("layout", [GOOD] * 60 + [BROKEN] * 3, "ill"),
        ("layout", [GOOD] * 60 + [BROKEN] * 2, "unknown"),
        ("layout", [GOOD] * 60 + [BROKEN, GOOD, BROKEN, GOOD, BROKEN], "ill"),  # half of them, where it never happened
        ("layout", [GOOD] * 60 + [BROKEN], "well"),  # one bad page
        ("layout", [GOOD] * 60 + [BROKEN] * 5 + [GOOD] * 3, "well"),
        ("layout", [GOOD] * 60 + [BROKEN] * 5 + [GOOD] * 2, "ill"),
        ("layout", [BROKEN, GOOD] * 40, "unknown"),  # it was always so
        ("layout", [BROKEN] * 60, "ill"),  # it was always so, and nothing comes at all
        ("bodies", [GOOD] * 60 + [SHORT] * 4, "ill"),
        ("bodies", [SHORT] * 60, "unknown"),  # a portal of pictures
        ("bodies", [GOOD, SHORT, SHORT] * 30, "unknown"),
        ("bodies", [GOOD] * 60 + [BROKEN] * 8, "well"),  # what could not be read has no body to judge
        ("figures", [GOOD] * 60 + [POOR] * 4, "ill"),
        ("figures", [GOOD] * 15 + [POOR] * 4, "unknown"),  # too short a past
        ("figures", [page(figures=2)] * 60 + [POOR] * 8, "well"),  # never had many
        ("rubbish", [GOOD] * 60 + [RUBBISH] * 3, "ill"),
        ("rubbish", [GOOD] * 60 + [page(repeated=True)] * 3, "ill"),
        ("unexplained", [GOOD] * 60 + [PUZZLE] * 3, "ill"),
        ("unexplained", [GOOD] * 60 + [page(numerals=2, unexplained=2)] * 8, "well"),
    ],
)
def test_what_documents_say(kind: str, documents: list[Document], state: str) -> None:
    assert judged(kind, visits=(visit(0),), documents=tuple(documents)).state == state


def test_an_incident_says_what_where_and_what_to_type() -> None:
    documents = [GOOD] * 60 + [page(fault="title"), page(fault="body"), page(fault="body")]
    found = judged("layout", visits=(visit(0),), documents=tuple(documents))
    assert found.message == (
        "Cổng Hòa Bắc: 3/3 bài gần nhất không đọc được (body: 2, title: 1): giao diện bài viết có thể đã đổi."
    )
    assert "bantin quarantine retry --source hoabac" in found.advice
    assert found.evidence == {
        "failed": 3,
        "of": 3,
        "selectors": {"body": 2, "title": 1},
        "pages": [GOOD.url] * 3,
    }


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("https://a.example/: the server answered 503; the next run asks again", "máy chủ trả lời mã 503"),
        ("HTTP 410", "máy chủ trả lời mã 410"),
        ("https://a.example/: no whole answer within 60 s; the next run asks again", "cổng trả lời quá chậm"),
        ("https://a.example/: the certificate does not hold (expired); it is never skipped", "chứng thư bảo mật"),
        ("https://a.example/: redirect to another site, https://b.example/; if it belongs", "chuyển hướng"),
        ("https://a.example/: [Errno 111] Connection refused; is the portal up?", "không kết nối được"),
        ("https://a.example/: [Errno -2] Name or service not known; is the portal up?", "tên miền"),
        ('the list page is empty: list_item selector "div" matched 0 elements', "bộ chọn list_item"),
        ("the feed is empty: 0 entries", "feed không đọc được"),
        ("the sitemap is no XML (syntax error)", "sitemap không đọc được"),
        ("{source} {0} {__class__}", "lý do ở cột evidence"),  # what a portal says is no format
    ],
)
def test_the_reason_is_said_in_vietnamese_and_kept_as_it_was(reason: str, words: str) -> None:
    down = {**DOWN, "reasons": (reason,)}
    found = judged("down", visits=(visit(1, **down), visit(0, **down)))
    assert found.state == "ill" and words in found.message
    assert found.evidence["reasons"] == [reason]


@given(
    st.lists(st.builds(lambda fault: page(fault=fault), st.sampled_from([None, "title", "body"])), max_size=40),
    st.lists(st.sampled_from([{}, DOWN, NO_LISTS, ONE_LIST, EMPTY, PAGES]), min_size=1, max_size=6),
)
def test_every_kind_is_judged_once_and_the_same_again(documents: list[Document], visits: list[dict[str, Any]]) -> None:
    known = History(
        source="hoabac",
        name="Cổng Hòa Bắc",
        today=TODAY,
        visits=tuple(visit(len(visits) - n, **what) for n, what in enumerate(visits)),
        documents=tuple(documents),
    )
    found = judge(known)
    assert tuple(one.kind for one in found) == KINDS
    assert judge(known) == found
    for one in found:
        assert (one.state == "ill") == bool(one.message) == bool(one.advice) == bool(one.evidence)


@given(st.lists(st.booleans(), max_size=60))
def test_three_good_documents_make_a_source_well(flags: list[bool]) -> None:
    assert shift([*flags, False, False, False]).state == "well"


@given(st.lists(st.booleans(), min_size=8, max_size=60))
def test_a_source_that_goes_on_as_before_is_never_ill(flags: list[bool]) -> None:
    """Where half of the past is bad, any run of the present is a coincidence that happens."""
    assert shift([True, False] * 100 + flags[:8]).state != "ill"
