"""All cases, in the order of the table."""

from __future__ import annotations

from tests.flows.cases.answers import BODIES, CODINGS, CONNECTIONS, PAGES
from tests.flows.cases.manners import MANNERS
from tests.flows.cases.model import Case
from tests.flows.cases.places import BY_NAME, BY_REDIRECT, DIRECT

GROUPS: dict[str, list[Case]] = {
    "Manners": MANNERS,
    "Compression": CODINGS,
    "Bodies": BODIES,
    "Connections and headers": CONNECTIONS,
    "Pages": PAGES,
    "Forbidden addresses, asked directly": DIRECT,
    "Forbidden addresses, by the name server's answer": BY_NAME,
    "Redirects": BY_REDIRECT,
}
