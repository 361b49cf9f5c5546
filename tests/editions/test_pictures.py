"""Pictures: what one edition shows, all show; what is refused is refused in one sentence."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from pipeline.editions.docx import make_docx
from pipeline.editions.docx.pictures import for_word
from pipeline.editions.epub import make_epub
from pipeline.editions.pdf import make_pdf
from pipeline.editions.pictures import Picture, read_picture
from pipeline.editions.style.load import load_style
from pipeline.proof.docx_conformance import check_docx
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
        ("own.svg", DRAWING.format("<path style='fill: url( \"#x\" )'/>").encode(), "image/svg+xml"),
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
        ("import.svg", DRAWING.format("<style>@import 'a.css';</style>").encode(), "outside"),
        ("paint.svg", DRAWING.format("<path fill='url(http://example.org/a.svg#x)'/>").encode(), "outside"),
        ("face.svg", DRAWING.format("<style>@font-face { src: url( a.ttf ) }</style>").encode(), "outside"),
        ("sheet.svg", b"<?xml-stylesheet href='a.css'?>" + DRAWING.format("").encode(), "outside"),
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


@pytest.mark.parametrize(
    ("size", "inches"),
    [
        ('width="96" height="48"', (1.0, 0.5)),
        ('viewBox="0 0 20 10"', (6.667, 3.333)),
        ('width="48mm" height="24mm"', (1.89, 0.945)),
    ],
)
def test_a_drawing_has_its_own_size_in_word(size: str, inches: tuple[float, float]) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect width="9" height="9"/></svg>'
    shown = for_word(Picture("a.svg", "image/svg+xml", drawing.encode()), load_style().faces_of("zh-Hant-TW"))
    assert isinstance(shown, Picture)
    png = Image.open(io.BytesIO(shown.content))
    assert [length / 300 for length in png.size] == pytest.approx(inches, abs=0.01)


def test_a_picture_is_read_once_and_its_very_bytes_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(picture("PNG", "L", 65))
    reads: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: reads.append(path) or read_bytes(path))
    assert isinstance(read_picture("a.png", tmp_path), Picture)
    assert len(reads) == 1
    changed, size = file.stat().st_mtime_ns, file.stat().st_size
    file.write_bytes(b"no picture".ljust(size))
    os.utime(file, ns=(changed, changed))
    assert isinstance(read_picture("a.png", tmp_path), str)


@pytest.mark.parametrize("encoding", ["gb2312", "utf-16"])
def test_a_drawing_is_read_in_its_own_encoding(tmp_path: Path, encoding: str) -> None:
    drawing = f"<?xml version='1.0' encoding='{encoding}'?>" + DRAWING.format("<text>闸门</text>")
    (tmp_path / "a.svg").write_bytes(drawing.encode(encoding))
    found = read_picture("a.svg", tmp_path)
    assert isinstance(found, Picture) and "闸门" in found.content.decode("utf-8")


@pytest.mark.parametrize("standard", ["ua-1", "x-4"])
def test_greys_of_sixteen_bits_are_printed_as_they_are(tmp_path: Path, standard: str) -> None:
    grey = Image.new("I;16", (40, 40), 0xC0C0)
    grey.save(tmp_path / "scan.png")
    text = "---\ntitle: 甲\n---\n\n# 章\n\n![圖](scan.png)\n"
    result = make_pdf(books.edition(text, folder=tmp_path, pdf={"standard": standard}), tmp_path / "a.pdf")
    assert result.findings == []
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[result.pages - 1].render().to_pil().convert("L")
    counts = page.histogram()
    assert max(range(200), key=lambda tone: counts[tone]) in range(0xBC, 0xC4)


def test_a_picture_in_a_note_is_the_notes_in_word(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(picture("PNG", "L", 65 + ord(name[0])))
    text = "# 章\n\n![甲](a.png)\n\n文[^1]。\n\n[^1]: 見[網](https://a.cn/)。\n\n    ![乙](b.png)\n"
    make_docx(books.edition(text, folder=tmp_path), tmp_path / "a.docx")
    assert check_docx(tmp_path / "a.docx") == []


def test_what_weasyprint_says_is_told(tmp_path: Path) -> None:
    drawing = DRAWING.format("<style>text:nope(2) { fill: red }</style><rect width='9' height='9'/>")
    (tmp_path / "a.svg").write_text(drawing, encoding="utf-8")
    book = books.edition("---\ntitle: 甲\n---\n\n# 章\n\n![圖](a.svg)\n", folder=tmp_path)
    (said,) = make_pdf(book, tmp_path / "a.pdf").findings
    assert said.rule == "F006" and "SVG" in said.message


def test_a_picture_left_out_has_its_line(tmp_path: Path) -> None:
    text = "---\ntitle: 甲\n---\n\n# 章\n\n![圖](a%20b.png)\n"
    book = replace(books.edition(text, folder=tmp_path), master=text)
    made = [
        *make_pdf(book, tmp_path / "a.pdf").findings,
        *make_epub(book, tmp_path / "a.epub").findings,
        *make_docx(book, tmp_path / "a.docx").findings,
    ]
    assert [f.line for f in made] == [7, 7, 7] and len(set(made)) == 1
