"""The foot of a page that an engine took for one paragraph: its bodies are told apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.document.manuscript import Manuscript
from pipeline.recovery.ledger import account
from pipeline.recovery.ocr_markdown import recover_ocr_markdown
from pipeline.settings import RecoverSettings
from tests.recovery.ocr_markdown.papers import recover, texts

CALLS: dict[str, Callable[[int], str]] = {
    "circled": lambda n: "①②③④⑤"[n - 1],
    "brackets": lambda n: f"[{n}]",
    "tags": lambda n: f"<sup>{n}</sup>",
    "formulas": lambda n: f"$^{{{n}}}$",
}


def bodies(manuscript: Manuscript) -> list[str]:
    return ["".join(b.content.visible() for b in note.blocks) for note in manuscript.notes]


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize("kind", CALLS)
def test_bodies_that_ran_together_are_parted(kind: str, blank: str) -> None:
    mark = CALLS[kind]
    text = (
        f"渡口早就廢了，{mark(1)}只有老船還橫在岸邊。從前這裡一天要過三百個人，{mark(2)}如今連一隻鴨子也看不見，水草長得比人還\n\n"
        f"{mark(1)}參見王明《渡口志》，第3頁。{blank}{mark(2)}同上書，第12頁。\n\n"
        f"高。孩子們在草裡捉迷藏，{mark(3)}天黑了才回家。\n\n{mark(3)}《河東縣志》卷三。\n"
    )
    manuscript = recover(text)
    assert bodies(manuscript) == ["參見王明《渡口志》，第3頁。", "同上書，第12頁。", "《河東縣志》卷三。"]
    assert len(texts(manuscript)) == 1 and manuscript.findings == ()


def test_a_note_that_points_to_another_stays_whole() -> None:
    text = (
        "渡口早就廢了，①只有老船還橫在岸邊。從前這裡一天要過三百個人。②\n\n"
        "①參見王明《渡口志》，第3頁，又見註②所引書。②同上書，第12頁。\n"
    )
    assert bodies(recover(text)) == ["參見王明《渡口志》，第3頁，又見註②所引書。", "同上書，第12頁。"]


def test_a_day_in_a_note_begins_none_where_the_next_line_does() -> None:
    text = (
        "渡口早就廢了，<sup>1</sup>只有老船還橫在岸邊。<sup>2</sup>\n\n"
        "1 Протокол допроса, 2 мая 1928 г., л. 2.\n\n2 同上書，第12頁。\n"
    )
    assert bodies(recover(text)) == ["Протокол допроса, 2 мая 1928 г., л. 2.", "同上書，第12頁。"]


def test_lines_in_parentheses_on_end_are_notes_whatever_mark_ends_them() -> None:
    text = "渡口早就廢了，(1)只有老船還橫在岸邊。(2)\n\n---\n\nNotes:\n(1) Smith, *Ferries*, chap. 1.\n(2) 同上書，第12頁，\n轉引自《河志》。\n"
    assert bodies(recover(text)) == ["Smith, Ferries, chap. 1.", "同上書，第12頁，轉引自《河志》。"]


def test_a_paragraph_that_begins_with_a_month_tells_no_note_in_brackets() -> None:
    text = (
        "渡口早就廢了，<sup>[1]</sup>只有老船還橫在岸邊。<sup>[2]</sup>船戶說不走了。<sup>[3]</sup>\n\n2 ⽉裡水退了，老船也拆了。\n\n"
        "[1] 《河志》，第3頁。 [2] 同上書，第12頁。\n\n[3] 《河東縣志》卷三。\n"
    )
    assert bodies(recover(text)) == ["《河志》，第3頁。", "同上書，第12頁。", "《河東縣志》卷三。"]


def test_an_enumeration_stays_a_paragraph() -> None:
    text = "修船要先做三件事：①找木頭，②找鐵釘，③找人手。\n\n①木頭要乾，②鐵釘要長，③人手要多，缺了哪一樣都不行。\n"
    manuscript = recover(text)
    assert len(texts(manuscript)) == 2 and bodies(manuscript) == []


# --- notes beside a list of sources

SOURCES = "\n".join(f"[{n}] 王明. 河工考{n}[J]. 河志, 199{n}({n}): 3-9." for n in range(1, 5))


def test_citations_of_a_list_are_no_calls_where_notes_stand_beside_them() -> None:
    text = (
        "# 河工\n\n築堤的方法前人已有研究 ${ }^{[1]}$ 。近年又有新說 ${ }^{[2-3]}$ ，但都未及材\n\n"
        "[^0]\n[^0]:    收稿日期:2011-03-04; 修回日期:2011-05-06。\n\n    * 通訊作者。\n\n    引用格式：王明. 河工[J]. 河志, 2011.\n\n"
        f"料的來源，本文因此補論 ${{ }}^{{[4]}}$ 。\n\n## 參考文獻\n\n{SOURCES}\n"
    )
    manuscript = recover(text)
    assert [[b.content.visible() for b in n.blocks] for n in manuscript.notes] == [
        ["收稿日期:2011-03-04; 修回日期:2011-05-06。", "* 通訊作者。", "引用格式：王明. 河工[J]. 河志, 2011."]
    ]
    assert (
        texts(manuscript)[0]
        == "築堤的方法前人已有研究[1]。近年又有新說[2-3]，但都未及材料的來源，本文因此補論[4]。"
    )
    assert {f.rule for f in manuscript.findings} == {"N11"}


def test_powers_in_formulas_are_no_calls() -> None:
    text = (
        "# 水\n\n流量與水深有關。<sup>1</sup>\n\n$$\n\\sigma_{D}^{2}=(x-1)^{3}\n$$\n\n其中 $a_{1}^{2}$ 為常數。<sup>2</sup>\n\n"
        "---\n\n<sup>1</sup> 王明《水考》，第3頁。\n\n<sup>2</sup> 同上。\n"
    )
    manuscript = recover(text)
    assert [n.label for n in manuscript.notes] == ["1", "2"] and manuscript.findings == ()


# --- numbered paragraphs


def test_numbered_paragraphs_that_ran_together_are_parted() -> None:
    items = [
        "（1）水要深，船才走得動。",
        "(2）閘要密，水才留得住。",
        "（3）人要多，壩才拉得上。",
        "（4）船要小，橋才過得去。",
    ]
    text = f"# 河\n\n行船有四件事：\n\n{items[0]}{items[1]}\n\n{items[2]}{items[3]}\n\n這四件缺一不可。\n"
    assert texts(recover(text))[1:] == [items[0], items[1], items[2] + items[3], "這四件缺一不可。"]


def test_numbers_in_one_paragraph_stay_there() -> None:
    text = "# 河\n\n（1）水要深，船才走得動。（2）閘要密，水才留得住。\n\n這兩件缺一不可。\n"
    assert len(texts(recover(text))) == 2


# --- enumerations beside notes


def test_a_note_is_called_where_its_page_does_not_enumerate() -> None:
    text = (
        "# 修船\n\n修船要先做三件事：①找木頭；②找鐵釘；③找人手。船主說：“沒有木頭不行。”①\n\n① 王明：《船工》，第3頁。\n\n這三件缺一不可。\n\n"
        "船戶有兩種（①有船的；②沒船的），沒船的給有船的搖櫓，別無工錢①，“一天兩頓飯”②。\n\n① 李文：《船戶考》，第12頁。\n\n② 同上書，第13頁。\n"
    )
    manuscript = recover(text)
    assert bodies(manuscript) == ["王明：《船工》，第3頁。", "李文：《船戶考》，第12頁。", "同上書，第13頁。"]
    shown = [
        "".join(f"<{p.text}>" if p.kind.value == "call" else p.text for p in b.content.pieces)
        for b in manuscript.blocks
    ]
    assert shown == [
        "修船要先做三件事：①找木頭；②找鐵釘；③找人手。船主說：“沒有木頭不行。”<1>",
        "這三件缺一不可。",
        "船戶有兩種（①有船的；②沒船的），沒船的給有船的搖櫓，別無工錢<2>，“一天兩頓飯”<3>。",
    ]


def test_marks_behind_a_colon_are_calls_where_nothing_else_is() -> None:
    manuscript = recover(
        "# 河\n\n縣志記載：①河水漲了；②船也高了。\n\n① 《河東縣志》卷三。\n\n② 同上，卷四。\n"
    )
    assert bodies(manuscript) == ["《河東縣志》卷三。", "同上，卷四。"] and manuscript.findings == ()


def test_bold_numbers_and_carets_with_brackets_mark_notes() -> None:
    text = "**一、渡口**\n\n渡口早就廢了^[1]^，老船還在^[2]^。\n\n**註釋：**\n\n**[1]** 王明：《渡口志》，第3頁。\n**2.** 同上書，第5頁。\n"
    assert bodies(recover(text)) == ["王明：《渡口志》，第3頁。", "同上書，第5頁。"]


@pytest.mark.parametrize("call", ["<sup>{n}</sup>", "$^ {{ {n} }}$"])
@pytest.mark.parametrize("first", ["* 王明，某大學教授", "李文《村史》，第9頁"], ids=["a star", "a rest"])
def test_lines_of_plain_notes_below_another_note_s_line(call: str, first: str) -> None:
    one, two = call.format(n=1), call.format(n=2)
    above = "" if first[0] == "*" else f"渡口早就廢了{one}。\n\n1 參見王明《渡口志》和\n\n"
    source = (
        f"# 渡口考\n\n王明{'*' if first[0] == '*' else ''}\n\n{above}船戶改行做了腳夫{one}，有的去了城裡{two}，有的留\n\n"
        f"{first}\n1 《河志》，第3頁\n2 同上，第5頁\n\n在村裡。"
    )
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    told = ["".join(b.content.visible() for b in n.blocks) for n in manuscript.notes]
    assert {"《河志》，第3頁", "同上，第5頁"} <= set(told)
    assert ("王明，某大學教授" if first[0] == "*" else "參見王明《渡口志》和李文《村史》，第9頁") in told


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("form", ["<sup>{}</sup>", "$^{{{}}}$", "①"])
@pytest.mark.parametrize("gap", ["", " "])
@pytest.mark.parametrize("said", ["《河志》，第3頁。", "此說不確。"])
def test_notes_that_ran_together_behind_the_rest_of_another(
    form: str, gap: str, restarts: bool, said: str
) -> None:
    def mark(n: int) -> str:
        return "①②③④⑤"[n - 1] if form == "①" else form.format(n)

    two, three = (1, 2) if restarts else (2, 3)
    source = (
        f"# 渡口考\n\n渡口早就廢了{mark(1)}。只有老船還橫在岸邊，船戶改行做了腳夫，有的去了城\n\n{mark(1)} 參見王明《渡口志》和\n\n"
        f"裡{mark(two)}，有的留在村裡{mark(three)}。孩子們不信，偏要爬上船去看，看見的只有月\n\n"
        f"李文《村史》，第9頁。{gap}{mark(two)} {said}{gap}{mark(three)} 同上，第5頁。\n\n光。"
    )
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    assert account(manuscript) == []
    assert ["".join(b.content.visible() for b in n.blocks) for n in manuscript.notes] == [
        "參見王明《渡口志》和李文《村史》，第9頁。",
        said,
        "同上，第5頁。",
    ]
    assert len(manuscript.blocks) == 1


def test_a_list_of_the_author_s_below_does_not_tell_notes_that_ran_together() -> None:
    calls = "".join(f"渡口早就廢了$^{{{c}}}$，" for c in "①②③")
    foot = "① 王明：《渡口志》，第3頁。\n\n後來的人都這樣說。 ② 李文：《河志》，第5頁。 ③ 同上。"
    listed = "老船有三點可說：\n\n1. 老船漏水；\n\n2. 老船太小；\n\n3. 老船沒有人要。"
    manuscript = recover(f"# 渡口考\n\n{calls}只有老船還橫在岸邊。\n\n{foot}\n\n{listed}\n")
    assert bodies(manuscript) == [
        "王明：《渡口志》，第3頁。後來的人都這樣說。",
        "李文：《河志》，第5頁。",
        "同上。",
    ]


def test_a_paragraph_that_calls_notes_anew_is_no_foot() -> None:
    source = (
        "# 渡口考\n\n## 一、船\n\n渡口<sup>1</sup>早就廢了<sup>2</sup>。\n\n## 二、人\n\n船戶改行做了腳夫。<sup>1</sup> 有的去了城裡。<sup>2</sup>\n\n"
        "## 註釋\n\n### 一、船\n\n1. 《河志》，第3頁。\n\n2. 同上，第5頁。\n\n### 二、人\n\n1. 《村史》，第9頁。\n\n2. 同上，第7頁。"
    )
    manuscript = recover_ocr_markdown(source, RecoverSettings(), "zh-Hant")
    assert len([n for n in manuscript.notes if n.blocks]) == 4
    assert "船戶改行做了腳夫。有的去了城裡。" in [b.content.visible() for b in manuscript.blocks]


@pytest.mark.parametrize("kind", ["circled", "formulas"])
def test_notes_that_ran_together_behind_the_author_s_star(kind: str) -> None:
    mark = CALLS[kind]
    text = (
        f"# 渡口考\n\n王明$^{{*}}$\n\n渡口早就廢了。{mark(1)}從前這裡一天要過三百個人。{mark(2)}如今連一隻鴨子也看不見。\n\n"
        f"*本文為縣志計劃的成果，謹致謝意。{mark(1)}參見王明《渡口志》，第3頁。{mark(2)}同上書，第12頁。\n"
    )
    manuscript = recover(text)
    told = ["參見王明《渡口志》，第3頁。", "同上書，第12頁。", "本文為縣志計劃的成果，謹致謝意。"]
    assert bodies(manuscript) == told


def test_a_list_that_counts_as_notes_do_answers_no_call() -> None:
    text = (
        "渡口早就廢了。${ }^{(1)}$有二種書：\n\n1. 王明《渡口志》，海東書局。\n\n2. 李文《鹽志》，海東書局。\n\n都說得很明白。${ }^{(2)}$孩子們不\n\n"
        "[^0]\n[^0]:    (1) 參見王明《渡口志》，第3頁。\n    (2) 同上書，第12頁。\n\n信。\n"
    )
    assert bodies(recover(text)) == ["參見王明《渡口志》，第3頁。", "同上書，第12頁。"]
