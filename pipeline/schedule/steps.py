"""The two steps of a book: ``recover`` (source → master) and ``publish`` (master → editions of a script).

Each runs in whatever process the schedule gives it, writes whole files only, and returns a small value.
The rooms' heavy libraries are imported when a step needs them.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.document.manuscript import Finding, Manuscript
from pipeline.errors import SourceError
from pipeline.files import write_whole
from pipeline.schedule.books import Book
from pipeline.schedule.results import Published, Recovered
from pipeline.settings import Format, Script, Settings

if TYPE_CHECKING:
    import panflute as pf

    from pipeline.editions.edition import Edition
    from pipeline.editions.pages import PageStart

T = TypeVar("T")
MASTER, LEDGER, FINDINGS, RECOVERED_MASTER = (
    "master.md",
    "ledger.jsonl",
    "findings.json",
    "master.recovered.md",
)


def recover_book(book: Book, corrected: Path | None) -> Recovered:
    """Source → ``master.md``, ``ledger.jsonl`` in ``book.out``. Raises ``SourceError``.

    With a ``corrected`` master that one is published; what recovery makes of the source is written
    beside it, as ``master.recovered.md``, and never over a person's work.
    """
    from pipeline.document.master import write_master
    from pipeline.editions.edition import read_wording
    from pipeline.readers import read_source
    from pipeline.recovery import ledger, recover

    begun = time.perf_counter()
    source = read_source(book.source, book.settings.book.form)
    manuscript = recover(source.text, source.form, book.settings.recover, book.settings.book.lang)
    script = "zh-Hans" if manuscript.lang.startswith("zh-Hans") else "zh-Hant"
    wording = read_wording(script, book.settings.folder)
    known = set(book.settings.notes.missing)
    findings = [
        *source.findings,
        *(f for f in ledger.placed(manuscript, manuscript.findings) if not _is_known(f, known)),
    ]
    edits = ledger.edits(manuscript)
    own = book.out / MASTER
    if corrected is None or corrected != own:
        write_whole(
            own, corrected.read_bytes() if corrected else write_master(manuscript, wording["missing_note"])
        )
    if corrected is not None:
        write_whole(book.out / RECOVERED_MASTER, write_master(manuscript, wording["missing_note"]))
    write_whole(book.out / LEDGER, ledger.write_ledger(manuscript))
    _check_accounts(manuscript, book.source)
    return Recovered(
        master=str(own),
        corrected=corrected is not None,
        form=source.form,
        lang=manuscript.lang,
        encoding=source.encoding,
        edits=len(edits),
        edits_by_rule=dict(sorted(Counter(e.rule for e in edits).items())),
        findings=findings,
        folder=str(book.settings.folder),
        seconds=time.perf_counter() - begun,
    )


def _is_known(finding: Finding, known: set[str]) -> bool:
    """A missing note that book.toml lists under [notes] missing is no news."""
    return (
        finding.rule.startswith("N")
        and "no body" in finding.message
        and bool(known & set(finding.message.replace(":", " ").split()))
    )


def _check_accounts(manuscript: Manuscript, source: Path) -> None:
    """Promise 1 holds for every book, or the book fails."""
    from pipeline.recovery import ledger

    if wrong := ledger.account(manuscript):
        raise SourceError(
            f"{len(wrong)} characters or spans are not accounted for (first: {wrong[0]}). This is a fault of Fanjian: please report it.",
            str(source),
        )


def read_master(path: Path) -> str:
    """A master's text. Raises ``SourceError`` when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except OSError as e:
        raise SourceError(f"cannot be read ({e.strerror}).", str(path)) from e
    except UnicodeDecodeError as e:
        raise SourceError("is not UTF-8. Save the master as UTF-8.", str(path)) from e


def publish_script(
    book: Book, master: Path, script: Script, formats: Sequence[Format], recovered: Recovered | None
) -> Published:
    """Master → editions of one script in ``book.out``. Raises ``MasterError`` or ``EditionError``."""
    from pipeline.document import ast, check

    begun = time.perf_counter()
    text = read_master(master)
    doc = ast.read_document(text, str(master))
    findings = list(check.check_notes(text))
    edition, choices, more = make_edition(book, doc, script, recovered)
    findings += more
    seconds = {"convert": time.perf_counter() - begun}
    files, pages, found = _write_editions(book, edition, formats, seconds)
    findings += found
    notes = ast.notes(edition.doc)
    return Published(
        script=script,
        title=edition.title,
        authors=edition.authors,
        lang=edition.lang,
        files=files,
        pages=pages,
        notes=len(notes),
        missing=sum(map(ast.is_missing, notes)),
        headings=sum(1 for e in edition.doc.content if e.tag == "Header"),
        choices=choices,
        findings=findings,
        seconds=seconds,
    )


def make_edition(
    book: Book, doc: pf.Doc, script: Script, recovered: Recovered | None
) -> tuple[Edition, int, list[Finding]]:
    """The edition of ``doc`` in ``script``, how many choices the conversion made, and its findings."""
    from pipeline.document import ast
    from pipeline.document.languages import mark_languages
    from pipeline.editions.edition import Edition, Facts, read_wording
    from pipeline.editions.missing import reword_missing
    from pipeline.hanzi import convert_document
    from pipeline.hanzi.compare import compare_scripts
    from pipeline.schedule.metadata import complete_metadata

    settings = book.settings
    doc = complete_metadata(doc, book)
    lang = settings.book.lang or ast.meta_text(doc, "lang")
    conversion = convert_document(doc, script, settings.hanzi, lang)
    wording = read_wording(script, settings.folder)
    findings = [*conversion.findings, *compare_scripts(doc, conversion.doc, script)]
    final = mark_languages(reword_missing(conversion.doc, wording["missing_note"]))
    facts = Facts(
        source=book.source.name,
        form=recovered.form if recovered else "",
        edits=recovered.edits if recovered else 0,
        findings=len(recovered.findings) if recovered else 0,
    )
    return (
        Edition(final, script, conversion.lang, settings, wording, facts),
        len(conversion.choices),
        findings,
    )


def file_names(book: Book, script: Script, formats: Sequence[Format]) -> list[str]:
    """The names of a script's editions."""
    return [f"{book.slug}.{script}.{name}" for name in formats]


def _write_editions(
    book: Book, edition: Edition, formats: Sequence[Format], seconds: dict[str, float]
) -> tuple[list[str], int, list[Finding]]:
    """Writes the files, then reads them back; their names, the PDF's pages, the findings."""
    from pipeline.editions.docx import make_docx
    from pipeline.editions.epub import make_epub
    from pipeline.editions.pdf import make_pdf

    def path(name: Format) -> Path:
        return book.out / f"{book.slug}.{edition.script}.{name}"

    findings: list[Finding] = []
    pages = 0
    starts: Sequence[PageStart] = ()
    book.out.mkdir(parents=True, exist_ok=True)
    if "pdf" in formats or ("epub" in formats and edition.settings.epub.pages == "pdf"):
        pdf = _timed(
            seconds,
            "pdf",
            lambda: make_pdf(edition, path("pdf") if "pdf" in formats else book.out / ".pages.pdf"),
        )
        if "pdf" not in formats:
            (book.out / ".pages.pdf").unlink(missing_ok=True)  # laid out only to know its pages
        pages, starts = pdf.pages, pdf.page_starts
        findings += pdf.findings
    if "epub" in formats:
        findings += _timed(seconds, "epub", lambda: make_epub(edition, path("epub"), starts)).findings
    if "docx" in formats:
        findings += _timed(seconds, "docx", lambda: make_docx(edition, path("docx"))).findings
    findings += _timed(seconds, "proof", lambda: prove(edition, {name: path(name) for name in formats}))
    return file_names(book, edition.script, formats), pages, findings


def prove(edition: Edition, files: dict[Format, Path]) -> list[Finding]:
    """Reads the finished editions back and compares them with the document (promise 4)."""
    from pipeline.proof.compare import compare_editions
    from pipeline.proof.facts import EditionFacts
    from pipeline.proof.master import read_facts
    from pipeline.proof.readers import read_edition

    facts: dict[str, EditionFacts] = {name: read_edition(path) for name, path in files.items()}
    return compare_editions(read_facts(edition.doc, edition.settings.notes), facts)


def _timed(seconds: dict[str, float], name: str, work: Callable[[], T]) -> T:
    begun = time.perf_counter()
    done = work()
    seconds[name] = time.perf_counter() - begun
    return done


def write_findings(book: Book, findings: Sequence[Finding]) -> None:
    """Writes ``findings.json``: every finding once, in order."""
    unique = list(dict.fromkeys(findings))
    write_whole(
        book.out / FINDINGS,
        json.dumps([_finding(f) for f in unique], ensure_ascii=False, indent=1) + "\n",
    )


def _finding(finding: Finding) -> dict[str, object]:
    data = asdict(replace(finding, span=None))
    span = finding.span
    data["span"] = [span.start, span.end] if span else None
    return data
