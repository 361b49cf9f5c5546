"""In which language and script is a text? Characters that only one of the two scripts has decide."""

from __future__ import annotations

import re

from pipeline.recovery.wording.occurrence import occurring, times

# The commonest characters whose forms differ, each with its counterpart in the other row.
_HANT = "這個們來時國為說會對過還後將從開關問學樣經書應實現點當動種爲發機進業東義無與產長萬"
_HANS = "这个们来时国为说会对过还后将从开关问学样经书应实现点当动种发机进业东义无与产长万"
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
SAMPLE = 60_000  # characters
HARDLY = 20  # one in so many characters


def detect_script(text: str) -> str:
    """``zh-Hant``, ``zh-Hans``, or ``en`` for a text with hardly a Han character; "" when nothing decides.

    >>> detect_script("這個國家的歷史"), detect_script("这个国家的历史"), detect_script("A history")
    ('zh-Hant', 'zh-Hans', 'en')
    """
    sample = text if len(text) <= SAMPLE else text[: SAMPLE // 2] + text[len(text) // 2 :][: SAMPLE // 2]
    if not _has_han(sample):
        return "en" if re.search("[A-Za-z]{2}", sample) else ""
    hant, hans = _weigh(sample)
    if hant == hans:
        return "zh-Hant" if sample.strip() else ""
    return "zh-Hant" if hant > hans else "zh-Hans"


def _has_han(text: str) -> bool:
    """Whether a text has more than hardly a Han character; of most, the beginning says so."""
    wanted = len(text.strip())
    han = 0
    for run in _HAN.finditer(text):
        han += run.end() - run.start()
        if han * HARDLY >= wanted:
            return True
    return not wanted


def _weigh(text: str) -> tuple[int, int]:
    """How much a text has of each script's own characters; where it has those of one script alone, how many different ones."""
    hant, hans = occurring(_HANT, text), occurring(_HANS, text)
    if not hant or not hans:
        return len(hant), len(hans)
    return times(text, hant), times(text, hans)
