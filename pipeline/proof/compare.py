"""Editions held against the master and against each other (promise 4: a note is one object).

Comes in: what the master says and what each finished file says. Goes out: findings, none when all agree.
Codes: the format's letter (F PDF, E EPUB, W Word) and 80 number of notes, 81 label, 82 text, 83 place,
84 missing mark, 85 headings, 86 pages, 87 title, authors and language, 88 the text; N80–N82 for the two scripts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from pipeline.document.manuscript import Finding
from pipeline.proof.facts import ANY, CONTEXT, EditionFacts, HeadingFact, NoteFact, count_letters, squash

LETTERS = {"pdf": "F", "epub": "E", "docx": "W"}
NAMES = {"pdf": "PDF", "epub": "EPUB", "docx": "Word"}
FAULT = "This is a fault of Fanjian: please report it."
AROUND = 12  # characters shown around a difference


def compare_editions(master: EditionFacts, editions: Mapping[str, EditionFacts]) -> list[Finding]:
    """Every difference between the master and each format, and between PDF and EPUB in their pages."""
    findings: list[Finding] = []
    for name, facts in editions.items():
        findings += _compare_notes(name, master.notes, facts.notes)
        findings += _compare_headings(name, master.headings, facts.headings)
        findings += _compare_names(name, master, facts)
        findings += _compare_texts(name, master, facts)
    pdf, epub = editions.get("pdf"), editions.get("epub")
    if pdf is not None and epub is not None and pdf.pages and epub.pages and pdf.pages != epub.pages:
        at, here, there = next(
            (i, a, b) for i, (a, b) in enumerate(zip_longest(pdf.pages, epub.pages), 1) if a != b
        )
        findings.append(
            _finding("epub", 86, f"page {at} is «{here}» in the PDF and «{there}» in the page list")
        )
    return findings


def compare_scripts(one: EditionFacts, other: EditionFacts, names: tuple[str, str]) -> list[Finding]:
    """Both scripts must have the same notes with the same numbers, and the same headings' levels."""
    findings = []
    if len(one.notes) != len(other.notes):
        text = f"{names[0]} has {len(one.notes)} notes and {names[1]} has {len(other.notes)}. {FAULT}"
        findings.append(Finding("N80", text))
    for a, b in zip(one.notes, other.notes, strict=False):
        if (a.number, a.label, a.missing) != (b.number, b.label, b.missing):
            text = f"note {a.number} is «{a.label}» in {names[0]} and «{b.label}» in {names[1]}. {FAULT}"
            findings.append(Finding("N81", text))
    levels = [[heading.level for heading in facts.headings] for facts in (one, other)]
    if levels[0] != levels[1]:
        text = f"{names[0]} has {len(levels[0])} headings and {names[1]} has {len(levels[1])}, or of other levels. {FAULT}"
        findings.append(Finding("N82", text))
    return findings


def _finding(name: str, code: int, said: str) -> Finding:
    return Finding(f"{LETTERS[name]}{code}", f"{NAMES[name]}: {said}. {FAULT}")


def _compare_notes(name: str, wanted: Sequence[NoteFact], found: Sequence[NoteFact]) -> Iterator[Finding]:
    if len(wanted) != len(found):
        yield _finding(name, 80, f"there are {len(found)} notes, the master has {len(wanted)}")
    tells_place = any(note.place for note in found)
    for want, have in zip(wanted, found, strict=False):
        which = f"note {want.number}"
        if want.label and squash(want.label) != squash(have.label):
            yield _finding(name, 81, f"{which} is called «{have.label}», not «{want.label}»")
        if said := difference(want.text, have.text):
            yield _finding(name, 82, f"{which} {said}")
        if tells_place and difference(want.place, have.place):
            yield _finding(name, 83, f"{which} is called in «{have.place}», not in «{want.place}»")
        elif not _same_before(want.before, have.before):
            yield _finding(name, 83, f"{which} is called after «{have.before}», not after «{want.before}»")
        if want.missing != have.missing:
            state = "marked as missing" if have.missing else "not marked as missing"
            yield _finding(
                name, 84, f"{which} is {state}, in the master it is {'' if want.missing else 'not '}so"
            )


def _same_before(wanted: str, found: str) -> bool:
    """Whether two texts before a call agree, as far as both reach. Empty where a format cannot tell."""
    one, other = squash(wanted)[-CONTEXT:], squash(found)[-CONTEXT:]
    reach = min(len(one), len(other))
    return not reach or ANY in one or _turns(one) or one[-reach:] == other[-reach:]


def _turns(text: str) -> bool:
    """Whether words of a text run from right to left: a page holds their letters as they stand on the line."""
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def difference(wanted: str, found: str) -> str:
    """Where two texts part, white space and joiners aside; empty when they agree.

    >>> difference("甲 乙", "甲乙")
    ''
    >>> difference("甲乙丙", "甲丁丙")
    'reads «甲丁丙», the master has «甲乙丙»'
    """
    one, other = squash(wanted), squash(found)
    if ANY in one:
        pieces = [piece for piece in one.split(ANY) if piece]
        if all(piece in other for piece in pieces):
            return ""
    if one == other or (_turns(one) and count_letters(one) == count_letters(other)):
        return ""
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    lo = max(0, at - AROUND)
    return f"reads «{other[lo : at + AROUND]}», the master has «{one[lo : at + AROUND]}»"


def _compare_headings(
    name: str, wanted: Sequence[HeadingFact], found: Sequence[HeadingFact]
) -> Iterator[Finding]:
    """The first heading that differs says it: one that is lost moves all that follow."""
    for want, have in zip_longest(wanted, found):
        if have is None:
            yield _finding(name, 85, f"the heading «{want.text}» is lost")
            return
        if want is None:
            yield _finding(name, 85, f"the heading «{have.text}» is not in the master")
            return
        if want.level != have.level or difference(want.text, have.text):
            said = f"the heading «{want.text}» of level {want.level} is «{have.text}» of level {have.level}"
            yield _finding(name, 85, said)
            return


def _compare_texts(name: str, master: EditionFacts, facts: EditionFacts) -> Iterator[Finding]:
    """The text below each heading; where the headings differ they tell it, and a format that told no text is not blamed.

    Of two texts side by side, and where words run from right to left, the letters are counted.
    """
    wanted, found = master.sections, facts.sections
    if len(wanted) != len(found):
        return
    if not facts.is_in_order:
        wanted, found = ["".join(wanted)], ["".join(found)]
    for number, (one, other) in enumerate(zip(map(squash, wanted), map(squash, found), strict=True)):
        if not facts.is_in_order or _turns(one):
            said = _lost_letters(one, other)
        else:
            said = _unread(one, other, begins=number > 0, ends=number + 1 < len(wanted))
        if said:
            place = f"below «{master.headings[number - 1].text}» " if number else ""
            yield _finding(name, 88, f"the text {place}{said}")


def _lost_letters(wanted: str, found: str) -> str:
    lost = count_letters(wanted) - count_letters(found)
    some = "".join(letter * count for letter, count in lost.items())[: 2 * AROUND]
    return f"has lost letters ({lost.total()}): «{some}»" if lost else ""


def _unread(wanted: str, found: str, begins: bool, ends: bool) -> str:
    """What of a squashed text another does not read; ``begins``, ``ends``: nothing may stand before it, or behind.

    >>> _unread("甲乙", "題甲乙", False, True), _unread("甲乙", "甲丙乙", True, True)
    ('', 'does not read «甲乙»')
    """
    pieces, at = wanted.split(ANY), 0
    for number, piece in enumerate(pieces, 1):
        closes = ends and number == len(pieces)
        start = found.rfind(piece, at) if closes else found.find(piece, at)
        if start < 0 or (begins and number == 1 and start) or (closes and start + len(piece) < len(found)):
            break
        at = start + len(piece)
    else:
        return ""
    for start in range(0, len(wanted), AROUND):
        if (part := wanted[start : start + AROUND]) not in found and ANY not in part:
            return f"does not read «{wanted[max(0, start - AROUND) : start + 2 * AROUND]}»"
    return difference(wanted, found) or "reads in another order"


def _compare_names(name: str, master: EditionFacts, facts: EditionFacts) -> Iterator[Finding]:
    """Title and authors in the file's own metadata, where the reader found any."""
    if master.title and facts.title and squash(master.title) != squash(facts.title):
        yield _finding(name, 87, f"the title is «{facts.title}», not «{master.title}»")
    if (
        master.authors
        and facts.authors
        and list(map(squash, master.authors)) != list(map(squash, facts.authors))
    ):
        authors = "、".join(facts.authors)
        yield _finding(name, 87, f"the authors are «{authors}», not «{'、'.join(master.authors)}»")
