"""Speed and memory of recovery: megabytes of source text a second, and whether memory is linear."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

from pipeline.readers import read_source
from pipeline.recovery import recover
from pipeline.settings import RecoverSettings

SAMPLES = Path(__file__).resolve().parent.parent / "sources"
ROUNDS = 5
TIMES = (1, 4, 16)  # how often a text is repeated to see whether the cost is linear


def main() -> None:
    """Prints a row per document, then one document at several lengths."""
    folder = Path(os.environ.get("FANJIAN_CORPUS", SAMPLES))
    found = [
        (p.name, read_source(p))
        for p in sorted(folder.rglob("*.txt")) + sorted(folder.rglob("*.md"))
        if not p.stem.startswith("README")
    ]
    sources = [(name, source) for name, source in found if source.form != "markdown"]  # that passes as it is
    for name, source in sources:
        recover(source.text[:2000], source.form)  # rules and patterns are made once a process
        print(f"{name[:24]:26}{source.form:16}{_speed(source.text, source.form):6.2f} MB/s")
    name, source = max(sources, key=lambda pair: len(pair[1].text))
    for times in TIMES:
        text = source.text * times
        speed = _speed(text, source.form)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{times:3} × {name[:20]:22}{len(text.encode()) / 1e6:8.2f} MB{speed:8.2f} MB/s, peak {peak:6.0f} MB"
        )


def _speed(text: str, form: str) -> float:
    """The best of several rounds, in CPU time: what else runs on the machine is not measured."""
    return len(text.encode()) / 1e6 / min(_seconds(text, form) for _ in range(ROUNDS))


def _seconds(text: str, form: str) -> float:
    begun = time.process_time()
    recover(text, form, RecoverSettings())
    return time.process_time() - begun


if __name__ == "__main__":
    main()
