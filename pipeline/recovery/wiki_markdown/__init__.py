"""Wiki Markdown → manuscript: an encyclopedia's article as an export turned it into Markdown.

Comes in: Markdown with links in odd places, ``-{…}-``, broken pictures, templates, categories, calls
``\\[12\\]`` and a numbered list of bodies at the end. Goes out: the article as a book would have it. Refused:
restoring words that the export lost: where the text shows a hole, a finding says so.

The way: ``article`` (what the marks tell) → ``blocks`` (the chunks walked) → ``assembly`` (texts finished, all accounted for).
"""

from __future__ import annotations

from pipeline.document.manuscript import Manuscript
from pipeline.recovery.wiki_markdown.article import open_article
from pipeline.recovery.wiki_markdown.assembly import assembled
from pipeline.recovery.wiki_markdown.blocks import read_blocks
from pipeline.settings import RecoverSettings


def recover_wiki_markdown(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of a wiki article. Never raises: what cannot be read stays text."""
    article = open_article(text, lang)
    return assembled(article, read_blocks(article), settings)
