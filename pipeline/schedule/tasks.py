"""A task of a book, run in some process: its result, or why it failed, in words for the user."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.errors import FAILED, FanjianError, SettingsError, fault_of
from pipeline.files import OUTSIDE, explain


@dataclass(frozen=True)
class Task:
    """A step to run in some process. ``work`` and its arguments can be pickled."""

    name: str  # "recover" or a script
    work: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Failure:
    """Why a task failed: what the user is told, with which exit code, and a traceback for --debug."""

    message: str
    exit_code: int
    details: str


def attempt(task: Task) -> Any:
    """The task's result, or the ``Failure`` it ended with."""
    try:
        return task.work(*task.arguments)
    except SettingsError as e:
        # found in the work itself, where nobody knows the file: it is the book's
        book = task.arguments[0]
        where = "" if e.place is not None else f"{book.settings.file or book.source}: "
        return Failure(where + str(e), e.exit_code, "")
    except FanjianError as e:
        return Failure(str(e), e.exit_code, "")
    except MemoryError:
        message = "the memory is not enough. Build this book alone, with -j 1."
        return Failure(f"{task.arguments[0].source}: {message}", FAILED, traceback.format_exc())
    except OSError as e:
        if e.errno in OUTSIDE:
            return Failure(explain(e), FAILED, traceback.format_exc())
        return _own_fault(e)
    except Exception as e:
        return _own_fault(e)


def _own_fault(e: Exception) -> Failure:
    return Failure(fault_of(e), FAILED, traceback.format_exc())
