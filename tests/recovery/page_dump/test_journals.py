"""Articles, papers and theses as journals print them: records, heads of short texts, notes by section and chapter, speakers."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.readers.detect import detect_form
from tests.recovery.page_dump.dumps import TEXT, cut, dump, notes, prose, shown

HEAD = ["碼頭與縣城：清代河道的消息", "沈某某", "摘要", *cut(prose(90)), "關鍵詞：碼頭；河道；消息"]
RECORDS = [
    "［收稿日期］2015-11-02",
    "［基金项目］河道研究基金项目“碼頭”（2013YH027）",
    "［作者简介］沈某某，男，平湖人。",
]


def circled(n: int) -> str:
    return chr(ord("①") + n - 1)


def article(records: list[str], behind: bool) -> str:
    """Three pages with a note each; the records stand at the foot of the first, before or behind its note."""
    pages = []
    for n in (1, 2, 3):
        text = [*cut(f"{prose(n)}{circled(1)}"), *cut(prose(n + 20))]
        note = [f"{circled(1)}《河道考》，第{n}頁。"]
        foot = [*(note + records if behind else records + note)] if n == 1 else note
        pages.append([*(HEAD if n == 1 else []), *text, *foot])
    return "\n\f".join("\n".join(page) for page in pages) + "\n"


@pytest.mark.parametrize("behind", [False, True], ids=["above", "below"])
def test_records_at_the_foot_of_the_first_page_are_no_text_and_no_note(behind: bool) -> None:
    manuscript = dump(article(RECORDS, behind))
    assert [t.visible() for t in manuscript.fronts[0].masthead] == RECORDS
    assert shown(manuscript) == [t for n in (1, 2, 3) for t in (f"{prose(n)}[{n}]", prose(n + 20))]
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in (1, 2, 3)}


def test_class_numbers_behind_the_keywords_are_a_record() -> None:
    number = ["中图分类号：K249　文献标识码：A　文章编号：1004-1234（2016）", "03-0087-09"]
    text = article([], False).replace(HEAD[-1], "\n".join([HEAD[-1], *number]))
    manuscript = dump(text)
    assert [t.visible() for t in manuscript.fronts[0].masthead] == ["".join(number)]
    assert shown(manuscript)[0] == f"{prose(1)}[1]"


def test_a_text_that_speaks_of_funds_keeps_its_words() -> None:
    told = [f"{prose(30)}", "基金项目不多，", *cut(prose(31))]
    text = article([], False).replace(cut(prose(21))[0], "\n".join([*told, cut(prose(21))[0]]))
    assert "基金项目不多，" in "".join(shown(dump(text)))


def test_heads_that_a_short_text_has_once() -> None:
    """On even pages the journal, on odd ones author and title."""
    heads = {1: "河道學刊　2016 年第 3 期", 2: "沈某某：碼頭與縣城"}
    pages = article([], False).split("\f")
    text = "\f".join(f"{heads[k]}\n{page}" if k in heads else page for k, page in enumerate(pages))
    assert shown(dump(text)) == shown(dump(article([], False)))


def test_an_english_front_before_the_editors_line() -> None:
    end = [
        "News on the Wharves of a River Town",
        "SHEN Mou-mou",
        "Abstract: The wharves were more than places where grain changed hands, as the diaries of their keepers tell.",
        "Key words: wharves; rivers; news",
        "（責任編輯：林某）",
    ]
    text = article([], False)
    for n in range(4, 9):
        text += "\f" + "\n".join([*cut(f"{prose(n)}{circled(1)}"), *cut(prose(n + 20))])
        text += "\n" + f"{circled(1)}《河道考》，第{n}頁。\n"
    text += "\f" + "\n".join([*cut(prose(60)), *end]) + "\n"
    manuscript = dump(text)
    english = manuscript.fronts[1]
    assert english.title.visible() == end[0]
    assert [t.visible() for t in english.keywords] == ["wharves", "rivers", "news"]
    assert shown(manuscript)[-2:] == [prose(60), end[-1]]


NUMERALS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("call", "body"),
    [("（註{0}）", "註{0}："), ("（註{1}）", "註{1}："), ("[{0}]", "[{0}] "), ("{0}", "{0} ")],
    ids=["word", "numeral", "bracket", "bare"],
)
@pytest.mark.parametrize("anew", [False, True], ids=["on", "anew"])
def test_notes_behind_each_section(call: str, body: str, anew: bool) -> None:
    lines, wanted, bodies = [], [], {}
    for k, title in enumerate(("壹、橋與路", "貳、碼頭", "參、商會")):
        first = 1 if anew else 2 * k + 1
        marks = [call.format(n, NUMERALS[n]) for n in (first, first + 1)]
        texts = [f"{prose(10 * k + n)[:-1]}{mark}。" for n, mark in enumerate(marks)]
        lines += [title, *(line for text in texts for line in cut(text)), "註釋"]
        lines += [f"{body.format(n, NUMERALS[n])}《河道考》，頁{n + 40}。" for n in (first, first + 1)]
        labels = [2 * k + 1, 2 * k + 2]
        wanted += [title, *(f"{prose(10 * k + n)[:-1]}[{label}]。" for n, label in enumerate(labels))]
        bodies |= {
            str(label): f"《河道考》，頁{n + 40}。"
            for n, label in zip((first, first + 1), labels, strict=True)
        }
    text = "\n".join(lines) + "\n"
    manuscript = dump(text)
    assert notes(manuscript) == bodies
    assert shown(manuscript) == wanted
    assert manuscript.findings == ()
    assert detect_form(text, "paper.txt") == "page-dump"


def test_works_behind_a_list_of_notes_are_no_note() -> None:
    lines = [line for n in (1, 2, 3) for line in cut(f"{prose(n)}{n}")]
    lines += [
        "註釋",
        *(f"{n} 《河道考》，頁{n}。" for n in (1, 2, 3)),
        "參考文獻",
        "王某：《橋志》，平湖書局，1931年。",
    ]
    manuscript = dump("\n".join([*cut(prose(40)), *cut(prose(41)), *lines]) + "\n")
    assert notes(manuscript)["3"] == "《河道考》，頁3。"
    assert shown(manuscript)[-2:] == ["參考文獻", "王某：《橋志》，平湖書局，1931年。"]


def test_notes_that_start_again_with_each_chapter_also_with_one_in_the_last() -> None:
    pages, count = [], 0
    for title, size in (("第一章 橋與路", 3), ("第二章 碼頭", 2), ("第三章 商會", 1)):
        text = [title]
        for n in range(1, size + 1):
            count += 1
            text += cut(f"{prose(count)}{n}")
        pages.append(
            [*text, *cut(prose(count + 50)), *(f"{n} 《河道考》，頁{n}。" for n in range(1, size + 1))]
        )
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert list(notes(manuscript)) == ["1", "2", "3", "4", "5", "6"]
    assert [text[-3:] for text in shown(manuscript) if text.endswith("]")] == [f"[{n}]" for n in range(1, 7)]


def test_a_note_inside_a_note_is_called_behind_that_one() -> None:
    pages = []
    for n in (1, 4, 7):
        middle = prose(n + 20) if n == 4 else f"{prose(n + 20)}{n + 1}"
        text = [*cut(f"{prose(n)}{n}"), *cut(middle), *cut(f"{prose(n + 40)}{n + 2}")]
        first = "4 《橋志》，頁8，另有一說。5" if n == 4 else f"{n} 《橋志》。"
        pages.append([*text, first, f"{n + 1} 《河道考》。", f"{n + 2} 同上。"])
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert f"{prose(4)}[4][5]" in shown(manuscript)
    assert notes(manuscript)["4"] == "《橋志》，頁8，另有一說。5"
    assert [f.rule for f in manuscript.findings] == ["N15"]


def test_speakers_begin_paragraphs() -> None:
    """Also where the line before is full and ends a sentence."""
    turns = []
    for n in range(1, 6):
        turns += [f"問：{prose(n)}"[:56] + "嗎？", f"答：{prose(n + 20)}"]
    lines = [line for turn in turns for line in cut(turn, lost=0)]
    assert shown(dump("\n".join([*cut(prose(70), lost=0), *lines]) + "\n"))[1:] == turns


def test_a_word_before_a_colon_is_no_speaker() -> None:
    text = [f"{prose(n)[:-1]}，縣志說：{prose(n + 20)}" for n in range(1, 6)]
    lines = [line for paragraph in text for line in cut(paragraph)]
    assert shown(dump("\n".join(lines) + "\n")) == text


def test_a_title_on_two_lines_and_its_author() -> None:
    """The second line reads as a name would."""
    text = article([], False).replace(f"{HEAD[0]}\n", "碼頭與縣城：清代河道的日常米市\n與消息\n")
    front = dump(text).fronts[0]
    assert "".join(front.title.visible().split()) == "碼頭與縣城：清代河道的日常米市與消息"
    assert [t.visible() for t in front.authors] == ["沈某某"]


def test_centred_titles_of_a_dump_with_its_layout() -> None:
    """Title, author and label stand each in the middle, the text with an indent."""
    pages = []
    for n in range(1, 5):
        body = [f"    {line}" if not k % 6 else line for k, line in enumerate(cut(prose(n)))]
        front = [" " * 20 + "碼頭與縣城", " " * 26 + "沈某某", " " * 28 + "摘要"] if n == 1 else []
        pages.append(
            [
                *front,
                *body,
                "",
                "一、碼頭" if n == 2 else "",
                *(f"    {t}" if not k else t for k, t in enumerate(cut(prose(n + 20)))),
            ]
        )
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert manuscript.fronts[0].title.visible() == "碼頭與縣城"
    assert [t.visible() for t in manuscript.fronts[0].authors] == ["沈某某"]
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == ["一、碼頭"]


@pytest.mark.parametrize(
    "mark",
    [
        "--- Page {0} ---",
        "Page {0} of 24",
        "<!-- page {0}/24 -->",
        "===== 第 {0} 頁 =====",
        "【第{0}頁】",
        "## Page {0}",
        "<!-- Page {0} -->\n## Page {0}",
        "---\n\n<!-- Page {0} -->\n## Page {0}",
    ],
)
def test_marks_that_a_script_puts_between_the_pages(mark: str) -> None:
    pages = [
        "\n".join([*cut(f"{prose(n)}{n}"), *cut(prose(n + 20)), f"{n} 《河道考》，頁{n}。"])
        for n in range(1, 13)
    ]
    pages[0] = "\n".join(["碼頭與縣城", "沈某某", pages[0]])
    text = "".join(f"{mark.format(n)}\n\n{page}\n\n" for n, page in enumerate(pages, 1))
    manuscript = dump(text)
    assert shown(manuscript) == [t for n in range(1, 13) for t in (f"{prose(n)}[{n}]", prose(n + 20))]
    assert notes(manuscript) == {str(n): f"《河道考》，頁{n}。" for n in range(1, 13)}
    assert detect_form(text, "dump.txt") == "page-dump"


@pytest.mark.parametrize(
    "head", ["江南史學　第十二期", "江南論叢 2015 年第 3 期", "江南大學學報（人文版）2015 年第 3 期"]
)
def test_heads_of_a_short_text_whose_pages_nothing_else_parts(head: str) -> None:
    title = "碼頭與縣城：清代河道的消息"
    pages = [[title, "沈某某"], [f"2 {head}"], [f"{title} 3"]]
    for n, page in enumerate(pages):
        page += [*cut(f"{prose(n)}{n + 1}"), *cut(prose(n + 20)), f"{n + 1} 《河道考》，第{n}頁。"]
    manuscript = dump("\n".join(line for page in pages for line in page) + "\n")
    assert shown(manuscript) == [t for n in range(3) for t in (f"{prose(n)}[{n + 1}]", prose(n + 20))]
    assert notes(manuscript) == {str(n + 1): f"《河道考》，第{n}頁。" for n in range(3)}


def test_heads_beside_a_journal_whose_name_ends_in_brackets() -> None:
    """On even pages, before the number of pages that nothing else parts; the odd ones say author and title."""
    heads = [
        "",
        "46 江南大學學報（人文社會科學版）",
        "沈某某：碼頭與縣城 47",
        "48 江南大學學報（人文社會科學版）",
        "沈某某：碼頭與縣城 49",
    ]
    lines = ["碼頭與縣城", "沈某某"]
    for n, head in enumerate(heads):
        lines += [*([head] if head else []), *cut(f"{prose(n)}{circled(n + 1)}"), *cut(prose(n + 20))]
        lines += [*cut(prose(n + 40)), f"{circled(n + 1)}《河道考》，第{n}頁。"]
    manuscript = dump("\n".join(lines) + "\n")
    assert not any("學報" in text or "沈某某：" in text for text in shown(manuscript))
    assert notes(manuscript) == {str(n + 1): f"《河道考》，第{n}頁。" for n in range(5)}


@pytest.mark.parametrize("author", ["南江大學　沈某某1", "沈某某 *", "沈某某[1]"])
def test_an_author_with_a_note_stands_apart_from_the_text(author: str) -> None:
    text = ["碼頭與縣城之間河道的消息從哪裡來", author, *cut(prose(1)), *cut(prose(2) + "2"), *cut(prose(3))]
    manuscript = dump("\n".join([*text, "1 沈某某，平湖人。", "2 《河道考》，第2頁。"]) + "\n")
    assert shown(manuscript)[-3:] == [prose(1), f"{prose(2)}[2]", prose(3)]


@pytest.mark.parametrize("said", ["長江工人", "縣衙幾次"], ids=["said elsewhere", "nowhere"])
def test_a_title_goes_on_where_the_text_says_what_its_lines_have_where_they_meet(said: str) -> None:
    """The second line reads as a name would."""
    text = article([], False).replace("縣衙幾次", said)
    front = dump(text.replace(f"{HEAD[0]}\n", "清代平湖縣城、河道與長\n江工人\n")).fronts[0]
    assert ("江工人" in "".join(front.title.visible().split())) is (said == "長江工人")


@pytest.mark.parametrize("second", ["流傳", "訂與流傳", "沈懷川"])
def test_a_title_goes_on_above_the_author_in_a_line_that_is_no_name(second: str) -> None:
    """As short as a name, but no surname begins it; two authors may stand one below the other."""
    text = article([], False).replace(f"{HEAD[0]}\n", f"碼頭與縣城之間：三種河道考的改訂\n{second}\n")
    front = dump(text).fronts[0]
    assert (second in "".join(front.title.visible().split())) is (second != "沈懷川")


@pytest.mark.parametrize(("first", "is_column"), [(100, True), (101, False)], ids=["even", "odd"])
def test_the_column_above_a_title_is_what_heads_of_even_pages_say(first: int, is_column: bool) -> None:
    """Titles stand in the heads of odd pages."""
    pages = []
    for k in range(7):
        text = [*cut(prose(3 * k)), *cut(prose(3 * k + 1)), *cut(prose(3 * k + 2))]
        if k and k % 2 == 0:
            text[0] = f"{first + k} 河道與社會 {text[0]}"
        pages.append(text)
    front = ["河道與社會", "碼頭與縣城：清代河道的消息", "● 沈某某"]
    manuscript = dump("\f".join("\n".join(page) + "\n" for page in [[*front, *pages[0]], *pages[1:]]))
    assert manuscript.fronts[0].authors
    assert ("河道與社會" not in manuscript.fronts[0].title.visible()) == is_column


def test_a_sentence_above_a_heading_is_no_title() -> None:
    last = "便在石階上看燈。"
    manuscript = dump("\n".join([last, "二、縣城的消息", *cut(prose(1)), *cut(prose(2))]) + "\n")
    assert not any(front.title for front in manuscript.fronts)
    assert shown(manuscript)[0] == last


TITLE = ["渡口與鐘樓：石門河上的時刻和", "船家（1912—1949）"]
FUND = ["基金项目：河道研究基金项目“渡", "口”（2013YH027）", "作者简介：封某岸，男，平湖人，"]


def test_an_author_of_any_surname_above_where_he_works_ends_the_title() -> None:
    front = [*TITLE, "封某岸", "（平湖學院 歷史系）", *HEAD[2:]]
    text = article([], False).replace("\n".join(HEAD), "\n".join(front))
    manuscript = dump(text)
    own = manuscript.fronts[0]
    assert own.title.visible() == "".join(TITLE)
    assert [t.visible() for t in own.authors] == ["封某岸"]
    assert shown(manuscript) == shown(dump(article([], False)))


def test_an_author_below_a_title_as_wide_as_the_lines() -> None:
    title = "渡口與鐘樓：石門河上的時刻和船家的規約及其廢止（1912—1949）"
    text = article([], False).replace("\n".join(HEAD[:2]), "\n".join([title, "封某岸", "平湖學院歷史系"]))
    own = dump(text).fronts[0]
    assert (own.title.visible(), [t.visible() for t in own.authors]) == (title, ["封某岸"])


def test_a_title_of_three_lines_above_its_author() -> None:
    title = ["渡口與鐘樓——", "石門河上的時刻和船家", "（1912—1949）"]
    text = article([], False).replace(
        "\n".join(HEAD), "\n".join([*title, "封某岸", "平湖學院歷史系", *HEAD[2:]])
    )
    assert dump(text).fronts[0].title.visible() == "".join(title)


def test_records_above_the_text_end_where_the_text_begins() -> None:
    dates = "收稿日期：2013 年 9 月 1 日；接受刊登日期：2014 年 3 月 2 日"
    records = [dates, *FUND, "歷史學博士。"]
    text = article([], False).replace(HEAD[-1], "\n".join([HEAD[-1], *records, "一、引言"]))
    manuscript = dump(text)
    assert [t.visible() for t in manuscript.fronts[0].masthead] == [
        dates,
        FUND[0] + FUND[1],
        FUND[2] + "歷史學博士。",
    ]
    assert shown(manuscript) == ["一、引言", *shown(dump(article([], False)))]
    assert manuscript.blocks[0].kind is BlockKind.HEADING


def test_a_date_that_goes_on_below_its_line() -> None:
    dates = ["收稿日期：2013 年 9 月 1 日；接受刊登日期：2014 年 3", "月 2 日"]
    manuscript = dump(article([], False).replace(HEAD[-1], "\n".join([HEAD[-1], *dates])))
    assert [t.visible() for t in manuscript.fronts[0].masthead] == [" ".join(dates)]
    assert shown(manuscript) == shown(dump(article([], False)))


def test_a_record_above_the_title_in_english_ends_there() -> None:
    english = ["Clocks and Ferries on the River", "of Stone Gates and its Boatmen", "Abstract"]
    english += [
        "The clock came late to the river, and the boatmen had tides.",
        "Keywords: ferries, clocks, bridges",
    ]
    records = ["作者简介：封某岸，男，平湖人，歷史學博士，平湖學院講師，研究河道。"]
    text = article([], False).replace(HEAD[-1], "\n".join([HEAD[-1], *records, *english, "一、引言"]))
    own, other = dump(text).fronts
    assert [t.visible() for t in own.masthead] == records
    assert other.title.visible() == " ".join(english[:2])


def test_a_record_without_an_end_keeps_the_text_behind_it() -> None:
    text = article([], False).replace(
        HEAD[-1], "\n".join([HEAD[-1], dates := "收稿日期：2013-09-01；修回日期：2014-03-02"])
    )
    manuscript = dump(text)
    assert [t.visible() for t in manuscript.fronts[0].masthead] == [dates]
    assert shown(manuscript) == shown(dump(article([], False)))


def test_an_english_front_of_two_title_lines_behind_the_own_one() -> None:
    english = ["Clocks and Ferries on the", "River of Stone Gates", "Abstract"]
    english += [
        "The clock came late to the river, and the boatmen had tides.",
        "Keywords: ferries, clocks, bridges, wharves, boats, the county,",
        "rivers",
    ]
    text = article([], False).replace(HEAD[-1], "\n".join([HEAD[-1], *english, "一、引言"]))
    manuscript = dump(text)
    front = manuscript.fronts[1]
    assert front.title.visible() == "Clocks and Ferries on the River of Stone Gates"
    assert [t.visible() for t in front.keywords][-2:] == ["the county", "rivers"]
    assert shown(manuscript) == ["一、引言", *shown(dump(article([], False)))]


@pytest.mark.parametrize("head", ["渡口與鐘樓", "第三章　渡口與鐘樓"], ids=["title", "numbered"])
@pytest.mark.parametrize("behind", [True, False], ids=["beside", "foot"])
def test_heads_of_a_short_text_that_say_its_title_up_to_the_colon(head: str, behind: bool) -> None:
    """On odd pages the title, on even ones the book's name, which nothing in the text says."""
    pages = article([], False).split("\f")
    pages += [page.replace("《河道考》", "《橋志》") for page in pages[1:2]]
    title = f"{head}：石門河上的船家"
    pages[0] = f"{title}\n" + "\n".join(pages[0].split("\n")[1:])
    for k, words in ((1, "石門集"), (2, head), (3, "石門集")):
        page = pages[k].rstrip("\n")
        pages[k] = f"{words} {k + 58}\n{page}\n" if behind else f"{words}\n{page}\n{k + 58}\n"
    text = "".join(shown(dump("\f".join(pages))))
    assert "石門集" not in text and text.count("鐘樓") == text.count(title)


@pytest.mark.parametrize("top", [True, False], ids=["above", "last"])
def test_the_head_of_the_first_page_says_author_and_title_too(top: bool) -> None:
    head = f"沈某某：{HEAD[0]}"
    pages = [page.rstrip("\n") for page in article([], False).split("\f")]
    for k in (0, 2):
        pages[k] = f"{head}\n{pages[k]}" if top else f"{pages[k]}\n{head}"
    manuscript = dump("\n\f".join(pages) + "\n")
    assert manuscript.fronts[0].title.visible() == HEAD[0]
    assert shown(manuscript) == shown(dump(article([], False)))
    assert notes(manuscript) == notes(dump(article([], False)))


def test_a_title_below_a_framed_number_that_the_heads_say_stays() -> None:
    pages = [page.rstrip("\n") for page in article([], False).split("\f")]
    pages = [
        f"— {n + 64} —\n{page}" if not n else f"{HEAD[0]}\n— {n + 64} —\n{page}"
        for n, page in enumerate(pages)
    ]
    manuscript = dump("\n\f".join(pages) + "\n")
    assert manuscript.fronts[0].title.visible() == HEAD[0]
    assert shown(manuscript) == shown(dump(article([], False)))


def test_a_page_of_the_title_has_its_number_at_the_foot_and_the_others_at_their_heads() -> None:
    """Without any trace of the pages both numbers stand one below the other."""
    pages = [page.rstrip("\n") for page in article([], False).split("\f")]
    pages = [pages[0] + "\n121", f"122 河道學刊　第 3 期\n{pages[1]}", f"碼頭與縣城 123\n{pages[2]}"]
    manuscript = dump("\n".join(pages) + "\n")
    assert shown(manuscript) == shown(dump(article([], False)))
    assert notes(manuscript) == notes(dump(article([], False)))


@pytest.mark.parametrize("word", ["第{0}，", "其{0}，", "({1}) "])
def test_entries_that_a_sentence_could_say_too_stand_behind_short_lines(word: str) -> None:
    entries = [
        word.format("一二三"[n], "abc"[n]) + f"第{n}座橋的石料由船家自備" + "；；。"[n] for n in range(3)
    ]
    lines = [*cut(prose(1)), "規約有三項：", *entries, *cut(prose(2)), *cut(prose(3))]
    assert shown(dump("\n".join(lines) + "\n"))[1:5] == ["規約有三項：", *entries]


def test_words_that_count_within_a_paragraph_begin_none() -> None:
    """By chance both begin lines."""
    one, two = (
        "第一，渡口的規約有三項，第一項說石料由船家自備，木料歸縣署；",
        "第二，木料的價錢由商會議定，每年春天寫在城門的木牌上；",
    )
    text = "河道在秋天最先安靜下來，守橋的人記下了渡口的三項規約如下。"
    lines = [text, one, two + "第三，", *cut(prose(2), 32), *cut(prose(3), 32), *cut(prose(4), 32)]
    assert len(shown(dump("\n".join(lines) + "\n"))) < 8


def test_a_star_on_a_line_of_its_own_before_its_note() -> None:
    star = ["*", "初稿曾在平湖宣讀，謹此致謝。"]
    pages = article([], False).replace("沈某某", "沈某某*").split("\f")
    pages[0] = pages[0].rstrip("\n") + "\n" + "\n".join(star) + "\n"
    manuscript = dump("\f".join(pages))
    assert notes(manuscript)["*"] == star[1]
    assert shown(manuscript) == shown(dump(article([], False)))


def test_notes_behind_the_text_below_a_single_character() -> None:
    text = [line for n in (1, 2, 3, 4) for line in cut(f"{prose(n)[:-1]}({n})。")]
    bodies = [f"({n}) 王某，《河道考》，頁{n}。" for n in (1, 2, 3, 4)]
    manuscript = dump("\n".join([*text, *cut(prose(9)), "註", *bodies]) + "\n")
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in (1, 2, 3, 4)}


def test_a_title_that_ends_with_a_word_in_quotation_marks() -> None:
    title = ["渡口的「鐘」與石門河上的「時刻」", "（1912—1949）"]
    text = article([], False).replace(HEAD[0], "\n".join(title))
    assert dump(text).fronts[0].title.visible() == "".join(title)


def test_a_label_that_is_all_of_its_line() -> None:
    english = ["Clocks and Ferries on the River of Stone Gates", "Abstract"]
    english += [
        "The clock came late to the river, and the boatmen had tides.",
        "Keywords",
        "ferries, clocks, bridges",
    ]
    front = dump(article([], False).replace(HEAD[-1], "\n".join([HEAD[-1], *english]))).fronts[1]
    assert [t.visible() for t in front.keywords] == ["ferries", "clocks", "bridges"]


def test_an_english_title_right_behind_keywords_that_fill_their_line() -> None:
    keywords = "關鍵詞：碼頭、河道、消息、橋樑、船夫、石門河、平湖縣、竹篙"
    english = ["Clocks and Ferries on the River of Stone Gates", "Abstract"]
    english += [
        "The clock came late to the river, and the boatmen had tides.",
        "Keywords: ferries, clocks, bridges",
    ]
    text = article([], False).replace(HEAD[-1], "\n".join([keywords, *english]))
    own, other = dump(text).fronts
    assert own.keywords[-1].visible() == "竹篙"
    assert other.title.visible() == english[0]


@pytest.mark.parametrize("first", "①❶➀➊")
def test_circles_of_the_dingbats_are_circled_numbers(first: str) -> None:
    text = article([], False).replace(circled(1), first)
    manuscript = dump(text)
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in (1, 2, 3)}
    assert shown(manuscript) == shown(dump(article([], False)))


@pytest.mark.parametrize(
    "title",
    [
        ["渡口與鐘樓：", "石門河上的時刻和船家（1912—1949）"],
        ["從「等人」到「人等」：", "石門河上的時刻和", "船家"],
        ["石門河上的時刻是誰的？", "——以鐘樓為例"],
        ["石門河上的船家與他們的「等", "人」"],
    ],
    ids=["colon", "three", "question", "quoted"],
)
@pytest.mark.parametrize(
    "author", [["沈　岸"], ["封某岸", "平湖學院歷史系", "E-mail: feng@phxy.edu"]], ids=["spaced", "address"]
)
@pytest.mark.parametrize(
    "keywords",
    [["〔關鍵詞〕碼頭；河道；消息"], ["關鍵詞", "碼頭、河道、消息"], ["關鍵詞：碼頭、", "河道、消息"]],
)
def test_titles_authors_and_keywords_on_several_lines(
    title: list[str], author: list[str], keywords: list[str]
) -> None:
    front = [*title, *author, *HEAD[2:-1], *keywords]
    manuscript = dump(article([], False).replace("\n".join(HEAD), "\n".join(front)))
    own = manuscript.fronts[0]
    assert own.title.visible() + own.subtitle.visible() == "".join(title)
    assert [t.visible() for t in (*own.authors, *own.affiliation)] == author
    assert [t.visible() for t in own.keywords] == ["碼頭", "河道", "消息"]
    assert shown(manuscript) == shown(dump(article([], False)))


def test_a_speech_above_a_name_is_no_title() -> None:
    lines = ["守橋的人對縣署說：", *cut(prose(1)), *cut(prose(2)), *cut(prose(3)), *cut(prose(4))]
    manuscript = dump("\n".join(lines) + "\n")
    assert not manuscript.fronts or not manuscript.fronts[0].title
    assert shown(manuscript)[0].startswith("守橋的人")


def test_a_line_that_calls_a_note_of_its_page_is_no_rest_of_the_note_before() -> None:
    """The second page begins with text; above its notes stands the rest of a note of the first."""
    wide = "石門河上的船家在秋天把竹篙靠在橋邊等著潮水從閘口退去孩子們跑到石階上數那些露出來的木樁"
    one = [*cut(f"{prose(1)[:-1]}①。"), *cut(prose(21)), f"①見《河道考》，{wide[:36]}"]
    two = [
        *cut(f"{prose(2)[:-1]}，共 438 人，其中船家 61 人①。"),
        TEXT[:30],
        f"{wide[:20]}。",
        "①《橋志》，第2頁。",
    ]
    manuscript = dump("\n\f".join("\n".join(page) for page in (one, two)) + "\n")
    assert "其中船家 61 人[2]。" in "".join(shown(manuscript))


@pytest.mark.parametrize(
    "masthead",
    [
        [
            "《平湖文理學報》第七十期（2020年1月）",
            "Journal of the College of Arts, Pinghu No. 70 – January 2020",
        ],
        ["平湖文理學報第65期", "2020年6月，頁77-104", "平湖文理大學文學院"],
        ["平湖法学", "Pinghu Law Review", "2021年第5期（总第167期）"],
    ],
    ids=["issue in English", "house", "name of no kind"],
)
@pytest.mark.parametrize("author", ["容嘉樹＊", "卓映慈"])
def test_mastheads_above_a_title_on_two_lines(masthead: list[str], author: str) -> None:
    title = ["懸球、鳴炮與「看天人」——河口颱風信號", "的社會史，1884–1937"]
    head = [*masthead, *title, author, "平湖史學會研究員"]
    front = dump(article([], False).replace("\n".join(HEAD[:2]), "\n".join(head))).fronts[0]
    assert [t.visible() for t in front.masthead] == masthead
    assert "".join(front.title.visible().split()) == "".join(title)
    assert [t.visible().rstrip("＊") for t in front.authors] == [author.rstrip("＊")]


def test_a_title_that_names_an_institution_above_its_author_is_no_masthead() -> None:
    head = ["平湖文理學報第65期", "平湖文理大學文學院", "沈某某"]
    front = dump(article([], False).replace("\n".join(HEAD[:2]), "\n".join(head))).fronts[0]
    assert front.title.visible() == head[1]


def test_the_star_of_an_author_on_the_line_below() -> None:
    """pdfplumber gives raised characters a line."""
    pages = article([], False).replace("沈某某", "沈某某\n*").split("\f")
    pages[0] = pages[0].rstrip("\n") + "\n*初稿曾在平湖宣讀，謹此致謝。\n"
    manuscript = dump("\f".join(pages))
    assert notes(manuscript)["*"] == "初稿曾在平湖宣讀，謹此致謝。"
    assert [t.visible() for t in manuscript.fronts[0].authors] == ["沈某某"]


def test_a_star_above_labels_that_have_a_column_of_their_own() -> None:
    """Its note is the first of those behind them."""
    pages = []
    for n in range(3):
        called = [*cut(f"{prose(n)[:-1]}{2 * n + 1}。"), *cut(f"{prose(n + 20)[:-1]}{2 * n + 2}。")]
        bodies = [
            *cut(f"見《河道考》，第{n}頁，該書卷首另有船夫竹篙一圖，為後來各本所無，今從之。", 30, 0),
            f"《橋志》，第{n}頁。",
        ]
        column = (
            ["＊"] * (not n)
            + [f"{2 * n + 1}", f"{2 * n + 2}", ""]
            + ["初稿曾在平湖宣讀，謹此致謝。"] * (not n)
        )
        pages.append(
            [
                *(["碼頭與縣城", "沈某某＊"] if not n else []),
                *called,
                *cut(prose(n + 40)),
                "",
                *column,
                *bodies,
            ]
        )
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    found = notes(manuscript)
    assert found["*"] == "初稿曾在平湖宣讀，謹此致謝。"
    assert [found[str(n)][:6] for n in range(1, 7)] == ["見《河道考》", "《橋志》，第"] * 3


@pytest.mark.parametrize(
    "line", ["© 平湖文理書院 2020", "Copyright © 2020 River Studies", "版權所有　平湖文理書院"]
)
def test_whose_the_first_page_is_stands_at_its_foot(line: str) -> None:
    pages = article([], False).split("\f")
    pages[0] = pages[0].rstrip("\n") + f"\n{line}\n"
    manuscript = dump("\f".join(pages))
    assert line in [edit.before.strip() for edit in manuscript.removed]
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in (1, 2, 3)}


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "a blank line between lines"])
def test_what_a_wide_space_parted_has_lines_of_its_own(gap: str) -> None:
    """The characters of a label, the number of a heading: a blank line more stands behind these."""
    text = ["碼頭與縣城", "沈某某", "摘", "要", *cut(prose(90)), "關鍵詞：碼頭；河道；消息"]
    for n, title in enumerate(["河道的消息", "縣城的碼頭", "船夫的竹篙"]):
        text += ["一二三"[n], "\n" + title, *cut(prose(n)), *cut(prose(n + 20)), *cut(prose(n + 40))]
    manuscript = dump(gap.join(text) + "\n")
    assert manuscript.fronts[0].abstract[0].visible() == prose(90)
    headings = [
        "".join(b.content.visible().split()) for b in manuscript.blocks if b.kind is BlockKind.HEADING
    ]
    assert headings == ["一河道的消息", "二縣城的碼頭", "三船夫的竹篙"]


def test_layers_of_a_dig_are_no_calls() -> None:
    """«第①层», «②、③层» and finds such as «T0308③：116» beside notes numbered by circles."""
    layers = ["第①层：耕土层，出土瓷片。", "第②、③层：灰黑色土，标本T0308②：116出土于此。"]
    text = article([], False).replace(cut(prose(21))[0], "\n".join([*layers, cut(prose(21))[0]]))
    manuscript = dump(text)
    assert [t for t in shown(manuscript) if "层" in t and "[" in t] == []
    assert all(layer in "".join(shown(manuscript)) for layer in layers)
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in (1, 2, 3)}


@pytest.mark.parametrize("above", ["", "又見南江大學"], ids=["a note that ends", "a note that breaks off"])
def test_the_head_of_the_first_page_came_out_last_with_a_name_of_no_kind(above: str) -> None:
    masthead = ["平湖法学", "Pinghu Law Review", "2021年第5期（总第167期）"]
    pages = article([], False).split("\f")
    pages[0] = (
        pages[0].rstrip("\n") + "\n" + "\n".join([*([above] if above else []), *masthead, "· 165 ·"]) + "\n"
    )
    manuscript = dump("\f".join(pages))
    removed = [edit.before.strip() for edit in manuscript.removed]
    assert ([line for line in masthead if line in removed] == masthead) is not bool(above)
    assert above or notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in (1, 2, 3)}


def test_a_title_that_heads_say_above_its_star_stays() -> None:
    """pdftotext gives the star of a title a line of its own."""
    pages = article([], False).split("\f")
    pages[0] = pages[0].replace("沈某某", "＊\n沈某某", 1)
    pages += [
        "\n".join([*cut(f"{prose(n)}{circled(1)}"), *cut(prose(n + 20)), f"{circled(1)}《橋志》。\n"])
        for n in range(4, 8)
    ]
    text = "\f".join(
        f"{HEAD[0]}\n\n{n + 45}\n\n{page}" if n % 2 == 0 and n else page for n, page in enumerate(pages)
    )
    manuscript = dump(text)
    assert manuscript.fronts[0].title.visible().rstrip("＊") == HEAD[0]


def test_notes_behind_sections_end_above_the_call_of_the_next() -> None:
    """No line says that notes follow; a heading behind that call is one of the text's own."""
    lines, wanted = [], []
    for k, title in enumerate(("橋與路", "井：改邑不改井", "商會")):
        text = [f"{prose(10 * k + n)[:-1]}[{2 * k + n}]。" for n in (1, 2)]
        parts = [title, text[0], "縣志所見", text[1], prose(10 * k + 9)]
        lines += [line for part in parts for line in cut(part)]
        lines[-1] = "\f" + lines[-1]
        lines += [f"[{2 * k + n}] 《河道考》，頁{n + 40}{'。' if k else ''}" for n in (1, 2)]
        wanted += parts
    lines.insert(lines.index("井：改邑不改井") + 1, "井與里")
    wanted.insert(wanted.index("井：改邑不改井") + 1, "井與里")
    manuscript = dump("\n".join(lines) + "\n")
    found = list(notes(manuscript).values())
    assert found == [f"《河道考》，頁{n + 40}{'。' if k else ''}" for k in range(3) for n in (1, 2)]
    assert shown(manuscript) == wanted[1:]


MASTHEAD = ["平湖史學", "第二十卷第三期（2019年12月），頁101–128"]


@pytest.mark.parametrize(
    "english", [[], ["Pinghu Historical Review"]], ids=["alone", "with its English name"]
)
def test_a_journal_of_any_name_stands_above_its_issue_and_the_title(english: list[str]) -> None:
    lines = [
        MASTHEAD[0],
        *english,
        MASTHEAD[1],
        "DOI: 10.1234/PHSX.0003",
        "碼頭與縣城：清代河道的",
        "消息（1821–1874）",
    ]
    front = dump("\n".join([*lines, *HEAD[1:], *cut(prose(1)), *cut(prose(2)), *cut(prose(3))])).fronts[0]
    assert front.title.visible() == "碼頭與縣城：清代河道的消息（1821–1874）"
    assert [t.visible() for t in front.masthead] == lines[:-2]
    assert [t.visible() for t in front.authors] == ["沈某某"]


def test_a_title_above_its_date_is_no_journal() -> None:
    lines = ["碼頭與縣城", "2016年5月", *HEAD[1:], *cut(prose(1)), *cut(prose(2)), *cut(prose(3))]
    assert dump("\n".join(lines)).fronts[0].title.visible() == "碼頭與縣城"


def test_a_star_on_a_line_of_its_own_belongs_to_the_author_above() -> None:
    page = [*HEAD[:2], "*", *HEAD[2:], *cut(prose(1)), "* 平湖文理書院教授。"]
    manuscript = dump("\f".join(["\n".join(page), *("\n".join(cut(prose(n))) for n in (2, 3))]))
    assert manuscript.fronts[0].authors[0].text == "沈某某*"
    assert shown(manuscript) == [prose(1), prose(2), prose(3)]


def printed_from_browser(pages: int) -> str:
    """Pages of a web page, with what the browser prints around them and endnotes that lead back, in a dump without form feeds."""
    foot = "https://example.org/history/2021/ferries-of-pinghu.html"
    told = [
        [
            "11/30/21, 9:18 PM 碼頭與縣城",
            *cut(f"{prose(n)}[{n}]"),
            *cut(prose(n + 20)),
            *cut(prose(n + 40)),
            f"{foot} {n}/{pages + 1}",
        ]
        for n in range(1, pages + 1)
    ]
    listed = [
        "11/30/21, 9:18 PM 碼頭與縣城",
        "註釋",
        *(f"{n}. ^ 《河道考》，第{n}頁。" for n in range(1, pages + 1)),
    ]
    return (
        "\n".join(line for page in [*told, [*listed, f"{foot} {pages + 1}/{pages + 1}"]] for line in page)
        + "\n"
    )


def test_what_a_browser_prints_around_a_web_page_goes() -> None:
    manuscript = dump(printed_from_browser(4))
    assert shown(manuscript) == [
        text for n in range(1, 5) for text in (f"{prose(n)}[{n}]", prose(n + 20), prose(n + 40))
    ]
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in range(1, 5)}


@pytest.mark.parametrize("number", ["({})", "（{}）"])
def test_numbers_in_brackets_end_pages_that_left_no_other_trace(number: str) -> None:
    pages = [
        [
            *cut(f"{prose(n)}{n}"),
            *cut(prose(n + 20)),
            *cut(prose(n + 40)),
            f"{n} 《河道考》，第{n}頁。",
            number.format(n + 54),
        ]
        for n in range(1, 6)
    ]
    manuscript = dump("\n".join(line for page in pages for line in page) + "\n")
    assert [number for _, number in manuscript.pages] == ["55", "56", "57", "58", "59"]
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in range(1, 6)}


def test_labels_in_brackets_alone_are_no_numbers_of_pages() -> None:
    """pdfminer gives labels a line of their own."""
    pages = [
        [*cut(f"{prose(n)}（{n}）"), *cut(prose(n + 20)), f"（{n}）", f"《河道考》，第{n}頁。"]
        for n in range(1, 6)
    ]
    manuscript = dump("\n".join(line for page in pages for line in page) + "\n")
    assert not any(number for _, number in manuscript.pages)


def test_the_first_number_at_a_foot_right_above_the_second_at_a_head() -> None:
    """In a dump with blank lines between lines, whose form feeds became spaces."""
    pages = [[*cut(prose(n)), *cut(f"{prose(n + 20)}{n}"), f"{n} 《河道考》，第{n}頁。"] for n in range(1, 4)]
    told = [[*pages[0], "1"], *([str(n), *page] for n, page in enumerate(pages[1:], 2))]
    manuscript = dump("\n ".join("\n\n".join(page) for page in told) + "\n")
    assert [number for _, number in manuscript.pages] == ["1", "2", "3"]
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in range(1, 4)}


def test_years_in_brackets_that_came_out_of_their_line_are_no_page_s_number() -> None:
    lines = [f"白某在慶元二年\n（119{n}）\n任職，{prose(n)}\n，後來又修了碼頭\n。他離" for n in range(1, 8)]
    assert "".join(shown(dump("\n".join(lines)))).count("（119") == 7


def test_an_abstract_set_narrower_than_the_text_is_one_paragraph() -> None:
    lines = [
        "碼頭與縣城：清代河道的消息",
        "沈某某",
        *cut(f"提要：{prose(90)}", 26, 0),
        "關鍵詞：碼頭；河道；消息",
    ]
    text = [line for n in range(1, 9) for line in cut(prose(n))]
    front = dump("\n".join([*lines, *text]) + "\n").fronts[0]
    assert [t.visible() for t in front.abstract] == [prose(90)]


def test_numbers_at_heads_of_pages_behind_one_at_the_foot_of_the_first() -> None:
    """Nothing else tells the pages; the notes have such numbers, too."""
    pages = [
        [*cut(f"{prose(n)}{n}"), *cut(prose(n + 20)), *cut(prose(n + 40)), f"{n} 《河道考》，第{n}頁。"]
        for n in range(1, 6)
    ]
    told = [[*pages[0], "1"], *([str(n), *page] for n, page in enumerate(pages[1:], 2))]
    manuscript = dump("\n\n".join("\n".join(page) for page in told) + "\n")
    assert [number for _, number in manuscript.pages] == ["1", "2", "3", "4", "5"]
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in range(1, 6)}


@pytest.mark.parametrize("label", ["1", "*"])
def test_a_journal_and_its_issue_below_the_notes_of_the_first_page(label: str) -> None:
    first = [HEAD[0], f"沈某某{'*' * (label == '*')}", *HEAD[2:], *cut(f"{prose(1)}{label.strip('*')}")]
    issue = "平湖學報　第五十六期　2020年6月　頁37～62"
    pages = [[*first, f"{label} 平湖文理書院教授。", issue, "37"]]
    pages += [[*cut(f"{prose(n)}{n}"), f"{n} 《河道考》，第{n}頁。", str(n + 36)] for n in range(2, 6)]
    manuscript = dump("\f".join("\n".join(page) for page in pages))
    assert notes(manuscript)[label] == "平湖文理書院教授。"
    assert issue not in "".join(shown(manuscript))


def test_numbers_behind_bars_end_pages_that_left_no_other_trace() -> None:
    pages = []
    for n in range(2, 7):
        head = f"{n + 36}│平湖學報　第五十六期" if n % 2 else f"碼頭與縣城│{n + 36}"
        note = f"{n} 《河道考》，第{n}頁。"
        pages.append([*cut(f"{prose(n)}{n}"), *cut(prose(n + 20)), note, head, "DOI:10.6351/PHXB.0002"])
    manuscript = dump("\n\n".join("\n".join(page) for page in pages) + "\n")
    assert notes(manuscript) == {str(n): f"《河道考》，第{n}頁。" for n in range(2, 7)}
    assert shown(manuscript) == [t for n in range(2, 7) for t in (f"{prose(n)}[{n}]", prose(n + 20))]


def test_a_first_page_ends_behind_the_number_below_what_the_journal_prints() -> None:
    """In a dump with blank lines between lines, whose form feeds became spaces; no other page ends with a number alone."""
    pages = [[*HEAD, *cut(f"{prose(1)}1"), "1 《河道考》。", "DOI:10.6351/PHXB.0002", "37"]]
    pages += [[*cut(prose(n)), f"{n + 36}　平湖學報", "DOI:10.6351/PHXB.0002"] for n in range(2, 6)]
    manuscript = dump("\n ".join("\n\n".join(page) for page in pages) + "\n")
    assert notes(manuscript) == {"1": "《河道考》。"}
    assert "37" not in "".join(shown(manuscript))


def test_a_head_of_the_journal_and_the_title_on_two_pages_of_three() -> None:
    """The first page has none, and its number alone."""
    title = "碼頭的消息：清代河道與縣城"
    pages = [[title, *HEAD[1:], *cut(prose(1)), *cut(f"{prose(21)}1"), "1 《河道考》。", "1"]]
    pages += [["江南史學·碼頭的消息", *cut(prose(n)), *cut(prose(n + 20)), f"第 {n} 頁"] for n in (2, 3)]
    for text in (
        "\n\n".join("\n".join(page) for page in pages),
        "\n ".join("\n\n".join(page) for page in pages),
    ):
        manuscript = dump(f"{text}\n")
        assert shown(manuscript) == [
            prose(1),
            f"{prose(21)}[1]",
            *(prose(k) for n in (2, 3) for k in (n, n + 20)),
        ]
        assert notes(manuscript) == {"1": "《河道考》。"}
