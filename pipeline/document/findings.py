"""Findings as they are told: a cause once, with all its places.

Comes in: the findings of a book. Goes out: the same, but what one rule says in the same words at several places is one finding,
which holds the others. Refused: gathering what says something else at each place, as a note's number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from pipeline.document.manuscript import Finding

MOST = 20  # lines or books that a sentence or a cell names
PLACE = ("span", "proposal", "line", "page")  # what the places of one kind differ in


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, in order; those of a kind (a rule, its words, the file) as the first of them, with the others in it."""
    kinds: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        kinds.setdefault((finding.rule, finding.message, finding.file), []).append(finding)
    return [replace(first, others=(*first.others, *others)) for first, *others in kinds.values()]


def places_of(findings: Iterable[Finding]) -> Counter[str]:
    """At how many places each rule found something."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.rule] += len(finding.places)
    return counts


def lines_of(finding: Finding) -> str:
    """The lines of all its places, for a person to go to: ``3, 9, 14``; of very many the first ones and how many more."""
    return listed(str(place.line) for place in finding.places if place.line)


def pages_of(finding: Finding) -> str:
    """The pages of all its places, as the source names them."""
    return listed(place.page for place in finding.places if place.page)


def proposals_of(finding: Finding) -> str:
    """What could stand at all its places."""
    return listed(place.proposal for place in finding.places if place.proposal)


def told(finding: Finding) -> str:
    """A finding in a line: ``thesis.txt:3, 9: a misprint (2 places)``."""
    lines, many = lines_of(finding), len(finding.places)
    where = ":".join(part for part in (finding.file, lines) if part)
    return f"{where}{': ' * bool(where)}{finding.message}" + (f" ({many:,} places)" if many > 1 else "")


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding as plain data: of the other places only what differs."""
    data = asdict(finding)
    data["others"] = [{key: other[key] for key in PLACE} for other in data["others"]]
    return data


def listed(names: Iterable[str]) -> str:
    """Names in a sentence, each once: ``3, 9, 14``; of very many the first ones and how many more."""
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - MOST:,} more" if len(each) > MOST else ""
    return ", ".join(each[:MOST]) + more
