"""Bytes → text. What cannot be text is refused with a sentence that says what to do.

UTF-8, and UTF-16 or UTF-32 with a byte order mark, are read as they are. Big5 (with the Hong Kong
characters) and GB18030 carry no mark, so they are decoded with a finding, and only when the result reads
like Chinese and the other encoding's does not. Line ends become ``\\n``: the decoded text is the source
text that every span counts in.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.document.manuscript import Finding
from pipeline.errors import SourceError
from pipeline.han import score
from pipeline.location import Place, Span

_HAN = re.compile("[\u3400-\u9fff]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_LATIN1 = re.compile("[\x80-\xff]")
_MAGIC = (
    (b"%PDF-", "is a PDF. Take its text out first, for instance with pdftotext -layout"),
    (b"\xd0\xcf\x11\xe0", "is a document of old Word. Save it as .docx"),
    (b"PK\x03\x04", "is a ZIP archive. Unpack it, or give a Word or EPUB file its ending (.docx, .epub)"),
    (b"\x89PNG", "is a picture. Let a text recognition read it first"),
    (b"\xff\xd8\xff", "is a picture. Let a text recognition read it first"),
    (b"GIF8", "is a picture. Let a text recognition read it first"),
    (b"II*\x00", "is a picture. Let a text recognition read it first"),
    (b"\x1f\x8b", "is compressed. Unpack it"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BIG5_SIGNS = str.maketrans("•､‾∼¥¢£", "‧﹑¯～￥￠￡")
LOST = "\N{REPLACEMENT CHARACTER}"
LOST_LIMIT = 0.002  # of the characters: a private character here and there in Big5
LEAST_BEFORE = 20  # Han characters in UTF-8, which no other encoding gives by chance
BROKEN_LIMIT = 0.001  # of the bytes: above that a text in UTF-8 is not one
ENCODINGS = {"big5hkscs": "Big5", "gb18030": "GB18030", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and what a person should know about that."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(content: bytes, name: str) -> Decoded:
    """The text in these bytes. ``name`` is the file that an error names. Raises ``SourceError``."""
    if not content.strip(b" \t\r\n\x0c\x00\xef\xbb\xbf\xfe\xff"):
        raise SourceError("is empty. Put the text into it, or take it out of the batch.", name)
    for magic, what in _MAGIC:
        if content.startswith(magic):
            raise SourceError(f"{what}.", name)
    decoded = _decode_marked(content, name) or _decode_utf8(content) or _decode_guessed(content)
    if decoded is None:
        decoded = _decode_broken(content)
    if decoded is None and (line := _first_of_another(content)):
        raise SourceError(
            "is UTF-8 up to here, and then no longer: texts in two encodings were put together. Save each as UTF-8.",
            Place(name, line),
        )
    if decoded is None or _is_binary(decoded.text):
        raise SourceError(
            "is no text that can be decoded (UTF-8, UTF-16, Big5 and GB18030 were tried). Save it as UTF-8.",
            name,
        )
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \t\n\x0b\x0c\u3000\xa0"):
        raise SourceError("is empty. Put the text into it, or take it out of the batch.", name)
    return Decoded(text, decoded.encoding, decoded.findings)


def _decode_marked(content: bytes, name: str) -> Decoded | None:
    """A text that says its encoding itself, by a byte order mark."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return Decoded(content.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding)
            except UnicodeDecodeError as e:
                if encoding == "utf-8-sig":
                    return _decode_broken(content[len(mark) :])
                raise SourceError(
                    f"begins like {encoding.upper()} and is not (byte {e.start}). Save it as UTF-8.", name
                ) from e
    return None


def _decode_utf8(content: bytes) -> Decoded | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\x00" in text and (wide := _decode_wide(content)):
        return wide
    if encoding := _mojibake(text):
        content = text.encode("latin-1")
        text = _decode_big5(content) if encoding == "big5hkscs" else content.decode(encoding)
        message = f"was saved as UTF-8 from misread {ENCODINGS.get(encoding, encoding)}; it is read as {ENCODINGS.get(encoding, encoding)}"
        return Decoded(text, encoding.removesuffix("hkscs"), (_encoding_finding("C002", message),))
    return Decoded(text, "utf-8")


def _decode_wide(content: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark: every second byte of its ASCII is zero."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text) and (score(text) > 0.3 or text.isascii()):
            message = "is UTF-16 without a byte order mark; it is read as UTF-16"
            return Decoded(text, "utf-16", (_encoding_finding("C001", message),))
    return None


def _decode_guessed(content: bytes) -> Decoded | None:
    """Big5 or GB18030, where one reads like Chinese and clearly better than the other."""
    if wide := _decode_wide(content):
        return wide
    found: list[tuple[float, str, str]] = []
    for encoding, decode_as in (("big5hkscs", _decode_big5), ("gb18030", _decode_gb18030)):
        text = decode_as(content)
        lost = text.count(LOST) / max(1, len(text))
        if lost <= LOST_LIMIT:
            found.append((score(text), encoding, text))
    found.sort(reverse=True)
    if not found or found[0][0] < 0.25 or (len(found) > 1 and found[0][0] < 1.5 * found[1][0]):
        return None
    _, encoding, text = found[0]
    message = f"is not UTF-8; it is read as {ENCODINGS[encoding]}. Save it as UTF-8 if characters look wrong"
    findings = (
        _encoding_finding("C001", message),
        *_lost(text, f"bytes that {ENCODINGS[encoding]} does not know"),
    )
    return Decoded(text, encoding.removesuffix("hkscs"), findings)


def _decode_big5(content: bytes) -> str:
    """Big5 as Windows has it; with characters beyond that, the Hong Kong supplement.

    The supplement's table reads some signs as look-alikes: ‧ as •, ～ as ∼.
    """
    try:
        return content.decode("cp950")
    except UnicodeDecodeError:
        return content.decode("big5hkscs", "replace").translate(_BIG5_SIGNS)


def _decode_gb18030(content: bytes) -> str:
    return content.decode("gb18030", "replace")


def _decode_broken(content: bytes) -> Decoded | None:
    """UTF-8 in which a few bytes are broken: each is marked in the text, and a finding."""
    text = content.decode("utf-8", "replace")
    was = text.count(LOST)
    whole = sum(1 for c in text if c > "\x7f") - was
    if was > max(3, BROKEN_LIMIT * len(content)) or whole < 20 * was:
        return None
    return Decoded(text, "utf-8", _lost(text, "bytes that are not UTF-8"))


def _lost(text: str, what: str) -> tuple[Finding, ...]:
    """A finding for each place where bytes could not be decoded, in the text with its line ends made one."""
    text = text.replace("\r\n", "\n")
    message = f"{what}: a character is lost here"
    return tuple(Finding("C003", message, Span(m.start(), m.end())) for m in re.finditer(f"{LOST}+", text))


def _first_of_another(content: bytes) -> int:
    """The line with which a text in UTF-8 goes on in another encoding; 0 where it does not begin as Chinese in UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as e:
        before = content[: e.start].decode("utf-8")
        return before.count("\n") + 1 if len(_HAN.findall(before)) >= LEAST_BEFORE else 0
    return 0


def _encoding_finding(rule: str, message: str) -> Finding:
    return Finding(rule, message)


def _mojibake(text: str) -> str:
    """The encoding that a whole text was misread from byte by byte; empty when it was not."""
    sample = text[:200_000]
    latin = len(_LATIN1.findall(sample))
    if latin < 20 or latin < 0.2 * len(sample) or _HAN.search(sample):
        return ""
    found: list[tuple[float, str]] = []
    for encoding in ("utf-8", "big5hkscs", "gb18030"):
        try:
            found.append((score(text.encode("latin-1").decode(encoding)), encoding))
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    found.sort(reverse=True)
    if not found or found[0][0] < 0.3 or (len(found) > 1 and found[0][0] < 1.5 * found[1][0]):
        return ""
    return found[0][1]


def _is_binary(text: str) -> bool:
    """Control characters and zero bytes beyond what a damaged text may hold."""
    return len(_NO_TEXT.findall(text)) > max(3, 0.01 * len(text))
