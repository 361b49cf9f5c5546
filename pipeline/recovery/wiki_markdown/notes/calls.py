"""Calls of a wiki export's notes, in each tool's manner.

Comes in: the source with its cuts masked, and as it is. Goes out: the calls, in order, and whether they are but numbers in plain
brackets, which only a list of bodies proves. Refused: sounds in brackets, numbers that lead elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.recovery.markdown.inline import HAN_SIDE, TARGET
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK
from pipeline.recovery.wiki_markdown.link_ends import last_seen

_GROUP = r"(?P<group>(?:註釋|注释|註解|注解|[備备附腳脚][註注]|註|注|校|note|nb|N|lower-alpha)(?=[\s\\0-9]))?\\?\s?"
_ANY_GROUP = r"(?P<group>[^\s\[\]\\0-9]{1,10}(?=[\s\\0-9]))?\\?\s?"  # of a link that leads to the list
_HELD = r"(?:[ ]|</?span\b[^<>]*>)*"  # brackets that the page holds in tags of their own
_CALL = re.compile(rf"\\\[{_GROUP}(?P<n>[0-9]{{1,3}}|[a-z](?=\\\]))\\\]")
_DEFINED_CALL = re.compile(  # ``[^2]``, ``[^name-2]``
    r"\[(?P<group>(?!))?\^(?:[^\s\[\]^]{1,80}-)?(?P<n>[0-9]{1,3})\](?!:)"
)
_TABLE_CALL = re.compile(rf"(?<!\\)\[{_GROUP}(?P<n>[0-9]{{1,3}})\](?!\()")  # HTML needs no backslash
_CITED_CALL = re.compile(  # a link to the list, in an export that escapes no brackets, or only the last
    rf"\[{_HELD}\\?\[{_HELD}{_ANY_GROUP}(?P<n>[0-9]{{1,3}}|[a-z](?=\\?\])){_HELD}\\?\]{_HELD}\]\((?=[^\s]{{0,1500}}?#cite_note)(?:[^()\s]|\([^()\s]*\))*\)"
)
_TAGGED_CALL = re.compile(  # the same in HTML
    r"<sup\b[^<>]*>\s*<a\b[^<>]*#cite_note[^<>]*>(?:<span\b[^<>]*>)*\[?(?:</span>)?(?P<group>[^\s<>\[\]0-9]{1,10}(?=[\s0-9]))?\s?(?P<n>[0-9]{1,3})"
    r"(?:<span\b[^<>]*>)?\]?(?:</span>)*</a>\s*</sup>"
)
_BARE_CALL = re.compile(
    rf"(?:(?<![\\A-Za-z0-9_])|(?<=,[0-9]{{3}}))\[(?P<letter>[A-Za-z甲乙丙丁戊己](?=\s[0-9]))?{_GROUP}(?P<n>[0-9]{{1,3}})\](?!\()"
)
_ARROWED_CALL = re.compile(  # where the bodies have their ways back, behind any word
    rf"(?<!\\)\[(?P<letter>[A-Za-z甲乙丙丁戊己](?=\s[0-9]))?{_GROUP}(?P<n>[0-9]{{1,3}})\](?!\()"
)
_ARROW = re.compile(r"(?m)^ *1\. +\**\\?[\^↑]")
_BARE_RANGE = re.compile(r"(?<![\\A-Za-z0-9_])\[(?P<n>[0-9]{1,3})(?P<to>[-–])(?P<last>[0-9]{1,3})\](?!\()")
_LINKED = re.compile(rf"\]{TARGET}")
_RAISING = tuple(  # attributes may stand before its end
    (before, re.compile(rf"\s*{re.escape(behind)}"))
    for before, behind in (("<sup>", "</sup>"), ("^(", ")"), ("^", "^"))
)
_HAN_BEHIND = re.compile(rf"\[[0-9]|[\[*]*{HAN_SIDE.pattern}")


@dataclass(frozen=True, slots=True)
class WikiCall:
    """A call: where it stands with what is around it, its number, and whether its kind is one of its own."""

    start: int
    end: int
    group: str
    number: int
    mark: str
    is_linked: bool = False  # to the page's list of notes: then it is one
    is_named: bool = False  # so, or by the name of a note: no text has it

    @property
    def label(self) -> str:
        return f"注{self.mark}" if self.group else self.mark


def find_calls(text: str, source: str) -> tuple[list[WikiCall], bool]:
    """The calls, and whether they are numbers in plain brackets only. ``text``: the source with its cuts masked."""
    marks = [*_CALL.finditer(text), *_DEFINED_CALL.finditer(text)]
    if "#cite_note" in text:
        cited = [*_CITED_CALL.finditer(text), *_TAGGED_CALL.finditer(text)]
        inside = {at for m in cited for at in range(*m.span())}
        marks = [*(m for m in marks if m.start() not in inside), *cited]
    if not marks:
        return _without_lone_letters(list(_bare_calls(text)), text), True
    found = sorted([*marks, *_in_tables(text, marks, source)], key=_place)
    return _without_lone_letters([_call(text, m, source) for m in found], text), False


def escaped_labels(source: str) -> set[str]:
    """The labels of all calls whose brackets are escaped, also where something was taken away."""
    return {_call(source, m).label for m in _CALL.finditer(source)}


def is_lone_letter(call: WikiCall, text: str) -> bool:
    """Whether it is a letter in brackets that is neither linked nor raised: a sound, as a rule."""
    return call.mark.isalpha() and text[call.start : call.end].strip() == f"\\[{call.mark}\\]"


def _without_lone_letters(calls: Sequence[WikiCall], text: str) -> list[WikiCall]:
    """The calls; of letters that stand alone only those that count on from a, and none where Pandoc numbers the calls."""
    letters = dict.fromkeys(c.mark for c in calls if is_lone_letter(c, text))
    count_on = all(ord(mark) == ord("a") + k for k, mark in enumerate(letters))
    if count_on and PANDOC_LINK not in text:
        return list(calls)
    return [c for c in calls if not is_lone_letter(c, text)]


def _place(match: re.Match[str]) -> int:
    return match.start()


def _in_tables(text: str, others: Iterable[re.Match[str]], source: str) -> Iterator[re.Match[str]]:
    """Calls in HTML tables. Behind a word, where it may be an index, only the number that is missing there."""
    if "<table" not in text:
        return
    others = [*others, *_CALL.finditer(source)]  # those in a lost picture's caption count on too
    known = sorted((m.start(), int(m["n"])) for m in others if m["n"].isdigit())
    numbers = {n for _, n in known}
    begin = text.find("<table")
    while begin >= 0 and (end := text.find("</table>", begin)) >= 0:
        k = bisect_right(known, (begin, 0))
        top = known[k - 1][1] if k else 0
        ceiling = known[k][1] if k < len(known) else top + 1000
        for m in _TABLE_CALL.finditer(text, begin, end):
            is_next = int(m["n"]) == top + 1 < ceiling and top + 1 not in numbers
            if is_next or not re.match(r"\w", text[m.start() - 1]):
                top = max(top, int(m["n"]))
                yield m
        begin = text.find("<table", end)


def _call(text: str, match: re.Match[str], source: str = "") -> WikiCall:
    """A call, with the link and the raising marks around it. ``source``: also with what was cut."""
    mark = match["n"]
    number = int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
    is_grouped = match["group"] or match.groupdict().get("letter") or not mark.isdigit()
    group = "n" if is_grouped else ""
    start, end = match.span()
    if text[start - 1 : start] == "[" and (link := _LINKED.match(text, end)):
        start, end = start - 1, link.end()
    for before, behind in _RAISING:
        if text.endswith(before, 0, start) and (close := behind.match(text, end)):
            start, end = start - len(before), close.end()
            break
    is_linked = "#cite_note" in text[start:end]
    is_free = not source or source[start - 1 : start] == text[start - 1 : start]  # no cut ends there
    return WikiCall(
        *(_with_spaces(text, start, end) if is_free else (start, end)),
        group,
        number,
        mark,
        is_linked,
        is_linked or match.re is _DEFINED_CALL,
    )


def _with_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """A call with the spaces that the tool set around what it raised."""
    if text[start - 1 : start] == " " and text.startswith("  ", end):  # one site's, with both its spaces
        return start - 1, end + 2
    if text[start - 1 : start] == " " and HAN_SIDE.match(last_seen(text, start - 1)):
        start -= 1
    if (
        text[end : end + 1] == " "
        and _HAN_BEHIND.match(text, end + 1)
        and HAN_SIDE.match(text[start - 1 : start])
    ):
        end += 1
    return start, end


def _bare_calls(text: str) -> Iterator[WikiCall]:
    """Calls in plain brackets. ``[2-3]`` calls two notes, ``[2-4]`` three; of more there is no place for each."""
    single = _ARROWED_CALL if _ARROW.search(text) else _BARE_CALL
    found = [*single.finditer(text), *_BARE_RANGE.finditer(text)]
    for m in sorted(found, key=_place):
        if m.re is single:
            yield _call(text, m)
            continue
        first, last = int(m["n"]), int(m["last"])
        start, end = _with_spaces(text, *m.span())
        places = [(start, m.end("n")), m.span("to"), (m.start("last"), end)]
        if last - first == 1:
            places[1:] = [(m.start("to"), end)]
        if last - first in (1, 2):
            for number, (a, b) in zip(range(first, last + 1), places, strict=True):
                yield WikiCall(a, b, "", number, str(number))
