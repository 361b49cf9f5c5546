"""The master's notes: what Pandoc drops without a word is said."""

from __future__ import annotations

import pytest

from pipeline.document.check import check_master


@pytest.mark.parametrize(
    ("master", "rules"),
    [
        ("甲[^1]乙。\n\n[^1]: 丙\n", []),
        ("甲[^1]乙[^1]。\n\n[^1]: 丙\n", []),
        ("甲[^1]: 乙。\n\n[^1]: 丙\n", []),
        ("甲[^1]乙。\n", ["N90"]),
        ("甲。\n\n[^1]: 丙\n", ["N91"]),
        ("甲[^a]。\n\n[^a]: 丙\n\n[^a]: 丁\n", ["N92"]),
        ("`甲[^1]`\n", []),
        ("```\n[^1]: 丙\n甲[^2]\n```\n", []),
        ("甲\\[^1]乙\n", []),
        ("# 甲\n\n# \n\n乙\n", ["L91"]),
        ("```\n#\n```\n", []),
        ("甲[^1]乙[^2]。\n\n[^1]: 丙[^2]\n\n[^2]: 丁\n", ["N94"]),
        ("甲[^1]。\n\n[^1]: 丙\n\n    又[^1]。\n\n乙[^1]\n", ["N94"]),
        ("甲[^1]。\n\n[^1]: 丙\\[^1]、`[^1]`\n\n乙[^1]\n", []),
        ("<ruby>甲<rt>ㄐ</rt></ruby> <!-- 待查 -->\n", ["L99", "L99", "L99"]),
        ("\\<b>甲</b>、`<b>`、<https://a.cn>、<b@a.cn>、5 < 6 > 1、<Book A>、![圖](<a b.png>)\n", []),
    ],
)
def test_findings(master: str, rules: list[str]) -> None:
    assert [f.rule for f in check_master(master)] == rules


def test_a_finding_has_its_line() -> None:
    (finding,) = check_master("一\n\n二[^9]\n")
    assert finding.line == 3
    assert finding.message == "note call 9 has no body."
