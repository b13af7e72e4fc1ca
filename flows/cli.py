"""``bantin``: the command line. Data goes to stdout, talk to stderr.

Exit codes: 0 fine, 1 some documents failed, 2 usage or crash.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

#: command -> (module below flows.commands, one line of help); importing a module is what a command costs
COMMANDS: dict[str, tuple[str, str]] = {
    "extract": ("extract", "Read figures from texts, pages and archives; write them to stdout."),
    "ingest": ("ingest", "Bring what is new from portals, or saved files, into the archive and the database."),
    "reextract": ("reextract", "Read the archive again by today's rules, beside what is current."),
    "diff": ("diff", "Show what a run reads differently, figure by figure."),
    "promote": ("promote", "Make a re-extraction current, if its guards hold."),
    "runs": ("runs", "List runs; remove old results."),
    "import": ("imports", "Take in WARC and WACZ files, folders and zip files of saved pages."),
    "schedule": ("schedule", "Visit every portal every night."),
    "serve": ("serve", "Open the database in Datasette."),
    "sources": ("sources", "List the portals and what the database has of each."),
    "new-site": ("new_site", "Propose a portal's file from one of its pages."),
    "try": ("try_page", "Show what would be read of a page or a list; write nothing."),
    "explain": ("explain", "Say why a figure, or a sentence, is read as it is, and where it comes from."),
    "export": ("export", "Write figures to CSV, XLSX, Parquet or a data package."),
    "corrections": ("corrections", "Hold people's corrections against the figures: check, apply."),
    "label": ("label", "Write figures in the labelling format, for a person to correct."),
    "gold": ("gold", "Score what is read against labelled files; list errors by field and by rule."),
    "indicators": ("indicators", "List the indicators, or the subjects that have none yet."),
    "archive": ("archive", "Look after the raw pages: verify."),
    "health": ("health", "Say how the sources stand and what is wrong with them."),
    "quarantine": ("quarantine", "See what could not be fetched or read, and try again."),
    "backup": ("backup", "Copy database, archive and settings to a safe place."),
    "restore": ("restore", "Make a folder of data anew from a backup."),
    "export-warc": ("exportwarc", "Write archived pages to WARC files that other replay tools read."),
    "forget": ("forget", "Remove a bulletin for good, on a lawful request."),
    "retention": ("retention", "Show, and let go, what the retention rules say is old."),
    "doctor": ("doctor", "Check versions, files, disk and portals."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called; ``--help`` imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that holds a command; every such module calls it ``command``."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"flows.commands.{COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; for an unknown one the nearest is named."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from schemas.nearest import meant

            ctx.fail(f"no command {args[0]!r}{meant(args[0], COMMANDS)}; bantin --help lists them")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader of stdout that stops early (``| head``) is no fault, where click would exit 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except Exception as error:  # sqlite3 is imported by those that need it, and so not named here
            from flows.trouble import advice

            said = advice(error)
            if said is None:
                raise
            raise click.UsageError(said) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="bantin")
def cli() -> None:
    """Figures from the bulletins of Vietnamese portals, each with the sentence it came from.

    Database, archive and site files live under BANTIN_HOME (default ./var).
    """


def main() -> None:
    """Entry point: UTF-8 on every stream, no traceback for what a person can mend."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "backslashreplace"
            )
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except Exception as error:
        from flows.trouble import advice
        from schemas.terminal import harmless

        said = advice(error)
        if said is None and not isinstance(error, OSError):
            raise
        if said is None and isinstance(error, OSError) and error.filename is not None:
            said = f"{error.filename}: {error.strerror}"  # by itself it begins with an error number
        click.echo(f"bantin: {harmless(said or str(error))}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
