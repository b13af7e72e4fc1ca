"""A portal on loopback with one list of bulletins in any family's layout, turned by any kind of pager."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.sites import golden

#: bulletins on the list, and on one page of it
COUNT, PAGE = 7, 3
LAST = -(-COUNT // PAGE)
POST_BACK = "<a href=\"javascript:__doPostBack('dnn$ctr5$pager','{0}')\">{1}</a>"


@dataclass(frozen=True)
class Layout:
    """``path``: the list's first page; ``article``: a bulletin's address; ``item`` and ``pager``: their markup.

    ``number`` tells from a request's path which page is asked for; ``page`` stands around items and pager.
    """

    family: str
    golden: str
    path: str
    article: str
    item: str
    pager: Callable[[int], str]
    number: Callable[[str], int]
    page: str = "<html><body>{items}{pager}</body></html>"


def _query(path: str, name: str, default: str) -> str:
    return parse_qs(urlsplit(path).query).get(name, [default])[0]


def _numbers(address: Callable[[int], str], current: str, link: str = '<a href="{0}">{1}</a>') -> Callable[[int], str]:
    """A pager of numbers, the current one marked as the software marks it."""

    def made(number: int) -> str:
        return "".join(
            current.format(at) if at == number else link.format(address(at), at) for at in range(1, LAST + 1)
        )

    return made


def _onward(address: Callable[[int], str], words: str, around: str) -> Callable[[int], str]:
    """A pager with a link to the next page alone."""
    return lambda number: around.format(f'<a href="{address(number + 1)}">{words}</a>' if number < LAST else "")


def _wrapped(around: str, pager: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: around.format(pager(number))


_CUR = "/tin-tuc?p_p_id=101_INSTANCE_aB&amp;_101_INSTANCE_aB_delta=3&amp;_101_INSTANCE_aB_cur={0}"
_VNPT = "_dsnews_WAR_vnpteportalnewsportlet_INSTANCE_a_cur"
_CURSOR = "/Lists/Posts/AllPosts.aspx?CategoryId=16&amp;PublishedDate=2019-05-{0:02}T01:00:00Z"
LAYOUTS = {
    "path": Layout(
        "wordpress",
        "wordpress/article_classic",
        "/category/tin/",
        "/tin-so-{0}/",
        '<article class="post hentry"><h2 class="entry-title"><a href="{0}">Tin</a></h2></article>',
        _numbers(
            "/category/tin/page/{0}/".format,
            '<span class="page-numbers current">{0}</span>',
            '<a class="page-numbers" href="{0}">{1}</a>',
        ),
        lambda path: int(path.strip("/").rpartition("/page/")[2]) if "/page/" in path else 1,
    ),
    "query": Layout(
        "microdata",
        "microdata/article",
        "/tin-tuc",
        "/tin-so-{0}",
        '<ul><li><h3><a href="{0}">Tin</a></h3></li></ul>',
        _wrapped('<div class="paging">{0}</div>', _numbers("/tin-tuc?page={0}".format, '<a class="active">{0}</a>')),
        lambda path: int(_query(path, "page", "1")),
    ),
    "query_unmarked": Layout(
        "microdata",
        "microdata/article",
        "/tin-tuc",
        "/tin-so-{0}",
        '<ul><li><h3><a href="{0}">Tin</a></h3></li></ul>',
        _wrapped('<div class="paging">{0}</div>', _numbers("/tin-tuc?trang={0}".format, "<b>{0}</b>")),
        lambda path: int(_query(path, "trang", "1")),
    ),
    "start": Layout(
        "joomla",
        "joomla/article_v4",
        "/tin-tuc",
        "/tin-tuc/{0}-tin",
        '<div class="blog-item"><h2><a href="{0}">Tin</a></h2></div>',
        _wrapped(
            '<ul class="pagination">{0}</ul>',
            _numbers(
                lambda number: f"/tin-tuc?start={(number - 1) * PAGE}",
                '<li class="active page-item"><a class="page-link" href="#">{0}</a></li>',
                '<li class="page-item"><a class="page-link" href="{0}">{1}</a></li>',
            ),
        ),
        lambda path: int(_query(path, "start", "0")) // PAGE + 1,
    ),
    "cur": Layout(
        "liferay",
        "liferay/article_v6",
        "/tin-tuc",
        "/-/tin-so-{0}",
        '<div class="asset-abstract"><h3 class="asset-title"><a href="{0}">Tin</a></h3></div>',
        _onward(_CUR.format, "Tiếp theo", '<div class="lfr-pagination"><a href="javascript:;">Trước</a>{0}</div>'),
        lambda path: int(_query(path, "_101_INSTANCE_aB_cur", "1")),
    ),
    "vnpt_cur": Layout(
        "vnpt_eportal",
        "vnpt_eportal/article_v2",
        "/tin-tuc",
        "/tin-tuc/-/tin-so-{0}",
        '<div id="p_p_id_dsnews_WAR_vnpteportalnewsportlet_"><div><h2><a href="{0}">Tin</a></h2></div></div>',
        _onward(f"/tin-tuc?{_VNPT}={{0}}".format, "Tiếp theo", '<div class="lfr-pagination">{0}</div>'),
        lambda path: int(_query(path, _VNPT, "1")),
    ),
    "cursor": Layout(
        "sharepoint_lacviet",
        "sharepoint_lacviet/article",
        "/Lists/Posts/AllPosts.aspx?CategoryId=16",
        "/Lists/Posts/Post.aspx?CategoryId=16&ItemID={0}",
        '<table><tr><td class="TitleFront"><a href="{0}">Tin</a></td></tr></table>',
        _onward(_CURSOR.format, '<img alt="Xem tiếp">', '<div class="css_Xemtiep">{0}</div>'),
        lambda path: int(_query(path, "PublishedDate", "2019-05-01")[8:10]),
    ),
    "page_id": Layout(
        "dotnetnuke",
        "dotnetnuke/article_v1",
        "/tin-tuc",
        "/tin-tuc/artmid/591/articleid/{0}",
        '<div class="article in_list"><h2><a href="{0}">Tin</a></h2></div>',
        _onward("/tin-tuc/pgrid/591/pageid/{0}".format, "Sau", '<div class="article_pager">{0}</div>'),
        lambda path: int(path.rpartition("/pageid/")[2]) if "/pageid/" in path else 1,
    ),
    "postback": Layout(
        "dotnetnuke",
        "dotnetnuke/article_v2",
        "/tin-tuc",
        "/tin-tuc/artmid/591/articleid/{0}",
        '<article class="edn_article"><h2 class="edn_articleTitle"><a href="{0}">Tin</a></h2></article>',
        _wrapped(
            '<table class="PagingTable"><tr><td>{0}</td></tr></table>',
            _numbers("Page_{0}".format, "<span class='NormalDisabled'>[{0}]</span>", POST_BACK),
        ),
        lambda path: 1,
        '<form method="post" action="{action}"><input type="hidden" name="__VIEWSTATE" value="{state}">'
        '<input name="q"><input type="submit" name="go" value="Tìm">{items}{pager}</form>',
    ),
}


@dataclass(frozen=True)
class Request:
    """What was asked: ``form`` holds the fields of a POST."""

    method: str
    path: str
    form: tuple[tuple[str, str], ...] = ()


class ListPortal:
    """Serves one layout. ``robots``, ``action`` (of the form), ``answers`` (to POSTs), ``extra`` pages may be set."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.count = COUNT
        self.robots = "User-agent: *\nDisallow: /cam/\n"
        self.action = layout.path
        #: the next POSTs are answered so: status, headers
        self.answers: list[tuple[int, dict[str, str]]] = []
        #: whatever page a POST asks for, it gets this one
        self.stuck: int | None = None
        #: further pages by path
        self.extra: dict[str, bytes] = {}
        self.requests: list[Request] = []
        self._article = (golden.FOLDER / f"{layout.golden}.html").read_bytes()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> ListPortal:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return f"http://{self.host}{path}"

    def articles(self) -> set[str]:
        """The addresses of all bulletins."""
        return {self.url(self.layout.article.format(number)) for number in range(1, self.count + 1)}

    def posts(self) -> list[Request]:
        """What was sent."""
        return [request for request in self.requests if request.method == "POST"]

    def write_site(self, folder: Path, ways: str = "") -> None:
        """The portal's file "mot.toml" in the folder of a home; ``ways`` to its bulletins instead of the list."""
        ways = ways or f'[lists]\nnews = "{self.layout.path}"'
        folder.joinpath("mot.toml").write_text(
            f'name = "Một"\nurl = "{self.url("/")}"\narea = "99"\nfamily = "{self.layout.family}"\ndelay = 0\n'
            f'allow_private = ["{self.host}"]\n{ways}\n',
            encoding="utf-8",
        )

    def list_page(self, number: int) -> str:
        """The list's page of that number."""
        first = (number - 1) * PAGE + 1
        items = "".join(
            self.layout.item.format(self.layout.article.format(at).replace("&", "&amp;"))
            for at in range(first, min(first + PAGE, self.count + 1))
        )
        return self.layout.page.format(
            items=items, pager=self.layout.pager(number), state=f"state-of-{number}", action=self.action
        )

    def _handler(portal: ListPortal) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                portal.requests.append(Request("GET", self.path))
                if self.path == "/robots.txt":
                    self._send(200, portal.robots.encode(), {"Content-Type": "text/plain"})
                elif self.path in portal.extra:
                    self._send(200, portal.extra[self.path], {})
                elif portal.url(self.path) in portal.articles():
                    self._send(200, portal._article, {"Content-Type": "text/html; charset=utf-8"})
                elif self.path.partition("?")[0].startswith(portal.layout.path.partition("?")[0]):
                    page = portal.list_page(portal.layout.number(self.path))
                    self._send(
                        200, page.encode(), {"Content-Type": "text/html; charset=utf-8", "Set-Cookie": "ASP=1; path=/"}
                    )
                else:
                    self._send(404, b"", {})

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = tuple(parse_qsl(sent, keep_blank_values=True))
                portal.requests.append(Request("POST", self.path, form))
                if portal.answers:
                    status, headers = portal.answers.pop(0)
                    self._send(status, b"", headers)
                    return
                fields = dict(form)
                wanted = int(fields["__EVENTARGUMENT"].removeprefix("Page_"))
                # as ASP.NET: the state is the one of the page before, and the session goes on
                if fields["__VIEWSTATE"] != f"state-of-{wanted - 1}" or self.headers["Cookie"] != "ASP=1":
                    self._send(500, b"Validation of viewstate MAC failed", {})
                    return
                page = portal.list_page(portal.stuck or wanted)
                self._send(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

            def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        return Handler
