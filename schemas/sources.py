"""A source: one portal, as its short TOML file describes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator


class Source(BaseModel):
    """The content of a portal's TOML file; ``code`` is the file's name without its ending."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    #: Vietnamese name that people see
    name: str
    url: HttpUrl
    #: area code, "31.quan-ngo-quyen"
    area: str
    #: Python family in extractors.sites, "nukeviet4"
    family: str
    #: first and last day on which this description of the layout holds; an open end is null
    valid: tuple[date | None, date | None] = (None, None)
    #: name -> path of a list page
    lists: dict[str, str] = {}
    feeds: list[str] = []
    sitemaps: list[str] = []
    #: the family's selectors, overridden by name
    selectors: dict[str, str] = {}
    #: seconds between two requests to the host; robots.txt may ask for more
    delay: float = Field(default=2.0, ge=0)
    #: requests that one run may make, robots.txt, redirects and further attempts counted
    budget: int = Field(default=2000, ge=1)
    #: further hosts of the portal, which redirects may lead to
    hosts: list[str] = []
    #: hosts (host or host:port) of this source that may resolve to loopback or private addresses
    allow_private: list[str] = []
    license: str | None = None
    contact: str | None = None

    @field_validator("valid", mode="before")
    @classmethod
    def _open_ends(cls, value: Any) -> Any:
        """TOML has no null: an empty string is an open end."""
        return tuple((item or None) for item in value) if isinstance(value, (list, tuple)) else value
