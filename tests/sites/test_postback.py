"""Pagers that send the page's form: which control is pressed, what is sent, and where it may go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page import PageError
from extractors.sites import family, parse_source
from extractors.sites.model import Form
from extractors.sites.postback import PostBack, read_postback

URL = "https://haitrung.example/tin-tuc"
SOURCE = parse_source(
    "hai-trung",
    'name = "x"\nurl = "https://haitrung.example/"\narea = "99"\nfamily = "dotnetnuke"\nlists = {news = "/tin-tuc"}',
)
ITEM = '<div class="article in_list"><h2><a href="/tin-{0}">Tin {0}</a></h2></div>'
PRESS = """<a href="javascript:__doPostBack('{0}','{1}')">{2}</a>"""


def listed(pager: str, *, form: str = '<form method="post" action="/tin-tuc">', number: int = 1) -> Form | None:
    fields = '<input type="hidden" name="__VIEWSTATE" value="/wEP&amp;x=">'
    body = f'{form}{fields}{ITEM.format(1)}<div class="article_pager">{pager}</div></form>'
    page = family("dotnetnuke").read_list(body.encode(), url=URL, source=SOURCE, number=number)
    assert page.next_url is None
    return page.next_form


@pytest.mark.parametrize(
    ("href", "pressed"),
    [
        ("javascript:__doPostBack('ctl00$m$grid','Page$2')", PostBack("ctl00$m$grid", "Page$2")),
        ('javascript:__doPostBack("ctl00$lnkNext", "")', PostBack("ctl00$lnkNext", "")),
        (
            'javascript:WebForm_DoPostBackWithOptions(new WebForm_PostBackOptions("a$b", "", true, "", "", false))',
            PostBack("a$b", ""),
        ),
        ("javascript:void(0)", None),
        ("javascript:__doPostBack(document.cookie,'')", None),
        ("javascript:__doPostBack('" + "a" * 10_000 + "','')", None),
        (None, None),
    ],
)
def test_what_a_link_presses(href: str | None, pressed: PostBack | None) -> None:
    assert read_postback(href) == pressed


@pytest.mark.parametrize(
    ("pager", "number", "argument"),
    [
        (PRESS.format("p", "n", "Sau »") + PRESS.format("p", "last", "Cuối"), 1, "n"),
        (PRESS.format("p", "Page$1", "1") + "<span>2</span>" + PRESS.format("p", "Page$3", "3"), 1, "Page$3"),
        (PRESS.format("p", "Page$1", "1") + "<span>10</span>" + PRESS.format("p", "Page$11", "..."), 1, "Page$11"),
        (PRESS.format("p", "Page$3", "3") + PRESS.format("p", "Page$4", "4"), 3, "Page$4"),
        (PRESS.format("p", "Page$1", "1") + "<span>2</span>", 1, None),
    ],
)
def test_the_control_that_goes_on(pager: str, number: int, argument: str | None) -> None:
    form = listed(pager, number=number)
    assert (dict(form.fields)["__EVENTARGUMENT"] if form else None) == argument


def test_only_hidden_fields_are_sent() -> None:
    asked = (
        '<input name="q" value="tìm"><input type="password" name="pass" value="1"><input type="submit" name="go">'
        '<input type="file" name="file"><input type="checkbox" name="c" checked><input type="hidden" value="no name">'
        '<input type="hidden" name="off" value="1" disabled><select name="s"><option>1</option></select>'
        '<input type="HIDDEN" name="kept" value="yes">'
    )
    form = listed(asked + PRESS.format("t", "a", "Sau"))
    assert form == Form(
        URL, (("__VIEWSTATE", "/wEP&x="), ("kept", "yes"), ("__EVENTTARGET", "t"), ("__EVENTARGUMENT", "a"))
    )


@pytest.mark.parametrize(
    ("form", "to"),
    [
        ('<form method="post">', URL),
        ('<form method="post" action="./tin-tuc?x=1">', f"{URL}?x=1"),
        ('<form method="POST" action="http://www.haitrung.example/b">', "http://www.haitrung.example/b"),
        ('<form method="post" action="https://khac.example/">', None),
        ('<form method="post" action="//khac.example/">', None),
        ('<form method="post" action="https://haitrung.example:8443/">', None),
        ('<form method="post" action="javascript:alert(1)">', None),
        ('<form method="get" action="/tin-tuc">', None),
        ("<form>", None),
        ("<div>", None),
    ],
)
def test_a_form_goes_to_the_portal_itself_or_nowhere(form: str, to: str | None) -> None:
    found = listed(PRESS.format("t", "a", "Sau"), form=form)
    assert (found.url if found else None) == to


@pytest.mark.parametrize("hostile", [f'<input type="hidden" name="h" value="{"x" * 5_000_000}">', ""])
def test_a_form_too_large_to_be_a_list_is_not_sent(hostile: str) -> None:
    many = hostile or "".join(f'<input type="hidden" name="f{i}">' for i in range(300))
    assert listed(many + PRESS.format("t", "a", "Sau")) is None


PIECES = st.sampled_from(
    [
        '<form method="post">', "</form>", "<form>", '<div class="article_pager">', "</div>", "<span>2</span>", "<b>",
        PRESS.format("t", "Page$3", "3"), PRESS.format("t", "x", "Sau"), PRESS.format("", "", "»"),
        '<a href="?page=3">3</a>',
        '<a href="//khac.example/">Sau</a>', '<input type="hidden" name="__VIEWSTATE">', '<input type="hidden">',
        "<a>Sau</a>",
        ITEM.format(1), '<a rel="next" href="http://[">x</a>', "\0", "<a href='javascript:__doPostBack('>Tiếp</a>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12))
def test_whatever_a_pager_holds_it_leads_nowhere_else(pieces: list[str]) -> None:
    try:
        page = family("dotnetnuke").read_list("".join(pieces).encode(), url=URL, source=SOURCE)
    except PageError:
        return
    onward = page.next_form.url if page.next_form else page.next_url
    assert onward is None or onward.startswith("https://haitrung.example/")
    assert page.next_url is None or page.next_form is None
