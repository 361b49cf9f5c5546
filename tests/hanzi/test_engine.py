"""Which OpenCC converts, and that its results know the characters they stand for."""

from __future__ import annotations

from importlib import metadata

import pytest

from pipeline.errors import ProgramError
from pipeline.hanzi import engine


@pytest.fixture
def forget_library():
    engine.find_library.cache_clear()
    yield
    engine.find_library.cache_clear()


def _versions(monkeypatch, installed: dict[str, str]) -> None:
    def version(name: str) -> str:
        if name in installed:
            return installed[name]
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)


def test_describe_names_package_and_version():
    name, _, version = engine.describe().partition(" ")
    assert name in {engine.OFFICIAL, engine.REIMPLEMENTED}
    assert version == metadata.version(name)


def test_both_packages_together_are_refused(monkeypatch, forget_library):
    _versions(monkeypatch, {"opencc": "1.4.2", "opencc-python-reimplemented": "0.1.7"})
    with pytest.raises(ProgramError, match=r"both installed and overwrite each other\. Uninstall both"):
        engine.describe()


def test_no_package_is_said(monkeypatch, forget_library):
    _versions(monkeypatch, {})
    with pytest.raises(ProgramError, match=r"OpenCC is missing\. Install"):
        engine.describe()


@pytest.mark.parametrize("route", engine.CHAINS)
def test_a_cell_for_each_character(route):
    text = "徐乾學看著這裏的頭髮，敍述群眾、 里面 abc 123 后来\n乾隆"
    assert len(engine.convert_cells(text, route)) == len(text)


def test_a_phrase_at_the_texts_end_keeps_the_length():
    # a longer phrase of the dictionary begins with the same two characters
    assert engine.convert_cells("控制台", "s2t") == list("控制台")


def test_compose_lays_a_second_conversion_back():
    assert engine.compose(["ab", "", "c"], ["x", "y", "z"]) == ["xy", "", "z"]


@pytest.mark.parametrize(
    ("source", "result", "cells"),
    [
        ("甲乙丙", "甲X丙", ["甲", "X", "丙"]),
        ("甲乙丙", "甲XY丙", ["甲", "XY", "丙"]),
        ("甲乙丙", "甲丙", ["甲", "", "丙"]),
        ("甲丙", "甲乙丙", ["甲乙", "丙"]),
    ],
)
def test_a_result_of_another_length_is_aligned(source, result, cells):
    assert engine._aligned(source, result) == cells
