"""Character styles for what is two things at once: protected and emphasised, strong and dotted.

A run has one style (ISO/IEC 29500-1 §17.3.2.29), so the second would have to be formatted by hand. Here it is a style
of its own, based on the first, that looks like the second too and is named by both: «Keep Han Emphasis».
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree

from pipeline.document import word

ADDED = tuple(name.replace(" ", "") for name in word.ADDED_STYLES)  # the longer one first


def add_combined(styles: etree._Element, parts: Iterable[etree._Element]) -> None:
    """Adds to ``styles``, in place, the combinations that the runs of the parts name by ids such as KeepEmphasis."""
    used = {word.value(e) for part in parts for e in word.find(part, ".//w:rStyle")}
    for identifier in sorted(used, key=lambda name: (len(name), name)):
        known = {word.value(s, "w:styleId"): s for s in word.find(styles, "w:style")}
        added = next((a for a in ADDED if identifier.endswith(a)), "")
        base = known.get(identifier.removesuffix(added))
        if identifier not in known and base is not None and added in known:
            styles.append(_combined(identifier, base, known[added]))


def _combined(identifier: str, base: etree._Element, added: etree._Element) -> etree._Element:
    name = " ".join(word.value(word.first(s, "w:name")) for s in (base, added))
    style = word.make("w:style", {"w:type": "character", "w:customStyle": "1", "w:styleId": identifier})
    style.append(word.make("w:name", {"w:val": name}))
    style.append(word.make("w:basedOn", {"w:val": word.value(base, "w:styleId")}))
    look = word.first(added, "w:rPr")
    if look is not None:
        style.append(copy.deepcopy(look))
    return style
