"""Links of a wiki export: to their text inside the wiki, kept out of it; addresses that took text along, links in wikitext.

Comes in: the source, where a link stands. Goes out: its pieces, with findings for links that say nothing and such as break
off. Refused: a guess at what a link led to.
"""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.document.manuscript import Finding
from pipeline.document.traced import Piece, PieceKind
from pipeline.location import Span
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK
from pipeline.recovery.wiki_markdown.text.addresses import as_target, is_from_baike, leads_out
from pipeline.recovery.wiki_markdown.text.formulas import FormulaInline

LINK_TOKENS = (
    r"(?P<outside>\\\[(?:\s?\s{0,8}<(?P<marked>https?://[^\s<>]+)>[,，]?|(?P<leads>(?:https?:)?//[^\s\[\]()]+)"
    r"|\[(?P<half_known>https?://[^\s\[\]]+)\]\([^()\s]*\)(?P<half_left>[^\s\[\]]*))\s+"
    r"(?P<label>(?:[^\[\]\\\n]|\\[^\[\]]|\n(?![ \t]*\n)){1,500})\\\])"
    r"|(?P<wikilink>\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<shown>[^\[\]\n]*))?\]\])"
    r"|(?P<left>\\\[\\\[(?!(?:[^\W\d]{1,3} ?)?[0-9]+\\)(?P<to>[^\[\]|\\\n]+)(?:\|(?P<seen>(?:[^\[\]|\\\n]|\n(?!\s))*))?"
    r"(?:(?:\\<nowiki\\>)?\\\]\\\]|(?P<off>(?=\s*\Z))))"
)
_BAR = re.compile(r"\\?\|\s*(?=\S)")  # of a link that named no page
_WIKI_TITLE = re.compile(r"\s\"(?:wikilink|fig:[^\"]*)\"\s?\)$")
_ADDRESS = re.compile(r"<?(?:https?|ftp)://")
_RUN_ON = re.compile(
    r"(?P<address>(?:https?|ftp)://[^\s，。、；：！？「」『』（）《》“”\\]+)(?:\\\]|[，。、；：！？」』）》”])"
)
_HREF = re.compile(r"\shref=\"((?:https?|ftp)://[^\"\s<>]+)\"", re.IGNORECASE)
_END_OF_LINK = re.compile(r"((?:(?!<a\b|</?t[dhr]\b|\n[ \t]*\n|[\[\]])[\s\S])*?)(?P<tag></a>)", re.IGNORECASE)
_YEAR = 4  # digits: no note has such a number
_LABEL = re.compile(r"(?:%7C|\|)(?P<words>[\u3400-\u9fff《「][^()|%\s]*)\Z")
_WIKI_SIGNS = "\N{CIRCLED LATIN SMALL LETTER W}\N{CIRCLED LATIN CAPITAL LETTER R}"  # an export's: leads to the wiki, redirects
_PREFIX = re.compile(r":?(?:s|q|b|n|v|w|m|wikt):(?=[\u3400-\u9fff])")  # of a sister of the wiki


class LinkInline(FormulaInline):
    """Reads links."""

    def __post_init__(self) -> None:
        self._ends: dict[int, str] = {}  # where a link's tag closes, and what it leads to

    @cached_property
    def _is_of_pandoc(self) -> bool:
        """Whether links to the wiki's own pages say so."""
        return PANDOC_LINK in self.source

    @cached_property
    def _from_baike(self) -> bool:
        return is_from_baike(self.source)

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        match match.lastgroup:
            case "wikilink":
                return match.end(), self._unwrapped(match, "shown" if match["shown"] is not None else "page")
            case "left" if match["off"] is None:  # a link that the export left as wikitext
                return match.end(), self._unwrapped(match, "seen" if match["seen"] else "to")
            case "left":
                return match.end(), self._broken_off(match)
            case "outside":  # a link that the export did not know
                return match.end(), self._outside(match)
        return super()._token(match, end)

    def _link(self, match: re.Match[str]) -> list[Piece]:
        """A link out of the wiki is kept; of one inside it only its text."""
        text, target = match["text"], match["target"]
        is_outside = leads_out(target, self._from_baike) and _WIKI_TITLE.search(match.group()) is None
        if not text.strip() or (text.strip().isdigit() and len(text.strip()) < _YEAR):
            label = _LABEL.search(self.source, *match.span("target")) if is_outside else None
            if label is not None and not match.group().startswith("!"):
                return self._label_of_address(match, label)
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

    def _label_of_address(self, match: re.Match[str], label: re.Match[str]) -> list[Piece]:
        """A link whose words stand behind a bar of its address."""
        (a, b), (lo, hi) = match.span(), label.span("words")
        target, why = self.source[match.start("target") : label.start()], "link in wikitext"
        return [
            self._edit(a, lo, "[", "L201", why, PieceKind.MARKUP),
            self._kept(lo, hi),
            self._edit(hi, b, f"]({target})", "L201", why, PieceKind.MARKUP),
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
        """A link that the export left as wikitext: ``\\[//address label\\]``, ``\\[<address>, label\\]``.

        Or of which it knew half the address: ``\\[[address](address)^^more label\\]``.
        """
        (a, b), (lo, hi) = match.span(), match.span("label")
        told = match["marked"] or f"{match['half_known'] or ''}{match['half_left'] or ''}"
        address = match["leads"] or as_target(told)
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
