"""Text read in the wrong encoding: runs that only another reading turns into Chinese.

Three kinds: Big5, GBK or UTF-8 bytes read as Latin-1 or Windows-1252 (``ÖÐ¹ú``), single Latin letters of
that kind (``Ã©``, where ftfy is right), and glyph numbers of a Chinese font read as code points
(``ʕ਷ʮ̡``). A reading is accepted only on a clear score of everyday characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.han import COMMON, HAN
from pipeline.recovery.characters.words import share_in_words

Hit = tuple[int, int, str]

HAN_LETTER = re.compile(f"[{HAN}]")

_OF_1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # what Windows-1252 has for bytes 80 to 9F
# A high byte and any trail byte of Big5 or GBK, four characters at least; a mark of Windows-1252 begins none, it may be the text's.
# The first pair stands apart, and its class first: so a run is found faster.
_PAIR = f"[\xa1-\xfe](?<!×(?=×))[\x40-\x7e\x80-\xfe{_OF_1252}]"
_PAIRS = re.compile(f"{_PAIR}(?:{_PAIR}){{3,}}")
_TRIPLE = f"[\xe2-\xef][\x80-\xbf{_OF_1252}]{{2}}"
_UTF8_RUN = re.compile(f"{_TRIPLE}(?:{_TRIPLE})+")
_CHINESE = re.compile("[\u2010-\u2027\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_LATIN_TOKEN = re.compile(
    f"(?<![A-Za-z\x80-\xff])[A-Za-z]*(?:(?:Ã[\x80-\xbf{_OF_1252}]|â€[\x80-\xbf{_OF_1252}])[A-Za-z]*)+(?![\x80-\xff])"
)
_IN_WORD = re.compile("[A-Za-z]")
_UNREAD = re.compile("[\x80-\xff](?:[\x40-\x7e]?[\x80-\xff]){7,}")
_LETTERS = re.compile("[À-ÖØ-öø-ÿ]")
_SYMBOLS = re.compile("[\x80-\x9f¡-¿×÷]")
_CLEAR = 0.7  # shares of everyday characters and of words, together; a wrong reading has less than 0.3
# The other offset gives everyday characters as well: a short word is read only where it is nearly all words.
_OF_GLYPHS, _OF_FEW = 1.0, 1.5
_ODDS = 0.4  # so much of the best reading's score may the next one have
# Blocks in which glyph numbers below 0x2000 land; a real text mixes no three of them within a word.
_BLOCKS = (
    (0x0250, 0x02AF), (0x02B0, 0x02FF), (0x0300, 0x036F), (0x0370, 0x03FF), (0x0530, 0x058F), (0x0590, 0x05FF),
    (0x0600, 0x06FF), (0x0700, 0x08FF), (0x0900, 0x0DFF), (0x0E00, 0x0FFF), (0x1000, 0x10FF), (0x1100, 0x11FF),
    (0x1200, 0x13FF), (0x1400, 0x167F), (0x1680, 0x1CFF),
)  # fmt: skip
_EXOTIC = 4  # blocks from Armenian on: no phonetic notation and no Greek
EXOTIC_LETTER = re.compile("[\u0530-\u1cff]")
_SURE_WORDS = 3
# Of the words of a Taiwan font eight in ten are read for certain, of another's one in fifty.
_MANY, _FOREIGN = 10, 0.1
_NONE_FITS = 0x110000  # behind all code points: nothing is read by it
_ODD_RUN = re.compile("[\u0180-\u1fff]{3,}(?:[\u20a0-\u2bff\u3400-\u354e]{1,2}[\u0180-\u1fff]+)*")


def find_misread(text: str) -> Iterator[Hit]:
    """Runs of Latin-1 characters that are Chinese in Big5, GBK or UTF-8."""
    for m in _PAIRS.finditer(text):
        if reading := _read_bytes(_bytes(m.group())):
            yield m.start(), m.end(), reading
    for m in _UTF8_RUN.finditer(text):
        if reading := _read_utf8(_bytes(m.group())):
            yield m.start(), m.end(), reading


def find_unread(text: str) -> Iterator[Hit]:
    """Long runs of letters and signs beyond ASCII that no reading makes Chinese, and no language has."""
    read = [(start, end) for start, end, _ in find_misread(text)]
    for m in _UNREAD.finditer(text):
        kinds = len(set(_SYMBOLS.findall(m.group()))), len(set(_LETTERS.findall(m.group())))
        if min(kinds) >= 2 and sum(kinds) >= 6 and not any(a < m.end() and m.start() < b for a, b in read):
            yield m.start(), m.end(), ""


def _bytes(text: str) -> bytes:
    return b"".join(c.encode("latin-1" if c <= "\xff" else "cp1252") for c in text)


def _read_utf8(content: bytes) -> str:
    try:
        reading = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return reading if _CHINESE.fullmatch(reading) and HAN_LETTER.search(reading) else ""


def _read_bytes(content: bytes) -> str:
    found: list[tuple[str, str]] = []
    for lang, encodings in (("zh-Hant", ("cp950", "big5hkscs")), ("zh-Hans", ("gb18030",))):
        for encoding in encodings:  # the supplement only where it is needed
            try:
                found.append((content.decode(encoding), lang))
                break
            except UnicodeDecodeError:
                continue
    reading = _clear(found)
    return reading if len(set(reading)) >= 2 + len(reading) // 8 else ""  # not one letter again and again


def _clear(readings: list[tuple[str, str]], least: float = _CLEAR) -> str:
    """The reading that is Chinese while the others are not; or empty."""
    ranked = sorted(((_score(reading, lang), reading) for reading, lang in readings), reverse=True)
    if not ranked or ranked[0][0] < least:
        return ""
    return ranked[0][1] if len(ranked) < 2 or ranked[1][0] <= _ODDS * ranked[0][0] else ""


def _score(text: str, lang: str) -> float:
    """The shares of everyday characters and of characters in words, together; real Chinese has 0.7 to 2."""
    everyday = sum(c in COMMON for c in text) / len(text) if text else 0.0
    return everyday + share_in_words(text, lang)


def find_misread_latin(text: str) -> Iterator[Hit]:
    """Single accented letters and marks of UTF-8 read as Windows-1252: ``cafÃ©``; one that is no part of a word is spoken of."""
    for m in _LATIN_TOKEN.finditer(text):
        if not _IN_WORD.search(m.group()) and m.group()[0] == "Ã":
            continue
        reading = _fixed(m.group())
        if reading != m.group() and len(reading) < len(m.group()) and reading not in text:
            yield m.start(), m.end(), reading


def _fixed(text: str) -> str:
    import ftfy  # 60 ms, and most texts never need it

    return ftfy.fix_encoding(text)


def glyph_offset(text: str) -> int | None:
    """What the glyph numbers of this document differ by: where three words of it are read for certain, and all the same.

    Where it has many such words and hardly any is read so, they are another font's (Japan's, the mainland's), and chance read the few: no
    offset fits then.
    """
    runs = {run for m in _ODD_RUN.finditer(text) if _is_impossible(run := m.group())}
    offsets = [offset for run in runs if (offset := _read(run)[1]) is not None]
    if len(runs) >= _MANY and len(offsets) < _FOREIGN * len(runs):
        return _NONE_FITS
    found = Counter(offsets)
    return next(iter(found)) if len(found) == 1 and len(offsets) >= _SURE_WORDS else None


def find_glyph_numbers(text: str, offset: int | None = None) -> Iterator[Hit]:
    """Words of an impossible mixture of scripts: glyph numbers of Adobe-CNS1 read as code points."""
    for m in _ODD_RUN.finditer(text):
        if _is_impossible(m.group()) or (offset is not None and EXOTIC_LETTER.search(m.group())):
            yield (
                m.start(),
                m.end(),
                _read(m.group())[0] if offset is None else _read_glyphs(m.group(), offset),
            )


def _is_impossible(run: str) -> bool:
    """Whether it mixes scripts that no text mixes within a word."""
    blocks = {i for c in run for i, (a, b) in enumerate(_BLOCKS) if a <= ord(c) <= b}
    return len(blocks - {1, 2}) >= 2 and max(blocks) >= _EXOTIC


def _read(run: str) -> tuple[str, int | None]:
    """The run in Chinese, and by which offset; nothing where that is not clear."""
    readings = {reading: offset for offset in (0, -26) if (reading := _read_glyphs(run, offset))}
    best = _clear([(reading, "zh-Hant") for reading in readings], _OF_FEW if len(run) < 6 else _OF_GLYPHS)
    return best, readings.get(best)


def _read_glyphs(run: str, offset: int) -> str:
    """The run as Adobe-CNS1, whose numbers 595 and 5996 begin Big5's two levels of Han characters.

    >>> _read_glyphs("\\u0295\\u0a37", 0)
    '中國'
    """
    out = []
    for c in run:
        number = ord(c) - offset
        first, lead = (595, 0xA4) if number < 5996 else (5996, 0xC9)
        row, cell = divmod(number - first, 157)
        trail = 0x40 + cell if cell < 63 else 0xA1 + cell - 63
        try:
            out.append(bytes([lead + row, trail]).decode("big5"))
        except (UnicodeDecodeError, ValueError):
            return ""
    return "".join(out)
