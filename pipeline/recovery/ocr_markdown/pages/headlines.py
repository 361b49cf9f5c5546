"""Running heads that stand once or twice only: the title or a part of it, the journal's name with its issue.

Comes in: the paper's chunks and what is known of its pages. Goes out: the lines that are such heads. Refused: a
line that is neither at a page's edge nor says what the first lines of the paper say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.note_signs import ANY_CALL
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.pages.edges import Paper, ends_as_text
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.papers import ISSUE

_TOP = 8  # chunks in which masthead and title stand
_LONGEST, _SHORTEST = 60, 4  # characters of a head
_WHOLE = 8  # characters of a title that a head may name among other things
_NAMES = 16  # characters of the authors before it
_PARTING = re.compile(r"[：:]|——|──|—|　| {2,}")
_ISSUE = re.compile(rf"{ISSUE}|[0-9]{{4}}年|Vol\.|No\.", re.IGNORECASE)
_OF_SERIES = re.compile(rf"{ISSUE}|(?:Vol|No)\.", re.IGNORECASE)  # also below the name of the series
_ISSUE_ALONE = re.compile(  # «某某學刊　2011年第3期», «2011年第3期 某某學刊»
    r"[\u3400-\u9fff（）]{3,16}[ \u3000·・]*(?:[0-9]{4}年[ \u3000]*)?(?:第[0-9]{1,3}卷[ \u3000]*)?第[0-9]{1,3}[期輯辑]"
    r"|[0-9]{4}年[ \u3000]*(?:第[0-9]{1,3}卷[ \u3000]*)?第[0-9]{1,3}[期輯辑][ \u3000·・]*[\u3400-\u9fff（）]{3,16}"
)
_NUMBERED = re.compile(r"^[0-9]{1,4}(?=[ \u3000])|(?<=[ \u3000])[0-9]{1,4}$")
_SENTENCE = re.compile("[。！？；：]")
_BETWEEN_NAMES, _NAME = re.compile(r"[、，,；;\s\u3000]+"), re.compile(r"[\u3400-\u9fff]{2,4}")
_JOURNAL = re.compile(r"[\u3400-\u9fff]{4,}")


@dataclass(frozen=True)
class _Top:
    """What the first lines of a paper say."""

    heading: Chunk | None  # its title
    whole: str  # the title's words
    titles: Set[str]  # so a head may name the paper: the title, each of its parts, a line above it
    journals: Set[str]
    issues: Set[str]  # lines that tell an issue
    below: Sequence[Chunk]  # the lines that tell an issue below the name of their series
    names: Set[str]  # the authors', each and all

    def says_title(self, text: str) -> bool:
        """Whether a line says a part of the title, the whole one with its authors, or a part beside an issue."""
        squashed = _squashed(text)
        if squashed in self.titles:
            return True
        if len(self.whole) >= _WHOLE and self.whole in squashed and len(squashed) <= len(self.whole) + _NAMES:
            return True
        return _ISSUE.search(text) is not None and self.names_title(squashed)

    def says_heading(self, squashed: str) -> bool:
        """Whether a heading says a long part of the title."""
        return len(squashed) >= _WHOLE and squashed in self.titles

    def names_title(self, squashed: str) -> bool:
        """Whether a long title stands among other words."""
        return any(len(title) >= _WHOLE and title in squashed for title in self.titles)

    def says_issue(self, text: str) -> bool:
        """Whether a line says a journal and its issue, or again what the masthead says of these."""
        said = {_squashed(text), _squashed(_NUMBERED.sub("", text))}
        of_series = {f"{title}{issue}" for title in self.titles for issue in self.issues}
        is_one = _ISSUE_ALONE.fullmatch(text) is not None or not said.isdisjoint(self.issues | of_series)
        return is_one or (_tells_issue(text) and any(name in text for name in self.journals))


def find_headlines(paper: Paper) -> list[int]:
    """The lines at a page's edge that say the title, also with its authors, the title's first or second part, or the journal and its issue.

    A title with a page number says it anywhere.
    """
    top = _top(paper)
    out = set(_numbered_titles(paper, top))
    for i, chunk in enumerate(paper.chunks):
        text = _bare(paper.text(i))
        if not paper.is_line(i) or not _SHORTEST <= len(text) <= _LONGEST or ends_as_text(text):
            continue
        is_again = _squashed(text) == top.whole or (i >= _TOP and top.says_heading(_squashed(text)))
        if i < _TOP and chunk.kind is ChunkKind.HEADING and (chunk is top.heading or not is_again):
            continue
        says_title = is_again or (chunk.kind is ChunkKind.TEXT and top.says_title(text))
        may_head = i > 0 and (says_title or (chunk not in top.below and top.says_issue(text)))
        if may_head and (paper.is_at_edge(i, ends=False) or paper.stands_at_rule(i)):
            out.add(i)
    return sorted(out)


def _tells_issue(text: str) -> bool:
    """Whether a line has an issue or a year in it, and is no sentence.

    >>> _tells_issue("江南學報 2011年"), _tells_issue("補記 2011年10月9日：水門已開")
    (True, False)
    """
    return _ISSUE.search(text) is not None and not _SENTENCE.search(text)


def _numbered_titles(paper: Paper, top: _Top) -> list[int]:
    """The lines that say the title with a page number, and may name the author, or at a page's edge the author alone; a short title
    twice at least. They rise.
    """
    found: list[tuple[int, int]] = []
    for i, chunk in enumerate(paper.chunks):
        if not paper.is_line(i) or chunk.kind is not ChunkKind.TEXT or chunk.tail - chunk.inner > _LONGEST:
            continue
        text = _bare(paper.text(i))
        if (m := _NUMBERED.search(text)) is None:
            continue
        words = _squashed(text[: m.start()] + text[m.end() :])
        is_name = words in top.names and paper.is_at_edge(i, ends=False)
        if is_name or words in top.titles or top.names_title(words):
            found.append((i, int(m.group())))
    rises = all(a < b for (_, a), (_, b) in pairwise(found))
    is_told = len(found) > 1 or any(len(title) >= _WHOLE for title in top.titles)
    return [i for i, _ in found] if is_told and rises else []


def _top(paper: Paper) -> _Top:
    """What stands above the text."""
    titles: set[str] = set()
    journals: set[str] = set()
    issues: set[str] = set()
    above: set[str] = set()  # lines of the masthead
    below: list[Chunk] = []
    headings = [i for i, chunk in enumerate(paper.chunks[:_TOP]) if chunk.kind is ChunkKind.HEADING]
    last = headings[-1] if headings else 0
    heading: Chunk | None = None
    whole = ""
    names: set[str] = set()
    for i, chunk in enumerate(paper.chunks[:_TOP]):
        text = _bare(paper.text(i))
        if chunk.kind is ChunkKind.HEADING:
            if heading is None:
                heading, whole = chunk, _squashed(text)
            titles |= {*map(_squashed, _parts(text)), *above}
        elif chunk.kind is ChunkKind.TEXT and not titles and len(text) <= _LONGEST:
            if _tells_issue(text):
                journals |= set(_JOURNAL.findall(text))
                issues.add(_squashed(text))
            elif not ends_as_text(text) and heading_mark(text) is None:
                above.add(_squashed(text))
        elif chunk.kind is ChunkKind.TEXT and i < last and _tells_issue(text) and _OF_SERIES.search(text):
            issues.add(_squashed(text))
            below.append(chunk)
        elif chunk.kind is ChunkKind.TEXT and not names and heading is not None:
            names = _names(text)
    titles = {title for title in titles if len(title) >= _SHORTEST}
    return _Top(heading, whole, titles, journals, issues, below, names)


def _names(line: str) -> set[str]:
    """The authors that a line names and nothing else, without the marks of their notes.

    >>> sorted(_names("王明<sup>1</sup>、李文*"))
    ['李文', '王明', '王明、李文']
    """
    names = [name for name in _BETWEEN_NAMES.split(re.sub(rf"{ANY_CALL}|[\\\[\]*＊∗†‡]", "", line)) if name]
    return {*names, "、".join(names)} if all(_NAME.fullmatch(name) for name in names) else set()


def _parts(title: str) -> Iterator[str]:
    """A title, and what stands before, between and behind the marks that part it."""
    yield from (title, *_PARTING.split(title))
    for m in _PARTING.finditer(title):
        yield from (title[: m.start()], title[m.end() :])


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("*", "").strip("_# \t")


def _squashed(text: str) -> str:
    return re.sub(r"[\s\u3000|｜]+", "", text)
