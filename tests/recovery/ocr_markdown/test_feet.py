"""Notes at the feet of recognised pages: every way to call them, to tell them, and to set them off."""

from __future__ import annotations

import pytest

from pipeline.readers.detect import detect_form
from pipeline.recovery.ocr_markdown import recover_ocr_markdown
from pipeline.settings import RecoverSettings
from tests.recovery.ocr_markdown.papers import recover, texts

PAGES = (
    ("渡口早就廢了{0}，只有老船還橫在岸邊{1}。船戶改行做了腳夫，有的去了城裡，在碼頭上扛", "王明：《渡口志》，第3頁。", "同上書，第5頁。"),
    ("包，有的留在村裡{0}。孩子們不信，偏要爬上船去看{1}。他們看見的只有月光，月光底下是磨得發", "此說不確，船戶都還在。", "參見李文《村史》，第12頁。"),
    ("亮的船舷{0}。後來鐵路來了，誰也不再記得渡口。", "《河東縣志》卷三，第9頁。"),
)  # fmt: skip
NOTES = [note for _, *notes in PAGES for note in notes]
CALLS = {
    "[1]": "[{n}]", "〔1〕": "〔{n}〕", "①": "{c}", "<sup>1</sup>": "<sup>{n}</sup>", "<sup>[1]</sup>": "<sup>[{n}]</sup>",
    "$^{1}$": "$^{{{n}}}$", "${ }^{[1]}$": "${{ }}^{{[{n}]}}$", "TeX's ①": "$\\textcircled{{{n}}}$",
    "<sup>①</sup>": "<sup>{c}</sup>", "¹": "{r}", "[^1]": "[^{n}]",
}  # fmt: skip
BODIES = ("", "{n} ", "[{n}] ", "({n}) ")  # empty: as the call
FEET = {"rules": ("---\n\n", "---\n\n"), "nothing": ("", ""), "page numbers": ("", "{p}\n\n")}


def mark(form: str, n: int) -> str:
    return form.format(n=n, c="①②③④⑤"[n - 1], r="¹²³⁴⁵"[n - 1])


def written(call: str, body: str, end: str, foot: str, restarts: bool) -> str:
    out, n = "# 渡口考\n\n## 一、船\n\n", 0
    above, below = FEET[foot]
    for page, (text, *notes) in enumerate(PAGES):
        n = 0 if restarts else n
        numbers = range(n + 1, n + len(notes) + 1)
        n += len(notes)
        out += text.format(*(mark(call, k) for k in numbers)) + "\n\n" + above
        bodies = (mark(body, k) + note for k, note in zip(numbers, notes, strict=True))
        out += end.join(bodies) + "\n\n" + below.format(p=page + 57)
    return out


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("call", CALLS)
def test_notes_of_every_page_are_bound_and_paragraphs_whole(call: str, restarts: bool) -> None:
    own = CALLS[call] + (": " if call == "[^1]" else " ")
    for body in BODIES:
        for end in ("\n\n",) if body else ("\n\n", "  \n", "", " "):  # apart, in lines, run together
            for foot in FEET:
                source = written(CALLS[call], body or own, end, foot, restarts)
                manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
                notes = ["".join(b.content.visible() for b in n.blocks) for n in manuscript.notes]
                assert (notes, len(manuscript.blocks)) == (NOTES, 2), (body, end, foot)


@pytest.mark.parametrize("form", ["({n})", "{n}."])
@pytest.mark.parametrize("second", ["", "縣志裡沒有這條渡口。\n\n"])
def test_a_page_s_text_may_end_in_a_colon_above_its_notes(form: str, second: str) -> None:
    pages = "".join(
        f"渡口早就廢了<sup>{form.format(n=1)}</sup>，村裡的人<sup>{form.format(n=2)}</sup>在碑上刻了幾句話，說：\n\n"
        f"{form.format(n=1)} 王明：《渡口志》，第{page}頁。\n\n{second}{form.format(n=2)} 《河志》，第{page}頁。\n\n"
        f"> 船去人空，水流依舊，{page}年不聞櫓聲。\n\n"
        for page in range(1, 5)
    )
    manuscript = recover_ocr_markdown("# 渡口考\n\n" + pages, RecoverSettings(), "zh-Hant")
    assert [len(note.blocks) for note in manuscript.notes] == [2 if second else 1, 1] * 4


def test_a_first_body_below_a_colon_is_one_where_those_behind_it_cite() -> None:
    pages = "".join(
        f"渡口早就廢了①，村裡的人②在碑上刻了幾句話，說：\n\n① 碑有{n}尺。\n\n縣志裡沒有這條渡口。\n\n② 《河志》，第{n}頁。\n\n"
        f"> 船去人空，水流依舊，{n}年不聞櫓聲。\n\n"
        for n in range(1, 5)
    )
    manuscript = recover_ocr_markdown("# 渡口考\n\n" + pages, RecoverSettings(), "zh-Hant")
    assert [len(note.blocks) for note in manuscript.notes] == [2, 1] * 4


@pytest.mark.parametrize(("call", "last"), [("¹²³⁴⁵", 15), ("$^{1}$ $^{2}$ $^{3}$ $^{4}$ $^{5}$", 15)])
def test_a_foot_of_plain_numbers_below_a_colon_of_which_one_cites(call: str, last: int) -> None:
    calls = call.split() if " " in call else list(call)
    page = "渡口早就廢了" + "，老船還在".join(calls)
    cited = f"{page}。\n\n" + "".join(f"{n}. 王明：《渡口志》，第3頁。\n\n" for n in range(1, 6))
    told = ("碑高四尺。", "《河志》，第9頁。", "名單見附錄。", "人已不在。", "此碑今存。")
    foot = "\n\n".join(f"{n}. {text}" for n, text in enumerate(told, 1))
    source = f"# 渡口考\n\n{cited}{cited}{page}，碑上說：\n\n{foot}\n\n船去人空，水流依舊。\n"
    assert len(read(source)[1]) == last
    listed = "\n\n".join(f"{n}. 第{n}條船。" for n in range(1, 4))  # an author's list above the foot stays
    assert len(read(source.replace("碑上說：", f"有三條船：\n\n{listed}\n\n碑上說："))[1]) <= last


@pytest.mark.parametrize("is_page", [True, False])
def test_bodies_that_cite_little_answer_all_that_a_page_calls(is_page: bool) -> None:
    cited = "渡口早就廢了" + "，老船還在".join("¹²³⁴⁵") + "。\n\n"
    cited += "".join(f"{n}. 王明：《渡口志》，第3頁。\n\n" for n in range(1, 6)) + "---\n\n"
    called = "".join(f"船戶{c}走了{m}。" for c, m in zip("甲乙丙丁", "¹²³⁴", strict=True))
    told = "\n\n".join(f"{n}. 船戶{c}的話。" for n, c in enumerate("甲乙丙丁", 1))
    end = "\n\n---\n\n" if is_page else "\n\n村裡的人也走了。\n\n"
    source = f"# 渡口考\n\n{cited * 2}{called}\n\n{told}{end}渡口早就廢了。"
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    assert len([note for note in manuscript.notes if note.blocks]) == (14 if is_page else 10)


@pytest.mark.parametrize(
    ("names", "bodies"),
    [
        ("王明*　李文**", ("* ", "** ")),
        ("王明\\*\n\n李文\\*\\*", ("\\* ", "\\*\\* ")),
        ("王明<sup>*</sup>\n\n李文<sup>**</sup>", ("<sup>*</sup> ", "<sup>**</sup> ")),
        ("王明[\\*](#page-0-0)\n\n李文[\\*\\*](#page-0-1)", ('<span id="page-0-0"></span>\\*', "\\*\\*")),
        ("王明$^{*}$\n\n李文$^{**}$", ("*", "**")),
    ],
)
def test_the_stars_of_two_authors(names: str, bodies: tuple[str, str]) -> None:
    foot = f"{bodies[0]}王明，海東大學教授。\n\n{bodies[1]}李文，海東大學講師。\n\n<sup>1</sup> 《河志》，第3頁。"
    source = f"# 渡口考\n\n{names}\n\n渡口早就廢了。<sup>1</sup>孩子們不信，偏要爬上船去看\n\n{foot}\n\n月光。**這是**要緊的。\n"
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    told = {n.label: n.blocks[0].content.visible() for n in manuscript.notes}
    assert told == {"1": "《河志》，第3頁。", "*": "王明，海東大學教授。", "**": "李文，海東大學講師。"}
    assert manuscript.findings == ()


def test_bold_lines_are_no_bodies_of_a_starred_author() -> None:
    source = "# 渡口考\n\n王明<sup>**</sup>\n\n**關鍵詞**：渡口\n\n渡口早就廢了。\n\n---\n\n**一、渡船**\n\n船戶改行做了腳夫。\n"
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    assert not [n for n in manuscript.notes if not n.missing]


def test_quoted_bodies_that_name_the_place_and_year_of_a_book() -> None:
    foot = "\n\n".join(
        f"> [{n}] John Ferry, The River of East (Boston: Northgate, 19{n}1), {n}2-{n}4." for n in range(1, 5)
    )
    text = "".join(f"渡口早就廢了，船戶改行做了腳夫。[{n}]" for n in range(1, 5))
    manuscript = recover_ocr_markdown(
        f"# 渡口考\n\n{text}\n\n{foot}\n\n他們都走了。\n", RecoverSettings(), "zh-Hant"
    )
    assert [n.label for n in manuscript.notes] == ["1", "2", "3", "4"] and manuscript.findings == ()


def test_a_plain_first_body_of_two_paragraphs_that_cites_nothing() -> None:
    source = (
        "# 渡口考\n\n渡口早就廢了。<sup>1</sup>船戶改行做了腳夫。<sup>2</sup>孩子們不信。<sup>3</sup>\n\n他們都走了。\n\n"
        "1 王明致李文，光緒三年。\n\n信的後半部分還說到鹽價。\n\n2 《河志》，第3頁。\n\n3 同上。\n"
    )
    told = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant").notes
    assert [len(n.blocks) for n in told] == [2, 1, 1]


def test_plain_digits_at_a_foot_below_the_sources_are_notes() -> None:
    feet = "".join(
        f"渡口<sup>{n}</sup>早就廢了。\n\n---\n\n{n} 王明：《渡口志》，第{n}頁。\n\n" for n in range(1, 4)
    )
    sources = "## 參考文獻\n\n李文，2001，《河志》，城南書局。\n\n趙四，1998，《船考》，城南書局。"
    manuscript = recover_ocr_markdown(
        f"# 渡口考\n\n{feet}老船<sup>4</sup>也爛了。\n\n{sources}\n\n---\n\n4 同上。\n",
        RecoverSettings(),
        "zh-Hant",
    )
    assert {n.label: n.blocks[0].content.visible() for n in manuscript.notes}["4"] == "同上。"
    listed = [f"{n} 李{name}，2001，《河志》，城南書局。" for n, name in enumerate("甲乙丙丁戊", 1)]
    listed.insert(3, "---")  # where the list's page ends
    manuscript = recover_ocr_markdown(
        f"# 渡口考\n\n{feet}老船也爛了。\n\n## 參考文獻\n\n" + "\n\n".join(listed),
        RecoverSettings(),
        "zh-Hant",
    )
    assert [n.label for n in manuscript.notes] == ["1", "2", "3"]


def read(source: str) -> tuple[list[str], list[tuple[str, str]]]:
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    notes = [(n.label, "／".join(b.content.visible() for b in n.blocks)) for n in manuscript.notes]
    return [b.content.visible() for b in manuscript.blocks], notes


@pytest.mark.parametrize("first", ["24位船戶之中，兩位是女子。", "日誌今在河東。", "5 冊，另有抄本。"])
def test_plain_bodies_may_begin_with_a_number_or_with_what_may_be_a_unit(first: str) -> None:
    _, notes = read(
        f"# 渡口考\n\n渡口早就廢了$^{{1}}$，船也壞了$^{{2}}$。\n\n1 {first}\n\n2 王明：《渡口志》，第3頁。\n"
    )
    assert notes == [("1", first), ("2", "王明：《渡口志》，第3頁。")]


@pytest.mark.parametrize(("call", "mark"), [("[*]", "[*] "), ("\\({}^{*}\\)", "Footnote *: ")])
def test_an_author_s_star_in_brackets_or_named(call: str, mark: str) -> None:
    source = f"# 渡口考\n\n王明{call}\n\n渡口早就廢了[1]，船也壞了。\n\n{mark}作者謝謝船戶。\n\n[1] 《渡口志》，第3頁。\n"
    assert read(source)[1] == [("1", "《渡口志》，第3頁。"), ("*", "作者謝謝船戶。")]


def test_bodies_that_a_tag_breaks_apart() -> None:
    source = (
        "# 渡口考\n\n渡口早就廢了<sup>①</sup>，船也壞了<sup>②</sup>。\n\n"
        "&emsp;&emsp;<sup>①</sup>王明：《渡口志》，第3頁。<br>&emsp;&emsp;<sup>②</sup>此說不確：①船還在；②船戶也在。\n"
    )
    assert read(source)[1] == [("1", "王明：《渡口志》，第3頁。"), ("2", "此說不確：①船還在；②船戶也在。")]


def test_a_tag_breaks_verses_inside_their_paragraph() -> None:
    source = "# 渡口考\n\n渡口早就廢了<sup>1</sup>。\n\n水清又清，<br>一渠長。\n\n<sup>1</sup> 《渡口志》，第3頁。\n"
    assert len(read(source)[0]) == 2


@pytest.mark.parametrize(("call", "mark"), [("［{}］", "［{}］"), ("〔{}〕", "〔{}〕 ")])
def test_full_width_numbers_in_brackets(call: str, mark: str) -> None:
    wide = "１２３"
    source = "# 渡口考\n\n" + "，".join(f"渡口早就廢了{call.format(n)}" for n in wide) + "。共（１）處。\n\n"
    source += (
        "\n\n".join(f"{mark.format(n)}王明：《渡口志》，第{k}頁。" for k, n in enumerate(wide, 1)) + "\n"
    )
    assert detect_form(source, "a.txt") == "ocr-markdown"
    texts, notes = read(source)
    assert notes == [(str(k), f"王明：《渡口志》，第{k}頁。") for k in (1, 2, 3)]
    assert texts[0].endswith("共（１）處。")


def test_calls_that_a_word_processor_s_page_links() -> None:
    source = (
        "# 渡口考\n\n" + "，".join(f"渡口早就廢了[[{n}]](#_ftn{n})" for n in (1, 2, 3)) + "。\n\n* * *\n\n"
    )
    source += "\n\n".join(f"[[{n}]](#_ftnref{n}) 船戶說的第{n}句。" for n in (1, 2, 3)) + "\n"
    assert detect_form(source, "a.md") == "ocr-markdown"
    assert read(source)[1] == [(str(n), f"船戶說的第{n}句。") for n in (1, 2, 3)]


def test_a_note_of_two_paragraphs_in_a_foot_that_is_a_quotation() -> None:
    foot = "> [1] 王明：《渡口志》，第3頁。\n>\n> 船戶說的話今已不可考。"
    for end, told in (("\n>\n> [2] 同上。", 2), ("", 1)):
        source = (
            f"# 渡口考\n\n渡口<sup>[1]</sup>早就廢了{'<sup>[2]</sup>' * (told - 1)}。\n\n---\n\n{foot}{end}\n"
        )
        assert read(source)[1][0] == ("1", "王明：《渡口志》，第3頁。／船戶說的話今已不可考。")


def test_a_foot_in_a_quotation_may_begin_with_the_rest_of_a_note_and_its_lines_be_broken() -> None:
    source = (
        "# 渡口考\n\n渡口<sup>1</sup>早就廢了，老船還橫\n\n---\n\n> <sup>1</sup> 王明：《渡口志》，\n> 東河書店，又見《河\n\n"
        "在岸邊。<sup>2</sup>\n\n---\n\n> 渠考》，\n> 第7頁。\n>\n> <sup>2</sup> 同上。\n"
    )
    assert read(source) == (
        ["渡口早就廢了，老船還橫在岸邊。"],
        [("1", "王明：《渡口志》，東河書店，又見《河渠考》，第7頁。"), ("2", "同上。")],
    )


def test_a_line_that_names_the_notes_is_no_part_of_what_goes_on_below_it() -> None:
    source = (
        "# 渡口考\n\n渡口<sup>1</sup>早就廢了，老船還橫\n\nNotes:\n(1) 王明：《渡口志》，又見《河\n\n"
        "在岸邊。<sup>2</sup>\n\nNotes:\n渠考》，第7頁。\n(2) 同上。\n"
    )
    assert read(source)[1] == [("1", "王明：《渡口志》，又見《河渠考》，第7頁。"), ("2", "同上。")]


def test_bodies_behind_tags_for_line_ends_below_a_star() -> None:
    source = "# 渡口考\n\n王明$^{*}$\n\n渡口$^{[1]}$早就廢了。$^{[2]}$\n\n* 河東學院。<br>[1] 王明：《渡口志》，第3頁。<br>[2] 同上。\n"
    assert read(source)[1] == [("1", "王明：《渡口志》，第3頁。"), ("2", "同上。"), ("*", "河東學院。")]


@pytest.mark.parametrize(("call", "head"), [("（{}）", "【註釋】"), ("{}", "## Footnotes\n")])
def test_the_rest_of_a_note_between_the_notes_heading_and_the_next_note(call: str, head: str) -> None:
    one, two, three = (call.format(n if "（" in call else "⁰¹²³"[n]) for n in (1, 2, 3))
    source = (
        f"# 渡口考\n\n渡口早就廢了。{one}老船還橫在岸邊。{two}\n\n{head}\n1、王明：《渡口志》，第3頁。\n2、李文的說法，又見《河\n\n"
        f"水大了。{three}\n\n{head}\n渠考》，第5頁。\n3、同上。\n\n站數增加了：\n\n1. 東河；\n\n2. 西河。\n"
    )
    paragraphs, told = read(source)
    assert told == [
        ("1", "王明：《渡口志》，第3頁。"),
        ("2", "李文的說法，又見《河渠考》，第5頁。"),
        ("3", "同上。"),
    ]
    assert paragraphs[-3:] == ["站數增加了：", "東河；", "西河。"]


def test_bodies_with_colons_behind_their_numbers_stand_on_lines_on_end() -> None:
    source = "# 渡口考\n\n王明*\n\n渡口<sup>1</sup>早就廢了，老船還橫在岸邊。<sup>2</sup>\n\n---\n*: 河東學院。\n1: 王明：《渡口志》，第3頁。\n2: 同上。\n"
    assert read(source)[1] == [("1", "王明：《渡口志》，第3頁。"), ("2", "同上。"), ("*", "河東學院。")]


def test_a_star_leads_the_bodies_of_a_quotation_and_a_slanted_page_number_is_none() -> None:
    foot = "> \\* 河東學院。\n>\n> [註1] 王明：《渡口志》，第3頁。"
    text = "老船還橫在岸邊，" * 8
    source = f"# 渡口考\n\n王明\\*\n\n{text}渡口早就廢了。[註1]\n\n{foot}\n\n*33*\n\n{text}水大了。[註2]\n\n> [註2] 同上。\n\n*34*\n"
    assert read(source)[1] == [("1", "王明：《渡口志》，第3頁。"), ("2", "同上。"), ("*", "河東學院。")]


@pytest.mark.parametrize("mark", ["[{n}] ", "> [{n}] "])
def test_the_last_page_s_notes_below_a_list_of_sources_without_numbers(mark: str) -> None:
    pages = "".join(
        f"渡口早就廢了，其{n}。<sup>[1]</sup>\n\n---\n\n{mark.format(n=1)}王明：《渡口志》，第{n}頁。\n\n"
        for n in range(1, 5)
    )
    end = "# 參考文獻\n\n王明：《渡口志》，東河書店。\n\n{}李文：《河渠考》，第5頁。\n"
    last = "水大了。<sup>[1]</sup>\n\n" + end.format(mark.format(n=1))
    assert read(f"# 渡口考\n\n{pages}{last}")[1][4:] == [("5", "李文：《河渠考》，第5頁。")]
    listed = "水大了。<sup>[1]</sup>\n\n" + end.format("[1] ").replace("王明：《渡口志》，東河書店。\n\n", "")
    assert len(read(f"# 渡口考\n\n{pages}{listed}")[1]) <= 5


def test_a_note_of_two_paragraphs_in_a_foot_that_is_a_list() -> None:
    foot = "- <sup>1</sup> 《渡口志》，第3頁。\n- 此書有兩種刻本。\n- <sup>2</sup> 同上。\n- 刻本今存一種。"
    source = (
        f"# 渡口考\n\n渡口早就廢了，<sup>1</sup>老船還橫在岸邊。<sup>2</sup>\n\n{foot}\n\n- 甲船\n- 乙船\n"
    )
    assert read(source)[1] == [
        ("1", "《渡口志》，第3頁。／此書有兩種刻本。"),
        ("2", "同上。／刻本今存一種。"),
    ]


def test_a_quotation_that_calls_a_note_above_a_quoted_foot_is_text() -> None:
    source = "# 渡口考\n\n渡口<sup>1</sup>早就廢了：\n\n> 水大了<sup>2</sup>。\n> <sup>1</sup> 王明：《渡口志》，第3頁。\n> <sup>2</sup> 同上。\n"
    assert "水大了。" in read(source)[0]


def test_a_quotation_of_its_own_behind_a_foot_is_text() -> None:
    source = "# 渡口考\n\n渡口<sup>[1]</sup>早就廢了。\n\n---\n\n> [1] 王明：《渡口志》，第3頁。\n\n> 船戶說：水大了。\n\n他又說。\n"
    assert "船戶說：水大了。" in read(source)[0]


@pytest.mark.parametrize(
    ("row", "rows"),
    [("| {} | {} |", "|  |  |\n|---|---|\n{}"), ("<tr><td>{}</td><td>{}</td></tr>", "<table>{}</table>")],
    ids=["pipes", "HTML"],
)
def test_a_foot_that_was_taken_for_a_table(row: str, rows: str) -> None:
    pages = ""
    for page, told in enumerate(
        [("王明：《渡口志》，第3頁。", "同上。"), ("《河志》，第9頁。", "名單見附錄。")]
    ):
        foot = rows.format("\n".join(row.format(n, text) for n, text in enumerate(told, 1)))
        pages += f"渡口早就廢了，<sup>1</sup>第{page}條老船還橫在岸邊。<sup>2</sup>\n\n{foot}\n\n"
    assert [text for _, text in read("# 渡口考\n\n" + pages)[1]] == [
        "王明：《渡口志》，第3頁。",
        "同上。",
        "《河志》，第9頁。",
        "名單見附錄。",
    ]


def test_a_table_with_numbers_stays_one() -> None:
    table = "| 1 | 甲船 |\n|---|---|\n| 2 | 乙船 |"
    source = f"# 渡口考\n\n渡口早就廢了，<sup>1</sup>老船還橫在岸邊。<sup>2</sup>\n\n{table}\n\n---\n\n<sup>1</sup> 《渡口志》，第3頁。\n\n<sup>2</sup> 同上。\n"
    assert [text for _, text in read(source)[1]] == ["《渡口志》，第3頁。", "同上。"]


def _numbered(*numbers: str) -> str:
    """Sections of a page each, with a note, and the line that stands below it."""
    page = (
        "## {n}、市鎮\n\n"
        + "沿岸的市鎮一個接一個地興盛。" * 4
        + "<sup>{n}</sup>\n\n<sup>{n}</sup> 《渠志》，第5頁。\n\n{number}"
    )
    return "# 河渠考\n\n" + "\n\n".join(
        page.format(n=n, number=number) for n, number in enumerate(numbers, 1)
    )


@pytest.mark.parametrize(
    ("numbers", "stay"),
    [
        (("34", "35", ""), []),
        (("34", "39", ""), ["34", "39"]),
        (("1", "2", ""), ["1", "2"]),
        (("", "34"), []),  # of the last page
    ],
)
def test_few_bare_numbers_below_notes_are_pages_if_they_count_on_or_end_the_text(
    numbers: tuple[str, ...], stay: list[str]
) -> None:
    assert [t for t in texts(recover(_numbered(*numbers))) if t.isdecimal()] == stay


RULED = "".join(
    f"{'沿岸的市鎮一個接一個地興盛起來。' * 3}<sup>{n}</sup>\n\n---\n\n<sup>{n}</sup> 《渠志》，第{n}頁。\n\n"
    for n in range(1, 5)
)


@pytest.mark.parametrize(("cut", "joins"), [("他在信裡說起過幾次水閘的", True), ("《閘考》，第5頁。", False)])
def test_a_cut_note_goes_on_above_the_next_pages_bodies_though_that_page_lost_its_rule(
    cut: str, joins: bool
) -> None:
    page = f"商人修建會館。<sup>5</sup>\n\n---\n\n<sup>5</sup> {cut}\n\n貨棧都建在碼頭旁邊。<sup>6</sup>\n\n"
    rest = "尺寸，每次都不同。"
    manuscript = recover(f"# 河渠考\n\n{RULED}{page}{rest}\n\n<sup>6</sup> 同上，第9頁。\n")
    assert (rest not in texts(manuscript)) == joins
