"""Sites: portal families (Python, one file each) and portals (a short TOML file each)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.sites.base import Family
    from schemas.sources import Source

__all__ = ["SourceError", "families", "family", "parse_source"]


class SourceError(ValueError):
    """A portal's file or a family's name is not what it must be; says field, found and expected."""


def families() -> dict[str, Family]:
    """All families by name, in the order in which they are asked whether they know a page.

    VNPT's portlets run on Liferay, and every software may mark its articles up after schema.org.
    """
    from extractors.sites import (
        dotnetnuke,
        joomla,
        liferay,
        microdata,
        nukeviet3,
        nukeviet4,
        sharepoint_lacviet,
        vnpt_eportal,
        wordpress,
    )

    # fmt: off
    modules = (
        nukeviet4, nukeviet3, sharepoint_lacviet, vnpt_eportal, liferay, wordpress, joomla, dotnetnuke, microdata,
    )
    # fmt: on
    return {module.FAMILY.name: module.FAMILY for module in modules}


def family(name: str) -> Family:
    """The family of that name; ``SourceError`` lists the names there are."""
    known = families()
    if name not in known:
        from schemas.nearest import meant  # words for a person: no reading depends on them

        raise SourceError(f'field "family": found "{name}", expected one of {", ".join(known)}{meant(name, known)}')
    return known[name]


def parse_source(code: str, toml_text: str) -> Source:
    """A portal from the text of ``<code>.toml``; ``SourceError`` where a field is not what it must be."""
    from extractors.sites import portal

    return portal.parse(code, toml_text)
