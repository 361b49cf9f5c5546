"""A Word file as a package of parts (ISO/IEC 29500-2): parts, content types, relationships.

Comes in: the bytes of a DOCX. Goes out: bytes that are the same from run to run: parts in a fixed order,
one date for all.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from datetime import datetime
from typing import Any, cast

from lxml import etree

from pipeline.document import word

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
FOOTNOTES, FONTS, COMMENTS = "word/footnotes.xml", "word/fontTable.xml", "word/comments.xml"
NUMBERING = "word/numbering.xml"
CORE, CUSTOM, APP, TYPES = (
    "docProps/core.xml",
    "docProps/custom.xml",
    "docProps/app.xml",
    "[Content_Types].xml",
)
TYPE_BASE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
RELATION_BASE = word.NAMESPACES["r"] + "/"


class Package:
    """The parts of one Word file by name. Trees are parsed once and written when the package is."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
        self._trees: dict[str, etree._Element] = {}

    def tree(self, name: str) -> etree._Element:
        """A part's XML; what is changed in it is written."""
        if name not in self._trees:
            self._trees[name] = word.parse(self.parts[name])
        return self._trees[name]

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self.parts

    def put(self, name: str, root: etree._Element, content_type: str = "") -> None:
        """Adds a part or puts another in its place."""
        self._trees[name] = root
        self.parts[name] = b""
        if content_type:
            self._declare(name, content_type)

    def remove(self, name: str) -> None:
        """Takes a part out, with its declaration and the relationships to it."""
        self.parts.pop(name, None)
        self._trees.pop(name, None)
        for override in list(self.tree(TYPES)):
            if override.get("PartName") == f"/{name}":
                self.tree(TYPES).remove(override)
        for relations in [n for n in self.parts if n.endswith(".rels")]:
            base = posixpath.dirname(posixpath.dirname(relations))
            for relation in list(self.tree(relations)):
                target = posixpath.normpath(posixpath.join(base, (relation.get("Target") or "").lstrip("/")))
                if name in (target, (relation.get("Target") or "").lstrip("/")):
                    self.tree(relations).remove(relation)

    def relate(self, kind: str, target: str, source: str = DOCUMENT) -> str:
        """The id of a relationship from ``source`` to a part beside it; made when there is none."""
        folder, file = posixpath.split(source)
        name = f"{folder}/_rels/{file}.rels"
        if not self.has(name):
            self.put(
                name,
                etree.Element(
                    f"{{{word.PACKAGE_RELATIONS}}}Relationships",
                    nsmap=cast(Any, {None: word.PACKAGE_RELATIONS}),
                ),
            )
        relations = self.tree(name)
        for relation in relations:
            if relation.get("Type") == RELATION_BASE + kind and relation.get("Target") == target:
                return relation.get("Id") or ""
        taken = {relation.get("Id") for relation in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"fj{n}" not in taken)
        etree.SubElement(
            relations,
            f"{{{word.PACKAGE_RELATIONS}}}Relationship",
            Id=f"fj{number}",
            Type=RELATION_BASE + kind,
            Target=target,
        )
        return f"fj{number}"

    def _declare(self, name: str, content_type: str) -> None:
        types = self.tree(TYPES)
        for override in types:
            if override.get("PartName") == f"/{name}":
                override.set("ContentType", content_type)
                return
        etree.SubElement(
            types, f"{{{word.CONTENT_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type
        )

    def write(self, date: datetime) -> bytes:
        """The package as a zip: content types first, the rest by name, all with one date."""
        for name, root in self._trees.items():
            self.parts[name] = word.serialize(root)
        moment = (max(date.year, 1980), date.month, date.day, date.hour, date.minute, date.second)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.parts, key=lambda n: (n != TYPES, n != "_rels/.rels", n)):
                info = zipfile.ZipInfo(name, moment)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                info.create_system = 3
                archive.writestr(info, self.parts[name])
        return out.getvalue()
