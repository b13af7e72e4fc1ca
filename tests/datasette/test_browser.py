"""What a person does, in Chromium, on a phone and on a desk: search, open, click, read, download. axe-core finds
nothing serious, the console stays empty, nothing leaves loopback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from db.folding import fold
from db.home import Home
from tests.datasette import browser as chrome
from tests.datasette.support import served

WIDTHS = {"phone": (390, 844), "desk": (1440, 900)}

if chrome.chromium() is None:
    pytest.skip(chrome.HOW, allow_module_level=True)


@pytest.fixture(scope="module")
def address(home: Home) -> Iterator[str]:
    with served(home) as made:
        yield made


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    with chrome.browser() as made:
        yield made


@pytest.fixture(params=WIDTHS)
def page(running: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    width, height = WIDTHS[request.param]
    context = running.new_context(viewport={"width": width, "height": height}, base_url=address, locale="vi-VN")
    made = context.new_page()
    watch = chrome.Watch(made)
    yield made
    errors = list(watch.errors)
    context.close()
    assert errors == []


def test_search_open_a_bulletin_click_280_read_the_finding(page: Any) -> None:
    page.goto("/")
    page.get_by_label("Tìm số liệu và bản tin").fill("doi thoai ben cau")
    page.get_by_role("button", name="Tìm", exact=True).first.click()
    assert page.locator("mark").first.inner_text().lower() in ("đối", "thoại", "bến", "cau")
    page.get_by_role("link", name="Phường Bến Cau đối thoại với Nhân dân").first.click()
    page.wait_for_url("**/ban-tin/*")
    mark = page.locator(".text a.n", has_text="280")
    assert "bad" in (mark.get_attribute("class") or "")
    mark.click()
    card = page.locator(".card.open")
    card.get_by_text("Không có số nguyên nào làm kế hoạch để 13 cuộc ứng với 280%").wait_for()
    assert card.get_by_text("so với kế hoạch").count()
    box = card.bounding_box()
    size = page.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"], "the card is on the screen"
    assert page.locator(".wires path").count() == 1, "a line to the 13 that the percentage speaks of"
    assert page.locator(".text .n.linked").inner_text() == "13"


def test_search_for_doi_thoai_finds_bulletins_and_figures(page: Any) -> None:
    page.goto("/")
    page.get_by_label("Tìm số liệu và bản tin").fill("doi thoai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=doi+thoai")
    assert page.locator("#ban-tin").count() and page.locator("#so-lieu").count()
    marked = {text.lower() for text in page.locator("mark").all_inner_texts()}
    assert marked >= {"đối", "thoại"} and {fold(text) for text in marked} == {"doi", "thoai"}


def test_an_indicators_chart_is_drawn_and_its_csv_comes(page: Any) -> None:
    page.goto("/chi-tieu")
    page.get_by_role("link", name="Số mô hình “Dân vận khéo”").click()
    chart = page.locator("svg.chart").first
    box = chart.bounding_box()
    assert box["width"] > 250 and box["height"] > 80
    assert chart.locator("circle").count() >= 5 and chart.locator("polyline").count() >= 1
    drawn = chart.locator("circle").first.evaluate("e => getComputedStyle(e).fill")
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert drawn not in (back, "none", "rgba(0, 0, 0, 0)")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải CSV").click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("ref_area,indicator") and any(",246.0," in line for line in lines[1:])


def test_by_keyboard_alone(page: Any) -> None:
    page.goto("/tim?q=ben+cau+280")
    page.get_by_role("link", name="Phường Bến Cau đối thoại với Nhân dân").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ban-tin/*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    mark = page.locator(".text a.n", has_text="280")
    mark.focus()
    assert mark.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.locator(".card.open").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".card.open").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "280"


def test_a_permalink_opens_the_card_of_its_figure(page: Any) -> None:
    page.goto("/kiem-tra")
    page.locator("article.check .about a").first.click()
    page.wait_for_url("**/ban-tin/*")
    assert page.locator(".card.open").count() == 1
    assert page.locator(".text .n.chosen").is_visible()


def test_without_scripts_a_click_still_says_everything(running: Any, address: str) -> None:
    context = running.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/tim?q=ben+cau+280")
    page.get_by_role("link", name="Phường Bến Cau đối thoại với Nhân dân").first.click()
    page.locator(".text a.n", has_text="280").click()
    assert "Không có số nguyên nào làm kế hoạch để 13 cuộc ứng với 280%" in page.locator(".card:target").inner_text()
    context.close()


def _pages(page: Any) -> list[str]:
    page.goto("/tim?q=doi+thoai")
    bulletin = page.locator("#so-lieu ~ ul a").first.get_attribute("href")
    return [
        "/", "/tim?q=doi+thoai", "/chi-tieu", "/chi-tieu/dan_van_kheo", bulletin, "/kiem-tra", "/kiem-tra?loai=across",
        "/dia-ban", "/dia-ban/304", "/dia-ban/99.quan-hai-linh", "/chat-luong", "/huong-dan",
        bulletin.replace("/f/", "/bao-loi/"), "/bantin", "/bantin/sources", "/bantin/sources/hai-linh",
        "/bantin/figures_full?unit=cu%E1%BB%99c", "/bantin/plan_attainment?threshold=50", "/bantin?sql=select+1",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_for_axe_and_nothing_wider_than_the_screen(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    for path in _pages(page):
        page.goto(path)
        if page.locator(".text a.n.claimed").count():
            page.locator(".text a.n.claimed").first.click()
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{path} is {over} px wider than the screen"
        # the policy lets no inline script in: axe comes through the debugger, as an expression
        page.evaluate(chrome.axe_script() + "\n;undefined")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (violation["id"], violation["nodes"][0]["html"][:200], violation["nodes"][0]["failureSummary"][:300])
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert serious == [], path


def test_print_shows_the_text_without_the_furniture(page: Any) -> None:
    page.goto("/tim?q=ben+cau+280")
    page.get_by_role("link", name="Phường Bến Cau đối thoại với Nhân dân").first.click()
    page.emulate_media(media="print")
    assert page.locator(".text").is_visible() and page.locator("#bang").is_visible()
    assert not page.locator(".top nav").is_visible() and not page.locator("form.search").is_visible()


def test_the_tutorials_pictures_are_drawn(page: Any) -> None:
    page.goto("/huong-dan")
    pictures = page.locator(".prose img")
    assert pictures.count() >= 3
    for number in range(pictures.count()):
        picture = pictures.nth(number)
        picture.scroll_into_view_if_needed()
        picture.evaluate("e => e.decode()")
        assert picture.evaluate("e => e.naturalWidth") == 1280
        assert picture.bounding_box()["width"] <= page.viewport_size["width"]


def test_datasettes_own_page_works_under_its_policy(page: Any) -> None:
    page.goto("/bantin/plan_attainment?threshold=50")
    assert page.locator("table.rows-and-columns tbody tr").count() > 5
    page.goto("/bantin/figures_full")
    assert page.locator("table tbody tr").count() == 50


def test_an_address_that_is_not_there_leads_on(running: Any, address: str) -> None:
    context = running.new_context(viewport={"width": 390, "height": 844}, base_url=address, locale="vi-VN")
    page = context.new_page()
    answer = page.goto("/khong-co")
    assert answer.status == 404 and page.get_by_role("heading", name="Không có gì ở đây").is_visible()
    page.evaluate(chrome.axe_script() + "\n;undefined")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert not {violation["impact"] for violation in found["violations"]} & {"serious", "critical"}
    page.locator("main").get_by_role("link", name="Chỉ tiêu").click()
    page.wait_for_url("**/chi-tieu")
    context.close()


@pytest.mark.parametrize("path", ["/chi-tieu/dan_van_kheo", "/chat-luong", "/"])
def test_a_table_wider_than_a_phone_says_so_and_scrolls_by_keyboard(page: Any, path: str) -> None:
    page.goto(path)
    page.locator("details").evaluate_all("all => all.forEach(e => e.open = true)")
    phone = page.viewport_size["width"] < 500
    regions = page.locator(".scroll")
    wider = 0
    for number in range(regions.count()):
        region = regions.nth(number)
        assert region.get_attribute("role") == "region" and region.get_attribute("aria-label")
        note = region.evaluate("e => getComputedStyle(e, '::before').content")
        if region.evaluate("e => e.scrollWidth > e.clientWidth + 1"):
            wider += 1
            assert region.get_attribute("tabindex") == "0"
            assert "gradient" in region.evaluate("e => getComputedStyle(e).backgroundImage")
            assert not phone or "Kéo ngang" in note
            region.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("e => e.scrollLeft > 0", arg=region.element_handle())
        else:
            assert "Kéo ngang" not in note, "nothing to say where all of it is seen"
    assert wider or not phone
