"""What a page may open while it is composed: pictures of the book's own folder, nothing else (promise 8).

WeasyPrint gets ``BookFetcher``, which knows one kind of address, ``fanjian-book:NAME``, and asks ``read_picture``
whether it may be shown; every other address is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from pipeline.editions.pdf.press import PROFILE, convert_picture, read_profile
from pipeline.editions.pictures import SUFFIXES, in_eight_bits, letter_drawing, read_picture
from pipeline.editions.style import Faces

SCHEME = "fanjian-book:"


def book_address(name: str) -> str:
    """The address of a picture of the book's folder, under which the page asks for it."""
    return SCHEME + quote(unquote(name))


class BookFetcher(URLFetcher):  # type: ignore[misc]
    """Opens ``fanjian-book:`` addresses in the folder they lie in and refuses all others; for the press without RGB.

    Drawings are lettered in ``faces``, the house style's, where they name no family of their own.
    """

    def __init__(
        self, folder_of: Callable[[str], Path], for_press: bool = False, faces: Faces | None = None
    ) -> None:
        super().__init__(allowed_protocols=())
        self.folder_of, self.for_press, self.faces = folder_of, for_press, faces

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The picture's bytes. Raises ``ValueError``, which WeasyPrint reports as a picture it could not load."""
        if url == PROFILE and self.for_press:
            return URLFetcherResponse(url, read_profile(), {"Content-Type": "application/vnd.iccprofile"})
        name = url.removeprefix(SCHEME)
        picture = (
            read_picture(name, self.folder_of(name)) if url.startswith(SCHEME) else "is outside the book"
        )
        if isinstance(picture, str):
            raise ValueError(f"{url}: {picture}")
        content, kind, is_drawing = picture.content, picture.media, picture.media == "image/svg+xml"
        if self.faces is not None and is_drawing:
            content = letter_drawing(content.decode("utf-8", "replace"), self.faces).encode("utf-8")
        if not is_drawing:
            content = in_eight_bits(content)
        if self.for_press:
            content = convert_picture(content, SUFFIXES[kind])
            kind = kind if is_drawing else "application/octet-stream"
        return URLFetcherResponse(url, content, {"Content-Type": kind})
