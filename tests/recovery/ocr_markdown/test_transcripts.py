"""Transcripts that language models and rarer engines write: notes inside their sentences, dressed lines, LaTeX's tables."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.readers.detect import detect_form
from tests.recovery.ocr_markdown.papers import notes, recover, texts

# --- notes inside their sentences


@pytest.mark.parametrize(
    "mark", [("\\footnote{", "}"), ("<footnote>", "</footnote>"), ("^[", "]")], ids=["LaTeX", "tag", "Pandoc"]
)
def test_notes_told_inside_their_sentences(mark: tuple[str, str]) -> None:
    begin, end = mark
    source = (
        f"# 渡口考\n\n王明\n\n渡口早就廢了，{begin}《渡口志》，第3頁。{end}只有老船還橫在岸邊。\n\n"
        f"> 船戶改行做了腳夫。{begin}參見李文，*Boats*，第7頁。{end}\n\n孩子們不信{begin}此說亦見[甲]本。{end}。\n"
    )
    manuscript = recover(source)
    assert texts(manuscript)[-3:] == [
        "渡口早就廢了，只有老船還橫在岸邊。",
        "船戶改行做了腳夫。",
        "孩子們不信。",
    ]
    assert notes(manuscript) == {
        "1": "《渡口志》，第3頁。",
        "2": "參見李文，Boats，第7頁。",
        "3": "此說亦見[甲]本。",
    }
    if begin != "^[":  # those are Pandoc's own
        assert detect_form(source, "a.md") == "ocr-markdown"


def test_a_note_that_does_not_close_stays_text() -> None:
    manuscript = recover("# 渡口考\n\n渡口早就廢了。\\footnote{《渡口志》\n\n老船還橫在岸邊。\n")
    assert manuscript.notes == () and "footnote" in texts(manuscript)[0]


CODE = "導言區寫 \\usepackage{array}，正文裡寫「船。\\footnote{志}」便有腳註，\\newpage 便換頁， \\quad 便空一格。"


def test_commands_in_a_text_that_shows_code_stay() -> None:
    table = "\\begin{tabular}{cc}\n甲 & 乙 \\\\\n\\end{tabular}"
    manuscript = recover(f"# 手冊\n\n<sup>1</sup>\n\n{CODE}\n\n\\newpage\n\n{table}\n")
    assert [n.label for n in manuscript.notes] == ["1"]
    shown = "\n".join(texts(manuscript))
    assert all(
        command in shown for command in ("\\footnote{志}", " \\quad ", "\\newpage", "\\begin{tabular}")
    )
    assert not any(b.kind is BlockKind.TABLE for b in manuscript.blocks)


# --- dressed lines

LONG = "船戶改行做了腳夫，有的去了城裡，有的留在村裡，孩子們不信，偏要爬上船去看，看見的只有月"


def test_headings_and_quotations_in_tags() -> None:
    manuscript = recover(
        "<h1>渡口考</h1>\n\n<p>王明</p>\n\n<h2>一、老船</h2>\n\n<p>渡口早就廢了。<sup>1</sup></p>\n\n<blockquote>船戶改行。</blockquote>\n\n"
        "<blockquote>\n<p>老船還在。</p>\n</blockquote>\n\n<h3>（一）岸</h3>\n\n完。<sup>2</sup>\n\n<sup>1</sup> 《渡口志》，第3頁。\n\n<sup>2</sup> 同上。\n"
    )
    kinds = [(b.kind, b.content.visible()) for b in manuscript.blocks]
    assert kinds == [
        (BlockKind.HEADING, "一、老船"),
        (BlockKind.PARAGRAPH, "渡口早就廢了。"),
        (BlockKind.QUOTE, "船戶改行。"),
        (BlockKind.QUOTE, "老船還在。"),
        (BlockKind.HEADING, "（一）岸"),
        (BlockKind.PARAGRAPH, "完。"),
    ]
    assert manuscript.fronts[0].title.visible() == "渡口考"


def test_underlined_headings_and_rules_below_sentences() -> None:
    source = f"渡口考\n===\n\n一、老船\n---\n\n渡口<sup>1</sup>早就廢了。\n\n二、岸\n---\n\n{LONG}\n\n***\n\n<sup>1</sup> 《渡口志》，第3頁。\n"
    manuscript = recover(source)
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING][-2:] == [
        "一、老船",
        "二、岸",
    ]
    ruled = recover(
        "# 渡口考\n\n渡口早就廢了。\n---\n<sup>1</sup> 甲。\n\n老船<sup>2</sup>還在。\n---\n<sup>2</sup> 乙。\n"
    )
    assert not any(b.kind is BlockKind.HEADING for b in ruled.blocks)


def test_code_in_fences_stays_code() -> None:
    source = f"# 渡口考\n\n{LONG}<sup>1</sup>。\n\n```markdown\n# 示例\n```\n\n<sup>1</sup> 甲。\n"
    assert any("示例" in b.content.text and b.kind is BlockKind.RAW for b in recover(source).blocks)


def test_a_running_head_that_is_set_as_a_heading() -> None:
    parts = [LONG[:30], LONG[30:] + "光。" + LONG[:30], LONG[30:] + "光。"]
    source = (
        "# 渡口考略及其他\n\n## 一、老船\n\n"
        + "<sup>1</sup>\n\n---\n\n# 渡口考略及其他\n\n".join(parts)
        + "\n"
    )
    headings = [b.content.visible() for b in recover(source).blocks if b.kind is BlockKind.HEADING]
    assert headings == ["一、老船"]


def test_short_headings_of_chapters_come_again() -> None:
    chapter = f"## 小結\n\n{LONG}光。<sup>1</sup>\n\n---\n\n"
    source = "# 渡口考略及其他\n\n" + chapter * 4
    assert sum(b.kind is BlockKind.HEADING for b in recover(source).blocks) == 4


def test_the_table_of_latex() -> None:
    source = (
        "# 渡口考\n\n<sup>1</sup>\n\n\\begin{tabular}{|l|c|}\n\\hline 船 & \\multicolumn{1}{c|}{數} \\\\\n\\hline 老船 & 3 \\\\\n"
        "新船 & 1\\&2 \\\\\n\\hline\n\\end{tabular}\n"
    )
    table = next(b for b in recover(source).blocks if b.kind is BlockKind.TABLE)
    assert [[c.visible() for c in row] for row in table.rows] == [
        ["船", "數"],
        ["老船", "3"],
        ["新船", "1&2"],
    ]


def test_authors_parted_by_a_space_of_tex() -> None:
    manuscript = recover(
        "# 渡口考\n\n王明 $\\quad$ 李文<sup>1</sup>\n\n渡口早就廢了，老船還橫在岸邊。\n\n<sup>1</sup> 某大學。\n"
    )
    assert [a.visible() for a in manuscript.fronts[0].authors] == ["王明", "李文"]


# --- marks that are none


def test_raised_digits_of_tones_are_no_calls() -> None:
    source = (
        "# 說船\n\n## 一、音\n\n船音[ʂuan³⁵]，老船音[lau²¹]，¹渡口音tu⁵¹。²\n\n¹ 《方音志》，第3頁。\n\n² 同上，第4頁。\n\n"
        "岸音[an⁵¹]。³\n\n³ 同上，第5頁。\n"
    )
    assert detect_form(source, "a.md") == "ocr-markdown"
    manuscript = recover(source)
    assert list(notes(manuscript)) == ["1", "2", "3"]
    assert texts(manuscript)[1] == "船音[ʂuan³⁵]，老船音[lau²¹]，渡口音tu⁵¹。"
    assert manuscript.findings == ()


def test_a_list_in_han_numerals_is_no_note() -> None:
    source = "# 渡口考\n\n老船有三：\n\n〔一〕篷船。\n\n〔二〕舢板。\n\n〔三〕渡船。\n\n渡口<sup>1</sup>廢了。\n\n<sup>1</sup> 甲。\n"
    manuscript = recover(source)
    assert list(notes(manuscript)) == ["1"]
    assert "〔二〕舢板。" in texts(manuscript)


def test_the_author_s_star_behind_notes_by_chapter() -> None:
    source = (
        "# 渡口考\n\n王明*\n\n## 一、老船\n\n老船<sup>1</sup>還橫在岸邊。<sup>2</sup>\n\n### 註釋\n\n[1] 《渡口志》，第3頁。\n\n[2] 同上。\n\n"
        "## 二、岸\n\n岸上<sup>1</sup>有人。<sup>2</sup>\n\n### 註釋\n\n[1] 《岸志》，第4頁。\n\n[2] 同上。\n\n* 王明，某大學教授。\n"
    )
    manuscript = recover(source)
    assert notes(manuscript)["*"] == "王明，某大學教授。"
    assert [f.rule for f in manuscript.findings] == []


# --- pages


@pytest.mark.parametrize("dress", ["第{}頁", "— {} —", "$\\cdot {} \\cdot$", "<center>{}</center>"])
def test_two_page_numbers_in_their_dress(dress: str) -> None:
    source = f"# 渡口考\n\n{LONG}光。<sup>1</sup>\n\n{dress.format(155)}\n\n{LONG}光。\n\n<sup>1</sup> 甲。\n\n{dress.format(156)}\n"
    assert texts(recover(source)) == [f"{LONG}光。"] * 2


def test_numbers_of_sections_in_a_dress_stay() -> None:
    source = f"# 渡口考\n\n<sup>1</sup>\n\n— 1 —\n\n{LONG}光。\n\n— 2 —\n\n{LONG}光。\n"
    assert "— 2 —" in texts(recover(source))


def test_the_first_page_s_number_where_heads_count_on_from_it() -> None:
    source = (
        f"# 渡口考略及其他\n\n{LONG}\n\n155\n\n渡口考略及其他 | 156\n\n光。{LONG}\n\n157 | 某某學刊\n\n光。{LONG}\n\n渡口考略及其他 | 158\n\n"
        f"光。{LONG}光。<sup>1</sup>\n\n<sup>1</sup> 甲。\n"
    )
    assert texts(recover(source))[0].startswith(f"{LONG}光。")
    assert not any("155" in text for text in texts(recover(source)))


def test_endnotes_behind_fenced_pages() -> None:
    pages = "\n\n".join(
        f"```markdown\n{text}\n```"
        for text in (f"# 渡口考\n\n{LONG}", f"光。<sup>1</sup>{LONG}", "光。<sup>2</sup>")
    )
    manuscript = recover(f"{pages}\n\n## 註釋\n\n[1] 《渡口志》，第3頁。\n\n[2] 同上，第4頁。\n")
    assert texts(manuscript) == [f"{LONG}光。{LONG}光。"]
    assert list(notes(manuscript)) == ["1", "2"]


def test_paragraphs_that_only_a_line_s_end_parts() -> None:
    lines = [
        f"　　{LONG}光。{LONG}。①",
        "老船有三",
        f"　　{LONG}，{LONG}。②",
        "① 《渡口志》，第3頁。",
        "② 同上，第4頁。",
    ]
    rest = [f"　　{LONG}光，{LONG}完。", "三", f"　　{LONG}，完。", f"　　{LONG}；完。"]
    manuscript = recover("\n".join(["渡口考", *lines, *rest]) + "\n")
    assert list(notes(manuscript)) == ["1", "2"]
    assert f"{LONG}光。{LONG}。" in texts(manuscript) and "老船有三" in texts(manuscript)


def test_lines_of_a_page_s_width_are_one_paragraph() -> None:
    whole = (LONG + "光。") * 6
    lines = [whole[k : k + 36] for k in range(0, len(whole), 36)]
    assert texts(recover("# 渡口考\n" + "\n".join(lines) + "\n"))[-1].endswith(whole)


# --- fronts


def test_a_title_above_its_authors_where_no_heading_is_marked() -> None:
    source = f"某某學刊\n\n渡口考略\n\n王明、李文\n\n摘要：說渡口。\n\n關鍵詞：渡口；船\n\n{LONG}光。①\n\n① 《渡口志》，第3頁。\n"
    front = recover(source).fronts[0]
    assert front.title.visible() == "渡口考略"
    assert [a.visible() for a in front.authors] == ["王明", "李文"]


def test_an_abstract_that_goes_on_behind_the_notes_of_its_page() -> None:
    source = f"# 渡口考\n\n王明\n\n摘要：渡口早就廢了。\n\n---\n\n<sup>1</sup> 《渡口志》，第3頁。\n\n本文說其始末。\n\n關鍵詞：渡口；船\n\n## 一、岸\n\n{LONG}光。\n"
    front = recover(source).fronts[0]
    assert [a.visible() for a in front.abstract] == ["渡口早就廢了。", "本文說其始末。"]
    assert [k.visible() for k in front.keywords] == ["渡口", "船"]


@pytest.mark.parametrize(
    ("call", "body"), [("¹⁾", "¹⁾ "), ("⁽¹⁾", "⁽¹⁾ "), ("<sup>1</sup>", "腳註1："), ("【1】", "【1】")]
)
def test_bodies_in_other_dresses(call: str, body: str) -> None:
    manuscript = recover(
        f"# 渡口考\n\n## 一、岸\n\n渡口{call}早就廢了。\n\n{body}《渡口志》，第3頁。\n\n{LONG}光。\n"
    )
    assert notes(manuscript) == {"1": "《渡口志》，第3頁。"}
    assert texts(manuscript)[1] == "渡口早就廢了。"


def test_a_tag_closes_behind_the_second_paragraph_of_its_note() -> None:
    page = "渡口早就廢了，<sup>1</sup>只有一條老船還橫在岸邊，船戶都不肯{}。<sup>2</sup>"
    told = '<footnotes>\n<footnote id="1">《渡口志》，第3頁。\n\n此書有兩種刻本。</footnote>\n<footnote id="2">同上。</footnote>\n</footnotes>'
    manuscript = recover("# 渡口考\n\n" + "\n\n".join(f"{page.format(word)}\n\n{told}" for word in "賣走換"))
    assert set(notes(manuscript).values()) == {"《渡口志》，第3頁。此書有兩種刻本。", "同上。"}
    assert len(texts(manuscript)) == 3


def test_what_an_engine_calls_notes_is_the_rest_of_one() -> None:
    parts = (
        ("text", "渡口早就廢了，\\( ^{1} \\)只有一條老船還橫在岸邊，船戶都不"),
        ("footnote", "\\( ^{1} \\) 《渡口志》，第3頁。"),
        ("page_number", "3"),
        ("header", "渡口志"),
        ("text", "肯賣，孩子們也不信。"),
        ("footnote", "此書有兩種刻本。"),
        ("page_number", "4"),
    )
    source = "# 渡口考\n\n" + "\n\n".join(f"<|ref|>{kind}<|/ref|>\n{text}" for kind, text in parts)
    manuscript = recover(source)
    assert texts(manuscript) == ["渡口早就廢了，只有一條老船還橫在岸邊，船戶都不肯賣，孩子們也不信。"]
    assert notes(manuscript) == {"1": "《渡口志》，第3頁。此書有兩種刻本。"}


def test_names_of_parts_in_an_edition_stay() -> None:
    parts = ("【正文】", "渡口早就廢了。", "【注释】", "渡口在縣城西南三里。")
    assert texts(recover("# 渡口考\n\n" + "\n\n".join(parts * 3))) == list(parts * 3)


@pytest.mark.parametrize("footnote", ["[Footnote 1: {}]", "[註1：{}]"])
def test_notes_in_brackets_behind_their_label(footnote: str) -> None:
    text = footnote.format("《渡口志》，第3頁。")
    manuscript = recover(f"# 渡口考\n\n渡口[1]早就廢了。\n\n{text}\n\n{LONG}光。\n")
    assert notes(manuscript) == {"1": "《渡口志》，第3頁。"}


def test_the_points_of_numbers_may_be_escaped() -> None:
    page = "".join(f"渡口早就廢了。<sup>{n}</sup>" for n in range(1, 4))
    told = "\n".join(f"{n}\\. 王明：《渡口志》，第{n}頁。" for n in range(1, 4))
    manuscript = recover(f"# 渡口考\n\n{page}\n\n***\n\n{told}\n")
    assert notes(manuscript) == {f"{n}": f"王明：《渡口志》，第{n}頁。" for n in range(1, 4)}


def test_lines_as_printed_may_begin_with_a_call_between_carets() -> None:
    source = (
        "渡口早就廢了，只有一條老船還橫在岸邊，船戶改行做了腳夫，孩子們不信。\n^1^偏要爬上船去看，看見的只有月光。^\\*^\n\n"
        "^1^ 王明：《渡口志》，第3頁。\n\n^\\*^ 本文初稿由李文先生校讀。\n"
    )
    manuscript = recover(f"# 渡口考\n\n{source}")
    assert notes(manuscript) == {"1": "王明：《渡口志》，第3頁。", "*": "本文初稿由李文先生校讀。"}
    assert len(texts(manuscript)) == 1


def test_anchors_before_each_chunk_part_nothing() -> None:
    first = ("# 渡口考", "渡口早就廢了。¹只有一條老船還橫在岸邊，船戶都不", "¹ 王明：《渡口志》，第3頁。")
    chunks = (*first, "<!-- PAGE BREAK -->", "肯賣。²", "² 李文：《河志》，第5頁。")
    manuscript = recover("\n\n".join(f"<a id='c{k}'></a>\n\n{c}" for k, c in enumerate(chunks)))
    assert texts(manuscript) == ["渡口早就廢了。只有一條老船還橫在岸邊，船戶都不肯賣。"]
    assert notes(manuscript) == {"1": "王明：《渡口志》，第3頁。", "2": "李文：《河志》，第5頁。"}


@pytest.mark.parametrize("listed", [False, True])
def test_lists_of_plain_numbers_are_feet_where_the_document_s_are_and_they_answer_all(listed: bool) -> None:
    page = "".join(f"渡口$^{{{n}}}$早就廢了。" for n in (1, 2))
    cites = "1. 王明：《渡口志》，第3頁。\n\n2. 李文：《河志》，第5頁。\n\n---\n\n"
    last = "1. 渡口在縣城西南三里。\n\n2. 老船今年不見了" + (
        f"。\n\n3. 岸邊的樹。\n\n渡口早就廢了。\n\n{cites}" if listed else "\n"
    )
    manuscript = recover("# 渡口考\n\n" + f"{page}\n\n{cites}" * 2 + f"{page}\n\n{last}\n")
    assert ("老船今年不見了" in "".join(notes(manuscript).values())) is not listed


def test_notes_told_in_a_table_without_rows_are_told_once() -> None:
    text = "# 題\n\n河道甲[1]，河道乙[2]。\n\n<table>\n\n<footnote>[1] 王明，《河志》。</footnote>\n\n<footnote>[2] 李文。</footnote>\n</table>\n\n後文。\n"
    assert list(notes(recover(text))) == ["1", "2"]
