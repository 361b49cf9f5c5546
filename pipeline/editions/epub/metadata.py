"""What an e-book says of itself: Dublin Core in every language the source has, and its accessibility.

Comes in: the edition and what its files hold. Goes out: the metadata elements of the package (EPUB 3.3 §5.5,
EPUB Accessibility 1.1 §2, DPUB-ARIA). Conformance is claimed only where nothing is known to stand against it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import panflute as pf

from pipeline.document import ast
from pipeline.document.parallel.pairing import SIDES
from pipeline.editions.edition import Edition
from pipeline.editions.epub.package import Meta
from pipeline.editions.matter import Translation, read_translations

CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
MAKER = "Fanjian"


@dataclass(frozen=True)
class Holdings:
    """What the book's files hold, as far as its metadata tell of it."""

    pages: str = ""  # "", "pdf" or "source": what the page list follows
    has_pictures: bool = False
    is_accessible: bool = True  # nothing is known that would break WCAG


def write_metadata(edition: Edition, holdings: Holdings) -> list[Meta]:
    """All metadata but identifier, modification date and generator, which the package writes."""
    translations = read_translations(edition.doc)
    return [
        *_titles(edition, translations),
        *_creators(edition, translations),
        *[Meta("language", lang) for lang in edition.languages or (edition.lang,)],
        *_descriptions(edition, translations),
        *_imprint(edition),
        *_pages(edition, holdings),
        *_accessibility(edition, holdings),
    ]


def _titles(edition: Edition, translations: list[Translation]) -> list[Meta]:
    out = [
        Meta("title", edition.title, id="title", lang=edition.lang),
        Meta("meta", "main", property="title-type", refines="title"),
    ]
    out += [
        Meta("meta", t.title, property="alternate-script", refines="title", lang=t.lang)
        for t in translations
        if t.title
    ]
    own = edition.settings.book.subtitle
    for number, (subtitle, lang) in enumerate([(own, edition.lang)] if own else subtitles(edition), 1):
        name = "subtitle" if number == 1 else f"subtitle{number}"
        out.append(Meta("title", subtitle, id=name, lang=lang))
        out.append(Meta("meta", "subtitle", property="title-type", refines=name))
    return out


def subtitles(edition: Edition) -> list[tuple[str, str]]:
    """The subtitles with their languages: of two texts side by side, the second's title is one."""
    value = edition.doc.metadata.content.get("subtitle")
    if not (edition.languages and isinstance(value, pf.MetaList)):
        text = ast.meta_text(edition.doc, "subtitle")
        return [(text, edition.lang)] if text else []
    return [
        (
            ast.plain(item),
            edition.languages[int(any(SIDES[1] in getattr(e, "classes", ()) for e in item.content))],
        )
        for item in value.content
    ]


def _creators(edition: Edition, translations: list[Translation]) -> list[Meta]:
    """The authors; their names in other languages where these are as many."""
    out = []
    for number, name in enumerate(edition.authors, 1):
        own = f"creator{number}"
        out += [
            Meta("creator", name, id=own, lang=edition.lang),
            Meta("meta", "aut", property="role", refines=own, scheme="marc:relators"),
            Meta("meta", file_as(name), property="file-as", refines=own),
            Meta("meta", str(number), property="display-seq", refines=own),
        ]
        out += [
            Meta("meta", t.authors[number - 1], property="alternate-script", refines=own, lang=t.lang)
            for t in translations
            if len(t.authors) == len(edition.authors)
        ]
    return out


def file_as(name: str) -> str:
    """A name as a catalogue files it: Chinese names as they are, Western ones by the family name.

    >>> file_as("Joseph Needham"), file_as("沈 括")
    ('Needham, Joseph', '沈括')
    """
    words = name.split()
    if any("CJK" in unicodedata.name(c, "") for c in name):
        return "".join(words) if all(len(w) <= 4 for w in words) else name
    if len(words) < 2 or "," in name:
        return name
    return f"{words[-1]}, {' '.join(words[:-1])}"


def _descriptions(edition: Edition, translations: list[Translation]) -> list[Meta]:
    book = edition.settings.book
    out = []
    if text := book.description or ast.meta_text(edition.doc, "abstract"):
        out.append(Meta("description", text, lang=edition.lang))
    out += [Meta("description", " ".join(t.abstract), lang=t.lang) for t in translations if t.abstract]
    keywords = list(book.keywords) or ast.meta_texts(edition.doc, "keywords")
    out += [Meta("subject", word, lang=edition.lang) for word in keywords]
    out += [Meta("subject", word, lang=t.lang) for t in translations for word in t.keywords]
    return out


def _imprint(edition: Edition) -> list[Meta]:
    book = edition.settings.book
    out = []
    if book.publisher:
        out.append(Meta("publisher", book.publisher))
    if book.date:
        out.append(Meta("date", book.date))
    if book.rights:
        out.append(Meta("rights", book.rights))
    if book.isbn:
        out.append(Meta("source", f"urn:isbn:{book.isbn.replace('-', '')}"))
    if book.series:
        out.append(Meta("meta", book.series, id="series", property="belongs-to-collection"))
        out.append(Meta("meta", "series", property="collection-type", refines="series"))
    return out


def _pages(edition: Edition, holdings: Holdings) -> list[Meta]:
    """Where the page numbers come from (EPUB Accessibility 1.1 §2.2.3): the ISBN where there is one."""
    if not holdings.pages:
        return []
    book = edition.settings.book
    if holdings.pages == "source":
        source = edition.facts.source or edition.title
    else:
        source = f"urn:isbn:{book.isbn.replace('-', '')}" if book.isbn else f"{edition.identifier} (PDF)"
    return [Meta("meta", source, property="pageBreakSource")]


def _accessibility(edition: Edition, holdings: Holdings) -> list[Meta]:
    words = edition.wording
    features = ["tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability", "ARIA"]
    summary = words["accessibility"]
    if holdings.pages:
        features += ["pageBreakMarkers", "pageNavigation"]
        summary += words[f"accessibility_pages_{holdings.pages}"]
    if holdings.has_pictures and holdings.is_accessible:
        features.append("alternativeText")
        summary += words["accessibility_pictures"]
    modes = ["textual", "visual"] if holdings.has_pictures else ["textual"]
    out = [Meta("meta", mode, property="schema:accessMode") for mode in modes]
    if holdings.is_accessible:
        out.append(Meta("meta", "textual", property="schema:accessModeSufficient"))
    if holdings.has_pictures:
        out.append(Meta("meta", "textual,visual", property="schema:accessModeSufficient"))
    out += [Meta("meta", feature, property="schema:accessibilityFeature") for feature in features]
    out.append(Meta("meta", "none", property="schema:accessibilityHazard"))
    out.append(Meta("meta", summary, property="schema:accessibilitySummary", lang=edition.lang))
    if holdings.is_accessible:
        out.append(Meta("meta", CONFORMS, id="conforms", property="dcterms:conformsTo"))
        certifier = edition.settings.book.publisher or MAKER
        out.append(Meta("meta", certifier, property="a11y:certifiedBy", refines="conforms"))
    return out
