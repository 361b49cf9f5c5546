"""Whether an export of a wiki cut its lines, and which of the cuts was a space.

Comes in: the source, a line end. Goes out: an answer. Refused: which of the lines were cut; where one was, all may be.
"""

from __future__ import annotations

import re

from pipeline.recovery.markdown.inline import LINK
from pipeline.recovery.wiki_markdown.cuts.found import FENCED
from pipeline.recovery.wiki_markdown.link_ends import last_seen

_LINKS = re.compile(LINK)
_CATEGORIES = re.compile(r"\[Category:[^\[\]\n]*\]\([^()\n]*\)\n\[Category:")
_WIDE = 100  # characters; no export wraps wider
_MORE = 5  # so many cut lines for one wide line with a space, which some mark may have held together
_UNCUT = re.compile(
    r"`[^`\n]{1,200}`|\\\[(?:(?!\\[\[\]])[^\u3400-\u9fff]){1,800}?\\\]|\\\([^\u3400-\u9fff\n]{1,200}?\\\)"
)  # code and formulas, which no export cuts
_LETTER = r"A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u06ff"
_CUT_LINE = re.compile(
    rf"[{_LETTER}][,.;]?\n {{0,8}}(?=[{_LETTER}(])(?![0-9]+[.)])|\[[^\[\]\n]++\n[^\[\]\n]++\]\(|-\{{[^{{}}\n]*+\n"
    r"|\]\([^()\s]++\n\""  # between a link's address and its title
)

_PANDOCS_BULLET = re.compile(r"(?m)^(?:    ){0,3}  - \S")  # two spaces further in than text that it may hold
_OTHER_BULLET = re.compile(r"(?m)^[-*+] +\S|\n\n(?:    ){1,3}[-*+] +\S")
_DASH_AHEAD = re.compile(r"(?m)(?<=\S\n)(?:    ){1,3}[-+](?=[ \n])")
_SIGN_APART, _SIGN_AHEAD = (  # a sign with a space on its other side had one on this
    re.compile(r" [-–—―─&+=×~|/·]\Z"),
    re.compile(r"[-–—―─&+=×~|/·](?=[ \n])"),
)
_BOLD_AHEAD = re.compile(r"\[?\*\*\[?\w")
_WORD_END = re.compile(r"\w")
FULL_STOP = re.compile("[，。、；：！？」』》）”’]")  # marks that have their room
_SCRIPTS = re.compile(r"[\u3400-\u9fff][A-Za-z0-9(]|[A-Za-z0-9][\u3400-\u9fff]")
_PARTED = re.compile(r"[\u3400-\u9fff.?!)\]]")  # has no room of its own
_IN_ITEM = re.compile(r"\n {4,}\\?\[?[\u3400-\u9fff]")  # no author ends a line in an item or a note
_QUOTING = re.compile(r"[「『“][^「『“」』”\n]*\Z")  # words of a quotation have no spaces between
_LABEL = re.compile("[①-⑳㈠-㈩⑴-⑽]")
_ADDRESS_AT_END = re.compile(r"<(?:https?|ftp)://[^<>\s]+>\Z")


def is_wrapped(text: str, source: str = "") -> bool:
    """Whether the export cut its lines at spaces: then a line end means nothing. ``text``: the source without its cuts.

    Yes: where the categories have lines of their own. No: where wide lines hold spaces. Yes: where lines end between two
    Latin words or inside a link, many more of them.
    """
    if _CATEGORIES.search(source) is not None:
        return True
    bare = _UNCUT.sub("", FENCED.sub("", text))
    cut = sum(1 for _ in _CUT_LINE.finditer(bare))
    wide = sum(
        " " in _LINKS.sub(lambda m: m["words"], line)[_WIDE:].strip()
        for line in (bare.split("\n") if cut else ())
        if len(line) > _WIDE and not line.lstrip().startswith(("|", "<"))
    )
    return cut > wide * _MORE


def dashes_ahead(text: str) -> frozenset[int]:
    """Where lines of a wrapped export begin whose dash stood between two words of an item: no bullet stands there."""
    if not _PANDOCS_BULLET.search(text) or _OTHER_BULLET.search(text):
        return frozenset()
    return frozenset(m.start() for m in _DASH_AHEAD.finditer(text))


def _first(source: str, at: int) -> str:
    """The first character, behind a bracket."""
    return source[at : at + 3].removeprefix("\\[").lstrip("[")[:1]


def shows_space(source: str, start: int, end: int, behind: int) -> bool:
    """Whether a cut line end was a space that shows: beside a sign that stands apart, and where the scripts change.

    Behind a bare address it parts that from the text, behind a label its item; a half-width comma or colon has its space, and before
    a word in bold type no author sets one for nothing. An item and a note have no line ends but the export's, which cuts
    quotations too. ``start``: where the text ends, before its calls; ``end`` and ``behind``: the line end.
    """
    if source[end - 1] == ">" and _ADDRESS_AT_END.search(source, max(0, end - 400), end):
        return True
    before = last_seen(source, start)
    return (
        before in ",;:"
        or _LABEL.match(before) is not None
        or (
            _PARTED.match(before) is not None
            and _IN_ITEM.match(source, end) is not None
            and _QUOTING.search(source, max(0, start - 400), start) is None
        )
        or _SIGN_APART.search(source, max(0, start - 2), start) is not None
        or _SIGN_AHEAD.match(source, behind) is not None
        or (_BOLD_AHEAD.match(source, behind) is not None and _WORD_END.match(before) is not None)
        or _SCRIPTS.fullmatch(before + _first(source, behind)) is not None
    )
