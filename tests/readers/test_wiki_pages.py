"""Wikitext and a wiki's own web pages: what Pandoc would lose of them is still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document.master import write_master
from pipeline.readers import read_source
from pipeline.readers.wiki_citations import citation
from pipeline.readers.wiki_pages import called_again, prepared
from pipeline.recovery import recover


def master(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    source = read_source(path)
    assert source.form == "wiki-markdown"
    return write_master(recover(source.text, source.form)).split("---\n\n", 1)[-1].rstrip("\n")


def test_a_note_called_again_by_its_name_is_one(tmp_path: Path) -> None:
    text = (
        "{{Infobox|長=九里<ref name=\"志\">《河志》。</ref>}}\n'''甲'''是[[河]]<ref name=志 />，很長<ref>別的。</ref><ref name='志'/>。\n\n"
        "== 註 ==\n{{reflist}}\n[[Category:河]]\n"
    )
    assert (
        master(tmp_path / "a.wiki", text)
        == "**甲**是河[^1]，很長[^2][^1]。\n\n[^1]: 《河志》。\n\n[^2]: 別的。"
    )


def test_bodies_in_the_list_of_notes_are_called_by_their_names(tmp_path: Path) -> None:
    text = "'''甲'''是[[河]]<ref name=\"a\" />，[[水]]<ref name=\"a\" />。\n\n== 註 ==\n<references>\n<ref name=\"a\">《河志》。</ref>\n</references>\n"
    assert master(tmp_path / "a.wiki", text) == "**甲**是河[^1]，水[^1]。\n\n[^1]: 《河志》。"


def test_templates_with_notes_quotations_and_readings(tmp_path: Path) -> None:
    text = "'''甲'''是[[河]]{{efn|說明。}}，{{ruby|粟|sù}}：\n{{quote|水清。}}\n\n{{lang|en|Jia}}很長{{unknown}}。\n"
    assert (
        master(tmp_path / "a.wiki", text)
        == "**甲**是河[^1]，粟（sù）：\n\n> 水清。\n\nJia很長。\n\n[^1]: 說明。"
    )


def test_links_part_no_fields_of_a_template(tmp_path: Path) -> None:
    text = "'''甲'''是[[河]]{{efn|長[[里|九里]]，見[[河志]]。}}：\n{{quote|連[[餅|餅乾]]也是灰的。|[[王明]]，《札記》}}\n乙。\n"
    assert (
        master(tmp_path / "a.wiki", text)
        == "**甲**是河[^1]：\n\n> 連餅乾也是灰的。\n>\n> 王明，《札記》\n\n乙。\n\n[^1]: 長九里，見河志。"
    )


def test_templates_whose_words_a_reader_saw_are_links_and_numbers(tmp_path: Path) -> None:
    text = (
        "'''甲'''是{{nowrap|[[河|這條河]]}}，{{tsl|fr|Émile|艾米}}與{{ill|王明|ja|王明}}說{{formatnum:12300}}次<ref>{{ISBN|0-00}}</ref>：\n"
        "{{cquote|水[[清]]。|30px|40px|王明}}\n{{defaultsort:jia}}{{anchor|上}}\n"
    )
    path = tmp_path / "a.wiki"
    assert (
        master(path, text)
        == "**甲**是這條河，艾米與王明說12,300次[^1]：\n\n> 水清。\n>\n> 王明\n\n[^1]: ISBN 0-00"
    )
    assert not recover(read_source(path).text, "wiki-markdown").findings


def test_a_citation_has_all_its_authors_and_parts() -> None:
    assert (
        citation(
            [
                "last1=張",
                "first1=孟",
                "last2=李",
                "first2=石",
                "title=碑考",
                "journal=學刊",
                "volume=12",
                "issue=3",
                "year=1998",
            ]
        )
        == "張孟; 李石. 碑考. 學刊. 1998, 12 (3)."
    )
    assert (
        citation(["author=王明", "title=續考", "chapter=諱例", "isbn=0-00"]) == "王明. 諱例. 續考. ISBN 0-00."
    )


def test_templates_in_a_table_are_told_and_verse_stands_apart(tmp_path: Path) -> None:
    text = (
        "-{T|zh-hans:甲碑;zh-hant:甲碑}-\n-{H|zh-cn:舟;}-\n'''甲碑'''是[[碑]]。\n<poem>\n水清，\n一渠長。\n</poem>\n碑有[[字]]。\n"
        "{|\n!rowspan=2|部\n!colspan=2|成\n|-\n!a\n!b\n|-\n|額||{{frac|1|2}}||{{0}}3\n|}\n"
    )
    path = tmp_path / "a.wiki"
    assert master(path, text).startswith("**甲碑**是碑。\n\n水清，\\\n一渠長。\n\n碑有字。")
    source = read_source(path)
    assert [f.rule for f in recover(source.text, source.form).findings] == ["L226", "L221"]


def test_a_note_inside_a_note_stands_in_brackets(tmp_path: Path) -> None:
    text = (
        "'''甲'''是[[河]]{{efn|一說是[[水]]<ref>{{cite book|author=王明|title=河史}}</ref>。}}，長<ref name=a>九里</ref>，"
        '寬{{#tag:ref|見《河志》。|name="b"}}<ref name=b />，<chem>H2O</chem>深<ref name=a/>。\n\n'
    )
    assert master(tmp_path / "a.wiki", text) == (
        "**甲**是河[^1]，長[^2]，寬[^3][^3]，H~2~O深[^2]。\n\n[^1]: 一說是水（王明. 河史.）。\n\n[^2]: 九里\n\n[^3]: 見《河志》。"
    )


def test_a_note_that_never_closes_changes_no_other() -> None:
    text = "甲<ref>一\n\n乙<ref>二</ref>丙<ref name=a/>。"
    assert prepared(text) == text


def test_notes_called_by_templates(tmp_path: Path) -> None:
    text = (
        "'''甲'''是[[河]]<ref name=\"志\">《河志》。</ref>，長{{r|志}}，寬{{sfn|王明|1990|p=3}}，深{{sfn|王明|1990|p=3}}"
        "，清{{efn|name=清|一說濁。}}{{efn|name=清}}。\n\n{{notelist}}\n"
    )
    assert (
        master(tmp_path / "a.wiki", text)
        == "**甲**是河[^1]，長[^1]，寬[^2]，深[^2]，清[^3][^3]。\n\n[^1]: 《河志》。\n\n[^2]: 王明 1990: 3.\n\n[^3]: 一說濁。"
    )


def test_a_citation_has_its_words(tmp_path: Path) -> None:
    text = "'''甲'''是[[河]]<ref>{{cite book|last=王|first=明|title=河史|publisher=某社|year=1990}}</ref>。\n"
    assert master(tmp_path / "a.wiki", text).endswith("[^1]: 王明. 河史. 某社. 1990.")
    assert (
        citation(["author=A", "url=http://a.org", "title=B", "date=2001", "page=3"])
        == "A. [http://a.org B]. 2001: 3."
    )
    assert citation([]) == ""


def test_verse_and_tables(tmp_path: Path) -> None:
    text = "'''甲'''是[[河]]：\n\n<poem>\n水清 又清，\n一渠長。\n\n年年說。\n</poem>\n\n{|\n|+ 各段\n! 段 !! 長\n|-\n| 上 || 九<ref name=a>一</ref>\n|-\n| 下 || 十<ref name=a />\n|}\n"
    assert master(tmp_path / "a.wiki", text) == (
        "**甲**是河：\n\n水清 又清，\\\n一渠長。\n\n年年說。\n\n| 段 | 長 |\n|---|---|\n| 上 | 九[^1] |\n| 下 | 十[^1] |\n\n: 各段\n\n[^1]: 一"
    )


def test_a_named_note_in_a_cell_with_a_list(tmp_path: Path) -> None:
    text = "'''甲'''是[[河]]<ref name=a />，長<ref name=a />。\n\n{|\n! 段\n|-\n|\n* 上<ref name=a>一</ref>\n* 下<ref name=a />\n|}\n"
    assert "REFNAME" not in master(tmp_path / "a.wiki", text)


def test_formulas_and_code_keep_their_braces() -> None:
    text = "<math>\\frac{{a}}{b}</math><nowiki>{{x}}</nowiki><!-- {{y}} -->{{{1|}}}[[檔案:A.jpg|thumb|圖]]"
    assert (
        prepared(text)
        == "<math>\\frac{{a}}{b}</math><nowiki>{{x}}</nowiki><!-- {{y}} -->[[File:A.jpg|thumb|圖]]"
    )


@pytest.mark.parametrize(
    "text", ["{{" * 200, "{{a|" * 100 + "}}" * 50, "<ref name=a>" * 50, "{{cite|" + "|a=" * 99 + "}}"]
)
def test_broken_wikitext_is_read(text: str) -> None:
    prepared(text)


def test_bodies_with_one_mark_are_one() -> None:
    text = "甲[^1]乙[^2]丙[^3]。\n\n[^1]: REFNAME0Z 一。\n\n[^2]: 二。\n\n[^3]: REFNAME0Z 一。\n"
    assert called_again(text) == "甲[^1]乙[^2]丙[^1]。\n\n[^1]: 一。\n\n[^2]: 二。\n"


def test_a_page_of_html(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>甲 - 維基百科</title></head><body><h1>甲河</h1><div>維基百科，自由的百科全書</div>"
        '<div class="mw-parser-output"><p><b>甲河</b>是<a href="/wiki/R">河</a><sup id="cite_ref-1" class="reference">'
        '<a href="#cite_note-1"><span class="cite-bracket">&#91;</span>1<span class="cite-bracket">&#93;</span></a></sup>。</p>'
        '<h2>注</h2><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> '
        '<span class="reference-text">《河志》。</span></li></ol>'
        '<div class="navbox"><table><tbody><tr><td><a href="/wiki/B">乙</a></td></tr></tbody></table></div></div></body></html>'
    )
    assert master(tmp_path / "a.html", page) == "**甲河**是河[^1]。\n\n[^1]: 《河志》。"


def test_html_of_no_wiki_becomes_a_master(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><h1>甲</h1><p>乙。</p></body></html>", encoding="utf-8")
    assert read_source(path).form == "markdown"
