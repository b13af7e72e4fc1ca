"""What a person may have meant who typed a name that is not there. Marks, case and what parts words do not matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from schemas.areanames import slug
from schemas.terminal import clean

#: shares of letters in common below which two names are strangers
_ALIKE = 0.6
_MOST = 3


def nearest(wanted: str, known: Iterable[str], most: int = _MOST) -> list[str]:
    """The known names that are nearest, the likeliest first; those that begin as the wanted one or hold it, before.

    >>> nearest("dan van keo", ["dan_van_kheo", "doi_thoai"]), nearest("Hải Lĩnh", ["hai-linh", "lach-sen"])
    (['dan_van_kheo'], ['hai-linh'])
    """
    names: dict[str, list[str]] = {}
    for name in known:
        names.setdefault(slug(name), []).append(name)
    typed = slug(wanted)
    if not typed:
        return []
    holding = sorted((name for name in names if typed in name), key=lambda name: (not name.startswith(typed), name))
    found = holding[:most] if len(typed) > 1 else []
    if len(found) < most:
        found += get_close_matches(typed, names, n=most, cutoff=_ALIKE)
    return list(dict.fromkeys(name for key in found for name in names[key]))[:most]


def meant(wanted: str, known: Iterable[str]) -> str:
    """The question to put behind an unknown name, empty where no known one is near.

    >>> meant("hai-lin", ["hai-linh", "lach-sen"]), meant("zzz", ["hai-linh"])
    (' (did you mean hai-linh?)', '')
    """
    names = list(known)
    return "" if wanted in names else question(nearest(wanted, names))


def question(found: Sequence[str]) -> str:
    """The names as a question, empty where there are none; they may be words of a page."""
    return f" (did you mean {' or '.join(map(clean, found))}?)" if found else ""
