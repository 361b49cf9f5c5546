"""The conversion: how fast it is, and what changes on the way Traditional → Simplified → Traditional.

A character that comes back as another one shows either a choice that the way back cannot know (台 and 臺) or a
word that the tables lack. Measured over the sample books, and over the folder that FANJIAN_CORPUS names.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections import Counter
from pathlib import Path

from pipeline.hanzi import convert_text, detect_region, detect_script
from pipeline.hanzi.engine import describe
from pipeline.settings import HANS, HANT, HanziSettings

ROOT = Path(__file__).resolve().parent.parent
MARKS = HanziSettings(punctuation="keep")
SHOWN = 40  # kinds of differences listed for a text
AROUND = 3


def main() -> None:
    """Prints a line per text, and the differences of its round trip."""
    convert_text("乾", HANS, MARKS)
    print(f"library: {describe()}")
    for path in _texts():
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8", errors="replace"))
        script = detect_script(text)
        if script == HANT:
            _round_trip(path, text)
        else:
            seconds = _seconds(text, HANT)
            print(f"{path.name}: {len(text)} characters, Simplified, to Traditional {seconds:.2f} s")


def _texts() -> list[Path]:
    found = [
        p for p in (ROOT / "sources").rglob("*") if p.suffix in {".txt", ".md"} and p.name != "README.md"
    ]
    corpus = os.environ.get("FANJIAN_CORPUS")
    if corpus:
        found += Path(corpus).glob("*.txt")
    return sorted(found)


def _seconds(text: str, to: str) -> float:
    begun = time.perf_counter()
    convert_text(text, to, MARKS)  # type: ignore[arg-type]
    return time.perf_counter() - begun


def _round_trip(path: Path, text: str) -> None:
    region = "hk" if detect_region(text) == "hk" else "tw"
    begun = time.perf_counter()
    there = convert_text(text, HANS, MARKS, "zh-Hant").text
    middle = time.perf_counter()
    back = convert_text(there, HANT, MARKS, "zh-Hans", region).text  # type: ignore[arg-type]
    end = time.perf_counter()
    differences: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], str] = {}
    if len(back) == len(text):
        for at, (one, other) in enumerate(zip(text, back, strict=True)):
            if one != other:
                differences[one, other] += 1
                where.setdefault((one, other), text[max(0, at - AROUND) : at + AROUND + 1].replace("\n", "⏎"))
    share = sum(differences.values()) / max(1, len(text))
    print(
        f"{path.name}: {len(text)} characters, to Simplified {middle - begun:.2f} s, back {end - middle:.2f} s; "
        f"{sum(differences.values())} come back otherwise ({share:.2%})"
    )
    for (one, other), count in differences.most_common(SHOWN):
        print(f"  {one} → {other} ×{count}  {where[one, other]}")


if __name__ == "__main__":
    main()
