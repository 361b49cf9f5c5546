"""A stretch of a wiki export as traced text: links to their text, ``-{…}-`` to spans, the rest as Markdown.

Comes in: the source, a span of it, its calls and cuts. Goes out: a ``Traced``. A link's address goes away
as an edit and its text stays, wherever the export put the brackets. Refused: a ``-{`` that does not close.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from pipeline.document.manuscript import Finding
from pipeline.document.markdown import write_attribute
from pipeline.document.traced import Piece, PieceKind
from pipeline.location import Span
from pipeline.recovery.inline import FORMULA_TOKEN, LONE_BACKSLASH, CallMark, Cut, Inline, token_pattern
from pipeline.recovery.wiki_markdown.addresses import as_target, is_from_baike, leads_out
from pipeline.recovery.wiki_markdown.chemistry import read_formula
from pipeline.recovery.wiki_markdown.inset_notes import Inset
from pipeline.recovery.wiki_markdown.templates import MARK, SPEAKING
from pipeline.recovery.wiki_markdown.variants import Variant, VariantKind, find_marks, read_variant
from pipeline.recovery.wiki_markdown.wrapping import shows_space

PARTED = r"\\\((?P<begun>\\begin\{(?:(?!\\[()\[\]])[^\u3400-\u9fff]){1,3000}?)\\\)"  # a formula that holds blank lines
_TOKEN = token_pattern(
    r"(?P<variant>\\?-\{)"
    r"|(?P<counted>(?<=\n)\\(?=[0-9]{1,3}[.)][ \t]))"
    r"|(?P<set>(?<=<span class=\"math inline\">)\$[^$]{1,3000}\$(?=</span>))"
    r"|(?P<tagged><math\b[^<>]*>(?P<told>(?:(?!</?math\b)[\s\S]){1,3000}?)</math>)"
    rf"|(?P<parted>{PARTED})"
    r"|(?P<drawn>!\[\{\\{1,2}(?:display|text)style[ ](?P<tex>(?:(?!\]\()[^\n]){1,2000})\}\]\([^()\s]*/math/render/[^()\s]*(?:\s\"[^\"\n]*\")?\))"
    r"|(?P<chem><chem>(?P<formed>[^<>\n]{1,300}(?:\\>[^<>\n]{1,300})*)</chem>)"
    r"|(?P<tower><sup>(?P<low>[\w*+\-−]{1,12})<sup>(?P<high>[\w*+\-−]{1,12})</sup></sup>)"
    r"|(?P<outside>\\\[(?:\s?\s{0,8}<(?P<marked>https?://[^\s<>]+)>[,，]?|(?P<leads>(?:https?:)?//[^\s\[\]()]+))\s+"
    r"(?P<label>(?:[^\[\]\\\n]|\\[^\[\]]|\n(?![ \t]*\n)){1,500})\\\])"
    rf"|{FORMULA_TOKEN}"
    r"|(?P<wikilink>\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<shown>[^\[\]\n]*))?\]\])"
    r"|(?P<left>\\\[\\\[(?!(?:[^\W\d]{1,3} ?)?[0-9]+\\)(?P<to>[^\[\]|\\\n]+)(?:\|(?P<seen>(?:[^\[\]|\\\n]|\n(?!\s))*))?"
    r"(?:\\\]\\\]|(?P<off>(?=\s*\Z))))"
    r"|(?P<template>\{\{[^{}\n]{1,300}\}\})"
    r"|(?P<half>(?<=\S)\*\*''(?!'))"
    r"|(?P<roomy>(?<![^\n>])(?P<sign>'{2,3})(?: +(?P<within>[^'\n]{1,80}?) *|(?P<inside>[^'\n]{1,80}?) +)(?P=sign)(?=<|[ \t]*(?:\n|\Z)))"
    r"|(?P<quotes>(?<![^\s（「《])'{2,5}[ ](?=\S)|'{2,5})"
    r"|(?P<doubled>(?<!\*)\*{4}(?:\*\*)?(?!\*))|",
    r"\-{'",
)
_IN_BRACKETS = r"(?:(?!\\[()\[\]])[^\u3400-\u9fff/])"
_TEX_IN_BRACKETS = re.compile(
    rf"\\\({_IN_BRACKETS}{{0,200}}?(?:\\[A-Za-z]{{2}}|\^|_\{{|=){_IN_BRACKETS}{{0,400}}?\\\)"
)
FORMULA = re.compile(rf"{FORMULA_TOKEN}|{PARTED}")
TAGGED_FORMULA = re.compile(r"<math\b[^<>]*>(?:(?!</?math\b)[\s\S]){1,3000}?</math>")
_NOT_TEX = re.compile(r"&(?:amp|lt|gt|quot);|\s*\n\s*")
_ESCAPED = re.compile(rf"{_NOT_TEX.pattern}|\\(?=[^A-Za-z0-9\s])(?P<sign>.)")
_ESCAPED_TEX = re.compile(r"\\([\\_^*])")
_BAR = re.compile(r"\\?\|\s*(?=\S)")  # of a link that named no page
_WIKI_TITLE = re.compile(r"\s\"(?:wikilink|fig:[^\"]*)\"\s?\)$")
_ADDRESS = re.compile(r"<?(?:https?|ftp)://")
_RUN_ON = re.compile(
    r"(?P<address>(?:https?|ftp)://[^\s，。、；：！？「」『』（）《》“”\\]+)(?:\\\]|[，。、；：！？」』）》”])"
)
_HREF = re.compile(r"\shref=\"((?:https?|ftp)://[^\"\s<>]+)\"", re.IGNORECASE)
_END_OF_LINK = re.compile(r"((?:(?!<a\b|</?t[dhr]\b|\n[ \t]*\n|[\[\]])[\s\S])*?)(?P<tag></a>)", re.IGNORECASE)
_LONGEST_EMPHASIS = 120  # characters
_OPENED = re.compile(r"(?<!\*)(\*{1,2})(?=[^\s*])[^*\n]*(?<=\S)\Z")
_CLOSED = re.compile(r"(?=\S)[^*\n]{1,80}(?<=[^\s*])(\*{1,2})(?!\*)")
_YEAR = 4  # digits: no note has such a number
_OPENING, _CLOSING = tuple("：（，、「『《“ "), tuple("）），。、；：」』》”")
_EMPTY = ("**", "****", "******")
_WIKI_SIGNS = "\N{CIRCLED LATIN SMALL LETTER W}\N{CIRCLED LATIN CAPITAL LETTER R}"  # an export's: leads to the wiki, redirects
_CODE_ENDS, _CODE_BEGINS = ("`", '"wikilink")'), ("`", "[`")
_PREFIX = re.compile(r":?(?:s|q|b|n|v|w|m|wikt):(?=[\u3400-\u9fff])")  # of a sister of the wiki


@dataclass
class WikiInline(Inline):
    """Reads spans of a wiki export."""

    lang: str = ""
    wrapped: bool = True  # the export cut lines at spaces; else a line end is the author's
    title_forms: Variant | None = None  # what the article says of its title in each script
    passed: set[int] = field(default_factory=set)  # where a note's body stands that no paragraph holds

    tokens: ClassVar[re.Pattern[str]] = _TOKEN

    def __post_init__(self) -> None:
        self._ends: dict[int, str] = {}  # where a link's tag closes, and what it leads to

    @cached_property
    def _variants(self) -> dict[int, int]:
        return find_marks(self.source)

    @cached_property
    def has_formulas(self) -> bool:
        """Whether TeX's round brackets hold TeX somewhere: then they hold it everywhere, for prose escapes none."""
        return _TEX_IN_BRACKETS.search(self.source) is not None

    @cached_property
    def _is_of_pandoc(self) -> bool:
        """Whether links to the wiki's own pages say so."""
        return '"wikilink")' in self.source

    @cached_property
    def _from_baike(self) -> bool:
        return is_from_baike(self.source)

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        match match.lastgroup:
            case "variant":
                return self._variant(match.start(), match.end(), end)
            case "counted":  # before a number that begins no list: some tools'
                self.layout.append(Span(*match.span()))
                return match.end(), []
            case "wikilink":
                return match.end(), self._unwrapped(match, "shown" if match["shown"] is not None else "page")
            case "left" if match["off"] is None:  # a link that the export left as wikitext
                return match.end(), self._unwrapped(match, "seen" if match["seen"] else "to")
            case "left":
                return match.end(), self._broken_off(match)
            case "outside":  # a link that the export did not know: \\[//address label\\]
                return match.end(), self._outside(match)
            case "formula" if match["inline"] and self.has_formulas and "//" not in match["inline"]:
                return match.end(), self._formula(match)
            case "formula" if match["display"] and self.has_formulas and self._is_equation(match):
                return match.end(), self._formula(match)
            case "drawn":  # a picture of a formula
                tex = f"${_ESCAPED_TEX.sub(lambda m: m[1], match['tex']).strip()}$"
                why = "picture of a formula, whose text it is"
                return match.end(), [self._edit(*match.span(), tex, "L217", why, PieceKind.MARKUP)]
            case "chem":
                return match.end(), self._chemistry(match)
            case "tower":  # a raised number on a raised one: Markdown's marks cannot hold it
                low, high = (match[g].replace("*", "").replace("−", "-") for g in ("low", "high"))
                tex = f"$^{{{low}^{{{high}}}}}$"
                return match.end(), [self._edit(*match.span(), tex, "L903", "inline tags", PieceKind.MARKUP)]
            case "set":  # a formula as Pandoc's HTML holds it
                return match.end(), list(self._set(*match.span()))
            case "parted" if self.has_formulas:
                (a, b), (lo, hi) = match.span(), match.span("begun")
                return b, list(self._in_dollars(a, lo, hi, b, _NOT_TEX))
            case "tagged":
                (a, b), (lo, hi) = match.span(), match.span("told")
                is_escaped = "\\\\" in match["told"]
                return b, list(self._in_dollars(a, lo, hi, b, _ESCAPED if is_escaped else _NOT_TEX))
            case "template":
                return match.end(), self._template(match)
            case "half" if self._closes_three(match.start()):
                why = "half of the marks was not converted"
                return match.end(), [self._edit(*match.span(), "***", "L210", why, PieceKind.MARKUP)]
            case "half":
                return match.start() + 2, [self._kept(match.start(), match.start() + 2, PieceKind.MARKUP)]
            case "roomy":
                return match.end(), self._roomy(match)
            case "star" if match.group() == "***" and (first := self._closes_and_opens(match)):
                at = match.start() + first
                return match.end(), [
                    self._kept(match.start(), at, PieceKind.MARKUP),
                    self._kept(at, match.end(), PieceKind.MARKUP),
                ]
            case "quotes":
                return match.end(), [self._quotes(match)]
            case "star" | "doubled" if self._holds_nothing(match):
                message = "the words between two marks of emphasis are missing. Add them."
                self.findings.append(Finding("L229", message, Span(*match.span())))
                return match.end(), [self._edit(*match.span(), "", "L219", "emphasis of nothing")]
            case "doubled":  # one word in bold type behind another
                a, b = match.span()
                return b, [self._kept(at, at + 2, PieceKind.MARKUP) for at in range(a, b, 2)]
            case _:
                return super()._token(match, end)

    def _set(self, a: int, b: int) -> Iterator[Piece]:
        """A formula between dollars."""
        end = self._end_of_tex(a + 1, b - 1)
        yield from self._tex(a, end, _NOT_TEX)
        if end < b - 1:
            yield self._edit(end, b - 1, "", "L217", "space at the end of a formula", PieceKind.MARKUP)
        yield self._kept(b - 1, b, PieceKind.MARKUP)

    def _end_of_tex(self, start: int, end: int) -> int:
        """Where a formula ends, without spaces and TeX's own one."""
        while end > start and (
            self.source[end - 1].isspace() or LONE_BACKSLASH.match(self.source, max(start, end - 2))
        ):
            end -= 1
        return end

    def _in_dollars(self, a: int, lo: int, hi: int, b: int, others: re.Pattern[str]) -> Iterator[Piece]:
        """A formula that stands from ``lo`` to ``hi`` between marks of another kind."""
        while lo < hi and self.source[lo].isspace():
            lo += 1
        hi = self._end_of_tex(lo, hi)
        yield self._edit(a, lo, "$", "L217", "brackets of a formula", PieceKind.MARKUP)
        yield from self._tex(lo, hi, others)
        yield self._edit(hi, b, "$", "L217", "brackets of a formula", PieceKind.MARKUP)

    def _tex(self, start: int, end: int, others: re.Pattern[str]) -> Iterator[Piece]:
        """A formula without what its place did to it: entities, escapes, line ends."""
        at = start
        for m in others.finditer(self.source, start, end):
            if m.start() > at:
                yield self._kept(at, m.start(), PieceKind.MARKUP)
            after = html.unescape(m.group()) if m.group()[0] == "&" else (m.groupdict().get("sign") or " ")
            yield self._edit(*m.span(), after, "L217", "sign in a formula", PieceKind.MARKUP)
            at = m.end()
        if at < end:
            yield self._kept(at, end, PieceKind.MARKUP)

    def _marked(self, where: int, mark: CallMark | Cut) -> Piece:
        if not isinstance(mark, Inset):
            return super()._marked(where, mark)
        self.passed.add(where)
        return Piece("", Span(where, where), None)

    def _chemistry(self, match: re.Match[str]) -> list[Piece]:
        """A chemical formula with its raised and lowered numbers; without the tags where it has other signs."""
        (a, b), (lo, hi) = match.span(), match.span("formed")
        why = "tag of a chemical formula"
        pieces = [self._edit(a, lo, "", "L234", why)]
        for part in read_formula(match["formed"]):
            start, end = lo + part.start, lo + part.end
            if part.mark:
                pieces += [
                    self._edit(start, start, part.mark, "L234", why, PieceKind.MARKUP),
                    self._edit(start, end, part.shown, "L234", "notation of a chemical formula"),
                    self._edit(end, end, part.mark, "L234", why, PieceKind.MARKUP),
                ]
            elif self.source[start:end] == part.shown:
                pieces.append(self._kept(start, end))
            else:
                pieces.append(self._edit(start, end, part.shown, "L234", "notation of a chemical formula"))
        if len(pieces) == 1:
            pieces += self._pieces(lo, hi)
        return [*pieces, self._edit(hi, b, "", "L234", why)]

    def _is_equation(self, match: re.Match[str]) -> bool:
        """Whether square brackets alone on a line hold one, in a text that has formulas."""
        before = self.source[self.source.rfind("\n", 0, match.start()) + 1 : match.start()]
        return (
            "=" in match["display"]
            and not before.strip()
            and self.source[match.end() : match.end() + 1] in "\n"
        )

    def _link(self, match: re.Match[str]) -> list[Piece]:
        """A link out of the wiki is kept; of one inside it only its text."""
        text, target = match["text"], match["target"]
        is_outside = leads_out(target, self._from_baike) and _WIKI_TITLE.search(match.group()) is None
        if not text.strip() or (text.strip().isdigit() and len(text.strip()) < _YEAR):
            return self._link_without_words(match, is_outside)
        if is_outside and not match.group().startswith("!"):
            run_on = _RUN_ON.match(text)
            is_address = run_on is not None and target.startswith(run_on["address"])
            return self._run_on(match, run_on["address"]) if run_on and is_address else super()._link(match)
        return self._unwrapped(match, "text")

    def _run_on(self, match: re.Match[str], address: str) -> list[Piece]:
        """An address that took the text behind it along, for no space parts the two."""
        (a, b), (lo, hi) = match.span(), match.span("text")
        at, why = lo + len(address), "end of an address"
        return [
            self._kept(a, lo, PieceKind.MARKUP),
            self._kept(lo, at),
            self._edit(at, at, f"]({as_target(address)})", "L201", why, PieceKind.MARKUP),
            *self._pieces(at, hi),
            self._edit(hi, b, "", "L201", why),
        ]

    def _link_without_words(self, match: re.Match[str], is_outside: bool) -> list[Piece]:
        """A link that shows nothing, or a number that the export gave it: it is the article's own in a link of the wiki."""
        number, target = match["text"].strip(), match["target"]
        is_address = is_outside or (
            self._is_of_pandoc
            and _ADDRESS.match(target) is not None
            and _WIKI_TITLE.search(match.group()) is None
        )
        if not is_address or match.group().startswith("!") or not (number or self._is_of_pandoc):
            return self._unwrapped(match, "text")
        what = f"its number {number}" if number else "its address"
        message = f"the link shows nothing but {what}. Write what it leads to."
        self.findings.append(Finding("L224", message, Span(*match.span()), target))
        if is_outside and number:
            return super()._link(match)
        return [self._edit(*match.span(), "", "L201", "link without words")]

    def _broken_off(self, match: re.Match[str]) -> list[Piece]:
        """A link in which the text ends: ``\\[\\[page|te``."""
        seen = match["seen"] or ""
        message = f"the text breaks off in a link to «{match['to']}». Add what follows."
        self.findings.append(Finding("L235", message, Span(*match.span())))
        return self._unwrapped(match, "to" if match["to"].startswith(seen) else "seen")

    def _outside(self, match: re.Match[str]) -> list[Piece]:
        """A link that the export left as wikitext: ``\\[//address label\\]``, ``\\[<address>, label\\]``."""
        (a, b), (lo, hi) = match.span(), match.span("label")
        address = match["leads"] or as_target(match["marked"])
        address = f"https:{address}" if address.startswith("//") else address
        why = "link in wikitext"
        return [
            self._edit(a, lo, "[", "L201", why, PieceKind.MARKUP),
            *self._pieces(lo, hi),
            self._edit(hi, b, f"]({address})", "L201", why, PieceKind.MARKUP),
        ]

    def _tag(self, match: re.Match[str]) -> list[Piece]:
        """A link's tag to an address outside the wiki is a link."""
        a, b = match.span()
        if match["name"].lower() == "wbr":
            return [self._edit(a, b, "", "L904", "tag without a meaning for the text")]
        if match["name"].lower() == "ref":
            if match.group()[1] != "/":
                message = "a note was not converted: its text stands here, or is missing. Make it a note."
                self.findings.append(Finding("L233", message, Span(a, b)))
            return [self._edit(a, b, "", "L904", "tag without a meaning for the text")]
        if match["name"].lower() != "a" or "\n\n" in match.group():
            return super()._tag(match)
        if match.group()[1] != "/":
            address = _HREF.search(match.group())
            end = _END_OF_LINK.search(self.source, b, b + 500)
            if address is None or end is None or not leads_out(address[1]) or not end[1].strip():
                return super()._tag(match)
            self._ends[end.start("tag")] = as_target(address[1])
            return [self._edit(a, b, "[", "L903", "link's tag", PieceKind.MARKUP)]
        if (target := self._ends.pop(a, "")) == "":
            return super()._tag(match)
        return [self._edit(a, b, f"]({target})", "L903", "link's tag", PieceKind.MARKUP)]

    def _unwrapped(self, match: re.Match[str], group: str) -> list[Piece]:
        """A link's text, its marks and address taken away."""
        (a, b), (lo, hi) = match.span(), match.span(group)
        if hi == lo:
            return [self._edit(a, b, "", "L201", "link without a text")]
        if self.source[hi - 1] in _WIKI_SIGNS and hi - 1 > lo:
            hi -= 1
        if idle := _BAR.match(self.source, lo, hi) or _PREFIX.match(self.source, lo, hi):
            lo = idle.end()
        head = self._edit(a, lo, "", "L201", "link")
        tail = self._edit(hi, b, "", "L201", "address of a link")
        return [head, *self._pieces(lo, hi), tail]

    def _template(self, match: re.Match[str]) -> list[Piece]:
        """A template whose words a reader saw; others were cut before."""
        a, b = match.span()
        if mark := MARK.fullmatch(match.group()):
            lo, hi = a + mark.start("inner"), a + mark.end("inner")
            return [
                self._edit(a, lo, "", "L203", "template"),
                self._kept(lo, hi),
                self._edit(hi, b, "", "L203", "template"),
            ]
        speaking = SPEAKING.fullmatch(match.group())
        if speaking is None:
            return [self._kept(a, b)]
        parts = speaking["inner"].split("|")
        shown = (
            parts[-1] if speaking["name"].lower().startswith(("lang", "nowrap", "nobr", "僻")) else parts[0]
        )
        lo = match.group().rindex(shown) + a if shown else b
        if not shown:
            return [self._edit(a, b, "", "L203", "template")]
        hi = lo + len(shown)
        return [
            self._edit(a, lo, "", "L203", "template"),
            *self._pieces(lo, hi),
            self._edit(hi, b, "", "L203", "template"),
        ]

    def _holds_nothing(self, match: re.Match[str]) -> bool:
        """Whether two marks of emphasis touch between punctuation: a template between them is gone."""
        before, behind = (
            self.source[match.start() - 1 : match.start()],
            self.source[match.end() : match.end() + 1],
        )
        return match.group() in _EMPTY and before in _OPENING and (behind in _CLOSING or not behind.strip())

    def _closes_three(self, at: int) -> bool:
        """Whether bold italics are open here."""
        start = self.source.rfind("***", max(0, at - _LONGEST_EMPHASIS), at)
        return start >= 0 and "*" not in self.source[start + 3 : at] and "\n\n" not in self.source[start:at]

    def _closes_and_opens(self, match: re.Match[str]) -> int:
        """How many of three marks close, where bold begins right behind italics, or the reverse; none of others."""
        opened = _OPENED.search(self.source, max(0, match.start() - _LONGEST_EMPHASIS), match.start())
        closed = _CLOSED.match(self.source, match.end())
        if opened is None or closed is None or len(opened[1]) + len(closed[1]) != len(match.group()):
            return 0
        return len(opened[1])

    def _quotes(self, match: re.Match[str]) -> Piece:
        """Wikitext's bold and italics."""
        mark = {2: "*", 3: "**", 5: "***"}.get(len(match.group().rstrip()))
        if mark is None:
            return self._kept(*match.span())
        return self._edit(*match.span(), mark, "L210", "wikitext's emphasis", PieceKind.MARKUP)

    def _roomy(self, match: re.Match[str]) -> list[Piece]:
        """Wikitext's bold and italics around all that its container holds, with room inside the marks."""
        (a, b), (lo, hi) = match.span(), match.span("within" if match["within"] else "inside")
        mark, why = "*" * (len(match["sign"]) - 1), "wikitext's emphasis"
        return [
            self._edit(a, lo, mark, "L210", why, PieceKind.MARKUP),
            *self._pieces(lo, hi),
            self._edit(hi, b, mark, "L210", why, PieceKind.MARKUP),
        ]

    def _line_end(self, a: int, b: int) -> Piece:
        """A line end of the author's is kept: between lines of code, and where the export wraps no lines."""
        if self.source[max(0, a - 8) : a].endswith(("<br>", "<br/>", "<br />")):
            return super()._line_end(a, b)
        if self.source.endswith("<poem>", 0, a) or self.source.startswith("</poem>", b):
            return self._edit(a, b, "", "L101", "line end beside a tag")
        is_code = self.source.endswith(_CODE_ENDS, 0, a) and self.source.startswith(_CODE_BEGINS, b)
        if self.wrapped and not is_code:
            if shows_space(self.source, a, b):
                return self._edit(a, b, " ", "L101", "line end inside a paragraph")
            return super()._line_end(a, b)
        return self._edit(a, b, "\n", "L101", "line end that the author made")

    # --- -{…}-

    def _variant(self, start: int, inner: int, end: int) -> tuple[int, list[Piece]]:
        stop = self._variants.get(inner - 2, end + 1)
        if stop > end:
            self.findings.append(
                Finding("L225", "«-{» is not closed. Close it or take it away.", Span(start, inner))
            )
            return inner, [self._kept(start, inner)]
        inside = self.source[inner : stop - 2]
        variant = read_variant(inside, self.lang)
        if variant.everywhere:
            message = (
                f"a rule of conversion holds for the whole article: {inside.strip()}. Put it into a glossary."
            )
            self.findings.append(Finding("L226", message, Span(start, stop)))
        if variant.kind is VariantKind.TITLE:
            self.title_forms = variant
            return stop, [
                self._edit(start, stop, "", "L211", "the title for each script: it stands there now")
            ]
        if variant.kind is VariantKind.HIDDEN or variant.shown[0] == variant.shown[1]:
            return stop, [self._edit(start, stop, "", "L211", "rule of conversion that shows nothing")]
        lo, hi = inner + variant.shown[0], inner + variant.shown[1]
        shown = list(self._pieces(lo, hi))
        if not any(p.text.strip() for p in shown):
            why = "forms that show nothing"
            return stop, [
                self._edit(start, lo, "", "L211", why),
                *shown,
                self._edit(hi, stop, "", "L211", why),
            ]
        why = "forms of a word for each script" if variant.forms else "word that is not converted"
        return stop, [
            self._edit(start, lo, "[", "L212", why, PieceKind.MARKUP),
            *shown,
            self._edit(hi, stop, "]" + variant_attributes(variant), "L212", why, PieceKind.MARKUP),
        ]


def variant_attributes(variant: Variant) -> str:
    if variant.kind is VariantKind.KEEP:
        return "{.keep}"
    forms = " ".join(f"{name}={write_attribute(text)}" for name, text in variant.forms)
    return f"{{.variant {forms}}}"
