"""A line's characters over all its texts: their kinds, and the natural gap behind each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.measure import TYPE_UNITS, Rules
from pipeline.editions.pdf.lines.set_line import SetLine
from pipeline.editions.pdf.lines.spacing import LATIN, SOLID, SPACE

Leaf = tuple[Any, SetLine | None]  # a box of the line, and its text where it has one
BLANK, HALF_BLANK = "\N{IDEOGRAPHIC SPACE}", 0.27
NO_TEXT = "\ufffc"


class Characters:
    """Lists with an entry a character, a leaf without text counting as one. Gaps are in em of the character's own type."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = leaves
        self.kinds: list[int] = []
        self.chars: list[str] = []
        self.owners: list[int] = []  # which leaf holds it
        self.sizes: list[float] = []  # of its type, in pixels; 0 for what is no text
        self.natural: list[float] = []
        self.rules: list[Rules | None] = []
        for number, (_, piece) in enumerate(leaves):
            if piece is None:
                self._append(number, NO_TEXT, [SOLID], [0.0], None, 0.0)
                continue
            rules, measured = piece.shaper.rules, piece.measured
            kinds = measured.kinds[piece.start : piece.end]
            gaps = measured.gaps(piece.start, piece.end, rules)
            if piece.hyphen:
                kinds, gaps = [*kinds, LATIN], [*gaps, 0.0]
            self._append(number, piece.text, kinds, gaps, rules, piece.shaper.size)
        self._cross()

    def _append(
        self,
        number: int,
        chars: str,
        kinds: Sequence[int],
        gaps: Sequence[float],
        rules: Rules | None,
        size: float,
    ) -> None:
        self.kinds += kinds
        self.chars += chars
        self.natural += gaps
        self.owners += [number] * len(chars)
        self.sizes += [size] * len(chars)
        self.rules += [rules] * len(chars)

    def _cross(self) -> None:
        """Sets the natural gaps between the last character of one text and the first of the next."""
        kinds = self.kinds
        for i in range(len(kinds) - 1):
            rules = self.rules[i]
            a, b = kinds[i], kinds[i + 1]
            if self.owners[i] == self.owners[i + 1] or rules is None or SOLID in (a, b):
                continue
            if a == SPACE and i:
                own = self._own_space(i)
                self.natural[i] = spacing.space_width(kinds[i - 1], b, own, rules.mixed) - own
            elif b == SPACE and i + 2 < len(kinds):
                own = self._own_space(i + 1)
                self.natural[i + 1] = spacing.space_width(a, kinds[i + 2], own, rules.mixed) - own
            else:
                self.natural[i] = rules.across(a, b)

    def _own_space(self, at: int) -> float:
        """How wide the face makes the space at ``at``, in em."""
        number = self.owners[at]
        piece = self.leaves[number][1]
        assert piece is not None
        return piece.measured.units[piece.start + at - self.owners.index(number)] / TYPE_UNITS

    def narrow_blanks(self) -> None:
        """Lets a lone ideographic space inside a line take half a square, so that it is no hole."""
        chars = self.chars
        for i in range(1, len(chars) - 1):
            if chars[i] == BLANK != chars[i - 1] and chars[i + 1] != BLANK:
                self.natural[i] -= 1 - HALF_BLANK

    def cut_at_end(self) -> float:
        """What the line's last mark may give up of its square, in pixels."""
        rules = self.rules[-1] if self.rules else None
        is_half = rules and rules.half_at_end and spacing.ends_half(self.kinds[-1], rules.centred)
        return self.sizes[-1] / 2 if is_half else 0.0

    def wide(self) -> list[float]:
        """How wide each gap is, with the space that stands there."""
        return [
            gap + (self._own_space(i) if kind == SPACE else 0.0)
            for i, (gap, kind) in enumerate(zip(self.natural, self.kinds, strict=True))
        ]
