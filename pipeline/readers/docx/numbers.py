"""Numbers that Word makes itself: 第一章, （一）, ①, 甲 (ISO/IEC 29500-1 §17.9).

They stand in no text of the file. Before headings, and in lists of kinds that a master has no mark for, they are
written out; lists of bullets, figures and letters stay lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.document import word
from pipeline.document.manuscript import Finding
from pipeline.readers.docx.lists import Item
from pipeline.readers.docx.revisions import remove

PLAIN = ("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter")
COUNTING = (
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "koreanCounting",
)  # fmt: skip
SERIES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
DIGITS = {
    "ideographDigital": "〇一二三四五六七八九", "taiwaneseDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九", "decimalFullWidth": "０１２３４５６７８９",
}  # fmt: skip
LEGAL = {
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
}
BLANK = " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}\uf020"  # the last one: the font Symbol's, as LibreOffice writes it
QUOTED = {"block text", word.QUOTED_LIST.lower(), "footnote block text", "quote", "intense quote"}
COMMON = ("〇一二三四五六七八九", "十百千")


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class _Kind:
    """An abstract numbering: its levels, how far each has counted, the list that counts there now."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)
    current: dict[int, str] = field(default_factory=dict)


def settle_numbers(
    parts: Iterable[etree._Element],
    numbering: etree._Element | None,
    styles: etree._Element,
    mark: Callable[[etree._Element, Item], None],
) -> list[Finding]:
    """Writes numbers out in parts, in place, and takes all numbering away. ``mark`` is told of the paragraphs of
    lists that a master has marks for, as what items."""
    count = 0
    by_style, names = _numbered_styles(styles), word.style_names(styles)
    for root in parts:
        for paragraph, kind, at in _counted_paragraphs(root, numbering, by_style):
            name = names.get(word.style_of(paragraph), "").lower()
            heading = word.heading_level(name)
            label, level = _label(kind, at), kind.levels[at]
            if label and (heading or not _is_plain(level)):
                _write(paragraph, label)
                count += 1
            elif not heading:
                form = "bullet" if level.form == "none" else level.form
                if form == "bullet" and not level.text.strip(BLANK):
                    form = ""  # no mark: it goes on with the item before it
                mark(paragraph, Item(at, kind.current[at], form, kind.counts[at], level.text, name in QUOTED))
    for root in (*parts, styles):
        for numbered in word.find(root, ".//w:numPr"):
            remove(numbered)
    return [Finding("W29", f"{count} numbers that Word made stand in the text now.")] if count else []


def _counted_paragraphs(
    root: etree._Element, numbering: etree._Element | None, by_style: Mapping[str, tuple[str, int]]
) -> Iterator[tuple[etree._Element, _Kind, int]]:
    """The numbered paragraphs of a part with their kind of numbering, counted up to them, and their level."""
    if numbering is None:
        return
    kinds = {
        word.value(a, "w:abstractNumId"): _Kind(_levels(a)) for a in word.find(numbering, "w:abstractNum")
    }
    nums = {word.value(n, "w:numId"): n for n in word.find(numbering, "w:num")}
    seen: set[str] = set()
    for paragraph in word.find(root, ".//w:p"):
        identifier, at = _numbered(paragraph, by_style)
        kind = (
            kinds.get(word.value(word.first(nums[identifier], "w:abstractNumId")))
            if identifier in nums
            else None
        )
        if kind is None or at not in kind.levels:
            continue
        starts = _starts(nums[identifier])
        if identifier not in seen:
            kind.counts.update({level: start - 1 for level, start in starts.items()})
        if starts or at not in kind.current:
            kind.current[at] = identifier  # LibreOffice gives a list's first item one of its own
        seen.add(identifier)
        _count(kind, at)
        yield paragraph, kind, at


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    out = {}
    for level in word.find(abstract, "w:lvl"):
        start = word.value(word.first(level, "w:start"))
        out[int(word.value(level, "w:ilvl") or 0)] = _Level(
            int(start) if start.isdigit() else 1,
            word.value(word.first(level, "w:numFmt")) or "decimal",
            word.value(word.first(level, "w:lvlText")),
        )
    return out


def _numbered_styles(styles: etree._Element) -> dict[str, tuple[str, int]]:
    """The list and level that a style gives its paragraphs, of its own or of its base."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in word.find(styles, "w:style"):
        identifier = word.value(style, "w:styleId")
        based[identifier] = word.value(word.first(style, "w:basedOn"))
        if found := word.value(word.first(style, "w:pPr/w:numPr/w:numId")):
            level = word.value(word.first(style, "w:pPr/w:numPr/w:ilvl"))
            own[identifier] = (found, int(level) if level.isdigit() else 0)
    out = {}
    for identifier in based:
        at, steps = identifier, 0
        while at and at not in own and steps < 12:
            at, steps = based.get(at, ""), steps + 1
        if at in own:
            out[identifier] = own[at]
    return out


def _numbered(paragraph: etree._Element, by_style: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    """The list and level of a paragraph; no list where it has none."""
    said = word.first(paragraph, "w:pPr/w:numPr")
    if said is None:
        return by_style.get(word.style_of(paragraph), ("", 0))
    level = word.value(word.first(said, "w:ilvl"))
    identifier = word.value(word.first(said, "w:numId"))
    if not identifier:
        identifier = by_style.get(word.style_of(paragraph), ("", 0))[0]
    return identifier, int(level) if level.isdigit() else 0


def _starts(num: etree._Element) -> dict[int, int]:
    """Where the levels of a list begin anew; a list that says nothing goes on with its kind's count."""
    overrides = {
        int(word.value(o, "w:ilvl") or 0): word.value(word.first(o, "w:startOverride"))
        for o in word.find(num, "w:lvlOverride")
    }
    return {level: int(start) for level, start in overrides.items() if start.isdigit()}


def _count(kind: _Kind, at: int) -> None:
    level = kind.levels[at]
    kind.counts[at] = kind.counts.get(at, level.start - 1) + 1
    for deeper in [n for n in kind.counts if n > at]:
        del kind.counts[deeper]


def _is_plain(level: _Level) -> bool:
    """Whether a master has a mark for such a list."""
    if level.form in ("bullet", "none"):
        return True
    return level.form in PLAIN and re.fullmatch(r"\(?%\d[.)]?", level.text) is not None


def _label(kind: _Kind, at: int) -> str:
    if kind.levels[at].form in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        own = kind.levels.get(level, _Level())
        return write_number(kind.counts.get(level, own.start), own.form)

    return re.sub(r"%(\d)", number, kind.levels[at].text)


def _write(paragraph: etree._Element, label: str) -> None:
    """A number as text before the paragraph's own."""
    properties = word.properties(paragraph, "w:pPr")
    after = "" if re.search(r"[、，。．.：:）)】\]①-⓿㊀-㊉]$", label) else " " if label.isascii() else "　"
    if label.isascii():
        after = " "
    run = word.make_run(label + after)
    properties.addnext(run)


def write_number(number: int, form: str) -> str:
    """A number in one of Word's formats; in figures where the format is not known.

    >>> [write_number(n, "chineseCountingThousand") for n in (3, 10, 12, 20, 105)]
    ['三', '十', '十二', '二十', '一百〇五']
    >>> write_number(3, "decimalEnclosedCircle"), write_number(12, "ideographDigital"), write_number(4, "upperRoman")
    ('③', '一二', 'IV')
    """
    if form in COUNTING:
        return (
            _counted(number, *COMMON).removeprefix("一") if 10 <= number < 20 else _counted(number, *COMMON)
        )
    if form in LEGAL:
        return _counted(number, *LEGAL[form])
    if form in SERIES and 1 <= number <= len(SERIES[form]):
        return SERIES[form][number - 1]
    if form in DIGITS:
        return "".join(DIGITS[form][int(d)] for d in str(number))
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letter if form == "upperLetter" else letter.lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _counted(number: int, digits: str, powers: str) -> str:
    """A number in words, up to 9999."""
    if not 0 < number < 10_000:
        return "".join(digits[int(d)] for d in str(number))
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + (powers[place - 1] if place else "")
            gap = False
        else:
            gap = True
    return out


def _roman(number: int) -> str:
    out = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += letters * (number // value)
        number %= value
    return out
