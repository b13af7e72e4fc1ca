"""A case: what the server answers at /tin, what the fetch log says of it afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.flows.faults import Answer, Reply

#: one host for all: the server's own
PORTAL = "portal.example"
MISSING = Reply(404)
ARTICLE = (
    '<html><head>{head}</head><body><div class="news_column"><h1 class="title">Quận ủy họp</h1>'
    '<span class="h5">16/09/2023 07:12</span><div id="news-bodyhtml"><p>{text}</p></div></div></body></html>'
)
TEXT = "Quận ủy Hải Trung thực hiện 8/9 chỉ tiêu, thưởng 5 triệu đồng cho các Tổ dân phố."
PAGE = ARTICLE.format(head='<meta charset="utf-8">', text=TEXT).encode()


def page(text: str = TEXT, head: str = "") -> str:
    return ARTICLE.format(head=head, text=text)


@dataclass(frozen=True)
class Case:
    """``answer`` is what /tin gives; ``outcome`` and ``message`` are the fetch log's.

    For a page that was fetched ``message`` is what reading it says: "read", or why it went to quarantine. "" is as the
    table in flows/net/README.md has it; a "…" stands for what another version of a library may word differently.
    """

    name: str
    answer: Answer | list[Answer]
    outcome: str
    message: str
    #: requests that reached the server, without those for robots.txt
    asked: int = 1
    robots: Answer | list[Answer] = MISSING
    #: further paths
    routes: Mapping[str, Answer | list[Answer]] = field(default_factory=dict)
    #: what the session asks for; {root} is the server
    url: str = "{root}/tin"
    #: the server's certificate, "" for plain http
    tls: str = ""
    #: answers of the name server, one look-up after the other (the last one stays)
    dns: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    #: pauses between the requests, in seconds
    pauses: tuple[float, ...] | None = None
    #: what the source's file says beside the portal's own host
    hosts: tuple[str, ...] = ()
    allow_private: tuple[str, ...] = ()
    budget: int = 2000
    #: how often the page is asked for, one after the other; the last time counts
    times: int = 1
    #: whether the case is about time: one attempt of 1.5 s instead of three that have all the time they need
    slow: bool = False
    #: the page's text, where the case is about it
    text: str | None = None

    def __str__(self) -> str:
        return self.name
