"""The cover of a thesis or report: lines that each say one thing of the book.

Comes in: the first lines of a text. Goes out: how many of them are the cover, and what each of them says. Refused: a cover
without a degree or an adviser and another of its marks (author, date, institution), or with a line as long as the text's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from pipeline.recovery.page_dump.front_lines import UNFINISHED
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import PAUSES, is_left_open
from pipeline.recovery.wording.surnames import has_surname

LONGEST = 30  # lines of a cover
_HAN = "\u3400-\u9fff"
_DIGIT = "0-9０-９〇○零一二三四五六七八九十百廿"
_DEGREE = re.compile(
    r"(?:碩\s*士|博\s*士|學\s*士|硕\s*士|学\s*士)\s*(?:[學学]\s*位\s*)?[論论]\s*文|(?:Master|Doctor|Ph\.?\s?D)[’'\w. ]*(?:Thesis|Dissertation)"
    r"|^A (?:[Tt]hesis|[Dd]issertation|THESIS|DISSERTATION) |[Pp]artial [Ff]ulfil|PARTIAL FULFIL|^(?:Master|Doctor|Bachelor) of "
)
_ADVISER = re.compile(
    r"(?:共\s*同\s*)?指\s*[導导]\s*(?:教\s*授|老\s*[師师]|教\s*[師师])\s*[：:]|(?:Advis[eo]r|Supervisor)s?\s*[：:]"
)
_AUTHOR = re.compile(
    r"(?:研\s*究\s*生|博\s*士\s*生|碩\s*士\s*生|學\s*生|学\s*生|作\s*者|著\s*者|撰\s*者)?\s*(?:姓\s*名)?(?<=[生者名])\s*[：:]\s*|(?:Student|Author|[Bb]y)\s*[：:]\s*"
)
_FIELD = re.compile(  # what a form asks for
    r"(?:分\s*[類类]\s*[號号]|密\s*[級级]|(?:[單单]\s*位|[學学]\s*校)\s*代\s*[碼码]|[學学]\s*[號号]|[編编]\s*[號号]|U\s*D\s*C|[學学]\s*科|[專专]\s*[業业]|研\s*究\s*方\s*向"
    r"|答\s*[辯辩]|口\s*[試试]|(?:[論论]\s*文)?\s*(?:提\s*交|完\s*成|授\s*予)|[學学]\s*位|培\s*[養养]|所\s*在|院\s*[系所]|系\s*所|年\s*[級级])[^：:，。]{0,10}[：:]"
)
_TITLED = re.compile(r"(?:[論论]\s*文\s*)?[題题]\s*[目名]\s*[：:]\s*")
_WRITTEN = re.compile(rf"[{_HAN}·‧](?:[ \u3000]?[{_HAN}·‧]){{1,4}}(\s*[撰著]|\s+謹?[撰著識])")
_DATE = re.compile(
    rf"(?:中\s*[華华]\s*民\s*[國国]|民\s*[國国]|西元|公元)?\s*[{_DIGIT}\s]{{1,9}}年\s*(?:[{_DIGIT}\s]{{1,4}}月)?\s*(?:[{_DIGIT}\s]{{1,5}}日)?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s+[0-9]{4}"
)
_PLACE = re.compile(
    r"(?:大\s*[學学]|[學学]\s*院|研\s*究\s*所|研究院|[學学]\s*系|系\s*所|研究室|學程|学程|專班|专班)\s*$|University|Department|Institute|College|Graduate School"
)
_SUBTITLE = re.compile(r"(?:—|─|-{2}|－|──|（|\()")


class Said(StrEnum):
    """What a line of the cover says."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    MASTHEAD = "masthead"  # institution, degree, adviser, date


TITLES = (Said.TITLE, Said.SUBTITLE)
PAUSES_OF_TITLES = PAUSES + ",:"  # where a title's line ends, not the title


@dataclass(frozen=True, slots=True)
class CoverLine:
    """``head`` and ``tail`` characters at the line's ends are labels; ``latin``: it is in letters."""

    said: Said
    head: int = 0
    tail: int = 0
    latin: bool = False


def read_cover(texts: Sequence[str]) -> list[CoverLine]:
    """What the lines of a cover say; empty when the lines are none.

    >>> [line.said.value for line in read_cover(["江南大學歷史學系", "碩士論文", "河道考", "研究生：林采薇"])]
    ['masthead', 'masthead', 'title', 'author']
    """
    marks: set[str] = set()
    out: list[CoverLine] = []
    labelled = any(_AUTHOR.match(text) or _WRITTEN.fullmatch(text) for text in texts[:LONGEST])
    for k, text in enumerate(texts[:LONGEST]):
        found = _read(text, marks)
        if (
            found is not None
            and found.said is Said.TITLE
            and not labelled
            and _names_author(text, texts[:k], out)
        ):
            labelled, found = True, CoverLine(Said.AUTHOR)
            marks.add("author")
        if found is None:
            return []
        latin = _is_latin(text, bool(out) and out[-1].latin)
        titled = any(line.said is Said.TITLE and line.latin == latin for line in out)
        on = bool(out) and out[-1].said is Said.TITLE and out[-1].latin == latin
        if on and found.said is Said.SUBTITLE and is_left_open(texts[k - 1]):
            found = CoverLine(Said.TITLE)  # «…（1861», «—1948）»
        if found.said is Said.TITLE and titled and not on:  # right below the title it is the title's rest
            found = CoverLine(Said.SUBTITLE)
        out.append(CoverLine(found.said, found.head, found.tail, latin))
    if any(_breaks_off(text, *pair) for text, pair in zip(texts, pairwise([*out, None]), strict=False)):
        return []
    titled = any(line.said is Said.TITLE and not line.latin for line in out)
    titled = titled and sum(line.said in TITLES for line in out) <= 6
    sure = len(marks) >= 2 and marks & {"degree", "adviser"}
    return _with_one_subtitle(texts, out) if titled and sure else []


def _is_latin(text: str, above: bool) -> bool:
    """Whether a line is in letters; one of numbers alone is in what the line above it is in."""
    if re.search(f"[{_HAN}]", text):
        return False
    return above or re.search("[A-Za-z]", text) is not None


def _breaks_off(text: str, line: CoverLine | None, below: CoverLine | None) -> bool:
    """Whether a title ends in a mark that no title ends in, and does not go on below."""
    if line is None or line.said not in TITLES or text[-1] not in PAUSES_OF_TITLES or _SUBTITLE.match(text):
        return False
    return below is None or below.said not in TITLES or below.latin != line.latin


def _with_one_subtitle(texts: Sequence[str], said: Sequence[CoverLine]) -> list[CoverLine]:
    """The cover's lines with one subtitle in each script; what else stands there as one does, is part of the masthead."""
    out: list[CoverLine] = []
    told: set[bool] = set()
    for text, line in zip(texts, said, strict=False):
        goes_on = bool(out) and (out[-1].said, out[-1].latin) == (line.said, line.latin)
        if line.said is Said.SUBTITLE and line.latin in told and (not goes_on or "：" in text or ":" in text):
            line = CoverLine(Said.MASTHEAD, latin=line.latin)
        told |= {line.latin} if line.said is Said.SUBTITLE else set()
        out.append(line)
    return out


def _names_author(text: str, before: Sequence[str], said: Sequence[CoverLine]) -> bool:
    """Whether a line right below the title is a person's name and no rest of the title."""
    name = squashed(text)
    below = bool(said) and said[-1].said in TITLES and not said[-1].latin
    if not below or before[-1][-1] in UNFINISHED or is_left_open(before[-1]):
        return False
    return has_surname(name) and re.fullmatch(f"[{_HAN}]{{2,3}}", name) is not None


def _read(text: str, marks: set[str]) -> CoverLine | None:
    """What one line says; ``None`` when no cover has such a line."""
    if len(text) > 60 and re.search(f"[{_HAN}]", text):
        return None
    if match := _TITLED.match(text):
        return CoverLine(Said.TITLE, match.end())
    if match := _AUTHOR.match(text):
        marks.add("author")
        written = re.search(r"\s*[撰著]$", text)
        return CoverLine(Said.AUTHOR, match.end(), len(text) - written.start() if written else 0)
    if written := _WRITTEN.fullmatch(text):
        marks.add("author")
        return CoverLine(Said.AUTHOR, 0, len(written[1]))
    if _FIELD.match(text):
        return CoverLine(Said.MASTHEAD)
    for name, pattern in (("adviser", _ADVISER), ("degree", _DEGREE), ("date", _DATE), ("place", _PLACE)):
        whole = pattern.fullmatch(text) if name == "date" else pattern.search(text)
        if whole:
            marks.add(name)
            return CoverLine(Said.MASTHEAD)
    if text[-1] in "。；;" and not _SUBTITLE.match(text):
        return None
    return CoverLine(Said.SUBTITLE if _SUBTITLE.match(text) else Said.TITLE)
