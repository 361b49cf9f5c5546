"""The longest word at each place, from left to right."""

from __future__ import annotations

from pipeline.hanzi.lexicon import Lexicon, spread


def test_the_longest_word_wins():
    lexicon = Lexicon({"乾隆": "A", "乾隆帝": "B", "乾": "c"})
    assert [(m.word, m.start, m.end) for m in lexicon.find("乾隆帝與乾隆，乾")] == [
        ("乾隆帝", 0, 3),
        ("乾隆", 4, 6),
        ("乾", 7, 8),
    ]


def test_words_do_not_overlap():
    assert [m.word for m in Lexicon({"甲乙": "1", "乙丙": "2"}).find("甲乙丙乙丙")] == ["甲乙", "乙丙"]


def test_a_word_that_would_run_past_the_end_is_none():
    lexicon = Lexicon({"甲乙": "1", "甲乙丙丁": "2"})
    assert [(m.word, m.end) for m in lexicon.find("甲乙丙")] == [("甲乙", 2)]


def test_a_result_of_another_length_is_in_the_first_cell():
    assert spread("超音波", 2) == ["超音波", ""]
    assert Lexicon({"軟體": "软件程序"}).convert("用軟體") == ["用", "软件程序", ""]


def test_an_empty_text_and_an_empty_lexicon():
    assert Lexicon({"甲": "乙"}).convert("") == []
    assert not Lexicon({})
    assert list(Lexicon({}).find("甲")) == []
