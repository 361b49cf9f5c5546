"""Title, authors, abstract and keywords of an OCR'd paper: which chunks are front matter?

Comes in: the source and its chunks. Goes out: entries, each a span with its role and language. Refused:
guessing. A line between title and text that is neither name nor institution nor labelled stays in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.recovery.headings import heading_mark
from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.joins import is_caption
from pipeline.recovery.ocr_markdown.people import CALLS, PLACE, parts_of, role_of, with_calls
from pipeline.recovery.ocr_markdown.sections import unglued

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LABELS = {
    "abstract": re.compile(
        r"[\s*_【\[［〔]*(?:中文)?(?:內容摘要|内容摘要|摘\s*要|內容提要|内容提要|提\s*要|Abstract|ABSTRACT|Summary)[】\]］〕*_]*"
        r"(?:\s*(?:[:：]|(?=$)|(?<=[】\]］〕*_]))|(?<!Summary)[ \t　]+(?=[^a-z\n][^\n]{30}))[\s*_　]*"
    ),
    "keywords": re.compile(
        r"[\s*_【\[［〔]*(?:關\s?鍵\s?[詞字]|关\s?键\s?[词字]|關鍵詞語|主題詞|主题词|Key\s?[Ww]ords?|KEY\s?WORDS)[】\]］〕*_]*"
        r"(?:\s*(?:[:：]|(?=$)|(?<=[】\]］〕*_]))|[ \t　]+(?=[^\n。]*[^\n。\s][；;，、,　 ][^\n。]*$))[\s*_　]*"
    ),
    "author": re.compile(
        r"[\s*_]*(?:作者|撰文|文|撰稿|研究生|博士生|[碩硕]士生|Author|By)(?:姓名)?\s*[:：／/][\s*_]*"
    ),
    "masthead": re.compile(
        r"[\s*_]*(?:指導教[授師师]|指导教[授师]|指導老師|指导老师|導師|导师|學號|学号|專業|专业|研究方向)(?:姓名)?\s*[:：][\s*_]*"
    ),
    "affiliation": re.compile(r"[\s*_]*(?:單位|单位|作者單位|作者单位|機構|机构)\s*[:：]\s*"),
}
_SUBTITLE = re.compile(r"[\s*_]*(?:——|―|—|──|–|－－|--)\s*")
_DATE = re.compile(
    r"(?:中華民國|民國|公元|西元)?[0-9〇一二三四五六七八九十]{2,4}\s*年(?:\s*[0-9一二三四五六七八九十]{1,3}\s*月)?(?:\s*[0-9一二三四五六七八九十]{1,3}\s*日)?|No\.?\s*[0-9-]+|第\s*[0-9一二三四五六七八九十]+\s*[期卷號号]"
)
_INSTITUTIONS = re.compile(r"[(（][^()（）]{4,200}[)）]$")  # «(1. 甲大學，城市 邮编；2. …)»
_NAMES_AND_PLACE = re.compile(r"(?P<names>[^()（）。]{2,80}?)[ ]?(?P<place>[(（][^()（）。]{4,300}[)）])")
_RECORD = re.compile(
    r"[\s*_【\[［〔]*(?:(?:中[圖图])?分[類类][號号]|文[獻献][標标][識识誌志][碼码]|文章[編编][號号]|DOI|基金[項项]目|收稿日期|ISSN)[】\]］〕*_]*\s*[:：]?",
    re.IGNORECASE,
)
_ADDRESS = (
    re.compile(  # names and institutions that an engine wrote as one: «王明¹ 李文²(1某某大學 某地 100190)»
        rf"(?=[^。！？]{{1,300}}$)(?=.*{PLACE.pattern}).*[(（].*[0-9]{{5,6}}.*[)）]"
    )
)
_RECORD_INSIDE = re.compile(
    r"[【\[［〔]?(?:(?:中[圖图])?分[類类][號号]|文[獻献][標标][識识誌志][碼码]|文章[編编][號号]|DOI)[】\]］〕]?\s*[:：]"
)
_NAME_ALONE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,6}")  # also of another country
_STOP = re.compile(r"[。！？；]")
_LONG = 60  # a chunk this long, or with a full stop, is text


@dataclass(frozen=True, slots=True)
class Entry:
    """A span of front matter. What stands in its chunk before ``start`` is a label."""

    chunk: int
    role: str  # masthead, title, subtitle, author, affiliation, abstract, keywords, separator
    lang: str  # "en", or empty for the document's own
    start: int
    end: int


def find_front(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], furniture: Set[int] = frozenset()
) -> list[Entry]:
    """The front matter: at the beginning, and in another language at the end. ``furniture`` is the pages' own."""
    shown = [i for i, c in enumerate(chunks) if i not in furniture and c.kind is not ChunkKind.COMMENT]
    places = {i: k for k, i in enumerate(shown)}
    notes = frozenset(places[i] for i in bodies if i in places)
    found = _find_front(source, [chunks[i] for i in shown], notes)
    return [replace(entry, chunk=shown[entry.chunk]) for entry in found]


def _find_front(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> list[Entry]:
    first_text = _first_text(source, chunks, bodies)
    title = _title(source, chunks, first_text)
    if title is None:
        return []
    entries = [e for i in range(title) for e in _above_title(source, chunks[i], i)]
    entries.append(Entry(title, "title", "", chunks[title].inner, chunks[title].tail))
    entries.extend(_below_title(source, chunks, title + 1, bodies, ""))
    taken = {e.chunk for e in entries}
    entries.extend(e for e in _at_end(source, chunks, bodies) if e.chunk not in taken)
    return entries


def _above_title(source: str, chunk: Chunk, i: int) -> Iterator[Entry]:
    """A masthead's lines."""
    if chunk.kind is ChunkKind.RULE:
        yield Entry(i, "separator", "", chunk.start, chunk.end)
    elif chunk.kind in (ChunkKind.TEXT, ChunkKind.HEADING, ChunkKind.ITEM):
        for line in re.finditer(r"[^\s\\](?:[^\n]*[^\s\\])?", source[chunk.inner : chunk.tail]):
            yield Entry(i, "masthead", "", chunk.inner + line.start(), chunk.inner + line.end())


def _bare(source: str, chunk: Chunk) -> str:
    """The chunk's text without calls and emphasis; compatibility ideographs as the common ones."""
    return unicodedata.normalize("NFC", CALLS.sub("", source[chunk.inner : chunk.tail]).strip())


def _is_text(source: str, chunk: Chunk) -> bool:
    """Whether it is prose: long, or a sentence."""
    bare = _bare(source, chunk)
    return (
        chunk.kind is ChunkKind.TEXT
        and not _ADDRESS.match(bare)
        and (len(bare) > _LONG or (len(bare) > 12 and _STOP.search(bare) is not None))
    )


def _first_text(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> int:
    for i, chunk in enumerate(chunks):
        if i in bodies or chunk.kind in (
            ChunkKind.QUOTE,
            ChunkKind.TABLE,
            ChunkKind.HTML_TABLE,
            ChunkKind.CODE,
        ):
            return i
        if _is_text(source, chunk):
            return i
    return len(chunks)


def _title(source: str, chunks: Sequence[Chunk], first_text: int) -> int | None:
    """The heading that is the document's title: the deepest above all sections, before the text begins."""
    options = [
        i
        for i in range(first_text)
        if chunks[i].kind is ChunkKind.HEADING
        and heading_mark(_bare(source, chunks[i])) is None
        and not _label(source, chunks[i])
        and not is_caption(_bare(source, chunks[i]))
        and not _bare(source, chunks[i]).endswith("。")
    ]
    if not options:
        return _unmarked_title(source, chunks, first_text)
    later = [c.level for c in chunks[options[-1] + 1 :] if c.kind is ChunkKind.HEADING]
    above = [i for i in options if not later or chunks[i].level < min(later)]
    if not above:
        han = [i for i in options if _HAN.search(source, chunks[i].inner, chunks[i].tail)]
        if han and options[0] < han[0] < first_text - 1:
            return han[0]  # a title in another language stands above it, names below
        return options[0] if _heads_all(source, chunks, options[0]) else None
    han = [i for i in above if _HAN.search(source, chunks[i].inner, chunks[i].tail)]
    best = (han or above)[-1]
    if _SUBTITLE.match(source, chunks[best].inner) and len(above) > 1:
        best = above[-2]
    if len(above) > 1 and best - 1 in above and chunks[best].level == chunks[best - 1].level:
        best -= 1  # two on end: title and subtitle
    return best


def _heads_all(source: str, chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a heading of the sections' level is the title: near the top, and unlike the sections."""
    if not all(len(_bare(source, c)) <= 40 for c in chunks[:i]) or i + 1 >= len(chunks):
        return False
    if not _is_text(source, chunks[i + 1]):
        return True
    later = unglued([_bare(source, c) for c in chunks[i + 1 :] if c.kind is ChunkKind.HEADING])
    return sum(heading_mark(text) is not None for text in later) * 2 > len(later)


def _unmarked_title(source: str, chunks: Sequence[Chunk], first_text: int) -> int | None:
    """A first line that is no heading by its mark: short, no sentence, and sections follow."""
    if not chunks or first_text == 0 or chunks[0].kind is not ChunkKind.TEXT:
        return None
    bare = _bare(source, chunks[0])
    if (
        not 2 <= len(bare) <= 40
        or "\n" in bare
        or heading_mark(bare) is not None
        or _label(source, chunks[0])
        or bare[-1] in "：:，,、；;。？?"
    ):
        return None
    return 0 if any(c.kind is ChunkKind.HEADING for c in chunks) or source[chunks[0].inner] == "*" else None


def _label(source: str, chunk: Chunk) -> tuple[str, int] | None:
    """The role that the chunk's label names, and where the label ends."""
    for role, pattern in _LABELS.items():
        if m := pattern.match(source, chunk.inner, chunk.tail):
            return role, m.end()
    return None


def _lang(source: str, start: int, end: int) -> str:
    return "" if _HAN.search(source, start, end) or not re.search("[A-Za-z]", source[start:end]) else "en"


def _below_title(
    source: str, chunks: Sequence[Chunk], at: int, bodies: frozenset[int], lang: str
) -> Iterator[Entry]:
    """The lines between title and text."""
    mode = ""
    for i in range(at, len(chunks)):
        chunk = chunks[i]
        if chunk.kind is ChunkKind.RULE:
            if _ahead_is_text(source, chunks, i + 1, bodies):
                return
            yield Entry(i, "separator", "", chunk.start, chunk.end)
            mode = ""
            continue
        if i in bodies or chunk.kind not in (ChunkKind.TEXT, ChunkKind.HEADING):
            return
        label = _label(source, chunk)
        own = _lang(source, chunk.inner, chunk.tail)
        if label and label[0] in ("abstract", "keywords"):
            role, begin = label
            mode = role if role == "abstract" or begin >= chunk.tail else ""
            if begin >= chunk.tail:
                yield Entry(i, f"{role}-label", own, begin, chunk.tail)
            elif role == "keywords":
                stop = _record_at(source, begin, chunk.tail)
                yield from (Entry(i, role, own, a, b) for a, b in _keywords(source, begin, stop))
                if stop < chunk.tail:
                    yield Entry(i, "masthead", "", stop, chunk.tail)
            else:
                yield Entry(i, role, own, begin, chunk.tail)
            continue
        if mode == "keywords" and chunk.kind is ChunkKind.TEXT:
            yield from (Entry(i, mode, own, a, b) for a, b in _keywords(source, chunk.inner, chunk.tail))
            mode = ""
            continue
        if mode and chunk.kind is ChunkKind.TEXT:
            yield Entry(i, mode, own, chunk.inner, chunk.tail)
            continue
        found = list(_record(source, chunk, i)) or list(_line(source, chunks, i, label, own, at))
        if not found and i == at and _stands_as_name(source, chunks, i):
            found = [Entry(i, "author", own, chunk.inner, chunk.tail)]
        if not found and not _abstract_comes(source, chunks, i, bodies):
            return
        mode = ""
        yield from found


def _abstract_comes(source: str, chunks: Sequence[Chunk], at: int, bodies: frozenset[int]) -> bool:
    """Whether the abstract stands below a line that is none of the front's: then the line stays in the text."""
    for i in range(at, min(at + 6, len(chunks))):
        if i in bodies or chunks[i].kind not in (ChunkKind.TEXT, ChunkKind.HEADING):
            return False
        bare = _bare(source, chunks[i])
        label = _label(source, chunks[i])
        if i > at and label is not None and label[0] == "abstract":
            return True
        if (
            len(bare) > 5 * _LONG
            or "。" in bare
            or (chunks[i].kind is ChunkKind.HEADING and heading_mark(bare))
        ):
            return False
    return False


def _stands_as_name(source: str, chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a line below the title is where an author stands: an institution or the abstract is next."""
    if not _NAME_ALONE.fullmatch(re.sub(r"\s", "", _bare(source, chunks[i]))):
        return False
    behind = chunks[i + 1] if i + 1 < len(chunks) else None
    if behind is None or behind.kind not in (ChunkKind.TEXT, ChunkKind.HEADING):
        return False
    label = _label(source, behind)
    bare = _bare(source, behind)
    is_place = len(bare) <= _LONG and not _STOP.search(bare) and role_of(bare) == "affiliation"
    return is_place or (label is not None and label[0] in ("abstract", "affiliation"))


def _record(source: str, chunk: Chunk, i: int) -> Iterator[Entry]:
    """The institutions in brackets, or a journal's record of the paper: its class, its number."""
    text = source[chunk.inner : chunk.tail]
    if m := _NAMES_AND_PLACE.fullmatch(text):
        names = list(parts_of(source, chunk.inner, chunk.inner + m.end("names"), ""))
        if PLACE.search(m["place"]) and all(role_of(source[a:b]) == "author" for a, b in names):
            yield from (Entry(i, "author", "", a, b) for a, b in names)
            yield Entry(i, "affiliation", "", chunk.inner + m.start("place"), chunk.inner + m.end("place"))
        return
    if chunk.kind is ChunkKind.TEXT and _INSTITUTIONS.match(text) and PLACE.search(text):
        yield Entry(i, "affiliation", _lang(source, chunk.inner, chunk.tail), chunk.inner, chunk.tail)
    elif chunk.kind is ChunkKind.TEXT and _RECORD.match(text) and len(text) <= 4 * _LONG:
        yield Entry(i, "masthead", "", chunk.inner, chunk.tail)


def _abstract_follows(source: str, chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a heading is a title in another language: its abstract comes soon."""
    for chunk in chunks[at + 1 : at + 5]:
        label = _label(source, chunk)
        if label is None and chunk.kind is ChunkKind.HEADING and _lang(source, chunk.inner, chunk.tail):
            continue  # its second line
        if label is not None or chunk.kind is not ChunkKind.TEXT:
            return label is not None and label[0] in ("abstract", "author", "affiliation")
    return False


def _record_at(source: str, start: int, end: int) -> int:
    """Where the journal's record begins that an engine wrote on the keywords' line."""
    m = _RECORD_INSIDE.search(source, start, end)
    return m.start() if m and m.start() > start else end


def _keywords(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The keywords, parted by the strongest separator that the line has."""
    line = source[start:end]
    parting = next((p for p in (r"[；;]", r"[、，,]", r"[ 　]{1,}") if re.search(p, line.strip())), "$")
    if parting.startswith("[ ") and not _HAN.search(line):
        parting = "$"
    at = start
    for m in re.compile(parting).finditer(source, start, end):
        if part := _trim(source, at, m.start()):
            yield part
        at = m.end()
    if part := _trim(source, at, end):
        yield part


def _trim(source: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (source[start].isspace() or source[start] in "*_"):
        start += 1
    while end > start and (source[end - 1].isspace() or source[end - 1] in "*_。"):
        end -= 1
    return (start, end) if end > start else None


def _ahead_is_text(source: str, chunks: Sequence[Chunk], at: int, bodies: frozenset[int]) -> bool:
    """Whether behind a rule no more front matter comes."""
    for i in range(at, min(at + 3, len(chunks))):
        if i in bodies:
            return True
        if (label := _label(source, chunks[i])) and label[0] in ("abstract", "keywords"):
            return False
    return True


def _line(
    source: str, chunks: Sequence[Chunk], i: int, label: tuple[str, int] | None, lang: str, at: int
) -> Iterator[Entry]:
    """What a short line below the title is."""
    chunk = chunks[i]
    bare = _bare(source, chunk)
    if chunk.kind is ChunkKind.HEADING:
        if i == at and _SUBTITLE.match(source, chunk.inner):
            yield Entry(i, "subtitle", lang, chunk.inner, chunk.tail)
        elif i == at and (names := list(_people(source, chunk, i, label, lang))) and not lang:
            yield from (names if all(name.role == "author" for name in names) else ())
        elif (
            lang == "en"
            and heading_mark(bare) is None
            and (i <= at + 3 or _abstract_follows(source, chunks, i))
        ):
            before = chunks[i - 1]
            is_second = before.kind is ChunkKind.HEADING and _lang(source, before.inner, before.tail) == "en"
            yield Entry(i, "subtitle" if is_second else "title", "en", chunk.inner, chunk.tail)
        return
    if len(bare) > _LONG or _STOP.search(bare) or "\n" in source[chunk.inner : chunk.tail].strip():
        return
    if _SUBTITLE.match(source, chunk.inner, chunk.tail) and i <= at + 1:
        yield Entry(i, "subtitle", lang, chunk.inner, chunk.tail)
    elif _DATE.fullmatch(bare) or (label and label[0] == "masthead"):
        yield Entry(i, "masthead", "", chunk.inner, chunk.tail)
    else:
        yield from _people(source, chunk, i, label, lang)


def _people(source: str, chunk: Chunk, i: int, label: tuple[str, int] | None, lang: str) -> Iterator[Entry]:
    """Names and institutions of a line; nothing when a part is neither."""
    begin = label[1] if label else chunk.inner
    begin += len(source[begin : chunk.tail]) - len(source[begin : chunk.tail].lstrip("■●◆□▲ "))
    parts = with_calls(source, list(parts_of(source, begin, chunk.tail, lang)))
    roles = [role_of(source[a:b]) for a, b in parts]
    if label and label[0] == "affiliation":
        roles = ["affiliation"] * len(parts)
    if not parts or "" in roles:
        return
    for (a, b), role in zip(parts, roles, strict=True):
        yield Entry(i, role, lang, a, b)


def _english_names(source: str, chunk: Chunk, i: int) -> Iterator[Entry]:
    """The lines between an English title and its abstract: institutions, or names."""
    for line in re.finditer(r"[^\n]+", source[chunk.inner : chunk.tail]):
        start, end = chunk.inner + line.start(), chunk.inner + line.end()
        if PLACE.search(line.group()):
            parts = [_trim(source, start, end)]
            role = "affiliation"
        else:
            parts = [_trim(source, start + a, start + b) for a, b in _split(line.group())]
            role = "author"
        yield from (Entry(i, role, "en", *part) for part in parts if part)


def _split(names: str) -> Iterator[tuple[int, int]]:
    """The names of a line, parted by commas or «and»."""
    at = 0
    for m in re.finditer(r"[*_]*[,;，；、][*_\s]*|\s+(?:and|&)\s+", names):
        yield at, m.start()
        at = m.end()
    yield at, len(names)


def _at_end(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> list[Entry]:
    """An English title, author and abstract behind the text."""
    for i in range(max(0, len(chunks) - 12), len(chunks)):
        label = _label(source, chunks[i])
        if (
            i in bodies
            or label is None
            or label[0] != "abstract"
            or _lang(source, chunks[i].inner, chunks[i].tail) != "en"
        ):
            continue
        start = i
        while start > 0 and i - start < 3 and start - 1 not in bodies:
            before = chunks[start - 1]
            if (
                before.kind not in (ChunkKind.TEXT, ChunkKind.HEADING)
                or _lang(source, before.inner, before.tail) != "en"
            ):
                break
            if len(_bare(source, before)) > 160:
                break
            start -= 1
        head = []
        if start < i:
            title = _trim(source, chunks[start].inner, chunks[start].tail) or (chunks[start].inner,) * 2
            head.append(Entry(start, "title", "en", *title))
        names = [entry for k in range(start + 1, i) for entry in _english_names(source, chunks[k], k)]
        return head + names + list(_below_title(source, chunks, i, bodies, "en"))
    return []
