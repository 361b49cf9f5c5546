"""Files → sources: bytes decoded, the form named, a document that Pandoc reads turned into a master.

Comes in: a path, and the form where the user names it. Goes out: a ``Source``. Refused, each with its
sentence (``SourceError``): a file that is missing, empty, binary, too large or not decodable.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.document.manuscript import Finding
from pipeline.errors import SourceError
from pipeline.readers.decode import decode
from pipeline.readers.detect import PANDOC_FORMS, detect_form, form_of_name

SIZE_LIMIT = 50_000_000  # bytes; a thesis has less than one million
TEXT_FORMS = ("page-dump", "ocr-markdown", "wiki-markdown", "plain", "markdown")


@dataclass(frozen=True)
class Source:
    """One document as it was read. Every span of the recovery counts characters of ``text``.

    Of a document that Pandoc read, ``text`` is the master made of it, ``form`` is ``markdown`` and
    ``encoding`` its format.
    """

    path: Path
    text: str
    form: str
    encoding: str  # as decoded: "utf-8", "big5", …
    findings: tuple[Finding, ...] = ()
    # Those the document holds, by the names the master calls them.
    pictures: tuple[tuple[str, bytes], ...] = ()


def read_source(path: Path, form: str = "") -> Source:
    """The source in a file; its form is detected unless named. Raises ``SourceError``."""
    if form and form not in TEXT_FORMS and form not in PANDOC_FORMS:
        raise SourceError(
            f"there is no form «{form}». The forms are {', '.join(TEXT_FORMS)}, and Pandoc's input formats, such as docx or epub.",
            str(path),
        )
    content = _read_bytes(path)
    named = form or form_of_name(path.name)
    if named in PANDOC_FORMS:
        return _read_pandoc(path, content, named)
    decoded = decode(content, str(path))
    form = form or detect_form(decoded.text, path.name)
    if form in PANDOC_FORMS:
        return _read_pandoc(path, decoded.text.encode("utf-8"), form, decoded.findings)
    return Source(path, decoded.text, form, decoded.encoding, decoded.findings)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise SourceError("is a folder. Name a file in it.", str(path))
        size = path.stat().st_size
        if size >= SIZE_LIMIT:
            raise SourceError(
                f"has {size / 1e6:.0f} MB; a source must have less than {SIZE_LIMIT / 1e6:.0f} MB. Divide it into several sources.",
                str(path),
            )
        if not path.is_file():
            raise SourceError("is not a file. Name a file.", str(path))
        return path.read_bytes()
    except FileNotFoundError as e:
        raise SourceError("is not there. Check the name.", str(path)) from e
    except (OSError, ValueError) as e:
        why = os.strerror(e.errno) if isinstance(e, OSError) and e.errno else str(e)
        raise SourceError(f"cannot be read ({why}). Check that it is a file you may read.", str(path)) from e


def _read_pandoc(path: Path, content: bytes, form: str, findings: tuple[Finding, ...] = ()) -> Source:
    from pipeline.readers import pandoc

    if form in ("mediawiki", "html"):
        from pipeline.readers import wiki_pages

        decoded = decode(content, str(path)) if content.strip() else None
        if decoded is not None and (form == "mediawiki" or wiki_pages.is_page(decoded.text)):
            return wiki_pages.read_wiki(path, decoded.text, form, findings or decoded.findings)
    return pandoc.read_document(path, content, form, findings)
