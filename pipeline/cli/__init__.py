"""The command ``fanjian``: one module per command; arguments in, exit code out."""

from __future__ import annotations

import contextlib
import importlib
import io
import signal
import sys
from typing import Any

import click

from pipeline import __version__
from pipeline.cli.options import DEBUG
from pipeline.errors import FAILED, FanjianError, fault_of
from pipeline.files import OUTSIDE, explain

COMMANDS = {
    "build": "recover and publish what is stale",
    "recover": "a source into a clean master, with a ledger of every change",
    "publish": "a master into its editions",
    "convert": "text, Markdown, DOCX or EPUB between the scripts",
    "proof": "read finished editions back and compare them",
    "review": "see every edit in its place, accept or refuse it",
    "new": "a new book folder with a commented book.toml",
    "doctor": "is everything there? what to install if not",
}
STOPPED = "\nfanjian: stopped. What is finished stays; the same command goes on from there."
BY_SIGNAL = 128  # to which a shell adds the signal's number


class _Stopped(KeyboardInterrupt):
    """Ended from outside (a CI's time limit, a closed terminal): tidies up as after Ctrl-C."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        self.number = number
        super().__init__()


class _Commands(click.Group):
    """Imports a command's module when it is called: «fanjian --help» must not wait for WeasyPrint."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stopped:
            ctx.exit(_say_stopped(stopped))
        except OSError as error:
            if error.errno not in OUTSIDE or _is_debugging():
                raise
            click.echo(f"fanjian: {explain(error)}", err=True)
            ctx.exit(FAILED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.cli.{cmd_name}")
        return getattr(module, cmd_name)  # type: ignore[no-any-return]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fanjian")
@DEBUG
def cli(debug: bool) -> None:
    """Fanjian 繁简: messy Chinese scholarly texts in, finished Traditional and Simplified editions out."""


def main() -> None:
    """Runs the command. Errors are one sentence; tracebacks only with --debug."""
    _prepare()
    try:
        cli()
    except KeyboardInterrupt as stopped:
        sys.exit(_say_stopped(stopped))
    except FanjianError as error:
        if _is_debugging():
            raise
        click.echo(f"fanjian: {error}", err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        if _is_debugging():
            raise
        click.echo(f"fanjian: {fault_of(error)} What is finished stays.", err=True)
        sys.exit(FAILED)


def _is_debugging() -> bool:
    """Whether «--debug» stands anywhere in the call: an error may come before the options are read."""
    return "--debug" in sys.argv


def _prepare() -> None:
    """Words to end are answered as Ctrl-C is; a terminal that cannot show a character shows its number."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) == signal.SIG_DFL:  # nohup ignores SIGHUP, and means it
            signal.signal(number, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _stop(number: int, _: object) -> None:
    raise _Stopped(number)


def _say_stopped(stopped: KeyboardInterrupt) -> int:
    """Says that it stopped; the exit code."""
    with contextlib.suppress(OSError):  # a closed terminal hears nothing
        click.echo(STOPPED, err=True)
    return BY_SIGNAL + getattr(stopped, "number", signal.SIGINT)
