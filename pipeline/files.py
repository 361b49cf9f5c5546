"""Files that appear whole or not at all (promise 7), and digests that tell what changed."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_NUMBER = re.compile(r"(\d+)")
# What the system can refuse without any fault of ours, and what to do.
AGAIN = "then run again: what is finished stays"
OUTSIDE = {
    errno.ENOSPC: f"Make room on the disk, {AGAIN}.",
    errno.EDQUOT: f"Make room within your quota, {AGAIN}.",
    errno.EACCES: "Give yourself the right to read and write there, or name another folder with -o.",
    errno.EPERM: "Give yourself the right to read and write there, or name another folder with -o.",
    errno.EROFS: "Name a folder that can be written to with -o.",
    errno.ENOENT: "Name a folder that can be written to with -o; TMPDIR, if set, must name one too.",
    errno.ENAMETOOLONG: "Give the source a shorter name, or name another folder with -o.",
    errno.ENOTDIR: "A file stands where a folder should be: name another folder with -o.",
    errno.EEXIST: "A file stands where a folder should be: name another folder with -o.",
    errno.EISDIR: "A folder stands where a file should be: name another folder with -o.",
    errno.EMFILE: "Too many files are open: build with fewer processes (-j 1).",
    errno.ENOMEM: "The memory is not enough: build with fewer processes (-j 1).",
    errno.EIO: f"Look at the disk, {AGAIN}.",
}


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to, beside ``path``, which replaces ``path`` when the block ends without an error.

    What the system refuses names ``path``, the file that somebody asked for.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # A short name: the file's own may be as long as the file system lets it be.
    beside = path.parent / f".fanjian-{os.getpid()}-{secrets.token_hex(4)}{path.suffix}.part"
    try:
        beside.touch(exist_ok=False)
        yield beside
        beside.replace(path)
    except OSError as error:
        if error.filename in (None, str(beside)):
            error.filename, error.filename2 = str(path), None
        raise
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file so that a reader sees the old one or the new one, never a part."""
    with written_whole(path) as beside:
        beside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def sweep(folder: Path) -> None:
    """Removes what killed runs left half written in ``folder``; a run that still lives keeps its own."""
    for left in folder.glob(".fanjian-*.part"):
        if (pid := left.name.split("-")[1]).isdigit() and not _lives(int(pid)):
            left.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True


def explain(error: OSError) -> str:
    """A sentence on what the system refuses, and what to do."""
    where = error.filename2 or error.filename or "the disk"
    return f"{where}: {error.strerror or error}. {OUTSIDE.get(error.errno or 0, 'Look at the file and its folder.')}"


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Paths as people count: 2.txt before 10.txt, wherever the number stands.

    >>> [str(path) for path in in_order(map(Path, ("10.txt", "2.txt", "b", "第10章", "第9章")))]
    ['2.txt', '10.txt', 'b', '第9章', '第10章']
    """

    def key(path: Path) -> list[tuple[int, str]]:
        return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(str(path))]

    return sorted(paths, key=key)


def digest(*parts: str | bytes) -> str:
    """A digest of texts and bytes; where one ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    return total.hexdigest()


def digest_file(path: Path) -> str:
    """A digest of a file's content; empty when there is no such file. A device or a pipe, which may never end, is none."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def digest_folder(folder: Path, patterns: Iterable[str] = ("*",), without: Iterable[Path] = ()) -> str:
    """A digest of the names and contents of a folder's files, folders in it included; none that is hidden.

    ``without``: files and folders that do not count.
    """
    root, left_out = folder.resolve(), {path.resolve() for path in without}
    files = sorted({p for pattern in patterns for p in root.rglob(pattern) if p.is_file()})
    parts: list[str] = []
    for path in files:
        inner = path.relative_to(root)
        is_hidden = any(part.startswith(".") or part == "__pycache__" for part in inner.parts)
        if not is_hidden and left_out.isdisjoint([path, *path.parents]):
            parts += [str(inner), digest_file(path)]
    return digest(*parts)
