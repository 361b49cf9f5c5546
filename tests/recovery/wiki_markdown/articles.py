"""Articles of wikis recovered, and what tests ask of them in plain strings."""

from __future__ import annotations

from pipeline.document.manuscript import Manuscript
from pipeline.document.master import write_master
from pipeline.recovery.ledger import account
from pipeline.recovery.wiki_markdown import recover_wiki_markdown
from pipeline.settings import RecoverSettings


def recover(text: str, lang: str = "zh-Hant") -> Manuscript:
    """The manuscript, every character of it accounted for."""
    manuscript = recover_wiki_markdown(text, RecoverSettings(), lang)
    assert account(manuscript) == []
    return manuscript


def body(text: str, lang: str = "zh-Hant") -> str:
    """The master without its metadata."""
    return write_master(recover(text, lang)).split("---\n\n", 1)[-1].rstrip("\n")


def rules_of(manuscript: Manuscript) -> list[str]:
    """The rules of the findings."""
    return sorted(f.rule for f in manuscript.findings)


def codes(text: str) -> list[str]:
    """The rules of the findings of a text."""
    return rules_of(recover(text))


def link(text: str, target: str = "https://zh.wikipedia.org/wiki/X") -> str:
    """A link as Pandoc writes it of a wiki's page."""
    return f'[{text}]({target} "wikilink")'
