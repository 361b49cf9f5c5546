"""Formulas in recognised text: between dollars or TeX's own brackets; what engines write so and is none.

Comes in: a stretch of the source. Goes out: whether it is a formula, a number, a raised number.
"""

from __future__ import annotations

import re

from pipeline.note_signs import RAISING

_FORMULA = r"(?:(?!\\[()\[\]]|\n[ \t]*\n)[^\u3400-\u9fff]){1,2000}"
FORMULA_TOKEN = (  # between TeX's own brackets; a kind of source puts it before the shared tokens
    rf"(?P<formula>\\\((?P<inline>{_FORMULA})\\\)|\\\[(?P<display>{_FORMULA})\\\])"
)
LONE_BACKSLASH = re.compile(r"[^\\]\\(?!\\[A-Za-z])")  # TeX's space, at a formula's end
_TEX = re.compile(r"\\[A-Za-z]{2}|\^|_\{|\\[,;!\\%]")  # what no prose has
_SHORT_TEX = re.compile(r"\s*[A-Za-z]'?\s*$|[^\s=<>+]\s*[=<>+_]\s*[^\s=<>+]")
NUMBERS = re.compile(r"\$[ ]?[0-9](?:[0-9 .,:/+–—-]|\\%|\\sim(?![a-z])|%|~)*\$")
RAISED_NUMBERS = re.compile(
    rf"\${RAISING}(?:\\(?:text|mathrm)\s*\{{)?(?P<inner>\[?[0-9]+(?:[,，、~–-][0-9]+)*\]?)[\s}}]*\$"
)


def plain_number(formula: str) -> str:
    """A number or range in a formula, without TeX's spaces and signs.

    TeX's ``~`` is a space: between digits that an engine spaced, it parts thousands.
    """
    inner = re.sub(r"\\sim", "\N{TILDE OPERATOR}", formula[1:-1])
    if re.search(r"[0-9] [0-9]", inner):
        inner = re.sub(r"(?<=[0-9])\s*~\s*(?=[0-9](?:\s?[0-9]){2}(?!\s?[0-9]))", "\N{NO-BREAK SPACE}", inner)
    bare = re.sub(r"[ \t\n\\{}]", "", inner)
    return bare.replace("\N{TILDE OPERATOR}", "~").replace("\N{NO-BREAK SPACE}", " ")


def is_formula(match: re.Match[str]) -> bool:
    """Whether TeX's brackets hold TeX: ``\\[`` is Markdown's escaped bracket as well."""
    if match["display"]:
        return _TEX.search(match["display"]) is not None and "//" not in match["display"]
    inline = match["inline"]
    is_short = _SHORT_TEX.search(inline) is not None and re.search("[A-Za-z]{3}", inline) is None
    return (is_short or _TEX.search(inline) is not None) and "//" not in inline
