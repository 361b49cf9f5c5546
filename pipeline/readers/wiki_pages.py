"""An article in wikitext, or as a wiki's own web page → Markdown as Pandoc writes it, for the recovery of wiki exports.

Comes in: the text of the file. Goes out: a ``Source`` of the form ``wiki-markdown``. What Pandoc would lose of wikitext is
written so that it does not: notes that are called again by their names, citations, verse, notes in templates. Refused: templates
that show words in ways of their own; the recovery tells what goes with them.
Source: MediaWiki, Help:Cite, Help:Formatting, Extension:Poem; Pandoc's reader of wikitext.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.document.manuscript import Finding
from pipeline.errors import ProgramError, SourceError
from pipeline.programs import pandoc
from pipeline.readers import Source
from pipeline.readers.wiki_citations import citation, named, short_note, unnamed
from pipeline.wiki_words import FIELD, SPEAKING, words_shown

_PAGE = re.compile(r"class=\"[^\"]*\bmw-parser-output\b|<meta[^<>]*content=\"MediaWiki", re.IGNORECASE)
_INNERMOST = re.compile(r"\{\{(?!\{)(?P<name>[^{}|<>\[\]\n]{1,60}?)\s*(?P<fields>\|[^{}]*)?\}\}")
_PARAMETER = re.compile(r"\{\{\{[^{}]*\}\}\}")
_UNREAD = re.compile(  # where braces are no template's
    r"<(?P<tag>nowiki|pre|math|chem|source|syntaxhighlight|code)\b[^<>]*>.*?</(?P=tag)>|<!--.*?-->", re.DOTALL
)
_KEPT = re.compile("\ue000([0-9]+)\ue001")
_CITED = re.compile(r"(?:cite|citation|vcite|引用|引文)\b.*", re.IGNORECASE)
_NOTED = re.compile(r"(?:#tag:ref|efn|note ?tag|refn|注释|注釋|註|note ?ref)", re.IGNORECASE)
_QUOTED = re.compile(r"(?:quote|quote ?box|cquote|quotation|block ?quote|引文|引述|引言|古文)", re.IGNORECASE)
_NUMBER = re.compile("formatnum:([0-9]{1,15})")
_SIZE = re.compile(r"[0-9.]+ ?(?:px|em|%)")
_SIGNS = {
    "0": "",
    "!": "|",
    "=": "=",
    "·": "·",
    "nbsp": " ",
    "spaces": " ",
    "•": "•",
    "-": "",
    "clear": "",
    "ndash": "–",
    "mdash": "—",
}
_NAMED = re.compile(
    r"<ref\b(?P<given>[^<>]*?)(?:/>|>(?P<body>(?:(?!</?ref\b).)*)</ref\s*>)", re.IGNORECASE | re.DOTALL
)
_REF = re.compile(r"(?P<break>\n[ \t]*\n)|(?P<close></ref\s*>)|<ref\b[^<>]*(?<!/)>", re.IGNORECASE)
_NAME = re.compile(r"\bname\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'/>]+))", re.IGNORECASE)
_LISTED = re.compile(r"<references\b[^<>/]*>.*?</references\s*>", re.IGNORECASE | re.DOTALL)
_POEM = re.compile(r"<poem\b[^<>]*>\n?(?P<lines>.*?)\n?</poem\s*>", re.IGNORECASE | re.DOTALL)
_TABLE = re.compile(r"^[ \t:]*\{\|.*?^[ \t]*\|\}", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"\[\[\s*(?:檔案|档案|文件|圖像|图像|圖片|图片|Image|File)\s*:", re.IGNORECASE)
_SAME = re.compile(r"REFNAME([0-9]+)Z ?")
_TARGET = "markdown-simple_tables-multiline_tables-grid_tables"  # whose columns stand at places: a label may be shorter
_CALL = re.compile(r"\[\^(?P<n>[0-9]+)\]")
_DEFINITION = re.compile(r"(?m)^\[\^(?P<n>[0-9]+)\]:(?P<text>.*(?:\n(?!\[\^[0-9]+\]:).*)*)")


def is_page(text: str) -> bool:
    """Whether HTML is a page that MediaWiki made."""
    return _PAGE.search(text) is not None


def read_wiki(path: Path, text: str, form: str, findings: tuple[Finding, ...]) -> Source:
    """The article as Markdown. ``form``: ``mediawiki`` or ``html``. Raises ``SourceError`` where Pandoc refuses it."""
    told = prepared(text) if form == "mediawiki" else text
    arguments = [
        "--from",
        form + "+east_asian_line_breaks" * (form == "mediawiki"),
        "--to",
        _TARGET,
        "--wrap",
        "none",
    ]
    try:
        out = pandoc.run(told.encode("utf-8"), arguments, str(path)).decode("utf-8")
    except ProgramError as e:
        raise SourceError(
            f"is no {form} that Pandoc can read. Check the file, or name its form in book.toml.", str(path)
        ) from e
    if not out.strip():
        raise SourceError(f"holds no text that Pandoc can read as {form}. Check the file.", str(path))
    return Source(path, called_again(out), "wiki-markdown", form, findings)


def prepared(text: str) -> str:
    """Wikitext in which Pandoc loses no note, citation or line of verse."""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\ue000{len(kept) - 1}\ue001"

    text = _UNREAD.sub(lambda m: keep(m.group()), text)
    text = _PARAMETER.sub("", text)
    text = _expanded(text, keep)
    text = _FILE.sub("[[File:", text)
    text = _LISTED.sub(lambda m: keep_bodies(m.group()), text)
    text = _with_bodies(text, kept)
    text = _POEM.sub(
        lambda m: "\n\n" + re.sub(r"(?<=[^\n])\n(?=[^\n])", "<br />\n", m["lines"]) + "\n\n", text
    )
    text = _TABLE.sub(lambda m: _shown_in_cells(m.group(), kept), text)
    for _ in range(40):  # what is kept may hold what was kept before
        if (restored := _KEPT.sub(lambda m: kept[int(m[1])], text)) == text:
            break
        text = restored
    return _flat(text)


def _flat(text: str) -> str:
    """The text whose notes hold no others: Pandoc would lose those. They stand in brackets, where they are told."""
    depth = 0

    def told(m: re.Match[str]) -> str:
        nonlocal depth
        if m["break"]:
            depth = 0
            return m.group()
        depth = max(0, depth + (-1 if m["close"] else 1))
        outer = depth == 0 if m["close"] else depth == 1
        return m.group() if outer else "）" if m["close"] else "（"

    return _REF.sub(told, text)


def _shown_in_cells(table: str, kept: Sequence[str]) -> str:
    """A table whose templates are text: Pandoc would lose them where it writes HTML. Not those that only format a cell."""

    def shown(m: re.Match[str]) -> str:
        is_words = kept[int(m[1])].startswith("{{") and table[m.start() - 1] not in '="-'
        return f"<nowiki>{m.group()}</nowiki>" if is_words else m.group()

    return _KEPT.sub(shown, table)


def keep_bodies(listed: str) -> str:
    """The bodies of a list of notes, which are called by their names elsewhere, where no reader sees them."""
    return "<!--" + listed.replace("--", "") + "-->"


def _expanded(text: str, keep: Callable[[str], str]) -> str:
    """The text without the templates whose words are known, the innermost first; others as they are, out of the way."""
    while True:
        done = _INNERMOST.sub(lambda m: _shown(m, keep), text)
        if done == text:
            return text
        text = done


def _shown(match: re.Match[str], keep: Callable[[str], str]) -> str:
    name = match["name"].strip().lower()
    if name in _SIGNS:
        return _SIGNS[name]
    if (speaking := SPEAKING.fullmatch(match.group())) is not None:
        return match.group()[slice(*words_shown(speaking))]
    if (number := _NUMBER.fullmatch(name)) is not None:
        return f"{int(number[1]):,}"
    fields = [f.strip() for f in FIELD.findall(match["fields"] or "")]
    said = next((tell(fields) for names, tell in _TELLS if names.fullmatch(name)), "")
    return said or keep(match.group())


def _note(fields: list[str]) -> str:
    """A note, or the call of one that stands elsewhere, by its name."""
    name, words = named(fields, "name").strip("\"'"), unnamed(fields)
    given = f' name="{name}"' if name else ""
    return f"<ref{given}>{words[0]}</ref>" if any(words) else f"<ref{given} />" if name else ""


def _called(fields: list[str]) -> str:
    """Calls of notes by their names.

    >>> _called(["河志", "p=3"])
    '<ref name="河志" />'
    """
    return "".join(f'<ref name="{name}" />' for name in unnamed(fields) if name)


def _quotation(fields: list[str]) -> str:
    """A quotation, and below it who says so, and where."""
    words = [f for f in unnamed(fields) if not _SIZE.fullmatch(f)]
    said = filter(None, [*words, named(fields, "author", "sign"), named(fields, "source", "title")])
    return "\n<blockquote>\n{}\n</blockquote>\n".format("\n\n".join(said)) if any(words) else ""


def _book_number(fields: list[str]) -> str:
    return f"ISBN {fields[0]}" if fields else ""


def _reading(fields: list[str]) -> str:
    words = unnamed(fields)
    return f"{words[0]}（{words[1]}）" if len(words) > 1 else ""


_TELLS = (  # the words of templates by their names
    (_CITED, citation),
    (_NOTED, _note),
    (re.compile("r"), _called),
    (re.compile("sfn[a-z]?"), short_note),
    (_QUOTED, _quotation),
    (re.compile("isbn"), _book_number),
    (re.compile("ruby(?:-ja|-zh-p)?"), _reading),
)


def _with_bodies(text: str, kept: list[str]) -> str:
    """The text where each call by a name has the body, with a mark by which the same body is known."""
    bodies: dict[str, str] = {}
    numbers: dict[str, int] = {}
    called: dict[str, int] = {}
    for source in (text, *kept):
        for m in _NAMED.finditer(source):
            if (name := _name(m)) is not None:
                called[name] = called.get(name, 0) + 1
                if (m["body"] or "").strip():
                    bodies.setdefault(name, m["body"].strip())

    def told(m: re.Match[str]) -> str:
        name = _name(m)
        if name is None or name not in bodies or called[name] < 2:
            return m.group()
        number = numbers.setdefault(name, len(numbers))
        return f"<ref>REFNAME{number}Z {bodies[name]}</ref>"

    return _NAMED.sub(told, text)


def _name(match: re.Match[str]) -> str | None:
    found = _NAME.search(match["given"])
    return next(filter(None, found.groups()), None) if found else None


def called_again(text: str) -> str:
    """Markdown in which bodies with the same mark are one, called as often; notes numbered anew."""
    found = list(_DEFINITION.finditer(text))
    same: dict[str, str] = {}  # of each label the one that stays
    first: dict[str, str] = {}  # of each mark
    for m in found:
        mark = _SAME.search(m["text"])
        same[m["n"]] = first.setdefault(mark[1], m["n"]) if mark else m["n"]
    if all(label == kept for label, kept in same.items()):
        return _SAME.sub("", text)
    order: dict[str, int] = {}

    def label(m: re.Match[str]) -> str:
        kept = same.get(m["n"], m["n"])
        return f"[^{order.setdefault(kept, len(order) + 1)}]"

    body = _CALL.sub(label, _DEFINITION.sub("", text)).rstrip("\n")
    texts = {m["n"]: m["text"].rstrip("\n") for m in found if same[m["n"]] == m["n"]}
    for n in texts:
        order.setdefault(n, len(order) + 1)
    notes = [(order[n], _CALL.sub(label, words)) for n, words in texts.items()]
    told = "".join(f"\n\n[^{n}]:{_SAME.sub('', words)}" for n, words in sorted(notes))
    return f"{_SAME.sub('', body)}{told}\n"
