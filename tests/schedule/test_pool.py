"""Steps on processes: an interruption leaves nothing behind, the system's refusals are sentences."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.document.ast import meta_text, read_document
from pipeline.files import explain, sweep
from pipeline.schedule.books import find_books
from pipeline.schedule.run import Wish, build

MASTER = "---\ntitle: 水\nlang: zh-Hant\n---\n\n# 章\n\n" + "城市依水而生，人們沿河而居。\n\n" * 1500


@pytest.mark.parametrize(
    ("jobs", "number"), [("1", signal.SIGINT), ("2", signal.SIGINT), ("2", signal.SIGTERM)]
)
def test_interrupted_says_so_and_leaves_no_parts(tmp_path: Path, jobs: str, number: signal.Signals) -> None:
    source, out = tmp_path / "water.md", tmp_path / "out"
    source.write_text(MASTER, encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "build", str(source), "-o", str(out), "-j", jobs]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell lets its background jobs ignore the interrupt, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    end = time.monotonic() + 40
    while not (out / "master.md").exists() and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(running.pid, number)
    _, said = running.communicate(timeout=30)
    # Interrupted in an import Python ends by the signal itself, which a shell reports as 130 too.
    assert running.returncode in (128 + number, -signal.SIGINT), said
    assert "fanjian: stopped." in said and "Traceback" not in said
    assert not list(out.glob(".fanjian-*.part"))


def test_what_killed_runs_left_is_swept_and_what_lives_stays(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, alive = (tmp_path / f".fanjian-{pid}-x.pdf.part" for pid in (ended.pid, os.getpid()))
    dead.touch()
    alive.touch()
    sweep(tmp_path)
    assert (dead.exists(), alive.exists()) == (False, True)


def test_a_full_disk_is_explained() -> None:
    said = explain(OSError(errno.ENOSPC, "No space left on device", "out/a.pdf"))
    assert said.startswith("out/a.pdf: No space left on device. Make room on the disk")


def test_out_that_is_a_file_is_no_fault_of_ours(tmp_path: Path) -> None:
    source, out = tmp_path / "water.md", tmp_path / "out"
    source.write_text(MASTER[:60], encoding="utf-8")
    out.touch()
    (outcome,) = build(find_books([source], out), Wish())
    assert outcome.exit_code == 1 and "fault of Fanjian" not in outcome.error
    assert "name another folder with -o" in outcome.error


def test_named_control_characters_reach_no_edition() -> None:
    doc = read_document('---\ntitle: "水\\x01\\x02"\n---\n\n甲&#1;乙&#xb;`\\u0001`\n', "x.md")
    assert meta_text(doc, "title") == "水"
    assert not any(
        ord(c) < 32 for block in doc.content for inline in block.content for c in getattr(inline, "text", "")
    )
    assert "\\u0001" in [getattr(i, "text", "") for i in doc.content[0].content]
