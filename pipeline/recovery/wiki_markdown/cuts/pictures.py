"""Pictures of a wiki export that did not come along.

Comes in: the source. Goes out: cuts, and findings that keep the captions' words. Refused: pictures that a source brings
with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from pipeline.recovery.markdown.inline import TARGET
from pipeline.recovery.wiki_markdown.cuts.captions import NAMES, PICTURE_NAME, lost_picture, plain, words_of
from pipeline.recovery.wiki_markdown.cuts.found import Found
from pipeline.recovery.wording.occurrence import matches

_PICTURE = re.compile(
    r"!?\[(?P<text>[^\[\]\n]*+(?:\n(?![ \t]*(?:\n|[-*+][ \t]))[^\[\]\n]*)*)\]\((?P<target>(?:[^()\s\\]++|(?<=-)\n(?=[^\s()])|\\.|\((?:[^()\s\\]++|\\.)*\))*)(?:\s+\"(?P<title>[^\"\n]*)\")?\)",
    re.IGNORECASE,
)
_FILE_PAGE = re.compile(
    rf"(?:/|^|\./)(?:{'|'.join(NAMES)}|Datei|Fichier|檔|文檔)(?:[:：]|%3A)", re.IGNORECASE
)
_FIGURE_END = re.compile(r"\]\((?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*\))*\s+\"fig:[^\"\n]*\"\)")
_LONGEST_CAPTION = 4000  # characters
_PICTURE_TAG = re.compile(  # a link's tag to a picture's page, with its name or the room it takes for a text
    rf"<a\s[^<>]{{0,300}}?href=\"[^\"\s]*/(?:{'|'.join(NAMES)}):[^\"\s]+\.[A-Za-z34]{{3,4}}\"[^<>]{{0,400}}>(?P<words>(?:[^<>]|<a href=\"[^<>\"]*\">[^<>]*</a>){{0,300}}?)</a>[ \t]*"
)
_DIVISION = re.compile(r"<(/?)div\b[^<>]*>")
_BRACKET = re.compile(r"\\([\[\]])|\n[ \t]*\n")
_LONE_BRACKET = re.compile(r"\\\](?!\\\])")  # the other one went with the caption
_CAPTION_END = re.compile(
    r"\s*(?:</(?:div|center|small|span)>\s*)*\\\]\\\]"
)  # below a block that it holds, or blank lines
_BEFORE_PICTURE = re.compile(r"[\n \t。！？」』”）]")  # the space behind it parted nothing but the two
_OPENED = re.compile(r"(?:\A|[\s（(「『“])[*_]{1,3}\Z")  # emphasis, which begins with no space
_ROOM_BEFORE = re.compile("[，。、；：！？] (?=.)")  # beside a mark that has its own
_SPACES = re.compile(r"(?:[ \t]+(?=[^\s|]))?")
_LINK_ROUND = re.compile(rf"(?P<label>[^\[\]\n]{{0,60}})\]{TARGET}")
_SPACED_PATH = re.compile(  # of a picture that a tool put beside the page
    r"!\[[^\[\]\n]{0,80}\]\((?=[^()\n]* )[^()\n]{1,200}\.(?:png|jpe?g|gif|svg|webp)\)", re.IGNORECASE
)
_CAPTION_BELOW = re.compile(  # as Typora parts it from its picture
    r"[ \t]*\n(?:[ \t]*\n){3}(?P<caption>(?![#|>*+\-0-9!<`])[^\n\[\]]{1,80}(?<![。！？：；，]))(?=\n[ \t]*\n)"
)
_CAPTION_OF_PAGE = re.compile(
    r"(?:[ \t]*\n(?:[ \t]*\n)+(?:\[\]\([^()\n]*\)[ \t]*\n(?:[ \t]*\n)+)?|(?P<behind>)(?=\S))(?P<indent>[ \t]*)(?P<caption>(?![#|>*+\-!<`]|[0-9]+\.[ ])[^\n]{1,1500}?)[ \t]*(?=\n[ \t]*(?:\n|[-*+] )|\n*\Z)"
)
_LONGEST_WORDS = 80
_WIDE = re.compile(r"/[1-9][0-9]{2,}px-")  # no flag or sign
_OF_SITE = re.compile(r"(?:https?:)?//|/(?:w/)?images/(?:thumb/|[0-9a-f]/[0-9a-f]{2}/|[^\s?]+\?[0-9a-f]{5}$)")
# A file of the wiki, which lies in no folder, as Pandoc's reader of wikitext sets it.
_OF_PANDOC = re.compile(
    r"!\[(?P<text>(?:[^\[\]\n]|\n(?![ \t]*\n)|\[(?:[^\[\]\n]|\n(?![ \t]*\n)){0,300}\]){0,600})\]"
    r"\((?:[^()\s/]|\([^()\s/]*\))+\s\"(?P<title>[^\"]{1,600})\"\)(?:\{[^{}\n]*\})?[ \t]*"
)
_TAG_OF_PANDOC = re.compile(
    r"<figure>\s*<img\s+src=\"[^\"/]+\"(?P<said>[^<>]*)>\s*(?:<figcaption\b[^<>]*>(?P<caption>(?:(?!</figcaption>)[\s\S]){0,2000})</figcaption>\s*)?</figure>"
    r"(?:\s*<section\b[^<>]*class=\"footnotes(?:(?!</section>)[\s\S]){0,4000}</section>)?"
    r"|<img\s+src=\"[^\"/]+\"(?P<only>[^<>]*)>[ \t]*"
)
_OF_GALLERY = re.compile(  # the words below a picture, as Pandoc holds them
    r"(?m)^[ \t]*(?:<div class=\"gallerytext\">(?P<a>(?s:.{0,800}?))</div>|:{3,} gallerytext\n(?P<b>(?s:.{0,800}?))\n[ \t]*:{3,})[ \t]*$"
)
_FIGURE_OF_PAGE = re.compile(r"<figure\b[^<>]*>(?P<inside>(?:(?!</?figure\b)[\s\S]){0,6000})</figure>")
_TITLE = re.compile(r"\btitle=\"([^\"]*)\"")


def pictures(source: str) -> Iterator[Found]:
    """Links to picture files, with what is left of their captions."""
    yield from _linked_pictures(source)
    if "wikilink" in source:
        yield from _pictures_of_pandoc(source)
    yield from _frames(source)
    for m in matches(_FIGURE_OF_PAGE, source, "<figure"):
        if _FILE_PAGE.search(m["inside"]) or "upload.wikimedia" in m["inside"]:
            words = words_of(re.sub(r"<sup\b[\s\S]*?</sup>|<[^<>]*>", "", m["inside"]))
            yield lost_picture(*m.span(), words)
    for m in matches(_OF_GALLERY, source, "gallerytext"):
        words = words_of(m["a"] or m["b"] or "")
        yield lost_picture(*m.span(), words, what="words below a picture that is not there")
    told: set[str] = set()  # a mark in each row of a table is said once
    for m in matches(_PICTURE_TAG, source, "<a "):
        yield lost_picture(*m.span(), words_of(m["words"]), m.group() in told)
        told.add(m.group())


def _pictures_of_pandoc(source: str) -> Iterator[Found]:
    """Pictures that Pandoc set where the wikitext names a file."""
    for m in matches(_OF_PANDOC, source, "!["):
        yield lost_picture(*m.span(), words_of(m["title"]))
    for m in matches(_TAG_OF_PANDOC, source, "<img"):
        title = _TITLE.search(m["said"] or m["only"] or "")
        yield lost_picture(*m.span(), words_of(title[1]) if title else "")


def _frames(source: str) -> Iterator[Found]:
    """Frames of HTML around a picture and its caption."""
    begin = source.find('<div class="thumb')
    while begin >= 0:
        depth, end = 0, begin
        for m in _DIVISION.finditer(source, begin, begin + _LONGEST_CAPTION):
            depth += -1 if m[1] else 1
            if not depth:
                end = m.end()
                break
        inside = source[begin:end]
        if "\n#" not in inside and "<table" not in inside and end > begin:
            yield lost_picture(begin, end, words_of(_PICTURE.sub("", inside)))
        begin = source.find('<div class="thumb', max(end, begin + 1))


def _linked_pictures(source: str) -> Iterator[Found]:
    """Links to picture files, with what is left of their captions."""
    lost = sorted(
        [(*m.span(), m["text"]) for m in _PICTURE.finditer(source) if _is_lost(m)]
        + [(*m.span(), "") for m in matches(_SPACED_PATH, source, "![")]
        + list(_wide_pictures(source))
    )
    told: set[str] = set()  # pictures without a caption: a flag in each line is said once
    for (start, end, alt), behind in zip_longest(lost, lost[1:]):
        link = source[start:end]
        end, caption = _caption(source, end, behind[0] if behind else len(source))
        if alt == "img" and (below := _CAPTION_BELOW.match(source, end)):
            end, caption = below.end(), below["caption"]
        start, end = _with_link(source, start, end, alt)
        if not caption and "/thumb/" in link and (below := _below(source, start, end)) is not None:
            end, caption = below.end(), below["caption"]
        words = " ".join(x for x in (words_of(alt), words_of(caption)) if x)
        is_sign = not words or (not caption and source.startswith(alt, end))
        before = max(0, start - 4)
        if _BEFORE_PICTURE.match(source, max(0, start - 1)) or _OPENED.search(source, before, start):
            end = _SPACES.match(source, end).end()  # type: ignore[union-attr]  # an empty match at least
            start -= _ROOM_BEFORE.match(source, max(0, start - 2)) is not None and source[end : end + 1] > " "
        is_told = is_sign and (link in told or "CentralAutoLogin" in link)
        if is_sign:
            told.add(link)
        yield lost_picture(start, end, words, is_told)


def _below(source: str, start: int, end: int) -> re.Match[str] | None:
    """The caption of a page's small picture: words that are no sentence, or its item's, below it or on the rest of its line."""
    bullet = source[source.rfind("\n", 0, start) + 1 : start]
    if bullet.strip(" \t-*+") or _FILE_PAGE.search(source[start:end]) is None:
        return None
    below = _CAPTION_OF_PAGE.match(source, end)
    if below is None or (below["behind"] is not None and (bullet or not _WIDE.search(source, start, end))):
        return None
    is_of_item = bullet.strip() and below["indent"]
    words = plain(
        re.sub(r"\[?\\?\[[^\[\]\n]{1,8}\]\]?\([^()\n]*\)|<[^<>\n]*>|\[[0-9]+\]", "", below["caption"])
    ).strip()
    is_words = 0 < len(words) <= _LONGEST_WORDS and words[-1] not in "。！？：；，、" and "**" not in words
    return below if is_of_item or is_words else None


def _with_link(source: str, start: int, end: int, alt: str) -> tuple[int, int]:
    """A picture with the link around it, where that says at most the picture's words; with these words behind it."""
    m = _LINK_ROUND.match(source, end) if source[start - 1 : start] == "[" else None
    if m is None or not (not m["label"].strip() or (alt and m["label"].startswith(alt))):
        return start, end
    is_said_again = words_of(alt) and source.startswith(alt + "\n", m.end())
    return start - 1, m.end() + (len(alt) if is_said_again else 0)


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


def _is_lost(picture: re.Match[str]) -> bool:
    """Whether a link leads to a picture that did not come along."""
    target, title = picture["target"], picture["title"] or ""
    if "/math/render/" in target:  # of a formula that its text says
        is_told = picture.string.endswith(("}", "} "), 0, picture.start())
        return not is_told and "{\\" not in picture["text"][:16]
    if title.startswith("fig:"):
        return True
    if _FILE_PAGE.search(target) and re.search(PICTURE_NAME, picture["text"] + target, re.IGNORECASE):
        return True
    return picture.group().startswith("!") and _OF_SITE.match(target) is not None


def _caption(source: str, at: int, limit: int) -> tuple[int, str]:
    """Where a picture's caption ends: behind the ``]]`` that the export left over. No such: at once."""
    if lone := _LONE_BRACKET.match(source, at):
        return lone.end(), ""
    depth = 0
    last = -2
    for m in _BRACKET.finditer(source, at, min(limit, at + _LONGEST_CAPTION)):
        if not m[1]:
            end = _CAPTION_END.match(source, m.start(), limit)
            return (end.end(), source[at : m.start()]) if end is not None else (at, "")
        if m[1] == "[":
            depth += 1
        elif depth:
            depth -= 1
        elif last == m.start():
            return m.end(), source[at : m.start() - 2]
        else:
            last = m.end()
    return at, ""
