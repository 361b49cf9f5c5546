"""``python -m tests.soiler FIRST LAST``: which cases recovery does not give back, and where they part.

``python -m tests.soiler SEED`` shows the dirty text of one case and every difference.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from tests.soiler.cases import Case, ocr_case, page_dump_case, thesis_case
from tests.soiler.compare import differences

WINDOW = 24
FORMS = {"ocr": ocr_case, "thesis": thesis_case}


def main(arguments: Sequence[str]) -> None:
    """Runs the cases that the arguments name; ``ocr`` or ``thesis`` as the first names other cases."""
    make = page_dump_case
    if arguments and arguments[0] in FORMS:
        make, arguments = FORMS[arguments[0]], arguments[1:]
    first = int(arguments[0])
    last = int(arguments[1]) if len(arguments) > 1 else first + 1
    bad = 0
    for seed in range(first, last):
        case = make(seed)
        found = look(case)
        if last == first + 1:
            print(case.text)
        if found:
            bad += 1
            print(f"{seed}: {len(found)} differences, {case.style}")
            for line in found[: 8 if last > first + 1 else 200]:
                print("   ", line)
    print(f"{bad} of {last - first} differ")


def look(case: Case) -> list[str]:
    """The differences, each pair cut to where it parts."""
    manuscript = recover(case.text, case.form)
    rows = differences(case.book, manuscript)
    out = [f"accounting: {wrong}" for wrong in account(manuscript)[:3]]
    at = 0
    while at < len(rows):
        pair = rows[at : at + 2]
        if len(pair) == 2 and {pair[0][0], pair[1][0]} == {"-", "+"}:
            out += _parted(*sorted(pair, reverse=True))
            at += 2
        else:
            out.append(rows[at][: 3 * WINDOW])
            at += 1
    return out


def _parted(wanted: str, found: str) -> list[str]:
    same = next(
        (i for i, (a, b) in enumerate(zip(wanted[2:], found[2:], strict=False)) if a != b),
        min(len(wanted), len(found)) - 2,
    )
    start = max(0, same - WINDOW // 2)
    return [f"{row[0]} {row[2:][:9]}…{row[2:][start : same + WINDOW]}" for row in (wanted, found)]


if __name__ == "__main__":
    main(sys.argv[1:])
