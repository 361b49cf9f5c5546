"""Spaces between Han characters: damage of the extraction, or the design of a heading.

A single space between two Han characters may be meant (``王 明`` in a list, ``沈志華 著``); so spaces go only
where a document has them between nearly all characters, or in a heading whose words are well known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.han import CLOSING, FORMAL, HAN, OPENING
from pipeline.recovery.wording.section_names import LETTERSPACED_NAMES
from pipeline.recovery.wording.surnames import has_surname

Hit = tuple[int, int, str]

_MARK = f"(?:第?[一二三四五六七八九十百\\d]{{1,4}}[章節节部編编]?|[{FORMAL}]{{1,2}})[、．.]?[ \u3000]+"
_LETTERSPACED = "((?:[\u4e00-\u9fff][ \u3000])+[\u4e00-\u9fff])\\s*"
_HEADING = (re.compile(f"\\s*{_LETTERSPACED}"), re.compile(f"\\s*{_MARK}{_LETTERSPACED}"))
_RUN = re.compile(f" (?<=[{HAN}] )[{HAN}](?: [{HAN}]){{3,}}")  # found by its first space: much faster
_SPACED_HEAD = re.compile(
    r"\s*第 ?(?:[〇零一二三四五六七八九十百] ?|\d+ ?)+[章節节回篇編编部卷講讲] +(?=[^ ])"
)
_BETWEEN = re.compile(f"(?<=[{HAN}{CLOSING}{OPENING}]) +(?=[{HAN}{CLOSING}{OPENING}])")


def find_spaced(text: str) -> Iterator[Hit]:
    """Spaces between Han characters and marks, in a document that has them everywhere."""
    head = _SPACED_HEAD.match(text)  # its name stands apart from its number
    kept = head.end() if head else 0
    yield from ((m.start(), m.end(), "") for m in _BETWEEN.finditer(text) if m.end() != kept)


def find_letterspaced(text: str) -> Iterator[Hit]:
    """The spaces inside a heading's word, where the text is that heading and nothing else."""
    if len(text) > 40:
        return
    m = next((m for m in (heading.fullmatch(text) for heading in _HEADING) if m and _is_heading(m)), None)
    if m is None:
        return
    for at in range(m.start(1), m.end(1)):
        if text[at] == " " or (text[at] == "\u3000" and m.end(1) - m.start(1) > 3):
            yield at, at + 1, ""


def _is_heading(m: re.Match[str]) -> bool:
    """A well-known word; or, behind a number and an ideographic space, any word that cannot be a name."""
    word = re.sub("[ \u3000]", "", m.group(1))
    if word in LETTERSPACED_NAMES:
        return True
    numbered = m.start(1) > 0 and m.string[m.start(1) - 1] == "\u3000" and not m.string.startswith(" ")
    return numbered and len(word) in (2, 3) and not has_surname(word) and "\u3000" not in m.group(1)


def find_spaced_run(text: str) -> Iterator[Hit]:
    """Five Han characters and more with a space between all of them, in a text that is not so."""
    for m in _RUN.finditer(text):
        run = text[m.start() - 1 : m.end()]
        if len(run) < len(text.strip()):
            yield m.start() - 1, m.end(), run.replace(" ", "")
