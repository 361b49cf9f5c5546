"""Broken character maps: a font told the extraction a neighbour's code for some characters.

The words that prove it are tables in ``rules/*.toml``. Here: near-dead characters that a document's own
words prove wrong (必頇, 尚頇 → every 頇), with the texts in which they are right after all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set

from pipeline.recovery.wording.occurrence import has_any

Hit = tuple[int, int, str]

MEANS = {"頇": "須", "帄": "平", "尌": "就", "詴": "試", "貣": "起"}
_NEAR_DEAD = frozenset("頇帄尌詴")
_ALIVE = "貣"  # lives in old texts: none of its words speaks for it in a text about it,
OWN = 3  # so that three different ones must
WORDS = 2  # different words, of one character or of several, prove the map broken for the document,
KINDS = 3  # and so do so many near-dead characters, where a word speaks for one of them
# Where it is broken for certain, one of these is enough: elsewhere a text may be about the character.
_WEAK = {
    "尌": re.compile(
        "尌[不以其到去叫可只在如將對已得很從必應把是更會有沒為此要被說想看能給先跟這連像開]|一尌|並尌"
    ),
}
_OPENS, _CLOSES = frozenset("「『“‘"), frozenset("」』”’")
_SPOKEN_OF = re.compile("[「『“‘][^」』”’]{1,4}[」』”’]")  # a word in quotation marks of its own
_LINE_END = re.compile(r"[ \t]*\n\s*")
_RIGHT = re.compile(
    "[顢瞞]+頇+|[「『“《〈（\"'][頇帄尌詴貣][」』”》〉）\"']|[頇帄尌詴]字|字?音[頇帄尌詴]"
    "|[頇帄尌詴](?=[●○◎：:，。](?:[音訓讀读].也?[，。]|[\u4e00-\u9fff]{2}切|立也|巾也))|^[頇帄尌詴][●○◎：:]?$"
)
_ANY = re.compile("[頇帄尌詴貣]")


def find_broken(text: str, shown: re.Pattern[str]) -> frozenset[str]:
    """The characters whose map the document's own words prove broken; ``shown`` are words that only a look-alike makes.

    Proved for two characters, the map is broken for all of them.
    """
    if not has_any(text, MEANS):
        return frozenset()
    text = _LINE_END.sub("", text)  # a line's end may divide a word
    words = _words(text, shown)
    own = words.pop(_ALIVE, set())
    alive = {_ALIVE} if len(own) >= OWN else set()
    weak = {wrong for wrong, pattern in _WEAK.items() if pattern.search(text)}
    bare = _SPOKEN_OF.sub("", text)
    kinds = {bare[start] for start, _, _ in find_unproved(bare, frozenset())}
    together = len(kinds) >= KINDS and bool(words or weak)
    if sum(map(len, words.values())) + bool(own) < WORDS and not together:
        return frozenset(alive)
    widely = together or len(words) > 1
    return frozenset({w for w in _NEAR_DEAD if w in text and (widely or w in words or w in weak)} | alive)


def _words(text: str, shown: re.Pattern[str]) -> dict[str, set[str]]:
    """The words of the document that show them, by character; one in quotation marks of its own is spoken of."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for match in shown.finditer(text):
        before, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if before not in _OPENS and behind not in _CLOSES:
            for wrong in MEANS.keys() & set(match[0]):
                words[wrong].add(match[0])
    return words


def find_proved(text: str, proved: Set[str]) -> Iterator[Hit]:
    """Near-dead characters that two words of the document prove wrong."""
    return (hit for hit in _find(text) if text[hit[0]] in proved)


def find_unproved(text: str, proved: Set[str]) -> Iterator[Hit]:
    """Near-dead characters that nothing proves: a person decides."""
    return (hit for hit in _find(text) if text[hit[0]] in _NEAR_DEAD - proved)


def _find(text: str) -> Iterator[Hit]:
    right = {at for m in _RIGHT.finditer(text) for at in range(m.start(), m.end())}
    for m in _ANY.finditer(text):
        if m.start() not in right:
            yield m.start(), m.end(), MEANS[m.group()]
