"""Running heads that stand once or twice only: the title or a part of it, the journal's name with its issue.

Comes in: the source's chunks and what is known of the pages' edges. Goes out: the lines that are such heads. Refused: a
line that is neither at a page's edge nor says what the first lines of the paper say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence, Set
from itertools import pairwise

from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.pages.edges import ends_as_text
from pipeline.recovery.wording.headings import heading_mark

_TOP = 8  # chunks in which masthead and title stand
_LONGEST, _SHORTEST = 60, 4  # characters of a head
_WHOLE = 8  # characters of a title that a head may name among other things
_NAMES = 16  # characters of the authors before it
_PARTING = re.compile(r"[：:]|——|──|—|　| {2,}")
_ISSUE = re.compile(r"第?[0-9〇一二三四五六七八九十]{1,4}[卷期號号輯辑]|[0-9]{4}年|Vol\.|No\.", re.IGNORECASE)
_ISSUE_ALONE = re.compile(  # «某某學刊　2011年第3期», «2011年第3期 某某學刊»
    r"[\u3400-\u9fff（）]{3,16}[ \u3000·・]*(?:[0-9]{4}年[ \u3000]*)?(?:第[0-9]{1,3}卷[ \u3000]*)?第[0-9]{1,3}[期輯辑]"
    r"|[0-9]{4}年[ \u3000]*(?:第[0-9]{1,3}卷[ \u3000]*)?第[0-9]{1,3}[期輯辑][ \u3000·・]*[\u3400-\u9fff（）]{3,16}"
)
_NUMBERED = re.compile(r"^[0-9]{1,4}(?=[ \u3000])|(?<=[ \u3000])[0-9]{1,4}$")
_SENTENCE = re.compile("[。！？；：]")
_JOURNAL = re.compile(r"[\u3400-\u9fff]{4,}")


def find_headlines(
    source: str, chunks: Sequence[Chunk], known: Set[int], is_at_edge: Callable[[int], bool]
) -> list[int]:
    """The lines at a page's edge that say the title, also with its authors, the title's first or second part, or the journal and its issue.

    A title with a page number says it anywhere.

    ``known`` are the chunks that are something else.
    """
    titles, journals = _first_lines(source, chunks)
    top = next((c for c in chunks[:_TOP] if c.kind is ChunkKind.HEADING), None)
    whole = _squashed(_bare(source, top)) if top is not None else ""  # said again as a heading
    out = []
    for i, chunk in enumerate(chunks):
        text = _bare(source, chunk)
        is_top = i < _TOP and chunk.kind is ChunkKind.HEADING and (chunk is top or _squashed(text) != whole)
        if (
            is_top
            or i in known
            or chunk.kind not in LINES
            or not _SHORTEST <= len(text) <= _LONGEST
            or ends_as_text(text)
        ):
            continue
        says_title = _squashed(text) == whole or (
            chunk.kind is ChunkKind.TEXT and _says_title(text, whole, titles)
        )
        if (says_title or _says_issue(text, journals)) and i > 0 and is_at_edge(i):
            out.append(i)
    return sorted({*out, *_numbered_titles(source, chunks, known, titles)})


def _says_title(text: str, whole: str, titles: Set[str]) -> bool:
    """Whether a line says a part of the title, the ``whole`` one with its authors, or a part beside an issue."""
    squashed = _squashed(text)
    if squashed in titles:
        return True
    if len(whole) >= _WHOLE and whole in squashed and len(squashed) <= len(whole) + _NAMES:
        return True
    return _ISSUE.search(text) is not None and any(len(t) >= _WHOLE and t in squashed for t in titles)


def _says_issue(text: str, journals: Collection[str]) -> bool:
    """Whether a line says a journal and its issue."""
    is_one = _ISSUE_ALONE.fullmatch(text) is not None
    return is_one or (_tells_issue(text) and any(name in text for name in journals))


def _tells_issue(text: str) -> bool:
    """Whether a line has an issue or a year in it, and is no sentence.

    >>> _tells_issue("江南學報 2011年"), _tells_issue("補記 2011年10月9日：水門已開")
    (True, False)
    """
    return _ISSUE.search(text) is not None and not _SENTENCE.search(text)


def _numbered_titles(source: str, chunks: Sequence[Chunk], known: Set[int], titles: Set[str]) -> list[int]:
    """The lines that say the title with a page number, and may name the author; a short title twice at least. They rise."""
    found: list[tuple[int, int]] = []
    for i, chunk in enumerate(chunks):
        if i in known or chunk.kind is not ChunkKind.TEXT or chunk.tail - chunk.inner > _LONGEST:
            continue
        text = _bare(source, chunk)
        if (m := _NUMBERED.search(text)) is None:
            continue
        words = _squashed(text[: m.start()] + text[m.end() :])
        if words in titles or any(len(title) >= _WHOLE and title in words for title in titles):
            found.append((i, int(m.group())))
    rises = all(a < b for (_, a), (_, b) in pairwise(found))
    is_told = len(found) > 1 or any(len(title) >= _WHOLE for title in titles)
    return [i for i, _ in found] if is_told and rises else []


def _first_lines(source: str, chunks: Sequence[Chunk]) -> tuple[set[str], set[str]]:
    """The titles above the text, whole and in parts, with the lines above them, and the names of journals there."""
    titles: set[str] = set()
    journals: set[str] = set()
    above: set[str] = set()  # lines of the masthead
    for chunk in chunks[:_TOP]:
        text = _bare(source, chunk)
        if chunk.kind is ChunkKind.HEADING:
            parting = list(_PARTING.finditer(text))
            ends = [text[: m.start()] for m in parting] + [text[m.end() :] for m in parting]
            titles |= {*map(_squashed, (text, *_PARTING.split(text), *ends)), *above}
        elif chunk.kind is ChunkKind.TEXT and not titles and len(text) <= _LONGEST:
            if _tells_issue(text):
                journals |= set(_JOURNAL.findall(text))
            elif not ends_as_text(text) and heading_mark(text) is None:
                above.add(_squashed(text))
    return {title for title in titles if len(title) >= _SHORTEST}, journals


def _bare(source: str, chunk: Chunk) -> str:
    return unicodedata.normalize("NFC", source[chunk.inner : chunk.tail]).strip("*_# \t")


def _squashed(text: str) -> str:
    return re.sub(r"[\s\u3000|｜]+", "", text)
