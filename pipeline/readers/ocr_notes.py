"""Does a text mark notes as engines of page recognition do: raised, as formulas, with plain digits?

Comes in: a text. Goes out: the answer. Refused: powers and units, an author's enumeration, a list of sources that the text points into.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from pipeline.note_signs import (
    BRACKETED,
    CARETED,
    DIGITS,
    HAN_NUMBER,
    IN_PARENTHESES,
    INSET,
    NOTES_WORDS,
    NUMBER,
    OF_NOTE,
    RAISED,
    RAISED_DIGITS,
    RAISING,
    RINGED,
    RINGED_NUMBER,
    SOURCES_WORDS,
    bracketed,
    circled,
    raised,
    with_narrow_numbers,
)
from pipeline.own_marks import answers_itself
from pipeline.readers.laid_out import is_laid_out

_RAISED = raised(rf"(?P<n>{NUMBER}|[*＊∗]|{HAN_NUMBER})")
_TAGGED = re.compile(rf"(?=<){_RAISED}")
_POWERED = re.compile(r"(?:[0-9]|(?<![A-Za-z])(?:[A-Za-z]|[kcdm]m))[ )]?\Z")
_TAGGED_BODY = re.compile(r"(?m)^[ >]*(?:<sup>\s*\d+\s*</sup>|\[Footnote [0-9]{1,3}:)")
# A number raised as a formula behind Han text; behind a letter or digit it is a power.
_RAISED_CALL = re.compile(
    r"(?:(?<=[\u3400-\u9fff\u3000-\u303f\uff00-\uffef”’*)])|(?<=[\u3400-\u9fff][.,;:]))"
    rf"[ ]?(?!<){raised(f'(?P<n>{NUMBER})')}"
)
_RAISED_CIRCLE = re.compile(
    rf"\${RAISING}(?:[{RINGED}]|\\(?:text)?circled)"
    r"|(?<=[\u3000-\u9fff\uff00-\uffef”’])[ ]?\$?[ ]?\\textcircled\s*\{"
)  # no power is written so
_INSET_NOTE = re.compile(rf"(?<=[\u3000-\u9fff\uff00-\uffef”’…]){INSET}[^\n]*[\u3400-\u9fff]")


class _Mark(NamedTuple):
    """A way to write the numbers of notes. ``is_sure``: nothing else is written so."""

    pattern: re.Pattern[str]
    is_sure: bool = False
    counts_under_head: bool = True  # its bodies may be a list «1. …» under the notes' heading
    in_dumps: bool = False  # pages write it, too


_OTHER_MARKS = (
    _Mark(re.compile(_RAISED), is_sure=True),
    _Mark(re.compile(CARETED), is_sure=True),
    _Mark(re.compile(rf"(?<![A-Za-z\u00c0-\u02ff\u1d00-\u1dbf{RAISED}]){RAISED_DIGITS}")),
    _Mark(re.compile(RINGED_NUMBER), counts_under_head=False),
    _Mark(re.compile(circled(rf"(?P<n>{DIGITS})")), is_sure=True),
    _Mark(  # «註1», «（註一）»
        re.compile(
            rf"[（(〔［\[﹝【]?{OF_NOTE}\s?(?P<n>{NUMBER}|{HAN_NUMBER})(?:[)）〕］\]﹞】]|(?=[：:.、]))"
        ),
        is_sure=True,
        in_dumps=True,
    ),
    _Mark(re.compile(rf"{BRACKETED}(?!:)")),
    _Mark(re.compile(r"\[\^(?P<n>[0-9]{1,3})\](?!:)"), is_sure=True),  # Markdown tells its own behind a colon
    _Mark(  # no «例（1）»
        re.compile(rf"(?:(?<![^\n])|(?<=\n[->] )|(?<=[。，；：！？」』”’》）.])){IN_PARENTHESES}")
    ),
)
_TAGS = re.compile(r"<[a-z]+\b[^<>]*>")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTES_HEAD = re.compile(rf"(?m)^(?:[#*【>]|[^\S\n])*+{NOTES_WORDS}[*】\s:：]*$")
_SOURCES_HEAD = re.compile(rf"(?m)^(?:[#*【]|[^\S\n])*+{SOURCES_WORDS}[*】\s:：]*$")
_TOLD = re.compile(r"(?m)^[ >*-]*[(（]?([0-9]{1,3})\\?[.．、)）]")
HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+\S")
NOTE = re.compile(r"(?m)^(?:> ?)*\[\^([^\]\s]+)\]:")
_PLAIN_BODIES = (
    re.compile(
        r"(?m)^(?:[-*>] )?(?P<n>[1-9][0-9]{0,2})(?:[ \u3000](?=[^\s0-9.、)）年月日])|(?=[《〈“「『]|[\u3400-\u9fff]{2,9}[：:]))"
    ),
    re.compile(r"(?m)^(?P<n>[1-9][0-9]{0,2})\\?[.．、][ \u3000]?(?=[^\s0-9])"),
)
_PLAIN_CALL = re.compile(
    r"(?:(?<=[。，；：！？」』”’）》])|(?<=[\u3400-\u9fff”’」》）)][.,;:!?]))[ ]?(?P<n>[1-9][0-9]{0,2})(?![0-9.,，年月日%％])(?=[ ]?[\u3000-\u9fff“‘]|[ ]*$)"
    r"|(?<=[\u3400-\u9fff”’」》）)])[ ]?(?P<before>[1-9][0-9]{0,2})(?=[ ]?[。，；：！？])"  # before the mark
    rf"|(?<=[\u3000-\u9fff\uff00-\uffef”’])(?P<raised>[{RAISED}]{{1,3}})",
    re.MULTILINE,
)
_LABEL_ALONE = re.compile(r"(?m)^(?P<n>[1-9][0-9]{0,2})\n(?=[^\s0-9])")  # above its note
_BRACKETED_CALL = re.compile(rf"(?<=[\u3000-\u9fff\uff00-\uffef”’]){bracketed(f'({DIGITS})')}")
_SKIPPED = 3  # numbers; a note between may begin with digits


def has_notes(text: str) -> bool:
    """Whether the text calls and tells notes as no author of Markdown writes them."""
    text = with_narrow_numbers(text)
    if _counts_on(text) or _has_inset_notes(text) or _has_plain_notes(text):
        return True
    return (
        _TAGGED_BODY.search(text) is not None
        or _has_raised_notes(text)
        or _has_marked_notes(text)
        or (HEADING.search(text) is not None and answers_itself(text))
    )


def _counts_on(text: str) -> bool:
    """Numbers raised as formulas that count on, from page to page or through the text: calls, no powers."""
    if len(_RAISED_CIRCLE.findall(text)) >= 3:
        return True
    numbers = [int(unicodedata.normalize("NFKC", m["n"])) for m in _RAISED_CALL.finditer(text)]
    steps = sum(b in (a + 1, a + 2, 1) for a, b in pairwise([0, *numbers]))  # one may stand behind a unit
    return max(numbers, default=0) >= 3 and steps >= 3 and steps * 10 >= len(numbers) * 8


def _has_inset_notes(text: str) -> bool:
    """Notes told in their sentences by LaTeX's command or a tag, in a text that is no page's dump of such code."""
    return sum(1 for _ in _INSET_NOTE.finditer(text)) >= 2 and not is_laid_out(text)


def _has_plain_notes(text: str) -> bool:
    """Markdown whose notes are plain digits: lines «1 見…» or «1. 見…» that count on, and most of them called before: behind a mark, or raised."""
    if HEADING.search(text) is None or is_laid_out(text):
        return False
    if any(_are_called(text, body, _PLAIN_CALL) for body in _PLAIN_BODIES):
        return True
    return _are_called(text, _LABEL_ALONE, _PLAIN_CALL) or _are_called(text, _LABEL_ALONE, _BRACKETED_CALL)


def _are_called(text: str, pattern: re.Pattern[str], call: re.Pattern[str]) -> bool:
    """Whether the lines that begin so count on, and most of them are called before: behind a mark, or raised."""
    bodies, numbers = [], [0]
    others = 0  # numbers that do not count on, as of pages
    for m in pattern.finditer(text):
        if int(m["n"]) in (*range(numbers[-1] + 1, numbers[-1] + 1 + _SKIPPED), 1):
            bodies.append(m)
            numbers.append(int(m["n"]))
        else:
            others += 1
    del numbers[0]
    if len(bodies) < 3 or others > len(bodies):
        return False
    called = begin = 0
    places: dict[int, list[int]] = {}
    for m in call.finditer(text):
        number = next(group for group in m.groups() if group)
        places.setdefault(int(number.translate(_PLAIN)), []).append(m.start())
    for k, (body, number) in enumerate(zip(bodies, numbers, strict=True)):
        if k and number <= numbers[k - 1]:
            begin = bodies[k - 1].end()
        called += any(begin <= at < body.start() for at in places.get(number, ()))
    return called * 5 >= len(bodies) * 3


def _has_raised_notes(text: str) -> bool:
    """Calls in ``<sup>`` tags: two or more that count on, or that are no numbers; powers and units do not."""
    marks = [
        m["n"] for m in _TAGGED.finditer(text) if not _POWERED.search(text, max(0, m.start() - 4), m.start())
    ]
    numbers = [int(n) for n in marks if n.isascii() and n.isdigit()]
    steps = sum(b in (a + 1, 1) for a, b in pairwise([0, *numbers]))
    return len(marks) >= 2 and steps * 2 >= len(numbers)


@dataclass
class _Tally:
    """How often each number is called and told by marks of one kind, and where they stand."""

    calls: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    parted: Counter[str] = field(default_factory=Counter)  # the parts of a sentence: «：①甲；②乙»
    marks: list[tuple[str, bool]] = field(default_factory=list)  # numbers, and whether they begin their lines
    first_body: int = 0
    last_call: int = 0


def _has_marked_notes(text: str) -> bool:
    """Markdown whose notes another engine marked: ``$^{1}$``, ``^1^``, ``¹``, ``①``, ``[1]``, called and told."""
    return any(_are_notes(_tally(mark.pattern, text), mark, text) for mark in _OTHER_MARKS)


def _tally(pattern: re.Pattern[str], text: str) -> _Tally:
    out = _Tally(first_body=len(text))
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()].rpartition("\n")[2]
        value, is_body = match["n"].translate(_PLAIN), not _TAGS.sub("", before).strip(" >*-$")
        out.marks.append((value, is_body))
        if is_body:
            out.bodies[value] += 1
            out.first_body = min(out.first_body, match.start())
        else:
            out.calls[value] += 1
            out.parted[value] += before[-1:] in ("：", "；")
            out.last_call = match.start()
    return out


def _are_notes(tally: _Tally, mark: _Mark, text: str) -> bool:
    """Whether the marks of one kind are those of notes: called and told.

    Where nothing but these marks says so, each number must be called as often as it is told: a list of sources that
    the text points into, or an enumeration, is the author's. One call in ten may be more, where the notes stand under
    their heading or among the text.
    """
    calls, bodies = tally.calls, tally.bodies
    told, listed = _NOTES_HEAD.search(text), _SOURCES_HEAD.search(text)
    if mark.counts_under_head and told is not None:
        below: Counter[str] = Counter(_TOLD.findall(text, told.end()))
        bodies = bodies | below
    shared = (calls & bodies).total()
    if shared < 3 or shared < 0.6 * max(calls.total(), bodies.total()):
        return False
    if mark.in_dumps and not HEADING.search(text) and is_laid_out(text):
        return False
    if mark.is_sure:
        return True
    at_feet = _stand_at_feet(tally.marks)
    is_near = not bodies - calls and (calls - bodies - tally.parted).total() * 10 <= calls.total()
    is_theirs = calls == bodies or (is_near and (told is not None or tally.first_body < tally.last_call))
    is_markdown = HEADING.search(text) is not None or (at_feet and not is_laid_out(text))
    are_sources = listed is not None and listed.start() < tally.first_body
    return (is_theirs or at_feet) and is_markdown and not are_sources


def _stand_at_feet(marks: Sequence[tuple[str, bool]]) -> bool:
    """Whether the numbers that begin lines stand in groups, each behind the text that calls them; a few may be lost."""
    called: set[str] = set()
    groups = answered = bodies = 0
    was_body = False
    for number, is_body in marks:
        if is_body:
            bodies += 1
            groups += not was_body
            answered += number in called
            called.discard(number)
        else:
            called.add(number)
        was_body = is_body
    return groups >= 3 and bodies >= 5 and answered * 3 >= bodies * 2
