"""The sample portal tells one story, and serves it as real portals do, faults included."""

from __future__ import annotations

import html
import re
import time
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
import requests
from protego import Protego

from extractors.page import PageError, read_page
from extractors.sites import family, parse_source
from schemas.findings import CHECKS, VERDICTS
from schemas.sources import Source
from tests.portal import bulletins, nukeviet, sharepoint
from tests.portal.bulletins import Bulletin, Image, Paragraph, Table, load
from tests.portal.markup import combining, detached, named, windows_1258
from tests.portal.routes import PAGE_LENGTH, Reply
from tests.portal.server import SamplePortal

FOLDER = Path(__file__).parent / "portal"
EVENTS: dict[str, Any] = tomllib.loads((FOLDER / "events.toml").read_text(encoding="utf-8"))
FAULTS: list[dict[str, Any]] = tomllib.loads((FOLDER / "faults.toml").read_text(encoding="utf-8"))["fault"]
BY_SLUG = {bulletin.slug: bulletin for bulletin in load()}
WARDS = ("lach-sen", "ben-cau", "cau-may", "dong-vang", "xuan-tri", "an-ha", "ba-go", "trang-muoi")
DISTRICT = "99.quan-hai-linh"
HTTP = requests.Session()


@pytest.fixture(scope="module")
def serving() -> Iterator[SamplePortal]:
    """One server for the tests that only read."""
    with SamplePortal() as running:
        yield running


@pytest.fixture
def portal() -> Iterator[SamplePortal]:
    """A server of its own for a test that switches something."""
    with SamplePortal() as running:
        yield running


def get(address: str, **headers: str) -> requests.Response:
    return HTTP.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()}, timeout=5)


def read(response: requests.Response) -> str:
    """A page as a reader sees its letters: decoded as declared, entities resolved, NFC."""
    return unicodedata.normalize("NFC", html.unescape(response.text))


def slugs(items: list[Bulletin]) -> list[str]:
    return [bulletin.slug for bulletin in items]


# the story


def test_there_is_enough_of_both_portals_over_eighteen_months() -> None:
    months = {f"{bulletin.published:%Y-%m}" for bulletin in load()}
    assert len(load()) >= 44
    assert {bulletin.portal for bulletin in load()} == {"quan", "phuong"}
    assert len(months) == 18 and min(months) == "2023-01" and max(months) == "2024-06"


@pytest.mark.parametrize("portal", ["quan", "phuong"])
def test_numbers_and_moments_are_taken_once(portal: str) -> None:
    own = [bulletin for bulletin in load() if bulletin.portal == portal]
    assert len({bulletin.number for bulletin in own}) == len(own)
    assert len({bulletin.published for bulletin in own}) == len(own), "the ward's pager is a date"
    assert {slug for bulletin in own for slug in bulletin.related} <= {bulletin.slug for bulletin in own}


def test_slugs_are_taken_once() -> None:
    assert len(BY_SLUG) == len(load())


def number(quote: str) -> Decimal:
    return Decimal(quote.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("bulletin", [item for item in load() if item.facts], ids=lambda item: item.slug)
def test_facts_stand_in_their_text(bulletin: Bulletin) -> None:
    for fact in bulletin.facts:
        for state in ("before", "after"):
            if fact.state in ("", state):
                words = re.findall(r"[\d.,/]*\d", bulletin.at(state).plain)
                parts = {part for word in words for part in (word, *word.split("/"))}
                assert fact.quote in parts, fact
        assert number(fact.quote) == Decimal(fact.value), fact


def truth() -> dict[tuple[str, str, str], set[str]]:
    """Everything printed and true in the end: (indicator, area, period) -> values."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for bulletin in load():
        for fact in bulletin.facts:
            if not fact.planted and fact.state != "before":
                found[fact.indicator, fact.area, fact.period].add(fact.value)
    return found


def test_no_fact_has_two_values() -> None:
    assert {key: values for key, values in truth().items() if len(values) > 1} == {}


def values() -> dict[tuple[str, str], dict[str, Decimal]]:
    """(indicator, period) -> area -> value."""
    found: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for (indicator, area, period), printed in truth().items():
        found[indicator, period][area] = Decimal(min(printed))
    return found


def test_wards_add_up_to_the_level_of_wards_or_to_the_district() -> None:
    checked = 0
    for key, areas in values().items():
        wards = [areas[f"{DISTRICT}.{ward}"] for ward in WARDS if f"{DISTRICT}.{ward}" in areas]
        total = areas.get(f"{DISTRICT}#cap-phuong", None if f"{DISTRICT}#cap-quan" in areas else areas.get(DISTRICT))
        if len(wards) == len(WARDS) and total is not None:
            checked += 1
            assert sum(wards) == total, key
    assert checked >= 20


def test_levels_add_up_to_the_district() -> None:
    checked = 0
    for key, areas in values().items():
        levels = [value for area, value in areas.items() if "#" in area]
        if len(levels) == 2 and DISTRICT in areas:
            checked += 1
            assert sum(levels) == areas[DISTRICT], key
    assert checked >= 10


def test_months_add_up_to_years_to_date() -> None:
    checked = 0
    for indicator in ("thu_ngan_sach", "pham_phap_hinh_su"):
        of = {period: areas[DISTRICT] for (name, period), areas in values().items() if name == indicator}
        months = {period[:7]: value for period, value in of.items() if period[:7] == period[11:18]}
        for period, total in of.items():
            year, last = period[:4], int(period[16:18])
            parts = [months[key] for month in range(1, last + 1) if (key := f"{year}-{month:02}") in months]
            if period[5:7] == "01" and last > 1 and len(parts) == last:
                checked += 1
                assert sum(parts) == total, (indicator, period)
    assert checked >= 10


# the plants, as written down


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['check']}-{fault['bulletin']}")
def test_a_planted_fault_is_where_its_line_says(fault: dict[str, Any]) -> None:
    bulletin = BY_SLUG[fault["bulletin"]]
    across = fault.get("across", False)
    assert across or fault["check"] in CHECKS
    assert across == ("other_bulletins" in fault)
    assert fault["verdict"] in VERDICTS and fault["reason"]
    assert fault["sentence"] in bulletin.text and bulletin.text.count(fault["sentence"]) == 1
    where = " ".join([bulletin.text if fault.get("table") else fault["sentence"], fault.get("also", "")])
    assert fault.get("also", "") in bulletin.text
    assert all(quote in where for quote in fault["figures"])
    assert set(fault.get("other_bulletins", [])) <= set(BY_SLUG)


def test_the_faults_are_of_many_kinds() -> None:
    assert len(FAULTS) >= 10
    assert len({fault["check"] for fault in FAULTS}) >= 10
    assert {fault["verdict"] for fault in FAULTS} == {"fails", "impossible", "suspicious"}


def test_events_name_bulletins_with_these_properties() -> None:
    def only(name: str, **properties: object) -> None:
        having = [
            bulletin.slug
            for bulletin in load()
            if all(getattr(bulletin, key) == value for key, value in properties.items())
        ]
        event = EVENTS[name]
        assert sorted(having) == sorted(event.get("bulletins") or [event["bulletin"]]), name

    only("windows_1258", charset="windows-1258")
    only("nfd", form="NFD")
    only("broken", broken=True)
    only("vanished", gone=EVENTS["vanished"]["status"])
    only("unlisted", lists=())
    only("entities_with_combining_marks", entities="combining")
    assert [bulletin.slug for bulletin in load() if bulletin.revision] == [EVENTS["revised"]["bulletin"]]
    one, other = (BY_SLUG[slug] for slug in EVENTS["reprinted"]["bulletins"])
    assert one.text == other.text and one.portal != other.portal
    assert all(len(BY_SLUG[slug].lists) == 2 for slug in EVENTS["in_two_lists"]["bulletins"])
    assert not any(BY_SLUG[slug].lead for slug in EVENTS["empty_leads"]["bulletins"])


# letters


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("giao", "giao"),
        ("bàn", "b&agrave;n"),
        ("trồng", "tr&ocirc;\u0300ng"),
        ("đất", "đ&acirc;\u0301t"),
        ("mười", "mười"),
        ("hộ", "h&ocirc;\u0323"),
    ],
)
def test_entities_mixed_with_combining_marks(text: str, spelled: str) -> None:
    assert combining(text) == spelled
    assert unicodedata.normalize("NFC", html.unescape(spelled)) == text


def test_named_entities_leave_other_letters() -> None:
    assert named("công tác “Mặt trận”") == "c&ocirc;ng t&aacute;c “Mặt trận”"


def test_windows_1258_has_letters_then_tones() -> None:
    assert windows_1258("mặt") == b"m\xe3\xf2t"
    assert unicodedata.normalize("NFC", windows_1258("Đường Bờ Sông: 3 ≥ 2").decode("cp1258")) == (
        "Đường Bờ Sông: 3 &#8805; 2"
    )
    assert unicodedata.normalize("NFC", detached("kỷ niệm")) == "kỷ niệm"


# what is served


@pytest.mark.parametrize("bulletin", load(), ids=lambda item: item.slug)
def test_a_page_holds_what_its_source_says(serving: SamplePortal, bulletin: Bulletin) -> None:
    response = get(serving.url(bulletin.slug))
    shown = read(response)
    assert response.status_code == 200
    assert f"charset={bulletin.charset}" in response.headers["Content-Type"]
    expected = [bulletin.title, bulletin.lead, bulletin.author]
    for block in bulletin.blocks:
        match block:
            case Paragraph(text):
                expected.append(text.replace("**", ""))
            case Image(caption, _):
                expected.append(caption)
            case Table(rows):
                expected.extend(cell for row in rows for cell in row)
    body_shown = shown.replace("<strong>", "").replace("</strong>", "")
    if not bulletin.broken:
        assert [text for text in expected if text not in body_shown] == []
    assert ("news-bodyhtml" in shown or "ExternalClass" in shown) == (not bulletin.broken)


def test_dates_stand_as_the_templates_write_them(serving: SamplePortal) -> None:
    assert '<span class="h5">Thứ tư - 05/04/2023 07:12</span>' in read(
        get(serving.url("dan-van-kheo-doi-thoai-quy-i-2023"))
    )
    assert 'align="right">31/03/2023</TD>' in read(get(serving.url("lach-sen-quy-i-2023")))


def test_the_windows_1258_page_is_in_that_encoding(serving: SamplePortal) -> None:
    response = get(serving.url(EVENTS["windows_1258"]["bulletin"]))
    with pytest.raises(UnicodeDecodeError):
        response.content.decode("utf-8")
    assert b'charset="windows-1258"' in response.content
    assert "76 năm Ngày Thương binh" not in response.content.decode("cp1258"), "tones are apart from their letters"
    assert "76 năm Ngày Thương binh" in unicodedata.normalize("NFC", response.content.decode("cp1258"))


def test_the_nfd_page_is_decomposed(serving: SamplePortal) -> None:
    text = get(serving.url(EVENTS["nfd"]["bulletin"])).text
    assert unicodedata.is_normalized("NFD", text) and not unicodedata.is_normalized("NFC", text)


def test_bodies_of_the_ward_mix_entities_with_combining_marks(serving: SamplePortal) -> None:
    for slug in EVENTS["entities_with_combining_marks"]["bulletins"]:
        assert re.search(r"&[a-z]+;[\u0300-\u0323]", get(serving.url(slug)).text)


def walk_numbered(address: str) -> list[str]:
    """The links of a list's items over all its pages, following the pager's next."""
    found = []
    while address:
        page = get(address).text
        links = re.findall(r'<h3><a href="([^"]+)"', page)
        assert 0 < len(links) <= PAGE_LENGTH
        found += links
        onward = re.search(r'<a rel="next" [^>]*href="([^"]+)"', page)
        address = urljoin(address, onward[1]) if onward else ""
    return found


def walk_cursors(address: str) -> list[str]:
    """The same for the list with a date cursor."""
    found = []
    while address:
        page = get(address).text
        links = [html.unescape(link) for link in re.findall(r'class="TitleFront"><a href="([^"]+)"', page)]
        assert 0 < len(links) <= PAGE_LENGTH
        found += links
        onward = re.search(r'class="css_Xemtiep"><a href="([^"]+)"', page)
        address = urljoin(address, html.unescape(onward[1])) if onward else ""
    return found


@pytest.mark.parametrize("category", nukeviet.CATEGORIES)
def test_walking_the_numbered_pager_finds_every_listed_bulletin(serving: SamplePortal, category: str) -> None:
    listed = serving.sites["quan"].listed(category)
    assert len(listed) > PAGE_LENGTH
    assert walk_numbered(f"{serving.quan_url}/{category}/") == [nukeviet.url(bulletin) for bulletin in listed]


@pytest.mark.parametrize("category", sharepoint.CATEGORIES)
def test_walking_the_date_cursor_finds_every_listed_bulletin(serving: SamplePortal, category: str) -> None:
    address = f"{serving.phuong_url}{sharepoint.POSTS}/AllPosts.aspx?CategoryId={category}"
    assert walk_cursors(address) == [sharepoint.url(bulletin) for bulletin in serving.sites["phuong"].listed(category)]


@pytest.mark.parametrize("path", ["/tin-tuc/page-99/", "/tin-tuc/page-0/", "/tin-tuc/page-x/", "/tin-tuc/x/", "/x/"])
def test_what_is_not_there_is_404(serving: SamplePortal, path: str) -> None:
    assert get(serving.quan_url + path).status_code == 404
    assert get(f"{serving.phuong_url}{sharepoint.POSTS}/AllPosts.aspx?CategoryId=99").status_code == 404


def test_a_list_without_its_slash_redirects(serving: SamplePortal) -> None:
    response = get(f"{serving.quan_url}/tin-tuc")
    assert [step.status_code for step in response.history] == [301] and response.url.endswith("/tin-tuc/")


def test_the_feed_has_the_newest_thirty(serving: SamplePortal) -> None:
    feed = feedparser.parse(get(f"{serving.quan_url}/tin-tuc/rss/").content)
    newest = serving.sites["quan"].listed()[:30]
    assert not feed.bozo and len(feed.entries) == 30
    assert [entry.link for entry in feed.entries] == [serving.url(bulletin.slug) for bulletin in newest]
    assert time.mktime(feed.entries[0].published_parsed) == time.mktime(newest[0].published.utctimetuple())


def locations(address: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<loc>(.*?)</loc>", get(address).text)]


def test_sitemaps_name_every_page(serving: SamplePortal) -> None:
    index = locations(f"{serving.quan_url}/sitemap.xml")
    named_pages = {location for part in index for location in locations(part)}
    assert {serving.url(item.slug) for item in load() if item.portal == "quan"} <= named_pages
    assert {serving.url(item.slug) for item in load() if item.portal == "phuong"} <= set(
        locations(f"{serving.phuong_url}/sitemap.xml")
    )


@pytest.mark.parametrize("site", ["quan", "phuong"])
def test_robots_forbids_a_page_that_menus_name(serving: SamplePortal, site: str) -> None:
    root = serving.sites[site].root
    rules = Protego.parse(get(f"{root}/robots.txt").text)
    forbidden = root + EVENTS["disallowed"][site]
    assert not rules.can_fetch(forbidden, "bantin")
    assert rules.can_fetch(f"{root}/tin-tuc/", "bantin")
    assert 0 < (rules.crawl_delay("bantin") or 0) <= 0.1
    assert html.escape(EVENTS["disallowed"][site]) in get(f"{root}/").text
    secret = read(get(forbidden))
    assert any(words in secret for words in EVENTS["disallowed"]["never_loaded"])


def test_unchanged_pages_answer_304(serving: SamplePortal) -> None:
    address = serving.url("dan-van-quy-i-2024")
    first = get(address)
    assert get(address, If_None_Match=first.headers["ETag"]).status_code == 304
    assert get(address, If_None_Match=f'W/{first.headers["ETag"]}, "x"').status_code == 304
    assert get(address, If_Modified_Since=first.headers["Last-Modified"]).status_code == 304
    assert get(address, If_Modified_Since="Mon, 01 Jan 2018 00:00:00 GMT").status_code == 200
    assert get(address, If_Modified_Since="rubbish").status_code == 200
    stale = get(address, If_None_Match='"x"', If_Modified_Since=first.headers["Last-Modified"])
    assert stale.status_code == 200 and stale.content == first.content


def test_two_fetches_are_equal_until_counters_move(portal: SamplePortal) -> None:
    address = portal.url("an-ninh-trat-tu-4-thang-2024")
    assert get(address).content == get(address).content
    portal.count_views()
    one, other = get(address), get(address)
    assert one.headers["ETag"] != other.headers["ETag"]
    assert re.sub(r"Đã xem: \d+", "", one.text) == re.sub(r"Đã xem: \d+", "", other.text)


# what the project's own reading makes of it


@pytest.fixture(scope="module")
def sources(serving: SamplePortal, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source]:
    """The two sources by portal."""
    written = serving.write_sites(tmp_path_factory.mktemp("sites"))
    parsed = [parse_source(path.stem, path.read_text(encoding="utf-8")) for path in written]
    return dict(zip(("quan", "phuong"), parsed, strict=True))


@pytest.mark.parametrize("bulletin", [item for item in load() if not item.broken], ids=lambda item: item.slug)
def test_its_family_reads_what_the_source_says(
    serving: SamplePortal, sources: dict[str, Source], bulletin: Bulletin
) -> None:
    response = get(serving.url(bulletin.slug))
    page = read_page(
        response.content,
        url=response.url,
        content_type=response.headers["Content-Type"],
        source=sources[bulletin.portal],
    )
    paragraphs = [block.text.replace("**", "") for block in bulletin.blocks if isinstance(block, Paragraph)]
    assert page.title == bulletin.title
    assert page.published is not None and f"{bulletin.published:%Y-%m-%dT%H:%M:%S}".startswith(page.published)
    assert (page.byline or "") == bulletin.author
    assert [block.text for block in page.blocks if block.kind == "lead"] == [bulletin.lead] * bool(bulletin.lead)
    assert [block.text for block in page.blocks if block.kind in ("body", "heading")] == paragraphs
    assert list(page.captions) == [block.caption for block in bulletin.blocks if isinstance(block, Image)]
    rows = [len(block.text.splitlines()) for block in page.blocks if block.kind == "table"]
    assert rows == [len(block.rows) for block in bulletin.blocks if isinstance(block, Table)]


def test_the_broken_page_is_an_error(serving: SamplePortal, sources: dict[str, Source]) -> None:
    response = get(serving.url(EVENTS["broken"]["bulletin"]))
    with pytest.raises(PageError, match="matched 0 elements, expected 1"):
        read_page(response.content, url=response.url, source=sources["quan"])


@pytest.mark.parametrize("portal_name", ["quan", "phuong"])
def test_its_family_walks_every_list(serving: SamplePortal, sources: dict[str, Source], portal_name: str) -> None:
    source, site = sources[portal_name], serving.sites[portal_name]
    found: set[str] = set()
    for path in source.lists.values():
        address: str | None = urljoin(str(source.url), path)
        while address:
            response = get(address)
            listing = family(source.family).read_list(response.content, url=address, source=source)
            found |= {item.url for item in listing.items}
            address = listing.next_url
    assert found == {site.root + site.url(bulletin) for bulletin in site.listed()}


# what happens later


def test_the_revised_bulletin(portal: SamplePortal) -> None:
    event = EVENTS["revised"]
    address = portal.url(event["bulletin"])
    before = get(address)
    portal.state("after")
    after = get(address, If_None_Match=before.headers["ETag"])
    assert after.status_code == 200 and after.headers["Last-Modified"] != before.headers["Last-Modified"]
    assert event["before"] in read(before) and event["after"] not in read(before)
    assert event["after"] in read(after) and event["before"] not in read(after)
    portal.state("before")
    assert get(address).content == before.content


def test_the_vanished_bulletin(portal: SamplePortal) -> None:
    address = portal.url(EVENTS["vanished"]["bulletin"])
    portal.state("after")
    assert get(address).status_code == EVENTS["vanished"]["status"]
    assert address.removeprefix(portal.quan_url) not in walk_numbered(f"{portal.quan_url}/tin-tuc/")
    assert address not in locations(f"{portal.quan_url}/sitemap-vi.news.xml")


def test_only_the_planted_events_change_pages(portal: SamplePortal) -> None:
    before = {item.slug: get(portal.url(item.slug)).content for item in load()}
    portal.state("after")
    changed = {slug for slug, content in before.items() if get(portal.url(slug)).content != content}
    assert changed == {EVENTS["revised"]["bulletin"], EVENTS["vanished"]["bulletin"]}


def test_a_hidden_bulletin_is_not_published_yet(portal: SamplePortal) -> None:
    slug = "kinh-te-xa-hoi-6-thang-2024"
    address = portal.url(slug)
    portal.hide(slug)
    assert get(address).status_code == 404
    assert slug not in slugs(portal.sites["quan"].listed())
    portal.hide()
    assert get(address).status_code == 200
    with pytest.raises(KeyError, match="khong-co"):
        portal.hide("khong-co")


# faults on the way


def test_failures_come_in_order_and_end(portal: SamplePortal) -> None:
    portal.fail("/tin-tuc/", statuses=[503, 429], headers={"Retry-After": "0"})
    answers = [get(f"{portal.quan_url}/tin-tuc/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 429, 200]
    assert answers[0].headers["Retry-After"] == "0" and "Retry-After" not in answers[2].headers


def test_status_0_drops_the_connection(portal: SamplePortal) -> None:
    portal.fail("/tin-tuc/", statuses=[0])
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{portal.quan_url}/tin-tuc/", timeout=5)
    assert get(f"{portal.quan_url}/tin-tuc/").status_code == 200


def test_a_cut_body_is_shorter_than_promised(portal: SamplePortal) -> None:
    portal.cut("/tin-tuc/", after=100)
    with pytest.raises(requests.exceptions.RequestException):
        requests.get(f"{portal.quan_url}/tin-tuc/", headers={"Accept-Encoding": "identity"}, timeout=5)
    portal.cut("/tin-tuc/", after=-1)
    assert get(f"{portal.quan_url}/tin-tuc/").status_code == 200


def test_a_delay_and_a_reply(portal: SamplePortal) -> None:
    portal.delay("/tin-tuc/", 0.1)
    started = time.monotonic()
    get(f"{portal.quan_url}/tin-tuc/")
    assert time.monotonic() - started >= 0.1
    portal.delay("/tin-tuc/", 0)
    portal.reply("/tin-tuc/", Reply(b"", status=302, headers={"Location": "http://169.254.0.1/"}))
    answer = HTTP.get(f"{portal.quan_url}/tin-tuc/", allow_redirects=False, timeout=5)
    assert answer.status_code == 302 and answer.headers["Location"] == "http://169.254.0.1/"
    portal.reply("/tin-tuc/", None)
    assert get(f"{portal.quan_url}/tin-tuc/").status_code == 200


def test_the_log_says_who_asked_what(portal: SamplePortal) -> None:
    get(f"{portal.phuong_url}/robots.txt", User_Agent="bantin/test")
    (line,) = portal.requested("/robots.txt")
    assert (line.method, line.site, line.headers["User-Agent"]) == ("GET", "phuong", "bantin/test")


def test_the_sources_are_valid_and_point_at_the_ports(serving: SamplePortal, tmp_path: Path) -> None:
    written = serving.write_sites(tmp_path / "sites")
    sources = [Source(code=path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))) for path in written]
    assert [source.family for source in sources] == ["nukeviet4", "sharepoint_lacviet"]
    assert [str(source.url) for source in sources] == [f"{serving.quan_url}/", f"{serving.phuong_url}/"]
    for source in sources:
        for path in [*source.lists.values(), *source.feeds, *source.sitemaps]:
            assert get(urljoin(str(source.url), path)).status_code == 200, path


def test_a_wrong_source_names_its_file(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text('+++\nslug = "a"\nunknown = 1\n+++\ntext\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"wrong\.txt"):
        bulletins.read(wrong)
