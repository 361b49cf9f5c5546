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
    parent = click.Context(cli, info_name="fanjian", **cli.context_settings)
    parts = ["# Commands\n", "Made from the program's help texts by `make docs`.\n"]
    for name in COMMANDS:
        command = cli.get_command(parent, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=parent, max_content_width=96)
        parts.append(f"## fanjian {name}\n\n```text\n{command.get_help(context)}\n```\n")
    parts.append(
        "Exit codes: 0 good; 1 a book failed, or findings with `--strict`; 2 wrong use; 130 stopped by Ctrl-C, 143 by SIGTERM.\n"
    )
    return "\n".join(parts)


def traditional_readme() -> str:
    """README.zh-Hant.md: README.zh-Hans.md through Fanjian's own conversion, code and links untouched."""
    from pipeline.hanzi import convert_text
    from pipeline.settings import HanziSettings

    text = (ROOT / "README.zh-Hans.md").read_text(encoding="utf-8")
    text = text.replace("[繁體中文](README.zh-Hant.md)", "[简体中文](README.zh-Hans.md)")
    settings = HanziSettings(traditional="tw")
    out = [
        part if kept else convert_text(part, "zh-Hant", settings, "zh-Hans-CN").text
        for kept, part in _parts(text)
    ]
    return "".join(out)


def rules_page() -> str:
    """docs/rules.md: every rule of character repair, from pipeline/recovery/rules/*.toml."""
    from pipeline.recovery.characters import rules

    parts = [
        "# Rules of character repair\n",
        "Made from `pipeline/recovery/rules/*.toml` by `make docs`. How a rule is written: [characters.md](characters.md).\n",
        "A *safe* rule makes an edit; the others only propose, and make a finding.\n",
    ]
    for rule in rules():
        parts.append(f"## {rule.id} {rule.title}\n\n{rule.why[0].upper()}{rule.why[1:]}.\n")
        when = f"; only in a document of the profile `{rule.when}`" if rule.when else ""
        parts.append(f"{'Safe: an edit' if rule.safe else 'Not safe: a finding'}{when}.\n")
        if rule.table:
            parts.append("Table: " + " ".join(f"{a}→{b}" for a, b in rule.table.items()) + "\n")
        rows = [f"| {_code(e.before)} | {_code(e.after)} |" for e in rule.examples]
        rows += [f"| {_code(text)} | stays |" for text in rule.keeps]
        parts.append("| text | becomes |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _code(text: str) -> str:
    """A text in a table: characters that nobody sees are named by their numbers."""
    shown = "".join(c if c.isprintable() else f"⟨U+{ord(c):04X}⟩" for c in text)
    return "`" + shown.replace("|", "\\|") + "`"


# The terminal, code, link targets, and the names of the two scripts, each of which stays in its own script.
KEPT = re.compile(r"```console.*?```|`[^`\n]+`|\]\([^)]*\)|简体中文|繁體中文|繁简", re.S)


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    at = 0
    for match in KEPT.finditer(text):
        yield False, text[at : match.start()]
        yield True, match.group()
        at = match.end()
    yield False, text[at:]


def limits_page() -> str:
    """docs/limits.md: what every page says under «Limits», in one place."""
    parts = [
        "# Limits\n",
        "What Fanjian cannot do, gathered from the pages of its rooms by `make docs`. Whatever it notices and\n"
        "cannot decide is a finding; what stands here it does not notice, or leaves to a person.\n",
    ]
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if page.name == "limits.md" or "\n## Limits\n" not in text:
            continue
        title = text.splitlines()[0].removeprefix("# ")
        limits = text.split("\n## Limits\n", 1)[1].split("\n## ", 1)[0].strip()
        parts.append(f"## [{title}]({page.name})\n\n{limits}\n")
    return "\n".join(parts)


PAGES = {
    "docs/commands.md": command_page,
    "docs/limits.md": limits_page,
    "docs/rules.md": rules_page,
    "README.zh-Hant.md": traditional_readme,
}


def main() -> None:
    """Writes every page."""
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
