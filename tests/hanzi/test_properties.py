"""What holds for any Han text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.hanzi import convert_text
from pipeline.hanzi.conversion import Wish, make_plan
from pipeline.hanzi.converter import Converter
from pipeline.hanzi.packages import carve_xhtml
from pipeline.hanzi.punctuation import CLOSING, OPENING
from pipeline.hanzi.texts import carve_markdown, cut_lines
from pipeline.settings import HANS, HANT, HanziSettings

COMMON = "的一是了我不人在他有這个大來上國到說们為子和你地出道也時年得就那要下以生會自着去之過家學對可她裡后小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九笑性通目華報立馬命張活難神數件安表原車白應路期叫死常提感金何更反合放做系計或司利受光王果親界及今京務制解各任至清物台象記邊共風戰干接它許八特覺望直服毛林題建南度統色字請交愛讓認算論百吃義科怎元社術結六功指思非流每青管夫連遠資隊跟帶花快條院變聯言權往展該領傳近留紅治決周保達辦運武半候七必城父強步完革深區即求品士轉量空甚眾技輕程告江語英基派滿式李息寫呢識極令黃德收臉錢黨倒未持取設始版雙歷越史商千片容研像找友孩站廣改議形委早房音火際則首單據導影失拿網香似斯專石若兵弟誰校讀志飛觀爭究包組造落視濟喜離雖壞乾徵著覆瞭藉髮裏祇沈鍾範穀鬥醜"
MARKS = "，。；：？！、「」『』“”‘’《》〈〉（）…—· \nab1"
han = st.text(st.sampled_from(COMMON + MARKS), max_size=60)


@given(han)
def test_the_length_stays(text):
    for to in (HANS, HANT):
        done = convert_text(text, to, HanziSettings(punctuation="keep"), "zh-Hant")
        assert len(done.text) == len(text)


@given(han)
def test_simplified_to_simplified_changes_nothing(text):
    simplified = convert_text(text, HANS, HanziSettings(), "zh-Hant").text
    assert convert_text(simplified, HANS, HanziSettings(), "zh-Hans").text == simplified


@given(han)
def test_traditional_to_traditional_changes_only_simplified_characters(text):
    traditional = "".join(c for c in text if convert_text(c, HANT, HanziSettings(), "zh-Hant").text == c)
    done = convert_text(traditional, HANT, HanziSettings(), "zh-Hant").text
    assert done == traditional


@given(han, han, han)
def test_protected_text_stays(before, kept, behind):
    plan = make_plan("", Wish(HANS, HanziSettings(), "zh-Hant"))
    from pipeline.hanzi.conversion import convert_passages
    from pipeline.hanzi.passage import Passage

    passage = Passage(before + kept + behind, kept=[(len(before), len(before) + len(kept))])
    convert_passages([passage], plan)
    assert passage.result()[len(before) :].startswith(kept) or len(
        "".join(passage.cells[: len(before)])
    ) != len(before)
    assert "".join(passage.cells[len(before) : len(before) + len(kept)]) == kept


@given(han)
def test_kept_words_survive_anywhere(text):
    converter = Converter(HANT, HANS, words={"後頭": ("後頭", "kept")})
    cells = converter.convert(text + "後頭" + text).cells
    assert "後頭" in "".join(cells)


@given(han)
def test_quotation_marks_keep_their_number(text):
    done = convert_text(text, HANS, HanziSettings(), "zh-Hant").text
    for marks in (OPENING, CLOSING):
        assert sum(c in marks for c in done) == sum(c in marks for c in text)


@settings(max_examples=60)
@given(st.text(st.sampled_from("後裡*_`[](){}^:#<>&;-|$~!.\\\" '\n\t/a1=")))
def test_carvings_are_whole(text):
    assert "".join(piece.text for piece in carve_markdown(text).pieces) == text
    assert "".join(piece.text for piece in carve_xhtml(text, "x").pieces) == text
    assert "".join(passage.text for passage in cut_lines(text)) == text


@settings(max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_is_converted_without_error(text):
    for to in (HANS, HANT):
        done = convert_text(text, to, HanziSettings())
        assert done.text.count("\n") == text.count("\n") or "-{" in text


@settings(max_examples=80)
@given(st.text(st.sampled_from("-{}|;:=>AHTRDN zhansthcktw後裡甲乙\n"), max_size=60))
def test_any_markup_is_read_without_error(text):
    convert_text("-{" + text + "}-後", HANS, HanziSettings(), "zh-Hant")
