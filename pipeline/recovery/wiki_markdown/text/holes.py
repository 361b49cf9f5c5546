"""Where a wiki export lost words: a template dropped, a quotation not taken along.

Comes in: the article's blocks. Goes out: findings. Nothing is restored: only a person who looks the article
up can know what stood there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from pipeline.document.manuscript import Block, BlockKind, Finding, NoteBody
from pipeline.document.traced import Piece, PieceKind, Traced
from pipeline.location import Span

_HOLES = (
    (
        re.compile(r"^[，、；：。）」』》／]|^[,;.] |^[飾饰] "),
        "the paragraph begins with «{0}»: words before it are missing. Add them.",
    ),
    (re.compile(r"[「『“（《〈][，、；：。]"), "«{0}»: words at its beginning are missing. Add them."),
    (re.compile(r"（ (?=[\u3400-\u9fff])"), "«{0}»: words at its beginning are missing. Add them."),
    (
        re.compile(r"：(?:[）」』》；，。]|  (?=[\u3400-\u9fff0-9A-Za-z《「“]))"),
        "«{0}»: words behind the colon are missing. Add them.",
    ),
    (
        re.compile(r"（\s*）|(?<![A-Za-z0-9_])\(\s*\)|《\s*》|「\s*」|“\s*”|〈\s*〉"),
        "«{0}» is empty. Add its words, or take it away.",
    ),
    (
        re.compile(r"、[，。；、]|，[，。；、]|。[，、；]|[，、][）〕]|(?<!（)；）"),
        "«{0}»: words between are missing. Add them.",
    ),
    (
        re.compile(r"(?<![0-9,])[0-9,]++([門架艘輛辆門门枚挺座])、[0-9,]+\1(?=[、，])"),
        "«{0}»: a name may be missing there. Look for it.",
    ),
    (re.compile(r"如、|(?<=[，（、；])如[；。）]"), "«{0}»: words between are missing. Add them."),
    (
        re.compile(r"[為为是作即如稱称叫和或與与以發发讀读生成]  [\u3400-\u9fff]"),
        "«{0}»: words between may be missing. Look for them.",
    ),
    (
        re.compile(r"(?:[稱称名譯译式號号值][為为作](?:或|和)?|海拔|[高長长寬宽重深][約约])[。，；、）]"),
        "«{0}»: words behind it are missing. Add them.",
    ),
    (re.compile(r" [-–—](?= [，、]|\s*$)"), "«{0}»: words behind it are missing. Add them."),
    (re.compile(r"[有由為为](?=及[兩两其二三])"), "«{0}»: words behind it are missing. Add them."),
)
_SUSPECT = re.compile(  # no hole without one of these
    r"^[，、；：。）」』》／,;.飾饰]| [-–—](?: [，、]|\s*$)|[「『“（《〈：、，。；如][，、；：。）〕」』》”〉\s]|、[0-9,]+[門架艘輛辆門门枚挺座]|[有由為为]及|[稱称名譯译式號号值][為为作]|海拔|[高長长寬宽重深][約约]|[\u3400-\u9fff]  [\u3400-\u9fff]|\(\s*\)"
)
_GAP = re.compile(r"(?<=[\u3400-\u9fff])  (?=[\u3400-\u9fff])")
_JOINER = "\N{WORD JOINER}"  # where a link ends
_UNSEEN = f" \n\u3000{_JOINER}"
_MANY = 3  # fewer may be the author's
_BRACKETS = tuple("（《「『〈")
_NAMELESS = re.compile(  # what follows an article's name
    r"(?:是(?![次年日月夜歲岁否])|[為为](?![了此何避求])|即(?![使將将])|[又亦也][稱称名]|[簡简]稱)"
)
_HEADLESS = re.compile(  # a paragraph that says something of nothing
    r"(?:的(?![士確确哥當当黎里])|是一[種种個个位名座部款家首項项類类])(?=[\u3400-\u9fff])"
)
_BRACKETED = re.compile(r"、?（[^（）]*）")
_DASH = re.compile(r"([-–—－]{1,2}) ?(?:[\u3400-\u9fff《「（]|(?<=——)[A-Za-z])")
_SENTENCES = 18  # characters; verses have less
_OPEN_END = re.compile(r"[\u3400-\u9fff]$")
_WHOLE = re.compile(r"[\u3400-\u9fff0-9「“《].*[。！？：」”』]$", re.DOTALL)
_ANSWERS = re.compile(
    r"[「『“‘《（\"]|[一二三四五六七八九十]{1,3}、|[（(]?[0-9]{1,2}[.、)）]|第[一二三]|分[別别][是為为]|[^，。]{1,40}="
)
_SENTENCE = re.compile(rf"(?!{_ANSWERS.pattern})[\u3400-\u9fff]")
_BULLET = re.compile(r"(?m)^(?P<indent>[ \t]*)(?:[-*]|(?<!\S\n)\+)(?P<left>[ \t]+[.。,，;；:：]+)?[ \t]*$")
_BARE_HEADING = re.compile(r"(?m)^#{1,6}[ \t]*(?:[与與和及、/／][ \t]*$|$(?!\n\S))")
_NEXT_LINE = re.compile(r"\n(?P<gap>(?:[ \t]*\n)*)(?P<indent>[ \t]*)(?P<first>[-*+](?=\s)|\S{1,2})")


def find_lost_items(text: str, told: Sequence[int], dashes: Collection[int] = ()) -> Iterator[Finding]:
    """Items of which only the bullet is left, one finding for those of a section; headings without words.

    ``text``: the source, cuts masked. ``told``: where cuts are that have a finding of their own, in order. ``dashes``: where lines
    begin whose dash is no bullet.
    """
    lost: list[Span] = []
    for m in _BULLET.finditer(text):
        line = _NEXT_LINE.match(text, m.end())
        is_indent = line is not None and not m["left"] and _holds_it(m["indent"], line)
        if is_indent or m.start("indent") in dashes:
            continue
        stop = line.start("first") if line is not None else len(text)
        if bisect_left(told, m.start()) < bisect_left(told, stop):
            continue
        if lost and re.search(r"(?m)^#", text[lost[-1].end : m.start()]):
            yield _lost_items(lost)
            lost = []
        lost.append(Span(*m.span()))
    if lost:
        yield _lost_items(lost)
    for m in _BARE_HEADING.finditer(text):
        if bisect_left(told, m.start()) == bisect_left(told, m.end()):
            yield Finding("L229", "a heading has lost its words. Add them.", Span(*m.span()))


def _holds_it(indent: str, line: re.Match[str]) -> bool:
    """Whether a bullet is the indent of the line behind it. Of items that hold items, indents stand apart."""
    is_item = line["first"] in ("-", "*", "+")
    return len(line["indent"]) > len(indent) and (not is_item or "\n" in line["gap"])


def _lost_items(lost: Sequence[Span]) -> Finding:
    number = "an item of the list has" if len(lost) == 1 else f"{len(lost)} items of the list have"
    return Finding("L229", f"{number} lost all words. Add them.", Span(lost[0].start, lost[-1].end))


def find_holes(blocks: Sequence[Block], notes: Sequence[NoteBody], source: str) -> Iterator[Finding]:
    """The holes that the text and its notes show."""
    for text in (t for note in notes for block in note.blocks for t in block.texts()):
        yield from _inside(text)
    yield from _without_names(blocks)
    section = 1  # its level, or that of the text above all headings
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            section = block.level
        for text in block.texts():
            yield from _inside(text)
        if block.kind is BlockKind.ITEM and (m := _DASH.match(block.content.visible())):
            yield _at_start(block, f"the item begins with «{m[1]}»: words before it are missing. Add them.")
        if block.kind is BlockKind.PARAGRAPH:
            yield from _cut_short(block.content)
            if i and (m := _HEADLESS.match(block.content.visible())):
                begins = f"the paragraph begins with «{m.group()}»"
                yield _at_start(block, f"{begins}: words before it may be missing. Look for them.")
        if _breaks_off(blocks, i, source):
            yield _at_end(block, "the paragraph breaks off: what should follow may be missing. Look for it.")
        if _is_unanswered(block, blocks[i + 1] if i + 1 < len(blocks) else None, section, source):
            yield _at_end(block, "what should follow the colon is missing. Add it.")


def _at_start(block: Block, message: str) -> Finding:
    return Finding("L229", message, next(p.span for p in block.content.pieces if p.text))


def _at_end(block: Block, message: str) -> Finding:
    end = next(p.span.end for p in reversed(block.content.pieces) if p.text)
    return Finding("L228", message, Span(end - 1, end))


def _without_names(blocks: Sequence[Block]) -> Iterator[Finding]:
    """An article that begins behind its name; items on end of which nothing but a bracket is left."""
    begins = blocks[0].content.visible() if blocks and blocks[0].kind is BlockKind.PARAGRAPH else ""
    if m := _NAMELESS.match(begins):
        yield _at_start(blocks[0], f"the article begins with «{m.group()}»: its name is missing. Add it.")
    runs = [list(run) for begins, run in groupby(blocks, key=_is_bracketed) if begins]
    for items in runs if any(len(items) > 1 for items in runs) else ():
        number = f"{len(items)} items of the list begin" if len(items) > 1 else "an item of the list begins"
        yield _at_start(items[0], f"{number} with a bracket: words before it are missing. Add them.")


def _is_bracketed(block: Block) -> bool:
    return block.kind is BlockKind.ITEM and _BRACKETED.fullmatch(block.content.visible()) is not None


def _inside(text: Traced) -> Iterator[Finding]:
    last = next((p for p in reversed(text.pieces) if p.text.strip()), None)
    if last is not None and last.kind is PieceKind.TEXT and last.text.rstrip()[-1] in _BRACKETS:
        message = f"«{last.text.rstrip()[-1]}» opens nothing: words behind it are missing. Add them."
        yield Finding("L229", message, Span(max(last.span.start, last.span.end - 1), last.span.end))
    if _SUSPECT.search("".join([p.text for p in text.pieces if p.kind is PieceKind.TEXT])) is None:
        return
    seen = [(words, p) for p in text.pieces if (words := _seen(p))]
    visible = "".join(words for words, _ in seen)
    gaps = list(_GAP.finditer(visible)) if "，" in visible else []
    if len(gaps) >= _MANY:
        message = f"{len(gaps)} times two spaces: words between may be missing. Look for them."
        yield Finding("L229", message, _span(seen, gaps[0].start(), gaps[-1].end()))
    for pattern, message in _HOLES:
        for m in pattern.finditer(visible):
            yield Finding("L229", message.format(m.group()), _span(seen, m.start(), m.end()))


def _cut_short(text: Traced) -> Iterator[Finding]:
    """Colons at the end of a line that the next line does not answer."""
    if not any(p.edit is not None and p.edit.rule == "L101" for p in text.pieces):
        return
    shown = [p for p in text.pieces if p.text or (p.edit is not None and p.edit.rule == "L101")]
    for before, end, behind in zip(shown, shown[1:], shown[2:], strict=False):
        is_end = end.edit is not None and end.edit.rule == "L101"
        is_text = before.kind is behind.kind is PieceKind.TEXT
        if is_end and is_text and before.text.endswith("：") and _SENTENCE.match(behind.text):
            span = Span(before.span.end - 1, before.span.end)
            yield Finding("L228", "what should follow the colon is missing. Add it.", span)


def _seen(piece: Piece) -> str:
    """What a reader sees of a piece: its words, a letter for a formula or code, a joiner where a link ends."""
    if piece.kind is PieceKind.MARKUP and piece.text[:2] == "](":
        return _JOINER
    if piece.kind is PieceKind.MARKUP and piece.text[:1] in ("$", "`"):
        return "x"
    return piece.text if piece.kind is PieceKind.TEXT else ""


def _span(seen: Sequence[tuple[str, Piece]], start: int, end: int) -> Span:
    """The span of the source behind characters of what is seen."""
    at, first, last = 0, None, None
    for words, piece in seen:
        if first is None and start < at + len(words):
            first = piece.span.start + min(start - at, len(piece.span))
        if end <= at + len(words):
            last = piece.span.start + min(end - at, len(piece.span))
            break
        at += len(words)
    begin = first if first is not None else 0
    return Span(begin, max(begin, last if last is not None else begin))


def _breaks_off(blocks: Sequence[Block], i: int, source: str) -> bool:
    """Whether a paragraph ends in a comma; or one of sentences has no stop, while the one behind it has one."""
    if _ends_open(blocks, i):
        return True
    if len(blocks) - i < 2 or not all(b.kind is BlockKind.PARAGRAPH for b in blocks[i : i + 2]):
        return False
    last = next((p for p in reversed(blocks[i].content.pieces) if p.text), None)
    if last is None or last.kind is not PieceKind.TEXT or _OPEN_END.search(last.text) is None:
        return False
    words, behind = blocks[i].content.visible(), blocks[i + 1].content.visible().rstrip()
    begins = [block.content.pieces[0].span.start for block in blocks[i : i + 2]]
    is_indented = any(source[source.rfind("\n", 0, at) + 1 : at + 1].startswith(" ") for at in begins)
    return (
        len(words) >= _SENTENCES
        and re.search("[，。]", words) is not None
        and "\n" not in words
        and not is_indented
        and _WHOLE.match(behind) is not None
    )


def _ends_open(blocks: Sequence[Block], i: int) -> bool:
    """Whether a paragraph ends in a comma and nothing of its section follows."""
    is_last = i + 1 == len(blocks) or blocks[i + 1].kind is BlockKind.HEADING
    if blocks[i].kind is not BlockKind.PARAGRAPH or not is_last:
        return False
    words = blocks[i].content.visible().rstrip()
    return words.endswith(("，", "、")) and len(words) >= _SENTENCES and "\n" not in words


def _is_unanswered(block: Block, behind: Block | None, section: int, source: str) -> bool:
    """Whether a colon announces something that does not come: a part of its ``section`` may be it, the next section is not."""
    is_item = block.kind is BlockKind.ITEM
    if not is_item and block.kind is not BlockKind.PARAGRAPH:
        return False
    if not "".join(map(_seen, block.content.pieces)).rstrip(_UNSEEN).endswith("："):
        return False
    if behind is None or behind.kind is BlockKind.HEADING:
        return is_item or behind is None or behind.level <= section
    if is_item or behind.kind is not BlockKind.PARAGRAPH:
        return False
    shown = [p for p in behind.content.pieces if _seen(p).strip()]
    if shown and shown[0].kind is PieceKind.MARKUP:  # a formula
        return False
    said = "".join(map(_seen, shown)).lstrip()
    begin = behind.content.pieces[0].span.start
    is_indented = source[source.rfind("\n", 0, begin) + 1 : begin].startswith("  ") or source.endswith(
        "\N{IDEOGRAPHIC SPACE}" * 2, 0, begin
    )
    return bool(said) and not is_indented and _ANSWERS.match(said) is None
