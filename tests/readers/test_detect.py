"""Which form a text has."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.readers.detect import detect_form
from pipeline.readers.laid_out import columns
from pipeline.recovery import recover
from pipeline.recovery.ledger import edits
from tests.soiler.cases import Case, ocr_case, page_dump_case

CLEAN = sorted((Path(__file__).parent.parent / "cases" / "recovery" / "clean").glob("*.txt"))
PROSE = (
    "河邊的磨坊早已停了，水輪卻還在轉；每到汛期，整個村子都聽得見木頭的呻吟。老人說那是磨坊在數日子，孩子們不信，"
    "偏要趁夜裡爬上去看。他們看見的只有月光，月光底下是一圈一圈磨得發亮的石槽，石槽裡積着去年的雨。"
)


def wrapped(width: int, gap: str) -> str:
    text = PROSE * 6
    return gap.join(text[i : i + width] for i in range(0, len(text), width)) + "\n"


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_a_clean_text_is_plain(path: Path) -> None:
    assert detect_form(path.read_text(encoding="utf-8"), "text.txt") == "plain"


@pytest.mark.parametrize("width", [20, 28, 34, 40])
@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n\n"])
def test_lines_cut_at_one_width_are_a_page_dump(width: int, gap: str) -> None:
    assert detect_form(wrapped(width, gap), "text.txt") == "page-dump"


def test_letters_of_a_watermark_between_the_lines_are_no_verse() -> None:
    lines = wrapped(34, "\n").split("\n")
    marked = [
        part for i, line in enumerate(lines) for part in (line, "江南大學 Jiangnan"[i % 13])[: 1 + i % 2]
    ]
    assert detect_form("\n".join(marked), "text.txt") == "page-dump"


def test_a_form_feed_makes_a_page_dump() -> None:
    assert detect_form("第一頁。\n\f第二頁。\n", "text.txt") == "page-dump"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("---\ntitle: 海河\n---\n\n# 一\n", "markdown"),
        (PROSE + "[^1]\n\n[^1]: 見縣志。\n", "markdown"),
        ("# 一\n\n" + PROSE + "\n\n# 二\n\n" + PROSE + "\n\n# 三\n\n*完*\n", "markdown"),
        ("# 一\n\n文<sup>1</sup>又<sup>2</sup>。\n\n---\n\n<sup>1</sup> 甲。\n", "ocr-markdown"),
        (f"# 一\n\n{PROSE}\n\n![](images/{'0a' * 32}.jpg)  \n圖1 河\n", "ocr-markdown"),
        (f"{PROSE}\n\n![img-0.jpeg](img-0.jpeg)\n", "ocr-markdown"),
        (f"{PROSE}\n\n![](_page_3_Picture_0.jpeg)\n", "ocr-markdown"),
        (f'{PROSE}\n\n<div><img src="imgs/img_in_image_box_1_20_300_400.jpg" /></div>\n', "ocr-markdown"),
        (f"{PROSE}\n\n<html><body><table><tr><td>河</td></tr></table></body></html>\n", "ocr-markdown"),
        (f"{PROSE}\n\n[^0]\n[^0]:    見縣志。\n\n{PROSE}\n", "ocr-markdown"),
        (f"# 一\n\n{PROSE}\n\n![河](images/河.jpg)\n\n![](img-0.jpeg)\n", "markdown"),
        ("文[^1]<sup>2</sup>\n\n[^1]: 甲<sup>2</sup>。\n", "markdown"),
        (
            '[甲](../Page/甲.md "wikilink")與[乙](https://zh.wikipedia.org/wiki/乙 "wikilink")，[丙](../Page/丙.md "wikilink")\n',
            "wiki-markdown",
        ),
        ("== 源頭 ==\n'''河'''是[[水]]流{{分類|水}}。\n== 下游 ==\n'''海'''[[海]]{{完}}\n", "mediawiki"),
        (
            '<?xml version="1.0"?>\n<book xmlns="http://docbook.org/ns/docbook"><para>河</para></book>\n',
            "docbook",
        ),
        (
            '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS">\n<article><p>河</p></article>',
            "jats",
        ),
        ("{\\rtf1\\ansi 河}", "rtf"),
        ("\\documentclass[12pt]{article}\n\\begin{document}\n河\n\\end{document}\n", "latex"),
        ("% 河\n\n\\RequirePackage{x}\n\\documentclass{ctexart}\n河\n", "latex"),
        (PROSE + "\n\\documentclass{ctexart}\n" + PROSE + "\n", "plain"),
        ("<!DOCTYPE html>\n<html><body>河</body></html>", "html"),
        ("他說---是的---然後走了。\n", "plain"),
        (PROSE + "\n" + PROSE + "\n", "plain"),
    ],
)
def test_the_text_shows_its_form(text: str, form: str) -> None:
    assert detect_form(text, "text.txt") == form


def test_numbered_pages_with_few_full_lines_are_a_page_dump() -> None:
    table = "\n".join(f"表{n}　水位\n站名\n甲\n乙\n丙\n站上所記。" for n in range(9))
    pages = [f"{wrapped(30, chr(10))[:433]}\n水退了。\n{table}\n--- Page {n} ---" for n in range(1, 7)]
    assert detect_form("\n".join(pages), "text.txt") == "page-dump"
    contents = "\n".join(f"第{n}章　河邊的磨坊{'.' * 90}{n}" for n in range(1, 60))
    assert detect_form("\n".join([contents, *pages]), "text.txt") == "page-dump"
    assert detect_form("\n".join(page[:-15] for page in pages), "text.txt") == "plain"


@pytest.mark.parametrize("marks", ["①②③", "¹²³"])
def test_notes_of_two_pages_beside_the_parts_of_a_sentence(marks: str) -> None:
    a, b, c = marks
    feet = f"{PROSE}{a}又{b}，又{c}。\n\n{a} 王明：《河志》。\n\n{b} 同上。\n\n{c} 同上。\n\n" * 2
    assert detect_form(f"# 河\n\n原因有三：{a}水；{b}船；{c}人。\n\n{feet}\n", "text.txt") == "ocr-markdown"


def test_notes_that_are_called_side_by_side() -> None:
    told = "\n\n".join(f"[{n}] 王明：《河志》，第{n}頁。" for n in range(1, 5))
    assert detect_form(f"# 河\n\n{PROSE}[1]又[2][3]，又[4]。\n\n{told}\n\n{PROSE}", "text.txt") != "plain"


def test_circled_notes_at_feet_beside_a_list_of_sources() -> None:
    feet = "\n\n".join(f"{PROSE}①又②。\n\n① 王明：《河志》，第{n}頁。\n\n② 同上。" for n in range(3))
    listed = "參考文獻\n\n王明，1998，《河志》，海東：海東書局。\n"
    assert detect_form(f"# 河\n\n{feet}\n\n{listed}", "text.txt") == "ocr-markdown"
    assert (
        detect_form(
            f"# 河\n\n{PROSE}[1]{PROSE}[2]{PROSE}[3]\n\n參考文獻\n\n[1] 甲\n\n[2] 乙\n\n[3] 丙\n", "text.txt"
        )
        != "ocr-markdown"
    )


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.docx", "docx"),
        ("a.EPUB", "epub"),
        ("a.htm", "html"),
        ("a.tex", "latex"),
        ("a.org", "org"),
        ("a.b.rst", "rst"),
    ],
)
def test_an_ending_says_the_form(name: str, form: str) -> None:
    assert detect_form("河", name) == form


def test_columns_count_han_double() -> None:
    assert columns("河a，") == 5


@pytest.mark.corpus
def test_the_forms_of_the_corpus() -> None:
    folder = os.environ.get("FANJIAN_CORPUS")
    if not folder:
        pytest.skip("FANJIAN_CORPUS names no folder with the corpus")
    forms = {
        p.name[:3]: detect_form(p.read_text(encoding="utf-8"), p.name) for p in Path(folder).glob("*.txt")
    }
    assert forms == {
        "000": "page-dump",
        "001": "page-dump",
        "002": "ocr-markdown",
        "003": "wiki-markdown",
        "004": "page-dump",
    }


@pytest.mark.parametrize("lead", ["\u3000\u3000", "", "    "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_paragraph_a_line_is_plain(lead: str, gap: str) -> None:
    lines = [
        "「你來了。」",
        "「來了。」",
        "他放下傘，看着桌上的信，半天沒有說話。",
        PROSE,
        PROSE[:60] + "。",
    ] * 12
    assert (
        detect_form("第一章 雨\n\n" + gap.join(lead + line for line in lines) + "\n", "novel.txt") == "plain"
    )


@pytest.mark.parametrize(
    "lines",
    [
        [f"{n}. 主管機關應會同有關機關辦理前項各款所列之業務並公告之" for n in range(50)],
        [f"{n}\t王明\t男\t浙江紹興縣城關鎮人民路一百二十三號之四" for n in range(50)],
        [f"王明，《海門水閘志與民間信用》，臨江：長河出版社，19{n}" for n in range(30, 90)],
        ["山中一夜雨初晴，樹杪千絲水更生。"] * 60,
    ],
    ids=["articles", "table", "bibliography", "verse"],
)
def test_lines_that_are_entries_are_plain(lines: list[str]) -> None:
    assert detect_form("\n".join(lines) + "\n", "list.txt") == "plain"


def test_wrapped_english_is_plain() -> None:
    sentence = "The lamp at the end of the pier had been out for three winters when the harbour master wrote about it. "
    assert detect_form("\n\n".join(textwrap.fill(sentence * 4, 70) for _ in range(8)), "mail.txt") == "plain"


@pytest.mark.parametrize("make", [page_dump_case, ocr_case])
def test_the_soilers_texts_show_their_forms(make: Callable[[int], Case]) -> None:
    for seed in range(1000, 1030):
        case = make(seed)
        assert detect_form(case.text, "source.txt") == case.form


@pytest.mark.parametrize("called", ["（註{n}）", "[{n}]"])
@pytest.mark.parametrize("lone", ["", " "])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_word_processors_pages_with_few_full_lines_are_a_page_dump(
    called: str, lone: str, gap: str
) -> None:
    """Only white space tells of pages: a rule of spaces, a space before their first lines.

    Without it the lines of lists, tables and notes are too many.
    """
    told = []
    for n in range(1, 5):
        text = PROSE[7 * n :]
        lines = [text[:33], text[33:60] + called.format(n=n), text[60:80], "水退了。 "]
        lines += [f"{word}{k} " for k in "一二三四五六" for word in ("磨坊", "石槽")]
        label = called.format(n=n).strip("（）")
        told.append(gap.join([*lines, f"{lone * 54}\n{label} 見縣志，頁{n}。 "]))
    assert (detect_form(f"\n{lone}".join(told) + "\n", "text.txt") == "page-dump") is bool(lone)


def pages(measure: int, lead: str = "") -> str:
    """Pages without form feeds: text at ``measure``, notes set longer, a page number under them."""
    lines: list[str] = []
    for page in range(1, 13):
        start, shift = 7 * page, len(PROSE) // 3
        text = (PROSE[start % 50 :] + PROSE * 2)[: 4 * measure + 5 + page] + "。"
        lines += textwrap.wrap(lead + text, measure)
        lines += textwrap.wrap(f"{page} 見{PROSE[shift : shift + 60 + page]}。", measure * 4 // 3)
        lines += [f"{page}"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("measure", [19, 23, 29, 36])
@pytest.mark.parametrize("lead", ["", "　　"])
def test_pages_with_longer_lines_of_notes_are_a_page_dump(measure: int, lead: str) -> None:
    assert detect_form(pages(measure, lead), "text.txt") == "page-dump"


def test_a_few_long_rows_do_not_hide_the_pages() -> None:
    assert detect_form(pages(23) + (PROSE[:70] + "\n") * 4, "text.txt") == "page-dump"


def by_hand(width: int) -> list[str]:
    """Paragraphs of several lengths, wrapped by an editor."""
    texts = [(PROSE[k:] + PROSE)[: 70 + 9 * k].rstrip("，；。") + "。" for k in range(8)]
    return ["\n".join(text[i : i + width] for i in range(0, len(text), width)) for text in texts]


SOURCES = [
    f"王{'明華'[: 1 + k % 2]}，《海門水閘志{'與民間信用' * (k % 3)}》，臨江：長河出版社，19{30 + k}年，頁{k * k}"
    for k in range(40)
]
COUPLETS = ["石橋夜雨添新漲，漁火隔江三四星", "老樹無言秋已半，歸舟有夢客初醒"]
FREE = [
    "他把鑰匙留在門口，像留下一個沒有說完的句子",
    "雪落在郵筒上，沒有人寄出任何一封信給我們",
    "河流記得每個名字",
    "我們在橋上站着，等燈一盞一盞地熄滅以後",
    "風從北邊來",
    "它翻開報紙，又合上，像一個猶豫的讀者。\n",
]


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(by_hand(34)),
        "From: a@example.com\nTo: b@example.com\nSubject: 會議\n\n各位：\n\n"
        + "\n\n".join(by_hand(36))
        + "\n\n-- \n王明\n",
        "工具名稱\n========\n\n" + "\n\n".join(by_hand(34)) + "\n\n安裝\n----\n\n    make install\n",
        "\n".join([PROSE, PROSE[:60] + "。"] * 20 + ["參考文獻", *SOURCES]),
        "\n".join(line + "。" * (k % 5 == 0) for k, line in enumerate(SOURCES)),
        "\n".join(COUPLETS * 2),
        "\n".join([*COUPLETS, COUPLETS[0], COUPLETS[1] + "。\n"] * 4),
        "\n".join(FREE * 6),
    ],
    ids=["wrapped", "mail", "readme", "article", "sources", "couplets", "stanzas", "free verse"],
)
def test_clean_lines_of_one_width_are_plain(text: str) -> None:
    form = detect_form(text, "text.txt")
    assert form == "plain"
    assert edits(recover(text, form)) == []


def test_links_to_an_encyclopedia_do_not_make_a_wiki_of_a_handbook() -> None:
    address = "https://zh.wikipedia.org/wiki/Term"
    linked = "".join(
        f"- [術語{n}]({address}{n})，用法見[第{n}節](#s{n})與[圖{n}](f{n}.png)。\n" for n in range(12)
    )
    assert detect_form(f"# 手冊\n\n{linked}\n# 附錄\n\n見註\\[1\\]。\n", "handbook.md") == "markdown"
    article = "".join(f"[條目{n}]({address}{n})是其一。\n\n" for n in range(12))
    assert detect_form(f"# 條目\n\n{article}見註\\[1\\]。\n", "article.md") == "wiki-markdown"


def test_wrapped_markdown_is_markdown() -> None:
    text = "# 工具\n\n" + "\n\n".join(by_hand(34)) + "\n\n## 安裝\n\n- 一\n- 二\n"
    assert detect_form(text, "README.md") == "markdown"


def test_a_manual_of_lists_whose_lines_happen_to_be_even_is_markdown() -> None:
    items = "\n".join(f"- {PROSE[k : k + 25]}" for k in range(0, 90, 9))
    text = "\n\n".join(f"## {n}\n{items}\n{PROSE[:30]}\n{PROSE[30:60]}\n{PROSE[60:90]}" for n in "甲乙丙")
    assert detect_form(text, "text.md") == "markdown"
    assert (
        detect_form("# 甲\n" + wrapped(28, "\n") * 3 + "# 乙\n" + wrapped(28, "\n"), "a.txt") == "page-dump"
    )


def test_a_clipped_page_says_where_it_was_saved() -> None:
    head = '---\ntitle: "渡口"\nsource: "https://zh.wikipedia.org/wiki/渡口"\ntags:\n  - clippings\n---\n'
    body = "**渡口**是[河道](https://zh.wikipedia.org/wiki/河道)旁的[碼頭](https://zh.wikipedia.org/wiki/碼頭)。[\\[1\\]](#cite_note-1)"
    body += "[橋](https://zh.wikipedia.org/wiki/橋)在其上。\n\n1. **[^](#cite_ref-1)** 《河道考》。\n"
    assert detect_form(head + body, "") == "wiki-markdown"
    assert detect_form(head.replace("zh.wikipedia.org/wiki", "example.org") + body, "") == "markdown"


def _bracketed(ends: bool, more: str) -> str:
    pages = [
        (f"渡口早就廢了，老船還橫在岸邊第{n}處。[{n}]船戶改行了。", f"[{n}] 船戶第{n}人說。")
        for n in range(1, 13)
    ]
    if ends:
        return (
            "# 渡口考\n\n"
            + "".join(a + "\n\n" for a, _ in pages)
            + more
            + "".join(b + "\n\n" for _, b in pages)
        )
    return "# 渡口考\n\n" + "".join(f"{a}\n\n{b}\n\n" for a, b in pages) + more


@pytest.mark.parametrize(
    ("source", "form"),
    [
        (_bracketed(False, "參見前注[2]。\n"), "ocr-markdown"),
        (_bracketed(True, "參見前注[2]。\n\n**注释**\n\n"), "ocr-markdown"),
        (_bracketed(True, "參見前注[2]。\n\n"), "markdown"),  # an author's list
        (
            _bracketed(False, "參見前注[2]、[3]、[4]。\n"),
            "ocr-markdown",
        ),  # told in twelve places, each below its call
        (_bracketed(True, "參見前注[2]、[3]、[4]。\n\n**注释**\n\n"), "markdown"),
    ],
)
def test_a_note_that_another_points_to_is_called_once_more(source: str, form: str) -> None:
    assert detect_form(source, "a.md") == form


def test_heads_with_page_numbers_hide_no_notes_in_plain_digits() -> None:
    pages = "".join(
        f"渡口早就廢了，只有老船還橫在岸邊。{n}船戶改行做了腳夫。\n\n{n} 船戶第{n}人說。\n\n{155 + n} 王明 渡口考\n\n"
        for n in range(1, 9)
    )
    assert detect_form(f"# 渡口考\n\n{pages}", "a.md") == "ocr-markdown"


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- formula-not-decoded -->",
        "<!-- image -->\n\n渡口早就廢了。\n\n<!-- image -->",
        '<div style="text-align: center;"><div style="text-align: center;">圖 1 渡口</div> </div>',
    ],
)
def test_what_only_an_engine_writes_makes_it_ocr(mark: str) -> None:
    assert detect_form(f"# 渡口考\n\n只有老船還橫在岸邊。\n\n{mark}\n", "a.md") == "ocr-markdown"


@pytest.mark.parametrize("mark", ["[{n}]", "{c}", "{r}"])
def test_notes_at_pages_feet_are_told_though_some_calls_and_bodies_are_lost(mark: str) -> None:
    def form(n: int) -> str:
        return mark.format(
            n=n, c="①②③④⑤⑥⑦⑧⑨⑩"[n - 1], r=str(n).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        )

    lost_call, lost_body = {4}, {7}
    pages = ["# 渡口考\n"]
    for n in range(1, 11):
        pages.append(f"渡口早就廢了，老船還橫在岸邊。{'' if n in lost_call else form(n)}船戶改行了。\n")
        pages.append("" if n in lost_body else f"{form(n)} 船戶第{'甲乙丙丁戊己庚辛壬癸'[n - 1]}人說。\n")
    assert detect_form("\n".join(pages), "a.md") == "ocr-markdown"
    whole = [p for p in pages if "人說" not in p]
    assert detect_form("\n".join(whole), "a.md") == "markdown"


def told_pages(*firsts: str, cut: bool = False) -> str:
    """Pages whose notes are Markdown's own, with a rule below them."""
    text = PROSE[:-9] if cut else PROSE
    return "".join(
        f"{first}\n\n{text}[^{n}]\n\n{'河邊的磨坊早已停' * 4}\n\n[^{n}]: 見縣志。\n\n---\n\n"
        if cut
        else f"{first}\n\n{text}[^{n}]\n\n[^{n}]: 見縣志。\n\n---\n\n"
        for n, first in enumerate(firsts, 1)
    )


@pytest.mark.parametrize(
    ("source", "form"),
    [
        (told_pages("# 磨坊考", "**磨坊考**", "**磨坊考**"), "ocr-markdown"),
        (told_pages("# 磨坊考", "了，水輪卻還在", "了，水輪", cut=True), "ocr-markdown"),
        (told_pages("# 磨坊考", "## 水輪", "## 石槽"), "markdown"),
        (
            told_pages("# 磨坊考", "## 水輪", "## 石槽")
            .replace("[^2]: ", "---\n\n[^2]: ")
            .replace("[^3]: ", "---\n\n[^3]: "),
            "ocr-markdown",
        ),
    ],
    ids=["a head", "cut sentences", "an author's sections", "rules above notes"],
)
def test_rules_below_notes_that_end_pages_tell_a_recognised_text(source: str, form: str) -> None:
    assert detect_form(source, "text.md") == form


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("{n}. 見縣志。", "ocr-markdown"),
        ("{n} 見縣志。", "ocr-markdown"),
        ("> {n} 見縣志。", "ocr-markdown"),
        ("{n}. 石槽。", "markdown"),
    ],
    ids=["with a point", "plain", "quoted", "a list"],
)
@pytest.mark.parametrize("call", ["{n}", " {n} ", ".{n}", "{r}"])
def test_plain_digits_called_and_told_are_a_recognised_text_s(body: str, form: str, call: str) -> None:
    called = "" if "石槽" in body else call
    text = PROSE[:-1] if "." in call else PROSE
    pages = "".join(
        f"{text}{called.format(n=n, r='⁰¹²³⁴⁵'[n])}河邊的磨坊早已停了。\n\n{body.format(n=n)}\n\n"
        for n in range(1, 6)
    )
    assert detect_form(f"# 磨坊考\n\n{pages}", "text.md") == form


@pytest.mark.parametrize(("call", "form"), [("。({n})", "ocr-markdown"), ("，如例({n})。", "markdown")])
def test_numbers_in_parentheses_are_notes_where_they_stand_behind_marks(call: str, form: str) -> None:
    pages = "".join(
        f"{PROSE[:-1]}{call.format(n=n)}河邊的磨坊早已停了。\n\n({n}) 見縣志。\n\n" for n in range(1, 7)
    )
    assert detect_form(f"# 磨坊考\n\n{pages}", "text.md") == form


@pytest.mark.parametrize(("call", "body"), [("({n})", "({n})"), ("[^{n}]", "[^{n}]")])
def test_notes_under_their_name_on_each_page(call: str, body: str) -> None:
    pages = "".join(
        f"## Page {n}\n\n{PROSE}{call.format(n=n)}\n\n### Notes\n\n{body.format(n=n)} 見縣志。\n\n"
        for n in range(1, 7)
    )
    assert detect_form(f"# 磨坊考\n\n{pages}", "text.md") == "ocr-markdown"
    told = pages.replace("] 見", "]: 見").replace(
        "## Page", "## 水輪"
    )  # Markdown's own, in an author's sections
    assert body[0] == "(" or detect_form(f"# 磨坊考\n\n{told}", "text.md") == "markdown"


@pytest.mark.parametrize(
    "mark", ["<!-- Page {n} -->", "<!-- page: {n} -->", "## Page {n}", "<!-- 第 {n} 页 -->"]
)
def test_pages_with_markdown_s_own_notes(mark: str) -> None:
    """Notes that end the pages, or a sentence that a page cuts, tell a recognised text; an author's master may have comments, too."""

    def pages(text: str, foot: str) -> str:
        parts = (f"{mark}\n\n{text}\n\n{foot}".format(n=n) for n in range(1, 5))
        return f"# 磨坊考\n\n{''.join(parts)}"

    note, end = "[^{n}]: 見縣志。\n\n", "".join(f"[^{n}]: 見縣志。\n" for n in range(1, 5))
    cut = f"還在轉。{PROSE}[^{{n}}]河邊的磨坊早已停了，水車和石槽都拆了，水輪卻"
    assert detect_form(pages(f"{PROSE}[^{{n}}]", note), "text.md") == "ocr-markdown"
    assert detect_form(pages(cut, "") + end, "text.md") == "ocr-markdown"
    assert detect_form(pages(f"{PROSE}[^{{n}}]", "") + end, "text.md") == "markdown"


@pytest.mark.parametrize("mark", [".", ",", "。"])
def test_numbers_raised_as_formulas_behind_half_width_marks_are_calls(mark: str) -> None:
    text = "".join(
        f"河邊的磨坊早已停了{mark}\\(^{{{n}}}\\)水輪卻還在轉。\n\n{n}. 見縣志。\n\n" for n in range(1, 6)
    )
    assert detect_form(f"# 磨坊考\n\n{text}", "text.md") == "ocr-markdown"


@pytest.mark.parametrize(
    "mark", ["<--- Page Split --->", "第 {n} 页", "## Page {n}", "<page_number>{n}</page_number>"]
)
def test_marks_of_pages_tell_a_recognised_text_with_markdown_s_notes(mark: str) -> None:
    pages = "".join(f"## 水輪{n}\n\n{PROSE}\n\n{mark.format(n=n)}\n\n" for n in range(1, 4))
    note = "" if mark[0] in "第#" else "[^1]\n\n[^1]: 見縣志。"
    assert detect_form(f"# 磨坊考\n\n{pages}{PROSE}{note}\n", "text.md") == "ocr-markdown"
