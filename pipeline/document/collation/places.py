"""Which units of an edited text stand in the place of which chunk of the master.

Comes in: the chunks, the units of the document that was made of them, those of the edited one. Goes out: places
in the order of the edited text: chunks that stayed, that were moved, that were made one, and what is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import panflute as pf

from pipeline.document.collation.chunks import Chunk
from pipeline.document.collation.pairing import pair_units
from pipeline.document.collation.units import Unit

CONTAINERS = (pf.BulletList, pf.OrderedList, pf.DefinitionList, pf.BlockQuote, pf.LineBlock)
SHORTEST = 4  # letters by which a part is known to be cut off


@dataclass(frozen=True)
class Place:
    """A chunk of the master, the units of ``made`` in it, and those of ``edited`` that stand in its place."""

    chunk: Chunk | None
    made: Sequence[Unit] = ()
    edited: Sequence[Unit] = ()
    same: bool = False


def find_places(chunks: Sequence[Chunk], made: Sequence[Unit], edited: Sequence[Unit]) -> list[Place]:
    """The places of a text; each chunk has one, and none of the edited units has two."""
    return _with_added(list(_with_moved(_with_joined(list(_places(chunks, made, edited))))))


def _places(chunks: Sequence[Chunk], made: Sequence[Unit], edited: Sequence[Unit]) -> Iterator[Place]:
    pairs = pair_units(made, edited)
    at = then = 0
    for chunk in chunks:
        units = made[at : at + chunk.units]
        found = [pairs[n] for n in range(at, at + chunk.units) if n in pairs]
        at += chunk.units
        if chunk.label or not units:
            yield Place(chunk)
            continue
        if not found:
            yield Place(chunk, units)
            continue
        first, last = found[0], found[-1] + 1
        first, last = _widened(units, edited, first, last, then, set(pairs.values()))
        if first > then:
            yield Place(None, (), edited[then:first])
        run, then = edited[first:last], last
        yield Place(chunk, units, run, [u.key for u in units] == [u.key for u in run])
    if then < len(edited):
        yield Place(None, (), edited[then:])


def _with_joined(places: Sequence[Place]) -> list[Place]:
    """The places, with chunks that an editor made one in one place."""
    out: list[Place] = []
    for place in places:
        if out and (joined := _joined(out[-1], place)) is not None:
            out[-1] = joined
        else:
            out.append(place)
    return out


def _joined(one: Place, other: Place) -> Place | None:
    """Two places as one, where what stands in the place of one chunk says what the other chunk said, too."""
    if one.chunk is None or other.chunk is None or not (one.made and other.made):
        return None
    if bool(one.edited) is bool(other.edited):
        return None
    full, empty = (one, other) if one.edited else (other, one)
    said = "".join(u.key for u in empty.made)
    if len(full.edited) != 1 or len(said) < SHORTEST or said not in full.edited[0].key:
        return None
    text = f"{one.chunk.text}{one.chunk.after}{other.chunk.text}"
    chunk = Chunk(text, other.chunk.after, units=one.chunk.units + other.chunk.units)
    return Place(chunk, [*one.made, *other.made], full.edited)


def _with_added(places: Sequence[Place]) -> list[Place]:
    """The places, with what was added at the end of a chapter before the bodies of notes that stand there."""
    out: list[Place] = []
    for number, place in enumerate(places):
        following = next((p.made[0].block for p in places[number + 1 :] if p.made), None)
        at = len(out)
        if place.chunk is None and (following is None or isinstance(following, pf.Header)):
            while at and _is_note(out[at - 1]):
                at -= 1
            at = at or len(out)
        out.insert(at, place)
    return out


def _is_note(place: Place) -> bool:
    return place.chunk is not None and bool(place.chunk.label)


def _with_moved(places: Sequence[Place]) -> Iterator[Place]:
    """The places, with chunks that stand elsewhere now as they were."""
    gone = {tuple(u.key for u in p.made): p for p in places if p.made and not p.edited}
    sizes = sorted({len(keys) for keys in gone}, reverse=True)
    for place in places:
        if place.chunk is not None:
            yield place
            continue
        units, start, at = place.edited, 0, 0
        while at < len(units):
            runs = (units[at : at + size] for size in sizes if at + size <= len(units))
            moved = next(((r, gone.pop(k)) for r in runs if (k := tuple(u.key for u in r)) in gone), None)
            if moved is None:
                at += 1
                continue
            if start < at:
                yield Place(None, (), units[start:at])
            at = start = at + len(moved[0])
            yield Place(moved[1].chunk, moved[1].made, moved[0], same=True)
        if start < len(units):
            yield Place(None, (), units[start:])


def _widened(
    units: Sequence[Unit], edited: Sequence[Unit], first: int, last: int, least: int, taken: set[int]
) -> tuple[int, int]:
    """A run of units with what an editor added at the ends of a list or quotation or cut off a paragraph."""
    whole = "\n".join(u.key for u in units)
    grows = isinstance(units[0].block, CONTAINERS)

    def belongs(unit: Unit, neighbour: Unit) -> bool:
        cut_off = len(unit.key) >= SHORTEST and unit.key in whole
        return cut_off or (grows and unit.origin == neighbour.origin)

    while first > least and first - 1 not in taken and belongs(edited[first - 1], edited[first]):
        first -= 1
    while last < len(edited) and last not in taken and belongs(edited[last], edited[last - 1]):
        last += 1
    return first, last
