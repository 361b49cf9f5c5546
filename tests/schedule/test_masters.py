"""What an editor should mend in a master, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import MasterError
from pipeline.schedule.masters import open_master

MASTER = """---
title: 閘座考
---

# 章

::: {#box .note hidden="hidden"}
[頁]{.page}[隱]{style="display:none"}見[彼](#none)、[檔](a.md)。[]{#twice}[]{#twice}
:::

流量 $Q = \\\\frac{1}{n} A$，又 $E=mc^2$。

$$\\\\sum_{i=1}^{n}
 x_i$$
"""


def test_what_is_wrong_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MASTER.replace("\\\\", "\\"), encoding="utf-8")
    _, findings = open_master(tmp_path / "a.md")
    assert [(f.rule, f.line) for f in findings] == [
        ("L94", None),
        ("L90", 8),
        ("L90", 8),
        ("L97", 8),
        ("L98", 8),
        ("L98", 7),
        ("L98", 7),
        ("L95", 11),
        ("L95", 13),
    ]
    assert "«\\sum_{i=1}^{n} x_i»" in findings[-1].message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.md: is empty"),
        ("\ufeff \n", "a.md: is empty"),
        ("---\ntitle: 甲\n\n# 章\n\n文。\n", "a.md:1: the metadata never end"),
        ("文\n\n<<<<<<< a.md\n甲\n=======\n乙\n>>>>>>> b.md\n", "a.md:3: two texts stand between"),
    ],
)
def test_a_master_that_was_cut_short_or_half_merged_makes_no_editions(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(MasterError) as error:
        open_master(tmp_path / "a.md")
    assert said in str(error.value)
    with pytest.raises(MasterError, match=r"source\.md"):  # of which it is the copy
        open_master(tmp_path / "a.md", tmp_path / "source.md")


@pytest.mark.parametrize(
    "text", ["---\ntitle: 甲\n---\n", "---\ntitle: 甲\n...\n\n文\n", "---\n\n文：甲\n", "文\n"]
)
def test_a_master_with_little_is_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert open_master(tmp_path / "a.md")[1] == []
