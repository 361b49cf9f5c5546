"""What the widths of lines say of paragraphs, in dumps that lost their indents and blank lines."""

from __future__ import annotations

from tests.recovery.page_dump.dumps import TEXT, blocks, cut, dump, notes, prose, shown

CIRCLED = "①②③④"


def plain(n: int) -> str:
    """A sentence without numbers and pauses: all its characters are as wide, and a line may end behind each."""
    text = TEXT.replace("，", "")
    at = 13 * n % len(text)
    return f"{text[at:]}{text[:at]}。"


FULL = plain(1)[:87] + "。"  # three lines, the last of them full


def test_a_first_line_as_narrow_as_an_indent_is_one_though_its_last_word_found_no_room() -> None:
    """«堤，» needs two characters, of which one was free at most."""
    second = f"{plain(2)[:28]}堤，{plain(2)[28:]}"
    lines = [*cut(plain(3)), *cut(FULL), *cut(second), *cut(plain(4)), *cut(plain(5))]
    assert shown(dump("\n".join(lines) + "\n"))[1:3] == [FULL, second]


def test_a_full_line_whose_last_word_found_no_room_begins_no_paragraph() -> None:
    """It is a character short, and so is what its last word needs."""
    text = f"{FULL}{plain(2)[:29]}堤，{plain(2)[29:]}"
    first, rest = cut(text)[:3], text[88:]
    lines = [*cut(prose(3)), *first, rest[:29], *cut(rest[29:], lost=0), *cut(plain(4)), *cut(plain(5))]
    assert text in shown(dump("\n".join(lines) + "\n"))


def test_a_call_that_begins_its_line_takes_the_room_of_a_character() -> None:
    """Between blank lines of its own the line behind it begins no paragraph either."""
    pages, wanted = [], []
    for n in range(1, 5):
        head, tail = f"{plain(7 * n)[:57]}。", plain(7 * n + 1)
        others = [plain(7 * n + k) for k in (2, 3, 4)]
        wanted += [*others, f"{head}[{n}]{tail}", plain(7 * n + 5)]
        apart = [line for text in others for line in (*cut(text), "")]
        called = [*cut(head), CIRCLED[0], "", tail[:29], "", *cut(tail[29:], 30, 0), ""]
        note = [CIRCLED[0], f"各家的說法不一，第{n}種較為可信。"]
        pages.append("\n".join([*apart, *called, *cut(plain(7 * n + 5)), *note]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert shown(manuscript) == wanted and len(notes(manuscript)) == 4


def test_a_paragraph_whose_last_line_is_full_is_no_quotation() -> None:
    """Of two lines the first is narrower by a lost indent, and a quotation stands before."""
    quote, two = f"{plain(7)[:75]}。", f"{plain(8)[:57]}。"
    lines = [[*cut(prose(9)), ""], cut(prose(1)), [*cut(quote, 27, 0)], cut(two), [*cut(prose(3)), ""]]
    found = blocks(lines)
    assert ("quote", quote) in found and ("paragraph", two) in found


def test_a_title_behind_a_call_that_it_would_fill_a_line_with() -> None:
    """Too few calls end their lines for an extractor that breaks lines behind them, and a full line stands below."""
    called = [f"{plain(n)[:40]}{n}{prose(n)}" for n in range(1, 5)]
    ends = [f"{plain(n)[:70]}。{n}" for n in (5, 6)]
    lines = [line for text in [*called, *ends, f"{plain(2)[:82]}。7"] for line in cut(text, lost=0)]
    lines += ["橋與路的來歷", *cut(plain(4), lost=0), *cut(prose(10), lost=0)]
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 8)]
    assert "橋與路的來歷" in shown(dump("\n".join([*lines, "", *bodies]) + "\n"))


def test_a_title_behind_a_short_line_and_its_call_where_paragraphs_are_indented() -> None:
    """The raised number did not break the line: both together would end a paragraph without a mark."""
    titles = ["橋與路的來歷", "渡口舊事", "船戶與碼頭", "閘口"]
    parts = ["\n\n".join(cut("    " + prose(40), 34, 2))]
    for n, title in enumerate(titles, 1):
        first, *rest = cut(prose(n))
        called = cut(f"    {prose(n + 30)}{n}", 34, 2)
        parts.append("\n\n".join([*called, f"{title}\n    {first}", *rest]))
    bodies = "\n".join(f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 5))
    found = shown(dump("\n\n".join([*parts, "", bodies]) + "\n"))
    assert [text for text in found if text in titles] == titles


def test_lines_as_narrow_as_first_lines_are_a_column_that_no_sentence_parts() -> None:
    quote = f"{plain(3)[:55]}。{plain(6)[:70]}。"
    lines = [*cut(plain(1)), *cut(plain(2)), *cut(quote, 28, 0), *cut(plain(4)), *cut(plain(5))]
    assert quote in shown(dump("\n".join(lines) + "\n"))


def test_sentences_as_long_as_each_other_are_entries() -> None:
    entries = [f"{plain(n)[:19]}。" for n in range(5)]
    lines = [*cut(plain(1)), *entries, *cut(plain(2)), *cut(plain(4))]
    assert all(entry in shown(dump("\n".join(lines) + "\n")) for entry in entries)


def test_short_paragraphs_whose_lines_are_broken_behind_calls() -> None:
    """Most of their full lines are first ones, which lost their indents: those below them tell the measure."""
    lines, wanted = [], []
    for n in range(1, 13):
        first, rest = plain(n)[:28], plain(n + 1)[:17]
        if n % 3:
            lines += [first, f"{rest}。"]
            wanted.append(f"{first}{rest}。")
        else:
            call, full = n // 3, f"{plain(n + 2)[:30]}"
            lines += [first, f"{rest}。{call}", f"{plain(n + 3)[:11]}", full, f"{rest}。"]
            wanted.append(f"{first}{rest}。[{call}]{plain(n + 3)[:11]}{full}{rest}。")
    bodies = [f"{n} 《河志》，頁 {n + 6}。" for n in range(1, 5)]
    assert shown(dump("\n".join([*lines, *bodies]) + "\n")) == wanted


def test_a_quotation_ends_with_the_source_in_brackets_behind_its_sentence() -> None:
    said = "船停在橋下，人都不說話，" * 3 + "後來燈就滅了，天就亮了。（甲二，2011.4.9）"
    behind = "「燈就滅了」一句，說的是那一年的停市，也是石門河上最後一次見到官船，" + prose(3)
    lines = [*cut(prose(1)), *cut(prose(2)[:-1] + "："), *cut(said, 27, 0), *cut(behind), *cut(prose(4))]
    found = shown(dump("\n".join(lines) + "\n"))
    assert said in found
    assert behind in found


def test_brackets_within_a_sentence_end_nothing() -> None:
    text = "青溪的碼頭自光緒二年（1876）" + prose(3)
    lines = [*cut(prose(1)), "青溪的碼頭自光緒二年（1876）", *cut(prose(3), 30, 0), *cut(prose(4))]
    assert text in shown(dump("\n".join(lines) + "\n"))


VERSE = ["雨落在石門", "沒有名字的雨", "落在船頭", "一點，兩點，三百點"]


def test_the_last_line_of_free_verse_that_calls_a_note() -> None:
    """No call broke a printed line there: the next line is too long to be its rest."""
    text = [*cut(prose(1)), *cut(prose(2)[:-1] + "："), *VERSE, *cut(prose(3)), *cut(prose(4))]
    text[text.index(VERSE[-1])] += "1"
    lines = [*text, "", "1 林守河，《石門雜詠》（石門：水利社，1972），頁12。"]
    found = shown(dump("\n".join(lines) + "\n"))
    assert found[2:7] == [*VERSE[:-1], f"{VERSE[-1]}[1]", prose(3)]


def test_pieces_around_calls_tell_the_measure_of_one_page() -> None:
    """Nearly every line has a call and came out in two pieces; put together they are as wide as the few whole ones."""
    lines, wanted = [], ""
    for n in range(1, 7):
        row = plain(n)[:29]
        lines += [f"{row[: 9 + n]}。{n}", row[9 + n :]]
        wanted += f"{row[: 9 + n]}。[{n}]{row[9 + n :]}"
    rest = plain(8)[:30]
    bodies = [f"{n} 《河志》，頁 {n + 6}。" for n in range(1, 7)]
    title = ["河道與縣城", "一、橋與渡口的由來及其廢"]
    found = shown(dump("\n".join([*title, *lines, rest, f"{plain(9)[:12]}。", *bodies]) + "\n"))
    assert found[-1] == f"{wanted}{rest}{plain(9)[:12]}。"


def test_the_first_line_of_an_abstract_has_lost_its_indent() -> None:
    lines = [
        f"摘要：{plain(1)[:25]}",
        plain(2)[:30],
        f"{plain(3)[:20]}。",
        "關鍵詞：河道、橋、渡口",
        "一、橋",
    ]
    text = [line for n in (4, 5, 6) for line in cut(prose(n), 31)]
    front = dump("\n".join(["河道與縣城的碼頭", "沈某", *lines, *text]) + "\n").fronts[0]
    assert [t.visible() for t in front.abstract] == [f"{plain(1)[:25]}{plain(2)[:30]}{plain(3)[:20]}。"]
    assert [t.visible() for t in front.keywords] == ["河道", "橋", "渡口"]
