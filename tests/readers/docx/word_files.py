"""Word files as other programs and other people write them, made of XML in the tests themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# As Word in Chinese writes them: built-in names in English, ids that say nothing.
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="footnote text"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="character" w:styleId="a5"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
"""


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a plain text becomes a run."""
    said = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    inner = "".join(c if c.startswith("<") else r(c) for c in content)
    return f"<w:p>{f'<w:pPr>{said}</w:pPr>' if said else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def call(number: int, kind: str = "footnote") -> str:
    """A note call."""
    return f'<w:r><w:rPr><w:rStyle w:val="a5"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def notes(kind: str, *bodies: str) -> str:
    """The part that holds the notes' bodies, numbered from 1."""
    made = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:pPr><w:pStyle w:val="a4"/></w:pPr><w:r><w:rPr><w:rStyle w:val="a5"/></w:rPr><w:{kind}Ref/></w:r>{r(" " + b)}</w:p></w:{kind}>'
        for n, b in enumerate(bodies, 1)
    )
    return f"<w:{kind}s {NAMESPACES}>{made}</w:{kind}s>"


def word_file(
    *body: str, styles: str = "", numbering: str = "", parts: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A Word file. ``parts``: further parts of word/ by their name: "footnotes", "endnotes", "media/a.png"."""
    more = dict(parts or {})
    if numbering:
        more["numbering"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
    out = io.BytesIO()
    kinds = {name: name.split("/")[0] for name in more}
    relations = "".join(
        f'<Relationship Id="r{kinds[name] if "/" not in name else name.split("/")[1].split(".")[0]}" Type="{RELATIONS}/{"image" if "/" in name else name}" Target="{name}{"" if "/" in name else ".xml"}"/>'
        for name in more
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
            + "".join(
                f'<Override PartName="/word/{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{n}+xml"/>'
                for n in ("styles", *(m for m in more if "/" not in m))
            )
            + "</Types>",
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rs" Type="{RELATIONS}/styles" Target="styles.xml"/>{relations}</Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", f"<w:styles {NAMESPACES}>{styles or STYLES}</w:styles>")
        for name, text in more.items():
            archive.writestr(f"word/{name}" + ("" if "/" in name else ".xml"), text)
    return out.getvalue()
