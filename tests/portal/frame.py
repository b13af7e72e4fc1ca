"""What real portals put around a bulletin: menus, lists of news, scripts and styles, thirty times the article."""

# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import random
from collections.abc import Callable

_PLACES = ("Lạch Sen", "Cầu Mây", "Bờ Sông", "Đồng Trầu", "Hải An Đông", "Vạn Bến", "Gò Công", "Tiên Hội")
_BODIES = ("UBND quận", "HĐND quận", "Ban Dân vận", "Hội Nông dân", "Đoàn Thanh niên", "Phòng Tư pháp", "Công an quận")
_DONE = ("tổ chức hội nghị sơ kết", "kiểm tra công tác", "phát động phong trào", "ra quân làm sạch môi trường")
_THEMES = ("cải cách hành chính", "phòng cháy, chữa cháy", "dân vận khéo", "giảm nghèo bền vững", "chuyển đổi số")


def framed(page: str, seed: int, size: int = 125_000) -> str:
    """A sample portal's page of about ``size`` characters: the same article in a larger frame.

    What stands around it follows from ``seed``: styles and scripts, menus before the article, lists of news after it.
    """
    chance = random.Random(seed)
    room = max(size - len(page), 0)
    head, head_end, rest = page.partition("</head>")
    before, body, rest = rest.partition("<body")
    attributes, bracket, rest = rest.partition(">")
    article, body_end, after = rest.rpartition("</body>")
    style = f"<style>\n{_filled(_rule, chance, room // 8)}</style>\n"
    early = f"<script>\n//<![CDATA[\n{_filled(_function, chance, room // 8)}//]]>\n</script>\n"
    menu = f'<nav class="mega-menu"><ul class="level-1">\n{_filled(_branch, chance, room // 4)}</ul></nav>\n'
    news = f'<div class="side-blocks">\n{_filled(_block, chance, room // 3)}</div>\n'
    late = f"<script>\n{_filled(_function, chance, room // 6)}</script>\n"
    return "".join(
        (head, style, early, head_end, before, body, attributes, bracket, menu, article, news, late, body_end, after)
    )


def _filled(make: Callable[[random.Random], str], chance: random.Random, size: int) -> str:
    """As many parts as fill ``size`` characters."""
    parts: list[str] = []
    while size > 0:
        parts.append(make(chance))
        size -= len(parts[-1])
    return "".join(parts)


def _title(chance: random.Random) -> str:
    place, body, theme = chance.choice(_PLACES), chance.choice(_BODIES), chance.choice(_THEMES)
    return f"{body} {chance.choice(_DONE)} {theme} tại phường {place} năm {chance.randint(2019, 2024)}"


def _rule(chance: random.Random) -> str:
    name = f"{chance.choice(('menu', 'block', 'slide', 'gallery', 'poll', 'weather'))}-{chance.randint(1, 99)}"
    return (
        f".{name} > li a:hover, #{name} .head {{ color: #{chance.randrange(16**6):06x}; padding: 0 {chance.randint(1, 30)}px;"
        f" background: url(/Style/{name}.png) no-repeat }}\n"
    )


def _function(chance: random.Random) -> str:
    name, number = f"init{chance.randrange(10**4)}", chance.randint(1, 900)
    return (
        f"function {name}(e, n) {{ if (n < {number} && e.length > 0) {{ var t = '<div class=tip>' + e[n].title + '</' + 'div>';"
        f" $('#tip-{number}').html(t).fadeIn({number}); return e.slice(n, {number}); }} return null; }}\n"
    )


def _branch(chance: random.Random) -> str:
    leaves = "".join(
        f'<li class="level-2"><a href="/chuyen-muc/{chance.randrange(10**4)}" title="{theme}"'
        f' onclick="return mo(this, {chance.randint(1, 90)});"><span class="icon">&nbsp;</span>{theme.capitalize()}</a></li>\n'
        for theme in chance.sample(_THEMES, 3)
    )
    return (
        f'<li class="level-1 has-sub"><a href="#" style="padding-left:{chance.randint(4, 20)}px">{chance.choice(_BODIES)}</a>'
        f'<ul class="sub" style="display:none">\n{leaves}</ul></li>\n'
    )


def _block(chance: random.Random) -> str:
    day = f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(2019, 2024)}"
    news = _title(chance)
    return (
        f'<div class="item clearfix"><a class="thumb" href="/tin/{chance.randrange(10**6)}"><img src="/anh/{chance.randrange(10**6)}.jpg"'
        f' width="80" height="60" alt="{news}" /></a><h4><a href="/tin/{chance.randrange(10**6)}" title="{news}">{news}</a></h4>'
        f'<p class="meta"><span class="date">({day})</span> <span class="views">{chance.randint(10, 9000)} lượt xem</span></p></div>\n'
    )
