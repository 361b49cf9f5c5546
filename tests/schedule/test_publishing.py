"""Settings decided by the document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.document import ast
from pipeline.schedule.publishing import _for_document
from pipeline.settings import PageSettings, Settings

ARTICLE, BOOK = "# 一、前言\n\n短。\n\n# 二、結論\n", "# 第一章\n\n短。\n\n# 第二章\n\n# 索引\n"


@pytest.mark.parametrize(
    ("text", "page", "decided"),
    [
        (ARTICLE, PageSettings(), (False, False)),
        (BOOK, PageSettings(), (True, True)),
        (ARTICLE, PageSettings(recto=True), (True, False)),
        (ARTICLE, PageSettings(recto=True, chapter_break=False), (False, False)),
        (BOOK, PageSettings(chapter_break=False, half_title=False), (False, False)),
    ],
)
def test_auto_is_decided_by_the_document(text: str, page: PageSettings, decided: tuple[bool, bool]) -> None:
    found = _for_document(replace(Settings(), page=page), ast.read_document(text, "a.md")).page
    assert (found.chapter_break, found.half_title) == decided
