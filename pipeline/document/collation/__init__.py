"""An edited text laid over the master it was made from: only what the editor changed is written anew.

Comes in: the master as a person keeps it, the document that an edition was made from, and the document that
came back. Goes out: the master again, byte for byte where nothing was changed. A changed paragraph
takes over the changed letters alone: its spelling, its forms of characters, its notes' labels stay.
What cannot be laid over is written as Fanjian spells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import panflute as pf

from pipeline.document import ast
from pipeline.document.blocks import write_blocks, write_body, write_document
from pipeline.document.collation.chunks import Chunk, cut_chunks, read_parts
from pipeline.document.collation.front import collate_front
from pipeline.document.collation.pairing import pair_notes
from pipeline.document.collation.places import Place, find_places
from pipeline.document.collation.transfer import transfer
from pipeline.document.collation.units import Unit, cut_units, joined, key_of_note, plain_copy
from pipeline.document.collation.unsaid import take_over


def collate(master: str, made: pf.Doc, edited: pf.Doc, numbers: Mapping[int, int] | None = None) -> str:
    """The master with the editor's changes: those between ``made`` and ``edited``.

    ``numbers`` say of notes of ``edited``, by the object, the how manieth of ``made`` each was, from 1.
    """
    take_over(made, edited)
    own = ast.read_document(master, "master")
    cut = cut_chunks(master, own)
    if cut is None or len(cut_units(own.content)) != len(cut_units(made.content)):
        # Not a master that was made into this document, or none that can be cut: the document speaks.
        master = write_document(made)
        own = ast.read_document(master, "master")
        cut = cut_chunks(master, own)
    if cut is None or len(cut_units(own.content)) != len(cut_units(made.content)):
        return write_document(edited)
    return _Collation(cut[0], cut[1], own, made, edited, numbers or {}).text()


@dataclass
class _Collation:
    header: str
    chunks: list[Chunk]
    own: pf.Doc
    made: pf.Doc
    edited: pf.Doc
    numbers: Mapping[int, int]
    labels: dict[int, str] = field(default_factory=dict)  # of the notes of ``made`` and ``edited``
    partners: dict[str, pf.Note] = field(default_factory=dict)  # the edited note of a label

    def text(self) -> str:
        """The master."""
        places = find_places(self.chunks, cut_units(self.made.content), cut_units(self.edited.content))
        self._name_notes(places)
        header = collate_front(self.header, self.made, self.edited, self.labels, self.labels)
        parts: list[tuple[str, str]] = []
        texts = self._texts(places)
        for place, text in zip(places, texts, strict=True):
            if text is not None:
                parts.append((text, place.chunk.after if place.chunk else ""))
        return header + _with_gaps(self._put_notes(parts), end=self.chunks[-1].after if self.chunks else "\n")

    # --- what the notes are called

    def _name_notes(self, places: Sequence[Place]) -> None:
        own = dict(self._called())
        for theirs, note in zip(ast.notes(self.own), ast.notes(self.made), strict=False):
            self.labels[id(note)] = own.get(id(theirs), "")
        new: list[pf.Note] = []
        known_by_number = self._known()
        for before, after, same in self._note_runs(places):
            for old, note in pair_notes(before, after, known_by_number):
                label = self.labels.get(id(old), "") if old is not None else ""
                if same and old is not None and not label and key_of_note(old) == key_of_note(note):
                    self.labels[id(note)] = ""  # it stands in the text itself, which stays as it is
                    continue
                known = self.partners.get(label)
                if label and (known is None or key_of_note(known) == key_of_note(note)):
                    self.labels[id(note)] = label
                    self.partners[label] = note
                else:
                    new.append(note)
        new = [note for note in new if not self._found_elsewhere(note)]
        taken = {c.label for c in self.chunks} | set(self.labels.values())
        count = max((int(t) for t in taken if t.isdecimal()), default=0)
        for number, note in enumerate(new, count + 1):
            self.labels[id(note)] = str(number)
            self.partners[str(number)] = note

    def _found_elsewhere(self, note: pf.Note) -> bool:
        """Whether a note was called in another place before, and says what it said: it gets its label again."""
        key = key_of_note(note)
        for old in ast.notes(self.made):
            label = self.labels.get(id(old), "")
            if label and label not in self.partners and key_of_note(old) == key:
                self.labels[id(note)] = label
                self.partners[label] = note
                return True
        return False

    def _known(self) -> dict[int, pf.Note]:
        """The notes of ``made`` that those of ``edited`` were, by the object, where their numbers tell."""
        made = ast.notes(self.made)
        numbers = ((id(n), self.numbers.get(id(n), 0)) for n in ast.notes(self.edited))
        return {note: made[number - 1] for note, number in numbers if 0 < number <= len(made)}

    def _note_runs(self, places: Sequence[Place]) -> Iterator[tuple[list[pf.Note], list[pf.Note], bool]]:
        """The notes of each place before and after, and whether its text is the same."""
        fronts = []
        for doc in (self.made, self.edited):
            inside = {id(n) for block in doc.content for n in ast.notes_in(block)}
            fronts.append([n for n in ast.notes(doc) if id(n) not in inside])
        yield fronts[0], fronts[1], False
        for place in places:
            made, edited = ([n for u in units for n in u.notes] for units in (place.made, place.edited))
            yield made, edited, place.same and place.chunk is not None

    def _called(self) -> Iterator[tuple[int, str]]:
        """The labels of the master's own notes, where the text says them as many times as Pandoc reads them."""
        units = cut_units(self.own.content)
        inside = {id(n) for block in self.own.content for n in ast.notes_in(block)}
        front = [n for n in ast.notes(self.own) if id(n) not in inside]
        runs = [(Chunk(self.header, "").calls, front)]
        at = 0
        for chunk in self.chunks:
            if not chunk.label:
                notes = [n for u in units[at : at + chunk.units] for n in u.notes]
                at += chunk.units
                runs.append((chunk.calls, notes))
        for labels, notes in runs:
            if len(labels) == len(notes):
                yield from ((id(n), label) for n, label in zip(notes, labels, strict=True))

    # --- what is written

    def _texts(self, places: Sequence[Place]) -> list[str | None]:
        """The text of each place; none where the editor took it out."""
        out: list[str | None] = []
        doubtful: dict[int, tuple[str, Sequence[Unit]]] = {}
        for number, place in enumerate(places):
            if place.chunk is not None and (not place.made or (place.same and self._calls_the_same(place))):
                out.append(place.chunk.text)
            elif not place.edited:
                out.append(None)
            else:
                out.append(self._write(place.edited, whole=True))
                if place.chunk is not None:
                    written = self._write(place.edited)
                    moved = transfer(place.chunk.text, self._write(place.made), written)
                    if moved is not None and moved != written:
                        doubtful[number] = (moved, place.edited)
        for number in self._proven(doubtful):
            out[number] = doubtful[number][0]
        return out

    def _calls_the_same(self, place: Place) -> bool:
        """Whether a place whose text is the same calls the same notes, as far as they are known."""
        labels = [
            [self.labels[id(n)] for u in units for n in u.notes] for units in (place.made, place.edited)
        ]
        return all(one in ("", other) for one, other in zip(*labels, strict=True))

    def _write(self, units: Sequence[Unit], whole: bool = False) -> str:
        """Units in Fanjian's own spelling; ``whole``: with what no key says, such as page starts."""
        blocks = joined(units)
        notes = [n for u in units for n in u.notes]
        copies = blocks if whole else plain_copy(blocks)
        labels = {
            id(copy): self.labels.get(id(note), "")
            for copy, note in zip((n for b in copies for n in ast.notes_in(b)), notes, strict=True)
        }
        return write_blocks(copies, labels)

    def _proven(self, doubtful: dict[int, tuple[str, Sequence[Unit]]]) -> Iterator[int]:
        """The places whose laid-over text reads as the edited one does, but for letters that differ in form."""
        if not doubtful:
            return
        labels = sorted({label for label in self.labels.values() if label})
        texts = [moved for moved, _ in doubtful.values()]
        read = read_parts(texts, labels)
        for at, (number, (moved, units)) in enumerate(doubtful.items()):
            alone = read[at] if read is not None else (read_parts([moved], labels) or [[]])[0]
            if _alike([u.key for u in cut_units(alone)], [u.key for u in units]):
                yield number

    # --- the bodies of notes

    def _put_notes(self, parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The chunks with bodies changed, dropped and added."""
        made = {self.labels[id(n)]: n for n in ast.notes(self.made) if self.labels.get(id(n))}
        out: list[tuple[str, str]] = []
        by_label: dict[str, int] = {}
        for text, after in parts:
            found = re.match(r"\[\^([^\]\s]+)\]:", text)
            label = found[1] if found else ""
            if not label or label not in made:
                out.append((text, after))
            elif label in self.partners:
                by_label[label] = len(out)
                out.append((self._body(label, text, made[label], self.partners[label]), after))
        return self._add_bodies(out, by_label)

    def _add_bodies(self, parts: list[tuple[str, str]], by_label: dict[str, int]) -> list[tuple[str, str]]:
        """New bodies, each behind that of the note before it."""
        behind: dict[int, list[tuple[str, str]]] = {}
        at = len(parts) - 1
        seen = set(by_label)
        for note in ast.notes(self.edited):
            label = self.labels[id(note)]
            if label in by_label:
                at = by_label[label]
            elif label and label not in seen:
                seen.add(label)
                behind.setdefault(at, []).append((write_body(note, label), ""))
        out = list(behind.get(-1, []))
        for number, part in enumerate(parts):
            out += [part, *behind.get(number, [])]
        return out

    def _body(self, label: str, text: str, made: pf.Note, edited: pf.Note) -> str:
        if key_of_note(made) == key_of_note(edited):
            return text
        plain = [write_body(pf.Note(*plain_copy(note.content)), label) for note in (made, edited)]
        moved = transfer(text, *plain)
        if moved is None or moved == plain[1]:
            return write_body(edited, label)
        call = ast.read_document(f"x[^{label}]\n\n{moved}\n", "master")
        notes = ast.notes(call)
        same = len(notes) == 1 and _alike([key_of_note(notes[0])], [key_of_note(edited)])
        return moved if same else write_body(edited, label)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether keys are the same but for letters of the text and its marks, of which conversion makes others (-- ——)."""
    return [_shape(k) for k in one] == [_shape(k) for k in other]


def _shape(key: str) -> str:
    return re.sub(r"[^\x00-\x7f\ue000·]", "字", re.sub(r"[^\w\s\ue000]+", "·", key))


def _with_gaps(parts: Sequence[tuple[str, str]], end: str) -> str:
    out: list[str] = []
    for number, (text, after) in enumerate(parts):
        last = number + 1 == len(parts)
        gap = end if last else after
        if not last and gap.count("\n") < 2:
            gap = "\n\n"
        out += [text, gap]
    return "".join(out)
