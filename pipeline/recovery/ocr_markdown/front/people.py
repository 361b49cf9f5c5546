"""Names and institutions: what the parts of a line below a title are.

Comes in: a line of the source. Goes out: its parts and what each is. Refused: a word of two to four Han
characters that does not begin with a surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.note_signs import ANY_CALL
from pipeline.recovery.wording.papers import INSTITUTION, RANK
from pipeline.recovery.wording.surnames import has_surname

CALLS = re.compile(  # of any shape, with what an engine leaves of them
    r"\[[^\[\]\n]{1,6}\]\(#[^()\s]*\)|\\footnote\{[^{}\n]*\}|<footnote>[^<>\n]*</footnote>|\^\[[^\[\]\n]{4,}\]"
    rf"|{ANY_CALL}|\\?\[\\?[*＊∗]\\?\]|[*＊∗_†‡]|\\"
)
PLACE = re.compile(
    f"(?:{INSTITUTION}|中心|學會|学会|博物館|博物馆|圖書館|图书馆|出版社|雜誌社|杂志社|School|Cent(?:er|re))"
)
_PLACE_END = re.compile(r"[\u3400-\u9fff]{3,}(?:系|所|院|館|馆|社|會|会|局|部)$|[\u3400-\u9fff]{2}系$")
_GROUP = re.compile(r"(?:課題|课题|編寫|编写|調查|调查|寫作|写作)[組组]$|[編编][輯辑]部$")
_RANK = re.compile(f"(?:{RANK}|博士|[碩硕研][士究]生|主任|院士)$")
_DEED = re.compile(r"(?<=\S\S)[ ]?(?:[著撰譯译]|編譯|编译)$")  # «王明遠譯»
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,4}")
_NAME = re.compile(
    r"[\u3400-\u9fff]{1,8}[·・．][\u3400-\u9fff]{1,8}|[A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*){1,4}"
)
_SPACED_NAME = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?P<gap>[ \u3000]{1,4})[\u3400-\u9fff](?:(?P=gap)[\u3400-\u9fff])?(?![\u3400-\u9fff])"
)
_BRACKETED = re.compile(
    r"(?<![^\s\\])[(（][^()（）\n]{4,200}[)）](?![^\s\\])"
)  # an institution with its place


def parts_of(source: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    parting = re.compile(
        r"[、，,；;\n]+\s*|\s{2,}"
        if lang
        else r"\s*\\{2}\s*|[\s　]*\$?[ ]?\\q?quad[ ]?\$?[\s　]*|[\s　]*[、，；;][\s　]*|[\s,　]+(?![.\w]*[A-Z])|　+|(?<=[⁰¹²³⁴-⁹])(?=[\u3400-\u9fff])"
    )
    at = start
    whole = [
        m.span()
        for pattern in (_SPACED_NAME, CALLS, _BRACKETED)
        for m in pattern.finditer(source, start, end)
    ]
    for m in parting.finditer(source, start, end):
        if any(a < m.start() < b for a, b in whole):
            continue
        if m.start() > at:
            yield at, m.start()
        at = m.end()
    if at < end:
        yield at, end


def with_calls(source: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts, a call that a space parted from its name with the name."""
    out: list[tuple[int, int]] = []
    for a, b in parts:
        if out and not CALLS.sub("", source[a:b]).strip("0123456789 "):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def role_of(text: str) -> str:
    # An engine may have read a raised number as a quotation mark.
    bare = re.sub(r"[0-9,\s]+$", "", CALLS.sub("", text)).strip(" 　()（）'’」")
    if not bare:
        return ""
    if _GROUP.search(bare):
        return "author"
    if PLACE.search(bare) or _PLACE_END.search(bare) or _RANK.search(bare):
        return "affiliation"
    bare = _DEED.sub("", bare)
    if _SPACED_NAME.fullmatch(bare):
        bare = re.sub(r"\s", "", bare)
    if _HAN_NAME.fullmatch(bare):
        return "author" if has_surname(bare, expected=True) else ""
    return "author" if _NAME.fullmatch(bare) else ""
