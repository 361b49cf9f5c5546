"""Notes that go on overleaf, stars beside names, bodies whose page is known by their marks alone."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.recovery.ocr_markdown import recover_ocr_markdown
from pipeline.settings import RecoverSettings
from tests.recovery.ocr_markdown.papers import notes, recover, texts

WHOLE = "".join(f"<sup>{n}</sup> 王明：《渡口志》，第{n}頁。\n\n" for n in range(2, 9))
CALLED = "".join(f"船<sup>{n}</sup>" for n in range(2, 9))


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("А. Громов, *Река*, Пермь, 1928, с.", "33–51; И. Ушакова, *Соседи*, 1996."),
        ("J. Whit, *Rivers*, Bd. 2:", "Das Boot, 1992, S. 613."),
        ("A. Schwartz and Robert E.", "Scott, *Boats*, 2007."),
        ("V. Miles, “Liability and Agreements: Fair", "Dealing and Boats,” 1987."),
        ("所說的因素有三：（1）船的大小；", "（2）水的深淺；（3）風向。"),
    ],
    ids=["Cyrillic", "colon", "initial", "word", "list"],
)
def test_a_body_without_an_end_goes_on_before_the_next_page_s_notes(first: str, rest: str) -> None:
    source = (
        f"# 渡口考\n\n渡口<sup>1</sup>早就廢了，只有老船還橫在岸邊，船戶改行做了腳夫，有的去了城\n\n<sup>1</sup> {first}\n\n"
        f"裡，有的留在村裡。{CALLED}孩子們不信，偏要爬上船去看，看見的只有月光，月光底下是磨\n\n{rest}\n\n{WHOLE}亮的船舷。"
    )
    manuscript = recover(source)
    assert notes(manuscript)["1"].replace(" ", "") == (first + rest).replace("*", "").replace(" ", "")
    assert len(texts(manuscript)) == 1


@pytest.mark.parametrize("end", ["", "\n\n· 158 ·"])
def test_a_body_s_rest_is_the_last_of_the_paper(end: str) -> None:
    number = "· {} ·\n\n" if end else ""
    source = (
        f"# 渡口考\n\n渡口{CALLED}早就廢了，只有老船還橫在岸邊。\n\n{WHOLE}{number.format(156)}"
        "船戶改行做了腳夫<sup>9</sup>，只有老船還橫在岸邊，有的去了城\n\n"
        f"<sup>9</sup> 參見王明《渡口志》，又見李文所說的村裡\n\n{number.format(157)}"
        f"裡，有的留在村裡，不肯搬走。\n\n的老船，第3頁。{end}"
    )
    manuscript = recover(source)
    assert notes(manuscript)["9"] == "參見王明《渡口志》，又見李文所說的村裡的老船，第3頁。"
    assert texts(manuscript)[-1].endswith("有的去了城裡，有的留在村裡，不肯搬走。")


def test_a_heading_of_notes_above_the_rest_of_one() -> None:
    source = (
        (
            f"# 渡口考\n\n渡口{CALLED}早就廢了，只有老船還橫在岸邊，船戶改行做了腳夫，有的去了城\n\n**腳註：**\n\n{WHOLE}"
            "<sup>9</sup> 參見王明《渡口志》，又見李文所說的村裡\n\n裡<sup>9</sup>，有的留在村裡<sup>10</sup>。\n\n**腳註：**\n\n"
            "的老船，第3頁。\n\n<sup>10</sup> 《河志》，第4頁。\n"
        )
        .replace("去了城\n", "去了城<sup>9</sup>\n", 1)
        .replace("裡<sup>9</sup>，", "裡，", 1)
    )
    manuscript = recover(source)
    assert notes(manuscript)["9"] == "參見王明《渡口志》，又見李文所說的村裡的老船，第3頁。"
    assert "腳註" not in "".join(texts(manuscript))


def test_a_text_that_calls_a_note_is_no_rest_of_a_body() -> None:
    source = (
        f"# 渡口考\n\n渡口{CALLED}早就廢了<sup>1</sup>。\n\n<sup>1</sup> J. Whit, *Rivers*, Bd. 2:\n\n{WHOLE}"
        "Rivers 一書說，老船還橫在岸邊<sup>9</sup>，船戶改行做了腳夫。\n\n<sup>9</sup> 同上。"
    )
    assert notes(recover(source))["9"] == "同上。"


@pytest.mark.parametrize("names", ["王明*、李文", "王明\\*，李文", "王明* 李文", "王明*"])
@pytest.mark.parametrize("body", [f"{star}王明，某大學教授。" for star in ("*", "\\*", "* ", "**\\*** ")])
@pytest.mark.parametrize("style", ["①", "[1]", "<sup>1</sup>"])
def test_a_star_beside_a_name_calls_the_author_s_note(names: str, body: str, style: str) -> None:
    source = (
        f"# 渡口考\n\n{names}\n\n渡口早就廢了，只有老船還橫在岸邊，船戶改行做了腳夫{style}，有的去了城\n\n"
        f"{body}\n\n{style} 見《渡口志》，第3頁。\n\n裡，有的留在村裡。\n"
    )
    manuscript = recover(source)
    assert notes(manuscript)["*"] == "王明，某大學教授。"
    assert len(texts(manuscript)) == 1


def test_a_plain_note_on_the_line_below_the_star_s() -> None:
    source = (
        "# 渡口考\n\n王明*\n\n渡口早就廢了<sup>1</sup>，只有老船還橫在岸邊<sup>2</sup>。\n\n"
        f"* 王明，某大學教授。  \n1 見《渡口志》，第3頁。  \n2 {SECOND * 2}\n\n孩子們不信。"
    )
    told = {"*": "王明，某大學教授。", "1": "見《渡口志》，第3頁。", "2": SECOND * 2}
    assert notes(recover(source)) == told


def test_a_line_that_begins_with_a_star_goes_on_with_no_sentence() -> None:
    source = "# 渡口考\n\n渡口早就廢了，只有老船還橫在岸邊，船戶改行做了腳夫，有的去了城\n\n---\n\n*王明，某大學教授。"
    assert len(texts(recover(source))) == 2


def test_notes_that_are_numbered_by_the_page_keep_their_calls_where_a_body_stands_overleaf() -> None:
    source = (
        "# 渡口考\n\n渡口<sup>1</sup>早就廢了<sup>2</sup>。\n\n<sup>1</sup> 見甲書。\n\n"
        "船戶<sup>1</sup>改行<sup>2</sup>了。\n\n<sup>2</sup> 見乙書。\n\n<sup>1</sup> 見丙書。\n\n<sup>2</sup> 見丁書。"
    )
    manuscript = recover(source)
    assert list(notes(manuscript).values()) == ["見甲書。", "見乙書。", "見丙書。", "見丁書。"]
    assert not any(n.missing for n in manuscript.notes)


@pytest.mark.parametrize("first", ["15. ", "15 "])
def test_a_body_may_begin_with_a_year(first: str) -> None:
    calls = "".join(f"船<sup>{n}</sup>" for n in (14, 15, 16))
    source = f"# 渡口考\n\n{calls}。\n\n---\n\n14. 見甲書。\n\n{first}1956年，船廠遷走。\n\n16. 同上。"
    assert notes(recover(source))["15"] == "1956年，船廠遷走。"


def test_an_author_s_list_behind_a_colon_is_no_foot() -> None:
    source = (
        "# 渡口考\n\n船戶<sup>1</sup>有三種<sup>2</sup>叫法<sup>3</sup>：\n\n1．船家（《渡口志》，1924）；\n\n2．水手（《河志》，1927）；\n\n"
        "3．艄公（《村史》，1931）。\n\n<sup>1</sup> 見甲書。\n\n<sup>2</sup> 見乙書。\n\n<sup>3</sup> 見丙書。"
    )
    manuscript = recover(source)
    assert list(notes(manuscript).values()) == ["見甲書。", "見乙書。", "見丙書。"]


def test_plain_digits_are_notes_beside_a_star_and_where_few_of_them_cite() -> None:
    says = "船戶說，當時沒有人當作大事。"
    source = "# 渡口考\n\n王明*\n\n" + "".join(
        f"渡口早就廢了，只有第{'一二三四五六七八九'[n - 1]}條老船還橫在岸邊。{n}船戶改行做了腳夫。\n\n"
        f"{'*王明，某大學教授。' if n == 1 else ''}\n\n{n} {'參見《渡口志》。' if n % 3 == 0 else says}\n\n"
        for n in range(1, 10)
    )
    assert list(notes(recover(source))) == [*map(str, range(1, 10)), "*"]


def test_a_padded_raised_number_is_a_call_behind_any_text() -> None:
    source = (
        "# 渡口考\n\n渡口早就廢了。 $ ^{1} $ \n\n… *mahatā bhikṣuśataiḥ* … $ ^{2} $ \n\n所謂*avadāna* $ ^{3} $ 是譬喻。\n\n"
        " $ ^{1} $見甲書。\n\n $ ^{2} $見乙書。\n\n $ ^{3} $見丙書。"
    )
    manuscript = recover(source)
    assert (len(manuscript.notes), texts(manuscript)[2]) == (3, "所謂avadāna是譬喻。")


def test_verse_in_a_quotation_keeps_its_lines_and_ends_without_a_stop() -> None:
    source = (
        "# 渡口考\n\n有詩說：\n\n> 老船橫渡口\n> 明月照空艙\n> 不見舊時客\n> 唯聞草木香<sup>1</sup>\n\n<sup>1</sup> 見甲書。\n\n"
        "這首詩在縣志裡找不到，它的用語也與別的詩不同。"
    )
    manuscript = recover(source)
    assert [b.kind for b in manuscript.blocks] == [BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.PARAGRAPH]
    assert manuscript.blocks[1].content.visible() == "老船橫渡口\n明月照空艙\n不見舊時客\n唯聞草木香"


@pytest.mark.parametrize("form", ["[{n}]", "〔{n}〕", "{r}", "{c}"])
def test_bodies_that_count_on_are_known_though_the_last_stands_overleaf(form: str) -> None:
    def mark(n: int) -> str:
        return form.format(n=n, r="¹²³⁴⁵⁶⁷⁸⁹"[n - 1], c="①②③④⑤⑥⑦⑧⑨"[n - 1])

    told = "".join(f"{mark(n)} 王明：《渡口志》，第{n}頁。\n\n" for n in range(1, 5))
    source = (
        f"# 渡口考\n\n渡口{''.join('船' + mark(n) for n in range(1, 5))}早就廢了。\n\n{told}"
        f"船戶改行{mark(5)}，有的去了城裡{mark(6)}，有的留\n\n{mark(5)} V. Miles, Boats: Fair\n\n"
        f"在村裡{mark(7)}。\n\n{mark(6)} A. Whit, Boats, 1987.\n\n{mark(7)} 1956年，船廠遷走。"
    )
    manuscript = recover(source)
    assert [notes(manuscript)[n] for n in "567"] == [
        "V. Miles, Boats: Fair",
        "A. Whit, Boats, 1987.",
        "1956年，船廠遷走。",
    ]
    assert texts(manuscript)[-1].endswith("有的留在村裡。")


CUT = "參見李文：《河道史》，作者列舉了甲、乙和"
GOES_ON = "丙三地的案例。"
HALF, OTHER = "渡口早就廢了<sup>9</sup>，只有老船還橫在岸邊，有的去了城裡，有的留", "在村裡。"


@pytest.mark.parametrize(
    "between",
    [
        "---\n\n{rest}\n\n<sup>10</sup> 同上。",  # a page of notes alone
        "<!-- page 7 -->\n\n{rest}\n\n<sup>10</sup> 同上。",
        "船戶改行做了腳夫，孩子們不信，偏要爬上船去看，看見的只有月\n\n{rest}\n\n<sup>10</sup> 同上。\n\n光。",
        "船戶改行做了腳夫，孩子們不信，偏要爬上船去看，看見的只有月\n\n{rest}\n\n---\n\n光。",
    ],
    ids=["rule", "page", "wedge", "rule below"],
)
def test_a_rest_is_found_where_some_feet_have_a_rule_and_some_have_none(between: str) -> None:
    feet = "".join(f"船<sup>{n}</sup>。\n\n---\n\n<sup>{n}</sup> 見第{n}頁。\n\n" for n in range(1, 9))
    source = f"# 渡口考\n\n{feet}渡口廢了<sup>9</sup>。船廠也遷走了<sup>10</sup>。\n\n<sup>9</sup> {CUT}\n\n{between.format(rest=GOES_ON)}"
    assert notes(recover(source))["9"] == CUT + GOES_ON


@pytest.mark.parametrize("furniture", ["· 157 ·\n\n渡口考", "<!-- page 7 -->"])
def test_the_text_of_the_next_page_is_no_rest(furniture: str) -> None:
    feet = "".join(
        f"船<sup>{n}</sup>。\n\n---\n\n<sup>{n}</sup> 見第{n}頁。\n\n· {147 + n} ·\n\n" for n in range(1, 9)
    )
    source = (
        f"# 渡口考\n\n{feet}{HALF}\n\n---\n\n<sup>9</sup> {CUT}\n\n{furniture}\n\n{OTHER}說法如下：\n\n---\n\n"
        f"{GOES_ON}\n\n<sup>10</sup> 同上。"
    )
    manuscript = recover(source)
    assert notes(manuscript)["9"] == CUT + GOES_ON
    assert texts(manuscript)[-1].endswith("有的留在村裡。說法如下：")


def test_a_short_sentence_that_a_page_cuts_behind_a_quotation_goes_on() -> None:
    source = "# 渡口考\n\n這份文本沒有說，什麼叫做“渡口”\n\n---\n\n一詞，而是說“岸邊的小路”。"
    assert texts(recover(source)) == ["這份文本沒有說，什麼叫做“渡口”一詞，而是說“岸邊的小路”。"]


def test_the_last_paragraph_is_no_rest_where_bodies_end_without_a_stop() -> None:
    feet = "".join(f"船<sup>{n}</sup>靠岸。\n\n<sup>{n}</sup> 王明〈章程〉，第{n}條\n\n" for n in range(1, 9))
    manuscript = recover(f"# 渡口考\n\n{feet}渡口早就廢了，只有老船還橫在岸邊。")
    assert notes(manuscript)["8"] == "王明〈章程〉，第8條"
    assert texts(manuscript)[-1] == "渡口早就廢了，只有老船還橫在岸邊。"


@pytest.mark.parametrize("form", ["[{n}]", "〔{n}〕", " $ ^{{{n}}} $ "])
def test_two_calls_may_stand_side_by_side(form: str) -> None:
    def mark(n: int) -> str:
        return form.format(n=n)

    told = "".join(f"{mark(n)} 王明：《渡口志》，第{n}頁。\n\n" for n in range(1, 5))
    manuscript = recover(f"# 渡口考\n\n船{mark(1)}靠岸{mark(2)}{mark(3)}了{mark(4)}。\n\n{told}")
    assert [p.text for p in manuscript.blocks[0].content.pieces if p.text] == [
        "船",
        "1",
        "靠岸",
        "2",
        "3",
        "了",
        "4",
        "。",
    ]


@pytest.mark.parametrize("year", ["(1987): 201.", "(May 1987): 201.", "(Spring): 201."])
@pytest.mark.parametrize(("first", "second"), [("13. ", "14. "), ("13 ", "14 ")])
def test_the_volume_of_a_journal_begins_no_body(first: str, second: str, year: str) -> None:
    calls = "".join(f"船<sup>{n}</sup>" for n in (12, 13, 14))
    source = f"# 渡口考\n\n{calls}。\n\n---\n\n12 見甲書。\n\n{first}J. Whit, Annales 14 {year}\n\n{second}見丙書。"
    assert list(notes(recover(source)).values()) == [
        "見甲書。",
        f"J. Whit, Annales 14 {year}",
        "見丙書。",
    ]


def test_a_heading_may_call_a_note_with_a_plain_digit() -> None:
    source = "# 渡口考\n\n## 一、緣起1\n\n" + "".join(
        f"渡口早就廢了，只有老船還橫在岸邊。{n + 1}船戶改行做了腳夫。\n\n" for n in range(1, 4)
    )
    source += "".join(f"{n} 王明：《渡口志》，第{n}頁。\n\n" for n in range(1, 5))
    manuscript = recover(source)
    assert list(notes(manuscript)) == ["1", "2", "3", "4"]
    assert texts(manuscript)[0] == "一、緣起"


@pytest.mark.parametrize("form", ["[{n}]", "〔{n}〕", "{r}", "{c}"])
def test_a_body_whose_call_is_lost_is_no_text_and_hides_no_other(form: str) -> None:
    def mark(n: int) -> str:
        return form.format(n=n, r="¹²³⁴⁵⁶⁷⁸⁹"[n - 1], c="①②③④⑤⑥⑦⑧⑨"[n - 1])

    pages = "".join(
        f"渡口早就廢了，只有第{'一二三四五六七八九'[n - 1]}條老船{'' if n == 6 else mark(n)}還橫在岸邊。\n\n{mark(n)} 王明：《渡口志》，第{n}頁。\n\n"
        for n in range(1, 10)
    )
    manuscript = recover(f"# 渡口考\n\n{pages}")
    assert list(notes(manuscript)) == [str(n) for n in range(1, 10)]
    assert [f.rule for f in manuscript.findings] == ["N11"]
    assert len(texts(manuscript)) == 9


def test_a_page_s_last_paragraph_in_an_english_paper_is_no_rest() -> None:
    pages = "".join(
        f"The ferry was given up long ago and the old boat lies there still.<sup>{n}</sup>\n\n"
        f"Boatmen became porters, and some went to the town.\n\n<sup>{n}</sup> Whit, *Rivers*, p. {n}\n\n"
        for n in range(1, 9)
    )
    manuscript = recover_ocr_markdown(f"# The Ferry\n\n{pages}", RecoverSettings(), "en")
    assert list(notes(manuscript).values()) == [f"Whit, Rivers, p. {n}" for n in range(1, 9)]


@pytest.mark.parametrize("last", ["（一九五〇)", '“渡口"一詞'])
def test_marks_of_two_kinds_leave_no_body_open(last: str) -> None:
    feet = "".join(
        f"船<sup>{n}</sup>靠岸。\n\n<sup>{n}</sup> 王明：《渡口志》{last}，第{n}頁\n\n" for n in range(1, 9)
    )
    manuscript = recover(f"# 渡口考\n\n{feet}渡口早就廢了，只有老船還橫在岸邊。")
    assert texts(manuscript)[-1] == "渡口早就廢了，只有老船還橫在岸邊。"


SECOND = "縣志裡沒有這條渡口，上面的話只見於船戶的族譜。"


def paged(behind: str, second: str = SECOND) -> str:
    """A page whose first note has two paragraphs, if the marks tell so, and the next page."""
    return (
        "# 渡口考\n\n· 156 ·\n\n渡口<sup>1</sup>早就廢了<sup>2</sup>，只有一條老船還橫在岸邊。\n\n"
        f"<sup>1</sup> 王明：《渡口志》，第3頁。\n\n{second}\n\n{behind}\n\n船戶改行做了腳夫<sup>3</sup>。\n\n"
        "<sup>3</sup> 《河志》，第4頁。\n\n· 158 ·"
    )


@pytest.mark.parametrize(
    "behind",
    [
        "<sup>2</sup> 《河志》，第3頁。\n\n· 157 ·",
        "· 157 ·",
        "渡口考\n\n· 157 ·",
        "<--- Page Split --->",
    ],
    ids=["another body", "a number", "a head and a number", "an engine's mark"],
)
def test_a_second_paragraph_of_a_note_is_the_note_s_where_the_page_goes_on_with_notes_or_ends(
    behind: str,
) -> None:
    note = next(n for n in recover(paged(behind)).notes if n.label == "1")
    assert [b.content.visible() for b in note.blocks] == ["王明：《渡口志》，第3頁。", SECOND]


@pytest.mark.parametrize(
    ("behind", "second"),
    [
        ("<sup>2</sup> 《河志》，第3頁。\n\n· 157 ·", "村裡的人不肯搬走，所以渡口又留了幾年，直到對岸"),
        ("<sup>2</sup> 《河志》，第3頁。\n\n· 157 ·", "村裡的人不肯搬走<sup>2</sup>。"),
        ("<sup>2</sup> 《河志》，第3頁。\n\n· 157 ·", "圖1 渡口的老船。"),
        ("村裡的人也走了<sup>2</sup>。\n\n<sup>2</sup> 《河志》，第3頁。\n\n· 158 ·", SECOND),
        ("· 158 ·", SECOND),
    ],
    ids=["cut", "calls", "a caption", "more text", "a page between"],
)
def test_a_text_below_a_note_stays_text_where_it_may_be_the_next_page_s(behind: str, second: str) -> None:
    note = next(n for n in recover(paged(behind, second)).notes if n.label == "1")
    assert [b.content.visible() for b in note.blocks] == ["王明：《渡口志》，第3頁。"]


@pytest.mark.parametrize(
    ("behind", "is_note"),
    [
        ("戶改行以後留下的，船戶都不肯賣。", True),
        ("的木板做成的，船戶都不肯賣。", True),
        ("的確，船戶都不肯賣。", False),
        ("村裡的人不肯搬走，船戶也不肯。", False),
    ],
)
def test_a_second_paragraph_of_a_note_parts_the_halves_of_a_word(behind: str, is_note: bool) -> None:
    cut = "渡口<sup>1</sup>早就廢了，只有一條老船還橫在岸邊，那是從前的船"
    source = f"# 渡口考\n\n{cut}\n\n<sup>1</sup> 王明：《渡口志》，第3頁。\n\n{SECOND}\n\n{behind}\n"
    manuscript = recover(source)
    assert (SECOND in notes(manuscript)["1"]) is is_note
    assert texts(manuscript)[0].endswith(f"從前的船{behind if is_note else SECOND}")


@pytest.mark.parametrize(
    ("cut", "behind", "is_note"),
    [
        ("從前叫「排", "船戶」的人留下的，船戶都不肯賣。", True),
        ("縣志寫作«старый", " перевоз»的地方，船戶都不肯賣。", True),
        ("從前叫「排", "村裡的人說，這些人叫「船戶」，也不肯搬走。", False),
    ],
    ids=["brackets", "a word of letters", "brackets of its own"],
)
def test_a_second_paragraph_of_a_note_stands_between_what_the_page_parted(
    cut: str, behind: str, is_note: bool
) -> None:
    above = f"渡口<sup>1</sup>早就廢了，只有一條老船還橫在岸邊，那是{cut}"
    source = (
        f"# 渡口考\n\n{above}\n\n<sup>1</sup> 王明：《渡口志》，第3頁。\n\n{SECOND}\n\n{behind.strip()}\n"
    )
    manuscript = recover(source)
    assert (SECOND in notes(manuscript)["1"]) is is_note
    assert texts(manuscript)[0].endswith(f"{cut}{behind}") is is_note


@pytest.mark.parametrize("behind", ["· 157 ·", "<--- Page Split --->"], ids=["a number", "an engine's mark"])
def test_a_second_paragraph_of_a_note_that_the_page_cuts_goes_on_overleaf(behind: str) -> None:
    cut = SECOND[: SECOND.index("船戶")]
    source = paged(f"{behind}\n\n渡口考　157" if "157" not in behind else behind, cut)
    source = source.replace("<sup>3</sup> 《河志》", f"{SECOND.removeprefix(cut)}\n\n<sup>3</sup> 《河志》")
    note = next(n for n in recover(source).notes if n.label == "1")
    assert [b.content.visible() for b in note.blocks] == ["王明：《渡口志》，第3頁。", SECOND]


def test_a_name_above_a_page_number_is_no_paragraph_of_a_note() -> None:
    note = next(n for n in recover(paged("· 157 ·", "王明　李文")).notes if n.label == "1")
    assert [b.content.visible() for b in note.blocks] == ["王明：《渡口志》，第3頁。"]


def test_the_first_number_ends_a_page_that_is_no_longer_than_the_others() -> None:
    page = "渡口早就廢了{c}，只有一條老船還橫在岸邊。\n\n{c} 王明：《渡口志》，第3頁。\n\n"
    rest = "".join(page.format(c=f"<sup>{n}</sup>") + SECOND + f"\n\n· {n} ·\n\n" for n in range(1, 5))
    notes_of = recover(f"# 渡口考\n\n{rest}").notes
    assert [[b.content.visible() for b in n.blocks][1:] for n in notes_of] == [[SECOND]] * 4
    long = "".join(f"渡口{n}早就廢了，只有一條老船還橫在岸邊。\n\n" for n in "一二三四五六七八九")
    first = recover(f"# 渡口考\n\n{long}{rest}").notes[0]
    assert len(first.blocks) == 1


def test_a_page_without_notes_is_no_paragraph_of_the_note_before() -> None:
    source = (
        paged("· 157 ·", SECOND * 30)
        .replace("· 156 ·\n\n", "")
        .replace("· 158 ·", f"{SECOND * 40}\n\n· 158 ·")
    )
    note = next(n for n in recover(source).notes if n.label == "1")
    assert [b.content.visible() for b in note.blocks] == ["王明：《渡口志》，第3頁。"]


def test_heads_with_numbers_tell_where_a_page_ends() -> None:
    source = paged("渡口考　157").replace("· 156 ·", "渡口考　156").replace("· 158 ·", "渡口考　158")
    note = next(n for n in recover(source).notes if n.label == "1")
    assert [b.content.visible() for b in note.blocks] == ["王明：《渡口志》，第3頁。", SECOND]


def test_the_rest_of_a_note_may_begin_with_a_number() -> None:
    pages = "".join(f"渡口{n}早就廢了。①\n\n---\n\n① 王明：《渡口志》，第{n}頁。\n\n" for n in range(1, 4))
    source = (
        f"# 渡口考\n\n{pages}船戶改行①，去了城裡②，有的留\n\n---\n\n① 同上。\n\n② *Boats v. Harbour*, 4\n\n"
        "在村裡①，有的②進城③，也有的④回了鄉⑤。\n\n---\n\n5 Cal. 4th 903, p. 7.\n\n"
        + "".join(f"{c} 王明：《渡口志》，第9頁。\n\n" for c in "①②③④⑤")
    )
    manuscript = recover(source)
    assert notes(manuscript)["5"] == "Boats v. Harbour, 45 Cal. 4th 903, p. 7."
    assert [notes(manuscript)[str(n)] for n in range(6, 11)] == ["王明：《渡口志》，第9頁。"] * 5


def test_a_text_below_a_heading_is_no_rest_of_a_note() -> None:
    source = (
        "# 渡口考\n\n渡口<sup>1</sup>早就廢了<sup>2</sup>。\n\n<sup>1</sup> 王明：《渡口志》，第3頁。\n\n<sup>2</sup> B. Herman, *Boats*, Cambridge, "
        "Mass.\n\n船戶改行做了腳夫<sup>3</sup>。\n\n## 結論\n\n渡口是一個邊緣的地方。\n\n<sup>3</sup> 《河志》，第4頁。"
    )
    assert texts(recover(source))[-1] == "渡口是一個邊緣的地方。"


@pytest.mark.parametrize(
    "raised", ["<sup>{}</sup>", "$^ {{ {} }}$", "\\({{}}^{{ {} }}\\)", "$\\textcircled {{ {} }}$"]
)
def test_the_digits_of_a_raised_number_may_stand_apart(raised: str) -> None:
    numbers = [" ".join(str(n)) for n in range(8, 13)]
    text = "，".join(f"渡口{raised.format(n)}早就廢了" for n in numbers)
    feet = "\n\n".join(f"{raised.format(n)} 王明：《渡口志》，第{n}頁。" for n in numbers)
    manuscript = recover(f"# 渡口考\n\n{text}。\n\n---\n\n{feet}\n")
    assert list(notes(manuscript)) == ["8", "9", "10", "11", "12"]
    assert texts(manuscript) == ["，".join(["渡口早就廢了"] * 5) + "。"]
