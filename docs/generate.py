"""Writes the pages that are made from the program: the help texts and the Traditional README.

``make docs`` runs it; a test holds the written pages to what it would write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent


def command_page() -> str:
    """docs/commands.md: every command's own help text."""
    parts = ["# Commands\n", "Made from the program's help texts by `make docs`.\n"]
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        context = click.Context(command, info_name=f"fanjian {name}", max_content_width=96)
        parts.append(f"## fanjian {name}\n\n```text\n{command.get_help(context)}\n```\n")
    parts.append("Exit codes: 0 good; 1 a book failed, or findings with `--strict`; 2 wrong use.\n")
    return "\n".join(parts)


def traditional_readme() -> str:
    """README.zh-Hant.md: README.zh-Hans.md through Fanjian's own conversion, code and links untouched."""
    from pipeline.hanzi import convert_text
    from pipeline.settings import HanziSettings

    text = (ROOT / "README.zh-Hans.md").read_text(encoding="utf-8")
    settings = HanziSettings(traditional="tw")
    out = [
        part if kept else convert_text(part, "zh-Hant", settings, "zh-Hans-CN").text for kept, part in _parts(text)
    ]
    return "".join(out)


# Code, link targets, and the names of the two scripts, each of which stays in its own script.
KEPT = re.compile(r"```.*?```|`[^`\n]+`|\]\([^)]*\)|简体中文|繁體中文|繁简", re.S)


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    at = 0
    for match in KEPT.finditer(text):
        yield False, text[at : match.start()]
        yield True, match.group()
        at = match.end()
    yield False, text[at:]


PAGES = {"docs/commands.md": command_page, "README.zh-Hant.md": traditional_readme}


def main() -> None:
    """Writes every page."""
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
