"""Links that send the page's form (ASP.NET, ``__doPostBack``): which control they press, and what is then sent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import Tag

from extractors.sites.links import own_link, same_site
from extractors.sites.model import Form

#: the page's state may be hundreds of KB; a form beyond this is none of a list
MAX_FORM = 4 * 1024 * 1024
MAX_FIELDS = 200
_CALL = re.compile(
    r"""(?:__doPostBack\(\s*|WebForm_PostBackOptions\(\s*)(['"])(?P<target>[\w$:.-]{1,300})\1\s*,\s*"""
    r"""(['"])(?P<argument>[^'"]{0,300})\3"""
)
#: what the two hidden fields are called that say which control was pressed
TARGET, ARGUMENT = "__EVENTTARGET", "__EVENTARGUMENT"


@dataclass(frozen=True, slots=True)
class PostBack:
    """A control of the page, and what it is told."""

    target: str
    argument: str


def read_postback(href: object) -> PostBack | None:
    """What a link presses; None for a link that is followed.

    >>> read_postback("javascript:__doPostBack('ctl00$grid','Page$2')")
    PostBack(target='ctl00$grid', argument='Page$2')
    >>> read_postback("/tin-tuc?page=2") is None
    True
    """
    match = _CALL.search(str(href or ""))
    return PostBack(match["target"], match["argument"]) if match else None


def form_of(link: Tag, pressed: PostBack, *, base: str, url: str, home: str) -> Form | None:
    """The form around a link as the link sends it; None where there is none, or it leads to another site.

    Only hidden fields are sent: nothing that a person fills in, no button, no file.
    """
    form = link.find_parent("form")
    if form is None or str(form.get("method") or "get").lower() != "post":
        return None
    action = str(form.get("action") or "").strip()
    to = own_link(base, action, home) if action else url
    if to is None or not same_site(to, url):
        return None
    fields = {
        str(field["name"]): str(field.get("value") or "")
        for field in form.find_all("input", attrs={"name": True})
        if str(field.get("type") or "").lower() == "hidden" and not field.has_attr("disabled")
    }
    fields |= {TARGET: pressed.target, ARGUMENT: pressed.argument}
    size = sum(len(name) + len(value) for name, value in fields.items())
    return Form(to, tuple(fields.items())) if size <= MAX_FORM and len(fields) <= MAX_FIELDS else None
