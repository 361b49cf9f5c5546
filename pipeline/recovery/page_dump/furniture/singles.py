"""Running heads that a short text has on one page or two only: told by what they say and where they stand.

Comes in: a layout with its pages and the heads known so far. Goes out: further heads. Refused, unless marks frame their page
number: lines of the first page, and lines that are not at the edge of theirs; and such as say neither the text's own title, nor
its journal with a number, nor a numbered heading of their own page or the one before.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import dropwhile, pairwise, takewhile

from pipeline.recovery.page_dump.captions import tells_of_figure
from pipeline.recovery.page_dump.front_lines import is_masthead
from pipeline.recovery.page_dump.furniture.folios import Head
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.numbers import LONE, LONG_HEAD, find_folio, head_length
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import NEVER_LAST_OF_TITLES
from pipeline.recovery.wording.papers import ISSUE, ORDINAL, PERIODICAL

# No label of a note.
_FRAMED = re.compile(r"^([．·•‧・|｜\-–—－])\s?[0-9]{1,4}\s?\1|([．·•‧・|｜\-–—－])\s?[0-9]{1,4}\s?\2$")
_FRAMED_ENDS = "期輯辑．·•‧・|｜-–—－"
_NAME = "[\u3400-\u9fff·‧•]{2,5}"
_AUTHOR = re.compile(f"{_NAME}(?:[、，]{_NAME}){{0,3}}(?:[ \u3000]?[等著])?\\s?[：:／/]")
_ISSUE = re.compile(
    rf"{ORDINAL}[卷輯辑]\s?{ORDINAL}[期號号]"
    rf"|(?:{PERIODICAL}|論叢|论丛|評論|评论|研究)\s?(?:[（(][^()（）]{{2,12}}[)）]\s?)?(?:[0-9]{{4}}\s?年\s?)?(?=第){ISSUE}"
)
_ISSUE_END = re.compile(rf"[^\W\d_]\s?(?=第){ORDINAL}[期輯辑]\s*$")  # beside a page number
_ENDS = f"{NEVER_LAST_OF_TITLES}」"
_CITED = re.compile("[，。；：《〈]")
_MAIN = re.compile("[^：:—─]{4,}(?=[：:—─])")  # a title up to its colon
_BARS = re.compile("[·・|｜│]")
TOP = 10  # lines that may hold the title
TITLE, BEHIND_AUTHOR = 6, 4  # characters of a title, at least, that a head says
PIECES = 4  # lines that the pieces of a head and of a heading take
AGAIN = 5  # lines
ARTICLE = 40  # pages: in a longer text a date, a degree or the like at one page's edge is the text's own
REACH = 3  # furniture stands among so many lines from the edge of a page


def names_issue(words: str, numbered: bool = False) -> bool:
    """Whether words are a journal's name with its issue, and nothing else; ``numbered``: a page's number stands beside them.

    >>> names_issue("江南史研究 2019 年第 3 期"), names_issue("見《江南史研究》2019 年第 3 期")
    (True, False)
    >>> names_issue("江南史學 第三期"), names_issue("江南史學 第三期", numbered=True)
    (False, True)
    """
    words = " ".join(words.split())
    return _has_issue(words, numbered) and _CITED.search(words) is None


def _has_issue(words: str, numbered: bool) -> bool:
    return bool(_ISSUE.search(words) or (numbered and _ISSUE_END.search(words)))


def find_singles(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> Iterator[Head]:
    """Lines at the edges of the later pages that say the text's title or a heading again, or name its journal and issue."""
    top = [line.text for line in layout.lines[:TOP] if not LONE.fullmatch(line.text)]
    top = [*dropwhile(is_masthead, top)] or top
    title = Title(list(takewhile(lambda text: "。" not in text, top)))
    told = {squashed(layout.lines[i].text) for i in heads}
    journal = len(layout.pages) <= ARTICLE
    for page in layout.pages:
        for i in _framed(layout, page):
            if (
                i not in heads
                and i not in gone
                and (head := _head(i, layout.lines[i], title, journal)) is not None
            ):
                yield head
    for before, page in pairwise(layout.pages):
        if _begins_again(layout, page):
            continue
        yield from _repeated(layout, before, page, heads, gone, told)
        for reach in (
            range(page.first, min(page.first + REACH, page.last)),
            range(page.last - 1, max(page.last - 1 - REACH, page.first - 1), -1),
        ):
            for i in reach:
                line = layout.lines[i]
                if i in heads or i in gone or LONE.fullmatch(line.text):
                    continue
                if (head := _head(i, line, title, journal, _has_number_beside(layout, page, i))) is None:
                    break
                yield head


def _begins_again(layout: Layout, page: Page) -> bool:
    """Whether a page begins with the first lines of the text, more than a head has: it stands there once more."""
    again = range(min(AGAIN, page.last - page.first))
    return all(layout.lines[k].text == layout.lines[page.first + k].text for k in again)


def _repeated(
    layout: Layout,
    before: Page,
    page: Page,
    heads: Container[int],
    gone: Container[int],
    told: Container[str],
) -> Iterator[Head]:
    """The first line of a page, if it is a numbered heading that stands on it once more, or on the page before; or the pieces of
    a head. ``told``: what heads of other pages say.
    """
    lines = layout.lines
    i = next((i for i in range(page.first, page.last) if i not in heads and i not in gone), None)
    if i is None:
        return
    if (k := _other_piece(lines, i, page.last, told)) > i:
        yield from (Head(n, len(lines[n].text), -1, "L3", "a piece of a running head") for n in (i, k))
        return
    if not _is_heading(lines[i]):
        return
    said, behind = (squashed(line.text) for line in (lines[i], lines[min(i + 1, len(lines) - 1)]))
    for k in (*range(before.first, before.last), *range(i + 1, page.last)):
        if k in heads or squashed(lines[k].text) != said:
            continue
        following = lines[min(k + 1, len(lines) - 1)]
        if (
            not _is_heading(following) and squashed(following.text) != behind
        ):  # no list, nor the same text again
            yield Head(i, len(lines[i].text), -1, "L3", "a running head: it says a heading of the text")
            return


def _other_piece(lines: Sequence[Line], i: int, last: int, told: Container[str]) -> int:
    """The line of the title whose number is line ``i``, a head as other pages have it or a heading that stands between the two has:
    pdftotext parts lines at wide spaces and tells their pieces in turn. ``i`` where there is none.
    """
    number = squashed(lines[i].text)
    mark = heading_mark(lines[i].text)
    if mark is None or not mark.is_all_of(lines[i].text):
        return i
    headings = {squashed(line.text) for line in lines[i + 1 : min(i + PIECES, last)] if _is_heading(line)}
    for k in range(i + 2, min(i + PIECES, last)):
        if (whole := number + squashed(lines[k].text)) in told or whole in headings:
            return k
    return i


def _is_heading(line: Line) -> bool:
    mark = heading_mark(line.text) if head_length(line.text) <= LONG_HEAD else None
    return mark is not None and bool(mark.number) and not mark.is_all_of(line.text)


def _framed(layout: Layout, page: Page) -> Iterator[int]:
    """Lines inside a page that name an issue or end with a mark, a page number between marks beside: ``．158．某刊第三期``."""
    for i in range(page.first + REACH, page.last - REACH):
        text = layout.lines[i].text
        if text[-1] in _FRAMED_ENDS and _FRAMED.search(text):
            yield i


class Title:
    """The title at the top of a text, which its heads say again."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.whole = squashed("".join(lines))
        self.parts = [_unnumbered(line) for line in lines]
        self.main = _MAIN.match(self.parts[0] if self.parts else "")

    def is_said(self, words: str, numbered: bool = False) -> bool:
        """Whether these words, or those behind the last bar or point among them, an author's name before them perhaps, are the title of
        the text or its beginning; a title as short as a name only beside the page's number, and up to its colon.

        >>> title = Title(["第二章 碼頭：縣城與河道的一百年"])
        >>> title.is_said("沈某：碼頭：縣城與河道"), title.is_said("碼頭"), title.is_said("第二章　碼頭：縣城")
        (True, False, True)
        >>> title.is_said("江南史學 · 碼頭：縣城與河道"), title.is_said("江南史學 · 碼頭"), title.is_said("碼頭 · 縣城與河道")
        (True, False, False)
        >>> title.is_said("第三章　碼頭：縣城"), Title(["渡船的鐘：碼頭"]).is_said("渡船的鐘", numbered=True)
        (False, True)
        """
        parts = _BARS.split(words)
        if len(parts) > 1 and self.is_said(parts[-1], numbered):
            return True
        bare = squashed(words)
        if heading_mark(words.strip()) is not None:
            return len(bare) >= TITLE and self.whole.startswith(bare)
        author = _AUTHOR.match(bare)
        behind = bare[author.end() :] if author is not None else ""
        if numbered and self.main is not None and bare == self.main[0]:
            return True
        return any(
            len(said) >= least and "".join(self.parts[k:]).startswith(said)
            for said, least in ((bare, TITLE), (behind, BEHIND_AUTHOR))
            for k in range(len(self.parts))
        )


def _has_number_beside(layout: Layout, page: Page, i: int) -> bool:
    """Whether a line above or below, or at the other end of the page, is only a number."""
    near = (k for k in (i - 1, i + 1, page.first, page.last - 1) if page.first <= k < page.last)
    return any(LONE.fullmatch(layout.lines[k].text) for k in near)


def _head(i: int, line: Line, title: Title, journal: bool, beside: bool = False) -> Head | None:
    """The line as a head that says the title, or a journal and its issue; ``journal``: a date or degree alone may be one, too."""
    text = line.text
    if not may_be_head(text):
        return None
    match = find_folio(text)
    number = int(match[1]) if match else -1
    words = text[: match.start()] + text[match.end() :] if match else text
    numbered = beside or match is not None
    named = _has_issue(words, numbered) or (journal and is_masthead(words.strip() or text))
    if named or title.is_said(words, numbered):
        why = "a running head: it says the title of the text, or its journal"
        return Head(i, len(text), number, "L3", why)
    return None


def may_be_head(text: str) -> bool:
    sentence = text[-1] in _ENDS or "。" in text or text.count("，") > 1
    return not sentence and head_length(text) <= LONG_HEAD and not tells_of_figure(text)


def _unnumbered(text: str) -> str:
    mark = heading_mark(text)
    return squashed(text[mark.length :] if mark is not None else text)
