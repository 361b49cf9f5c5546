"""Lines and pages of a dump."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recovery import recover
from pipeline.recovery.page_dump.furniture.untold.division import split_untold
from pipeline.recovery.page_dump.pages.scan import read_layout
from pipeline.recovery.page_dump.pages.widths import width_of

LINE = "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水退去"


def pages(text: str) -> list[int]:
    layout = read_layout(text)
    return [page.last - page.first for page in layout.pages]


def test_form_feeds_begin_pages() -> None:
    assert pages("一\n二\n\f三\n四\n五") == [2, 3]
    assert pages("一\n\n\f\n\n三") == [1, 1]
    assert pages("一二\f三四") == [1, 1]


def test_a_form_feed_that_became_a_space_begins_a_page() -> None:
    page = "\n\n".join([LINE] * 12)
    assert pages(f"{page}\n {page}\n {page}") == [12, 12, 12]


def test_a_page_may_begin_with_a_blank_line_behind_a_foot_that_all_pages_say() -> None:
    body = [f"第{n}處碼頭歸縣署管理，每年冬天" for n in range(10)]
    one, blank = ("\n\n".join([*body, "doi:10.9999/X01"]) + "\n" + space for space in (" ", "  \n\n "))
    assert len(pages(one * 3 + blank + "\n\n".join(body))) == 5
    assert len(pages(one + blank + "\n\n".join(body))) == 2


def test_one_space_that_cuts_sentences_page_by_page_begins_pages() -> None:
    page = "\n".join([LINE] * 12)
    assert pages(f"{page}\n {page}\n {page}\n {page}") == [12, 12, 12, 12]
    dated = "\n ".join(f"{n} 月 {n} 日{page}" for n in range(1, 6))
    assert pages(dated) == [12, 12, 12, 12, 12]
    heads = "\n ".join(f"{n} 河道志\n{page}。" for n in range(31, 36))
    assert pages(heads) == [13, 13, 13, 13, 13]


def test_one_space_before_paragraphs_and_notes_begins_none() -> None:
    paragraphs = "\n".join(f" {chr(0x4E00 + n)}{LINE}\n" + f"{LINE}\n" * 10 + "船便走了。" for n in range(5))
    assert pages(paragraphs) == [60]
    notes = "\n".join(f"{LINE}\n" * 11 + f" {n} 王某，《橋志》，頁 8。" for n in range(1, 6))
    assert pages(notes) == [60]


def test_a_page_may_begin_with_a_half_width_mark_behind_the_notes_of_the_one_before() -> None:
    page = "\n\n".join([LINE] * 12)
    noted = f"{page}\n\n{' ' * 54}\n1 王某，《橋志》。"
    assert pages(f"{noted}\n : \n\n{page}") == [13, 13]
    assert pages(f"{page}\n 。\n\n{page}") == [25]


def test_a_raised_number_on_its_own_line_begins_no_page() -> None:
    lines = "\n\n".join([LINE] * 12)
    assert pages(f"{lines}\n\n6\n 王某，《橋志》。\n\n{lines}") == [26]


def test_indents_do_not_count_the_pages_margin() -> None:
    text = "\n".join(" " * 8 + line for line in [LINE, "  " + LINE, LINE, LINE, LINE])
    assert [line.indent for line in read_layout(text).lines] == [0, 2, 0, 0, 0]


def test_rules_of_spaces_and_of_dashes() -> None:
    layout = read_layout(f"{LINE}\n{' ' * 54}\n1 王某。\n{'—' * 12}\n2 李某。")
    assert [line.rule for line in layout.lines] == [0, 54, 12]
    assert [layout.source[span.start : span.end] for span in layout.drawn] == ["—" * 12]


def test_a_rule_that_ends_its_page_is_none_of_the_next() -> None:
    """pdfminer gives a line of spaces last on its page, wherever it stood."""
    layout = read_layout(f"{LINE}\n1 王某。\n\n{' ' * 54}\n\n\f{LINE}\n2 李某。")
    assert [line.rule for line in layout.lines] == [0, 0, 0, 0]


def test_compatibility_ideographs_are_read_as_what_they_are() -> None:
    layout = read_layout("1958\uf98e的事")
    assert layout.lines[0].text == "1958年的事"
    assert layout.source == "1958\uf98e的事"


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    layout = read_layout("第⼆章　⼤河⽂獻")
    assert layout.lines[0].text == "第二章　大河文獻"
    assert layout.source == "第⼆章　⼤河⽂獻"


def test_kanbun_marks_are_read_as_the_characters_they_look_like() -> None:
    layout = read_layout("㆒、㆖海與㆝津")
    assert layout.lines[0].text == "一、上海與天津"
    assert layout.source == "㆒、㆖海與㆝津"


def test_widths() -> None:
    assert width_of("中國") == 2
    assert width_of("в 1958") == 3


@given(st.text(alphabet="一二。 \u3000\n\f\t\r-—1\x0b\x85", max_size=120))
def test_lines_are_the_sources_own(text: str) -> None:
    layout = read_layout(text)
    for line in layout.lines:
        assert text[line.start : line.end] == line.text
        assert not text[line.end : line.after].strip()
    assert [i for page in layout.pages for i in range(page.first, page.last)] == list(
        range(len(layout.lines))
    )
    shown = [i for line in layout.lines for i in range(line.start, line.end)]
    shown += [i for span in layout.drawn for i in range(span.start, span.end)]
    assert sorted(shown) == sorted(set(shown))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(shown)


def test_numbers_last_on_odd_pages_only_tell_the_pages() -> None:
    """On even ones the number stands above the name that is last; a raised number alone leaves the same trace."""
    page = "\n\n".join([LINE] * 12)
    foot = ["某人", "86\n\n某人", "某志\n\n87", "88\n\n某人", "某志\n\n89", "90\n\n某人", "某志\n\n91", "結"]
    text = "\n ".join(f"{page}\n\n{end}" for end in foot)
    assert pages(text) == [13, *[14] * 6, 13]


@pytest.mark.parametrize("head", ["　　江南宗教學報　第十九期", ""], ids=["a head", "blank lines"])
def test_pages_between_those_with_numbers_are_parted_where_all_of_them_show_it(head: str) -> None:
    """The numbers count every other page; the others begin with the journal's name alone, or behind a blank line."""
    texts = [[LINE[k:] + LINE[:k] for k in range(n, n + 24)] for n in range(8)]
    pages = [
        [f"渡口與石階　　{n}", *lines] if n % 2 else [head or lines[0], *lines]
        for n, lines in enumerate(texts, 31)
    ]
    text = ("\n" if head else "\n\n").join("\n".join(lines) for lines in pages)
    found = split_untold(read_layout(text))
    assert [page.last - page.first for page in found.pages] == [25] * 8


@pytest.mark.parametrize("blank", ["\n\n", "\n"], ids=["parted", "put together"])
def test_numbers_at_the_feet_of_every_other_page(blank: str) -> None:
    """Behind them pages begin with the journal's name, and those behind the others with the title of the text."""
    heads = ["渡口與石階：平湖的碼頭", "石門學報", "渡口與石階", "石門學報", "渡口與石階", "石門學報"]
    texts = [[LINE[k:] + LINE[:k] for k in range(n, n + 24)] for n in range(6)]
    pages = [
        "\n".join([head, *lines, *([f"～{n}～"] if n % 2 else [])])
        for n, (head, lines) in enumerate(zip(heads, texts, strict=True), 1)
    ]
    found = split_untold(read_layout(blank.join(pages)))
    ends = zip((page.last for page in found.pages), (26, 51, 77, 102, 128, 153), strict=True)
    assert (
        max(abs(end - wanted) for end, wanted in ends) <= 1
    )  # the numbers and heads go, wherever they stand


def test_heads_behind_the_only_blank_lines_tell_the_pages() -> None:
    """So pypdf's pages stand, put together with a blank line, where no page told its number."""
    page = "\n".join([LINE] * 30)

    def divided(heads: list[str], length: int = 1) -> int:
        text = "\n\n".join(f"{head}\n{page[: len(page) // length]}" for head in heads)
        return len(split_untold(read_layout(text)).pages)

    assert divided(["河道志", "石門學報", "河道志", "石門學報", "河道志"]) == 5
    assert divided(["河道志", "一、船家", "二、竹篙", "三、潮水", "四、石階"]) == 1  # sections
    assert divided(["河道志", "沈某人", "沈某人", "沈某人", "沈某人"], length=5) == 1  # who wrote these poems


def test_lines_of_code_that_count_on_tell_no_pages() -> None:
    """The next number right below one tells pages only where both are all of their lines."""
    lines = [f"{n} \\command{chr(96 + n)}" if n % 3 else f"{n}" for n in range(1, 19)]
    text = [*([LINE] * 6), *lines[:9], *([LINE] * 6), *lines[9:], LINE]
    assert pages("\n".join(text)) == [len(text)]


def test_a_long_address_at_the_foot_of_a_page_stays() -> None:
    address = "https://example.org/a/long/way/to/the/history/of/rivers.html"
    text = "\f".join("\n".join([*([LINE] * 12), address if n == 2 else LINE]) for n in range(4))
    assert address in "".join(b.content.text for b in recover(text, "page-dump").blocks)
