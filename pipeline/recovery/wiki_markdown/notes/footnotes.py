"""Notes of a wiki export: calls ``\\[12\\]`` in the text, bodies in numbered lists at the end.

Comes in: the source with its cuts masked. Goes out: the bodies, the calls, findings. A number in brackets is
a call when the list of bodies has it, or where the numbers count on from 1. An empty item is a body that
the export lost. Refused: a numbered list that no call points to; it stays a list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.inline import CallMark, Cut
from pipeline.recovery.notes.numbers import Mark
from pipeline.recovery.notes.sequences import align_calls
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK
from pipeline.recovery.wiki_markdown.cuts.plain_page import names_sections
from pipeline.recovery.wiki_markdown.notes.calls import (
    WikiCall,
    escaped_labels,
    find_calls,
    is_lone_letter,
)
from pipeline.recovery.wiki_markdown.notes.inset import find_inset_notes
from pipeline.recovery.wiki_markdown.notes.lists import (
    Nested,
    WikiBody,
    WikiNotes,
    find_lists,
    top_number,
    without_body,
)
from pipeline.recovery.wiki_markdown.notes.of_tables import notes_of_tables

_NOTES_NAME = r"[^\n]*(?:[註注釋释腳脚校]|參考|参考|來源|来源|note|reference)[^\n]*"
_NOTES_HEADING = re.compile(  # of the section that a list stands in
    rf"(?im)^(?:#+[ \t]{_NOTES_NAME}|(?=[^\n。，]{{1,12}}\n[ \t\n]*\Z){_NOTES_NAME}|{_NOTES_NAME}\n[-=]{{2,}}[ \t]*)\n(?:(?!#|[-=]{{2,}}[ \t]*$)[^\n]*\n)*\Z"
)
# Where a call leads, and whence a body's way back comes, as MediaWiki numbers all notes of a page.
_WAY = re.compile(r"#cite_note-(?:[^()\s]*-)?([0-9]+)(?=[)\s\"])")
_WAY_BACK = re.compile(r"#cite_ref-(?:[^()\s]*_)?([0-9]+)(?:-[0-9]+)?(?=[)\s\"])")
_AHEAD = 3  # calls may skip so many numbers
LISTS = 20  # so many lists that answer the calls are compared, the last ones


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
    calls, bare = find_calls(text, source)
    chosen = _choose_lists(text, lists, calls)
    if not chosen and lists and text.startswith("[^", lists[-1][0].start):  # notes, if none of them is called
        chosen = {"": lists[-1]}
    if bare and not chosen and not _calls_of_page(calls, source):  # only a list makes them calls
        return WikiNotes()
    spans = [Span(items[0].start, items[-1].end) for items in chosen.values()]
    calls, nested = _outside(calls, spans)
    calls = [c for c in calls if "n" in chosen or not is_lone_letter(c, text)]
    calls = list(_counting(calls, {g: top_number(items) for g, items in chosen.items()}))
    calls, again = _once(calls) if PANDOC_LINK in text else (calls, ())
    notes = _bound(chosen, calls, tuple(spans), source)
    if not nested and not again:
        return notes
    why = "call of a note inside another"
    inside = {c.start: Nested(c.end, "L238", why, f"[{c.label}]") for c in nested}
    return replace(
        notes, calls={**notes.calls, **inside}, findings=(*notes.findings, *again, *map(_inside, nested))
    )


def _calls_of_page(calls: Sequence[WikiCall], source: str) -> bool:
    """Whether numbers in plain brackets are calls of a wiki's page that lost its list of notes: they count on from 1."""
    seen = dict.fromkeys(c.number for c in calls if not c.group)
    return len(seen) >= _AHEAD and list(seen) == list(range(1, len(seen) + 1)) and names_sections(source)


def _outside(calls: Sequence[WikiCall], spans: Sequence[Span]) -> tuple[list[WikiCall], list[WikiCall]]:
    """The calls in the text; and those inside bodies that are calls by what they look like."""
    outside = [c for c in calls if not any(s.start <= c.start < s.end for s in spans)]
    nested = [c for c in calls if c.is_named and any(s.start < c.start < s.end for s in spans)]
    return outside, nested


def _inside(call: WikiCall) -> Finding:
    message = f"note {call.label} is called inside another note, where no call can stand: its number stays text. Say what it means."
    return Finding("N16", message, Span(call.start, call.end))


def _once(calls: Sequence[WikiCall]) -> tuple[list[WikiCall], tuple[Finding, ...]]:
    """Of calls that Pandoc numbered, the longest run that rises; what says a number out of its order is the author's own text."""
    kept = {at for group in ("", "n") for at in _rising([c for c in calls if c.group == group])}
    again = [c for c in calls if c.start not in kept]
    return [c for c in calls if c.start in kept], tuple(map(_out_of_order, again))


def _rising(calls: Sequence[WikiCall]) -> Iterator[int]:
    """Where the calls of the longest run stand whose numbers rise."""
    marks: dict[int, list[Mark]] = {}
    for call in calls:
        marks.setdefault(call.number, []).append(Mark(call.number, (call.start, 0), 0, 1.0))
    bodies = [marks[number] for number in sorted(marks)]
    yield from (mark.place[0] for mark in align_calls([own[0] for own in bodies], bodies) if mark)


def _out_of_order(call: WikiCall) -> Finding:
    message = f"«[{call.label}]» stands here out of its order and stays text. Say which note it means."
    return Finding("N15", message, Span(call.start, call.end))


def _together(a: WikiNotes, b: WikiNotes) -> WikiNotes:
    return WikiNotes(
        (*a.bodies, *b.bodies),
        {**a.calls, **b.calls},
        (*a.missing, *b.missing),
        (*a.lists, *b.lists),
        (*a.findings, *b.findings),
    )


def _choose_lists(
    text: str, lists: Sequence[list[WikiBody]], calls: Sequence[WikiCall]
) -> dict[str, list[WikiBody]]:
    """The list of bodies for each kind of call: behind most of its calls, with as many numbers.

    The one whose ways back lead to the calls that lead to it; else the last one, but on a web page rather one that is named as
    notes are and has all numbers.
    """
    chosen: dict[str, list[WikiBody]] = {}
    for group in ("", "n"):
        own = [c for c in calls if c.group == group]
        free = [items for items in lists if not any(items is other for other in chosen.values())]
        answering = (items for items in reversed(free) if own and _answers(items, own))
        ranks = [(_rank(text, items, own), items) for items in islice(answering, LISTS)]
        if group:
            ranks = [(rank, items) for rank, items in ranks if rank.led or rank.is_named]
        if ranks:
            chosen[group] = max(ranks, key=lambda found: found[0].of(text))[1]
    return chosen


class _Rank(NamedTuple):
    """What speaks for a list: how many calls it is led to, whether its section is named as notes are, whether it has all numbers."""

    led: int
    is_named: bool
    is_whole: bool

    def of(self, text: str) -> tuple[int, bool]:
        return self.led, self.is_named and self.is_whole and PANDOC_LINK not in text


def _rank(text: str, items: list[WikiBody], calls: Sequence[WikiCall]) -> _Rank:
    back = {i.number: m[1] for i in items if (m := _WAY_BACK.search(text, i.text, i.end))}
    led = sum(
        (m := _WAY.search(text, c.start, c.end)) is not None and back.get(c.number) == m[1] for c in calls
    )
    is_named = _NOTES_HEADING.search(text, 0, items[0].start) is not None
    return _Rank(led, is_named, max(c.number for c in calls) <= top_number(items))


def _answers(items: list[WikiBody], calls: Sequence[WikiCall]) -> bool:
    """Whether a list stands behind most of the calls that it has numbers for, and has few other numbers."""
    inside = range(items[0].start, items[-1].end)  # a body may point to another
    top = top_number(items)
    fitting = [c for c in calls if c.number <= top and c.start not in inside]
    numbers = {c.number for c in fitting}
    before = bisect_right([c.start for c in fitting], items[0].start)
    is_whole = len(numbers) * 2 >= len(items) or len(fitting) * 10 >= len(calls) * 9
    is_behind = before * 10 >= len(fitting) * 9
    return bool(numbers) and is_whole and is_behind and len(items) <= max(numbers) * 2 + 3


def _counting(calls: Sequence[WikiCall], sizes: dict[str, int]) -> Iterator[WikiCall]:
    """The calls that the list has, that count on, or that lead to a list; a year in brackets is none."""
    top = {"": 0, "n": 0}
    for call in calls:
        size = sizes.get(call.group)
        last = size if size is not None else top[call.group] + _AHEAD
        if 1 <= call.number <= last or call.is_linked:
            top[call.group] = max(top[call.group], call.number)
            yield call


def _bound(
    chosen: dict[str, list[WikiBody]], calls: Sequence[WikiCall], spans: tuple[Span, ...], source: str
) -> WikiNotes:
    """Bodies and calls together. ``source``: also with what was cut, a picture's caption and its call."""
    findings: list[Finding] = []
    bodies: list[WikiBody] = []
    marks: dict[int, CallMark | Cut] = {c.start: CallMark(c.end, c.label) for c in calls}
    places = {c.label: Span(c.start, c.end) for c in reversed(calls)}
    labels = {(g, i.number): _label_of(g, i.number, calls) for g, items in chosen.items() for i in items}
    is_whole = all(label in places for label in labels.values())
    everywhere = set() if is_whole else escaped_labels(source)
    for group, items in chosen.items():
        for item in items:
            label = labels[group, item.number]
            has_text = item.end > item.text
            if item.is_doubled:
                findings.append(_doubled(item, label))
            if has_text:
                bodies.append(replace(item, label=label))
            if label not in places:
                findings.append(_uncalled(item, label, has_text, label in everywhere))
    have = {body.label for body in bodies}
    missing = tuple(label for label in places if label not in have)
    findings.extend(without_body(label, places[label]) for label in missing)
    return WikiNotes(tuple(bodies), marks, missing, spans, tuple(findings))


def _uncalled(item: WikiBody, label: str, has_text: bool, is_cut: bool) -> Finding:
    """What to tell of a body that nothing calls. ``is_cut``: its call went away with what was cut."""
    if has_text:
        where = "is called where something was taken away" if is_cut else "has a body and no call in the text"
        message = f"note {label} {where}. Put its call where it belongs."
        return Finding("N11", message, Span(item.start, item.end))
    what = (
        "is called where something was taken away, and has no body" if is_cut else "has neither text nor call"
    )
    return Finding("N11", f"note {label} {what}. Look for both.", Span(item.start, item.text))


def _doubled(item: WikiBody, label: str) -> Finding:
    message = f"note {label} has two bodies, which stand as one. Look which is its own."
    return Finding("N15", message, Span(item.start, item.end))


def _label_of(group: str, number: int, calls: Sequence[WikiCall]) -> str:
    if not group:
        return str(number)
    letters = any(c.group == group and c.mark.isalpha() for c in calls)
    return f"注{chr(ord('a') + number - 1) if letters and number <= 26 else number}"
