"""Pictures of the book's own folder, judged once for all formats: what one edition shows, all show.

Comes in: an address as the master has it, and the folder it is looked for in. Goes out: the picture, known by its bytes
and not by its name. Refused, in a sentence: addresses on a network, files outside the folder, kinds that EPUB 3.3
does not name as core media types, damaged files, SVG with scripts or references to the outside (promise 8).
"""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from PIL import Image, ImageFile

from pipeline.editions.style import Faces

LARGEST = 40_000_000  # bytes of one picture
SVG = "image/svg+xml"
SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    SVG: ".svg",
}
_SIGNS = {
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
OUTWARD = re.compile(r"""@import|url\(\s*["']?(?![\s"'\#]|data:image/)""", re.IGNORECASE)  # in CSS
_ROLES = {"serif": "song", "sans-serif": "hei", "monospace": "hei", "cursive": "kai"}
_FAMILY = re.compile(r"""(font-family\s*(?:=\s*["']|:\s*))([^;<>}]+?)(?=["']\s|["']/|["']>|[;}])""")
_GENERIC = re.compile(r"(?<![\w'-])(?:sans-serif|serif|monospace|cursive)(?![\w'-])", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A picture: its name, its media type and its bytes."""

    name: str
    media: str
    content: bytes


def read_picture(address: str, folder: Path) -> Picture | str:
    """The picture at an address inside ``folder``, or the sentence that says why not."""
    if said := _refuse_address(address, folder):
        return f"the picture {address[:80]} {said}"
    path = (folder / unquote(urlsplit(address).path)).resolve()
    try:
        if path.stat().st_size > LARGEST:
            return f"the picture {address} has more than {LARGEST // 1_000_000} MB; it is left out. Make it smaller."
        content = path.read_bytes()
    except OSError as e:
        return f"the picture {address} cannot be read ({e.strerror}); it is left out. Mend the file."
    media, said = _judge(content)
    if said:
        return f"the picture {address} {said}; it is left out. Save it anew in one of the kinds PNG, JPEG, GIF, WebP or SVG."
    return Picture(address, media, content if media != SVG else _in_utf8(content))


def _refuse_address(address: str, folder: Path) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return "is not a file of the book; it is left out. Put it into the book's folder."
    path = (folder / unquote(parts.path)).resolve()
    if not path.is_relative_to(folder.resolve()):
        return "lies outside the book's folder; it is left out. Copy it into the folder."
    if not path.is_file():
        return "is not there; it is left out. Put it into the book's folder."
    return ""


_judged: dict[bytes, tuple[str, str]] = {}  # by digest: each format of an edition asks, and decoding is slow


def _judge(content: bytes) -> tuple[str, str]:
    """A picture's media type, and what is wrong with it: of these very bytes, whatever becomes of the file."""
    key = hashlib.sha256(content).digest()
    if key not in _judged:
        _judged[key] = _look(content)
    return _judged[key]


def _look(content: bytes) -> tuple[str, str]:
    media = next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), "")
    if media:
        return media, _damage(content)
    return SVG, _refuse_svg(content)


def _damage(content: bytes) -> str:
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint sets it, and shows what is lost in black
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.draft("L", (1, 1))  # JPEG: as coarsely as can be, which is quick
            picture.load()
    except Image.DecompressionBombError:
        return "has too many pixels"
    except Exception:  # whatever a broken file makes of the library
        return "is damaged"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return ""


def _in_utf8(drawing: bytes) -> bytes:
    """A drawing of another encoding (GB2312, UTF-16) in the one that e-books want and all that follows reads."""
    try:
        drawing.decode("utf-8")
    except UnicodeDecodeError:
        tree = etree.fromstring(drawing, PARSER).getroottree()
        return etree.tostring(tree, encoding="UTF-8", xml_declaration=True)
    return drawing


def _refuse_svg(content: bytes) -> str:
    """Why an SVG may not go into a book; empty when it may."""
    try:
        root = etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError:
        return "is no picture"
    if etree.QName(root).localname != "svg":
        return "is no picture"
    if root.getroottree().xpath("//processing-instruction('xml-stylesheet')"):
        return "refers to something outside"
    for node in root.iter("{*}*"):
        if etree.QName(node).localname in ("script", "foreignObject", "iframe", "handler"):
            return "holds a script or foreign content"
        if etree.QName(node).localname == "style" and OUTWARD.search("".join(map(str, node.itertext()))):
            return "refers to something outside"
        for key, given in node.attrib.items():
            name, value = str(key).rpartition("}")[2], str(given)
            leads_out = name in ("href", "src") and not value.startswith(("#", "data:image/"))
            if leads_out or name.startswith("on") or OUTWARD.search(value):
                return "holds a script or refers to something outside"
    return ""


def in_eight_bits(content: bytes) -> bytes:
    """A raster picture with its greys of sixteen bits in eight, as scanners and PDF differ: WeasyPrint prints them black."""
    picture: Image.Image = Image.open(io.BytesIO(content))
    if not picture.mode.startswith("I"):
        return content
    out = io.BytesIO()
    picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L").save(out, "PNG")
    return out.getvalue()


def letter_drawing(drawing: str, faces: Faces) -> str:
    """An SVG with the house style's families in place of generic ones, which would be the system's.

    Song for ``serif`` and where nothing is said, Hei for ``sans-serif`` and ``monospace``, Kai for ``cursive``.
    """

    def family(match: re.Match[str]) -> str:
        return match[1] + _GENERIC.sub(lambda name: names[name[0].lower()], match[2])

    names = {
        generic: ", ".join(f"'{name}'" for name in faces.of(role).print) for generic, role in _ROLES.items()
    }
    out = _FAMILY.sub(family, drawing)
    root = re.search(r"<svg\b[^>]*>", out)
    if root is None or _FAMILY.search(root[0]):
        return out
    return f'{out[: root.start()]}<svg font-family="{names["serif"]}"{out[root.start() + 4 :]}'
