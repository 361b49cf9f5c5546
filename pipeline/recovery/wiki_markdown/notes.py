"""Notes of a wiki export: calls ``\\[12\\]`` in the text, bodies in numbered lists at the end.

Comes in: the source with its cuts masked. Goes out: the bodies, the calls, findings. A number in brackets is
a call when the list of bodies has it, or where the numbers count on from 1. An empty item is a body that
the export lost. Refused: a numbered list that no call points to; it stays a list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.inline import HAN_SIDE, TARGET, CallMark, Cut
from pipeline.recovery.wiki_markdown.inset_notes import find_inset_notes
from pipeline.recovery.wiki_markdown.note_lists import WikiBody, WikiNotes, find_lists, without_body
from pipeline.recovery.wiki_markdown.table_notes import notes_of_tables

_GROUP = r"(?P<group>(?:註釋|注释|註|注|note|nb|N|lower-alpha)(?=[\s\\0-9]))?\\?\s?"
_CALL = re.compile(rf"\\\[{_GROUP}(?P<n>[0-9]{{1,3}}|[a-z](?=\\\]))\\\]")
_DEFINED_CALL = re.compile(  # ``[^2]``, ``[^name-2]``
    r"\[(?P<group>(?!))?\^(?:[^\s\[\]^]{1,80}-)?(?P<n>[0-9]{1,3})\](?!:)"
)
_TABLE_CALL = re.compile(rf"(?<!\\)\[{_GROUP}(?P<n>[0-9]{{1,3}})\](?!\()")  # HTML needs no backslash
_CITED_CALL = re.compile(  # a link to the list, in an export that escapes no brackets, or only the last
    rf"\[\[{_GROUP}(?P<n>[0-9]{{1,3}}|[a-z](?=\\?\]))\\?\]\]\((?=[^\s]*#cite_note)(?:[^()\s]|\([^()\s]*\))*\)"
)
_TAGGED_CALL = re.compile(  # the same in HTML
    r"<sup\b[^<>]*>\s*<a\b[^<>]*#cite_note[^<>]*>(?:<span\b[^<>]*>)?\[?(?:</span>)?(?P<group>註釋|注释|註|注)?\s?(?P<n>[0-9]{1,3})"
    r"(?:<span\b[^<>]*>)?\]?(?:</span>)?</a>\s*</sup>"
)
_BARE_CALL = re.compile(rf"(?<![\\A-Za-z0-9_])\[{_GROUP}(?P<n>[0-9]{{1,3}})\](?!\()")
_BARE_RANGE = re.compile(r"(?<![\\A-Za-z0-9_])\[(?P<n>[0-9]{1,3})(?P<to>[-–])(?P<last>[0-9]{1,3})\](?!\()")
_LINKED = re.compile(rf"\]{TARGET}")
_RAISING = (("<sup>", "</sup>"), ("^(", ")"), ("^", "^"))
_HAN_BEHIND = re.compile(rf"\[[0-9]|[\[*]*{HAN_SIDE.pattern}")
_NOTES_NAME = r"[^\n]*(?:[註注釋释腳脚]|參考|参考|來源|来源|note|reference)[^\n]*"
_NOTES_HEADING = re.compile(  # of the section that a list stands in
    rf"(?im)^(?:#+[ \t]{_NOTES_NAME}|{_NOTES_NAME}\n[-=]{{2,}}[ \t]*)\n(?:(?!#|[-=]{{2,}}[ \t]*$)[^\n]*\n)*\Z"
)
_PANDOC_LINK = '"wikilink")'  # of its reader of wikitext, which gives each call a number of its own
_AHEAD = 3  # calls may skip so many numbers


@dataclass(frozen=True, slots=True)
class _Call:
    start: int
    end: int
    group: str
    number: int
    mark: str
    is_linked: bool = False  # to the page's list of notes: then it is one

    @property
    def label(self) -> str:
        return f"注{self.mark}" if self.group else self.mark


def find_notes(text: str, source: str = "") -> WikiNotes:
    """The notes of an article; ``text`` is the source with its cuts masked."""
    own = notes_of_tables(text)
    notes = _notes_of_article(text, source)
    last = max([b.number for b in notes.bodies if not b.label.isdigit()], default=0)
    inset = find_inset_notes(text, last)
    for other in (own, inset):
        notes = _together(notes, other) if other.bodies or other.lists else notes
    return notes


def _notes_of_article(text: str, source: str) -> WikiNotes:
    lists = find_lists(text)
    marks = [*_CALL.finditer(text), *_CITED_CALL.finditer(text), *_DEFINED_CALL.finditer(text)]
    marks += _TAGGED_CALL.finditer(text) if "#cite_note" in text else ()
    bare = not marks
    calls = (
        list(_bare_calls(text))
        if bare
        else [_call(text, m) for m in sorted([*marks, *_in_tables(text, marks, source)], key=_place)]
    )
    calls = _without_lone_letters(calls, text)
    chosen = _choose_lists(text, lists, calls)
    if bare and not chosen:  # a number in plain brackets is a call only where a list asks for it
        return WikiNotes((), {}, (), (), ())
    spans = [Span(items[0].start, items[-1].end) for items in chosen.values()]
    calls = [c for c in calls if not any(s.start <= c.start < s.end for s in spans)]
    calls = [c for c in calls if "n" in chosen or not _is_lone_letter(c, text)]
    calls = list(_counting(calls, {g: len(items) for g, items in chosen.items()}))
    calls, again = _once(calls) if _PANDOC_LINK in text else (calls, ())
    notes = _bound(chosen, calls, tuple(spans), source)
    return replace(notes, findings=(*notes.findings, *again)) if again else notes


def _is_lone_letter(call: _Call, text: str) -> bool:
    """Whether it is a letter in brackets that is neither linked nor raised: a sound, as a rule."""
    return call.mark.isalpha() and text[call.start : call.end].strip() == f"\\[{call.mark}\\]"


def _without_lone_letters(calls: Sequence[_Call], text: str) -> list[_Call]:
    """The calls; of letters that stand alone only those that count on from a, and none where Pandoc numbers the calls."""
    letters = dict.fromkeys(c.mark for c in calls if _is_lone_letter(c, text))
    count_on = all(ord(mark) == ord("a") + k for k, mark in enumerate(letters))
    if count_on and _PANDOC_LINK not in text:
        return list(calls)
    return [c for c in calls if not _is_lone_letter(c, text)]


def _once(calls: Sequence[_Call]) -> tuple[list[_Call], tuple[Finding, ...]]:
    """Of calls that Pandoc numbered, each number once and in order; what says one again is the author's own text."""
    kept: list[_Call] = []
    again: list[Finding] = []
    top = {"": 0, "n": 0}
    for call in calls:
        if call.number > top[call.group]:
            top[call.group] = call.number
            kept.append(call)
        else:
            message = f"«[{call.label}]» stands here again and stays text. Say which note it means."
            again.append(Finding("N15", message, Span(call.start, call.end)))
    return kept, tuple(again)


def _together(a: WikiNotes, b: WikiNotes) -> WikiNotes:
    return WikiNotes(
        (*a.bodies, *b.bodies),
        {**a.calls, **b.calls},
        (*a.missing, *b.missing),
        (*a.lists, *b.lists),
        (*a.findings, *b.findings),
    )


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


def _call(text: str, match: re.Match[str]) -> _Call:
    """A call, with the link and the raising marks around it."""
    mark = match["n"]
    number = int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
    group = "n" if match["group"] or not mark.isdigit() else ""
    start, end = match.span()
    if text[start - 1 : start] == "[" and (link := _LINKED.match(text, end)):
        start, end = start - 1, link.end()
    for before, behind in _RAISING:
        if text.endswith(before, 0, start) and text.startswith(behind, end):
            start, end = start - len(before), end + len(behind)
            break
    is_linked = "#cite_note" in text[start:end]
    return _Call(*_with_spaces(text, start, end), group, number, mark, is_linked)


def _with_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """A call with the spaces that the tool set around what it raised."""
    if text[start - 1 : start] == " " and text.startswith("  ", end):  # one site's, with both its spaces
        return start - 1, end + 2
    if text[start - 1 : start] == " " and HAN_SIDE.match(text[start - 2 : start - 1]):
        start -= 1
    if (
        text[end : end + 1] == " "
        and _HAN_BEHIND.match(text, end + 1)
        and HAN_SIDE.match(text[start - 1 : start])
    ):
        end += 1
    return start, end


def _bare_calls(text: str) -> Iterator[_Call]:
    """Calls in plain brackets. ``[2-3]`` calls two notes, ``[2-4]`` three; of more there is no place for each."""
    found = [*_BARE_CALL.finditer(text), *_BARE_RANGE.finditer(text)]
    for m in sorted(found, key=_place):
        if m.re is _BARE_CALL:
            yield _call(text, m)
            continue
        first, last = int(m["n"]), int(m["last"])
        start, end = _with_spaces(text, *m.span())
        places = [(start, m.end("n")), m.span("to"), (m.start("last"), end)]
        if last - first == 1:
            places[1:] = [(m.start("to"), end)]
        if last - first in (1, 2):
            for number, (a, b) in zip(range(first, last + 1), places, strict=True):
                yield _Call(a, b, "", number, str(number))


def _choose_lists(
    text: str, lists: Sequence[list[WikiBody]], calls: Sequence[_Call]
) -> dict[str, list[WikiBody]]:
    """The list of bodies for each kind of call: behind most of its calls, with as many numbers; the last one."""
    chosen: dict[str, list[WikiBody]] = {}
    for group in ("", "n"):
        own = [c for c in calls if c.group == group]
        if not own:
            continue
        for items in reversed(lists):
            inside = range(items[0].start, items[-1].end)  # a body may point to another
            fitting = [c for c in own if c.number <= len(items) and c.start not in inside]
            numbers = {c.number for c in fitting}
            before = bisect_right([c.start for c in fitting], items[0].start)
            is_taken = any(items is other for other in chosen.values())
            answers = len(numbers) * 2 >= len(items) or len(fitting) * 10 >= len(own) * 9
            is_told = not group or _NOTES_HEADING.search(text, 0, items[0].start)
            if (
                numbers
                and is_told
                and not is_taken
                and answers
                and before * 10 >= len(fitting) * 9
                and len(items) <= max(numbers) * 2 + 3
            ):
                chosen[group] = items
                break
    return chosen


def _counting(calls: Sequence[_Call], sizes: dict[str, int]) -> Iterator[_Call]:
    """The calls that the list has, that count on, or that lead to a list; a year in brackets is none."""
    top = {"": 0, "n": 0}
    for call in calls:
        size = sizes.get(call.group)
        last = size if size is not None else top[call.group] + _AHEAD
        if 1 <= call.number <= last or call.is_linked:
            top[call.group] = max(top[call.group], call.number)
            yield call


def _bound(
    chosen: dict[str, list[WikiBody]], calls: Sequence[_Call], spans: tuple[Span, ...], source: str
) -> WikiNotes:
    """Bodies and calls together. ``source``: also with what was cut, a picture's caption and its call."""
    findings: list[Finding] = []
    bodies: list[WikiBody] = []
    marks: dict[int, CallMark | Cut] = {c.start: CallMark(c.end, c.label) for c in calls}
    places = {c.label: Span(c.start, c.end) for c in reversed(calls)}
    have: set[str] = set()
    labels = {(g, i.number): _label_of(g, i.number, calls) for g, items in chosen.items() for i in items}
    is_whole = all(label in places for label in labels.values())
    everywhere = set() if is_whole else {_call(source, m).label for m in _CALL.finditer(source)}
    for group, items in chosen.items():
        for item in items:
            label = labels[group, item.number]
            if item.end <= item.text:
                if label not in places:
                    findings.append(
                        Finding(
                            "N11",
                            f"note {label} is called where something was taken away, and has no body. Look for both."
                            if label in everywhere
                            else f"note {label} has neither text nor call. Look for both.",
                            Span(item.start, item.text),
                        )
                    )
                continue
            have.add(label)
            bodies.append(WikiBody(item.start, item.text, item.end, item.number, label))
            if label not in places:
                findings.append(
                    Finding(
                        "N11",
                        f"note {label} is called where something was taken away. Put its call where it belongs."
                        if label in everywhere
                        else f"note {label} has a body and no call in the text. Put its call where it belongs.",
                        Span(item.start, item.end),
                    )
                )
    missing = tuple(label for label in places if label not in have)
    findings.extend(without_body(label, places[label]) for label in missing)
    return WikiNotes(tuple(bodies), marks, missing, spans, tuple(findings))


def _label_of(group: str, number: int, calls: Sequence[_Call]) -> str:
    if not group:
        return str(number)
    letters = any(c.group == group and c.mark.isalpha() for c in calls)
    return f"注{chr(ord('a') + number - 1) if letters and number <= 26 else number}"
