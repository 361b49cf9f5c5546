"""What belongs to the page and not to the text: running heads, folios, leaders, a table's head said again.

WeasyPrint marks them as text. While ``artifacts_marked`` is entered they are drawn as artifacts (ISO 32000-1,
14.8.2.2), so that no one hears them read out. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.editions.pdf.lines.set_line import is_supported

PAGE, LAYOUT = "Pagination", "Layout"


def mark_artifacts(document: Any) -> None:
    """Finds the artifacts of a laid-out document and names their kind, for drawing and for the tags."""
    from weasyprint.formatting_structure import boxes

    heads: set[int] = set()

    def walk(box: Any, kind: str) -> None:
        if isinstance(box, boxes.MarginBox):
            kind = PAGE
        elif getattr(box, "is_leader", False):
            kind = LAYOUT
        elif getattr(box, "is_header", False):
            kind = PAGE if id(box.element) in heads else ""
            heads.add(id(box.element))
        if kind:
            box.fanjian_artifact = kind
        for child in getattr(box, "children", ()):
            walk(child, kind)

    for page in document.pages:
        walk(page._page_box, "")
        page.links[:] = [link for link in page.links if not artifact_of(link[3])]


def artifact_of(box: Any) -> str:
    """The kind of artifact that a box is, empty for text."""
    return str(getattr(box, "fanjian_artifact", ""))


def without_artifacts(box: Any) -> None:
    """Takes the artifacts out of a drawn box, before its tags are made."""
    for holder in (box, *getattr(box, "children", ())):
        children = getattr(holder, "children", None)
        if children and any(artifact_of(child) for child in children):
            holder.children = [child for child in children if not artifact_of(child)]


@contextmanager
def artifacts_marked(document: Any) -> Iterator[None]:
    """While entered, the artifacts of a laid-out document are drawn as such."""
    if not is_supported():
        yield
        return
    import pydyf
    from weasyprint.pdf.stream import Stream

    mark_artifacts(document)
    original = Stream.marked

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        kind = artifact_of(box)
        if not kind or stream._tags is None:
            with original(stream, box, tag):
                yield
            return
        pydyf.Stream.begin_marked_content(stream, "Artifact", pydyf.Dictionary({"Type": f"/{kind}"}))
        try:
            yield
        finally:
            pydyf.Stream.end_marked_content(stream)

    Stream.marked = marked
    try:
        yield
    finally:
        Stream.marked = original
