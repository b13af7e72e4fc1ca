"""The sample portal on loopback: two sites on two ports, with events and faults that tests switch on.

    with SamplePortal() as portal:
        requests.get(portal.quan_url + "/tin-tuc/")
        portal.state("after")                                # one bulletin revised, one gone
        portal.fail("/tin-tuc/", statuses=[503, 503])        # the next two requests

``python -m tests.portal.server --port 8765`` serves it for a person (the ward on the next port).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import threading
import time
from collections.abc import Iterable, Mapping
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.portal.bulletins import Bulletin, State, load
from tests.portal.routes import District, Reply, Site, Ward, page

HOST = "127.0.0.1"
SITES = Path(__file__).parent / "sites"
#: the sources' codes, which are the names of their files
CODES = {"quan": "hai-linh", "phuong": "lach-sen"}


class Request(NamedTuple):
    """A line of the request log."""

    method: str
    path: str
    headers: Mapping[str, str]
    site: str


class SamplePortal:
    """Both sites, served by threads; a context manager.

    ``port`` 0 takes free ports; another one is the district's, and the ward has the next.
    """

    def __init__(self, port: int = 0) -> None:
        self.sites: dict[str, Site] = {"quan": District(), "phuong": Ward()}
        self.requests: list[Request] = []
        self._failures: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self._replies: dict[str, Reply] = {}
        self._delays: dict[str, float] = {}
        self._cuts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._servers: list[ThreadingHTTPServer] = []
        for offset, site in enumerate(self.sites.values()):
            server = _Server((HOST, port + offset if port else 0), _handler(self, site))
            site.root = f"http://{HOST}:{server.server_address[1]}"
            self._servers.append(server)

    @property
    def quan_url(self) -> str:
        """The district's root, ``http://127.0.0.1:PORT``, without a slash at the end."""
        return self.sites["quan"].root

    @property
    def phuong_url(self) -> str:
        """The ward's root."""
        return self.sites["phuong"].root

    def start(self) -> Self:
        """Begin to answer, on threads that end with the process."""
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop answering and free the ports."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    # what tests switch

    def state(self, state: State) -> None:
        """``"after"``: what ``events.toml`` calls revised is revised, what vanishes is gone. ``"before"`` undoes it."""
        for site in self.sites.values():
            site.state = state

    def hide(self, *slugs: str) -> None:
        """Bulletins that are not published yet: neither listed nor answered. Replaces what was hidden before."""
        unknown = set(slugs) - {item.slug for item in load()}
        if unknown:
            raise KeyError(f"no such bulletin: {', '.join(sorted(unknown))}")
        for site in self.sites.values():
            site.hidden = set(slugs)

    def count_views(self, counting: bool = True) -> None:
        """Let view counters move: the page's bytes then change at every request, its text does not."""
        for site in self.sites.values():
            site.counting = counting

    def fail(self, path: str, statuses: Iterable[int], headers: Mapping[str, str] | None = None) -> None:
        """Answer the next requests of ``path`` with ``statuses``; status 0 drops the connection without an answer."""
        with self._lock:
            self._failures.setdefault(path, []).extend((status, dict(headers or {})) for status in statuses)

    def delay(self, path: str, seconds: float) -> None:
        """Wait before every answer to ``path``; 0 ends it."""
        self._delays[path] = seconds

    def cut(self, path: str, after: int) -> None:
        """Close the connection ``after`` bytes of the body, although Content-Length promises all; -1 ends it."""
        self._cuts[path] = after

    def reply(self, path: str, reply: Reply | None) -> None:
        """Answer ``path`` with ``reply`` (a redirect, a bomb, rubbish) until called with None."""
        if reply is None:
            self._replies.pop(path, None)
        else:
            self._replies[path] = reply

    # what tests ask

    def url(self, slug: str) -> str:
        """The full address of a bulletin's page."""
        bulletin = self.bulletin(slug)
        site = self.sites[bulletin.portal]
        return site.root + site.url(bulletin)

    def bulletin(self, slug: str) -> Bulletin:
        """The bulletin as it is shown in the present state."""
        for site in self.sites.values():
            for item in site.published:
                if item.slug == slug:
                    return item
        raise KeyError(f"no such bulletin: {slug}")

    def requested(self, path: str) -> list[Request]:
        """The log's lines for one path, in order."""
        return [request for request in self.requests if request.path == path]

    def write_sites(self, folder: Path) -> list[Path]:
        """Write the two sources' TOML files with the actual ports into ``folder``; the files written."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for key, code in CODES.items():
            target = folder / f"{code}.toml"
            template = (SITES / f"{code}.toml").read_text(encoding="utf-8")
            target.write_text(template.replace("@ROOT@", self.sites[key].root), encoding="utf-8")
            written.append(target)
        return written

    # what the handler asks

    def _take(self, path: str) -> tuple[int, dict[str, str]] | None:
        with self._lock:
            waiting = self._failures.get(path)
            return waiting.pop(0) if waiting else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


def _handler(portal: SamplePortal, site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "Apache/2.4"
        sys_version = ""
        wbufsize = 65536  # head and body in one segment: two would wait for a delayed acknowledgement
        timeout = 30

        def do_GET(self) -> None:
            portal.requests.append(Request(self.command, self.path, dict(self.headers), site.code))
            if wait := portal._delays.get(self.path):
                time.sleep(wait)
            failure = portal._take(self.path)
            if failure and failure[0] == 0:
                self.close_connection = True
                return
            if failure:
                reply = page(failure[0], "Hệ thống đang bận.")
                reply.headers.update(failure[1])
            else:
                reply = portal._replies.get(self.path) or site.answer(self.path)
            self._send(reply)

        do_HEAD = do_GET

        def _send(self, reply: Reply) -> None:
            body, headers = reply.body, {"Content-Type": reply.type}
            if reply.status == 200:
                headers["ETag"] = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()[:16]}"'
                if reply.modified:
                    headers["Last-Modified"] = format_datetime(reply.modified.astimezone(UTC), usegmt=True)
            status = 304 if reply.status == 200 and self._unchanged(reply, headers["ETag"]) else reply.status
            if status == 304:
                body = b""
            elif "gzip" in self.headers.get("Accept-Encoding", "") and "Content-Encoding" not in reply.headers:
                body = gzip.compress(body, mtime=0)
                headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            self.send_response(status)
            for name, value in (headers | reply.headers).items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "HEAD":
                return
            cut = portal._cuts.get(self.path, -1)
            if cut >= 0:
                body, self.close_connection = body[:cut], True
            self.wfile.write(body)

        def _unchanged(self, reply: Reply, etag: str) -> bool:
            """Whether the client's copy is good; If-None-Match decides alone where it is given (RFC 9110)."""
            known = self.headers.get("If-None-Match")
            if known is not None:
                return etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
            since = self.headers.get("If-Modified-Since")
            if since is None or reply.modified is None:
                return False
            try:
                return reply.modified <= parsedate_to_datetime(since)
            except (TypeError, ValueError):
                return False

        def log_message(self, format: str, *arguments: object) -> None:
            """Quiet: the log is ``portal.requests``."""

    return Handler


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the sample portal on loopback.")
    parser.add_argument("--port", type=int, default=8765, help="the district's port; the ward has the next")
    parser.add_argument(
        "--state", choices=("before", "after"), default="before", help="whether planted events happened"
    )
    arguments = parser.parse_args()
    try:
        served = SamplePortal(arguments.port)
    except OSError as error:
        parser.exit(2, f"ports {arguments.port} and {arguments.port + 1}: {error.strerror}; try another --port\n")
    with served as portal:
        portal.state(arguments.state)
        print(f"quận Hải Lĩnh:    {portal.quan_url}/\nphường Lạch Sen:  {portal.phuong_url}/\nCtrl-C ends it.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
