"""Are the lines of two columns told in turn? pdftotext and pdfplumber may sort them by their height on the page.

Comes in: a layout. Goes out: yes or no. A full line then goes on two lines below, in pairs of characters that the text has
elsewhere, and not in the next line; of lines as narrow as columns about as many go on there. Refused: texts too short to tell.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence, Set

from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.page_dump.pages.widths import evenness
from pipeline.recovery.wording.letters import is_han

FIRST, LAST = "\u3400", "\u9fff"  # of the characters that tell
LEAST = 40  # full lines that can tell
TWICE = 2.0  # so many times as many go on two lines below,
CLEAR = 0.15  # and of all of them so many more
# Lines as narrow as columns are told by fewer: where they stand side by side some hold both, and go on in the next line.
COLUMN = 26.0  # em
SOME, HALF = 3, 0.6  # so many go on two lines below, and so many of those in the next line
FULL = 1.5  # em that a full line may want
SHORT = 8.0  # em: a shorter line tells nothing
KNOWN = 0.3  # of the joints of a text read in its order are pairs that it has elsewhere: then nothing else is asked


def alternates(layout: Layout) -> bool:
    """Whether full lines go on two lines below far more often than one line below."""
    lines = [line for line in layout.lines if line.em > SHORT]
    measure = evenness([line.em for line in lines]).width
    narrow = measure <= COLUMN
    least = LEAST // 2 if narrow else LEAST
    if len(lines) < 2 * least:
        return False
    source = layout.source
    joints: list[tuple[str, str]] = []
    asked = False
    for page in layout.pages:
        joints += _joints(layout.lines[page.first : page.last], measure)
        if not asked and len(joints) >= least:
            asked = True
            if _has_more(source, [near for near, _ in joints], KNOWN * len(joints)):
                return False
    if not asked:
        return False
    pairs = _found({pair for joint in joints for pair in joint}, "\n".join([line.text for line in lines]))
    near, far = (sum(joint[k] in pairs for joint in joints) for k in (0, 1))
    if narrow:
        return far >= max(SOME, HALF * near)
    return far >= TWICE * near and far - near >= CLEAR * len(joints)


def _joints(lines: Sequence[Line], measure: float) -> list[tuple[str, str]]:
    """The last character of each full line with the first of the next one, and of the one behind that."""
    out = []
    for k, line in enumerate(lines[:-2]):
        last, near, far = line.text[-1], lines[k + 1].text[0], lines[k + 2].text[0]
        if abs(line.em - measure) <= FULL and is_han(last) and is_han(near) and is_han(far):
            out.append((last + near, last + far))
    return out


def _has_more(text: str, pairs: Sequence[str], limit: float) -> bool:
    """Whether the text has more than so many of the pairs; nothing is asked once that is known."""
    known = 0
    for pair in pairs:
        known += pair in text
        if known > limit:
            return True
    return False


def _found(pairs: Iterable[str], text: str) -> Set[str]:
    """Those of the pairs that the text has: its pairs are looked through as numbers, five times as fast as by a pattern."""
    wanted = {
        _numbers(_units(pair))[0]: pair for pair in pairs if all(FIRST <= char <= LAST for char in pair)
    }
    units = _units(text)
    found = wanted.keys() & _numbers(units) | wanted.keys() & _numbers(units[2:])
    return {wanted[number] for number in found}


def _units(text: str) -> bytes:
    return text.encode("utf-16", "surrogatepass")[2:]  # behind the byte order mark


def _numbers(units: bytes) -> array[int]:
    """Each two units of UTF-16, of two bytes each, as a number."""
    return array("I", units[: len(units) // 4 * 4])
