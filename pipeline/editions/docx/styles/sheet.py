"""What a style is written with: measures in twips and characters, run properties, the style's own element."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.editions.docx.styles.names import BUILT_IN, identifier_of
from pipeline.editions.style import Style, TextStyle


@dataclass(frozen=True)
class Sheet:
    """What styles are made of: the house style, the edition's language, the body's line in twips."""

    style: Style
    lang: str
    characters: int  # of the measure

    @property
    def pitch(self) -> int:
        """The baseline grid in twips."""
        return twips(self.style.text.leading)

    def fonts(self, role: str) -> str:
        """``w:rFonts``: East Asian and Latin faces apart."""
        faces = self.style.faces_of(self.lang)
        latin = faces.latin.sans if role == "hei" else faces.latin.serif
        return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{faces.of(role).word}" w:cs="{latin}"/>'

    def run(self, role: str, size: float, bold: bool = False, extra: str = "") -> str:
        """Run properties of a text in this face and size."""
        heavy = "<w:b/><w:bCs/>" if bold else ""
        half = round(size * 2)
        return f'{self.fonts(role)}{heavy}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{extra}'

    def text(self, text: TextStyle) -> str:
        """Run properties of a running text."""
        return self.run(text.face, text.size)


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def indent(first: float, size: float, left: float = 0, right: float = 0) -> str:
    """``w:ind`` in characters, with the same in twips."""
    parts = []
    for name, chars in (("left", left), ("right", right), ("firstLine", first)):
        parts.append(f'w:{name}Chars="{round(chars * 100)}" w:{name}="{twips(chars * size)}"')
    return f"<w:ind {' '.join(parts)}/>"


def lines(text: TextStyle) -> str:
    """``w:spacing`` of a text with its own leading, off the page's grid."""
    return (
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(text.leading)}" w:lineRule="exact"/>'
    )


def on_grid(text: TextStyle) -> str:
    """``w:spacing`` of running text: its leading exactly, so that no face of whatever height spreads a line.

    The leading is the grid's own; snapping would do nothing in Word, and LibreOffice snaps hanging lines twice.
    """
    return lines(text)


def room(before: float, after: float, pitch: int, size: float = 0) -> str:
    """``w:spacing`` before and after in lines of the grid; with a ``size``, lines of one and a half of it."""
    leading = f' w:line="{twips(size * 1.5)}" w:lineRule="exact"' if size else ""
    off = '<w:snapToGrid w:val="0"/>' if size else ""
    return (
        f"{off}"
        f'<w:spacing w:beforeLines="{round(before * 100)}" w:before="{round(before * pitch)}" '
        f'w:afterLines="{round(after * 100)}" w:after="{round(after * pitch)}"{leading}/>'
    )


def write_style(
    kind: str,
    identifier: str,
    name: str,
    based: str,
    ppr: str,
    rpr: str,
    *,
    following: str = "",
    default: bool = False,
    quick: bool = False,
) -> str:
    """A ``w:style``; one of Word's own is told by its name."""
    built_in = name[0].islower() or name in BUILT_IN
    marks = (' w:default="1"' if default else "") + ("" if built_in else ' w:customStyle="1"')
    return (
        f'<w:style w:type="{kind}"{marks} w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + ("<w:qFormat/>" if quick else "")
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def paragraph(name: str, based: str, ppr: str, rpr: str = "", following: str = "", quick: bool = True) -> str:
    """A paragraph style whose id is its name without blanks, as Word makes them."""
    return write_style(
        "paragraph", identifier_of(name), name, based, ppr, rpr, following=following, quick=quick
    )
