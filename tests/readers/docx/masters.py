"""Masters as people write them, generated: every kind of block and inline that a master may hold."""

from __future__ import annotations

import re

from hypothesis import strategies as st

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
WORDS = st.one_of(
    HAN,
    HAN.map(lambda t: f"*{t}*"),
    HAN.map(lambda t: f"**{t}**"),
    HAN.map(lambda t: f"~~{t}~~"),
    HAN.map(lambda t: f"[{t}]{{.underline}}"),
    HAN.map(lambda t: f"[{t}](https://example.org/a)"),
    HAN.map(lambda t: f'[{t}]{{.variant zh-hans="甲" zh-hant="乙"}}'),
    st.sampled_from(
        [
            "Red Wings", "*The Dyke*", "«Правда»", "“引”", "——", "……", "[乾]{.keep}", "1958 年", "A~b~", "x^2^", "\\*", "#",
            "`code`", '[le mot]{lang="fr"}', '[]{.page n="12"}', "$x^2$", "③", "_斜_", "“don’t”", "２０", "\U00020000",
        ]
    ),
)  # fmt: skip
INLINE = st.lists(WORDS, min_size=1, max_size=6).map(lambda parts: "文" + "、".join(parts) + "。")


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


def fenced(text: str) -> str:
    return f"~~~ python\n{text} = 1\n\n{text} + 1\n~~~"


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> str:
    """A list, tight or loose, bulleted or numbered, with lists and other blocks in its items."""
    mark = draw(st.sampled_from(["-", "1.", "3.", "a)", "(i)"]))
    ordered, loose = mark != "-", depth == 0 and draw(st.booleans())
    items = []
    for number in range(draw(st.integers(1, 3))):
        own = mark
        if ordered:
            own = {"a)": f"{'abc'[number]})", "(i)": f"({'i' * (number + 1)})"}.get(
                mark
            ) or f"{int(mark[:-1]) + number}."
        own += " " * (2 if len(own) == 2 else 1)
        text = draw(INLINE)
        if loose and draw(st.integers(0, 2)) == 0:
            text += "\n\n" + draw(IN_ITEM)
        if depth < 2 and draw(st.integers(0, 3)) == 0:
            text += "\n" + ("\n" if loose else "") + draw(lists(depth=depth + 1))
        items.append(own + indented(text, len(own)))
    return ("\n\n" if loose else "\n").join(items)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A pipe table, with or without alignments, a caption, padding."""
    columns = draw(st.integers(1, 3))
    rows = [[draw(INLINE).replace("|", "") for _ in range(columns)] for _ in range(draw(st.integers(2, 4)))]
    rules = [draw(st.sampled_from(["---", ":---", "---:", ":--:"])) for _ in range(columns)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "|".join(rules) + "|")
    caption = draw(st.one_of(st.none(), HAN))
    return "\n".join(lines) + (f"\n\n: 表　{caption}" if caption else "")


def flat(kind: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return kind.map(lambda text: text.replace("\n", ""))


@st.composite
def definitions(draw: st.DrawFn) -> str:
    """Terms with one meaning or more, each of one paragraph or more."""
    terms = []
    for _ in range(draw(st.integers(1, 2))):
        loose = draw(st.booleans())
        meanings = []
        for _ in range(draw(st.integers(1, 2))):
            paragraphs = draw(st.lists(INLINE, min_size=1, max_size=2 if loose else 1))
            meanings.append(":   " + "\n\n    ".join(paragraphs))
        gap = "\n\n" if loose else "\n"
        terms.append(gap.join([draw(INLINE), *meanings]))
    return "\n\n".join(terms)


VERSE = st.lists(INLINE, min_size=1, max_size=3).map(lambda ls: "\n".join(f"| {t}" for t in ls))
IN_ITEM = st.one_of(
    INLINE, INLINE,
    INLINE.map(quoted),
    HAN.map(fenced),
    VERSE,
    st.just("$$y = x^2$$"),
)  # fmt: skip
BLOCKS = st.one_of(
    INLINE, INLINE,
    st.tuples(st.integers(1, 4), INLINE).map(lambda t: f"{'#' * t[0]} {t[1]}"),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda ps: quoted("\n\n".join(ps))),
    VERSE, VERSE.map(quoted),
    lists(), lists(), lists().map(quoted),
    tables(),
    definitions(),
    HAN.map(fenced),
    st.tuples(st.integers(1, 4), INLINE, st.uuids()).map(lambda t: f"{'#' * t[0]} {t[1]} {{#name-{t[2]}}}"),
    st.tuples(INLINE, INLINE).map(lambda t: f"{t[0]}\\\n{t[1]}"),
    INLINE.map(lambda t: f"{t}![小圖](field.png){t}"),
    st.just('::: {lang="en"}\nSome *English* words.\n\nAnd more of them.\n:::'),
    st.just("* * *"),
    HAN.map(lambda t: f"![{t}](field.png)"),
    HAN.map(lambda t: f"    {t} code"),
    st.just("$$x = \\frac{1}{2}$$"),
)  # fmt: skip
BODIES = st.one_of(
    INLINE,
    INLINE,
    st.just("[原註闕]{.missing}"),
    st.tuples(
        INLINE,
        st.lists(
            st.one_of(INLINE, INLINE.map(quoted), lists(), HAN.map(fenced), VERSE, st.just("$$y = x^2$$"), tables()),
            min_size=1, max_size=3,
        ),
    ).map(lambda t: "\n\n".join([t[0], *t[1]]).replace("\n", "\n    ").replace("\n    \n", "\n\n")),
)  # fmt: skip


def called(block: str, sentence: int, label: str) -> str:
    """The block with a note called behind one of its sentences; unchanged where there is none."""
    ends = [m.end() for m in re.finditer("。", block)]
    if not ends or block.startswith(("    ", "~~~")):
        return block
    at = ends[sentence % len(ends)]
    return f"{block[:at]}[^{label}]{block[at:]}"


def _begins_list(block: str) -> bool:
    return re.match(r"(?:\(?\w{1,4}[.)]|-) ", block) is not None


@st.composite
def masters(draw: st.DrawFn, least: int = 1, most: int = 7) -> str:
    """A master with metadata and notes, of so many blocks."""
    lang = draw(st.sampled_from(["zh-Hant-TW", "zh-Hans-CN"]))
    parts, bodies = [], []
    for block in draw(st.lists(BLOCKS, min_size=least, max_size=most)):
        if draw(st.integers(0, 2)) == 0:
            label = draw(st.sampled_from(["{}", "n{}"])).format(len(bodies) + 1)
            with_call = called(block, draw(st.integers(0, 9)), label)
            if with_call != block:
                block = with_call
                bodies.append(f"[^{label}]: {draw(BODIES)}")
        if parts and _begins_list(parts[-1]) and _begins_list(block):
            parts.append("文。")  # two lists on end are one for Markdown
        parts.append(block)
    if draw(st.booleans()):
        parts += bodies
    else:
        parts = [*bodies, "文。", *parts]  # indented code right behind a body would be the body's
    front = f"---\ntitle: {draw(HAN)}\nauthor: [{draw(HAN)}]\nlang: {lang}\nrights: 無\n---\n\n"
    return front + "\n\n".join(parts) + "\n"
