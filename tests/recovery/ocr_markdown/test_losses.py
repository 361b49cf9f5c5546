"""Notes that engines wrap, quote or put in lists, and numbers that they lost, glued together or misread."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.document.traced import PieceKind
from pipeline.recovery.ocr_markdown import recover_ocr_markdown
from pipeline.settings import RecoverSettings
from tests.recovery.ocr_markdown.papers import calls, notes, recover, texts

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
TEXT = "渡口早就廢了，只有老船還橫在岸邊，船戶改行做了腳夫。"


def mark(form: str, n: int) -> str:
    return form.format(n=n, r=str(n).translate(RAISED), c=CIRCLED[n - 1])


def paper(call: str, body: str, numbers: int = 8, lost: int = 0, cites: bool = True) -> str:
    """Pages of two notes; the call of the note ``lost`` is not there."""
    out = ["# 渡口考"]
    for n in range(1, numbers + 1, 2):
        pair = (n, n + 1)
        out.append(
            "".join(TEXT + ("" if k == lost else mark(call, k)) for k in pair) + "孩子們不信，偏要爬上船去看"
        )
        out += [
            mark(body, k) + (f"王明：《渡口志》，第{k}頁。" if cites else f"船戶第{k}人的說法，今從之。")
            for k in pair
        ]
        out.append("船舷上的月光，天亮才回家。")
    return "\n\n".join(out) + "\n"


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("<sup>{n}</sup>", "<footnote><sup>{n}</sup> %s</footnote>"),
        ("[{n}]", "<small>[{n}] %s</small>"),
        ("<sup>{n}</sup>", '<small><span class="page-footnote"><sup>{n}</sup>%s</span></small>'),
        ("<sup>{n}</sup>", "- {n}. %s"),
        ("{c}", "- {c} %s"),
        ("<sup>{n}</sup>", "<sub>({n}) %s</sub>"),
        ("<sup>{n}</sup>", "**<sup>{n}</sup>** %s"),
        ("<sup>{n}</sup>", "> <sup>{n}</sup> %s"),
        ("[{n}]", "> [{n}] %s"),
        ("〔{n}〕", "> 〔{n}〕%s"),
        ("（注{n}）", "注{n}：%s"),
    ],
)
def test_bodies_in_tags_lists_and_quotations(call: str, body: str) -> None:
    before, _, behind = body.partition("%s")
    source = paper(call, before)
    if behind:
        source = "\n".join(
            line + behind if line.startswith(before.partition("{")[0]) and "王明" in line else line
            for line in source.split("\n")
        )
    manuscript = recover(source)
    assert notes(manuscript) == {str(n): f"王明：《渡口志》，第{n}頁。" for n in range(1, 9)}
    assert calls(manuscript) == [str(n) for n in range(1, 9)]
    assert not any("王明" in text or "<" in text for text in texts(manuscript))


def test_a_group_of_notes_between_tags_on_their_own_lines() -> None:
    source = f"# 渡口考\n\n{TEXT}<sup>1</sup>\n\n<footnotes>\n\n<sup>1</sup> 王明：《渡口志》。\n\n</footnotes>\n\n{TEXT}\n"
    manuscript = recover(source)
    assert notes(manuscript) == {"1": "王明：《渡口志》。"}
    assert texts(manuscript)[-1] == TEXT


@pytest.mark.parametrize("call", ["<sup>{n}</sup>", "{n}"])
def test_bodies_that_touch_their_numbers(call: str) -> None:
    source = paper(call, "{n}").replace("王明：《渡口志》，第3頁。", "Wang Ming, *Boats*, p. 3.")
    manuscript = recover(source)
    assert calls(manuscript) == [str(n) for n in range(1, 9)]
    assert notes(manuscript)["3"] == "Wang Ming, Boats, p. 3." and len(notes(manuscript)) == 8


def test_paragraphs_that_begin_with_a_number_are_no_bodies_that_touch_it() -> None:
    source = paper("<sup>{n}</sup>", "<sup>{n}</sup> ").replace("船舷上的月光，", "8號渡口的月光，")
    assert texts(recover(source))[-1].endswith("8號渡口的月光，天亮才回家。")
    called = "".join(f"{TEXT}<sup>{n}</sup>" for n in (1, 2, 3))
    source = f"# 渡口考\n\n{called}\n\n3D照相的船，見《渡口志》，第3頁。\n\n{TEXT}\n"
    assert notes(recover(source)) == {}


@pytest.mark.parametrize(("call", "body"), [("{n}", "{n}"), ("{r}", "{n}. ")])
def test_an_enumeration_behind_a_colon_calls_no_note(call: str, body: str) -> None:
    told = "分三層來說：(1) 誰有船；(2) 誰划船；(3) 誰怕船。"
    source = paper(call, body).replace("孩子們不信", told + "孩子們不信", 1)
    manuscript = recover(source)
    assert calls(manuscript) == [str(n) for n in range(1, 9)]
    assert told in texts(manuscript)[0]


@pytest.mark.parametrize("tags", [("<footnote>", "</footnote>"), ("::: footnotes", ":::")])
def test_a_second_paragraph_between_the_tags_of_a_foot_is_the_note_s(tags: tuple[str, str]) -> None:
    foot = f"{tags[0]}\n<sup>1</sup> 王明：《渡口志》。\n\n後來的人都這樣說。\n{tags[1]}"
    manuscript = recover(f"# 渡口考\n\n{TEXT}<sup>1</sup>\n\n{foot}\n\n{TEXT}\n")
    assert notes(manuscript) == {"1": "王明：《渡口志》。後來的人都這樣說。"}
    assert texts(manuscript)[-1] == TEXT


@pytest.mark.parametrize("lost", [3, 6])
@pytest.mark.parametrize("cites", [True, False])
@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("<sup>{n}</sup>", "<sup>{n}</sup> "),
        ("[{n}]", "[{n}] "),
        ("{r}", "{r} "),
        ("{n}", "{n} "),
        ("〔{n}〕", "〔{n}〕"),
    ],
)
def test_a_lost_call_leaves_its_body_a_note(call: str, body: str, cites: bool, lost: int) -> None:
    manuscript = recover(paper(call, body, lost=lost, cites=cites))
    assert list(notes(manuscript)) == [str(n) for n in range(1, 9)]
    assert calls(manuscript) == [str(n) for n in range(1, 9) if n != lost]
    assert [f.rule for f in manuscript.findings] == ["N11"]


def test_a_list_of_sources_that_nothing_calls_stays() -> None:
    listed = "\n\n".join(f"[{n}] 王明：《渡口志》卷{n}，第{n}頁。" for n in range(9, 13))
    manuscript = recover(paper("[{n}]", "[{n}] ") + f"\n{TEXT}\n\n{listed}\n")
    assert len(notes(manuscript)) == 8
    assert texts(manuscript)[-1].startswith("[12]")


def test_plain_digits_before_a_number_and_two_that_touch() -> None:
    source = paper("{n}", "{n} ", numbers=12)
    source = source.replace("6 王明：《渡口志》，第6頁。", "6 5號、19號、77號。")
    source = source.replace(f"。9{TEXT}10", f"。{TEXT}910")
    manuscript = recover(source)
    assert notes(manuscript)["6"] == "5號、19號、77號。"
    assert calls(manuscript) == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(("call", "glued"), [("{r}", "⁹¹⁰"), ("<sup>{n}</sup>", "<sup>910</sup>")])
def test_two_raised_numbers_read_as_one(call: str, glued: str) -> None:
    source = paper(call, call + " ", numbers=12)
    source = source.replace(f"{mark(call, 9)}{TEXT}{mark(call, 10)}", TEXT + glued)
    manuscript = recover(source)
    assert calls(manuscript) == [str(n) for n in range(1, 13)]
    assert len(notes(manuscript)) == 12


def test_a_twelve_is_no_one_and_two() -> None:
    source = (
        "# 渡口考\n\n"
        + TEXT
        + "<sup>12</sup>"
        + TEXT
        + "<sup>13</sup>\n\n<sup>12</sup> 見甲書。\n\n<sup>13</sup> 見乙書。\n"
    )
    assert calls(recover(source)) == ["12", "13"]


@pytest.mark.parametrize(("n", "letter"), [(8, "§"), (5, "S"), (1, "l"), (2, "Z")])
def test_a_number_read_as_a_letter_or_sign(n: int, letter: str) -> None:
    source = paper("<sup>{n}</sup>", "<sup>{n}</sup> ", numbers=10).replace(
        f"<sup>{n}</sup>", f"<sup>{letter}</sup>", 1
    )
    manuscript = recover(source)
    assert calls(manuscript) == [str(k) for k in range(1, 11)]


def test_a_weak_call_whose_body_is_lost_is_a_finding() -> None:
    source = paper("[{n}]", "[{n}] ").replace("[4] 王明：《渡口志》，第4頁。\n\n", "")
    manuscript = recover(source)
    assert calls(manuscript) == [str(n) for n in range(1, 9)]
    assert [n.label for n in manuscript.notes if n.missing] == ["4"]


def test_parts_of_a_sentence_are_no_calls_of_bracketed_notes() -> None:
    source = (
        paper("[{n}]", "[{n}] ")
        .replace("孩子們", "說法有三：①船大；②水深；③風急。孩子們", 1)
        .replace("[2]", "", 1)
    )
    manuscript = recover(source)
    assert "①船大；②水深；③風急" in "".join(texts(manuscript))
    assert calls(manuscript) == [str(n) for n in range(1, 9) if n != 2]


def test_an_abstract_that_a_page_with_notes_cut() -> None:
    source = (
        "# 渡口考\n\n王明*\n\n摘要：渡口早就廢了，只有老船還橫在岸邊，船戶改行做了\n\n---\n\n* 王明，某某大學教授。\n\n"
        f"腳夫，孩子們偏要爬上船去看。\n\n關鍵詞：渡口；船戶\n\n{TEXT}<sup>1</sup>\n\n---\n\n<sup>1</sup> 見甲書。\n"
    )
    front = recover(source).fronts[0]
    assert [a.visible() for a in front.abstract] == [
        "渡口早就廢了，只有老船還橫在岸邊，船戶改行做了腳夫，孩子們偏要爬上船去看。"
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ["第一節　船", "一、船戶", "二、船價", "第二節　橋", "小結"],
        ["1. 船", "1.1 船戶", "1.2 船價", "2. 橋", "3. 結論"],
        ["壹、船", "一、船戶", "二、船價", "貳、橋", "結論"],
    ],
)
def test_headings_that_are_marked_nowhere(heads: list[str]) -> None:
    blocks = "\n\n".join(f"{head}\n\n{TEXT * 3}<sup>{n}</sup>" for n, head in enumerate(heads, 1))
    bodies = "\n\n".join(f"<sup>{n}</sup> 見甲書。" for n in range(1, 6))
    found = [b for b in recover(f"# 渡口考\n\n{blocks}\n\n{bodies}\n").blocks if b.kind is BlockKind.HEADING]
    assert [b.content.visible().replace(" ", "") for b in found] == [h.replace(" ", "") for h in heads]
    assert [b.level for b in found] == [1, 2, 2, 1, 1]


def test_a_caption_that_a_picture_says_too() -> None:
    source = f"# 渡口考\n\n{TEXT}<sup>1</sup>\n\n![圖1　渡口](page_3.png)\n\n圖1　渡口\n\n{TEXT}\n\n<sup>1</sup> 見甲書。\n"
    assert "".join(texts(recover(source))).count("渡口早就廢了") == 2
    assert "".join(texts(recover(source))).count("圖1") == 1


def test_a_quotation_without_an_end_and_the_text_behind_it_are_two() -> None:
    source = f"# 渡口考\n\n{TEXT}信上寫道：\n\n> 家裡都好，豬養到一百二十斤，我會寫字了。秀英。○○<sup>1</sup>\n\n這封信寄了四十天。\n\n<sup>1</sup> 見甲書。\n"
    kinds = [(b.kind, b.content.visible()[:3]) for b in recover(source).blocks]
    assert kinds[1:] == [(BlockKind.QUOTE, "家裡都"), (BlockKind.PARAGRAPH, "這封信")]


def test_heads_beside_an_engine_s_page_breaks() -> None:
    pages = []
    for n in range(1, 7):
        head = "第五章　渡口的一年\n\n" if n > 1 else ""
        pages.append(
            f"{head}{'邊，' if n > 1 else ''}{TEXT}<sup>{n}</sup>老船還橫在岸邊，船戶都改行做了腳夫，月光照在岸\n\n<sup>{n}</sup> 見甲書。"
        )
    manuscript = recover("# 第五章　渡口的一年\n\n王明\n\n" + "\n\n<!-- PageBreak -->\n\n".join(pages) + "\n")
    assert sum("第五章" in text for text in texts(manuscript)) <= 1


def test_a_list_behind_a_colon_is_no_note_of_plain_digits() -> None:
    pages = "".join(
        f"渡口早就廢了，只有第{'一二三四'[n - 1]}條老船還橫在岸邊。{n}船戶改行做了腳夫。\n\n{n}. 參見《渡口志》，第{n}頁。\n\n"
        for n in range(1, 5)
    )
    listed = "船戶分三步走：\n\n1. 先賣船；\n\n2. 再賣網；\n\n3. 最後進城。\n\n"
    source = f"# 渡口考\n\n{pages}{listed}渡口早就廢了。5\n\n5. 2011年重修，見《河志》，第3頁。"
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    assert [n.label for n in manuscript.notes if n.blocks] == ["1", "2", "3", "4", "5"]
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.ITEM] == [
        "先賣船；",
        "再賣網；",
        "最後進城。",
    ]


def test_plain_digits_set_apart_before_a_mark() -> None:
    pages = "".join(
        f"渡口早就廢了 {n} 。只有第{'一二三四'[n - 1]}條老船還橫在岸邊。\n\n{n} 參見《渡口志》，第{n}頁\n\n"
        for n in range(1, 5)
    )
    manuscript = recover_ocr_markdown(f"# 渡口考\n\n{pages}", RecoverSettings(), "zh-Hant")
    assert len(manuscript.notes) == 4
    assert texts(manuscript)[0] == "渡口早就廢了。只有第一條老船還橫在岸邊。"


@pytest.mark.parametrize(("call", "listed"), [("<sup>{}</sup>", "({})"), ("$^{{{}}}$", "（{}）")])
def test_an_enumeration_calls_no_note_where_calls_are_raised(call: str, listed: str) -> None:
    parts = "；".join(listed.format(n) + word for n, word in enumerate(("賣船", "賣網", "進城"), 1))
    source = (
        f"# 渡口考\n\n船戶分三步走：{parts}。渡口早就廢了{call.format(1)}，船還在{call.format(3)}。\n\n"
        + "".join(f"{call.format(n)} 參見《渡口志》，第{n}頁。\n\n" for n in range(1, 4))
    )
    manuscript = recover(source)
    assert listed.format(2) in texts(manuscript)[0]
    assert [f.rule for f in manuscript.findings] == ["N11"]


SOURCES = "參考文獻\n\n王明，1998，《渡口志》，海東：海東書局。\n\n李文，2013，《鹽志》，海東：海東書局。\n\n"


@pytest.mark.parametrize(
    ("call", "body", "foot"),
    [
        ("{c}", "{c} ", ""),
        ("<sup>{n}</sup>", "<sup>{n}</sup> ", ""),
        ("$^{{{c}}}$", "{c}", ""),
        ("<sup>{n}</sup>", "{n}. ", "---\n\n"),
        ("<sup>{n}</sup>", "{n} ", ""),
        ("（註{n}）", "註{n}：", ""),
        ("〔{n}〕", "〔{n}〕", ""),
        ("\\({{}}^{{{n}}}\\)", "Footnote {n}: ", ""),
    ],
)
def test_notes_at_the_foot_below_a_list_of_sources(call: str, body: str, foot: str) -> None:
    last = "".join(TEXT + mark(call, n) for n in (9, 10)) + "\n\n" + SOURCES + foot
    last += "".join(mark(body, n) + f"王明：《渡口志》，第{n}頁。\n\n" for n in (9, 10))
    manuscript = recover(paper(call, body) + "\n" + last)
    assert [*notes(manuscript)] == [str(n) for n in range(1, 11)]
    assert calls(manuscript) == [str(n) for n in range(1, 11)]
    assert texts(manuscript)[-1].endswith("《鹽志》，海東：海東書局。")


def test_entries_that_nothing_calls_are_no_notes_though_they_count_on_from_the_last() -> None:
    listed = SOURCES.replace("王明，", "〔9〕王明，").replace("李文，", "〔10〕李文，")
    manuscript = recover(paper("〔{n}〕", "〔{n}〕") + "\n" + listed)
    assert [*notes(manuscript)] == [str(n) for n in range(1, 9)]
    assert "〔9〕王明，1998，《渡口志》，海東：海東書局。" in texts(manuscript)


def test_entries_of_a_list_of_sources_are_no_notes() -> None:
    listed = SOURCES.replace("王明，", "[1] 王明，").replace("李文，", "[2] 李文，")
    manuscript = recover(paper("{c}", "{c} ") + "\n" + TEXT + "[1]" + TEXT + "[2]\n\n" + listed)
    assert [*notes(manuscript)] == [str(n) for n in range(1, 9)]
    assert "[1] 王明，1998，《渡口志》，海東：海東書局。" in texts(manuscript)


@pytest.mark.parametrize("call", ["$^{{{c}}}$", "{c}", "<sup>{n}</sup>"])
@pytest.mark.parametrize("lost", [0, 1, 2])
def test_notes_of_a_page_that_lost_its_foot_are_given_to_no_other(call: str, lost: int) -> None:
    out = ["# 渡口考"]
    for page in range(3):
        out.append("".join(f"{TEXT}這是第{page}頁。" + mark(call, n) for n in (1, 2, 3)) + TEXT)
        if page != lost:
            out += [mark(call, n) + f" 王明：《渡口志》，第{page}{n}頁。" for n in (1, 2, 3)]
    manuscript = recover("\n\n".join(out) + "\n")
    told = notes(manuscript)
    for block in manuscript.blocks:
        before = ""
        for piece in block.content.pieces:
            if piece.kind is PieceKind.CALL and piece.text in told:
                assert told[piece.text][10] == before[-3]
            before += piece.text if piece.kind is PieceKind.TEXT else ""
    assert len(told) == 6


def test_an_author_s_list_is_not_told_where_its_number_is_told_below_a_heading() -> None:
    listed = "\n".join(f"{n}. 王明：《渡口志》第{n}冊，海東書局。" for n in (1, 2))
    source = (
        f"# 渡口考\n\n{TEXT}<sup>1</sup>有二種：\n\n{listed}\n\n{TEXT}\n\n## 一、渡船\n\n{TEXT}孩子們\n\n"
    )
    manuscript = recover(source + "<sup>1</sup> 李文：《鹽志》，第3頁。\n\n不信。\n")
    assert notes(manuscript) == {"1": "李文：《鹽志》，第3頁。"}
    assert [b.kind for b in manuscript.blocks].count(BlockKind.ITEM) == 2


def test_a_paragraph_ends_with_the_mark_of_a_call_that_stays_text() -> None:
    manuscript = recover(f"# 渡口考\n\n{TEXT}①\n\n{TEXT}\n")
    assert texts(manuscript)[-2:] == [f"{TEXT}①", TEXT]
