"""A server on loopback that answers as it is told, well or badly, and remembers what it was asked."""

from __future__ import annotations

import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal


@dataclass(frozen=True)
class Reply:
    """What is sent: ``length`` lies about the body's length, ``drip`` pauses between its bytes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    drip: float = 0.0
    drip_headers: bool = False
    hang_up: bool = False


@dataclass(frozen=True)
class Raw:
    """Bytes as they are, status line and all; ``endless`` ones follow until the client has enough. Then the connection
    is closed, reset, kept for another request or held open without a word.
    """

    data: bytes
    then: Literal["close", "reset", "keep", "hold"] = "close"
    endless: bytes = b""


Answer = Reply | Raw | Callable[["Asked"], Reply]


@dataclass(frozen=True)
class Asked:
    path: str
    headers: Mapping[str, str]
    at: float


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that had enough is what these tests are about."""


class FaultServer:
    """``routes`` maps a path to one reply or to a list of replies, given in turn (the last one stays)."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Answer | list[Answer]] = {}
        self.asked: list[Asked] = []
        #: connections that were opened, and how many requests were being answered at the same time at most
        self.connections = 0
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._scheme = "https" if tls else "http"
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> FaultServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"{self._scheme}://{self.host}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _reply(self, asked: Asked) -> Reply | Raw:
        found = self.routes.get(asked.path, Reply(404))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return found if isinstance(found, Reply | Raw) else found(asked)

    def _handler(server: FaultServer) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def setup(self) -> None:
                super().setup()
                server.connections += 1

            def do_GET(self) -> None:
                with server._lock:
                    server._now += 1
                    server.most_at_once = max(server.most_at_once, server._now)
                try:
                    self._answer()
                finally:
                    with server._lock:
                        server._now -= 1

            def _answer(self) -> None:
                asked = Asked(self.path, dict(self.headers), time.monotonic())
                server.asked.append(asked)
                reply = server._reply(asked)
                if isinstance(reply, Raw):
                    self._send_raw(reply)
                    return
                if reply.hang_up:
                    self.close_connection = True
                    self.connection.close()
                    return
                try:
                    self._send(reply)
                except OSError:
                    self.close_connection = True  # the client had enough

            def _send_raw(self, reply: Raw) -> None:
                self.close_connection = reply.then != "keep"
                try:
                    self.wfile.write(reply.data)
                    while reply.endless:
                        self.wfile.write(reply.endless)
                    if reply.then == "hold":
                        self.connection.recv(1)  # returns when the client hangs up
                except OSError:
                    self.close_connection = True
                if reply.then == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    os.close(self.connection.detach())

            def _send(self, reply: Reply) -> None:
                head = [f"HTTP/1.1 {reply.status} Said"]
                head += [f"{name}: {value}" for name, value in reply.headers.items()]
                if reply.length != -1:
                    length = len(reply.body) if reply.length is None else reply.length
                    head.append(f"Content-Length: {length}")
                if reply.length is not None or reply.drip:
                    head.append("Connection: close")
                    self.close_connection = True
                lines = ("\r\n".join(head) + "\r\n\r\n").encode("latin-1")
                self._drip(lines, reply.drip if reply.drip_headers else 0)
                if reply.status != 304:
                    self._drip(reply.body, reply.drip)

            def _drip(self, data: bytes, pause: float) -> None:
                if not pause:
                    self.wfile.write(data)
                    return
                for i in range(len(data)):
                    self.wfile.write(data[i : i + 1])
                    self.wfile.flush()
                    time.sleep(pause)

        return Handler
