"""``BANTIN_HOME/bantin.toml``: what a user set. A missing file is one that sets nothing."""

from __future__ import annotations

import tomllib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, HttpUrl, ValidationError

from db.home import Home
from schemas.tomlplace import place

EXAMPLE = """\
[notify]
command = ["mail", "-s", "{subject}", "someone@example.org"]
stdin = "text"
"""


class SettingsError(Exception):
    """bantin.toml cannot be used; the message says what was found and expected where."""


class Notify(BaseModel):
    """Who is told of incidents that opened or closed.

    ``command`` gets them on its standard input, as JSON or as ``stdin = "text"``; ``{subject}`` in its arguments is
    replaced. ``webhook`` gets the same JSON by POST; hosts in ``allow_private`` may be local.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    command: list[str] = []
    stdin: Literal["json", "text"] = "json"
    webhook: HttpUrl | None = None
    allow_private: list[str] = []

    @property
    def anybody(self) -> bool:
        """Whether there is anybody to tell."""
        return bool(self.command or self.webhook)


class Settings(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notify: Notify = Notify()


def load_settings(home: Home) -> Settings:
    """The settings of a home. Raises SettingsError."""
    text = ""
    try:
        text = home.settings.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        at = place(home.settings, text, str(error))
        raise SettingsError(f"{at}: found no TOML ({error}), expected lines like\n{EXAMPLE}") from None
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        lines = "\n  ".join(_line(problem) for problem in error.errors())
        raise SettingsError(
            f"{place(home.settings, text, lines)}: {lines}\nexpected something like\n{EXAMPLE}"
        ) from None


def _line(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f'"{name}": no such setting'
    return f'"{name}": found {problem["input"]!r:.80}; {problem["msg"]}'
