"""Is a text Markdown of a page recognition? Its notes, its rules and numbers between pages, an engine's pictures and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.note_signs import FOOT
from pipeline.page_signs import ENGINE_MARK, LONE_NUMBER, PAGE_COMMENT, PAGE_LINE
from pipeline.readers.laid_out import CLOSED, HAN_LETTER, is_laid_out
from pipeline.readers.ocr_notes import HEADING, NOTE, has_notes

_PAGE_NUMBER = re.compile(rf"(?m)(?<=\n)\n{LONE_NUMBER}$(?=\n\n|\n?\Z)")
_NUMBER_LINE = re.compile(rf"[ \t]*(?:\*\*)?第?{LONE_NUMBER}[頁页]?(?:\*\*)?[ \t]*")
_SEVERAL = 3  # marks of pages
_HEAD_LENGTH = 60  # characters of a line that pages have again
_ENGINE_MARK = re.compile(ENGINE_MARK)
_FENCED_PAGE = re.compile(r"\A\s*```(?:markdown|md)[ \t]*\n")  # a transcript set as a block of Markdown
_PAGE_COMMENT = re.compile(rf"(?m)^{PAGE_COMMENT}")
_PAGE_LINE = re.compile(rf"(?m)^{PAGE_LINE}")
_FENCED = re.compile(r"(?m)^ {0,3}```(?s:.{0,20000}?)^ {0,3}```")
# LaTeX's in Markdown.
_ENGINE_TEX = re.compile(r"(?m)^\\(?:title|author|(?:sub)*section\*?|footnotetext|begin\{abstract\})[\[{\n ]")
_SPACED_TEX = re.compile(r"[A-Za-z})\]] ?[_^] \{")  # formulas as an engine reads them: x _ {1}
_ENGINE_PICTURE = re.compile(  # named by MinerU, PaddleOCR, marker, Mistral and Mathpix, by no person
    r"\]\((?:[^()\s]*/)?(?:[0-9a-f]{64}\.(?:jpe?g|png)|_page_[0-9]{1,4}_(?:Picture|Figure)_[0-9]{1,3}\.(?:jpe?g|png))\)"
    r"|!\[(?P<name>img-[0-9]{1,4}\.(?:jpe?g|png))\]\((?P=name)\)|<img src=\"imgs/img_in_[a-z_]{2,30}_box(?:_[0-9]{1,5}){4}\."
    r"|\]\(#page-[0-9]{1,4}-[0-9]{1,4}\)|\]\(https://cdn\.mathpix\.com/(?:cropped|snip)/"
)
_ENGINE_TABLE = re.compile(r"(?m)^(?:<div style=\"text-align: center;\">)?<html><body><table\b")
_LINKED_NOTE = re.compile(rf"\[\^?\\?\[[0-9]{{1,3}}\\?\]\^?\]{FOOT}")  # of a word processor's page
_ENGINE_ASIDE = re.compile(  # Docling's for a picture or formula, PaddleOCR's caption
    r"(?m)^<!-- formula-not-decoded -->$|^<!-- image -->$(?=(?s:.*)^<!-- image -->$)"
    r"|^<div style=\"text-align: center;\">[ \t]*<div style=\"text-align: center;\">"
)
_OWN_NUMBERS = re.compile(r"(?m)^\[\^0?\]:")  # of a page: counted from 0, or told behind an empty label
_RULE_ABOVE = r"\n {0,3}(?:-{3,}|\*{3,})[ \t]*\n+"
_TOLD_NOTES = re.compile(rf"(?:{_RULE_ABOVE}|\n)(?:\[\^[^\]\s]+\]:[^\n]*(?:\n+|\Z))+")
_RULED_NOTES = re.compile(rf"{_RULE_ABOVE}\[\^[^\]\s]+\]:")
_CALLS_AT_END = re.compile(r"(?:\[\^[^\]\s]+\]\s*)+\Z")
_TEXT_AGAIN = re.compile(r"(?m)\[\^[^\]\s]+\](?!:)|^ {0,3}#{1,6}[ \t]")
_A_RULE = r" {0,3}(?:-{3,}|\*{3,}|\\\*\\\*\\\*+)[ \t]*$"
_RULE = re.compile(rf"(?m)^{_A_RULE}")
_PAGE_SIGN = rf"(?:{PAGE_COMMENT}|{PAGE_LINE})"
_PARTING = re.compile(  # a rule not under a line, where it makes a heading of it; what tells a page, and what stands with it
    rf"(?m)(?:^[ \t]*\n{_A_RULE}|^{_PAGE_SIGN})(?:\n(?:[ \t]*\n)*+(?:{_A_RULE}|{_PAGE_SIGN}))*"
)


def is_ocr(text: str) -> bool:
    """``<sup>`` notes, or Markdown of a page recognition: rules between pages, headings, pictures."""
    if any(sign.search(text) for sign in (_ENGINE_PICTURE, _ENGINE_TABLE, _ENGINE_ASIDE, _OWN_NUMBERS)):
        return True
    if len(_ENGINE_MARK.findall(text)) >= 2 or len(_LINKED_NOTE.findall(text)) >= 6:
        return True
    if told := NOTE.findall(text):  # Pandoc's own notes; numbered anew on each page they are no master's
        if len(told) - len(set(told)) >= 2 or _breaks_at_rules(text) >= 2 or _breaks_at_notes(text):
            return True
        return _has_told_feet(text) or (_has_page_comments(text) and _breaks_at_rules(text) > 0)
    if _has_page_comments(text) or _breaks_at_numbers(text) or _has_engine_tex(text):
        return True
    if _FENCED_PAGE.match(text) or has_notes(text):
        return True
    headings, rules = len(HEADING.findall(text)), len(_RULE.findall(text))
    return rules >= 3 and headings >= 1 and _breaks_at_rules(text) >= 1


def _has_page_comments(text: str) -> bool:
    """Comments and lines that tell pages, of an engine; whoever dumps a PDF page by page writes such, too, between lines as printed."""
    if len(_PAGE_LINE.findall(text)) >= 2 and HEADING.search(text) and not is_laid_out(text):
        return True
    if len(_PAGE_COMMENT.findall(text)) < 2:
        return False
    bare = _PAGE_LINE.sub("", text)
    return HEADING.search(bare) is not None or not is_laid_out(bare)


def _has_engine_tex(text: str) -> bool:
    """LaTeX's frame around Markdown, or formulas spaced as an engine reads them; not in code, which may show both."""
    bare = _FENCED.sub("", text) if "```" in text else text
    frames, spaced = len(_ENGINE_TEX.findall(bare)), len(_SPACED_TEX.findall(bare))
    return frames >= 2 or (spaced >= 5 and HAN_LETTER.search(text) is not None)


def _breaks_at_numbers(text: str) -> bool:
    """Markdown with page numbers: lines of their own that count on, one of them inside a sentence."""
    found = list(_PAGE_NUMBER.finditer(text))
    steps = sum(int(b["n"]) - int(a["n"]) in (1, 2) for a, b in pairwise(found))
    if len(found) < 2 or steps * 4 < (len(found) - 1) * 3 or not HEADING.search(text):
        return False
    cuts = sum(_is_cut(text[max(0, m.start() - 60) : m.start()], text[m.end() : m.end() + 9]) for m in found)
    return cuts >= (1 if int(found[0]["n"]) > 1 else 2)  # chapters are numbered from 1


def _breaks_at_rules(text: str) -> int:
    """How often a sentence stops at a rule or a page's mark and goes on behind it: it is a page's, not the author's."""
    return _cuts(_PARTING.split(text))


def _cuts(parts: Sequence[str]) -> int:
    return sum(_is_cut(before, after) for before, after in pairwise(parts))


def _has_told_feet(text: str) -> bool:
    """Whether rules stand above notes at several places; or below them, and a sentence goes on behind one, or a head comes again; or
    notes end the pages that comments or lines tell.
    """
    if len(_RULED_NOTES.findall(text)) >= 2:
        return True
    parts = _PARTING.split(text)
    if sum(map(_has_foot, parts[:-1])) < 2:
        return False
    firsts = Counter(part.lstrip().partition("\n")[0] for part in parts[1:])
    head, count = firsts.most_common(1)[0]
    if len(_PAGE_LINE.findall(text)) + len(_PAGE_COMMENT.findall(text)) >= _SEVERAL:
        return True  # an author names no sections so
    return (count > 1 and 0 < len(head) <= _HEAD_LENGTH) or _cuts(_without_feet(parts)) > 0


def _has_foot(part: str) -> bool:
    """Whether notes are the last that a page tells: no heading and no call stands behind the first of them."""
    first = NOTE.search(part)
    return first is not None and _TEXT_AGAIN.search(part, first.end()) is None


def _without_feet(parts: Sequence[str]) -> list[str]:
    """The pages up to their notes, without what stands at their edges: numbers, lines that come again."""
    texts = [part[: m.start()] if (m := NOTE.search(part)) else part for part in parts]
    counted = Counter(line for text in texts for line in text.split("\n"))
    often = {line for line, count in counted.items() if count > 1 and 0 < len(line) <= _HEAD_LENGTH}
    return [
        "\n".join("" if line in often or _NUMBER_LINE.fullmatch(line) else line for line in text.split("\n"))
        for text in texts
    ]


def _breaks_at_notes(text: str) -> bool:
    """Whether notes are told at several places, and at one in four a sentence stops and goes on behind them."""
    parts = _TOLD_NOTES.split(text)
    return len(parts) > 2 and _cuts(parts) * 4 >= len(parts) - 1


def _is_cut(before: str, after: str) -> bool:
    """Whether a text stops inside a sentence that goes on: Chinese prose without a stop, or a small letter next."""
    line, begin = _CALLS_AT_END.sub("", before.rstrip().rpartition("\n")[2]), after.lstrip()
    if len(line) < 25 or not begin or line.endswith(CLOSED) or _starts(after):
        return False
    return HAN_LETTER.search(line) is not None or (
        begin[0].islower() and (line[-1].isalnum() or line[-1] in ",-")
    )


def _starts(part: str) -> bool:
    return part.lstrip().startswith(("#", "<sup>", "!", "|", "-", "*"))
