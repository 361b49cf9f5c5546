"""Is a text Markdown of a page recognition? Its notes, its rules and numbers between pages, an engine's pictures and tables."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.laid_out import CLOSED, HAN_LETTER, is_laid_out

_SUP_NOTE = re.compile(
    r"<sup>\s*(?:<a\b[^<>]*>)?\[*[(（〔﹝【]?(?:[註注][釋释]?)?\s*(?P<n>\d+|[*＊①-⒇㉑-㉟㊱-㊿❶-❿]|[一二三四五六七八九十]{1,4})\s*[\])）〕﹞】]*(?:\(#[^()\s]*\))?(?:</a>)?\s*</sup>"
)
_POWERED = re.compile(r"(?:[0-9]|(?<![A-Za-z])(?:[A-Za-z]|[kcdm]m))[ )]?\Z")
_SUP_BODY = re.compile(r"(?m)^[ >]*<sup>\s*\d+\s*</sup>")
# A number raised as a formula behind Han text; behind a letter or digit it is a power.
_RAISED_CALL = re.compile(
    r"(?:(?<=[\u3400-\u9fff\u3000-\u303f\uff00-\uffef”’*)])|(?<=[\u3400-\u9fff][.,;:]))"
    r"[ ]?(?:\$|\\\()\s*+(?:\{\s*+\}\s*+)?\^\s*+(?:\{\s*+)?"
    r"(?:\\\w+\s*\{?\s*)?[\[(（]?(?P<n>[0-9]{1,3}|[①-⒇㉑-㉟㊱-㊿❶-❿])[\])）]?[\s}]*(?:\$|\\\))"
)
_RAISED_CIRCLE = re.compile(
    r"\$\s*+(?:\{\s*+\}\s*+)?\^\s*+(?:\{\s*+)?(?:[①-⒇㉑-㉟㊱-㊿❶-❿]|\\(?:text)?circled)"
    r"|(?<=[\u3000-\u9fff\uff00-\uffef”’])[ ]?\$?[ ]?\\textcircled\s*\{"
)  # no power is written so
_PAGE_NUMBER = re.compile(
    r"(?m)(?<=\n)\n[ \t]*[-–—－·•．.~|]*[ ]?(?P<n>[0-9]{1,4})[ ]?[-–—－·•．.~|]*[ \t]*$(?=\n\n|\n?\Z)"
)
_NUMBER_LINE = re.compile(
    r"[ \t]*(?:\*\*)?[-–—－·•．.~|第]*[ ]?[0-9]{1,4}[ ]?[-–—－·•．.~|頁页]*(?:\*\*)?[ \t]*"
)
_HEAD_LENGTH = 60  # characters of a line that pages have again
_PAGE_MARK = re.compile(
    r"(?m)^\{[0-9]{1,4}\}-{8,}$|^<page_?num(?:ber)?>\s*[-–—·]?\s*[0-9]{1,4}\b|^<page_?(?:header|footer)>|^\\(?:new|clear)page[ \t]*$"
    r"|^<-{2,}[ \t]*[Pp]age[ \t]?[Ss]plit[ \t]*-{2,}>"
)
_INSET_NOTE = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef”’…])(?:\\footnote\{|<footnote>)[^\n]*[\u3400-\u9fff]"
)
_FENCED_PAGE = re.compile(r"\A\s*```(?:markdown|md)[ \t]*\n")  # a transcript set as a block of Markdown
_PAGE_COMMENT = re.compile(
    r"(?im)^[ \t]*<!--\s*(?:page|第)\s*(?:header|footer|number|break|[0-9]{1,4}(?:\b|[頁页]))[^<>\n]*-->[ \t]*$"
)
_HAN_NUMBER = "[一二三四五六七八九十百〇]{1,4}"
_PAGE_LINE = re.compile(
    r"(?im)^(?:\*\*)?(?:-{2,}|={2,}|[\[【])[ \t]*(?:page|第)[ \t]*[0-9]{1,4}[ \t]*[頁页]?[ \t]*(?:-{2,}|={2,}|[\]】])(?:\*\*)?[ \t]*$"
    r"|^[ \t]*第[ ]?[0-9]{1,4}[ ]?[頁页](?:[ ，,/]*共[ ]?[0-9]{1,4}[ ]?[頁页])?[ \t]*$"
)
_OTHER_MARKS = (  # pattern of a note's number, and whether nothing else is written so
    (
        re.compile(r"\$\s*\^\s*+(?:\{\s*+)?(?:\\\w+\s*\{)?\s*[\[(]?(?P<n>[0-9]{1,3})[\])]?[\s}]*\$"),
        True,
    ),
    (re.compile(r"\^\{?(?P<n>[0-9]{1,3})\}?\^"), True),
    (re.compile(r"(?<![A-Za-z\u00c0-\u02ff\u1d00-\u1dbf⁰¹²³⁴-⁹])⁽?(?P<n>[⁰¹²³⁴-⁹]{1,3})⁾?"), False),
    (re.compile(r"(?P<n>[①-⑳㉑-㉟㊱-㊿])"), False),
    (re.compile(r"\\(?:text)?circled\s*\{\s*(?:\\[a-z]+\s*)?(?P<n>[0-9]{1,2})\s*\}"), True),
    (
        re.compile(
            rf"[（(〔［\[﹝【]?[註注][釋释]?\s?(?P<n>[0-9]{{1,3}}|[①-⑳]|{_HAN_NUMBER})(?:[)）〕］\]﹞】]|(?=[：:.、]))"
        ),
        True,
    ),
    (
        re.compile(rf"\\?[\[〔［﹝【](?P<n>[0-9]{{1,3}}|(?<=[〔﹝]){_HAN_NUMBER})\\?[\]〕］﹞】](?![(\[:])"),
        False,
    ),
    (re.compile(r"\^\[(?P<n>[0-9]{1,3})\]\^"), True),
    (re.compile(r"(?P<n>[⑴-⒇❶-❿])"), False),
)
_TAGS = re.compile(r"<[a-z]+\b[^<>]*>")
_CIRCLED, _WORDED = 3, 5
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTES_HEAD = re.compile(r"(?m)^[#*【\s]*(?:註釋|注釋|注释|註解|注解|尾註|尾注|腳註|脚注|Notes)[*】\s:：]*$")
_SOURCES_HEAD = re.compile(r"(?m)^[#*【\s]*(?:參考文獻|参考文献|參考書目|参考书目|References)[*】\s:：]*$")
_TOLD = re.compile(r"(?m)^[ >*-]*[(（]?([0-9]{1,3})[.．、)）]")
HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+\S")
NOTE = re.compile(r"(?m)^\[\^([^\]\s]+)\]:")
_PLAIN_BODIES = (
    re.compile(
        r"(?m)^(?:[-*] )?(?P<n>[1-9][0-9]{0,2})(?:[ \u3000](?=[^\s0-9.、)）年月日])|(?=[《〈“「『]|[\u3400-\u9fff]{2,9}[：:]))"
    ),
    re.compile(r"(?m)^(?P<n>[1-9][0-9]{0,2})[.．、][ \u3000]?(?=[^\s0-9])"),
)
_PLAIN_CALL = re.compile(
    r"(?:(?<=[。，；：！？」』”’）》])|(?<=[\u3400-\u9fff”’」》）)][.,;:!?]))[ ]?(?P<n>[1-9][0-9]{0,2})(?![0-9.,，年月日%％])(?=[ ]?[\u3000-\u9fff“‘]|[ ]*$)"
    r"|(?<=[\u3400-\u9fff”’」》）)])[ ]?(?P<before>[1-9][0-9]{0,2})(?=[ ]?[。，；：！？])",  # before the mark
    re.MULTILINE,
)
_SKIPPED = 3  # numbers; a note between may begin with digits
_FENCED = re.compile(r"(?m)^ {0,3}```(?s:.{0,20000}?)^ {0,3}```")
_ENGINE_TEX = re.compile(
    r"(?m)^\\(?:title|author|(?:sub)*section\*?|footnotetext|begin\{abstract\})[{\n ]"
)  # LaTeX's in Markdown
_SPACED_TEX = re.compile(r"[A-Za-z})\]] ?[_^] \{")  # formulas as an engine reads them: x _ {1}
_ENGINE_PICTURE = re.compile(  # named by MinerU, PaddleOCR, marker, Mistral and Mathpix, by no person
    r"\]\((?:[^()\s]*/)?(?:[0-9a-f]{64}\.(?:jpe?g|png)|_page_[0-9]{1,4}_(?:Picture|Figure)_[0-9]{1,3}\.(?:jpe?g|png))\)"
    r"|!\[(?P<name>img-[0-9]{1,4}\.(?:jpe?g|png))\]\((?P=name)\)|<img src=\"imgs/img_in_[a-z_]{2,30}_box(?:_[0-9]{1,5}){4}\."
    r"|\]\(#page-[0-9]{1,4}-[0-9]{1,4}\)|\]\(https://cdn\.mathpix\.com/(?:cropped|snip)/"
)
SHEET_HEAD = re.compile(
    r"\A\ufeff?---[ \t]*\n(?:[a-z_]+:[^\n]*\n){0,5}?is_rotation_valid:"
)  # above each sheet
_ENGINE_TABLE = re.compile(r"(?m)^<html><body><table>")
_ENGINE_MARK = re.compile(  # Docling's for a picture or formula, PaddleOCR's caption
    r"(?m)^<!-- formula-not-decoded -->$|^<!-- image -->$(?=(?s:.*)^<!-- image -->$)"
    r"|^<div style=\"text-align: center;\">[ \t]*<div style=\"text-align: center;\">"
)
_COUNTED_FROM_0 = re.compile(r"(?m)^\[\^0\]:")
_TOLD_NOTES = re.compile(r"\n(?: {0,3}(?:-{3,}|\*{3,})[ \t]*\n+)?(?:\[\^[^\]\s]+\]:[^\n]*(?:\n+|\Z))+")
_RULED_NOTES = re.compile(r"\n {0,3}(?:-{3,}|\*{3,})[ \t]*\n+\[\^[^\]\s]+\]:")
_CALLS_AT_END = re.compile(r"(?:\[\^[^\]\s]+\]\s*)+\Z")
_RULE = re.compile(r"(?m)^ {0,3}(?:-{3,}|\*{3,}|\\\*\\\*\\\*+)[ \t]*$")
_PARTING_RULE = re.compile(  # not under a line, where it makes a heading of it
    r"(?m)(?:\A|(?<=\n))[ \t]*\n {0,3}(?:-{3,}|\*{3,}|\\\*\\\*\\\*+)[ \t]*$"
)


def is_ocr(text: str) -> bool:
    """``<sup>`` notes, or Markdown of a page recognition: rules between pages, headings, pictures."""
    if any(sign.search(text) for sign in (_ENGINE_PICTURE, _ENGINE_TABLE, _ENGINE_MARK, _COUNTED_FROM_0)):
        return True
    if len(_PAGE_MARK.findall(text)) >= 2:
        return True
    if told := NOTE.findall(text):  # Pandoc's own notes; numbered anew on each page they are no master's
        if len(told) - len(set(told)) >= 2 or _breaks_at_rules(text) >= 2 or _breaks_at_notes(text):
            return True
        return _has_told_feet(text)
    if _has_page_comments(text) or _counts_on(text) or _breaks_at_numbers(text):
        return True
    if _has_engine_tex(text) or _FENCED_PAGE.match(text) or _has_inset_notes(text):
        return True
    if _has_plain_notes(text) or _SUP_BODY.search(text) or _has_raised_notes(text) or _has_marked_notes(text):
        return True
    headings, rules = len(HEADING.findall(text)), len(_RULE.findall(text))
    return rules >= 3 and headings >= 1 and _breaks_at_rules(text) >= 1


def _has_page_comments(text: str) -> bool:
    """Comments and lines that tell pages, of an engine; whoever dumps a PDF page by page writes such, too, between lines as printed."""
    if len(_PAGE_LINE.findall(text)) >= 2 and HEADING.search(text) and not is_laid_out(text):
        return True
    if len(_PAGE_COMMENT.findall(text)) < 2:
        return False
    return HEADING.search(text) is not None or not is_laid_out(text)


def _has_marked_notes(text: str) -> bool:
    """Markdown whose notes another engine marked: ``$^{1}$``, ``^1^``, ``¹``, ``①``, ``[1]``, called and told.

    Where only the last three show it, each number must be called as often as it is told: a list of sources that
    the text points into, or an enumeration, is the author's. One call in ten may be more, where the notes stand under
    their heading or among the text.
    """
    for number, (pattern, sure) in enumerate(_OTHER_MARKS):
        calls: Counter[str] = Counter()
        bodies: Counter[str] = Counter()
        first_body, last_call = len(text), 0
        marks: list[tuple[str, bool]] = []  # numbers, and whether they begin their lines
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 40) : match.start()].rpartition("\n")[2]
            marks.append((match["n"].translate(_RAISED), not _TAGS.sub("", before).strip(" >*-$")))
            if not marks[-1][1]:
                calls[match["n"].translate(_RAISED)] += 1
                last_call = match.start()
            else:
                bodies[match["n"].translate(_RAISED)] += 1
                first_body = min(first_body, match.start())
        told = _NOTES_HEAD.search(text)
        if number != _CIRCLED and told is not None:
            bodies += Counter(_TOLD.findall(text, told.end()))
        shared = calls & bodies
        if shared.total() < 3 or shared.total() < 0.6 * max(calls.total(), bodies.total()):
            continue
        if number == _WORDED and not HEADING.search(text) and is_laid_out(text):
            continue  # pages write «註1» too
        is_near = not bodies - calls and (calls - bodies).total() * 10 <= calls.total()
        is_theirs = calls == bodies or (is_near and (told is not None or first_body < last_call))
        is_theirs = is_theirs or _stand_at_feet(marks)
        is_markdown = HEADING.search(text) is not None or (_stand_at_feet(marks) and not is_laid_out(text))
        if sure or (is_theirs and is_markdown and not _SOURCES_HEAD.search(text)):
            return True
    return False


def _stand_at_feet(marks: Sequence[tuple[str, bool]]) -> bool:
    """Whether the numbers that begin lines stand in groups, each behind the text that calls them; a few may be lost."""
    called: set[str] = set()
    groups = answered = bodies = 0
    was_body = False
    for number, is_body in marks:
        if is_body:
            bodies += 1
            groups += not was_body
            answered += number in called
            called.discard(number)
        else:
            called.add(number)
        was_body = is_body
    return groups >= 3 and bodies >= 5 and answered * 3 >= bodies * 2


def _has_engine_tex(text: str) -> bool:
    """LaTeX's frame around Markdown, or formulas spaced as an engine reads them; not in code, which may show both."""
    bare = _FENCED.sub("", text) if "```" in text else text
    frames, spaced = len(_ENGINE_TEX.findall(bare)), len(_SPACED_TEX.findall(bare))
    return frames >= 2 or (spaced >= 5 and HAN_LETTER.search(text) is not None)


def _has_inset_notes(text: str) -> bool:
    """Notes told in their sentences by LaTeX's command or a tag, in a text that is no page's dump of such code."""
    return len(_INSET_NOTE.findall(text)) >= 2 and not is_laid_out(text)


def _has_plain_notes(text: str) -> bool:
    """Markdown whose notes are plain digits: lines «1 見…» or «1. 見…» that count on, and most of them called before, behind a mark."""
    if HEADING.search(text) is None or is_laid_out(text):
        return False
    return any(_are_called(text, body) for body in _PLAIN_BODIES)


def _are_called(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the lines that begin so count on, and most of them are called before, behind a mark."""
    bodies, numbers = [], [0]
    others = 0  # numbers that do not count on, as of pages
    for m in pattern.finditer(text):
        if int(m["n"]) in (*range(numbers[-1] + 1, numbers[-1] + 1 + _SKIPPED), 1):
            bodies.append(m)
            numbers.append(int(m["n"]))
        else:
            others += 1
    del numbers[0]
    if len(bodies) < 3 or others > len(bodies):
        return False
    called = begin = 0
    places: dict[int, list[int]] = {}
    for m in _PLAIN_CALL.finditer(text):
        places.setdefault(int(m["n"] or m["before"]), []).append(m.start())
    for k, (body, number) in enumerate(zip(bodies, numbers, strict=True)):
        if k and number <= numbers[k - 1]:
            begin = bodies[k - 1].end()
        called += any(begin <= at < body.start() for at in places.get(number, ()))
    return called * 5 >= len(bodies) * 3


def _has_raised_notes(text: str) -> bool:
    """Calls in ``<sup>`` tags: two or more that count on, or that are no numbers; powers and units do not."""
    marks = [
        m["n"]
        for m in _SUP_NOTE.finditer(text)
        if not _POWERED.search(text, max(0, m.start() - 4), m.start())
    ]
    numbers = [int(n) for n in marks if n.isascii() and n.isdigit()]
    steps = sum(b in (a + 1, 1) for a, b in pairwise([0, *numbers]))
    return len(marks) >= 2 and steps * 2 >= len(numbers)


def _counts_on(text: str) -> bool:
    """Numbers raised as formulas that count on, from page to page or through the text: calls, no powers."""
    if len(_RAISED_CIRCLE.findall(text)) >= 3:
        return True
    numbers = [int(unicodedata.normalize("NFKC", m["n"])) for m in _RAISED_CALL.finditer(text)]
    steps = sum(b in (a + 1, a + 2, 1) for a, b in pairwise([0, *numbers]))  # one may stand behind a unit
    return max(numbers, default=0) >= 3 and steps >= 3 and steps * 10 >= len(numbers) * 8


def _breaks_at_numbers(text: str) -> bool:
    """Markdown with page numbers: lines of their own that count on, one of them inside a sentence."""
    found = list(_PAGE_NUMBER.finditer(text))
    steps = sum(int(b["n"]) - int(a["n"]) in (1, 2) for a, b in pairwise(found))
    if len(found) < 2 or steps * 4 < (len(found) - 1) * 3 or not HEADING.search(text):
        return False
    cuts = sum(_is_cut(text[max(0, m.start() - 60) : m.start()], text[m.end() : m.end() + 9]) for m in found)
    return cuts >= (1 if int(found[0]["n"]) > 1 else 2)  # chapters are numbered from 1


def _breaks_at_rules(text: str) -> int:
    """How often a sentence stops at a rule and goes on behind it: the rule is a page's, not the author's."""
    return sum(_is_cut(before, after) for before, after in pairwise(_PARTING_RULE.split(text)))


def _has_told_feet(text: str) -> bool:
    """Whether rules stand above notes at several places; or below them, and a sentence goes on behind one, or a head comes again."""
    if len(_RULED_NOTES.findall(text)) >= 2:
        return True
    parts = _PARTING_RULE.split(text)
    if sum(NOTE.match(part.rstrip().rpartition("\n")[2]) is not None for part in parts[:-1]) < 2:
        return False
    firsts = Counter(part.lstrip().partition("\n")[0] for part in parts[1:])
    head, count = firsts.most_common(1)[0]
    return (count > 1 and 0 < len(head) <= _HEAD_LENGTH) or _breaks_at_rules(_without_feet(text)) > 0


def _without_feet(text: str) -> str:
    """The text without what a page has at its edges: notes, numbers, lines that come again."""
    lines = text.split("\n")
    often = {line for line, count in Counter(lines).items() if count > 1 and 0 < len(line) <= _HEAD_LENGTH}
    often -= {line for line in often if _RULE.fullmatch(line)}
    return "\n".join(
        "" if line in often or NOTE.match(line) or _NUMBER_LINE.fullmatch(line) else line for line in lines
    )


def _breaks_at_notes(text: str) -> bool:
    """Whether notes are told at several places, and at one in four a sentence stops and goes on behind them."""
    parts = [_CALLS_AT_END.sub("", part) for part in _TOLD_NOTES.split(text)]
    cuts = sum(_is_cut(before, after) for before, after in pairwise(parts))
    return len(parts) > 2 and cuts * 4 >= len(parts) - 1


def _is_cut(before: str, after: str) -> bool:
    """Whether a text stops inside a sentence that goes on: Chinese prose without a stop, or a small letter next."""
    line, begin = before.rstrip().rpartition("\n")[2], after.lstrip()
    if len(line) < 25 or not begin or line.endswith(CLOSED) or _starts(after):
        return False
    return HAN_LETTER.search(line) is not None or (
        begin[0].islower() and (line[-1].isalnum() or line[-1] in ",-")
    )


def _starts(part: str) -> bool:
    return part.lstrip().startswith(("#", "<sup>", "!", "|", "-", "*"))
