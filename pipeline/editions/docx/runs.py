"""Runs of text as Word wants them: East Asian hints, languages, emphasis by style.

Comes in: the paragraphs Pandoc wrote. Goes out: the same text in runs that carry a style, a language where
it is not the edition's, and the hint that makes “ ” —— …… wide beside Han characters; nothing else that a
style could say. Word picks the face of these ambiguous characters by ``w:hint`` (ISO/IEC 29500-1 §17.3.2.26).
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from pipeline.document import word

AMBIGUOUS = frozenset("“”‘’—…·–―‖§°±×÷№←→①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
EAST, WEST, NEUTRAL = "east", "west", ""
EAST_ASIAN_LANGS = ("ja", "ko", "zh")
REGIONS = {"en": "en-US", "ru": "ru-RU", "de": "de-DE", "fr": "fr-FR", "ja": "ja-JP", "ko": "ko-KR"}
RUNNING_TITLE = word.RUNNING_TITLE.replace(" ", "")
TEXT = ("t", "tab", "br", "noBreakHyphen", "softHyphen")


def dress_runs(root: etree._Element, lang: str, han: etree._Element) -> None:
    """Every run of a part, in place. ``lang`` is the edition's language as Word writes it (zh-TW); ``han`` what
    emphasises Han where no style can say it: in the title, whose style the running heads look for."""
    for paragraph in word.find(root, ".//w:p"):
        for holder in [paragraph, *word.find(paragraph, "w:hyperlink")]:
            _dress(holder, lang, han)


def _dress(holder: etree._Element, lang: str, han: etree._Element) -> None:
    """Runs cut where Han and Latin meet, then joined where nothing sets them apart."""
    runs = [run for run in word.find(holder, "w:r") if is_text(run)]
    for run in runs:
        _style_run(run, lang)
    for run in runs:
        for piece in _cut(run, han):
            run.addprevious(piece)
        holder.remove(run)
    _join(holder)


def is_text(run: etree._Element) -> bool:
    """Whether a run holds text only (no note call, field, picture)."""
    return all(word.local(e) in ("rPr", *TEXT) for e in run) and word.first(run, "w:t") is not None


def _style_run(run: etree._Element, lang: str) -> None:
    properties = word.properties(run, "w:rPr")
    for old in word.find(properties, "w:rFonts"):
        properties.remove(old)
    if (tag := word.first(properties, "w:lang")) is not None:
        properties.remove(tag)
        _set_lang(properties, word.value(tag), lang)
    for names, style in ((("b", "bCs"), "Strong"), (("i", "iCs"), "Emphasis")):
        own = word.value(word.first(properties, "w:rStyle"))
        marks = [e for e in properties if word.local(e) in names]
        if marks and own != RUNNING_TITLE:
            for mark in marks:
                properties.remove(mark)
            word.put(properties, word.make("w:rStyle", {"w:val": own + style}), word.RPR_ORDER)


def _set_lang(properties: etree._Element, tag: str, lang: str) -> None:
    """A foreign run's language: of its letters, or of its Han characters."""
    if not tag or tag.startswith("zh"):
        return
    east = tag.split("-")[0] in EAST_ASIAN_LANGS
    name = "w:eastAsia" if east else "w:val"
    word.put(properties, word.make("w:lang", {name: REGIONS.get(tag, tag)}), word.RPR_ORDER)


def kind_of(char: str) -> str:
    """Whether a character asks for the East Asian face, the Latin one, or goes with its neighbours.

    >>> [kind_of(c) for c in "漢A，1 “"]
    ['east', 'west', 'east', '', '', 'east']
    """
    if char in AMBIGUOUS or unicodedata.east_asian_width(char) in "WF":
        return EAST
    return WEST if char.isalpha() else NEUTRAL


def _cut(run: etree._Element, han: etree._Element) -> Iterator[etree._Element]:
    """A run as runs of one kind each; tabs and breaks stay where they were."""
    properties = word.first(run, "w:rPr")
    foreign = word.first(run, "w:rPr/w:lang")
    latin = foreign is not None and word.value(foreign, "w:val") != ""
    for child in run:
        if word.local(child) == "rPr":
            continue
        if word.local(child) != "t":
            yield _run(properties, copy.deepcopy(child))
            continue
        for kind, text in segments(child.text or "", latin):
            piece = _run(properties, word.make("w:t", {"xml:space": "preserve"}, text))
            if kind == EAST and (_has_wide(text) or not _is_emphasised(run) or _is_in_han_emphasis(run)):
                _make_east(piece, han)
            yield piece


def _has_wide(text: str) -> bool:
    return any(unicodedata.east_asian_width(char) in "WF" for char in text)


def _is_emphasised(run: etree._Element | None) -> bool:
    """Whether a styled run is emphasised, in whatever writing."""
    return run is not None and word.value(word.first(run, "w:rPr/w:rStyle")).endswith("Emphasis")


def _is_in_han_emphasis(run: etree._Element) -> bool:
    """Whether the emphasis that a run is a part of holds Han: the years of a Latin title get no dots."""
    for forward in (False, True):
        for side in run.itersiblings(preceding=not forward):
            if not _is_emphasised(side):
                break
            if _has_wide(word.text_of(side)):
                return True
    return False


def segments(text: str, latin: bool = False) -> list[tuple[str, str]]:
    """The text cut by kind. Neutral characters go with what stands before; an apostrophe between letters
    is Latin; in ``latin`` text so are all ambiguous marks.

    >>> segments("見 Mao’s “言”。")
    [('east', '見 '), ('west', 'Mao’s '), ('east', '“言”。')]
    """
    kinds = []
    last = EAST if not latin else WEST
    for at, char in enumerate(text):
        kind = kind_of(char)
        if char in AMBIGUOUS and (latin or _in_word(text, at)):
            kind = WEST
        last = kind or last
        kinds.append(last)
    if (strong := next((k for c, k in zip(text, kinds, strict=True) if kind_of(c)), "")) and not latin:
        for at, char in enumerate(text):  # what stands before the first strong character goes with it
            if kind_of(char):
                break
            kinds[at] = strong
    return [
        (kind, "".join(char for _, char in group))
        for kind, group in groupby(zip(kinds, text, strict=True), key=lambda pair: pair[0])
    ]


def _in_word(text: str, at: int) -> bool:
    around = (text[at - 1 : at], text[at + 1 : at + 2])
    return text[at] in "’–·" and all(c and kind_of(c) == WEST for c in around)


def _run(properties: etree._Element | None, child: etree._Element) -> etree._Element:
    run = word.make("w:r")
    if properties is not None and len(properties):
        run.append(copy.deepcopy(properties))
    run.append(child)
    return run


def _make_east(run: etree._Element, han: etree._Element) -> None:
    """The hint for ambiguous marks; emphasis of Han is dotted, not slanted (CLREQ, emphasis marks)."""
    properties = word.properties(run, "w:rPr")
    style = word.first(properties, "w:rStyle")
    if style is not None and word.value(style).endswith("Emphasis"):
        base = word.value(style).removesuffix("Emphasis")
        style.set(word.qualified("w:val"), base + word.HAN_EMPHASIS.replace(" ", ""))
    for slant in [e for e in properties if word.local(e) in ("i", "iCs")]:
        properties.remove(slant)
        word.put(properties, copy.deepcopy(han), word.RPR_ORDER)
    text = word.text_of(run)
    if any(c in AMBIGUOUS for c in text):
        fonts = word.first(properties, "w:rFonts")
        if fonts is None:
            fonts = word.put(properties, word.make("w:rFonts"), word.RPR_ORDER)
        fonts.set(word.qualified("w:hint"), "eastAsia")
    if not len(properties):
        run.remove(properties)


def _join(holder: etree._Element) -> None:
    """Neighbouring runs of text with equal properties become one."""
    before: etree._Element | None = None
    for child in list(holder):
        if word.local(child) != "r" or not is_text(child):
            before = None
            continue
        if before is not None and _key(before) == _key(child) and _one_text(before) and _one_text(child):
            before[-1].text = (before[-1].text or "") + (child[-1].text or "")
            holder.remove(child)
        else:
            before = child


def _one_text(run: etree._Element) -> bool:
    return [word.local(e) for e in run if word.local(e) != "rPr"] == ["t"]


def _key(run: etree._Element) -> bytes:
    properties = word.first(run, "w:rPr")
    return b"" if properties is None else etree.tostring(properties, method="c14n")
