"""Script and region told from a text's own characters."""

from __future__ import annotations

import pytest

from pipeline.hanzi import detect_region, detect_script
from pipeline.hanzi.scripts import count_scripts, simplified_only, traditional_only
from pipeline.settings import HANS, HANT


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("東風吹來", HANT),
        ("东风吹来", HANS),
        ("這裡的頭髮，见于书", HANT),
        ("这里的头发，見於", HANS),
        ("后里干", HANT),  # proves nothing
        ("万从广", HANS),  # rare characters in Traditional, everyday ones in Simplified
        ("", HANT),
    ],
)
def test_detect_script(text, script):
    assert detect_script(text) == script


def test_where_nothing_tells_the_asker_decides():
    assert detect_script("后里干", HANS) == HANS


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("他看着這裏的説明，敍述羣眾", "hk"),
        ("他看著這裡的說明，敘述群眾", "tw"),
        ("他看着这里的说明", "cn"),
        ("東風吹來", "tw"),
    ],
)
def test_detect_region(text, region):
    assert detect_region(text) == region


def test_a_character_is_in_one_script_only():
    assert traditional_only().isdisjoint(simplified_only())
    assert {"說", "頭", "髮"} <= traditional_only()
    assert {"说", "头", "国"} <= simplified_only()


@pytest.mark.parametrize("character", "后里干于余台乾著范征只面恒够猫秘群")
def test_what_both_scripts_print_proves_nothing(character):
    assert count_scripts(character) == (0, 0)
