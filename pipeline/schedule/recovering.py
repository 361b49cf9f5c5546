"""The first step of a book, ``recover``: source → master, ledger, findings.

It runs in whatever process the schedule gives it, writes whole files only, and returns a small value.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.document.findings import as_data
from pipeline.document.manuscript import Finding, Manuscript
from pipeline.errors import SourceError
from pipeline.files import digest, digest_file, write_whole
from pipeline.schedule.books import Book
from pipeline.schedule.corrections import MASTER, RECOVERED, drop_recovered, keep_recovered
from pipeline.schedule.results import Recovered

LEDGER, FINDINGS = "ledger.jsonl", "findings.json"
NO_MASTER = "is no master, which is text in Markdown. Run «fanjian recover» on a source, and publish the master that it makes."


def recover_book(book: Book, corrected: Path | None, base: str = "") -> Recovered:
    """Source → ``master.md``, ``ledger.jsonl`` in ``book.out``. Raises ``SourceError``.

    With a ``corrected`` master that one is published; what recovery makes of the source is written
    beside it and never over a person's work. ``base`` is the digest of what recovery made when the correction began.
    """
    from pipeline.document.master import write_master
    from pipeline.readers import read_source
    from pipeline.recovery import ledger, recover

    begun = time.perf_counter()
    source = read_source(book.source, book.settings.book.form)
    manuscript = recover(source.text, source.form, book.settings.recover, book.settings.book.lang)
    edits = ledger.edits(manuscript)
    text = write_master(manuscript, _missing_note(book, manuscript.lang))
    corrected, base = _write_masters(book.out, text, corrected, base)
    for name, picture in source.pictures:
        write_whole(book.out / name, picture)
    write_whole(book.out / LEDGER, ledger.write_ledger(manuscript))
    _check_accounts(manuscript, book.source)
    return Recovered(
        master=str(book.out / MASTER),
        corrected=str(corrected) if corrected else "",
        base=base,
        overtaken=base != "" and base != digest_file(book.out / RECOVERED),
        form=source.form,
        lang=manuscript.lang,
        encoding=source.encoding,
        edits=len(edits),
        edits_by_rule=dict(sorted(Counter(e.rule for e in edits).items())),
        first_edits={e.rule: [e.before, e.after, e.why] for e in reversed(edits)},
        findings=[*source.findings, *_news(manuscript, set(book.settings.notes.missing))],
        pictures={name: digest(picture) for name, picture in source.pictures},
        is_clean=manuscript.passthrough,
        slug=book.slug,
        source=str(book.source.resolve()),
        folder=str(book.settings.folder.resolve()),
        seconds=time.perf_counter() - begun,
    )


def _missing_note(book: Book, lang: str) -> str:
    """What stands in the master for a note's body that is missing, in the document's script."""
    from pipeline.editions.edition import read_wording

    script = "zh-Hans" if lang.startswith("zh-Hans") else "zh-Hant"
    return read_wording(script, book.settings.folder)["missing_note"]


def _write_masters(
    folder: Path, recovered: str, corrected: Path | None, base: str
) -> tuple[Path | None, str]:
    """Writes the master to publish, and beside a corrected one what recovery made.

    Goes out: the corrected master, where there still is one, and the digest of what the correction began with.
    """
    own = folder / MASTER
    if corrected == own and corrected.read_bytes() == recovered.encode("utf-8"):
        corrected = None  # an interrupted run wrote it, and had no time to note that
    if corrected != own:
        write_whole(own, corrected.read_bytes() if corrected else recovered)
    if corrected is not None:
        return corrected, keep_recovered(folder, recovered, base)
    if base:  # a correction that the source has caught up with
        drop_recovered(folder)
    return None, ""


def _news(manuscript: Manuscript, known: set[str]) -> Iterator[Finding]:
    """The findings with their places; a missing note that book.toml lists under [notes] missing is no news."""
    from pipeline.recovery import ledger

    for finding in ledger.placed(manuscript, manuscript.findings):
        is_missing = finding.rule.startswith("N") and "no body" in finding.message
        if not (is_missing and known & set(finding.message.replace(":", " ").split())):
            yield finding


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
        is_text = b"\0" not in e.object
        said = "is not UTF-8. Save the master as UTF-8." if is_text else NO_MASTER
        raise SourceError(said, str(path)) from e


def write_findings(book: Book, findings: Sequence[Finding]) -> None:
    """Writes ``findings.json``: every finding, in order, each kind once with all its places; a span is the list of its two ends."""
    write_whole(
        book.out / FINDINGS,
        json.dumps([as_data(f) for f in findings], ensure_ascii=False, indent=1) + "\n",
    )
