"""The notes that a layout keeps while it goes: those to come, those on the page, those for the next page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


class Notes(list[Any]):
    """A page's notes; never true, which keeps WeasyPrint from moving them to make room for a line."""

    def __bool__(self) -> bool:
        return False


class Waiting(list[Any]):
    """Notes whose calls are still to come, asked for by every box of every line: by identity, not one by one."""

    def __init__(self, notes: Iterable[Any] = ()) -> None:
        super().__init__(notes)
        self.known = {id(note) for note in self}

    def __contains__(self, note: object) -> bool:
        return note is not None and id(note) in self.known

    def append(self, note: Any) -> None:
        """One more."""
        super().append(note)
        self.known.add(id(note))

    def remove(self, note: Any) -> None:
        """One less."""
        super().remove(note)
        self.known.discard(id(note))


class Reported(list[Any]):
    """Notes for the next page; once after a note was divided they do not count, so that its line may stay."""

    quiet = False

    def __bool__(self) -> bool:
        if self.quiet:
            self.quiet = False
            return False
        return len(self) > 0


KEPT = {"footnotes": Waiting, "current_page_footnotes": Notes, "reported_footnotes": Reported}


def kept(name: str) -> property:
    """An attribute of the layout context that holds its list as one of ours."""

    def get(context: Any) -> Any:
        return context.__dict__[f"fanjian_{name}"]

    def set_(context: Any, notes: list[Any]) -> None:
        context.__dict__[f"fanjian_{name}"] = KEPT[name](notes)

    return property(get, set_)


def make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
    """In place of WeasyPrint's, which forgets what waits for the next page when it makes only some pages anew."""
    from weasyprint.layout.page import remake_page

    waiting: dict[int, list[Any]] = context.__dict__.setdefault("fanjian_waiting", {})
    context.rendered_notes = []
    at, resume_at = 0, None
    while not at or resume_at is not None or waiting.get(at - 1):
        state = context.page_maker[at][-1]
        if not pages or state["content_changed"] or state["pages_wanted"]:
            state.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
            context.reported_footnotes = waiting.get(at - 1, [])
            page, resume_at = remake_page(at, context, root_box, html)
            context.reported_footnotes.quiet = False
            waiting[at] = list(context.reported_footnotes)
            yield page
        else:
            resume_at = context.page_maker[at + 1][0]
            yield pages[at]
        at += 1
    context.page_maker = context.page_maker[: at + 1]
    context.broken_out_of_flow.clear()
    context.reported_footnotes = []
