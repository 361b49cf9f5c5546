"""Quotations of theses: what their widths, a colon, space and indents around them tell."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from tests.recovery.page_dump.theses import (
    WIDTH,
    paragraphs,
    recovered,
    set_in_lines,
    texts,
)

IN_LETTERS = (  # letters are narrower than half a Han character
    "The river is let to a headman, who sublets the wharves to the men of the village",
    "or clan. There is no furniture, save the bunks, and all that I saw were orderly.",
    "I was received with civility.",
)


def quoted(behind: str) -> list[str]:
    """Paragraphs with indents, and between two of them a flush quotation."""
    told = paragraphs(12, 17)
    told[5] += "他在日記中寫道："
    out = []
    for k, text in enumerate(told):
        out += [(set_in_lines(text, "    "), False)]
        if k == 5:
            out += [(set_in_lines(behind, "", 2.0, first=False), True)]
    return [line + " " * (n == len(part) - 1) for part, _ in out for n, line in enumerate(part)]


def test_a_flush_paragraph_behind_a_colon_where_all_others_are_indented() -> None:
    quotation = paragraphs(1, 18)[0]
    found = recovered("\n\n".join(quoted(quotation)) + "\n")
    assert texts(found, BlockKind.QUOTE) == [quotation]
    assert texts(recovered("\n\n".join(quoted("V = a × b　　（1）")) + "\n"), BlockKind.QUOTE) == []


def test_a_narrow_column_one_line_of_which_has_numbers_and_spaces() -> None:
    """How wide these were set only the font knows: the lines without them tell the column."""
    told = paragraphs(14, 31)
    narrow = [
        "河道在秋天總是最先安靜下來船夫把竹篙靠在橋邊等著潮水退去孩",
        "子們便在 1 月 5 日、2 月 6 日、3 月 7 日或者 4 月 8 日、9 日跑到石階",
        "去數那些露出來的木樁平湖縣的碼頭原有七處到了光緒末年還在那",
        "裡只剩三處。",
    ]
    told[6] += "其內容如下："
    out = []
    for k, text in enumerate(told):
        out += [
            line + " " * (n == len(part) - 1) for part in [set_in_lines(text)] for n, line in enumerate(part)
        ]
        out += [line + " " * (line is narrow[-1]) for line in narrow] if k == 6 else []
    assert len(texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)) == 1


@pytest.mark.parametrize(
    ("said", "spoken"),
    [("他在日記裡這樣描述那一年的碼頭：", 1), ("敬愛的張先生：", 2)],
)
def test_a_line_that_ends_in_a_colon_introduces_the_quotation_below_it(said: str, spoken: int) -> None:
    """Where indents are lost it stands as close to it as a paragraph of it would; behind another colon it is one."""
    told = paragraphs(12, 33)
    if spoken > 1:
        told[5] += "來信全文如下："
    quotation = paragraphs(1, 34)[0]
    out = []
    for k, text in enumerate(told):
        parts = [set_in_lines(text)]
        if k == 5:
            parts += [[said], set_in_lines(quotation, "", 4.0, first=False)]
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
        out += [" "] if k in (3, 5, 8) else []
    found = texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)
    assert found == [said, quotation][2 - spoken :]


@pytest.mark.parametrize(("narrower", "quotes"), [(2, 0), (4, 1)])
def test_a_paragraph_whose_first_line_lost_its_indent_is_no_quotation(narrower: int, quotes: int) -> None:
    """The next line is short for what begins the one behind it; a line narrower than an indent makes it is a quotation's."""
    said = "河道在秋天總是最先安靜下來船夫把竹篙靠在橋邊等著潮水退去孩子們便跑到石階上去數那些露出來的木樁平湖縣的碼頭原有七處到光緒末年只剩三"
    first = int(WIDTH) - narrower
    odd = [said[:first], said[first : 2 * first], "樁。 "]
    told = [set_in_lines(text) for text in paragraphs(10, 61)]
    told = [[line + " " * (n == len(part) - 1) for n, line in enumerate(part)] for part in told]
    out = [line for k, part in enumerate(told) for line in (*part, " ", *([*odd, " "] if k == 4 else []))]
    assert len(texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)) == quotes


@pytest.mark.parametrize(("said", "quotes"), [("他在日記中說：", 1), ("大致可分為幾點：", 0)])
def test_what_a_colon_lets_somebody_say_where_nothing_is_indented(said: str, quotes: int) -> None:
    told = paragraphs(12, 19)
    quotation = "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑去數木樁。"
    told[5] += said
    out = []
    for k, text in enumerate(told):
        out += set_in_lines(text)
        out += set_in_lines(quotation, "", 2.0, first=False) if k == 5 else []
    assert len(texts(recovered("\n".join(out) + "\n"), BlockKind.QUOTE)) == quotes


@pytest.mark.parametrize("alone", [False, True])
def test_the_lines_of_a_poem_behind_a_colon(alone: bool) -> None:
    verse = ["石橋水落見魚梁，小市人稀日正長。", "欲問當年築堤事，一犁煙雨綠秧鄉。"]
    told = paragraphs(8, 21)
    said = "他有一首詩寫道："
    told[3] += "" if alone else said
    out = []
    for k, text in enumerate(told):
        out += set_in_lines(text, "    ") + (["    " + said] * alone + verse if k == 3 else [])
    found = recovered("\n".join(out) + "\n")
    assert texts(found, BlockKind.QUOTE) == verse


@pytest.mark.parametrize(
    ("sourced", "resumes"),
    [(True, ""), (False, ""), (False, "由此可見，"), (False, "此處所謂"), (False, "今人說「{}」時，")],
    ids=["source", "none", "comment", "here", "its words"],
)
def test_the_text_goes_on_behind_a_quotation_that_tells_its_source(sourced: bool, resumes: str) -> None:
    told = paragraphs(12, 35)
    told[5] += "他說："
    quotation = paragraphs(1, 34)[0] + ("（張某，2016-5-12）" if sourced else "")
    short = resumes.format(quotation[:2]) + "碼頭的興廢不一定與河道有關。"
    out = []
    for k, text in enumerate(told):
        parts = [set_in_lines(text)]
        parts += [set_in_lines(quotation, "", 4.0, first=False), [short]] if k == 5 else []
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
        out += [" "] if k in (3, 8) else []
    found = texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)
    assert found == ([quotation] if sourced or resumes else [quotation, short])


def test_a_single_line_that_tells_its_source_as_the_quotation_above_it_does() -> None:
    told = paragraphs(12, 35)
    told[5] += "幾位船夫都這樣說："
    said = [paragraphs(1, 34)[0] + "（甲一，2016-5-12）", "碼頭的興廢不一定與河道有關。（乙三，2016-5-20）"]
    out = []
    for k, text in enumerate(told):
        parts = [set_in_lines(text)]
        parts += [set_in_lines(said[0], "", 4.0, first=False), [said[1]]] if k == 5 else []
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
        out += [" "] if k in (3, 8) else []
    assert texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE) == said


@pytest.mark.parametrize(
    ("said", "quotes"),
    [
        (["「船什麼時候來？」", "「冰融了就來。」", "「冰什麼時候融？」"], 3),
        (["「船什麼時候來？」"], 0),
        (["那天的霧很大，我什麼也沒有看見。（頁 112）", "那天其實沒有霧。（頁 131）"], 2),
        (["那天的霧很大，我什麼也沒有看見。", "那天其實沒有霧（1952）"], 0),
        (["問：船什麼時候來？", "供：冰融了就來。", "問：冰什麼時候融？"], 3),
        (["收：鹽二俵。", "支：柴三箱。", "支：米一石。"], 0),
    ],
    ids=["talk", "one line", "sources", "no sentence", "turns", "labels"],
)
def test_short_paragraphs_behind_a_colon_that_tell_themselves(said: list[str], quotes: int) -> None:
    told = paragraphs(12, 35)
    told[5] += "小說裡有這樣的話："
    out = []
    for k, text in enumerate(told):
        parts = [set_in_lines(text), *([line] for line in said if k == 5)]
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
    assert len(texts(recovered("\n".join(out) + "\n"), BlockKind.QUOTE)) == quotes


def test_rows_between_a_caption_and_the_source_of_a_table_are_no_quotation() -> None:
    told = paragraphs(12, 35)
    cells = [
        "學者 定義",
        "王某 水路是一組關係，而不是一條線，碼頭則是其中",
        "最為重要的一環，縣署不與焉",
        "李某 渡口之總和",
    ]
    out = []
    for k, text in enumerate(told):
        parts = [set_in_lines(text)]
        parts += [["表 2-1"], ["水路的定義"], cells, ["資料來源：作者整理。"]] if k == 5 else []
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
        out += [" "] if k in (3, 8) else []
    assert texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE) == []


@pytest.mark.parametrize("mark", ["", "一、"], ids=["quotation", "entry"])
def test_a_flush_quotation_though_other_short_lines_are_flush_and_space_stands_around_headings(
    mark: str,
) -> None:
    told = paragraphs(12, 17)
    told[6] += "很久以後，他在那一年的日記中寫道："
    quotation = (
        f"{mark}河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑去數木樁。"
    )
    out: list[str] = []
    for k, text in enumerate(told):
        parts = [[f"{'一二三'[k // 4]}、碼頭"], [""], ["說明如下。"]] if k % 4 == 0 else []
        parts += [set_in_lines(text, "    ")]
        parts += [set_in_lines(quotation, "", 2.0, first=False)] if k == 6 else []
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
    assert texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE) == ([] if mark else [quotation])


def test_the_lines_of_a_song_behind_a_colon_are_of_any_length() -> None:
    song = ["月光光，照水塘，", "水塘無水照心慌；", "阿媽擔桶去輪水，", "輪到天光未有湯。"]
    told = paragraphs(8, 21)
    out = []
    for k, text in enumerate(told):
        out += set_in_lines(f"{text}當時有一首歌謠：" if k == 3 else text, "    ") + (song if k == 3 else [])
    found = [block.content.visible() for block in recovered("\n".join(out) + "\n").blocks]
    assert [text for text in found if text in song] == song


def test_signs_of_half_width_make_no_paragraph_a_quotation() -> None:
    """How wide letters, digits and the spaces beside them were set only the font knows."""
    body = [line for text in paragraphs(5) for line in set_in_lines(text)]
    lines_of = [
        "這並非船夫的選擇，而是河道的限制，因為碼頭的帳房對工錢二字有不",
        "同理解，據說船 5 點就開了，不等人。1922 年的統計顯示，全縣的碼頭一共",
        "有 22 所碼頭當中，工人不足 50 人者有 4 所，亦即老船夫一年換一個，孩",
        "子記不住名字。碼頭的帳房對於工錢又有什麼不同的理解，見河工的記載",
        "（2008；2013），較少觸及碼頭。",
    ]
    found = recovered("\n".join([*body, "二、碼頭的工人", *lines_of, *body]) + "\n")
    assert not texts(found, BlockKind.QUOTE)


def test_a_caption_is_no_part_of_a_quotation() -> None:
    body = [line for text in paragraphs(5) for line in set_in_lines(text, "    ")]
    quote = ["    " + line for line in set_in_lines(paragraphs(1, 9)[0], narrower=4.0, first=False)]
    found = recovered("\n".join([*body, *quote, "    圖 3-1 碼頭平面圖", *body]) + "\n")
    assert "圖 3-1 碼頭平面圖" in texts(found, BlockKind.PARAGRAPH)
    assert any(quote[0].strip() in text for text in texts(found, BlockKind.QUOTE))


def set_apart(lines_of: list[str]) -> list[str]:
    """The lines with a blank one between them, as extractors that keep the page's look give wide leading."""
    return [part for line in lines_of for part in (line, "")]


def closer(*said: str) -> Manuscript:
    """A block of lines without blank ones between them, below a paragraph that announces it; form feeds begin the pages."""
    told = [set_apart(set_in_lines(text, "    ")) for text in paragraphs(12, 41)]
    told[5][-2:] = [told[5][-2] + "他說："]
    body = [
        line for part in (*told[:6], ["    " + line for line in said] + [""], *told[6:8]) for line in part
    ]
    feed = "\n\f"
    return recovered("\n".join(body) + feed + "\n".join(line for part in told[8:] for line in part) + "\n")


def test_turns_of_a_conversation_set_closer_are_a_quotation_each_on_its_line() -> None:
    said = [
        "問：你最喜歡碼頭的什麼？",
        "答：船。",
        "問：為什麼？",
        "答：（想了很久）因為船會離開，離開了又會回來，回來的時",
        "候還帶著別的地方的東西。",
    ]
    found = texts(closer(*said), BlockKind.QUOTE)
    assert found == [*said[:3], said[3] + said[4]]


def test_a_single_line_set_closer_behind_a_colon_is_a_quotation() -> None:
    assert texts(closer("不是不想讓他來，是船不等人。"), BlockKind.QUOTE) == ["不是不想讓他來，是船不等人。"]


def test_the_text_flush_below_a_block_set_closer_is_no_piece_of_its_last_line() -> None:
    said = "不是不想讓他來，是船不等人，一等就是三個鐘頭，到了家天"
    told = [set_apart(set_in_lines(text, "    ")) for text in paragraphs(8, 41)]
    told[3][-2] += "他說："
    below = "這番話並不難懂。船期決定了一切，學校的鐘點也要依著它改動，碼頭的人"
    body = [line for part in told[:4] for line in part][:-1]
    body += ["    " + said, "    都黑了。（訪甲-3）", below, "", "都這麼說。", ""]
    found = recovered("\n".join(body + [line for part in told[4:] for line in part]) + "\n")
    assert texts(found, BlockKind.QUOTE) == [said + "都黑了。（訪甲-3）"]
    assert below + "都這麼說。" in texts(found, BlockKind.PARAGRAPH)


@pytest.mark.parametrize("said", [True, False])
def test_a_sentence_in_letters_behind_a_colon_is_a_quotation(said: bool) -> None:
    told = paragraphs(6, 52)
    told[2] = told[2][:-1] + ("，他寫道：" if said else "。")
    body = [[line for text in part for line in set_in_lines(text)] for part in (told[:3], told[3:])]
    found = recovered("\n".join([*body[0], *IN_LETTERS, *body[1]]) + "\n")
    assert texts(found, BlockKind.QUOTE) == ([" ".join(IN_LETTERS)] if said else [])


def test_a_single_sentence_in_letters_behind_a_colon_is_a_paragraph() -> None:
    """Also where neither indents nor white space tell that the text goes on below it."""
    told = paragraphs(12, 35)
    said = "The river is a relation between a harbour and what is carried there."
    out = []
    for k, text in enumerate(told):
        out += set_in_lines(text + ("他有一句常被引用的話：" if k == 5 else ""))
        out += [said] if k == 5 else []
    found = recovered("\n".join(out) + "\n")
    assert said in [*texts(found, BlockKind.PARAGRAPH), *texts(found, BlockKind.QUOTE)]


def test_the_text_goes_on_behind_the_turns_of_a_conversation() -> None:
    said = [
        "甲01：你最喜歡碼頭的什麼？",
        "B12：船。我小時候就住在船上，爸爸媽媽都在船上，阿公",
        "也在船上。",
        "甲01：還有呢？",
    ]
    said += ["B12：沒有了。", "短短一句「沒有了」，說出了許多。"]
    told = [set_in_lines(text) for text in paragraphs(8, 53)]
    found = recovered(
        "\n".join(
            [line for part in told[:4] for line in part] + said + [line for part in told[4:] for line in part]
        )
        + "\n"
    )
    assert said[-1] not in texts(found, BlockKind.QUOTE)


def test_a_sentence_of_short_clauses_behind_a_poem_is_none_of_its_lines() -> None:
    poem = ["河上老人坐船臺，", "金童玉女兩邊開；", "保佑街坊齊出入，", "四時八節降福來。"]
    told = paragraphs(8, 59)
    told[3] = told[3][:-1] + "，船夫唱道："
    out = [set_in_lines(text) for text in told]
    below = "歌詞由船夫口述，並無文字記錄。"
    lines_of = [line for part in out[:4] for line in part] + poem + [below]
    found = recovered("\n".join(lines_of + [line for part in out[4:] for line in part]) + "\n")
    assert texts(found, BlockKind.QUOTE) == poem
    assert below in texts(found, BlockKind.PARAGRAPH)
