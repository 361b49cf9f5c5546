"""Abstracts and keywords in sections of their own, as a thesis has them between its cover and its first chapter.

Comes in: the paragraphs. Goes out: the roles of those sections. Refused: a section without a label, or as long as a chapter.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.page_dump.front.roles import FrontPart, Para, Role, label_length
from pipeline.recovery.page_dump.front_lines import ABSTRACT, KEYWORDS, is_keywords, is_latin_text

_LONGEST = 12  # no abstract has more paragraphs


def read_sections(paras: Sequence[Para], at: int) -> list[FrontPart]:
    """Abstracts and keywords between the cover and the first chapter, each below its own label."""
    out: list[FrontPart] = []
    end = next((i for i, p in enumerate(paras) if i >= at and p.rank > 0 and p.numbered), len(paras))
    i = at
    while i < end:
        text = paras[i].text
        if not ((match := ABSTRACT.fullmatch(text)) and match.end() > 1):
            i += 1
            continue
        last = next(
            (k for k in range(i + 1, end) if paras[k].heading or ABSTRACT.fullmatch(paras[k].text)), end
        )
        keywords = next((k for k in range(i + 1, last) if is_keywords(paras[k].text)), None)
        stop = last if keywords is None else keywords
        body = range(i + 1, stop)
        if not body or len(body) > _LONGEST:
            i += 1
            continue
        lang = "en" if sum(is_latin_text(paras[k].text) for k in body) * 2 > len(body) else ""
        out.append(FrontPart(i, Role.LABEL, lang))
        out += [FrontPart(k, Role.ABSTRACT, lang) for k in body]
        if keywords is not None:
            mark = label_length(paras[keywords].text, KEYWORDS)
            out.append(FrontPart(keywords, Role.KEYWORDS, lang, mark))
        i = stop + 1
    return out
