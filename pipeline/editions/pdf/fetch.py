"""What a page may open while it is composed: pictures of the book's own folder, nothing else (promise 8).

WeasyPrint gets ``BookFetcher``, which knows one kind of address, ``fanjian-book:NAME``. Only ``book_address``
makes such addresses, from names that lie in the book's folder; every other address is refused.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from pipeline.editions.pdf.press import PROFILE, convert_picture, read_profile
from pipeline.editions.style import Faces

SCHEME = "fanjian-book:"
ROLES = {"serif": "song", "sans-serif": "hei", "monospace": "hei", "cursive": "kai"}
FAMILY = re.compile(r"""(font-family\s*(?:=\s*["']|:\s*))([^;<>}]+?)(?=["']\s|["']/|["']>|[;}])""")
GENERIC = re.compile(r"(?<![\w'-])(?:sans-serif|serif|monospace|cursive)(?![\w'-])", re.IGNORECASE)
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".tif", ".tiff")


def book_address(folder: Path, name: str) -> str:
    """The address of a picture in the book's folder; empty when it is none, lies outside or is not there."""
    if not name or ":" in name.split("/")[0] or name.startswith(("/", "\\")) or "\x00" in name:
        return ""
    file = (folder / unquote(name)).resolve()
    if not file.is_relative_to(folder.resolve()) or file.suffix.lower() not in PICTURES or not file.is_file():
        return ""
    return SCHEME + quote(file.relative_to(folder.resolve()).as_posix())


def letter_drawing(drawing: str, faces: Faces) -> str:
    """An SVG with the house style's families in place of generic ones, which would be the system's.

    Song for ``serif`` and where nothing is said, Hei for ``sans-serif`` and ``monospace``, Kai for ``cursive``.
    """

    def family(match: re.Match[str]) -> str:
        return match[1] + GENERIC.sub(lambda name: names[name[0].lower()], match[2])

    names = {
        generic: ", ".join(f"'{name}'" for name in faces.of(role).print) for generic, role in ROLES.items()
    }
    out = FAMILY.sub(family, drawing)
    root = re.search(r"<svg\b[^>]*>", out)
    if root is None or FAMILY.search(root[0]):
        return out
    return f'{out[: root.start()]}<svg font-family="{names["serif"]}"{out[root.start() + 4 :]}'


class BookFetcher(URLFetcher):  # type: ignore[misc]
    """Opens ``fanjian-book:`` addresses in the folder they lie in and refuses all others; for the press without RGB.

    Drawings are lettered in ``faces``, the house style's, where they name no family of their own.
    """

    def __init__(
        self, folder_of: Callable[[str], Path], for_press: bool = False, faces: Faces | None = None
    ) -> None:
        super().__init__(allowed_protocols=())
        self.folder_of, self.for_press, self.faces = folder_of, for_press, faces
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The picture's bytes. Raises ``ValueError``, which WeasyPrint reports as a picture it could not load."""
        if url == PROFILE and self.for_press:
            return URLFetcherResponse(url, read_profile(), {"Content-Type": "application/vnd.iccprofile"})
        folder = self.folder_of(url.removeprefix(SCHEME))
        if not url.startswith(SCHEME) or not (
            address := book_address(folder, unquote(url.removeprefix(SCHEME)))
        ):
            self.refused.append(url)
            raise ValueError(f"{url} is outside the book")
        file = folder / unquote(address.removeprefix(SCHEME))
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        content = file.read_bytes()
        if self.faces is not None and file.suffix.lower() == ".svg":
            content = letter_drawing(content.decode("utf-8", "replace"), self.faces).encode("utf-8")
        if self.for_press:
            content = convert_picture(content, file.suffix.lower())
            kind = kind if kind == "image/svg+xml" else "application/octet-stream"
        return URLFetcherResponse(url, content, {"Content-Type": kind})
