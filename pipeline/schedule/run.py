"""Runs books: a pure plan of what is stale, then the steps on one process or many.

One book's failure never stops the others; a worker that dies takes only its own step with it.
"""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.document.findings import gathered
from pipeline.document.manuscript import Finding
from pipeline.errors import FAILED
from pipeline.files import digest_file, explain, sweep
from pipeline.schedule import publishing, recovering, results, state
from pipeline.schedule.books import Book, Unreadable, find_passed_over
from pipeline.schedule.corrections import MASTER, RECOVERED
from pipeline.schedule.keys import publish_key, recover_key
from pipeline.schedule.pool import run_here, run_on_processes
from pipeline.schedule.results import Published, Recovered
from pipeline.schedule.tasks import Failure, Task, attempt
from pipeline.settings import Format, Script

DONE = ""  # said when a step has ended
PASSED_OVER = "holds sources and no book.toml: it is passed over. Name it too, or make books of them."
Say = Callable[[str, str], None]  # a book's slug, and what happens to it, or ``DONE``


@dataclass
class Outcome:
    """What became of a book."""

    slug: str
    book: Book | None = None
    recovered: Recovered | None = None
    published: dict[str, Published] = field(default_factory=dict)
    noticed: tuple[Finding, ...] = ()  # before any work
    error: str = ""
    exit_code: int = 0
    details: str = ""  # a traceback, for --debug

    @property
    def findings(self) -> list[Finding]:
        """All findings of the book, each kind once for all its places; their lines are the source's or the master's."""
        source, master = self._files()
        found = list(self.noticed)
        found += [replace(f, file=source) for f in self.recovered.findings] if self.recovered else []
        for published in self.published.values():
            found += [replace(f, file=master) for f in published.findings]
        return gathered(found)

    def _files(self) -> tuple[str, str]:
        """What a reader of the findings calls the source and the master."""
        source = self.book.source if self.book else Path()
        if (made := self.recovered) is None:
            return source.name, source.name
        return made.read(source).name, made.written(source).name

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
    steps = [step for plan in plans for step in plan.steps()]
    if jobs <= 1:
        run_here(steps)
    else:
        run_on_processes(steps, jobs)
    return list(outcomes.values())


def passed_over(paths: Iterable[Path]) -> list[Outcome]:
    """An outcome for each folder among books that holds sources and is none, so that nobody takes them for made."""
    return [
        Outcome(p.name, noticed=(Finding("L88", PASSED_OVER, file=str(p)),)) for p in find_passed_over(paths)
    ]


@dataclass(frozen=True)
class _Step:
    """A task of a book, as the pool sees it."""

    plan: _BookRun
    task: Task
    key: str
    saying: str

    def begin(self) -> Callable[[], Any]:
        self.plan.say(self.plan.book.slug, self.saying)
        return functools.partial(attempt, self.task)

    def finish(self, result: Any) -> list[_Step]:
        self.plan.say(self.plan.book.slug, DONE)
        return self.plan.finish(self.task, self.key, result)

    def lose(self) -> list[_Step]:
        message = f"{self.plan.book.source}: the worker process died in the step «{self.task.name}» (out of memory?). Build this book alone."
        return self.finish(Failure(message, FAILED, ""))


class _BookRun:
    """The way of one book through its steps; keeps the state file true after each."""

    def __init__(self, book: Book, wish: Wish, outcome: Outcome, say: Say) -> None:
        self.book, self.wish, self.outcome, self.say = book, wish, outcome, say
        sweep(book.out)
        self.state = state.load_state(book.out)
        self.open = 0  # steps begun or waiting

    def steps(self) -> list[_Step]:
        """The stale steps that are possible now: ``recover``, or without need of it the editions."""
        return self._follow(self.first() or self.rest())

    def _follow(self, steps: list[_Step]) -> list[_Step]:
        """These steps; where none is left the book is closed, though others are still being made."""
        self.open += len(steps)
        if not self.open:
            self.close()
        return steps

    def first(self) -> list[_Step]:
        """The step ``recover``, if it is stale."""
        if self.book.is_master:
            return []
        corrected, key = self._corrected(), ""
        if corrected and corrected != self._own and self._own_is_changed():
            fault = f"{self._own} was changed, but {corrected} goes before it. Take the changes over, then delete the first."
            self.fail(Failure(fault, FAILED, ""))
            return []
        try:
            key = recover_key(self.book, corrected)
        except OSError as e:
            self.fail(Failure(f"{self.book.source}: cannot be read ({e.strerror}).", FAILED, ""))
            return []
        step = self.state.step("recover")
        names = [MASTER, *self._beside(corrected)] if corrected != self._own else self._beside(corrected)
        if not self.wish.force and step.is_fresh(key, self.book.out, names):
            self.outcome.recovered = results.recovered_from(step.result)
            return []
        if corrected:
            self.say(self.book.slug, f"uses the corrected master {corrected}")
        task = Task("recover", recovering.recover_book, (self.book, corrected, self._base(corrected)))
        return [_Step(self, task, key, "recovers")]

    def rest(self) -> list[_Step]:
        """The scripts whose editions are stale, once the master is there."""
        recovered = self.outcome.recovered
        if self.outcome.error or self.wish.recover_only or (recovered is None and not self.book.is_master):
            return []
        steps = []
        master = Path(recovered.master) if recovered else self.book.source
        formats = self.wish.formats_of(self.book)
        scripts = self.wish.scripts_of(self.book)
        for what in (*scripts, *publishing.parallels(self.book, scripts)):
            key, step = publish_key(self.book, self.state, master, what, recovered), self.state.step(what)
            names = publishing.file_names(self.book, what, formats)
            if not self.wish.force and step.is_fresh(key, self.book.out, names):
                self.outcome.published[what] = results.published_from(step.result)
                continue
            task = Task(what, publishing.publish, (self.book, master, what, formats, recovered))
            steps.append(_Step(self, task, key, f"publishes {what} ({', '.join(formats)})"))
        return steps

    def finish(self, task: Task, key: str, result: Any) -> list[_Step]:
        """Takes a step's result into outcome and state; the steps that follow from it."""
        self.open -= 1
        return self._follow(self._taken(task, key, result))

    def _taken(self, task: Task, key: str, result: Any) -> list[_Step]:
        if isinstance(result, Failure):
            self.fail(result)
            return []
        try:
            self._keep(task, key, result)
        except OSError as e:
            self.fail(Failure(explain(e), FAILED, traceback.format_exc()))
            return []
        return self.rest() if task.name == "recover" else []

    def _keep(self, task: Task, key: str, result: Any) -> None:
        old = self.state.step(task.name)
        if isinstance(result, Recovered):
            self.outcome.recovered = result
            corrected = Path(result.corrected) if result.corrected else None
            names = [MASTER, *self._beside(corrected)]
        else:
            self.outcome.published[task.name] = result
            names = result.files
        files = {name: digest_file(self.book.out / name) for name in names}
        if isinstance(result, Recovered) and corrected == self._own:
            files[MASTER] = old.files.get(MASTER, "")  # not what a person made of it
        elif old.key == key:
            files = {**old.files, **files}
        self.state.steps[task.name] = state.Step(key, files, results.to_json(result))
        state.save_state(self.book.out, self.state)

    def fail(self, failure: Failure) -> None:
        """Notes why the book failed, once. What was already made stays."""
        if self.outcome.error == failure.message:
            return  # both scripts fail of one fault
        self.outcome.error, self.outcome.exit_code = failure.message, failure.exit_code
        self.outcome.details = failure.details
        self.say(self.book.slug, f"failed: {failure.message}")

    def close(self) -> None:
        """Orders what came in any order, and writes the findings."""
        published = self.outcome.published
        self.outcome.published = {what: published[what] for what in sorted(published, key=_rank)}
        if self.outcome.recovered is not None or self.outcome.published:
            try:
                recovering.write_findings(self.book, self.outcome.findings)
            except OSError as e:
                self.fail(Failure(explain(e), FAILED, traceback.format_exc()))

    @property
    def _own(self) -> Path:
        return self.book.out / MASTER

    def _beside(self, corrected: Path | None) -> list[str]:
        """What recovery writes beside the master."""
        return [recovering.LEDGER, RECOVERED] if corrected else [recovering.LEDGER]

    def _base(self, corrected: Path | None) -> str:
        """The digest of what recovery made when the correction began; empty where that is what it makes now."""
        step = self.state.step("recover")
        if step.result.get("corrected"):
            is_open = (self.book.out / RECOVERED).is_file()
            return step.result.get("base", "") if is_open else ""
        return step.files.get(MASTER, "") if corrected == self._own else ""

    def _corrected(self) -> Path | None:
        """The master a person corrected: beside the source, or the one we wrote and somebody changed."""
        beside = self.book.corrected_master
        if beside and beside.resolve() != self._own.resolve():
            return beside
        return self._own if self._own_is_changed() else None

    def _own_is_changed(self) -> bool:
        """Whether the master in the output folder is not as we wrote it, or nobody knows any more that we did."""
        written = self.state.step("recover").files.get(MASTER, "")
        return digest_file(self._own) not in (written, "")


def _rank(what: str) -> tuple[bool, bool, str]:
    """Traditional, Simplified, then what stands side by side."""
    return "+" in what, what.startswith("zh-Hans"), what
