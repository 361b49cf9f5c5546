"""Pages of a book as different engines of page recognition write them: all come back as the same book."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.document.master import write_master
from pipeline.document.traced import PieceKind, Traced
from pipeline.readers.detect import detect_form
from pipeline.recovery import recover
from pipeline.recovery.ledger import account

# Four pages: each a stretch of text that the page's end cuts, with its notes. {0}, {1} are the calls of the page.
PAGES = (
    (
        "河邊的磨坊早已停了，水輪卻還在轉；{0}每到汛期，整個村子都聽得見木頭的呻吟，老人說那是磨坊在數",
        ("此處的磨坊只指水磨，風磨不在其內。",),
    ),
    (
        "日子。{0}孩子們不信，偏要趁夜裡爬上去看。他們看見的只有月光，{1}月光底下是一圈一圈磨得發",
        ("《河志》，第3頁。", "同上，第12頁。"),
    ),
    (
        "亮的石槽。\n\n石槽裡積着去年的雨，{0}雨裡有三隻蝌蚪。{1}到了秋天，蝌蚪都不見了，只剩下",
        ("王明，《水磨考》，第7頁。", "參見李文，《村史》，第40頁。"),
    ),
    ("一層薄薄的青苔。村裡的人說，青苔是河水寫的字。{0}", ("《河志》，第9頁。",)),
)
CIRCLES = "①②③④⑤⑥"
PARENS = "⑴⑵⑶⑷⑸⑹"
HAN = "一二三四五六七八九"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Engine:
    """How an engine writes a call, a body, and what it sets between text and notes and at a page's head."""

    call: Callable[[int], str]
    body: Callable[[int, str], str]
    restarts: bool = True
    rule: str = ""
    close: str = ""
    head: Callable[[int], str] = lambda page: ""
    last: Callable[[int], str] = lambda page: ""


ENGINES = {
    "marker": Engine(lambda n: f"<sup>{n}</sup>", lambda n, t: f"<sup>{n}</sup> {t}", False),
    "marker, paged": Engine(
        lambda n: f"<sup>{n}</sup>", lambda n, t: f"<sup>{n}</sup> {t}", head=lambda p: f"{{{p}}}" + "-" * 48
    ),
    "MinerU, circled": Engine(lambda n: f" {CIRCLES[n - 1]} ", lambda n, t: f"{CIRCLES[n - 1]} {t}"),
    "MinerU, circled by TeX": Engine(
        lambda n: f" $^{{\\textcircled{{{n}}}}}$ ", lambda n, t: f"$\\textcircled{{{n}}}$ {t}"
    ),
    "PaddleOCR": Engine(lambda n: f"$ ^{{[{n}]}} $", lambda n, t: f"[{n}] {t}", False),
    "olmOCR": Engine(lambda n: str(n).translate(RAISED), lambda n, t: f"{str(n).translate(RAISED)} {t}"),
    "olmOCR, Markdown's notes": Engine(lambda n: f"[^{n}]", lambda n, t: f"[^{n}]: {t}", False),
    "Markdown's notes without a colon": Engine(
        lambda n: f"[^{n}]", lambda n, t: f"[^{n}] {t}", False, rule="---\n\n"
    ),
    "Mistral, from 0": Engine(lambda n: f"[^{n - 1}]", lambda n, t: f"[^{n - 1}]: ${{ }}^{{{n}}}$ {t}"),
    "docling, plain digits": Engine(str, lambda n, t: f"{n} {t}"),
    "docling, plain digits that run on": Engine(lambda n: f" {n} ", lambda n, t: f"- {n} {t}", False),
    "Mathpix": Engine(
        lambda n: f"${{ }}^{{{n}}}$", lambda n, t: f"${{ }}^{{{n}}}$ {t}", False, "\\footnotetext{", "}"
    ),
    "Nougat": Engine(lambda n: f"\\({{}}^{{{n}}}\\)", lambda n, t: f"Footnote {n}: {t}", False),
    "fullwidth brackets": Engine(lambda n: f"［{n}］", lambda n, t: f"［{n}］{t}"),
    "an engine's pages and printed ones": Engine(
        lambda n: CIRCLES[n - 1],
        lambda n, t: f"{CIRCLES[n - 1]} {t}",
        rule="---",
        head=lambda p: f"<!-- Page {p + 1} -->",
        last=lambda p: f"— {p + 20} —",
    ),
    "Han numerals in brackets": Engine(
        lambda n: f"〔{HAN[n - 1]}〕", lambda n, t: f"〔{HAN[n - 1]}〕{t}", False
    ),
    "a word with Han numerals": Engine(
        lambda n: f"（註{HAN[n - 1]}）", lambda n, t: f"註{HAN[n - 1]}：{t}", False
    ),
    "brackets of small form": Engine(lambda n: f"﹝{n}﹞", lambda n, t: f"﹝{n}﹞{t}", False),
    "numbers in parentheses of one character": Engine(
        lambda n: PARENS[n - 1], lambda n, t: f"{PARENS[n - 1]} {t}"
    ),
    "rings without dollars": Engine(
        lambda n: f"\\textcircled{{{n}}}",
        lambda n, t: f"{CIRCLES[n - 1]} {t}",
        head=lambda p: "\\newpage" * (p > 0),
    ),
    "rings of small type": Engine(
        lambda n: f"$^{{\\textcircled{{\\scriptsize {n}}}}}$", lambda n, t: f"{CIRCLES[n - 1]} {t}"
    ),
    "ABBYY": Engine(
        lambda n: f"^[{n}]^", lambda n, t: f"^[{n}]^ {t}", False, last=lambda p: f"\\- {p + 155} -"
    ),
    "raised brackets": Engine(lambda n: f"^({n})^", lambda n, t: f"^({n})^ {t}", False),
    "raised brackets as Pandoc writes them": Engine(
        lambda n: f"^\\[{n}\\]^", lambda n, t: f"^\\[{n}\\]^ {t}", False
    ),
    "Marker's links": Engine(
        lambda n: f"[{n}](#page-1-{n})", lambda n, t: f'<span id="page-1-{n}"></span>[{n}] {t}', False
    ),
    "LaTeX's footnotes with numbers": Engine(
        lambda n: f"\\footnotemark[{n}]", lambda n, t: f"\\footnotetext[{n}]{{{t}}}", False
    ),
    "numbers in bold": Engine(
        lambda n: str(n).translate(RAISED), lambda n, t: f"**{str(n).translate(RAISED)}** {t}", False
    ),
    "quotations in bold": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f"> **{n}** {t}",
        False,
        head=lambda p: f"[Page {p + 1}]" * (p > 0),
    ),
    "slanted": Engine(lambda n: f"<sup>{n}</sup>", lambda n, t: f"*<sup>{n}</sup> {t}*", False),
    "paragraphs of HTML": Engine(
        lambda n: f"<sup>{n}</sup>", lambda n, t: f'<p class="footnote"><sup>{n}</sup> {t}</p>', False
    ),
    "a box of HTML": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f"<sup>{n}</sup> {t}",
        False,
        rule='<div class="footnote">',
        close="</div>",
        last=lambda p: '<div style="page-break-after: always;"></div>',
    ),
    "a transcript with page lines": Engine(
        lambda n: f"[{n}]",
        lambda n, t: f"[{n}] {t}",
        rule="**脚注：**",
        head=lambda p: f"**[第{p + 1}页]**",
        last=lambda p: f"$\\cdot {p + 155} \\cdot$",
    ),
    "page numbers in Han digits": Engine(
        lambda n: f"[注{n}]", lambda n, t: f"[注{n}] {t}", False, last=lambda p: "一五" + "五六七八"[p]
    ),
    "olmOCR, LaTeX's raised numbers": Engine(
        lambda n: f"\\textsuperscript{{{n}}}", lambda n, t: f"\\textsuperscript{{{n}}} {t}", False
    ),
    "Azure, notes in comments": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f'<!-- Footnote="{n} {t}" -->',
        False,
        head=lambda p: f'<!-- PageNumber="{p + 155}" -->\n\n:selected: :unselected:',
    ),
    "notes with the number of their page": Engine(
        lambda n: f"[^p12-{n}]",
        lambda n, t: f"[^p12-{n}]: {t}",
        False,
        head=lambda p: f"<!-- page: {p + 1} -->",
    ),
    "a heading for each page": Engine(
        lambda n: f"[^{n}]", lambda n, t: f"[^{n}]: {t}", False, head=lambda p: f"## Page {p + 1}"
    ),
    "quotations below their name": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f"> {n} {t}",
        rule="> **脚注**",
        last=lambda p: f"页码：{p + 155}",
    ),
    "pages and notes of XML": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f'<footnote id="{n}">{t}</footnote>',
        rule="<footnotes>",
        close="</footnotes>",
        head=lambda p: f'<page number="{p + 155}">',
        last=lambda p: "</page>",
    ),
    "small type around each foot": Engine(
        lambda n: str(n).translate(RAISED),
        lambda n, t: f"{str(n).translate(RAISED)} {t}<br>",
        rule="<small>",
        close="</small>",
    ),
    "Doc2X, what it calls meaningless": Engine(
        lambda n: f"\\( {{}}^{{{n}}} \\)",
        lambda n, t: f"\\( {{}}^{{{n}}} \\) {t}",
        head=lambda p: f"<!-- Meanless: 河東學刊　第14卷第2期（2021年12月），頁1-155 · {p + 33} ·-->",
    ),
    "a span that raises": Engine(
        lambda n: f'<span style="vertical-align: super;">{n}</span>',
        lambda n, t: f'<span style="vertical-align: super;">{n}</span> {t}',
    ),
    "raised inside a link, and back": Engine(
        lambda n: f'<a href="#fn{n}" id="ref{n}"><sup>{n}</sup></a>',
        lambda n, t: f'<p id="fn{n}"><sup>{n}</sup> {t} <a href="#ref{n}">↩</a></p>',
        False,
    ),
    "a word processor's page through Pandoc": Engine(
        lambda n: f"[^\\[{n}\\]^](#_ftn{n}){{#_ftnref{n}}}",
        lambda n, t: f"[\\[{n}\\]](#_ftnref{n}){{#_ftn{n}}} {t}",
        False,
    ),
    "small type as headings": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f"###### <sup>{n}</sup> {t}",
        last=lambda p: f"###### {p + 155}",
    ),
    "labels alone above their notes": Engine(lambda n: f"<sup>{n}</sup>", lambda n, t: f"{n}\n{t}", False),
    "raised labels in paragraphs of their own": Engine(
        lambda n: f"$^{{{n}}}$", lambda n, t: f"$^{{{n}}}$\n\n{t}", last=lambda p: f"{p + 155}"
    ),
    "a foot that is folded": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f"<sup>{n}</sup> {t}",
        rule="<details>\n<summary>脚注</summary>\n",
        close="\n</details>",
    ),
    "a caret alone": Engine(lambda n: f"^{n}", lambda n, t: f"^{n} {t}", False),
    "points behind raised numbers": Engine(lambda n: f"<sup>{n}.</sup>", lambda n, t: f"<sup>{n}.</sup> {t}"),
    "words in brackets as Pandoc escapes them": Engine(
        lambda n: f"\\[注{n}\\]", lambda n, t: f"\\[注{n}\\] {t}", False, head=lambda p: f"【P{p + 7}】"
    ),
    "plain numbers as formulas": Engine(
        lambda n: f"$^{{{n}}}$",
        lambda n, t: f"${n}$ {t}",
        rule="---",
        last=lambda p: f"<center>- {p + 155} -</center>",
    ),
    "the name of the notes before the first": Engine(
        lambda n: f"<sup>{n}</sup>", lambda n, t: f"*脚注：* [{n}] {t}" if n == 1 else f"[{n}] {t}"
    ),
    "a label without a number": Engine(lambda n: CIRCLES[n - 1], lambda n, t: f"[^]: {CIRCLES[n - 1]} {t}"),
    "DeepSeek, the kind of each part": Engine(
        lambda n: f"\\( ^{{{n}}} \\)",
        lambda n, t: f"<|ref|>footnote<|/ref|><|det|>[[9, 8, 70, 60]]<|/det|>\n\\( ^{{{n}}} \\) {t}",
        head=lambda p: f"<|ref|>header<|/ref|>\n磨坊記{p}\n<|ref|>text<|/ref|>",
        last=lambda p: f"<|ref|>page_number<|/ref|>\n{p + 155}",
    ),
    "a transcript that names the parts of pages": Engine(
        lambda n: CIRCLES[n - 1],
        lambda n, t: f"{CIRCLES[n - 1]} {t}",
        rule="**【脚注】**",
        head=lambda p: f"**【页眉】** 河東學刊{p}\n\n**【正文】**",
        last=lambda p: f"**【页码】** {p + 155}",
    ),
    "a head of fields above each page": Engine(
        lambda n: f"$^{{{n})}}$",
        lambda n, t: f"{n}) {t}",
        head=lambda p: f"---\npage: {p + 1}\nlanguage: zh\n---",
    ),
    "a transcript in fences": Engine(
        lambda n: f"<sup>{n}</sup>",
        lambda n, t: f"<sup>{n}</sup> {t}",
        False,
        head=lambda p: "```markdown",
        last=lambda p: "```",
    ),
}


def written(engine: Engine) -> str:
    parts: list[str] = []
    number = 0
    for page, (text, notes) in enumerate(PAGES):
        first = 0 if engine.restarts else number
        numbers = [first + k for k in range(1, len(notes) + 1)]
        number += len(notes)
        if not page:
            parts += [engine.head(page), "# 磨坊記", "王明", "## 一、水輪"]
        else:
            parts.append(engine.head(page))
        parts.append(text.format(*map(engine.call, numbers)))
        bodies = [engine.body(n, t) for n, t in zip(numbers, notes, strict=True)]
        parts += ["\n".join([engine.rule, *bodies, engine.close])] if engine.close else [engine.rule, *bodies]
        parts.append(engine.last(page))
    return "\n\n".join(part for part in parts if part) + "\n"


def shown(text: Traced, notes: dict[str, str]) -> str:
    return "".join(
        f"〔{notes[p.text]}〕" if p.kind is PieceKind.CALL else p.text if p.kind is PieceKind.TEXT else ""
        for p in text.pieces
    )


def paragraphs(manuscript: Manuscript) -> Sequence[str]:
    notes = {n.label: "".join(b.content.visible() for b in n.blocks) for n in manuscript.notes}
    return [shown(b.content, notes) for b in manuscript.blocks if b.kind is BlockKind.PARAGRAPH]


def test_notes_in_parentheses_are_bound_where_the_form_is_told() -> None:
    source = written(Engine(lambda n: f"({n})", lambda n, t: f"({n}) {t}", False, rule="---"))
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    whole = "".join(text.format(*(f"〔{n}〕" for n in notes)) for text, notes in PAGES)
    assert list(paragraphs(manuscript)) == whole.split("\n\n")


def test_examples_in_parentheses_stay() -> None:
    text = "如(1)所示，句首的時間詞可以省去，而(2)不能。\n\n(1) 昨天船開了。\n\n(2) 船昨天開了。\n\n再比較(1)與(2)，便知道詞序的作用。\n"
    manuscript = recover("# 詞序\n\n" + text, "ocr-markdown", lang="zh-Hant")
    assert manuscript.notes == ()
    assert "(1) 昨天船開了。" in [b.content.visible() for b in manuscript.blocks]


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_tells_the_same_book(name: str) -> None:
    source = written(ENGINES[name])
    assert detect_form(source, "a.md") == "ocr-markdown"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    whole = "".join(text.format(*(f"〔{n}〕" for n in notes)) for text, notes in PAGES)
    assert list(paragraphs(manuscript)) == whole.split("\n\n")
    assert manuscript.fronts[0].title.visible() == "磨坊記"
    assert [f.rule for f in manuscript.findings] == []


def test_raised_circles_whose_notes_the_engine_dropped() -> None:
    source = "# 記\n\n" + "\n\n".join(
        f"磨坊 $^{{{CIRCLES[k % 3]}}}$ 早已停了，水輪 $^{{{CIRCLES[k % 3 + 1]}}}$ 卻還在轉。"
        for k in (0, 0, 0)
    )
    assert detect_form(source, "a.md") == "ocr-markdown"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert manuscript.blocks[0].content.visible() == "磨坊早已停了，水輪卻還在轉。"
    assert {f.rule for f in manuscript.findings} == {"N10"}


def test_notes_in_words_behind_the_text() -> None:
    text = "。".join(f"河水第{w}次漲了（註{n}）" for n, w in enumerate("一二三四", 1)) + "。"
    source = f"# 記\n\n{text}\n\n## 註釋\n\n" + "\n\n".join(
        f"註{n}：《河志》，第{n}頁。" for n in range(1, 5)
    )
    assert detect_form(source, "a.md") == "ocr-markdown"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert [n.label for n in manuscript.notes] == ["1", "2", "3", "4"]
    assert manuscript.blocks[0].content.visible() == text.replace("（註1）", "").replace(
        "（註2）", ""
    ).replace("（註3）", "").replace("（註4）", "")


@pytest.mark.parametrize(
    "source",
    [
        "# 史\n\n村裡有3戶。5年後有8戶。\n\n1 張家\n\n2 李家\n\n3 王家\n",  # no call
        "# 表\n\n甲說：“好。”1是數。\n\n1 甲\n\n2 乙\n\n9 丙\n",  # does not count on
        "# 記\n\n他說。1949年到了。2月下雪。3日晴。\n\n1 月\n\n2 年\n\n3 日\n",
    ],
)
def test_numbers_of_the_text_are_no_notes(source: str) -> None:
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert manuscript.notes == ()


# --- spaces that were ends of lines

LINES = "河邊的磨坊早已停了，水輪卻還在轉，每到汛期，整個村子都聽得見木頭的呻吟聲。老人說那是磨坊在數日子，孩子們不信，"


def test_lines_that_an_engine_joined_with_spaces() -> None:
    whole = LINES * 5
    lines = [whole[k : k + 23] for k in range(0, len(whole), 23)]
    source = "# 記\n\n" + " ".join(lines) + "\n"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    assert manuscript.blocks[0].content.visible() == whole


def test_lines_with_letters_and_numbers_that_an_engine_joined_with_spaces() -> None:
    text = "".join(LINES[k : k + 12] + ("1958年", "СССР", "第62頁", "")[k % 4] for k in range(40)) * 2
    lines, width = [""], 0
    for character in text:
        width += 1 + (character > "\u2e7f")
        if width > 60:
            lines, width = [*lines, ""], 1 + (character > "\u2e7f")
        lines[-1] += character
    heading = "二 河邊磨坊裡的水輪與村子裡老人的木 頭"
    source = f"# 記\n\n## {heading}\n\n" + " ".join(lines) + "。\n"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    shown = [b.content.visible() for b in manuscript.blocks]
    assert shown[0] == "二 河邊磨坊裡的水輪與村子裡老人的木頭"
    assert not re.search("[\u3400-\u9fff] [\u3400-\u9fff]", shown[1])


def test_a_single_space_goes_where_its_neighbours_are_known() -> None:
    source = (
        "# 記\n\n" + LINES + LINES.replace("磨坊早已", "磨 坊早已").replace("木頭的", "木 頭的") + "完。\n"
    )
    text = recover(source, "ocr-markdown", lang="zh-Hant").blocks[0].content.visible()
    assert text == LINES + LINES + "完。"
    unknown = recover(
        "# 記\n\n" + LINES + LINES.replace("磨坊早已", "磨蹭 得很早已") + "完。\n", "ocr-markdown"
    )
    assert "磨蹭 得很早已" in unknown.blocks[0].content.visible()
    assert [f.rule for f in unknown.findings] == ["L106"]


@pytest.mark.parametrize(
    "meant",
    [
        "先總統 蔣公說水輪要停",
        "他念道：水輪卻還在轉 木頭早已停了。",
        "第三回 水輪卻還在轉",
        "一九四九年 十月水輪停了",
        "王明 李文 張三都來了",
    ],
)
def test_spaces_that_are_meant_stay(meant: str) -> None:
    source = (
        "# 記\n\n"
        + LINES
        + LINES.replace("孩子們不信，", meant)
        + "總統蔣公，轉木，回水，年十，明李，文張。\n"
    )
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert meant in manuscript.blocks[0].content.visible()


def test_the_name_of_a_file_is_no_caption() -> None:
    manuscript = recover(
        "# 記\n\n<sup>1</sup>\n\n![img-0.jpeg](img/img-0.jpeg)\n\n![河](a.jpg)\n", "ocr-markdown"
    )
    figures = [b for b in manuscript.blocks if b.kind is BlockKind.FIGURE]
    assert [f.content.text for f in figures] == ["", "河"]


# --- an article's front in another language, behind its text


@pytest.mark.parametrize(
    "names",
    [
        "WANG Ming, LI Wen\n(Institute of Rivers, Some University)",
        "*Wang Ming*, *Li Wen*\n\n**Institute of Rivers, Some University**",
        "Wang Ming and Li Wen\n\nInstitute of Rivers, Some University",
    ],
)
def test_names_and_places_behind_the_text(names: str) -> None:
    source = (
        "# 磨坊記\n\n王明\n\n**摘要：** 水輪的事。\n\n## 一、水輪\n\n水輪轉得很快，水流得很急。<sup>1</sup>\n\n<sup>1</sup> 《河志》，第3頁。\n\n"
        f"## **On Mills**\n\n{names}\n\n**Abstract:** This paper studies mills.\n\n**Key words:** mill; river\n"
    )
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    front = manuscript.fronts[1]
    assert front.title.text == "On Mills"
    assert [a.text.title() for a in front.authors] == ["Wang Ming", "Li Wen"]
    assert [a.text.strip("()") for a in front.affiliation] == ["Institute of Rivers, Some University"]


# --- TeX


def test_latex_in_markdown() -> None:
    source = (
        "\\title{\n磨坊記\n}\n\n\\begin{abstract}\n水輪的事。\n\\end{abstract}\n\n\\section*{一、水輪}\n\n"
        "水輪\\({ }^{1}\\)轉得很快，約有\\(51 \\%\\)的水從輪下過，其速為 \\(v_{0}\\)，這是因為村裡的老人\n"
        "\\footnotetext{\n1. 此處的水輪只指木輪。\n}\n說過的話。\n\n"
        "\\begin{figure}\n\\includegraphics[max width=\\textwidth]{a.jpg}\n\\captionsetup{labelformat=empty}\n\\caption{圖1 水輪}\n\\end{figure}\n"
    )
    assert detect_form(source, "a.md") == "ocr-markdown"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    assert manuscript.fronts[0].title.visible() == "磨坊記"
    text = next(b.content for b in manuscript.blocks if b.content.visible().startswith("水輪轉"))
    assert text.visible() == "水輪轉得很快，約有51%的水從輪下過，其速為 ，這是因為村裡的老人說過的話。"
    assert "".join(p.text for p in text.pieces if p.kind is PieceKind.MARKUP) == "$v_{0}$"
    assert [(n.label, n.blocks[0].content.visible()) for n in manuscript.notes] == [
        ("1", "此處的水輪只指木輪。")
    ]
    figures = [b.marker for b in manuscript.blocks if b.kind is BlockKind.FIGURE]
    assert figures == ["a.jpg"] and "圖1 水輪" in [b.content.visible() for b in manuscript.blocks]


def test_latex_s_lists_and_authors_on_several_lines() -> None:
    source = (
        "\\title{\n磨坊記\n}\n\n\\author{\n王明\\({ }^{1}\\) \\\\\n城南大學歷史學院\n}\n\n\\section*{一、水輪}\n\n水輪有三種：\n\n"
        "\\begin{enumerate}\n\\item 木輪；\n\\item 鐵輪：\n\\begin{itemize}\n\\item 大的；\n\\end{itemize}\n\\end{enumerate}\n\n"
        "\\footnotetext{\n1. 王明，村裡的人。\n}\n\n\\begin{tabular}{|l|l|}\n\\hline 甲 & 乙 \\\\\n\\hline 一 & 二 \\\\\n\\hline\n\\end{tabular}\n"
    )
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == [] and not manuscript.findings
    front = manuscript.fronts[0]
    assert [a.visible() for a in front.authors] == ["王明"]
    assert [a.visible() for a in front.affiliation] == ["城南大學歷史學院"]
    items = [(b.marker, b.level, b.content.visible()) for b in manuscript.blocks if b.kind is BlockKind.ITEM]
    assert items == [("1.", 0, "木輪；"), ("2.", 0, "鐵輪："), ("-", 1, "大的；")]


def test_latex_s_author_with_the_institution_on_one_line() -> None:
    source = "\\title{\n磨坊記\n}\n\n\\author{\n全以敏 \\\\ 城南大學歷史學院\n}\n\n\\section*{一、水輪}\n\n水輪轉得很快。\n"
    front = recover(source, "ocr-markdown", lang="zh-Hant").fronts[0]
    assert [a.visible() for a in front.authors] == ["全以敏"]
    assert [a.visible() for a in front.affiliation] == ["城南大學歷史學院"]


def test_an_item_of_latex_s_outside_a_list_is_text() -> None:
    source = "# 磨坊記\n\n水輪<sup>1</sup>說的是：\n\n\\item 甲\n\n<sup>1</sup> 《河志》，第3頁。\n"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert all(b.kind is not BlockKind.ITEM for b in manuscript.blocks)


def test_nougat_s_marks_of_pages_that_it_left_out() -> None:
    """A page that was empty says nothing; of one that it could not read the words are missing."""
    marks = "\n\n".join(f"[MISSING_PAGE_{why}:2]" for why in ("EMPTY", "FAIL"))
    source = f"# 磨坊記\n\n水輪<sup>1</sup>轉得很快。\n\n{marks}\n\n村裡的老人說過。\n\n<sup>1</sup> 《河志》，第3頁。\n"
    blocks = [b.content.visible() for b in recover(source, "ocr-markdown", lang="zh-Hant").blocks]
    assert blocks == ["水輪轉得很快。", "[MISSING_PAGE_FAIL:2]", "村裡的老人說過。"]


@pytest.mark.parametrize("dollars", [("$", "$"), ("$ ", " $"), ("\\(", "\\)")])
def test_numbers_in_rings_that_call_nothing_are_signs(dollars: tuple[str, str]) -> None:
    one, two = (f"{dollars[0]}\\textcircled {{ {n} }}{dollars[1]}" for n in (1, 2))
    source = (
        f"# 磨坊記\n\n水輪<sup>1</sup>有兩種： {one} 木輪; {two} 鐵輪，速度 $v _ {{ 0 }}$ ，長度 $l _ {{ 1 }}$ 。見 {two} 。\n\n"
        f"{one} 木輪轉得很快，聲音也大\n\n{two} 鐵輪沒有聲音。\n\n<sup>1</sup> 《河志》，第3頁。\n"
    )
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    assert write_master(manuscript).split("---\n\n", 1)[1].split("\n\n[^1]:")[0] == (
        "水輪[^1]有兩種：①木輪; ②鐵輪，速度 $v _ { 0 }$，長度 $l _ { 1 }$。見②。\n\n①木輪轉得很快，聲音也大\n\n②鐵輪沒有聲音。"
    )


def test_a_ring_inside_a_formula_is_the_formulas() -> None:
    source = "# 磨坊記\n\n水輪<sup>1</sup>的速度是 $\\textcircled{1} + v _ { 0 }$ 。\n\n<sup>1</sup> 《河志》，第3頁。\n"
    assert "$\\textcircled{1} + v _ { 0 }$" in write_master(recover(source, "ocr-markdown", lang="zh-Hant"))


def test_a_table_in_the_box_of_its_page() -> None:
    source = (
        "# 磨坊記\n\n水輪<sup>1</sup>有三種。\n\n"
        '<div style="text-align: center;"><html><body><table border="1"><tr><td>甲</td><td>乙</td></tr><tr><td>一</td><td>二</td></tr></table></body></html></div>\n\n'
        "<sup>1</sup> 《河志》，第3頁。\n"
    )
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    assert [b.kind for b in manuscript.blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE]


def test_brackets_of_the_text_are_no_formula() -> None:
    source = "# 記\n\n水輪\\(大\\)與\\[甲\\]，<sup>1</sup>見\\(a\\)。<sup>2</sup>\n"
    text = recover(source, "ocr-markdown", lang="zh-Hant").blocks[0].content
    assert text.visible() == "水輪(大)與[甲]，見。"
    assert "".join(p.text for p in text.pieces if p.kind is PieceKind.MARKUP) == "$a$"


def test_raised_numbers_that_leap_are_citations() -> None:
    source = "# 記\n\n水輪 $^{[1]}$ 早停了，$^{[8]}$ 磨坊 $^{[15]}$ 也老了，$^{[3]}$ 人也走了。\n"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert manuscript.notes == () and manuscript.findings == ()


def test_formulas_as_an_engine_reads_them_tell_the_form() -> None:
    source = "# 輪\n\n輪速為\n\n$$\nv _ {1} ^ {2} = \\frac {a _ {1}}{b _ {2}} x ^ {3}\n$$\n\n是也。\n"
    assert detect_form(source, "a.md") == "ocr-markdown"
    assert detect_form(source.replace(" _ {", "_{").replace(" ^ {", "^{"), "a.md") == "markdown"


def test_a_head_that_comes_twice_goes_both_times() -> None:
    long = (
        "老人說那是磨坊在數日子，孩子們不信，偏要趁夜裡爬上去看。他們看見的只有月光，月光底下是一圈一圈磨得"
    )
    source = (
        f"# 磨坊記\n\n王明\n\n## 一、水輪\n\n{long}\n\n55\n\n河渠研究 第3期\n\n發亮的石槽，裡面積着去年的雨。\n\n{long}\n\n56\n\n磨坊記\n\n發亮。\n\n"
        f"村裡人看一看，水輪就\n\n57\n\n河渠研究 第3期\n\n轉了起來。{long}發亮。\n\n58\n"
    )
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    texts = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.PARAGRAPH]
    assert texts == [
        f"{long}發亮的石槽，裡面積着去年的雨。",
        f"{long}發亮。",
        f"村裡人看一看，水輪就轉了起來。{long}發亮。",
    ]


def test_a_short_beginning_that_a_page_cuts_goes_on() -> None:
    long = "河邊的磨坊早已停了，水輪卻還在轉。每到汛期，整個村子都聽得見木頭的呻吟。"
    begun = ("村裡的老人說，那是磨坊在", f"數日子。{long}")
    whole = (  # a date, a label, verse, and what short text follows
        ("一九五三年五月，於河邊", long),
        ("附記：本文成於病中，承李文", long),
        ("朝辭白帝彩雲間，千里江陵", "兩岸猿聲啼不住，輕舟已過萬重山"),
    )
    for (first, second), joins in [(begun, True), *((pair, False) for pair in whole)]:
        source = f"# 記\n\n<sup>1</sup>\n\n## 一、水輪\n\n{long}\n\n{first}\n\n{second}\n"
        texts = [b.content.visible() for b in recover(source, "ocr-markdown", lang="zh-Hant").blocks]
        assert ((first + second) in texts) is joins, first


def test_a_manual_of_latex_is_markdown() -> None:
    code = "```latex\n\\title{河}\n\\section{水}\n\\begin{abstract}\n$x _ {1} ^ {2} y _ {3} z _ {4} w _ {5}$\n```\n"
    assert detect_form(f"# 記\n\n這樣寫：\n\n{code}\n**完。**\n", "a.md") == "markdown"


@pytest.mark.parametrize(
    "box",
    [
        '<div style="text-align: center;">圖 1 渡口\n</div>\n渡口早就廢了，只有老船還橫在岸邊。',
        '渡口早就廢了，只有老船還橫在岸邊。\n<div style="text-align: center;">圖 1 渡口</div>',
    ],
)
def test_a_caption_in_its_own_box_is_no_part_of_the_paragraph(box: str) -> None:
    manuscript = recover(f"# 渡口考\n\n{box}\n", "ocr-markdown")
    assert sorted(b.content.visible() for b in manuscript.blocks) == sorted(
        ["圖 1 渡口", "渡口早就廢了，只有老船還橫在岸邊。"]
    )


FORMULAS = "電壓為 $ U_{1} $，電流為 $ I_{2} $，功率為 $ P^{2} $。"


@pytest.mark.parametrize(
    ("before", "kept"),
    [(FORMULAS, "$+5V$或 $-10V$"), ("", "\\$ +5V \\$或")],
    ids=["padded", "money"],
)
def test_padded_dollars_are_formulas_where_the_engine_pads_all(before: str, kept: str) -> None:
    source = f"# 渡口考\n\n{before}\n\n一般為 $ +5V $或 $ -10V $，其餘不論。\n"
    assert kept in write_master(recover(source, "ocr-markdown"))


@pytest.mark.parametrize("mark", ["(1)", "①", "*"])
def test_the_label_of_a_whole_foot_before_any_mark(mark: str) -> None:
    call = {"(1)": "${ }^{(1)}$", "①": "${ }^{①}$", "*": "${ }^{*}$"}[mark]
    source = f"# 渡口考\n\n王明{call}\n\n渡口早就廢了，孩子們不信，偏要爬上船去看，看見的只有月\n\n[^0]\n[^0]:    {mark} 王明，海東大學教授。\n\n光。\n"
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert [b.content.visible() for n in manuscript.notes for b in n.blocks] == ["王明，海東大學教授。"]
    assert manuscript.blocks[0].content.visible().endswith("看見的只有月光。")


@pytest.mark.parametrize("second", ["[^0]", "[^1]"])
def test_the_label_of_a_whole_foot_is_no_note(second: str) -> None:
    source = (
        "# 渡口考\n\n渡口早就廢了 ${ }^{1}$ ，船戶改行做了腳夫 ${ }^{2}$ 。孩子們不信，偏要爬上船去看，看見的只有月\n\n"
        "[^0]\n[^0]:    ${ }^{1}$ 王明：《渡口志》，第3頁。\n\n    縣志裡沒有這條渡口。\n    ${ }^{2}$ 參見《河志》和\n\n"
        f"光 ${{ }}^{{3}}$ 。\n\n{second}\n{second}:    《村史》，第5頁。\n    ${{ }}^{{3}}$ 同上。\n"
    )
    manuscript = recover(source, "ocr-markdown", lang="zh-Hant")
    assert account(manuscript) == []
    notes = {n.label: [b.content.visible() for b in n.blocks] for n in manuscript.notes}
    assert notes["1"] == ["王明：《渡口志》，第3頁。", "縣志裡沒有這條渡口。"]
    assert (notes["2"], notes["3"]) == (["參見《河志》和《村史》，第5頁。"], ["同上。"])
    assert manuscript.blocks[0].content.visible().endswith("看見的只有月光。")
