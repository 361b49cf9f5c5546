"""What one document's extraction did to its characters: decided once, over the whole source.

Comes in: the source's text. Goes out: a ``Fingerprint`` that switches rules on. A single odd character
proves nothing; each profile asks for several kinds of evidence, several times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.han import HAN
from pipeline.recovery.characters import broken_maps, codepoints, glyphs, mojibake
from pipeline.recovery.characters.unknown_maps import uncommon, unknown_pairs
from pipeline.recovery.notes.numbers import PAIR, number_of
from pipeline.recovery.wording.occurrence import has_any, occurring, times
from pipeline.settings import RecoverSettings


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The profiles a document fits. The default fits none: only what is wrong anywhere is repaired."""

    private: bool = False  # single letters stand for Han characters outside the font's encoding
    coded_notes: bool = False  # note numbers from 10 on came out as letter pairs (bk = 10)
    dense: bool = False  # nearly every word is hit by a broken map of Simplified text (癿 for 的)
    spaced: bool = False  # a space between nearly all Han characters
    radicals: bool = False  # radicals stand for the characters they look like
    kanbun: bool = False  # marks of Japanese annotation stand for the characters they look like
    vertical: bool = False  # forms for vertical setting stand in a horizontal text
    wide: bool = False  # its marks are full-width ones, so a half-width one stands out
    region: str = ""  # "hk", "tw", "cn" or unknown
    glyphs: tuple[tuple[str, str], ...] = ()  # the user's own table
    unknown: tuple[tuple[str, str], ...] = ()  # stray letters no table knows → proposal, or ""
    broken: frozenset[str] = frozenset()  # near-dead characters that words of this document prove wrong
    pairs: tuple[tuple[str, str], ...] = ()  # others, of no table → the common one that fits
    hinted: bool = False  # there is a sign of private-encoded glyphs, too little to be sure
    glyph_offset: int | None = None  # of the font's glyph numbers, where words of them are read for certain

    @property
    def sparse(self) -> bool:
        """Too few signs of a broken map of Simplified text to repair it all."""
        return not self.dense

    @property
    def hong_kong(self) -> bool:
        """A text from Hong Kong."""
        return self.region == "hk"

    @property
    def mainland(self) -> bool:
        """A text in Simplified characters."""
        return self.region == "cn"

    def fits(self, profile: str) -> bool:
        """Does the document fit the profile that a rule asks for?"""
        return not profile or bool(getattr(self, profile))


# What is rare stands first and what is before it in a look behind, and an alternative begins with a character and no
# class: so the text is searched much faster.
_HALF_WIDTH = [re.compile(f"{mark}(?<=[{HAN}].)(?=[{HAN}])") for mark in ",;:"]
_SPACED = re.compile(f" (?<=[{HAN}] )(?=[{HAN}])")
_CLOSE = re.compile(f"[{HAN}]{{2,}}")
_CODED_NOTE = re.compile(f"{PAIR}(?<=[{HAN}。，、；：！？」』”’）》〉]..)(?<![註注]..)(?![A-Za-z0-9])")
_RADICAL = re.compile(
    f"(?<![首部旁從从「『“])[\u2f00-\u2fd5](?=[{HAN}\u2f00-\u2fd5])(?![部旁])|(?<=[{HAN}])(?<![首部旁從从])[\u2f00-\u2fd5](?![部旁」』”])"
)
_KANBUN = re.compile("[\u3192-\u319f]")  # ㆒㆗㆟
_KANBUN_ORDER = re.compile("[\u3190\u3191]")  # ㆐㆑ which only annotated texts have
_HAS_RADICAL = re.compile("[\u2f00-\u2fd5]")
_UPRIGHT = "﹁﹃︵︽︿︻"
_VERTICAL = re.compile(f"[{_UPRIGHT}](?=[^{_UPRIGHT}]{{1,200}}[﹂﹄︶︾﹀︼])")
# What a broken map of Simplified text gives for everyday characters, and those.
_NEXT = dict(
    zip(
        "癿丌亍迚叧劢収迒刡冴抂弽赸杢挃仧顸觃丏扂乀",
        "的不于进只动发返到况把录超来指们顺规且扇之",
        strict=True,
    )
)
_REGIONS = {
    "hk": [
        "香港",
        "港府",
        "港元",
        "立法會",
        "嘅",
        "咗",
        "嚟",
        "啲",
        "喺",
        "嗰",
    ],
    "tw": ["臺灣", "台灣", "臺北", "台北", "新臺幣", "民國", "行政院"],
}
_YEAR = {"民國": r"\s?[一二三四五六七八九十\d]+\s?年"}  # what must stand behind a word
_SIGNS_OF = {
    region: re.compile(
        f"[{''.join(word[0] for word in words)}]"
        f"(?:{'|'.join(f'(?<={word[0]}){word[1:]}' + _YEAR.get(word, '') for word in words)})"
    )
    for region, words in _REGIONS.items()
}
_SIMPLIFIED = "这们国说时对发为个"


PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
# By their private codes: no text with three of them is from elsewhere.
_CANTONESE = frozenset("嘅咗嚟啲喺嗰嘢哋嘞")


def read_fingerprint(text: str, settings: RecoverSettings, shown: re.Pattern[str]) -> Fingerprint:
    """What the extraction did to the characters of this document. ``shown``: the words by which rule C301 tells a broken map."""
    private, hinted = glyphs.private_signs(text)
    rest = uncommon(text)  # searched much faster than the whole
    return Fingerprint(
        private=private,
        hinted=hinted,
        coded_notes=_has_coded_notes(text, private),
        dense=_is_dense(text, rest),
        spaced=_is_spaced(text),
        radicals=_HAS_RADICAL.search(rest) is not None and len(_RADICAL.findall(text)) >= 3,
        kanbun=len(_KANBUN.findall(rest)) >= 3 and _KANBUN_ORDER.search(rest) is None,
        vertical=_is_vertical(text),
        wide=_is_wide(text),
        region=_region(text, rest),
        glyphs=tuple(sorted(settings.glyphs.items())),
        unknown=tuple(sorted(glyphs.unknown_glyphs(text, settings.glyphs).items())) if private else (),
        pairs=tuple(unknown_pairs(text, rest).items()),
        broken=broken_maps.find_broken(codepoints.unified(text), shown),
        glyph_offset=mojibake.glyph_offset(text) if mojibake.EXOTIC_LETTER.search(rest) else None,
    )


def _has_coded_notes(text: str, private: bool) -> bool:
    """Letter pairs at the places of note calls whose numbers run on: bk bl bm (10 11 12); one that ends a sentence, where all else
    shows that the font has such letters.
    """
    numbers = [number_of(m.group()) for m in _CODED_NOTE.finditer(text)]
    if private and len(numbers) == 1:
        return glyphs.calls_by_pairs(text)
    following = sum(1 for a, b in pairwise(numbers) if 0 < b - a <= 2)
    enough = 2 if private else 5
    return following >= enough and following >= 0.6 * (len(numbers) - 1)


def _is_dense(text: str, rest: str) -> bool:
    """Four kinds of such characters, often, in Simplified text, and not beside many more of those meant."""
    found = {wrong: rest.count(wrong) for wrong in occurring(_NEXT, rest)}
    total = sum(found.values())
    if len(found) < 4 or total < 12 or total < 0.004 * len(text):
        return False
    if sum(map(text.count, "國說時對為個學來")) > sum(map(text.count, "国说时对为个学来")):
        return False  # it speaks of them: no Traditional text has them all
    return sum(times * 4 >= text.count(_NEXT[wrong]) for wrong, times in found.items()) >= 4


def _is_spaced(text: str) -> bool:
    if (left := len(_SPACED.findall(text))) < 30:
        return False
    for run in _CLOSE.finditer(text):
        left -= run.end() - run.start() - 1
        if left < 0:
            return False  # as soon as more of them stand close
    return True


def _is_vertical(text: str) -> bool:
    """Three pairs for vertical setting with text between, and hardly more pairs for horizontal: no talk of them."""
    if not has_any(text, _UPRIGHT):
        return False
    pairs = len(_VERTICAL.findall(text))
    if pairs < 3 or re.search("[直豎竖縱纵]排|直書|直书", text):
        return False
    return 2 * pairs >= len(re.findall("[「『（《〈]", text))


def _is_wide(text: str) -> bool:
    wide, narrow = times(text, "，；："), times(text, ",;:")
    return wide >= 20 and (
        wide >= 20 * narrow or wide >= 20 * sum(len(mark.findall(text)) for mark in _HALF_WIDTH)
    )


def _region(text: str, rest: str) -> str:
    found = {region: _count_signs(text, region) for region in _REGIONS}
    found["hk"] += sum(codepoints.hong_kong(c) in _CANTONESE for c in PRIVATE_USE.findall(rest))
    if times(text, _SIMPLIFIED) > 0.02 * len(text):
        return "cn"
    best, other = ("hk", "tw") if found["hk"] > found["tw"] else ("tw", "hk")
    return best if found[best] >= 3 and found[best] >= 2 * found[other] else ""


def _count_signs(text: str, region: str) -> int:
    words = occurring(_REGIONS[region], text)
    if len(words) == 1 and words[0] not in _YEAR:
        return text.count(words[0])
    return len(_SIGNS_OF[region].findall(text)) if words else 0
