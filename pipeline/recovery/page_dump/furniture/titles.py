"""Lines that read as running heads do and are the text's own: its title at the top, chapters' titles below their numbers.

Comes in: a layout, and what was taken for its heads. Goes out: the lines that stay. Refused: a line that nothing but its place tells from
the heads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from pipeline.document.traced import Edit
from pipeline.recovery.page_dump.front_lines import is_star, opens_front
from pipeline.recovery.page_dump.furniture.folios import Head
from pipeline.recovery.page_dump.furniture.headlines import parted
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.section_names import FIRST_NAMES

CHAPTERS = (0.5, 1, 6)  # ranks of headings: an introduction, «第一章», «一、»


def title_among(layout: Layout, heads: dict[int, Head], gone: Container[int]) -> int:
    """The line that reads as the running heads do and is the text's own title, at the top of the first page; else -1.

    It stands there for the second time, otherwise than the heads, or what begins a text is right behind it.
    """
    if not layout.pages:
        return -1
    page = layout.pages[0]
    top = []
    for i in range(page.first, page.last):
        head = heads.get(i)
        numbered = head is not None and head.number >= 0 and parted(layout.lines[i].text)[1] < 0
        if i in gone or numbered or (head is not None and head.rule == "L4"):
            continue
        if head is None or head.rule != "L3" or head.length < len(layout.lines[i].text):
            break
        top.append(i)
    if not top or heads[top[-1]].number >= 0:
        return -1
    title = layout.lines[top[-1]]
    words = parted(title.text)[0]
    if top[-1] + 1 < page.last and parted(layout.lines[top[-1] + 1].text)[0].startswith(words):
        return -1  # the line below, which is no head, is the title: the head says all of it, or as much as it has room for
    again = len(top) > 1 and words == parted(layout.lines[top[-2]].text)[0]
    others = [i for i in heads if i > top[-1] and parted(layout.lines[i].text)[0] == words]
    apart = all(abs(layout.lines[i].indent - title.indent) > 1 or heads[i].number >= 0 for i in others)
    below = (line.text for line in layout.lines[top[-1] + 1 : page.last])
    behind = next((text for text in below if not is_star(text)), "")
    begins = opens_front(behind) or (heading_mark(title.text) is None and _begins(behind))
    return top[-1] if again or (others and apart) or begins else -1


def columns_among(removed: Iterable[Edit]) -> set[str]:
    """What the heads that were ``removed`` say on even pages, two or more, and on no odd one: a journal's name, or that of the
    column in which the article stands. Its title stands on odd pages.
    """
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for edit in removed:
        if edit.rule == "L3":
            words, number = parted(edit.before.strip())
            pages[words].append(number)
    return {words for words, numbers in pages.items() if len(numbers) > 1 and not any(n % 2 for n in numbers)}


def _begins(text: str) -> bool:
    """Whether a line is the heading of a first chapter or section, or begins the first article of a law.

    >>> _begins("第一章　總則"), _begins("第一條　為保護河道"), _begins("第二章　河防"), _begins("結語")
    (True, True, False, False)
    """
    mark = heading_mark(text)
    if mark is None:
        return text.startswith(("第一條", "第一条"))
    first = mark.value == 1 if mark.number else squashed(text) in FIRST_NAMES
    return mark.rank in CHAPTERS and first


def titles_below(layout: Layout, lines: Iterable[int], heads: Container[int]) -> set[int]:
    """Those of the lines that stand below the number of their chapter, where this is none of the ``heads``: its title."""
    out = set()
    for i in lines:
        above = layout.lines[i - 1].text if i and i - 1 not in heads else ""
        mark = heading_mark(above)
        if mark is not None and mark.is_all_of(above):
            out.add(i)
    return out
