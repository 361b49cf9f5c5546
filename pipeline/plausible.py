"""Which values of a setting cannot be meant, beyond its type: a 13th month, an ISBN that does not add up.

They are refused while settings are read, so that no book begins and then stops halfway through its editions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

# ISO 639 tags of Chinese: an edition in Traditional or Simplified characters is written in one of these.
CHINESE: Final = frozenset(
    ["zh", "cmn", "lzh", "yue", "wuu", "hak", "nan", "gan", "hsn", "cdo", "cjy", "cpx", "mnp", "czh", "czo"]
)
NO_CHINESE: Final = "which is no tag of Chinese (BCP 47). Write zh-Hant, zh-Hans, zh-Hant-TW or the like."
WIDEST_BLEED = 30.0  # millimetres; printers ask for 3 to 5


def find_fault(section: str, key: str, value: Any, folder: Path) -> str:
    """What is wrong with a value of the right type, and what to write instead; empty when it can be meant."""
    check = CHECKS.get((section, key))
    return check(value, folder) if check and value != "" else ""


def _date(value: str, _: Path) -> str:
    return find_date_fault(value)


def find_date_fault(value: str) -> str:
    """What is wrong with a date of which month or day may be missing (ISO 8601); empty where nothing is, or there is none.

    >>> find_date_fault("2026-02"), find_date_fault("2026-02-30")
    ('', "is '2026-02-30', and there is no such day. Write it as YYYY, YYYY-MM or YYYY-MM-DD.")
    """
    if not value:
        return ""
    wanted = "Write it as YYYY, YYYY-MM or YYYY-MM-DD."
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?", value)
    if not found:
        return f"is {value!r}, which is no date. {wanted}"
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return f"is {value!r}, and there is no such day. {wanted}"
    return ""


def _lang(value: str, _: Path) -> str:
    return "" if is_chinese(value) else f"is {value!r}, {NO_CHINESE}"


def is_chinese(tag: str) -> bool:
    """Whether it is a language tag of Chinese.

    >>> is_chinese("zh-Hant-TW"), is_chinese("zh_TW"), is_chinese("en")
    (True, False, False)
    """
    first, *others = tag.split("-")
    return first.lower() in CHINESE and all(re.fullmatch(r"[A-Za-z0-9]{1,8}", part) for part in others)


def _isbn(value: str, _: Path) -> str:
    digits = re.sub(r"[\s-]", "", value.upper().removeprefix("ISBN").lstrip(": "))
    if re.fullmatch(r"\d{13}", digits):
        right = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        right = sum((10 - i) * (10 if d == "X" else int(d)) for i, d in enumerate(digits)) % 11 == 0
    else:
        return f"is {value!r}. An ISBN has 13 digits, or 10."
    return "" if right else f"is {value!r}, whose check digit is wrong. Compare it with the publisher's."


def _bleed(value: float, _: Path) -> str:
    if math.isfinite(value) and 0 <= value <= WIDEST_BLEED:
        return ""
    return f"is {value:g}. It must be between 0 and {WIDEST_BLEED:g} millimetres."


def _file(value: str, folder: Path) -> str:
    path = folder / value
    if not path.resolve().is_relative_to(folder.resolve()):
        return f"{value!r} lies outside the book's folder. Copy it there."
    if path.is_dir():
        return f"{value!r} is a folder. Name one file."
    if not path.is_file():
        return f"{value!r} is not there. Put the file into the book's folder, or correct the name."
    return ""


def _some(value: tuple[str, ...], _: Path) -> str:
    return "" if value else "is empty. Name at least one, or leave the key out."


def _keys(value: Mapping[str, str], _: Path) -> str:
    return "has an empty key. Leave that line out." if "" in value else ""


def _words(value: tuple[str, ...], _: Path) -> str:
    return "holds an empty text. Leave it out." if "" in value else ""


def _decisions(value: Mapping[str, str], _: Path) -> str:
    wrong = next((k for k, v in value.items() if v not in ("accept", "refuse")), None)
    return "" if wrong is None else f"{wrong} is {value[wrong]!r}. It must be 'accept' or 'refuse'."


CHECKS: Final[dict[tuple[str, str], Callable[[Any, Path], str]]] = {
    ("book", "source"): _file,
    ("book", "lang"): _lang,
    ("book", "date"): _date,
    ("book", "isbn"): _isbn,
    ("book", "cover"): _file,
    ("recover", "glyphs"): _keys,
    ("recover", "running_heads"): _words,
    ("recover", "decisions"): _decisions,
    ("hanzi", "keep"): _words,
    ("hanzi", "decisions"): _keys,
    ("page", "bleed"): _bleed,
    ("docx", "reference"): _file,
    ("editions", "style"): _file,
    ("editions", "scripts"): _some,
    ("editions", "formats"): _some,
}
