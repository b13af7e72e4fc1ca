"""A bulletin that attacks its reader is text on every page, Datasette's own included; SQL reads and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from db.datasette.pages import words
from schemas.documents import Extraction
from schemas.figures import Figure
from schemas.findings import Finding
from schemas.ledger import Numeral
from tests.datasette.support import Site
from tests.db.support import World, capture

BIDI = "\u202e\u2066\u200f"
SCRIPT = "<script>alert(1)</script>"
HANDLER = '"><img src=x onerror=alert(2)>'
STYLE = "</style><style>*{background:url(https://xau.example/x)}</style>"
LINK = "javascript:alert(3)"
TEXT = (
    f"Quận có 300 mô hình {SCRIPT} {HANDLER} {BIDI}đảo chữ, trong đó 297 {STYLE} ở phường.\n\n"
    f"a | {SCRIPT} | 12\nb | {HANDLER} | 13\n\n[bấm vào đây]({LINK}) <a href='{LINK}'>ở đây</a> 1022"
)
#: what only an executed attack would leave in the page
_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _figure(quote: str, **fields: Any) -> Figure:
    start = TEXT.index(quote)
    return Figure(
        start=start, end=start + len(quote), quote=quote, kind="count", value=Decimal(quote), rule=SCRIPT,
        unit=f"mô hình{SCRIPT}", subject=HANDLER + BIDI, scope=STYLE, evidence={"unit": SCRIPT, "<b>": HANDLER},
        **fields,
    )  # fmt: skip


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[tuple[Site, World]]:
    world = World(tmp_path)
    figures = (_figure("300"), _figure("297", part_of=0), _figure("12"), _figure("13"))
    at = TEXT.index("1022")
    numerals = [Numeral(f.start, f.end, f.quote, "claimed", figure=i) for i, f in enumerate(figures)]
    made = Extraction(
        "d", None, None, TEXT, figures, (Finding("sum", "impossible", (0, 1), SCRIPT, f"Sai {SCRIPT}{HANDLER}"),),
        (*numerals, Numeral(at, at + 4, "1022", "unexplained")),
    )  # fmt: skip
    shown = {"title": f"Tin {SCRIPT}{HANDLER}{BIDI}", "byline": f"{HANDLER}{BIDI}", "category": STYLE}
    world.load(world.take(capture("https://hoabac.example/tin/x.html")), TEXT, extraction=made, **shown)
    for name in ("name", "url"):
        value = {"name": f"Cổng {SCRIPT}{BIDI}", "url": LINK}[name]
        world.db.execute(f"UPDATE sources SET {name} = ?", [value])
    world.db.execute("UPDATE bulletins SET url = ?", [LINK])
    world.db.execute("UPDATE captures SET url = ?", [LINK])
    world.db.conn.commit()
    yield Site(world.path), world


def _addresses(world: World) -> list[str]:
    (document, figure, version) = world.db.execute("SELECT document_id, id, bulletin_id FROM figures_full").fetchone()
    return [
        "/", "/kiem-tra", "/chat-luong", "/chi-tieu", "/dia-ban", f"/ban-tin/{document}", f"/bao-loi/{figure}",
        f"/bao-loi/{figure}?gia-tri=%3Cscript%3E&can-cu=%3Cscript%3Ealert(1)%3C/script%3E&nguoi-bao=%22%3E%3Cb%3E",
        "/tim?q=mo+hinh", "/tim?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/dia-ban?ten=%3Cscript%3E",
        "/bantin", "/bantin/figures_full", "/bantin/bulletins_current", "/bantin/findings_full", "/bantin/sources",
        f"/bantin/bulletins/{version}", "/bantin/search_figures?q=mo+hinh", f"/bantin/trace_figure?id={figure}",
        "/bantin/failing_findings", "/bantin/unexplained_numerals", "/bantin/parts_against_total?verdict=impossible",
    ]  # fmt: skip


def test_an_attack_is_text_on_every_page(attacked: tuple[Site, World]) -> None:
    site, world = attacked
    for address in _addresses(world):
        answer = site.get(address)
        assert answer.status_code == 200, (address, answer.text[:500])
        page = BeautifulSoup(answer.text, "lxml")
        for script in page.select("script"):
            assert "alert(" not in script.text, address
        for element in page.find_all(True):
            names = {name for name in element.attrs if name.startswith("on") and name != "onclick"}
            assert not names, (address, names)
            assert "alert" not in str(element.get("onclick", "")), address
            for name in ("href", "src", "action"):
                assert not str(element.get(name, "")).strip().lower().startswith("javascript:"), address
        assert not page.select("img[src=x]"), address
        assert not any("xau.example" in style.text for style in page.select("style")), address
        assert not _CONTROLS.search(answer.text), (address, "text could turn the direction of writing")
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "http" not in policy and "*" not in policy


def test_the_attack_is_still_readable(attacked: tuple[Site, World]) -> None:
    site, world = attacked
    (document,) = world.db.execute("SELECT document_id FROM current_runs").fetchone()
    page = BeautifulSoup(site.get(f"/ban-tin/{document}").text, "lxml")
    assert SCRIPT in page.select("h1")[0].text
    text = page.select(".text")[0].text
    assert SCRIPT in text and "onerror=alert(2)" in text and STYLE in text
    assert page.select(".text a.n.claimed"), "marks stand in the hostile text all the same"


def test_feeds_are_well_formed_and_hold_text_only(attacked: tuple[Site, World]) -> None:
    site, _ = attacked
    for address in ("/feed/so-lieu.atom", "/feed/su-co.atom"):
        answer = site.get(address)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        root = ElementTree.fromstring(answer.text)
        assert not [e for e in root.iter() if e.tag.endswith(("script", "img", "style"))]
        assert not _CONTROLS.search(answer.text)
        assert all(str(e.get("href")).startswith("http://localhost/") for e in root.iter() if "link" in e.tag)


@given(st.text())
def test_safe_text_keeps_its_length_and_steers_nothing(text: str) -> None:
    made = words.safe(text)
    assert len(made) == len(text)
    assert not _CONTROLS.search(made)
    assert words.safe(made) == made


@given(st.text())
def test_only_web_addresses_become_links(text: str) -> None:
    made = words.link(text)
    assert made is None or re.match(r"https?://[^/]", made)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM bulletins",
        "UPDATE bulletins SET title = 'x'",
        "INSERT INTO sources (code) VALUES ('x')",
        "DROP TABLE figures",
        "ATTACH DATABASE '/tmp/x.db' AS x",
        "PRAGMA writable_schema = 1",
        "VACUUM INTO '/tmp/x.db'",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('/tmp/x', 'y')",
        "SELECT edit('x')",
        "SELECT fts3_tokenizer('x', 'y')",
        "WITH x AS (SELECT 1) DELETE FROM bulletins",
        "SELECT 1; DELETE FROM bulletins",
    ],
)
def test_sql_reads_and_nothing_else(attacked: tuple[Site, World], sql: str) -> None:
    site, world = attacked
    before = world.db.execute("SELECT count(*) FROM bulletins").fetchone()
    answer = site.get("/bantin.json", sql=sql)
    assert answer.status_code >= 400, answer.text
    assert world.db.execute("SELECT count(*) FROM bulletins").fetchone() == before


def test_sql_that_never_ends_is_stopped(attacked: tuple[Site, World]) -> None:
    site, _ = attacked
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    answer = site.get("/bantin.json", sql=forever)
    assert answer.status_code == 400 and "too long" in answer.text.lower()
    assert site.get("/").status_code == 200


def test_a_page_that_takes_too_long_says_so(attacked: tuple[Site, World], monkeypatch: pytest.MonkeyPatch) -> None:
    site, _ = attacked
    forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS n FROM n"
    monkeypatch.setattr("db.datasette.pages.checks._COUNTS", forever)
    site.datasette._settings["sql_time_limit_ms"] = 50
    answer = site.get("/kiem-tra")
    assert answer.status_code == 503 and "quá nhiều thời gian" in answer.text
    monkeypatch.undo()
    assert site.get("/kiem-tra").status_code == 200, "the connection is as good as before"


def test_a_huge_text_is_marked_in_one_go(tmp_path: Path) -> None:
    """Ten thousand numerals: one page, every mark once."""
    world = World(tmp_path)
    text = " ".join(f"có {n} hộ" for n in range(1000, 4000))
    places = [m.span() for m in re.finditer(r"[0-9]+", text)]
    figures = tuple(
        replace(
            _figure("300"),
            start=a,
            end=b,
            quote=text[a:b],
            value=Decimal(text[a:b]),
            rule="hand",
            unit="hộ",
            evidence={},
        )
        for a, b in places
    )
    numerals = tuple(Numeral(f.start, f.end, f.quote, "claimed", figure=i) for i, f in enumerate(figures))
    world.load(world.take(capture()), text, extraction=Extraction("d", None, None, text, figures, (), numerals))
    (document,) = world.db.execute("SELECT document_id FROM current_runs").fetchone()
    answer = Site(world.path).get(f"/ban-tin/{document}")
    assert answer.status_code == 200 and answer.text.count('class="n claimed" id="f-') == 3000
