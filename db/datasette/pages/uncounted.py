"""Which tables are shown without counts. Of the widest views of a large database the count of all rows takes seconds
and says little, and facets run into their time limit; of rows that a filter chose both are an answer, and stay."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

#: views whose rows are counted by walking over every figure or finding
WIDE = frozenset({"figures_full", "findings_full"})
#: figures from which on a person would wait for the counts
MANY = 100_000
#: Datasette takes any value; this one tells ours from a reader's own
_AUTO = "auto"
_ROWS, _FACETS = ("_nocount", _AUTO), ("_nofacet", _AUTO)
_FILTERS = ("_search", "_where", "_through")


def uncounted(query: str, page: bool = True) -> str:
    """The query of a table's address, so that Datasette leaves out what it would count where nothing is filtered.

    The links of such a page carry the marks on; where they filter, or ask for facets or data, these are taken off.

    >>> uncounted("_sort=key")
    '_sort=key&_nocount=auto&_nofacet=auto'
    >>> uncounted("_nocount=auto&_nofacet=auto&_facet=unit")
    '_facet=unit&_nocount=auto'
    >>> uncounted("_nocount=auto&_nofacet=auto&unit=h%E1%BB%99")
    'unit=h%E1%BB%99'
    >>> uncounted("_nocount=1&unit=cu%E1%BB%99c")
    '_nocount=1&unit=cu%E1%BB%99c'
    """
    parts = parse_qsl(query, keep_blank_values=True)
    kept = [part for part in parts if part not in (_ROWS, _FACETS)]
    filtered = any(not name.startswith("_") or "__" in name or name.startswith(_FILTERS) for name, _ in kept)
    if page and not filtered:
        facets = any(name.startswith("_facet") for name, _ in kept)
        return urlencode([*kept, _ROWS] if facets else [*kept, _ROWS, _FACETS])
    return urlencode(kept) if len(kept) < len(parts) else query
