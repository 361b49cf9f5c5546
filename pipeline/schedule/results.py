"""What the steps of a book yield: small values that travel between processes and into the report."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.readers.detect import PANDOC_FORMS


@dataclass(frozen=True)
class Recovered:
    """The first step's result."""

    master: str  # the master's file name in ``out``, or the corrected one's path
    corrected: str  # the path of the corrected master that it was; empty where it is recovery's own
    form: str
    lang: str
    encoding: str
    edits: int
    edits_by_rule: dict[str, int]
    first_edits: dict[str, list[str]]  # by rule: before, after and why of its first edit
    findings: list[Finding]
    pictures: dict[str, str] = field(default_factory=dict)  # taken out of the source, with their digests
    is_clean: bool = False  # the source is a master already, which the master copies
    slug: str = ""
    source: str = ""
    folder: str = ""  # where the book's settings are
    base: str = ""  # of a corrected master: the digest of what recovery made when the correction began
    overtaken: bool = False  # recovery makes another master now
    seconds: float = 0.0
    fresh: bool = False

    def written(self, source: Path) -> Path:
        """The file that a person mends: the master, but where that is the copy of a corrected one or of a clean ``source``."""
        if self.corrected:
            return Path(self.corrected)
        return self.read(source) if self.is_clean else Path(self.master)

    def read(self, source: Path) -> Path:
        """The file whose lines recovery counts: the master of what Pandoc read whole, as a Word file, else the source."""
        return Path(self.master) if self.is_clean and self.encoding in PANDOC_FORMS else source


@dataclass(frozen=True)
class Published:
    """The editions of one script."""

    script: str
    title: str
    authors: list[str]
    lang: str
    files: list[str]
    pages: int
    notes: int
    missing: int
    headings: int
    choices: int
    findings: list[Finding]
    master: str = ""  # the digest of the master they were made from
    program: str = ""  # and of the program that made them
    seconds: dict[str, float] = field(default_factory=dict)
    fresh: bool = False


def to_json(value: Any) -> Any:
    """A result as plain data; as JSON, a finding's span is a list of its two ends."""
    return asdict(value)


def finding_from(data: dict[str, Any]) -> Finding:
    """A finding back from plain data."""
    span = data.get("span")
    return Finding(**{**data, "span": Span(*span) if span is not None else None, "others": ()})


def recovered_from(data: dict[str, Any]) -> Recovered:
    """A ``Recovered`` back from plain data."""
    return Recovered(**{**data, "findings": [finding_from(f) for f in data["findings"]], "fresh": True})


def published_from(data: dict[str, Any]) -> Published:
    """A ``Published`` back from plain data."""
    return Published(**{**data, "findings": [finding_from(f) for f in data["findings"]], "fresh": True})
