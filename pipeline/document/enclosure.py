"""The master that an edition was made from, enclosed in its Word file, so that the way back can lay one over
the other.

A custom XML part (ISO/IEC 29500-1 §15.2.5): Word and LibreOffice carry it along when they save the file. In it
stand the master's text and the document that was written, compressed. A file without one, or with a
spoiled one, is read for what it says itself.
"""

from __future__ import annotations

import base64
import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import panflute as pf
from lxml import etree

from pipeline.document import ast

NAMESPACE = "urn:fanjian:master"
FOLDER = "customXml"
ITEM, PROPERTIES = f"{FOLDER}/item1.xml", f"{FOLDER}/itemProps1.xml"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
IDENTIFIER = "{6F2C1B9E-5B1D-4C0A-9E57-7A0D5C3E1F42}"
LARGEST = 200_000_000  # bytes, unpacked


@dataclass(frozen=True)
class Enclosed:
    """``master`` is the text; ``made`` the document that was written, in the edition's script ``lang``."""

    master: str
    made: pf.Doc
    lang: str


def enclose(master: str, made: pf.Doc, lang: str) -> etree._Element:
    """The part that holds both."""
    content = {"master": master, "made": json.loads(ast.dump(made)), "lang": lang}
    packed = lzma.compress(json.dumps(content, ensure_ascii=False).encode("utf-8"), preset=6)
    root = etree.Element(f"{{{NAMESPACE}}}enclosed", nsmap=cast(Any, {None: NAMESPACE}))
    root.text = base64.b64encode(packed).decode("ascii")
    return root


def describe() -> etree._Element:
    """The part that Word wants beside it: its identifier and its namespace."""
    root = etree.Element(f"{{{STORE}}}datastoreItem", nsmap={"ds": STORE})
    root.set(f"{{{STORE}}}itemID", IDENTIFIER)
    references = etree.SubElement(root, f"{{{STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{STORE}}}schemaRef").set(f"{{{STORE}}}uri", NAMESPACE)
    return root


def find_enclosed(parts: Mapping[str, bytes]) -> Enclosed | None:
    """What the parts of a Word file enclose; none where they enclose nothing that can be read."""
    for name, data in parts.items():
        if not (name.startswith(f"{FOLDER}/") and NAMESPACE.encode() in data[:400]):
            continue
        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
            if root.tag != f"{{{NAMESPACE}}}enclosed":
                continue
            unpacker = lzma.LZMADecompressor()
            content = json.loads(unpacker.decompress(base64.b64decode(root.text or ""), LARGEST))
            made = ast.load(json.dumps(content["made"]).encode("utf-8"))
            return Enclosed(str(content["master"]), made, str(content["lang"]))
        except Exception:  # whatever a part that somebody spoiled makes of these libraries
            return None
    return None
