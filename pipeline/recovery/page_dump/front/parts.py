"""Which paragraphs are title, authors, affiliation, abstract and keywords?

Comes in: the paragraphs of a text, short and long, as ``Para`` values. Goes out: a role for those that are
front matter, in the text's own language and in English. Refused: a title without anything that speaks for
it, a front in the middle of the text.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from pipeline.recovery.page_dump.front.cover import CoverLine
from pipeline.recovery.page_dump.front.english import read_english
from pipeline.recovery.page_dump.front.head import read_head
from pipeline.recovery.page_dump.front.roles import HEAD, FrontPart, Para, Role
from pipeline.recovery.page_dump.front.sections import read_sections
from pipeline.recovery.page_dump.front_lines import ABSTRACT, is_latin_text

SECTIONS = 60  # an abstract without a title stands among so many


def find_front(
    paras: Sequence[Para], cover: Sequence[CoverLine] = (), columns: Container[str] = ()
) -> list[FrontPart]:
    """The front matter at the beginning, and the one in English behind it or at the end.

    ``cover``: what the first paragraphs say, where they are lines of a cover. ``columns``: names of the journal and its columns.
    """
    if not paras:
        return []
    if cover:
        own = [
            FrontPart(i, Role(line.said.value), "en" if line.latin else "", line.head, line.tail)
            for i, line in enumerate(cover)
        ]
        return own + read_sections(paras, len(cover))
    latin = [is_latin_text(p.text) for p in paras[:HEAD]]
    sample = paras[:: max(1, len(paras) // 200)]
    own_latin = sum(is_latin_text(p.text) for p in sample) * 2 > len(sample)
    out = read_head(paras, latin, own_latin, columns)
    untitled = not out or ABSTRACT.fullmatch(paras[out[0].index].text) is not None
    sections = read_sections(paras[:SECTIONS], 0) if untitled else []
    if sections and not sections[0].lang:
        return sections
    if not own_latin:
        english = read_english(paras, {part.index for part in out})
        taken = {part.index for part in english}  # a short text's own head may have read its abstract, too
        out = [*(part for part in out if part.index not in taken), *english]
    return out
