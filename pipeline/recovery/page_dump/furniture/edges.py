"""Page numbers and running heads of a dump of one page or two: no other pages tell them.

Comes in: a layout with few pages and the heads known so far. Goes out: further heads. Refused: numbers that begin notes or
end sentences, headings, captions, and the lines above a title that say something else: the text
beside a head is as wide as a line of the page.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.recovery.notes.numbers import LONGEST_LABEL, label_number
from pipeline.recovery.page_dump.captions import tells_of_figure
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.front_lines import DEGREE, is_masthead
from pipeline.recovery.page_dump.furniture.carried import is_carried, is_full, text_measure
from pipeline.recovery.page_dump.furniture.folios import Head
from pipeline.recovery.page_dump.furniture.singles import names_issue
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.page_dump.pages.numbers import (
    LONG_HEAD,
    SHORT,
    YEARS,
    find_folio,
    head_length,
    is_called,
    lone_number,
    numbers_begun,
    numbers_called,
)
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import is_sentence_end

FEW = 2  # pages
FULL = 0.8  # of the measure has a line of the text
CLOSE = 4  # labels that stand below each other differ by no more
CELL = 0.3  # of the measure; a line so short that is not closed is a table's
PAST_CHAPTERS = 30  # no heading has this number
_WORDS = re.compile("[^，。；？！,;?!《》〈〉]*[\u3400-\u9fff]{4}[^，。；？！,;?!《》〈〉]*")
_NO_HEAD = re.compile("[。！？；]|[0-9\\])）]$|，.*，")  # a call may have torn the text's first line
_HAN = re.compile("[\u3400-\u9fff]{4}")
_NAMED = re.compile(r"^[圖图表附]|[第卷期輯辑圖图表篇章節节]\s*$")  # the number belongs to the words


def find_edges(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> Iterator[Head]:
    """The heads at the first and last line of each page, where a dump has few pages."""
    if len(layout.pages) > FEW:
        return
    for page in layout.pages:
        measure = text_measure(layout.lines[page.first : page.last])
        lines = [i for i in range(page.first, page.last) if i not in gone and i not in heads]
        known = heads.get(page.first + 1)
        if lines[:1] == [page.first] and known is not None and known.rule == "L4":
            words = _below_words(layout, range(page.first, page.last), measure) >= 0
        else:
            words = 1 < len(lines) < SHORT and _says_whose(layout.lines[lines[0]].text)
            words = words and _is_text(layout.lines[lines[1]], measure)
        if words:
            first, *lines = lines
            yield Head(first, len(layout.lines[first].text), -1, "L3", "a running head")
        if len(lines) < SHORT:
            continue
        numbered = any(i in heads and heads[i].number >= 0 for i in range(page.first, page.last))
        for side in (lines, lines[::-1]):
            found = list(_at_edge(layout, side, measure, numbered))
            numbered = numbered or any(head.number >= 0 for head in found)
            yield from found


def _at_edge(layout: Layout, lines: Sequence[int], measure: float, numbered: bool) -> Iterator[Head]:
    """The number and the words that ``lines`` begin with, from an edge of the page to its middle.

    ``numbered``: the page's number is known already.
    """
    if lines[0] < lines[1] and (found := _at_top(layout, lines, measure, numbered)):
        yield from found
        return
    text = layout.lines[lines[0]].text
    number = -1 if numbered else lone_number(text)
    if number >= 0 and not _counts(layout, lines, number, measure):
        yield Head(lines[0], len(text), number, "L4", "a page number")
        lines, numbered = lines[1:], True
    if (head := _worded(layout, lines, measure, numbered)) is not None:
        yield head


def _at_top(layout: Layout, lines: Sequence[int], measure: float, numbered: bool) -> list[Head]:
    """The head of a page that its first two lines tell together."""
    first, below = layout.lines[lines[0]], layout.lines[lines[1]]
    if _says_again(first.text, below, measure):
        why = "a running head: the title stands below it"
        return [Head(lines[0], len(first.text), -1, "L3", why)]
    if numbered or lone_number(first.text) >= 0 or (number := _below_words(layout, lines, measure)) < 0:
        return []
    return [
        Head(lines[0], len(first.text), -1, "L3", "a running head"),
        Head(lines[1], len(below.text), number, "L4", "a page number"),
    ]


class _Words(NamedTuple):
    """The words of a line, and the number before or ``behind`` them that may be the page's; -1 where there is none.

    ``apart``: a space parts the two that stands before no call.
    """

    words: str
    number: int = -1
    behind: bool = False
    apart: bool = False


def _words_of(text: str) -> _Words:
    match = find_folio(text)
    if match is None or int(match[1]) >= YEARS:
        return _Words(text)
    words = (text[: match.start()] + text[match.end() :]).strip()
    apart = "\u3000" in match[0] or "  " in match[0]
    return _Words(words, int(match[1]), behind=match.start() > 0, apart=apart)


def _worded(layout: Layout, lines: Sequence[int], measure: float, numbered: bool) -> Head | None:
    """The words that ``lines`` begin with as a head, with the page's number where it is not known already."""
    text, *others = (layout.lines[i].text for i in lines)
    if head_length(text) > LONG_HEAD:
        return None
    beside = [layout.lines[i] for i in lines]
    words, number, behind, apart = _Words(text) if numbered else _words_of(text)
    folio = apart or (number >= 0 and _is_no_call(number, others))
    if lines[0] < lines[1]:
        alone = _only_heads_say(words, beside, measure, apart, folio and behind)
    else:
        alone = number >= 0 and _is_below_notes(words, number, others, behind)
    if not alone and not _is_below_heads(beside[1], measure):
        return None
    told = number >= 0 and number not in numbers_begun(others) and _is_head(words, number, behind)
    if alone or told or _says_whose(words):
        return Head(lines[0], len(text), number, "L3", "a running head")
    return None


def _only_heads_say(words: str, lines: Sequence[Line], measure: float, apart: bool, folio: bool) -> bool:
    """Whether only a head can say the words of the first of these lines.

    The lines below go on from the page before, or with another section of the text than a heading would begin. ``apart``: a
    number stands apart beside the words; ``folio``: one behind them is the page's.
    """
    mark, below = heading_mark(words), lines[1]
    if _NO_HEAD.search(words) or tells_of_figure(words) or (mark is None and not _HAN.search(words)):
        return False
    if is_carried(lines[0], lines[1:], measure):
        return True
    following = heading_mark(below.text)
    if following is None or not following.number:
        return (apart and mark is not None) or (
            folio and below.indent < 2 and is_full(below, lines[2], measure)
        )
    listed = find_folio(below.text)
    if mark is None or (listed and listed.start()):  # a list of contents has numbers behind such lines
        return False
    if following.rank == mark.rank:
        return folio or following.value <= mark.value
    return folio or apart or (following.rank > mark.rank and following.value > 1)


def _is_below_notes(words: str, number: int, texts: Sequence[str], behind: bool) -> bool:
    """Whether words with a number stand below the last note of the page, which came to an end; ``texts`` from there upwards.

    No heading stands there, and a number before the words that is not the next one begins no note.
    """
    labels = numbers_begun(texts)
    notes = labels & numbers_called(texts)
    if not notes or _NO_HEAD.search(words) or not is_sentence_end(texts[0]):
        return False
    if behind:
        return heading_mark(words) is not None
    return number not in (max(notes) + 1, max(labels) + 1) and _HAN.search(words) is not None


def _is_no_call(number: int, texts: Sequence[str]) -> bool:
    """Whether a number above the lines ``texts`` calls none of the page's notes: they count from another one on."""
    labels = numbers_begun(texts)
    called = labels & numbers_called(texts)
    return bool(called) and number not in labels and number != min(called) - 1


def _below_words(layout: Layout, lines: Sequence[int], measure: float) -> int:
    """The number alone below the words that the page begins with, above the text or set off by marks; -1 where there is none."""
    if len(lines) < SHORT:
        return -1
    words, second, third = (layout.lines[i] for i in lines[:3])
    number = lone_number(second.text) if lines[0] < lines[1] and _WORDS.fullmatch(words.text) else -1
    if not second.text.isdigit():
        return number
    others = (layout.lines[i].text for i in lines[2:])
    return number if _is_below_heads(third, measure) and number not in numbers_begun(others) else -1


def _counts(layout: Layout, lines: Sequence[int], number: int, measure: float) -> bool:
    """Whether a number alone at the edge is a note's label, a cell, or a word of the text beside it."""
    line, beside = layout.lines[lines[0]], layout.lines[lines[1]]
    if not line.text.isdigit():
        return False
    others = [layout.lines[i].text for i in lines[1:]]
    labels = numbers_begun(others)
    own = {label_number(text) for text in others if len(text) <= LONGEST_LABEL} - {0}
    if not own.isdisjoint((number - 1, number + 1)):
        labels = {*labels - {number}, *own}  # labels have lines of their own: no other line begins with one
    if label := label_number(beside.text):  # one that came out last, or a cell
        if _is_of_the_page(line, beside, number, label, others, labels):
            return False
        if abs(label - number) <= CLOSE or labels.isdisjoint((label - 1, label + 1)):
            return True
    elif beside.width < CELL * measure and not is_closed(beside.text) and not _says_whose(beside.text):
        return True
    if lines[1] < lines[0] and beside.text[-1] in ",，、；;：:（(":
        return True
    near = number not in labels and not labels.isdisjoint((number - 1, number + 1))
    return near and is_called(number, others)  # a note's label, its body is elsewhere


def _is_of_the_page(
    line: Line, beside: Line, number: int, label: int, others: Sequence[str], labels: Container[int]
) -> bool:
    """Whether a number is the page's that stands below the ``label`` of a note, which came out last."""
    if not is_called(label, others[1:]):
        return False
    if number in map(label_number, others):  # the page has that label elsewhere
        return True
    if abs(label - number) <= 1:
        return False
    if not beside.text.isdecimal() or (line.gap and not beside.gap):
        return True
    called = number not in labels and is_called(number, others)
    return not called and (label - 1 in labels or label + 1 in labels)


def _is_text(line: Line, measure: float) -> bool:
    """Whether a line is as wide as a line of the page, or ends a sentence: no title does."""
    return line.width >= FULL * measure or "。" in line.text


def _is_below_heads(line: Line, measure: float) -> bool:
    """Whether a line is of the text, or one of its numbered headings: a masthead has the title below it."""
    mark = heading_mark(line.text)
    return _is_text(line, measure) or (mark is not None and bool(mark.number))


def _says_again(words: str, below: Line, measure: float) -> bool:
    """Whether the line below says the same, or begins with it: the title, below the head that repeats it.

    A text may begin with what its title names: the words are its title then.
    """
    head, title = squashed(words), squashed(below.text)
    again = title == head or (title.startswith(head) and not _is_text(below, measure))
    return again and _WORDS.fullmatch(words) is not None


def _says_whose(words: str) -> bool:
    """Whether words name the journal and its issue, or the university and the degree."""
    return DEGREE.fullmatch(words) is not None or names_issue(words)


def _is_head(words: str, number: int, behind: bool) -> bool:
    """Whether a number before or ``behind`` these words is the page's."""
    if not _WORDS.fullmatch(words) or heading_mark(words) is not None:
        return False
    return is_masthead(words) or (behind and not _NAMED.search(words)) or number >= PAST_CHAPTERS
