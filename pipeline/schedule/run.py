"""Runs books: a pure plan of what is stale, then the steps on one process or many.

One book's failure never stops the others; a worker that dies takes only its own step with it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipeline.errors import FAILED, FanjianError
from pipeline.files import digest, digest_file, digest_folder
from pipeline.schedule import publishing, recovering, results, state
from pipeline.schedule.books import Book, Unreadable
from pipeline.schedule.results import Published, Recovered
from pipeline.settings import Format, Script

Say = Callable[[str, str], None]  # a book's slug, and what happens to it


@dataclass
class Outcome:
    """What became of a book."""

    slug: str
    book: Book | None = None
    recovered: Recovered | None = None
    published: dict[str, Published] = field(default_factory=dict)
    error: str = ""
    exit_code: int = 0
    details: str = ""  # a traceback, for --debug

    @property
    def findings(self) -> list[Any]:
        """All findings of the book, each once."""
        found = list(self.recovered.findings) if self.recovered else []
        for published in self.published.values():
            found += published.findings
        return list(dict.fromkeys(found))

    @property
    def seconds(self) -> float:
        """The work that this run did for the book, on whichever process."""
        recovered = self.recovered.seconds if self.recovered and not self.recovered.fresh else 0.0
        return recovered + sum(sum(p.seconds.values()) for p in self.published.values() if not p.fresh)

    @property
    def is_fresh(self) -> bool:
        """Whether nothing had to be made."""
        parts = [self.recovered, *self.published.values()]
        return bool(self.published) and all(p is None or p.fresh for p in parts)


@dataclass(frozen=True)
class Wish:
    """What the user asked for: scripts and formats, or None for what the book's settings say."""

    scripts: tuple[Script, ...] | None = None
    formats: tuple[Format, ...] | None = None
    recover_only: bool = False
    force: bool = False

    def scripts_of(self, book: Book) -> tuple[Script, ...]:
        """The scripts to make."""
        return self.scripts or book.settings.editions.scripts

    def formats_of(self, book: Book) -> tuple[Format, ...]:
        """The formats to make."""
        return self.formats or book.settings.editions.formats


def build(
    books: Sequence[Book | Unreadable], wish: Wish, jobs: int = 1, say: Say = lambda slug, what: None
) -> list[Outcome]:
    """Makes what is stale of these books on ``jobs`` processes; an outcome per book, in order."""
    outcomes = {}
    for book in books:
        outcomes[book.slug] = outcome = Outcome(book.slug, book if isinstance(book, Book) else None)
        if isinstance(book, Unreadable):
            outcome.error, outcome.exit_code = str(book.error), book.error.exit_code
            say(book.slug, f"failed: {outcome.error}")
    plans = [_BookRun(book, wish, outcomes[book.slug], say) for book in books if isinstance(book, Book)]
    if jobs <= 1:
        for plan in plans:
            for task in plan.tasks():
                plan.finish(task, _attempt(task))
    else:
        _build_on_processes(plans, jobs)
    for plan in plans:
        plan.close()
    return list(outcomes.values())


@dataclass(frozen=True)
class _Task:
    """A step to run in some process. ``work`` and its arguments can be pickled."""

    name: str  # "recover" or a script
    work: Callable[..., Any]
    arguments: tuple[Any, ...]


def _attempt(task: _Task) -> Any:
    """The step's result, or the error it ended with as (message, exit code, traceback)."""
    try:
        return task.work(*task.arguments)
    except FanjianError as e:
        return _Failure(str(e), e.exit_code, "")
    except Exception as e:
        what = f"{type(e).__name__}: {e}".splitlines()[0][:300]
        return _Failure(
            f"{what}. This is a fault of Fanjian: run again with --debug and report it.",
            FAILED,
            traceback.format_exc(),
        )


@dataclass(frozen=True)
class _Failure:
    message: str
    exit_code: int
    details: str


class _BookRun:
    """The way of one book through its steps; keeps the state file true after each."""

    def __init__(self, book: Book, wish: Wish, outcome: Outcome, say: Say) -> None:
        self.book, self.wish, self.outcome, self.say = book, wish, outcome, say
        self.state = state.load_state(book.out)

    def tasks(self) -> Iterator[_Task]:
        """The stale steps, one after the other; ``finish`` must be called between them."""
        yield from self.first()
        yield from self.rest()

    def first(self) -> list[_Task]:
        """The step ``recover``, if it is stale."""
        if self.book.is_master:
            return []
        corrected, key = self._corrected(), ""
        try:
            key = self._recover_key(corrected)
        except OSError as e:
            self.fail(_Failure(f"{self.book.source}: cannot be read ({e.strerror}).", FAILED, ""))
            return []
        step = self.state.step("recover")
        names = [recovering.LEDGER] if corrected == self._own else [recovering.MASTER, recovering.LEDGER]
        if not self.wish.force and step.is_fresh(key, self.book.out, names):
            self.outcome.recovered = results.recovered_from(step.result)
            return []
        self.keys = {"recover": key}
        if corrected:
            self.say(self.book.slug, f"uses the corrected master {corrected}")
        self.say(self.book.slug, "recovers")
        return [_Task("recover", recovering.recover_book, (self.book, corrected))]

    def rest(self) -> list[_Task]:
        """The scripts whose editions are stale, once the master is there."""
        recovered = self.outcome.recovered
        if self.outcome.error or self.wish.recover_only or (recovered is None and not self.book.is_master):
            return []
        self.keys, tasks = {}, []
        master = Path(recovered.master) if recovered else self.book.source
        formats = self.wish.formats_of(self.book)
        scripts = self.wish.scripts_of(self.book)
        for what in (*scripts, *publishing.parallels(self.book, scripts)):
            key, step = self._publish_key(master, what), self.state.step(what)
            names = publishing.file_names(self.book, what, formats)
            if not self.wish.force and step.is_fresh(key, self.book.out, names):
                self.outcome.published[what] = results.published_from(step.result)
                continue
            self.keys[what] = key
            self.say(self.book.slug, f"publishes {what} ({', '.join(formats)})")
            tasks.append(_Task(what, publishing.publish, (self.book, master, what, formats, recovered)))
        return tasks

    def finish(self, task: _Task, result: Any) -> None:
        """Takes a step's result into outcome and state."""
        if isinstance(result, _Failure):
            self.fail(result)
            return
        if isinstance(result, Recovered):
            self.outcome.recovered = result
            names = [recovering.MASTER, recovering.LEDGER]
        else:
            self.outcome.published[task.name] = result
            names = result.files
        old = self.state.step(task.name)
        files = {name: digest_file(self.book.out / name) for name in names}
        if isinstance(result, Recovered) and self._is_own(result):
            files[recovering.MASTER] = old.files.get(
                recovering.MASTER, ""
            )  # what we wrote, not what a person made of it
        elif old.key == self.keys[task.name]:
            files = {**old.files, **files}
        self.state.steps[task.name] = state.Step(self.keys[task.name], files, results.to_json(result))
        state.save_state(self.book.out, self.state)

    def fail(self, failure: _Failure) -> None:
        """Notes why the book failed. What was already made stays."""
        self.outcome.error, self.outcome.exit_code = failure.message, failure.exit_code
        self.outcome.details = failure.details
        self.say(self.book.slug, f"failed: {failure.message}")

    def close(self) -> None:
        """Orders what came in any order, and writes the findings."""
        published = self.outcome.published
        self.outcome.published = {what: published[what] for what in sorted(published, key=_rank)}
        if self.outcome.recovered is not None or self.outcome.published:
            recovering.write_findings(self.book, self.outcome.findings)

    @property
    def _own(self) -> Path:
        return self.book.out / recovering.MASTER

    def _is_own(self, result: Recovered) -> bool:
        return result.corrected and self._corrected() == self._own

    def _corrected(self) -> Path | None:
        """The master a person corrected: beside the source, or the one we wrote and somebody changed."""
        if beside := self.book.corrected_master:
            return beside
        written = self.state.step("recover").files.get(recovering.MASTER, "")
        return self._own if written and digest_file(self._own) not in (written, "") else None

    def _recover_key(self, corrected: Path | None) -> str:
        settings = self.book.settings
        return digest(
            state.program_digest(),
            self.book.source.read_bytes(),
            corrected.read_bytes() if corrected else "",
            str(self.book.source),
            repr((settings.book, settings.recover, settings.notes.missing)),
            digest_file(settings.folder / "wording.toml"),
        )

    def _publish_key(self, master: Path, what: str) -> str:
        settings = self.book.settings
        own_folder = (settings.folder / "book.toml").is_file()
        facts = self.outcome.recovered
        return digest(
            state.program_digest(),
            digest_file(master),
            what,
            repr(replace(settings, folder=Path())),
            digest_folder(settings.folder) if own_folder else "",
            *(digest_file(path) for path in publishing.translations(self.book).values() if "+" in what),
            repr((facts.edits, facts.form)) if facts else "",
        )


def _rank(what: str) -> tuple[bool, bool, str]:
    """Traditional, Simplified, then what stands side by side."""
    return "+" in what, what.startswith("zh-Hans"), what


def _build_on_processes(plans: list[_BookRun], jobs: int) -> None:
    """Runs the steps of all books on a pool; after a worker's death the rest goes on in a new one."""
    waiting: list[tuple[_BookRun, _Task]] = [(plan, task) for plan in plans for task in plan.first()]
    started = {id(plan) for plan, _ in waiting}
    waiting += [(plan, task) for plan in plans if id(plan) not in started for task in plan.rest()]
    while waiting:
        lost = _run_pool(waiting, jobs)
        waiting = []
        # Whose step killed the worker is not known: each lost step is tried alone.
        for plan, task in lost:
            with _pool(1) as alone:
                try:
                    result = alone.submit(_attempt, task).result()
                except BrokenProcessPool:
                    message = f"{plan.book.source}: the worker process died in the step «{task.name}» (out of memory?). Build this book alone."
                    result = _Failure(message, FAILED, "")
            plan.finish(task, result)
            if task.name == "recover":
                waiting += [(plan, more) for more in plan.rest()]


def _run_pool(waiting: list[tuple[_BookRun, _Task]], jobs: int) -> list[tuple[_BookRun, _Task]]:
    """Runs these steps and those that follow from them; the ones that were lost with a dead worker."""
    lost: list[tuple[_BookRun, _Task]] = []
    with _pool(jobs) as pool:
        running: dict[Future[Any], tuple[_BookRun, _Task]] = {}

        def submit(plan: _BookRun, task: _Task) -> None:
            try:
                running[pool.submit(_attempt, task)] = (plan, task)
            except BrokenProcessPool:
                lost.append((plan, task))

        for plan, task in waiting:
            submit(plan, task)
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                plan, task = running.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    lost.append((plan, task))
                    continue
                plan.finish(task, result)
                if task.name == "recover":
                    for more in plan.rest():
                        submit(plan, more)
    return lost


def _pool(jobs: int) -> ProcessPoolExecutor:
    # spawn: a forked child would inherit Pango's and the terminal's state
    return ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"))
