"""Which lines are running heads and page numbers: on lines of their own, or merged into a page's first line.

Comes in: a layout whose pages are known. Goes out: its heads. Refused: a line that is like a running head but stands on one
page only, a number that does not go on where the pages before it stopped, the text's own title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.front_lines import ENGLISH, is_masthead
from pipeline.recovery.page_dump.furniture.by_others import find_facing, find_first, folios_in_step
from pipeline.recovery.page_dump.furniture.chapters import chapter_heads, chapter_numbers, hidden_numbers
from pipeline.recovery.page_dump.furniture.edges import find_edges
from pipeline.recovery.page_dump.furniture.folios import Head
from pipeline.recovery.page_dump.furniture.headlines import inner_lines
from pipeline.recovery.page_dump.furniture.kept import find_kept
from pipeline.recovery.page_dump.furniture.last_notes import last_notes
from pipeline.recovery.page_dump.furniture.merged import find_merged
from pipeline.recovery.page_dump.furniture.own_lines import masked, number_in, own_lines
from pipeline.recovery.page_dump.furniture.singles import find_singles
from pipeline.recovery.page_dump.furniture.titles import title_among, titles_below
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.settings import RecoverSettings

# From a layout, its heads so far, and the lines that went as something else, to further heads.
_Finder = Callable[[Layout, Mapping[int, Head], Container[int]], Iterable[Head]]
_NAME = re.compile("[\u3400-\u9fff]{2,12}")
OWN = 2  # so often, but for its numbers, a line stands within pages that is the text's own, as a month of a chronology is
MASTHEAD = 5  # lines of the first page that name the journal


def find_heads(
    layout: Layout, gone: dict[int, tuple[str, str]], settings: RecoverSettings, titles: Container[str]
) -> list[Head]:
    """The heads, in the order of their lines; of two readings of a line the surer one, which is asked for first.

    ``gone`` are lines that went as something else, ``titles`` what the contents list names.
    """
    chapters = _without_notes(layout, chapter_heads(layout, gone, titles))
    own = _without_notes(layout, own_lines(layout, gone))
    hidden = hidden_numbers(layout, gone, chapters)
    if len(hidden) > sum(head.rule == "L4" for head in own):
        own = [head for head in own if head.rule != "L4" or head.number < 0]  # but Roman ones
    heads: dict[int, Head] = {}
    _add(heads, [*_told_heads(layout, settings), *own, *hidden, *chapters, *find_merged(layout)], gone)
    by_words: tuple[_Finder, ...] = (_foot_of_first, find_singles, find_kept)
    for find in by_words:
        _add(heads, _without_own(layout, _without_notes(layout, find(layout, heads, gone))), gone)
    by_others: tuple[_Finder, ...] = (find_first, find_facing, folios_in_step, find_edges, chapter_numbers)
    for find in by_others:
        _add(heads, find(layout, heads, gone), gone)
    heads.pop(title_among(layout, heads, gone), None)
    worded = [i for i, head in heads.items() if head.rule == "L3" and head.number < 0]
    for i in titles_below(layout, worded, heads):
        heads.pop(i)
    return sorted(heads.values(), key=lambda head: head.index)


def _add(heads: dict[int, Head], found: Iterable[Head], gone: Container[int]) -> None:
    """Take in what was found, but for lines that went and those whose head is known."""
    for head in list(found):
        if head.index not in gone:
            heads.setdefault(head.index, head)


def _without_notes(layout: Layout, heads: Iterable[Head]) -> list[Head]:
    """The heads without what is the last note of its page."""
    heads = list(heads)
    notes = last_notes(layout, [head.index for head in heads if head.rule == "L3"])
    return [head for head in heads if head.index not in notes]


def _without_own(layout: Layout, heads: Sequence[Head]) -> Sequence[Head]:
    """The heads without what the pages have within, too, but for its numbers."""
    if not heads:
        return heads
    within = Counter(masked(layout.lines[i].text) for i in inner_lines(layout))
    return [head for head in heads if within[masked(layout.lines[head.index].text)] < OWN]


def _foot_of_first(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> Iterator[Head]:
    """Lines at the foot of the first page that name the journal and its issue: some extractors give its head last.

    Above its name in English stands its own, whatever it is, behind what ends there.
    """
    if len(layout.pages) < 2:
        return
    page = layout.pages[0]
    below = ""  # what was found below
    for i in range(page.last - 1, max(page.first, page.last - 1 - MASTHEAD), -1):
        if i in heads or i in gone:
            continue
        text, above = layout.lines[i].text, layout.lines[i - 1].text
        english = ENGLISH.fullmatch(text) is not None
        apart = is_closed(above) or _NAME.fullmatch(above) is not None
        named = english and (is_masthead(above) or (is_masthead(below) and apart))
        own = ENGLISH.fullmatch(below) and is_closed(above) and _NAME.fullmatch(text)
        if not (named or own or is_masthead(text)):
            return
        below = text
        yield Head(
            i, len(layout.lines[i].text), -1, "L3", "the head of the first page: the journal and its issue"
        )


def _told_heads(layout: Layout, settings: RecoverSettings) -> list[Head]:
    """Running heads that the settings name, alone or merged into a line."""
    told = [masked(text) for text in settings.running_heads if text.strip()]
    out = []
    for i, line in enumerate(layout.lines if told else ()):
        if masked(line.text) in told:
            out.append(
                Head(i, len(line.text), number_in(line.text), "L3", "a running head named in the settings")
            )
    return out
