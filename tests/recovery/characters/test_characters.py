"""Which characters are wrong: profiles over documents, repairs in texts, and what must never change."""

from __future__ import annotations

import importlib.resources
import os
import random
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.recovery import recover
from pipeline.recovery.characters import Fingerprint, apply_repairs, find_repairs, fingerprint
from pipeline.settings import RecoverSettings

CASES = Path(__file__).parents[2] / "cases" / "recovery"
CLEAN = sorted((CASES / "clean").glob("*.txt"))
NO_SETTINGS = RecoverSettings()
ALL_TRAPS = fingerprint((CASES / "traps.txt").read_text("utf-8"), NO_SETTINGS)

PRIVATE = (
    "隨u機器的增加，工人也多了起來。工廠G有三座高爐，爐子G的火日夜不熄，這G的人都習慣了。\n"
    "這意味u產量可以提高一倍，也標誌u一個時代的開始。報告»述了經過，並提到保k城市的計劃。\n"
    "文章說，存在u三種可能。會上u重指出，N. G. Sudarikov 的B-47報告與k線圖無關，U型管也不是問題。\n"
)


def repaired(text: str, **own: object) -> str:
    chosen = RecoverSettings(**own)  # type: ignore[arg-type]
    return apply_repairs(text, find_repairs(text, fingerprint(text, chosen)))


def proposals(text: str) -> list[tuple[str, str, str]]:
    found = find_repairs(text, fingerprint(text, NO_SETTINGS))
    return [(r.rule, text[r.start : r.end], r.after) for r in found if not r.safe]


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
def test_a_clean_text_needs_no_repair(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = fingerprint(text, NO_SETTINGS)
    for paragraph in [text, *text.split("\n")]:
        safe = [r for r in find_repairs(paragraph, whole) if r.safe]
        assert safe == []


def test_clean_texts_together_fit_no_profile() -> None:
    """Nor do they make a profile when one document holds them all."""
    text = "".join(path.read_text(encoding="utf-8") for path in CLEAN)
    found = fingerprint(text, NO_SETTINGS)
    assert not (found.private or found.coded_notes or found.dense or found.spaced or found.radicals)
    assert found.broken == frozenset()


@pytest.mark.parametrize(
    "path", [p for p in CLEAN if p.stem not in ("classical", "punctuation")], ids=lambda p: p.stem
)
def test_a_clean_text_raises_no_suspicion(path: Path) -> None:
    assert proposals(path.read_text(encoding="utf-8")) == []


def test_private_glyphs_are_repaired_in_a_document_that_has_them() -> None:
    after = repaired(PRIVATE)
    assert after == (
        "隨着機器的增加，工人也多了起來。工廠裏有三座高爐，爐子裏的火日夜不熄，這裏的人都習慣了。\n"
        "這意味着產量可以提高一倍，也標誌着一個時代的開始。報告敍述了經過，並提到保衞城市的計劃。\n"
        "文章說，存在着三種可能。會上着重指出，N. G. Sudarikov 的B-47報告與k線圖無關，U型管也不是問題。\n"
    )


def test_a_private_glyph_at_a_lines_end_asks_for_no_space() -> None:
    sentences = PRIVATE.replace("\n", "")
    lines = [sentences[at : at + 30] for at in range(0, 90, 30)]
    lines += ["城外河岸上的新工廠慢慢地建了起來，它的落成對於全城標誌u", "50年代的開始。"]
    text = recover("\n\n".join(lines), "page-dump", NO_SETTINGS).blocks[-1].content.visible()
    assert text.endswith("標誌着50年代的開始。")


def test_private_codes_are_read_by_hong_kongs_table_in_texts_of_hong_kong_alone() -> None:
    """裏面 and 着重 are written in books from anywhere."""
    text = "這裏面的事，衞生裏面的事，着重裏面。往上游\ue777划行。\n"
    assert repaired(text * 3) == text * 3
    assert "游𤧷划" in repaired("香港人的事。香港的話。香港好近。" + text)


def test_the_books_own_table_goes_before_all_rules() -> None:
    text = "香港人的事。香港的話。香港好近。他去\uecd9街市。"
    assert "他去罷街市" in repaired(text, glyphs={"\uecd9": "罷"})


def test_a_private_code_is_named_as_the_books_table_wants_it() -> None:
    (finding,) = recover("水經的鈔本\ue123缺末頁。\n", "plain", NO_SETTINGS).findings
    assert '"\\uE123" = "…"' in finding.message


def test_private_glyphs_need_a_profile() -> None:
    """One line with a stray letter proves nothing."""
    assert repaired("隨u機器的增加，工人也多了。") == "隨u機器的增加，工人也多了。"
    assert repaired(PRIVATE + "隨着時間，他沿着河走，看着水。") == PRIVATE + "隨着時間，他沿着河走，看着水。"
    more = PRIVATE + "他沿u河走，注視u水。題記用另一種字體：隨着時間。"
    assert "他沿着河走，注視着水。" in repaired(more)


@pytest.mark.parametrize(
    "said", ["隨u機器的增加，這意味u商人也多了。", "隨u機器的增加，還有u商人存在u，他們在u兩岸來往，寫u信。"]
)
def test_a_page_alone_on_which_every_letter_stands_where_a_glyph_would(said: str) -> None:
    assert repaired(said) == said.replace("u", "着")
    for other in ("他沿着河走。", "其速度v很大。", "若u=0則停。"):
        assert "隨u" in repaired(said + other)


def test_one_note_called_by_letters_behind_a_quotation_where_there_are_private_glyphs() -> None:
    assert fingerprint(PRIVATE + "他說：「工人多了」bs。", NO_SETTINGS).coded_notes
    assert not fingerprint(PRIVATE + "工人多了bs。", NO_SETTINGS).coded_notes


def test_a_note_called_by_letters_tells_of_private_glyphs_on_a_page_alone() -> None:
    said = "他說：「工人多了。」bk隨u機器的增加，保k城市的人也多了。"
    assert repaired(said) == said.replace("隨u", "隨着").replace("保k", "保衞")
    for other in (
        said.replace("bk", ""),
        said.replace("bk", " bk"),
        said + "他沿着河走。",
        said + "設u為速度。",
    ):
        assert "隨u" in repaired(other)


ARTICLE = (CASES / "private" / "hongkong.txt").read_text("utf-8")
LETTERS = {"着": "u", "裏": "G", "衞": "k", "敍": "»"}


@pytest.mark.parametrize("chars", ["着裏衞敍", "着裏", "着", "裏衞敍"])
def test_another_article_of_the_journal_is_read(chars: str) -> None:
    """Other verbs, other nouns, only some of the letters: every one is read, and nothing else is touched."""
    stray = ARTICLE.translate(str.maketrans({c: LETTERS[c] for c in chars}))
    found = fingerprint(stray, NO_SETTINGS)
    assert "\n".join(apply_repairs(line, find_repairs(line, found)) for line in stray.split("\n")) == ARTICLE


def test_letters_that_the_table_does_not_know_are_proposed_in_such_an_article() -> None:
    more = "他説這條戰綫太長，小説家説法不一，據説前綫的士兵説話很少，路綫與航綫交織，演説與解説都沒有用。"
    stray = (ARTICLE + more).translate(str.maketrans(LETTERS | {"説": "¶", "綫": "w"}))
    assert dict(fingerprint(stray, NO_SETTINGS).unknown) == {"¶": "説", "w": "綫"}


@pytest.mark.parametrize("line", (CASES / "traps.txt").read_text("utf-8").splitlines())
def test_what_looks_broken_and_is_right_stays(line: str) -> None:
    """Each line as a document of its own, and in the company of all the others."""
    for found in (fingerprint(line, NO_SETTINGS), ALL_TRAPS):
        assert [r for r in find_repairs(line, found) if r.safe] == []


def test_a_line_end_does_not_hide_a_verb() -> None:
    assert fingerprint("標誌u\n\n一個時代。隨u\n\n潮水。意味u\n\n甚麼", NO_SETTINGS).private


def test_an_unknown_letter_that_recurs_is_proposed_with_its_character() -> None:
    text = PRIVATE + "另一種¶法是，學¶本身不錯；他¶明了理由。"
    assert ("C204", "¶", "説") in proposals(text)


def test_note_numbers_in_letters_are_seen() -> None:
    notes = "鐵的產量增加bk。後來bl，又有人說bm。最後bn，"
    assert fingerprint(PRIVATE + notes, NO_SETTINGS).coded_notes
    assert not fingerprint(notes, NO_SETTINGS).coded_notes, "too few without private glyphs"
    assert not fingerprint(PRIVATE, NO_SETTINGS).coded_notes


def test_the_user_gives_a_table() -> None:
    assert repaired("城§的雪，art. 5 §12", glyphs={"§": "裏"}) == "城裏的雪，art. 5 §12"
    assert repaired("他ab說ab，cab", glyphs={"ab": "曾"}) == "他曾說曾，cab"


def test_broken_maps_are_repaired_by_the_word_and_then_by_the_document() -> None:
    assert repaired("我們必頇努力") == "我們必須努力"
    assert repaired("太帄洋與不帄等，還有董彥帄。") == "太平洋與不平等，還有董彥平。"
    assert repaired("董彥帄來了。") == "董彥帄來了。"
    assert proposals("董彥帄來了。") == [("C303", "帄", "平")]
    assert repaired("為人顢頇。我們必頇、務頇努力。") == "為人顢頇。我們必須、務須努力。"


def test_a_map_proved_broken_for_two_characters_is_so_for_all_of_them() -> None:
    assert repaired("必頇嘗詴。價值帄允，帄年五趟。") == "必須嘗試。價值平允，平年五趟。"
    assert repaired("必頇努力，務頇小心。價值帄允。") == "必須努力，務須小心。價值帄允。", "one character"
    assert repaired("必頇嘗詴。說「帄」字，為人顢頇。") == "必須嘗試。說「帄」字，為人顢頇。"


def test_three_near_dead_characters_prove_each_other() -> None:
    told = "你詴過嗎？秧苗尌死了，尌是這樣。政府無從帄亭。"
    assert repaired(told) == "你試過嗎？秧苗就死了，就是這樣。政府無從平亭。"
    for text in (
        told.replace("詴過", "做過"),
        told.replace("，尌是這樣", ""),
        told.replace("帄亭", "「帄亭」"),
    ):
        assert repaired(text) == text, "two of them, no word, one that the text speaks of"


def test_a_word_of_a_broken_map_may_hold_a_compatibility_ideograph() -> None:
    assert repaired("條件\uf967帄等。") == "條件不平等。"
    assert repaired("\uf967頇努\uf98a，路途\uf967帄。價值帄允。") == "不須努力，路途不平。價值平允。"


def test_a_word_that_a_lines_end_divides_proves_a_broken_map() -> None:
    found = fingerprint("船夫必 \n\n頇努力，嘗\n詴幾次。價值帄允。", NO_SETTINGS)
    assert found.broken == frozenset("頇詴帄")


def test_an_authors_spelling_is_only_a_finding() -> None:
    assert repaired("發行債劵") == "發行債劵"
    assert proposals("發行債劵") == [("C501", "劵", "券")]


DENSE = "这是我们癿工作，丌能停。由亍时间叧有三天，迚行劢员癿时候，要把情冴讱清楚；挃导癿人，记弽癿人，都刡了。他仧丌是丌知道，叧是赸过了限度。返个问题戒者可以再议。"


def test_dense_maps_are_repaired_and_sparse_ones_proposed() -> None:
    after = repaired(DENSE)
    assert "我们的工作，不能停。由于时间只有三天，进行动员的时候" in after
    assert "这个问题或者可以再议" in after
    assert repaired("这里迚行检查") == "这里进行检查"
    assert repaired("这里丌能检查") == "这里丌能检查"
    assert [p[2] for p in proposals("这里丌能检查")] == ["不"]


def test_compatibility_ideographs_become_unified_but_the_twelve_stay() -> None:
    assert repaired("\uf967\uf98e\ufa0e﨏") == "不年\ufa0e﨏"


def test_glyph_numbers_are_read() -> None:
    assert repaired("由ʕ਷ʮ̡出版") == "由中國公司出版"


def test_glyph_numbers_of_another_font_are_not_read_where_chance_makes_words_of_a_few() -> None:
    words = ["ʕ਷ʮ̡", "ʕ਷ਓ̡", "ʮ̡ʕ਷"]
    others = [f"{chr(0x0372 + n)}{chr(0x0B05 + n)}{chr(0x0252 + n)}{chr(0x0C05 + n)}" for n in range(40)]
    assert "國" in repaired("，".join(words))
    text = "，".join([*words, *others])
    assert repaired(text) == text


def test_a_space_stays_between_two_names() -> None:
    for text in ("王 明", "主編 王 明", "沈志遠 著"):
        assert repaired(text) == text


def test_a_text_spaced_throughout_is_closed_up() -> None:
    text = "博 物 館 與 文 化 的 關 係 ， 從 來 不 是 單 向 的 ； 它 像 一 面 鏡 子 ， 也 像 一 扇 窗 。 " * 2
    assert repaired(text).strip() == "博物館與文化的關係，從來不是單向的；它像一面鏡子，也像一扇窗。" * 2


HAN_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "的不人有這裏隨意味着存在必頇太帄洋尌是測詴uGk»bl劵癿丌迚，。「」 \n　0123ABab‖―ÖÐ\uf967⼤⻑ﬁ"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=200,
)


@given(HAN_TEXT, st.booleans())
@settings(max_examples=500, deadline=None)
def test_garbage_is_repaired_in_order_and_once(text: str, everything: bool) -> None:
    found = fingerprint(text, RecoverSettings(glyphs={"§": "裏"}))
    if everything:
        found = Fingerprint(*[True] * 8, "hk", (("§", "裏"),), (("a", "説"),), frozenset("頇帄"))
    repairs = find_repairs(text, found)
    at = 0
    for repair in repairs:
        assert at <= repair.start <= repair.end <= len(text)
        assert repair.after != text[repair.start : repair.end] or not repair.safe
        at = max(repair.end, repair.start)


@pytest.mark.parametrize(
    ("text", "fits"), [("㆒九五八年，㆗國㆟", True), ("㆒個㆟", False), ("讀㆑書㆒㆓㆔", False)]
)
def test_kanbun_marks_stand_for_characters_unless_they_order_a_text(text: str, fits: bool) -> None:
    assert fingerprint(text, RecoverSettings()).kanbun == fits


# An invisible character can hide one fault in another; then the second shows when the first is gone.
VISIBLE_TEXT = HAN_TEXT.filter(
    lambda text: all(unicodedata.category(c) not in ("Cc", "Cf") or c == "\n" for c in text)
)


@given(VISIBLE_TEXT)
@settings(max_examples=500, deadline=None)
def test_a_repaired_text_needs_no_repair(text: str) -> None:
    found = fingerprint(text, NO_SETTINGS)
    once = apply_repairs(text, find_repairs(text, found))
    assert [r for r in find_repairs(once, found) if r.safe] == []


def test_clean_text_is_fast() -> None:
    """A megabyte a second and more; the bound here is loose, for slow machines."""
    paragraph = "".join(path.read_text(encoding="utf-8").replace("\n", "") for path in CLEAN)
    text = paragraph * (300_000 // len(paragraph))
    found = fingerprint(text, NO_SETTINGS)
    begun = time.perf_counter()
    for at in range(0, len(text), 300):
        find_repairs(text[at : at + 300], found)
    assert time.perf_counter() - begun < 3


def corpus(name: str) -> str:
    folder = os.environ.get("FANJIAN_CORPUS")
    if not folder:
        pytest.skip("FANJIAN_CORPUS names no folder with the corpus")
    return next(Path(folder).glob(f"{name}_*.txt")).read_text(encoding="utf-8")


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("000", {"u": 16, "G": 5, "»": 2, "k": 1}),
        ("002", {}),
        ("003", {}),
        ("004", {"頇": 17, "帄": 10, "尌": 3, "詴": 1, "―": 1, "‖": 1}),
    ],
)
def test_the_corpus_is_repaired_as_counted_by_hand(name: str, counts: dict[str, int]) -> None:
    text = re.sub(r"\n+", "", corpus(name))
    repairs = [r for r in find_repairs(text, fingerprint(corpus(name), NO_SETTINGS)) if r.safe]
    found: dict[str, int] = {}
    for r in repairs:
        found[text[r.start : r.end]] = found.get(text[r.start : r.end], 0) + 1
    assert found == counts


@pytest.mark.corpus
def test_the_compatibility_ideographs_of_the_corpus() -> None:
    text = corpus("001")
    repairs = find_repairs(text, fingerprint(text, NO_SETTINGS))
    assert len(repairs) == 817
    assert {r.rule for r in repairs} == {"C101"}


@pytest.mark.parametrize("sign", ["u = 3", "x＝u。", "x + u，", "設U為", "3u。", "與u有", "u軸"])
def test_every_sign_of_a_variable_speaks_against_private_glyphs(sign: str) -> None:
    article = "沿u方向，隨u增大，繞u岸而行，抱u希望。"
    assert fingerprint(article, NO_SETTINGS).private
    assert not fingerprint(f"{article}{sign}", NO_SETTINGS).private


def test_a_variable_is_no_private_glyph() -> None:
    """Even where three verbs stand before it."""
    assert not fingerprint("沿u方向，隨u增大，繞u軸旋轉。設u為速度。", NO_SETTINGS).private
    assert not fingerprint("沿u方向，隨u增大，繞u軸旋轉。若u＝0，則停。", NO_SETTINGS).private


def test_the_user_keeps_a_letter() -> None:
    assert "k國" in repaired(PRIVATE + "他到過k國。", glyphs={"k": "k"})
    assert "保k城市" in repaired(PRIVATE, glyphs={"k": "k"})


def test_no_word_of_a_dictionary_is_repaired() -> None:
    """The converter's dictionary has 88,000 words in both scripts: all are right, and so are their neighbours."""
    folder = Path(str(importlib.resources.files("opencc"))) / "dictionary"
    words = sorted(
        {
            word
            for path in folder.glob("*Phrases*.txt")
            for line in path.read_text(encoding="utf-8").splitlines()
            for word in re.split("[\t ]", line)
        }
    )
    if not words:
        pytest.skip("this OpenCC brings no readable dictionary")
    found = Fingerprint(region="hk", radicals=True, vertical=True, broken=frozenset("頇帄尌詴"))
    text = "".join(random.Random(1).sample(words, len(words)))
    safe = [r for at in range(0, len(text), 500) for r in find_repairs(text[at : at + 500], found) if r.safe]
    assert safe == []
    assert sum(bool(find_repairs(word, found)) for word in words) <= 2, "no suspicion either, but for 沒幹淨"


def test_words_of_several_characters_prove_the_map_together() -> None:
    assert (
        repaired("員必頇到，嘗詴多次，方可成事；尚頇努力，尌不致失敗。")
        == "員必須到，嘗試多次，方可成事；尚須努力，就不致失敗。"
    )
    assert (
        repaired("將來必頇指導，俾與當局一貣努力，尌不致有名無實。")
        == "將來必須指導，俾與當局一起努力，就不致有名無實。"
    )
    assert repaired("員必頇到，嘗詴多次；天未光尌去碼頭。") == "員必須到，嘗試多次；天未光就去碼頭。"
    assert repaired("將來必頇指導；尌不之字，見於古書。") == "將來必須指導；尌不之字，見於古書。"
