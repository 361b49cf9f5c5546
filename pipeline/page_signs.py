r"""How tools say that a page begins or ends: a mark alone on its line, of an engine or of a script, mostly with the page's number.

Below all rooms, because reading (was this text recognised?), its lines (what is this one?) and recovery (where does a page end?) ask
the same: a new sign is added here, and all of them know it. What was printed on the page, a bare number or ``第 3 頁``, is no such
mark, and neither is ``(第 3 頁)``: it counts only where it counts on with others. What can stand around any number is a function of the number's pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = "[0-9]{1,4}"
_N = f"({_DIGITS})"
_DECOR = "-–—－·•．.~|"  # around a printed number; of a character class


# --- what stands around a number


def _by_engine(number: str) -> str:
    """``{12}-----``, ``<page_number>12</page_number>``, ``<page number="12">``."""
    return (
        rf"\{{{number}\}}-{{8,}}|<page[ \t]+[a-z]+=[\"']?{number}[\"']?[ \t]*>"
        rf"|<page_?(?:number|num)?>\s*+[-–—·]?\s*+{number}\s*+[-–—·]?\s*+</page_?(?:number|num)?>"
    )


def _in_words(number: str, page: str = "page") -> str:
    """``Page 12``, ``第 12 頁``, ``page 12/24``."""
    of_all = rf"(?:[ \t]*+(?:of|/|／|共)[ \t]*+{_DIGITS}(?:[ \t]*+[頁页])?+)?+"
    return rf"(?:{page}[ \t]*+[:：#]?|第)[ \t]*+{number}(?:[ \t]*+[頁页])?+{of_all}"


def _framed(number: str) -> str:
    """``--- Page 12 ---``, ``**[Page 12]**``, ``【P12】``, ``## Page 12``."""
    words, short, signs = _in_words(number), _in_words(number, r"p(?:age|\.)?"), r"(?:[-=*~_─]{2,}|[—–－]+)"
    return (
        rf"(?:\*\*)?[ \t]*+(?:{signs}[ \t]*+{words}[ \t]*+(?:{signs})?|[\[【][ \t]*+{short}[ \t]*+[\]】]"
        rf"|\#{{1,6}}[ \t]*+{words})[ \t]*+(?:\*\*)?"
    )


# --- signs without one

_TEX_BREAK = r"\\(?:newpage|clearpage|pagebreak)(?:\[[0-9]\])?"
_SPLIT = r"<-{2,}[ \t]*page[ \t]?(?:split|break)[ \t]*-{2,}>"
_BREAK = rf"</?page[-_]?break[ \t]*/?>|</page>|{_SPLIT}|\[?-{{2,}}[ \t]*page[ \t]?break[ \t]*-{{2,}}\]?"
_EDGE_TAG = r"</?page_?(?:header|footer)>"

# --- in a text

LONE_NUMBER = rf"[ \t]*[{_DECOR}]*[ ]?(?P<n>{_DIGITS})[ ]?[{_DECOR}]*[ \t]*"
ENGINE_MARK = rf"(?im:^(?:(?:{_by_engine(_DIGITS)}|{_TEX_BREAK})[ \t]*$|{_SPLIT}|<page_?(?:header|footer)>))"
PAGE_COMMENT = (
    rf"(?i:[ \t]*<!--\s*(?:page|第)\s*(?:header|footer|number|break|[:#=]?\s*{_DIGITS}(?:\b|[頁页]))"
    r"[^<>\n]*-->[ \t]*$)"
)
_PRINTED = rf"[ \t]*第[ ]?{_DIGITS}[ ]?[頁页](?:[ ，,/]*共[ ]?{_DIGITS}[ ]?[頁页])?"
PAGE_LINE = rf"(?i:(?:{_framed(_DIGITS)}|{_PRINTED})[ \t]*$)"

# --- in a line

_MARK = re.compile(rf"[ \t]*+(?:{_by_engine(_N)}|{_framed(_N)})[ \t]*+", re.IGNORECASE)
_ASIDE = re.compile(
    rf"[ \t]*(?:<(watermark|(?:page_?)?(?:header|footer))\b[^<>]*>.*</\1>|{_EDGE_TAG}|{_BREAK})[ \t]*",
    re.IGNORECASE,
)
_TEX = re.compile(rf"{_TEX_BREAK}[ \t]*")
_TURNS = re.compile(rf"page[ _-]?(?:split|break)|{_TEX_BREAK}", re.IGNORECASE)
_IN_COMMENT = re.compile(
    rf"(?:page(?:_?(?:number|num|no))?|p\.|頁|页|第)\s*[-_:：#=\"]{{0,2}}\s*{_N}", re.IGNORECASE
)
_MEANLESS = re.compile(rf"\s*Meanless:.*?[\s·•—-]{_N}[\s·•—-]*\Z")  # Doc2X's, of a page's head or foot
_OF_EDGE = re.compile(r"\s*page-?_?(?:header|footer)", re.IGNORECASE)
_SHEET = re.compile(r"(?m)^\ufeff?---[ \t]*\n(?P<fields>(?:[A-Za-z_]{2,24}:[^\n]*\n){1,8}?)---[ \t]*$")
_FIELD = re.compile(r"(?m)^([A-Za-z_]+):")
_OF_PAGE = re.compile(rf"(?m)^page(?:_?(?:number|num|no))?:[ \t]*{_N}[ \t]*$")
_ROTATION = "is_rotation_valid"  # olmOCR's
_LONGEST = 40  # characters of a comment; a longer one says more than a page's number


def number_in_mark(line: str) -> str:
    """The page's number that a mark tells; empty where the line is none.

    >>> [number_in_mark(line) for line in ("--- Page 3 ---", '<page number="3">', "第 3 頁")]
    ['3', '3', '']
    """
    m = _MARK.fullmatch(line)
    return m[m.lastindex] if m is not None and m.lastindex else ""


def number_in_sheet(head: re.Match[str]) -> str:
    """The number of the page that a sheet's head tells, if it does."""
    m = _OF_PAGE.search(head["fields"])
    return m[1] if m is not None else ""


def number_in_comment(inner: str) -> str:
    """The page's number that a comment tells; in what heads or ends a page another number may stand.

    >>> [number_in_comment(inner) for inner in (" page 3/24 ", ' PageHeader="第12卷" ')]
    ['3', '']
    """
    if m := _MEANLESS.match(inner):
        return m[1]
    is_mark = len(inner) <= _LONGEST and _OF_EDGE.match(inner) is None
    return m[1] if is_mark and (m := _IN_COMMENT.search(inner)) else ""


@lru_cache(maxsize=4)
def sheet_heads(source: str) -> dict[int, re.Match[str]]:
    """What an engine says of each sheet above its text, by its place: fields between two rules, the same again at each, or olmOCR's.

    >>> sorted(sheet_heads("---\\npage: 1\\n---\\n渡口\\n\\n---\\npage: 2\\n---\\n老船\\n"))
    [0, 20]
    """
    if not source.lstrip("\ufeff").startswith("---"):
        return {}
    found = list(_SHEET.finditer(source))
    fields = [tuple(_FIELD.findall(m["fields"])) for m in found]
    return {
        m.start(): m
        for m, names in zip(found, fields, strict=True)
        if names == fields[0] and (len(found) > 1 or _ROTATION in names)
    }


def is_page_aside(line: str) -> bool:
    """Whether an engine says in a line that a page ends, or what stands at its edge."""
    return _ASIDE.fullmatch(line) is not None


def is_tex_break(line: str) -> bool:
    """Whether a line is LaTeX's command that ends a page."""
    return _TEX.fullmatch(line) is not None


def turns_page(aside: str) -> bool:
    """Whether an aside says that a page ends, or what it is, and not of what kind a chunk is."""
    return _TURNS.search(aside) is not None or _SHEET.match(aside) is not None
