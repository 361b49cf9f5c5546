"""A page dump as a whole: what is recovered, and that every character is accounted for."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document.manuscript import Block, BlockKind, Manuscript
from pipeline.document.traced import PieceKind
from pipeline.recovery import recover
from pipeline.recovery.ledger import account

TEXT = "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑到石階上去數那些露出來的木樁"


def wrap(text: str, width: int = 30, indent: int = 2, left: int = 0) -> list[str]:
    """Lines of ``width`` characters, the first indented."""
    out = []
    first = "\N{IDEOGRAPHIC SPACE}" * indent
    while text:
        room = width - len(first)
        out.append("\N{IDEOGRAPHIC SPACE}" * left + first + text[:room])
        text, first = text[room:], ""
    return out


def page(paragraphs: list[str], notes: Sequence[str] = (), rule: bool = False) -> str:
    lines = [line for p in paragraphs for line in wrap(p)]
    if notes:
        lines.append(" " * 54 if rule else "")
    return "\n".join([*lines, *(line for n in notes for line in wrap(n, 36, 0))])


def dump(text: str) -> Manuscript:
    manuscript = recover(text, "page-dump")
    assert account(manuscript) == []
    return manuscript


def shown(block: Block) -> str:
    """The block's text with its calls as ``[n]``."""
    return "".join(
        f"[{p.text}]" if p.kind is PieceKind.CALL else "" if p.kind is PieceKind.PAGE else p.text
        for p in block.content.pieces
    )


def texts(manuscript: Manuscript, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [shown(b) for b in manuscript.blocks if b.kind is kind]


def notes(manuscript: Manuscript) -> dict[str, str]:
    return {n.label: "".join(shown(b) for b in n.blocks) for n in manuscript.notes}


def test_notes_at_the_foot_of_pages_and_a_note_that_goes_on_overleaf() -> None:
    first = page(
        [f"{TEXT}。1{TEXT}，這是真的。2", f"{TEXT}。"],
        [
            "1 王某，《河道考》，頁12。",
            "2 李某以為木樁是後來才有的，不過他也承認，閘口本來就在橋的東邊，並且引了《",
        ],
        rule=True,
    )
    second = "\n".join(
        [*wrap(f"{TEXT[:20]}。31980年以後，{TEXT}。"), " " * 112, "縣志》為證。", " " * 54, "3 同上，頁15。"]
    )
    manuscript = dump(f"{first}\n\f{second}\n")
    assert notes(manuscript) == {
        "1": "王某，《河道考》，頁12。",
        "2": "李某以為木樁是後來才有的，不過他也承認，閘口本來就在橋的東邊，並且引了《縣志》為證。",
        "3": "同上，頁15。",
    }
    assert texts(manuscript) == [
        f"{TEXT}。[1]{TEXT}，這是真的。[2]",
        f"{TEXT}。",
        f"{TEXT[:20]}。[3]1980年以後，{TEXT}。",
    ]
    assert manuscript.findings == ()


def unruled(note: str, lines: Sequence[str], width: int = 36) -> Manuscript:
    """Two pages without rules: the first ends with ``note``, the second has ``lines`` above note 3; notes have ``width``."""
    body = [line for n in (1, 2) for line in wrap(f"{TEXT}。{n}")]
    bodies = ["1 王某，《河道考》，頁12。", *wrap(f"2 {note}", width, 0)]
    foot = ["3 李某，《橋志》，頁15。", *wrap(f"4 {TEXT}。", width, 0)]
    behind = [*wrap(f"{TEXT[:20]}，{TEXT}。3"), *wrap(f"{TEXT}，{TEXT}。4")]
    return dump("\n".join([*body, *bodies, f"\f{behind[0]}", *behind[1:], *lines, *foot, f"\f{TEXT}。"]))


def test_the_rest_of_a_note_closes_the_mark_that_the_note_left_open() -> None:
    manuscript = unruled(f"{TEXT[:26]}，見王某，《橋與", ["路》，頁8。"])
    assert notes(manuscript)["2"] == f"{TEXT[:26]}，見王某，《橋與路》，頁8。"
    manuscript = unruled(f"{TEXT[:26]}，見王某，《橋與", [f"路》（{TEXT[:32]}：", "平湖），頁8。"])
    assert notes(manuscript)["2"] == f"{TEXT[:26]}，見王某，《橋與路》（{TEXT[:32]}：平湖），頁8。"


def test_a_full_line_of_the_text_that_breaks_off_is_no_rest_of_a_note() -> None:
    text = f"{TEXT}，{TEXT}"[:88]
    manuscript = unruled(f"{TEXT[:26]}，簡稱平湖書局", wrap(text))
    assert notes(manuscript)["2"] == f"{TEXT[:26]}，簡稱平湖書局"
    assert texts(manuscript)[-1] == f"{text}{TEXT}。"


@pytest.mark.parametrize("rest", [f"{TEXT}，{TEXT[:20]}。", f"{TEXT}{TEXT}，{TEXT[:20]}。"])
def test_lines_as_wide_as_those_of_the_notes_go_on_with_a_note_that_had_come_to_an_end(rest: str) -> None:
    manuscript = unruled(f"{TEXT}。", wrap(rest, 36, 0))
    assert notes(manuscript)["2"] == f"{TEXT}。{rest}"
    assert texts(manuscript)[-2] == f"{TEXT}，{TEXT}。[4]"


def test_wide_lines_above_notes_that_are_hardly_set_smaller_are_the_texts() -> None:
    manuscript = unruled(f"{TEXT}。", wrap(f"{TEXT}，{TEXT[:30]}。", 32, 0), width=33)
    assert notes(manuscript)["2"] == f"{TEXT}。"


def test_a_line_with_many_calls_is_no_wide_line_of_a_note() -> None:
    text = f"{TEXT}，{TEXT}"[:87] + "。"
    manuscript = unruled(f"{TEXT}。", [line.replace("，", "，7", 2) for line in wrap(text)])
    assert notes(manuscript)["2"] == f"{TEXT}。"


def test_numbering_that_starts_again_on_every_page_runs_on() -> None:
    pages = [
        page([f"{TEXT}①。{TEXT}②。"], ["① 王某，《河道考》，頁12。", "② 同上。"]),
        page([f"{TEXT}①。"], ["① 李某，《橋志》，頁3。"]),
    ]
    manuscript = dump("\n\f".join(pages))
    assert list(notes(manuscript)) == ["1", "2", "3"]
    assert texts(manuscript)[1] == f"{TEXT}[3]。"


def test_calls_whose_bodies_the_source_lacks() -> None:
    ends = ["在左岸", "在右岸", "在橋下", "在閘口", "在渡頭"]
    text = "\n".join(line for n, end in enumerate(ends, 1) for line in wrap(f"{TEXT}{end}{n}。{TEXT}。"))
    manuscript = dump(text)
    assert [n.missing for n in manuscript.notes] == [True] * 5
    assert [f.rule for f in manuscript.findings] == ["N10"] * 5


def test_a_body_without_a_call_is_said() -> None:
    text = page(
        [f"{TEXT}。1{TEXT}。3"], ["1 王某，《河道考》，頁12。", "2 李某，《橋志》，頁3。", "3 同上，頁4。"]
    )
    manuscript = dump(text)
    assert [f.message.split(".")[0] for f in manuscript.findings if f.rule == "N11"] == [
        "note 2 has a body and no call in the text"
    ]


def test_a_number_that_stands_again_inside_its_note_is_said() -> None:
    text = page(
        [f"{TEXT}。1{TEXT}。2"], ["1 王某，《河道考》，頁12。1另見《橋志》。", "2 李某，《橋志》，頁3。"]
    )
    assert [f.rule for f in dump(text).findings] == ["N14"]


@pytest.mark.parametrize("sign", [".", ""])
def test_a_list_that_nothing_calls_is_no_notes(sign: str) -> None:
    """It becomes a list where Markdown knows its numbers; else its lines keep them."""
    entries = [f"{n}{sign} {text}" for n, text in enumerate(("修橋", "開閘", "數樁"), 1)]
    lines = [
        *wrap(f"{TEXT}，分為三項："),
        *entries,
        *wrap(f"{TEXT}。第二年共有3人，用了2天。"),
    ]
    manuscript = dump("\n".join(lines))
    assert manuscript.notes == ()
    markers = [b.marker for b in manuscript.blocks if b.kind is BlockKind.ITEM]
    assert markers == (["1.", "2.", "3."] if sign else [])
    assert texts(manuscript, BlockKind.LINE) == ([] if sign else entries)


def test_an_outline_inside_the_text_keeps_its_numbers_and_levels() -> None:
    entries = ["1. 第一章 緒論", "I. 動機", "II. 方法", "2. 第二章 碼頭", "I. 石橋", "II. 河燈", "3. 結論"]
    lines = [*wrap(f"{TEXT}，各章如下："), *entries, *wrap(f"{TEXT}。")]
    found = [(b.level, shown) for b in dump("\n".join(lines)).blocks if (shown := b.content.text) in entries]
    assert found == [(int(text[0] == "I"), text) for text in entries]


def test_notes_above_a_table_end_with_its_caption() -> None:
    lines = [
        f"{TEXT[:28]}。1",
        "1 王某，《河道考》，頁12。",
        "2 李某，《橋志》，頁3。",
        "表（一）各縣碼頭數目",
        "縣名",
        "平湖2",
        "三處",
        "海門",
        "七處",
    ]
    manuscript = dump("\n".join(wrap(f"{TEXT}。")) + "\n\f" + "\n".join(lines))
    assert notes(manuscript) == {"1": "王某，《河道考》，頁12。", "2": "李某，《橋志》，頁3。"}
    assert texts(manuscript, BlockKind.LINE)[1] == "平湖[2]"


def test_a_number_in_a_column_of_a_table_calls_no_note() -> None:
    """It would be as good a call as any, alone on its line behind a word."""
    cells = ["科目", "節數", "國文", "5", "英文", "3", "數學", "4", "珠算", "3", "公民", "2"]
    text = [f"{TEXT}。1{TEXT}。2{TEXT}。3", "表一 每週節數", *cells, f"{TEXT}。4{TEXT}。5"]
    manuscript = dump(page(text, [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 6)]))
    told = [
        b for b in manuscript.blocks if any(p.kind is PieceKind.CALL for t in b.texts() for p in t.pieces)
    ]
    assert [b.kind for b in told] == [BlockKind.PARAGRAPH] * 2
    assert shown(told[1]) == f"{TEXT}。[4]{TEXT}。[5]"


def test_a_call_on_a_line_of_its_own_hangs_on_the_cell_before_it() -> None:
    lines = [f"{TEXT[:28]}。1", "表（一）各縣碼頭數目", "縣名", "平湖", "2", "三處", "海門", "七處"]
    lines += ["二、橋梁", *wrap(f"{TEXT}，{TEXT}。3"), " " * 54]
    lines += ["1 王某，《河道考》，頁12。", "2 李某，《橋志》，頁3。", "3 同上，頁4。"]
    manuscript = dump("\n".join(wrap(f"{TEXT}。")) + "\n\f" + "\n".join(lines))
    assert texts(manuscript, BlockKind.LINE) == ["縣名", "平湖[2]", "三處", "海門", "七處"]


def test_a_star_on_the_author() -> None:
    text = "\n".join(
        [
            "河道與城市",
            "陳小明*",
            "",
            *wrap(f"{TEXT}。1{TEXT}。"),
            "",
            "* 作者為歷史系教授。",
            "1 王某，《河道考》，頁12。",
        ]
    )
    manuscript = dump(f"{text}\n\f{page([TEXT + '。2'], ['2 同上。'])}")
    assert notes(manuscript)["*"] == "作者為歷史系教授。"
    front = manuscript.fronts[0]
    assert front.title.text == "河道與城市"
    assert front.authors[0].visible() == "陳小明"
    assert front.authors[0].pieces[-1].kind is PieceKind.CALL


def test_quotations_headings_and_paragraphs_by_their_layout() -> None:
    lines = [
        "一、橋與路",
        *wrap(f"{TEXT}，船夫說："),
        *wrap(f"{TEXT}，{TEXT}。", 24, 0, 3),
        *wrap(f"{TEXT}。"),
        "二、碼頭",
        *wrap(f"{TEXT}，{TEXT}。"),
    ]
    manuscript = dump("\n".join(lines))
    kinds = [block.kind.value for block in manuscript.blocks]
    assert kinds == ["heading", "paragraph", "quote", "paragraph", "heading", "paragraph"]
    assert [b.level for b in manuscript.blocks if b.kind is BlockKind.HEADING] == [1, 1]


def kinds(lines: Sequence[str]) -> list[str]:
    return [block.kind.value for block in dump("\n".join(lines)).blocks]


def test_a_quotation_may_have_a_full_stop_at_a_full_line_and_a_paragraph_of_its_indent_behind_it() -> None:
    text = wrap(f"{TEXT}，{TEXT}。")
    quote = wrap(f"{TEXT[:24]}。{TEXT[:25]}{TEXT[:8]}。", 25, 0, 2)
    behind = wrap(f"{TEXT[:27]}。{TEXT}。")
    assert kinds([*text * 3, *quote, *behind, *text]) == [*["paragraph"] * 3, "quote", *["paragraph"] * 2]


def test_lines_that_the_next_line_makes_short_are_no_quotation() -> None:
    text = wrap(f"{TEXT}，{TEXT}。")
    short = [*wrap(TEXT[:26], 28), f"「Embankment」{TEXT[:21]}", f"「Waterworks」{TEXT[:9]}。"]
    assert kinds([*text * 3, *short, *text]) == ["paragraph"] * 5


def test_a_paragraph_flush_between_blank_lines_is_a_quotation_where_all_others_are_indented() -> None:
    indented = wrap(f"{TEXT}，{TEXT}。")
    short = ["船夫說這是第一次。"]
    assert kinds([*indented * 3, "", *short, "", *indented * 3])[3] == "quote"
    flush = wrap(f"{TEXT}，{TEXT}。", indent=0)
    assert "quote" not in kinds([*indented * 3, "", *short, "", *indented * 3, "", *flush, "", *indented])


def blank_ended(*paragraphs: list[str]) -> str:
    """A page in which a paragraph's last line has a blank behind it, and each line a blank line."""
    return "".join("\n\n".join(lines) + " \n\n" for lines in paragraphs)


def test_a_lost_page_takes_only_its_own_notes() -> None:
    pages = []
    for n in range(8):
        first = 6 * n + 1
        text = "".join(f"{TEXT[: 20 + k]}。{first + k}" for k in range(6))
        pages.append(page([text], [f"{first + k} 王某，《橋志》，頁{k + 1}。" for k in range(6)], rule=True))
    kept = [*pages[:3], *pages[4:]]
    manuscript = dump("\f".join(kept))
    called = [n for n in range(1, 49) if not 19 <= n <= 24]
    assert [int(label) for label in notes(manuscript)] == called
    assert [
        int(p.text) for b in manuscript.blocks for p in b.content.pieces if p.kind is PieceKind.CALL
    ] == called


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@pytest.mark.parametrize(
    ("call", "label"),
    [("[{}]", "{} "), ("{}", "[{}] "), ("〔{}〕", "{}. "), ("（{}）", "{} "), ("^{}", "{} "), ("{}", "{}. ")],
)
@pytest.mark.parametrize("rule", [True, False], ids=["rule", "blank"])
def test_calls_may_be_written_otherwise_than_labels(call: str, label: str, rule: bool) -> None:
    def called(number: int) -> str:
        return str(number).translate(RAISED) if call == "^{}" else call.format(number)

    pages = []
    for n in range(4):
        first = 3 * n + 1
        text = "".join(f"{TEXT[: 30 + k]}。{called(first + k)}" for k in range(3))
        bodies = [f"{label.format(first + k)}王某，《橋志》，頁{k + 1}。" for k in range(3)]
        pages.append(page([text, f"{TEXT}。"], bodies, rule))
    manuscript = dump("\f".join(pages))
    assert list(notes(manuscript)) == [str(n) for n in range(1, 13)]
    assert not any(note.missing for note in manuscript.notes)
    assert [p.text for b in manuscript.blocks for p in b.content.pieces if p.kind is PieceKind.CALL] == [
        str(n) for n in range(1, 13)
    ]


def test_a_list_below_the_notes_of_a_page_is_none_of_them() -> None:
    pages = []
    for n in range(5):
        text = f"{TEXT[:40]}。{2 * n + 1}{TEXT}。{2 * n + 2}"
        pages.append(
            page([text, f"{TEXT}。"], [f"{2 * n + k}. 王某，《橋志》，頁{k}。" for k in (1, 2)], rule=True)
        )
    entries = ["表一　碼頭的職掌", "組織職權", *("1.處理碼頭收復", "2.監督船戶", "3.管理閘口") * 3]
    pages[2] += "\n" + "\n".join(entries)
    manuscript = dump("\f".join(pages))
    assert list(notes(manuscript)) == [str(n) for n in range(1, 11)]
    assert "碼頭收復" not in "".join(notes(manuscript).values())


def test_a_short_paragraph_right_below_a_heading_is_no_quotation() -> None:
    text = wrap(f"{TEXT}，{TEXT}。", indent=2)
    lost = wrap(f"{TEXT[:47]}。", 28, 0)  # its indent was lost
    parts = (text, text, text, ["第三節 結語"], lost, text, text)
    manuscript = dump(" \n\n".join(blank_ended(p) for p in parts))
    assert [b.kind.value for b in manuscript.blocks] == [*["paragraph"] * 3, "heading", *["paragraph"] * 3]


@pytest.mark.parametrize("length", [19, 29], ids=["short", "full"])
@pytest.mark.parametrize("colon", ":：")
@pytest.mark.parametrize("feed", ["", "\f"], ids=["same page", "next page"])
def test_a_quotation_that_lost_its_indent_behind_a_colon(length: int, colon: str, feed: str) -> None:
    text = wrap(f"{TEXT}，{TEXT}。")
    said = wrap(f"{TEXT}，{TEXT}"[: 28 + length] + colon)
    quote = wrap(f"{TEXT}，{TEXT[:30]}。", 27, 0)
    source = blank_ended(text, text, text, said) + feed + blank_ended(quote, text, text)
    assert [b.kind.value for b in dump(source).blocks] == [*["paragraph"] * 4, "quote", *["paragraph"] * 2]


@pytest.mark.parametrize("mark", ["{}、", "（{}）"])
def test_entries_of_a_line_each_behind_a_colon_are_a_quotation(mark: str) -> None:
    text = wrap(f"{TEXT}，{TEXT}。")
    said = wrap(f"{TEXT}，其內容如下：")
    entries = [
        "碼頭歸縣署管理。",
        "船戶每年納銀一兩？",
        "閘口由誰開啟，他說：「由船夫。」",
        "河道每年疏濬。1",
    ]
    lines = [mark.format("一二三四"[k]) + entry for k, entry in enumerate(entries)]
    apart = " \n\n"
    source = blank_ended(text, text, said) + apart + blank_ended(*([line] for line in lines)) + apart
    source += blank_ended(text) + apart + blank_ended(text, text) + " " * 54 + "\n1 王某，《河道考》，頁12。"
    kinds = [b.kind.value for b in dump(source).blocks]
    assert kinds == [*["paragraph"] * 3, *["quote"] * 4, *["paragraph"] * 3]


def test_a_quotation_of_two_lines_behind_a_colon_where_all_indents_are_lost() -> None:
    text = [line.strip() for line in wrap(f"{TEXT}，{TEXT}。")]
    said = [line.strip() for line in wrap(f"{TEXT}，船夫說：")]
    quote = wrap(f"{TEXT[:26]}，{TEXT[:9]}。", 27, 0)
    source = " \n\n".join(blank_ended(part) for part in (text, text, said, quote, text, text, text))
    assert [b.kind.value for b in dump(source).blocks] == [*["paragraph"] * 3, "quote", *["paragraph"] * 3]


def test_what_a_label_names_is_no_quotation() -> None:
    text = wrap(f"{TEXT}，{TEXT}。")
    flush = wrap(f"{TEXT}，{TEXT}。", indent=0)
    parts = (text, flush, text, ["主辦單位："], ["平湖縣商會"], text, text, text)
    assert "quote" not in [b.kind.value for b in dump(" \n\n".join(blank_ended(p) for p in parts)).blocks]


def test_entries_that_stand_apart_from_each_other_are_no_quotation() -> None:
    text = wrap(f"{TEXT}，{TEXT}。")
    said = wrap(f"{TEXT}，其內容如下：")
    entries = [["一、碼頭歸縣署管理。"], ["二、船戶每年納銀一兩。"], ["三、河道每年疏濬。"]]
    flush = wrap(f"{TEXT}，{TEXT}。", indent=0)
    source = " \n\n".join(blank_ended(part) for part in (text, text, said, *entries, flush, text, text))
    assert "quote" not in [b.kind.value for b in dump(source).blocks]


def test_blanks_that_take_a_line_beyond_the_measure_are_no_indent() -> None:
    deep = [["            " + p[:28], *wrap(p[28:], indent=0)] for p in (f"{TEXT}，{TEXT}。",) * 3]
    quote = wrap(f"{TEXT}，{TEXT[:30]}。", 27, 0)
    quote[0] = " " * 8 + quote[0]
    source = blank_ended(*deep, quote, *deep)
    assert [b.kind.value for b in dump(source).blocks] == [*["paragraph"] * 3, "quote", *["paragraph"] * 3]


def test_numbers_at_line_ends_stand_as_the_others_of_their_paragraph() -> None:
    apart = [f"河道在 {year} 年以前由縣署管理，{TEXT}。" for year in range(1881, 1889)]
    close = f"河道在1890年歸商會，1891年又歸縣署，{TEXT}1892"
    text = [line for paragraph in apart for line in wrap(paragraph)]
    manuscript = dump("\n".join([*text, *wrap(close)[:-1], wrap(close)[-1] + "\n年的事。", *text, *text]))
    assert "1892年的事。" in "".join(texts(manuscript))
    bare = [*wrap(f"{TEXT}，{TEXT[:20]}1892"), "年的事。"]
    assert "1892 年的事。" in "".join(texts(dump("\n".join([*text, *bare, *text, *text]))))


def test_latin_words_over_line_ends() -> None:
    first = "河道在秋天總是最先安靜下來，參考 The Sino-Soviet interna-"
    manuscript = dump(f"{first}\ntional Conflict 一書的第三章，Sino-\nSoviet 一詞也在那裏。")
    assert "international Conflict" in texts(manuscript)[0]
    assert "Sino-Soviet 一詞" in texts(manuscript)[0]
    manuscript = dump(f"{first[:14]}，在一次會議（Riverside Confe-\nrence）上所說的話，{TEXT}。")
    assert "Conference）" in texts(manuscript)[0]
    glued = dump(
        "河道在秋天總是最先安靜下來，這是他們使用的software-\nbased在秋天總是最先安靜，船夫說。這裏也有based一詞。"
    )
    assert "software-based" in texts(glued)[0]


def test_front_matter_in_both_languages() -> None:
    lines = [
        "河道與城市",
        "陳小明",
        "摘要",
        *wrap(f"{TEXT}。"),
        "關鍵詞：河道、城市；橋",
        "一、引言",
        *wrap(f"{TEXT}。{TEXT}。{TEXT}。"),
        *[line for _ in range(12) for line in wrap(f"{TEXT}。{TEXT}。")],
    ]
    english = [
        "The River and the City",
        "Chen, Hsiao-ming",
        "(Department of History, River University)",
        "This article asks why the stone steps of the river port were raised, and who paid for",
        "them. It finds that the county did.",
        "Keywords: river, city",
    ]
    manuscript = dump("\n".join(lines) + "\n\f" + "\n".join(english))
    own, other = manuscript.fronts
    assert (own.title.text, [a.text for a in own.authors]) == ("河道與城市", ["陳小明"])
    assert [k.text for k in own.keywords] == ["河道", "城市", "橋"]
    assert own.abstract[0].text == f"{TEXT}。"
    assert (other.lang, other.title.text) == ("en", "The River and the City")
    assert other.authors[0].text == "Chen, Hsiao-ming"
    assert other.abstract[0].text.endswith("who paid for them. It finds that the county did.")
    assert [k.text for k in other.keywords] == ["river", "city"]


def test_a_table_of_loose_lines_is_kept_line_by_line() -> None:
    lines = [
        *wrap(f"{TEXT}。"),
        "表（一）各縣碼頭數目",
        "縣名",
        "碼頭",
        "平湖",
        "三處",
        "海門",
        "七處",
        "二、碼頭",
        *wrap(f"{TEXT}。"),
    ]
    manuscript = dump("\n".join(lines))
    assert texts(manuscript, BlockKind.LINE) == ["縣名", "碼頭", "平湖", "三處", "海門", "七處"]
    assert [f.rule for f in manuscript.findings] == ["L20"]
    columns = [
        *wrap(f"{TEXT}。"),
        "表1 各縣碼頭數目",
        "縣名    碼頭",
        "平湖    三處",
        "海門    七處",
        "白沙    無",
    ]
    table = next(b for b in dump("\n".join(columns)).blocks if b.kind is BlockKind.TABLE)
    assert [[cell.text for cell in row] for row in table.rows][1:] == [
        ["平湖", "三處"],
        ["海門", "七處"],
        ["白沙", "無"],
    ]


def test_pages_are_kept_where_the_source_tells_them() -> None:
    pages = [page([f"{TEXT}。", f"{TEXT}。{TEXT}，{TEXT}。"]) + f"\n{n}" for n in range(5, 9)]
    manuscript = dump("\n\f".join(pages))
    found = [p.text for t in manuscript.texts() for p in t.pieces if p.kind is PieceKind.PAGE]
    assert found == ["5", "6", "7", "8"]
    assert [number for _, number in manuscript.pages] == found


ALPHABET = (
    "一二三中國關係的，。「」（）：；①②＊*.-—…\uf98e第章節表註 \n\n\n\f\u3000\t\r\u2028\x85"
    + string.digits
    + "abkluGV»Ж[]"
)


@settings(max_examples=150)
@given(st.text(alphabet=ALPHABET, max_size=400))
def test_garbage_is_accounted_for(text: str) -> None:
    manuscript = dump(text)
    kept = [p for t in manuscript.texts() for p in t.pieces if p.edit is None]
    assert all(text[p.span.start : p.span.end] == p.text for p in kept)
    assert account(recover(text, "plain")) == []


PARTS = st.lists(
    st.sampled_from(
        [
            f"  {TEXT[:28]}",
            TEXT[:30],
            f"{TEXT[:20]}。1 ",
            " 1 王某，《河道考》，頁12。 ",
            " 2 李某，《橋志》（北京：三聯，1998），",
            "二、橋與路 ",
            "12",
            "．155．學刊",
            "\f",
            " " * 54,
            " " + TEXT[:30],
            "",
            "",
            "",
            "表（一）碼頭",
            "大 學",
            "國",
            "The Sino-",
            "Soviet Conflict ",
        ]
    ),
    max_size=60,
)


@settings(max_examples=150)
@given(PARTS)
def test_shuffled_layouts_are_accounted_for(parts: list[str]) -> None:
    manuscript = dump("\n".join(parts))
    labels = [n.label for n in manuscript.notes]
    assert len(labels) == len(set(labels))
    words = "".join(manuscript.source_text[s.start : s.end] for s in manuscript.layout)
    assert not set(words) - set(string.digits + string.whitespace + "\N{IDEOGRAPHIC SPACE}.、，①②")


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "calls", "bodies"), [("000", 19, 0), ("001", 43, 43), ("004", 320, 320)])
def test_real_dumps_bind_all_their_notes(corpus: Path, name: str, calls: int, bodies: int) -> None:
    source = next(corpus.glob(f"{name}*.txt")).read_text(encoding="utf-8")
    manuscript = dump(source)
    found = [p.text for t in manuscript.texts() for p in t.pieces if p.kind is PieceKind.CALL]
    assert sorted(found, key=int) == [str(n) for n in range(1, calls + 1)]
    assert sum(not n.missing for n in manuscript.notes) == bodies


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("strip", "share"), [(str, 1.0), (str.strip, 0.95)], ids=["one space of a page", "nothing of a page"]
)
@pytest.mark.parametrize(("name", "notes"), [("001", 43), ("004", 320)])
def test_real_dumps_bind_all_their_notes_where_nothing_parts_lines_and_pages(
    corpus: Path, name: str, notes: int, strip: Callable[[str], str], share: float
) -> None:
    source = next(corpus.glob(f"{name}*.txt")).read_text(encoding="utf-8")
    lines = [strip(line) for line in source.split("\n") if line.strip()]
    manuscript = dump("\n".join(lines))
    found = [p.text for t in manuscript.texts() for p in t.pieces if p.kind is PieceKind.CALL]
    assert len(found) == len(set(found)) >= share * notes
    assert [n.label for n in manuscript.notes if not n.missing] == [str(n) for n in range(1, notes + 1)]
