"""Who we say we are to the servers we ask."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

#: the name that robots.txt rules are matched against
AGENT = "bantin"


def bantin_version() -> str:
    """The installed version, "0" when run from a folder that was never installed."""
    try:
        return version("bantin")
    except PackageNotFoundError:
        return "0"


def user_agent(contact: str | None = None) -> str:
    """``bantin/0.1.0 (+contact)``; the contact is the source's, else BANTIN_CONTACT, else left out."""
    contact = contact or os.environ.get("BANTIN_CONTACT")
    return f"{AGENT}/{bantin_version()}" + (f" (+{contact})" if contact else "")
