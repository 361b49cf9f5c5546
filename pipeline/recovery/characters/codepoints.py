"""Characters that are right to the eye and wrong by their code: compatibility ideographs, radicals,
private-use characters, presentation forms, decomposed letters, control characters.

Blanket NFKC is refused on purpose: it makes ASCII of Chinese marks. Each function gives
``(start, end, after)``; an empty proposal of what cannot be told is left to the rule that finds it.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

Hit = tuple[int, int, str]

_HIGH = 3 if sys.byteorder == "little" else 2  # the first high byte, behind the byte order mark
_COMPATIBLE = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1d])")
# The ideograph that each of them is; the twelve that are ideographs of their own stay.
_UNIFIED = {
    char: unicodedata.normalize("NFC", char)
    for char in map(chr, (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA1E)))
}
# To read a layout by, each radical and Kanbun mark is the character that it looks like: PDFs of browsers have radicals, and angle
# brackets of another block, in its place, those of old programs for Big5 have the marks. Circled numbers are told as those of the
# dingbats, which share their glyphs.
_READ = {
    **_UNIFIED,
    **{chr(first + n): chr(0x2460 + n) for first in (0x2776, 0x2780, 0x278A) for n in range(10)},
    **{char: unicodedata.normalize("NFKC", char) for char in map(chr, range(0x2F00, 0x2FD6))},
    **{char: unicodedata.normalize("NFKC", char) for char in map(chr, range(0x3192, 0x31A0))},
    "\u2329": "〈",
    "\u232a": "〉",
    "\N{EM SPACE}": "\N{IDEOGRAPHIC SPACE}",  # of one glyph, too
}
_ALIKE = re.compile(
    "([\u2003\u2329\u232a\u2776-\u2793\u3192-\u319f\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1d])"
)
_ALIKE_BLOCKS = bytes([0x23, 0x27, 0x2F, 0x31, 0xF9, 0xFA, 0xD8])  # of UTF-16; the last of surrogates
_KANGXI = re.compile("[\u2f00-\u2fd5]+")
_RADICAL_LIST = re.compile("[\u2f00-\u2fd5](?:[、，, \u3000]?[\u2f00-\u2fd5]){4,}")
_DECOMPOSED = re.compile("[A-Za-z\u0370-\u03ff\u0400-\u04ff][\u0300-\u030c\u0323-\u0328\u0331]+")
# Windows-1252 read as Latin-1: its marks became control characters.
_C1 = {c: bytes([c]).decode("cp1252", "ignore") for c in range(0x80, 0xA0)}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HIGH_RUN = re.compile("[\x80-\xff]{3,}")
_OF_ANY_TEXT = frozenset("‘’“”–—…•")  # the others of Windows-1252 stand beside Latin letters and digits
_LATIN = re.compile("[0-9A-Za-zÀ-ÿ]")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
# Bullets of Symbol and Wingdings; elsewhere in these fonts the same codes are letters and signs.
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓",
}  # fmt: skip
_BULLET = re.compile(f"(?m)^[ \t\u3000]*([{''.join(_BULLETS)}])(?=\\s)")


def high_bytes(text: str) -> bytes:
    """The high bytes of a text's units in UTF-16: in which block of 256 characters each is. Of a surrogate, D8 to DF.

    >>> high_bytes("a六").hex()
    '0051'
    """
    return text.encode("utf-16", "surrogatepass")[_HIGH::2]


def unified(text: str) -> str:
    """The text as a layout is read by: each compatibility ideograph, radical and Kanbun mark as its ideograph, none longer than before.

    Whether there may be any is told by the high bytes, much faster than by a pattern.

    >>> unified("\uf9d1月⼗⽇"), unified("碼頭➁")
    ('六月十日', '碼頭②')
    """
    high = high_bytes(text)
    if not any(block in high for block in _ALIKE_BLOCKS) and "\N{EM SPACE}" not in text:
        return text
    parts = _ALIKE.split(text)  # each second one is to be replaced
    parts[1::2] = map(_READ.__getitem__, parts[1::2])
    return "".join(parts)


def find_compatibility(text: str) -> Iterator[Hit]:
    """Compatibility ideographs with a canonical equal."""
    parts = _COMPATIBLE.split(text)  # each second one is a compatibility ideograph
    at = 0
    for kept, char in zip(parts[::2], parts[1::2], strict=False):
        at += len(kept)
        if (after := _UNIFIED[char]) != char:
            yield at, at + 1, after
        at += 1


def find_radicals(text: str) -> Iterator[Hit]:
    """Kangxi radicals that stand for characters; a list of radicals is one."""
    lists = [m.span() for m in _RADICAL_LIST.finditer(text)]
    for m in _KANGXI.finditer(text):
        if any(start <= m.start() < end and _is_ascending(text[start:end]) for start, end in lists):
            continue
        if text.endswith(("部首", "偏旁", "字根", "部件"), 0, m.start()) or text.startswith(
            ("部首", "偏旁"), m.end()
        ):
            continue
        for at in range(m.start(), m.end()):
            yield at, at + 1, unicodedata.normalize("NFKC", text[at])


def _is_ascending(listing: str) -> bool:
    radicals = [c for c in listing if "\u2f00" <= c <= "\u2fd5"]
    return all(a < b for a, b in pairwise(radicals))


def find_decomposed(text: str) -> Iterator[Hit]:
    """Letters apart from their accents, where one character is the same (canonical composition)."""
    for m in _DECOMPOSED.finditer(text):
        after = unicodedata.normalize("NFC", m.group())
        if after != m.group():
            yield m.start(), m.end(), after


def find_controls(text: str) -> Iterator[Hit]:
    """Control characters: the marks of Windows-1252 they were, or nothing; not those of text in a wrong encoding."""
    misread = [m.span() for m in _HIGH_RUN.finditer(text)]
    for m in _CONTROL.finditer(text):
        if any(a <= m.start() < b for a, b in misread):
            continue
        mark = _C1.get(ord(m.group()), "")
        is_latin = _LATIN.search(text[max(0, m.start() - 1) : m.end() + 1])
        yield m.start(), m.end(), mark if mark in _OF_ANY_TEXT or is_latin else ""


_FULL_WIDTH = re.compile(
    "(?<=[0-9])[０-９]+(?=[0-9])|(?<![Ａ-Ｚａ-ｚ])[Ａ-Ｚａ-ｚ](?=[a-z]{2})|(?<=[a-z])[ａ-ｚ]+(?=[a-z])"
)


def find_full_width(text: str) -> Iterator[Hit]:
    """Full-width letters and digits inside a word or number of ordinary ones; all others may be meant."""
    for m in _FULL_WIDTH.finditer(text):
        yield m.start(), m.end(), "".join(chr(ord(c) - 0xFEE0) for c in m.group())


_BARS = re.compile("―(?=[A-Za-z])[^―‖\n\u4e00-\u9fff]{1,200}‖")


def find_bars(text: str) -> Iterator[Hit]:
    """A horizontal bar and a double line that were the quotation marks of Latin words."""
    for m in _BARS.finditer(text):
        yield m.start(), m.start() + 1, "“"
        yield m.end() - 1, m.end(), "”"


def find_bullets(text: str) -> Iterator[Hit]:
    """Bullets of symbol fonts before an item."""
    for m in _BULLET.finditer(text):
        yield m.start(1), m.end(1), _BULLETS[m.group(1)]


def find_private_use(text: str, region: str) -> Iterator[Hit]:
    """Private-use characters, with what GBK or Hong Kong's supplement of Big5 has there, where the text may be of them."""
    bullets = {start for start, _, _ in find_bullets(text)}
    for m in _PRIVATE_USE.finditer(text):
        if m.start() not in bullets:
            of_gbk = "" if region == "hk" else mainland(m.group())
            yield m.start(), m.end(), of_gbk or (hong_kong(m.group()) if region in ("hk", "") else "")


def find_mainland(text: str) -> Iterator[Hit]:
    """Private-use characters that GBK had before Unicode, in a text from the mainland."""
    return (
        (m.start(), m.end(), after) for m in _PRIVATE_USE.finditer(text) if (after := mainland(m.group()))
    )


def find_hong_kong(text: str) -> Iterator[Hit]:
    """Private-use characters that Hong Kong's supplement knows, in a text from Hong Kong."""
    bullets = {start for start, _, _ in find_bullets(text)}
    for m in _PRIVATE_USE.finditer(text):
        if m.start() not in bullets and (after := hong_kong(m.group())):
            yield m.start(), m.end(), after


_FIRST_OF_GBK = (
    0xE815  # the private-use code for FE50, where GBK's characters outside Unicode 2 begin: 80 of them
)
# Those of them that are in Unicode since GB 18030-2005 only.
_LATER = {
    "\ue816": "𠂇", "\ue817": "𠂉", "\ue818": "𠃌", "\ue81e": "龴", "\ue826": "龵", "\ue82b": "龶", "\ue82c": "龷",
    "\ue831": "𡗗", "\ue832": "龸", "\ue83b": "𢦏", "\ue843": "龹", "\ue854": "龺", "\ue855": "𤇾", "\ue864": "龻",
}  # fmt: skip


def mainland(char: str) -> str:
    """The Han character that a private-use code point had in GBK before it was in Unicode; or ``""``. Source: GB 18030-2005.

    >>> mainland("\\ue82a"), mainland("\\ue864"), mainland("\\ue766")
    ('㧐', '龻', '')
    """
    if char in _LATER:
        return _LATER[char]
    cell = ord(char) - _FIRST_OF_GBK
    if not 0 <= cell < 80:
        return ""
    after = bytes([0xFE, 0x50 + cell + (cell >= 0x2F)]).decode("gb18030")
    return after if "\u3400" <= after <= "\u9fff" else ""


def hong_kong(char: str) -> str:
    """The character that a private-use code point had in HKSCS before it was in Unicode; or ``""``.

    HKSCS put the user-defined rows of Big5 one after the other into the private use area, 157 a row.

    >>> hong_kong("\\uecd9")
    '咗'
    """
    code = ord(char)
    for first, last, lead, skipped in (
        (0xE000, 0xE310, 0xFA, 0),
        (0xE311, 0xEEB7, 0x8E, 0),
        (0xEEB8, 0xF6B0, 0x81, 0),
        (0xF6B1, 0xF848, 0xC6, 63),
    ):
        if first <= code <= last:
            row, cell = divmod(code - first + skipped, 157)
            trail = 0x40 + cell if cell < 63 else 0xA1 + cell - 63
            try:
                return bytes([lead + row, trail]).decode("big5hkscs")
            except UnicodeDecodeError:
                return ""
    return ""
