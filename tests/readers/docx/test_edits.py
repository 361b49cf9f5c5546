"""What an editor does in Word, and what of it stands in the master afterwards: that, and nothing else."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.document import word
from pipeline.document.ast import read_document
from pipeline.editions.docx import make_docx
from pipeline.editions.edition import Edition, read_wording
from pipeline.readers.docx import read_docx
from pipeline.settings import Settings
from tests.readers.docx.editing import EDITS, delete_tracked
from tests.readers.docx.edits import (
    DOCUMENT,
    FOOTNOTES,
    NEW,
    Trees,
    add_noise,
    add_paragraph,
    change,
    han_places,
    retype,
    runs,
    split_run,
    text_of,
)
from tests.readers.docx.masters import masters
from tests.readers.docx.test_read import BRIEFLY, said, to_word
from tests.readers.docx.word_files import p, word_file


def made(master: str, folder: Path, enclosed: bool = True) -> bytes:
    Image.new("RGB", (80, 40), "#446688").save(folder / "field.png")
    lang = "zh-Hans-CN" if "zh-Hans-CN" in master else "zh-Hant-TW"
    return to_word(master, folder, lang, enclosed).read_bytes()


def read(content: bytes, folder: Path) -> str:
    return read_docx(folder / "edited.docx", content).text


def check_noise(master: str, folder: Path, rng: random.Random) -> None:
    """Whatever Word remembers about the typing says nothing, with the enclosed master or without."""
    content = made(master, folder)
    assert read(change(content, lambda trees: add_noise(trees, rng)), folder) == master
    content = made(master, folder, enclosed=False)
    before = read(content, folder)
    assert read(change(content, lambda trees: add_noise(trees, rng)), folder) == before


def check_retyping(master: str, folder: Path, rng: random.Random, tracked: bool) -> None:
    """One character that was retyped is the only one that differs."""
    old = []

    def edit(trees: Trees) -> None:
        _, run, at = rng.choice(list(han_places(trees)))
        old.append((text_of(run).text or "")[at])
        retype(run, at, NEW, tracked)

    content = made(master, folder)
    text = read(change(content, edit), folder)
    assert text.count(NEW) == 1
    assert text.replace(NEW, old[0]) == master or "{.missing}" in master


@settings(max_examples=2, phases=BRIEFLY)
@given(masters(), st.integers(0, 999))
def test_what_word_remembers_says_nothing(
    tmp_path_factory: pytest.TempPathFactory, master: str, seed: int
) -> None:
    check_noise(master, tmp_path_factory.mktemp("noise"), random.Random(seed))


@settings(max_examples=3, phases=BRIEFLY)
@given(masters(), st.integers(0, 999), st.booleans())
def test_a_character_that_was_retyped_is_all_that_differs(
    tmp_path_factory: pytest.TempPathFactory, master: str, seed: int, tracked: bool
) -> None:
    check_retyping(master, tmp_path_factory.mktemp("typed"), random.Random(seed), tracked)


@pytest.mark.sweep
@settings(max_examples=150, phases=BRIEFLY)
@given(masters(6, 14), st.integers(0, 9999))
def test_many_edits(tmp_path_factory: pytest.TempPathFactory, master: str, seed: int) -> None:
    rng = random.Random(seed)
    check_noise(master, tmp_path_factory.mktemp("noise"), rng)
    check_retyping(master, tmp_path_factory.mktemp("typed"), rng, tracked=bool(seed % 2))


HEAD = "---\ntitle: 渡口\nlang: zh-Hant-TW\nrights: 無\n---\n\n"


def retyped(part: str, old: str, new: str) -> Callable[[Trees], None]:
    """An edit: the text of the one run that says ``old``."""

    def edit(trees: Trees) -> None:
        (run,) = [r for r in runs(trees[part]) if text_of(r).text == old]
        text_of(run).text = new

    return edit


@pytest.mark.parametrize("enclosed", [True, False])
def test_a_note_that_was_missing_is_what_somebody_wrote(tmp_path: Path, enclosed: bool) -> None:
    master = f"{HEAD}一[^1]，二[^2]。\n\n[^1]: [原註闕]{{.missing}}\n\n[^2]: [原註闕]{{.missing}}\n"
    content = made(master, tmp_path, enclosed)

    def edit(trees: Trees) -> None:
        run = [r for r in runs(trees[FOOTNOTES]) if text_of(r).text == "原註闕"][1]
        text_of(run).text = "見《堤志》。"

    text = read(change(content, edit), tmp_path)
    assert "[^1]: [原註闕]{.missing}" in text
    assert "[^2]: 見《堤志》。" in text


@pytest.mark.parametrize("enclosed", [True, False])
def test_the_caption_of_a_table_in_a_note_is_the_editors(tmp_path: Path, enclosed: bool) -> None:
    master = (
        f"{HEAD}文[^1]。\n\n[^1]: 註：\n\n    | 甲 | 乙 |\n    |---|---|\n    | 一 | 二 |\n\n    : 表　舊題\n"
    )
    content = made(master, tmp_path, enclosed)
    text = read(change(content, retyped(FOOTNOTES, "表　舊題", "表　新題")), tmp_path)
    assert text.split("---\n")[-1] == master.replace("舊", "新").split("---\n")[-1]


def test_a_changed_paragraph_keeps_its_page_starts_and_the_spelling_of_formulas(tmp_path: Path) -> None:
    master = f'{HEAD}甲：\n\n1. _文_[]{{.page n="12"}}續，$x^2$。\n\n   ~~~ python\n   x = 1\n   ~~~\n'
    content = made(master, tmp_path)
    text = read(change(content, retyped(DOCUMENT, "續，", "再續，")), tmp_path)
    assert text == master.replace("續，", "再續，")


def test_a_new_paragraph_changes_nothing_else(tmp_path: Path) -> None:
    master = f"{HEAD}- 甲\n\n  > 引\n\n- 乙\n\n末段。\n"

    def edit(trees: Trees) -> None:
        (body,) = word.find(trees[DOCUMENT], "w:body")
        (last,) = [x for x in word.find(body, "w:p") if "末段" in "".join(map(str, x.itertext()))]
        add_paragraph(body, last, "新段。")

    text = read(change(made(master, tmp_path), edit), tmp_path)
    assert text == master.replace("末段。", "新段。\n\n末段。")


EMPTY = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


def test_numbering_that_shows_nothing_leaves_no_trace() -> None:
    """A heading and a loose paragraph that go on with no item."""
    empty = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    content = word_file(
        p("緒論", style="1", properties=empty), p("散段。", properties=empty), p("末。"), numbering=EMPTY
    )
    assert read_docx(Path("a.docx"), content).text.split("---\n")[-1].strip() == "# 緒論\n\n散段。\n\n末。"


@pytest.mark.parametrize("enclosed", [True, False])
@pytest.mark.parametrize(
    "body",
    [
        "- 甲\n\n    乙\n\n    - 內\n\n        內二\n\n- 丙",
        "1. 文\n\n   > 引\n\n   後\n\n2. 文",
        "> - 甲\n> - 乙\n>\n>   續\n>\n> 引末",
        "- 甲\n\n  ```\n  code\n\n  more\n  ```\n\n- 乙",
        "1. 式\n\n   $$x$$\n\n2. 後",
        "甲\n:   一\n:   二\n\n    續\n\n乙\n:   三",
        "(a) 甲\n(b) 乙\n\n    i.  內\n",
    ],
)
def test_lists_come_back_with_all_that_they_hold(tmp_path: Path, body: str, enclosed: bool) -> None:
    master = f"{HEAD}{body.rstrip()}\n"
    text = read(made(master, tmp_path, enclosed), tmp_path)
    assert said(text) == said(master)
    assert not enclosed or text == master


def as_libreoffice(content: bytes) -> bytes:
    """What LibreOffice writes otherwise: bold heads, runs cut at every change of script, bullets of blanks as Symbol's,
    one style for all words of a link, bookmarks of calls that end before the call."""

    def edit(trees: Trees) -> None:
        for run in word.find(trees[DOCUMENT], ".//w:tr[1]//w:r"):
            if word.find(run, "w:t"):
                word.put(word.properties(run, "w:rPr"), word.make("w:b"), word.RPR_ORDER)
        for run in word.find(trees[DOCUMENT], ".//w:r"):
            style = word.value(word.first(run, "w:rPr/w:rStyle"))
            if style == "VerbatimChar" and " = " in (text_of(run).text or ""):
                split_run(run, (text_of(run).text or "").index(" = ") + 1)
        for mark in word.find(trees[DOCUMENT], ".//w:bookmarkStart"):
            if word.value(mark, "w:name").startswith(word.PAGE_BOOKMARK):
                mark.set(word.qualified("w:name"), word.value(mark, "w:name") + "_Copy_1")
            if word.value(mark, "w:name").startswith(word.NOTE_BOOKMARK):
                mark.addnext(next(e for e in mark.itersiblings() if word.local(e) == "bookmarkEnd"))
        for style in word.find(trees[DOCUMENT], ".//w:hyperlink/w:r/w:rPr/w:rStyle"):
            style.set(word.qualified("w:val"), "Hyperlink")

    content = change(content, edit)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/numbering.xml":
                assert b'w:lvlText w:val=" "' in data
                data = data.replace(b'w:lvlText w:val=" "', 'w:lvlText w:val="\uf020"'.encode())
            new.writestr(name, data)
    return out.getvalue()


def test_what_libreoffice_writes_otherwise_says_the_same(tmp_path: Path) -> None:
    master = (
        f'{HEAD}- 甲\n\n  續[]{{.page n="12"}}段。\n\n- 乙\n\n```\nx = 1\n```\n\n| 一[^1] | **二** |\n|---|---|\n| 三 | 四 |\n\n'
        "[^1]: 註。\n"
    )
    link = '[木[砲]{.variant zh-hans="炮"}臺](https://example.org/a)'
    linked = master.replace("- 乙", f"- 乙{link}[^3]，{link}[^2]").replace(
        "[^1]:", "[^2]: 註。\n\n[^3]: 註。\n\n[^1]:"
    )
    assert read(as_libreoffice(made(linked, tmp_path)), tmp_path) == linked
    bare = read(as_libreoffice(made(master, tmp_path, enclosed=False)), tmp_path)
    assert said(bare) == said(master)
    assert '續[]{.page n="12"}段。' in bare and "| 一[^1] | **二** |" in bare


def test_marks_that_conversion_changed_stay_as_they_were_typed(tmp_path: Path) -> None:
    """In a paragraph that an editor changed elsewhere."""
    body = '- 甲--乙，他說"好"。\n- 丙...丁，續。\n'
    master = HEAD + body
    converted = body.replace("--", "——").replace('"好"', "「好」").replace("...", "……")
    doc = read_document(HEAD + converted, "case")
    edition = Edition(
        doc, "zh-Hant", "zh-Hant-TW", Settings(folder=tmp_path), read_wording("zh-Hant"), master=master
    )
    make_docx(edition, tmp_path / "made.docx")
    content = change(
        (tmp_path / "made.docx").read_bytes(), retyped(DOCUMENT, "丙……丁，續。", "丙……丁，再續。")
    )
    assert read(content, tmp_path) == master.replace("續", "再續")


EVERYTHING = f"""{HEAD}秋水退的時候，_老渡口_露出石樁[^walk]。
船家把纜繩繞了*三圈*，**又**繞一圈。

第二段說帳冊的雨量[^b]。

## 岸

第三段說堤。

1.  甲項的話。

2.  乙項的話。

> 引文一段。

| 名   | 高   |
|:-----|-----:|
| 東堤 | 三丈 |

: 表　堤高

| 詩行一
| 詩行二

# 末

第四段說船。

第五段說岸。

[^walk]: 同文。

[^b]: 同文。
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(EVERYTHING, tmp_path_factory.mktemp("everything"))


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_is_all_that_differs(everything: bytes, tmp_path: Path, kind: str) -> None:
    check_edit(EVERYTHING, everything, tmp_path, kind, random.Random(kind), needed=True)


def check_edit(
    master: str, content: bytes, folder: Path, kind: str, rng: random.Random, needed: bool = False
) -> None:
    """One kind of edit shows in the master, and nothing else does."""
    said: list[str | None] = []
    edited = change(content, lambda trees: said.append(EDITS[kind].make(trees, rng)))
    if said[0] is None:
        assert not needed
        return
    text = read(edited, folder)
    assert EDITS[kind].judge(master, text, said[0]), text


@pytest.mark.sweep
@settings(max_examples=40, phases=BRIEFLY)
@given(masters(6, 14), st.integers(0, 9999))
def test_every_kind_of_edit(tmp_path_factory: pytest.TempPathFactory, master: str, seed: int) -> None:
    folder = tmp_path_factory.mktemp("edited")
    content = made(master, folder)
    for kind in EDITS:
        check_edit(master, content, folder, kind, random.Random(f"{seed} {kind}"))


def test_notes_that_say_the_same_are_known_by_their_calls(tmp_path: Path) -> None:
    """Their bodies stand in another order than their calls, and one paragraph goes before the other."""
    master = f"{HEAD}甲[^2]，乙[^1]。\n\n丙[^x]。\n\n[^1]: 同文。\n\n[^x]: 同文。\n\n[^2]: 同文。\n"

    def edit(trees: Trees) -> None:
        first, second = [
            x
            for x in word.find(trees[DOCUMENT], "w:body/w:p")
            if word.first(x, ".//w:footnoteReference") is not None
        ]
        second.addnext(first)

    text = read(change(made(master, tmp_path), edit), tmp_path)
    assert text == master.replace("甲[^2]，乙[^1]。\n\n丙[^x]。", "丙[^x]。\n\n甲[^2]，乙[^1]。")


def test_undecided_changes_are_said(everything: bytes, tmp_path: Path) -> None:
    content = change(
        everything, lambda trees: EDITS["paragraph taken out, tracked"].make(trees, random.Random(1))
    )
    assert "W20" in [f.rule for f in read_docx(tmp_path / "edited.docx", content).findings]


def test_a_figure_stays_one_behind_a_paragraph_that_was_taken_out(tmp_path: Path) -> None:
    """What is left of the paragraph, a page's start and an empty link, goes with it."""
    master = f'{HEAD}甲。\n\n文[]{{.page n="12"}}、[乙](https://example.org/a)。\n\n![圖](field.png)\n'
    content = made(master, tmp_path)

    def edit(trees: Trees) -> None:
        (paragraph,) = [x for x in word.find(trees[DOCUMENT], "w:body/w:p") if word.find(x, "w:hyperlink")]
        delete_tracked(paragraph)

    text = read(change(content, edit), tmp_path)
    assert text == f"{HEAD}甲。\n\n![圖](field.png)\n"


@pytest.mark.parametrize(
    "picture", ["![圖[^1]](gone.png){#fig}", "甲![圖](gone.png)乙，[^1]見[彼](#x)[]{#x}。"]
)
def test_a_picture_that_could_not_be_had_stays_in_the_master(tmp_path: Path, picture: str) -> None:
    master = f"{HEAD}甲。\n\n{picture}\n\n[^1]: 圖注。\n"
    assert read(made(master, tmp_path), tmp_path) == master


def test_a_figure_that_is_linked_to_comes_back_under_its_name(tmp_path: Path) -> None:
    body = "見[圖](#fig)。\n\n![圖一](field.png){#fig}\n"
    for enclosed in (True, False):
        assert read(made(HEAD + body, tmp_path, enclosed), tmp_path).endswith(f"---\n\n{body}")


def test_notes_in_the_text_itself_stay_there(tmp_path: Path) -> None:
    """Their paragraph changed, they are notes as Fanjian spells them."""
    master = f"{HEAD}甲^[行內注。]乙[^1]。\n\n丙^[又一條。]丁。\n\n[^1]: 注。\n"
    content = made(master, tmp_path)
    assert read(content, tmp_path) == master

    def edit(trees: Trees) -> None:
        (run,) = [t for t in word.find(trees[DOCUMENT], ".//w:t") if t.text == "丁。"]
        run.text = "戊。"

    text = read(change(content, edit), tmp_path)
    assert text.startswith(f"{HEAD}甲^[行內注。]乙[^1]。\n\n丙[^2]戊。\n\n[^1]: 注。\n")
    assert text.endswith("[^2]: 又一條。\n")


def test_a_table_in_an_item_stays_there(tmp_path: Path) -> None:
    master = f"{HEAD}1.  甲\n2.  乙\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n\n3.  丙\n"
    assert read(made(master, tmp_path), tmp_path) == master
