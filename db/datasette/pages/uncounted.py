"""Which tables are shown without the count of all their rows. Of the widest views of a large database it takes
seconds and says little; of rows that a filter chose it is an answer, and stays."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

#: views whose rows are counted by walking over every figure or finding
WIDE = frozenset({"figures_full", "findings_full"})
#: figures from which on a person would wait for the count
MANY = 100_000
#: Datasette takes any value; this one tells ours from a reader's own
_MARK = ("_nocount", "auto")
_FILTERS = ("_search", "_where", "_through")


def uncounted(query: str, page: bool = True) -> str:
    """The query of a table's address, so that Datasette leaves out the count where nothing is filtered.

    The links of such a page carry the mark on; where they filter, or ask for data, it is taken off again.

    >>> uncounted("_sort=key")
    '_sort=key&_nocount=auto'
    >>> uncounted("_sort=key&_nocount=auto&unit=h%E1%BB%99")
    '_sort=key&unit=h%E1%BB%99'
    >>> uncounted("_nocount=1&unit=cu%E1%BB%99c")
    '_nocount=1&unit=cu%E1%BB%99c'
    """
    parts = parse_qsl(query, keep_blank_values=True)
    kept = [part for part in parts if part != _MARK]
    filtered = any(not name.startswith("_") or "__" in name or name.startswith(_FILTERS) for name, _ in kept)
    if page and not filtered:
        return urlencode([*kept, _MARK])
    return urlencode(kept) if len(kept) < len(parts) else query
