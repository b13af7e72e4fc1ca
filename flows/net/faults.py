"""What went wrong below us: a fault of requests, urllib3, http.client or the system as one of ``errors``."""

from __future__ import annotations

import http.client
import re
import socket

import requests
import urllib3.exceptions

from flows.net import errors

#: characters of what a library says
_LONGEST_REASON = 160
#: a name that leads nowhere; the others are faults of the name server or of the network, which pass
_NO_SUCH_NAME = {
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")
    if hasattr(socket, name)  # not every system has all of them
}
#: urllib3 begins its messages with the connection or the pool they are about
_WHERE = re.compile(r"^\w*(Connection|Pool)\w*\([^)]*\): ")


def translated(url: str, error: Exception) -> errors.FetchError:
    """A fault of requests, urllib3 or the system as one of ours."""
    chain: BaseException | None = error
    nobody = False
    while chain is not None:
        nobody |= isinstance(chain, ConnectionRefusedError)
        nobody |= isinstance(chain, socket.gaierror) and chain.errno in _NO_SUCH_NAME
        if isinstance(chain, http.client.HTTPException | urllib3.exceptions.InvalidHeader) and not isinstance(
            chain, http.client.RemoteDisconnected | http.client.IncompleteRead
        ):
            return errors.BadAnswer(
                url, f"no HTTP answer ({_clipped(str(chain)) or type(chain).__name__})", "see it in a browser"
            )
        chain = chain.__cause__ or chain.__context__
    if isinstance(error, requests.exceptions.SSLError):
        return errors.UnsafeTls(url, f"the certificate does not hold ({_short(error)})", "it is never skipped")
    if isinstance(error, ValueError):  # InvalidURL, InvalidSchema, a host name that cannot be encoded
        return errors.BadAddress(url, _short(error), "write it as https://host/path")
    fault = errors.NobodyThere if nobody else errors.ConnectionFault
    return fault(url, _short(error), "is the portal up? the next run asks again")


def _short(error: Exception) -> str:
    """The innermost reason, without the layers that urllib3 and requests put around it."""
    reason = getattr(error, "reason", None)
    inner = next((arg for arg in reversed(error.args) if isinstance(arg, Exception)), None)
    nested = reason if isinstance(reason, Exception) else inner
    if nested is not None:
        return _short(nested)
    return _clipped(_WHERE.sub("", str(error))) or type(error).__name__


def _clipped(said: str) -> str:
    """The first line of what a library says; it may quote what the server sent."""
    line = next(iter(said.splitlines()), "")
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]} ..."
