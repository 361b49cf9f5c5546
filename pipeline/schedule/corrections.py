"""A corrected master beside what recovery makes of the source, now and when the correction began.

``master.md`` is the person's and never written over. ``master.recovered.md`` is what recovery makes now, and where that is something
else than before, ``master.base.md`` is what it was: the three files that ``git merge-file`` asks for. Who has taken over what is
wanted deletes ``master.recovered.md``; from then on what recovery makes now is the beginning.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from pipeline.files import digest_file, write_whole

MASTER, RECOVERED, BASE = "master.md", "master.recovered.md", "master.base.md"
COMPARE = "The source gives another text since: compare it with {recovered}, then delete that file."
MERGE = (
    "The source gives another text since. «git merge-file {files}» takes it over; then delete {recovered}."
)


def keep_recovered(folder: Path, text: str, base: str) -> str:
    """Writes what recovery makes beside a corrected master, and keeps what it made when the correction began.

    ``base`` is that text's digest, empty where it is this one; returned as it holds from now on.
    """
    path = folder / RECOVERED
    before = path.read_bytes() if base and digest_file(path) == base else b""
    write_whole(path, text)
    if base in ("", now := digest_file(path)):
        (folder / BASE).unlink(missing_ok=True)
        return now
    if before:
        write_whole(folder / BASE, before)
    return base


def drop_recovered(folder: Path) -> None:
    """Removes what stood beside a correction that is no more."""
    for name in (RECOVERED, BASE):
        (folder / name).unlink(missing_ok=True)


def advise(corrected: str, folder: Path, base: str) -> str:
    """How a person who corrected a master takes over what the source gives since; ``base`` as ``keep_recovered`` has it."""
    recovered, beginning = folder / RECOVERED, folder / BASE
    files = shlex.join([corrected, str(beginning), str(recovered)])
    said = MERGE if digest_file(beginning) == base else COMPARE
    return said.format(files=files, recovered=recovered)
