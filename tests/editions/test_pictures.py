"""Pictures: what one edition shows, all show; what is refused is refused in one sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from pipeline.editions.docx import make_docx
from pipeline.editions.docx.pictures import for_word
from pipeline.editions.epub import make_epub
from pipeline.editions.pdf import make_pdf
from pipeline.editions.pictures import Picture, read_picture
from pipeline.editions.style.load import load_style
from tests.editions import books

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'


def picture(kind: str, mode: str = "RGB", size: int = 64) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise((size, size), 90).convert(mode)
    noise.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.png", picture("PNG", "LA"), "image/png"),
        ("cmyk.jpg", picture("JPEG", "CMYK"), "image/jpeg"),
        ("misnamed.png", picture("WEBP"), "image/webp"),
        ("a.gif", picture("GIF", "P"), "image/gif"),
        ("a.svg", DRAWING.format("").encode(), "image/svg+xml"),
        ("with blank.png", picture("PNG"), "image/png"),
    ],
)
def test_a_picture_is_known_by_its_bytes(tmp_path: Path, name: str, content: bytes, media: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = read_picture(name.replace(" ", "%20"), tmp_path)
    assert isinstance(found, Picture) and (found.media, found.content) == (media, content)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.png", picture("PNG")[:300], "is damaged"),
        ("cut.jpg", picture("JPEG")[:400], "is damaged"),
        ("head.jpg", b"\xff\xd8\xff\xe0", "is damaged"),
        ("empty.png", b"", "is no picture"),
        ("text.png", b"no picture", "is no picture"),
        ("script.svg", DRAWING.format("<script>1</script>").encode(), "holds a script"),
        ("out.svg", DRAWING.format('<image href="http://example.org/a.png"/>').encode(), "outside"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_all_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    book = books.edition(f"---\ntitle: 甲\n---\n\n# 章\n\n![圖]({name})\n", folder=tmp_path)
    made = [
        make_pdf(book, tmp_path / "a.pdf").findings,
        make_epub(book, tmp_path / "a.epub").findings,
        make_docx(book, tmp_path / "a.docx").findings,
    ]
    assert made[0] == made[1] == made[2]
    assert [f.rule for f in made[0]] == ["L92"]
    assert says in made[0][0].message and name in made[0][0].message


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://example.org/a.png", "not a file of the book"),
        ("../../etc/passwd", "lies outside"),
        ("%2e%2e/a.png", "lies outside"),
        ("none.png", "is not there"),
    ],
)
def test_pictures_come_from_the_book_alone(tmp_path: Path, address: str, says: str) -> None:
    found = read_picture(address, tmp_path)
    assert isinstance(found, str) and says in found


def test_word_gets_kinds_that_every_word_shows() -> None:
    faces = load_style().faces_of("zh-Hant-TW")
    for one in (
        Picture("a.webp", "image/webp", picture("WEBP")),
        Picture("a.svg", "image/svg+xml", DRAWING.format('<rect width="9" height="9"/>').encode()),
    ):
        shown = for_word(one, faces)
        assert isinstance(shown, Picture) and shown.media == "image/png"
