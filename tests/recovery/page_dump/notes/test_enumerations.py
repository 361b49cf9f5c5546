"""Lists and enumerations whose numbers look like notes', in dumps with notes and without."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import Manuscript
from pipeline.recovery import recover
from pipeline.recovery.ledger import account

STONE = "渡口的石階共有四十九級，每一級都被挑水的人踩得發亮，遇到水漲的年份，最下面的十級要到秋後才露出來"
MEASURE = 34


def dump(*paragraphs: str) -> str:
    """Paragraphs cut at one width, as the lines of a page."""
    return "\n".join(text[i : i + MEASURE] for text in paragraphs for i in range(0, len(text), MEASURE))


def recovered(text: str) -> Manuscript:
    found = recover(text, "page-dump")
    assert not account(found)
    return found


def test_members_of_an_enumeration_call_no_notes() -> None:
    pages = [
        dump(
            f"{STONE}。修橋的章程規定，各村應備齊：（1）木樁四十根；（2）麻繩二百丈；（3）石灰十擔；（4）能下水的壯丁八名。",
            f"{STONE}，這些舊例到今天仍有人記得。",
            f"（1）木樁要在立冬前砍下，去皮，浸在塘裡過冬，第二年開春才可以打進河床，{STONE}。",
            f"（2）麻繩由上游三個村子輪流出，每年驗一次，爛了的由保管的人家賠，{STONE}。",
            "（3）石灰存在廟裡，鑰匙歸里長。",
            f"（4）壯丁按戶輪值，孤寡不派，{STONE}。",
            f"{STONE}。章程之外還有口頭的約定，老人們說得清楚。",
        ),
        dump(
            f"{STONE}。到了民國初年，縣裡重訂章程，要求：（1）每年查勘兩次；（2）損毀報縣；（3）不得私自拆石。",
            f"（1）查勘由縣裡派人，會同里長辦理，{STONE}。",
            f"（2）損毀在三日內報縣，{STONE}。",
            f"{STONE}。這兩份章程現在都存在廟裡。",
        ),
    ]
    found = recovered("\f".join(pages))
    assert not found.notes
    assert not [finding for finding in found.findings if finding.rule.startswith("N")]
    assert "應備齊：（1）木樁四十根；（2）麻繩" in "".join(block.content.text for block in found.blocks)


def test_notes_in_brackets_stay_beside_an_enumeration() -> None:
    pages = [
        dump(
            f"{STONE}。(1)章程要各村備齊：(1)木樁；(2)麻繩；(3)石灰。{STONE}。(2)",
            f"{STONE}，老人們都這樣說。(3){STONE}。",
            "(1) 王某，《渡口志》，頁 8。",
            "(2) 同上，頁 12。",
            "(3) 李某訪談，一九八三年五月。",
        ),
        dump(
            f"{STONE}。(4){STONE}，縣裡的檔案也有記錄。(5){STONE}。",
            "(4) 《縣志》，卷三，〈津梁〉。",
            "(5) 縣檔案館藏，第 12 號。",
        ),
    ]
    found = recovered("\f".join(pages))
    assert [note.label for note in found.notes] == ["1", "2", "3", "4", "5"]
    assert not any(note.missing for note in found.notes)
    assert "備齊：(1)木樁；(2)麻繩；(3)石灰。" in "".join(block.content.text for block in found.blocks)


def test_lines_of_a_formula_are_no_notes() -> None:
    pages = [
        dump(
            f"{STONE}1，{STONE}。{STONE}。2",
            f"{STONE}。",
            "1 王某，《渡口志》，頁 8。",
            "2 同上，頁 12。",
        ),
        dump(
            f"{STONE}。水位的升降由函數1算出，再按比例2放大。{STONE}。",
            "1+exp(−x) 是水位的函數",
            "2 +",
            f"{STONE}。",
        ),
    ]
    found = recovered("\f".join(pages))
    assert [note.label for note in found.notes] == ["1", "2"]


def test_a_number_or_two_far_above_the_notes_are_the_texts_own() -> None:
    pages = [
        dump(f"{STONE}1，{STONE}。{STONE}。2", f"{STONE}。", "1 王某，《渡口志》，頁 8。", "2 同上，頁 12。"),
        dump(
            f"{STONE}，階號是88，{STONE}，又有89，{STONE}。",
            "88 See the Steps",
            "89 See the Ferry",
            f"{STONE}。",
        ),
    ]
    found = recovered("\f".join(pages))
    assert [note.label for note in found.notes] == ["1", "2"]
    assert not [finding for finding in found.findings if finding.rule == "N12"]


def test_bullets_begin_entries_over_a_page_too() -> None:
    entries = [f"• {name}的木樁和石灰" for name in ("北岸", "南岸", "上游三村", "下游各村")]
    pages = [dump(f"{STONE}。查勘的有：", *entries[:2]), dump(*entries[2:])]
    blocks = [block.content.visible() for block in recovered("\f".join(pages)).blocks]
    assert blocks[-4:] == entries


def test_numbers_of_sections_above_their_titles_call_no_notes() -> None:
    names = enumerate(("石階", "木樁", "碼頭", "渡船", "橋閘", "糧倉", "水車", "磨坊"), 1)
    sections = [
        dump(f"{STONE}，{STONE}。", str(n), f"{name}的來歷", f"{STONE}，{name}也在其中。")
        for n, name in names
    ]
    found = recovered("\f".join("\n".join(sections[k : k + 2]) for k in range(0, 8, 2)))
    assert not found.notes
    assert not found.findings


def test_chapters_of_a_numbered_text_are_no_notes() -> None:
    pages = [
        dump(f"{n} {name}的來歷", f"{n}.1 起源", f"{STONE}。{n}的後面還有，{STONE}。{n + 1}又說：{STONE}。")
        for n, name in enumerate(("石階", "木樁", "碼頭", "渡船", "橋閘", "糧倉"), 1)
    ]
    found = recovered("\f".join(pages))
    assert all(note.missing for note in found.notes)
    kept = "".join(block.content.visible() for block in found.blocks)
    assert all(f"{name}的來歷" in kept for name in ("石階", "木樁", "碼頭", "渡船", "橋閘", "糧倉"))


def test_numbers_of_works_cited_in_any_order_lack_no_notes() -> None:
    cited = "，".join(
        f"{name}[{n}]" for n, name in ((1, "王某"), (2, "李某"), (3, "張某"), (4, "趙某"), (5, "何某"))
    )
    works = [
        f"[{n}] {name}．{title}．河口書局，1931．"
        for n, name, title in ((3, "張某", "橋志"), (2, "李某", "水利考"), (1, "王某", "渡口志"))
    ]
    found = recovered(dump(f"{STONE}，{cited}都說過。{STONE}。", f"{STONE}。", "參考文獻", *works))
    assert not [finding for finding in found.findings if finding.rule == "N10"]
    assert "王某[1]，李某[2]" in "".join(block.content.visible() for block in found.blocks)


def test_a_call_behind_a_semicolon_is_no_member() -> None:
    pages = [
        dump(f"{STONE}。①{STONE}，終於修好；②到了秋天，{STONE}。")
        + f"\n{' ' * 54}\n① 里長檔案，第{n}卷。\n② 《渡口日報》，第{n}版。"
        for n in range(1, 4)
    ]
    found = recovered("\n\f".join(pages))
    assert [note.missing for note in found.notes] == [False] * 6
    assert not any(sign in block.content.visible() for block in found.blocks for sign in "①②")


def test_each_article_of_a_law_begins_a_paragraph() -> None:
    """Whatever its length, and of an excerpt from any number on; where the text only speaks of one, no paragraph begins."""
    full = "河道在秋天總是最先安靜下來的船夫把竹篙靠在橋邊等著潮水退去。"
    articles = [[f"第{n}條　{full[5:]}", full, full] for n in ("八", "九", "十", "十一")]
    lines = [line for article in articles for line in article]
    lines[5] = f"第八條規定的{full[6:]}"
    blocks = [b.content.visible() for b in recovered("\n".join(lines)).blocks]
    assert [text[:4] for text in blocks] == ["第八條　", "第九條　", "第十條　", "第十一條"]


@pytest.mark.parametrize(
    "entries",
    [
        [f"圖{mark}{place}的渡口" for mark, place in zip("①②③④⑤", "東西南北中", strict=True)],
        [
            f"{mark}立冬這天，{place}村的人都到渡口來了。"
            for mark, place in zip("①②③④⑤", "東西南北中", strict=True)
        ],
        [f"{n}，{place}村出木樁四十根；" for n, place in enumerate("東西南北中", 1)],
        [f"{n}：{place}村出木樁四十根" for n, place in enumerate("東西南北中", 1)],
        [
            "各村有分擔；"
            + "；".join(f"{n},{place}村出木樁" for n, place in enumerate("東西南北中", 1))
            + "。"
        ],
    ],
    ids=["figures", "circles", "commas", "colons", "inside"],
)
def test_entries_without_notes_call_none(entries: list[str]) -> None:
    text = dump(f"{STONE}。", f"{STONE}。", *entries, f"{STONE}。")
    assert not recovered(text).notes


def test_two_lists_are_no_calls_and_notes() -> None:
    first = ["1 木樁在立冬前砍下。", "2 麻繩由上游三村輪流出。", "3 石灰存在廟裡。"]
    second = ["1、每年查勘兩次。", "2、損毀在三日內報縣。", "3、不得私自拆石。"]
    for a, b in ((first, second), (second, first), (first, first), (second, second)):
        assert not recovered(dump(f"{STONE}。", *a, f"{STONE}。", *b, f"{STONE}。")).notes


def test_a_numbered_heading_behind_the_first_call_is_no_note() -> None:
    """Numbers that begin anew on each page could begin with it."""
    bodies = "1 王某，《渡口志》，頁 8。\n2 同上，頁 12。\n3 《縣志》，卷三，〈津梁〉。"
    text = (f"{STONE}1，{STONE}。2", "2　石階的修補", f"{STONE}。", f"{STONE}，{STONE}。3")
    others = dump(f"{STONE}。1{STONE}。2", f"{STONE}。3")
    found = recovered("\n\f".join(f"{page}\n{bodies}" for page in (dump(*text), others, others)))
    assert [note.blocks[0].content.text[:2] for note in found.notes] == ["王某", "同上", "《縣"] * 3
    assert "2　石階的修補" in [block.content.text for block in found.blocks]


@pytest.mark.parametrize(
    ("space", "count"), [("", 2), (" ", 3), (" ", 2)], ids=["glued", "on three pages", "on two"]
)
def test_calls_that_open_lines_behind_closed_sentences(space: str, count: int) -> None:
    """PyMuPDF breaks lines at raised numbers: glued to the text they are no list, where the notes' labels are set apart, and
    neither on page after page."""
    pages = []
    for n in (1, 4, 7)[:count]:
        lines = [f"{STONE[:30]}。\n{n + k}{space}{STONE[30:44]}\n{STONE[:20]}。" for k in range(3)]
        bodies = [
            f"{n} 木樁在立冬前砍下。",
            f"{n + 1} 麻繩由上游三村輪流出。",
            f"{n + 2} 石灰存在廟裡。",
        ]
        pages.append("\n".join(lines + bodies))
    assert len(recovered("\n\f".join(pages)).notes) == (0 if space and count == 2 else 3 * count)


def test_words_of_two_letters_and_names_of_files_are_no_notes() -> None:
    lines = [
        "The river guild kept its books in the hall by the water gate, and the oldest of them",
        "is the one that names the forty wharves. Whoever reads it is told that the hall",
        "is older than the gate, and in the same hand the copies (*.old and others) are told",
        "in a list at the end, where the names of the files (such as gate-* and wharf-*)",
        "*.new and *.old stand side by side.",
    ]
    assert not recovered("\n".join(lines) + "\n").notes
