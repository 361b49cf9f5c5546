"""Files that appear whole or not at all (promise 7), and digests that tell what changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to, beside ``path``, which replaces ``path`` when the block ends without an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file so that a reader sees the old one or the new one, never a part."""
    with written_whole(path) as beside:
        beside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def digest(*parts: str | bytes) -> str:
    """A digest of texts and bytes; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8") if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    return total.hexdigest()


def digest_file(path: Path) -> str:
    """A digest of a file's content; empty when there is no such file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def digest_folder(folder: Path, patterns: Iterable[str] = ("*",)) -> str:
    """A digest of the names and contents of a folder's files, folders in it included."""
    files = sorted({p for pattern in patterns for p in folder.rglob(pattern) if p.is_file()})
    parts = [
        x for p in files if "__pycache__" not in p.parts for x in (str(p.relative_to(folder)), digest_file(p))
    ]
    return digest(*parts)
