"""The front matter of a page dump as metadata: title, authors, abstract, keywords, each with its place in the source.

Comes in: the runs, and which of them are which part of the front. Goes out: ``Front`` values, the text's own and the English one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.document.manuscript import Finding, Front
from pipeline.document.traced import PieceKind, Traced
from pipeline.recovery.page_dump.front.roles import FrontPart, Role
from pipeline.recovery.page_dump.front_lines import STARS
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.work import Work, woven

_KEYWORD_ENDS = re.compile(r"\s*[、；;，,]\s*|[\s\u3000]{2,}")


def read_fronts(work: Work, runs: Sequence[Run], parts: Sequence[FrontPart], lang: str) -> tuple[Front, ...]:
    """The metadata of each language; what only labels or divides it goes into the layout."""
    fronts = []
    anchors, work.anchors = work.anchors, {}
    for own in ("", "en"):
        mine = [part for part in parts if part.lang == own]
        if not mine:
            continue
        texts: dict[Role, list[Traced]] = {role: [] for role in Role}
        for part in mine:
            if part.role is Role.LABEL:
                run = runs[part.index]
                work.marks += [work.flows[i].line.span for i in range(run.first, run.last)]
                continue
            if part.role in (Role.TITLE, Role.SUBTITLE) and texts[part.role]:
                continue  # the rest of a title on a second line: woven with its first
            text = woven(work, _whole_title(runs, mine, part), part.mark)
            if part.tail:
                work.marks += [p.span for p in text.sliced(len(text) - part.tail, len(text)).pieces]
                text = text.sliced(0, len(text) - part.tail)
            texts[part.role] += _keywords(work, text) if part.role is Role.KEYWORDS else [text]
        fronts.append(
            Front(
                own or lang,
                title=texts[Role.TITLE][0] if texts[Role.TITLE] else Traced(),
                subtitle=texts[Role.SUBTITLE][0] if texts[Role.SUBTITLE] else Traced(),
                authors=tuple(_starless(work, t) for t in texts[Role.AUTHOR]),
                affiliation=tuple(texts[Role.AFFILIATION]),
                abstract=tuple(texts[Role.ABSTRACT]),
                keywords=tuple(texts[Role.KEYWORDS]),
                masthead=tuple(texts[Role.MASTHEAD]),
            )
        )
    work.anchors = anchors
    return tuple(fronts)


def with_records(
    work: Work, fronts: tuple[Front, ...], records: Sequence[tuple[int, ...]], lang: str
) -> tuple[Front, ...]:
    """The metadata with the lines that the journal prints about the article, as its masthead."""
    if not records:
        return fronts
    lines = work.furnished.layout.lines
    texts = tuple(
        work.weaver.weave([(i, lines[i]) for i in record], work.profile.spaced) for record in records
    )
    own = fronts[0] if fronts else Front(lang)
    return (replace(own, masthead=(*own.masthead, *texts)), *fronts[1:])


def _whole_title(runs: Sequence[Run], parts: Sequence[FrontPart], part: FrontPart) -> Run:
    """The run of a part; of a title and a subtitle with those behind it that are its further lines."""
    if part.role not in (Role.TITLE, Role.SUBTITLE):
        return runs[part.index]
    last = max(p.index for p in parts if p.role is part.role)
    return Run(runs[part.index].first, runs[last].last)


def _keywords(work: Work, text: Traced) -> list[Traced]:
    """Keywords one by one; what stands between them is layout."""
    out, at = [], 0
    for match in _KEYWORD_ENDS.finditer(text.text):
        out.append(text.sliced(at, match.start()))
        work.marks += [p.span for p in text.sliced(match.start(), match.end()).pieces]
        at = match.end()
    out.append(text.sliced(at, len(text)))
    return [t for t in out if t]


def _starless(work: Work, author: Traced) -> Traced:
    """The author without a mark of a note that the source does not have; that is a finding."""
    text = author.text
    bare = text.rstrip(STARS)
    if bare == text or not bare or author.pieces[-1].kind is PieceKind.CALL:
        return author
    span = author.span_at(len(bare), len(text))
    message = f"the author carries {text[len(bare) :]}, the call of a note that the source lacks. Add it if you have it."
    work.weaver.findings.append(Finding("N13", message, span))
    return author.replaced(
        len(bare), len(text), "", "N4", "the call of a note on the author that the source lacks"
    )
