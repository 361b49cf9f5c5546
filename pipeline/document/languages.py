"""Foreign runs in a Chinese document, marked with their language.

Comes in: a document. Goes out: the same document, in which every run of Latin, Cyrillic, Japanese, Korean or
Greek writing stands in a ``Span`` with ``lang``, unless a span or division around it says its language already.
The language decides hyphenation, the shape of quotation marks, spelling in Word and how a reader is spoken to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import panflute as pf

# Those whose words are set with narrow marks and divided by syllables.
WESTERN = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "uk", "la", "el")
LANGUAGES = {"latin": "en", "cyrillic": "ru", "kana": "ja", "hangul": "ko", "greek": "el"}
SCRIPTS = {  # the script that a language is written in, to see what a span's ``lang`` covers
    "en": "latin", "de": "latin", "fr": "latin", "es": "latin", "it": "latin", "la": "latin", "pl": "latin",
    "vi": "latin", "nl": "latin", "pt": "latin", "cs": "latin", "hu": "latin", "ro": "latin", "sv": "latin",
    "ru": "cyrillic", "uk": "cyrillic", "bg": "cyrillic", "mn": "cyrillic", "ja": "kana", "ko": "hangul",
    "el": "greek",
}  # fmt: skip
# Words that only one of these languages, or few, have, and hardly a text of some words is without.
WORDS = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": "the of and to for by with from at as is are that this its his her be not between during towards",
        "de": "der die das des dem den und von zur zum im mit für über aus nach bei ein eine einer eines auf sich nicht zwischen",
        "fr": "le la les des du et dans une aux sur pour par avec au est entre vers chez de",
        "es": "el los las del y por para con una sobre entre al hacia desde de la",
        "it": "il lo gli dei della delle del di e per con una nella nel degli alla tra sul dal la",
        "pt": "os as do da dos das e para com uma sobre entre no na nos nas ao de o",
        "nl": "de het een van en voor met op aan zijn naar over uit bij tussen",
    }.items()
}
FEW = 2  # words that make a text of which a language can be told
NEUTRAL = frozenset(" 0123456789.,:;'\"()[]/&-–—’‘“”?!°§*+%~_#@\u00a0\N{SOFT HYPHEN}\N{WORD JOINER}")
OPEN, CLOSE = '“‘(["', '”’)]"'
LEAST = 2  # letters that make a word: the A of A股 is no English


class Seen(str):
    """A language that the writing tells, as against one that the master says: only the latter goes back."""

    __slots__ = ()


def mark_languages(doc: pf.Doc) -> pf.Doc:
    """``doc`` itself, its foreign runs marked."""
    for block in doc.content:
        _mark(block, frozenset())
    for value in doc.metadata.content.values():
        _mark(value, frozenset())
    return doc


def script_of(char: str) -> str:
    """What kind of writing a character is: a key of ``LANGUAGES``, ``neutral`` or ``other`` (Han and its marks).

    >>> script_of("ж"), script_of("の"), script_of("中"), script_of(",")
    ('cyrillic', 'kana', 'other', 'neutral')
    """
    point = ord(char)
    if char in NEUTRAL:
        return "neutral"
    if point < 0x250 or 0x1E00 <= point < 0x1F00:
        return "latin" if char.isalpha() else "other"
    if 0x300 <= point < 0x370:
        return "neutral"
    if 0x370 <= point < 0x400 or 0x1F00 <= point < 0x2000:
        return "greek" if char.isalpha() else "other"
    if 0x400 <= point < 0x530:
        return "cyrillic"
    if 0x3041 <= point < 0x3100 or 0x31F0 <= point < 0x3200:
        return "kana" if char not in "・ー゠" else "other"
    if 0x1100 <= point < 0x1200 or 0x3130 <= point < 0x3190 or 0xAC00 <= point < 0xD7B0:
        return "hangul"
    return "other"


@lru_cache(maxsize=4096)
def guess_latin(text: str) -> str:
    """The language of a text in Latin letters by its commonest words; English where they do not tell another.

    A guess: good enough to divide words by, and for nothing else.

    >>> [guess_latin(t) for t in ("The Rise of the Dutch", "Geschichte der Brücken", "Histoire de la Chine")]
    ['en', 'de', 'fr']
    """
    words = re.findall(r"[^\W\d_]+", text.lower().replace("et al", ""))
    found = {lang: sum(word in known for word in words) for lang, known in WORDS.items()}
    best = max(found, key=lambda lang: (found[lang], -list(WORDS).index(lang)))
    return best if len(words) >= FEW and found[best] > 2 * found["en"] else "en"


def _mark(element: pf.Element, covered: frozenset[str]) -> None:
    """Marks what lies inside an element; ``covered`` are the scripts whose language is known already."""
    if isinstance(element, pf.Code | pf.CodeBlock | pf.Math | pf.RawInline | pf.RawBlock):
        return
    if lang := getattr(element, "attributes", {}).get("lang", ""):
        covered = frozenset({SCRIPTS.get(lang.split("-")[0], "")})
    if isinstance(element, pf.MetaMap | pf.DefinitionItem | pf.Table | pf.Figure):
        for part in _parts(element):
            _mark(part, covered)
        return
    children = getattr(element, "content", None)
    if children is None:
        return
    for child in list(children):
        if isinstance(child, pf.Element):
            _mark(child, covered)
    if any(isinstance(child, pf.Str) for child in children):
        element.content = _marked(list(children), covered)


def _parts(element: pf.Element) -> Iterator[pf.Element]:
    match element:
        case pf.MetaMap():
            yield from element.content.values()
        case pf.DefinitionItem():
            holder = pf.Span(*element.term)
            _mark(holder, frozenset())
            element.term = list(holder.content)
            for definition in element.definitions:
                yield from definition.content
        case pf.Table():
            yield from (element.caption, element.head, *element.content, element.foot)
        case _:
            yield from (*element.content, element.caption)


def _marked(inlines: list[pf.Inline], covered: frozenset[str]) -> list[pf.Inline]:
    """The inlines, every run of one foreign script wrapped into a span with its language."""
    units = [unit for inline in inlines for unit in _units(inline)]
    kinds = [kind for _, kind in units]
    out: list[pf.Inline] = []
    at = 0
    while at < len(units):
        if kinds[at] in LANGUAGES and kinds[at] not in covered:
            end = _run_end(kinds, at)
            start = at
            start, end = _with_quotes(units, start, end)
            run = _joined(units[start:end])
            if sum(c.isalpha() for c in _text(units[at:end])) >= LEAST:
                del out[len(out) - (at - start) : len(out)]
                out.append(pf.Span(*run, attributes={"lang": Seen(LANGUAGES[kinds[at]])}))
                at = end
                continue
        out.append(units[at][0])
        at += 1
    return _merged(out)


def _units(inline: pf.Inline) -> Iterator[tuple[pf.Inline, str]]:
    """An inline cut where the kind of writing changes; a mark of its own is a unit."""
    if isinstance(inline, pf.Space | pf.SoftBreak):
        yield inline, "neutral"
        return
    if not isinstance(inline, pf.Str):
        yield inline, "wall"
        return
    part, kind = "", ""
    for char in inline.text:
        now = script_of(char)
        if part and (now != kind or now == "neutral"):
            yield pf.Str(part), kind
            part = ""
        part, kind = part + char, now
    if part:
        yield pf.Str(part), kind


def _run_end(kinds: list[str], start: int) -> int:
    """Where the run ends that begins at ``start``: after its last unit of the same script."""
    end = at = start + 1
    mixed = {"kana", "other"} if kinds[start] == "kana" else set()
    while at < len(kinds) and (
        (kinds[at] in (kinds[start], "neutral") and not mixed) or kinds[at] == kinds[start]
    ):
        if kinds[at] == kinds[start]:
            end = at + 1
        at += 1
    return end


def _with_quotes(units: list[tuple[pf.Inline, str]], start: int, end: int) -> tuple[int, int]:
    """A run of several words together with the quotation marks and brackets that open or close on it."""
    text = _text(units[start:end])
    after = _char(units, end)
    for opening, closing in zip(OPEN, CLOSE, strict=True):
        if opening == closing:
            continue
        if after == closing and text.count(opening) > text.count(closing):
            return start, end + 1
        before = _char(units, start - 1)
        if " " in text and before == opening and opening in "“‘":
            if text.count(closing) > text.count(opening):
                return start - 1, end
            if after == closing:
                return start - 1, end + 1
            if after in (",", ".") and _char(units, end + 1) == closing:
                return start - 1, end + 2
    return start, end


def _char(units: list[tuple[pf.Inline, str]], at: int) -> str:
    inline = units[at][0] if 0 <= at < len(units) else None
    return inline.text if isinstance(inline, pf.Str) else ""


def _text(units: list[tuple[pf.Inline, str]]) -> str:
    return "".join(i.text if isinstance(i, pf.Str) else " " for i, _ in units)


def _joined(units: list[tuple[pf.Inline, str]]) -> list[pf.Inline]:
    return _merged([inline for inline, _ in units])


def _merged(inlines: list[pf.Inline]) -> list[pf.Inline]:
    """Neighbouring strings made one again."""
    out: list[pf.Inline] = []
    for inline in inlines:
        if isinstance(inline, pf.Str) and out and isinstance(out[-1], pf.Str):
            out[-1] = pf.Str(out[-1].text + inline.text)
        else:
            out.append(inline)
    return out
