"""What a robots.txt says, by RFC 9309: one table of our own cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.about import AGENT
from flows.net.robots import parse

ALL = "User-agent: *\n"

#: section of the RFC and what it is about, robots.txt, path, may it be asked?
RULES = [
    # 2.2.1 user-agent lines and groups
    ("2.2.1 nothing", "", "/tin", True),
    ("2.2.1 group for all", ALL + "Disallow: /", "/tin", False),
    ("2.2.1 group for us", "User-agent: bantin\nDisallow: /", "/tin", False),
    ("2.2.1 group for somebody else", "User-agent: other\nDisallow: /", "/tin", True),
    ("2.2.1 ours before everybody's", ALL + "Disallow: /\n\nUser-agent: bantin\nDisallow: /x", "/tin", True),
    (
        "2.2.1 ours before everybody's, other order",
        "User-agent: bantin\nDisallow: /x\n\n" + ALL + "Disallow: /",
        "/tin",
        True,
    ),
    ("2.2.1 an empty group of ours", ALL + "Disallow: /\nUser-agent: bantin\n", "/tin", True),
    ("2.2.1 case of the name", "USER-AGENT: BanTin\nDISALLOW: /", "/tin", False),
    ("2.2.1 the name's beginning is another name", "User-agent: ban\nDisallow: /", "/tin", True),
    ("2.2.1 a longer name is another name", "User-agent: bantin-news\nDisallow: /", "/tin", True),
    ("2.2.1 our name within another", "User-agent: my-bantin\nDisallow: /", "/tin", True),
    ("2.2.1 the name with a version", "User-agent: bantin/1.0 (+x)\nDisallow: /", "/tin", False),
    ("2.2.1 a star within a name is no name", "User-agent: ban*\nDisallow: /", "/tin", True),
    ("2.2.1 a star with words", "User-agent: * everybody\nDisallow: /", "/tin", False),
    ("2.2.1 an empty name", "User-agent:\nDisallow: /", "/tin", True),
    ("2.2.1 several names, one group", "User-agent: other\nUser-agent: bantin\nDisallow: /", "/tin", False),
    (
        "2.2.1 groups of one name merge",
        "User-agent: bantin\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: bantin\nDisallow: /b",
        "/b",
        False,
    ),
    (
        "2.2.1 and the first one holds",
        "User-agent: bantin\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: bantin\nDisallow: /b",
        "/a",
        False,
    ),
    ("2.2.1 groups for all merge", ALL + "Disallow: /a\n" + ALL + "Disallow: /b", "/a", False),
    ("2.2.1 a rule before every group", "Disallow: /\n" + ALL + "Disallow: /x", "/tin", True),
    ("2.2.1 an empty line parts nothing", "User-agent: bantin\n\nDisallow: /", "/tin", False),
    # 2.2.2 allow and disallow
    ("2.2.2 empty disallow", ALL + "Disallow:", "/tin", True),
    ("2.2.2 empty disallow ends the names", ALL + "Disallow:\nUser-agent: x\nDisallow: /", "/tin", True),
    ("2.2.2 a path is a beginning", ALL + "Disallow: /ti", "/tin", False),
    ("2.2.2 case of the path", ALL + "Disallow: /TIN", "/tin", True),
    ("2.2.2 robots.txt itself", ALL + "Disallow: /", "/robots.txt", True),
    ("2.2.2 longest match allows", ALL + "Disallow: /tin\nAllow: /tin/moi", "/tin/moi/1", True),
    ("2.2.2 longest match forbids", ALL + "Allow: /tin\nDisallow: /tin/moi", "/tin/moi/1", False),
    ("2.2.2 as long: allow", ALL + "Disallow: /tin\nAllow: /tin", "/tin", True),
    ("2.2.2 the order does not matter", ALL + "Allow: /tin/moi\nDisallow: /tin", "/tin/moi/1", True),
    ("2.2.2 the query is part of it", ALL + "Disallow: /tin?p=", "/tin?p=2", False),
    ("2.2.2 and only then", ALL + "Disallow: /tin?p=", "/tin", True),
    ("2.2.2 a rule without a slash", ALL + "Disallow: tin", "/tin", True),
    ("2.2.2 Vietnamese in the rule", ALL + "Disallow: /nội-bộ", "/n%E1%BB%99i-b%E1%BB%99/1", False),
    ("2.2.2 percent-encoded in the rule", ALL + "Disallow: /n%E1%BB%99i", "/nội", False),
    ("2.2.2 case of the encoding", ALL + "Disallow: /n%e1%bb%99i", "/n%E1%BB%99i", False),
    ("2.2.2 an encoded plain letter", ALL + "Disallow: /%74in", "/tin", False),
    ("2.2.2 a plain letter, encoded when asked", ALL + "Disallow: /tin", "/%74in", False),
    ("2.2.2 an encoded slash is none", ALL + "Disallow: /a%2Fb", "/a/b", True),
    ("2.2.2 an encoded slash is itself", ALL + "Disallow: /a%2fb", "/a%2Fb", False),
    ("2.2.2 a percent sign that encodes nothing", ALL + "Disallow: /100%", "/100%", False),
    # 2.2.3 special characters
    ("2.2.3 comment", ALL + "Disallow: / # all of it", "/tin", False),
    ("2.2.3 comment instead of a rule", ALL + "# Disallow: /", "/tin", True),
    ("2.2.3 star", ALL + "Disallow: /*.pdf", "/van-ban/1.pdf", False),
    ("2.2.3 star for nothing", ALL + "Disallow: /a*b", "/ab", False),
    ("2.2.3 star at the end", ALL + "Disallow: /tin*", "/tin", False),
    ("2.2.3 many stars", ALL + "Disallow: /*/*/x**y", "/a/b/xzy", False),
    ("2.2.3 star at the beginning", ALL + "Disallow: *quan-tri", "/a/quan-tri", False),
    ("2.2.3 end", ALL + "Disallow: /tin$", "/tin", False),
    ("2.2.3 end, and more follows", ALL + "Disallow: /tin$", "/tin/1", True),
    ("2.2.3 star and end", ALL + "Disallow: /*.pdf$", "/1.pdf?x", True),
    ("2.2.3 an encoded star is a star sign", ALL + "Disallow: /a%2Ab", "/axb", True),
    ("2.2.3 and matches one", ALL + "Disallow: /a%2Ab", "/a*b", False),
    ("2.2.3 a dollar within", ALL + "Disallow: /a$b", "/a$b", False),
    ("2.2.3 longest counts the stars' rule whole", ALL + "Allow: /tin\nDisallow: /*.html", "/tin.html", False),
    # 2.2.4 other records
    ("2.2.4 a sitemap parts nothing", "User-agent: bantin\nSitemap: /s.xml\nDisallow: /", "/tin", False),
    (
        "2.2.4 an unknown field parts no names",
        "User-agent: bantin\nContent-Signal: no\nUser-agent: x\nDisallow: /",
        "/tin",
        False,
    ),
    ("2.2.4 an unknown field parts no rules", "User-agent: bantin\nFoo: bar\nDisallow: /", "/tin", False),
    ("2.2.4 a line that is nothing", "User-agent: bantin\n<html>\nDisallow: /", "/tin", False),
    # syntax
    ("2.2 white space around", " \tUser-agent \t: *\n  Disallow\t:  /tin \t", "/tin", False),
    ("2.2 CR as a line end", "User-agent: *\rDisallow: /", "/tin", False),
    ("2.2 CRLF", "User-agent: *\r\nDisallow: /", "/tin", False),
    ("2.2 U+2028 ends no line", ALL + "Disallow: /a\u2028Disallow: /tin", "/tin", True),
    ("2.2 a form feed ends no line", ALL + "Disallow: /a\x0cDisallow: /tin", "/tin", True),
    ("2.2 U+0085 is part of a path", ALL + "Disallow: /a\x85b", "/a%C2%85b/1", False),
    ("2.3 byte order mark", "\ufeffUser-agent: *\nDisallow: /", "/tin", False),
    ("2.3 null bytes", ALL + "\0\0\nDisallow: /", "/tin", False),
    # what protego reads more generously than the RFC, and what is accepted of it
    ("accepted: a slip of the pen", ALL + "Disalow: /tin", "/tin", False),
    ("accepted: no colon", "User-agent *\nDisallow /tin", "/tin", False),
    ("accepted: no hyphen", "Useragent: *\nDisallow: /tin", "/tin", False),
    ("accepted: index.html stands for its folder", ALL + "Disallow: /\nAllow: /tin/index.html", "/tin/", True),
    (
        "accepted: Crawl-delay ends the names",
        "User-agent: bantin\nCrawl-delay: 9\nUser-agent: x\nDisallow: /",
        "/tin",
        True,
    ),
    ("accepted: a rule that is a URL", ALL + "Disallow: https://quan.example/tin", "/tin", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
def test_rule(text: str, path: str, allowed: bool) -> None:
    assert parse(text.encode()).can_fetch(f"https://quan.example{path}", AGENT) is allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        (ALL + "Crawl-delay: 2.5", 2.5),
        ("User-agent: bantin\nCrawl-delay: 9\n\n" + ALL + "Crawl-delay: 1", 9),
        ("User-agent: x\nCrawl-delay: 9", None),
        (ALL + "Crawl-delay: soon", None),
        (ALL + "Crawl-delay: -1", None),
        (ALL + "Crawl-delay: inf", None),
    ],
)
def test_crawl_delay(text: str, delay: float | None) -> None:
    assert parse(text.encode()).crawl_delay(AGENT) == delay


def test_bytes_that_are_no_utf8_spoil_only_their_line() -> None:
    rules = parse(b"User-agent: *\nDisallow: /n\xe9\nDisallow: /tin")
    assert not rules.can_fetch("https://quan.example/tin", AGENT)


def test_a_file_that_is_cut_ends_with_a_whole_line(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ALL + "Disallow: /tin/nội-bộ").encode()
    monkeypatch.setattr("flows.net.robots._SIZE", len(text) - 9)
    assert parse(text[: len(text) - 9]).can_fetch("https://quan.example/tin/1", AGENT)


@given(st.binary(max_size=300))
def test_any_bytes_are_some_rules(body: bytes) -> None:
    rules = parse(body)
    assert rules.can_fetch("https://quan.example/tin", AGENT) in (True, False)
    assert (rules.crawl_delay(AGENT) or 0) >= 0


_PATHS = st.text("ab/", max_size=5).map("/{}".format)


@given(st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), _PATHS), max_size=6), _PATHS)
def test_the_longest_rule_decides(rules: list[tuple[str, str]], path: str) -> None:
    """Without stars: of the rules that are a beginning of the path the longest, allow before disallow."""
    fitting = [(len(said), kind == "Allow") for kind, said in rules if path.startswith(said)]
    expected = max(fitting, default=(0, True))[1]
    text = ALL + "".join(f"{kind}: {said}\n" for kind, said in rules)
    assert parse(text.encode()).can_fetch(f"https://quan.example{path}", AGENT) is expected
