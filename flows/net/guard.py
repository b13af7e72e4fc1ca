"""Connections to addresses that were checked, cut off when their time is over.

The name is resolved, checked and connected to in one place, so that no second look-up can answer differently
(DNS rebinding). TLS still proves the *name*. A watchdog shuts the sockets when an answer's time is over; read
timeouts alone never end an answer that drips a byte at a time, be it in the headers or the body.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Collection, Iterator
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.poolmanager import PoolManager

from flows.net.addresses import Resolver, resolve, usable_addresses
from flows.net.errors import TooSlow
from flows.net.lookup import LookUp

#: how many of a host's addresses are tried before the connection counts as failed
_TRIES = 3


class Guard:
    """What the connections of one session share: who may be asked, and the watchdog over their sockets."""

    def __init__(self, allow_private: Collection[str] = (), resolver: Resolver = resolve) -> None:
        self.allow_private = frozenset(re.sub(r"[\[\]]", "", entry.lower()) for entry in allow_private)
        self._look_up = LookUp(resolver)
        self._until: float | None = None
        self.fired = False
        self._handles: set[socket.socket] = set()
        self._closed: set[socket.socket] = set()
        self._lock = threading.Lock()

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses to try for a host, each checked. Raises TooSlow when looking them up takes all the time."""
        return usable_addresses(host, port, self.allow_private, self._resolve)[:_TRIES]

    def _resolve(self, host: str, port: int) -> list[str]:
        left = threading.TIMEOUT_MAX if self._until is None else self._until - time.monotonic()
        try:
            return self._look_up(host, port, left)
        except TimeoutError:
            raise TooSlow(
                f"{host}:{port}", "the name server did not answer in time", "is the network up? the next run asks again"
            ) from None

    def watch(self, sock: socket.socket) -> socket.socket:
        """Take a connected socket under the watchdog; returns the handle to give to ``forget``.

        The handle is a duplicate: TLS wraps the socket itself into another object.
        """
        handle = sock.dup()
        with self._lock:
            self._handles.add(handle)
            late = self.fired
        if late:
            _shut(handle)
        return handle

    def forget(self, handle: socket.socket) -> None:
        """Note that a connection was closed. Its body may still be read (Connection: close), so the watch goes on."""
        with self._lock:
            self._closed.add(handle)

    @contextlib.contextmanager
    def time_limit(self, seconds: float) -> Iterator[None]:
        """Shut every socket of the session when the block takes longer; ``fired`` tells that it did."""
        self.fired, self._until = False, time.monotonic() + seconds
        timer = threading.Timer(seconds, self._fire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._until = None
            self.sweep()

    def sweep(self) -> None:
        """Close the handles of connections that were closed."""
        with self._lock:
            for handle in self._closed:
                handle.close()
            self._handles -= self._closed
            self._closed.clear()

    def _fire(self) -> None:
        with self._lock:
            self.fired = True
            for handle in self._handles:
                _shut(handle)


def _shut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


class _Guarded(HTTPConnection):
    """Connects to a checked address of the host instead of looking the name up itself."""

    guard: Guard
    _handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        try:
            addresses = self.guard.addresses(name, self.port or self.default_port)
        except socket.gaierror as error:
            raise NameResolutionError(name, self, error) from error
        failed: NewConnectionError | None = None
        for address in addresses:
            self._dns_host = address
            try:
                sock = super()._new_conn()
            except NewConnectionError as error:
                failed = error
                continue
            finally:
                self._dns_host = name  # also the name that TLS asks for
            self._handle = self.guard.watch(sock)
            return sock
        raise failed or NewConnectionError(self, f"no address of {name} to connect to")

    def close(self) -> None:
        """Close the connection and its handle."""
        super().close()
        if self._handle is not None:
            self.guard.forget(self._handle)
            self._handle = None


class _GuardedTls(_Guarded, HTTPSConnection):
    """The same over TLS; certificate and name are checked against the host's name."""


class GuardedAdapter(HTTPAdapter):
    """The requests adapter whose connections all go through one Guard."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__(max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        """Build the pools over the guarded connection classes."""
        plain = type("GuardedConnection", (_Guarded,), {"guard": self._guard})
        tls = type("GuardedTlsConnection", (_GuardedTls,), {"guard": self._guard})
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("GuardedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("GuardedTlsPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
