"""What belongs to the page goes, what belongs to the text stays."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest

from pipeline.recovery.page_dump.furniture.clearing import Furnished, clear_furniture
from pipeline.recovery.page_dump.furniture.headlines import find_headlines
from pipeline.recovery.page_dump.overlays import pull_quotes
from pipeline.recovery.page_dump.overlays.watermarks import find_overlay
from pipeline.recovery.page_dump.pages.scan import read_layout
from pipeline.settings import RecoverSettings

LINE = "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口"


def clear(text: str, settings: RecoverSettings | None = None) -> Furnished:
    layout, settings = read_layout(text), settings or RecoverSettings()
    return clear_furniture(layout, settings, overlay=find_overlay(layout.lines, settings.watermark))


def page(*lines: str) -> str:
    return "\n".join(lines)


def body(n: int, count: int = 8) -> list[str]:
    """Lines that differ, so that nothing recurs by chance."""
    return [f"{chr(0x4E00 + 97 * (n * count + i))}{LINE}" for i in range(count)]


def left(result: Furnished) -> str:
    return "\n".join(line.text for line in result.layout.lines)


def test_running_heads_with_page_numbers_on_lines_of_their_own() -> None:
    heads = ["12　城市學刊", "河道與城市　13", "14　城市學刊", "河道與城市　15"]
    result = clear("\f".join(page(head, *body(n)) for n, head in enumerate(heads)))
    assert "學刊" not in left(result) and "與城市" not in left(result)
    assert [p.number for p in result.layout.pages] == ["12", "13", "14", "15"]
    assert {edit.rule for edit in result.removed} == {"L3"}


@pytest.mark.parametrize("number", ["　{}", ""], ids=["with its number", "alone"])
def test_the_title_that_the_running_heads_say_stays(number: str) -> None:
    """On the first page it stands without a head's number, or above the first chapter."""
    title = "河道管理條例"
    pages = [page(title, "第一章　總則", *body(0))]
    pages += [page(f"{title}{number.format(n + 1)}", *body(n)) for n in range(1, 5)]
    result = clear("\f".join(pages))
    assert left(result).count(title) == 1 and left(result).startswith(title)


@pytest.mark.parametrize(("line", "stays"), [("炮聲與「看天人」", False), ("「看天人來了」", True)])
def test_a_head_may_end_with_a_quoted_word_and_is_no_speech(line: str, stays: bool) -> None:
    result = clear("\f".join(page(*body(n), line) for n in range(4)))
    assert (line in left(result)) is stays


def test_a_year_that_every_head_says_is_no_page_s_number() -> None:
    result = clear("\f".join(page("1935年的河道", f"第 {n + 1} 頁", *body(n)) for n in range(4)))
    assert [p.number for p in result.layout.pages] == ["1", "2", "3", "4"]
    assert "1935" not in left(result)


def test_a_head_that_has_room_for_a_part_of_the_title_goes_and_the_title_stays() -> None:
    pages = [
        page("1935年的河道與縣", f"第 {n + 1} 頁", *["1935年的河道與縣城"][n:], *body(n)) for n in range(4)
    ]
    result = clear("\f".join(pages))
    assert left(result).startswith("1935年的河道與縣城\n") and left(result).count("1935") == 1


def test_the_numbers_of_sections_in_heads_are_not_those_of_pages() -> None:
    heads = ["1", "2　陶窯的類型　　　2", "4　討論　　　3"]
    titles = ["2　陶窯的類型", "4　討論", "5　結論"]
    pages = zip(heads, titles, strict=True)
    result = clear(
        "\f".join(page(head, *body(n), title, *body(n + 3)) for n, (head, title) in enumerate(pages))
    )
    assert [p.number for p in result.layout.pages] == ["1", "2", "3"]
    assert left(result).count("陶窯") == left(result).count("討論") == 1


def test_page_numbers_at_the_foot() -> None:
    result = clear("\f".join(page(*body(n), f"- {n + 7} -") for n in range(4)))
    assert [p.number for p in result.layout.pages] == ["7", "8", "9", "10"]
    assert len(result.layout.lines) == 32


def test_a_lone_number_that_does_not_count_on_stays() -> None:
    text = "\f".join([page(*body(0), "65"), page(*body(1)), page(*body(2), "3")])
    assert "65" in left(clear(text)).split("\n")


def test_a_head_that_ran_into_the_first_line_and_one_that_took_the_line_with_it() -> None:
    pages = [page(*body(0))]
    for n in range(1, 8):
        first, *rest = body(n)
        pages.append(page(f"{n + 29} 城市與河道 {first}" if n in (1, 3, 7) else first, *rest))
    result = clear("\f".join(pages))
    assert "城市與河道" not in left(result)
    assert body(1)[0] in left(result)
    assert [p.number for p in result.layout.pages] == [str(n) for n in range(29, 37)]
    assert [f.rule for f in result.findings] == ["L12"]
    assert "page 34" in result.findings[0].message


def test_heads_that_ran_into_the_text_go_also_where_only_they_tell_the_pages() -> None:
    pages = [body(n, 20) for n in range(6)]
    headed = [
        [f"{30 + n} 河道與城市 {lines[0]}", *lines[1:]] if n in (0, 1, 4) else lines
        for n, lines in enumerate(pages)
    ]
    result = clear("\n".join(line for lines in headed for line in lines))
    assert left(result) == "\n".join(line for lines in pages for line in lines)
    numbers = "\n".join(
        f"{3 + n} 張圖紙 {line}" if n in (2, 9, 11) else line for n, line in enumerate(body(7, 40))
    )
    assert "張圖紙" in left(clear(numbers))


def test_watermarks_go_where_they_recur() -> None:
    mark = ["‧", "河", "海", "大 學", "‧", "R", "iv er", "U", "n", "iv"]
    other = ["‧", "河", "海", "大", "學", "‧", "Ri", "ver", "Un", "i", "v"]
    text = "\f".join([page(*body(0), *mark), page(*body(1), *other), page(*body(2))])
    assert len(clear(text).layout.lines) == 24


def test_a_watermark_on_one_page_goes_where_its_letters_spell_a_house() -> None:
    mark = ["‧", "河", "海", "大 學", "‧", "R", "iv er", "U", "n", "iv"]
    once = "\f".join([page(*body(0), *mark), page(*body(1))])
    assert len(clear(once).layout.lines) == 26  # one line says «大學»: cells of a table do, too
    assert len(clear(once, RecoverSettings(watermark="‧河海大學‧RiverUniv")).layout.lines) == 16
    torn = ["‧", "河", "海", "大", "學", *mark[4:], "31"]
    layout = clear("\f".join([page(*body(0), *torn), page(*body(1))])).layout
    assert [line.text for line in layout.lines if len(line.text) < 5] == []


def test_a_head_that_stands_once_inside_a_page_is_told_by_its_framed_number() -> None:
    head = "．31．周明 河流學刊第十五期"
    for line in (head, "河流學刊第十五期 周明 ．31．"):
        text = "\f".join([page(*body(0)), page(*body(1, 8), line, *body(2, 8))])
        assert line not in left(clear(text))
    cited = "31 周明，河流學刊第十五期"
    assert cited in left(clear("\f".join([page(*body(0)), page(*body(1, 8), cited, *body(2, 8))])))


def test_watermarks_in_words_go_where_they_cut_the_text_of_most_pages() -> None:
    mark = ["河 海 大 學", "R i v er", "U ni ver si ty"]
    pages = [body(n, 12) for n in range(5)]
    stamped = "\f".join(page(*lines[: 4 + n], *mark, *lines[4 + n :]) for n, lines in enumerate(pages[:4]))
    result = clear(stamped + "\f" + page(*pages[4]))
    assert left(result) == "\n".join(line for lines in pages for line in lines)
    assert {edit.rule for edit in result.removed} == {"L5"}


def test_the_poet_s_name_above_each_poem_stays() -> None:
    poems = [
        [f"{body(n, 1)[0][:9]}", "趙未央", *(f"{line}。" for line in body(n + 50, 2))] for n in range(24)
    ]
    pages = [[line for poem in poems[k : k + 8] for line in poem] for k in (0, 8, 16)]
    pages[1] = [f"{body(30, 1)[0][:9]}", *pages[1]]
    pages[2] = [f"{body(n, 1)[0][:11]}" for n in (31, 32, 33)] + pages[2]
    result = clear("\f".join(page(*lines) for lines in pages))
    assert left(result).count("趙未央") == 24


def test_a_refrain_behind_closed_sentences_stays() -> None:
    pages = [body(n, 12) for n in range(5)]
    verses = "\f".join(page(*lines[:5], lines[5][:20] + "。", "渡河去", *lines[6:]) for lines in pages)
    assert left(clear(verses)).count("渡河去") == 5


@pytest.mark.parametrize("few", [0, pull_quotes.FEW])
def test_pull_quotes_go_where_they_repeat_the_text(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pull_quotes, "FEW", few)  # both ways to ask the text say the same
    said = "船夫把竹篙靠在橋邊等著潮水從閘口退去孩子們便跑到石階上"
    column = [said[i : i + 6] for i in range(0, 24, 6)]
    lines = [*body(0, 12), said, *body(1, 4)]
    result = clear(page(*lines, *column))
    assert len(result.layout.lines) == len(lines)
    assert result.removed[0].before.split() == column
    stanza = ["海上生明月呀", "天涯共此時呀", "情人怨遙夜呀", "竟夕起相思呀"]
    assert len(clear(page(*lines, *stanza)).layout.lines) == len(lines) + 4


def test_a_pull_quote_may_shorten_what_the_pages_around_it_say() -> None:
    said = [
        "縣署在春天派人量了河道的深淺，並請船戶說明哪些水閘已經不能使用，",
        "商會則以為修築之費應由往來的貨船分擔，不可全出於沿河的店鋪，",
        "知縣最後寫信給省城的工程師，請他在冬天水落之前來看石橋的根基。",
    ]
    short = "縣署派人量了河道的深淺，請船戶說明水閘已不能使用，商會以為修築之費應由貨船分擔，不可出於店鋪，知縣寫信給省城工程師，請他在冬天水落前來看石橋根基"
    column = [short[i : i + 9] for i in range(0, 72, 9)]
    lines = [*body(0, 12), *said, *body(1, 4)]
    result = clear(page(*lines, *column, *body(2, 4)))
    assert [edit.before.split() for edit in result.removed] == [column]
    other = [
        f"{a}{b}{'舟楫往還於兩岸之間無'[k]}"
        for k, (a, b) in enumerate(
            zip(["碼頭以北", "舊城西門"] * 4, ["都是農田", "多住漁家"] * 4, strict=True)
        )
    ]
    assert not clear(page(*lines, *other, *body(2, 4))).removed


def test_a_long_column_inside_a_sentence_is_a_pull_quote_though_the_text_says_only_some_of_it() -> None:
    """An excerpt: the rest of what it says stands on a page that is not there."""
    said, other = (
        "船夫把竹篙靠在橋邊等著潮水從閘口退去孩子們便跑到石階上",
        "縣署在春天派人量了河道並請船戶說明水閘的深淺以及修築之費由何人分擔為宜",
    )
    column = textwrap.wrap(said + other, 7)
    lines = [*body(0, 12), said, *body(1, 4)]
    result = clear(page(*lines, *column))
    assert [edit.before.split() for edit in result.removed] == [column]
    assert [finding.rule for finding in result.findings] == ["L14"]
    ended = [*lines[:-1], lines[-1][:-1] + "。"]
    assert not clear(page(*ended, *column)).removed  # it may be a list of the text's own


def test_the_text_goes_on_below_a_pull_quote_that_had_ended() -> None:
    said = "船夫把竹篙靠在橋邊等著潮水從閘口退去。孩子們便跑到石階上"
    column = [said[i : i + 6] for i in range(0, 18, 6)] + ["退去。"]
    lines = [*body(0, 12), said, *body(1, 4)]
    result = clear(page(*lines, *column, "水還沒有退。", *body(2, 4)))
    assert [edit.before.split() for edit in result.removed] == [column]


@pytest.mark.parametrize(
    "column",
    [
        ["guild log old", "guild log new", "guild log all", "guild log one"],
        ["（一）記其年月；", "（二）記其里數；", "（三）記其工料；", "（四）記其人名。"],
    ],
    ids=["commands", "clauses"],
)
def test_entries_that_the_text_says_again_stay(column: list[str]) -> None:
    said = "".join(column)
    lines = [
        *body(0, 12),
        *(said[i : i + 32] for i in range(0, len(said), 32)),
        *body(1, 4),
        *column,
        *body(2, 4),
    ]
    assert not clear(page(*lines)).removed


def test_words_alone_on_lines_of_a_long_text_are_no_mark() -> None:
    words = ["LTSP", "fi", "top", "CUPS", "Base", "U", "GIF", "net", "SQL", "mac"]
    lines = [line for n in range(40) for line in (*body(n, 10), words[n % 10])]
    assert not clear(page(*lines)).removed


def test_a_watermark_inside_a_pull_quote_is_taken_once() -> None:
    said = "船夫把竹篙靠在橋邊等著潮水從閘口退去孩子們便跑到石階上"
    column = [said[i : i + 6] for i in range(0, 24, 6)]
    mark = ["‧", "河", "海", "大", "學", "‧", "R", "iv", "er"]
    pages = [page(*body(n, 12), *([said] if n == 1 else []), *mark) for n in range(3)]
    result = clear("\f".join([*pages, page(*body(3, 12), *column[:2], *mark, *column[2:])]))
    assert len(result.layout.lines) == 4 * 12 + 1
    spans = sorted(edit.span for edit in result.removed)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert " ".join(e.before for e in result.removed if e.rule == "L7").split() == column


def test_a_list_of_what_the_text_says_here_and_there_stays() -> None:
    entries = ["閘口與石橋", "船夫的竹篙", "石階與碼頭", "橋邊的集市", "夜裏的潮水"]
    told = [
        line for n, entry in enumerate(entries) for line in (*body(n, 3), f"他說起{entry}，" + body(n, 1)[0])
    ]
    for listed in (entries, [f"{n}. {entry}" for n, entry in enumerate(entries, 1)]):
        text = page(*told, *listed)
        assert [line.text for line in clear(text).layout.lines][-5:] == listed


@pytest.mark.parametrize(
    ("above", "goes"), [("潮水退了。", True), ("見《河志》，", False), ("見《河志》卷三", False)]
)
def test_a_number_that_names_itself_a_pages_goes_though_it_stands_once(above: str, goes: bool) -> None:
    """Not where it ends a citation."""
    pages = [page(*body(0)), page(*body(1), above, "第 12 頁"), page(*body(2))]
    assert ("第 12 頁" not in left(clear("\f".join(pages)))) is goes


def test_pages_by_their_numbers_alone() -> None:
    text = "\n".join(page(*body(n), str(n + 21)) for n in range(5))
    assert [p.number for p in clear(text).layout.pages] == ["21", "22", "23", "24", "25"]


def test_a_short_line_before_the_watermark_stays() -> None:
    mark = ["‧", "河", "海", "大", "學", "‧", "R", "iv", "er"]
    pages = [page(*body(n), *(["用。"] if n in (1, 3) else []), *mark) for n in range(6)]
    assert [line.text for line in clear("\f".join(pages)).layout.lines].count("用。") == 2


def test_the_last_number_of_a_note_before_the_watermark_stays() -> None:
    mark = ["‧", "河", "海", "大", "學", "‧", "R", "iv", "er"]
    for last in ("343.", "343"):
        ends = {2: ["Robert Ellery, Journal of Town Studies (1941),", last]}
        pages = [page(*body(n), *ends.get(n, []), *mark) for n in range(6)]
        assert [line.text for line in clear("\f".join(pages)).layout.lines].count(last) == 1


def test_a_head_in_pieces_goes_whole() -> None:
    """Some extractors give the chapter's number, its title and the page's number each a line."""
    titles = ["河道", "河道", "河道", "碼頭", "碼頭", "碼頭", "碼頭"]
    pages = [
        page(str(3 + (title == "碼頭")), title, str(n + 41), *body(n, 12)) for n, title in enumerate(titles)
    ]
    for joint in ("\f", "\n\n"):
        result = clear(joint.join(pages))
        assert left(result) == "\n".join("\n".join(body(n, 12)) for n in range(7))
        assert [p.number for p in result.layout.pages] == [str(n + 41) for n in range(7)]


def test_a_head_in_pieces_is_no_watermark() -> None:
    pages = [page(*body(0, 12), "1", "2", "3", "4", "5")]
    pages += [page("1", "簡介", "3", *"甲乙丙丁"[n:], "表", *body(n, 12)) for n in (1, 2)]
    assert not [edit for edit in clear("\n".join(pages)).removed if edit.rule == "L5"]


def test_roman_folios_of_the_front_go() -> None:
    for folios in (("I", "II", "III"), ("-I-", "-II-", "-IV-"), ("– ii –", "– iii –", "– v –")):
        pages = [page(*body(n), folio) for n, folio in enumerate(folios)]
        pages += [page(*body(n + 3), str(n + 1)) for n in range(3)]
        result = clear("\f".join(pages))
        assert not {line.text for line in result.layout.lines} & {*folios[:2], "1", "2", "3"}
    once = clear("\f".join([page(*body(0), "V"), page(*body(1))]))
    assert once.layout.lines[8].text == "V"


def test_roman_folios_above_a_foot_that_all_pages_say_go() -> None:
    pages = [page(*body(n), folio, "doi:10.9999/X01") for n, folio in enumerate(("ii", "iii", "1", "2"))]
    assert len(clear("\f".join(pages)).layout.lines) == 32


def test_lines_of_code_that_share_a_few_signs_with_the_text_are_no_pull_quote() -> None:
    code = ["\\setriver{0ex}", "\\setbridge{0ex}", "% 調整石階的高低", "\\setstair{0ex}", "\\setgate{0ex}"]
    told = [f"{body(n, 1)[0][:8]}{line}，又}}\\se{body(n, 1)[0][8:20]}" for n, line in enumerate(code)]
    lines = [*body(0, 12), *told, "% 調整石階的高低" + body(1, 1)[0][:20], *body(2, 4), *code, *body(3, 4)]
    assert not clear(page(*lines)).removed


def test_the_poets_name_below_each_title_is_no_mark() -> None:
    titles = ["渡頭", "夜泊", "石階", "歸帆", "春水", "橋上", "聽雨", "小集"]
    poems = [
        line
        for n, title in enumerate(titles)
        for line in (title, "趙未央", f"{LINE[n : n + 5]}，", f"{LINE[n + 6 : n + 11]}。", "雨過了。")
    ]
    assert not [edit for edit in clear(page(*poems * 3)).removed if edit.rule == "L5"]


def test_a_letter_that_looks_like_a_roman_number_is_no_folio() -> None:
    pages = [page(*body(n), ("ii", "\u0131", "iv", "v")[n]) for n in range(4)]
    assert "\u0131" in left(clear("\f".join(pages)))


@pytest.mark.parametrize("said", ["Ibid.", "同前註", "http://www.river.org/wharf"])
@pytest.mark.parametrize("label", ["{} ", "{}\n"], ids=["spaced", "alone"])
@pytest.mark.parametrize("foot", ["", "- {} -"], ids=["no number", "number"])
def test_the_last_notes_of_pages_that_say_the_same_are_no_head(said: str, label: str, foot: str) -> None:
    pages = []
    for n in range(8):
        text = [*body(n, 8), f"船夫說{2 * n + 1}，孩子們便跑到石階上{2 * n + 2}。", body(n + 8, 1)[0]]
        bodies = [
            label.format(2 * n + 1) + f"《橋志{chr(0x4E10 + 31 * n)}》，頁{n + 3}。",
            label.format(2 * n + 2) + said,
        ]
        pages.append(page(*text, *bodies, *([foot.format(n + 1)] if foot else [])))
    result = clear("\f".join(pages))
    assert left(result).count(said) == 8
    assert {edit.rule for edit in result.removed} <= {"L4"} and len(result.removed) == (8 if foot else 0)


@pytest.mark.parametrize("said", ["資料來源：作者自行整理", "Source: the county archive", "表 3-1（續）"])
@pytest.mark.parametrize("top", [True, False])
def test_what_tells_of_tables_at_the_edges_of_pages_is_no_head(said: str, top: bool) -> None:
    pages = [page(*body(0))]
    pages += [page(*([said] if top else []), *body(n), *([] if top else [said])) for n in range(1, 7)]
    assert left(clear("\f".join(pages))).count(said) == 6


def test_a_line_at_the_edge_of_a_few_pages_far_from_each_other_is_no_head() -> None:
    said = "（作者攝影）"
    pages = [page(*body(n), *([said] if n in (1, 6, 7, 14) else [])) for n in range(16)]
    assert left(clear("\f".join(pages))).count(said) == 4


SECTIONS = ["一、石門的橋", "二、青溪的船", "三、縣署的帳", "四、商會的燈"]


def sectioned(heads: list[str], feed: str) -> str:
    """Four pages with a head each; in the middle of each a section begins."""
    halves = [(body(2 * k), body(2 * k + 1)) for k in range(len(heads))]
    told = (
        page(head, *one, said, *two) for head, said, (one, two) in zip(heads, SECTIONS, halves, strict=True)
    )
    return feed.join(told)


@pytest.mark.parametrize("feed", ["\f", "\n"], ids=["form feeds", "untold"])
def test_heads_that_say_another_section_on_each_page(feed: str) -> None:
    """Their numbers keep step with the pages; above the title there is only a number."""
    heads = ["1", *(f"{said} {k}" for k, said in enumerate(SECTIONS[:3], 2))]
    result = clear(sectioned(heads, feed))
    assert [edit.before for edit in result.removed] == heads
    assert [p.number for p in result.layout.pages] == list("1234")
    assert all(said in left(result) for said in SECTIONS)


def test_sections_above_pages_whose_numbers_are_others() -> None:
    heads = ["石門縣志", f"{SECTIONS[0]} 12", f"{SECTIONS[1]} 7", f"{SECTIONS[2]} 31"]
    assert not clear(sectioned(heads, "\f")).removed


def test_a_heading_of_the_page_above_it_is_its_head() -> None:
    """A numbered heading does not come twice on a page, nor again on the next one."""
    heads = ["石門河上的四件事，1870—1911", SECTIONS[1], SECTIONS[1], SECTIONS[3]]
    result = clear(sectioned(heads, "\f"))
    assert [edit.before for edit in result.removed] == heads[1:]
    assert all(said in left(result) for said in SECTIONS)


def test_a_heading_that_only_a_list_of_headings_names_before_stays() -> None:
    listed = page("石門河上的四件事", *body(9), *SECTIONS)
    pages = [page(said, *body(k)) for k, said in enumerate(SECTIONS)]
    result = clear("\f".join([listed, *pages]))
    assert left(result).count(SECTIONS[0]) == 2


def test_a_head_says_a_title_with_a_comma() -> None:
    title = "石門河上的橋、船與縣署的帳簿，1870—1911"
    result = clear("\f".join([page(title, *body(0)), page(title, *body(1))]))
    assert left(result).count(title) == 1


def test_the_same_text_once_more_has_no_heads() -> None:
    text = page(SECTIONS[0], *body(0), SECTIONS[1], *body(1))
    assert not clear("\f".join([text, text])).removed


def test_pages_end_at_their_numbers_where_the_last_line_is_one() -> None:
    """The first of them are notes' numbers, too, and the page of the title is short."""
    pages = [page("石門河上的四件事", "林守河", "21"), *(page(*body(n), str(n + 21)) for n in range(1, 5))]
    result = clear("\n".join(pages))
    assert [p.number for p in result.layout.pages] == ["21", "22", "23", "24", "25"]


def test_the_first_number_is_the_second_page_s_where_the_first_has_no_head() -> None:
    pages = [page(*body(0)), *(page(f"{n + 12}　城市學刊", *body(n)) for n in range(1, 5))]
    result = clear("\n".join(pages))
    assert [p.number for p in result.layout.pages] == ["12", "13", "14", "15", "16"]
    assert "學刊" not in left(result)


def test_one_number_beside_a_journal_and_its_issue_parts_two_pages() -> None:
    head = "94　　城市學刊 2018 年第 4 期"
    result = clear("\n".join([page(*body(0, 14)), page(head, *body(1, 14))]))
    assert [p.number for p in result.layout.pages] == ["", "94"]
    assert [edit.before for edit in result.removed] == [head]


def test_a_journal_that_is_cited_parts_nothing() -> None:
    cited = "94　　《城市學刊》2018 年第 4 期"
    assert len(clear("\n".join([page(*body(0, 14)), page(cited, *body(1, 14))])).layout.pages) == 1


TITLED = "石門河上的閘與船：三件舊事"
FEET = [f"{TITLED}　1", "2　學術論文", f"{TITLED}　3"]


@pytest.mark.parametrize("feed", ["\f", "\n"], ids=["form feeds", "untold"])
def test_a_foot_that_one_page_alone_says_goes_with_those_of_its_neighbours(feed: str) -> None:
    """The headings of the text count on as well, and stand farther up."""
    headed = [[f"{k + 1}　{said[2:]}", *body(k, 9)] for k, said in enumerate(SECTIONS[:3])]
    pages = [page(TITLED, *headed[0], FEET[0]), page(*headed[1], FEET[1]), page(*headed[2], FEET[2])]
    result = clear(feed.join(pages))
    assert [edit.before for edit in result.removed] == FEET
    assert [p.number for p in result.layout.pages] == list("123")


def test_the_last_note_of_a_page_whose_number_it_has_stays() -> None:
    called = [*body(1, 8), "河上有閘，1閘上有人。2"]
    pages = [
        page(TITLED, *body(0, 9), FEET[0]),
        page(*called, "1　縣署檔案", "2　學術論文"),
        page(*body(2, 9), FEET[2]),
    ]
    assert "2　學術論文" in left(clear("\f".join(pages)))


def test_headings_below_the_number_of_one_page_part_nothing() -> None:
    headed = [line for k, said in enumerate(SECTIONS[:3]) for line in (f"{k + 1}　{said[2:]}", *body(k, 9))]
    assert len(clear(page("1", TITLED, *headed)).layout.pages) == 1


def test_labels_alone_above_the_number_of_their_page_part_nothing() -> None:
    notes = [line for n in ("1", "3", "4", "5") for line in (n, "縣署檔案，乙卷。")]
    result = clear(page(TITLED, *body(0, 10), *notes, "2", "- 1 -"))
    assert len(result.layout.pages) == 1


def test_the_first_line_of_a_cover_stays_among_heads_of_all_pages() -> None:
    """The institution stands on top of the cover, where other pages have their head, and once more in the text."""
    pages = [page("平湖大學河道研究所", "沈舟 撰", *body(0))]
    pages += [page("碼頭的一百年", *body(n)) for n in range(1, 10)]
    pages.append(page("碼頭的一百年", *body(10), "平湖大學河道研究所", *body(11)))
    heads = find_headlines(read_layout("\f".join(pages)), ())
    assert [head.page for head in heads] == [*range(1, 11)]


@pytest.mark.parametrize("line", ["平湖大學博士學位論文", "2014 年 7 月"], ids=["degree", "date"])
def test_a_degree_or_a_date_at_one_edge_of_a_long_text_stays(line: str) -> None:
    """The committee's page begins so, and a preface ends so."""
    pages = [page(*body(n)) for n in range(45)]
    pages[3] = page(line, *body(3))
    pages[5] = page(*body(5), line)
    assert left(clear("\f".join(pages))).count(line) == 2


def test_a_heading_over_a_page_stays_where_heads_stand_under_the_pages() -> None:
    """Extractors give the head last; pages of one line, whose lists of contents went, have it first, too."""
    pages = [page("謝辭", *body(1), "謝辭"), *(page(*body(n), "謝辭") for n in (2, 3)), *["謝辭"] * 5]
    result = clear("\f".join([page(*body(0)), *pages, page(*body(7))]))
    assert left(result).count("謝辭") == 1


def test_a_head_that_says_the_book_before_a_chapter_of_one_page_goes() -> None:
    chapters = ["第一章 碼頭", "第一章 碼頭", "第一章 碼頭", "第二章 縣署", "第二章 縣署", "附錄 船戶"]
    pages = [page(*body(8)), *(page(f"平湖河道考 {name}", name, *body(n)) for n, name in enumerate(chapters))]
    assert "平湖河道考" not in left(clear("\f".join(pages)))
    other = [*pages[:6], page("平湖河道考 續編", *body(5))]
    assert left(clear("\f".join(other))).count("平湖河道考") == 1


def test_furniture_of_more_than_two_lines_at_a_foot() -> None:
    """PyMuPDF gives what a browser prints around a page line by line."""
    foot = ["11/30/21, 9:18 PM", "河道與城市的消息", "https://example.org/rivers-of-the-city.html"]
    result = clear("\f".join(page(*body(n), *foot, f"{n + 1}/5") for n in range(5)))
    assert not any(text in left(result) for text in foot)
    assert len(result.layout.lines) == 40


def test_numbers_alone_that_differ_from_those_beside_the_heads_are_labels() -> None:
    """The labels of endnotes on lines of their own, at the foot of one page and at the head of the next."""
    heads = ["84　城市學刊", "河道與城市　85", "86　城市學刊", "河道與城市　87", "88　城市學刊"]
    pages = [[head, *body(n)] for n, head in enumerate(heads)]
    pages[3] += ["15", "《河道考》，頁 4。"]
    pages[4][1:1] = ["16", "《縣志》，頁 5。"]
    result = clear("\f".join(page(*lines) for lines in pages))
    assert {"15", "16"} <= {line.text for line in result.layout.lines}
    assert [p.number for p in result.layout.pages] == ["84", "85", "86", "87", "88"]


@pytest.mark.parametrize("size", [23, 26, 30, 35])
def test_the_months_of_a_chronology_stay_at_the_edges_of_pages(size: int) -> None:
    """They are like the date of a journal, but stand alone within the pages, too."""
    rows = [row for n in range(30) for row in (f"{1860 + n}年{n % 12 + 1}月", *body(n, 4))]
    pages = [page(*rows[i : i + size]) for i in range(0, len(rows), size)]
    assert left(clear("\f".join(pages))) == page(*rows)
