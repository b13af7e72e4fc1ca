"""Days on the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click


class Day(click.DateTime):
    """A day as year-month-day; another way of writing it is answered with an example."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The form as a person writes it."""
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day at midnight."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            self.fail(f"{error.message} Write the year first: 2023-12-31.", param, ctx)


DAY = Day()


def check_span(since: datetime | None, until: datetime | None) -> None:
    """Refuse a span that ends before it begins: nothing lies in it, which would look like an answer."""
    if since is not None and until is not None and until < since:
        raise click.UsageError(f"--until {until:%Y-%m-%d} is before --since {since:%Y-%m-%d}, so nothing lies between")
