"""Files → sources: encodings, forms, and one clear sentence for what cannot be read."""

from __future__ import annotations

import codecs
import contextlib
import subprocess
import tempfile
from pathlib import Path

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FAILED, SourceError
from pipeline.readers import SIZE_LIMIT, read_source

HANT = "雨下了一整夜。天剛亮，阿蘭推開木窗，看見巷子裡的水已經漫過第三級石階，幾隻鴨子從雜貨店門口游了過去。\n外婆不信，她每天多煮一碗粥。\n"
HANS = "老周退休以后养成了一个习惯，每天早上七点，准时到河边的长椅上坐着，看对岸的工地一层一层地往上长。\n老周没有笑，他从布袋里摸出一个本子。\n"
HONG_KONG = "我哋今日去咗街市，佢喺度買餸，嗰啲嘢好平，大家都話唔該晒；之後返屋企食飯，食完又傾偈。\n"


def written(tmp_path: Path, content: bytes, name: str = "a.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        (HANT.encode(), "utf-8", HANT),
        (codecs.BOM_UTF8 + HANT.encode(), "utf-8", HANT),
        (HANT.encode("utf-16"), "utf-16", HANT),
        (codecs.BOM_UTF16_BE + HANT.encode("utf-16-be"), "utf-16", HANT),
        (HANT.encode("utf-32"), "utf-32", HANT),
        (b"Plain ASCII only.\n", "utf-8", "Plain ASCII only.\n"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 be", "utf-32", "ascii"],
)
def test_a_unicode_text_is_read_without_a_word(
    tmp_path: Path, content: bytes, encoding: str, text: str
) -> None:
    source = read_source(written(tmp_path, content))
    assert (source.text, source.encoding, source.findings) == (text, encoding, ())


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (HANT, "big5", "big5"),
        (HONG_KONG, "big5hkscs", "big5"),
        (HANT + "約翰‧濟慈，三～五頁，￥五元。\n", "cp950", "big5"),
        (HANS, "gb18030", "gb18030"),
        (HANS, "gbk", "gb18030"),
        (HANT, "gb18030", "gb18030"),
        ("a 中\n" * 40 + HANS, "utf-16-le", "utf-16"),
    ],
)
def test_an_encoding_without_a_mark_is_decoded_with_a_finding(
    tmp_path: Path, text: str, codec: str, encoding: str
) -> None:
    source = read_source(written(tmp_path, text.encode(codec)))
    assert source.text == text
    assert source.encoding == encoding
    assert [f.rule for f in source.findings] == ["C001"]


@pytest.mark.parametrize(("text", "codec"), [(HANT, "big5"), (HANS, "gbk"), (HANT, "utf-8")])
def test_a_text_saved_from_a_wrong_reading_is_read_right(tmp_path: Path, text: str, codec: str) -> None:
    misread = text.encode(codec).decode("latin-1")
    source = read_source(written(tmp_path, misread.encode()))
    assert source.text == text
    assert [f.rule for f in source.findings] == ["C002"]


def test_western_text_is_no_mojibake(tmp_path: Path) -> None:
    text = "Größe, élève, señor, Übermäßigkeit, naïveté: où êtes-vous? «Äpfel» kosten 5 £.\n" * 5
    source = read_source(written(tmp_path, text.encode()))
    assert (source.text, source.findings) == (text, ())


def test_a_few_broken_bytes_are_marked_each_with_its_place(tmp_path: Path) -> None:
    content = HANT.encode() * 20
    broken = content[:30] + b"\xff" + content[30:]
    source = read_source(written(tmp_path, broken))
    (finding,) = source.findings
    assert finding.rule == "C003"
    assert finding.span is not None
    assert source.text[finding.span.start : finding.span.end] == "\N{REPLACEMENT CHARACTER}"


def test_signs_stay_what_they_are_beside_characters_of_hong_kong(tmp_path: Path) -> None:
    text = HONG_KONG + "約翰‧濟慈，三～五頁。\n"
    content = HONG_KONG.encode("big5hkscs") + "約翰‧濟慈，三～五頁。\n".encode("cp950")
    assert read_source(written(tmp_path, content)).text == text


def test_a_private_character_does_not_spoil_a_text_in_big5(tmp_path: Path) -> None:
    content = (HANT * 20).encode("big5")
    source = read_source(written(tmp_path, content[:40] + b"\xa3\xfe" + content[40:]))
    assert source.encoding == "big5"
    assert source.text.startswith(HANT[:15])
    assert [f.rule for f in source.findings] == ["C001", "C003"]


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, "一\r\n二\r三\n".encode())).text == "一\n二\n三\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty. Put the text into it"),
        (b" \n\n\t", "is empty. Put the text into it"),
        (codecs.BOM_UTF8, "is empty. Put the text into it"),
        ("\u3000\n".encode(), "is empty. Put the text into it"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF. Take its text out first"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture. Let a text recognition"),
        (b"PK\x03\x04" + bytes(100), "is a ZIP archive. Unpack it"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "Save it as .docx"),
        (bytes(range(256)) * 8, "Save it as UTF-8"),
        (b"\x00\x01\x02\x03" * 500, "Save it as UTF-8"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "Save it as UTF-8"),
    ],
)
def test_what_is_no_text_gets_its_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(SourceError) as refused:
        read_source(path)
    message = str(refused.value)
    assert message.startswith(f"{path}: ")
    assert sentence in message
    assert "\n" not in message
    assert refused.value.exit_code == FAILED


def test_two_encodings_in_one_file_are_said_with_the_line_where_the_second_begins(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a\.txt:3: is UTF-8 up to here"):
        read_source(written(tmp_path, HANT.encode() + (HANS * 3).encode("gb18030")))


def test_a_source_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is not there\. Check the name\."):
        read_source(tmp_path / "no.txt")
    with pytest.raises(SourceError, match=r"is a folder\. Name a file"):
        read_source(tmp_path)


def test_a_source_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(SIZE_LIMIT)
    with pytest.raises(SourceError, match=r"has 50 MB; a source must have less than 50 MB\. Divide it"):
        read_source(path)


def test_an_unknown_form_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no form «scroll»"):
        read_source(written(tmp_path, HANT.encode()), "scroll")


def test_a_form_that_the_user_names_is_taken(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, HANT.encode()), "page-dump").form == "page-dump"


@pytest.mark.parametrize("form", ["epub", "html", "odt", "rst", "org", "latex", "typst"])
def test_what_pandoc_reads_becomes_a_master(tmp_path: Path, form: str) -> None:
    master = "---\ntitle: 水的賬\nlang: zh-Hant\n---\n\n# 源頭\n\n水從山上來[^1]。\n\n# 下游\n\n水往海裡去。\n\n[^1]: 見縣志。\n"
    endings = {"latex": "tex", "typst": "typ"}
    path = tmp_path / f"book.{endings.get(form, form)}"
    arguments = [
        pypandoc.get_pandoc_path(),
        "--from",
        "markdown",
        "--to",
        form,
        "--standalone",
        "--output",
        str(path),
    ]
    subprocess.run(arguments, input=master.encode(), check=True)
    source = read_source(path)
    assert source.form == "markdown"
    assert source.encoding == form
    assert "水從山上來[^1]。" in source.text
    assert "[^1]: 見縣志。" in source.text
    assert "# 源頭\n" in source.text
    assert "{#" not in source.text
    assert "title-block" not in source.text


@pytest.mark.parametrize("name", ["a.epub", "a.odt"])
def test_a_packed_document_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"Check the file"):
        read_source(written(tmp_path, b"no archive at all", name))


def test_pandoc_reads_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = written(tmp_path, f".. include:: {tmp_path}/secret.txt\n\n正文在此。\n".encode(), "a.rst")
    with contextlib.suppress(SourceError):
        assert "secret" not in read_source(path).text


@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(min_size=1, max_size=60).map(lambda b: b * 20),
        st.text(max_size=100).map(lambda t: t.encode("utf-16")),
        st.text(max_size=100).map(lambda t: t.encode("utf-8", "surrogatepass")),
    ),
    st.sampled_from(["a.txt", "a.md", "a", "a.unknown"]),
)
@settings(max_examples=300, deadline=None)
def test_garbage_is_read_or_refused_with_a_sentence(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            source = read_source(path)
        except SourceError as e:
            assert str(path) in str(e)
        else:
            assert source.text
            assert "\r" not in source.text
