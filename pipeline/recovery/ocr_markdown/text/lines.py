"""Line ends inside a paragraph or quotation of a recognised page: verse, divided words, and those that mean nothing.

Comes in: spans of the source. Goes out: traced text. Verse is three short lines or more that all end in a mark, or
four in a quotation that are equally long; its line ends stay. Refused: taking the hyphen out of a word that only looks divided (``Sino-`` / ``Soviet``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from pipeline.document.traced import Piece, PieceKind
from pipeline.han import CLOSING, HAN, OPENING
from pipeline.location import Span
from pipeline.note_signs import RAISING
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind, speaks_of_tex
from pipeline.recovery.markdown.formulas import FORMULA_TOKEN
from pipeline.recovery.markdown.inline import Inline, token_pattern
from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.ocr_markdown.blanks import with_blanks
from pipeline.recovery.wording.joints import hyphen_goes
from pipeline.recovery.wording.marks import NEVER_FIRST

_RAISED = (  # «$ ^{[1, 3]} $», with the blank that an engine sets before it
    rf"\${RAISING}(?:\\(?:text|mathrm)\s*+\{{\s*+)?"
    r"(?P<numbers>\[?\s*+[0-9]+(?:\s*+[,，、~–-]\s*+[0-9]+)*\s*+\]?)[\s}]*\$"
)
_SPACED = (  # «$ x^{2} $»: Markdown wants no blank inside the dollars
    r"(?<![\\$])\$(?:[ ]+(?=[^ $])[^$\n\u3400-\u9fff]{1,300}?|(?=[^\s$])[^$\n\u3400-\u9fff]{0,300}?[ ]+)\$(?![0-9$])"
)
_RING = (  # «$\textcircled { 1 }$», as an engine writes ①
    r"(?:\$[ ]?|\\\([ ]?)\\(?:text)?circled[ ]?\{[ ]?(?P<ringed>[1-9](?:[ ]?[0-9])?)[ ]?\}[ ]?(?:\$|\\\))"
)
_TEX = re.compile(r"\\[A-Za-z]|[\^_]")
_PADDED, _HABIT = re.compile(r"\$ (?=[^$\n]*[\\^_])[^$\n\u3400-\u9fff]{1,300} \$"), 3
_NUMBER = re.compile(r"\$[ ]*[0-9](?:[0-9 .,:/+–—-]|\\%|%)*\$")
_TOKEN = token_pattern(
    r"(?P<divided>(?<=[^\W\d_])[-\N{HYPHEN}][ \t]*\n[ \t]*(?=[^\W\d_]))"
    rf"|(?P<raised>[ ]?{_RAISED})|(?P<ring>[ ]?{_RING}[ ]?)|(?P<spaced>{_SPACED})"
    r"|(?P<quad>(?<=\S)[ ]?(?:\$[ ]?(?:\\q?quad(?![A-Za-z])[ ]?)+\$|(?<= )(?:\\q?quad[ ]){1,3})[ ]?(?=\S))"
    r"|(?P<padding>(?<=\$)[ ](?=[，。、；：！？）」』》〉】])|(?<=[，。、；：！？（「『《〈【])[ ](?=\$[^$\n]+\$))"
    rf"|(?P<seam>(?<=[{HAN}{CLOSING}])[ ](?=[{HAN}{OPENING}{CLOSING}]))|{FORMULA_TOKEN}|",
    r"\-\N{HYPHEN}",
)
_WIDE = re.compile(rf"[{HAN}{OPENING}{CLOSING}\n]")
_WHOLE_WORD = re.compile(r"(?<![-\N{HYPHEN}]\n)(?<![-\N{HYPHEN}]\n\n)(?<![^\W\d_])[^\W\d_]{3,}")
_VERSE_LINE = 18  # characters; a longer line is no verse
_STANZA, _METRES = 4, frozenset(range(4, 10))  # lines; characters of a line
_VERSE_END = tuple(NEVER_FIRST)
_MARKS = re.compile(
    rf"<sup>.*?</sup>|\$[^$]*\$|\[\^[^\]]*\]|\\?[\[〔［﹝][0-9]{{1,3}}\\?[\]〕］﹞]|[{CIRCLED}⁰¹²³⁴-⁹\s>*\u3000]"
)


@dataclass
class OcrInline(Inline):
    """Reads spans of a recognised page."""

    verse: frozenset[int] = frozenset()  # the line ends that stay
    seams: frozenset[int] = frozenset()  # the spaces that were line ends

    tokens: ClassVar[re.Pattern[str]] = _TOKEN

    @cached_property
    def words(self) -> frozenset[str]:
        """The document's own Latin and Cyrillic words."""
        return frozenset(w.lower() for w in _WHOLE_WORD.findall(self.source) if w[0] < "\u0530")

    @cached_property
    def _pads(self) -> bool:
        """Whether the engine sets a blank inside both dollars of its formulas: then all that stands so is one."""
        return len(_PADDED.findall(self.source)) >= _HABIT

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        a, b = match.span()
        match match.lastgroup:
            case "seam":
                why = "end of a line or page that the engine wrote as a space"
                return b, [self._edit(a, b, "", "L105", why) if a in self.seams else self._kept(a, b)]
            case "padding":
                return b, [self._edit(a, b, "", "C902", "blank that the engine sets beside a formula")]
            case "quad" if speaks_of_tex(self.source):
                return a + 1, [self._kept(a, a + 1)]
            case "quad":
                return b, [self._edit(a, b, "\u3000", "C902", "space written as a formula")]
            case "raised":
                return self._raised(match)
            case "ring":
                return self._ringed(match)
            case "spaced":
                return self._spaced(a, b)
            case "divided":
                return b, self._divided(a, b)
        return super()._token(match, end)

    def _divided(self, a: int, b: int) -> list[Piece]:
        """The hyphen at a line's end: the word's own stays."""
        if hyphen_goes(self.source[max(0, a - 40) : a + 1], self.source[b : b + 40], self.words):
            return [self._edit(a, b, "", "L103", "hyphen of a divided word")]
        return [self._kept(a, a + 1), self._edit(a + 1, b, "", "L101", "line end inside a paragraph")]

    def _raised(self, match: re.Match[str]) -> tuple[int, list[Piece]]:
        """A raised number that calls no note, without the blanks that the engine set beside it."""
        begin, (lo, hi), why = match.start(), match.span("numbers"), "raised number written as a formula"
        dollar = self.source.index("$", begin)
        if dollar in self.marks and begin < dollar:  # a call, found behind its blank
            return dollar, [self._kept(begin, dollar)]
        a, b = with_blanks(self.source, dollar, match.end(), strong=True)
        inner = [self._kept(begin, a)] if begin < a else []
        return b, [
            *inner,
            self._edit(a, lo, "^", "C902", why, PieceKind.MARKUP),
            *self._bare(lo, hi),
            self._edit(hi, b, "^", "C902", why, PieceKind.MARKUP),
        ]

    def _ringed(self, match: re.Match[str]) -> tuple[int, list[Piece]]:
        """A number in a ring that calls no note, without the blanks that the engine set beside it in Chinese text."""
        (a, b), number = match.span(), int(match["ringed"].replace(" ", ""))
        sign = a + self.source[a].isspace()
        if sign in self.marks or number > len(CIRCLED) or speaks_of_tex(self.source):
            return a + 1, [self._kept(a, a + 1)]
        blank = [self._kept(a, sign)] if a < sign and not _WIDE.match(self.source, a - 1) else []
        if self.source[b - 1].isspace() and not _WIDE.match(self.source, b):
            b -= 1
        ring = self._edit(
            sign if blank else a, b, CIRCLED[number - 1], "C902", "number in a ring written as a formula"
        )
        return b, [*blank, ring]

    def _bare(self, a: int, b: int) -> Iterator[Piece]:
        """The text without blanks, which Pandoc allows in no raised text."""
        for m in re.compile(r"(?P<blank>\s+)|\S+").finditer(self.source, a, b):
            why = "blank in a raised number"
            yield self._edit(*m.span(), "", "C902", why) if m["blank"] else self._kept(*m.span())

    def _spaced(self, a: int, b: int) -> tuple[int, list[Piece]]:
        """A formula without the blanks inside its dollars; dollars that hold no TeX are money, where the engine sets none."""
        formula = self.source[a:b]
        if _NUMBER.fullmatch(formula):
            return b, self._math(a, b)
        is_padded = formula.startswith("$ ") and formula.endswith(" $") and self._pads
        if _TEX.search(formula) is None and not is_padded:
            return a + 1, [self._kept(a, a + 1)]
        inner = formula[1:-1]
        lo, hi = a + 1 + len(inner) - len(inner.lstrip()), b - 1 - len(inner) + len(inner.rstrip())
        self.layout += [span for span in (Span(a + 1, lo), Span(hi, b - 1)) if len(span)]
        return b, [self._kept(x, y, PieceKind.MARKUP) for x, y in ((a, a + 1), (lo, hi), (b - 1, b))]

    def _line_end(self, a: int, b: int) -> Piece:
        at = self.source.index("\n", a)
        if at not in self.verse:
            return super()._line_end(a, b)
        self.layout += [s for s in (Span(a, at), Span(at + 1, b)) if len(s)]
        return self._kept(at, at + 1)


def find_verse(source: str, chunks: Sequence[Chunk]) -> frozenset[int]:
    """The ends of lines that are followed by another line of the same verse."""
    out: set[int] = set()
    k = 0
    while k < len(chunks):
        first = k
        k += 1
        if chunks[first].kind is ChunkKind.QUOTE:
            while (
                k < len(chunks)
                and chunks[k].kind is ChunkKind.QUOTE
                and chunks[k - 1].end + 1 >= chunks[k].start
            ):
                k += 1
        elif chunks[first].kind is not ChunkKind.TEXT:
            continue
        start, end = chunks[first].start, chunks[k - 1].tail
        lines = source[start:end].split("\n")
        is_even = chunks[first].kind is ChunkKind.QUOTE and _are_even(lines)
        if is_even or (len(lines) >= 3 and all(map(_is_verse_line, lines))):
            out.update(m.start() + start for m in re.finditer("\n", source[start:end]))
    return frozenset(out)


def _are_even(lines: Sequence[str]) -> bool:
    """Whether they are a stanza without marks: four lines or more of as many characters, too few for a page's width."""
    sizes = {len(_MARKS.sub("", line).rstrip("，。；！？、")) for line in lines}
    return len(lines) >= _STANZA and len(sizes) == 1 and sizes <= _METRES


def _is_verse_line(line: str) -> bool:
    bare = _MARKS.sub("", line)
    return 0 < len(bare) <= _VERSE_LINE and bare.endswith(_VERSE_END)
