"""On which line of its master a text stands that was read from it: Pandoc's tree does not say.

Comes in: the texts in the order of the document. Goes out: a line each, or none where Markdown writes the words otherwise.
Refused: a guess from words too few to be told from others, but where they are all that a line says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.location import LineIndex

LONGEST, SHORTEST = 24, 4  # characters of a text that are looked for
# What Markdown may write around the words of a line or cell: signs, the number of an item, a note's label; calls and attributes.
BEFORE = r"(?:^|\|)(?:\[\^[^\]\n]+\]:|[ \t]*\d+[.)])?[^\w\n|]*"
BEHIND = r"(?:[^\w\n|]|\[\^[^\]\n]+\]|\{[^}\n]*\})*(?=$|\|)"


class Places:
    """The lines of a master for texts that are asked for one after the other.

    >>> places = Places("河水退去。\\n\\n河水退去。[^1]\\n\\n[^1]: 見縣志卷二。\\n")
    >>> places.line(["河水退去。"]), places.line(["河水退去。"]), places.line(["見縣志卷二。"], in_order=False)
    (1, 3, 5)
    >>> places.line(["河水退去。"], in_order=False) is None
    True
    """

    def __init__(self, master: str) -> None:
        self._master = master
        self._lines = LineIndex(master)
        self._end = 0  # of the last text that was found

    def line(self, runs: Sequence[str], in_order: bool = True) -> int | None:
        """The line of a text, of which ``runs`` are whole in the master. ``in_order``: it stands behind the one before; else only one
        place may say its words.
        """
        for run in (run for run in runs if len(run) >= SHORTEST):
            for length in (LONGEST, LONGEST // 2, SHORTEST):
                start = self._master.find(run[:length], self._end if in_order else 0)
                if start >= 0 and (in_order or self._master.find(run[:length], start + 1) < 0):
                    self._end = start + len(run[:length]) if in_order else self._end
                    return self._lines.line(start)
        is_short = any(runs) and all(len(run) < SHORTEST for run in runs)
        return self._line_of_few(runs, in_order) if is_short else None

    def _line_of_few(self, runs: Sequence[str], in_order: bool) -> int | None:
        """The line, or the cell of a table, that says these few words and no others; out of order only where there is one."""
        words = r"[^\w\n|]*".join(map(re.escape, runs))
        alone = re.compile(f"{BEFORE}(?P<words>{words}){BEHIND}", re.M)
        found = list(alone.finditer(self._master, self._end if in_order else 0))
        if not found or (len(found) > 1 and not in_order):
            return None
        self._end = found[0].end("words") if in_order else self._end
        return self._lines.line(found[0].start("words"))
