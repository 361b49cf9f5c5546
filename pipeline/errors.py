"""The few exceptions, each with its exit code. A message reads ``where: what is wrong. What to do.``"""

from __future__ import annotations

from pipeline.location import Place

GOOD, FAILED, MISUSED = 0, 1, 2


class FanjianError(Exception):
    """Something a user can put right. ``exit_code`` is what the command returns."""

    exit_code = FAILED

    def __init__(self, message: str, place: Place | str | None = None) -> None:
        self.place = place
        super().__init__(f"{place}: {message}" if place is not None else message)


class SettingsError(FanjianError):
    """A settings file or option that is wrong: unknown key, wrong type, impossible value."""

    exit_code = MISUSED


class SourceError(FanjianError):
    """A source that cannot be read: missing, empty, binary, too large, not decodable."""


class MasterError(FanjianError):
    """A master that Pandoc or the notes' rules refuse."""


class ProgramError(FanjianError):
    """An outside program or library is missing, too old or failed."""


class EditionError(FanjianError):
    """An edition that would be wrong, so it is not written (a lost note, a font that is missing)."""


def fault_of(error: Exception) -> str:
    """The sentence for an error that is none of the user's.

    >>> fault_of(KeyError("span"))
    "KeyError: 'span'. This is a fault of Fanjian: run again with --debug and report it."
    """
    what = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    return f"{what}. This is a fault of Fanjian: run again with --debug and report it."
