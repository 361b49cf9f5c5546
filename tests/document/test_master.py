"""The master is read back by Pandoc as exactly what the manuscript says."""

from __future__ import annotations

import re
from functools import cache

import panflute as pf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document import ast
from pipeline.document.manuscript import Block, BlockKind, Front, Manuscript, NoteBody
from pipeline.document.master import MASTER_FORMAT, write_master
from pipeline.document.traced import Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.programs import pandoc

PLAIN_MARKDOWN = "markdown-smart+east_asian_line_breaks"  # how others read a master
FORMATS = (MASTER_FORMAT, PLAIN_MARKDOWN)


def t(text: str) -> Traced:
    return Traced.kept(text, 0)


def call(label: str) -> Traced:
    return Traced((Piece(label, Span(0, 0), None, PieceKind.CALL),))


def page(number: str) -> Traced:
    return Traced((Piece(number, Span(0, 0), None, PieceKind.PAGE),))


def para(*parts: Traced | str) -> Block:
    return Block(BlockKind.PARAGRAPH, Traced.joined(p if isinstance(p, Traced) else t(p) for p in parts))


def book(*blocks: Block, notes: tuple[NoteBody, ...] = (), fronts: tuple[Front, ...] = ()) -> Manuscript:
    return Manuscript("", "ocr-markdown", "zh-Hant", fronts=fronts, blocks=blocks, notes=notes)


def body(manuscript: Manuscript) -> str:
    """The master without its metadata."""
    return write_master(manuscript).split("---\n\n", 1)[-1]


def read(master: str, form: str = MASTER_FORMAT) -> pf.Doc:
    return ast.load(pandoc.read(master, form))


def squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", text).strip()


@cache
def note(label: str) -> NoteBody:
    return NoteBody(label, (para(f"注文{label}"),))


# --- by example


def test_metadata_is_quoted_and_may_hold_calls() -> None:
    front = Front(
        "zh-Hant",
        title=t("甲：'乙' # 丙"),
        authors=(t("王明") + call("1"), t("true")),
        abstract=(t("一段。"), t("- 二段。")),
        keywords=(t("1950"), t("*")),
    )
    english = Front("en", title=t("A: B"), authors=(t("Wang Ming"),))
    doc = read(write_master(book(para("文。"), notes=(note("1"),), fronts=(front, english))))
    assert ast.meta_text(doc, "title") == "甲：'乙' # 丙"
    assert ast.meta_texts(doc, "author") == ["王明", "true"]
    assert ast.meta_texts(doc, "keywords") == ["1950", "*"]
    assert ast.meta_text(doc, "abstract") == "一段。 - 二段。"
    assert ast.meta_text(doc, "lang") == "zh-Hant"
    assert len(ast.notes(doc)) == 1
    translation = doc.metadata.content["translations"].content[0]
    assert ast.plain(translation.content["title"]) == "A: B"


def test_blocks_look_as_a_proofreader_expects() -> None:
    manuscript = book(
        Block(BlockKind.HEADING, page("155") + t("一、問題"), level=1),
        para("甲", call("2"), "乙", page("156"), "丙。"),
        Block(BlockKind.QUOTE, t("引一。")),
        Block(BlockKind.QUOTE, t("引二。")),
        Block(BlockKind.ITEM, t("第一"), marker="1."),
        Block(BlockKind.ITEM, t("細目"), marker="-", level=1),
        Block(BlockKind.ITEM, t("第二"), marker="2."),
        Block(BlockKind.LINE, t("行一")),
        Block(BlockKind.LINE, t("行二"), level=1),
        Block(BlockKind.TABLE, rows=((t("年"), t("數")), (t("一"), t("a|b")))),
        Block(BlockKind.BREAK),
        Block(BlockKind.FIGURE, t("圖說"), marker="a.png"),
        notes=(NoteBody("2", (para("一段。"), para("二段。"))),),
    )
    assert body(manuscript) == (
        '# []{.page n="155"}一、問題\n\n'
        '甲[^2]乙[]{.page n="156"}丙。\n\n'
        "> 引一。\n>\n> 引二。\n\n"
        "1. 第一\n   - 細目\n2. 第二\n\n"
        "| 行一\n|     行二\n\n"
        "| 年 | 數 |\n|---|---|\n| 一 | a\\|b |\n\n"
        "* * *\n\n"
        "![圖說](a.png)\n\n"
        "[^2]: 一段。\n\n    二段。\n"
    )


def test_a_missing_body_is_visible() -> None:
    given_ = book(para("甲", call("1"), "乙", call("2")), notes=(NoteBody("1", (), missing=True),))
    assert body(given_).endswith("[^1]: [原註闕]{.missing}\n\n[^2]: [原註闕]{.missing}\n")
    doc = read(write_master(given_))
    assert [ast.is_missing(n) for n in ast.notes(doc)] == [True, True]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1950年8月，U.S. A & M。", "1950年8月，U.S. A & M。"),
        ("第149~170頁", "第149~170頁"),
        ("第149~170頁，第83~87頁", "第149\\~170頁，第83~87頁"),
        ("第149~170頁, 第83~87頁", "第149~170頁, 第83~87頁"),
        ("[1]與[甲]", "[1]與[甲]"),
        ("1. 甲", "1\\. 甲"),
        ("1.5 甲", "1.5 甲"),
        ("J. Smith", "J. Smith"),
        ("J.  Smith", "J\\.  Smith"),
        ("ii. Smith", "ii\\. Smith"),
        ("(a) 甲", "(a\\) 甲"),
        ("（1）甲", "（1）甲"),
        ("- 甲", "\\- 甲"),
        ("-5度", "-5度"),
        ("snake_case _甲_", "snake_case \\_甲\\_"),
        ("費US$5", "費US$5"),
        ("_@甲", "\\_\\@甲"),
        ("a@b.com http://x.y/a_b?c=1&d=2", "a@b.com http://x.y/a_b?c=1&d=2"),
        ("5 < 6 > 4", "5 < 6 > 4"),
        (": 甲", "\\: 甲"),
        ("#甲", "\\#甲"),
        ("Table: 甲", "Table\\: 甲"),
    ],
)
def test_nothing_is_escaped_without_need(text: str, written: str) -> None:
    assert body(book(para(text))) == written + "\n"


def test_a_passthrough_is_the_source() -> None:
    assert write_master(Manuscript("甲 *乙*\n", "markdown", "zh-Hant", passthrough=True)) == "甲 *乙*\n"


def test_a_list_number_out_of_order_is_kept() -> None:
    items = [Block(BlockKind.ITEM, t("文"), marker=m) for m in ("3.", "4.", "1.")]
    doc = read(write_master(book(*items)))
    lists = [b for b in doc.content if isinstance(b, pf.OrderedList)]
    assert [(x.start, len(x.content)) for x in lists] == [(3, 2), (1, 1)]


def test_a_heading_may_end_in_a_span() -> None:
    head = Block(BlockKind.HEADING, t("章 {甲}") + page("5"), level=1)
    doc = read(write_master(book(head, Block(BlockKind.HEADING, t("節{乙}"), level=2))))
    assert [ast.plain(b) for b in doc.content] == ["章 {甲}", "節{乙}"]
    assert [type(x).__name__ for x in doc.content[0].content][-1] == "Span"


def test_a_control_character_breaks_no_metadata() -> None:
    doc = read(write_master(book(fronts=(Front("zh-Hant", title=t("甲\x07\u2028乙'\ufeff丙")),))))
    assert ast.meta_text(doc, "title").replace(" ", "") == "甲乙'丙"


# --- for all texts

SPECIAL = "\\`*_~^[](){}<>$@&!|#+-:=.%\"'…—0123456789abIVx;/ \n"
texts = st.text(
    st.one_of(
        st.sampled_from(SPECIAL),
        st.sampled_from("中文書，。《》"),
        st.characters(exclude_categories=("Cs", "Cc", "Cn")),
    ),
    max_size=25,
)
SNIPPETS = r"""[甲](乙)|[^1]|![x][y]|[x]: y|<b>|&amp;|$a$|\foo{}|1. |- |(@x)|@x|~~|^a^|---|:::|```|~~~|<!-- x -->|{#id}
[x]{.y}|    |(ii)|Table: |# |[^1]:|<À|[ ] |: |A. |I. |B) |(C) |A.  |IV. """
snippets = st.sampled_from([*SNIPPETS.replace("\n", "|").split("|"), "| a | b |", "=\n=", "$\n$"])
pieces = st.lists(st.one_of(texts, snippets), max_size=4).map("".join)
CONTROL = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ufeff]")


@st.composite
def contents(draw: st.DrawFn) -> Traced:
    parts = draw(st.lists(st.one_of(pieces.map(t), st.just(call("1")), st.just(page("5"))), max_size=5))
    return Traced.joined(parts)


def visible(doc_block: object) -> str:
    return squeezed(ast.plain(doc_block))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(contents(), min_size=1, max_size=12), st.sampled_from(FORMATS))
def test_pandoc_reads_every_paragraph_back(given_: list[Traced], form: str) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, c) for c in given_ if squeezed(c.visible())]
    doc = read(write_master(book(*blocks, notes=(note("1"),))), form)
    assert [type(b).__name__ for b in doc.content] == ["Para"] * len(blocks)
    assert [visible(b) for b in doc.content] == [squeezed(b.content.visible()) for b in blocks]
    calls = sum(p.kind is PieceKind.CALL for b in blocks for p in b.content.pieces)
    assert len(ast.notes(doc)) == calls


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    contents(),
    contents(),
    st.lists(pieces, min_size=1, max_size=3),
    st.lists(pieces, min_size=2, max_size=2),
    pieces,
    st.sampled_from(FORMATS),
)
def test_pandoc_reads_every_kind_back(
    heading: Traced, quote: Traced, bodies: list[str], cells: list[str], title: str, form: str
) -> None:
    paragraphs = [x for x in bodies if squeezed(x)]
    manuscript = book(
        para("始", call("1")),
        Block(BlockKind.HEADING, t("章") + heading, level=2),
        Block(BlockKind.QUOTE, t("引") + quote),
        Block(BlockKind.ITEM, t("項" + bodies[0]), marker="1."),
        Block(BlockKind.TABLE, rows=((t("甲"), t("乙")), (t(cells[0]), t(cells[1])))),
        Block(BlockKind.LINE, t("行" + cells[0])),
        notes=(NoteBody("1", tuple(para(x) for x in paragraphs)),),
        fronts=(Front("zh-Hant", title=t("題" + CONTROL.sub("", title))),),
    )
    doc = read(write_master(manuscript), form)
    kinds = [type(b).__name__ for b in doc.content]
    assert kinds == ["Para", "Header", "BlockQuote", "OrderedList", "Table", "LineBlock"]
    assert ast.meta_text(doc, "title") == squeezed("題" + CONTROL.sub("", title))
    assert visible(doc.content[1]) == squeezed("章" + heading.visible())
    assert visible(doc.content[2]) == squeezed("引" + quote.visible())
    assert visible(doc.content[3]) == squeezed("項" + bodies[0])
    assert visible(doc.content[5]) == squeezed("行" + cells[0])
    row = doc.content[4].content[0].content[0]
    assert [visible(c) for c in row.content] == [squeezed(c) for c in cells]
    first = ast.notes(doc)[0]
    want = [squeezed(x) for x in paragraphs] or ["原註闕"]
    assert [visible(b) for b in first.content] == want
