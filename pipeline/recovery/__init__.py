"""Recovery: from a dirty text to a manuscript in which every character is accounted for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.document.manuscript import Manuscript
from pipeline.settings import RecoverSettings


def recover(text: str, form: str, settings: RecoverSettings | None = None, lang: str = "") -> Manuscript:
    """The manuscript of ``text``, which is of ``form``; ``lang`` is its language where the user says so.

    A master (``markdown``) and whatever else Pandoc reads is passed through, byte for byte.
    """
    settings = settings if settings is not None else RecoverSettings()
    from pipeline.recovery.decisions import apply_decisions

    with _uncollected():
        return apply_decisions(_recover(text, form, settings, lang), settings.decisions)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles: a recovery makes many records, keeps nearly all of them and ties none into a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # with this they count as old at once, and none of them is looked at now
            gc.unfreeze()
            gc.enable()


def _recover(text: str, form: str, settings: RecoverSettings, lang: str) -> Manuscript:
    match form:
        case "page-dump":
            from pipeline.recovery.page_dump import recover_page_dump

            return recover_page_dump(text, settings, lang)
        case "ocr-markdown":
            from pipeline.recovery.ocr_markdown import recover_ocr_markdown

            return recover_ocr_markdown(text, settings, lang)
        case "wiki-markdown":
            from pipeline.recovery.wiki_markdown import recover_wiki_markdown

            return recover_wiki_markdown(text, settings, lang)
        case "plain":
            from pipeline.recovery.plain import recover_plain

            return recover_plain(text, settings, lang)
    from pipeline.recovery.wording.script import detect_script

    return Manuscript(text, form, lang or detect_script(text), passthrough=True)
