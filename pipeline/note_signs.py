"""How a recognised text marks its notes: what stands around a number that calls one or begins its body, and the words they stand under.

Below all rooms, because reading (was this text recognised?), its lines (does one begin a note?) and recovery (which marks call, which
tell?) ask the same. What can stand around any number is a function of the number's pattern, which names its groups.
"""

from __future__ import annotations

import re

RINGED = "①-⒇㉑-㉟㊱-㊿❶-❿"  # in rings, parentheses, dark rings; of a character class
RAISED = "⁰¹²³⁴-⁹"
STARS = "*＊∗†‡"
DIGITS = "[0-9]{1,3}"
HAN_NUMBER = "[一二三四五六七八九十百〇]{1,4}"
NUMBER = rf"{DIGITS}|[{RINGED}]"
COUNTED = r"[0-9]{1,4}[ ]?[\u3400-\u9fff]"  # so a body may begin: «1908年», «24位»
LIST_POINT = r"\\?[.．、:：)）]"  # behind the number of a list, as Markdown escapes it, too
OF_NOTE = r"[腳脚]?[註注][釋释]?"  # the word before a number
NOTES_WORDS = (
    r"(?:[註注][ \u3000]?[釋释]|[註注]解|附[註注]|尾[註注]|[腳脚][註注]|[註注]|Notes?|Endnotes?|Footnotes?)"
)
SOURCES_WORDS = r"(?:參考文獻|参考文献|參考書目|参考书目|引用書目|徵引書目|References|Bibliography)"
_SPACED = rf"[0-9](?:[ ][0-9]){{1,2}}|{NUMBER}"  # some engines set digits apart
_STARS = rf"(?:\\?[{STARS}]){{1,3}}"
_ASTERISKS = r"(?:\\?[*＊∗]){1,3}"
_OPENING, _CLOSING = r"[(（\[［〔﹝【]", r"[)）\]］〕﹞】]"
_NAMED = r"(?:\{#[^{}\s]*\})?"  # Pandoc's, behind a link
_TARGET = rf"\(#[^()\s]*\){_NAMED}"
FOOT = rf"\(#_?(?:ftn|fn|footnote|edn)[^()\s]*\){_NAMED}"  # what a word processor's page calls its notes by
# What raises a formula, behind its dollar or bracket: ^, ^{, { }^{. No blank may be taken in two ways.
RAISING = r"\s*+(?:\{\s*+\}\s*+)?\^\s*+(?:\{\s*+)?"
# What raises in HTML: a tag, also inside another one, or a span that says so.
_TAGS = (
    r"<(?:sup\b[^<>]*>|span\b[^<>]*super[^<>]*>"
    r"|(?P<box>(?:a|b|i|strong|em|small|span)\b[^<>]*>)<(?:sup\b|span\b[^<>]*super)[^<>]*>)"
)
_TAGS_END = r"</(?:sup|span)>(?(box)</[a-z]+>)"
_WRAPS = r"(?:\\(?:text|mathrm|mathbf|textcircled|circled|rm|bf|scriptsize|footnotesize|tiny|small)\s*+(?:\{\s*+)?){0,3}"


# --- what stands around a number


def raised(number: str) -> str:
    r"""``<sup>1</sup>``, ``<a href="#a"><sup>1</sup></a>``, ``<span class="super">1</span>``, ``<sup>[註1](#a)</sup>``, ``$^{1}$``, ``$ { }^{\text{[1]}} $``, ``\(^{\textcircled{1}}\)``, ``\textsuperscript{1}``."""
    return (
        rf"(?:{_TAGS}\s*+(?:<a\b[^<>]*>)?|(?:\$|\\\(){RAISING}{_WRAPS}|(?P<command>\$?\\textsuperscript\{{))"
        rf"[\[［]*{_OPENING}?(?:{OF_NOTE})?\s?(?:{number})[.．、]?{_CLOSING}*"
        rf"(?(command)\s*\}}\$?|(?:(?:{_TARGET})?(?:</a>)?\s*{_TAGS_END}|[\s}}]*(?:\$|\\\))))"
    )


def careted(number: str) -> str:
    """``^1^``, ``^{1}^``, ``^[1]^``, ``^(1)^``, also as Pandoc escapes them."""
    return rf"\^(?:\\?\[|[(（{{])?(?:{number})(?:\\?\]|[)）}}])?\^"


def circled(number: str) -> str:
    r"""``\textcircled{1}``, as a formula or not."""
    return rf"(?:(?P<dollar>\$|\\\()\s*)?\\(?:text)?circled\s*\{{\s*(?:\\[a-z]+\s*)?(?:{number})\s*\}}(?(dollar)\s*(?:\$|\\\)))"


def bracketed(number: str) -> str:
    """``[1]``, ``\\[1\\]``, ``〔1〕``, ``【1】``; no link to what it names."""
    return rf"\\?[\[〔［﹝【](?:{number})\\?(?:\](?!\(|\[(?!{DIGITS}\]))|[〕］﹞】](?!\())"


def worded(number: str) -> str:
    """``（註1）``, ``[注释1]``."""
    return rf"\\?{_OPENING}{OF_NOTE}\s?(?:{number})\\?{_CLOSING}(?!\()"


_N = rf"(?P<n>{DIGITS})"
_STARRED = rf"(?P<n>{DIGITS}|{_ASTERISKS})"
RAISED_NUMBER = raised(rf"(?P<n>{_SPACED}|{HAN_NUMBER}|{_STARS})")
LINKED_RAISED = rf"\[(?:{raised(f'(?P<n>{NUMBER})')}|{careted(f'(?P<m>{DIGITS}|{_ASTERISKS})')})\]{_TARGET}"
_REFERENCE = rf"\[\^(?:p?[0-9]{{1,4}}[-_])?{_STARRED}\]"  # with its page's number, too: [^12-1]
REFERENCE = rf"{_REFERENCE}(?!:)"
CARETED = careted(_STARRED)
RINGED_NUMBER = rf"(?P<n>[{RINGED}])"
RAISED_DIGITS = rf"⁽?(?P<n>[{RAISED}]{{1,3}})⁾?"
BRACKETED = bracketed(rf"(?P<n>{DIGITS}|(?<=[\[〔［﹝]){HAN_NUMBER})")
CIRCLED = circled(r"(?P<n>[0-9](?:[ ]?[0-9])?)")
WORDED = worded(rf"(?P<n>{NUMBER}|{HAN_NUMBER})")
IN_PARENTHESES = rf"[(（]{_N}[)）]"
DAGGER = r"(?P<n>[†‡])"
STAR_IN_BRACKETS = rf"(?:\\?\[|[(（])(?P<n>{_ASTERISKS})(?:\\?\]|[)）])(?![(:])"
# Marker's [1](#page-1-2), a word processor's [[1]](#_ftn1).
LINKED = rf"\[(?:(?P<n>{DIGITS}|{_ASTERISKS})\]\(#page-[0-9]+-[0-9]+\)|\\?\[(?P<m>{DIGITS}|{_ASTERISKS})\\?\]\]{FOOT})"

NUMBERED_TAG = (
    r"<(?:foot)?note\b[^<>]*\b(?:id|n|num|number|ref)=[\"'](?:fn|note)?-?"  # a body's own: <footnote id="1">
)
INSET = r"(?:\\footnote\{|<(?P<tag>footnote|fn)>)"  # a note told in its sentence begins

# --- calls

_CARET = rf"(?<=[^\sA-Za-z0-9(])\^(?:\{{{_N}\}}|(?P<m>{DIGITS})(?![0-9])\^?)"
STRONG_CALLS = (
    RAISED_NUMBER,
    LINKED_RAISED,
    REFERENCE,
    rf"\\footnotemark\[{_N}\]",
    _CARET,
    CARETED,
)  # by themselves
WEAK_CALLS = (  # where a body asks for them
    LINKED,
    RINGED_NUMBER,
    RAISED_DIGITS,
    BRACKETED,
    CIRCLED,
    WORDED,
    DAGGER,
    STAR_IN_BRACKETS,
    rf"(?<=[\u3400-\u9fff。，；：！？」』”’》）.]){IN_PARENTHESES}",
)
ANY_CALL = (  # where only its place is asked
    r"(?:(?:<[abi]\b[^<>\n]*>)?<(?:sup|span\b[^<>\n]*super[^<>\n]*)>(?:[^<>\n]{1,12}|\[[^<>\n]{1,40}\))</(?:sup|span)>(?:</[abi]>)?|\[\^[^\]\s]{1,6}\]"
    r"|\\footnotemark\[[0-9]{1,3}\]"
    rf"|\$?\\textsuperscript\{{[^{{}}\n]{{1,12}}\}}\$?|\${RAISING}[^$\n]{{1,30}}\$|\\\({RAISING}[^()\n]{{1,30}}\\\)|\$?[ ]?\\(?:text)?circled\s*\{{[^{{}}\n]{{1,12}}\}}[ ]?\$?"
    rf"|{careted(f'{DIGITS}|{_STARS}')}"
    rf"|\\?[\[［〔﹝（(](?:[註注]?{DIGITS}|(?<=[〔﹝]){HAN_NUMBER}|[註注]{HAN_NUMBER})\\?[\]］〕﹞）)]"
    rf"|[{RINGED}{RAISED}])"
)

# --- what bodies begin with

_BLANKS, _GAP = r"[ \t\n　]*", r"[ \t\n　:：.、]*"  # a label may stand above its note
_UNNAMED = rf"\${RAISING}{DIGITS}[\s}}]*\$"  # the printed number, told again
CELL = r"[ \t]*(?:</td>\s*<td\b[^<>]*>|\|)\s*"  # parts the first cell of a row from the second
_AFTER_WORD = rf"{OF_NOTE}[ \t]?(?P<n>{NUMBER}|{HAN_NUMBER})"
_STRONG = (  # nothing else begins so: the mark, and what stands behind it
    (RAISED_NUMBER, _GAP),
    (LINKED_RAISED, _GAP),
    (rf"\*\*{RAISED_NUMBER}\*\*", _GAP),
    (rf"\*\*{RAISED_DIGITS}\*\*", _GAP),
    (rf"{_REFERENCE}:", rf"[ \t]*(?:{_UNNAMED}[ \t]*(?=\S))?"),
    (rf"\\footnotetext\[(?P<n>{DIGITS})\]\{{", r"[ \t]*(?=\S)"),
    (rf"{NUMBERED_TAG}(?P<n>{DIGITS}|[*†‡]{{1,3}})[\"'][^<>]*>", r"[ \t]*(?=\S)"),
    (rf"Footnote (?P<n>{DIGITS}|[*†‡]{{1,3}}):", r" *(?=\S)"),
    (r"\^\{?(?P<n>[0-9]{1,3}+)\}?+(?!\^)", r"[ \t]*(?=\S)"),
    (CARETED, r"[ \t\n　:：]*(?=\S)"),
    (rf"\[\\?\[{_STARRED}\\?\]\]{FOOT}", rf"{_BLANKS}(?=\S)"),
    (rf"(?:(?<=[|>])|(?<=[|>][ \t]))(?P<n>{NUMBER}|\\?[{STARS}])", rf"{CELL}(?=\S)"),
)
_DRESSED = (  # as a list may be, but not with plain digits
    (
        rf"\*\*[\[〔［﹝(（]?(?:[註注][釋释]?[ ]?)?(?P<n>{NUMBER})[\]〕］﹞)）]?[.．、:：]?\*\*",
        rf"{_GAP}(?=\S)",
    ),
    (r"\*\*(?P<n>\\\*|[＊∗†‡])\*\*", rf"{_GAP}(?=\S)"),
    (RINGED_NUMBER, rf"[.．、]?{_BLANKS}"),
    (RAISED_DIGITS, _BLANKS),
    (BRACKETED, r"[ \t\n　:：]*"),
    (CIRCLED, _BLANKS),
    (rf"\$[ ]?{_N}[ ]?\$", rf"{_BLANKS}(?=\S)"),
    (WORDED, r"[ \t\n　:：]*"),
    (rf"{_AFTER_WORD}{_BLANKS}[:：]", rf"{_BLANKS}(?=\S)"),
)
STRONG_BODIES = tuple(mark + behind for mark, behind in _STRONG)
MARKED_BODIES = (
    *(mark + behind for mark, behind in _DRESSED),
    rf"{IN_PARENTHESES}{_BLANKS}(?=\D|{COUNTED})",
    rf"{_AFTER_WORD}[ \t　.、]+(?=\D)",
)
PLAIN_BODIES = (
    rf"{REFERENCE}[ \t]+(?=\S)",
    rf"{DAGGER}{_BLANKS}(?=\S)",
    rf"{_N}(?:{LIST_POINT}?(?:[ \t　]+|[ \t]*\n)|[．、])(?=\D|{COUNTED})",  # also alone above its text
    rf"{_N}{LIST_POINT}[ \t　]+(?=[0-9])",
    rf"\\?(?P<n>[*＊∗](?:\\?[*＊∗]){{0,2}})[:：)）]?{_BLANKS}(?=[^*\s])",
    rf"{STAR_IN_BRACKETS}{_BLANKS}(?=\S)",
)
# One of these begins every mark of a body; to ask for it first is several times faster.
MAY_BEGIN = re.compile(rf"[ \t\u3000]*[<$\\\[〔［﹝【(（^†‡*＊∗{RINGED}⁽{RAISED}腳脚註注0-9F]")
_LINE_BEGINS = [
    *(re.compile(mark) for mark, _ in (*_STRONG, *_DRESSED) if mark is not CARETED),
    re.compile(DAGGER),
    re.compile(rf"{CARETED}(?=[ \t])"),  # where lines are as printed, a call may begin one
]
_BEHIND_CALL = re.compile(r"[ \t]*[，。；：、！？）」』”’]")


def begins_note(text: str, at: int) -> bool:
    """Whether a line begins a note's body there: with a mark that no line of a paragraph begins with, unless it is a call before a mark.

    >>> begins_note("① 見《渡口志》。", 0), begins_note("①，又見附圖。", 0)
    (True, False)
    """
    if MAY_BEGIN.match(text, at) is None:
        return False
    marks = (m for mark in _LINE_BEGINS if (m := mark.match(text, at)) is not None)
    return any(_BEHIND_CALL.match(text, m.end()) is None for m in marks)


_WIDE = re.compile(r"(?<=[\[［〔﹝【(（])[０-９]{1,3}(?=[\]］〕﹞】)）])")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def with_narrow_numbers(text: str) -> str:
    """The text, as long as it is, with the full-width numbers in brackets as others write them.

    >>> with_narrow_numbers("渡口［１２］，１２戶")
    '渡口［12］，１２戶'
    """
    return _WIDE.sub(lambda m: m.group().translate(_NARROW), text)
