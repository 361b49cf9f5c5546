"""The sample books: whole as books, true to their forms, and recovered as a careful editor would.

What such an editor would recover from the rough ones stands in ``cases/samples/*.json``: title, author,
headings with levels, paragraphs, quotations, list items, and every note by its label.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import panflute as pf
import pytest

from pipeline.document import ast
from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.document.parallel import set_side_by_side
from pipeline.readers.detect import detect_form
from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from pipeline.settings import Settings, load_settings

SOURCES = Path(__file__).parents[1] / "sources"
CASES = Path(__file__).parent / "cases" / "samples"
BOOKS = sorted(p.parent.name for p in SOURCES.glob("*/book.toml"))
ROUGH = sorted(p.stem for p in CASES.glob("*.json"))
MASTERS = [SOURCES / "city-water" / "master.md", *sorted((SOURCES / "city-water-bilingual").glob("*.md"))]
HAN = re.compile(r"[\u3400-\u9fff]")


def settings_of(book: str) -> Settings:
    return load_settings(SOURCES / book / "book.toml")


def source_of(book: str) -> str:
    return (SOURCES / book / settings_of(book).book.source).read_text(encoding="utf-8")


def gold_of(book: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((CASES / f"{book}.json").read_text(encoding="utf-8"))
    return gold


@cache
def recovered(book: str) -> Manuscript:
    settings = settings_of(book)
    return recover(source_of(book), settings.book.form, settings.recover, settings.book.lang)


def bare(text: str) -> str:
    """The text without calls, emphasis marks and white space: what must be the same, letter for letter."""
    return re.sub(r"\[\^\d+\]|[*\s]", "", text)


def blocks(manuscript: Manuscript, kind: BlockKind) -> list[str]:
    return [bare(b.content.visible()) for b in manuscript.blocks if b.kind is kind]


def note_texts(manuscript: Manuscript) -> dict[str, str]:
    return {note.label: bare("".join(b.content.visible() for b in note.blocks)) for note in manuscript.notes}


# --- the books themselves ---------------------------------------------------------------------------


@pytest.mark.parametrize("book", BOOKS)
def test_a_sample_has_complete_settings(book: str) -> None:
    settings = settings_of(book)
    assert (SOURCES / book / settings.book.source).is_file()
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", settings.book.date), "without a date no two builds are the same"
    assert settings.book.form
    assert settings.book.lang.startswith("zh-Hant")
    assert (SOURCES / book / "book.toml").read_text(encoding="utf-8").startswith("# ")


def test_the_samples_show_every_form_and_different_pages() -> None:
    all_settings = [settings_of(book) for book in BOOKS]
    assert {s.book.form for s in all_settings} == {"page-dump", "ocr-markdown", "wiki-markdown", "markdown"}
    assert len({s.page.trim for s in all_settings}) >= 5
    assert {s.notes.numbering for s in all_settings} == {"book", "chapter", "page"}
    assert any(s.epub.embed_fonts for s in all_settings)


@pytest.mark.parametrize("book", [b for b in BOOKS if b != "city-water-bilingual"])
def test_a_sample_is_long_enough(book: str) -> None:
    assert len(HAN.findall(unicodedata.normalize("NFC", source_of(book)))) >= 3000
    if book in ROUGH:
        assert gold_of(book)["note_count"] >= 15


@pytest.mark.parametrize("book", ROUGH)
def test_the_gold_of_a_sample_is_consistent(book: str) -> None:
    gold = gold_of(book)
    text = "\n".join([*gold["paragraphs"], *gold["quotes"], *gold.get("items", [])])
    labels = [str(n) for n in range(1, gold["note_count"] + 1)]
    assert list(gold["notes"]) == labels
    calls = set(re.findall(r"\[\^(\d+)\]", text)) | ({"1"} if book == "kyakhta-tea" else set())  # on the name
    assert calls == set(labels)
    assert len(gold["paragraphs"]) == gold["paragraph_count"]


@pytest.mark.parametrize("path", MASTERS, ids=lambda p: p.name)
def test_a_clean_sample_is_a_good_master(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    doc = ast.read_document(text, path.name)
    defined = re.findall(r"(?m)^\[\^(\d+)\]:", text)
    assert len([n for b in doc.content for n in ast.notes_in(b)]) == len(defined) == len(set(defined))
    assert recover(text, "markdown").passthrough


def test_the_clean_book_holds_every_kind_of_block() -> None:
    doc = ast.read_document(source_of("city-water"), "master.md")
    seen: dict[str, int] = {}
    doc.walk(lambda e, _: seen.__setitem__(e.tag, seen.get(e.tag, 0) + 1))
    assert {"Table", "Figure", "LineBlock", "BlockQuote", "DefinitionList", "OrderedList", "Emph"} <= set(
        seen
    )
    levels = [b.level for b in doc.content if isinstance(b, pf.Header)]
    assert set(levels) == {1, 2, 3}
    assert levels.count(1) >= 4
    assert (SOURCES / "city-water" / "levels.svg").is_file()


def test_the_translation_pairs_block_for_block() -> None:
    left, right = (
        ast.read_document((SOURCES / "city-water-bilingual" / name).read_text(encoding="utf-8"), name)
        for name in ("master.md", "master.en.md")
    )
    assert set_side_by_side(left, right, ("zh-Hant-TW", "en")).findings == []


@pytest.mark.corpus
def test_no_sample_repeats_the_corpus(corpus: Path) -> None:
    def runs(path: Path) -> set[str]:
        text = "".join(HAN.findall(unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))))
        return {text[i : i + 12] for i in range(len(text) - 11)}

    known = set().union(*(runs(p) for p in corpus.glob("*.txt")))
    for book in BOOKS:
        assert not runs(SOURCES / book / settings_of(book).book.source) & known, book


# --- what recovery makes of them --------------------------------------------------------------------


@pytest.mark.parametrize("book", ROUGH)
def test_every_character_of_a_sample_is_accounted_for(book: str) -> None:
    assert account(recovered(book)) == []


@pytest.mark.parametrize("book", ROUGH)
def test_title_and_author_are_recovered(book: str) -> None:
    gold, fronts = gold_of(book), recovered(book).fronts
    assert bare(fronts[0].title.visible()) == bare(gold["title"])
    assert [bare(a.visible()) for a in fronts[0].authors] == (
        [bare(gold["author"])] if gold["author"] else []
    )
    if "abstract" in gold:
        assert bare("".join(p.visible() for p in fronts[0].abstract)) == bare(gold["abstract"])
        assert [bare(k.visible()) for k in fronts[0].keywords] == gold["keywords"]
    if "title_en" in gold:
        english = next(f for f in fronts if f.lang.startswith("en"))
        assert bare(english.title.visible()) == bare(gold["title_en"])
        assert bare("".join(p.visible() for p in english.abstract)) == bare(gold["abstract_en"])


@pytest.mark.parametrize("book", ROUGH)
def test_headings_are_recovered_with_their_levels(book: str) -> None:
    found = [
        [b.level, bare(b.content.visible())] for b in recovered(book).blocks if b.kind is BlockKind.HEADING
    ]
    assert found == [[level, bare(text)] for level, text in gold_of(book)["headings"]]


@pytest.mark.parametrize("book", ROUGH)
def test_notes_are_recovered_by_label(book: str) -> None:
    gold, manuscript = gold_of(book), recovered(book)
    assert note_texts(manuscript) == {label: bare(text) for label, text in gold["notes"].items()}
    assert {n.label for n in manuscript.notes if n.missing} == set(gold.get("missing", []))


@pytest.mark.parametrize("book", ROUGH)
def test_paragraphs_are_recovered(book: str) -> None:
    gold, found = [bare(p) for p in gold_of(book)["paragraphs"]], blocks(recovered(book), BlockKind.PARAGRAPH)
    diff = [line for line in difflib.unified_diff(gold, found, lineterm="", n=0) if line[0] in "+-"]
    assert not diff, "\n".join(diff)


@pytest.mark.parametrize("book", ROUGH)
def test_words_stand_apart_as_they_should(book: str) -> None:
    """The spaces too: joined lines neither glue Latin words together nor leave holes in Han text."""

    def spaced(text: str) -> str:
        return re.sub(r"\s+", " ", re.sub(r"\[\^\d+\]|\*", "", text)).strip()

    gold, manuscript = gold_of(book), recovered(book)
    kept = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.PARAGRAPH]
    assert [spaced(p) for p in kept] == [spaced(p) for p in gold["paragraphs"]]
    bodies = {n.label: " ".join(b.content.visible() for b in n.blocks) for n in manuscript.notes}
    assert {k: spaced(v) for k, v in bodies.items()} == {k: spaced(v) for k, v in gold["notes"].items()}


@pytest.mark.parametrize("book", ROUGH)
def test_quotations_and_items_are_recovered(book: str) -> None:
    gold, manuscript = gold_of(book), recovered(book)
    assert blocks(manuscript, BlockKind.QUOTE) == [bare(q) for q in gold["quotes"]]
    assert blocks(manuscript, BlockKind.ITEM) == [bare(i) for i in gold.get("items", [])]


@pytest.mark.parametrize("book", ROUGH)
def test_a_sample_needs_no_settings(book: str) -> None:
    """A path alone is enough: form and rules are found without book.toml."""
    source = SOURCES / book / settings_of(book).book.source
    text = source.read_text(encoding="utf-8")
    form = detect_form(text, source.name)
    alone, told = recover(text, form), recovered(book)
    assert form == settings_of(book).book.form
    assert [b.content.visible() for b in alone.blocks] == [b.content.visible() for b in told.blocks]
    assert note_texts(alone) == note_texts(told)
