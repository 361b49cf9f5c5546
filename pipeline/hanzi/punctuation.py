"""Punctuation by edition: quotation marks by nesting and over paragraphs, titles, interpuncts, ellipses, dashes.

Comes in: the cells of paragraphs in reading order, with the text they came from. Goes out: the cells with the
edition's marks, and a finding for each quotation mark without its partner, which is left as it stands.
Simplified, mainland (GB/T 15834-2011, CLREQ): “ ” outside, ‘ ’ inside. Traditional: 「 」 outside, 『 』 inside.
Quotations of Latin text in Latin surroundings keep their own marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document.manuscript import Finding
from pipeline.han import HAN
from pipeline.hanzi.passage import Passage
from pipeline.settings import HANS, Script

OPENING = {"「": "」", "『": "』", "“": "”", "‘": "’", "〝": "〞"}
CLOSING = {close: open for open, close in OPENING.items()}
# By «is Simplified», by depth.
EDITION = {True: (("“", "”"), ("‘", "’")), False: (("「", "」"), ("『", "』"))}

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile("[0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff]")
_MARK = re.compile('[「」『』“”‘’〝〞"]')
_CHINESE = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef「」『』—…]")
_H = f"(?<=[{HAN}」』”’》〉）])"
_BEFORE = f'(?: ?(?=[{HAN}「『“‘《（]|"[{HAN}]|\\([{HAN}])|$)'  # what may stand behind a comma, a colon
_END = f"(?: ?(?=[{HAN}「『“‘《（」』”’）])|$)"  # … behind ? and !
# (what it is seen by, what, its form): marks whose neighbours make them certain
MARKS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("\N{HYPHENATION POINT}", re.compile("\N{HYPHENATION POINT}"), "·"),
    ("・", re.compile(f"(?<=[{HAN}A-Za-z])・(?=[{HAN}A-Za-z])"), "·"),
    ("•", re.compile(f"(?<=[{HAN}A-Za-z])•(?=[{HAN}A-Za-z])"), "·"),
    ("．", re.compile(f"(?<=[{HAN}])．(?=[{HAN}])"), "·"),
    ("⋯", re.compile("\N{MIDLINE HORIZONTAL ELLIPSIS}{1,2}"), "……"),
    ("..", re.compile(f"{_H}\\.{{3,}}|\\.{{3,}}(?=[{HAN}「『“‘])"), "……"),
    ("。。", re.compile("。{3,}"), "……"),
    ("―", re.compile("\N{HORIZONTAL BAR}{2}"), "——"),
    ("─", re.compile("\N{BOX DRAWINGS LIGHT HORIZONTAL}{2}"), "——"),
    ("--", re.compile(f"{_H}--+(?=[{HAN}「『“‘《（])"), "——"),
    ("－－", re.compile("\N{FULLWIDTH HYPHEN-MINUS}{2}"), "——"),
    ("…", re.compile(f"(?<!…)(?:{_H}…(?!…)|…(?=[{HAN}「『“‘]))"), "……"),
    (",", re.compile(f"{_H},{_BEFORE}"), "，"),
    (";", re.compile(f"{_H};{_BEFORE}"), "；"),
    (":", re.compile(f"{_H}:{_BEFORE}"), "："),
    ("?", re.compile(f"{_H}\\?{_END}"), "？"),
    ("!", re.compile(f"{_H}!{_END}"), "！"),
    ("??", re.compile(f"{_H}\\?\\?{_END}"), "？？"),
    ("!!", re.compile(f"{_H}!!{_END}"), "！！"),
    ("?!", re.compile(f"{_H}\\?!{_END}"), "？！"),
    ("!?", re.compile(f"{_H}!\\?{_END}"), "！？"),
    (".", re.compile(f"(?<=[{HAN}])\\.(?=[」』”’])"), "。"),
    ("﹐", re.compile("﹐"), "，"),
    ("﹑", re.compile("﹑"), "、"),
    ("﹔", re.compile("﹔"), "；"),
    ("﹕", re.compile("﹕"), "："),
    ("﹖", re.compile("﹖"), "？"),
    ("﹗", re.compile("﹗"), "！"),
    ("﹙", re.compile("﹙"), "（"),
    ("﹚", re.compile("﹚"), "）"),
    ("﹝", re.compile("﹝"), "〔"),
    ("﹞", re.compile("﹞"), "〕"),
    ("︰", re.compile(f"{_H}︰"), "："),  # of Big5, which has it before the colon
    ("‥", re.compile("‥{2}"), "……"),
)
_IN_BRACKETS = f"\\([{HAN}0-9—～、，；：《》〈〉·]*[{HAN}][{HAN}0-9—～、，；：《》〈〉·]*\\)"
_BRACKETS = re.compile(f"(?<=[{HAN}]){_IN_BRACKETS}|(?:^|(?<=[，；;。：、]))\\s*{_IN_BRACKETS}(?=[{HAN}])")


def convert_marks(passages: Sequence[Passage], to: Script, titles: str = "keep") -> list[Finding]:
    """Puts the edition's marks into the cells; the findings are quotation marks without their partners."""
    findings: list[Finding] = []
    flows: dict[str, list[Passage]] = {}
    for passage in passages:
        _convert_single(passage)
        if to == HANS and titles == "double":
            _double_titles(passage)
        flows.setdefault(passage.flow, []).append(passage)
    for flow in flows.values():
        findings += _convert_quotes(flow, to == HANS)
    return findings


def _convert_single(passage: Passage) -> None:
    text, cells = passage.text, passage.cells
    for sign, pattern, form in MARKS:
        if sign in ",;:" and _is_metadata(passage):
            continue  # they are YAML's own
        for match in pattern.finditer(text) if sign in text else ():
            start, end = match.span()
            spread = list(form) if len(form) == end - start else [form, *[""] * (end - start - 1)]
            cells[start:end] = spread
    for match in _BRACKETS.finditer(text) if "(" in text else ():
        cells[match.start() + match.group().index("(")], cells[match.end() - 1] = "（", "）"


def _double_titles(passage: Passage) -> None:
    """〈article〉 becomes 《article》, except inside 《book》 (GB/T 15834-2011 §4.15.3.4)."""
    depth = 0
    for at, c in enumerate(passage.text):
        if c == "《":
            depth += 1
        elif c == "》":
            depth = max(0, depth - 1)
        elif c in "〈〉" and not depth and passage.cells[at] == c:
            passage.cells[at] = "《" if c == "〈" else "》"


@dataclass(frozen=True, slots=True)
class _Open:
    """A quotation mark waiting for its partner."""

    passage: int
    at: int
    mark: str


def _convert_quotes(passages: Sequence[Passage], hans: bool) -> list[Finding]:
    """Pairs the marks of one flow by a stack that goes on from paragraph to paragraph."""
    findings: list[Finding] = []
    stack: list[_Open] = []
    for number, passage in enumerate(passages):
        stack = _at_paragraph(stack, passages, number, findings, hans)
        straight = _pairs_straight(passage)
        for match in _MARK.finditer(passage.text):
            at, mark = match.start(), match.group()
            if _is_apostrophe(passage.text, at, mark) or (mark == '"' and at not in straight):
                continue
            opening = CLOSING.get(mark, mark)
            if mark in OPENING or (mark == '"' and all(o.mark != '"' for o in stack)):
                stack.append(_Open(number, at, mark))
            elif stack and stack[-1].mark == opening:
                _write_pair(passages, stack.pop(), _Open(number, at, mark), len(stack), hans)
            elif len(stack) > 1 and stack[-2].mark == opening:
                findings.append(_lonely(passages, stack.pop(), "is not closed"))
                _write_pair(passages, stack.pop(), _Open(number, at, mark), len(stack), hans)
            else:
                findings.append(_lonely(passages, _Open(number, at, mark), "is closed and was not opened"))
    findings += [_lonely(passages, lonely, "is not closed") for lonely in stack]
    return findings


def _pairs_straight(passage: Passage) -> frozenset[int]:
    """Where a paragraph's " are quotation marks: none where they do not pair, or are YAML's.

    Behind a digit none opens a quotation: 6" pipes, 5'10" tall.
    """
    places: list[int] = []
    for match in re.finditer('"', "" if _is_metadata(passage) else passage.text):
        if len(places) % 2 or not passage.text[: match.start()][-1:].isdigit():
            places.append(match.start())
    return frozenset(() if len(places) % 2 else places)


def _is_metadata(passage: Passage) -> bool:
    return passage.flow.startswith("metadata")


def _at_paragraph(
    stack: list[_Open], passages: Sequence[Passage], number: int, findings: list[Finding], hans: bool
) -> list[_Open]:
    """What is still open when a paragraph begins.

    A quotation that goes on is opened again at the paragraph's start: the earlier mark then needs no
    partner of its own. One that neither opens again nor closes here was never closed.
    """
    text = passages[number].text.lstrip()
    if not stack or not text:
        return stack
    reopened = "".join(o.mark for o in stack)
    if text.startswith(reopened):
        for depth, lonely in enumerate(stack):
            _write_mark(passages, lonely, EDITION[hans][depth % 2][0])
        return []
    first = _MARK.search(text)
    if first and first.group() == OPENING.get(stack[-1].mark):
        return stack
    for lonely in stack:
        findings.append(_lonely(passages, lonely, "is not closed"))
    return []


def _write_pair(passages: Sequence[Passage], start: _Open, end: _Open, depth: int, hans: bool) -> None:
    if _is_latin(passages, start, end):
        return
    opening, closing = EDITION[hans][depth % 2]
    _write_mark(passages, start, opening)
    _write_mark(passages, end, closing)


def _write_mark(passages: Sequence[Passage], place: _Open, mark: str) -> None:
    passage = passages[place.passage]
    if passage.cells[place.at] == place.mark:
        passage.cells[place.at] = mark


def _is_latin(passages: Sequence[Passage], start: _Open, end: _Open) -> bool:
    """Whether a quotation holds no Han character and stands in Latin text."""
    if start.passage != end.passage:
        return False
    text = passages[start.passage].text
    if _CHINESE.search(text, start.at + 1, end.at):
        return False
    before, behind = text[: start.at].rstrip(), text[end.at + 1 :].lstrip()
    return not (before and _CHINESE.match(before[-1])) and not (behind and _HAN.match(behind[0]))


def _is_apostrophe(text: str, at: int, mark: str) -> bool:
    """Whether ’ or ‘ belongs to a Latin or Cyrillic word: Krushchev’s, Tsai-Yü’s, ’50s."""
    if mark not in "‘’":
        return False
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    latin = bool(_LETTER.match(before))
    if mark == "’" and latin and "‘" not in text[max(0, at - 200) : at]:
        return True
    return latin and bool(_LETTER.match(behind))


def _lonely(passages: Sequence[Passage], place: _Open, what: str) -> Finding:
    passage = passages[place.passage]
    around = passage.text[max(0, place.at - 8) : place.at + 12]
    said = f"{passage.at}the quotation mark {place.mark} {what} («{around}»); it is left as it stands."
    return Finding("P40", said, line=passage.line)
