"""What a wiki export carries that is no text: templates, categories, pictures it lost, comments, edit links.

Comes in: the source. Goes out: cuts by their place, and findings where words went away with them. Refused:
templates whose text a reader saw (``{{lang|en|…}}``): ``wiki_inline`` keeps that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.inline import FORMULA_TOKEN, TARGET, Cut
from pipeline.recovery.wiki_markdown.webpage import web_cuts

_LONGEST = 20_000  # characters of a template
_SILENT = re.compile(  # templates without words of their own in the text
    r"\{\{\s*(?:-|clear|clr|reflist|notelist|refbegin|refend|portal|commons|wikisource|wiktionary|main|see ?also|about|otheruses|"
    r"short description|use dmy|coord|authority control|stub|toc|noteta|noteTA|cite|citation|sfn|efn|redirect|"
    r"消歧義|参考资料|參考資料|主條目|主条目|導航|导航|navbox|infobox|featured|good article|.{0,12}小作品|.{0,16}navbox|.{0,16}導航)",
    re.IGNORECASE,
)
SPEAKING = re.compile(  # {{lang|en|text}}: the last part is what a reader sees
    r"\{\{\s*(?P<name>lang|lang-[a-z-]+|langwithname|nowrap|nobr|le|link-[a-z]+|tsl|internal link helper/[a-z]+|en|zh-(?:tw|cn|hk)|nihongo|unichar|huruf|僻字|!!)"
    r"\s*\|(?P<inner>[^{}\n]*)\}\}",
    re.IGNORECASE,
)
MARK = re.compile(
    r"\{\{\s*(?P<inner>[〈〉《》「」『』（）“”‘’·・•、。，：；！？…—～]{1,3})\s*\}\}"
)  # a mark as itself
_BRACES = re.compile(  # no template goes over a heading, out of a cell or into code and formulas
    rf"(?=[{{}}#<\\$`])(?:\{{\{{|\}}\}}|(?P<stop>^\#|</t[dh]>)|{FORMULA_TOKEN}"
    r"|(?<=<span class=\"math inline\">)\$[^$\n]{1,3000}\$|`[^`\n]*`)",
    re.MULTILINE,
)
_OPENING = re.compile(r"\{\{\s*(?:lang\s*\|\s*[a-z-]{2,8}|nowrap|nobr)\s*\|", re.IGNORECASE)
_CITED = re.compile(  # what a citation shows
    r"\|\s*(?:author|last|first|title|publisher|journal|location|year|date|pages?|id|isbn)[0-9]?\s*=(?P<value>[^|{}]+)"
)
_PICTURE_NAME = r"[^\[\]\n]*\.(?:jpe?g|png|gif|svg|tiff?|webp|og[gv]|pdf|djvu|webm|mp[34])"
_PICTURE = re.compile(
    rf"!?\[(?P<text>{_PICTURE_NAME}|[^\[\]\n]*(?:\n(?!\s)[^\[\]\n]*)*)\]\((?P<target>(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*\))*)(?:\s+\"(?P<title>[^\"\n]*)\")?\)",
    re.IGNORECASE,
)
_FILE_PAGE = re.compile(
    r"(?:/|^|\./)(?:File|Image|Datei|Fichier|檔案|文件|圖像|图像|檔|文檔)(?:[:：]|%3A)", re.IGNORECASE
)
_CATEGORY = re.compile(
    rf"\[:?(?:Category|分類|分类|カテゴリ)[:：][^\[\]]{{0,200}}\]{TARGET}[ \t]*", re.IGNORECASE
)
_SORTED_CATEGORY = re.compile(  # a line of links to categories, shown by the word they are sorted under
    rf"(?m)^[ \t]*(?:\[[^\[\]\n]{{0,60}}\](?=\([^()\s]*/Category[:/]){TARGET}[ \t]*)+$"
)
_LANGUAGE = re.compile(
    rf"\[(?:[a-z]{{2,3}}|zh-[a-z-]+|simple|be-x-old):[^\[\]\n]+\]{TARGET}[ \t]*(?=\n|$|\[)"
)
_COMMENT = re.compile(r"<!--(?s:.{0,5000}?)-->")
_SWITCH = re.compile(r"__[A-Z]{3,20}__")
_ROOM = re.compile(  # a space beside a mark that has its own, or behind a call
    r" (?:(?=[，。、；：！？」』》）])(?<=[^\s\-*+.>|#:] )"
    r"|(?=\[?[\u3400-\u9fff《「『〈（])(?:(?<=[，。、；：] )|(?<=[0-9]\\\] )(?!\[?[（《])))"
)
_NO_PARENT = re.compile(
    r"(?m)^[ \t]*[-*+][ \t]+(?=[-*+][ \t]+\S)(?![-*+ \t]+$)"
)  # an item that holds but items
_ASKING = re.compile(
    r"(?:\^|<sup>\s*)?\\?\[(?:\[)?(?:來源請求|来源请求|需要引文|查證請求|查证请求|與來源不符|与来源不符|原創研究？|原创研究？|何時？|何时？|誰？|谁？|哪裡？|"
    r"頁碼請求|页码请求|永久失效連結|永久失效链接|失效連結|失效链接|需要解釋|需要解释|citation needed)"
    rf"(?:\](?:{TARGET}))?\\?\](?:\^|\s*</sup>)?"
)
_EDIT_LINK = re.compile(
    rf"(?m)(?<=\S)[ \t]*\\?\[(?:\[)?(?:編輯|编辑|编輯|edit)(?:\](?:{TARGET}))?\\?\]?[ \t]*$"
)
_PICTURE_FILE = re.compile(_PICTURE_NAME, re.IGNORECASE)
_FIGURE_END = re.compile(r"\]\((?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*\))*\s+\"fig:[^\"\n]*\"\)")
_LONGEST_CAPTION = 4000  # characters
_ORDERS = re.compile(
    r"\|alt=[^|\n]*|\|?(?<![A-Za-z0-9])(?:thumb|frame|frameless|border|right|left|center|none|top|bottom|middle|upright(?:=[0-9.]+)?|[0-9]{2,4}(?:x[0-9]{2,4})?px"
    r"|缩略图|縮圖|右|左|居中|無框|无框|有框)(?:\||$)"
)
_FILE = re.compile(  # in a gallery that the export took for text
    r"<(?:File|Image|檔案|文件|圖像|图像):[^<>\n]*>[^|\n]*\|?|\[(?:File|Image|檔案|文件|圖像|图像):[^\[\]|\n]*\|?"
    r"|\]\((?:File|Image|檔案|文件|圖像|图像)(?::|%3A)[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"(?m)^[ \t]*(?=<(?:File|Image|檔案|文件|圖像|图像):[^<>\n]*>"
    r"|\[(?:File|Image|檔案|文件|圖像|图像):[^\n]*?\]\((?:File|Image|檔案|文件|圖像|图像)(?::|%3A))(?:[^\n]+(?:\n(?![ \t]*\n))?)+",
    re.IGNORECASE,
)
_FILE_SIGNS = ("File:", "Image:", "檔案:", "文件:", "圖像:", "图像:", "file:", "image:")
_EDIT_BELOW = re.compile(r"(?m)^#{1,6}[ \t][^\n]*\n+(?P<cut>[ \t]*[_*]?(?:编辑|編輯)(?:本段)?[_*]?[ \t]*)$")
_GALLERY_LINE = re.compile(  # of a gallery whose tags the export took away: the file's address, a bar, its caption
    rf"(?im)^[ \t]*(?:<(?:File|Image|檔案|文件|圖像|图像):[^<>\n]*>|(?:File|Image|檔案|文件|圖像|图像):{_PICTURE_NAME}(?=[ \t]*(?:\||$)))"
    r"(?P<caption>[^\n]*)$"
)
_SIGN = re.compile("(?<=[^>\\s])[ⓦⓇ](?=</a>)")  # says where a link leads
_BRACKET = re.compile(r"\\([\[\]])|\n[ \t]*\n")
_WIKI_TABLE = re.compile(  # a whole one, or what is left of one that did not close
    r"(?m)^[ \t]*(?:\{\|(?s:.{0,20000}?)\n[ \t]*\|\}|\\?\{\|[^\n]*$|\\?\|\}[ \t]*$)"
)
_ROWS_LEFT = re.compile(  # rows of such a table, as the export ran them together
    r"(?m)(?:^|(?<=\}\}))[ \t]*\\?\|-[ \t]*(?:$|(?:\n[ \t]*)?\|(?:(?!\n[ \t]*\n)[\s\S])*)"
)
_CELL = re.compile(r"\|\s*(?:width|align|valign|style|class|rowspan|colspan|bgcolor)=", re.IGNORECASE)
_TABLE_GONE = re.compile(r"(?m)^\\?\[TABLE\\?\][ \t]*$")  # Pandoc's, for what pipes cannot draw
_BEFORE_PICTURE = re.compile(r"[\n \t。！？」』”）]")  # the space behind it parted nothing but the two
_LOST_NOTE = re.compile(  # with what a citation's template left in it
    r"[ \t]*<ref\b[^<>]*>(?P<inside>(?:(?!</?ref\b)[\s\S]){0,3000}?)</ref>", re.IGNORECASE
)
_FIELD = re.compile(r"(?m)^[ \t`]*\|\s*[a-z]{3,20}\s*=|\}\}\s*\Z")
_SPACES = re.compile(r"(?:[ \t]+(?=[^\s|]))?")
_NOT_WORDS = re.compile(r"[\s\]\\。，、；|]*")


@dataclass
class Cuts:
    """Where the source is cut, and what to tell about it."""

    at: dict[int, Cut] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def ordered(self) -> list[Span]:
        """The stretches, in order."""
        return [Span(start, cut.end) for start, cut in sorted(self.at.items())]


def find_cuts(source: str) -> Cuts:
    """Everything that goes away. Stretches do not overlap: the first and widest wins."""
    cuts = Cuts()
    found = sorted(
        [
            *(_templates(source) if "{{" in source or "}}" in source else ()),
            *_wiki_tables(source),
            *_pictures(source),
            *_lost_notes(source),
            *_plain_cuts(source),
            *((at, cut, None) for at, cut in web_cuts(source)),
        ],
        key=lambda f: (f[0], -f[1].end),
    )
    at = 0
    for start, cut, finding in found:
        if start < at:
            continue
        cuts.at[start] = cut
        at = cut.end
        if finding is not None:
            cuts.findings.append(finding)
    return cuts


_Found = tuple[int, Cut, Finding | None]


def _plain_cuts(source: str) -> Iterator[_Found]:
    for m in _EDIT_LINK.finditer(source):
        if source.startswith("#", source.rfind("\n", 0, m.start()) + 1):
            yield m.start(), Cut(m.end(), "L208", "link to the wiki's editor"), None
    for m in _NO_PARENT.finditer(source) if "-   - " in source else ():
        message = "an item of the list has lost all words. Add them."
        yield (
            m.start(),
            Cut(m.end(), "L203", "mark of an item without words"),
            Finding("L229", message, Span(*m.span())),
        )
    for m in _EDIT_BELOW.finditer(source):
        yield m.start("cut"), Cut(m.end("cut"), "L208", "link to the wiki's editor"), None
    begin = source.find("<gallery")
    while begin >= 0 and (end := source.find("</gallery>", begin)) >= 0:
        message = "a gallery of pictures is not there. Add it if you have it."
        yield (
            begin,
            Cut(end + 10, "L202", "pictures that are not there"),
            Finding("L223", message, Span(begin, end + 10)),
        )
        begin = source.find("<gallery", end)
    for m in _GALLERY_LINE.finditer(source):
        words = _plain(m["caption"].rpartition("|")[2])
        yield (
            m.start(),
            Cut(m.end(), "L202", "picture that is not there"),
            _no_picture(words, Span(*m.span())),
        )
    for pattern, rule, why in (
        (_CATEGORY, "L204", "category"),
        (_SORTED_CATEGORY, "L204", "category"),
        (_LANGUAGE, "L205", "link to another language"),
        (_COMMENT, "L206", "comment"),
        (_SWITCH, "L207", "switch of the wiki"),
        (_ROOM, "L236", "space beside a full-width mark"),
        (_SIGN, "L201", "sign at a link"),
        (_ASKING, "L208", "request to the wiki's editors"),
    ):
        for m in pattern.finditer(source):
            yield m.start(), Cut(m.end(), rule, why), None


def _lost_notes(source: str) -> Iterator[_Found]:
    """Notes that were not converted because their citation broke."""
    for m in _LOST_NOTE.finditer(source) if "<ref" in source else ():
        if _FIELD.search(m["inside"]):
            words = " ".join(re.sub(r"[`{}]", "", m["inside"]).split())[:200]
            message = f"a note was not converted: «{words}». Add it."
            span = Span(*m.span())
            yield span.start, Cut(span.end, "L203", "note that broke"), Finding("L233", message, span)


def _templates(source: str) -> Iterator[_Found]:
    """``{{…}}``, with those inside; ends that lost their beginnings, and the reverse."""
    pairs, lone = _pairs(source)
    at = 0
    for start, end in sorted(pairs):
        if start < at:  # inside another
            continue
        at = end
        if SPEAKING.fullmatch(source, start, end) or MARK.fullmatch(source, start, end):
            continue
        yield start, Cut(end, "L203", "template"), _of_template(source, start, end)
    for start, end in lone:
        opening = _OPENING.match(source, start)
        if start < end or opening is not None:
            end = opening.end() if opening is not None else end
            message = f"only «{source[start:end]}» is left of a template. Look for words that are missing."
            yield start, Cut(end, "L203", "end of a template"), Finding("L221", message, Span(start, end))


def _pairs(source: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Templates with both their ends, and ends without a partner. TeX has such braces too."""
    opened: list[int] = []
    pairs, lone = [], []
    for m in _BRACES.finditer(source):
        if m["stop"]:
            lone += [(start, start) for start in opened]
            opened.clear()
        elif m.group() == "{{":
            opened.append(m.start())
        elif m.group() == "}}" and opened and m.end() - opened[-1] <= _LONGEST:
            pairs.append((opened.pop(), m.end()))
        elif m.group() == "}}":
            lone.append(m.span())
    return pairs, lone + [(start, start) for start in opened]


def _of_template(source: str, start: int, end: int) -> Finding | None:
    """What to tell of a template that goes."""
    if not _SILENT.match(source, start):
        name = re.split(r"[|}\n]", source[start + 2 : start + 60])[0].strip()
        message = f"template «{name}» was taken away. Add its words where they are missing."
        return Finding("L221", message, Span(start, end))
    if words := ", ".join(" ".join(f["value"].split()) for f in _CITED.finditer(source, start, end)):
        message = f"a citation was not converted: «{words[:300]}». Write it."
        return Finding("L221", message, Span(start, end))
    return None


def _wiki_tables(source: str) -> Iterator[_Found]:
    """Tables of wikitext."""
    for pattern, what in (
        (_WIKI_TABLE, "table of wikitext"),
        (_ROWS_LEFT, "table of wikitext"),
        (_TABLE_GONE, "table that the export left out"),
    ):
        for m in pattern.finditer(source) if pattern is not _ROWS_LEFT or "|-" in source else ():
            if pattern is _ROWS_LEFT and not _CELL.search(m.group()):
                if not m.group().strip(" \t\n\\|-"):  # not even a cell
                    yield m.start(), Cut(m.end(), "L209", what), None
                continue
            message = f"a {what} was taken away. Add it if the text needs it."
            yield m.start(), Cut(m.end(), "L209", what), Finding("L222", message, Span(*m.span()))


def _pictures(source: str) -> Iterator[_Found]:
    """Links to picture files, with what is left of their captions; galleries of them."""
    lost = sorted(
        [(*m.span(), m["text"]) for m in _PICTURE.finditer(source) if _is_lost(m)]
        + list(_wide_pictures(source))
    )
    told: set[str] = set()  # pictures without a caption: a flag in each line is said once
    for (start, end, alt), behind in zip_longest(lost, lost[1:]):
        link = source[start:end]
        end, caption = _caption(source, end, behind[0] if behind else len(source))
        words = " ".join(x for x in (_words(alt), _words(caption)) if x)
        if _BEFORE_PICTURE.match(source, max(0, start - 1)):
            end = _SPACES.match(source, end).end()  # type: ignore[union-attr]  # an empty match at least
        finding = None if not words and link in told else _no_picture(words, Span(start, end))
        if not words:
            told.add(link)
        yield start, Cut(end, "L202", "picture that is not there"), finding
    for m in _FILES.finditer(source) if any(sign in source for sign in _FILE_SIGNS) else ():
        names = "; ".join(filter(None, map(_words, _FILE.split(m.group()))))
        message = f"pictures are not there, with the captions «{names}». Add both if you have them."
        yield (
            m.start(),
            Cut(m.end(), "L202", "pictures that are not there"),
            Finding("L223", message, Span(*m.span())),
        )


def _wide_pictures(source: str) -> Iterator[tuple[int, int, str]]:
    """Links to picture files with links in their captions."""
    for fig in re.finditer('"fig:', source):
        m = _FIGURE_END.match(
            source, max(0, source.rfind("](", max(0, fig.start() - _LONGEST_CAPTION), fig.start()))
        )
        if m is None:
            continue
        depth, at = 0, m.start() - 1
        while at >= max(0, m.start() - _LONGEST_CAPTION):
            if source[at] in "[]" and source[at - 1 : at] != "\\":
                depth += 1 if source[at] == "]" else -1
            elif source[at] == "\n":
                break
            if depth < 0:
                if "[" in source[at + 1 : m.start()]:
                    yield at, m.end(), source[at + 1 : m.start()]
                break
            at -= 1


def _words(caption: str) -> str:
    """A caption without the name of its file and the wiki's orders to set it."""
    plain = " ".join(_ORDERS.sub("", _plain(caption)).split()).strip(" |")
    return "" if _PICTURE_FILE.fullmatch(plain) or _NOT_WORDS.fullmatch(plain) else plain


def _no_picture(words: str, span: Span) -> Finding:
    message = (
        f"a picture is not there, with the caption «{words}». Add both if you have them."
        if words
        else "a picture is not there. Add it if you have it."
    )
    return Finding("L223", message, span)


def _is_lost(picture: re.Match[str]) -> bool:
    """Whether a link leads to a picture that did not come along."""
    target, title = picture["target"], picture["title"] or ""
    if title.startswith("fig:"):
        return True
    if _FILE_PAGE.search(target) and re.search(_PICTURE_NAME, picture["text"] + target, re.IGNORECASE):
        return True
    return picture.group().startswith("!") and re.match(r"(?:https?:)?//", target) is not None


def _caption(source: str, at: int, limit: int) -> tuple[int, str]:
    """Where a picture's caption ends: behind the ``]]`` that the export left over. No such: at once."""
    depth = 0
    last = -2
    for m in _BRACKET.finditer(source, at, min(limit, at + _LONGEST_CAPTION)):
        if not m[1]:
            break
        if m[1] == "[":
            depth += 1
        elif depth:
            depth -= 1
        elif last == m.start():
            return m.end(), source[at : m.start() - 2]
        else:
            last = m.end()
    return at, ""


def _plain(text: str) -> str:
    """A caption as words, for a message."""
    text = re.sub(rf"\[([^\[\]]*)\]{TARGET}", r"\1", text)
    return re.sub(r"[\\*]", "", text).strip()


def masked(source: str, cuts: Cuts) -> str:
    """The source with its cuts as spaces, character for character, so that lines keep their places.

    A cut in the middle of a sentence takes its line ends along: what it parted is one line.
    """
    out, at = [], 0
    for span in cuts.ordered():
        out.append(source[at : span.start])
        text = source[span.start : span.end]
        parts = "\n" in text and _is_inside(source, span)
        out.append(" " * len(text) if parts else re.sub(r"[^\n]", " ", text))
        at = span.end
    out.append(source[at:])
    return "".join(out)


def _is_inside(source: str, span: Span) -> bool:
    """Whether words stand before and behind it on its lines."""
    begin, end = source.rfind("\n", 0, span.start) + 1, source.find("\n", span.end)
    before, behind = source[begin : span.start], source[span.end : end if end >= 0 else len(source)]
    return bool(before.strip(" \t#>|*-")) and bool(behind.strip())
