"""Findings as they are told: what was noticed at very many places drowns what was noticed once.

Comes in: the findings of a book. Goes out: the same, but a kind that recurs too often is told once, with how often and where
first. Refused: gathering what says something else at each place, as a note's number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from pipeline.document.manuscript import Finding

MOST = 50  # places that a person looks at one by one
_FIRST = 5  # lines that are named


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, in order; of a kind (a rule and its words) with more than ``MOST`` places one for all of them."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    unique = list(dict.fromkeys(findings))
    for finding in unique:
        kinds.setdefault((finding.rule, finding.message), []).append(finding)
    return [
        finding if len(same) <= MOST else _gather(same)
        for finding in unique
        if len(same := kinds[finding.rule, finding.message]) <= MOST or finding is same[0]
    ]


def places_of(findings: Iterable[Finding]) -> Counter[str]:
    """At how many places each rule found something."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.rule] += finding.places
    return counts


def _gather(same: list[Finding]) -> Finding:
    """One finding for all of a kind, at the first of its places."""
    lines = list(dict.fromkeys(str(f.line) for f in same if f.line))
    where = f", the first on lines {', '.join(lines[:_FIRST])}" if len(lines) > 1 else ""
    message = f"{same[0].message} ({len(same):,} places{where})"
    proposals = {f.proposal for f in same}
    proposal = proposals.pop() if len(proposals) == 1 else None
    return replace(same[0], message=message, proposal=proposal, places=sum(f.places for f in same))
