"""Promises that span all rooms: an untrusted source (8), honest findings (5), one note in six places (4)."""

from __future__ import annotations

import socket
import zipfile
from pathlib import Path

import pytest

from pipeline.schedule.books import find_books
from pipeline.schedule.run import Outcome, Wish, build

HOSTILE = """---
title: 不可信的文本<script>alert(1)</script>
lang: zh-Hant-TW
header-includes: <script>alert(2)</script>
---

# 章

文字[^1]<script src="http://example.org/x.js"></script>，圖像見後。

![秘密]({secret})

![遠方](http://example.org/picture.png)

![本地](file://{secret})

<iframe src="file://{secret}"></iframe>

```{{=html}}
<script>alert(3)</script>
```

[連結](javascript:alert(4))與\\input{{{secret}}}。

[^1]: 註文<img src="http://example.org/note.png">。
"""


def build_one(source: Path, out: Path, **wish: object) -> Outcome:
    (outcome,) = build(find_books([source], out), Wish(**wish))  # type: ignore[arg-type]
    return outcome


def texts(path: Path) -> str:
    """All text parts of an EPUB or DOCX."""
    with zipfile.ZipFile(path) as archive:
        return "\n".join(
            archive.read(n).decode("utf-8")
            for n in archive.namelist()
            if n.endswith((".xhtml", ".xml", ".opf", ".rels"))
        )


def test_a_source_opens_no_address_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "outside" / "secret.svg"
    secret.parent.mkdir()
    secret.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>GEHEIM</text></svg>'
    )
    book = tmp_path / "book"
    book.mkdir()
    source = book / "hostile.md"
    source.write_text(HOSTILE.format(secret=secret), encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a network address was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    outcome = build_one(source, tmp_path / "out", scripts=("zh-Hant",))
    assert not outcome.error, outcome.error + outcome.details
    for suffix in ("epub", "docx"):
        text = texts(tmp_path / "out" / f"hostile.zh-Hant.{suffix}")
        assert "GEHEIM" not in text
        assert "<script" not in text and "<iframe" not in text and "javascript:" not in text
    pdf = (tmp_path / "out" / "hostile.zh-Hant.pdf").read_bytes()
    assert b"javascript" not in pdf.lower() and b"GEHEIM" not in pdf


def test_every_loss_is_said(tmp_path: Path) -> None:
    source = tmp_path / "loss.md"
    source.write_text(
        "---\ntitle: 題\nlang: zh-Hant\n---\n\n# 章\n\n甲[^1]乙[^2]。\n\n![圖](nowhere.png)\n\n[^1]: 丙\n\n[^3]: 丁\n",
        encoding="utf-8",
    )
    outcome = build_one(source, tmp_path / "out", scripts=("zh-Hant",))
    assert not outcome.error, outcome.error + outcome.details
    rules = {f.rule for f in outcome.findings}
    assert {"N90", "N91"} <= rules
    assert any("nowhere.png" in f.message for f in outcome.findings)


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16"])
def test_other_encodings_are_decoded_with_a_finding(tmp_path: Path, encoding: str) -> None:
    lines = (
        "水利萬物而不爭，城市依水而生，人們沿河而居。"
        if encoding != "gb18030"
        else "水利万物而不争，城市依水而生，人们沿河而居。"
    )
    source = tmp_path / "old.txt"
    source.write_bytes("\n".join([lines] * 20).encode(encoding))
    outcome = build_one(source, tmp_path / "out", recover_only=True)
    assert not outcome.error, outcome.error
    assert lines[:8] in (tmp_path / "out" / "master.md").read_text(encoding="utf-8")
    assert outcome.recovered
    assert outcome.recovered.findings or encoding == "utf-16"  # a byte order mark leaves no doubt


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n \n"),
        ("binary.txt", bytes(range(256)) * 99),
        ("huge.txt", b"a" * (51 << 20)),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    outcome = build_one(source, tmp_path / "out", recover_only=True)
    assert outcome.exit_code == 1
    assert outcome.error.startswith(f"{source}: ") and outcome.error.count("\n") == 0
    assert "fault of Fanjian" not in outcome.error
