"""Marks of conversion: kept as forms, read, or said."""

from __future__ import annotations

import pytest

from pipeline.document.master import write_master
from pipeline.recovery.wiki_markdown.text.variants import VariantKind, read_variant
from tests.recovery.wiki_markdown.articles import body, recover, rules_of


@pytest.mark.parametrize(
    ("source", "lang", "written"),
    [
        ("金-{zh-hans:炮; zh-hant:砲;}-戰", "zh-Hant", '金[砲]{.variant zh-hans="炮" zh-hant="砲"}戰'),
        ("金-{zh-hans:炮; zh-hant:砲;}-戰", "zh-Hans", '金[炮]{.variant zh-hans="炮" zh-hant="砲"}戰'),
        (
            "用-{zh-cn:软件;zh-tw:軟體;zh-hk:軟件}-",
            "zh-Hant-HK",
            '用[軟件]{.variant zh-cn="软件" zh-tw="軟體" zh-hk="軟件"}',
        ),
        ("姓-{于}-名", "zh-Hant", "姓[于]{.keep}名"),
        ("姓-{R|于}-名", "zh-Hant", "姓[于]{.keep}名"),
        ("前-{H|zh-cn:博客;zh-tw:部落格}-後", "zh-Hant", "前後"),
        ("前-{T|zh-cn:博客;zh-tw:部落格}-後", "zh-Hant", "前後"),
        (
            "前-{A|zh-cn:博客;zh-tw:部落格}-後",
            "zh-Hant",
            '前[部落格]{.variant zh-cn="博客" zh-tw="部落格"}後',
        ),
        ("前-{H|甲=>zh-cn:乙;}-後", "zh-Hant", "前後"),
        ("前-{}-後", "zh-Hant", "前後"),
        ("前-{沒有完", "zh-Hant", "前-{沒有完"),
    ],
)
def test_conversion_marks(source: str, lang: str, written: str) -> None:
    assert body(source, lang) == written


def test_a_mark_inside_a_link_and_a_heading() -> None:
    source = "## 金-{zh-hans:炮; zh-hant:砲}-\n\n[金-{zh-hans:炮; zh-hant:砲}-戰](http://example.org/a)的事。"
    assert body(source) == (
        '# 金[砲]{.variant zh-hans="炮" zh-hant="砲"} {}\n\n[金[砲]{.variant zh-hans="炮" zh-hant="砲"}戰](http://example.org/a)的事。'
    )


def test_the_title_for_each_script() -> None:
    said = "-{T|zh-hans:炮战; zh-hant:砲戰}-"
    for text in (f"# 炮戰\n\n{said}\n\n甲乙。\n", f"# 炮戰\n\n甲{said}乙。\n"):
        written = write_master(recover(text))
        assert """title: '[炮戰]{.variant zh-hans="炮战" zh-hant="砲戰"}'""" in written
        assert "甲乙。" in written and "T|" not in written
        assert rules_of(recover(text)) == []
    assert "title" not in write_master(recover(f"甲。\n\n{said}\n"))  # the page itself names none


def test_rules_for_the_whole_article_and_open_marks_are_findings() -> None:
    assert rules_of(recover("甲-{H|zh-cn:博客;zh-tw:部落格}-乙")) == ["L226"]
    assert rules_of(recover("甲-{乙")) == ["L225"]


def test_a_mark_with_foreign_text_is_kept_as_it_is() -> None:
    assert read_variant("a:b; c:d", "zh-Hant").kind is VariantKind.KEEP
