"""The report of a build: HTML for people, JSON and JUnit for CI."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline import __version__
from pipeline.document.findings import lines_of, pages_of, places_of, proposals_of, told
from pipeline.document.manuscript import Finding
from pipeline.files import digest_file, write_whole
from pipeline.resources import fill_template
from pipeline.schedule.run import Outcome

WIDTH = 24  # characters of an edit that the report shows


def report_data(outcome: Outcome) -> dict[str, Any]:
    """The report as plain data. It holds no times: the same input gives the same report."""
    recovered, findings = outcome.recovered, outcome.findings
    return {
        "fanjian": __version__,
        "book": outcome.slug,
        "source": outcome.book.source.name if outcome.book else "",
        "ok": not outcome.error,
        "error": outcome.error,
        "recovery": {
            "form": recovered.form,
            "encoding": recovered.encoding,
            "lang": recovered.lang,
            "corrected_master": bool(recovered.corrected),
            "edits": recovered.edits,
            "edits_by_rule": recovered.edits_by_rule,
        }
        if recovered
        else None,
        "editions": [
            {
                "script": p.script,
                "lang": p.lang,
                "title": p.title,
                "authors": p.authors,
                "pages": p.pages,
                "notes": p.notes,
                "missing_notes": p.missing,
                "choices": p.choices,
                "files": [{"name": name, "sha256": digest_file(outcome.book.out / name)} for name in p.files],
            }
            for p in outcome.published.values()
            if outcome.book
        ],
        "findings_by_rule": dict(sorted(places_of(findings).items())),
        "findings": places_of(findings).total(),
    }


def write_report(outcome: Outcome) -> None:
    """Writes ``report.json`` and ``report.html`` into the book's folder, where it has one."""
    if outcome.book is None:
        return
    data = report_data(outcome)
    write_whole(outcome.book.out / "report.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    html = fill_template(
        "report.html.jinja",
        outcome.book.settings.folder,
        report=data,
        rules=_rules(outcome),
        findings=_found(outcome.findings),
    )
    write_whole(outcome.book.out / "report.html", html)


def _rules(outcome: Outcome) -> list[dict[str, Any]]:
    """What each rule did: how often, and its first edit, with blanks and line ends as signs."""
    if outcome.recovered is None:
        return []
    firsts = outcome.recovered.first_edits
    return [
        {
            "rule": rule,
            "edits": count,
            "before": _visible(firsts[rule][0]),
            "after": _visible(firsts[rule][1]),
            "why": firsts[rule][2],
        }
        for rule, count in outcome.recovered.edits_by_rule.items()
    ]


def _visible(text: str) -> str:
    if len(text) == 1 and unicodedata.normalize("NFKC", text) != text:
        return f"{text} (U+{ord(text):04X})"  # looks like what it becomes
    text = re.sub(r"\s*\n\s*", "⏎", text).replace(" ", "␣").replace("\N{IDEOGRAPHIC SPACE}", "□")
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"


def _found(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """What was found, each kind in one row with its lines and pages."""
    return [
        {
            "rule": f.rule,
            "file": f.file,
            "lines": lines_of(f),
            "pages": pages_of(f),
            "message": f.message if len(f.places) == 1 else f"{f.message} ({len(f.places):,} places)",
            "proposal": proposals_of(f),
        }
        for f in findings
    ]


def write_junit(outcomes: Sequence[Outcome], path: Path, strict: bool = False) -> None:
    """A JUnit file: a suite per book, a case per edition; findings go to the suite's output. ``strict``: they fail."""
    root = ElementTree.Element("testsuites", name="fanjian")
    for outcome in outcomes:
        names = [name for p in outcome.published.values() for name in p.files]
        if not names and not outcome.error:
            names = [outcome.slug]
        suite = ElementTree.SubElement(root, "testsuite", name=outcome.slug)
        for name in names:
            ElementTree.SubElement(suite, "testcase", classname=outcome.slug, name=name)
        if outcome.error:
            case = ElementTree.SubElement(suite, "testcase", classname=outcome.slug, name="build")
            ElementTree.SubElement(case, "failure", message=_said(outcome.error)).text = _said(
                outcome.details
            )
        lines = _said("\n".join(f"{f.rule} {told(f)}" for f in outcome.findings))
        if strict and lines:
            case = ElementTree.SubElement(suite, "testcase", classname=outcome.slug, name="findings")
            ElementTree.SubElement(case, "failure", message=lines.splitlines()[0]).text = lines
        suite.set("tests", str(len(suite.findall("testcase"))))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        ElementTree.SubElement(suite, "system-out").text = lines
    ElementTree.indent(root)
    write_whole(path, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _said(text: str) -> str:
    """A text without the control characters that no XML may hold: one would spoil the report of all books."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", text)
