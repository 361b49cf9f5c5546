"""The second step of a book, ``publish``: master → the editions of one script, or of two texts side by side.

It runs in whatever process the schedule gives it, writes whole files only, and returns a small value. The
rooms' heavy libraries are imported when the step needs them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.document.manuscript import Finding
from pipeline.errors import MasterError
from pipeline.files import digest_file
from pipeline.schedule.books import Book
from pipeline.schedule.corrections import BASE, RECOVERED
from pipeline.schedule.masters import open_master
from pipeline.schedule.recovering import read_master
from pipeline.schedule.results import Published, Recovered
from pipeline.schedule.state import program_digest
from pipeline.settings import HANS, HANT, Format, Script, Settings

if TYPE_CHECKING:
    import panflute as pf

    from pipeline.editions.edition import Edition
    from pipeline.editions.pages import PageStart
    from pipeline.proof.facts import EditionFacts

T = TypeVar("T")


def publish(
    book: Book, master: Path, what: str, formats: Sequence[Format], recovered: Recovered | None
) -> Published:
    """Makes the editions of ``what`` in ``book.out``: a script, or two languages joined by ``+``.

    Raises ``MasterError``, ``EditionError``.
    """
    from pipeline.document import ast

    begun = time.perf_counter()
    edition, choices, findings = make_edition(book, master, what, recovered)
    seconds = {"convert": time.perf_counter() - begun}
    pages, found = _write(book, edition, what, formats, seconds)
    notes = ast.notes(edition.doc)
    return Published(
        script=what,
        title=edition.title,
        authors=edition.authors,
        lang=edition.lang,
        files=file_names(book, what, formats),
        pages=pages,
        notes=max(edition.numbers, default=len(notes)),
        missing=sum(map(ast.is_missing, notes)),
        headings=sum(1 for e in edition.doc.content if e.tag == "Header"),
        choices=choices,
        findings=[*findings, *found],
        master=digest_file(master),
        program=program_digest(),
        seconds=seconds,
    )


def file_names(book: Book, what: str, formats: Sequence[Format]) -> list[str]:
    """The names of the editions of ``what``."""
    return [f"{book.slug}.{what}.{name}" for name in formats]


def make_edition(
    book: Book, master: Path, what: str, recovered: Recovered | None
) -> tuple[Edition, int, list[Finding]]:
    """The edition of a master, how many choices its conversion made, and the findings."""
    if "+" in what:
        return _make_parallel(book, master, what, recovered)
    return _make_single(book, master, HANS if what == HANS else HANT, recovered)


def _make_single(
    book: Book, master: Path, script: Script, recovered: Recovered | None
) -> tuple[Edition, int, list[Finding]]:
    """The edition of a master in ``script``."""
    from pipeline.document import ast
    from pipeline.editions.edition import Edition, Facts, read_wording
    from pipeline.editions.missing import reword_missing
    from pipeline.hanzi import convert_document
    from pipeline.hanzi.compare import compare_scripts
    from pipeline.schedule.metadata import complete_metadata, with_own_date

    text = read_master(master)
    doc, said = open_master(master, recovered.written(book.source) if recovered else None)
    said += complete_metadata(doc, book)
    lang = book.settings.book.lang or ast.meta_text(doc, "lang")
    conversion = convert_document(doc, script, book.settings.hanzi, lang, book.settings.folder, text)
    findings = [
        *said,
        *conversion.findings,
        *compare_scripts(doc, conversion.doc, script, book.settings.hanzi, text),
    ]
    if "translation" in book.settings.editions.parallel and not translations(book):
        said_so = "there is no master in another language (master.en.md) for the parallel edition. Add one beside the source."
        findings.append(Finding("H83", said_so))
    wording = read_wording(script, book.settings.folder)
    # The comparison comes first: what follows changes the converted document itself.
    final = reword_missing(conversion.doc, wording["missing_note"])
    facts = Facts(
        source=book.source.name,
        form=recovered.form if recovered else "",
        edits=recovered.edits if recovered else 0,
        findings=len(recovered.findings) if recovered else 0,
        lang=ast.meta_text(doc, "lang"),
    )
    settings = _in_script(_for_document(with_own_date(book.settings, doc), final), script, lang)
    taken = dict.fromkeys(recovered.pictures, book.out) if recovered else {}
    edition = Edition(final, script, conversion.lang, settings, wording, facts, master=text, taken=taken)
    return edition, len(conversion.choices), findings


def _for_document(settings: Settings, doc: pf.Doc) -> Settings:
    """The settings with "auto" decided: a book's chapters begin on new pages, an article's sections run on.

    Who wants chapters on right-hand pages wants them on new ones.
    """
    from pipeline.document import ast

    page, book = settings.page, ast.is_book(doc)
    decided = {"chapter_break": book or page.recto, "half_title": book}
    chosen = {key: value for key, value in decided.items() if getattr(page, key) == "auto"}
    return replace(settings, page=replace(page, **chosen))  # type: ignore[arg-type]


def _in_script(settings: Settings, script: Script, lang: str) -> Settings:
    """The settings with what a reader sees of book.toml (publisher, place, series …) in the edition's script."""
    from pipeline.hanzi import convert_text

    shown: dict[str, Any] = {
        key: convert_text(value, script, settings.hanzi, lang).text
        for key in ("publisher", "place", "series", "rights", "description")
        if (value := getattr(settings.book, key))
    }
    return replace(settings, book=replace(settings.book, **shown))


def parallels(book: Book, scripts: Sequence[Script]) -> list[str]:
    """The parallel editions that the settings ask for: ``zh-Hant+zh-Hans``, ``zh-Hant+en`` …"""
    wanted = book.settings.editions.parallel
    out = [f"{HANT}+{HANS}"] if "scripts" in wanted else []
    if "translation" in wanted:
        out += [f"{script}+{lang}" for script in scripts for lang in translations(book)]
    return out


def translations(book: Book) -> dict[str, Path]:
    """The masters in other languages beside the source, by language: ``master.en.md``, ``NAME.master.en.md``."""
    folder = book.source.parent
    found = sorted([*folder.glob("master.*.md"), *folder.glob(f"{book.source.stem}.master.*.md")])
    return {p.name.split(".")[-2]: p for p in found if p.name not in (RECOVERED, BASE)}


def _make_parallel(
    book: Book, master: Path, what: str, recovered: Recovered | None
) -> tuple[Edition, int, list[Finding]]:
    """The edition with two texts side by side: the two scripts, or a script and a translation."""
    from pipeline.document.parallel import set_side_by_side
    from pipeline.document.parallel.notes import side_numbers

    first, second = what.split("+")
    left, choices, findings = make_edition(book, master, first, recovered)
    if second in (HANT, HANS):
        right, more, found = make_edition(book, master, second, recovered)
        other, lang = right.doc, right.lang
    else:
        paths = translations(book)
        if second not in paths:
            raise MasterError(
                f"there is no master.{second}.md beside it for the parallel edition.", str(master)
            )
        lang, more = second, 0
        other, found = open_master(paths[second])
    beside = translations(book)[second].name if second in translations(book) else second
    both = set_side_by_side(
        left.doc,
        other,
        (left.lang, lang),
        names=(master.name if beside != second else first, beside),
        repeat=book.settings.editions.parallel_layout == "pages",
    )
    # Two sides cannot count anew on every page together: there they count by chapter.
    numbers = side_numbers(both.doc, left.settings.notes.numbering != "book")
    edition = replace(left, doc=both.doc, numbers=tuple(numbers), languages=(left.lang, lang))
    return edition, choices + more, list(dict.fromkeys([*findings, *found, *both.findings]))


def _write(
    book: Book, edition: Edition, what: str, formats: Sequence[Format], seconds: dict[str, float]
) -> tuple[int, list[Finding]]:
    """Writes the files, then reads them back; the PDF's pages and the findings."""
    from pipeline.editions.docx import make_docx
    from pipeline.editions.epub import make_epub
    from pipeline.editions.pdf import make_pdf

    paths = {f: book.out / n for f, n in zip(formats, file_names(book, what, formats), strict=True)}
    findings: list[Finding] = []
    pages = 0
    starts: Sequence[PageStart] = ()
    if "pdf" in paths or ("epub" in paths and edition.settings.epub.pages == "pdf"):
        # Without a PDF to make, one is laid out all the same: the e-book's page list follows it.
        unwanted = book.out / f".{what}.pages.pdf"
        pdf = _timed(seconds, "pdf", lambda: make_pdf(edition, paths.get("pdf", unwanted)))
        unwanted.unlink(missing_ok=True)
        pages, starts = pdf.pages, pdf.page_starts
        findings += pdf.findings
    if "epub" in paths:
        findings += _timed(seconds, "epub", lambda: make_epub(edition, paths["epub"], starts)).findings
    if "docx" in paths:
        findings += _timed(seconds, "docx", lambda: make_docx(edition, paths["docx"])).findings
    findings += _timed(seconds, "proof", lambda: prove(edition, paths))
    return pages, findings


def expected_facts(edition: Edition) -> EditionFacts:
    """What every format of this edition must say."""
    from pipeline.editions.labels import label
    from pipeline.proof.master import read_facts

    facts = read_facts(edition.doc, edition.settings.notes)
    if edition.numbers:
        style = edition.settings.notes.style
        notes = [replace(f, label=label(n, style)) for f, n in zip(facts.notes, edition.numbers, strict=True)]
        facts = replace(facts, notes=notes)
    return facts


def prove(edition: Edition, files: dict[Format, Path]) -> list[Finding]:
    """Reads the finished editions back, compares them with the document (promise 4), checks their form."""
    from pipeline.proof.compare import compare_editions
    from pipeline.proof.conformance import check_epub
    from pipeline.proof.docx_conformance import check_docx
    from pipeline.proof.readers import read_edition

    facts = {str(name): read_edition(path) for name, path in files.items()}
    if (
        "epub" in facts and edition.settings.epub.pages != "pdf"
    ):  # its page list follows the source, not the PDF
        facts["epub"] = replace(facts["epub"], pages=[])
    if "pdf" in facts and edition.languages:
        facts["pdf"] = replace(facts["pdf"], is_in_order=False)
    breaches = check_epub(files["epub"]) if "epub" in files else []
    breaches += check_docx(files["docx"]) if "docx" in files else []
    return [*compare_editions(expected_facts(edition), facts), *breaches]


def _timed(seconds: dict[str, float], name: str, work: Callable[[], T]) -> T:
    begun = time.perf_counter()
    done = work()
    seconds[name] = time.perf_counter() - begun
    return done
