"""Dumps and exports in the manners of other programs: the same text and the same notes come back.

One small article of our own is written in each manner (``tests/cases/recovery/other/``) and recovered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.document.traced import PieceKind
from pipeline.readers.detect import detect_form
from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from pipeline.settings import RecoverSettings

ARTICLE = (Path(__file__).parents[2] / "cases" / "recovery" / "other" / "harbour.md").read_text("utf-8")
PARTS, BODIES = ARTICLE.split("\n===\n")
PARAGRAPHS = PARTS.strip().split("\n\n")
NOTES = BODIES.strip().split("\n")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Manner = Callable[[int], str]


def called(text: str, call: Manner) -> str:
    return re.sub(r"\{(\d+)\}", lambda m: call(int(m[1])), text)


def recovered(text: str, form: str) -> Manuscript:
    manuscript = recover(text, form, RecoverSettings())
    assert account(manuscript) == []
    return manuscript


def read_back(manuscript: Manuscript) -> tuple[list[str], list[str]]:
    """The paragraphs with their calls as ``{n}``, and the notes' texts by number."""
    texts = []
    for block in manuscript.blocks:
        if block.content and block.kind is not BlockKind.HEADING:
            shown = (
                f"{{{p.text}}}" if p.kind is PieceKind.CALL else p.text if p.kind is PieceKind.TEXT else ""
                for p in block.content.pieces
            )
            texts.append("".join(shown))
    notes = {n.label: "".join(b.content.visible() for b in n.blocks) for n in manuscript.notes}
    return texts, [notes[label] for label in sorted(notes, key=int)]


OCR: dict[str, tuple[Manner, Manner]] = {
    "dollar": (lambda n: f"$^{{{n}}}$", lambda n: f"$^{{{n}}}$ "),
    "dollar and bracket": (lambda n: f"$^{{[{n}]}}$", lambda n: f"[{n}] "),
    "caret": (lambda n: f"^{n}^", lambda n: f"^{n}^ "),
    "raised": (lambda n: str(n).translate(RAISED), lambda n: str(n).translate(RAISED) + " "),
    "circled": (lambda n: CIRCLED[n - 1], lambda n: CIRCLED[n - 1] + " "),
    "bracket": (lambda n: f"[{n}]", lambda n: f"[{n}] "),
    "html": (lambda n: f"<sup>{n}</sup>", lambda n: f"<sup>{n}</sup> "),
    "html, circled": (lambda n: f"<sup>{CIRCLED[n - 1]}</sup>", lambda n: CIRCLED[n - 1] + " "),
    "html, with its sign": (lambda n: f"<sup>註{n}</sup>", lambda n: f"註{n}　"),
    "html, in brackets": (lambda n: f"<sup>({n})</sup>", lambda n: f"({n}) "),
    "html, plain at the foot": (lambda n: f"<sup>{n}</sup>", lambda n: f"{n} "),
    "html, with anchors": (
        lambda n: f"<sup>{n}</sup>",
        lambda n: f'<span id="page-1-{n}"></span><sup>{n}</sup> ',
    ),
    "html, linked": (
        lambda n: f"<sup>[{n}](#page-1-{n})</sup>",
        lambda n: f'<span id="page-1-{n}"></span>{n} ',
    ),
    "html inside a link": (lambda n: f"[<sup>{n}</sup>](#page-1-{n})", lambda n: f"<sup>{n}</sup> "),
    "html, quoted": (lambda n: f"<sup>{n}</sup>", lambda n: f"> <sup>{n}</sup> "),
    "html, listed": (lambda n: f"<sup>{n}</sup>", lambda n: f"- <sup>{n}</sup> "),
    "dollar, plain at the foot": (lambda n: f"$^{{{n}}}$", lambda n: f"{n} "),
    "dollar, numbered at the foot": (lambda n: f"$^{{{n}}}$", lambda n: f"{n}. "),
    "dollar behind nothing": (lambda n: f"${{ }}^{{{n}}}$", lambda n: f"${{ }}^{{{n}}}$ "),
    "TeX's brackets": (lambda n: f"\\({{ }}^{{{n}}}\\)", lambda n: f"\\(^{{{n}}}\\) "),
    "circled by TeX": (lambda n: f"$\\textcircled{{{n}}}$", lambda n: f"$\\textcircled{{{n}}}$ "),
    "raised circle of TeX": (lambda n: f"$^{{\\textcircled{{{n}}}}}$", lambda n: f"$\\textcircled{{{n}}}$ "),
}


@pytest.mark.parametrize("manner", OCR)
@pytest.mark.parametrize("rule", ["---\n\n", ""], ids=["ruled", "unruled"])
def test_notes_of_other_page_recognitions(manner: str, rule: str) -> None:
    call, mark = OCR[manner]
    first, *rest = (called(p, call) for p in PARAGRAPHS)
    bodies = "\n\n".join(f"{mark(n)}{body}" for n, body in enumerate(NOTES, 1))
    text = f"## 碼頭\n\n{first}\n\n" + "\n\n".join(rest) + f"\n\n{rule}{bodies}\n"
    assert detect_form(text, "page.md") == "ocr-markdown"
    assert read_back(recovered(text, "ocr-markdown")) == (PARAGRAPHS, NOTES)


def test_notes_numbered_anew_on_each_page_are_no_masters() -> None:
    pages = [f"# 第{k}\n\n甲說{{1}}，乙說{{2}}。\n\n[^1]: 甲{k}。\n\n[^2]: 乙{k}。" for k in "一二"]
    text = called("\n\n---\n\n".join(pages), lambda n: f"[^{n}]") + "\n"
    assert detect_form(text, "pages.md") == "ocr-markdown"
    paragraphs, notes = read_back(recovered(text, "ocr-markdown"))
    assert paragraphs == ["甲說{1}，乙說{2}。", "甲說{3}，乙說{4}。"]
    assert notes == ["甲一。", "乙一。", "甲二。", "乙二。"]


def test_commands_of_latex_are_headings_and_notes() -> None:
    call, mark = OCR["dollar behind nothing"]
    first, *rest = (called(p, call) for p in PARAGRAPHS)
    bodies = "\n\n".join(f"\\footnotetext{{\n{mark(n)}{b}\n}}" for n, b in enumerate(NOTES, 1))
    text = (
        f"\\title{{\n碼頭\n}}\n\n\\section*{{一、河}}\n\n{first}\n\n" + "\n\n".join(rest) + f"\n\n{bodies}\n"
    )
    manuscript = recovered(text, detect_form(text, "page.md"))
    assert read_back(manuscript) == (PARAGRAPHS, NOTES)
    assert manuscript.fronts[0].title.visible() == "碼頭"


@pytest.mark.parametrize(
    "text",
    [
        "# 水\n\n河道[1]與降雨[2]有關[1]，作者[3]另有說法。\n\n## 參考文獻\n\n[1] 甲。\n\n[2] 乙。\n\n[3] 丙。\n",
        "# 式\n\n若 a² + b² = c²，則 x³ 為奇數。\n",
        "# 條\n\n包括①水、②火、③土三項。\n",
    ],
)
def test_citations_powers_and_enumerations_are_no_notes(text: str) -> None:
    assert detect_form(text, "a.md") == "markdown"


LINKS = {"wiki": "[{0}](/wiki/{0})", "address": '[{0}](https://zh.wikipedia.org/wiki/{0} "wikilink")'}
WIKI: dict[str, tuple[str, Manner, Manner]] = {
    "escaped": ("address", lambda n: f"\\[{n}\\]", lambda n: ""),
    "plain brackets": ("address", lambda n: f"[{n}]", lambda n: ""),
    "linked": ("wiki", lambda n: f"[\\[{n}\\]](#cite_note-{n})", lambda n: f"[^](#cite_ref-{n}) "),
    "unescaped link": (
        "address",
        lambda n: f"[[{n}]](https://zh.wikipedia.org/wiki/A#cite_note-{n})",
        lambda n: f"**[^](https://zh.wikipedia.org/wiki/A#cite_ref-{n})** ",
    ),
    "raised link": (
        "wiki",
        lambda n: f"<sup>[[{n}]](#cite_note-{n})</sup>",
        lambda n: f"[↑](#cite_ref-{n}) ",
    ),
}


@pytest.mark.parametrize("manner", WIKI)
def test_notes_of_other_wiki_exports(manner: str) -> None:
    link, call, arrow = WIKI[manner]
    text = "\n\n".join(called(p, call) for p in PARAGRAPHS)
    for word in ("石門河", "商會", "關卡", "青溪縣"):
        text = text.replace(word, LINKS[link].format(word))
    text += "\n\n## 注释\n\n" + "".join(f"{n}. {arrow(n)}{body}\n" for n, body in enumerate(NOTES, 1))
    text += '\n[Category:碼頭](../Category/碼頭.md "wikilink")\n'
    assert detect_form(text, "article.md") == "wiki-markdown"
    assert read_back(recovered(text, "wiki-markdown")) == (PARAGRAPHS, NOTES)


def lines_of(text: str, width: int = 30) -> list[str]:
    """The text in lines; a call does not count, and none begins with a mark."""
    out, line, count = [], "", 0
    for token in re.findall(r"\{\d+\}|.", text):
        if count >= width and not re.fullmatch(r"\{\d+\}|[，。；、]", token):
            out.append(line)
            line, count = "", 0
        line += token
        count += 0 if token.startswith("{") else 1
    return [*out, line]


def page_dump(*, broken: bool = False, rule: str = "", label: str = "{0} ", folio: str = "7") -> str:
    """Two pages, the notes at the foot of the first; ``broken``: a new line behind every call."""
    lines = [line for p in PARAGRAPHS for line in lines_of(p)]
    text = "\n".join(re.sub(r"\{(\d+)\}", r"\1\n" if broken else r"\1", line) for line in lines)
    notes = "\n".join(label.format(n) + body for n, body in enumerate(NOTES, 1))
    tail = "\n".join(line for p in PARAGRAPHS[:2] for line in lines_of(re.sub(r"\{\d+\}", "", p)))
    return f"{text}\n{rule}{notes}\n{folio}\n\f{tail}\n{int(folio) + 1}\n".replace("\n\n", "\n")


@pytest.mark.parametrize("broken", [False, True], ids=["whole lines", "lines broken behind calls"])
@pytest.mark.parametrize("label", ["{0} ", "{0}\n"], ids=["label before", "label alone"])
@pytest.mark.parametrize("rule", ["", "────────────\n"], ids=["unruled", "ruled"])
def test_page_dumps(broken: bool, label: str, rule: str) -> None:
    manuscript = recovered(page_dump(broken=broken, label=label, rule=rule), "page-dump")
    paragraphs, notes = read_back(manuscript)
    assert notes == NOTES
    assert paragraphs[: len(PARAGRAPHS)] == PARAGRAPHS


def test_page_numbers_over_blank_pages() -> None:
    """Blank pages are counted and not in the dump: the numbers skip, and are page numbers still."""
    numbers = ["1", "2", "3", "5", "6", "7", "9", "10"]
    pages = [f"第{k}天，商會派人沿河步行，記下每一處淺灘的位置與水深。\n{n}" for k, n in enumerate(numbers)]
    manuscript = recovered("\f".join(pages) + "\n", "page-dump")
    texts, _ = read_back(manuscript)
    assert not any(re.search(r"。\d", text) for text in texts)
    assert [number for _, number in manuscript.pages] == numbers


def test_a_centred_heading_is_one_however_far_it_was_pushed() -> None:
    sentence = "船工的收入按航次計算，順水一趟約得銅錢二百四十文，逆水加倍。"
    body = "\n".join(lines_of(sentence * 4))
    text = "\n\n".join(f"{' ' * 36}第{n}節      船工\n\n{body}" for n in "一二三")
    manuscript = recovered(text + "\n\f" + text, "page-dump")
    assert sum(b.kind is BlockKind.HEADING for b in manuscript.blocks) == 6
