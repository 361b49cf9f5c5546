"""Plain text and Markdown as passages: only what is read is converted.

Plain text: a passage a line. Markdown: a passage a paragraph, whatever emphasis, calls and links stand in it;
code, link targets, attributes, HTML, formulas, note labels, metadata keys and ``.keep`` spans stay as they are.
"""

from __future__ import annotations

import re

from pipeline.hanzi.carving import OBJECT, Carving
from pipeline.hanzi.passage import Passage

_YAML = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_YAML_LINE = re.compile(r"^(?P<key>[ \t]*(?:-[ \t]+)?(?:[\w-]+:[ \t]*)?)(?P<value>.*)$")
_UNTOUCHED_KEY = re.compile(
    r"^\s*(?:-\s+)?(lang|form|date|identifier|id|isbn|cover|url|css|bibliography)\s*:"
)
_LANG_KEY = re.compile(r"^(\s*(?:-\s+)?lang\s*:\s*[\"']?)(zh[\w-]*)([\"']?\s*)$", re.I)
_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)*\n")
_FENCE = re.compile(r"^[ \t]{0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]{0,3}\1[`~]*[ \t]*$|\Z)\n?", re.S | re.M)
_KEPT_DIV = re.compile(
    r"^(:{3,})[ \t]*(?:\{[^}\n]*\.keep[^}\n]*\}|keep)[^\n]*\n.*?^\1[ \t]*$\n?", re.S | re.M
)
# what is not read inside a paragraph
_MARKUP = re.compile(
    r"(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)(?:\{[^}\n]*\})?|\$\$.+?\$\$|\$(?=\S)[^$\n]+?(?<=\S)\$(?!\d))"
    r"|(?P<keep>\[(?P<kept>[^\[\]\n]*)\]\{[^}\n]*\.keep[^}\n]*\})"
    r"|(?P<foreign>\[(?P<text>[^\[\]\n]*)\]\{[^}\n]*lang=[\"']?(?!zh)[a-z][^}\n]*\})"
    r"|(?P<variant>\[[^\[\]\n]*\]\{[^}\n]*\.variant[^}\n]*\})"
    r"|(?P<target>\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\]\{[^}\n]*\})"
    r"|(?P<call>\[\^[^\]\n]+\]:?)"
    r"|(?P<definition>^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*\S+)"
    r"|(?P<url><(?:https?|ftp)://[^\s<>]+>|(?:https?|ftp)://[^\s<>\u3000-\u303f\uff00-\uffef「」『』“”\u4e00-\u9fff]+|<[\w.+-]+@[\w.-]+>|\bwww\.[^\s\u3000-\uffef]+)"
    r"|(?P<html><!--.*?-->|</?[A-Za-z][^<>\n]*>)"
    r"|(?P<attributes>(?<=[^\s{])\{[#.][^}\n]*\}|[ \t]\{[#.][^}\n]*\}[ \t]*$|^:{3,}[^\n]*$)"
    r"|(?P<emphasis>\*{1,3}|(?<![A-Za-z0-9])_{1,3}|_{1,3}(?![A-Za-z0-9])|~~|!?\[(?!\^)|\])"
    r"|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|\w+);)",
    re.M | re.S,
)
_WRAP = re.compile(r"(?<=[\u4e00-\u9fff，、；：])\n(?=[\u4e00-\u9fff])")


def cut_lines(text: str) -> list[Passage]:
    """The lines of a text as passages of one flow; a line end inside ``-{…}-`` does not cut."""
    passages: list[Passage] = []
    held, first = "", 1
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if not held:
            first = number
        held += line
        if held.rfind("-{") <= held.rfind("}-") or number - first > 20:
            passages.append(Passage(held, f"line {first}", "text"))
            held = ""
    if held:
        passages.append(Passage(held, f"line {first}", "text"))
    return passages


def carve_markdown(text: str) -> Carving:
    """A Markdown text carved; ``lang`` in its metadata follows the edition."""
    carving = Carving()
    at = 0
    if (match := _YAML.match(text)) is not None:
        _carve_metadata(carving, match.group())
        at = match.end()
    while at < len(text):
        block = _next_kept(text, at)
        end = block.start() if block else len(text)
        _carve_paragraphs(carving, text, at, end)
        if block:
            carving.mark(block.group())
            end = block.end()
        at = end
    carving.finish()
    return carving


def _next_kept(text: str, at: int) -> re.Match[str] | None:
    found = [m for m in (_FENCE.search(text, at), _KEPT_DIV.search(text, at)) if m]
    return min(found, key=lambda m: m.start(), default=None)


def _carve_metadata(carving: Carving, text: str) -> None:
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        body = line.rstrip("\n")
        if (lang := _LANG_KEY.match(body)) is not None:
            before, behind = lang[1], lang[3] + "\n"
            carving.compute(line, lambda tag, b=before, e=behind: f"{b}{tag}{e}")  # type: ignore[misc]
        elif _UNTOUCHED_KEY.match(body) or body in {"---", "..."}:
            carving.mark(line)
        else:
            match = _YAML_LINE.match(body)
            carving.mark(match["key"] if match else "")
            carving.begin(f"line {number}", f"metadata {number}")
            carving.read(match["value"] if match else body)
            carving.end()
            carving.mark(line[len(body) :])


def _carve_paragraphs(carving: Carving, text: str, start: int, end: int) -> None:
    line = text.count("\n", 0, start) + 1
    at = start
    while at < end:
        blank = _BLANK.search(text, at, end)
        stop = blank.start() if blank else end
        flow = "text"
        if (note := re.match(r"[ \t]*\[\^[^\]\n]+\]:", text[at:stop])) is not None:
            flow = note.group().strip()
        carving.begin(f"line {line}", flow)
        _carve_inlines(carving, text[at:stop])
        carving.end()
        if blank:
            carving.mark(blank.group())
        behind = blank.end() if blank else end
        line += text.count("\n", at, behind)
        at = behind


def _carve_inlines(carving: Carving, text: str) -> None:
    at = 0
    for match in _MARKUP.finditer(text):
        _read(carving, text[at : match.start()])
        at = match.end()
        if match["keep"] is not None or match["foreign"] is not None:
            inner = match["kept"] if match["keep"] is not None else match["text"]
            carving.mark("[")
            carving.read(inner, kept=True)
            carving.mark(match.group()[1 + len(inner) :])
        elif any(match[kind] is not None for kind in ("code", "entity", "url", "variant")):
            carving.mark(match.group(), OBJECT)
        else:
            carving.mark(match.group())
    _read(carving, text[at:])


def _read(carving: Carving, text: str) -> None:
    """Text of a paragraph; a line end that only wraps Han text splits no phrase."""
    at = 0
    for match in _WRAP.finditer(text):
        carving.read(text[at : match.start()])
        carving.mark("\n")
        at = match.end()
    if text[at:]:
        carving.read(text[at:])
