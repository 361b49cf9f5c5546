"""Masters as people write them, generated: every kind of block and inline that a master may hold."""

from __future__ import annotations

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


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> str:
    """A list, tight or loose, bulleted or numbered, with lists in it."""
    ordered, loose = draw(st.booleans()), depth == 0 and draw(st.booleans())
    items = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        mark = f"{number}. " if ordered else "- "
        text = draw(INLINE)
        if depth < 2 and draw(st.integers(0, 3)) == 0:
            text += "\n" + ("\n" if loose else "") + draw(lists(depth=depth + 1))
        items.append(mark + indented(text, len(mark)))
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


BLOCKS = st.one_of(
    INLINE, INLINE,
    st.tuples(st.integers(1, 4), INLINE).map(lambda t: f"{'#' * t[0]} {t[1]}"),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda ps: quoted("\n\n".join(ps))),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda ls: "\n".join(f"| {t}" for t in ls)),
    lists(),
    tables(),
    st.tuples(HAN, INLINE).map(lambda t: f"{t[0]}\n:   {t[1]}"),
    st.just('::: {lang="en"}\nSome *English* words.\n\nAnd more of them.\n:::'),
    st.just("* * *"),
    HAN.map(lambda t: f"![{t}](field.png)"),
    HAN.map(lambda t: f"    {t} code"),
    st.just("$$x = \\frac{1}{2}$$"),
)  # fmt: skip
BODIES = st.one_of(
    INLINE,
    st.lists(INLINE, min_size=2, max_size=3).map(lambda ps: "\n\n    ".join(ps)),
    st.tuples(INLINE, INLINE).map(lambda t: f"{t[0]}\n\n    > {t[1]}"),
    st.tuples(INLINE, INLINE, INLINE).map(lambda t: f"{t[0]}\n\n    - {t[1]}\n    - {t[2]}"),
    st.just("[原註闕]{.missing}"),
)


@st.composite
def masters(draw: st.DrawFn) -> str:
    """A master with metadata and notes."""
    lang = draw(st.sampled_from(["zh-Hant-TW", "zh-Hans-CN"]))
    parts, bodies = [], []
    for block in draw(st.lists(BLOCKS, min_size=1, max_size=7)):
        can = not block.startswith(("|", "* *", "!", "    ", "$$", ":::")) and "\n\n:" not in block
        if can and draw(st.integers(0, 2)) == 0:
            label = draw(st.sampled_from(["{}", "n{}"])).format(len(bodies) + 1)
            block += f"[^{label}]"
            bodies.append(f"[^{label}]: {draw(BODIES)}")
        parts.append(block)
    if draw(st.booleans()):
        parts += bodies
    else:
        parts = [*bodies, *parts]
    front = f"---\ntitle: {draw(HAN)}\nauthor: [{draw(HAN)}]\nlang: {lang}\nrights: 無\n---\n\n"
    return front + "\n\n".join(parts) + "\n"
