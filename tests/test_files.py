"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.files import digest, digest_file, digest_folder, write_whole, written_whole


def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, "舊")
    with pytest.raises(RuntimeError), written_whole(path) as beside:
        beside.write_text("半", encoding="utf-8")
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "舊"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_has_ordinary_rights(tmp_path: Path) -> None:
    write_whole(tmp_path / "sub" / "a.txt", b"x")
    (tmp_path / "b.txt").write_bytes(b"x")
    assert (tmp_path / "sub" / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_digests_tell_where_a_part_ends(tmp_path: Path) -> None:
    assert digest("ab", "c") != digest("a", "bc")
    (tmp_path / "a").write_text("1")
    before = digest_folder(tmp_path)
    os.utime(tmp_path / "a", (1, 1))
    assert digest_folder(tmp_path) == before
    (tmp_path / "a").rename(tmp_path / "b")
    assert digest_folder(tmp_path) != before


def test_what_the_system_refuses_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "b").touch()
    with pytest.raises(OSError) as refused:
        write_whole(tmp_path / "a.txt", "x")
    assert refused.value.filename == str(tmp_path / "a.txt")
    with pytest.raises(OSError) as full, written_whole(tmp_path / "c.txt"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert full.value.filename == str(tmp_path / "c.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_what_never_ends_has_no_digest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert digest_file(tmp_path / "pipe.png") == digest_file(Path("/dev/zero")) == ""
