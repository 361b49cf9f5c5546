"""``-{…}-``: what the wiki's converter is told about a word.

Comes in: the inside of the marks. Goes out: what a reader sees. ``-{zh-hans:炮; zh-hant:砲}-`` has a form for
each script or region; ``-{X}-`` says that X is never converted; ``-{H|…}-`` is a rule without a place,
``-{T|…}-`` the title.
Source: MediaWiki, Help:Advanced editing (手動轉換) and LanguageConverter.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.location import Span, stripped
from pipeline.recovery.markdown.inline import LINK, TARGET

FORMS = ("zh-hans", "zh-hant", "zh-cn", "zh-tw", "zh-hk", "zh-mo", "zh-sg", "zh-my", "zh")
_FORM = re.compile(
    rf"\s*(?:(?P<lang>zh(?:-[a-z]{{2,4}})?)\s*[:：]\s*)"
    rf"(?P<text>(?:\[[^\[\]\n]*\]{TARGET}|&#?[0-9A-Za-z]{{2,8}};|[^;])*)(?:;|$)",
    re.IGNORECASE,
)
_MARKS = re.compile(rf"{LINK}|-\{{|\}}-|\*{{1,3}}|\\(?=[!-/:-@\[-`{{-~])")
_ONE_WAY = re.compile(r"[^;{}|]*=>\s*zh(?:-[a-z]{2,4})?\s*[:：]")
_FLAGS = re.compile(
    r"\s*(?P<flags>[AHTRDN+-]|zh(?:-[a-z]{2,4})?(?:\s*;\s*zh(?:-[a-z]{2,4})?)*|)\s*\\?\|", re.IGNORECASE
)


class VariantKind(StrEnum):
    """What a mark means for the text."""

    FORMS = "forms"  # a form for each script
    KEEP = "keep"  # never converted
    HIDDEN = "hidden"  # a rule; nothing to be seen
    TITLE = "title"  # the article's title in each script; nothing to be seen in the text
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Variant:
    """A mark's meaning. ``shown`` is the range of the inside that a reader of the source's script sees."""

    kind: VariantKind
    shown: Span
    forms: tuple[tuple[str, str], ...] = ()
    everywhere: bool = False  # the rule holds for the whole article


def find_marks(source: str) -> dict[int, int]:
    """Where each ``-{`` that closes in its paragraph begins, and where it ends behind its ``}-``."""
    marks: dict[int, int] = {}
    opened: list[int] = []
    for m in re.finditer(r"-\{|\}-|\n[ \t]*\n", source):
        if m.group() == "-{":
            opened.append(m.start())
        elif m.group() != "}-":
            opened.clear()
        elif opened:
            marks[opened.pop()] = m.end()
    return marks


def read_variant(inside: str, lang: str) -> Variant:
    """The meaning of what stands between ``-{`` and ``}-``, for a source in this language.

    >>> read_variant("zh-hans:炮; zh-hant:砲;", "zh-Hant").shown
    Span(start=19, end=20)
    >>> read_variant("H|zh-cn:博客; zh-tw:部落格", "zh-Hant").kind
    <VariantKind.HIDDEN: 'hidden'>
    """
    flags, at = "", 0
    if m := _FLAGS.match(inside):
        flags, at = m["flags"].upper(), m.end()
    if flags == "T":
        return Variant(VariantKind.TITLE, Span(at, at), _forms(inside, at)[0])
    if flags in ("H", "-", "+") or _ONE_WAY.match(inside, at):
        return Variant(VariantKind.HIDDEN, Span(at, at), _forms(inside, at)[0], everywhere=True)
    forms, places = _forms(inside, at)
    if not forms:
        return Variant(VariantKind.KEEP, stripped(inside, at, len(inside)))
    for name in _preferred(lang):
        if name in places:
            return Variant(VariantKind.FORMS, places[name], forms, everywhere=flags == "A")
    return Variant(VariantKind.FORMS, next(iter(places.values())), forms, everywhere=flags == "A")


def _forms(inside: str, at: int) -> tuple[tuple[tuple[str, str], ...], dict[str, Span]]:
    """The forms in their order, and where each stands; none when the inside is no list of forms."""
    forms: dict[str, str] = {}
    places: dict[str, Span] = {}
    while at < len(inside):
        if not inside[at:].strip(" \n;"):
            break
        m = _FORM.match(inside, at)
        if m is None or m["lang"].lower() not in FORMS:
            return (), {}
        name = m["lang"].lower()
        places[name] = stripped(inside, *m.span("text"))
        forms[name] = _without_marks(inside[places[name].start : places[name].end])
        at = m.end()
    return tuple(forms.items()), places


def _without_marks(text: str) -> str:
    """A form as words: an attribute of the master holds no Markdown."""
    return " ".join(html.unescape(_MARKS.sub(lambda m: m["words"] or "", text)).split())


def _preferred(lang: str) -> tuple[str, ...]:
    """The forms that a reader of this script would see, the best first."""
    hant = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "zh")
    hans = ("zh-hans", "zh-cn", "zh-sg", "zh-my", "zh")
    if lang.startswith("zh-Hant-HK"):
        hant = ("zh-hk", "zh-hant", "zh-tw", "zh-mo", "zh")
    elif lang.startswith("zh-Hant-TW"):
        hant = ("zh-tw", "zh-hant", "zh-hk", "zh-mo", "zh")
    elif lang.startswith("zh-Hans-CN"):
        hans = ("zh-cn", "zh-hans", "zh-sg", "zh-my", "zh")
    return hans if lang.startswith("zh-Hans") else hant
