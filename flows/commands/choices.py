"""Choices on the command line that say which one was meant."""

from __future__ import annotations

import click

from schemas.nearest import meant


class Choice(click.Choice[str]):
    """One of some words; for another one the nearest is named."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """What click says, and the question."""
        return super().get_invalid_choice_message(value, ctx).removesuffix(".") + meant(str(value), self.choices) + "."
