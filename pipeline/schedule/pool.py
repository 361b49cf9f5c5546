"""The executor: steps of books in this process, or on several that go when this one goes.

A step is begun when there is room for it, so that what is said to be running runs. A worker that dies takes
only its own step with it. An interruption ends the workers at once; they remove what they had half written.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

PATIENCE = 3.0  # seconds that an interrupted worker has for tidying up


class Step(Protocol):
    """A piece of work and what follows from it."""

    def begin(self) -> Callable[[], Any]:
        """Says that it begins; the work itself, which can be pickled and raises nothing."""

    def finish(self, result: Any) -> Iterable[Step]:
        """Takes the result; the steps that are possible now."""

    def lose(self) -> Iterable[Step]:
        """Its worker died of it; the steps that are possible now."""


def run_here(steps: Iterable[Step]) -> None:
    """Runs the steps, and those that follow from them, one after the other."""
    waiting = deque(steps)
    while waiting:
        step = waiting.popleft()
        waiting.extendleft(reversed(list(step.finish(step.begin()()))))


def run_on_processes(steps: Iterable[Step], jobs: int) -> None:
    """Runs the steps, and those that follow from them, on ``jobs`` processes."""
    waiting = deque(steps)
    while waiting:
        for step, work in _run_pool(waiting, jobs):
            # Whose step killed the worker is not known: each lost step is tried alone.
            waiting.extendleft(_run_alone(step, work))


def _run_pool(waiting: deque[Step], jobs: int) -> Sequence[tuple[Step, Callable[[], Any]]]:
    """Takes steps from ``waiting`` until none is left or a worker dies; the steps that were lost then."""
    running: dict[Future[Any], tuple[Step, Callable[[], Any]]] = {}
    lost: list[tuple[Step, Callable[[], Any]]] = []
    pool = _pool(jobs)
    try:
        while running or (waiting and not lost):
            while waiting and len(running) < jobs and not lost:
                step = waiting.popleft()
                work = step.begin()
                try:
                    running[pool.submit(work)] = step, work
                except BrokenProcessPool:
                    lost.append((step, work))
            done = wait(running, return_when=FIRST_COMPLETED).done if running else ()
            for future in done:
                step, work = running.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    lost.append((step, work))
                else:
                    waiting.extendleft(reversed(list(step.finish(result))))
    except BaseException:
        _stop(pool)
        raise
    pool.shutdown()
    return lost


def _run_alone(step: Step, work: Callable[[], Any]) -> Iterable[Step]:
    pool = _pool(1)
    try:
        result = pool.submit(work).result()
    except BrokenProcessPool:
        return step.lose()
    except BaseException:
        _stop(pool)
        raise
    finally:
        pool.shutdown(wait=False)
    return step.finish(result)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # spawn: a forked child would inherit Pango's and the terminal's state
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _prepare_worker)


def _prepare_worker() -> None:
    """Ctrl-C and a closed terminal are the parent's to answer; its word to end tidies up; and no worker outlives it."""
    for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _stop(pool: ProcessPoolExecutor) -> None:
    """Ends the workers without waiting for their steps."""
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(PATIENCE)
        if worker.is_alive():
            worker.kill()
            worker.join()
