"""Looking a name up within a time: the system's resolver takes as long as it likes, and nothing interrupts it."""

from __future__ import annotations

import threading

from flows.net.addresses import Resolver


class LookUp:
    """Look-ups of one session. One that is given up goes on in its thread, and whoever asks for it again waits for it:
    so a name server that is silent holds one thread a name, however often it is asked.
    """

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._under_way: dict[tuple[str, int], _Asked] = {}
        self._lock = threading.Lock()

    def __call__(self, host: str, port: int, seconds: float) -> list[str]:
        """The addresses of a host. Raises what the resolver raises, and TimeoutError when it takes longer."""
        key = host, port
        with self._lock:
            asked = self._under_way.get(key)
            if asked is None or asked.done.is_set():
                asked = self._under_way[key] = _Asked(self._resolver, host, port)
        if not asked.done.wait(max(seconds, 0.0)):
            raise TimeoutError(f"the name {host} was not looked up in time")
        with self._lock:  # an answer is for those that waited; the next question may have another one
            self._under_way.pop(key, None)
        if asked.error is not None:
            raise asked.error
        return asked.addresses


class _Asked:
    """One question, in a thread that does not keep the program from ending."""

    def __init__(self, resolver: Resolver, host: str, port: int) -> None:
        self.done = threading.Event()
        self.addresses: list[str] = []
        self.error: Exception | None = None
        threading.Thread(target=self._ask, args=(resolver, host, port), name=f"look-up {host}", daemon=True).start()

    def _ask(self, resolver: Resolver, host: str, port: int) -> None:
        try:
            self.addresses = resolver(host, port)
        except Exception as error:  # raised where it is waited for
            self.error = error
        finally:
            self.done.set()
